//! Words of class names and their like that speak for or against labels.

use std::ops::Range;

use crate::document::html::{NO_ELEMENT, Page};
use crate::kernel::LANES;
use crate::kernel::table::join;
use crate::label::Label;

use super::super::cues::Cues;

/// Sums of cue weights, one a lane.
pub(super) type Lanes = [f32; LANES];

/// How much less the words of an element say than those of the one within it.
const FADE: f32 = 0.8;

/// Elements whose words are near a block, from the innermost.
const NEAR: usize = 2;

/// What the words of attributes around each block say: those of its inline elements and the
/// innermost elements, and those further out, which count less the further.
///
/// Elements are made alike by the hundred, so that sums are kept once each and named by number.
pub(super) struct MarkupCues<'a> {
    page: &'a Page,
    sums: Sums,
    /// The number of the sum of each element's own words, and of its and all around it, fading.
    own: Vec<u32>,
    chain: Vec<u32>,
    /// The number of the sum of the words of each block's inline elements.
    inline: Vec<u32>,
}

impl<'a> MarkupCues<'a> {
    pub(super) fn new(page: &'a Page, cues: &Cues) -> Self {
        let mut sums = Sums::new();
        let mut own = Vec::with_capacity(page.elements.len());
        let mut chain: Vec<u32> = Vec::with_capacity(page.elements.len());
        for element in &page.elements {
            let words = sums.of_words(&page.words, &element.words, cues);
            let around = chain.get(element.parent as usize).copied().unwrap_or(NOTHING);
            own.push(words);
            chain.push(sums.faded(words, element.words.len(), around));
        }
        let inline = page.blocks.iter();
        let inline = inline.map(|block| sums.of_words(&page.words, &block.words, cues)).collect();
        Self { page, sums, own, chain, inline }
    }

    /// Fills the columns of a block: those of what is near, then those of what is further out.
    pub(super) fn fill(&self, index: usize, row: &mut [f32]) {
        let block = &self.page.blocks[index];
        let (mut lanes, mut words) = (self.sums.lanes(self.inline[index]), block.words.len());
        let mut outer = block.element;
        for at in near(self.page, block.element) {
            let element = &self.page.elements[at as usize];
            let own = self.own[at as usize];
            if own != NOTHING {
                add(&mut lanes, &self.sums.lanes(own), 1.0);
            }
            words += element.words.len();
            outer = element.parent;
        }
        scale(&mut lanes, words);
        let (near, far) = row.split_at_mut(Label::COUNT);
        near.copy_from_slice(&lanes[..Label::COUNT]);
        let outer = self.chain.get(outer as usize).copied().unwrap_or(NOTHING);
        far.copy_from_slice(&self.sums.lanes(outer)[..Label::COUNT]);
    }
}

/// The number of the sum of no words.
const NOTHING: u32 = 0;

/// Sums that were made lately are found again in so many places.
const LATELY: usize = 512;

/// Sums of cue weights, by number.
struct Sums {
    lanes: Vec<Lanes>,
    /// Words with the number of their sum, each in the place that their hash names.
    words: Vec<(Range<usize>, u32)>,
    /// Own sum, own words and the sum around with the number of what they make together.
    faded: Vec<([u32; 3], u32)>,
}

impl Sums {
    fn new() -> Self {
        Self {
            lanes: vec![[0.0; LANES]],
            words: vec![(0..0, NOTHING); LATELY],
            faded: vec![([NOTHING; 3], NOTHING); LATELY],
        }
    }

    fn lanes(&self, number: u32) -> Lanes {
        self.lanes[number as usize]
    }

    fn push(&mut self, lanes: Lanes) -> u32 {
        if lanes == [0.0; LANES] {
            return NOTHING;
        }
        self.lanes.push(lanes);
        self.lanes.len() as u32 - 1
    }

    /// The sum of the words in a range.
    fn of_words(&mut self, all: &[u64], range: &Range<usize>, cues: &Cues) -> u32 {
        let words = &all[range.clone()];
        let Some(&first) = words.first() else { return NOTHING };
        let place = (words.iter().copied().fold(first, join) >> 32) as usize % LATELY;
        let (known, number) = &self.words[place];
        if all[known.clone()] == *words {
            return *number;
        }
        let number = self.push(sum(words, cues));
        self.words[place] = (range.clone(), number);
        number
    }

    /// The sum of an element's own words, of which there are `n_words`, and what is left of the
    /// sum around it.
    fn faded(&mut self, own: u32, n_words: usize, around: u32) -> u32 {
        if own == NOTHING && around == NOTHING {
            return NOTHING;
        }
        // Nothing stays nothing, by however many words it is divided.
        let key = [own, if own == NOTHING { 0 } else { n_words as u32 }, around];
        let place = (own ^ around.wrapping_mul(7)) as usize % LATELY;
        let (known, number) = self.faded[place];
        if known == key {
            return number;
        }
        let mut lanes = self.lanes(own);
        scale(&mut lanes, n_words);
        add(&mut lanes, &self.lanes(around), FADE);
        let number = self.push(lanes);
        self.faded[place] = (key, number);
        number
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
        if let Some(weights) = table.cue(key) {
            add(&mut lanes, &weights, 1.0);
        }
    };
    words.iter().for_each(|&word| take(word));
    words.windows(2).for_each(|pair| take(join(pair[0], pair[1])));
    words.windows(3).for_each(|three| take(join(join(three[0], three[1]), three[2])));
    lanes
}

#[cfg(test)]
mod tests;
