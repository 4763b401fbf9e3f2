//! Where runs of letters begin and end, read off bit masks.
//!
//! The naive version goes through the bits of a mask one by one. Here places are written eight at
//! a time, more than there are, so that their number is seldom guessed wrong (Langdale and Lemire,
//! Parsing gigabytes of JSON per second, 2019, section 3.1).

use super::masks::BLOCK;

/// Runs kept before they are taken.
const CAPACITY: usize = 128;
/// Places written at once.
const STEP: usize = 8;
/// Places written at once by [`places_avx512`].
const WIDE_STEP: usize = 16;
/// Room for the runs of one more block, of which every other byte can begin one.
const ROOM: usize = CAPACITY + BLOCK / 2 + WIDE_STEP;
/// Places of runs.
pub(super) type Places = [u32; ROOM];

/// Runs found and not taken yet.
#[derive(Debug, Clone)]
pub(super) struct Runs {
    starts: Places,
    ends: Places,
    n_starts: usize,
    n_ends: usize,
    /// 1 if the last byte was in a run.
    is_open: u64,
}

impl Runs {
    pub(super) fn new() -> Self {
        Self { starts: [0; ROOM], ends: [0; ROOM], n_starts: 0, n_ends: 0, is_open: 0 }
    }

    /// Adds the runs of set bits in the block of bytes from `start` on. `places` is [`places`] or
    /// does the same.
    #[inline(always)]
    pub(super) fn add(
        &mut self,
        mask: u64,
        start: u32,
        places: impl Fn(u64, u32, &mut Places, &mut usize),
    ) {
        let before = mask << 1 | self.is_open;
        places(mask & !before, start, &mut self.starts, &mut self.n_starts);
        places(!mask & before, start, &mut self.ends, &mut self.n_ends);
        self.is_open = mask >> (BLOCK - 1);
    }

    /// Whether the next block could find no room.
    #[inline(always)]
    pub(super) fn is_full(&self) -> bool {
        self.n_starts >= CAPACITY
    }

    /// Ends a paragraph: a run that is open ends with it.
    #[inline(always)]
    pub(super) fn end(&mut self, length: u32) {
        if std::mem::take(&mut self.is_open) == 1 {
            self.ends[self.n_ends] = length;
            self.n_ends += 1;
        }
    }

    /// First bytes of the runs that have ended, and one past their last ones.
    #[inline(always)]
    pub(super) fn ended(&self) -> (&[u32], &[u32]) {
        (&self.starts[..self.n_ends], &self.ends[..self.n_ends])
    }

    /// Forgets the runs that have ended.
    #[inline(always)]
    pub(super) fn forget(&mut self) {
        self.starts[0] = self.starts[self.n_ends.min(ROOM - 1)];
        self.n_starts -= self.n_ends;
        self.n_ends = 0;
    }
}

/// Appends the places of set bits.
#[inline(always)]
pub(super) fn places(mut mask: u64, start: u32, out: &mut Places, n: &mut usize) {
    let count = mask.count_ones() as usize;
    let mut from = *n;
    let end = from + count;
    while from < end {
        for place in &mut out[from..from + STEP] {
            *place = start + mask.trailing_zeros();
            mask &= mask.wrapping_sub(1);
        }
        from += STEP;
    }
    *n = end;
}

/// [`places`] of a block in which at most 32 bits are set, all at once: the numbers of the bits, of
/// which those that are set are closed up.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi2,popcnt")]
#[inline]
pub(super) fn places_avx512(mask: u64, start: u32, out: &mut Places, n: &mut usize) {
    use std::arch::x86_64::{
        __m128i, _mm512_add_epi32, _mm512_castsi512_si128, _mm512_cvtepu8_epi32,
        _mm512_extracti32x4_epi32, _mm512_loadu_si512, _mm512_maskz_compress_epi8,
        _mm512_set1_epi32, _mm512_storeu_si512,
    };
    const NUMBERS: [u8; BLOCK] = {
        let mut numbers = [0; BLOCK];
        let mut number = 0;
        while number < BLOCK {
            numbers[number] = number as u8;
            number += 1;
        }
        numbers
    };
    // SAFETY: there are 64 numbers, and the load asks for no alignment.
    #[allow(unsafe_code)]
    let numbers = unsafe { _mm512_loadu_si512(NUMBERS.as_ptr().cast()) };
    let set = _mm512_maskz_compress_epi8(mask, numbers);
    let mut write = |numbers: __m128i, from: usize| {
        let places = _mm512_cvtepu8_epi32(numbers);
        let places = _mm512_add_epi32(places, _mm512_set1_epi32(start as i32));
        let to: &mut [u32; WIDE_STEP] = out[from..].first_chunk_mut().expect("there is room");
        // SAFETY: the reference is to sixteen places, and the store asks for no alignment.
        #[allow(unsafe_code)]
        unsafe {
            _mm512_storeu_si512(to.as_mut_ptr().cast(), places);
        }
    };
    let count = mask.count_ones() as usize;
    write(_mm512_castsi512_si128(set), *n);
    if count > WIDE_STEP {
        write(_mm512_extracti32x4_epi32::<1>(set), *n + WIDE_STEP);
    }
    *n += count;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_those_of_the_bits_on_every_path(mask: u64, start in 0u32..1000, n in 0..CAPACITY) {
            // A run begins at every other byte at most.
            let mask = mask & !(mask << 1);
            let naive: Vec<u32> = (0..64).filter(|bit| mask >> bit & 1 == 1).map(|bit| start + bit).collect();
            let (mut out, mut end) = ([0; ROOM], n);
            places(mask, start, &mut out, &mut end);
            prop_assert_eq!(&out[n..end], &naive[..]);
            #[cfg(target_arch = "x86_64")]
            if super::super::scan::has_widest_registers() {
                let (mut out, mut end) = ([0; ROOM], n);
                // SAFETY: the processor has all that the function requires.
                #[allow(unsafe_code)]
                unsafe {
                    places_avx512(mask, start, &mut out, &mut end);
                }
                prop_assert_eq!(&out[n..end], &naive[..]);
            }
        }
    }
}
