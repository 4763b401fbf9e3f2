//! P5: where the text stood first, or that others may print it.

use super::phrases::{Hit, Table, Words, is_same, sorted};
use super::scope::{MAX_HITS, Story, is_foreign, part, sentence_of};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::document::calendar::month;
use crate::label::Label;
use crate::span::Span;

/// Words before the name of the place where a text stood first.
const FIRST_STOOD: Table<28> = sorted([
    "also appeared",
    "appeared first",
    "cross posted",
    "crossposted",
    "first appeared",
    "first published",
    "initially published",
    "originally appeared",
    "originally posted",
    "originally published",
    "previously published",
    "published originally",
    "reposted",
    "reposted with permission",
    "reprinted",
    "reprinted by permission",
    "reprinted with permission",
    "republished",
    "republished with permission",
    "syndicated",
    "this article appeared",
    "this article appears",
    "this essay appeared",
    "this piece appeared",
    "this post appeared",
    "this story appeared",
    "this story appears",
    "was first posted",
]);
/// What others may do with the text.
const PERMISSIONS: Table<18> = sorted([
    "all republished articles must",
    "feel free to cross post",
    "feel free to republish",
    "free to republish",
    "may be cross posted",
    "may be freely reprinted",
    "may be freely republished",
    "may be reposted",
    "may be reprinted",
    "may be republished",
    "may be reproduced",
    "may republish",
    "permission to cross post",
    "permission to repost",
    "permission to reprint",
    "permission to republish",
    "republish our articles",
    "republish this",
]);
/// What takes such words back.
const REFUSALS: Table<10> = sorted([
    "cannot be",
    "may not",
    "must not",
    "no part",
    "not",
    "nor",
    "prohibited",
    "prior written",
    "unless",
    "without",
]);
/// What is spoken of, where it is the text at hand.
const THIS_TEXT: Table<20> = sorted([
    "a version of this",
    "an earlier version",
    "this analysis",
    "this article",
    "this blog",
    "this column",
    "this commentary",
    "this content",
    "this essay",
    "this excerpt",
    "this interview",
    "this item",
    "this op ed",
    "this opinion",
    "this piece",
    "this post",
    "this report",
    "this story",
    "this text",
    "this was",
]);
/// Words that are part of the names of papers and houses.
const HOUSES: [&str; 44] = [
    "agency",
    "bulletin",
    "chronicle",
    "com",
    "courier",
    "daily",
    "dispatch",
    "examiner",
    "express",
    "foundation",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "independent",
    "institute",
    "journal",
    "ledger",
    "magazine",
    "mail",
    "media",
    "mirror",
    "monitor",
    "network",
    "news",
    "observer",
    "org",
    "post",
    "press",
    "project",
    "radio",
    "report",
    "review",
    "standard",
    "star",
    "sun",
    "telegraph",
    "times",
    "today",
    "tribune",
    "tv",
    "watch",
    "week",
    "weekly",
];

/// P5: a note that says where the text was first published, whose it is, or that it may be
/// republished; the value is the origin.
pub(super) fn republication(reading: &Reading<'_>) -> Finding {
    let story = Story::of(reading);
    let count = reading.paragraphs.len();
    let mut found: Vec<Evidence> = Vec::new();
    for p in reading.paragraphs.iter().filter(|p| !is_foreign(p.label) && p.label != Label::Heading)
    {
        let at_edge = p.index < 3 || p.index + 4 >= count;
        let near = at_edge || story.is_none_or(|s| s.is_above(p.index) || s.is_tail(p.index, 3));
        if p.label == Label::Body && !near {
            continue;
        }
        found.extend(in_paragraph(p).map(|(span, origin)| part(reading, p, span, origin)));
    }
    Finding::of(Signal::Republication, found)
}

/// The words of a paragraph that say so, and the origin.
fn in_paragraph(p: &ReadParagraph<'_>) -> Option<(Span, Option<String>)> {
    let words = p.words();
    if let Some(found) = articles_by(words) {
        return Some(found);
    }
    for hit in words.hits(&FIRST_STOOD).take(MAX_HITS) {
        if is_set_apart(p, hit.span.start) || is_elsewhere(p, hit.span.start) {
            continue;
        }
        // Forums mark so what a reader repeats of another.
        if hit.phrase == "originally posted" && words.is_any(hit.words.1, &["by"]) {
            continue;
        }
        if p.is_quoted(hit.span.start) || p.label == Label::Body && !is_of_this_text(p, words, hit)
        {
            continue;
        }
        if let Some(found) = origin(words, hit) {
            return Some(found);
        }
    }
    let permission = words.hits(&PERMISSIONS).take(MAX_HITS).find(|hit| {
        let sentence = sentence_of(p, hit.span.start).slice(p.text);
        !Words::of(sentence).has(&REFUSALS) && p.label != Label::Body
    })?;
    Some((sentence_of(p, permission.span.start), None))
}

/// Whether a quotation mark opens shortly before and does not close: words to be copied.
fn is_set_apart(p: &ReadParagraph<'_>, at: usize) -> bool {
    let before = p.text[..at].char_indices().rev().take(40);
    let mark = before.map(|(_, c)| c).find(|c| "“”\"".contains(*c));
    let opens = p.text[..at].trim_end().ends_with('"');
    mark == Some('“') || opens
}

/// Whether a sentence speaks of something else: terms of a licence of the original work, wherever it
/// stands, and a paper of its own printed pages.
fn is_elsewhere(p: &ReadParagraph<'_>, at: usize) -> bool {
    let sentence = Words::of(sentence_of(p, at).slice(p.text));
    sentence.has(
        const {
            &sorted(["appears in print", "is properly cited", "original work", "print edition"])
        },
    )
}

/// `Articles by: The Fenwick Star`; of a person such a line says nothing about the origin.
fn articles_by(words: &Words<'_>) -> Option<(Span, Option<String>)> {
    let starts = words.is_any(0, &["article", "articles"]) && words.is_any(1, &["by"]);
    if !starts || words.len() > 8 || !(2..words.len()).any(|place| words.is_any(place, &HOUSES)) {
        return None;
    }
    let whole = Span::new(words.spans[0].start, words.spans[words.len() - 1].end);
    let origin = words.text[words.spans[2].start..whole.end].to_owned();
    Some((whole, Some(origin)))
}

/// In the course of a text, books and studies are first published too.
fn is_of_this_text(p: &ReadParagraph<'_>, words: &Words<'_>, hit: Hit) -> bool {
    let sentence = sentence_of(p, hit.span.start);
    let opens = words.spans.partition_point(|span| span.start < sentence.start);
    hit.words.0 <= opens + 1 && words.len() <= 30
        || (opens..hit.words.0).any(|place| words.phrase_at(place, &THIS_TEXT).is_some())
}

/// The origin behind a phrase: `first published in The Fenwick Star on 3 May`. `None` where the
/// phrase only tells a date.
fn origin(words: &Words<'_>, hit: Hit) -> Option<(Span, Option<String>)> {
    let mut at = hit.words.1;
    // `originally published on 3 May 2021 in The Fenwick Star`, `reprinted with permission from`.
    if words.is_any(at, &["as"]) {
        return None;
    }
    let last = words.len().min(at + 8);
    let joined = |place: usize| !words.gap(place.saturating_sub(1)).contains(['.', ';', '|', '\n']);
    while at < last && joined(at) {
        let leads = words
            .is_any(at, &["in", "by", "at", "on", "from", "here", "with", "courtesy", "via"])
            || words.is_any(at, &["of"]) && words.is_any(at - 1, &["edition", "issue"]);
        let named = at + 1 < words.len()
            && is_name(words, at + 1 + usize::from(words.is_any(at + 1, &["the"])));
        if leads && words.is_any(at, &["here"]) {
            let span = Span::new(hit.span.start, words.spans[at].end);
            return Some((span, None));
        }
        if leads && named && joined(at + 1) {
            let end = name_end(words, at + 1);
            let name = Span::new(words.spans[at + 1].start, end);
            let span = Span::new(hit.span.start, end);
            return Some((span, Some(name.slice(words.text).to_owned())));
        }
        // Between phrase and origin stand a date, a title in quotation marks, little else.
        let word = words.at(at);
        let dateish = word.starts_with(|c: char| c.is_ascii_digit())
            || month(word).is_some()
            || words.gap(at).contains(['“', '”', '"', ','])
            || words.is_any(at, &["on", "with", "the", "title", "permission", "under", "a"]);
        let title = words.is_any(at.saturating_sub(1), &["on"]) && !dateish;
        if title || words.is_any(at, &["on"]) && is_count(words, at + 1) {
            return permitted(hit);
        }
        at += 1;
    }
    permitted(hit)
}

/// Whether a number begins a title, not a date: `appeared first on 5 Great Boats`.
fn is_count(words: &Words<'_>, place: usize) -> bool {
    let next = words.at(place + 1);
    words.at(place).bytes().all(|b| b.is_ascii_digit())
        && next.starts_with(char::is_uppercase)
        && month(next).is_none()
        && words.gap(place).trim().is_empty()
}

fn permitted(hit: Hit) -> Option<(Span, Option<String>)> {
    let permitted = hit.phrase.contains("permission");
    permitted.then_some((hit.span, None))
}

/// Whether a word begins a name that is no date.
fn is_name(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    let is_site = words.gap(place) == "." && words.at(place + 1).starts_with(char::is_alphabetic);
    let day = word.len() >= 3
        && ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| {
            word.to_ascii_lowercase().starts_with(day) && (word.len() == 3 || word.ends_with("day"))
        });
    (word.starts_with(char::is_uppercase) || is_site || word == "http" || word == "https")
        && month(word).is_none()
        && !day
}

/// The byte at which a name ends: at a stop, or before a word in small letters that joins no names.
fn name_end(words: &Words<'_>, from: usize) -> usize {
    let mut at = from;
    let mut end = words.spans[from].end;
    while at < words.len() && at < from + 10 {
        let word = words.at(at);
        let small = word.starts_with(char::is_lowercase);
        let joining = matches!(word, "of" | "the" | "for" | "and" | "de" | "at")
            || word == "to" && words.at(at + 1).starts_with(char::is_uppercase);
        let site = at > from && words.gap(at - 1) == ".";
        if at > from && small && !joining && !site {
            break;
        }
        if at > from
            && (is_same(word, "vol")
                || month(word).is_some()
                    && words.at(at + 1).starts_with(|c: char| c.is_ascii_digit()))
        {
            break;
        }
        if !joining || site {
            end = words.spans[at].end;
        }
        let gap = words.gap(at);
        let dotted = gap == "." || gap.starts_with("://") || gap == "/";
        if gap.contains(['.', ',', ';', ':', '|', ')', '(', '”', '"', '\n', '–', '—']) && !dotted
        {
            break;
        }
        at += 1;
    }
    end
}
