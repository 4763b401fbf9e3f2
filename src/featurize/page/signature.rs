//! Blocks that are made alike: a list of teasers, a menu, the paragraphs of an article.

use std::collections::HashMap;

use super::element::Sums;
use super::shape::Shape;
use crate::document::html::{Block, NO_ELEMENT, Page};
use crate::kernel::seeded::Seeded;
use crate::kernel::table::{WORD_SEED, join};

/// Elements around a block that make its signature.
const LEVELS: usize = 6;
/// Of these, the innermost ones count with the words of their attributes.
const WITH_WORDS: usize = 3;

/// What the blocks with a block's signature have in common, the block itself included.
pub(super) struct Signatures {
    /// Number of each block's signature.
    of: Vec<u32>,
    sums: Vec<Sums>,
}

impl Signatures {
    pub(super) fn new(page: &Page, shapes: &[Shape]) -> Self {
        let mut numbers: HashMap<u64, u32, Seeded> = HashMap::default();
        let mut sums: Vec<Sums> = Vec::new();
        let mut of = Vec::with_capacity(page.blocks.len());
        for (block, shape) in page.blocks.iter().zip(shapes) {
            let number = *numbers.entry(signature(page, block)).or_insert_with(|| {
                sums.push(Sums::default());
                sums.len() as u32 - 1
            });
            sums[number as usize].add(&Sums::of(shape));
            of.push(number);
        }
        Self { of, sums }
    }

    /// Number of different signatures.
    pub(super) fn len(&self) -> usize {
        self.sums.len()
    }

    /// The number of a block's signature, from 0.
    pub(super) fn number(&self, block: usize) -> usize {
        self.of[block] as usize
    }

    /// Sums over all blocks with a block's signature.
    pub(super) fn sums(&self, block: usize) -> &Sums {
        &self.sums[self.number(block)]
    }
}

fn signature(page: &Page, block: &Block) -> u64 {
    let (mut key, mut at) = (WORD_SEED, block.element);
    for level in 0..LEVELS {
        if at == NO_ELEMENT {
            break;
        }
        let element = &page.elements[at as usize];
        key = join(key, element.tag as u64 + 1);
        if level < WITH_WORDS {
            key = page.words[element.words.clone()].iter().fold(key, |key, &word| join(key, word));
        }
        at = element.parent;
    }
    key
}
