//! Exponentials of all label scores at once.

use super::LANES;

/// Scores are cut off this far below the greatest: exp(-80) is nothing beside 1.
const LOWEST: f32 = -80.0;

/// Replaces the first `n` scores by their exponentials in proportion, so that they sum to `total`.
///
/// Naive: `exp(s - max) / sum` with the library's `exp`, one at a time. Here the exponential is a
/// polynomial on the fraction of `s / ln 2` and a shift of the exponent for the rest (Cephes' `expf`:
/// relative error below 2e-7), in plain arithmetic that the compiler does for four or eight lanes
/// at once and that gives the same bits on every machine.
///
/// # Panics
/// If `n` is 0 or more than [`LANES`].
#[inline]
pub fn softmax(scores: &mut [f32; LANES], n: usize, total: f32) {
    assert!((1..=LANES).contains(&n));
    let mut max = scores[0];
    for &score in &scores[1..n] {
        max = if score > max { score } else { max };
    }
    for score in scores.iter_mut() {
        *score = exp(*score - max);
    }
    let sum: f32 = scores[..n].iter().sum();
    let share = total / sum;
    for score in &mut scores[..n] {
        *score *= share;
    }
}

/// e to a power of at most 0.
#[inline(always)]
fn exp(x: f32) -> f32 {
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    // ln 2 in two parts, the first exact in few bits.
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number.
    const ROUND: f32 = 12_582_912.0;
    let x = if x > LOWEST { x } else { LOWEST };
    let x = if x < 0.0 { x } else { 0.0 };
    let whole = (x * LOG2_E + ROUND) - ROUND;
    let r = x - whole * LN_2_HIGH - whole * LN_2_LOW;
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_6e-1;
    p = p * r + 0.5;
    let fraction = p * r * r + r + 1.0;
    let power = f32::from_bits(((whole as i32 + 127) << 23) as u32);
    fraction * power
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equals_the_naive_softmax(
            scores in prop::array::uniform20(-200.0f32..200.0),
            n in 1usize..=LANES,
            total in 0.0f32..1.0,
        ) {
            let mut fast = scores;
            softmax(&mut fast, n, total);
            // The difference in f32, as there: near 80 its rounding alone is 4e-6.
            let max = scores[..n].iter().fold(f32::MIN, |m, &s| m.max(s));
            let exponentials: Vec<f64> =
                scores[..n].iter().map(|&s| f64::from(s - max).exp()).collect();
            let sum: f64 = exponentials.iter().sum();
            for (&fast, e) in fast.iter().zip(exponentials) {
                let naive = e / sum * f64::from(total);
                prop_assert!((f64::from(fast) - naive).abs() <= 2e-6 * naive + 1e-30, "{fast} {naive}");
            }
        }
    }

    #[test]
    fn the_exponential_is_close_over_its_range() {
        for i in 0..80_000 {
            let x = -(i as f32) / 1000.0;
            let relative = f64::from(exp(x)) / f64::from(x).exp() - 1.0;
            assert!(relative.abs() < 3e-7, "exp({x}): {relative:e}");
        }
    }
}
