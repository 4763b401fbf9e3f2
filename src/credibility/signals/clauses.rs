//! Sentences and clauses among a paragraph's [`Words`], and who speaks in a paragraph.

use super::phrases::Words;
use crate::credibility::finding::Passage;
use crate::credibility::quotes::{Speaker, statements};
use crate::credibility::reading::Reading;
use crate::span::Span;

/// Places in order, each once: where a signal looks closer.
pub(super) fn in_order(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut places: Vec<_> = places.collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Whether a sentence ends behind the word at a place.
pub(super) fn ends_sentence(words: &Words<'_>, place: usize) -> bool {
    place + 1 >= words.len() || words.gap(place).contains(['.', '?', '!', '\n'])
}

/// Whether nothing but blanks and hyphens stands between the word at a place and the next.
pub(super) fn is_close(words: &Words<'_>, place: usize) -> bool {
    place + 1 < words.len() && words.gap(place).chars().all(|c| c.is_whitespace() || c == '-')
}

/// The places from one on, at most `n`, that are of the same sentence.
pub(super) fn ahead(words: &Words<'_>, from: usize, n: usize) -> std::ops::Range<usize> {
    let last = (from..words.len().min(from + n)).find(|&at| ends_sentence(words, at));
    from..last.map_or(words.len().min(from + n), |last| last + 1)
}

/// The places before one, at most `n`, that are of the same sentence.
pub(super) fn behind(words: &Words<'_>, place: usize, n: usize) -> std::ops::Range<usize> {
    let low = place.saturating_sub(n);
    let stop = (low..place).rev().find(|&at| ends_sentence(words, at));
    stop.map_or(low, |stop| stop + 1)..place
}

/// The bytes of the words `from..to`; one word at least.
pub(super) fn bytes(words: &Words<'_>, from: usize, to: usize) -> Span {
    Span::new(words.spans[from].start, words.spans[to.max(from + 1) - 1].end)
}

/// Who says something, where, and the verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) speaker: Speaker,
    pub(super) paragraph: usize,
}

impl Spoken {
    pub(super) fn verb(&self) -> Option<Passage> {
        self.speaker.verb
    }
}

/// All that the article reports somebody to say, in quotation marks or not, by paragraph.
pub(super) fn spoken(reading: &Reading<'_>) -> Vec<Spoken> {
    let mut found: Vec<_> = statements(&reading.paragraphs)
        .into_iter()
        .map(|statement| Spoken { speaker: statement.speaker, paragraph: statement.paragraph })
        .collect();
    for quotation in &reading.quotations {
        let Some(speaker) = &quotation.speaker else { continue };
        found.extend(
            quotation
                .parts
                .iter()
                .map(|part| Spoken { speaker: speaker.clone(), paragraph: part.paragraph }),
        );
    }
    found.sort_by_key(|spoken| spoken.paragraph);
    found
}
