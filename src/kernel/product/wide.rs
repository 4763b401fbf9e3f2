//! [`accumulate`](super::accumulate) for processors with AVX2, eight rows at once. No product is
//! fused with its sum, so that the bits are those of any machine.

use std::arch::x86_64::{
    __m256, _CMP_NEQ_UQ, _mm256_cmp_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_min_ps,
    _mm256_movemask_ps, _mm256_permute2f128_ps, _mm256_set1_ps, _mm256_setzero_ps,
    _mm256_shuffle_ps, _mm256_storeu_ps, _mm256_sub_ps, _mm256_unpackhi_ps, _mm256_unpacklo_ps,
};

use super::super::{LANES, USED_LANES};
use super::{ROWS, Range};

/// Columns that are turned together.
const TILE: usize = 8;
/// Columns that are looked at before any is multiplied; those that count stand on the stack.
const COLUMNS: usize = 64;
/// Labels whose sums are in registers together: half of them.
const NINE: usize = 9;
const _: () = assert!(USED_LANES <= 2 * NINE && 2 * NINE <= LANES);

/// A value of each row.
type Column = [f32; ROWS];

#[target_feature(enable = "avx2")]
pub(super) fn accumulate(
    rows: &[&[f32]; ROWS],
    ranges: &[Range],
    weights: &[[f32; LANES]],
    scores: &mut [[f32; LANES]; ROWS],
) {
    let mut sums = [[0.0; ROWS]; LANES];
    for (row, scores) in scores.iter().enumerate() {
        for (sum, score) in sums.iter_mut().zip(scores) {
            sum[row] = *score;
        }
    }
    let mut found = Found { values: [[0.0; ROWS]; COLUMNS], columns: [0; COLUMNS], n: 0 };
    for (start, ranges) in (0..).step_by(COLUMNS).zip(ranges.chunks(COLUMNS)) {
        found.n = 0;
        for (start, ranges) in (start..).step_by(TILE).zip(ranges.chunks(TILE)) {
            found.add(start, rows, ranges);
        }
        // Half of the labels at a time: their sums fit the registers.
        let (values, columns) = (&found.values[..found.n], &found.columns[..found.n]);
        add::<0>(values, columns, weights, &mut sums);
        add::<NINE>(values, columns, weights, &mut sums);
    }
    for (row, scores) in scores.iter_mut().enumerate() {
        for (score, sum) in scores.iter_mut().zip(&sums) {
            *score = sum[row];
        }
    }
}

/// Adds the products of some columns to the sums of nine lanes, from `FROM` on.
///
/// In a function of its own the compiler keeps the sums in registers, as part of a larger one it
/// does not.
#[target_feature(enable = "avx2")]
#[inline(never)]
fn add<const FROM: usize>(
    values: &[Column],
    columns: &[u32],
    weights: &[[f32; LANES]],
    sums: &mut [Column; LANES],
) {
    let sums: &mut [Column; NINE] = sums[FROM..].first_chunk_mut().expect("there are 18 lanes");
    let mut own = *sums;
    for (values, &column) in values.iter().zip(columns) {
        let weights = &weights[column as usize];
        for lane in 0..NINE {
            for row in 0..ROWS {
                own[lane][row] += values[row] * weights[FROM + lane];
            }
        }
    }
    *sums = own;
}

/// Columns that are not 0 in all rows, as differences to what 0 becomes, clipped.
struct Found {
    values: [Column; COLUMNS],
    columns: [u32; COLUMNS],
    n: usize,
}

impl Found {
    /// Adds the columns of a tile that count; `ranges` are its, at most [`TILE`].
    #[target_feature(enable = "avx2")]
    #[inline]
    fn add(&mut self, start: usize, rows: &[&[f32]; ROWS], ranges: &[Range]) {
        let Some(ranges) = ranges.first_chunk::<TILE>() else {
            let mut tile = [[0.0; TILE]; ROWS];
            for (values, row) in tile.iter_mut().zip(rows) {
                values[..ranges.len()].copy_from_slice(&row[start..]);
            }
            // Behind the last column all is 0, and left out.
            let mut all = [Range { low: 0.0, high: 0.0, zero: 0.0 }; TILE];
            all[..ranges.len()].copy_from_slice(ranges);
            return self.add_tile(start, tile.each_ref(), &all);
        };
        let tile = rows
            .map(|row| row[start..].first_chunk::<TILE>().expect("a row is as long as its ranges"));
        self.add_tile(start, tile, ranges);
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn add_tile(&mut self, start: usize, tile: [&[f32; TILE]; ROWS], ranges: &[Range; TILE]) {
        let columns = turned(tile.map(|row| load(row)));
        let mut n = self.n;
        for ((number, range), values) in (start as u32..).zip(ranges).zip(columns) {
            let differs = _mm256_cmp_ps::<_CMP_NEQ_UQ>(values, _mm256_setzero_ps());
            let values = _mm256_max_ps(_mm256_set1_ps(range.low), values);
            let values = _mm256_min_ps(_mm256_set1_ps(range.high), values);
            let at = n % COLUMNS;
            store(_mm256_sub_ps(values, _mm256_set1_ps(range.zero)), &mut self.values[at]);
            self.columns[at] = number;
            n = at + usize::from(_mm256_movemask_ps(differs) != 0);
        }
        self.n = n;
    }
}

/// Eight rows of eight to eight columns of eight.
#[target_feature(enable = "avx2")]
#[inline]
fn turned(rows: [__m256; 8]) -> [__m256; 8] {
    let [a, b, c, d, e, f, g, h] = rows;
    // Pairs, fours, eights.
    let (ab, ab2) = (_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
    let (cd, cd2) = (_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d));
    let (ef, ef2) = (_mm256_unpacklo_ps(e, f), _mm256_unpackhi_ps(e, f));
    let (gh, gh2) = (_mm256_unpacklo_ps(g, h), _mm256_unpackhi_ps(g, h));
    let low = [
        _mm256_shuffle_ps::<0x44>(ab, cd),
        _mm256_shuffle_ps::<0xEE>(ab, cd),
        _mm256_shuffle_ps::<0x44>(ab2, cd2),
        _mm256_shuffle_ps::<0xEE>(ab2, cd2),
    ];
    let high = [
        _mm256_shuffle_ps::<0x44>(ef, gh),
        _mm256_shuffle_ps::<0xEE>(ef, gh),
        _mm256_shuffle_ps::<0x44>(ef2, gh2),
        _mm256_shuffle_ps::<0xEE>(ef2, gh2),
    ];
    let first = |i: usize| _mm256_permute2f128_ps::<0x20>(low[i], high[i]);
    let second = |i: usize| _mm256_permute2f128_ps::<0x31>(low[i], high[i]);
    [first(0), first(1), first(2), first(3), second(0), second(1), second(2), second(3)]
}

#[target_feature(enable = "avx2")]
#[inline]
fn load(values: &[f32; 8]) -> __m256 {
    // SAFETY: the reference is to eight values, and the load asks for no alignment.
    #[allow(unsafe_code)]
    unsafe {
        _mm256_loadu_ps(values.as_ptr())
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn store(values: __m256, to: &mut [f32; 8]) {
    // SAFETY: the reference is to eight values, and the store asks for no alignment.
    #[allow(unsafe_code)]
    unsafe {
        _mm256_storeu_ps(to.as_mut_ptr(), values);
    }
}
