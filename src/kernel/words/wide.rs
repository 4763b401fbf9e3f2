//! [`add`](super::add) for processors with AVX-512.

use std::arch::x86_64::{
    __m128, __m512, _mm_add_ps, _mm_cvtepi16_epi32, _mm_cvtepi32_ps, _mm_loadl_epi64, _mm_loadu_ps,
    _mm_mul_ps, _mm_set1_ps, _mm_storeu_ps, _mm256_add_epi8, _mm256_loadu_si256,
    _mm256_setzero_si256, _mm256_storeu_si256, _mm512_add_ps, _mm512_cvtepi16_epi32,
    _mm512_cvtepi32_ps, _mm512_loadu_ps, _mm512_mul_ps, _mm512_set1_ps, _mm512_storeu_ps,
};

use super::{AT_START, Candidate};
use crate::kernel::LANES;
use crate::kernel::scan::Scan;
use crate::kernel::table::{CueTable, Found, HIGH, LOW, SETS_LANES};

/// Sums of all lanes, in two registers.
#[derive(Clone, Copy)]
struct Sums {
    first: __m512,
    rest: __m128,
}

/// In a function of its own, so that the sums stay in registers.
#[target_feature(enable = "avx512f,avx512vl")]
#[inline(never)]
pub(in crate::kernel) fn add(table: &CueTable, found: &[Candidate<Found>], scan: &mut Scan) {
    let (mut sum, mut edge) = (load(&scan.cue_sum), load(&scan.cue_edge));
    let mut lists = _mm256_setzero_si256();
    let mut cues = 0;
    for found in found {
        let set: &[u8; SETS_LANES] = table.set(found.it);
        // SAFETY: there are 32 lists, and the load asks for no alignment.
        #[allow(unsafe_code)]
        let set = unsafe { _mm256_loadu_si256(set.as_ptr().cast()) };
        lists = _mm256_add_epi8(lists, set);
        let lanes = lanes(table.hundredths(found.it));
        if found.from() >= AT_START {
            edge.first = _mm512_add_ps(edge.first, lanes.first);
            edge.rest = _mm_add_ps(edge.rest, lanes.rest);
        } else {
            sum.first = _mm512_add_ps(sum.first, lanes.first);
            sum.rest = _mm_add_ps(sum.rest, lanes.rest);
        }
        cues += u32::from(found.it.cue().is_some());
    }
    scan.cues += cues;
    store(sum, &mut scan.cue_sum);
    store(edge, &mut scan.cue_edge);
    let mut counts = [0u8; SETS_LANES];
    // SAFETY: there are 32 lists, and the store asks for no alignment.
    #[allow(unsafe_code)]
    unsafe {
        _mm256_storeu_si256(counts.as_mut_ptr().cast(), lists);
    }
    for (total, count) in scan.lists.iter_mut().zip(counts) {
        *total += u32::from(count);
    }
}

#[target_feature(enable = "avx512f,avx512vl")]
#[inline]
fn lanes(hundredths: &[i16; LANES]) -> Sums {
    // SAFETY: the reference is to sixteen numbers and four; the loads ask for no alignment.
    #[allow(unsafe_code)]
    let (first, rest) = unsafe {
        let first: *const i16 = hundredths.as_ptr();
        (_mm256_loadu_si256(first.cast()), _mm_loadl_epi64(first.add(16).cast()))
    };
    let first = _mm512_cvtepi32_ps(_mm512_cvtepi16_epi32(first));
    let rest = _mm_cvtepi32_ps(_mm_cvtepi16_epi32(rest));
    Sums {
        first: _mm512_add_ps(
            _mm512_mul_ps(first, _mm512_set1_ps(HIGH)),
            _mm512_mul_ps(first, _mm512_set1_ps(LOW)),
        ),
        rest: _mm_add_ps(_mm_mul_ps(rest, _mm_set1_ps(HIGH)), _mm_mul_ps(rest, _mm_set1_ps(LOW))),
    }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn load(sums: &[f32; LANES]) -> Sums {
    // SAFETY: the reference is to sixteen numbers and four; the loads ask for no alignment.
    #[allow(unsafe_code)]
    unsafe {
        let first: *const f32 = sums.as_ptr();
        Sums { first: _mm512_loadu_ps(first), rest: _mm_loadu_ps(first.add(16)) }
    }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn store(sums: Sums, to: &mut [f32; LANES]) {
    // SAFETY: the reference is to sixteen numbers and four; the stores ask for no alignment.
    #[allow(unsafe_code)]
    unsafe {
        let first: *mut f32 = to.as_mut_ptr();
        _mm512_storeu_ps(first, sums.first);
        _mm_storeu_ps(first.add(16), sums.rest);
    }
}
