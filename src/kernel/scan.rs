//! One pass over a paragraph's bytes: classes counted, words hashed, cues looked up.
//!
//! The naive version decodes characters, lower-cases words into strings and asks a hash map for
//! each word, pair and triple of words; it stands as the twin in this file's tests. Here no
//! character is decoded (lead bytes give class and length), a word is its running 64-bit hash, and
//! most lookups end in a bit filter. Nothing is allocated.

use super::LANES;
use super::class::{CLASS, CLASSES, COUNT, Class, FOLD, LETTER, MAX_COUNT, beyond_ascii};
use super::table::{CueTable, END, NO_WEIGHTS, START, WORD_SEED, hash_byte, join};

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

/// Hears what a scan finds on its way. The scan of a crawl listens to nothing: `()`.
pub trait Listener {
    /// A word, by its byte range in the paragraph, with the hash of its folded bytes.
    #[inline(always)]
    fn word(&mut self, _start: usize, _end: usize, _hash: u64) {}
    /// A learned cue. They come in order of their ends; those bound to the paragraph's end last.
    #[inline(always)]
    fn hit(&mut self, _hit: Hit) {}
}

impl Listener for () {}

/// Scans a paragraph.
#[must_use]
pub fn scan(paragraph: &str, table: &CueTable) -> Scan {
    scan_with(paragraph, table, &mut ())
}

/// Scans a paragraph and tells `listener` every word and every learned cue.
pub fn scan_with(paragraph: &str, table: &CueTable, listener: &mut impl Listener) -> Scan {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, which is all that the function requires.
        #[allow(unsafe_code)]
        return unsafe { scan_avx2(paragraph, table, listener) };
    }
    scan_portable(paragraph, table, listener)
}

/// [`scan_portable`], compiled for wider registers; it gives the same bits.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn scan_avx2(paragraph: &str, table: &CueTable, listener: &mut impl Listener) -> Scan {
    scan_portable(paragraph, table, listener)
}

#[inline(always)]
fn scan_portable(paragraph: &str, table: &CueTable, listener: &mut impl Listener) -> Scan {
    let bytes = paragraph.as_bytes();
    let mut words = Words::new(table);
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b' ' {
            // What stands between words nearly always.
            words.scan.classes[Class::Space as usize] += 1;
            i += 1;
            continue;
        }
        let (class, length) = character(bytes, i);
        if is_letter(class) {
            i = words.word(bytes, i, listener);
        } else {
            words.scan.classes[class as usize] += 1;
            words.mark(class, bytes, i, i + length);
            i += length;
        }
    }
    let mut scan = words.finish(listener);
    scan.first = if bytes.is_empty() { Class::Space } else { character(bytes, 0).0 };
    let mut from_end = paragraph.char_indices().rev().map(|(at, _)| character(bytes, at).0);
    scan.last = from_end.next().unwrap_or(Class::Space);
    scan.terminal = std::iter::once(scan.last)
        .chain(from_end)
        .find(|&class| !closes(class))
        .unwrap_or(Class::Space);
    scan
}

#[inline(always)]
fn is_letter(class: Class) -> bool {
    matches!(class, Class::Lower | Class::Upper | Class::Digit | Class::OtherLetter)
}

/// Whether a sign may stand behind the one that ends a sentence.
fn closes(class: Class) -> bool {
    matches!(class, Class::DoubleQuote | Class::SingleQuote | Class::ParenClose | Class::Bracket)
}

/// Class of the character that ends at `end`; [`Class::Space`] at the start.
fn class_before(bytes: &[u8], end: usize) -> Class {
    let lead = bytes[..end].iter().rposition(|byte| byte & 0xC0 != 0x80);
    lead.map_or(Class::Space, |start| character(bytes, start).0)
}

/// Class and length of the character at `i`.
#[inline(always)]
fn character(bytes: &[u8], i: usize) -> (Class, usize) {
    let byte = bytes[i];
    if byte < 0x80 { (CLASS[usize::from(byte)], 1) } else { beyond_ascii(&bytes[i..]) }
}

/// Length in bytes of an apostrophe at `i` that joins two letters; 0 where there is none.
#[inline(always)]
fn apostrophe(bytes: &[u8], i: usize) -> usize {
    let length = match bytes[i] {
        b'\'' => 1,
        0xE2 if bytes[i..].starts_with("’".as_bytes()) => 3,
        _ => return 0,
    };
    if bytes.get(i + length).is_some_and(u8::is_ascii_alphabetic) { length } else { 0 }
}

#[inline(always)]
fn add_lanes(sums: &mut [f32; LANES], weights: &[f32; LANES]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight;
    }
}

/// The words seen so far, and what the last ones were.
struct Words<'a> {
    table: &'a CueTable,
    scan: Scan,
    /// Hash, pair key and start of the last word; the word before it likewise.
    last: (u64, usize),
    before: (u64, usize),
    /// End of the last word.
    end: usize,
}

/// Where a word that begins at `start` ends at the latest: one longer than its counts can hold ends
/// there, and the rest is the next word.
#[inline(always)]
fn limit(bytes: &[u8], start: usize) -> usize {
    let mut limit = bytes.len().min(start + MAX_COUNT as usize);
    while limit < bytes.len() && bytes[limit] & 0xC0 == 0x80 {
        limit -= 1;
    }
    limit
}

impl<'a> Words<'a> {
    fn new(table: &'a CueTable) -> Self {
        Self { table, scan: Scan::default(), last: (0, 0), before: (0, 0), end: 0 }
    }

    /// Takes the word that begins at `start` and returns its end.
    #[inline(always)]
    fn word(&mut self, bytes: &[u8], start: usize, listener: &mut impl Listener) -> usize {
        let mut hash = WORD_SEED;
        // Lower-case letters, upper-case letters and digits, 21 bits each.
        let (mut counts, mut other, mut glued) = (0u64, 0u32, 0u32);
        let mut was_lower = 0u8;
        let bytes = &bytes[..limit(bytes, start)];
        let mut i = start;
        while i < bytes.len() {
            let byte = bytes[i];
            let letter = LETTER[usize::from(byte)];
            if letter != 0 {
                hash = hash_byte(hash, FOLD[usize::from(byte)]);
                counts += COUNT[usize::from(byte)];
                glued += u32::from(was_lower & (letter >> 1));
                was_lower = letter & 1;
                i += 1;
            } else if byte == b'\'' || byte >= 0x80 {
                let joined = apostrophe(bytes, i);
                if joined > 0 {
                    self.scan.classes[Class::SingleQuote as usize] += 1;
                    i += joined;
                    continue;
                }
                if byte < 0x80 {
                    break;
                }
                let (class, length) = beyond_ascii(&bytes[i..]);
                if class != Class::OtherLetter {
                    break;
                }
                for &byte in &bytes[i..i + length] {
                    hash = hash_byte(hash, byte);
                }
                other += 1;
                was_lower = 0;
                i += length;
            } else {
                break;
            }
        }
        let [lower, upper, digits] = [0, 21, 42].map(|shift| (counts >> shift) as u32 & MAX_COUNT);
        let scan = &mut self.scan;
        scan.classes[Class::Upper as usize] += upper;
        scan.classes[Class::Lower as usize] += lower;
        scan.classes[Class::Digit as usize] += digits;
        scan.classes[Class::OtherLetter as usize] += other;
        scan.words += 1;
        scan.word_bytes += (i - start) as u32;
        scan.glued += glued;
        scan.capitalised += u32::from(bytes[start].is_ascii_uppercase());
        scan.all_caps += u32::from(upper >= 2 && lower + digits + other == 0);
        let number = upper + lower + other == 0;
        scan.numbers += u32::from(number);
        scan.years +=
            u32::from(number && digits == 4 && matches!(&bytes[start..start + 2], b"19" | b"20"));
        scan.long_words += u32::from(i - start >= 12);
        scan.links += u32::from(&bytes[start..i] == b"www");
        listener.word(start, i, hash);
        self.cues(hash, start, i, listener);
        i
    }

    /// Looks up the word, the pair and the triple that end with it.
    #[inline(always)]
    fn cues(&mut self, hash: u64, start: usize, end: usize, listener: &mut impl Listener) {
        let (table, n) = (self.table, self.scan.words);
        if let Some(entry) = table.get(hash) {
            let mut lists = entry.lists;
            if n == 1 {
                self.scan.first_lists = lists;
            }
            while lists != 0 {
                self.scan.lists[lists.trailing_zeros() as usize] += 1;
                lists &= lists - 1;
            }
            self.add(entry.row, Hit { start, end, row: entry.row }, false, listener);
        }
        let pair = join(self.last.0, hash);
        if n >= 2 {
            self.look_up(pair, self.last.1, end, false, listener);
        }
        if n >= 3 {
            self.look_up(
                join(join(self.before.0, self.last.0), hash),
                self.before.1,
                end,
                false,
                listener,
            );
        }
        if n == 1 {
            self.look_up(join(START, hash), start, end, true, listener);
            self.scan.wording = hash;
            self.scan.opening = hash;
        } else {
            if n == 2 {
                self.look_up(join(START, pair), self.last.1, end, true, listener);
                self.scan.opening = pair;
            }
            self.scan.wording = join(self.scan.wording, hash);
        }
        self.before = self.last;
        self.last = (hash, start);
        self.end = end;
    }

    #[inline(always)]
    fn look_up(
        &mut self,
        key: u64,
        start: usize,
        end: usize,
        edge: bool,
        listener: &mut impl Listener,
    ) {
        if let Some(entry) = self.table.get(key) {
            self.add(entry.row, Hit { start, end, row: entry.row }, edge, listener);
        }
    }

    #[inline(always)]
    fn add(&mut self, row: u32, hit: Hit, edge: bool, listener: &mut impl Listener) {
        if row == NO_WEIGHTS {
            return;
        }
        // A copy: the compiler cannot know that the table lies apart from the sums, and would go
        // lane by lane.
        let weights = *self.table.weights(row);
        self.scan.cues += 1;
        if edge {
            add_lanes(&mut self.scan.cue_edge, &weights);
        } else {
            add_lanes(&mut self.scan.cue_sum, &weights);
        }
        listener.hit(hit);
    }

    /// Notes what the character at `start..end`, outside words, tells.
    #[inline(always)]
    fn mark(&mut self, class: Class, bytes: &[u8], start: usize, end: usize) {
        let scan = &mut self.scan;
        let next = bytes.get(end).copied();
        match class {
            Class::Period | Class::Question | Class::Exclamation => {
                scan.stops += u32::from(next.is_none_or(|b| CLASS[usize::from(b)] == Class::Space));
            }
            Class::Colon => {
                let between = next.is_some_and(|b| b.is_ascii_digit())
                    && class_before(bytes, start) == Class::Digit;
                scan.times += u32::from(between);
                scan.links += u32::from(bytes[start..].starts_with(b"://"));
            }
            Class::At => scan.addresses += u32::from(is_letter(class_before(bytes, start))),
            _ => {}
        }
    }

    /// Looks up what stands at the paragraph's end.
    fn finish(mut self, listener: &mut impl Listener) -> Scan {
        self.scan.log_words = libm::logf(1.0 + self.scan.words as f32);
        if self.scan.words >= 1 {
            self.look_up(join(END, self.last.0), self.last.1, self.end, true, listener);
        }
        if self.scan.words >= 2 {
            let pair = join(self.before.0, self.last.0);
            self.look_up(join(END, pair), self.before.1, self.end, true, listener);
        }
        self.scan
    }
}

#[cfg(test)]
mod tests;
