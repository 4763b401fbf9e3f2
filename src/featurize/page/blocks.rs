//! The blocks of one page, scanned.

use std::ops::Range;

use super::super::cues::Cues;
use super::super::{FeatureMatrix, Paragraphs, context, schema};
use super::cues::MarkupCues;
use super::rows::PageRows;
use super::skeleton::Skeleton;
use super::{Layout, markup_len};
use crate::document::html::Page;

/// The blocks of one page.
pub struct Blocks<'a> {
    paragraphs: Paragraphs<'a>,
    places: Vec<context::Place>,
    layout: Layout<'a>,
    cues: MarkupCues<'a>,
}

impl<'a> Blocks<'a> {
    /// Scans the blocks of a page with cues of its text and of its markup.
    #[must_use]
    pub fn new(page: &'a Page, cues: &'a Cues, markup_cues: &Cues) -> Self {
        let texts = page.blocks.iter().map(|block| page.block_text(block)).collect();
        let paragraphs = Paragraphs::new(texts, cues);
        Self {
            places: paragraphs.places(),
            paragraphs,
            layout: Layout::new(page),
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

    fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix) {
        matrix.reshape(range.len(), schema::page_first_pass_len());
        let text = |row| split_text(row).0;
        self.paragraphs.fill_first_rows(range.clone(), matrix.rows_mut().map(text));
        for (index, row) in range.zip(matrix.rows_mut()) {
            let (_, rest) = split_text(row);
            let (place, rest) = rest.split_at_mut(context::FEATURES.len());
            let (markup, cues) = rest.split_at_mut(markup_len());
            context::fill(&self.places[index], place);
            self.layout.fill(index, markup);
            self.cues.fill(index, cues);
        }
    }
}

/// A row's columns of text, and the others.
fn split_text(row: &mut [f32]) -> (&mut [f32], &mut [f32]) {
    row.split_at_mut(schema::first_pass_len())
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

    /// Rows of a page, and of its stored numbers.
    #[test]
    fn rows_are_the_same_however_they_come_about() {
        let (page, text, markup) = (read_page(PAGE), Cues::default(), cues());
        let blocks = Blocks::new(&page, &text, &markup);
        let stored = StoredBlocks::of(&blocks);
        let values: Vec<f32> = stored.rows().flatten().copied().collect();
        assert_eq!(values.len(), stored.len() * stored_columns().len());
        let skeleton = blocks.skeleton().clone();
        let again = StoredBlocks::from_values(skeleton.clone(), values.clone());
        assert_eq!(again.as_ref(), Some(&stored));
        assert_eq!(StoredBlocks::from_values(skeleton, values[1..].to_vec()), None);
        let mut probabilities = vec![[0.0; Label::COUNT]; blocks.len()];
        probabilities[3][Label::Body.index()] = 0.9;
        let [mut a, mut b] = [FeatureMatrix::new(), FeatureMatrix::new()];
        blocks.first_rows(1..5, &mut a);
        stored.first_rows(1..5, &mut b);
        assert!(a.rows().eq(b.rows()));
        blocks.second_rows(0..6, &blocks.standing(probabilities.clone()), &mut a);
        stored.second_rows(0..6, &stored.standing(probabilities), &mut b);
        assert!(a.rows().eq(b.rows()));
        let columns = schema::page_second_pass();
        let column = columns.iter().position(|f| f.name == "next_content").unwrap();
        assert!(a.view()[(2, column)] > 2.0 && a.view()[(1, column)] < -5.0);
    }
}
