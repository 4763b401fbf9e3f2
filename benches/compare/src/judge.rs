//! The one judge of all tools: how well an extraction agrees with the text that people chose.
//!
//! Words are what Python's `\w+` finds in the text in lower case. Bag F1 takes precision and recall
//! over words with their numbers, whatever their order; shingle F1 does so over runs of four words.
//! If both sides are empty, F1 is 1; if one is, 0.

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::sync::LazyLock;

use regex::Regex;

/// Words in a shingle.
const SHINGLE: usize = 4;

/// Letters, numbers and the underscore: `\w` of the regex crate also takes combining marks, which
/// Python's does not.
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is right"));

fn hash<T: std::hash::Hash + ?Sized>(value: &T) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}

/// A text as the judge sees it.
#[derive(Debug)]
pub struct Words {
    /// Hashes of its words, in order.
    words: Vec<u64>,
    /// The same, sorted.
    bag: Vec<u64>,
    /// Hashes of its runs of [`SHINGLE`] words, sorted.
    shingles: Vec<u64>,
}

impl Words {
    /// Reads a text.
    pub fn new(text: &str) -> Self {
        let lower = text.to_lowercase();
        let words: Vec<u64> = WORD.find_iter(&lower).map(|word| hash(word.as_str())).collect();
        let mut bag = words.clone();
        bag.sort_unstable();
        let mut shingles: Vec<u64> = words.windows(SHINGLE).map(hash).collect();
        shingles.sort_unstable();
        Self { words, bag, shingles }
    }

    /// Word-bag F1 with another text.
    pub fn bag_f1(&self, other: &Self) -> f64 {
        f1(&self.bag, &other.bag)
    }

    /// Shingle F1 with another text.
    pub fn shingle_f1(&self, other: &Self) -> f64 {
        f1(&self.shingles, &other.shingles)
    }

    /// Whether the words of `piece` stand in this text in a row. Empty pieces stand everywhere.
    pub fn holds(&self, piece: &Self) -> bool {
        piece.words.is_empty() || self.words.windows(piece.words.len()).any(|w| w == piece.words)
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Harmonic mean of precision and recall of two sorted bags.
fn f1(a: &[u64], b: &[u64]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    2.0 * common as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_what_a_hand_works_out() {
        let f1 = |a: &str, b: &str| {
            let (a, b) = (Words::new(a), Words::new(b));
            assert_eq!(a.bag_f1(&b).to_bits(), b.bag_f1(&a).to_bits());
            (a.bag_f1(&b), a.shingle_f1(&b))
        };
        assert_eq!(f1("", " -- "), (1.0, 1.0));
        assert_eq!(f1("a b c d", ""), (0.0, 0.0));
        assert_eq!(f1("The cat, the dog.", "the CAT the dog"), (1.0, 1.0));
        // Three of four words on one side and of six on the other; no run of four.
        assert_eq!(f1("a a b c", "a b c x y z"), (0.6, 0.0));
        // `a` twice on both sides; one run of four of 1 and of 2.
        assert_eq!(f1("a a b c", "a a b c d"), (8.0 / 9.0, 2.0 / 3.0));
    }

    #[test]
    fn words_are_those_of_python() {
        // A combining acute accent ends a word in Python, and so here.
        let n = |text: &str| Words::new(text).words.len();
        assert_eq!((n("don't"), n("snake_case 2nd"), n("cafe\u{301}s"), n("½ x²")), (2, 2, 2, 2));
    }

    #[test]
    fn pieces_are_found_as_runs_of_words() {
        let text = Words::new("One two, three. Four");
        assert!(text.holds(&Words::new("TWO – three")) && text.holds(&Words::new("")));
        assert!(!text.holds(&Words::new("two four")) && !text.holds(&Words::new("thre")));
        assert!(!Words::new("").holds(&Words::new("a")));
    }
}
