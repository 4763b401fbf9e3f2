//! [`Tally`]: the counts of one document that are enough to compute every figure with an interval.

use std::ops::AddAssign;

use super::baseline::c4_keeps;
use super::binary::BinaryCounts;
use super::confusion::{LabelCounts, macro_f1};
use super::figure::ratio;
use super::scored::Scored;
use crate::label::Label;

/// Sufficient counts; they add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    pub(crate) labels: [LabelCounts; Label::COUNT],
    /// Content against boilerplate by the model.
    pub(crate) model: BinaryCounts,
    /// The same by the C4 line rule.
    pub(crate) c4: BinaryCounts,
}

/// Places in [`Tally::figures`].
pub(crate) const ACCURACY: usize = 0;
pub(crate) const MACRO_F1: usize = 1;
/// Four figures: precision, recall, F1, content words lost.
pub(crate) const MODEL: usize = 2;
/// The same four of the C4 line rule.
pub(crate) const C4: usize = 6;
/// Three figures a label in column order: precision, recall, F1.
pub(crate) const LABELS: usize = 10;
pub(crate) const FIGURES: usize = LABELS + 3 * Label::COUNT;

impl Tally {
    pub(crate) fn record(&mut self, scored: &Scored<'_>) {
        let (gold, predicted) = (scored.gold, scored.decided.label);
        self.labels[gold.index()].gold += 1;
        self.labels[predicted.index()].predicted += 1;
        if gold == predicted {
            self.labels[gold.index()].right += 1;
        }
        self.model.record(gold.is_content(), predicted.is_content(), scored.words);
        self.c4.record(gold.is_content(), c4_keeps(scored.text), scored.words);
    }

    /// One tally for each document that has a labelled paragraph, in the order of the data.
    pub(crate) fn by_document(scored: &[Scored<'_>]) -> Vec<Self> {
        scored
            .chunk_by(|a, b| a.document_index == b.document_index)
            .map(|paragraphs| {
                let mut tally = Self::default();
                paragraphs.iter().for_each(|p| tally.record(p));
                tally
            })
            .collect()
    }

    /// Every figure that gets an interval, at the places named above.
    pub(crate) fn figures(&self) -> [Option<f64>; FIGURES] {
        let mut figures = [None; FIGURES];
        let right = self.labels.iter().map(|l| l.right).sum();
        figures[ACCURACY] = ratio(right, self.labels.iter().map(|l| l.gold).sum());
        figures[MACRO_F1] = macro_f1(self.labels.iter());
        figures[MODEL..MODEL + 4].copy_from_slice(&self.model.figures());
        figures[C4..C4 + 4].copy_from_slice(&self.c4.figures());
        for (place, counts) in figures[LABELS..].chunks_exact_mut(3).zip(&self.labels) {
            place.copy_from_slice(&[counts.precision(), counts.recall(), counts.f1()]);
        }
        figures
    }
}

impl AddAssign<&Self> for Tally {
    fn add_assign(&mut self, other: &Self) {
        for (mine, theirs) in self.labels.iter_mut().zip(&other.labels) {
            mine.gold += theirs.gold;
            mine.predicted += theirs.predicted;
            mine.right += theirs.right;
        }
        self.model += &other.model;
        self.c4 += &other.c4;
    }
}
