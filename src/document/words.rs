//! Words of texts of any script, as texts are compared by.
//!
//! A word is a run of letters, digits and underscores, in any case; where words are written without
//! spaces, each character is one. The kernel's scan takes words apart otherwise: it is made for
//! speed and for cues.

use std::ops::RangeInclusive;

use crate::kernel::table::{WORD_SEED, hash_byte, join};

/// Han, kana, Thai, Lao, Myanmar and Khmer: scripts without spaces between words.
const WITHOUT_SPACES: [RangeInclusive<char>; 20] = [
    '\u{0E00}'..='\u{0EFF}',
    '\u{1000}'..='\u{109F}',
    '\u{1780}'..='\u{17FF}',
    '\u{19E0}'..='\u{19FF}',
    '\u{2E80}'..='\u{2FDF}',
    '\u{3005}'..='\u{3007}',
    '\u{3021}'..='\u{3029}',
    '\u{3038}'..='\u{303B}',
    '\u{3041}'..='\u{30FF}',
    '\u{31F0}'..='\u{31FF}',
    '\u{3400}'..='\u{4DBF}',
    '\u{4E00}'..='\u{9FFF}',
    '\u{A9E0}'..='\u{A9FF}',
    '\u{AA60}'..='\u{AA7F}',
    '\u{F900}'..='\u{FAFF}',
    '\u{FF66}'..='\u{FF9F}',
    '\u{1AFF0}'..='\u{1AFFF}',
    '\u{1B000}'..='\u{1B16F}',
    '\u{20000}'..='\u{2FA1F}',
    '\u{30000}'..='\u{3347F}',
];

/// Whether a character is of a script that writes no spaces between words.
#[must_use]
pub fn is_without_spaces(c: char) -> bool {
    c >= *WITHOUT_SPACES[0].start() && WITHOUT_SPACES.iter().any(|range| range.contains(&c))
}

/// Whether a character is part of a word.
#[must_use]
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The small letter, digit or underscore of each byte of ASCII; 0 where it is no part of a word, and
/// for bytes beyond ASCII.
static FOLDED: [u8; 256] = {
    let (mut folded, mut byte) = ([0; 256], 0);
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_' {
            folded[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// A number for each word of a text, in order; equal words have equal numbers, whatever their case.
/// Allocates nothing.
#[derive(Debug, Clone)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    /// The words of a text.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Words<'_> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        let bytes = self.text.as_bytes();
        let (mut hash, mut is_open) = (WORD_SEED, false);
        loop {
            // Most texts are ASCII for the most part, and there a table says all.
            let start = self.at;
            let mut at = start;
            while at < bytes.len() && FOLDED[usize::from(bytes[at])] != 0 {
                hash = hash_byte(hash, FOLDED[usize::from(bytes[at])]);
                at += 1;
            }
            is_open |= at > start;
            self.at = at;
            if bytes.get(at).is_some_and(u8::is_ascii) {
                self.at += 1;
                if is_open {
                    return Some(hash);
                }
                continue;
            }
            let Some(c) = self.text[at..].chars().next() else {
                return is_open.then_some(hash);
            };
            let (stands_alone, is_word) = (is_without_spaces(c), is_word(c));
            if is_open && (stands_alone || !is_word) {
                return Some(hash);
            }
            self.at += c.len_utf8();
            if !is_word {
                continue;
            }
            for small in c.to_lowercase() {
                let mut bytes = [0; 4];
                hash = small.encode_utf8(&mut bytes).bytes().fold(hash, hash_byte);
            }
            is_open = true;
            if stands_alone {
                return Some(hash);
            }
        }
    }
}

/// A number for each word of a text, as [`Words`] gives them.
#[must_use]
pub fn word_hashes(text: &str) -> Vec<u64> {
    Words::of(text).collect()
}

/// A number for a run of words; equal runs have equal numbers.
#[must_use]
pub fn run_hash(words: &[u64]) -> u64 {
    words.iter().copied().reduce(join).unwrap_or(WORD_SEED)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words themselves, naively.
    fn naive(text: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        for c in text.chars() {
            if is_without_spaces(c) && is_word(c) {
                words.extend([c.to_string(), String::new()]);
            } else if is_word(c) {
                words.last_mut().unwrap().extend(c.to_lowercase());
            } else {
                words.push(String::new());
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn words_are_told_apart_as_the_naive_way_does() {
        let texts =
            ["Don’t “STOP”—now_2! 3.5 %", "ЖЁ été", "渡し船は残る。OK、the船", "", " … ", "a"];
        for text in texts {
            let (naive, hashes) = (naive(text), word_hashes(text));
            assert_eq!(naive.len(), hashes.len(), "{text}");
            for (word, hash) in naive.iter().zip(hashes) {
                assert_eq!(word_hashes(word), [hash], "{word}");
            }
        }
        assert_eq!(word_hashes("FERRY"), word_hashes("ferry"));
        assert_eq!(word_hashes("ferry stays").len(), 2);
        assert_ne!(run_hash(&word_hashes("a b")), run_hash(&word_hashes("b a")));
    }
}
