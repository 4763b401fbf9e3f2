//! The rows of a page whose source is not at hand: numbers that [`Blocks`] once gave, and the page's
//! bare structure.

use std::ops::Range;

use super::super::{FeatureMatrix, blocks as ranges, schema};
use super::blocks::Blocks;
use super::rows::PageRows;
use super::skeleton::Skeleton;

/// Rows of the blocks of one page.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredBlocks {
    /// The first pass's rows: shape `(n_blocks, columns())`, row by row.
    values: Vec<f32>,
    skeleton: Skeleton,
}

/// Names of the stored columns: those of the first pass.
#[must_use]
pub fn columns() -> Vec<String> {
    schema::page_first_pass().into_iter().map(|f| f.name).collect()
}

impl StoredBlocks {
    /// The rows of a page.
    #[must_use]
    pub fn of(blocks: &Blocks<'_>) -> Self {
        let mut values = Vec::with_capacity(blocks.len() * schema::page_first_pass_len());
        let mut matrix = FeatureMatrix::new();
        for range in ranges(blocks.len()) {
            blocks.first_rows(range, &mut matrix);
            matrix.rows().for_each(|row| values.extend_from_slice(row));
        }
        Self { values, skeleton: blocks.skeleton().clone() }
    }

    /// Takes values of shape `(n_blocks, columns())`, row by row; `None` if the number of values is
    /// another.
    #[must_use]
    pub fn from_values(skeleton: Skeleton, values: Vec<f32>) -> Option<Self> {
        let expected = skeleton.len() * schema::page_first_pass_len();
        (values.len() == expected).then_some(Self { values, skeleton })
    }

    /// The values of the blocks in order, each in the order of [`columns`].
    pub fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(schema::page_first_pass_len())
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

    fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix) {
        let n = schema::page_first_pass_len();
        matrix.reshape(range.len(), n);
        let values = &self.values[range.start * n..range.end * n];
        for (row, values) in matrix.rows_mut().zip(values.chunks_exact(n)) {
            row.copy_from_slice(values);
        }
    }
}
