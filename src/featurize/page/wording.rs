//! What the words of a page's blocks share with what the page says of itself: its title, the
//! article's body and the description that it hands to machines.
//!
//! All three are asked of each word as it is hashed: a block's words are hashed once and kept
//! nowhere, however long it is.

use crate::document::html::{Metadata, Page};
use crate::document::words::{Words, run_hash, word_hashes};
use crate::kernel::table::join;

/// Words that are compared at a time.
const RUN: usize = 3;
/// A shorter body, in bytes, is a teaser.
const MIN_BODY: usize = 300;
/// A longer one was made to be long: no article has a megabyte, and its runs of words would fill
/// more memory than the page.
const MAX_BODY: usize = 1 << 20;
/// Longest text, in bytes, that is compared with the title: longer ones show none, and short of
/// that, the comparison would cost more than it says.
const MAX_TITLE: usize = 400;

/// What a block shares with the title.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TitleShare {
    /// Different words that the title has too, of the block's own and of the title's, 0..=1.
    pub(super) own: f32,
    pub(super) share: f32,
}

/// For each block, the share of its runs of three words that stand in the article's body, in the
/// description; empty where the page hands none.
#[derive(Debug, Default)]
pub(super) struct Shares {
    pub(super) body: Vec<f32>,
    pub(super) description: Vec<f32>,
}

/// Compares each block with what the page says of itself.
pub(super) fn compare(page: &Page, metadata: &Metadata) -> (Vec<TitleShare>, Shares) {
    let title = metadata.title.as_ref().map_or("", |title| &title.value);
    let title = Hashes::of(word_hashes(title));
    let body = metadata.article_body.as_ref().map(|body| &*body.value);
    let body = body.filter(|body| (MIN_BODY..=MAX_BODY).contains(&body.len())).map(runs);
    let description = metadata.description.as_ref().map(|text| runs(&text.value));
    let n = page.blocks.len();
    let mut titles = Vec::with_capacity(n);
    let mut shares = Shares {
        body: Vec::with_capacity(if body.is_some() { n } else { 0 }),
        description: Vec::with_capacity(if description.is_some() { n } else { 0 }),
    };
    let mut own = Vec::new();
    for block in &page.blocks {
        let text = page.block_text(block);
        let may_be_title = text.len() <= MAX_TITLE && !title.is_empty();
        if !may_be_title && body.is_none() && description.is_none() {
            titles.push(TitleShare::default());
            continue;
        }
        own.clear();
        let mut is_shared = false;
        let mut counted = [Counted::new(body.as_ref()), Counted::new(description.as_ref())];
        let mut last = Last::default();
        for word in Words::of(text) {
            if may_be_title {
                own.push(word);
                is_shared |= title.contains(word);
            }
            if let Some(run) = last.push(word) {
                counted.iter_mut().for_each(|counted| counted.take(run));
            }
        }
        if let Some(whole) = last.shorter() {
            counted.iter_mut().for_each(|counted| counted.take(whole));
        }
        titles.push(if is_shared { title_share(&title, &mut own) } else { TitleShare::default() });
        for (counted, shares) in counted.iter().zip([&mut shares.body, &mut shares.description]) {
            shares.extend(counted.share());
        }
    }
    (titles, shares)
}

fn title_share(title: &Hashes, own: &mut Vec<u64>) -> TitleShare {
    own.sort_unstable();
    own.dedup();
    let shared = own.iter().filter(|&&word| title.contains(word)).count() as f32;
    TitleShare { own: shared / own.len() as f32, share: shared / title.len() as f32 }
}

/// The runs of a text's words, of one word to three.
fn runs(text: &str) -> Hashes {
    let words = word_hashes(text);
    let mut runs = Vec::with_capacity(RUN * words.len());
    runs.extend_from_slice(&words);
    runs.extend(words.windows(2).map(run_hash));
    runs.extend(words.windows(RUN).map(run_hash));
    Hashes::of(runs)
}

/// The last words of a block, and how many there were.
#[derive(Default)]
struct Last {
    words: [u64; RUN],
    n: usize,
}

impl Last {
    /// Takes a word; gives the run that ends with it.
    fn push(&mut self, word: u64) -> Option<u64> {
        self.words = [self.words[1], self.words[2], word];
        self.n += 1;
        let [first, second, third] = self.words;
        (self.n >= RUN).then(|| join(join(first, second), third))
    }

    /// The only run of a block of fewer words.
    fn shorter(&self) -> Option<u64> {
        match self.n {
            1 => Some(self.words[2]),
            2 => Some(join(self.words[1], self.words[2])),
            _ => None,
        }
    }
}

/// A block's runs, and those of them that stand in a text.
struct Counted<'a> {
    runs: Option<&'a Hashes>,
    all: u32,
    within: u32,
}

impl<'a> Counted<'a> {
    fn new(runs: Option<&'a Hashes>) -> Self {
        Self { runs, all: 0, within: 0 }
    }

    fn take(&mut self, run: u64) {
        if let Some(runs) = self.runs {
            self.all += 1;
            self.within += u32::from(runs.contains(run));
        }
    }

    /// The share of the runs that stand in the text, if there is one; 0..=1, and 0 for no run.
    fn share(&self) -> Option<f32> {
        self.runs.map(|_| super::element::ratio(self.within, self.all))
    }
}

/// A set of hashes: sorted, so that no choice of words makes it slow, behind a bit filter, at which
/// most questions end.
struct Hashes {
    sorted: Vec<u64>,
    filter: Vec<u64>,
    shift: u32,
}

/// Bits of the filter for each hash.
const BITS: usize = 16;

impl Hashes {
    fn of(mut hashes: Vec<u64>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        let bits = (BITS * hashes.len()).next_power_of_two().max(64);
        let mut set = Self {
            filter: vec![0; bits / 64],
            shift: u64::BITS - bits.trailing_zeros(),
            sorted: Vec::new(),
        };
        for &hash in &hashes {
            let bit = set.bit(hash);
            set.filter[bit / 64] |= 1 << (bit % 64);
        }
        set.sorted = hashes;
        set
    }

    fn bit(&self, hash: u64) -> usize {
        (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    fn contains(&self, hash: u64) -> bool {
        let bit = self.bit(hash);
        self.filter[bit / 64] >> (bit % 64) & 1 == 1 && self.sorted.binary_search(&hash).is_ok()
    }

    fn len(&self) -> usize {
        self.sorted.len()
    }

    fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::document::html::metadata::{Origin, Property};
    use crate::document::html::read_page;

    /// The share of a text's runs of words that stand in another, naively.
    fn naive(text: &str, other: &str) -> f32 {
        let (words, other) = (word_hashes(text), word_hashes(other));
        if words.is_empty() {
            return 0.0;
        }
        let length = RUN.min(words.len());
        let known: HashSet<u64> = other.windows(length).map(run_hash).collect();
        let runs: Vec<u64> = words.windows(length).map(run_hash).collect();
        runs.iter().filter(|run| known.contains(run)).count() as f32 / runs.len() as f32
    }

    proptest! {
        #[test]
        fn shares_are_those_of_sets_of_words(
            texts in prop::collection::vec("[ab ]{1,12}", 1..6),
            title in "[ab ]{0,9}",
            description in "[ab ]{0,30}",
            body in "[ab ]{0,400}",
        ) {
            let page = read_page(&texts.iter().map(|text| format!("<p>{text}")).collect::<String>());
            let said = |value: &String| Some(Property { value: value.clone(), origin: Origin::Meta });
            let metadata = Metadata {
                title: said(&title),
                article_body: said(&body),
                description: said(&description),
                ..Metadata::default()
            };
            let (titles, shares) = compare(&page, &metadata);
            let title: HashSet<u64> = word_hashes(&title).into_iter().collect();
            for (index, block) in page.blocks.iter().enumerate() {
                let text = page.block_text(block);
                prop_assert_eq!(shares.description[index], naive(text, &description));
                if body.len() >= MIN_BODY {
                    prop_assert_eq!(shares.body[index], naive(text, &body));
                } else {
                    prop_assert!(shares.body.is_empty());
                }
                let own: HashSet<u64> = word_hashes(text).into_iter().collect();
                let shared = own.intersection(&title).count() as f32;
                prop_assert_eq!(titles[index].own, shared / own.len().max(1) as f32);
                prop_assert_eq!(titles[index].share, shared / title.len().max(1) as f32);
            }
        }

        #[test]
        fn a_set_holds_what_it_was_made_of(
            hashes in prop::collection::vec(any::<u64>(), 0..300),
            others in prop::collection::vec(any::<u64>(), 0..100),
        ) {
            let naive: HashSet<u64> = hashes.iter().copied().collect();
            let set = Hashes::of(hashes.clone());
            prop_assert_eq!(set.len(), naive.len());
            for hash in hashes.into_iter().chain(others) {
                prop_assert_eq!(set.contains(hash), naive.contains(&hash));
            }
        }
    }
}
