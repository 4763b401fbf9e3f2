//! Q6: those of whom something is said were asked, or reply.

use super::clauses::{ahead, behind, bytes, in_order, is_close};
use super::phrases::{Hit, Table, Words, sorted};
use super::scope::part;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::Reading;
use crate::span::Span;

/// Words that say so whatever follows.
const ASKED: Table<37> = sorted([
    "approached for comment",
    "asked for comment",
    "comment request",
    "comment requests",
    "contacted for comment",
    "could not be reached",
    "could not immediately be reached",
    "couldn't be reached",
    "declined an interview",
    "declined comment",
    "declined further comment",
    "declined interview",
    "declined to answer questions",
    "declined to be interviewed",
    "declined to comment",
    "declined to discuss",
    "declined to elaborate",
    "declined to say",
    "declined to speculate",
    "declines to comment",
    "declining to comment",
    "inquiry seeking comment",
    "not available for comment",
    "not immediately available for comment",
    "pleaded not guilty",
    "pled not guilty",
    "refused to comment",
    "request for comment",
    "requests for comment",
    "responded to the accusations",
    "responded to the allegations",
    "responded to the claims",
    "seeking comment",
    "unavailable for comment",
    "would not be drawn on",
    "would not comment",
    "wouldn't comment",
]);
/// Words that say so before a request.
const SILENT: Table<14> = sorted([
    "did not immediately reply",
    "did not immediately respond",
    "did not immediately return",
    "did not reply",
    "did not respond",
    "did not return",
    "didn't immediately respond",
    "didn't reply",
    "didn't respond",
    "didn't return",
    "has not responded",
    "has yet to respond",
    "have not responded",
    "yet to respond",
]);
/// What a newsroom sends.
const REQUESTS: [&str; 13] = [
    "comment",
    "comments",
    "emails",
    "enquiries",
    "inquiries",
    "inquiry",
    "interview",
    "queries",
    "query",
    "questions",
    "request",
    "requests",
    "voicemail",
];
/// What a newsroom has done that asks.
const REACHED: Table<2> = sorted(["contacted", "reached out"]);
/// Verbs by which the accused reply.
const DENIES: Table<7> =
    sorted(["denied", "denies", "deny", "denying", "dismissed", "rejected", "rejects"]);
/// What they were accused of.
const CHARGES: [&str; 15] = [
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "assertion",
    "charge",
    "charges",
    "claim",
    "claims",
    "involvement",
    "knowledge",
    "responsibility",
    "suggestion",
    "suggestions",
    "wrongdoing",
];
/// What the accused say that they did not do.
const DEEDS: [&str; 9] =
    ["being", "doing", "having", "knowing", "making", "receiving", "taking", "targeting", "using"];

/// Q6: `declined to comment`, `did not respond to a request`, `denies the allegations` and the like,
/// outside quotations.
pub(super) fn response(reading: &Reading<'_>) -> Finding {
    let mut found = Vec::new();
    for p in reading.body() {
        let words = p.words();
        let starts = words.places(&ASKED).chain(words.places(&SILENT));
        let verbs = words.places(&DENIES).chain(words.places(&REACHED));
        let mut next = 0;
        for place in in_order(starts.chain(verbs)) {
            if place < next {
                continue;
            }
            let asked = words.phrase_at(place, &ASKED).map(|hit| (hit.span, hit.words.1));
            let hit = asked
                .or_else(|| silent(words, place))
                .or_else(|| reached(words, place))
                .or_else(|| denial(words, place));
            let Some((span, end)) = hit else { continue };
            next = end;
            if !p.is_quoted(span.start) {
                found.push(part(reading, p, span, None));
            }
        }
    }
    Finding::of(Signal::ResponseSought, found)
}

/// `did not respond to several requests`; patients do not respond to drugs.
fn silent(words: &Words<'_>, place: usize) -> Option<(Span, usize)> {
    let Hit { words: (from, to), .. } = words.phrase_at(place, &SILENT)?;
    let mut last = ahead(words, to, 8).find(|&at| words.is_any(at, &REQUESTS))?;
    // `interview requests`.
    last += usize::from(is_close(words, last) && words.is_any(last + 1, &REQUESTS));
    if words.is_any(last + 1, &["for"]) && words.is_any(last + 2, &["comment"]) {
        last += 2;
    }
    Some((bytes(words, from, last + 1), last + 1))
}

/// `has reached out to the operator for comment`.
fn reached(words: &Words<'_>, place: usize) -> Option<(Span, usize)> {
    let out = words.is_any(place, &["contacted"]).then_some(place + 1).or_else(|| {
        (words.is_any(place, &["reached"]) && words.is_any(place + 1, &["out"]))
            .then_some(place + 2)
    })?;
    let end = ahead(words, out, 12)
        .find(|&at| words.is_any(at, &["comment", "comments"]) && words.is_any(at - 1, &["for"]))?;
    Some((bytes(words, place, end + 1), end + 1))
}

/// `has denied the allegations`, `denies any wrongdoing`, `denied having known`.
fn denial(words: &Words<'_>, place: usize) -> Option<(Span, usize)> {
    if !words.is_in(place, &DENIES) {
        return None;
    }
    const NEVER: [&str; 10] =
        ["be", "been", "being", "can't", "cannot", "never", "no", "nobody", "not", "were"];
    if behind(words, place, 2).any(|at| words.is_any(at, &NEVER)) {
        return None;
    }
    let denies = words.is_any(place, &["denied", "denies", "denying"]);
    // `denied having sold it`, `denied deliberately sinking it`; boarding is what travellers are denied.
    let adverb = usize::from(words.at(place + 1).ends_with("ly") && is_close(words, place + 1));
    let deed = place + 1 + adverb;
    let is_deed = words.is_any(deed, &DEEDS) || adverb == 1 && words.at(deed).ends_with("ing");
    if denies && is_deed && is_close(words, place) {
        return Some((bytes(words, place, deed + 1), deed + 1));
    }
    // `rejected his claim for benefits`, `dismissed the charges`: courts and offices do so.
    let object = ahead(words, place + 1, 4).find(|&at| words.is_any(at, &CHARGES))?;
    let is_office = !denies
        && words.is_any(object, &["charge", "charges", "claim", "knowledge", "responsibility"]);
    // `deny claims`: insurers do.
    let is_claim = words.is_any(object, &["claim", "claims"])
        && !words.is_any(object - 1, &["all", "any", "such", "the", "these", "those"]);
    // `was denied involvement`.
    let was = place > 0 && words.is_any(place - 1, &["was", "is", "are"]);
    (!is_office && !is_claim && !was).then(|| (bytes(words, place, object + 1), object + 1))
}
