//! How often something holds, with an interval.

/// The standard normal's quantile for an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// Of fewer articles than this no rate is told.
pub const FEWEST: u64 = 10;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Those for which it holds.
    pub present: u64,
    /// Those for which it could be told.
    pub n: u64,
}

impl Rate {
    /// Counts one more.
    pub fn count(&mut self, holds: bool) {
        self.present += u64::from(holds);
        self.n += 1;
    }

    /// Counts those of another rate too.
    pub fn add(&mut self, other: Self) {
        self.present += other.present;
        self.n += other.n;
    }

    /// Without those of another rate, which are among these.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self { present: self.present - other.present, n: self.n - other.n }
    }

    /// Whether there are so few that a rate would say nothing.
    #[must_use]
    pub fn is_of_too_few(self) -> bool {
        self.n < FEWEST
    }

    /// The rate, 0..=1; `None` of none.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.n > 0).then(|| self.present as f64 / self.n as f64)
    }

    /// Wilson's score interval of 95 %, both ends 0..=1 (Wilson 1927); `None` of none.
    #[must_use]
    pub fn wilson(self) -> Option<(f64, f64)> {
        let (p, n) = (self.value()?, self.n as f64);
        let z2 = Z * Z;
        let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        // The last digits may lie on the wrong side of the rate.
        Some(((middle - half).clamp(0.0, p), (middle + half).clamp(p, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(present: u64, n: u64) -> Rate {
        Rate { present, n }
    }

    #[test]
    fn intervals_are_those_of_the_tables() {
        // Newcombe 1998, table I, method 3.
        for (present, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (found_low, found_high) = rate(present, n).wilson().unwrap();
            assert!((found_low - low).abs() < 5e-5 && (found_high - high).abs() < 5e-5);
        }
        assert_eq!(rate(0, 0).wilson(), None);
        assert!(rate(9, 9).is_of_too_few() && !rate(0, 10).is_of_too_few());
    }

    proptest! {
        #[test]
        fn the_ends_solve_the_score_equation(n in 1u64..5000, share in 0.0f64..=1.0) {
            let rate = rate((share * n as f64) as u64, n);
            let p = rate.value().unwrap();
            let (low, high) = rate.wilson().unwrap();
            prop_assert!((0.0..=p).contains(&low) && (p..=1.0).contains(&high));
            for end in [low, high] {
                let score = (p - end).powi(2) - Z * Z * end * (1.0 - end) / n as f64;
                prop_assert!(score.abs() < 1e-9, "{score}");
            }
        }
    }
}
