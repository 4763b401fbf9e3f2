//! The rows of a page whose source is not at hand: numbers that [`Blocks`] once gave, and the page's
//! bare structure.

use super::super::stored::{StoredParagraphs, columns as text_columns};
use super::super::{Faded, Probabilities, Surroundings, schema};
use super::blocks::Blocks;
use super::rows::PageRows;
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
    text_columns().into_iter().chain(first.map(|f| f.name)).collect()
}

impl StoredBlocks {
    /// The rows of a page.
    #[must_use]
    pub fn of(blocks: &Blocks<'_>) -> Self {
        let mut all = vec![0.0; blocks.len() * n_markup()];
        for (index, row) in all.chunks_exact_mut(n_markup()).enumerate() {
            let (markup, cues) = row.split_at_mut(markup_len());
            blocks.fill_markup(index, markup);
            blocks.fill_cues(index, cues);
        }
        Self {
            text: StoredParagraphs::of(&blocks.paragraphs),
            markup: all,
            skeleton: blocks.skeleton().clone(),
        }
    }

    /// Takes values of shape `(n_blocks, columns())`, row by row; `None` if the number of values is
    /// another.
    #[must_use]
    pub fn from_values(skeleton: Skeleton, values: &[f32]) -> Option<Self> {
        let (n, text) = (skeleton.len(), text_columns().len());
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
}

impl PageRows for StoredBlocks {
    fn skeleton(&self) -> &Skeleton {
        &self.skeleton
    }

    fn fill_first_text(&self, index: usize, row: &mut [f32]) {
        row.copy_from_slice(&self.text.row(index)[..row.len()]);
    }

    fn surroundings(&self, probabilities: Vec<Probabilities>) -> Surroundings {
        self.text.surroundings(probabilities)
    }

    fn fill_second_text(
        &self,
        index: usize,
        surroundings: &Surroundings,
        faded: &Faded,
        row: &mut [f32],
    ) {
        self.text.second_row(index, surroundings, faded, row);
    }

    fn fill_markup(&self, index: usize, row: &mut [f32]) {
        row.copy_from_slice(&self.markup_of(index)[..markup_len()]);
    }

    fn fill_cues(&self, index: usize, row: &mut [f32]) {
        row.copy_from_slice(&self.markup_of(index)[markup_len()..]);
    }
}
