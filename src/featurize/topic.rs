//! How much of a paragraph's vocabulary the document's prose shares.
//!
//! A teaser of another piece may read like a heading, a caption like body; but a heading and the
//! body use the words of the article, a teaser uses others. A bag of words cannot see that, since it
//! is not about which words they are.
//!
//! Words are kept as 13 bits of their hash, two bytes each; two different words of one document share
//! these bits about once in 8,000 pairs.

use std::cell::RefCell;

use crate::kernel::scan::{Listener, Word};

/// Shorter words, in bytes, are mostly function words: they occur everywhere.
const MIN_BYTES: u32 = 5;
/// Number of different values of a kept word.
const BUCKETS: usize = 1 << 13;

/// The longer words of a document's paragraphs, gathered while they are scanned.
#[derive(Default)]
pub(super) struct Topic {
    words: Vec<u16>,
    /// Where each paragraph's words end in `words`.
    ends: Vec<usize>,
}

impl Listener for Topic {
    #[inline(always)]
    fn words(&mut self, words: &[Word]) {
        // Every word is written, and the next one over it if it was too short: no branch.
        let mut n = self.words.len();
        self.words.resize(n + words.len(), 0);
        for word in words {
            self.words[n] = (word.hash >> 32) as u16 % BUCKETS as u16;
            n += usize::from(word.end - word.start >= MIN_BYTES);
        }
        self.words.truncate(n);
    }
}

/// A paragraph's vocabulary against that of the other paragraphs that are prose.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Overlap {
    /// Longer words.
    pub(super) words: u32,
    /// Those of them that occur in other prose.
    pub(super) shared: u32,
    /// Sum over them of ln(1 + occurrences in other prose).
    pub(super) log_occurrences: f32,
}

/// Words of nothing that are added to a paragraph's: a share of one word says little.
const SMOOTHING: f32 = 2.0;

impl Overlap {
    /// Share of the words that occur in other prose, 0..1.
    pub(super) fn shared_ratio(&self) -> f32 {
        self.shared as f32 / (self.words as f32 + SMOOTHING)
    }

    /// Mean over the words of ln(1 + occurrences in other prose).
    pub(super) fn mean_log_occurrences(&self) -> f32 {
        self.log_occurrences / (self.words as f32 + SMOOTHING)
    }
}

impl Topic {
    /// Ends a paragraph: what is heard from now on belongs to the next one.
    pub(super) fn end_paragraph(&mut self) {
        self.ends.push(self.words.len());
    }

    /// The overlap of each paragraph; `is_prose` has one entry a paragraph.
    pub(super) fn overlaps(&self, is_prose: impl Fn(usize) -> bool) -> Vec<Overlap> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let paragraphs: Vec<&[u16]> =
            starts.zip(&self.ends).map(|(start, &end)| &self.words[start..end]).collect();
        COUNTS.with_borrow_mut(|counts| overlaps(&paragraphs, is_prose, counts))
    }
}

thread_local! {
    /// Occurrences in prose of each value of a word; all 0 between two documents, since that is less
    /// work than zeros for every document.
    static COUNTS: RefCell<Box<[u32; BUCKETS]>> = RefCell::new(Box::new([0; BUCKETS]));
}

/// `counts` are 0 before and after.
fn overlaps(
    paragraphs: &[&[u16]],
    is_prose: impl Fn(usize) -> bool,
    counts: &mut [u32; BUCKETS],
) -> Vec<Overlap> {
    let prose = || paragraphs.iter().enumerate().filter(|&(index, _)| is_prose(index));
    for &word in prose().flat_map(|(_, words)| *words) {
        counts[usize::from(word)] += 1;
    }
    let overlap = |(index, words): (usize, &&[u16])| {
        let own = u32::from(is_prose(index));
        words.iter().for_each(|&word| counts[usize::from(word)] -= own);
        let mut overlap = Overlap { words: words.len() as u32, ..Overlap::default() };
        for &word in *words {
            let occurrences = counts[usize::from(word)];
            overlap.shared += u32::from(occurrences > 0);
            overlap.log_occurrences += LOGS[occurrences.min(MAX_LOG) as usize];
        }
        words.iter().for_each(|&word| counts[usize::from(word)] += own);
        overlap
    };
    let overlaps = paragraphs.iter().enumerate().map(overlap).collect();
    for &word in prose().flat_map(|(_, words)| *words) {
        counts[usize::from(word)] = 0;
    }
    overlaps
}

/// More occurrences than these count as these.
const MAX_LOG: u32 = 7;
/// ln(1 + n) for n in 0..=7.
const LOGS: [f32; MAX_LOG as usize + 1] = [
    0.0,
    std::f32::consts::LN_2,
    1.098_612_3,
    1.386_294_4,
    1.609_438,
    1.791_759_5,
    1.945_910_1,
    2.079_441_5,
];

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::featurize::cues::folded_words;
    use crate::kernel::scan::Scanner;
    use crate::kernel::table::CueTable;

    const WORDS: &[&str] = &["ferry", "Harbour", "street", "tower", "bridge", "a", "of"];

    fn overlaps(paragraphs: &[(&str, bool)]) -> Vec<Overlap> {
        let (table, mut topic) = (CueTable::new([], Vec::new()), Topic::default());
        for (text, _) in paragraphs {
            Scanner::new(&table).scan(text, &mut topic);
            topic.end_paragraph();
        }
        topic.overlaps(|index| paragraphs[index].1)
    }

    #[test]
    fn a_paragraph_is_compared_with_the_others_prose_only() {
        let found = overlaps(&[
            ("Ferry timetable", false),
            ("The ferry crossed; the ferry returned.", true),
            ("The ferry sank near Harbour street.", true),
            ("Harbour timetable", false),
        ]);
        // "ferry" stands three times in prose, "timetable" in none.
        assert_eq!((found[0].words, found[0].shared), (2, 1));
        assert!((found[0].log_occurrences - 4f32.ln()).abs() < 1e-6);
        // ferry twice, crossed, returned: the other prose has one ferry.
        assert_eq!((found[1].words, found[1].shared), (4, 2));
        assert_eq!((found[2].words, found[2].shared), (3, 1));
        assert_eq!((found[3].words, found[3].shared), (2, 1));
        assert!(overlaps(&[]).is_empty());
    }

    proptest! {
        /// Against counting words as strings. The words are few, so that hashes do not collide.
        #[test]
        fn counts_are_those_of_a_map_of_words(
            texts in prop::collection::vec(
                (prop::collection::vec(prop::sample::select(WORDS), 0..12), any::<bool>()),
                0..8,
            ),
        ) {
            let texts: Vec<(String, bool)> =
                texts.into_iter().map(|(words, prose)| (words.join(" "), prose)).collect();
            let paragraphs: Vec<(&str, bool)> =
                texts.iter().map(|(text, prose)| (text.as_str(), *prose)).collect();
            let words: Vec<Vec<String>> = paragraphs
                .iter()
                .map(|(text, _)| {
                    folded_words(text).into_iter().filter(|w| w.len() >= MIN_BYTES as usize).collect()
                })
                .collect();
            for (index, found) in overlaps(&paragraphs).into_iter().enumerate() {
                let mut counts: HashMap<&str, u32> = HashMap::new();
                for (other, words) in words.iter().enumerate() {
                    if other != index && paragraphs[other].1 {
                        words.iter().for_each(|word| *counts.entry(word).or_default() += 1);
                    }
                }
                let shared = words[index].iter().filter(|w| counts.contains_key(w.as_str())).count();
                prop_assert_eq!(found.words as usize, words[index].len());
                prop_assert_eq!(found.shared as usize, shared);
            }
        }
    }
}
