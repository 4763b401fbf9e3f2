//! The model as plain data: two passes of logistic regressions, cues, calibration, thresholds.
//!
//! [`Model`] holds what a model file holds and nothing derived; [`Compiled`] is the same in the form
//! in which it is used. Files are in `file`, the decision rule in `decision`, fitting (the only
//! place that names linfa) in `fit`.

#[cfg(feature = "train")]
mod conditioning;
pub mod decision;
pub mod file;
mod fingerprint;
#[cfg(feature = "train")]
pub mod fit;
pub mod rounding;

use serde::{Deserialize, Serialize};

use crate::featurize::cues::{Cue, Cues};
use crate::featurize::schema::{self, Feature};
use crate::featurize::{FeatureMatrix, Probabilities};
use crate::kernel::product::{ROWS, Range, accumulate};
use crate::kernel::softmax::softmax;
use crate::kernel::{LANES, USED_LANES};
use crate::label::Label;

/// Standardised features are cut off at this many standard deviations.
pub const CLIP: f64 = 5.0;

/// How the 17 binary regressions of a pass share the work. Each has a lane, that of its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// Every label against all others, over all paragraphs. Boilerplate is whatever one of fifteen
    /// scores says is: right for a paragraph seen by itself.
    OneAgainstRest,
    /// Lane 0 (`body`): content against boilerplate, over all paragraphs. Lane 1 (`heading`):
    /// heading against body, over content. Each further lane: its label against the other kinds,
    /// over boilerplate. Content against boilerplate decides what a reader keeps, so the second
    /// pass has one regression for it, calibrated by itself.
    ContentFirst,
}

/// The lane of content against boilerplate, see [`Arrangement::ContentFirst`].
pub const CONTENT_LANE: usize = Label::Body as usize;
/// The lane of heading against body, see [`Arrangement::ContentFirst`].
pub const HEADING_LANE: usize = Label::Heading as usize;

/// One column of a pass: its standardisation and its weight in each lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The feature's name, as the schema has it.
    pub name: String,
    /// Mean over the training rows.
    pub mean: f64,
    /// Standard deviation over the training rows; 0 for a column that is left out.
    pub deviation: f64,
    /// Weight of the standardised value, by lane (see [`Arrangement`]).
    pub weights: [f64; Label::COUNT],
}

/// One pass: 17 binary logistic regressions over the same columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// The columns, in the schema's order.
    pub columns: Vec<Column>,
    /// Intercept by lane.
    pub intercepts: [f64; Label::COUNT],
}

/// What turns scores into calibrated probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The score of content is divided by it; above 1 makes the model less sure of itself.
    pub content_temperature: f64,
    /// Added to the score of content after the division: life holds more content than hand-written
    /// training data does.
    pub content_offset: f64,
    /// The scores of heading and of the kinds are divided by it.
    pub kind_temperature: f64,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { content_temperature: 1.0, content_offset: 0.0, kind_temperature: 1.0 }
    }
}

impl Calibration {
    /// The same with evidence from elsewhere that a paragraph is boilerplate, in log-odds; 0 changes
    /// nothing.
    #[must_use]
    pub fn against_content(self, log_odds: f64) -> Self {
        Self { content_offset: self.content_offset - log_odds, ..self }
    }
}

/// From where on a paragraph is taken for boilerplate: of texts, held against it
/// [by length](decision::Scale::ByLength); of web pages both are the threshold with the best F1 of
/// words, a mean over pages, whatever a block's length.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// The default: of texts, loses at most 0.5 % of content words out of fold.
    pub safe: f32,
    /// Of texts, best F1 of boilerplate out of fold.
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
    /// The derived documents it was trained on, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<DerivedProvenance>,
    /// What is said of a model of web pages alone. Its documents are pages, its publishers sites,
    /// its paragraphs blocks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<PagesProvenance>,
}

/// What a model of web pages says of the pages in numbers that it was trained on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PagesProvenance {
    /// Cross-validated F1, 0..=1, of the words of blocks kept against those of content blocks, a
    /// mean over pages.
    pub words_f1: f64,
    /// The same for the pages of each origin.
    pub origins: Vec<OriginFigures>,
}

/// The figures of the pages of one origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OriginFigures {
    /// Name of the origin.
    pub name: String,
    /// Pages with a labelled block.
    pub pages: usize,
    /// F1 of words, 0..=1, a mean over pages.
    pub words_f1: f64,
}

/// What a model says of the documents in numbers that it was trained on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DerivedProvenance {
    /// SHA-256 of their values, hexadecimal.
    pub fingerprint: String,
    /// Documents.
    pub documents: usize,
    /// Labelled paragraphs.
    pub paragraphs: usize,
    /// Cross-validated accuracy over the 17 labels, on those that are whole documents.
    pub accuracy: f64,
    /// On the same, F1 of boilerplate at the safe threshold.
    pub boilerplate_f1: f64,
    /// On the same, share of content words lost at the safe threshold.
    pub content_words_lost: f64,
    /// F1 of boilerplate at the aggressive threshold.
    pub aggressive_boilerplate_f1: f64,
    /// Share of content words lost at the aggressive threshold.
    pub aggressive_content_words_lost: f64,
}

/// What a model labels, and so which features it has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    /// The paragraphs of a text.
    #[default]
    Text,
    /// The blocks of a web page.
    Html,
}

impl ModelKind {
    /// The name of the model of this kind: `text` or `html`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
        }
    }

    /// Columns of the first pass.
    #[must_use]
    pub fn first_pass(self) -> Vec<Feature> {
        match self {
            Self::Text => schema::first_pass(),
            Self::Html => schema::page_first_pass(),
        }
    }

    /// Columns of the second pass.
    #[must_use]
    pub fn second_pass(self) -> Vec<Feature> {
        match self {
            Self::Text => schema::second_pass(),
            Self::Html => schema::page_second_pass(),
        }
    }

    /// How the regressions of the first pass share the work. Most blocks of a page are boilerplate,
    /// and what they are is told by their markup: there, content is asked first.
    #[must_use]
    pub fn first_arrangement(self) -> Arrangement {
        match self {
            Self::Text => Arrangement::OneAgainstRest,
            Self::Html => Arrangement::ContentFirst,
        }
    }

    /// The first pass's scores to probabilities of the labels, which sum to 1.
    #[must_use]
    pub fn first_probabilities(self, scores: &[f32; Label::COUNT]) -> Probabilities {
        match self {
            Self::Text => first_probabilities(scores),
            Self::Html => second_probabilities(scores, Calibration::default()),
        }
    }
}

/// A model as plain data.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Its name; `train` calls a model as its kind.
    pub name: String,
    /// What it labels.
    pub kind: ModelKind,
    /// The cues that fill the cue columns.
    pub cues: Vec<Cue>,
    /// The cues in class names and their like; none where texts are labelled.
    pub markup_cues: Vec<Cue>,
    /// The pass that sees a paragraph and what the document is like, of a web page its place too.
    pub first: Pass,
    /// The pass that sees what the first made of the others.
    pub second: Pass,
    /// Calibration of the second pass.
    pub calibration: Calibration,
    /// The stored thresholds.
    pub thresholds: Thresholds,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A pass with its scaling folded into the weights, in `f32`.
///
/// Values are taken as their difference to what 0 becomes, and what 0 becomes is folded into the
/// intercepts: most columns of most rows are 0, and then cost one comparison.
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
            let low = (column.mean - CLIP * column.deviation) as f32;
            let high = (column.mean + CLIP * column.deviation) as f32;
            let zero = 0f32.clamp(low, high);
            let mut lanes = [0.0f32; LANES];
            if column.deviation > 0.0 {
                for (lane, &weight) in column.weights.iter().enumerate() {
                    let folded = weight / column.deviation;
                    lanes[lane] = folded as f32;
                    intercepts[lane] += folded * (f64::from(zero) - column.mean);
                }
            }
            ranges.push(Range { low, high, zero });
            weights.push(lanes);
        }
        CompiledPass { ranges, weights, intercepts: intercepts.map(|x| x as f32) }
    }
}

impl CompiledPass {
    /// Scores of one row, one a lane (see [`Arrangement`]). `row` has one entry a column.
    #[must_use]
    pub fn scores(&self, row: &[f32]) -> [f32; Label::COUNT] {
        self.scores_of(std::iter::once(row))[0]
    }

    /// What each column adds to a lane's score, in column order, and the intercept. With the
    /// intercept they add up to the score that [`CompiledPass::scores`] gives.
    ///
    /// A column's part is counted from its training mean: what is usual speaks neither for nor
    /// against.
    #[must_use]
    pub fn contributions(&self, row: &[f32], pass: &Pass, lane: usize) -> (Vec<f32>, f32) {
        let mut intercept = self.intercepts[lane];
        let parts = row
            .iter()
            .zip(&self.ranges)
            .zip(self.weights.iter().zip(&pass.columns))
            .map(|((&value, range), (weights, column))| {
                let mean = column.mean as f32;
                intercept += (mean - range.zero) * weights[lane];
                (value.clamp(range.low, range.high) - mean) * weights[lane]
            })
            .collect();
        (parts, intercept)
    }

    /// Scores of every row of a matrix.
    pub fn all_scores<'a>(
        &'a self,
        matrix: &'a FeatureMatrix,
    ) -> impl Iterator<Item = [f32; Label::COUNT]> + 'a {
        let mut rows = matrix.rows();
        let groups = (0..matrix.n_paragraphs()).step_by(ROWS);
        groups.flat_map(move |start| {
            let scores = self.scores_of(rows.by_ref().take(ROWS));
            scores.into_iter().take(matrix.n_paragraphs() - start)
        })
    }

    /// Scores of at most [`ROWS`] rows.
    fn scores_of<'a>(&self, rows: impl Iterator<Item = &'a [f32]>) -> [[f32; Label::COUNT]; ROWS] {
        let mut scores = [self.intercepts; ROWS];
        accumulate(rows, &self.ranges, &self.weights, &mut scores);
        scores.map(|lanes| std::array::from_fn(|label| lanes[label]))
    }
}

const _: () = assert!(USED_LANES == Label::COUNT);

/// The first pass's scores to probabilities of the labels, which sum to 1: softmax.
#[must_use]
pub fn first_probabilities(scores: &[f32; Label::COUNT]) -> Probabilities {
    let mut lanes = [f32::MIN; LANES];
    lanes[..Label::COUNT].copy_from_slice(scores);
    softmax(&mut lanes, Label::COUNT, 1.0);
    std::array::from_fn(|label| lanes[label])
}

/// The second pass's scores to probabilities of the labels, which sum to 1: content by the logistic
/// function of its calibrated score, split into body and heading; the rest split over the kinds by
/// softmax.
#[must_use]
pub fn second_probabilities(
    scores: &[f32; Label::COUNT],
    calibration: Calibration,
) -> Probabilities {
    let per_temperature = 1.0 / calibration.kind_temperature as f32;
    let content = scores[CONTENT_LANE] / calibration.content_temperature as f32
        + calibration.content_offset as f32;
    let (is_content, is_boilerplate) = logistic_pair(content);
    let (is_heading, is_body) = logistic_pair(scores[HEADING_LANE] * per_temperature);
    let mut kinds = [f32::MIN; LANES];
    for (kind, score) in kinds.iter_mut().zip(&scores[HEADING_LANE + 1..]) {
        *kind = score * per_temperature;
    }
    softmax(&mut kinds, Label::COUNT - HEADING_LANE - 1, is_boilerplate);
    std::array::from_fn(|label| match label {
        CONTENT_LANE => is_content * is_body,
        HEADING_LANE => is_content * is_heading,
        kind => kinds[kind - HEADING_LANE - 1],
    })
}

/// The logistic function of a score and of its negative, each exact where it is small.
fn logistic_pair(score: f32) -> (f32, f32) {
    let small = libm::expf(-score.abs());
    let (likely, unlikely) = (1.0 / (1.0 + small), small / (1.0 + small));
    if score >= 0.0 { (likely, unlikely) } else { (unlikely, likely) }
}

/// A model ready for use.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// What is labelled.
    pub kind: ModelKind,
    /// The cues with their lookup table.
    pub cues: Cues,
    /// The cues in class names and their like.
    pub markup_cues: Cues,
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
            kind: self.kind,
            cues: Cues::new(self.cues.clone()),
            markup_cues: Cues::new(self.markup_cues.clone()),
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
            let scores = compiled.scores(&row);
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
                let (parts, intercept) = compiled.contributions(&row, &pass, l);
                let sum: f32 = intercept + parts.iter().sum::<f32>();
                assert!((sum - scores[l]).abs() < 1e-4, "{sum} {}", scores[l]);
            }
        }
    }

    #[test]
    fn probabilities_sum_to_one_and_split_content_first() {
        let mut scores = [0.0; Label::COUNT];
        scores[CONTENT_LANE] = 2.0;
        scores[HEADING_LANE] = -1.0;
        scores[Label::Related.index()] = 400.0;
        let calibration =
            Calibration { content_temperature: 2.0, content_offset: 0.5, kind_temperature: 2.0 };
        let p = second_probabilities(&scores, calibration);
        assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        let sigma = |x: f32| 1.0 / (1.0 + (-x).exp());
        assert!((p[Label::Body.index()] - sigma(1.5) * sigma(0.5)).abs() < 1e-6);
        assert!((p[Label::Heading.index()] - sigma(1.5) * sigma(-0.5)).abs() < 1e-6);
        assert!((p[Label::Related.index()] - sigma(-1.5)).abs() < 1e-6);
        let even = second_probabilities(&[0.0; Label::COUNT], Calibration::default());
        assert!((even[Label::Related.index()] - 0.5 / 15.0).abs() < 1e-6);
        assert!((first_probabilities(&[3.0; Label::COUNT])[4] - 1.0 / 17.0).abs() < 1e-6);
    }
}
