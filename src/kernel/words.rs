//! Words to cues: the words of a paragraph gathered, their keys looked up, what is found added up.
//!
//! The naive version asks the table for each word, pair and triple as the word is read, and guesses
//! each time anew whether there is one. Here the keys of many words go through the table's filter
//! first, without a branch, and only those that pass are looked up.

use super::LANES;
use super::scan::{Hit, Listener, Scan};
use super::table::{CueTable, END, Found, SETS_LANES, START, join};

/// A word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Word {
    /// Hash of its folded bytes.
    pub hash: u64,
    /// First byte in the paragraph.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Words gathered before their keys are looked up. Counts of a list fit a byte.
const CAPACITY: usize = 128;
/// Words kept from before, for pairs and triples.
const KEPT: usize = 2;
/// Keys that can pass the filter: three a word, two more at each of the paragraph's ends.
const MOST_KEYS: usize = (3 * CAPACITY + 4).next_power_of_two();

/// Where the key of a cue comes from.
const WORD: u32 = 0;
const PAIR: u32 = 1;
const TRIPLE: u32 = 2;
const AT_START: u32 = 3;
const PAIR_AT_START: u32 = 4;
const AT_END: u32 = 5;
const PAIR_AT_END: u32 = 6;
/// Words before the last one of each.
const BEFORE: [usize; 1 << FROM_BITS] = [0, 1, 2, 0, 1, 0, 1, 0];

/// A key that the table may hold, or what it has found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Candidate<T> {
    it: T,
    /// The last word's index among those gathered, and in the low bits one of the constants above.
    origin: u32,
}

/// Bits of [`Candidate::origin`] that tell where a key comes from.
const FROM_BITS: u32 = 3;

impl<T> Candidate<T> {
    #[inline(always)]
    fn new(it: T, word: usize, from: u32) -> Self {
        Self { it, origin: (word as u32) << FROM_BITS | from }
    }

    #[inline(always)]
    fn from(&self) -> u32 {
        self.origin & ((1 << FROM_BITS) - 1)
    }

    #[inline(always)]
    fn word(&self) -> usize {
        (self.origin >> FROM_BITS) as usize
    }
}

/// The words of a paragraph, some at a time.
#[derive(Debug, Clone)]
pub(super) struct Words<'t> {
    table: &'t CueTable,
    /// The last words that were looked up, then those gathered since.
    words: [Word; KEPT + CAPACITY],
    n: usize,
    candidates: [Candidate<u64>; MOST_KEYS],
    found: [Candidate<Found>; MOST_KEYS],
    /// Words looked up.
    seen: u32,
}

impl<'t> Words<'t> {
    pub(super) fn new(table: &'t CueTable) -> Self {
        Self {
            table,
            words: [Word::default(); KEPT + CAPACITY],
            n: KEPT,
            candidates: [Candidate::default(); MOST_KEYS],
            found: [Candidate::default(); MOST_KEYS],
            seen: 0,
        }
    }

    /// Adds a word; what is found in full buffers goes to `scan`.
    #[inline(always)]
    pub(super) fn push(
        &mut self,
        word: Word,
        scan: &mut Scan,
        listener: &mut impl Listener,
        add: &impl Add,
    ) {
        if self.n == self.words.len() {
            self.look_up(false, scan, listener, add);
        }
        self.words[self.n] = word;
        self.n += 1;
    }

    /// Ends the paragraph: looks up what is left, and what stands at the end.
    #[inline(always)]
    pub(super) fn finish(&mut self, scan: &mut Scan, listener: &mut impl Listener, add: &impl Add) {
        self.look_up(true, scan, listener, add);
        scan.words = std::mem::take(&mut self.seen);
    }

    #[inline(always)]
    fn look_up(
        &mut self,
        is_end: bool,
        scan: &mut Scan,
        listener: &mut impl Listener,
        add: &impl Add,
    ) {
        listener.words(&self.words[KEPT..self.n]);
        let n_candidates = self.candidates(is_end, scan);
        self.add_up(n_candidates, scan, listener, add);
        self.seen += (self.n - KEPT) as u32;
        self.words.copy_within(self.n - KEPT..self.n, 0);
        self.n = KEPT;
    }

    /// Sends the keys of all words gathered through the table's filter; the number that passed.
    #[inline(always)]
    fn candidates(&mut self, is_end: bool, scan: &mut Scan) -> usize {
        let mut sieve = Sieve { table: self.table, candidates: &mut self.candidates, n: 0 };
        let mut next = KEPT;
        let mut wording = scan.wording;
        let words = &self.words[..self.n];
        if self.seen == 0 && next < words.len() {
            let first = words[next].hash;
            sieve.add(first, next, WORD);
            sieve.add(join(START, first), next, AT_START);
            (wording, scan.opening) = (first, first);
            next += 1;
        }
        if self.seen + (next - KEPT) as u32 == 1 && next < words.len() {
            let second = words[next].hash;
            let pair = join(words[next - 1].hash, second);
            sieve.add(second, next, WORD);
            sieve.add(pair, next, PAIR);
            sieve.add(join(START, pair), next, PAIR_AT_START);
            (wording, scan.opening) = (pair, pair);
            next += 1;
        }
        let mut last = words[next - 1].hash;
        let mut before = join(words[next - 2].hash, last);
        for (index, word) in words.iter().enumerate().skip(next) {
            let pair = join(last, word.hash);
            sieve.add(word.hash, index, WORD);
            sieve.add(pair, index, PAIR);
            sieve.add(join(before, word.hash), index, TRIPLE);
            wording = join(wording, word.hash);
            (before, last) = (pair, word.hash);
        }
        let seen = self.seen + (words.len() - KEPT) as u32;
        if is_end && seen >= 1 {
            sieve.add(join(END, last), words.len() - 1, AT_END);
        }
        if is_end && seen >= 2 {
            sieve.add(join(END, before), words.len() - 1, PAIR_AT_END);
        }
        scan.wording = wording;
        sieve.n
    }

    /// Looks the first `n_candidates` candidates up and adds their weights and lists to the scan.
    #[inline(always)]
    fn add_up<T: Listener>(
        &mut self,
        n_candidates: usize,
        scan: &mut Scan,
        listener: &mut T,
        add: &impl Add,
    ) {
        // All are looked up first, so that the processor asks memory for many at once.
        let mut n_found = 0;
        for candidate in &self.candidates[..n_candidates] {
            let (is_found, found) = self.table.find(candidate.it);
            self.found[n_found % MOST_KEYS] = Candidate { it: found, origin: candidate.origin };
            n_found += is_found;
        }
        let found = &self.found[..n_found];
        if self.seen == 0
            && let Some(first) = found.first()
            && (first.word(), first.from()) == (KEPT, WORD)
        {
            scan.first_lists = self.table.lists(first.it);
        }
        add(self.table, found, scan);
        if !T::HEARS_HITS {
            return;
        }
        for found in found {
            if let Some(row) = found.it.cue() {
                let word = found.word();
                let first = word - BEFORE[found.from() as usize];
                let (start, end) =
                    (self.words[first].start as usize, self.words[word].end as usize);
                listener.hit(Hit { start, end, row });
            }
        }
    }
}

/// Keeps the keys that pass the table's filter, without a branch.
struct Sieve<'a> {
    table: &'a CueTable,
    candidates: &'a mut [Candidate<u64>; MOST_KEYS],
    n: usize,
}

impl Sieve<'_> {
    #[inline(always)]
    fn add(&mut self, key: u64, word: usize, from: u32) {
        let at = self.n % MOST_KEYS;
        self.candidates[at] = Candidate::new(key, word, from);
        self.n = at + self.table.may_hold(key);
    }
}

/// [`add`], or what does the same in other registers.
pub(super) trait Add: Fn(&CueTable, &[Candidate<Found>], &mut Scan) {}
impl<T: Fn(&CueTable, &[Candidate<Found>], &mut Scan)> Add for T {}

/// Adds the weights and lists of what was found to the scan.
#[inline(always)]
pub(super) fn add(table: &CueTable, found: &[Candidate<Found>], scan: &mut Scan) {
    let mut sum = scan.cue_sum;
    let mut lists = [0u8; SETS_LANES];
    let mut cues = 0;
    for found in found {
        for (count, &one) in lists.iter_mut().zip(table.set(found.it)) {
            *count += one;
        }
        let lanes = table.lanes(found.it);
        if found.from() >= AT_START {
            add_lanes(&mut scan.cue_edge, lanes);
        } else {
            add_lanes(&mut sum, lanes);
        }
        cues += u32::from(found.it.cue().is_some());
    }
    scan.cues += cues;
    scan.cue_sum = sum;
    for (total, count) in scan.lists.iter_mut().zip(lists) {
        *total += u32::from(count);
    }
}

#[inline(always)]
fn add_lanes(sums: &mut [f32; LANES], weights: [f32; LANES]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight;
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) mod wide;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::table::Entry;
    use super::*;

    proptest! {
        /// Against sums made one cue after the other, on every path and to the bit.
        #[test]
        fn what_is_found_is_added_up_in_order(
            rows in prop::collection::vec((prop::array::uniform20(-3.0f32..3.0), any::<u32>()), 1..8),
            found in prop::collection::vec((0usize..8, WORD..=PAIR_AT_END), 0..CAPACITY),
        ) {
            let items = rows.iter().zip(0u32..).map(|(&(_, lists), row)| {
                (u64::from(row).wrapping_mul(START), Entry { lists, row })
            });
            let table = CueTable::new(items, rows.iter().map(|row| row.0).collect());
            let found: Vec<Candidate<Found>> = found
                .iter()
                .map(|&(row, from)| {
                    let key = ((row % rows.len()) as u64).wrapping_mul(START);
                    Candidate::new(table.find(key).1, KEPT, from)
                })
                .collect();
            let mut naive = Scan::default();
            for one in &found {
                let sums =
                    if one.from() < AT_START { &mut naive.cue_sum } else { &mut naive.cue_edge };
                sums.iter_mut().zip(table.lanes(one.it)).for_each(|(sum, weight)| *sum += weight);
                naive.cues += 1;
                for (list, count) in naive.lists.iter_mut().enumerate() {
                    *count += table.lists(one.it) >> list & 1;
                }
            }
            let mut scan = Scan::default();
            add(&table, &found, &mut scan);
            prop_assert_eq!(&scan, &naive);
            #[cfg(target_arch = "x86_64")]
            if super::super::scan::has_widest_registers() {
                let mut scan = Scan::default();
                // SAFETY: the processor has all that the function requires.
                #[allow(unsafe_code)]
                unsafe {
                    wide::add(&table, &found, &mut scan);
                }
                prop_assert_eq!(&scan, &naive);
            }
        }
    }
}
