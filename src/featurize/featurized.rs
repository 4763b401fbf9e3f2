//! One door to the rows of a document, be it a text or a page, at hand or stored.

use std::ops::Range;

use super::page::{Blocks, PageRows as _, PageStanding, StoredBlocks};
use super::stored::StoredParagraphs;
use super::{FeatureMatrix, Paragraphs, Probabilities, Surroundings, blocks};

/// A document in whatever form it is at hand; all forms give rows alike.
pub enum Featurized<'a> {
    /// Paragraphs of a text.
    Paragraphs(Paragraphs<'a>),
    /// Blocks of a web page.
    Blocks(Box<Blocks<'a>>),
    /// Stored rows of a text.
    StoredParagraphs(&'a StoredParagraphs),
    /// Stored rows of a page.
    StoredBlocks(&'a StoredBlocks),
}

/// What the first pass made of a document.
pub enum Around {
    /// Of a text.
    Text(Surroundings),
    /// Of a page.
    Page(Box<PageStanding>),
}

impl Featurized<'_> {
    /// Number of paragraphs.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Paragraphs(it) => it.len(),
            Self::Blocks(it) => it.len(),
            Self::StoredParagraphs(it) => it.len(),
            Self::StoredBlocks(it) => it.len(),
        }
    }

    /// Whether there is no paragraph.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As [`blocks`].
    pub fn blocks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        blocks(self.len())
    }

    /// Fills `matrix` with the first pass's rows of a range of paragraphs.
    ///
    /// # Panics
    /// If the range reaches beyond [`Featurized::len`].
    pub fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix) {
        match self {
            Self::Paragraphs(it) => it.first_rows(range, matrix),
            Self::Blocks(it) => it.first_rows(range, matrix),
            Self::StoredParagraphs(it) => it.first_rows(range, matrix),
            Self::StoredBlocks(it) => it.first_rows(range, matrix),
        }
    }

    /// Where each paragraph stands, and what the first pass made of those around it.
    ///
    /// # Panics
    /// If there is not one entry in `probabilities` for each paragraph.
    #[must_use]
    pub fn around(&self, probabilities: Vec<Probabilities>) -> Around {
        match self {
            Self::Paragraphs(it) => Around::Text(it.surroundings(probabilities)),
            Self::Blocks(it) => Around::Page(Box::new(it.standing(probabilities))),
            Self::StoredParagraphs(it) => Around::Text(it.surroundings(probabilities)),
            Self::StoredBlocks(it) => Around::Page(Box::new(it.standing(probabilities))),
        }
    }

    /// Fills `matrix` with the second pass's rows of a range of paragraphs.
    ///
    /// # Panics
    /// If the range reaches beyond [`Featurized::len`], or `around` is of another document.
    pub fn second_rows(&self, range: Range<usize>, around: &Around, matrix: &mut FeatureMatrix) {
        match (self, around) {
            (Self::Paragraphs(it), Around::Text(around)) => it.second_rows(range, around, matrix),
            (Self::Blocks(it), Around::Page(around)) => it.second_rows(range, around, matrix),
            (Self::StoredParagraphs(it), Around::Text(around)) => {
                it.second_rows(range, around, matrix);
            }
            (Self::StoredBlocks(it), Around::Page(around)) => it.second_rows(range, around, matrix),
            _ => panic!("`around` is of another kind of document"),
        }
    }
}
