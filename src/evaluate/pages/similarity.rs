//! How much of two texts is the same: precision, recall and F1 over bags of words and over bags of
//! word runs.
//!
//! Order and place count for nothing in the first, and only within four words in the second. A bag
//! is lenient: two texts on the same subject share many words.

use serde::Serialize;

use super::units::{Unit, hash};

/// Words of a run.
const SHINGLE_WORDS: usize = 4;
/// Characters of a run where characters take the place of words.
const SHINGLE_CHARACTERS: usize = 3;

/// How an extraction compares with gold; all values are in 0..=1.
///
/// With `shared` the size of what two bags have in common: precision is `shared` by the size of the
/// extraction's, recall `shared` by the size of gold's, F1 their harmonic mean. Where both are empty
/// all three are 1, where one of them is, 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Similarity {
    /// Share of the extraction that is in gold.
    pub precision: f64,
    /// Share of gold that is in the extraction.
    pub recall: f64,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
}

/// The sizes of two bags and of what they have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Overlap {
    pub(super) gold: u64,
    pub(super) extracted: u64,
    pub(super) shared: u64,
}

impl Overlap {
    /// Compares two bags, each member a number.
    pub(super) fn of(mut gold: Vec<u64>, mut extracted: Vec<u64>) -> Self {
        gold.sort_unstable();
        extracted.sort_unstable();
        let (mut rest, mut shared) = (&extracted[..], 0);
        for &member in &gold {
            rest = &rest[rest.iter().take_while(|&&other| other < member).count()..];
            if rest.first() == Some(&member) {
                shared += 1;
                rest = &rest[1..];
            }
        }
        Self { gold: gold.len() as u64, extracted: extracted.len() as u64, shared }
    }

    pub(super) fn similarity(self) -> Similarity {
        let Self { gold, extracted, shared } = self;
        if gold == 0 || extracted == 0 {
            let value = f64::from(u8::from(gold == extracted));
            return Similarity { precision: value, recall: value, f1: value };
        }
        let share = |whole: u64| shared as f64 / whole as f64;
        // The harmonic mean, in a form that needs no word for 0 / 0.
        let f1 = 2.0 * shared as f64 / (gold + extracted) as f64;
        Similarity { precision: share(extracted), recall: share(gold), f1 }
    }
}

/// Compares words as bags and as bags of runs of four; of characters, only runs of three are
/// compared, which then stand for both.
pub(super) fn overlaps(unit: Unit, gold: &[u64], extracted: &[u64]) -> (Overlap, Overlap) {
    let by_runs = |length| Overlap::of(shingles(gold, length), shingles(extracted, length));
    match unit {
        Unit::Words => (Overlap::of(gold.to_vec(), extracted.to_vec()), by_runs(SHINGLE_WORDS)),
        Unit::Characters => {
            let overlap = by_runs(SHINGLE_CHARACTERS);
            (overlap, overlap)
        }
    }
}

/// Every run of `length` units. A text that is shorter is a run of its own, so that it is equal to
/// itself and to nothing else.
fn shingles(units: &[u64], length: usize) -> Vec<u64> {
    match units.len() {
        0 => Vec::new(),
        short if short < length => vec![hash(units)],
        _ => units.windows(length).map(hash).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::units::hashes;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn compare(gold: &str, extracted: &str) -> (Similarity, Similarity) {
        let unit = Unit::of(gold);
        let units = |text: &str| hashes(text, &unit.places(text));
        let (words, shingles) = overlaps(unit, &units(gold), &units(extracted));
        (words.similarity(), shingles.similarity())
    }

    #[track_caller]
    fn assert_near(found: Similarity, [precision, recall, f1]: [f64; 3]) {
        for (found, expected) in
            [(found.precision, precision), (found.recall, recall), (found.f1, f1)]
        {
            assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
        }
    }

    #[test]
    fn a_page_worked_out_by_hand() {
        // Gold: the x2, ferry x2, stays, for, now (7). Extraction: home, the x1, ferry x3, stays,
        // for, now (8). Shared: the, ferry, ferry, stays, for, now (6).
        let gold = "The ferry, the ferry stays for now.";
        let extracted = "HOME Ferry | the ferry: ferry stays for now";
        let (words, shingles) = compare(gold, extracted);
        assert_near(words, [6.0 / 8.0, 6.0 / 7.0, 12.0 / 15.0]);
        // Runs of gold: 4; of the extraction: 5; shared: "ferry stays for now" alone.
        assert_near(shingles, [1.0 / 5.0, 1.0 / 4.0, 2.0 / 9.0]);
    }

    #[test]
    fn empty_texts_are_equal_to_each_other_only() {
        for (gold, extracted, value) in [("", " … ", 1.0), ("", "a", 0.0), ("a", "", 0.0)] {
            let (words, shingles) = compare(gold, extracted);
            assert_near(words, [value; 3]);
            assert_near(shingles, [value; 3]);
        }
        let (words, shingles) = compare("a b", "c d");
        assert_near(words, [0.0; 3]);
        assert_near(shingles, [0.0; 3]);
    }

    #[test]
    fn short_texts_are_one_run() {
        assert_near(compare("Good day", "good day!").1, [1.0; 3]);
        assert_near(compare("Good day", "day good").1, [0.0; 3]);
        assert_near(compare("Good day", "day good").0, [1.0; 3]);
    }

    #[test]
    fn texts_without_spaces_are_compared_by_three_characters() {
        // Gold: 新しい, しい橋 (2). Extraction: 新しい, しい船 (2). As words, nothing is shared.
        let (words, shingles) = compare("新しい橋", "「新しい船」");
        assert_near(words, [0.5; 3]);
        assert_eq!(words, shingles);
        // Marks between characters do not count.
        assert_near(compare("新しい橋", "新し、い 橋").0, [1.0; 3]);
    }

    /// Members of a bag, counted one by one.
    fn naive(gold: &[u64], extracted: &[u64]) -> u64 {
        let mut counts = BTreeMap::<u64, u64>::new();
        extracted.iter().for_each(|&member| *counts.entry(member).or_default() += 1);
        let mut shared = 0;
        for member in gold {
            if let Some(count) = counts.get_mut(member).filter(|count| **count > 0) {
                *count -= 1;
                shared += 1;
            }
        }
        shared
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn overlap_is_as_counted_one_by_one(
            gold in prop::collection::vec(0_u64..8, 0..40),
            extracted in prop::collection::vec(0_u64..8, 0..40),
        ) {
            let overlap = Overlap::of(gold.clone(), extracted.clone());
            prop_assert_eq!(overlap.shared, naive(&gold, &extracted));
            let (there, back) =
                (overlap.similarity(), Overlap::of(extracted, gold).similarity());
            prop_assert_eq!((there.precision, there.recall), (back.recall, back.precision));
            prop_assert_eq!(there.f1, back.f1);
            let sum = there.precision + there.recall;
            if sum > 0.0 {
                prop_assert!((there.f1 - 2.0 * there.precision * there.recall / sum).abs() < 1e-12);
            }
            prop_assert!((0.0..=1.0).contains(&there.f1));
        }
    }
}
