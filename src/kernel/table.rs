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
fn filter_places(key: u64) -> (usize, u32, u32) {
    let word = (key >> (64 - FILTER_WORDS.trailing_zeros())) as usize;
    (word, (key >> 47) as u32, (key >> 41) as u32)
}

/// Keys of a bucket.
const WAYS: usize = 2;

/// Keys that are looked for together, with what stands under them. They fill it from the first on.
///
/// Small, since the table is read all over: what does not fit the second-level cache is waited for
/// longer than all the rest of a scan takes. Of a key 32 bits are kept; with those that lead to the
/// bucket, 47 of 64 tell keys apart.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(16))]
struct Bucket {
    tags: [u32; WAYS],
    found: [Found; WAYS],
}

/// What a lookup has found: in the low bits the row of the weights, of which the first is that of no
/// cue and says nothing; in the high ones the set of lists that the word stands in, of which the
/// first is empty. 0 is nothing at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Found(u32);

/// Bits of a row.
const ROW_BITS: u32 = 22;
/// Greatest numbers of rows and of sets.
const MAX_ROWS: usize = 1 << ROW_BITS;
const MAX_SETS: usize = 1 << (u32::BITS - ROW_BITS);

impl Found {
    fn new(set: u32, row: u32) -> Self {
        Self(set << ROW_BITS | row)
    }

    #[inline(always)]
    fn row(self) -> u32 {
        self.0 & (MAX_ROWS as u32 - 1)
    }

    #[inline(always)]
    fn set(self) -> u32 {
        self.0 >> ROW_BITS
    }

    /// The row of the learned cue, as in [`Entry::row`], if it is one.
    #[inline(always)]
    pub(super) fn cue(self) -> Option<u32> {
        self.row().checked_sub(1)
    }
}

/// Lists that a set can name, as the number of counters that are added at once.
pub(super) const SETS_LANES: usize = super::scan::LISTS;

/// Buckets of two; what finds no room in its bucket stands in the next one.
#[derive(Debug, Clone)]
pub struct CueTable {
    buckets: Vec<Bucket>,
    /// Of no cue, then those that were given; in hundredths.
    weights: Vec<[i16; LANES]>,
    /// The sets of lists that words stand in, each as bits and as a 1 a list. Words of like use
    /// stand in the same lists, so that there are few.
    sets: Vec<(u32, [u8; SETS_LANES])>,
    mask: usize,
    /// Two bits of one word for each key: most words of most texts are no cue, and this says so
    /// out of 16 kB that stay in the first-level cache.
    filter: Box<[u64; FILTER_WORDS]>,
}

impl CueTable {
    /// Builds the table. Weights are rounded to hundredths, -327.68 to 327.67. Of two items with one
    /// key the later one's weights and both their lists stay.
    ///
    /// # Panics
    /// If there are four million rows of weights, or words stand in a thousand different sets of
    /// lists.
    #[must_use]
    pub fn new(
        items: impl IntoIterator<Item = (u64, Entry)>,
        weights: Vec<[f32; LANES]>,
    ) -> CueTable {
        assert!(weights.len() < MAX_ROWS);
        let items: Vec<_> = items.into_iter().collect();
        let n_buckets = (items.len() * 2 / WAYS + 1).next_power_of_two();
        // Rounded by adding a half: `round` is a call for each of 300,000 weights at every start.
        let hundredths = |w: f32| (w * 100.0 + 0.5f32.copysign(w)) as i16;
        let mut table = CueTable {
            buckets: vec![Bucket::default(); n_buckets],
            weights: std::iter::once([0; LANES])
                .chain(weights.into_iter().map(|row| row.map(hundredths)))
                .collect(),
            sets: vec![(0, [0; SETS_LANES])],
            mask: n_buckets - 1,
            filter: Box::new([0; FILTER_WORDS]),
        };
        for (key, entry) in items {
            let (bucket, way) = table.place(key);
            let known = table.buckets[bucket].found[way];
            let set = table.set_of(table.lists(known) | entry.lists);
            let row = if entry.row == NO_WEIGHTS { known.row() } else { entry.row + 1 };
            table.buckets[bucket].tags[way] = tag(key);
            table.buckets[bucket].found[way] = Found::new(set, row);
            let (word, one, two) = filter_places(key);
            table.filter[word] |= 1 << (one % 64) | 1 << (two % 64);
        }
        table
    }

    /// The bucket and the place in it that hold a key, or where it would stand.
    fn place(&self, key: u64) -> (usize, usize) {
        let mut bucket = self.bucket(key);
        loop {
            let Bucket { tags, found } = self.buckets[bucket];
            let held = tags
                .iter()
                .zip(&found)
                .position(|(&held, &found)| held == tag(key) || found == Found::default());
            if let Some(way) = held {
                return (bucket, way);
            }
            bucket = (bucket + 1) & self.mask;
        }
    }

    /// The number of a set of lists, a new one if need be.
    fn set_of(&mut self, lists: u32) -> u32 {
        let known = self.sets.iter().position(|&(bits, _)| bits == lists);
        let index = known.unwrap_or_else(|| {
            let ones = std::array::from_fn(|list| (lists >> list & 1) as u8);
            assert!(self.sets.len() < MAX_SETS);
            self.sets.push((lists, ones));
            self.sets.len() - 1
        });
        index as u32
    }

    #[inline(always)]
    fn bucket(&self, key: u64) -> usize {
        (key ^ (key >> 32)) as usize & self.mask
    }

    /// 1 if the table may hold a key; 0 for most that it does not.
    #[inline(always)]
    pub(super) fn may_hold(&self, key: u64) -> usize {
        let (word, one, two) = filter_places(key);
        let filter = self.filter[word];
        ((filter >> (one % 64)) & (filter >> (two % 64)) & 1) as usize
    }

    /// What stands under a key that passes the filter: 1 and what it is, or 0 and anything.
    #[inline(always)]
    pub(super) fn find(&self, key: u64) -> (usize, Found) {
        let Bucket { tags, found } = &self.buckets[self.bucket(key)];
        let (first, second) = (tags[0] ^ tag(key), tags[1] ^ tag(key));
        // One branch, nearly never taken, for three conditions: neither tag, and the bucket full.
        if first.min(second).min(found[1].0) != 0 {
            return self.find_further(key);
        }
        let found = if first == 0 { found[0] } else { found[1] };
        (usize::from(first.min(second) == 0), found)
    }

    /// The same for a key whose bucket is full.
    #[cold]
    fn find_further(&self, key: u64) -> (usize, Found) {
        let (bucket, way) = self.place(key);
        let found = self.buckets[bucket].found[way];
        (usize::from(found != Found::default()), found)
    }

    /// The weights of the learned cue under a key, one a lane.
    #[inline]
    #[must_use]
    pub fn cue(&self, key: u64) -> Option<[f32; LANES]> {
        let (is_held, found) = self.find_filtered(key);
        (is_held == 1 && found.cue().is_some()).then(|| self.lanes(found))
    }

    /// The entry of a key.
    #[cfg(test)]
    fn get(&self, key: u64) -> Option<Entry> {
        let (is_held, found) = self.find_filtered(key);
        let row = found.cue().unwrap_or(NO_WEIGHTS);
        (is_held == 1).then(|| Entry { lists: self.lists(found), row })
    }

    #[inline]
    fn find_filtered(&self, key: u64) -> (usize, Found) {
        if self.may_hold(key) == 0 {
            return (0, Found::default());
        }
        let (is_held, found) = self.find(key);
        // An empty place can look like a key whose tag is 0.
        (is_held & usize::from(found != Found::default()), found)
    }

    /// The lists of a word, as bits.
    #[inline(always)]
    pub(super) fn lists(&self, found: Found) -> u32 {
        self.sets[found.set() as usize].0
    }

    /// The lists of a word, as a 1 a list.
    #[inline(always)]
    pub(super) fn set(&self, found: Found) -> &[u8; SETS_LANES] {
        &self.sets[found.set() as usize].1
    }

    /// What a cue adds to each lane; zeros for a word that is none.
    #[inline(always)]
    pub(super) fn lanes(&self, found: Found) -> [f32; LANES] {
        self.hundredths(found).map(of_hundredths)
    }

    /// The same in hundredths.
    #[inline(always)]
    pub(super) fn hundredths(&self, found: Found) -> &[i16; LANES] {
        &self.weights[found.row() as usize]
    }
}

/// The bits of a key that are kept.
#[inline(always)]
fn tag(key: u64) -> u32 {
    (key >> 16) as u32
}

/// .01 in two parts, see [`of_hundredths`].
pub(super) const HIGH: f32 = 0.009_948_730_5;
pub(super) const LOW: f32 = 5.126_953e-5;

/// The number nearest to `hundredths / 100`.
///
/// Naive one-liner: that division, which takes the processor longer than all else that is done with
/// a weight. Here .01 is the sum of two numbers, the first with so few bits that its product is
/// exact; a test compares all 65,536 cases.
#[inline(always)]
fn of_hundredths(hundredths: i16) -> f32 {
    let whole = f32::from(hundredths);
    whole * HIGH + whole * LOW
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
            let map: HashMap<u64, u32> = items.iter().copied().collect();
            let table = CueTable::new(
                items.iter().map(|&(key, row)| (key, Entry { lists: 0, row })),
                vec![[0.0; LANES]; 100],
            );
            for key in items.iter().map(|i| i.0).chain(probes) {
                prop_assert_eq!(table.get(key).map(|e| e.row), map.get(&key).copied());
            }
        }
    }

    #[test]
    fn hundredths_are_what_their_decimal_form_reads_as() {
        for hundredths in i16::MIN..=i16::MAX {
            let expected = (f64::from(hundredths) / 100.0) as f32;
            assert_eq!(of_hundredths(hundredths), expected, "{hundredths}");
        }
        let entry = Entry { lists: 0, row: 0 };
        let table = CueTable::new([(7, entry)], vec![[-1.64; LANES]]);
        assert_eq!(table.cue(7), Some([-1.64; LANES]));
    }

    #[test]
    fn every_key_is_found_in_a_table_of_many() {
        let key = |i: u64| i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let items = (0..50_000u32).map(|row| (key(u64::from(row)), Entry { lists: row % 3, row }));
        let table = CueTable::new(items, vec![[0.0; LANES]; 50_000]);
        for row in 0..50_000u32 {
            assert_eq!(table.get(key(u64::from(row))), Some(Entry { lists: row % 3, row }));
        }
        assert!((50_000..100_000).all(|i| table.get(key(i)).is_none()));
    }
}
