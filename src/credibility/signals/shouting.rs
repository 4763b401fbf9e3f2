//! L2: shouting, in the story's own words.

use super::phrases::{Words, is_same};
use super::scope::part;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::span::Span;

/// Words that are set in capitals to be stressed, and are hardly names.
const STRESSED: [&str; 100] = [
    "about",
    "absolutely",
    "admits",
    "after",
    "again",
    "against",
    "alive",
    "always",
    "america",
    "americans",
    "amazing",
    "another",
    "anyone",
    "anything",
    "banned",
    "because",
    "before",
    "being",
    "believe",
    "biggest",
    "bombshell",
    "caught",
    "children",
    "completely",
    "corrupt",
    "could",
    "crazy",
    "death",
    "didn't",
    "disgusting",
    "doesn't",
    "during",
    "enough",
    "entire",
    "every",
    "everyone",
    "everything",
    "exactly",
    "exposed",
    "first",
    "forever",
    "forced",
    "great",
    "guilty",
    "hates",
    "having",
    "horrible",
    "illegal",
    "immediately",
    "incredible",
    "insane",
    "killed",
    "killing",
    "literally",
    "massive",
    "might",
    "million",
    "millions",
    "money",
    "needs",
    "never",
    "nobody",
    "nothing",
    "other",
    "people",
    "please",
    "power",
    "proof",
    "proves",
    "really",
    "refuses",
    "right",
    "shocking",
    "should",
    "since",
    "still",
    "their",
    "there",
    "these",
    "thing",
    "things",
    "those",
    "today",
    "totally",
    "truth",
    "under",
    "until",
    "wants",
    "warning",
    "where",
    "which",
    "while",
    "whole",
    "without",
    "women",
    "world",
    "worse",
    "worst",
    "would",
    "wrong",
];
/// The shortest word in capitals that counts, in letters.
const MIN_CAPITALS: usize = 5;
/// So many marks or words.
const MIN_SHOUTS: usize = 2;
/// Names and set phrases that are written with an exclamation mark.
const MARKED_NAMES: [&str; 8] =
    ["yahoo", "jeopardy", "jeb", "oklahoma", "hamilton", "mia", "e", "wham"];

/// L2: words in capitals that are no names, and exclamation marks, in the story's own words.
pub(super) fn shouting(reading: &Reading<'_>) -> Finding {
    let mut found = Vec::new();
    for p in reading.body() {
        if is_in_capitals(p.text) {
            continue;
        }
        let mut spans: Vec<Span> = exclamations(p);
        spans.extend(capitals(p));
        spans.sort_unstable();
        found.extend(spans.into_iter().map(|span| part(reading, p, span, None)));
    }
    // One alone may be part of a name, and sets no tone.
    if found.len() < MIN_SHOUTS {
        found.clear();
    }
    Finding::of(Signal::Shouting, found)
}

/// A paragraph set in capitals is a headline of its own: a matter of style.
fn is_in_capitals(text: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let upper = text.bytes().filter(u8::is_ascii_uppercase).count();
    2 * upper > letters
}

/// Marks that end a word and a sentence, outside quotations and brackets; each with its word.
fn exclamations(p: &ReadParagraph<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = p.text[from..].find('!').map(|at| from + at) {
        let end = at + p.text[at..].bytes().take_while(|&b| b == b'!' || b == b'?').count();
        from = end;
        if p.is_quoted(at) || !ends_sentence(&p.text[end..]) {
            continue;
        }
        let start = word_start(p.text, at);
        let word = &p.text[start..at];
        let is_name = MARKED_NAMES.iter().any(|name| is_same(word, name));
        if word.is_empty() || is_name || ends_title(word, &p.text[..start]) {
            continue;
        }
        found.push(Span::new(start, end));
    }
    found
}

/// Whether a word is the third or a later one with a capital: products and headlines are named so.
fn ends_title(word: &str, before: &str) -> bool {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let mut before = before.split_whitespace().rev();
    let is_title =
        is_capital(word) && before.by_ref().take(2).filter(|w| is_capital(w)).count() == 2;
    is_title && word.chars().any(char::is_lowercase)
}

/// Whether a sentence ends here: nothing follows, or a space and no small letter.
fn ends_sentence(rest: &str) -> bool {
    let rest = rest.trim_start_matches([')', '*', '_']);
    if rest.is_empty() {
        return true;
    }
    rest.starts_with([' ', '\u{a0}', '\n'])
        && !rest.trim_start().starts_with(|c: char| c.is_lowercase() || "&,-–—\"”’".contains(c))
}

/// Where the word before a byte begins; at most so many bytes back.
fn word_start(text: &str, end: usize) -> usize {
    let before = text[..end].char_indices().rev().take(40);
    before
        .take_while(|(_, c)| c.is_alphanumeric() || "'’".contains(*c))
        .last()
        .map_or(end, |(at, _)| at)
}

/// Words in capitals within a sentence of others.
fn capitals(p: &ReadParagraph<'_>) -> Vec<Span> {
    let words = p.words();
    let is_upper = |place: usize| {
        let word = words.at(place);
        !word.is_empty()
            && !word.chars().any(char::is_lowercase)
            && word.chars().any(char::is_uppercase)
    };
    // Some papers set the first words of a story in capitals.
    let lead = (0..words.len()).take_while(|&place| is_upper(place)).count();
    (lead..words.len())
        .filter(|&place| {
            let word = words.at(place);
            // Nearly all words end here.
            word.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase)
                && is_upper(place)
                && word.chars().count() >= MIN_CAPITALS
                && STRESSED.iter().any(|stressed| is_same(word, stressed))
                && !p.is_quoted(words.spans[place].start)
                && !opens_a_label(words, place, is_upper)
        })
        .map(|place| words.spans[place])
        .collect()
}

/// Whether a run of capitals ends in a colon or stands in brackets: a label amid the text.
fn opens_a_label(words: &Words<'_>, place: usize, is_upper: impl Fn(usize) -> bool) -> bool {
    let end =
        (place..words.len().min(place + 12)).take_while(|&at| is_upper(at)).last().unwrap_or(place);
    let gap = words.gap(end);
    gap.starts_with(':') || gap.starts_with([')', ']'])
}
