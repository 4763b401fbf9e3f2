//! What stands in each element of a page: sums over the blocks in it, however deep.

use super::super::own;
use super::shape::Shape;
use crate::document::html::{NO_ELEMENT, Page};

/// Sums over the blocks of an element or of a set of blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    /// Blocks.
    pub(super) blocks: u32,
    /// Letters, see [`Shape::letters`].
    pub(super) letters: u32,
    /// Letters within links.
    pub(super) link_letters: u32,
    /// Letters of running prose.
    pub(super) prose_letters: u32,
    /// Blocks of running prose.
    pub(super) prose_blocks: u32,
    /// Headings.
    pub(super) headings: u32,
    /// Images.
    pub(super) images: u32,
}

impl Sums {
    pub(super) fn of(shape: &Shape) -> Self {
        let prose = u32::from(shape.is_prose);
        Self {
            blocks: 1,
            letters: shape.letters,
            link_letters: shape.link_letters,
            prose_letters: prose * shape.letters,
            prose_blocks: prose,
            headings: u32::from(shape.is_heading),
            images: shape.images,
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.blocks += other.blocks;
        self.letters += other.letters;
        self.link_letters += other.link_letters;
        self.prose_letters += other.prose_letters;
        self.prose_blocks += other.prose_blocks;
        self.headings += other.headings;
        self.images += other.images;
    }

    /// Share of the letters that stand in links, 0..=1.
    pub(super) fn link_ratio(&self) -> f32 {
        ratio(self.link_letters, self.letters)
    }

    /// Share of the letters that stand in running prose, 0..=1.
    pub(super) fn prose_ratio(&self) -> f32 {
        ratio(self.prose_letters, self.letters)
    }
}

/// `part / whole` as a share, at most 1; 0 if there is nothing.
pub(super) fn ratio(part: u32, whole: u32) -> f32 {
    own::ratio(part, whole).min(1.0)
}

/// The sums of every element.
pub(super) fn sums(page: &Page, shapes: &[Shape]) -> (Vec<Sums>, Sums) {
    let mut sums = vec![Sums::default(); page.elements.len()];
    let mut all = Sums::default();
    for (block, shape) in page.blocks.iter().zip(shapes) {
        let own = Sums::of(shape);
        all.add(&own);
        if block.element != NO_ELEMENT {
            sums[block.element as usize].add(&own);
        }
    }
    // Every element stands after its parent.
    for index in (0..page.elements.len()).rev() {
        let parent = page.elements[index].parent;
        if parent != NO_ELEMENT {
            let own = sums[index];
            sums[parent as usize].add(&own);
        }
    }
    (sums, all)
}

/// The element that holds the page's prose: from the outermost element inwards, as long as one
/// child has most of it. [`NO_ELEMENT`] for a page without prose.
pub(super) fn main_element(sums: &[Sums], all: &Sums) -> u32 {
    // Three fifths: the article keeps it even where a long column of comments or teasers follows.
    let enough = |sum: &Sums| sum.prose_letters * 5 >= all.prose_letters * 3;
    if all.prose_letters == 0 {
        return NO_ELEMENT;
    }
    // An element stands after those around it, so the last one is the innermost.
    let found = sums.iter().rposition(enough);
    found.map_or(NO_ELEMENT, |index| index as u32)
}
