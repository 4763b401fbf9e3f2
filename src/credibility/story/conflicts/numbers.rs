//! Counts that a sentence gives: a number with what is counted.

use super::words::{Word, number_word};
use crate::credibility::story::terms::{is_capital, stem_token};
use crate::credibility::story::tokens::{Token, token};
use crate::span::Span;

/// So many of something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// How many.
    pub value: f64,
    /// What is counted: the stem of the word after the number, or the sign beside it.
    pub unit: Token,
    /// The number, bytes of the sentence.
    pub span: Span,
    /// Whether it is said to be rough, a bound or a part: about, at least, the first.
    pub is_rough: bool,
}

/// Words that multiply the number before them.
const MULTIPLES: [(&str, f64); 5] =
    [("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];
/// Words right before a number that make it rough, a bound, a part or a change.
const ROUGH: &[&str] = &[
    "about",
    "additional",
    "almost",
    "another",
    "approximately",
    "around",
    "as",
    "between",
    "by",
    "every",
    "estimated",
    "fewer",
    "first",
    "from",
    "last",
    "least",
    "less",
    "more",
    "nearly",
    "next",
    "other",
    "over",
    "roughly",
    "some",
    "than",
    "to",
    "top",
    "under",
];
/// Units that say when or how long rather than how many.
const TIMES: &[&str] = &[
    "am", "century", "day", "days", "decades", "gmt", "hour", "hours", "minute", "minutes",
    "month", "months", "old", "pm", "seconds", "week", "weeks", "weekend", "year", "years",
    "times", "time",
];
/// Words between the number and what is counted.
const BETWEEN: &[&str] = &["of", "other", "more", "new"];

/// The counts of a sentence. Years, ages, times and places in a row are none.
pub fn counts(words: &[Word<'_>]) -> Vec<Count> {
    let mut counts = Vec::new();
    let mut n = 0;
    while n < words.len() {
        let Some((value, end)) = number(words, n) else {
            n += 1;
            continue;
        };
        if let Some(unit) = unit(words, n, end) {
            let before = n.checked_sub(1).map(|before| words[before].small.as_str());
            let is_rough = before.is_some_and(|before| ROUGH.contains(&before));
            let span = Span::new(words[n].span.start, words[end - 1].span.end);
            counts.push(Count { value, unit, span, is_rough });
        }
        n = end;
    }
    counts
}

/// The number that begins at a word, and the word after it.
fn number(words: &[Word<'_>], at: usize) -> Option<(f64, usize)> {
    let word = &words[at];
    if matches!(word.before, Some('-' | '–' | '/' | ':' | '.' | '#')) {
        return None;
    }
    let (mut value, mut end) = match number_word(&word.small) {
        // `One` is a pronoun as often as a number.
        Some(1) => return None,
        Some(value) => (f64::from(value), at + 1),
        None => in_digits(words, at)?,
    };
    while let Some(next) = words.get(end).filter(|word| word.joined) {
        let Some((_, multiple)) = MULTIPLES.iter().find(|(name, _)| *name == next.small) else {
            break;
        };
        value *= multiple;
        end += 1;
    }
    Some((value, end))
}

/// `1,187` and `2.5` are several words to the tokenizer.
fn in_digits(words: &[Word<'_>], at: usize) -> Option<(f64, usize)> {
    let is_digits = |word: &Word<'_>| word.text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(&words[at]) || words[at].text.len() > 12 {
        return None;
    }
    let mut digits = words[at].text.to_owned();
    let mut end = at + 1;
    while let Some(next) = words.get(end).filter(|word| is_digits(word)) {
        let touches = next.span.start == words[end - 1].span.end + 1;
        match next.before {
            Some(',') if touches && next.text.len() == 3 => digits.push_str(next.text),
            Some('.') if touches && next.text.len() <= 2 => {
                digits.push('.');
                digits.push_str(next.text);
                end += 1;
                break;
            }
            _ => break,
        }
        end += 1;
    }
    // `$100,00` and `9.1M` are not understood.
    let follows = words.get(end).filter(|word| word.span.start == words[end - 1].span.end + 1);
    if follows.is_some_and(|word| matches!(word.before, Some(',' | '.'))) {
        return None;
    }
    digits.parse().ok().map(|value| (value, end))
}

/// What is counted by a number that stands in `start..end`.
fn unit(words: &[Word<'_>], start: usize, end: usize) -> Option<Token> {
    if let Some(sign @ ('$' | '£' | '€')) = words[start].before {
        return Some(token(sign.encode_utf8(&mut [0; 4])));
    }
    if words[end - 1].after == Some('%') {
        return Some(token("percent"));
    }
    let mut next = words.get(end).filter(|word| word.joined)?;
    if BETWEEN.contains(&next.small.as_str()) {
        return None;
    }
    if next.small == "per" && words.get(end + 1).is_some_and(|word| word.small == "cent") {
        return Some(token("percent"));
    }
    if next.small == "people" || next.small == "persons" {
        return Some(token("people"));
    }
    // `Three Russian soldiers`: what is counted is the next word in small letters.
    if is_capital(next.text) {
        next = words.get(end + 1).filter(|word| word.joined && !is_capital(word.text))?;
    }
    let is_word = next.text.chars().all(char::is_alphabetic) && next.text.len() > 2;
    let is_hyphened = next.after == Some('-');
    (is_word && !is_hyphened && !TIMES.contains(&next.small.as_str()))
        .then(|| stem_token(&next.small))
}
