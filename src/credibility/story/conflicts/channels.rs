//! Where something was said: a channel, a station, or only that it was state television.

use super::words::{Word, number_word};
use crate::span::Span;

/// A medium as a sentence names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// The words of its name in lower case, numbers in digits, without `tv` and the like. Empty
    /// where only its kind is named: `state television`.
    pub name: Vec<String>,
    /// Bytes of the sentence.
    pub span: Span,
}

/// Broadcasters known by initials alone.
const INITIALS: &[&str] =
    &["abc", "bbc", "cbs", "cnbc", "cnn", "itv", "msnbc", "nbc", "npr", "pbs"];
/// Kinds of media, after a name or an adjective.
const KINDS: &[&str] = &["television", "tv", "radio", "broadcaster"];
/// Words that make a kind one of the state.
const STATE: &[&str] = &["state", "public", "national"];

/// The media that a sentence names.
pub fn channels(words: &[Word<'_>]) -> Vec<Channel> {
    let mut channels: Vec<Channel> = Vec::new();
    let mut n = 0;
    while n < words.len() {
        let Some((channel, end)) = channel_at(words, n) else {
            n += 1;
            continue;
        };
        channels.push(channel);
        n = end;
    }
    channels
}

fn channel_at(words: &[Word<'_>], at: usize) -> Option<(Channel, usize)> {
    let word = &words[at];
    let next = words.get(at + 1).filter(|next| next.joined);
    let found = |name: Vec<String>, end: usize| {
        let span = Span::new(word.span.start, words[end - 1].span.end);
        Some((Channel { name, span }, end))
    };
    if word.text == "Channel" || word.text == "Radio" {
        let next = next.filter(|next| next.is_capital() || next.text.parse::<u8>().is_ok())?;
        return found(vec![word.small.clone(), digits(&next.small)], at + 2);
    }
    if STATE.contains(&word.small.as_str()) {
        let mut kind = at + 1;
        // `state-run`, `state-owned`.
        if word.after == Some('-') {
            kind += 1;
        }
        let is_kind = |word: &Word<'_>| KINDS.contains(&word.small.as_str());
        return words.get(kind).filter(|word| is_kind(word)).and_then(|_| found(vec![], kind + 1));
    }
    if INITIALS.contains(&word.small.as_str()) && word.text.chars().all(char::is_uppercase) {
        return found(vec![word.small.clone()], at + 1);
    }
    let next =
        next.filter(|next| word.is_capital() && KINDS[..2].contains(&next.small.as_str()))?;
    next.is_capital().then(|| found(vec![word.small.clone()], at + 2)).flatten()
}

/// `one` and `1` are one.
fn digits(small: &str) -> String {
    number_word(small).map_or_else(|| small.to_owned(), |number| number.to_string())
}
