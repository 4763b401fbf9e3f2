//! What every threshold would have given, and the thresholds that are best by a measure.
//!
//! Labels change only where the threshold passes a paragraph's value: its `boilerplate`, weighed by
//! its length where the scale says so. Sorted by that value, running sums give the counts at every threshold: O(n log n) once, O(log n) a question.

use serde::Serialize;

use super::JudgedDocument;
use super::binary::BinaryCounts;
use super::figure::ratio;
use super::scored::{Scored, score};
use crate::label::Label;
use crate::model::decision::{Cutoff, Scale, boilerplate, decide};

/// Share of content words that the stored threshold may lose, out of fold.
pub const MAX_CONTENT_LOSS_RATIO: f64 = 0.005;

/// A looser bound, at which models are compared too.
const LOOSE_CONTENT_LOSS_RATIO: f64 = 0.01;

/// The thresholds that every sweep shows.
const GRID: [f32; 20] = [
    0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85,
    0.9, 0.95, 0.99,
];

/// What one threshold gives. Figures are in 0..=1 and `None` where undefined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SweepPoint {
    /// Paragraphs whose value is at or above it are labelled boilerplate.
    pub threshold: f32,
    /// Whether it is the threshold that the rest of the evaluation uses.
    pub stored: bool,
    /// Whether it is the threshold of `--aggressive`.
    pub aggressive: bool,
    /// Precision of boilerplate.
    pub precision: Option<f64>,
    /// Recall of boilerplate.
    pub recall: Option<f64>,
    /// F1 of boilerplate.
    pub f1: Option<f64>,
    /// Share of the content's words in paragraphs labelled boilerplate.
    pub content_words_lost_ratio: Option<f64>,
    /// Share of paragraphs with the right one of 17 labels.
    pub accuracy: Option<f64>,
}

/// The sweep of a set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sweep {
    /// Twenty fixed thresholds with the stored and the aggressive one, lowest first.
    pub points: Vec<SweepPoint>,
    /// [`ThresholdCurve::best_f1_threshold`] on these data.
    pub best_f1: Option<SweepPoint>,
    /// [`ThresholdCurve::threshold_for_loss`] of [`MAX_CONTENT_LOSS_RATIO`] on these data.
    pub max_loss: Option<SweepPoint>,
    /// The same of 1 %.
    pub max_loss_1_percent: Option<SweepPoint>,
}

/// The counts at every threshold.
#[derive(Debug, Clone)]
pub struct ThresholdCurve {
    /// The distinct values, highest first.
    values: Vec<f32>,
    /// `steps[k]`: the counts when the paragraphs of the first `k` values are labelled boilerplate.
    steps: Vec<Step>,
    total: Step,
}

/// Sums over the paragraphs at or above a value; over all paragraphs in `total`.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    boilerplate: u64,
    content: u64,
    content_words: u64,
    /// Paragraphs whose label is right when they are labelled boilerplate.
    right_above: u64,
    /// Paragraphs whose label is right when they are labelled content.
    right_below: u64,
}

/// What a threshold curve needs of one paragraph.
#[derive(Debug, Clone, Copy)]
pub struct CurvePoint {
    /// The label given by people.
    pub gold: Label,
    /// Words, separated by white space.
    pub words: u64,
    /// One probability a label, in column order, each in 0..=1, with sum 1.
    pub probabilities: [f32; Label::COUNT],
}

impl ThresholdCurve {
    /// Sorts the labelled paragraphs of `documents`. Their probabilities are in 0..=1.
    #[must_use]
    pub fn new(documents: &[JudgedDocument], scale: Scale) -> Self {
        let point = |p: Scored<'_>| CurvePoint {
            gold: p.gold,
            words: p.words,
            probabilities: *p.probabilities,
        };
        let any = Cutoff { threshold: 0.5, scale };
        Self::of(score(documents, any).into_iter().map(point).collect(), scale)
    }

    /// Sorts paragraphs.
    #[must_use]
    pub fn of(mut points: Vec<CurvePoint>, scale: Scale) -> Self {
        let value =
            |point: &CurvePoint| scale.weighed(boilerplate(&point.probabilities), point.words);
        points.sort_by(|a, b| value(b).total_cmp(&value(a)));
        let mut curve =
            Self { values: Vec::new(), steps: vec![Step::default()], total: Step::default() };
        for group in points.chunk_by(|a, b| value(a) == value(b)) {
            for point in group {
                let right = |threshold| {
                    let cutoff = Cutoff { threshold, scale };
                    let decided = decide(&point.probabilities, cutoff, || point.words);
                    u64::from(decided.label == point.gold)
                };
                let total = &mut curve.total;
                if point.gold.is_content() {
                    total.content += 1;
                    total.content_words += point.words;
                } else {
                    total.boilerplate += 1;
                }
                total.right_above += right(f32::NEG_INFINITY);
                total.right_below += right(f32::INFINITY);
            }
            curve.values.push(value(&group[0]));
            curve.steps.push(curve.total);
        }
        curve
    }

    /// What `threshold` gives.
    #[must_use]
    pub fn at(&self, threshold: f32) -> SweepPoint {
        let step = self.steps[self.values.partition_point(|&value| value >= threshold)];
        let counts = BinaryCounts {
            true_positive: step.boilerplate,
            false_positive: step.content,
            false_negative: self.total.boilerplate - step.boilerplate,
            true_negative: self.total.content - step.content,
            content_words: self.total.content_words,
            content_words_lost: step.content_words,
        };
        let right = step.right_above + self.total.right_below - step.right_below;
        SweepPoint {
            threshold,
            stored: false,
            aggressive: false,
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            content_words_lost_ratio: counts.content_words_lost_ratio(),
            accuracy: ratio(right, counts.total()),
        }
    }

    /// The threshold with the highest F1 of boilerplate; of equals the highest, which loses the
    /// fewest content words. `None` without a boilerplate paragraph.
    ///
    /// Every threshold between two neighbouring values gives the same labels; the one
    /// given is the middle of that gap. Above the highest value it is the middle of that value and
    /// 1, or the number after 1.
    #[must_use]
    pub fn best_f1_threshold(&self) -> Option<SweepPoint> {
        let positives = self.total.boilerplate;
        if positives == 0 {
            return None;
        }
        // F1 = 2 tp / (called + positives), compared as fractions, without rounding.
        let fraction =
            |step: &Step| (2 * step.boilerplate, step.boilerplate + step.content + positives);
        let mut best = 0;
        for k in 1..self.steps.len() {
            let ((a, b), (c, d)) = (fraction(&self.steps[k]), fraction(&self.steps[best]));
            if u128::from(a) * u128::from(d) > u128::from(c) * u128::from(b) {
                best = k;
            }
        }
        Some(self.at(self.threshold_after(best)))
    }

    /// The lowest threshold at which at most `max_loss_ratio` of the content words are lost, taken
    /// within its gap as in [`Self::best_f1_threshold`]. A ratio below 0 or NaN gives a threshold
    /// above every value; where there are no content words, nothing can be lost and the threshold is
    /// below every value. `None` without a labelled paragraph.
    #[must_use]
    pub fn threshold_for_loss(&self, max_loss_ratio: f64) -> Option<SweepPoint> {
        if self.values.is_empty() {
            return None;
        }
        let words = self.total.content_words;
        let k = self.steps[1..].partition_point(|step| {
            ratio(step.content_words, words).is_none_or(|lost| lost <= max_loss_ratio)
        });
        Some(self.at(self.threshold_after(k)))
    }

    /// The middle of the gap in which a threshold labels just the first `k` values boilerplate.
    fn threshold_after(&self, k: usize) -> f32 {
        let above = match k.checked_sub(1).and_then(|i| self.values.get(i)) {
            Some(&value) => value,
            None if self.values.first().is_some_and(|&v| v >= 1.0) => 1.0_f32.next_up(),
            None => 1.0,
        };
        let Some(&below) = self.values.get(k) else { return above / 2.0 };
        let middle = below + (above - below) / 2.0;
        // Between neighbouring floats the middle rounds to one of them; `below` would be one too
        // many.
        if middle > below { middle } else { above }
    }
}

impl Sweep {
    /// Sweeps `documents`; the thresholds are those of the evaluation.
    pub(crate) fn new(curve: &ThresholdCurve, threshold: f32, aggressive: Option<f32>) -> Self {
        let mut thresholds = GRID.to_vec();
        thresholds.push(threshold);
        thresholds.extend(aggressive);
        thresholds.sort_unstable_by(f32::total_cmp);
        thresholds.dedup();
        let mark = |mut point: SweepPoint| {
            point.stored = point.threshold == threshold;
            point.aggressive = Some(point.threshold) == aggressive;
            point
        };
        Self {
            points: thresholds.into_iter().map(|t| mark(curve.at(t))).collect(),
            best_f1: curve.best_f1_threshold().map(mark),
            max_loss: curve.threshold_for_loss(MAX_CONTENT_LOSS_RATIO).map(mark),
            max_loss_1_percent: curve.threshold_for_loss(LOOSE_CONTENT_LOSS_RATIO).map(mark),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, paragraph};
    use super::*;
    use crate::label::Label::{self, Body, Caption, Heading, Related};
    use proptest::prelude::*;

    /// Paragraphs given as (gold, boilerplate value, words).
    fn documents(paragraphs: &[(Label, f32, usize)]) -> Vec<JudgedDocument> {
        let paragraphs = paragraphs.iter().map(|&(gold, value, words)| {
            let text = vec!["word"; words].join(" ");
            paragraph(gold, &[(Related, value), (Body, 1.0 - value)], &text)
        });
        vec![document("d", "p", paragraphs.collect())]
    }

    /// Counts at one threshold, straight from the definition.
    fn naive(documents: &[JudgedDocument], threshold: f32, scale: Scale) -> SweepPoint {
        let scored = score(documents, Cutoff { threshold, scale });
        let mut counts = BinaryCounts::default();
        for p in &scored {
            counts.record(p.gold.is_content(), p.decided.label.is_content(), p.words);
        }
        let right = scored.iter().filter(|p| p.gold == p.decided.label).count();
        SweepPoint {
            threshold,
            stored: false,
            aggressive: false,
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            content_words_lost_ratio: counts.content_words_lost_ratio(),
            accuracy: ratio(right as u64, scored.len() as u64),
        }
    }

    #[test]
    fn thresholds_lie_in_the_middle_of_their_gap() {
        let data =
            documents(&[(Related, 0.9, 5), (Body, 0.5, 10), (Related, 0.25, 5), (Body, 0.125, 90)]);
        let curve = ThresholdCurve::new(&data, Scale::Flat);
        // Nothing lost: between .5 and .9. A tenth lost: between .125 and .25. All: below .125.
        assert_eq!(curve.threshold_for_loss(0.0).unwrap().threshold, 0.7);
        assert_eq!(curve.threshold_for_loss(0.1).unwrap().threshold, 0.1875);
        assert_eq!(curve.threshold_for_loss(0.0999).unwrap().threshold, 0.7);
        assert_eq!(curve.threshold_for_loss(1.0).unwrap().threshold, 0.0625);
        assert_eq!(curve.threshold_for_loss(-1.0).unwrap().threshold, 0.95);
        assert_eq!(curve.threshold_for_loss(f64::NAN).unwrap().threshold, 0.95);
        // F1: 2/3 at .7, 2/4 at .375, 4/5 at .1875, 4/6 at .0625.
        let best = curve.best_f1_threshold().unwrap();
        assert_eq!((best.threshold, best.f1), (0.1875, Some(0.8)));
    }

    #[test]
    fn ties_go_to_the_highest_threshold_and_a_loss_may_be_reached() {
        // 0.29 * 100.0 is a little less than 29.
        let hundredths =
            ThresholdCurve::new(&documents(&[(Body, 0.9, 29), (Body, 0.5, 71)]), Scale::Flat);
        assert_eq!(hundredths.threshold_for_loss(0.29).unwrap().threshold, 0.7);

        // F1 2/3 after the first value (tp 1, called 1, gold 2) and after the last (tp 2, called 4).
        let data =
            documents(&[(Related, 0.9, 1), (Body, 0.7, 1), (Body, 0.5, 1), (Related, 0.3, 1)]);
        let best = ThresholdCurve::new(&data, Scale::Flat).best_f1_threshold().unwrap();
        assert!(best.threshold > 0.7 && best.threshold <= 0.9, "{best:?}");
    }

    #[test]
    fn the_ends_of_the_scale_hold() {
        let certain =
            ThresholdCurve::new(&documents(&[(Body, 1.0, 3), (Related, 0.0, 3)]), Scale::Flat);
        let none = certain.threshold_for_loss(0.0).unwrap();
        assert!(none.threshold > 1.0 && none.threshold < 1.000_001, "{none:?}");
        assert_eq!(none.content_words_lost_ratio, Some(0.0));
        assert_eq!(certain.threshold_for_loss(1.0).unwrap().threshold, 0.0);

        let a = 0.5_f32;
        let near = ThresholdCurve::new(
            &documents(&[(Related, a.next_up(), 1), (Body, a, 1)]),
            Scale::Flat,
        );
        let choice = near.threshold_for_loss(0.0).unwrap();
        assert_eq!((choice.recall, choice.content_words_lost_ratio), (Some(1.0), Some(0.0)));

        let empty = ThresholdCurve::new(&[], Scale::Flat);
        assert!(empty.threshold_for_loss(0.1).is_none() && empty.best_f1_threshold().is_none());
        assert_eq!(empty.at(0.5).accuracy, None);
        let content = ThresholdCurve::new(&documents(&[(Body, 0.5, 1)]), Scale::Flat);
        assert!(content.best_f1_threshold().is_none());
    }

    #[test]
    fn the_stored_and_the_aggressive_threshold_are_marked_once() {
        let curve = ThresholdCurve::new(&documents(&[(Related, 0.9, 1)]), Scale::Flat);
        let sweep = Sweep::new(&curve, 0.5, Some(0.33));
        assert_eq!(sweep.points.len(), GRID.len() + 1);
        assert!(sweep.points.is_sorted_by(|a, b| a.threshold < b.threshold));
        let marked = |f: fn(&SweepPoint) -> bool| {
            sweep.points.iter().filter(|p| f(p)).map(|p| p.threshold).collect::<Vec<_>>()
        };
        assert_eq!(marked(|p| p.stored), [0.5]);
        assert_eq!(marked(|p| p.aggressive), [0.33]);
    }

    prop_compose! {
        fn judged()(paragraphs in prop::collection::vec(
            (0_usize..Label::COUNT, prop::collection::vec(0_u8..5, 4), 0_usize..6), 1..40,
        )) -> Vec<JudgedDocument> {
            let paragraphs = paragraphs.into_iter().map(|(gold, parts, words)| {
                let sum = parts.iter().map(|&p| f32::from(p)).sum::<f32>().max(1.0);
                let shares = [Body, Heading, Related, Caption].into_iter().zip(&parts);
                let mut pairs: Vec<_> =
                    shares.map(|(label, &part)| (label, f32::from(part) / sum)).collect();
                if parts.iter().all(|&p| p == 0) {
                    pairs[0].1 = 1.0;
                }
                paragraph(Label::from_index(gold), &pairs, &vec!["w"; words].join(" "))
            });
            vec![document("d", "p", paragraphs.collect())]
        }
    }

    proptest! {
        #[test]
        fn the_curve_agrees_with_its_naive_twin(
            data in judged(),
            others in prop::collection::vec(0.0_f32..1.1, 5),
            by_length: bool,
        ) {
            let scale = if by_length { Scale::ByLength } else { Scale::Flat };
            let curve = ThresholdCurve::new(&data, scale);
            let scored = score(&data, Cutoff { threshold: 0.5, scale });
            let values: Vec<f32> =
                scored.iter().map(|p| scale.weighed(p.decided.boilerplate, p.words)).collect();
            for &t in values.iter().chain(&others).chain(&GRID) {
                prop_assert_eq!(curve.at(t), naive(&data, t, scale));
            }

            // Each distinct value, and one above all of them, is every choice there is.
            let candidates: Vec<SweepPoint> =
                values.iter().chain(&[1.5]).map(|&t| naive(&data, t, scale)).collect();
            let best = candidates.iter().filter_map(|p| p.f1).fold(None, |a: Option<f64>, b| {
                Some(a.map_or(b, |a| a.max(b)))
            });
            if let Some(found) = curve.best_f1_threshold() {
                prop_assert_eq!(found.f1, best);
                for other in candidates.iter().filter(|p| p.f1 == best) {
                    prop_assert!(found.content_words_lost_ratio <= other.content_words_lost_ratio);
                }
            }
            for max_loss in [0.0, 0.005, 0.1, 0.5, 1.0] {
                let found = curve.threshold_for_loss(max_loss).unwrap();
                let fits = |p: &SweepPoint| p.content_words_lost_ratio.is_none_or(|l| l <= max_loss);
                prop_assert!(fits(&found));
                for other in candidates.iter().filter(|p| fits(p)) {
                    prop_assert!(found.threshold <= other.threshold);
                }
            }
        }
    }
}
