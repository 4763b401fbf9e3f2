//! The rows of a page whose source is not at hand: numbers that [`Blocks`] once gave, and the page's
//! bare structure.

use std::ops::Range;

use super::super::stored::StoredParagraphs;
use super::super::{FeatureMatrix, Probabilities, schema};
use super::blocks::{Blocks, Standing};
use super::skeleton::Skeleton;
use super::{cues, markup_len};

/// Rows of the blocks of one page.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredBlocks {
    text: StoredParagraphs,
    /// Columns of markup and markup cues, row by row.
    markup: Vec<f32>,
    skeleton: Skeleton,
}

fn n_markup() -> usize {
    markup_len() + cues::COLUMNS
}

/// Names of the stored columns, in order: those of text, of the place in it, of markup and of
/// markup cues.
#[must_use]
pub fn columns() -> Vec<String> {
    let first = schema::page_first_pass().into_iter().skip(schema::first_pass_len());
    super::super::stored::columns().into_iter().chain(first.map(|f| f.name)).collect()
}

impl StoredBlocks {
    /// The rows of a page.
    #[must_use]
    pub fn of(blocks: &Blocks<'_>) -> Self {
        let mut markup = vec![0.0; blocks.len() * n_markup()];
        for (index, row) in markup.chunks_exact_mut(n_markup()).enumerate() {
            blocks.fill_markup(index, row);
        }
        Self {
            text: StoredParagraphs::of(blocks.paragraphs()),
            markup,
            skeleton: blocks.skeleton().clone(),
        }
    }

    /// Takes values of shape `(n_blocks, columns())`, row by row; `None` if the number of values is
    /// another.
    #[must_use]
    pub fn from_values(skeleton: Skeleton, values: &[f32]) -> Option<Self> {
        let (n, text) = (skeleton.len(), super::super::stored::columns().len());
        let all = text + n_markup();
        if values.len() != n * all {
            return None;
        }
        let rows = || values.chunks_exact(all);
        let words = rows().flat_map(|row| &row[..text]).copied().collect();
        Some(Self {
            text: StoredParagraphs::from_values(n, words)?,
            markup: rows().flat_map(|row| &row[text..]).copied().collect(),
            skeleton,
        })
    }

    /// The values of a block, in the order of [`columns`].
    #[must_use]
    pub fn row(&self, index: usize) -> Vec<f32> {
        let mut row = self.text.row(index).to_vec();
        row.extend_from_slice(self.markup_of(index));
        row
    }

    fn markup_of(&self, index: usize) -> &[f32] {
        &self.markup[index * n_markup()..][..n_markup()]
    }

    /// The bare structure of the page.
    #[must_use]
    pub fn skeleton(&self) -> &Skeleton {
        &self.skeleton
    }

    /// Number of blocks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.skeleton.len()
    }

    /// Whether the page has no block.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.skeleton.is_empty()
    }

    /// As [`Blocks::first_rows`].
    pub fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix) {
        let text = schema::first_pass_len();
        matrix.reshape(range.len(), schema::page_first_pass_len());
        for (index, row) in range.zip(matrix.rows_mut()) {
            let (words, markup) = row.split_at_mut(text);
            words.copy_from_slice(&self.text.row(index)[..text]);
            markup.copy_from_slice(self.markup_of(index));
        }
    }

    /// As [`Blocks::standing`].
    #[must_use]
    pub fn standing(&self, probabilities: Vec<Probabilities>) -> Standing {
        Standing::new(self.text.surroundings(probabilities.clone()), &self.skeleton, &probabilities)
    }

    /// As [`Blocks::second_rows`].
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
            self.text.second_row(index, standing.text(), text);
            markup.copy_from_slice(&self.markup_of(index)[..markup_len()]);
            standing.fill_structure(&self.skeleton, index, structure);
        }
    }
}
