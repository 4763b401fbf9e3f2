//! Paragraphs, publishers and documents as keys of 64 bits.
//!
//! A paragraph's fingerprint is that of its letters: case, digits, punctuation and white space do
//! not matter, since dates, counts and years are what differs between two copies of a notice. Keys
//! stand in files: a change here needs a new version of the file.

use crate::kernel::table::{WORD_SEED, hash_byte};

/// The fingerprint of a paragraph; `None` where it has no letter.
#[must_use]
pub fn fingerprint(text: &str) -> Option<u64> {
    let mut letters = Letters::default();
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            letters.take(&[c.to_ascii_lowercase() as u8]);
        } else if c.is_alphabetic() {
            let mut bytes = [0; 4];
            c.to_lowercase().for_each(|c| letters.take(c.encode_utf8(&mut bytes).as_bytes()));
        } else {
            letters.is_open = false;
        }
    }
    letters.hash.map(mixed)
}

/// Small letters of a text, its words with a space between them, hashed by FNV-1a.
#[derive(Default)]
struct Letters {
    hash: Option<u64>,
    /// Whether the last character was a letter.
    is_open: bool,
}

impl Letters {
    fn take(&mut self, letter: &[u8]) {
        let before = match self.hash {
            Some(hash) if !self.is_open => hash_byte(hash, b' '),
            Some(hash) => hash,
            None => WORD_SEED,
        };
        self.hash = Some(letter.iter().copied().fold(before, hash_byte));
        self.is_open = true;
    }
}

/// The key of a publisher, whatever the case of its name.
pub(super) fn of_publisher(name: &str) -> u64 {
    mixed(name.to_lowercase().bytes().fold(WORD_SEED, hash_byte))
}

/// The key of a paragraph, or of a document, within a publisher.
pub(super) fn within(publisher: u64, print: u64) -> u64 {
    mixed(publisher.rotate_left(32) ^ print)
}

/// Spreads what differs between two numbers over all of their bits (the finaliser of MurmurHash3).
pub(super) fn mixed(mut key: u64) -> u64 {
    key = (key ^ (key >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    key = (key ^ (key >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    key ^ (key >> 33)
}

/// What a document is to a [`Learner`](super::Learner): the fingerprints of its paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prints {
    /// Ascending, each once.
    pub(super) paragraphs: Vec<u64>,
}

impl Prints {
    /// The fingerprints of a document's paragraphs.
    #[must_use]
    pub fn of<S: AsRef<str>>(paragraphs: impl IntoIterator<Item = S>) -> Self {
        let mut paragraphs: Vec<u64> =
            paragraphs.into_iter().filter_map(|text| fingerprint(text.as_ref())).collect();
        paragraphs.sort_unstable();
        paragraphs.dedup();
        Self { paragraphs }
    }

    /// The key of the document as a whole.
    pub(super) fn whole(&self) -> u64 {
        self.paragraphs.iter().fold(!WORD_SEED, |key, print| mixed(key ^ print))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_digits_and_signs_do_not_matter_and_words_do() {
        let same = ["© 2019 Harbor Ledger, all rights", "2024 HARBOR LEDGER — All  rights…"];
        assert_eq!(fingerprint(same[0]), fingerprint(same[1]));
        assert_eq!(fingerprint("ÜBER uns"), fingerprint("über Uns"));
        for other in ["Harbor Ledger all right", "HarborLedger all rights", "all rights Harbor"] {
            assert_ne!(fingerprint(other), fingerprint(same[0]), "{other}");
        }
        for nothing in ["", " ", "___", "30518 (678)", "…"] {
            assert_eq!(fingerprint(nothing), None, "{nothing}");
        }
    }

    /// Keys stand in files. These were worked out by a program of another language: FNV-1a of
    /// `share this`, then the finaliser.
    #[test]
    fn keys_are_what_other_programs_find() {
        assert_eq!(fingerprint("Share this! 12"), Some(SHARE_THIS));
        assert_eq!(of_publisher("Example.com"), EXAMPLE);
        assert_eq!(within(EXAMPLE, SHARE_THIS), SHARE_AT_EXAMPLE);
    }

    const SHARE_THIS: u64 = 0xa314_2488_3d65_6c20;
    const EXAMPLE: u64 = 0x9591_d642_1994_d599;
    const SHARE_AT_EXAMPLE: u64 = 0xb794_0ae4_1a45_ed86;
}
