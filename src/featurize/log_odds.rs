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

    /// The log-odds of some probabilities, as [`LogOdds::of`] gives them.
    #[inline]
    pub(super) fn of_each<const N: usize>(&self, probabilities: [f32; N]) -> [f32; N] {
        probabilities.map(|p| {
            let p = p.clamp(self.floor, 1.0 - self.floor);
            ln(p / (1.0 - p))
        })
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

/// The natural logarithm of a number above 0 that is neither subnormal nor infinite.
///
/// Naive: `libm::logf`, of which this is the common way without its branches, so that the compiler
/// computes several at once; it gives the same bits.
#[inline(always)]
fn ln(x: f32) -> f32 {
    const LN_2_HIGH: f32 = 0.693_138_1;
    const LN_2_LOW: f32 = 9.058_001e-6;
    const ROOT_HALF: u32 = 0x3f35_04f3;
    const ONE: u32 = 0x3f80_0000;
    // Into 0.7..1.4, times a power of 2.
    let bits = x.to_bits().wrapping_add(ONE - ROOT_HALF);
    let power = ((bits >> 23) as i32 - 0x7f) as f32;
    let f = f32::from_bits((bits & 0x007f_ffff) + ROOT_HALF) - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (0.400_009_72 + w * 0.242_790_79);
    let odd = z * (0.666_666_6 + w * 0.284_987_87);
    let half_square = 0.5 * f * f;
    s * (half_square + (odd + even)) + power * LN_2_LOW - half_square + f + power * LN_2_HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn logarithms_are_those_of_libm_to_the_bit(
            any in 0x0080_0000u32..0x7f80_0000,
            p in 0.0f32..=1.0,
        ) {
            let any = f32::from_bits(any);
            prop_assert_eq!(ln(any).to_bits(), libm::logf(any).to_bits());
            prop_assert_eq!(ln(1.0), 0.0);
            let odds = LogOdds::new(0.003);
            prop_assert_eq!(odds.of_each([p, 0.0, 1.0]), [p, 0.0, 1.0].map(|p| odds.of(p)));
        }
    }

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
