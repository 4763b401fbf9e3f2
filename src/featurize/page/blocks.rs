//! The blocks of one page, scanned.

use super::super::cues::Cues;
use super::super::{BLOCK, Faded, Paragraphs, Probabilities, Surroundings};
use super::cues::MarkupCues;
use super::rows::PageRows;
use super::skeleton::Skeleton;
use super::{Layout, markup_len};
use crate::document::html::Page;

/// The blocks of one page.
pub struct Blocks<'a> {
    pub(super) paragraphs: Paragraphs<'a>,
    layout: Layout<'a>,
    /// The columns of markup, row by row, of a page of at most [`BLOCK`] blocks: both passes need
    /// them. Of a longer page they are made twice, which costs time for the few that would else
    /// cost memory.
    markup: Vec<f32>,
    cues: MarkupCues<'a>,
}

impl<'a> Blocks<'a> {
    /// Scans the blocks of a page with cues of its text and of its markup.
    #[must_use]
    pub fn new(page: &'a Page, cues: &'a Cues, markup_cues: &Cues) -> Self {
        let texts = page.blocks.iter().map(|block| page.block_text(block)).collect();
        let layout = Layout::new(page);
        let n_kept = if layout.len() <= BLOCK { layout.len() } else { 0 };
        let mut markup = vec![0.0; n_kept * markup_len()];
        for (index, row) in markup.chunks_exact_mut(markup_len()).enumerate() {
            layout.fill(index, row);
        }
        Self {
            paragraphs: Paragraphs::new(texts, cues),
            layout,
            markup,
            cues: MarkupCues::new(page, markup_cues),
        }
    }

    /// Number of blocks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layout.len()
    }

    /// Whether the page has no block.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl PageRows for Blocks<'_> {
    fn skeleton(&self) -> &Skeleton {
        self.layout.skeleton()
    }

    fn fill_first_text(&self, index: usize, row: &mut [f32]) {
        self.paragraphs.first_row(index, row);
    }

    fn surroundings(&self, probabilities: Vec<Probabilities>) -> Surroundings {
        self.paragraphs.surroundings(probabilities)
    }

    fn fill_second_text(
        &self,
        index: usize,
        surroundings: &Surroundings,
        faded: &Faded,
        row: &mut [f32],
    ) {
        self.paragraphs.second_row(index, surroundings, faded, row);
    }

    fn fill_markup(&self, index: usize, row: &mut [f32]) {
        match self.markup.chunks_exact(markup_len()).nth(index) {
            Some(kept) => row.copy_from_slice(kept),
            None => self.layout.fill(index, row),
        }
    }

    fn fill_cues(&self, index: usize, row: &mut [f32]) {
        self.cues.fill(index, row);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::FeatureMatrix;
    use super::super::{StoredBlocks, stored_columns};
    use super::*;
    use crate::document::html::read_page;
    use crate::featurize::cues::{Cue, Place};
    use crate::featurize::schema;
    use crate::label::Label;

    const PAGE: &str = "<title>Ferry stays - Harbour Post</title><meta name=description content='The \
        council voted to keep the ferry.'><nav class=site-menu><a href=/>Home</a></nav><article><h1>\
        Ferry stays</h1><p class=standfirst>The council voted to keep the ferry.</p><p>Nobody in the \
        harbour had expected so many boats that morning, and the mayor said so.</p></article>\
        <ul class=related><li><a href=/b>Bridge closed</a><li><a href=/c>Boats for sale</a></ul>";

    fn cues() -> Cues {
        let mut weights = [0.0; Label::COUNT];
        weights[Label::Navigation.index()] = 2.0;
        Cues::new(vec![Cue { text: "site menu".into(), place: Place::Any, weights }])
    }

    fn value(matrix: &FeatureMatrix, row: usize, name: &str) -> f32 {
        let columns = schema::page_first_pass();
        let column = columns.iter().position(|f| f.name == name).expect(name);
        matrix.view()[(row, column)]
    }

    #[test]
    fn columns_hold_what_the_schema_says() {
        let (page, text) = (read_page(PAGE), Cues::default());
        let blocks = Blocks::new(&page, &text, &cues());
        let mut matrix = FeatureMatrix::new();
        blocks.first_rows(0..blocks.len(), &mut matrix);
        assert_eq!(blocks.len(), 6);
        for (row, name, expected) in [
            (0, "in_nav", 1.0),
            (0, "all_link", 1.0),
            (0, "before_title", 1.0),
            (1, "tag_h1", 1.0),
            (1, "is_title", 1.0),
            (2, "in_description", 1.0),
            (2, "in_title_article", 1.0),
            (3, "html_prose", 1.0),
            (3, "in_main", 1.0),
            (4, "tag_li", 1.0),
            (4, "in_article", 0.0),
            (4, "like_next_made", 1.0),
            (5, "no_prose_after", 1.0),
            (5, "page_has_h1", 1.0),
        ] {
            assert_eq!(value(&matrix, row, name), expected, "{name} of block {row}");
        }
        // Two words in one element, three of nothing, and none elsewhere.
        let near = value(&matrix, 0, "markup_near:navigation");
        assert!((near - 2.0 / 5f32.sqrt()).abs() < 1e-6, "{near}");
        assert_eq!(value(&matrix, 1, "markup_near:navigation"), 0.0);
    }

    /// Rows of a page, of its stored numbers, and of a page too long for its rows to be kept.
    #[test]
    fn rows_are_the_same_however_they_come_about() {
        let (page, text, markup) = (read_page(PAGE), Cues::default(), cues());
        let blocks = Blocks::new(&page, &text, &markup);
        let stored = StoredBlocks::of(&blocks);
        let values: Vec<f32> = (0..stored.len()).flat_map(|index| stored.row(index)).collect();
        assert_eq!(values.len(), stored.len() * stored_columns().len());
        let skeleton = blocks.skeleton().clone();
        let again = StoredBlocks::from_values(skeleton.clone(), &values);
        assert_eq!(again.as_ref(), Some(&stored));
        assert_eq!(StoredBlocks::from_values(skeleton, &values[1..]), None);
        let unkept = Blocks { markup: Vec::new(), ..Blocks::new(&page, &text, &markup) };
        let mut probabilities = vec![[0.0; Label::COUNT]; blocks.len()];
        probabilities[3][Label::Body.index()] = 0.9;
        let [mut a, mut b] = [FeatureMatrix::new(), FeatureMatrix::new()];
        blocks.first_rows(1..5, &mut a);
        stored.first_rows(1..5, &mut b);
        assert!(a.rows().eq(b.rows()));
        unkept.first_rows(1..5, &mut b);
        assert!(a.rows().eq(b.rows()));
        blocks.second_rows(0..6, &blocks.standing(probabilities.clone()), &mut a);
        stored.second_rows(0..6, &stored.standing(probabilities.clone()), &mut b);
        assert!(a.rows().eq(b.rows()));
        unkept.second_rows(0..6, &unkept.standing(probabilities), &mut b);
        assert!(a.rows().eq(b.rows()));
        let columns = schema::page_second_pass();
        let column = columns.iter().position(|f| f.name == "next_content").unwrap();
        assert!(a.view()[(2, column)] > 2.0 && a.view()[(1, column)] < -5.0);
    }
}
