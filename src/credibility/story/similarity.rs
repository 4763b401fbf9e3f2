//! How alike two runs of tokens are, by the definitions of the signals across articles.
//!
//! The ratio is that of Ratcliff and Obershelp as Python's `difflib.SequenceMatcher` computes it
//! with `autojunk` off: 2M / T, where T is the number of tokens of both runs, and M those in
//! matching blocks: the longest run that both hold, and likewise to its left and to its right.
//! Where several are longest, the block found depends on which run is called the first, so the
//! greater ratio of both orders is taken, which makes it symmetric.

use super::tokens::{Token, in_common, shingles};

/// Tokens of a run for the overlap of runs.
const RUN: usize = 3;

/// The similarity of two runs of tokens, 0..=1; 1 where both are empty.
///
/// Takes at most the product of both lengths times the number of blocks: for sentences.
#[must_use]
pub fn ratio(a: &[Token], b: &[Token]) -> f64 {
    let total = a.len() + b.len();
    if total == 0 || a == b {
        return 1.0;
    }
    let matched = Blocks::new(b.len()).matched(a, b).max(Blocks::new(a.len()).matched(b, a));
    2.0 * matched as f64 / total as f64
}

/// [`ratio`] where it may reach `least`; `None` where it cannot, which is cheaper to see.
#[must_use]
pub fn ratio_of_at_least(a: &[Token], b: &[Token], least: f64) -> Option<f64> {
    let total = (a.len() + b.len()) as f64;
    let bound = |matched: usize| 2.0 * matched as f64 >= least * total;
    if !bound(a.len().min(b.len())) || !bound(in_common(a.to_vec(), b.to_vec())) {
        return None;
    }
    Some(ratio(a, b)).filter(|&ratio| ratio >= least)
}

/// The longest run that both hold: where it begins in each, its length (0 if there is none).
#[must_use]
pub fn longest_block(a: &[Token], b: &[Token]) -> (usize, usize, usize) {
    Blocks::new(b.len()).longest(a, b)
}

/// The share of the smaller set of distinct tokens that is in the other, 0..=1; 0 where it is empty.
#[must_use]
pub fn containment(a: &[Token], b: &[Token]) -> f64 {
    shared_of_smaller(distinct(a.iter().copied()), distinct(b.iter().copied()))
}

/// The share of the smaller set of runs of three tokens that is in the other, 0..=1; 0 where it is
/// empty.
#[must_use]
pub fn run_overlap(a: &[Token], b: &[Token]) -> f64 {
    shared_of_smaller(distinct(shingles(a, RUN)), distinct(shingles(b, RUN)))
}

fn distinct(keys: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut keys: Vec<_> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn shared_of_smaller(a: Vec<u64>, b: Vec<u64>) -> f64 {
    let smaller = a.len().min(b.len());
    if smaller == 0 { 0.0 } else { in_common(a, b) as f64 / smaller as f64 }
}

/// Lengths of the runs that end at each place of the second side, for this token of the first and
/// the one before.
struct Blocks {
    before: Vec<u32>,
    here: Vec<u32>,
}

impl Blocks {
    fn new(len: usize) -> Self {
        Self { before: vec![0; len + 1], here: vec![0; len + 1] }
    }

    /// The tokens in matching blocks.
    fn matched(&mut self, a: &[Token], b: &[Token]) -> usize {
        let mut matched = 0;
        let mut open = vec![(a, b)];
        while let Some((a, b)) = open.pop() {
            let (i, j, n) = self.longest(a, b);
            if n > 0 {
                matched += n;
                open.push((&a[..i], &b[..j]));
                open.push((&a[i + n..], &b[j + n..]));
            }
        }
        matched
    }

    /// The longest run that both hold: where it begins in each, its length. Of several, the one that
    /// ends first in `a`, then in `b`.
    fn longest(&mut self, a: &[Token], b: &[Token]) -> (usize, usize, usize) {
        let mut longest = (0, 0, 0);
        self.before[..=b.len()].fill(0);
        for (i, token) in a.iter().enumerate() {
            for (j, other) in b.iter().enumerate() {
                let n = if token == other { self.before[j] + 1 } else { 0 };
                self.here[j + 1] = n;
                let n = n as usize;
                if n > longest.2 {
                    longest = (i + 1 - n, j + 1 - n, n);
                }
            }
            std::mem::swap(&mut self.before, &mut self.here);
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;
    use proptest::prelude::*;

    /// `difflib` by its definition: the longest block, then both sides of it.
    fn naive_matched(a: &[Token], b: &[Token]) -> usize {
        let mut longest = (0, 0, 0);
        for i in 0..a.len() {
            for j in 0..b.len() {
                let n = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
                if n > longest.2 {
                    longest = (i, j, n);
                }
            }
        }
        let (i, j, n) = longest;
        if n == 0 {
            return 0;
        }
        n + naive_matched(&a[..i], &b[..j]) + naive_matched(&a[i + n..], &b[j + n..])
    }

    fn runs() -> impl Strategy<Value = (Vec<Token>, Vec<Token>)> {
        let run = || proptest::collection::vec(0_u64..5, 0..14);
        (run(), run())
    }

    /// Figures of Python 3.12: `SequenceMatcher(None, a.split(), b.split(), autojunk=False)`.
    #[test]
    fn ratios_are_those_of_python() {
        for (a, b, expected) in [
            ("the ferry sank off the cape", "the ferry sank near the cape", 10.0 / 12.0),
            ("a b c d e f g h", "e f g h a b c d", 0.5),
            ("one two three", "four five", 0.0),
            ("x", "x", 1.0),
            ("", "", 1.0),
            ("", "x", 0.0),
        ] {
            assert!((ratio(&tokens(a), &tokens(b)) - expected).abs() < 1e-12, "{a} / {b}");
        }
    }

    #[test]
    fn containment_and_overlap_are_shares_of_the_smaller_set() {
        let (a, b) = (tokens("the old mill the mill burned"), tokens("the mill burned down"));
        assert!((containment(&a, &b) - 0.75).abs() < 1e-12);
        assert!((run_overlap(&a, &b) - 0.5).abs() < 1e-12);
        assert_eq!(containment(&[], &b), 0.0);
        assert_eq!(run_overlap(&a, &tokens("mill burned")), 0.0);
    }

    proptest! {
        #[test]
        fn the_ratio_is_that_of_the_definition((a, b) in runs()) {
            let total = a.len() + b.len();
            let naive = if total == 0 { 1.0 } else {
                2.0 * naive_matched(&a, &b).max(naive_matched(&b, &a)) as f64 / total as f64
            };
            prop_assert!((ratio(&a, &b) - naive).abs() < 1e-12);
        }

        #[test]
        fn all_are_symmetric_and_one_of_a_run_with_itself((a, b) in runs()) {
            prop_assert_eq!(ratio(&a, &b), ratio(&b, &a));
            prop_assert_eq!(containment(&a, &b), containment(&b, &a));
            prop_assert_eq!(run_overlap(&a, &b), run_overlap(&b, &a));
            prop_assert_eq!(ratio(&a, &a), 1.0);
            if !a.is_empty() { prop_assert_eq!(containment(&a, &a), 1.0); }
            if a.len() >= RUN { prop_assert_eq!(run_overlap(&a, &a), 1.0); }
        }

        #[test]
        fn the_bound_loses_nothing((a, b) in runs(), least in 0.0..1.0) {
            let full = ratio(&a, &b);
            prop_assert_eq!(ratio_of_at_least(&a, &b, least), (full >= least).then_some(full));
        }
    }
}
