//! A run of at most 16 ASCII letters and digits, which nearly every word is, read as two numbers.
//!
//! The naive version goes byte by byte: it asks tables for each, and where the word ends is a
//! branch guessed wrong in most words. Here the bytes are tested and folded eight at a time, and
//! the hash takes its steps for eight bytes whatever the length, keeping those that count.

use super::scan::Scan;
use super::table::{WORD_SEED, hash_byte};

/// Longer runs are read byte by byte.
const MOST: u64 = 16;

const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A bit of every byte that tells letters from digits, and one that tells the two cases.
const LETTER: u64 = each(0x40);
const LOWER: u64 = each(0x20);

/// Runs that are read together.
pub(super) const RUNS: usize = 128;

/// The first eight bytes of some runs, and what they say.
#[derive(Debug, Clone)]
pub(super) struct Heads {
    /// Bytes, the first in the lowest bits; those behind the run are 0.
    low: [u64; RUNS],
    lengths: [u64; RUNS],
    /// Hash after all eight folded bytes.
    hashes: [u64; RUNS],
    /// Not 0 if a byte is no letter or digit of ASCII, or the run is too long.
    strange: [u64; RUNS],
}

impl Heads {
    pub(super) fn new() -> Self {
        Self { low: [0; RUNS], lengths: [1; RUNS], hashes: [0; RUNS], strange: [0; RUNS] }
    }

    /// Reads at most [`RUNS`] runs of letters, digits, apostrophes and bytes beyond ASCII; none is
    /// empty.
    #[inline(always)]
    pub(super) fn read(&mut self, bytes: &[u8], starts: &[u32], ends: &[u32]) {
        let runs = starts.iter().zip(ends);
        for ((&start, &end), (low, length)) in runs.zip(self.low.iter_mut().zip(&mut self.lengths))
        {
            *low = eight(bytes, start as usize);
            *length = u64::from(end - start);
        }
        // Plain loops over whole arrays: the compiler takes four runs at a time.
        for i in 0..starts.len().next_multiple_of(4).min(RUNS) {
            let length = self.lengths[i];
            let within = first_bytes(length);
            let low = self.low[i] & within;
            self.low[i] = low;
            self.strange[i] = strange(low) & within | u64::from(length > MOST);
            self.hashes[i] = hash_eight(WORD_SEED, fold(low) & within);
        }
    }

    /// A run as a word, if it has only letters and digits of ASCII and is not too long.
    #[inline(always)]
    pub(super) fn plain(&self, index: usize, bytes: &[u8], start: usize) -> Option<Plain> {
        if self.strange[index] != 0 {
            return None;
        }
        let (low, length) = (self.low[index], self.lengths[index]);
        let hash = self.hashes[index].wrapping_mul(BACK[length as usize & 7]);
        if length <= 8 {
            return Some(Plain { low, high: 0, length, hash });
        }
        let within = first_bytes(length - 8);
        let high = eight(bytes, start + 8) & within;
        if strange(high) & within != 0 {
            return None;
        }
        let hash = hash_eight(self.hashes[index], fold(high) & within);
        Some(Plain { low, high, length, hash: hash.wrapping_mul(BACK[length as usize & 7]) })
    }
}

/// A word of ASCII letters and digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain {
    low: u64,
    high: u64,
    length: u64,
    /// Hash of the folded word.
    pub(super) hash: u64,
}

impl Plain {
    /// Counts what kind of word it is.
    #[inline(always)]
    pub(super) fn count(&self, scan: &mut Scan) {
        scan.word_bytes += self.length as u32;
        scan.capitalised += u32::from(self.low as u8 & 0x60 == 0x40);
        scan.long_words += u32::from(self.length >= 12);
        scan.links += u32::from(self.low == 0x77_7777);
        if has_lower(self.low) {
            return;
        }
        let number = (self.low | self.high) & LETTER == 0;
        let mut others = no_capitals(self.low) & first_bytes(self.length);
        if self.length > 8 {
            others |= no_capitals(self.high) & first_bytes(self.length - 8);
        }
        let two = (self.low as u16).to_le_bytes();
        scan.all_caps += u32::from(others == 0 && self.length >= 2);
        scan.numbers += u32::from(number);
        scan.years += u32::from(number && self.length == 4 && matches!(&two, b"19" | b"20"));
    }
}

/// All bits of the first bytes, 1 or more of them.
#[inline(always)]
fn first_bytes(n: u64) -> u64 {
    u64::MAX >> (64 - 8 * n.min(8))
}

/// Eight bytes from `at` on; 0 behind the end.
#[inline(always)]
fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|eight| eight.first_chunk()) {
        Some(&eight) => u64::from_le_bytes(eight),
        None => {
            let mut eight = [0; 8];
            eight[..bytes.len() - at].copy_from_slice(&bytes[at..]);
            u64::from_le_bytes(eight)
        }
    }
}

/// Of letters, digits, apostrophes and bytes beyond ASCII, a bit for each of the last two.
#[inline(always)]
fn strange(bytes: u64) -> u64 {
    // Beyond ASCII the highest bit is set. Letters have bit 6, digits bit 4, apostrophes neither.
    bytes & each(0x80) | !(bytes | bytes << 2) & LETTER
}

/// Of letters and digits, a bit for each that is no upper-case letter.
#[inline(always)]
fn no_capitals(bytes: u64) -> u64 {
    !bytes & LETTER | (bytes & LOWER) << 1
}

/// Letters to lower case, digits to `0`; what is behind the word does not matter.
#[inline(always)]
fn fold(bytes: u64) -> u64 {
    // 0x0F for a letter, nothing for a digit.
    let low_bits = (bytes >> 6 & each(1)) * 0x0F;
    (bytes | LOWER) & (low_bits | each(0xF0))
}

/// Of letters and digits, whether one is a lower-case letter.
#[inline(always)]
fn has_lower(bytes: u64) -> bool {
    bytes & bytes >> 1 & LOWER != 0
}

/// [`hash_byte`] over eight bytes.
///
/// A byte that is 0 multiplies the hash by a constant and does no more, so that the steps behind a
/// shorter word can be taken back by one multiplication, with [`BACK`].
#[inline(always)]
fn hash_eight(hash: u64, bytes: u64) -> u64 {
    let mut hash = hash;
    for at in 0..8 {
        // The factor in two parts, one of them a shift: wide registers multiply 32 bits.
        let mixed = hash ^ (bytes >> (8 * at) & 0xFF);
        hash = (mixed << 40).wrapping_add(mixed.wrapping_mul(0x1b3));
    }
    hash
}

/// Takes back the steps of [`hash_eight`] behind a word, by its length modulo 8.
const BACK: [u64; 8] = {
    let mut back = [1; 8];
    let mut length = 7;
    while length > 0 {
        let longer: u64 = back[(length + 1) & 7];
        back[length] = longer.wrapping_mul(inverse(hash_byte(1, 0)));
        length -= 1;
    }
    back
};

/// The number that an odd one must be multiplied with to give 1, modulo 2^64.
const fn inverse(odd: u64) -> u64 {
    // Newton's iteration: each doubles the number of low bits that are right.
    let mut inverse = odd;
    let mut bits = 3;
    while bits < 64 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        bits *= 2;
    }
    inverse
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, start: usize, end: usize) -> Option<Plain> {
        let mut heads = Heads::new();
        heads.read(text.as_bytes(), &[start as u32], &[end as u32]);
        heads.plain(0, text.as_bytes(), start)
    }

    proptest! {
        #[test]
        fn a_word_is_what_its_bytes_are(
            before in "[a-z ]{0,3}", word in "[a-zA-Z0-9]{1,18}|[A-Z]{1,9}|[0-9]{1,5}|www|(19|20)[0-9]{2}",
            after in "[a-z ]{0,9}",
        ) {
            let text = format!("{before}{word}{after}");
            let (start, end) = (before.len(), before.len() + word.len());
            let plain = read(&text, start, end);
            prop_assert_eq!(plain.is_some(), word.len() as u64 <= MOST);
            let Some(plain) = plain else { return Ok(()) };
            let folded = word.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b | 0x20 });
            prop_assert_eq!(plain.hash, folded.fold(WORD_SEED, hash_byte));
            let mut scan = Scan::default();
            plain.count(&mut scan);
            let number = word.bytes().all(|b| b.is_ascii_digit());
            let caps = word.len() >= 2 && word.bytes().all(|b| b.is_ascii_uppercase());
            let year = number && word.len() == 4 && ["19", "20"].contains(&&word[..2]);
            prop_assert_eq!(scan.word_bytes as usize, word.len());
            prop_assert_eq!(scan.capitalised, u32::from(word.as_bytes()[0].is_ascii_uppercase()));
            prop_assert_eq!(scan.all_caps, u32::from(caps));
            prop_assert_eq!((scan.numbers, scan.years), (u32::from(number), u32::from(year)));
            prop_assert_eq!(scan.long_words, u32::from(word.len() >= 12));
            prop_assert_eq!(scan.links, u32::from(word == "www"));
        }

        #[test]
        fn other_runs_are_refused(word in "[a-zA-Z0-9'é’文]{1,12}") {
            let plain = read(&word, 0, word.len());
            let is_plain = word.bytes().all(|b| b.is_ascii_alphanumeric());
            let is_plain = is_plain && word.len() as u64 <= MOST;
            prop_assert_eq!(plain.is_some(), is_plain);
        }
    }
}
