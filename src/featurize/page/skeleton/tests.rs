//! The quick sums against walks from every block to the root.

use proptest::prelude::*;

use super::*;

/// Trees of up to 14 elements with up to 14 blocks. A place in the tree is drawn as a number that
/// its range is laid over, 0 for no element.
pub(in super::super) fn skeletons() -> impl Strategy<Value = Skeleton> {
    let bone = (0_u32..1000, 0_u32..5, 0_u32..60, any::<bool>());
    let parents = prop::collection::vec(0_u32..1000, 0..14);
    (parents, prop::collection::vec(bone, 0..14)).prop_map(|(parents, bones)| {
        let within = |drawn: u32, n: usize| (drawn % (n as u32 + 1)).wrapping_sub(1);
        let parents: Vec<u32> =
            parents.into_iter().enumerate().map(|(i, d)| within(d, i)).collect();
        let bone = |(element, signature, letters, is_heading): (u32, u32, u32, bool)| Bone {
            element: within(element, parents.len()),
            signature,
            letters,
            link_letters: letters / 3,
            is_heading,
        };
        let bones = bones.into_iter().map(bone).collect();
        Skeleton::new(parents, bones).expect("every element stands after its parent")
    })
}

/// The element itself and all around it, from the innermost.
pub(in super::super) fn outwards(skeleton: &Skeleton, element: u32) -> Vec<u32> {
    let around = |&at: &u32| Some(skeleton.parents()[at as usize]).filter(|&at| at != NO_ELEMENT);
    let first = Some(element).filter(|&at| at != NO_ELEMENT);
    std::iter::successors(first, around).collect()
}

/// The blocks that stand in an element, however deep.
pub(in super::super) fn held(skeleton: &Skeleton, element: u32) -> Vec<usize> {
    let bones = skeleton.bones().iter().enumerate();
    let held = bones.filter(|(_, bone)| outwards(skeleton, bone.element).contains(&element));
    held.map(|(index, _)| index).collect()
}

proptest! {
    #[test]
    fn groups_hold_more_blocks_each(skeleton in skeletons()) {
        for (index, bone) in skeleton.bones().iter().enumerate() {
            // Every block stands in a group of one: itself.
            let (mut groups, mut most) = (Vec::new(), 1);
            for element in outwards(&skeleton, bone.element) {
                let blocks = held(&skeleton, element).len();
                if blocks > most {
                    groups.push(element);
                    most = blocks;
                }
            }
            groups.resize(GROUPS.max(groups.len()), NO_ELEMENT);
            prop_assert_eq!(&skeleton.groups(index)[..], &groups[..GROUPS], "block {}", index);
        }
    }

    #[test]
    fn steps_are_those_of_a_walk_outwards(skeleton in skeletons()) {
        let n = skeleton.parents().len() as u32;
        for outer in (0..n).chain([NO_ELEMENT]) {
            let steps = |element: u32| {
                let walk = outwards(&skeleton, element);
                walk.iter().position(|&at| at == outer).map_or(OUTSIDE, |steps| steps as u32)
            };
            prop_assert_eq!(skeleton.below(outer), (0..n).map(steps).collect::<Vec<_>>());
        }
    }
}

#[test]
fn an_element_that_is_not_there_or_stands_behind_is_refused() {
    let bone =
        |element| Bone { element, signature: 0, letters: 1, link_letters: 0, is_heading: false };
    assert!(Skeleton::new(vec![NO_ELEMENT, 0], vec![bone(1), bone(NO_ELEMENT)]).is_some());
    assert!(Skeleton::new(vec![NO_ELEMENT], vec![bone(1)]).is_none());
    assert!(Skeleton::new(vec![0], Vec::new()).is_none());
    assert!(Skeleton::new(vec![1, NO_ELEMENT], Vec::new()).is_none());
}
