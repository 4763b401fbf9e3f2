//! L5: titles that withhold what they promise.

use super::phrases::{Table, Words, sorted};
use super::scope::{part, said};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::Reading;

/// Words that promise and do not tell.
const CUES: Table<62> = sorted([
    "blow your mind",
    "changed everything",
    "everything you need to know",
    "everything you should know",
    "find out how",
    "find out what",
    "find out which",
    "find out who",
    "find out why",
    "goes viral for",
    "guess what",
    "guess which",
    "guess who",
    "here are the",
    "here is how",
    "here is what",
    "here is why",
    "here's everything",
    "here's how",
    "here's the reason",
    "here's the true",
    "here's what",
    "here's where",
    "here's who",
    "here's why",
    "leave you speechless",
    "make you cry",
    "make you rethink",
    "make your jaw drop",
    "may surprise you",
    "might surprise you",
    "need to know about",
    "no one is talking about",
    "nobody is talking about",
    "one simple trick",
    "one weird trick",
    "really does to your",
    "restore your faith",
    "shock you",
    "should never",
    "surprise you",
    "the internet can't",
    "the real reason",
    "the reason why",
    "these are the",
    "they don't want you to",
    "they'll never",
    "this is how",
    "this is what",
    "this is why",
    "wait till you see",
    "wait until you see",
    "what happened next",
    "what happens next",
    "what you need to know",
    "what you should know",
    "you didn't know",
    "you have never heard of",
    "you never knew",
    "you won't believe",
    "you wont believe",
    "you've never heard of",
]);
/// What titles of lists count.
const COUNTED: [&str; 7] = ["facts", "moments", "reasons", "secrets", "signs", "things", "times"];

/// L5: a title with such words, or one that counts things and does not name them.
pub(super) fn clickbait(reading: &Reading<'_>) -> Finding {
    let shown = reading.title_paragraph();
    let known = reading.document.known_title();
    let Some(title) = shown.map(|p| p.text).or(known) else {
        return Finding::unknown(Signal::Clickbait, "the input shows no title");
    };
    let words = Words::of(title);
    let hit = words.first(&CUES).map(|hit| hit.span).or_else(|| counted(&words));
    let found = hit.map(|span| match shown {
        Some(p) => part(reading, p, span, None),
        None => said(title, Some(span.slice(title).to_owned())),
    });
    Finding::of(Signal::Clickbait, found.into_iter().collect())
}

/// `7 reasons`, `The 10 Best Ways`, at the start of a title.
fn counted(words: &Words<'_>) -> Option<crate::span::Span> {
    let start = usize::from(words.is_any(0, &["the", "top", "these"]));
    let number = words.at(start);
    let small = number.len() <= 2 && number.parse::<u32>().is_ok_and(|n| n >= 3);
    let named = ["three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if !small && !words.is_any(start, &named) {
        return None;
    }
    let what =
        (start + 1..words.len().min(start + 5)).find(|&place| words.is_any(place, &COUNTED))?;
    // `12 things to do` promises no secret; `3 things: ...` goes on to name them.
    let told = words.gap(what).contains([':', '–', '—']);
    if told || words.is_any(what + 1, &["to"]) {
        return None;
    }
    let loose = (start..what).any(|place| words.gap(place).contains([':', '.', ',', '-', '–']));
    (!loose).then(|| crate::span::Span::new(words.spans[0].start, words.spans[what].end))
}
