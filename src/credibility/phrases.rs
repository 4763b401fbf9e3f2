//! Words of a text, and phrases among them, whatever their case. Nothing is lower-cased or copied.
//!
//! A paragraph is searched for some hundred phrases of many tables, and has hardly any of them. So its
//! words are put in the order of a key, which their first two letters give; of a phrase whose key no
//! word has, nothing else is looked at.

use std::cell::OnceCell;

use crate::span::Span;

/// The words of a text in order: runs of letters and digits, with apostrophes within.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::credibility) struct Words<'t> {
    pub(in crate::credibility) text: &'t str,
    pub(in crate::credibility) spans: Vec<Span>,
    /// Made when a table is looked for.
    keys: OnceCell<Keys>,
}

/// The words of a text by their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Keys {
    /// A bit for each key that a word has.
    seen: [u64; N_KEYS / 64],
    /// Key and place of each word, ascending.
    places: Vec<(u16, u32)>,
}

/// Number of keys.
const N_KEYS: usize = 1024;

/// The key of a word: five bits of each of its first two letters, whatever their case; any
/// apostrophe is none.
fn key(word: &[u8]) -> u16 {
    let first = word.first().map_or(0, |b| u16::from(b & 31));
    let second = word.get(1).filter(|b| b.is_ascii_alphanumeric());
    first << 5 | second.map_or(0, |b| u16::from(b & 31))
}

impl Keys {
    fn of(words: &Words<'_>) -> Self {
        let mut seen = [0; N_KEYS / 64];
        let mut places = Vec::with_capacity(words.len());
        for (place, span) in (0..).zip(&words.spans) {
            let key = key(&words.text.as_bytes()[span.range()]);
            seen[usize::from(key / 64)] |= 1 << (key % 64);
            places.push((key, place));
        }
        places.sort_unstable();
        Self { seen, places }
    }

    /// The places of the words that have a key, ascending.
    fn places(&self, key: u16) -> impl Iterator<Item = usize> + '_ {
        let is_seen = self.seen[usize::from(key / 64)] >> (key % 64) & 1 == 1;
        let places = if is_seen { &self.places[..] } else { &[] };
        let from = places.partition_point(|&(of, _)| of < key);
        places[from..].iter().take_while(move |&&(of, _)| of == key).map(|&(_, at)| at as usize)
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
        let mut spans = Vec::with_capacity(text.len() / 6);
        let mut start = None;
        let mut last_end = 0;
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() {
                start.get_or_insert(at);
                last_end = at + c.len_utf8();
            } else if start.is_some() && !(is_apostrophe(c) && at == last_end) {
                spans.extend(start.take().map(|start| Span::new(start, last_end)));
            }
        }
        spans.extend(start.map(|start| Span::new(start, last_end)));
        Self { text, spans, keys: OnceCell::new() }
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

    /// The phrase of a sorted table that stands at a place, the longest of several.
    pub(in crate::credibility) fn phrase_at(
        &self,
        place: usize,
        table: &[&'static str],
    ) -> Option<Hit> {
        let first = self.at(place).as_bytes().first()?.to_ascii_lowercase();
        let from = table.partition_point(|phrase| phrase.as_bytes()[0] < first);
        let mut best: Option<Hit> = None;
        for phrase in &table[from..] {
            if phrase.as_bytes()[0] != first {
                break;
            }
            let Some(end) = self.matches(place, phrase) else { continue };
            if best.is_none_or(|hit| hit.words.1 < end) {
                let span = Span::new(self.spans[place].start, self.spans[end - 1].end);
                best = Some(Hit { phrase, span, words: (place, end) });
            }
        }
        best
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
    /// in the table.
    fn places_of(&self, table: &[&'static str]) -> impl Iterator<Item = (usize, usize, usize)> {
        let keys = self.keys.get_or_init(|| Keys::of(self));
        table.iter().enumerate().flat_map(move |(n, phrase)| {
            keys.places(key(phrase.as_bytes()))
                .filter_map(move |at| self.matches(at, phrase).map(|end| (at, end, n)))
        })
    }

    fn hit(&self, (place, end, phrase): (usize, usize, usize), table: &[&'static str]) -> Hit {
        let span = Span::new(self.spans[place].start, self.spans[end - 1].end);
        Hit { phrase: table[phrase], span, words: (place, end) }
    }

    /// The phrases of a sorted table, in order, none overlapping, the longest of several at a place.
    pub(in crate::credibility) fn hits<'a>(
        &'a self,
        table: &'a [&'static str],
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

    /// The first phrase of a sorted table, the longest of several at its place.
    pub(in crate::credibility) fn first(&self, table: &[&'static str]) -> Option<Hit> {
        let found = self.places_of(table).min_by_key(|&(at, end, n)| (at, usize::MAX - end, n));
        found.map(|found| self.hit(found, table))
    }

    /// Whether any phrase of a sorted table stands here.
    pub(in crate::credibility) fn has(&self, table: &[&'static str]) -> bool {
        self.places_of(table).next().is_some()
    }
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
    // A curly apostrophe is longer than a straight one.
    lower.contains('\'')
        && word
            .chars()
            .map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() })
            .eq(lower.chars())
}

/// A table of phrases; one that is not sorted by first letters, or not in lower case, does not
/// compile.
pub(in crate::credibility) const fn sorted<const N: usize>(
    table: [&'static str; N],
) -> [&'static str; N] {
    let mut at = 0;
    while at < N {
        let phrase = table[at].as_bytes();
        assert!(at == 0 || table[at - 1].as_bytes()[0] <= phrase[0], "not sorted");
        let mut byte = 0;
        while byte < phrase.len() {
            let b = phrase[byte];
            let known = b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' ' || b == b'\'';
            assert!(known, "phrases are words in lower case");
            byte += 1;
        }
        at += 1;
    }
    table
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
    fn naive<'t>(words: &Words<'t>, table: &[&'static str]) -> Vec<&'static str> {
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
