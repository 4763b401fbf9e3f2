//! Does a probability of .9 come true nine times in ten? Reliability in 15 equal bins and the
//! expected calibration error.

use serde::Serialize;

use super::figure::ratio;

/// Number of bins, each 1/15 wide.
pub const BINS: usize = 15;

/// How well a probability keeps its word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Cases.
    pub n: u64,
    /// Expected calibration error, 0..=1: the mean over all cases of the gap between a bin's mean
    /// probability and its share of cases that came true; `None` without cases.
    pub ece: Option<f64>,
    /// All 15 bins, lowest first.
    pub bins: Vec<ReliabilityBin>,
}

/// The cases whose probability lies in `low..high`; the last bin holds 1 too.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// The bin's number, counted from 1.
    pub bin: usize,
    /// Lower end, within the bin.
    pub low: f64,
    /// Upper end, outside the bin unless it is 1.
    pub high: f64,
    /// Cases.
    pub n: u64,
    /// Mean probability of the cases; `None` without cases.
    pub mean_confidence: Option<f64>,
    /// Share of the cases that came true; `None` without cases.
    pub right_ratio: Option<f64>,
}

impl Calibration {
    /// Measures pairs of a probability, in 0..=1, and whether it came true.
    pub(crate) fn new(cases: impl Iterator<Item = (f32, bool)>) -> Self {
        let mut counts = [(0_u64, 0_u64); BINS];
        let mut sums = [0.0_f64; BINS];
        for (confidence, came_true) in cases {
            let confidence = f64::from(confidence);
            // A cast of a float saturates, so that 1 lands one past the last bin and no lower.
            let bin = ((confidence * BINS as f64) as usize).min(BINS - 1);
            counts[bin].0 += 1;
            counts[bin].1 += u64::from(came_true);
            sums[bin] += confidence;
        }
        let n = counts.iter().map(|c| c.0).sum();
        let mut gaps = 0.0;
        let bins = (0..BINS).map(|i| {
            let (cases, right) = counts[i];
            gaps += (sums[i] - right as f64).abs();
            ReliabilityBin {
                bin: i + 1,
                low: i as f64 / BINS as f64,
                high: (i + 1) as f64 / BINS as f64,
                n: cases,
                mean_confidence: (cases > 0).then(|| sums[i] / cases as f64),
                right_ratio: ratio(right, cases),
            }
        });
        let bins = bins.collect();
        Self { n, ece: (n > 0).then(|| gaps / n as f64), bins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_agrees_with_a_hand_calculation() {
        // Bin 14 (.8667 to .9333): .875 twice, one came true: gap .375, two cases.
        // Bin 8 (.4667 to .5333): .5 once, came true: gap .5, one case.
        // Bin 15: 1 once, came true: gap 0.
        let cases = [(0.875, true), (0.5, true), (0.875, false), (1.0, true)];
        let found = Calibration::new(cases.into_iter());
        assert_eq!(found.n, 4);
        assert!((found.ece.unwrap() - (2.0 * 0.375 + 0.5) / 4.0).abs() < 1e-12);
        let filled: Vec<_> = found.bins.iter().filter(|b| b.n > 0).collect();
        assert_eq!(
            filled.iter().map(|b| (b.bin, b.n)).collect::<Vec<_>>(),
            [(8, 1), (14, 2), (15, 1)]
        );
        assert_eq!(filled[1].mean_confidence, Some(0.875));
        assert_eq!(filled[1].right_ratio, Some(0.5));
    }

    #[test]
    fn the_ends_fall_into_the_first_and_last_bin() {
        let found = Calibration::new([(0.0, false), (1.0, true)].into_iter());
        assert_eq!((found.bins[0].n, found.bins[14].n), (1, 1));
        assert_eq!(found.ece, Some(0.0));
        assert_eq!((found.bins[0].low, found.bins[14].high), (0.0, 1.0));
    }

    #[test]
    fn no_cases_give_no_error() {
        let found = Calibration::new(std::iter::empty());
        assert_eq!((found.n, found.ece, found.bins.len()), (0, None, BINS));
        assert_eq!(found.bins[3].mean_confidence, None);
    }
}
