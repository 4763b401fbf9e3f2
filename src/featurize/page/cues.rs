//! Words of class names and their like that speak for or against labels.

use std::ops::Range;

use crate::document::html::{NO_ELEMENT, Page};
use crate::kernel::LANES;
use crate::kernel::table::{NO_WEIGHTS, join};
use crate::label::Label;

use super::super::cues::Cues;

/// Sums of cue weights, one a lane.
pub(super) type Lanes = [f32; LANES];

/// How much less the words of an element say than those of the one within it.
const FADE: f32 = 0.8;

/// Elements whose words are near a block, from the innermost.
const NEAR: usize = 2;

/// Columns that a block's markup cues fill: those of what is near, then those further out.
pub(in crate::featurize) const COLUMNS: usize = 2 * Label::COUNT;

/// What the words of attributes around each block say: those of its inline elements and the
/// innermost elements, and those further out, which count less the further.
pub(super) struct MarkupCues<'a> {
    page: &'a Page,
    /// The weights of each element's own words, and of its and all around it, fading.
    own: Vec<Lanes>,
    chain: Vec<Lanes>,
    /// The weights of the words of each block's inline elements.
    inline: Vec<Lanes>,
}

impl<'a> MarkupCues<'a> {
    pub(super) fn new(page: &'a Page, cues: &Cues) -> Self {
        let words = |range: &Range<usize>| sum(&page.words[range.clone()], cues);
        let own: Vec<Lanes> = page.elements.iter().map(|e| words(&e.words)).collect();
        let mut chain = own.clone();
        for (index, element) in page.elements.iter().enumerate() {
            scale(&mut chain[index], element.words.len());
            if element.parent != NO_ELEMENT {
                let parent = chain[element.parent as usize];
                add(&mut chain[index], &parent, FADE);
            }
        }
        let inline = page.blocks.iter().map(|block| words(&block.words)).collect();
        Self { page, own, chain, inline }
    }

    /// Fills the columns of a block.
    pub(super) fn fill(&self, index: usize, row: &mut [f32]) {
        let block = &self.page.blocks[index];
        let (mut lanes, mut words) = (self.inline[index], block.words.len());
        let mut outer = block.element;
        for at in near(self.page, block.element) {
            let element = &self.page.elements[at as usize];
            add(&mut lanes, &self.own[at as usize], 1.0);
            words += element.words.len();
            outer = element.parent;
        }
        scale(&mut lanes, words);
        let (near, far) = row.split_at_mut(Label::COUNT);
        near.copy_from_slice(&lanes[..Label::COUNT]);
        match self.chain.get(outer as usize) {
            Some(lanes) => far.copy_from_slice(&lanes[..Label::COUNT]),
            None => far.fill(0.0),
        }
    }
}

/// The elements that are near a block in `element`.
fn near(page: &Page, element: u32) -> impl Iterator<Item = u32> {
    let outwards = |&at: &u32| page.elements.get(at as usize).map(|element| element.parent);
    std::iter::successors(Some(element), outwards).take_while(|&at| at != NO_ELEMENT).take(NEAR)
}

/// The words that are near a block, as hashes, those of each element by themselves: what markup
/// cues are learned from.
#[must_use]
pub fn near_words(page: &Page, block: usize) -> Vec<&[u64]> {
    let block = &page.blocks[block];
    let elements = near(page, block.element).map(|at| &page.elements[at as usize].words);
    [&block.words].into_iter().chain(elements).map(|words| &page.words[words.clone()]).collect()
}

fn add(lanes: &mut Lanes, other: &Lanes, factor: f32) {
    lanes.iter_mut().zip(other).for_each(|(lane, other)| *lane += factor * other);
}

/// Sums count the less the more words they are of, as those of cues in text do.
fn scale(lanes: &mut Lanes, words: usize) {
    let root = ((words + 3) as f32).sqrt();
    lanes.iter_mut().for_each(|lane| *lane /= root);
}

/// The weights of all words, pairs and triples of words.
fn sum(words: &[u64], cues: &Cues) -> Lanes {
    let mut lanes = [0.0; LANES];
    let table = cues.table();
    let mut take = |key: u64| {
        if let Some(entry) = table.get(key).filter(|e| e.row != NO_WEIGHTS) {
            add(&mut lanes, table.weights(entry.row), 1.0);
        }
    };
    words.iter().for_each(|&word| take(word));
    words.windows(2).for_each(|pair| take(join(pair[0], pair[1])));
    words.windows(3).for_each(|three| take(join(join(three[0], three[1]), three[2])));
    lanes
}
