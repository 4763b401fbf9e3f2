//! One pass over a paragraph's bytes: classes counted, words hashed, cues looked up.
//!
//! The naive version decodes characters, lower-cases words into strings and asks a hash map for
//! each word, pair and triple of words; it stands as the twin in this file's tests. Here nothing is
//! decoded and nothing allocated. Bytes are told apart 64 at a time ([`masks`]); where runs of
//! letters begin and end is read off the masks (`runs`); a run is nearly always one word, read as one
//! or two numbers of 8 bytes (`plain`), and else read byte by byte (`mixed`); the keys of many words
//! pass a filter before any is looked up (`words`). What costs most in such a loop is a branch that the processor guesses wrong: there is
//! about one a word, and three in a loop that goes byte by byte.

use super::LANES;
use super::class::{CLASS, CLASSES, Class, character, is_letter};
use super::masks::{self, BLOCK, Masks};
use super::mixed::mixed_run;
use super::plain::{Heads, RUNS};
use super::runs::{self, Places, Runs};
use super::table::CueTable;
pub use super::words::Word;
use super::words::{self, Add, Words};

/// Number of hand-made word lists that an entry's bit set can name.
pub const LISTS: usize = 32;

/// What one pass finds in a paragraph. Counts are of characters, words or places.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// Characters by class.
    pub classes: [u32; CLASSES],
    /// Words: runs of letters and digits, with apostrophes inside.
    pub words: u32,
    /// Natural logarithm of 1 + words.
    pub log_words: f32,
    /// Bytes in words.
    pub word_bytes: u32,
    /// Words that begin with an upper-case ASCII letter.
    pub capitalised: u32,
    /// Words of two or more ASCII letters, all upper case.
    pub all_caps: u32,
    /// Words of digits only.
    pub numbers: u32,
    /// Numbers of four digits that begin with 19 or 20.
    pub years: u32,
    /// Places inside words where a lower-case letter meets an upper-case one.
    pub glued: u32,
    /// Words of 12 bytes and more.
    pub long_words: u32,
    /// Places where `.`, `?` or `!` is followed by white space or the end.
    pub stops: u32,
    /// Places where a colon stands between two digits.
    pub times: u32,
    /// Places where `@` stands directly behind a letter or digit.
    pub addresses: u32,
    /// Places where `://` begins, or a word is `www`.
    pub links: u32,
    /// Words by the list they stand in.
    pub lists: [u32; LISTS],
    /// Lists of the first word, as a bit set.
    pub first_lists: u32,
    /// Class of the first character; [`Class::Space`] in an empty paragraph.
    pub first: Class,
    /// Class of the last character.
    pub last: Class,
    /// Class of the last character that is no quotation mark or closing bracket.
    pub terminal: Class,
    /// Key of the whole sequence of words: equal for equal wording.
    pub wording: u64,
    /// Key of the first two words.
    pub opening: u64,
    /// Sum of the weights of all cues found, by label lane.
    pub cue_sum: [f32; LANES],
    /// Sum of the weights of the cues that stand at the paragraph's start or end.
    pub cue_edge: [f32; LANES],
    /// Cues found.
    pub cues: u32,
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            classes: [0; CLASSES],
            words: 0,
            log_words: 0.0,
            word_bytes: 0,
            capitalised: 0,
            all_caps: 0,
            numbers: 0,
            years: 0,
            glued: 0,
            long_words: 0,
            stops: 0,
            times: 0,
            addresses: 0,
            links: 0,
            lists: [0; LISTS],
            first_lists: 0,
            first: Class::Space,
            last: Class::Space,
            terminal: Class::Space,
            wording: 0,
            opening: 0,
            cue_sum: [0.0; LANES],
            cue_edge: [0.0; LANES],
            cues: 0,
        }
    }
}

impl Scan {
    /// Characters of a class.
    #[inline]
    #[must_use]
    pub fn count(&self, class: Class) -> u32 {
        self.classes[class as usize]
    }
}

/// A cue that was found, and where: what an explanation underlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First byte in the paragraph.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Row in the table's weights.
    pub row: u32,
}

/// Hears what a scan finds on its way; `()` listens to nothing.
pub trait Listener {
    /// Whether [`Listener::hit`] does anything.
    const HEARS_HITS: bool = false;
    /// The next words of the paragraph, some at a time.
    #[inline(always)]
    fn words(&mut self, _words: &[Word]) {}
    /// A learned cue. They come in order of their ends; those bound to the paragraph's end last.
    #[inline(always)]
    fn hit(&mut self, _hit: Hit) {}
}

impl Listener for () {}

/// Longer paragraphs are scanned up to here.
const MAX_BYTES: usize = u32::MAX as usize - 2 * BLOCK;

/// Scans paragraphs with one table: it holds what a scan needs on its way.
#[derive(Debug, Clone)]
pub struct Scanner<'t> {
    words: Words<'t>,
    runs: Runs,
    heads: Heads,
}

impl<'t> Scanner<'t> {
    /// A scanner that looks cues up in a table.
    #[must_use]
    pub fn new(table: &'t CueTable) -> Self {
        Self { words: Words::new(table), runs: Runs::new(), heads: Heads::new() }
    }

    /// Scans a paragraph and tells `listener` every word and every learned cue. Of a paragraph of
    /// 4 GB and more, the first 4 GB.
    pub fn scan(&mut self, paragraph: &str, listener: &mut impl Listener) -> Scan {
        let bytes = match paragraph.as_bytes() {
            bytes if bytes.len() <= MAX_BYTES => bytes,
            bytes => {
                let is_start = |&end: &usize| paragraph.is_char_boundary(end);
                &bytes[..(0..=MAX_BYTES).rev().find(is_start).unwrap_or(0)]
            }
        };
        #[cfg(target_arch = "x86_64")]
        if has_widest_registers() {
            // SAFETY: the processor has all that the function requires.
            #[allow(unsafe_code)]
            return unsafe { self.scan_avx512(bytes, listener) };
        }
        #[cfg(target_arch = "x86_64")]
        if has_wide_registers() {
            // SAFETY: the processor has all that the function requires.
            #[allow(unsafe_code)]
            return unsafe { self.scan_avx2(bytes, listener) };
        }
        self.scan_portable(bytes, listener)
    }

    /// [`Scanner::scan_portable`] with wider registers; it gives the same bits.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn scan_avx2(&mut self, bytes: &[u8], listener: &mut impl Listener) -> Scan {
        // Closures, since a function that is passed by its name is compiled for any machine.
        let places = |mask, start, out: &mut _, n: &mut _| runs::places(mask, start, out, n);
        let add = |table: &_, found: &_, scan: &mut _| words::add(table, found, scan);
        self.scan_with(bytes, listener, |block| masks::avx2(block), places, add)
    }

    /// The same with the widest registers: what is plain code below takes twice as much at once, and
    /// two steps have code of their own.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2")]
    fn scan_avx512(&mut self, bytes: &[u8], listener: &mut impl Listener) -> Scan {
        let places = |mask, start, out: &mut _, n: &mut _| runs::places_avx512(mask, start, out, n);
        let add = |table: &_, found: &_, scan: &mut _| words::wide::add(table, found, scan);
        self.scan_with(bytes, listener, |block| masks::avx2(block), places, add)
    }

    fn scan_portable(&mut self, bytes: &[u8], listener: &mut impl Listener) -> Scan {
        self.scan_with(bytes, listener, masks::portable, runs::places, words::add)
    }

    #[inline(always)]
    fn scan_with(
        &mut self,
        bytes: &[u8],
        listener: &mut impl Listener,
        masks: impl Fn(&[u8; BLOCK]) -> Masks,
        places: impl Fn(u64, u32, &mut Places, &mut usize),
        add: impl Add,
    ) -> Scan {
        let mut scan = Scan::default();
        let mut counts = Counts::default();
        for (start, block) in (0..).step_by(BLOCK).zip(bytes.chunks(BLOCK)) {
            let masks = match block.first_chunk::<BLOCK>() {
                Some(block) => masks(block),
                None => {
                    let mut padded = [0; BLOCK];
                    padded[..block.len()].copy_from_slice(block);
                    masks(&padded).first(block.len())
                }
            };
            counts.add(&masks);
            let letters = masks.lower | masks.upper | masks.digit;
            let known = letters | masks.space | masks.beyond;
            signs(!known & (u64::MAX >> (BLOCK - block.len())), start, bytes, &mut scan);
            let in_runs = letters | masks.beyond | masks.apostrophe;
            self.runs.add(in_runs, start as u32, &places);
            if self.runs.is_full() {
                self.take_runs(bytes, &mut scan, listener, &add);
            }
        }
        self.runs.end(bytes.len() as u32);
        self.take_runs(bytes, &mut scan, listener, &add);
        self.words.finish(&mut scan, listener, &add);
        counts.put_into(&mut scan);
        scan.log_words = libm::logf(1.0 + scan.words as f32);
        ends(bytes, &mut scan);
        scan
    }

    /// Takes the words out of the runs found.
    #[inline(always)]
    fn take_runs(
        &mut self,
        bytes: &[u8],
        scan: &mut Scan,
        listener: &mut impl Listener,
        add: &impl Add,
    ) {
        let (starts, ends) = self.runs.ended();
        for (starts, ends) in starts.chunks(RUNS).zip(ends.chunks(RUNS)) {
            self.heads.read(bytes, starts, ends);
            for (index, (&start, &end)) in starts.iter().zip(ends).enumerate() {
                match self.heads.plain(index, bytes, start as usize) {
                    Some(plain) => {
                        plain.count(scan);
                        let word = Word { hash: plain.hash, start, end };
                        self.words.push(word, scan, listener, add);
                    }
                    None => mixed_run(bytes, start as usize, end as usize, scan, |scan, word| {
                        self.words.push(word, scan, listener, add);
                    }),
                }
            }
        }
        self.runs.forget();
    }
}

/// Whether the processor has what [`Scanner::scan_avx2`] requires.
#[cfg(target_arch = "x86_64")]
fn has_wide_registers() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
}

/// Whether the processor has what [`Scanner::scan_avx512`] requires.
#[cfg(target_arch = "x86_64")]
pub(super) fn has_widest_registers() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has_wide_registers()
        && has!("avx512f")
        && has!("avx512bw")
        && has!("avx512dq")
        && has!("avx512vl")
        && has!("avx512vbmi2")
}

/// Scans a paragraph.
#[must_use]
pub fn scan(paragraph: &str, table: &CueTable) -> Scan {
    Scanner::new(table).scan(paragraph, &mut ())
}

/// Counts of letters, digits, white space and of pairs of neighbouring bytes.
#[derive(Default)]
struct Counts {
    lower: u32,
    upper: u32,
    digit: u32,
    space: u32,
    stops: u32,
    glued: u32,
    /// Whether the last byte was a lower-case letter, and a sign that ends a sentence; 0 or 1.
    was_lower: u64,
    was_stop: u64,
}

impl Counts {
    #[inline(always)]
    fn add(&mut self, masks: &Masks) {
        self.lower += masks.lower.count_ones();
        self.upper += masks.upper.count_ones();
        self.digit += masks.digit.count_ones();
        self.space += masks.space.count_ones();
        self.stops += ((masks.stop << 1 | self.was_stop) & masks.space).count_ones();
        self.glued += ((masks.lower << 1 | self.was_lower) & masks.upper).count_ones();
        (self.was_stop, self.was_lower) = (masks.stop >> 63, masks.lower >> 63);
    }

    #[inline(always)]
    fn put_into(&self, scan: &mut Scan) {
        scan.classes[Class::Lower as usize] += self.lower;
        scan.classes[Class::Upper as usize] += self.upper;
        scan.classes[Class::Digit as usize] += self.digit;
        scan.classes[Class::Space as usize] += self.space;
        scan.stops += self.stops;
        scan.glued += self.glued;
    }
}

/// Counts the signs of ASCII, of which `mask` has those in the block from `start` on.
#[inline(always)]
fn signs(mut mask: u64, start: usize, bytes: &[u8], scan: &mut Scan) {
    while mask != 0 {
        let at = start + mask.trailing_zeros() as usize;
        mask &= mask - 1;
        let class = CLASS[usize::from(bytes[at])];
        scan.classes[class as usize] += 1;
        match class {
            Class::Colon => {
                let next = bytes.get(at + 1).copied();
                let between = next.is_some_and(|b| b.is_ascii_digit())
                    && class_before(bytes, at) == Class::Digit;
                scan.times += u32::from(between);
                scan.links += u32::from(bytes[at..].starts_with(b"://"));
            }
            Class::At => scan.addresses += u32::from(is_letter(class_before(bytes, at))),
            _ => {}
        }
    }
}

/// Notes how the paragraph begins and ends.
#[inline(always)]
fn ends(bytes: &[u8], scan: &mut Scan) {
    if bytes.is_empty() {
        return;
    }
    scan.first = character(bytes, 0).0;
    scan.last = class_before(bytes, bytes.len());
    scan.stops +=
        u32::from(matches!(scan.last, Class::Period | Class::Question | Class::Exclamation));
    let mut end = bytes.len();
    while end > 0 {
        scan.terminal = class_before(bytes, end);
        if !closes(scan.terminal) {
            return;
        }
        end -= 1;
        while end > 0 && bytes[end] & 0xC0 == 0x80 {
            end -= 1;
        }
    }
    scan.terminal = Class::Space;
}

/// Whether a sign may stand behind the one that ends a sentence.
fn closes(class: Class) -> bool {
    matches!(class, Class::DoubleQuote | Class::SingleQuote | Class::ParenClose | Class::Bracket)
}

/// Class of the character that ends at `end`; [`Class::Space`] at the start.
#[inline(always)]
fn class_before(bytes: &[u8], end: usize) -> Class {
    match bytes[..end] {
        [] => Class::Space,
        [.., byte] if byte < 0x80 => CLASS[usize::from(byte)],
        _ => {
            let lead = bytes[..end].iter().rposition(|byte| byte & 0xC0 != 0x80);
            lead.map_or(Class::Space, |start| character(bytes, start).0)
        }
    }
}

#[cfg(test)]
mod tests;
