//! A hasher for maps whose keys a page chooses: fast, and seeded anew for each map, so that nobody
//! can write a page whose keys all fall into one place.
//!
//! Naive: the standard library's SipHash, which takes a third of the time that features of a page
//! take. Nothing may depend on the order of such a map.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Makes hashers with one secret start.
#[derive(Debug, Clone, Copy)]
pub struct Seeded(u64);

impl Default for Seeded {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Seeded {
    type Hasher = Folding;

    #[inline]
    fn build_hasher(&self) -> Folding {
        Folding(self.0)
    }
}

/// Multiplies eight bytes at a time and folds the product's halves into each other.
#[derive(Debug, Clone, Copy)]
pub struct Folding(u64);

impl Hasher for Folding {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let mut eights = bytes.chunks_exact(8);
        for eight in eights.by_ref() {
            self.write_u64(u64::from_le_bytes(std::array::from_fn(|at| eight[at])));
        }
        let rest = eights.remainder();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.write_u64(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    #[inline]
    fn write_u64(&mut self, value: u64) {
        const FACTOR: u128 = 0x9e37_79b9_7f4a_7c15;
        let product = u128::from(self.0 ^ value) * FACTOR;
        self.0 = product as u64 ^ (product >> 64) as u64 ^ self.0.rotate_left(29);
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_map_counts_as_the_standard_one(texts in prop::collection::vec("[a-c]{0,20}", 0..200)) {
            let mut ours: HashMap<&str, u32, Seeded> = HashMap::default();
            let mut naive: HashMap<&str, u32> = HashMap::new();
            for text in &texts {
                *ours.entry(text).or_default() += 1;
                *naive.entry(text).or_default() += 1;
            }
            prop_assert_eq!(ours.len(), naive.len());
            prop_assert!(naive.iter().all(|(text, n)| ours.get(text) == Some(n)));
        }
    }

    #[test]
    fn alike_keys_spread_over_all_bits_that_a_map_uses() {
        let seeded = Seeded::default();
        for shift in [0, 8, 30, 57] {
            let low: HashSet<u64> =
                (0..4096u64).map(|key| seeded.hash_one(key << 7) >> shift & 127).collect();
            assert_eq!(low.len(), 128, "bits from {shift}");
        }
        let texts: HashSet<u64> =
            (0..10_000).map(|n| seeded.hash_one("a".repeat(n % 100) + &n.to_string())).collect();
        assert_eq!(texts.len(), 10_000);
    }
}
