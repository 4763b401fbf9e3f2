//! 64 bytes to bit masks: which of them are letters, digits, white space.
//!
//! The naive version asks a table for the class of each byte and branches on it; it stands as the
//! twin in this file's tests. Here one comparison serves 32 bytes, and what follows (counting,
//! finding where words begin and end) is done on whole masks. Bit `i` of a mask is byte `i`.

use super::class::{CLASS, Class};

/// Bytes of a block.
pub const BLOCK: usize = 64;

/// Masks of one block. No bit is in two of `lower`, `upper`, `digit`, `space` and `beyond`; bytes in
/// none of them are signs of ASCII.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Masks {
    /// `a-z`.
    pub lower: u64,
    /// `A-Z`.
    pub upper: u64,
    /// `0-9`.
    pub digit: u64,
    /// White space and control characters of ASCII.
    pub space: u64,
    /// Bytes of characters beyond ASCII.
    pub beyond: u64,
    /// `'`.
    pub apostrophe: u64,
    /// `.`, `?` and `!`.
    pub stop: u64,
}

impl Masks {
    /// Of the first `n` bytes only, 1..=64.
    #[inline(always)]
    #[must_use]
    pub fn first(self, n: usize) -> Self {
        let valid = u64::MAX >> (BLOCK - n);
        Self {
            lower: self.lower & valid,
            upper: self.upper & valid,
            digit: self.digit & valid,
            space: self.space & valid,
            beyond: self.beyond & valid,
            apostrophe: self.apostrophe & valid,
            stop: self.stop & valid,
        }
    }
}

/// The masks of a block.
#[inline]
#[must_use]
pub fn masks(block: &[u8; BLOCK]) -> Masks {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, which is all that the function requires.
        #[allow(unsafe_code)]
        return unsafe { avx2(block) };
    }
    portable(block)
}

/// The masks of a block, on any machine.
#[inline(always)]
#[must_use]
pub fn portable(block: &[u8; BLOCK]) -> Masks {
    let mut masks = [0u64; 7];
    for (i, &byte) in block.iter().enumerate() {
        let flags = FLAGS[usize::from(byte)];
        for (bit, mask) in masks.iter_mut().enumerate() {
            *mask |= u64::from(flags >> bit & 1) << i;
        }
    }
    let [lower, upper, digit, space, beyond, apostrophe, stop] = masks;
    Masks { lower, upper, digit, space, beyond, apostrophe, stop }
}

/// The masks that each byte is in, in the order of the fields of [`Masks`].
const FLAGS: [u8; 256] = {
    let mut flags = [1 << 4; 256];
    let mut byte = 0;
    while byte < 128 {
        flags[byte] = match CLASS[byte] {
            Class::Lower => 1,
            Class::Upper => 1 << 1,
            Class::Digit => 1 << 2,
            Class::Space => 1 << 3,
            Class::Period | Class::Question | Class::Exclamation => 1 << 6,
            _ if byte as u8 == b'\'' => 1 << 5,
            _ => 0,
        };
        byte += 1;
    }
    flags
};

/// The masks of a block, 32 bytes at a time.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
#[must_use]
pub(super) fn avx2(block: &[u8; BLOCK]) -> Masks {
    let (low, high) = block.split_at(BLOCK / 2);
    let (low, high) = (half_avx2(low), half_avx2(high));
    let both = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
    Masks {
        lower: both(low[0], high[0]),
        upper: both(low[1], high[1]),
        digit: both(low[2], high[2]),
        space: both(low[3], high[3]),
        beyond: both(low[4], high[4]),
        apostrophe: both(low[5], high[5]),
        stop: both(low[6], high[6]),
    }
}

/// Masks of 32 bytes, in the order of the fields of [`Masks`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn half_avx2(half: &[u8]) -> [u32; 7] {
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_min_epu8, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set1_epi8, _mm256_setr_epi64x, _mm256_sub_epi8,
    };
    let eight = |at: usize| {
        let bytes = half[at..at + 8].try_into().expect("half a block has 32 bytes");
        i64::from_le_bytes(bytes)
    };
    // The compiler makes one load of the four.
    let bytes = _mm256_setr_epi64x(eight(0), eight(8), eight(16), eight(24));
    let all = |byte: u8| _mm256_set1_epi8(byte as i8);
    let mask = |found: __m256i| _mm256_movemask_epi8(found) as u32;
    let is = |byte: u8| _mm256_cmpeq_epi8(bytes, all(byte));
    let up_to =
        |values: __m256i, most: u8| _mm256_cmpeq_epi8(_mm256_min_epu8(values, all(most)), values);
    let from_to = |from: u8, to: u8| up_to(_mm256_sub_epi8(bytes, all(from)), to - from);
    let space = _mm256_or_si256(up_to(bytes, b' '), is(0x7F));
    let stop = _mm256_or_si256(is(b'.'), _mm256_or_si256(is(b'?'), is(b'!')));
    [
        mask(from_to(b'a', b'z')),
        mask(from_to(b'A', b'Z')),
        mask(from_to(b'0', b'9')),
        mask(space),
        mask(bytes),
        mask(is(b'\'')),
        mask(stop),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn naive(block: &[u8; BLOCK]) -> Masks {
        let mask = |is: &dyn Fn(u8) -> bool| {
            (0..BLOCK).filter(|&i| is(block[i])).fold(0u64, |mask, i| mask | 1 << i)
        };
        let class =
            |wanted: Class| move |byte: u8| byte < 0x80 && CLASS[usize::from(byte)] == wanted;
        Masks {
            lower: mask(&|byte| byte.is_ascii_lowercase()),
            upper: mask(&|byte| byte.is_ascii_uppercase()),
            digit: mask(&|byte| byte.is_ascii_digit()),
            space: mask(&class(Class::Space)),
            beyond: mask(&|byte| byte >= 0x80),
            apostrophe: mask(&|byte| byte == b'\''),
            stop: mask(&|byte| b".?!".contains(&byte)),
        }
    }

    fn check(block: &[u8; BLOCK]) {
        assert_eq!(portable(block), naive(block));
        assert_eq!(masks(block), naive(block));
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, which is all that the function requires.
            #[allow(unsafe_code)]
            let wide = unsafe { avx2(block) };
            assert_eq!(wide, naive(block));
        }
    }

    #[test]
    fn every_byte_is_in_its_masks_at_every_place() {
        for byte in 0..=255 {
            for place in 0..BLOCK {
                let mut block = [b'a'; BLOCK];
                block[place] = byte;
                check(&block);
            }
        }
    }

    proptest! {
        #[test]
        fn masks_are_those_of_a_table(bytes in prop::collection::vec(any::<u8>(), BLOCK)) {
            check(&bytes.try_into().unwrap());
        }
    }

    #[test]
    fn the_first_bytes_alone() {
        let masks = portable(&[b'a'; BLOCK]);
        assert_eq!(masks.first(64), masks);
        assert_eq!(masks.first(1).lower, 1);
        assert_eq!(masks.first(63).lower, u64::MAX >> 1);
    }
}
