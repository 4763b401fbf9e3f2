//! Probabilities of the first pass as log-odds, which are columns of the second.

/// Log-odds of probabilities that are kept a floor away from 0 and 1, in `f32`.
pub(super) struct LogOdds {
    floor: f32,
    lowest: f32,
}

impl LogOdds {
    /// With a floor above 0 and below 0.5.
    pub(super) fn new(floor: f32) -> Self {
        Self { floor, lowest: ratio_log(floor, floor) }
    }

    /// The log-odds of a probability, 0..=1.
    #[inline]
    pub(super) fn of(&self, probability: f32) -> f32 {
        // Most labels are out of the question, most blocks boilerplate beyond doubt.
        if probability <= self.floor { self.lowest } else { ratio_log(probability, self.floor) }
    }

    /// The log-odds of the floor.
    #[inline]
    pub(super) fn lowest(&self) -> f32 {
        self.lowest
    }
}

fn ratio_log(probability: f32, floor: f32) -> f32 {
    let p = probability.clamp(floor, 1.0 - floor);
    libm::logf(p / (1.0 - p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_odds_end_at_the_floor_and_are_symmetric() {
        let odds = LogOdds::new(0.01);
        assert_eq!(odds.of(0.5), 0.0);
        // ln 3 and ln 99.
        assert!((odds.of(0.75) - 1.098_612_3).abs() < 1e-6);
        assert!((odds.of(1.0) - 4.595_12).abs() < 1e-4);
        assert_eq!(
            (odds.of(0.0), odds.of(0.005), odds.of(0.01)),
            (odds.lowest(), odds.lowest(), odds.lowest())
        );
        assert!((odds.lowest() + odds.of(1.0)).abs() < 1e-4);
        assert!(odds.of(0.0101) > odds.lowest());
    }
}
