//! P2 dateline, P4 agency credit.

use super::dates::date_at;
use super::phrases::{Hit, Table, Words, sorted};
use super::scope::{Story, houses, is_house, is_of_card, part};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::document::calendar::{month, weekday};
use crate::label::Label;
use crate::span::Span;

/// News agencies as credits name them. Two letters count only in capitals.
const AGENCIES: Table<40> = sorted([
    "aap",
    "afp",
    "agence france presse",
    "anadolu",
    "anadolu agency",
    "ani",
    "ansa",
    "ap",
    "associated press",
    "bernama",
    "bloomberg",
    "bloomberg news",
    "canadian press",
    "cns",
    "dpa",
    "efe",
    "ians",
    "ians news",
    "interfax",
    "irna",
    "itar tass",
    "kyodo",
    "kyodo news",
    "mcclatchy",
    "pa media",
    "press association",
    "press trust of india",
    "pti",
    "reuters",
    "ria novosti",
    "rns",
    "tass",
    "the associated press",
    "the canadian press",
    "tribune news service",
    "united press international",
    "upi",
    "wam",
    "xinhua",
    "yonhap",
]);

/// The longest dateline, in words.
const MAX_DATELINE: usize = 14;
/// Words in capitals that stand before a dash or a colon and are no places.
const NO_PLACES: [&str; 44] = [
    "ANALYSIS",
    "AND",
    "BREAKING",
    "BY",
    "COLUMN",
    "COMMENT",
    "COMMENTARY",
    "CORRECTION",
    "DEAR",
    "EDITORIAL",
    "EXCLUSIVE",
    "FACT",
    "FOR",
    "GALLERY",
    "I",
    "IN",
    "INTERVIEW",
    "IS",
    "LIVE",
    "MORE",
    "NEW",
    "NEWS",
    "NOTE",
    "NOW",
    "OPINION",
    "PHOTO",
    "PHOTOS",
    "POLL",
    "PRESS",
    "Q",
    "READ",
    "RELATED",
    "REPORT",
    "REVIEW",
    "SEE",
    "SPONSORED",
    "SPORT",
    "SPORTS",
    "THE",
    "TRANSCRIPT",
    "UPDATE",
    "UPDATED",
    "VIDEO",
    "WATCH",
];

/// A dateline: its bytes, the place, and the agency that it names.
struct Dateline {
    span: Span,
    place: Span,
    agency: Option<Hit>,
}

/// P2: a place, perhaps a date and an agency, then a dash, at the start of one of the story's first
/// two paragraphs.
pub(super) fn dateline(reading: &Reading<'_>) -> Finding {
    let found = openings(reading)
        .filter_map(|p| {
            let line = read_dateline(p.text)?;
            Some(part(reading, p, line.span, Some(line.place.slice(p.text).to_owned())))
        })
        .take(1)
        .collect();
    Finding::of(Signal::Dateline, found)
}

/// The story's first two paragraphs.
fn openings<'r, 'd>(reading: &'r Reading<'d>) -> impl Iterator<Item = &'r ReadParagraph<'d>> {
    let story = Story::of(reading);
    reading.body().filter(move |p| story.is_some_and(|s| p.index >= s.first)).take(2)
}

fn read_dateline(text: &str) -> Option<Dateline> {
    let head = &text[..text.char_indices().nth(140).map_or(text.len(), |(at, _)| at)];
    let words = Words::of(head);
    let (mut at, mut capitals, mut titled) = (0, 0, 0);
    // The place, in capitals or with a capital each word.
    while at < words.len().min(6) {
        let word = words.at(at);
        let gap = if at == 0 { &head[..words.spans[0].start] } else { words.gap(at - 1) };
        if at > 0 && !matches!(gap.trim(), "" | "," | "." | ".," | "/" | "-")
            || at == 0 && !gap.trim().is_empty()
        {
            break;
        }
        if at > 0 && gap != "-" && gap.trim() == "-" || month(word).is_some() {
            break;
        }
        if !word.chars().all(|c| c.is_alphabetic() || c == '’' || c == '\'') {
            break;
        }
        let upper = word.chars().all(|c| !c.is_lowercase());
        let small = matches!(word, "of" | "de" | "al" | "the" | "la" | "on" | "upon") && at > 0;
        if is_no_place(word, at) {
            return None;
        }
        if upper {
            capitals += 1;
        } else if word.starts_with(char::is_uppercase) || small {
            titled += 1;
        } else {
            break;
        }
        at += 1;
    }
    if at == 0 {
        return None;
    }
    let place = Span::new(words.spans[0].start, words.spans[at - 1].end);
    let in_capitals = capitals > 0 && words.at(0).chars().filter(|c| c.is_uppercase()).count() >= 3;
    finish(&words, at, place).filter(|line| {
        let titled_only = titled > 0 && !in_capitals;
        in_capitals && !is_speaker(head, line)
            || titled_only && (line.agency.is_some() || has_date(&words, line.span))
    })
}

fn is_no_place(word: &str, at: usize) -> bool {
    let noted = ["note", "update", "updated", "published", "posted", "correction"];
    NO_PLACES.contains(&word) && !(word == "NEW" && at == 0)
        || noted.iter().any(|no| no.eq_ignore_ascii_case(word))
}

/// A name and a colon: speakers of a transcript look so too.
fn is_speaker(head: &str, line: &Dateline) -> bool {
    line.span.slice(head).trim_end().ends_with(':') && line.agency.is_none()
}

fn has_date(words: &Words<'_>, within: Span) -> bool {
    let inside = words.spans.iter().take_while(|span| span.end <= within.end).count();
    (0..inside).any(|place| {
        month(words.at(place)).is_some()
            && [place.wrapping_sub(1), place + 1]
                .iter()
                .any(|&near| words.at(near).starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// Reads on behind the place: a date, an agency in brackets, up to a dash.
fn finish(words: &Words<'_>, from: usize, place: Span) -> Option<Dateline> {
    let mut at = from;
    let mut agency = None;
    let mut is_bracketed = false;
    while at <= words.len().min(MAX_DATELINE) {
        let gap = words.gap(at - 1);
        is_bracketed = (is_bracketed || gap.contains('(')) && !gap.contains(')');
        // A dash in brackets is one of a range.
        if let Some(dash) = dash_in(gap).filter(|_| !is_bracketed) {
            let end = words.spans[at - 1].end + dash;
            return Some(Dateline { span: Span::new(place.start, end), place, agency });
        }
        let opened = gap.contains('(');
        if let Some(hit) = agency_at(words, at).filter(|_| opened || gap.contains([',', '/', '|']))
        {
            (agency, at) = (Some(hit), hit.words.1);
            continue;
        }
        if let Some((_, next)) = date_at(words, at) {
            at = next;
            continue;
        }
        let word = words.at(at);
        let dateish = month(word).is_some()
            || word.starts_with(|c: char| c.is_ascii_digit())
            || weekday(word).is_some();
        if !(dateish || opened && word.starts_with(char::is_uppercase)) {
            return None;
        }
        at += 1;
    }
    None
}

/// Where a dash with room behind it, or a colon, ends in a gap; bytes of the gap.
fn dash_in(gap: &str) -> Option<usize> {
    let gap_start = gap.trim_start_matches([' ', '\u{a0}', ')', '.']);
    let skipped = gap.len() - gap_start.len();
    let dash = gap_start.chars().next().filter(|c| "—–-―‒:".contains(*c))?;
    let double = gap_start.starts_with("--");
    let behind = &gap_start[dash.len_utf8()..];
    // `well-known`, `Fenwick–Reedham`.
    let hyphen = behind.is_empty() && (dash == '-' || dash == '–' && skipped == 0);
    // `04:26` is a time.
    let timed = dash == ':' && !behind.starts_with([' ', '\u{a0}', '\n']);
    (!hyphen && !timed || double).then(|| skipped + dash.len_utf8() + usize::from(double))
}

fn agency_at(words: &Words<'_>, place: usize) -> Option<Hit> {
    let hit = words.phrase_at(place, &AGENCIES)?;
    // The company that owns the agency sells other things too.
    if place > 0 && words.is_any(place - 1, &["thomson"]) {
        return None;
    }
    let written = hit.span.slice(words.text);
    // `ap` or `ani` in small letters are words of other languages or handles.
    let short = hit.phrase.len() <= 4;
    let ok = if short {
        written.chars().all(char::is_uppercase) || written == "dpa"
    } else {
        written.starts_with(char::is_uppercase)
    };
    ok.then_some(hit)
}

fn agencies<'w>(words: &'w Words<'_>) -> impl Iterator<Item = Hit> + 'w {
    (0..words.len()).filter_map(|place| agency_at(words, place))
}

/// Words with which an agency is thanked or its text marked.
const CREDITS: Table<23> = sorted([
    "contains information from",
    "contributed to this",
    "contributed reporting",
    "contributed to the",
    "copyright",
    "from ap reports",
    "from wire reports",
    "includes information from",
    "information from",
    "inputs from",
    "material from",
    "reporting by",
    "source",
    "sources",
    "with afp",
    "with agency inputs",
    "with ap",
    "with files from",
    "with information from",
    "with inputs from",
    "with material from",
    "with reporting by",
    "with reporting from",
]);
/// Words of credits for pictures and prices.
const NO_TEXTS: Table<19> = sorted([
    "caption",
    "data",
    "file",
    "footage",
    "getty",
    "image",
    "images",
    "photo",
    "photograph",
    "photographer",
    "photos",
    "picture",
    "pictures",
    "pool",
    "quotes",
    "stock",
    "tv",
    "video",
    "via",
]);

/// P4: an agency in the dateline, the byline or a credit at the end; not one that is spoken of.
pub(super) fn agency_credit(reading: &Reading<'_>) -> Finding {
    let mut found: Vec<Evidence> = Vec::new();
    let story = Story::of(reading);
    for p in &reading.paragraphs {
        let hits = match p.label {
            Label::Body => {
                let opening = story.is_some_and(|s| p.index >= s.first) && found.is_empty();
                let dated = opening.then(|| of_dateline(p)).flatten();
                dated.or_else(|| story.filter(|s| s.is_tail(p.index, 3)).and_then(|_| of_end(p)))
            }
            Label::Byline => {
                let fits = near(story, p) && !is_of_card(reading, story, p);
                fits.then(|| of_byline(p)).flatten()
            }
            Label::EditorialNote
            | Label::Copyright
            | Label::Disclaimer
            | Label::AuthorBio
            | Label::Contact => {
                near(story, p).then(|| of_end(p)).flatten().filter(|c| !is_own(reading, p, c.0))
            }
            _ => None,
        };
        found.extend(hits.map(|(span, agency)| part(reading, p, span, agency)));
    }
    Finding::of(Signal::AgencyCredit, found)
}

/// Whether an agency's name in a line of rights is that of the house itself, in this form or in
/// another (`AP News`, `The Associated Press`).
fn is_own(reading: &Reading<'_>, p: &ReadParagraph<'_>, agency: Span) -> bool {
    let is_agency = |house: &str| agencies(&Words::of(house)).next().is_some();
    is_house(reading, agency.slice(p.text))
        || p.label == Label::Copyright && houses(reading).any(is_agency)
}

/// The words of a credit, and the agency where they name it.
type Credit = (Span, Option<String>);

fn near(story: Option<Story>, p: &ReadParagraph<'_>) -> bool {
    story.is_none_or(|s| s.is_above(p.index) || s.is_tail(p.index, 3))
}

fn of_dateline(p: &ReadParagraph<'_>) -> Option<Credit> {
    let agency = read_dateline(p.text)?.agency?;
    Some((agency.span, Some(agency.span.slice(p.text).to_owned())))
}

fn of_byline(p: &ReadParagraph<'_>) -> Option<Credit> {
    let words = p.words();
    if words.len() > 30 || words.has(&NO_TEXTS) {
        return None;
    }
    let agency = agencies(words).next()?;
    Some((agency.span, Some(agency.span.slice(p.text).to_owned())))
}

/// `(Reporting by ...)`, `The Associated Press contributed to this report`, `— AP`, `© 2021 AFP`.
fn of_end(p: &ReadParagraph<'_>) -> Option<Credit> {
    let words = p.words();
    if words.len() > 60 || words.has(&NO_TEXTS) {
        return None;
    }
    let own = agencies(words).next();
    let credit = words.first(&CREDITS).filter(|hit| {
        // A short line alone is a credit; in prose, sources and reports are spoken of.
        let starts = hit.words.0 <= 1 || hit.phrase.starts_with("contributed");
        starts || matches!(p.label, Label::Copyright)
    });
    let marked =
        p.text.trim_start().starts_with(['—', '–', '-', '©', '(', '/']) && words.len() <= 8;
    if let Some(agency) = own.filter(|_| credit.is_some() || marked || p.text.contains('©')) {
        return Some((agency.span, Some(agency.span.slice(p.text).to_owned())));
    }
    // One agency ends its texts so, and does not always name itself.
    let signed = words.phrase_at(0, const { &sorted(["reporting by", "writing by"]) })?;
    let edited =
        words.has(const { &sorted(["editing by"]) }) && p.text.trim_start().starts_with('(');
    edited.then(|| (Span::new(signed.span.start, words.spans[words.len() - 1].end), None))
}
