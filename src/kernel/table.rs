//! A read-only hash table from a cue's key to its weights: one probe a lookup in the usual case.

use super::LANES;

/// What a cue's key leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// Bit set of the hand-made word lists that the word stands in (one word only).
    pub lists: u32,
    /// Row in the weights, or [`NO_WEIGHTS`].
    pub row: u32,
}

/// `row` of a word that stands in a list but is no learned cue.
pub const NO_WEIGHTS: u32 = u32::MAX;

/// Hash of an empty word, before its first byte.
pub const WORD_SEED: u64 = 0xcbf2_9ce4_8422_2325;
/// Marks a key as "at the paragraph's start".
pub const START: u64 = 0x9e37_79b9_7f4a_7c15;
/// Marks a key as "at the paragraph's end".
pub const END: u64 = 0xc2b2_ae3d_27d4_eb4f;

/// Adds one folded byte to a word's hash (FNV-1a, 64 bits).
#[inline(always)]
#[must_use]
pub const fn hash_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Key of a sequence from the key of its beginning and the hash of its last word.
#[inline(always)]
#[must_use]
pub fn join(left: u64, right: u64) -> u64 {
    (left.rotate_left(23) ^ right).wrapping_mul(0x9fb2_1c65_1e98_df25)
}

/// Words of the filter, a power of two.
const FILTER_WORDS: usize = 1 << 11;

/// A key's word in the filter and its two bits there, from its top 23 bits.
#[inline(always)]
fn filter_bits(key: u64) -> (usize, u64) {
    let word = (key >> (64 - FILTER_WORDS.trailing_zeros())) as usize;
    (word, 1 << ((key >> 47) & 63) | 1 << ((key >> 41) & 63))
}

/// Open addressing with linear probing; the load stays at or below one half.
#[derive(Debug, Clone)]
pub struct CueTable {
    /// Key and entry together: a probe touches one cache line. The key 0 marks an empty slot.
    slots: Vec<(u64, Entry)>,
    weights: Vec<[f32; LANES]>,
    mask: usize,
    /// Two bits of one word for each key: most words of most texts are no cue, and this says so
    /// out of 16 kB that stay in the first-level cache.
    filter: Box<[u64; FILTER_WORDS]>,
}

impl CueTable {
    /// Builds the table. Of two items with one key the later one's weights and both their lists
    /// stay. The key 0 is not allowed and is moved to 1.
    #[must_use]
    pub fn new(
        items: impl IntoIterator<Item = (u64, Entry)>,
        weights: Vec<[f32; LANES]>,
    ) -> CueTable {
        let items: Vec<_> = items.into_iter().collect();
        let size = (items.len() * 2).next_power_of_two().max(16);
        let mut table = CueTable {
            slots: vec![(0, Entry { lists: 0, row: NO_WEIGHTS }); size],
            weights,
            mask: size - 1,
            filter: Box::new([0; FILTER_WORDS]),
        };
        for (key, entry) in items {
            let key = key.max(1);
            let slot = table.slot(key);
            let (held, stored) = &mut table.slots[slot];
            *held = key;
            stored.lists |= entry.lists;
            if entry.row != NO_WEIGHTS {
                stored.row = entry.row;
            }
            let (word, bits) = filter_bits(key);
            table.filter[word] |= bits;
        }
        table
    }

    /// The slot that holds `key`, or the empty one where it would stand.
    #[inline(always)]
    fn slot(&self, key: u64) -> usize {
        let mut slot = (key ^ (key >> 32)) as usize & self.mask;
        while self.slots[slot].0 != key && self.slots[slot].0 != 0 {
            slot = (slot + 1) & self.mask;
        }
        slot
    }

    /// The entry of a key.
    #[inline(always)]
    #[must_use]
    pub fn get(&self, key: u64) -> Option<Entry> {
        let key = key.max(1);
        let (word, bits) = filter_bits(key);
        if self.filter[word] & bits != bits {
            return None;
        }
        let (held, entry) = self.slots[self.slot(key)];
        (held == key).then_some(entry)
    }

    /// The weights of a row, one a lane.
    #[inline(always)]
    #[must_use]
    pub fn weights(&self, row: u32) -> &[f32; LANES] {
        &self.weights[row as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_hash_map_finds(
            items in prop::collection::vec((any::<u64>(), 0u32..100), 0..200),
            probes in prop::collection::vec(any::<u64>(), 0..100),
        ) {
            let map: HashMap<u64, u32> = items.iter().map(|&(k, v)| (k.max(1), v)).collect();
            let table = CueTable::new(
                items.iter().map(|&(key, row)| (key, Entry { lists: 0, row })),
                vec![[0.0; LANES]; 100],
            );
            for key in items.iter().map(|i| i.0).chain(probes) {
                prop_assert_eq!(table.get(key).map(|e| e.row), map.get(&key.max(1)).copied());
            }
        }
    }
}
