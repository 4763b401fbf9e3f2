//! Paragraphs to rows of features.
//!
//! In: the paragraphs of one document and a [`Cues`] table. Out: a [`FeatureMatrix`] of shape
//! `(n_paragraphs, n_features)`, columns as [`schema`] names them. The first pass's columns come
//! from [`Paragraphs::first_pass`]; the second's, which repeat those and add context, from
//! [`Paragraphs::second_pass`]. Weights are not known here: see [`crate::model`].

mod context;
pub mod cues;
mod lexicon;
mod own;
pub mod schema;

use ndarray::{Array2, ArrayView2};

use crate::kernel::scan::{Scan, scan};
use crate::label::Label;
use cues::Cues;

/// Rows of features, shape `(n_paragraphs, n_features)`.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureMatrix(Array2<f32>);

impl FeatureMatrix {
    fn zeros(n_paragraphs: usize, n_features: usize) -> Self {
        Self(Array2::zeros((n_paragraphs, n_features)))
    }

    /// Number of rows.
    #[must_use]
    pub fn n_paragraphs(&self) -> usize {
        self.0.nrows()
    }

    /// Number of columns.
    #[must_use]
    pub fn n_features(&self) -> usize {
        self.0.ncols()
    }

    /// The matrix, shape `(n_paragraphs, n_features)`.
    #[must_use]
    pub fn view(&self) -> ArrayView2<'_, f32> {
        self.0.view()
    }

    /// One row as a slice; rows count from 0.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    #[track_caller]
    pub fn row(&self, index: usize) -> &[f32] {
        let n = self.0.ncols();
        let all = self.0.as_slice().expect("a feature matrix is in standard layout");
        &all[index * n..(index + 1) * n]
    }

    fn row_mut(&mut self, index: usize) -> &mut [f32] {
        let n = self.0.ncols();
        let all = self.0.as_slice_mut().expect("a feature matrix is in standard layout");
        &mut all[index * n..(index + 1) * n]
    }
}

/// Probabilities of the labels for one paragraph, in column order.
pub type Probabilities = [f32; Label::COUNT];

/// The scanned paragraphs of one document.
#[derive(Debug, Clone)]
pub struct Paragraphs {
    scans: Vec<Scan>,
}

/// How much of a paragraph's weight is left one paragraph further in the fading means.
const FADE: f32 = 0.7;
/// Probabilities are kept this far from 0 and 1 where their log-odds are a feature.
const LOG_ODDS_FLOOR: f32 = 1e-4;

impl Paragraphs {
    /// Scans the paragraphs of one document, in reading order.
    pub fn scan<'a>(paragraphs: impl IntoIterator<Item = &'a str>, cues: &Cues) -> Self {
        Self { scans: paragraphs.into_iter().map(|text| scan(text, cues.table())).collect() }
    }

    /// Number of paragraphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scans.len()
    }

    /// Whether the document has no paragraph.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scans.is_empty()
    }

    /// The first pass's matrix, shape `(n_paragraphs, first_pass_len)`.
    #[must_use]
    pub fn first_pass(&self) -> FeatureMatrix {
        let mut matrix = FeatureMatrix::zeros(self.len(), schema::first_pass_len());
        let summary = own::Summary::of(&self.scans);
        for (index, scan) in self.scans.iter().enumerate() {
            fill_first(scan, &summary, matrix.row_mut(index));
        }
        matrix
    }

    /// The second pass's matrix, shape `(n_paragraphs, second_pass_len)`: the first pass's columns,
    /// the place in the document, and the first pass's probabilities here and around.
    ///
    /// # Panics
    /// If the number of rows of `first` or of `probabilities` is not [`Paragraphs::len`].
    #[must_use]
    pub fn second_pass(
        &self,
        first: &FeatureMatrix,
        probabilities: &[Probabilities],
    ) -> FeatureMatrix {
        assert_eq!(first.n_paragraphs(), self.len());
        assert_eq!(probabilities.len(), self.len());
        let mut matrix = FeatureMatrix::zeros(self.len(), schema::second_pass_len());
        let own = first.n_features();
        let context = own + context::FEATURES.len();
        let around = Around::of(probabilities);
        for (index, place) in context::places(&self.scans).iter().enumerate() {
            let row = matrix.row_mut(index);
            row[..own].copy_from_slice(first.row(index));
            context::fill(place, &mut row[own..context]);
            around.fill(probabilities, index, &mut row[context..]);
        }
        matrix
    }
}

fn fill_first(scan: &Scan, summary: &own::Summary, row: &mut [f32]) {
    let (own_columns, rest) = row.split_at_mut(own::FEATURES.len());
    own::fill(scan, own_columns);
    let (mean, rest) = rest.split_at_mut(Label::COUNT);
    let (max, rest) = rest.split_at_mut(Label::COUNT);
    let (edge, document) = rest.split_at_mut(Label::COUNT);
    // Three words of nothing: one cue in a line of one word is less sure than its weight says.
    let words = (scan.words + 3) as f32;
    for lane in 0..Label::COUNT {
        mean[lane] = scan.cue_sum[lane] / words;
    }
    max.copy_from_slice(&scan.cue_max[..Label::COUNT]);
    edge.copy_from_slice(&scan.cue_edge[..Label::COUNT]);
    own::fill_document(&own::InDocument { scan, summary }, document);
}

/// Fading means and running maxima of the first pass's probabilities.
struct Around {
    above: Vec<Probabilities>,
    below: Vec<Probabilities>,
    seen: Vec<Probabilities>,
}

impl Around {
    fn of(probabilities: &[Probabilities]) -> Self {
        let n = probabilities.len();
        let zeros = || vec![[0.0; Label::COUNT]; n];
        let mut around = Self { above: zeros(), below: zeros(), seen: zeros() };
        for i in 1..n {
            for l in 0..Label::COUNT {
                let before = probabilities[i - 1][l];
                around.above[i][l] = FADE * around.above[i - 1][l] + (1.0 - FADE) * before;
                around.seen[i][l] = around.seen[i - 1][l].max(before);
            }
        }
        for i in (1..n).rev() {
            for l in 0..Label::COUNT {
                around.below[i - 1][l] =
                    FADE * around.below[i][l] + (1.0 - FADE) * probabilities[i][l];
            }
        }
        around
    }

    fn fill(&self, probabilities: &[Probabilities], index: usize, row: &mut [f32]) {
        let none = [0.0; Label::COUNT];
        let at = |i: Option<usize>| i.and_then(|i| probabilities.get(i)).unwrap_or(&none);
        let log_odds = probabilities[index].map(|p| {
            let p = p.clamp(LOG_ODDS_FLOOR, 1.0 - LOG_ODDS_FLOOR);
            libm::logf(p / (1.0 - p))
        });
        let blocks = [
            &log_odds,
            at(index.checked_sub(1)),
            at(Some(index + 1)),
            &self.above[index],
            &self.below[index],
            &self.seen[index],
        ];
        for (columns, block) in row.chunks_exact_mut(Label::COUNT).zip(blocks) {
            columns.copy_from_slice(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_paragraphs_gives_matrices_without_rows() {
        let cues = Cues::default();
        let paragraphs = Paragraphs::scan([], &cues);
        let first = paragraphs.first_pass();
        assert_eq!(first.n_paragraphs(), 0);
        assert_eq!(paragraphs.second_pass(&first, &[]).n_features(), schema::second_pass_len());
    }

    #[test]
    fn columns_hold_what_the_schema_says() {
        let cues = Cues::default();
        let paragraphs = Paragraphs::scan(["Share this", "He said so on 4 May 2019."], &cues);
        let first = paragraphs.first_pass();
        let mut probabilities = [[0.0; Label::COUNT]; 2];
        probabilities[0][Label::SharePrompt.index()] = 0.9;
        probabilities[1][Label::Body.index()] = 0.8;
        let second = paragraphs.second_pass(&first, &probabilities);
        let features = schema::second_pass();
        let value = |row: usize, name: &str| {
            second.row(row)[features.iter().position(|f| f.name == name).expect(name)]
        };
        assert_eq!(value(0, "words_2_3"), 1.0);
        assert_eq!(value(0, "begins_prompt"), 1.0);
        assert_eq!(value(1, "short_date"), 1.0);
        assert_eq!(value(1, "stop"), 1.0);
        assert_eq!(value(1, "previous:share_prompt"), 0.9);
        assert_eq!(value(0, "next:body"), 0.8);
        assert_eq!(value(0, "previous:body"), 0.0);
        assert!((value(1, "above:share_prompt") - 0.27).abs() < 1e-6);
        assert_eq!(value(1, "seen:share_prompt"), 0.9);
        assert_eq!(value(0, "first"), 1.0);
        assert_eq!(value(1, "last"), 1.0);
    }
}
