//! 95 % percentile intervals by resampling documents.
//!
//! Paragraphs of one document err together, so documents are drawn, not paragraphs. Each document
//! comes as counts that are enough to compute every figure; a resample is then a sum of counts,
//! and 1,000 resamples of 1,000 documents cost a million such sums.

use std::ops::AddAssign;

/// Number of resamples.
pub const RESAMPLES: usize = 1_000;

/// Fewest documents for which an interval is given: a single one resampled is always itself, and
/// an interval of no width would claim a certainty that is not there.
pub const MIN_DOCUMENTS: usize = 2;

/// The interval holds the middle 95 % of the resamples.
const TAIL: f64 = 0.025;

const SEED: u64 = 0x736d_616c_6c70_7274;

/// A 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Intervals of `F` figures, each computed from the sum of the drawn documents' counts.
///
/// Resamples in which a figure is undefined are left out for that figure; where that is more than
/// half of them, or where there are fewer than [`MIN_DOCUMENTS`] documents, there is no interval.
/// The seed is fixed: equal input gives equal intervals.
pub(crate) fn intervals<C, const F: usize>(
    documents: &[C],
    figures: impl Fn(&C) -> [Option<f64>; F],
) -> [Option<Interval>; F]
where
    C: Default + for<'a> AddAssign<&'a C>,
{
    if documents.len() < MIN_DOCUMENTS {
        return [None; F];
    }
    let mut random = SplitMix64(SEED);
    let mut drawn: [Vec<f64>; F] = std::array::from_fn(|_| Vec::with_capacity(RESAMPLES));
    for _ in 0..RESAMPLES {
        let mut sum = C::default();
        for _ in 0..documents.len() {
            sum += &documents[random.below(documents.len())];
        }
        for (values, figure) in drawn.iter_mut().zip(figures(&sum)) {
            values.extend(figure);
        }
    }
    drawn.map(|mut values| {
        if values.len() * 2 < RESAMPLES {
            return None;
        }
        values.sort_unstable_by(f64::total_cmp);
        Some(Interval { low: quantile(&values, TAIL), high: quantile(&values, 1.0 - TAIL) })
    })
}

/// The `q` quantile of sorted, non-empty values, interpolated between neighbours.
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let place = q * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

/// Steele, Lea and Flood's SplitMix64: eight bytes of state, the same on every machine.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..n`. The bias of the multiplication is below `n / 2^64`.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Share {
        part: u64,
        whole: u64,
    }

    impl AddAssign<&Self> for Share {
        fn add_assign(&mut self, other: &Self) {
            self.part += other.part;
            self.whole += other.whole;
        }
    }

    fn interval(documents: &[(u64, u64)]) -> Option<Interval> {
        let documents: Vec<_> =
            documents.iter().map(|&(part, whole)| Share { part, whole }).collect();
        intervals(&documents, |s| [super::super::figure::ratio(s.part, s.whole)])[0]
    }

    #[test]
    fn the_generator_gives_the_published_numbers() {
        // Reference output for seed 1234567 of the authors' C program.
        let mut random = SplitMix64(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn two_opposite_documents_cover_everything() {
        // Both right, both wrong or one of each, with odds 1/4, 1/4, 1/2.
        assert_eq!(interval(&[(1, 1), (0, 1)]), Some(Interval { low: 0.0, high: 1.0 }));
    }

    #[test]
    fn the_interval_is_as_wide_as_the_binomial_says() {
        // 100 documents of one paragraph, half of them right: a standard error of .05, so the
        // interval is about .402 to .598; the steps are .01 wide.
        let documents: Vec<_> = (0..100).map(|i| (i % 2, 1)).collect();
        let found = interval(&documents).unwrap();
        assert!((found.low - 0.402).abs() < 0.0151, "{found:?}");
        assert!((found.high - 0.598).abs() < 0.0151, "{found:?}");
        assert_eq!(interval(&documents), Some(found));
    }

    #[test]
    fn no_interval_without_spread_or_definition() {
        assert_eq!(interval(&[]), None);
        assert_eq!(interval(&[(1, 2)]), None);
        assert_eq!(interval(&[(0, 0), (0, 0)]), None);
        assert_eq!(interval(&[(1, 1), (1, 1)]), Some(Interval { low: 1.0, high: 1.0 }));
    }

    #[test]
    fn quantiles_interpolate() {
        let values = [0.0, 1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&values, 0.5), 2.0);
        assert!((quantile(&values, 0.025) - 0.1).abs() < 1e-12);
        assert_eq!(quantile(&values, 1.0), 4.0);
        assert_eq!(quantile(&[7.0], 0.975), 7.0);
    }
}
