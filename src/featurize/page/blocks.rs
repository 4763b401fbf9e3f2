//! The blocks of one page, scanned: rows of the first and the second pass.

use std::ops::Range;

use super::super::cues::Cues;
use super::super::{FeatureMatrix, Paragraphs, Probabilities, Surroundings, schema};
use super::cues::MarkupCues;
use super::skeleton::Skeleton;
use super::structure::Judged;
use super::{Layout, markup_len};
use crate::document::html::Page;
use crate::label::Label;

/// The blocks of one page.
pub struct Blocks<'a> {
    paragraphs: Paragraphs<'a>,
    layout: Layout<'a>,
    cues: MarkupCues,
}

/// Where each block stands, and what the first pass made of those around it.
pub struct Standing {
    text: Surroundings,
    structure: Judged,
}

impl<'a> Blocks<'a> {
    /// Scans the blocks of a page with cues of its text and of its markup.
    #[must_use]
    pub fn new(page: &'a Page, cues: &'a Cues, markup: &Cues) -> Self {
        let texts = page.blocks.iter().map(|block| page.block_text(block)).collect();
        Self {
            paragraphs: Paragraphs::new(texts, cues),
            layout: Layout::new(page),
            cues: MarkupCues::new(page, markup),
        }
    }

    /// The blocks as paragraphs of text.
    #[must_use]
    pub fn paragraphs(&self) -> &Paragraphs<'a> {
        &self.paragraphs
    }

    /// Number of blocks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layout.len()
    }

    /// Whether the page has no block.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layout.is_empty()
    }

    /// The bare structure of the page.
    #[must_use]
    pub fn skeleton(&self) -> &Skeleton {
        self.layout.skeleton()
    }

    /// As [`super::super::blocks`].
    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        super::super::blocks(self.len())
    }

    /// Fills the columns of markup and of markup cues of a block.
    pub(in crate::featurize) fn fill_markup(&self, index: usize, row: &mut [f32]) {
        let (markup, cues) = row.split_at_mut(markup_len());
        self.layout.fill(index, markup);
        self.cues.fill(index, cues);
    }

    /// Fills `matrix` with the first pass's rows of a range of blocks.
    ///
    /// # Panics
    /// If the range reaches beyond [`Blocks::len`].
    pub fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix) {
        let text = schema::first_pass_len();
        matrix.reshape(range.len(), schema::page_first_pass_len());
        for (index, row) in range.zip(matrix.rows_mut()) {
            let (words, markup) = row.split_at_mut(text);
            self.paragraphs.first_row(index, words);
            self.fill_markup(index, markup);
        }
    }

    /// Where each block stands, and what the first pass made of those around it.
    ///
    /// # Panics
    /// If there is not one entry in `probabilities` for each block.
    #[must_use]
    pub fn standing(&self, probabilities: Vec<Probabilities>) -> Standing {
        Standing::new(
            self.paragraphs.surroundings(probabilities.clone()),
            self.skeleton(),
            &probabilities,
        )
    }

    /// Fills `matrix` with the second pass's rows of a range of blocks.
    ///
    /// # Panics
    /// If the range reaches beyond [`Blocks::len`].
    pub fn second_rows(
        &self,
        range: Range<usize>,
        standing: &Standing,
        matrix: &mut FeatureMatrix,
    ) {
        matrix.reshape(range.len(), schema::page_second_pass_len());
        for (index, row) in range.zip(matrix.rows_mut()) {
            let (text, rest) = row.split_at_mut(schema::second_pass_len());
            let (markup, structure) = rest.split_at_mut(markup_len());
            self.paragraphs.second_row(index, &standing.text, text);
            self.layout.fill(index, markup);
            standing.fill_structure(self.skeleton(), index, structure);
        }
    }
}

impl Standing {
    pub(in crate::featurize) fn new(
        text: Surroundings,
        skeleton: &Skeleton,
        probabilities: &[Probabilities],
    ) -> Self {
        let content = |p: &Probabilities| p[Label::Body.index()] + p[Label::Heading.index()];
        let structure = Judged::new(skeleton, probabilities.iter().map(content).collect());
        Self { text, structure }
    }

    pub(in crate::featurize) fn text(&self) -> &Surroundings {
        &self.text
    }

    pub(in crate::featurize) fn fill_structure(
        &self,
        skeleton: &Skeleton,
        index: usize,
        row: &mut [f32],
    ) {
        self.structure.fill(skeleton, index, row);
    }
}
