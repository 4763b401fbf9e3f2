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
/// Room for the runs of one more block, of which every other byte can begin one.
const ROOM: usize = CAPACITY + BLOCK / 2 + STEP;

/// Runs found and not taken yet.
#[derive(Debug, Clone)]
pub(super) struct Runs {
    starts: [u32; ROOM],
    ends: [u32; ROOM],
    n_starts: usize,
    n_ends: usize,
    /// 1 if the last byte was in a run.
    is_open: u64,
}

impl Runs {
    pub(super) fn new() -> Self {
        Self { starts: [0; ROOM], ends: [0; ROOM], n_starts: 0, n_ends: 0, is_open: 0 }
    }

    /// Adds the runs of set bits in the block of bytes from `start` on.
    #[inline(always)]
    pub(super) fn add(&mut self, mask: u64, start: u32) {
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
fn places(mut mask: u64, start: u32, out: &mut [u32; ROOM], n: &mut usize) {
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
