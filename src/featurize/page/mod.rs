//! Blocks of web pages to rows of features: what text gives, and what markup gives.
//!
//! In: a [`Page`] and two tables of cues, one of words in the text and one of words in class names
//! and their like. Out: rows as [`super::schema`] names them.

mod articles;
mod blocks;
mod cues;
mod element;
mod hints;
pub(super) mod markup;
mod rows;
mod shape;
mod signature;
pub mod skeleton;
mod standing;
mod stored;
pub(super) mod structure;
mod wording;

pub use blocks::Blocks;
pub use cues::near_words;
pub(super) use rows::PageRows;
pub use rows::PageStanding;
pub use stored::{StoredBlocks, columns as stored_columns};

use crate::document::html::{Page, Tag};
use articles::Articles;
use element::{Sums, main_element, sums};
use hints::Hints;
use markup::{PageSums, Place};
use shape::Shape;
use signature::Signatures;
use skeleton::{Bone, OUTSIDE, Skeleton};
use standing::Standing;

/// Number of columns that a block's markup, its standing and its page fill.
pub(super) fn markup_len() -> usize {
    markup::FEATURES.len() + markup::PAGE_FEATURES.len()
}

/// What the features of a page's blocks are made of, apart from their words.
pub(super) struct Layout<'a> {
    page: &'a Page,
    shapes: Vec<Shape>,
    sums: Vec<Sums>,
    skeleton: Skeleton,
    signatures: Signatures,
    standings: Vec<Standing>,
    /// Elements between each and the main element; [`OUTSIDE`] outside of it.
    below_main: Vec<u32>,
    page_sums: PageSums,
    /// The columns that are the same for all blocks.
    page_columns: Vec<f32>,
    hints: Hints,
    articles: Articles,
}

impl<'a> Layout<'a> {
    /// Gathers what is known of a page; time and memory are linear in its blocks and elements.
    pub(super) fn new(page: &'a Page) -> Self {
        let shapes: Vec<Shape> = page.blocks.iter().map(|block| Shape::of(page, block)).collect();
        let (sums, all) = sums(page, &shapes);
        let main = main_element(&sums, &all);
        let signatures = Signatures::new(page, &shapes);
        let skeleton = skeleton(page, &shapes, &signatures);
        let metadata = page.metadata();
        let (title_shares, shares) = wording::compare(page, metadata);
        let (standings, title) =
            standing::standings(page, metadata.title_block, &title_shares, &shapes);
        let kind = metadata.kind.as_ref().map(|kind| &*kind.value);
        let hints = Hints::new(shares, kind, &shapes, &signatures);
        let articles = Articles::new(page, &sums, title);
        let below_main = skeleton.below(main);
        let page_sums = PageSums {
            main: sums.get(main as usize).copied().unwrap_or(all),
            has_title_block: title.is_some(),
            has_body: hints.has_body(),
            body_complete: hints.body_complete,
            kind: hints.kind,
            long_articles: articles.long,
            ..PageSums::of(page, &shapes, &signatures, all)
        };
        let mut page_columns = vec![0.0; markup::PAGE_FEATURES.len()];
        markup::fill_page(&page_sums, &mut page_columns);
        Self {
            page,
            shapes,
            sums,
            skeleton,
            signatures,
            standings,
            below_main,
            page_sums,
            page_columns,
            hints,
            articles,
        }
    }

    /// Number of blocks.
    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Fills the columns of a block's markup and standing, then those of the page.
    pub(super) fn fill(&self, index: usize, row: &mut [f32]) {
        let (own, page) = row.split_at_mut(markup::FEATURES.len());
        markup::fill(&self.place(index), own);
        page.copy_from_slice(&self.page_columns);
    }

    fn sums_of(&self, element: u32) -> Sums {
        self.sums.get(element as usize).copied().unwrap_or_default()
    }

    fn place(&self, index: usize) -> Place<'_> {
        let block = &self.page.blocks[index];
        let element = self.page.element(block);
        let parent = element.and_then(|e| self.page.elements.get(e.parent as usize));
        let standing = &self.standings[index];
        let around = |i: Option<usize>| i.and_then(|i| self.shapes.get(i)).copied();
        let alike = |i: Option<usize>| {
            i.filter(|&i| i < self.len())
                .is_some_and(|i| self.signatures.number(i) == self.signatures.number(index))
        };
        let below_main = self.below_main.get(block.element as usize).copied();
        let below_main = below_main.filter(|&steps| steps != OUTSIDE);
        Place {
            shape: &self.shapes[index],
            tag: element.map_or(Tag::Body, |e| e.tag),
            parent_tag: parent.map_or(Tag::Html, |e| e.tag),
            enclosing: self.page.enclosing(block),
            depth: element.map_or(0, |e| e.depth),
            groups: self.skeleton.groups(index).map(|group| self.sums_of(group)),
            alike: self.signatures.sums(index),
            page: &self.page_sums,
            in_main: below_main.is_some(),
            below_main: below_main.unwrap_or(0),
            standing,
            in_body: self.hints.in_body(index),
            in_description: self.hints.in_description(index),
            article: self.articles.of(index, block.element),
            previous: around(index.checked_sub(1)).unwrap_or_default(),
            next: around(Some(index + 1)).unwrap_or_default(),
            like_previous: alike(index.checked_sub(1)),
            like_next: alike(Some(index + 1)),
        }
    }

    /// The bare structure of the page.
    pub(super) fn skeleton(&self) -> &Skeleton {
        &self.skeleton
    }
}

fn skeleton(page: &Page, shapes: &[Shape], signatures: &Signatures) -> Skeleton {
    let parents = page.elements.iter().map(|element| element.parent).collect();
    let bones = page.blocks.iter().zip(shapes).enumerate().map(|(index, (block, shape))| Bone {
        element: block.element,
        signature: signatures.number(index) as u32,
        letters: shape.letters,
        link_letters: shape.link_letters,
        is_heading: shape.is_heading,
    });
    Skeleton::new(parents, bones.collect()).expect("the reader lists an element after its parent")
}
