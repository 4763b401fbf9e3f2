//! [`ConfusionMatrix`]: which label became which, in integers, and the figures that follow from
//! it. No floating point is summed, and nothing undefined is passed off as a number.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::figure::ratio;
use crate::label::Label;

/// Counts of paragraphs: rows are the labels given by people, columns the predicted ones, both in
/// column order, 17 x 17.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConfusionMatrix {
    counts: [[u64; Label::COUNT]; Label::COUNT],
}

/// What is needed to know a label's precision and recall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelCounts {
    /// Paragraphs that people gave the label.
    pub gold: u64,
    /// Paragraphs that the model gave the label.
    pub predicted: u64,
    /// Paragraphs that both gave the label.
    pub right: u64,
}

/// All labels counted together; every error is one false positive and one false negative, so
/// micro precision, recall and F1 are one number, the accuracy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct MicroCounts {
    /// Paragraphs with the right label.
    pub right: u64,
    /// Paragraphs with a wrong label.
    pub wrong: u64,
}

impl LabelCounts {
    /// `right / predicted`, 0..=1; `None` where the label was never predicted.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        ratio(self.right, self.predicted)
    }

    /// `right / gold`, 0..=1; `None` where the label never occurs.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        ratio(self.right, self.gold)
    }

    /// `2 right / (gold + predicted)`, 0..=1; `None` where the label neither occurs nor was
    /// predicted. A label that occurs and is never predicted has F1 0.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        ratio(2 * self.right, self.gold + self.predicted)
    }
}

impl ConfusionMatrix {
    /// Counts one paragraph.
    pub fn record(&mut self, gold: Label, predicted: Label) {
        self.counts[gold.index()][predicted.index()] += 1;
    }

    /// Paragraphs that people labelled `gold` and the model labelled `predicted`.
    #[must_use]
    pub fn count(&self, gold: Label, predicted: Label) -> u64 {
        self.counts[gold.index()][predicted.index()]
    }

    /// Gold, predicted and right counts of one label.
    #[must_use]
    pub fn label(&self, label: Label) -> LabelCounts {
        let i = label.index();
        LabelCounts {
            gold: self.counts[i].iter().sum(),
            predicted: self.counts.iter().map(|row| row[i]).sum(),
            right: self.counts[i][i],
        }
    }

    /// Paragraphs counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// All labels counted together.
    #[must_use]
    pub fn micro(&self) -> MicroCounts {
        let right = (0..Label::COUNT).map(|i| self.counts[i][i]).sum();
        MicroCounts { right, wrong: self.total() - right }
    }

    /// Share of paragraphs with the right label, 0..=1; `None` for an empty matrix.
    #[must_use]
    pub fn accuracy(&self) -> Option<f64> {
        ratio(self.micro().right, self.total())
    }

    /// Mean F1 over the labels that people gave at least once; `None` for an empty matrix.
    #[must_use]
    pub fn macro_f1(&self) -> Option<f64> {
        macro_f1(Label::ALL.map(|label| self.label(label)).iter())
    }
}

/// Mean F1 over the labels that occur in gold; `None` where none does.
pub(crate) fn macro_f1<'a>(labels: impl Iterator<Item = &'a LabelCounts>) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0_u32);
    for f1 in labels.filter(|counts| counts.gold > 0).filter_map(LabelCounts::f1) {
        sum += f1;
        n += 1;
    }
    (n > 0).then(|| sum / f64::from(n))
}

impl Serialize for ConfusionMatrix {
    /// `{"labels": [...], "rows": [[...], ...]}`: the labels' names, and the counts.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut matrix = serializer.serialize_struct("ConfusionMatrix", 2)?;
        matrix.serialize_field("labels", &Label::ALL)?;
        matrix.serialize_field("rows", &self.counts)?;
        matrix.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Label::{Body, Byline, Caption, Heading, Related};

    /// gold body: 6 body, 2 related; gold related: 1 body, 3 related; gold byline: 1 caption.
    fn sample() -> ConfusionMatrix {
        let mut matrix = ConfusionMatrix::default();
        for (gold, predicted, n) in
            [(Body, Body, 6), (Body, Related, 2), (Related, Body, 1), (Related, Related, 3)]
        {
            for _ in 0..n {
                matrix.record(gold, predicted);
            }
        }
        matrix.record(Byline, Caption);
        matrix
    }

    fn close(found: Option<f64>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?} is not {expected}");
    }

    #[test]
    fn figures_agree_with_a_hand_calculation() {
        let m = sample();
        assert_eq!(m.total(), 13);
        assert_eq!(m.count(Body, Related), 2);
        assert_eq!(m.count(Related, Body), 1);
        assert_eq!(m.micro(), MicroCounts { right: 9, wrong: 4 });
        close(m.accuracy(), 9.0 / 13.0);
        close(m.label(Body).precision(), 6.0 / 7.0);
        close(m.label(Body).recall(), 6.0 / 8.0);
        close(m.label(Body).f1(), 0.8);
        close(m.label(Related).precision(), 0.6);
        close(m.label(Related).recall(), 0.75);
        close(m.label(Related).f1(), 2.0 / 3.0);
        // body .8, related 2/3, byline 0; caption does not occur in gold and does not count.
        close(m.macro_f1(), (0.8 + 2.0 / 3.0) / 3.0);
    }

    #[test]
    fn what_is_undefined_is_none() {
        let m = sample();
        assert_eq!(m.label(Byline).precision(), None);
        close(m.label(Byline).recall(), 0.0);
        close(m.label(Byline).f1(), 0.0);
        close(m.label(Caption).precision(), 0.0);
        assert_eq!(m.label(Caption).recall(), None);
        assert_eq!(m.label(Heading).f1(), None);
        let empty = ConfusionMatrix::default();
        assert_eq!((empty.accuracy(), empty.macro_f1()), (None, None));
    }
}
