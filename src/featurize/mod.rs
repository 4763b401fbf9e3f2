//! Paragraphs to rows of features.
//!
//! In: the paragraphs of one document and a [`Cues`] table. Out: rows of a [`FeatureMatrix`] of shape
//! `(n_paragraphs, n_features)`, columns as [`schema`] names them: [`Paragraphs::first_rows`] for the
//! first pass, [`Paragraphs::second_rows`] for the second, which is about a paragraph's surroundings.
//! Rows are asked for by range, so that a document of a million lines never has all of its rows
//! in memory. Weights are not known here: see [`crate::model`].

mod context;
pub mod cues;
mod fading;
mod featurized;
mod lexicon;
mod log_odds;
mod own;
pub mod page;
pub mod schema;
pub mod stored;
mod topic;

pub use featurized::{Around, Featurized};

use std::ops::Range;

use ndarray::{Array2, ArrayView2, s};

use crate::kernel::scan::{Scan, Scanner};
use crate::label::Label;
use cues::Cues;
use fading::{Faded, Fading};

/// Rows of features, shape `(n_paragraphs, n_features)`; a block that is filled again and again.
///
/// The block only grows: for fewer rows than before, the rest of it lies idle.
#[derive(Debug, Clone)]
pub struct FeatureMatrix {
    block: Array2<f32>,
    n_paragraphs: usize,
}

impl FeatureMatrix {
    /// A matrix without rows.
    #[must_use]
    pub fn new() -> Self {
        Self { block: Array2::zeros((0, 0)), n_paragraphs: 0 }
    }

    /// Number of rows.
    #[must_use]
    pub fn n_paragraphs(&self) -> usize {
        self.n_paragraphs
    }

    /// Number of columns.
    #[must_use]
    pub fn n_features(&self) -> usize {
        self.block.ncols()
    }

    /// The matrix, shape `(n_paragraphs, n_features)`.
    #[must_use]
    pub fn view(&self) -> ArrayView2<'_, f32> {
        self.block.slice(s![..self.n_paragraphs, ..])
    }

    /// The rows in order, each with one entry a column.
    pub fn rows(&self) -> impl Iterator<Item = &[f32]> {
        let n_features = self.block.ncols().max(1);
        let all = self.block.as_slice().expect("always in standard layout");
        all.chunks_exact(n_features).take(self.n_paragraphs)
    }

    fn rows_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        let n_features = self.block.ncols().max(1);
        let all = self.block.as_slice_mut().expect("always in standard layout");
        all.chunks_exact_mut(n_features).take(self.n_paragraphs)
    }

    /// Gives the matrix a shape; its values are whatever they were, or 0.
    fn reshape(&mut self, n_paragraphs: usize, n_features: usize) {
        if self.block.ncols() != n_features || self.block.nrows() < n_paragraphs {
            self.block = Array2::zeros((n_paragraphs, n_features));
        }
        self.n_paragraphs = n_paragraphs;
    }
}

impl Default for FeatureMatrix {
    fn default() -> Self {
        Self::new()
    }
}

/// Probabilities of the labels for one paragraph, in column order.
pub type Probabilities = [f32; Label::COUNT];

/// Rows are made for so many paragraphs at a time.
pub const BLOCK: usize = 1024;

/// Scans of so many paragraphs of a document are kept, of half a kilobyte each; later ones are scanned
/// again, which costs time for the few documents that would else cost memory.
const KEPT: usize = 4 * BLOCK;

/// The ranges of a document's paragraphs, at most [`BLOCK`] each, in which rows are best asked for.
pub fn blocks(n_paragraphs: usize) -> impl Iterator<Item = Range<usize>> {
    let n = n_paragraphs;
    (0..n).step_by(BLOCK).map(move |start| start..n.min(start + BLOCK))
}

/// The paragraphs of one document, scanned.
pub struct Paragraphs<'a> {
    texts: Vec<&'a str>,
    cues: &'a Cues,
    /// The scans of the first [`KEPT`] paragraphs.
    scans: Vec<Scan>,
    briefs: Vec<context::Brief>,
    summary: own::Summary,
    topic: topic::Topic,
}

/// Columns of both passes that are about the whole document.
const DOCUMENT_COLUMNS: usize = own::DOCUMENT_FEATURES.len();

/// Weaker evidence of cues counts as 0: it says nothing, and a column that is 0 costs nothing.
const WEAK_SUM: f32 = 0.03;

impl<'a> Paragraphs<'a> {
    /// Scans the paragraphs of one document, in reading order.
    #[must_use]
    pub fn new(texts: Vec<&'a str>, cues: &'a Cues) -> Self {
        let mut scans = Vec::with_capacity(texts.len().min(KEPT));
        let mut briefs = Vec::with_capacity(texts.len());
        let mut summary = own::Summary::default();
        let mut topic = topic::Topic::default();
        let mut scanner = Scanner::new(cues.table());
        for text in &texts {
            let scan = scanner.scan(text, &mut topic);
            topic.end_paragraph();
            summary.add(&scan);
            briefs.push(context::Brief::of(&scan));
            if scans.len() < KEPT {
                scans.push(scan);
            }
        }
        Self { texts, cues, scans, briefs, summary, topic }
    }

    /// Number of paragraphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether the document has no paragraph.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// As [`blocks`].
    pub fn blocks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        blocks(self.len())
    }

    /// Fills `matrix` with the first pass's rows of a range of paragraphs.
    ///
    /// # Panics
    /// If the range reaches beyond [`Paragraphs::len`].
    pub fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix) {
        matrix.reshape(range.len(), schema::first_pass_len());
        self.fill_first_rows(range, matrix.rows_mut());
    }

    /// Fills the first pass's rows of a range of paragraphs, in order.
    fn fill_first_rows<'r>(
        &self,
        range: Range<usize>,
        mut rows: impl Iterator<Item = &'r mut [f32]>,
    ) {
        let kept = self.scans.get(range.start..range.end.min(self.scans.len())).unwrap_or_default();
        for (scan, row) in kept.iter().zip(rows.by_ref()) {
            fill_first(scan, &self.summary, row);
        }
        if kept.len() < range.len() {
            let mut scanner = Scanner::new(self.cues.table());
            for (text, row) in self.texts[range.start + kept.len()..range.end].iter().zip(rows) {
                fill_first(&scanner.scan(text, &mut ()), &self.summary, row);
            }
        }
    }

    /// Where each paragraph stands, and what the first pass made of those around it: the part of
    /// the second pass that needs the whole document.
    ///
    /// # Panics
    /// If there is not one entry in `probabilities` for each paragraph.
    #[must_use]
    pub fn surroundings(&self, probabilities: Vec<Probabilities>) -> Surroundings {
        assert_eq!(probabilities.len(), self.len());
        Surroundings { places: self.places(), around: Fading::of_text(probabilities) }
    }

    /// Where each paragraph stands.
    fn places(&self) -> Vec<context::Place> {
        context::places(&self.briefs, &self.topic)
    }

    /// Fills `matrix` with the second pass's rows of a range of paragraphs: the document, the place
    /// in it, and the first pass's probabilities here and around.
    ///
    /// # Panics
    /// If the range reaches beyond [`Paragraphs::len`].
    pub fn second_rows(
        &self,
        range: Range<usize>,
        surroundings: &Surroundings,
        matrix: &mut FeatureMatrix,
    ) {
        matrix.reshape(range.len(), schema::second_pass_len());
        let faded = surroundings.around.faded(range.clone());
        for (index, row) in range.zip(matrix.rows_mut()) {
            self.second_row(index, surroundings, &faded, row);
        }
    }

    fn second_row(
        &self,
        index: usize,
        surroundings: &Surroundings,
        faded: &Faded,
        row: &mut [f32],
    ) {
        let document = DOCUMENT_COLUMNS;
        let context = document + context::FEATURES.len();
        let log_words = self.briefs[index].log_words();
        let in_document = own::InDocument { log_words, summary: &self.summary };
        own::fill_document(&in_document, &mut row[..document]);
        context::fill(&surroundings.places[index], &mut row[document..context]);
        surroundings.around.fill_text(index, faded, row);
    }
}

/// See [`Paragraphs::surroundings`].
pub struct Surroundings {
    places: Vec<context::Place>,
    around: Fading,
}

fn fill_first(scan: &Scan, summary: &own::Summary, row: &mut [f32]) {
    let (own_columns, rest) = row.split_at_mut(own::FEATURES.len());
    own::fill(scan, own_columns);
    let (sum, rest) = rest.split_at_mut(Label::COUNT);
    let (edge, document) = rest.split_at_mut(Label::COUNT);
    // Three words of nothing: one cue in a line of one word is less sure than its weight says.
    // The root, since in long paragraphs cues say less each, but more together.
    let root = ((scan.words + 3) as f32).sqrt();
    for (column, sum) in sum.iter_mut().zip(scan.cue_sum) {
        *column = above(sum / root, WEAK_SUM);
    }
    edge.copy_from_slice(&scan.cue_edge[..Label::COUNT]);
    let log_words = scan.log_words;
    own::fill_document(&own::InDocument { log_words, summary }, document);
}

fn above(value: f32, floor: f32) -> f32 {
    if value.abs() < floor { 0.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_paragraphs_gives_matrices_without_rows() {
        let cues = Cues::default();
        let paragraphs = Paragraphs::new(Vec::new(), &cues);
        let mut matrix = FeatureMatrix::new();
        paragraphs.first_rows(0..0, &mut matrix);
        assert_eq!(matrix.n_paragraphs(), 0);
        let surroundings = paragraphs.surroundings(Vec::new());
        paragraphs.second_rows(0..0, &surroundings, &mut matrix);
        assert_eq!(matrix.n_features(), schema::second_pass_len());
        assert_eq!(paragraphs.blocks().count(), 0);
    }

    #[test]
    fn a_long_document_gives_the_same_rows_as_its_beginning_would() {
        let cues = Cues::default();
        let texts: Vec<String> = (0..KEPT + 3).map(|i| format!("Line {i} of them.")).collect();
        let mut paragraphs = Paragraphs::new(texts.iter().map(String::as_str).collect(), &cues);
        assert_eq!(paragraphs.scans.len(), KEPT);
        assert_eq!(paragraphs.blocks().last(), Some(KEPT..KEPT + 3));
        let (mut all, mut part) = (FeatureMatrix::new(), FeatureMatrix::new());
        paragraphs.first_rows(0..texts.len(), &mut all);
        for kept in [KEPT, BLOCK, 0] {
            paragraphs.scans.truncate(kept);
            for start in [BLOCK - 2, BLOCK, KEPT - 1, KEPT, KEPT + 1] {
                paragraphs.first_rows(start..start + 2, &mut part);
                assert!(part.rows().eq(all.rows().skip(start).take(2)), "{kept} {start}");
            }
        }
    }

    #[test]
    fn columns_hold_what_the_schema_says() {
        let cues = Cues::default();
        let paragraphs = Paragraphs::new(vec!["Share this", "He said so on 4 May 2019."], &cues);
        let mut probabilities = vec![[0.0; Label::COUNT]; 2];
        probabilities[0][Label::SharePrompt.index()] = 0.9;
        probabilities[1][Label::Body.index()] = 0.8;
        let surroundings = paragraphs.surroundings(probabilities);
        let mut matrix = FeatureMatrix::new();
        let mut first = FeatureMatrix::new();
        paragraphs.first_rows(0..2, &mut first);
        let features = schema::first_pass();
        let value = |row: usize, name: &str| {
            let column = features.iter().position(|f| f.name == name).expect(name);
            first.view()[(row, column)]
        };
        assert_eq!(value(0, "words_2_3"), 1.0);
        assert_eq!(value(0, "begins_prompt"), 1.0);
        assert_eq!(value(1, "short_date"), 1.0);
        assert_eq!(value(1, "stop"), 1.0);
        paragraphs.second_rows(0..2, &surroundings, &mut matrix);
        let features = schema::second_pass();
        let value = |row: usize, name: &str| {
            let column = features.iter().position(|f| f.name == name).expect(name);
            matrix.view()[(row, column)]
        };
        assert_eq!(value(1, "previous:share_prompt"), 0.9);
        assert_eq!(value(0, "next:body"), 0.8);
        assert_eq!(value(0, "previous:body"), 0.0);
        assert!((value(1, "above:share_prompt") - 0.27).abs() < 1e-6);
        assert_eq!(value(1, "seen:share_prompt"), 0.9);
        assert_eq!(value(0, "first"), 1.0);
        assert_eq!(value(1, "last"), 1.0);
        assert_eq!(value(1, "own:body"), 0.8);
    }

    #[test]
    fn gated_columns_are_probabilities_times_columns_of_the_place() {
        let prose = "The ferry left the harbour at seven with forty people aboard, and nobody saw \
                     the fog that came up behind the lighthouse before it was there.";
        let cues = Cues::default();
        let paragraphs = Paragraphs::new(vec!["Menu", prose, "Harbour ferry", prose, "Bye"], &cues);
        let mut p = [0.0; Label::COUNT];
        (p[Label::Related.index()], p[Label::Body.index()]) = (0.5, 0.25);
        let surroundings = paragraphs.surroundings(vec![p; 5]);
        let mut matrix = FeatureMatrix::new();
        paragraphs.second_rows(0..5, &surroundings, &mut matrix);
        let features = schema::second_pass();
        let value = |row: usize, name: &str| {
            let column = features.iter().position(|f| f.name == name).expect(name);
            matrix.view()[(row, column)]
        };
        for gate in schema::GATES {
            for row in 0..5 {
                let open = value(row, gate);
                assert_eq!(value(row, &format!("own*{gate}:related")), 0.5 * open);
                assert_eq!(value(row, &format!("own*{gate}:body")), 0.25 * open);
            }
        }
        assert!(value(2, "amid_prose") == 1.0 && value(2, "topic_short") > 0.0);
        assert!(value(0, "before_prose") == 1.0 && value(4, "after_prose") == 1.0);
    }
}
