//! Which units of two articles are worth comparing: those that share a run of three words.
//!
//! Two runs of eight words that are four fifths the same, and two that share half of their runs of
//! three, have such a run in common, so that nothing is lost by looking at these pairs alone. The
//! time is that of the words of both, and of the pairs found.

use super::tokens::{Token, shingles};

/// Words of a run.
const RUN: usize = 3;
/// Pairs that a single run may lead to. One that stands more often in both articles than that is a
/// phrase that they repeat, and the units that share only it are not compared.
const MAX_PAIRS: usize = 1_000;

/// The runs of an article's units, to join those of other articles with.
#[derive(Debug, Default)]
pub struct Runs {
    /// Run and unit, ascending, each once.
    runs: Vec<(u64, u32)>,
}

impl Runs {
    /// The runs of units.
    pub fn of<'u>(units: impl Iterator<Item = &'u [Token]>) -> Self {
        let mut runs: Vec<_> = units
            .enumerate()
            .flat_map(|(n, unit)| shingles(unit, RUN).map(move |run| (run, n as u32)))
            .collect();
        runs.sort_unstable();
        runs.dedup();
        Self { runs }
    }

    /// The pairs of units of this and the other article that share a run, ascending, each once.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let (mut a, mut b) = (self.runs.as_slice(), other.runs.as_slice());
        while let (Some(&(run, _)), Some(&(other, _))) = (a.first(), b.first()) {
            if run < other {
                a = &a[1..];
            } else if other < run {
                b = &b[1..];
            } else {
                let (of_a, of_b) = (same(a, run), same(b, run));
                if of_a.len() * of_b.len() <= MAX_PAIRS {
                    let both = of_a.iter().flat_map(|a| of_b.iter().map(|b| (a.1, b.1)));
                    pairs.extend(both.map(|(a, b)| (a as usize, b as usize)));
                }
                (a, b) = (&a[of_a.len()..], &b[of_b.len()..]);
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

fn same(runs: &[(u64, u32)], run: u64) -> &[(u64, u32)] {
    &runs[..runs.partition_point(|&(other, _)| other == run)]
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn runs(units: &[&str]) -> Runs {
        let units: Vec<_> = units.iter().map(|unit| tokens(unit)).collect();
        Runs::of(units.iter().map(Vec::as_slice))
    }

    #[test]
    fn units_are_joined_by_a_run_of_three() {
        let a = runs(&["the old ferry sank", "nobody was hurt", "the old ferry"]);
        let b = runs(&["nobody was there", "an old ferry sank", "the old ferry"]);
        assert_eq!(a.joined(&b), [(0, 1), (0, 2), (2, 2)]);
        assert!(a.joined(&runs(&[])).is_empty());
    }

    #[test]
    fn what_both_repeat_many_times_stays_linear() {
        let many = vec!["again and again"; 10_000];
        assert!(runs(&many).joined(&runs(&many)).is_empty());
    }
}
