//! Every column against what its meaning says, counted block by block.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::skeleton::tests::{held, outwards, skeletons};
use super::*;

/// A tree, and the probability of content of each of its blocks: in eighths, so that sums of letters
/// are exact in any order.
fn pages() -> impl Strategy<Value = (Skeleton, Vec<f32>)> {
    skeletons().prop_flat_map(|skeleton| {
        let n = skeleton.len();
        let eighths = prop::collection::vec(0_u8..=8, n);
        let content = eighths.prop_map(|all| all.into_iter().map(|p| f32::from(p) / 8.0).collect());
        (Just(skeleton), content)
    })
}

/// A page without sums: each is taken anew over the blocks it is of.
struct Naive<'a> {
    skeleton: &'a Skeleton,
    content: &'a [f32],
}

impl Naive<'_> {
    fn n(&self) -> usize {
        self.content.len()
    }

    fn letters(&self, block: usize) -> f64 {
        f64::from(self.skeleton.bones()[block].letters)
    }

    fn is_heading(&self, block: usize) -> bool {
        self.skeleton.bones()[block].is_heading
    }

    /// Expected letters of content in these blocks, and all letters.
    fn sum(&self, blocks: impl IntoIterator<Item = usize>) -> (f64, f64) {
        blocks.into_iter().fold((0.0, 0.0), |(content, letters), block| {
            let own = self.letters(block);
            (content + f64::from(self.content[block]) * own, letters + own)
        })
    }

    /// A sum over blocks of which each counts 0.6 of the one before, from the nearest on.
    fn fading(&self, blocks: impl IntoIterator<Item = usize>) -> (f64, f64) {
        let faded = blocks.into_iter().zip(0..).map(|(block, steps)| {
            let (content, letters) = self.sum([block]);
            (content * 0.6_f64.powi(steps), letters * 0.6_f64.powi(steps))
        });
        faded.fold((0.0, 0.0), |sum, next| (sum.0 + next.0, sum.1 + next.1))
    }

    /// The blocks of an element, but for one.
    fn beside(&self, element: u32, block: usize) -> Vec<usize> {
        held(self.skeleton, element).into_iter().filter(|&other| other != block).collect()
    }

    /// The blocks from the last heading up to a block to the one before the next heading.
    fn section(&self, block: usize) -> Vec<usize> {
        let begins = |&at: &usize| self.is_heading(at);
        let start = (0..=block).rev().find(begins).unwrap_or(0);
        let end = (block + 1..self.n()).find(begins).unwrap_or(self.n());
        (start..end).collect()
    }

    /// The last element of the page that holds seven tenths of its content.
    fn content_element(&self) -> Option<u32> {
        let (all, _) = self.sum(0..self.n());
        let elements = (0..self.skeleton.parents().len() as u32).rev();
        let mut holding =
            elements.filter(|&at| 10.0 * self.sum(held(self.skeleton, at)).0 >= 7.0 * all);
        if all > 0.0 { holding.next() } else { None }
    }

    fn is_content(&self, block: usize) -> bool {
        self.content[block] > 0.5
    }

    /// The columns of the groups around a block, by name.
    fn group_columns(&self, block: usize) -> BTreeMap<String, f64> {
        let (all, _) = self.sum(0..self.n());
        let groups = self.skeleton.groups(block).into_iter().zip(1..);
        let columns = groups.flat_map(|(group, number)| {
            let sum = self.sum(self.beside(group, block));
            let of_page = sum.0 / all.max(1.0);
            [
                (format!("group{number}_content"), mean(sum)),
                (format!("group{number}_of_content"), of_page),
            ]
        });
        columns.collect()
    }

    /// The columns of a block, by name.
    fn columns(&self, block: usize) -> BTreeMap<String, f64> {
        let n = self.n();
        let bone = &self.skeleton.bones()[block];
        let all = self.sum(0..n);
        let share = |(content, _): (f64, f64)| content / all.0.max(1.0);
        let at = |i: Option<usize>| i.filter(|&i| i < n).map_or(0.0, |i| self.content[i].into());
        let own = odds(self.content[block].into());
        let alike: Vec<usize> =
            (0..n).filter(|&i| self.skeleton.bones()[i].signature == bone.signature).collect();
        let alike_beside = self.sum(alike.iter().copied().filter(|&i| i != block));
        let beside = self.section(block).into_iter().filter(|&i| i != block);
        let section = mean(self.sum(beside));
        let (previous, next) = (odds(at(block.checked_sub(1))), odds(at(Some(block + 1))));
        let above = mean(self.fading((0..block).rev()));
        let below = mean(self.fading(block + 1..n));
        let before = share(self.sum(0..block));
        let since = (0..block).rev().find(|&i| self.is_content(i)).map_or(n, |i| block - i);
        let until = (block + 1..n).find(|&i| self.is_content(i)).map_or(n, |i| i - block);
        let element = self.content_element();
        let walk = outwards(self.skeleton, bone.element);
        let under = element.and_then(|e| walk.iter().position(|&at| at == e));
        let of_element = element.map_or(all, |e| self.sum(held(self.skeleton, e)));
        let links = f64::from(bone.link_letters) / f64::from(bone.letters.max(1));
        let when = |holds: bool, value: f64| if holds { value } else { 0.0 };
        let count = |n: usize| (1.0 + n as f64).ln();
        let mut columns = self.group_columns(block);
        let named = [
            ("content", own),
            ("content_short", when(bone.letters < 40, own)),
            ("content_links", links * own),
            ("alike_content", mean(alike_beside)),
            ("alike_content_many", when(alike.len() > 4, mean(alike_beside))),
            ("alike_of_content", share(alike_beside)),
            ("section_content", section),
            ("section_content_heading", when(bone.is_heading, section)),
            ("previous_content", previous),
            ("next_content", next),
            ("between_content", previous.min(next)),
            ("above_content", above),
            ("below_content", below),
            ("amid_content", above.min(below)),
            ("content_before", before),
            ("content_first", when((before as f32) < 0.05, 1.0)),
            ("content_last", when((before as f32) > 0.95, 1.0)),
            ("since_content", count(since)),
            ("until_content", count(until)),
            ("in_content", when(under.is_some(), 1.0)),
            ("under_content", under.map_or(0.0, count)),
            ("content_element", mean(of_element)),
            ("content_element_in", when(under.is_some(), mean(of_element))),
            ("page_content", mean(all)),
            ("page_content_letters", (1.0 + all.0).ln()),
        ];
        columns.extend(named.map(|(name, value)| (name.to_owned(), value)));
        columns
    }
}

/// Log-odds, no farther out than those of .003.
fn odds(p: f64) -> f64 {
    let p = p.clamp(0.003, 0.997);
    (p / (1.0 - p)).ln()
}

/// Log-odds of a share of content, to which five letters of content and five others are added.
fn mean((content, letters): (f64, f64)) -> f64 {
    odds((content + 5.0) / (letters + 10.0))
}

fn check(skeleton: &Skeleton, content: &[f32]) -> Result<(), TestCaseError> {
    let judged = Judged::new(skeleton, content.to_vec());
    let naive = Naive { skeleton, content };
    for block in 0..skeleton.len() {
        let mut row = vec![f32::NAN; FEATURES.len()];
        judged.fill(skeleton, block, &mut row);
        let mut expected = naive.columns(block);
        for (feature, value) in FEATURES.iter().zip(row) {
            let expected = expected.remove(feature.name);
            let expected = expected.unwrap_or_else(|| panic!("no twin of {}", feature.name));
            let is_near = (f64::from(value) - expected).abs() < 1e-4;
            prop_assert!(
                is_near,
                "block {}: {} = {}, expected {}",
                block,
                feature.name,
                value,
                expected
            );
        }
        prop_assert!(expected.is_empty(), "no such columns: {:?}", expected.keys());
    }
    Ok(())
}

proptest! {
    #[test]
    fn columns_are_sums_over_the_blocks_that_they_are_of((skeleton, content) in pages()) {
        check(&skeleton, &content)?;
    }
}

/// Trees that chance gives seldom: a chain, no element at all, nothing that is content.
#[test]
fn pages_at_the_edges_have_the_columns_of_others() {
    let bone = |element, index: u32| super::super::skeleton::Bone {
        element,
        signature: index % 2,
        letters: 100 * index,
        link_letters: index,
        is_heading: index % 3 == 1,
    };
    let chain = (0..9).map(|index: u32| index.wrapping_sub(1)).collect();
    let chain = Skeleton::new(chain, (0..9).map(|index| bone(index, index)).collect()).unwrap();
    let flat = (0..9).map(|index| bone(NO_ELEMENT, index)).collect();
    let flat = Skeleton::new(Vec::new(), flat).unwrap();
    for skeleton in [chain, flat] {
        for content in [[0.0; 9], [1.0; 9], [0.0, 0.0, 0.0, 1.0, 0.5, 1.0, 0.0, 0.0, 0.0]] {
            check(&skeleton, &content).unwrap();
        }
    }
}
