//! Words of a text, and phrases among them, whatever their case. Nothing is lower-cased or copied.
//!
//! A paragraph is searched for some hundred phrases of many tables, and has hardly any of them. So each
//! word has a key, a hash of its letters, and so has each phrase by its first word, made when the
//! program is compiled; a phrase whose key no word has is passed over by one look at one bit.

use crate::span::Span;

/// The words of a text in order: runs of letters and digits, with apostrophes within.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::credibility) struct Words<'t> {
    pub(in crate::credibility) text: &'t str,
    pub(in crate::credibility) spans: Vec<Span>,
    /// The key of each word.
    keys: Vec<Key>,
    /// A bit for the low bits of each key.
    seen: [u64; N_BITS / 64],
}

/// Phrases to look for, in lower case; see [`sorted`].
#[derive(Debug, Clone, Copy)]
pub(in crate::credibility) struct Table<const N: usize> {
    pub(in crate::credibility) phrases: [&'static str; N],
    /// The key of each phrase's first word.
    keys: [Key; N],
}

/// A hash of a word's ASCII letters and digits, whatever their case; so any apostrophe is as good as
/// another.
type Key = u16;

/// Bits of [`Words::seen`].
const N_BITS: usize = 1024;

/// FNV-1a, a byte at a time.
#[derive(Clone, Copy)]
struct Hash(u32);

impl Hash {
    const START: Self = Self(0x811c_9dc5);

    /// With a letter or digit more.
    const fn with(self, byte: u8) -> Self {
        Self((self.0 ^ (byte | 0x20) as u32).wrapping_mul(0x0100_0193))
    }

    const fn key(self) -> Key {
        (self.0 ^ self.0 >> 16) as Key
    }
}

/// A phrase that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::credibility) struct Hit {
    /// The phrase, as the table has it.
    pub(in crate::credibility) phrase: &'static str,
    /// Its bytes in the text.
    pub(in crate::credibility) span: Span,
    /// Its first word, from 0, and the one behind its last.
    pub(in crate::credibility) words: (usize, usize),
}

impl<'t> Words<'t> {
    /// Splits a text.
    pub(in crate::credibility) fn of(text: &'t str) -> Self {
        let n = text.len() / 6;
        let (spans, keys) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let mut words = Self { text, spans, keys, seen: [0; N_BITS / 64] };
        let bytes = text.as_bytes();
        let (mut start, mut end, mut hash) = (None, 0, Hash::START);
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                start.get_or_insert(at);
                while let Some(&byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
                    hash = hash.with(byte);
                    at += 1;
                }
                end = at;
                continue;
            }
            let c = if byte.is_ascii() { char::from(byte) } else { char_at(text, at) };
            if c.is_alphanumeric() {
                start.get_or_insert(at);
                end = at + c.len_utf8();
            } else if start.is_some() && !(is_apostrophe(c) && at == end) {
                words.push(start.take(), end, std::mem::replace(&mut hash, Hash::START));
            }
            at += c.len_utf8();
        }
        words.push(start, end, hash);
        words
    }

    fn push(&mut self, start: Option<usize>, end: usize, hash: Hash) {
        let Some(start) = start else { return };
        let key = hash.key();
        self.seen[usize::from(key) % N_BITS / 64] |= 1 << (key % 64);
        self.spans.push(Span::new(start, end));
        self.keys.push(key);
    }

    /// Whether a word may have a key.
    fn may_have(&self, key: Key) -> bool {
        self.seen[usize::from(key) % N_BITS / 64] >> (key % 64) & 1 == 1
    }

    /// Number of words.
    pub(in crate::credibility) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The word at a place; empty behind the last.
    pub(in crate::credibility) fn at(&self, place: usize) -> &'t str {
        self.spans.get(place).map_or("", |span| span.slice(self.text))
    }

    /// Whether the word at a place is one of some, which are in lower case.
    pub(in crate::credibility) fn is_any(&self, place: usize, wanted: &[&str]) -> bool {
        let word = self.at(place);
        !word.is_empty() && wanted.iter().any(|w| is_same(word, w))
    }

    /// What stands between the word at a place and the next.
    pub(in crate::credibility) fn gap(&self, place: usize) -> &'t str {
        let end = self.spans.get(place).map_or(self.text.len(), |span| span.end);
        let next = self.spans.get(place + 1).map_or(self.text.len(), |span| span.start);
        &self.text[end..next]
    }

    /// The phrase of a table that stands at a place, the longest of several.
    pub(in crate::credibility) fn phrase_at<const N: usize>(
        &self,
        place: usize,
        table: &Table<N>,
    ) -> Option<Hit> {
        let key = *self.keys.get(place).filter(|key| table.keys.contains(key))?;
        let standing = (0..N)
            .filter(|&n| table.keys[n] == key)
            .filter_map(|n| self.matches(place, table.phrases[n]).map(|end| (place, end, n)));
        let longest = standing.min_by_key(|&(_, end, n)| (usize::MAX - end, n))?;
        Some(self.hit(longest, table))
    }

    /// Whether the word at a place is one of a table of words.
    pub(in crate::credibility) fn is_in<const N: usize>(
        &self,
        place: usize,
        table: &Table<N>,
    ) -> bool {
        self.phrase_at(place, table).is_some()
    }

    /// The place behind a phrase that stands at a place, no sentence ending within it.
    fn matches(&self, place: usize, phrase: &str) -> Option<usize> {
        let mut at = place;
        for part in phrase.split(' ') {
            if at > place && !is_joining(self.gap(at - 1)) || !is_same(self.at(at), part) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Every place where a phrase of a table stands, with the place behind it and the phrase's own
    /// in the table; phrase by phrase.
    fn places_of<const N: usize>(
        &self,
        table: &Table<N>,
    ) -> impl Iterator<Item = (usize, usize, usize)> {
        (0..N).filter(|&n| self.may_have(table.keys[n])).flat_map(move |n| {
            let of_key =
                self.keys.iter().enumerate().filter(move |(_, key)| **key == table.keys[n]);
            of_key.filter_map(move |(at, _)| {
                self.matches(at, table.phrases[n]).map(|end| (at, end, n))
            })
        })
    }

    /// The places where phrases of a table stand, phrase by phrase.
    pub(in crate::credibility) fn places<const N: usize>(
        &self,
        table: &Table<N>,
    ) -> impl Iterator<Item = usize> {
        self.places_of(table).map(|(at, _, _)| at)
    }

    fn hit<const N: usize>(
        &self,
        (place, end, phrase): (usize, usize, usize),
        table: &Table<N>,
    ) -> Hit {
        let span = Span::new(self.spans[place].start, self.spans[end - 1].end);
        Hit { phrase: table.phrases[phrase], span, words: (place, end) }
    }

    /// The phrases of a table, in order, none overlapping, the longest of several at a place.
    pub(in crate::credibility) fn hits<'a, const N: usize>(
        &'a self,
        table: &'a Table<N>,
    ) -> impl Iterator<Item = Hit> + 'a {
        let mut found: Vec<_> = self.places_of(table).collect();
        found.sort_unstable_by_key(|&(at, end, n)| (at, usize::MAX - end, n));
        let mut next = 0;
        found.retain(|&(at, end, _)| {
            let is_free = at >= next;
            next = if is_free { end } else { next };
            is_free
        });
        found.into_iter().map(|found| self.hit(found, table))
    }

    /// The first phrase of a table, the longest of several at its place.
    pub(in crate::credibility) fn first<const N: usize>(&self, table: &Table<N>) -> Option<Hit> {
        let found = self.places_of(table).min_by_key(|&(at, end, n)| (at, usize::MAX - end, n));
        found.map(|found| self.hit(found, table))
    }

    /// Whether any phrase of a table stands here.
    pub(in crate::credibility) fn has<const N: usize>(&self, table: &Table<N>) -> bool {
        self.places_of(table).next().is_some()
    }
}

/// The character that begins at a byte.
fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or_default()
}

/// Whether words on both sides of what stands between them may be one phrase.
fn is_joining(gap: &str) -> bool {
    !gap.contains(['.', '!', '?', ';', ':', ',', '(', ')', '|', '\n'])
}

/// `'` and what typesetters make of it.
pub(in crate::credibility) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Whether a word is one in lower case, with any apostrophe.
pub(in crate::credibility) fn is_same(word: &str, lower: &str) -> bool {
    if word.len() == lower.len() {
        return word.eq_ignore_ascii_case(lower);
    }
    // Other apostrophes are longer than a straight one. Nearly all words differ in their first letter.
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    word.len() > lower.len()
        && first(word) == first(lower)
        && lower.contains('\'')
        && word
            .chars()
            .map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() })
            .eq(lower.chars())
}

/// A table of phrases; one that is not sorted by first letters, or not in lower case, does not
/// compile.
pub(in crate::credibility) const fn sorted<const N: usize>(phrases: [&'static str; N]) -> Table<N> {
    let mut keys = [0; N];
    let mut at = 0;
    while at < N {
        let phrase = phrases[at].as_bytes();
        assert!(at == 0 || phrases[at - 1].as_bytes()[0] <= phrase[0], "not sorted");
        let mut hash = Hash::START;
        let mut byte = 0;
        while byte < phrase.len() && phrase[byte] != b' ' {
            if phrase[byte].is_ascii_alphanumeric() {
                hash = hash.with(phrase[byte]);
            }
            byte += 1;
        }
        keys[at] = hash.key();
        byte = 0;
        while byte < phrase.len() {
            let b = phrase[byte];
            let known = b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' ' || b == b'\'';
            assert!(known, "phrases are words in lower case");
            byte += 1;
        }
        at += 1;
    }
    Table { phrases, keys }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phrases_are_found_in_any_case_and_with_any_apostrophe() {
        let table = sorted(["don't", "first", "first published", "we"]);
        let words = Words::of("First  Published by us; WE don’t. First");
        let hits: Vec<_> = words.hits(&table).map(|hit| hit.phrase).collect();
        assert_eq!(hits, ["first published", "we", "don't", "first"]);
        let text = "He was first. Published later.";
        assert_eq!(Words::of(text).first(&table).map(|hit| hit.span.slice(text)), Some("first"));
    }

    /// The phrases as they are found by looking at every place for every phrase.
    fn naive<const N: usize>(words: &Words<'_>, table: &Table<N>) -> Vec<&'static str> {
        let (mut found, mut place) = (Vec::new(), 0);
        while place < words.len() {
            let hit = words.phrase_at(place, table);
            found.extend(hit.map(|hit| hit.phrase));
            place = hit.map_or(place + 1, |hit| hit.words.1);
        }
        found
    }

    proptest! {
        #[test]
        fn phrases_are_those_that_looking_everywhere_finds(
            text in "((a|A|as|I’m|i'm|as if|we|We should|wé|don’t|1st|[.,;]) ?){0,30}"
        ) {
            let table = sorted(["1st", "a", "as", "as if", "don't", "i'm", "if", "we", "we should"]);
            let words = Words::of(&text);
            let found: Vec<_> = words.hits(&table).map(|hit| hit.phrase).collect();
            let expected = naive(&words, &table);
            prop_assert_eq!(words.first(&table).map(|hit| hit.phrase), expected.first().copied());
            prop_assert_eq!(words.has(&table), !expected.is_empty());
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn words_keep_apostrophes_within_and_lose_them_at_the_ends() {
        let words = Words::of("'tis O’Brien's dogs' (e-mail)");
        let found: Vec<_> = (0..words.len()).map(|place| words.at(place)).collect();
        assert_eq!(found, ["tis", "O’Brien's", "dogs", "e", "mail"]);
        assert_eq!(words.at(99), "");
    }
}
