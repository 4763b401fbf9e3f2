//! Words of class names and their like that speak for or against labels.

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
pub(super) struct MarkupCues {
    near: Vec<Lanes>,
    far: Vec<Lanes>,
}

impl MarkupCues {
    pub(super) fn new(page: &Page, cues: &Cues) -> Self {
        let own: Vec<Lanes> =
            page.elements.iter().map(|e| sum(&page.words[e.words.clone()], cues)).collect();
        let mut chain: Vec<Lanes> = own.clone();
        for (lanes, element) in chain.iter_mut().zip(&page.elements) {
            scale(lanes, element.words.len());
        }
        for (index, element) in page.elements.iter().enumerate() {
            if element.parent != NO_ELEMENT {
                let parent = chain[element.parent as usize];
                add(&mut chain[index], &parent, FADE);
            }
        }
        let mut near = Vec::with_capacity(page.blocks.len());
        let mut far = Vec::with_capacity(page.blocks.len());
        for block in &page.blocks {
            let mut lanes = sum(&page.words[block.words.clone()], cues);
            let (mut at, mut words) = (block.element, block.words.len());
            for _ in 0..NEAR {
                if at != NO_ELEMENT {
                    add(&mut lanes, &own[at as usize], 1.0);
                    words += page.elements[at as usize].words.len();
                    at = page.elements[at as usize].parent;
                }
            }
            scale(&mut lanes, words);
            near.push(lanes);
            far.push(if at == NO_ELEMENT { [0.0; LANES] } else { chain[at as usize] });
        }
        Self { near, far }
    }

    /// Fills the columns of a block.
    pub(super) fn fill(&self, block: usize, row: &mut [f32]) {
        let (near, far) = row.split_at_mut(Label::COUNT);
        near.copy_from_slice(&self.near[block][..Label::COUNT]);
        far.copy_from_slice(&self.far[block][..Label::COUNT]);
    }
}

/// Sequences of words that are near a block, each of one element: what markup cues are learned
/// from. `word` gives the word of a hash.
#[must_use]
pub fn near_words(page: &Page, block: usize) -> Vec<&[u64]> {
    let block = &page.blocks[block];
    let mut near = vec![&page.words[block.words.clone()]];
    let mut at = block.element;
    for _ in 0..NEAR {
        if at != NO_ELEMENT {
            let element = &page.elements[at as usize];
            near.push(&page.words[element.words.clone()]);
            at = element.parent;
        }
    }
    near
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
