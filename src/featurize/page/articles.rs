//! Which of several articles on one page a block belongs to.

use crate::document::html::{NO_ELEMENT, Page, Tag};

use super::element::Sums;

/// Prose of this many letters makes an `article` element more than a teaser.
const ARTICLE_LETTERS: u32 = 500;

/// The outermost `article` elements of a page.
pub(super) struct Articles {
    /// The outermost article around each element; [`NO_ELEMENT`] for none.
    outermost: Vec<u32>,
    /// The one that the title stands in, and the one with most prose.
    title: u32,
    largest: u32,
    /// How many hold more than a teaser.
    pub(super) long: u32,
    /// Number of each block's `h1` in the page's order; 0 before the first.
    h1s: Vec<u32>,
    title_h1: u32,
}

/// What of it concerns one block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct InArticle {
    pub(super) in_title: bool,
    pub(super) in_other: bool,
    pub(super) in_largest: bool,
    /// `h1` elements between the title and it.
    pub(super) h1s_since_title: u32,
}

impl Articles {
    pub(super) fn new(page: &Page, sums: &[Sums], title: Option<usize>) -> Self {
        let mut outermost = Vec::with_capacity(page.elements.len());
        for (index, element) in page.elements.iter().enumerate() {
            let around = outermost.get(element.parent as usize).copied().unwrap_or(NO_ELEMENT);
            let own = if element.tag == Tag::Article { index as u32 } else { NO_ELEMENT };
            outermost.push(if around == NO_ELEMENT { own } else { around });
        }
        let prose = |at: &u32| sums[*at as usize].prose_letters;
        let tops: Vec<u32> = (0u32..)
            .zip(&outermost)
            .filter_map(|(index, &at)| (index == at).then_some(at))
            .collect();
        let of = |element: u32| outermost.get(element as usize).copied().unwrap_or(NO_ELEMENT);
        let mut h1s = Vec::with_capacity(page.blocks.len());
        let mut seen = 0;
        for block in &page.blocks {
            seen += u32::from(page.element(block).is_some_and(|e| e.tag == Tag::H1));
            h1s.push(seen);
        }
        Self {
            title: title.map_or(NO_ELEMENT, |block| of(page.blocks[block].element)),
            largest: tops.iter().rev().copied().max_by_key(prose).unwrap_or(NO_ELEMENT),
            long: tops.iter().filter(|at| prose(at) >= ARTICLE_LETTERS).count() as u32,
            title_h1: title.map_or(0, |block| h1s[block]),
            outermost,
            h1s,
        }
    }

    pub(super) fn of(&self, block: usize, element: u32) -> InArticle {
        let own = self.outermost.get(element as usize).copied().unwrap_or(NO_ELEMENT);
        let is = |other: u32| own != NO_ELEMENT && own == other;
        InArticle {
            in_title: is(self.title),
            in_other: own != NO_ELEMENT && self.title != NO_ELEMENT && own != self.title,
            in_largest: is(self.largest),
            h1s_since_title: self.h1s[block].saturating_sub(self.title_h1),
        }
    }
}
