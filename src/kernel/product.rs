//! Rows of features times the weights of all labels.

use super::LANES;

/// Rows that are multiplied together, one a lane of a register.
pub const ROWS: usize = 8;

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

/// Adds `(clip(features) - clip(0)) x weights` to the scores of up to [`ROWS`] rows. Scores of
/// rows that are not there, and of lanes that hold no label, may become anything.
///
/// Naive one-liner: `scores[r][l] += (0..n).map(|f| (clip(x[r][f]) - zero[f]) * weights[f][l]).sum()`.
/// On wide registers, tiles of the matrix are turned first, so that a register holds one feature of
/// eight rows, each weight is read once for all of them, and a feature that is 0 in all (many are)
/// costs no product. Products are rounded before they are added, in the order of the features, on
/// every machine and for any number of rows or threads: scores repeat to the bit.
///
/// # Panics
/// If there are more than [`ROWS`] rows, a row has not one entry a range, or there are fewer weights
/// than ranges.
pub fn accumulate<'a>(
    rows: impl Iterator<Item = &'a [f32]>,
    ranges: &[Range],
    weights: &[[f32; LANES]],
    scores: &mut [[f32; LANES]; ROWS],
) {
    let mut all: [&[f32]; ROWS] = [&[]; ROWS];
    let mut n_rows = 0;
    for row in rows {
        assert_eq!(row.len(), ranges.len());
        all[n_rows] = row;
        n_rows += 1;
    }
    assert!(weights.len() >= ranges.len());
    #[cfg(target_arch = "x86_64")]
    if n_rows > 1 && std::arch::is_x86_feature_detected!("avx2") {
        // A row that is not there is a copy of one that is.
        let first = all[0];
        all[n_rows..].fill(first);
        // SAFETY: the processor has AVX2, which is all that the function requires.
        #[allow(unsafe_code)]
        unsafe {
            wide::accumulate(&all, ranges, weights, scores);
        }
        return;
    }
    for (row, scores) in all[..n_rows].iter().zip(scores) {
        accumulate_row(row, ranges, weights, scores);
    }
}

/// [`accumulate`] for one row, on any machine: a feature that is 0 (most columns of most paragraphs)
/// costs one comparison.
fn accumulate_row(
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

#[cfg(target_arch = "x86_64")]
mod wide;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::USED_LANES;
    use super::*;

    proptest! {
        #[test]
        fn equals_the_naive_product_on_every_path(
            columns in prop::collection::vec((
                prop::array::uniform8(prop::sample::select(vec![0.0f32, 0.0, 0.0, 1.0, -0.5, 3.25, 100.0])),
                (-5.0f32..1.0, 1.0f32..5.0),
                prop::array::uniform20(-2.0f32..2.0),
            ), 0..150),
            n_rows in 0..=ROWS,
        ) {
            let rows: Vec<Vec<f32>> =
                (0..n_rows).map(|row| columns.iter().map(|c| c.0[row]).collect()).collect();
            let ranges: Vec<Range> = columns
                .iter()
                .map(|&(_, (low, high), _)| Range { low, high, zero: 0f32.clamp(low, high) })
                .collect();
            let weights: Vec<[f32; LANES]> = columns.iter().map(|c| c.2).collect();
            let mut together = [[0.25; LANES]; ROWS];
            accumulate(rows.iter().map(Vec::as_slice), &ranges, &weights, &mut together);
            for (row, together) in rows.iter().zip(together) {
                let mut alone = [0.25; LANES];
                accumulate_row(row, &ranges, &weights, &mut alone);
                prop_assert_eq!(&together[..USED_LANES], &alone[..USED_LANES], "to the bit");
                for (lane, &score) in together[..USED_LANES].iter().enumerate() {
                    let naive: f64 = 0.25 + row.iter().zip(&ranges).zip(&weights)
                        .map(|((&f, r), w)| {
                            f64::from(f.max(r.low).min(r.high) - r.zero) * f64::from(w[lane])
                        })
                        .sum::<f64>();
                    prop_assert!((f64::from(score) - naive).abs() < 1e-3, "{score} {naive}");
                }
            }
        }
    }
}
