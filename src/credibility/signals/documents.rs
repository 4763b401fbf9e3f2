//! Q8: studies, reports and records that an article points to.

use super::clauses::{ahead, bytes, ends_sentence, in_order, is_close};
use super::phrases::{Table, Words, sorted};
use super::scope::part;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::Reading;
use crate::span::Span;

/// What can be looked up by itself.
const RECORDS: Table<21> = sorted([
    "census data",
    "charging documents",
    "court documents",
    "court filing",
    "court filings",
    "court papers",
    "court records",
    "court transcripts",
    "criminal complaint",
    "internal documents",
    "internal emails",
    "internal memo",
    "legal filing",
    "official data",
    "official figures",
    "official statistics",
    "property records",
    "published in the journal",
    "regulatory filing",
    "securities filing",
    "study published in",
]);
/// Documents that say something.
const DOCUMENTS: Table<17> = sorted([
    "affidavit",
    "analysis",
    "audit",
    "complaint",
    "data",
    "documents",
    "filing",
    "indictment",
    "lawsuit",
    "memo",
    "paper",
    "poll",
    "records",
    "report",
    "statistics",
    "study",
    "survey",
]);
/// What they do.
const SHOWS: [&str; 30] = [
    "alleged",
    "alleges",
    "claimed",
    "claims",
    "concluded",
    "concludes",
    "confirmed",
    "estimated",
    "estimates",
    "find",
    "finds",
    "found",
    "indicate",
    "indicated",
    "indicates",
    "noted",
    "notes",
    "reveal",
    "revealed",
    "reveals",
    "said",
    "says",
    "show",
    "showed",
    "shows",
    "stated",
    "states",
    "suggest",
    "suggested",
    "suggests",
];
/// How they come about.
const MADE: [&str; 7] =
    ["commissioned", "compiled", "conducted", "issued", "published", "released", "titled"];

/// Who works with them.
const WORKERS: [&str; 14] = [
    "analyst",
    "analysts",
    "analytics",
    "author",
    "authors",
    "center",
    "co",
    "company",
    "expert",
    "firm",
    "lead",
    "leader",
    "leaders",
    "scientist",
];

/// Q8: a study, a report, a record that is cited, outside quotations. Links would count, but a text
/// has lost them, and the reader of pages does not keep them: without a document it is unknown.
pub(super) fn documents(reading: &Reading<'_>) -> Finding {
    let mut found = Vec::new();
    for p in reading.body() {
        let words = p.words();
        let nouns = words.places(&RECORDS).chain(words.places(&DOCUMENTS));
        let mut next = 0;
        for place in in_order(nouns.chain(words.places(const { &sorted(["according to"]) }))) {
            if place < next {
                continue;
            }
            let hit = words
                .phrase_at(place, &RECORDS)
                .map(|hit| (hit.span, hit.words.1))
                .or_else(|| cited(words, place));
            let Some((span, end)) = hit else { continue };
            next = end;
            if !p.is_quoted(span.start) {
                found.push(part(reading, p, span, None));
            }
        }
    }
    if found.is_empty() {
        let why = if reading.metadata.is_some() { "links are not kept" } else { "links are lost" };
        return Finding::unknown(Signal::Documents, why);
    }
    Finding::of(Signal::Documents, found)
}

/// `the study found`, `a report by Northgate`, `according to the affidavit`.
fn cited(words: &Words<'_>, place: usize) -> Option<(Span, usize)> {
    if words.is_any(place, &["according"]) && words.is_any(place + 1, &["to"]) {
        let noun = ahead(words, place + 2, 5)
            .take_while(|&at| at == place + 2 || is_close(words, at - 1))
            .take_while(|&at| !words.is_any(at, &["my", "our", "your"]))
            .find(|&at| is_document(words, at))?;
        // `according to data scientist Ivor Pell`.
        let is_part = is_close(words, noun) && words.is_any(noun + 1, &WORKERS);
        if is_part {
            return None;
        }
        return Some((bytes(words, place, noun + 1), noun + 1));
    }
    if !is_document(words, place) || !is_close(words, place) {
        return None;
    }
    let next = place + 1;
    if words.is_any(next, &SHOWS) && is_some_one(words, place) {
        return Some((bytes(words, place, next + 1), next + 1));
    }
    let made = usize::from(words.is_any(next, &MADE) && is_close(words, next));
    let by = next + made;
    let is_by = words.is_any(by, &["by"]) || made == 1 && words.is_any(by, &["in"]);
    let who = by + 1 + usize::from(words.is_any(by + 1, &["the"]));
    let is_named = is_by && is_close(words, by) && words.at(who).starts_with(char::is_uppercase);
    (is_named && !words.is_any(place, &["complaint", "paper", "records"]))
        .then(|| (bytes(words, place, who + 1), who + 1))
}

/// Whether one document is meant: `data show`, `statistics suggest` point at none, and who is
/// `filing claims` writes none.
fn is_some_one(words: &Words<'_>, place: usize) -> bool {
    const LOOSE: [&str; 7] = ["and", "as", "because", "but", "that", "when", "where"];
    let opens = place == 0 || ends_sentence(words, place - 1);
    let is_bare = opens || !is_close(words, place - 1) || words.is_any(place - 1, &LOOSE);
    let is_mass = words.is_any(place, &["analysis", "data", "statistics"]);
    let is_gerund = words.is_any(place, &["filing"]) && words.is_any(place + 1, &["claims"]);
    !(is_bare && is_mass || is_gerund)
}

/// Whether a word is a document's, and no part of a name: the Office for Statistics.
fn is_document(words: &Words<'_>, place: usize) -> bool {
    words.is_in(place, &DOCUMENTS)
        && (place == 0 || words.at(place).starts_with(char::is_lowercase))
        && !is_hearsay(words, place)
}

/// `a media report`, `a news analysis`, `the paper` of a newspaper: another's article.
fn is_hearsay(words: &Words<'_>, place: usize) -> bool {
    const OTHERS: [&str; 14] = [
        "my",
        "our",
        "case",
        "bbc",
        "book",
        "media",
        "magazine",
        "news",
        "newspaper",
        "no",
        "press",
        "tv",
        "weather",
        "white",
    ];
    let before = place.checked_sub(1);
    let after_other = before.is_some_and(|before| words.is_any(before, &OTHERS));
    after_other
        || words.is_any(place, &["paper"])
            && !before.is_some_and(|b| words.is_any(b, &["research"]))
}
