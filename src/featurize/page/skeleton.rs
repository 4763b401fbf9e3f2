//! The bare structure of a page: which block stands in which element, which are made alike.
//!
//! It is all that the second pass needs of a page beside rows of numbers, and holds no word.

use crate::document::html::NO_ELEMENT;

/// No place in an element, see [`Skeleton::below`].
pub(super) const OUTSIDE: u32 = u32::MAX;

/// How many groups around a block are looked at.
pub(in crate::featurize) const GROUPS: usize = 4;

/// A block as the structure knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bone {
    /// The innermost element around it, or [`NO_ELEMENT`].
    pub element: u32,
    /// A number that blocks made alike share, from 0 in the order of the page.
    pub signature: u32,
    /// Letters; one of Han, kana or Hangul counts as three.
    pub letters: u32,
    /// Letters within links.
    pub link_letters: u32,
    /// Whether it is a heading.
    pub is_heading: bool,
}

/// The structure of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skeleton {
    /// The element around each element, which stands before it; or [`NO_ELEMENT`].
    parents: Vec<u32>,
    bones: Vec<Bone>,
    /// Blocks in each element.
    blocks: Vec<u32>,
    /// The innermost element around each that holds more blocks; or [`NO_ELEMENT`].
    wider: Vec<u32>,
    signatures: usize,
}

impl Skeleton {
    /// Takes the parents of the elements and the blocks. `None` where an element does not stand
    /// before what it holds.
    #[must_use]
    pub fn new(parents: Vec<u32>, bones: Vec<Bone>) -> Option<Self> {
        let is_before =
            |(index, &parent): (usize, &u32)| parent == NO_ELEMENT || (parent as usize) < index;
        let is_there =
            |bone: &Bone| bone.element == NO_ELEMENT || (bone.element as usize) < parents.len();
        if !parents.iter().enumerate().all(is_before) || !bones.iter().all(is_there) {
            return None;
        }
        let mut blocks = vec![0; parents.len()];
        for bone in &bones {
            if bone.element != NO_ELEMENT {
                blocks[bone.element as usize] += 1;
            }
        }
        for (index, &parent) in parents.iter().enumerate().rev() {
            if parent != NO_ELEMENT {
                blocks[parent as usize] += blocks[index];
            }
        }
        let wider = wider(&parents, &blocks);
        let signatures = bones.iter().map(|bone| bone.signature as usize + 1).max().unwrap_or(0);
        Some(Self { parents, bones, blocks, wider, signatures })
    }

    /// The element around each element, or [`NO_ELEMENT`].
    #[must_use]
    pub fn parents(&self) -> &[u32] {
        &self.parents
    }

    /// The blocks.
    #[must_use]
    pub fn bones(&self) -> &[Bone] {
        &self.bones
    }

    /// Number of blocks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bones.len()
    }

    /// Whether the page has no block.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bones.is_empty()
    }

    /// Number of different signatures.
    pub(super) fn signatures(&self) -> usize {
        self.signatures
    }

    /// The groups that a block stands in, from the innermost: the elements around it that hold more
    /// blocks than the one before. [`NO_ELEMENT`] where there are fewer.
    pub(super) fn groups(&self, block: usize) -> [u32; GROUPS] {
        let mut groups = [NO_ELEMENT; GROUPS];
        let outwards = |at: u32| self.wider.get(at as usize).copied().unwrap_or(NO_ELEMENT);
        let mut at = self.bones[block].element;
        if self.blocks.get(at as usize).is_none_or(|&blocks| blocks <= 1) {
            at = outwards(at);
        }
        for group in &mut groups {
            *group = at;
            at = outwards(at);
        }
        groups
    }

    /// For each element, the elements between it and `outer`, itself counted; [`OUTSIDE`] where it
    /// does not stand in `outer`.
    pub(super) fn below(&self, outer: u32) -> Vec<u32> {
        let mut steps: Vec<u32> = Vec::with_capacity(self.parents.len());
        // An element stands before all that it holds.
        for (index, &parent) in self.parents.iter().enumerate() {
            let around = steps.get(parent as usize).copied().unwrap_or(OUTSIDE);
            let own = if index as u32 == outer { 0 } else { OUTSIDE };
            steps.push(if around == OUTSIDE { own } else { around + 1 });
        }
        steps
    }
}

/// The innermost element around each that holds more blocks than it, in time linear in elements
/// however deep they stand.
fn wider(parents: &[u32], blocks: &[u32]) -> Vec<u32> {
    let mut wider: Vec<u32> = Vec::with_capacity(parents.len());
    for (index, &parent) in parents.iter().enumerate() {
        wider.push(match blocks.get(parent as usize) {
            None => NO_ELEMENT,
            Some(&around) if around > blocks[index] => parent,
            Some(_) => wider[parent as usize],
        });
    }
    wider
}

#[cfg(test)]
pub(super) mod tests;
