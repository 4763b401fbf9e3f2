//! What an extraction lost of gold and what it added, as runs of text.
//!
//! A unit (word or character) counts as kept where it lies in a run of a few units that both texts
//! hold; what lies between kept units is a run lost or added. As in the figures, a run in another
//! place is the same run, and a run that stands more often in one text than in the other is lost
//! or added as often as that. Time and memory grow with the length of the texts alone, however
//! unlike they are, which a diff in order does not promise.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;

use super::units::{Unit, hash};

/// Runs of a side that are listed at most.
pub const MAX_RUNS: usize = 3;
/// Characters of a run's text at most.
pub const MAX_RUN_CHARS: usize = 300;

/// Units in a row that both texts must hold: fewer are alike by chance.
const SAME_WORDS: usize = 4;
const SAME_CHARACTERS: usize = 5;

/// What was lost and what was added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Units of gold in runs that the extraction does not hold.
    pub lost_units: u64,
    /// Units of the extraction in runs that gold does not hold.
    pub added_units: u64,
    /// The longest runs lost, at most [`MAX_RUNS`], in the order of gold.
    pub lost: Vec<Run>,
    /// The longest runs added, at most [`MAX_RUNS`], in the order of the extraction.
    pub added: Vec<Run>,
}

/// A piece of text that the other text does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Its units: words, or characters where the page is compared by characters.
    pub units: u64,
    /// The text as it stands, at most its first [`MAX_RUN_CHARS`] characters.
    pub text: String,
    /// Whether the text goes on.
    pub text_cut: bool,
}

/// A text with its units as places and as numbers.
#[derive(Clone, Copy)]
pub(super) struct Cut<'a> {
    pub(super) text: &'a str,
    pub(super) places: &'a [Range<usize>],
    pub(super) hashes: &'a [u64],
}

impl Diff {
    pub(super) fn new(unit: Unit, gold: Cut<'_>, extracted: Cut<'_>) -> Self {
        let same = if unit == Unit::Words { SAME_WORDS } else { SAME_CHARACTERS };
        // A text shorter than that can still be found whole.
        let same = same.min(gold.hashes.len()).min(extracted.hashes.len());
        let (lost_units, lost) = gold.longest(&gold.runs_without(extracted, same));
        let (added_units, added) = extracted.longest(&extracted.runs_without(gold, same));
        Self { lost_units, added_units, lost, added }
    }
}

impl Cut<'_> {
    /// The runs, as ranges of units, that do not lie in `same` units in a row which `other` holds
    /// as often as this text up to there.
    fn runs_without(self, other: Self, same: usize) -> Vec<Range<usize>> {
        let n = self.hashes.len();
        if same == 0 {
            return if n == 0 { Vec::new() } else { vec![Range { start: 0, end: n }] };
        }
        let mut left = HashMap::<u64, usize>::new();
        for units in other.hashes.windows(same) {
            *left.entry(hash(units)).or_default() += 1;
        }
        let mut runs = Vec::new();
        let mut kept_to = 0;
        for (start, units) in self.hashes.windows(same).enumerate() {
            let Some(count) = left.get_mut(&hash(units)).filter(|count| **count > 0) else {
                continue;
            };
            *count -= 1;
            if start > kept_to {
                runs.push(kept_to..start);
            }
            kept_to = start + same;
        }
        if kept_to < n {
            runs.push(kept_to..n);
        }
        runs
    }

    /// The units of all runs, and the longest of them in their order.
    fn longest(self, runs: &[Range<usize>]) -> (u64, Vec<Run>) {
        let units = runs.iter().map(|run| run.len() as u64).sum();
        let mut places: Vec<usize> = (0..runs.len()).collect();
        places.sort_by_key(|&place| std::cmp::Reverse(runs[place].len()));
        places.truncate(MAX_RUNS);
        places.sort_unstable();
        (units, places.into_iter().map(|place| self.run(&runs[place])).collect())
    }

    fn run(self, run: &Range<usize>) -> Run {
        let text = &self.text[self.places[run.start].start..self.places[run.end - 1].end];
        let end = text.char_indices().nth(MAX_RUN_CHARS).map_or(text.len(), |(end, _)| end);
        Run { units: run.len() as u64, text: text[..end].to_owned(), text_cut: end < text.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::units::hashes;
    use super::*;
    use proptest::prelude::*;

    fn diff(gold: &str, extracted: &str) -> Diff {
        let unit = Unit::of(gold);
        let places = [gold, extracted].map(|text| unit.places(text));
        let hashes = [hashes(gold, &places[0]), hashes(extracted, &places[1])];
        let cut = |text, i: usize| Cut { text, places: &places[i], hashes: &hashes[i] };
        Diff::new(unit, cut(gold, 0), cut(extracted, 1))
    }

    fn texts(runs: &[Run]) -> Vec<(u64, &str)> {
        runs.iter().map(|run| (run.units, run.text.as_str())).collect()
    }

    #[test]
    fn runs_are_as_they_stand_in_the_texts() {
        let gold =
            "Ferry to stay\n\nThe board voted to keep the ferry.\nNobody spoke against it.\n";
        let extracted = "Home | News\nThe board voted to keep the ferry. Share this: Mail";
        let found = diff(gold, extracted);
        assert_eq!(texts(&found.lost), [(3, "Ferry to stay"), (4, "Nobody spoke against it")]);
        assert_eq!(texts(&found.added), [(2, "Home | News"), (3, "Share this: Mail")]);
        assert_eq!((found.lost_units, found.added_units), (7, 5));
    }

    #[test]
    fn what_moved_is_kept_and_what_is_repeated_is_added() {
        let (a, b) = ("the ferry stays for now", "nobody on the board objected");
        assert_eq!(diff(&format!("{a}. {b}."), &format!("{b}\n{a}")), Diff::default());
        let found = diff(a, &format!("{a} {a}"));
        assert_eq!((found.lost_units, texts(&found.added)), (0, vec![(5, a)]));
        let found = diff(&format!("{a} {a}"), a);
        assert_eq!((found.added_units, texts(&found.lost)), (0, vec![(5, a)]));
    }

    #[test]
    fn empty_and_short_texts() {
        assert_eq!(diff("", " … "), Diff::default());
        assert_eq!(texts(&diff("a b", "").lost), [(2, "a b")]);
        assert_eq!(texts(&diff("", "a, b").added), [(2, "a, b")]);
        let found = diff("Good day", "Home. Good day to you");
        assert_eq!((found.lost_units, texts(&found.added)), (0, vec![(1, "Home"), (2, "to you")]));
    }

    #[test]
    fn the_longest_runs_are_listed_in_order_and_cut() {
        let kept = "these four words stay";
        let runs = ["a1", "b1 b2 b3", "c1 c2", "d1 d2 d3 d4", "e1"];
        let gold = runs.map(|run| format!("{run} {kept} ")).concat();
        let found = diff(&gold, &format!("{kept} ").repeat(5));
        assert_eq!(found.lost_units, 11);
        assert_eq!(texts(&found.lost), [(3, "b1 b2 b3"), (2, "c1 c2"), (4, "d1 d2 d3 d4")]);
        let long = "é ".repeat(MAX_RUN_CHARS);
        let run = &diff(&long, "").lost[0];
        assert_eq!((run.text.chars().count(), run.text_cut), (MAX_RUN_CHARS, true));
        assert_eq!(run.units, MAX_RUN_CHARS as u64);
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_character() {
        let found = diff("新しい橋が、月曜日に開通した。", "新しい橋が開通した。広告");
        // Five characters in a row are kept, four are not.
        assert_eq!(texts(&found.lost), [(8, "月曜日に開通した")]);
        assert_eq!(texts(&found.added), [(6, "開通した。広告")]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is between two kept pieces is lost, and nothing of the kept pieces is.
        #[test]
        fn a_text_put_around_and_between_is_found(
            pieces in prop::collection::vec(prop::collection::vec(0_u32..1000, 1..9), 2..6),
        ) {
            let kept = |i: usize| format!("k{i}a k{i}b k{i}c k{i}d k{i}e");
            let noise = |piece: &Vec<u32>| {
                piece.iter().map(|n| format!("n{n}")).collect::<Vec<_>>().join(" ")
            };
            let gold: Vec<_> = (0..pieces.len()).map(kept).collect();
            let mixed: Vec<_> =
                pieces.iter().enumerate().map(|(i, p)| format!("{} {}", noise(p), kept(i))).collect();
            let found = diff(&gold.join(" "), &mixed.join(" "));
            let n: usize = pieces.iter().map(Vec::len).sum();
            prop_assert_eq!((found.lost_units, found.added_units), (0, n as u64));
            let listed: Vec<String> = found.added.iter().map(|run| run.text.clone()).collect();
            prop_assert!(listed.iter().all(|run| pieces.iter().any(|p| &noise(p) == run)));
            let longest = pieces.iter().map(Vec::len).max().unwrap_or_default() as u64;
            prop_assert!(found.added.iter().any(|run| run.units == longest));
        }
    }
}
