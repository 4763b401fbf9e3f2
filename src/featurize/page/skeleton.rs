//! The bare structure of a page: which block stands in which element, which are made alike.
//!
//! It is all that the second pass needs of a page beside rows of numbers, and holds no word.

use crate::document::html::NO_ELEMENT;

/// How many groups around a block are looked at.
pub(in crate::featurize) const GROUPS: usize = 4;

/// A block as the structure knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bone {
    /// The innermost element around it, or [`NO_ELEMENT`].
    pub element: u32,
    /// Number of the blocks that are made like it, from 0 in the order of the page.
    pub signature: u32,
    /// Letters; one of a script without spaces counts as three.
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
        let signatures = bones.iter().map(|bone| bone.signature as usize + 1).max().unwrap_or(0);
        Some(Self { parents, bones, blocks, signatures })
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
        let (mut found, mut at, mut blocks) = (0, self.bones[block].element, 1);
        while at != NO_ELEMENT && found < GROUPS {
            let here = self.blocks[at as usize];
            if here > blocks {
                blocks = here;
                groups[found] = at;
                found += 1;
            }
            at = self.parents[at as usize];
        }
        groups
    }

    /// Elements between `outer` and what stands in `element`; `None` outside of it.
    pub(super) fn below(&self, element: u32, outer: u32) -> Option<u32> {
        let (mut at, mut steps) = (element, 0);
        while at != outer {
            // An element stands before all that it holds.
            if at == NO_ELEMENT || outer == NO_ELEMENT || at < outer {
                return None;
            }
            at = self.parents[at as usize];
            steps += 1;
        }
        (at != NO_ELEMENT).then_some(steps)
    }
}
