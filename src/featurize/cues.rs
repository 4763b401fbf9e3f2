//! Learned cues: words, pairs and triples of words that speak for or against labels.
//!
//! A cue is up to three words in lower case without apostrophes, digits as `0`, and the place where
//! it must stand. Learning them from labelled data is in [`crate::train`]; here they are looked up.

use serde::{Deserialize, Serialize};

use super::lexicon::LISTS;
use crate::kernel::LANES;
use crate::kernel::scan::{Hit, Listener, Scanner, Word};
use crate::kernel::table::{CueTable, END, Entry, NO_WEIGHTS, START, WORD_SEED, hash_byte, join};
use crate::label::Label;

/// Most words a cue can have.
pub const MAX_WORDS: usize = 3;

/// Where in the paragraph a cue must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Anywhere.
    Any,
    /// The paragraph begins with it; one or two words.
    Start,
    /// The paragraph ends with it; one or two words.
    End,
}

/// A cue and what it says for each label.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// One to three folded words, a space between them.
    pub text: String,
    /// Where it must stand.
    pub place: Place,
    /// Log-odds of each label, in column order; 0 where it says nothing.
    pub weights: [f32; Label::COUNT],
}

/// All cues of a model, ready to be looked up together with the hand-made word lists.
#[derive(Debug, Clone)]
pub struct Cues {
    cues: Vec<Cue>,
    table: CueTable,
}

impl Default for Cues {
    /// No learned cue; the hand-made lists only.
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl PartialEq for Cues {
    fn eq(&self, other: &Self) -> bool {
        self.cues == other.cues
    }
}

impl Cues {
    /// Builds the lookup table.
    #[must_use]
    pub fn new(cues: Vec<Cue>) -> Self {
        let lists = LISTS.iter().flat_map(|&(list, words)| {
            let entry = Entry { lists: 1 << list as u32, row: NO_WEIGHTS };
            words.split_whitespace().map(move |word| (word_key(word), entry))
        });
        let learned = cues
            .iter()
            .zip(0u32..)
            .map(|(cue, row)| (key(&cue.text, cue.place), Entry { lists: 0, row }));
        let weights = cues
            .iter()
            .map(|cue| {
                let mut lanes = [0.0; LANES];
                lanes[..Label::COUNT].copy_from_slice(&cue.weights);
                lanes
            })
            .collect();
        let table = CueTable::new(lists.chain(learned), weights);
        Self { cues, table }
    }

    /// The cues, in the order in which they were given.
    #[must_use]
    pub fn as_slice(&self) -> &[Cue] {
        &self.cues
    }

    /// The lookup table.
    #[must_use]
    pub fn table(&self) -> &CueTable {
        &self.table
    }

    /// Every cue found in a paragraph, with its byte range there, in order of its end.
    #[must_use]
    pub fn find(&self, paragraph: &str) -> Vec<(&Cue, Hit)> {
        struct Found(Vec<Hit>);
        impl Listener for Found {
            const HEARS_HITS: bool = true;
            fn hit(&mut self, hit: Hit) {
                self.0.push(hit);
            }
        }
        let mut found = Found(Vec::new());
        Scanner::new(&self.table).scan(paragraph, &mut found);
        found.0.into_iter().map(|hit| (&self.cues[hit.row as usize], hit)).collect()
    }
}

/// The words of a paragraph as the scan takes them apart.
#[must_use]
pub fn words(paragraph: &str) -> Vec<&str> {
    struct Words<'a>(&'a str, Vec<&'a str>);
    impl Listener for Words<'_> {
        fn words(&mut self, words: &[Word]) {
            self.1.extend(words.iter().map(|w| &self.0[w.start as usize..w.end as usize]));
        }
    }
    let mut words = Words(paragraph, Vec::new());
    Scanner::new(&CueTable::new([], Vec::new())).scan(paragraph, &mut words);
    words.1
}

/// The folded words of a paragraph: lower case in ASCII, digits as `0`, no apostrophes.
#[must_use]
pub fn folded_words(paragraph: &str) -> Vec<String> {
    words(paragraph).into_iter().map(fold).collect()
}

/// A word as cues have it: lower case in ASCII, digits as `0`, no apostrophes.
#[must_use]
pub fn fold(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '\'' | '’'))
        .map(|c| if c.is_ascii_digit() { '0' } else { c.to_ascii_lowercase() })
        .collect()
}

fn word_key(word: &str) -> u64 {
    word.bytes().fold(WORD_SEED, hash_byte)
}

/// The key under which the scan looks a cue up.
fn key(text: &str, place: Place) -> u64 {
    let sequence = text.split(' ').map(word_key).reduce(join).unwrap_or(WORD_SEED);
    match place {
        Place::Any => sequence,
        Place::Start => join(START, sequence),
        Place::End => join(END, sequence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(text: &str, place: Place) -> Cue {
        Cue { text: text.into(), place, weights: [1.0; Label::COUNT] }
    }

    #[test]
    fn finds_cues_where_they_stand_and_only_there() {
        let cues = Cues::new(vec![
            cue("follow", Place::Any),
            cue("follow us", Place::Start),
            cue("dont follow us", Place::Any),
            cue("on twitter", Place::End),
            cue("00 00", Place::Any),
        ]);
        let text = "Don’t Follow us at 10:30 on Twitter!";
        let found: Vec<(&str, &str)> = cues
            .find(text)
            .into_iter()
            .map(|(cue, hit)| (cue.text.as_str(), &text[hit.start..hit.end]))
            .collect();
        assert_eq!(
            found,
            [
                ("follow", "Follow"),
                ("dont follow us", "Don’t Follow us"),
                ("00 00", "10:30"),
                ("on twitter", "on Twitter"),
            ]
        );
    }

    #[test]
    fn folded_words_are_what_cues_are_made_of() {
        assert_eq!(folded_words("It's 5 O’Clock — ÉTÉ!"), ["its", "0", "oclock", "ÉtÉ"]);
    }
}
