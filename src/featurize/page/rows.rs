//! Rows of a page's blocks, at hand or stored: how the columns of text, of markup and of structure
//! stand together.

use std::ops::Range;

use super::super::{Faded, FeatureMatrix, Probabilities, Surroundings, schema};
use super::markup_len;
use super::skeleton::Skeleton;
use super::structure::Judged;
use crate::label::Label;

/// Where each block stands, and what the first pass made of those around it.
pub struct PageStanding {
    text: Surroundings,
    structure: Judged,
}

/// A page that gives rows.
pub(in crate::featurize) trait PageRows {
    /// The bare structure of the page.
    fn skeleton(&self) -> &Skeleton;
    /// Fills the first pass's columns of text of a block.
    fn fill_first_text(&self, index: usize, row: &mut [f32]);
    /// As [`super::super::Paragraphs::surroundings`].
    fn surroundings(&self, probabilities: Vec<Probabilities>) -> Surroundings;
    /// Fills the second pass's columns of text of a block.
    fn fill_second_text(
        &self,
        index: usize,
        surroundings: &Surroundings,
        faded: &Faded,
        row: &mut [f32],
    );
    /// Fills the columns of markup of a block.
    fn fill_markup(&self, index: usize, row: &mut [f32]);
    /// Fills the columns of markup cues of a block.
    fn fill_cues(&self, index: usize, row: &mut [f32]);

    /// Fills `matrix` with the first pass's rows of a range of blocks.
    fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix) {
        matrix.reshape(range.len(), schema::page_first_pass_len());
        for (index, row) in range.zip(matrix.rows_mut()) {
            let (text, rest) = row.split_at_mut(schema::first_pass_len());
            let (markup, cues) = rest.split_at_mut(markup_len());
            self.fill_first_text(index, text);
            self.fill_markup(index, markup);
            self.fill_cues(index, cues);
        }
    }

    /// Where each block stands, and what the first pass made of those around it.
    fn standing(&self, probabilities: Vec<Probabilities>) -> PageStanding {
        let content = |p: &Probabilities| p[Label::Body.index()] + p[Label::Heading.index()];
        let structure = Judged::new(self.skeleton(), probabilities.iter().map(content).collect());
        PageStanding { structure, text: self.surroundings(probabilities) }
    }

    /// Fills `matrix` with the second pass's rows of a range of blocks.
    fn second_rows(
        &self,
        range: Range<usize>,
        standing: &PageStanding,
        matrix: &mut FeatureMatrix,
    ) {
        matrix.reshape(range.len(), schema::page_second_pass_len());
        let faded = standing.text.faded(range.clone());
        for (index, row) in range.zip(matrix.rows_mut()) {
            let (text, rest) = row.split_at_mut(schema::second_pass_len());
            let (markup, structure) = rest.split_at_mut(markup_len());
            self.fill_second_text(index, &standing.text, &faded, text);
            self.fill_markup(index, markup);
            standing.structure.fill(self.skeleton(), index, structure);
        }
    }
}
