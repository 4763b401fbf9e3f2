//! One or two rows of features times the weights of all labels.

use super::LANES;

/// How a column's values are clipped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Least value.
    pub low: f32,
    /// Greatest value.
    pub high: f32,
    /// What 0 becomes; the caller has its product in the scores already.
    pub zero: f32,
}

/// Adds `(clip(features) - clip(0)) x weights` to `scores`.
///
/// Naive one-liner: `scores[l] += (0..n).map(|f| (clip(x[f]) - zero[f]) * weights[f][l]).sum()`.
/// Here the features are the outer loop, so that each weight row is one run of whole registers, and
/// a feature that is 0 (most columns of most paragraphs) costs one comparison. Products are rounded
/// before they are added, in the order of the features, on every machine and for any number of rows
/// or threads: scores repeat to the bit.
///
/// # Panics
/// In debug builds, if the lengths differ.
#[inline]
pub fn accumulate(
    features: &[f32],
    ranges: &[Range],
    weights: &[[f32; LANES]],
    scores: &mut [f32; LANES],
) {
    debug_assert_eq!(features.len(), weights.len());
    debug_assert_eq!(features.len(), ranges.len());
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, which is all that the function requires.
        #[allow(unsafe_code)]
        unsafe {
            accumulate_avx2(features, ranges, weights, scores);
        }
        return;
    }
    accumulate_portable(features, ranges, weights, scores);
}

/// [`accumulate_portable`], compiled for wider registers; without fused multiply-add, so that both
/// give the same bits.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn accumulate_avx2(
    features: &[f32],
    ranges: &[Range],
    weights: &[[f32; LANES]],
    scores: &mut [f32; LANES],
) {
    accumulate_portable(features, ranges, weights, scores);
}

#[inline(always)]
fn accumulate_portable(
    features: &[f32],
    ranges: &[Range],
    weights: &[[f32; LANES]],
    scores: &mut [f32; LANES],
) {
    let mut sums = *scores;
    for ((&feature, range), row) in features.iter().zip(ranges).zip(weights) {
        if feature != 0.0 {
            let clipped = feature.clamp(range.low, range.high) - range.zero;
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum += clipped * weight;
            }
        }
    }
    *scores = sums;
}

/// Columns that are looked at together: their clipped values and numbers stand on the stack.
const COLUMNS: usize = 64;

/// [`accumulate`] for two rows at once, to the bit: a column that is 0 in both is passed over, and
/// each weight is read once for both.
///
/// Naive: two calls of [`accumulate`]. There the processor waits for each sum before it adds the
/// next, and guesses for each column anew whether it is 0; here one row's sums are added while the
/// other's are under way, and columns are sorted out before.
///
/// # Panics
/// If a row has not one entry a range.
pub fn accumulate_pair(
    rows: [&[f32]; 2],
    ranges: &[Range],
    weights: &[[f32; LANES]],
    scores: &mut [[f32; LANES]; 2],
) {
    assert!(rows.iter().all(|row| row.len() == ranges.len()) && weights.len() >= ranges.len());
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, which is all that the function requires.
        #[allow(unsafe_code)]
        unsafe {
            accumulate_pair_avx2(rows, ranges, weights, scores);
        }
        return;
    }
    accumulate_pair_portable(rows, ranges, weights, scores);
}

/// [`accumulate_pair_portable`], compiled for wider registers; it gives the same bits.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn accumulate_pair_avx2(
    rows: [&[f32]; 2],
    ranges: &[Range],
    weights: &[[f32; LANES]],
    scores: &mut [[f32; LANES]; 2],
) {
    accumulate_pair_portable(rows, ranges, weights, scores);
}

#[inline(always)]
fn accumulate_pair_portable(
    rows: [&[f32]; 2],
    ranges: &[Range],
    weights: &[[f32; LANES]],
    scores: &mut [[f32; LANES]; 2],
) {
    let [mut one, mut two] = *scores;
    // Clipped values and the number of their column.
    let mut found = [(0.0f32, 0.0f32, 0u32); COLUMNS];
    let n_columns = ranges.len();
    for start in (0..n_columns).step_by(COLUMNS) {
        let end = n_columns.min(start + COLUMNS);
        let mut n = 0;
        let pairs = rows[0][start..end].iter().zip(&rows[1][start..end]);
        for (column, ((&a, &b), range)) in (start as u32..).zip(pairs.zip(&ranges[start..end])) {
            found[n % COLUMNS] = (range.clipped(a), range.clipped(b), column);
            n += usize::from((a != 0.0) | (b != 0.0));
        }
        for &(a, b, column) in &found[..n.min(COLUMNS)] {
            let row = &weights[column as usize];
            add(&mut one, a, row);
            add(&mut two, b, row);
        }
    }
    *scores = [one, two];
}

#[inline(always)]
fn add(sums: &mut [f32; LANES], value: f32, weights: &[f32; LANES]) {
    for (sum, &weight) in sums.iter_mut().zip(weights) {
        *sum += value * weight;
    }
}

impl Range {
    /// A value's difference to what 0 becomes, clipped; 0 for 0. Without a branch, as `clamp`,
    /// which checks its bounds, is not.
    #[inline(always)]
    fn clipped(&self, value: f32) -> f32 {
        let value = if value < self.low { self.low } else { value };
        let value = if value > self.high { self.high } else { value };
        value - self.zero
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn equals_the_naive_product_on_every_path(
            rows in prop::collection::vec((
                prop::sample::select(vec![0.0f32, 1.0, -0.5, 3.25, 100.0]),
                (-5.0f32..1.0, 1.0f32..5.0),
                prop::array::uniform20(-2.0f32..2.0),
            ), 0..150),
        ) {
            let features: Vec<f32> = rows.iter().map(|r| r.0).collect();
            let ranges: Vec<Range> = rows
                .iter()
                .map(|&(_, (low, high), _)| Range { low, high, zero: 0f32.clamp(low, high) })
                .collect();
            let weights: Vec<[f32; LANES]> = rows.iter().map(|r| r.2).collect();
            let (mut fast, mut portable) = ([0.25; LANES], [0.25; LANES]);
            accumulate(&features, &ranges, &weights, &mut fast);
            accumulate_portable(&features, &ranges, &weights, &mut portable);
            prop_assert_eq!(fast, portable, "to the bit");
            let other: Vec<f32> = features.iter().rev().copied().collect();
            let mut pairs = [[[0.25; LANES]; 2]; 2];
            accumulate_pair([&features, &other], &ranges, &weights, &mut pairs[0]);
            accumulate_pair_portable([&features, &other], &ranges, &weights, &mut pairs[1]);
            let mut alone = [0.25; LANES];
            accumulate(&other, &ranges, &weights, &mut alone);
            prop_assert_eq!(pairs, [[fast, alone]; 2], "two rows to the bit");
            for (lane, &score) in fast.iter().enumerate() {
                let naive: f64 = 0.25 + features.iter().zip(&ranges).zip(&weights)
                    .map(|((&f, r), w)| {
                        f64::from(f.max(r.low).min(r.high) - r.zero) * f64::from(w[lane])
                    })
                    .sum::<f64>();
                prop_assert!((f64::from(score) - naive).abs() < 1e-3, "{score} {naive}");
            }
        }
    }
}
