//! The model as plain data: two passes of logistic regressions, cues, calibration, thresholds.
//!
//! [`Model`] holds what a model file holds and nothing derived; [`Compiled`] is the same in the form
//! in which it is used. Files are in `file`, the decision rule in `decision`, fitting (the only
//! place that names linfa) in `fit`.

pub mod decision;
pub mod file;
#[cfg(feature = "train")]
pub mod fit;
pub mod rounding;

use serde::{Deserialize, Serialize};

use crate::featurize::cues::{Cue, Cues};
use crate::featurize::{FeatureMatrix, Probabilities};
use crate::kernel::LANES;
use crate::kernel::product::accumulate;
use crate::label::Label;

/// Standardised features are cut off at this many standard deviations.
pub const CLIP: f64 = 5.0;

/// One column of a pass: its standardisation and its weight for each label.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The feature's name, as the schema has it.
    pub name: String,
    /// Mean over the training rows.
    pub mean: f64,
    /// Standard deviation over the training rows; 0 for a column that is left out.
    pub deviation: f64,
    /// Weight of the standardised value, by label in column order.
    pub weights: [f64; Label::COUNT],
}

/// One pass: a logistic regression for each label against the rest, over the same columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// The columns, in the schema's order.
    pub columns: Vec<Column>,
    /// Intercept by label.
    pub intercepts: [f64; Label::COUNT],
}

/// What turns scores into calibrated probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Scores are divided by it; above 1 makes the model less sure of itself.
    pub temperature: f64,
    /// Added to the scores of `body` and `heading` after the division: life holds more content than
    /// hand-written training data does.
    pub content_offset: f64,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { temperature: 1.0, content_offset: 0.0 }
    }
}

/// From which `boilerplate` on a paragraph is taken for boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// The default: loses at most 0.5 % of content words out of fold.
    pub safe: f32,
    /// Best F1 of boilerplate out of fold.
    pub aggressive: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { safe: 0.5, aggressive: 0.5 }
    }
}

/// What a model says of its own origin.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// SHA-256 of the labelled data it was trained on, hexadecimal.
    pub training_data: String,
    /// Documents, publishers and labelled paragraphs trained on.
    pub documents: usize,
    /// Publishers trained on.
    pub publishers: usize,
    /// Labelled paragraphs trained on.
    pub paragraphs: usize,
    /// Folds of the cross-validation.
    pub folds: usize,
    /// Cross-validated accuracy over the 17 labels.
    pub accuracy: f64,
    /// Cross-validated macro F1 over the labels that occur.
    pub macro_f1: f64,
    /// Cross-validated F1 of boilerplate at the safe threshold.
    pub boilerplate_f1: f64,
    /// Cross-validated share of content words lost at the safe threshold.
    pub content_words_lost: f64,
}

/// A model as plain data.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Its name: `text`.
    pub name: String,
    /// The cues that fill the cue columns.
    pub cues: Vec<Cue>,
    /// The pass over each paragraph by itself.
    pub first: Pass,
    /// The pass that sees the neighbours.
    pub second: Pass,
    /// Calibration of the second pass.
    pub calibration: Calibration,
    /// The stored thresholds.
    pub thresholds: Thresholds,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A column in the form in which it is used.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Range {
    low: f32,
    high: f32,
}

/// A pass with its scaling folded into the weights, in `f32`.
#[derive(Debug, Clone)]
pub struct CompiledPass {
    ranges: Vec<Range>,
    weights: Vec<[f32; LANES]>,
    intercepts: [f32; LANES],
}

impl Pass {
    /// Folds standardisation into weights: `w * (clip(x) - mean) / deviation` becomes
    /// `clip(x) * w'` plus a constant that joins the intercept.
    #[must_use]
    pub fn compile(&self) -> CompiledPass {
        let mut intercepts = [0.0f64; LANES];
        intercepts[..Label::COUNT].copy_from_slice(&self.intercepts);
        let mut ranges = Vec::with_capacity(self.columns.len());
        let mut weights = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let mut lanes = [0.0f32; LANES];
            if column.deviation > 0.0 {
                for (lane, &weight) in column.weights.iter().enumerate() {
                    let folded = weight / column.deviation;
                    lanes[lane] = folded as f32;
                    intercepts[lane] -= folded * column.mean;
                }
            }
            ranges.push(Range {
                low: (column.mean - CLIP * column.deviation) as f32,
                high: (column.mean + CLIP * column.deviation) as f32,
            });
            weights.push(lanes);
        }
        CompiledPass { ranges, weights, intercepts: intercepts.map(|x| x as f32) }
    }
}

impl CompiledPass {
    /// Scores of one row, one a label in column order. `row` has one entry a column; it is clipped
    /// in place.
    pub fn scores(&self, row: &mut [f32]) -> [f32; Label::COUNT] {
        for (value, range) in row.iter_mut().zip(&self.ranges) {
            *value = value.clamp(range.low, range.high);
        }
        let mut scores = self.intercepts;
        accumulate(row, &self.weights, &mut scores);
        std::array::from_fn(|label| scores[label])
    }

    /// What each column adds to a label's score, in column order, and the intercept. With the
    /// intercept they add up to the score that [`CompiledPass::scores`] gives.
    ///
    /// A column's part is counted from its training mean: what is usual speaks neither for nor
    /// against.
    #[must_use]
    pub fn contributions(&self, row: &[f32], pass: &Pass, label: Label) -> (Vec<f32>, f32) {
        let lane = label.index();
        let mut intercept = self.intercepts[lane];
        let parts = row
            .iter()
            .zip(&self.ranges)
            .zip(self.weights.iter().zip(&pass.columns))
            .map(|((&value, range), (weights, column))| {
                let mean = column.mean as f32;
                intercept += mean * weights[lane];
                (value.clamp(range.low, range.high) - mean) * weights[lane]
            })
            .collect();
        (parts, intercept)
    }

    /// Scores of every row of a matrix, which is clipped in place.
    pub fn all_scores<'a>(
        &'a self,
        matrix: &'a mut FeatureMatrix,
    ) -> impl Iterator<Item = [f32; Label::COUNT]> + 'a {
        matrix.rows_mut().map(|row| self.scores(row))
    }
}

/// Scores to probabilities: softmax of the calibrated scores. They sum to 1.
#[must_use]
pub fn probabilities(scores: &[f32; Label::COUNT], calibration: Calibration) -> Probabilities {
    let mut values = [0.0f32; Label::COUNT];
    let mut max = f32::MIN;
    for (label, (value, &score)) in Label::ALL.into_iter().zip(values.iter_mut().zip(scores)) {
        let offset = if label.is_content() { calibration.content_offset as f32 } else { 0.0 };
        *value = score / calibration.temperature as f32 + offset;
        max = max.max(*value);
    }
    let mut sum = 0.0;
    for value in &mut values {
        *value = libm::expf(*value - max);
        sum += *value;
    }
    values.map(|value| value / sum)
}

/// A model ready for use.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The cues with their lookup table.
    pub cues: Cues,
    /// The first pass.
    pub first: CompiledPass,
    /// The second pass.
    pub second: CompiledPass,
    /// Calibration of the second pass; the first is used as it is.
    pub calibration: Calibration,
}

impl Model {
    /// The model in the form in which it is used.
    #[must_use]
    pub fn compile(&self) -> Compiled {
        Compiled {
            cues: Cues::new(self.cues.clone()),
            first: self.first.compile(),
            second: self.second.compile(),
            calibration: self.calibration,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass() -> Pass {
        let mut columns = Vec::new();
        for (i, deviation) in [0.5, 2.0, 0.0].into_iter().enumerate() {
            let weights = std::array::from_fn(|l| 0.1 * (i as f64 + 1.0) * (l as f64 - 8.0));
            columns.push(Column { name: format!("c{i}"), mean: i as f64, deviation, weights });
        }
        Pass { columns, intercepts: std::array::from_fn(|l| l as f64 / 10.0) }
    }

    #[test]
    fn folded_scores_equal_the_textbook_formula() {
        let pass = pass();
        let compiled = pass.compile();
        for row in [[0.0f32, 1.0, 2.0], [9.0, -40.0, 7.0], [0.3, 0.0, -1.0]] {
            let scores = compiled.scores(&mut row.clone());
            for label in Label::ALL {
                let l = label.index();
                let mut expected = pass.intercepts[l];
                for (x, column) in row.iter().zip(&pass.columns) {
                    if column.deviation > 0.0 {
                        let z = (f64::from(*x) - column.mean) / column.deviation;
                        expected += column.weights[l] * z.clamp(-CLIP, CLIP);
                    }
                }
                assert!((f64::from(scores[l]) - expected).abs() < 1e-4);
                let (parts, intercept) = compiled.contributions(&row, &pass, label);
                let sum: f32 = intercept + parts.iter().sum::<f32>();
                assert!((sum - scores[l]).abs() < 1e-4, "{sum} {}", scores[l]);
            }
        }
    }

    #[test]
    fn probabilities_sum_to_one_and_the_offset_moves_content() {
        let mut scores = [0.0; Label::COUNT];
        scores[Label::Related.index()] = 400.0;
        let plain = probabilities(&scores, Calibration::default());
        assert!((plain[Label::Related.index()] - 1.0).abs() < 1e-6);
        let even = [0.0; Label::COUNT];
        let shifted = probabilities(&even, Calibration { temperature: 2.0, content_offset: 1.0 });
        assert!((shifted.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        let ratio = shifted[Label::Body.index()] / shifted[Label::Related.index()];
        assert!((ratio - std::f32::consts::E).abs() < 1e-4);
    }
}
