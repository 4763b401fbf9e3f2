//! Where the story stands among an article's paragraphs, and evidence made of them.

use crate::credibility::finding::Evidence;
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::label::Label;
use crate::span::Span;

/// A paragraph of prose has so many words; shorter ones may be lines that were taken for prose.
const PROSE_WORDS: usize = 12;

/// So many hits of a paragraph are looked at where each costs as much as its sentence is long.
pub(super) const MAX_HITS: usize = 16;

/// The first and the last paragraph of the story.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story {
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Story {
    /// `None` where there is no prose.
    pub(super) fn of(reading: &Reading<'_>) -> Option<Self> {
        let is_prose =
            |p: &&ReadParagraph<'_>| p.text.split_whitespace().nth(PROSE_WORDS - 1).is_some();
        let mut prose = reading.body().filter(is_prose).map(|p| p.index);
        let first = prose.next()?;
        Some(Self { first, last: prose.next_back().unwrap_or(first) })
    }

    /// Whether a paragraph stands above the story, or is one of the document's first three.
    pub(super) fn is_above(&self, paragraph: usize) -> bool {
        paragraph < self.first || paragraph < 3
    }

    /// Whether a paragraph stands above the story, or behind the summary that some stories open with.
    pub(super) fn is_head(&self, paragraph: usize) -> bool {
        self.is_above(paragraph) || paragraph < self.first + 4
    }

    /// Whether a paragraph is one of the last of the story or stands below it.
    pub(super) fn is_tail(&self, paragraph: usize, n: usize) -> bool {
        paragraph + n > self.last
    }
}

/// Whether a byline is that of another piece: below the story it follows that piece's title, above it
/// stands between two of them.
pub(super) fn is_of_card(
    reading: &Reading<'_>,
    story: Option<Story>,
    p: &ReadParagraph<'_>,
) -> bool {
    let is_title = |q: Option<&ReadParagraph<'_>>| q.is_some_and(|q| q.label == Label::Related);
    let is_other = |q: &&ReadParagraph<'_>| q.label != Label::Byline;
    let (before, behind) = reading.paragraphs.split_at(p.index);
    is_title(before.iter().rev().find(is_other))
        && (story.is_some_and(|s| p.index > s.last) || is_title(behind.iter().find(is_other)))
}

/// Whether words are part of the name of the house itself, as the page or its address give it.
pub(super) fn is_house(reading: &Reading<'_>, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    houses(reading).any(|house| house.to_ascii_lowercase().contains(&name))
}

/// What the page and its record call the publisher.
pub(super) fn houses<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = &'r str> {
    let metadata = reading.metadata;
    let said =
        [metadata.and_then(|m| m.site_name.as_ref()), metadata.and_then(|m| m.publisher.as_ref())];
    let said = said.into_iter().flatten().map(|property| property.value.as_str());
    said.chain(reading.document.publisher.as_deref())
}

/// A whole paragraph as evidence.
pub(super) fn whole(
    reading: &Reading<'_>,
    p: &ReadParagraph<'_>,
    value: Option<String>,
) -> Evidence {
    reading.evidence(p.passage(0, p.text.len()), value)
}

/// Bytes of a paragraph as evidence.
pub(super) fn part(
    reading: &Reading<'_>,
    p: &ReadParagraph<'_>,
    span: Span,
    value: Option<String>,
) -> Evidence {
    let span = if span.is_empty() { Span::new(0, p.text.len()) } else { span };
    reading.evidence(p.passage(span.start, span.end), value)
}

/// What a page's metadata says, as evidence.
pub(super) fn said(value: &str, read: Option<String>) -> Evidence {
    Evidence { passage: None, source: None, text: value.to_owned(), value: read }
}

/// The sentence of a paragraph that holds a byte.
pub(super) fn sentence_of(p: &ReadParagraph<'_>, at: usize) -> Span {
    let next = p.sentences().partition_point(|span| span.end <= at);
    p.sentences().get(next).copied().unwrap_or_else(|| Span::new(0, p.text.len()))
}

/// Labels of what others than the publisher say, or what belongs to other pieces.
pub(super) fn is_foreign(label: Label) -> bool {
    matches!(label, Label::ReaderComment | Label::Related)
}
