//! P1 byline, P3 date.

use super::dates::{FoundDate, dates};
use super::names::{is_no_person, is_person, person_at};
use super::phrases::{Table, Words, sorted};
use super::scope::{Story, is_house, is_of_card, part, said};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::document::calendar::weekday;
use crate::label::Label;
use crate::span::Span;

/// Lines without the label count if they have no more words.
const SHORT_LINE: usize = 12;
/// Longer paragraphs are no bylines.
const MAX_BYLINE_BYTES: usize = 400;

/// What stands before the author's name.
const LEADS: Table<14> = sorted([
    "article by",
    "author",
    "authors",
    "by",
    "essay by",
    "opinion by",
    "posted by",
    "reported by",
    "reporting by",
    "review by",
    "story by",
    "text by",
    "words by",
    "written by",
]);
/// Words before `by` that credit something else than the text.
const NO_TEXT: [&str; 34] = [
    "approved",
    "checked",
    "compiled",
    "cover",
    "created",
    "curated",
    "designed",
    "directed",
    "edited",
    "fact",
    "graphic",
    "graphics",
    "hosted",
    "illustration",
    "illustrations",
    "image",
    "images",
    "photo",
    "photograph",
    "photographed",
    "photographs",
    "photography",
    "photos",
    "picture",
    "pictures",
    "powered",
    "presented",
    "produced",
    "provided",
    "reviewed",
    "sponsored",
    "styled",
    "updated",
    "video",
];
/// What a byline goes on with behind the name.
const FOLLOWERS: [&str; 22] = [
    "and",
    "at",
    "contributing",
    "contributor",
    "correspondent",
    "editor",
    "for",
    "in",
    "is",
    "last",
    "of",
    "on",
    "posted",
    "published",
    "reporter",
    "senior",
    "special",
    "staff",
    "updated",
    "via",
    "with",
    "writer",
];

/// P1: `By NAME` in a line above or below the story, or the page's author; no newsroom, no `admin`.
pub(super) fn byline(reading: &Reading<'_>, is_english: bool) -> Finding {
    let mut found = Vec::new();
    if is_english {
        let story = Story::of(reading);
        for p in lines(reading, story) {
            let mut names = names_of_byline(p, reading.paragraphs.get(p.index + 1));
            // A name behind a line that says `By` is found with that line.
            let is_found = found.last().is_some_and(|e: &Evidence| {
                e.passage.is_some_and(|passage| passage.paragraph == p.index)
            });
            if names.is_empty() && p.label == Label::Byline && !is_found {
                names.extend(bare_name(reading, p).map(|span| (p.index, span)));
            }
            found.extend(names.into_iter().map(|(q, span)| {
                let q = &reading.paragraphs[q];
                part(reading, q, span, Some(span.slice(q.text).to_owned()))
            }));
        }
    }
    found.extend(
        authors(reading)
            .filter(|author| {
                let is_shown = |e: &Evidence| {
                    e.value.as_deref().is_some_and(|v| v.eq_ignore_ascii_case(author))
                };
                !found.iter().any(is_shown)
            })
            .map(|author| said(author, Some(author.to_owned())))
            .collect::<Vec<_>>(),
    );
    Finding::of(Signal::Byline, found)
}

/// The page's authors who are persons.
fn authors<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = &'r str> {
    let metadata = reading.metadata;
    let authors =
        metadata.and_then(|m| m.authors.as_ref()).into_iter().flat_map(|authors| &authors.value);
    let house =
        [metadata.and_then(|m| m.site_name.as_ref()), metadata.and_then(|m| m.publisher.as_ref())];
    let is_house = move |name: &str| {
        house.iter().flatten().any(|property| property.value.eq_ignore_ascii_case(name))
    };
    authors.map(String::as_str).filter(move |name| is_person(name) && !is_house(name))
}

/// Lines in which an article says who wrote it and when.
fn lines<'r, 'd>(
    reading: &'r Reading<'d>,
    story: Option<Story>,
) -> impl Iterator<Item = &'r ReadParagraph<'d>> {
    let count = reading.paragraphs.len();
    reading.paragraphs.iter().filter(move |p| {
        let at_edge = p.index < 3 || p.index + 3 >= count;
        let above = story.is_none_or(|story| story.is_above(p.index));
        let below = story.is_none_or(|s| s.is_tail(p.index, 0) && p.index <= s.last + 3);
        let short = p.text.split_whitespace().nth(SHORT_LINE).is_none();
        match p.label {
            Label::Byline => {
                let near = at_edge || below || story.is_none_or(|s| s.is_head(p.index));
                near && p.text.len() <= MAX_BYLINE_BYTES && !is_of_card(reading, story, p)
            }
            Label::Body | Label::AuthorBio | Label::EditorialNote | Label::Copyright => {
                (at_edge || above) && short
            }
            _ => false,
        }
    })
}

/// The names in a byline, each with the paragraph that holds it.
fn names_of_byline(p: &ReadParagraph<'_>, next: Option<&ReadParagraph<'_>>) -> Vec<(usize, Span)> {
    let words = p.words();
    // A line labelled so may begin with a date; any other must begin with the author.
    let starts =
        if p.label == Label::Byline { words.len().min(SHORT_LINE) } else { words.len().min(1) };
    for start in 0..starts {
        let Some(lead) = words.phrase_at(start, &LEADS) else { continue };
        if start > 0 && words.is_any(start - 1, &NO_TEXT) {
            return Vec::new();
        }
        let from = lead.words.1;
        if from == words.len() {
            return alone(next).map(|span| (p.index + 1, span)).into_iter().collect();
        }
        let names = listed(words, from, p.label == Label::Byline);
        if !names.is_empty() {
            return names.into_iter().map(|span| (p.index, span)).collect();
        }
    }
    Vec::new()
}

/// A byline of few words: `By Imogen`, or a full name alone, beside another line about the article.
fn bare_name(reading: &Reading<'_>, p: &ReadParagraph<'_>) -> Option<Span> {
    let words = p.words();
    if words.len() == 2 && words.is_any(0, &["by"]) {
        let (name, span) = (words.at(1), words.spans[1]);
        let is_name = name.len() >= 3
            && name.starts_with(char::is_uppercase)
            && name[1..].chars().all(char::is_lowercase);
        return (is_name && !is_no_person(name) && !is_house(reading, name)).then_some(span);
    }
    let is_byline = |q: Option<&ReadParagraph<'_>>| q.is_some_and(|q| q.label == Label::Byline);
    let before = p.index.checked_sub(1).and_then(|at| reading.paragraphs.get(at));
    if words.len() > 3 || !(is_byline(before) || is_byline(reading.paragraphs.get(p.index + 1))) {
        return None;
    }
    let (span, end) = person_at(words, 0)?;
    if end < words.len() || is_house(reading, span.slice(p.text)) {
        return None;
    }
    // `ByImogen Farrar`, where a page runs them together.
    let name = span.slice(p.text);
    let glued = name.strip_prefix("By").filter(|name| name.starts_with(char::is_uppercase));
    Some(Span::new(span.end - glued.unwrap_or(name).len(), span.end))
}

/// A paragraph that is a name and nothing else.
fn alone(next: Option<&ReadParagraph<'_>>) -> Option<Span> {
    let next = next.filter(|next| !next.label.is_content() && next.text.len() <= 60)?;
    let words = next.words();
    person_at(words, 0).filter(|(_, end)| *end == words.len()).map(|(span, _)| span)
}

/// Names one after the other: `A B, C D and E F`.
fn listed(words: &Words<'_>, from: usize, is_labelled: bool) -> Vec<Span> {
    let mut names = Vec::new();
    let mut at = from;
    while let Some((span, end)) = person_at(words, at) {
        let gap = words.gap(end - 1).trim();
        let ends = end == words.len()
            || gap.starts_with([
                ',', '|', '-', '–', '—', '•', '·', '/', '(', ';', '@', '.', '&', '\n',
            ])
            || words.at(end).starts_with(|c: char| c.is_ascii_digit())
            || words.is_any(end, &FOLLOWERS)
            || is_labelled && words.at(end).starts_with(char::is_uppercase);
        if !ends || !is_labelled && gap.starts_with('.') {
            break;
        }
        names.push(span);
        let and = words.is_any(end, &["and", "with"]);
        if !and && !matches!(gap, "," | "&") {
            break;
        }
        at = end + usize::from(and);
    }
    names
}

/// What may stand before the date of publication in a line of its own.
const DATE_LEADS: Table<18> = sorted([
    "by",
    "created",
    "date",
    "first published",
    "last modified",
    "last updated",
    "modified",
    "on",
    "originally published on",
    "posted",
    "posted on",
    "publication date",
    "published",
    "published on",
    "released",
    "updated",
    "updated on",
    "written",
]);

/// P3: a date with day, month and year in a line that says when the article came out, or the page's
/// date of publication.
pub(super) fn date(reading: &Reading<'_>, is_english: bool) -> Finding {
    let mut found = Vec::new();
    if is_english {
        let story = Story::of(reading);
        for p in reading.paragraphs.iter().filter(|p| may_date(p, story)) {
            if p.label == Label::Byline && is_of_card(reading, story, p) {
                continue;
            }
            let words = p.words();
            let all = dates(words);
            let in_menu = p.label == Label::Navigation || is_in_menu(reading, p);
            if p.label == Label::Byline && !in_menu || is_dated(words, all.first(), in_menu) {
                found.extend(all.into_iter().map(|date| part(reading, p, date.span, date.iso)));
            }
        }
    }
    let published = reading.metadata.and_then(|m| m.published.as_ref());
    found.extend(published.map(|date| said(&date.value, Some(date.value.clone()))));
    Finding::of(Signal::Date, found)
}

fn may_date(p: &ReadParagraph<'_>, story: Option<Story>) -> bool {
    let above = story.is_none_or(|story| match p.label {
        Label::Byline => story.is_head(p.index),
        _ => story.is_above(p.index),
    });
    let below = story.is_none_or(|s| s.is_tail(p.index, 0) && p.index <= s.last + 3);
    let label = match p.label {
        Label::Byline => p.text.len() <= MAX_BYLINE_BYTES,
        Label::Body
        | Label::Heading
        | Label::EditorialNote
        | Label::Navigation
        | Label::AuthorBio => p.text.split_whitespace().nth(SHORT_LINE).is_none(),
        _ => false,
    };
    label && (above || below)
}

/// Whether a line that begins with a weekday stands amid a menu.
fn is_in_menu(reading: &Reading<'_>, p: &ReadParagraph<'_>) -> bool {
    let is_menu = |at: Option<usize>| {
        at.and_then(|at| reading.paragraphs.get(at)).is_some_and(|q| q.label == Label::Navigation)
    };
    // A page's clock gives day and date and no more.
    weekday(p.words().at(0)).is_some()
        && p.words().len() == 4
        && is_menu(p.index.checked_sub(1))
        && is_menu(Some(p.index + 1))
}

/// Whether a line is its date: nothing or a weekday or such words stand before it, little behind.
fn is_dated(words: &Words<'_>, date: Option<&FoundDate>, in_menu: bool) -> bool {
    let Some(date) = date else { return false };
    let before = words.spans.partition_point(|span| span.end <= date.span.start);
    let behind = words.spans.len() - words.spans.partition_point(|span| span.start < date.span.end);
    let lead = words.phrase_at(0, &DATE_LEADS).map_or(0, |lead| lead.words.1);
    let weekday = usize::from(weekday(words.at(lead)).is_some());
    let prose = words.text.trim_end().ends_with(['.', '?', '!']);
    // In a menu, a date alone is the day on which the page was loaded.
    before == lead + weekday && behind <= 6 && !prose && (lead > 0 || !in_menu)
}
