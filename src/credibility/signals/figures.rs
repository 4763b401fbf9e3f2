//! Q7: figures without a source.

use super::clauses::{behind, bytes, ends_sentence, is_close, spoken};
use super::phrases::{Table, Words, sorted};
use super::scope::{part, sentence_of};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::{ReadParagraph, Reading};

/// Words that name a source, or point at one.
const SOURCES: Table<63> = sorted([
    "according",
    "analysis",
    "announced",
    "authorities",
    "calculated",
    "census",
    "claim",
    "claimed",
    "claims",
    "cited",
    "citing",
    "data",
    "database",
    "documents",
    "estimate",
    "estimated",
    "estimates",
    "expected",
    "figures",
    "filing",
    "forecast",
    "found",
    "index",
    "investigation",
    "journal",
    "lawsuit",
    "listed",
    "official",
    "officials",
    "poll",
    "polls",
    "projected",
    "prosecutors",
    "published",
    "reported",
    "reportedly",
    "report",
    "reports",
    "research",
    "researchers",
    "results",
    "said",
    "say",
    "saying",
    "says",
    "showed",
    "shows",
    "shown",
    "source",
    "sources",
    "statement",
    "statistics",
    "stated",
    "stats",
    "studies",
    "study",
    "survey",
    "surveyed",
    "told",
    "trial",
    "trials",
    "via",
    "wrote",
]);
/// Words that make a number large.
const SCALES: [&str; 5] = ["billion", "hundred", "million", "thousand", "trillion"];
/// What is counted where it matters who counted.
const COUNTED: [&str; 42] = [
    "acres",
    "adults",
    "americans",
    "arrests",
    "cases",
    "children",
    "civilians",
    "consumers",
    "copies",
    "customers",
    "deaths",
    "dollars",
    "downloads",
    "emails",
    "employees",
    "families",
    "graduates",
    "homes",
    "hospitals",
    "households",
    "immigrants",
    "jobs",
    "men",
    "migrants",
    "organizations",
    "patients",
    "people",
    "refugees",
    "residents",
    "schools",
    "soldiers",
    "students",
    "subscribers",
    "subscriptions",
    "tonnes",
    "tons",
    "troops",
    "users",
    "victims",
    "voters",
    "women",
    "workers",
];
/// Sentences in which the writer speaks, or asks, or supposes.
const OWN: [&str; 29] = [
    "aim", "aims", "could", "i", "i'm", "i've", "if", "imagine", "let's", "may", "might", "must",
    "my", "our", "plan", "plans", "save", "should", "suppose", "target", "us", "we", "we'd",
    "we're", "we've", "will", "would", "you", "your",
];
/// What a share is compared by: `30% more`, `a 30% rise`; in `a 30% slope` it is a measure.
#[rustfmt::skip] // many words a line
const COMPARED: [&str; 19] = [
    "cheaper", "decline", "decrease", "drop", "fall", "faster", "fewer", "growth", "higher",
    "increase", "jump", "less", "longer", "lower", "more", "of", "rise", "slower", "surge",
];
/// How something has changed, before a share.
#[rustfmt::skip] // many words a line
const CHANGED: [&str; 22] = [
    "climbed", "declined", "decreased", "doubled", "dropped", "fallen", "fell", "gained", "grew",
    "grown", "increased", "jumped", "lost", "plummeted", "plunged", "risen", "rose", "shrank",
    "skyrocketed", "slipped", "soared", "surged",
];
/// A claim has so many words.
const CLAIM_WORDS: usize = 8;

/// Q7: sentences with a percentage, a sum in millions or a large count, where neither their
/// paragraph nor the ones beside it names a source or a speaker. The value is the figure.
pub(super) fn unsourced(reading: &Reading<'_>) -> Finding {
    let prose: Vec<_> = reading.body().map(|p| (p, p.words())).collect();
    let mut candidates = Vec::new();
    for (place, (p, words)) in prose.iter().enumerate() {
        let mut next = 0;
        while next < words.len() {
            let Some(end) = figure(words, next) else {
                next += 1;
                continue;
            };
            let figure = bytes(words, next, end);
            let sentence = sentence_of(p, figure.start);
            if !p.is_quoted(figure.start) && is_claim(p, sentence) {
                candidates.push((place, sentence, figure));
            }
            // One figure a sentence.
            next = words.spans.partition_point(|span| span.start < sentence.end).max(end);
        }
    }
    if candidates.is_empty() {
        return Finding::of(Signal::UnsourcedFigure, Vec::new());
    }
    let mut is_sourced: Vec<_> =
        prose.iter().map(|(p, words)| words.has(&SOURCES) || !p.quoted.is_empty()).collect();
    for spoken in spoken(reading) {
        let place = prose.partition_point(|(p, _)| p.index < spoken.paragraph);
        if let Some(is_sourced) = is_sourced.get_mut(place) {
            *is_sourced = true;
        }
    }
    let is_bare = |place: usize| {
        let beside = place.saturating_sub(1)..prose.len().min(place + 2);
        !is_sourced[beside].contains(&true)
    };
    let found = candidates.into_iter().filter(|&(place, ..)| is_bare(place)).map(
        |(place, sentence, figure)| {
            let p = prose[place].0;
            part(reading, p, sentence, Some(figure.slice(p.text).to_owned()))
        },
    );
    Finding::of(Signal::UnsourcedFigure, found.collect())
}

/// Whether a sentence states something in the third person.
fn is_claim(p: &ReadParagraph<'_>, sentence: crate::span::Span) -> bool {
    let text = sentence.slice(p.text);
    let words = Words::of(text);
    text.trim_end().ends_with(['.', '!'])
        && !text.trim_end().ends_with("..")
        && words.len() >= CLAIM_WORDS
        && !(0..words.len()).any(|place| words.at(place) != "US" && words.is_any(place, &OWN))
}

/// The place behind a figure that begins at a place.
fn figure(words: &Words<'_>, place: usize) -> Option<usize> {
    if !words.at(place).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut end = place + 1;
    while end < words.len()
        && matches!(words.gap(end - 1), "," | ".")
        && words.at(end).starts_with(|c: char| c.is_ascii_digit())
    {
        end += 1;
    }
    let is_price = place > 0 && words.gap(place - 1).ends_with(['$', '£', '€']);
    let counts = |from: usize| {
        let mut near = (from..words.len().min(from + 3)).take_while(|&at| is_close(words, at - 1));
        near.any(|at| words.is_any(at, &COUNTED))
    };
    if is_close(words, end - 1) && words.is_any(end, &SCALES) {
        return (is_price || counts(end + 1)).then_some(end + 1);
    }
    if words.gap(end - 1).starts_with('%') {
        return is_share(words, place, end, end).then_some(end);
    }
    if is_close(words, end - 1) && words.is_any(end, &["percent"]) {
        return is_share(words, place, end, end + 1).then_some(end + 1);
    }
    if is_close(words, end - 1) && words.is_any(end, &["per"]) && words.is_any(end + 1, &["cent"]) {
        return is_share(words, place, end, end + 2).then_some(end + 2);
    }
    // `2,400 nurses`, `2,400 people`: a count of many, not a year or a price.
    let is_many = end == place + 2 && words.gap(place) == "," && words.at(place + 1).len() == 3;
    let is_of_range = behind(words, place, 1).any(|at| ends_sentence(words, at));
    (is_many && !is_price && counts(end) && !is_of_range).then_some(end)
}

/// Whether a percentage, a number `place..end` whose sign or words end before `next`, is a share of something, or
/// how much it has changed; `up to 40% of` is an offer, `100% of` no figure.
fn is_share(words: &Words<'_>, place: usize, end: usize, next: usize) -> bool {
    let is_offer =
        place > 1 && words.is_any(place - 1, &["to"]) && words.is_any(place - 2, &["up"]);
    let is_whole = bytes(words, place, end).slice(words.text) == "100";
    let goes_on = matches!(words.gap(next - 1), " " | "% " | "%\u{a0}");
    let is_compared = goes_on && words.is_any(next, &COMPARED)
        || behind(words, place, 4).any(|at| words.is_any(at, &CHANGED));
    is_compared && !is_offer && !is_whole
}
