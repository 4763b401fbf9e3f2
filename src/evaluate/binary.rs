//! Content against boilerplate: precision, recall and F1 of finding boilerplate, and the figure
//! that matters most to whoever cleans texts, the share of an article's own words lost.

use std::ops::AddAssign;

use serde::Serialize;

use super::figure::{Figure, ratio};

/// Counts of paragraphs, boilerplate (every label but `body` and `heading`) being positive; and of
/// words, separated by white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct BinaryCounts {
    /// Boilerplate that was called so.
    pub true_positive: u64,
    /// Content that was called boilerplate.
    pub false_positive: u64,
    /// Boilerplate that was called content.
    pub false_negative: u64,
    /// Content that was called so.
    pub true_negative: u64,
    /// Words of all content.
    pub content_words: u64,
    /// Words of the content that was called boilerplate.
    pub content_words_lost: u64,
}

/// Counts with the figures that follow from them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BinaryResult {
    /// The counts.
    pub counts: BinaryCounts,
    /// Share of what was called boilerplate that is.
    pub precision: Figure,
    /// Share of the boilerplate that was called so.
    pub recall: Figure,
    /// Harmonic mean of precision and recall.
    pub f1: Figure,
    /// Share of the content's words that stand in paragraphs called boilerplate.
    pub content_words_lost_ratio: Figure,
}

impl BinaryCounts {
    /// Counts one paragraph of `words` words.
    pub fn record(&mut self, is_content: bool, called_content: bool, words: u64) {
        let cell = match (is_content, called_content) {
            (false, false) => &mut self.true_positive,
            (true, false) => &mut self.false_positive,
            (false, true) => &mut self.false_negative,
            (true, true) => &mut self.true_negative,
        };
        *cell += 1;
        if is_content {
            self.content_words += words;
            if !called_content {
                self.content_words_lost += words;
            }
        }
    }

    /// Paragraphs counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.true_positive + self.false_positive + self.false_negative + self.true_negative
    }

    /// Share of what was called boilerplate that is, 0..=1; `None` where nothing was called so.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        ratio(self.true_positive, self.true_positive + self.false_positive)
    }

    /// Share of the boilerplate that was called so, 0..=1; `None` where there is none.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        ratio(self.true_positive, self.true_positive + self.false_negative)
    }

    /// Harmonic mean of precision and recall, 0..=1; `None` where there is no boilerplate and
    /// nothing was called so.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        let errors = self.false_positive + self.false_negative;
        ratio(2 * self.true_positive, 2 * self.true_positive + errors)
    }

    /// Words of content called boilerplate by words of content, 0..=1; `None` without content.
    #[must_use]
    pub fn content_words_lost_ratio(&self) -> Option<f64> {
        ratio(self.content_words_lost, self.content_words)
    }

    /// Precision, recall, F1 and the share of content words lost, in this order.
    pub(crate) fn figures(&self) -> [Option<f64>; 4] {
        [self.precision(), self.recall(), self.f1(), self.content_words_lost_ratio()]
    }
}

impl AddAssign<&Self> for BinaryCounts {
    fn add_assign(&mut self, other: &Self) {
        self.true_positive += other.true_positive;
        self.false_positive += other.false_positive;
        self.false_negative += other.false_negative;
        self.true_negative += other.true_negative;
        self.content_words += other.content_words;
        self.content_words_lost += other.content_words_lost;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_agree_with_a_hand_calculation() {
        let mut counts = BinaryCounts::default();
        for (is_content, called_content, words) in [
            (true, true, 90),
            (true, false, 10),
            (false, false, 7),
            (false, false, 7),
            (false, false, 7),
            (false, true, 1000),
        ] {
            counts.record(is_content, called_content, words);
        }
        assert_eq!(counts.total(), 6);
        assert_eq!(counts.precision(), Some(0.75));
        assert_eq!(counts.recall(), Some(0.75));
        assert_eq!(counts.f1(), Some(0.75));
        assert_eq!(counts.content_words_lost_ratio(), Some(0.1));
        let mut twice = counts;
        twice += &counts;
        assert_eq!((twice.total(), twice.content_words_lost), (12, 20));
        assert_eq!(twice.f1(), Some(0.75));
    }

    #[test]
    fn what_is_undefined_is_none() {
        let mut counts = BinaryCounts::default();
        assert_eq!(counts.figures(), [None; 4]);
        counts.record(true, true, 0);
        assert_eq!(counts.figures(), [None; 4]);
        counts.record(false, true, 3);
        assert_eq!(counts.figures(), [None, Some(0.0), Some(0.0), None]);
    }
}
