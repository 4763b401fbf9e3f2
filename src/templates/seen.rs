//! Which keys were seen before, in memory that does not grow: a Bloom filter.
//!
//! It never forgets a key. The more keys it holds, the more new ones it takes for known: one in 2,500
//! with 27 bits for each key it holds, one in 200 with 13, one in 25 with 7.

/// Bits set for a key.
const BITS: u64 = 4;

/// A set of keys.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    words: Vec<u64>,
    /// A bit's number is masked with it.
    mask: u64,
}

impl Seen {
    /// A set in this many bytes, rounded up to a power of two.
    pub(super) fn with_bytes(bytes: usize) -> Self {
        let words = (bytes / 8).max(1).next_power_of_two();
        Self { words: vec![0; words], mask: words as u64 * 64 - 1 }
    }

    /// Adds a key; whether it was there.
    pub(super) fn insert(&mut self, key: u64) -> bool {
        // Keys are mixed already: their halves are as good as two hashes of them.
        let step = key >> 32 | 1;
        let mut was_there = true;
        for index in 0..BITS {
            let bit = key.wrapping_add(index.wrapping_mul(step)) & self.mask;
            let (word, mask) = (&mut self.words[(bit / 64) as usize], 1 << (bit % 64));
            was_there &= *word & mask != 0;
            *word |= mask;
        }
        was_there
    }
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint::mixed;
    use super::*;

    #[test]
    fn nothing_is_forgotten_and_little_is_taken_for_known() {
        let mut seen = Seen::with_bytes(1 << 13);
        let n = 5_000_u64;
        let wrong = (0..n).filter(|&key| seen.insert(mixed(key))).count();
        // 13 bits a key in the end, more before.
        assert!(wrong < 25, "{wrong} of {n}");
        assert!((0..n).all(|key| seen.insert(mixed(key))));
        assert!(!Seen::with_bytes(0).insert(7));
    }
}
