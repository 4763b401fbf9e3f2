//! Rows of a page's blocks, at hand or stored: what both have in common.

use std::ops::Range;

use super::super::fading::Fading;
use super::super::{FeatureMatrix, Probabilities, schema};
use super::skeleton::Skeleton;
use super::structure::Judged;
use crate::label::Label;

/// What the first pass made of a page: by the order of its blocks, and by its structure.
pub struct PageStanding {
    around: Fading,
    structure: Judged,
}

/// A page that gives rows.
pub(in crate::featurize) trait PageRows {
    /// The bare structure of the page.
    fn skeleton(&self) -> &Skeleton;
    /// Fills `matrix` with the first pass's rows of a range of blocks.
    fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix);

    /// What the first pass made of the page.
    ///
    /// # Panics
    /// If there is not one entry in `probabilities` for each block.
    fn standing(&self, probabilities: Vec<Probabilities>) -> PageStanding {
        assert_eq!(probabilities.len(), self.skeleton().len());
        let content = |p: &Probabilities| p[Label::Body.index()] + p[Label::Heading.index()];
        let structure = Judged::new(self.skeleton(), probabilities.iter().map(content).collect());
        PageStanding { structure, around: Fading::of_page(probabilities) }
    }

    /// Fills `matrix` with the second pass's rows of a range of blocks.
    fn second_rows(
        &self,
        range: Range<usize>,
        standing: &PageStanding,
        matrix: &mut FeatureMatrix,
    ) {
        matrix.reshape(range.len(), schema::page_second_pass_len());
        let faded = standing.around.faded(range.clone());
        for (index, row) in range.zip(matrix.rows_mut()) {
            let (around, structure) = row.split_at_mut(schema::around_len());
            standing.around.fill(index, &faded, around);
            standing.structure.fill(self.skeleton(), index, structure);
        }
    }
}
