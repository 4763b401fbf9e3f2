//! One row of features times the weights of all labels.

use super::LANES;

/// Adds `features x weights` to `scores`.
///
/// Naive one-liner: `scores[l] += (0..n).map(|f| features[f] * weights[f][l]).sum()`. Here the
/// features are the outer loop, so that each weight row is one run of whole registers, and a
/// feature that is zero (most counts of most paragraphs) costs one comparison. The order of the
/// sum is that of the features, whatever the number of rows or threads, so scores repeat exactly.
///
/// # Panics
/// In debug builds, if the lengths differ.
#[inline]
pub fn accumulate(features: &[f32], weights: &[[f32; LANES]], scores: &mut [f32; LANES]) {
    debug_assert_eq!(features.len(), weights.len());
    let mut sums = *scores;
    for (&feature, row) in features.iter().zip(weights) {
        if feature != 0.0 {
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum += feature * weight;
            }
        }
    }
    *scores = sums;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equals_the_naive_product(
            rows in prop::collection::vec((prop::sample::select(vec![0.0f32, 1.0, -0.5, 3.25]),
                prop::array::uniform20(-2.0f32..2.0)), 0..60),
        ) {
            let features: Vec<f32> = rows.iter().map(|r| r.0).collect();
            let weights: Vec<[f32; LANES]> = rows.iter().map(|r| r.1).collect();
            let mut scores = [0.25; LANES];
            accumulate(&features, &weights, &mut scores);
            for (lane, &score) in scores.iter().enumerate() {
                let naive: f64 = 0.25 + features.iter().zip(&weights)
                    .map(|(&f, w)| f64::from(f) * f64::from(w[lane])).sum::<f64>();
                prop_assert!((f64::from(score) - naive).abs() < 1e-3, "{score} {naive}");
            }
        }
    }
}
