//! Statements of two articles that say the same in other words, as far as words can tell.
//!
//! Two sentences are aligned where half of the terms of the one with fewer are the other's too, among
//! them a name and two words of content that are no names: names alone are shared by every
//! two articles about one person.
//!
//! Most pairs of articles have none, and most of their sentences no term in common. So terms are
//! counted over both articles at once, term by term, and only sentences with enough of them are looked
//! at.

use super::account::{Account, Sentence};
use super::tokens::Token;

/// Sentences of an article that are looked at: the first ones tell the story.
pub const MAX_SENTENCES: usize = 120;
/// Names, words that are no names, and all terms that aligned sentences share at least.
const NAMES: usize = 1;
const WORDS: usize = 2;
const TERMS: usize = 5;
/// The share of the smaller one's terms.
const SHARE: f64 = 0.5;

/// Two sentences that say the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// The first article's sentence, by its index.
    pub a: usize,
    /// The second's.
    pub b: usize,
    /// The share of the smaller one's terms that the other has, 0..=1.
    pub share: f64,
}

/// Which of an article's first [`MAX_SENTENCES`] sentences hold which terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stated {
    /// Ascending: the upper half of a term, whether it is a name, and the sentence. Two terms
    /// with one upper half make a pair too many to look at, no more.
    postings: Box<[u64]>,
}

/// The bit of a name, above those of a sentence.
const NAME: u64 = 1 << 8;
/// Bits of a sentence.
const SENTENCE: u64 = NAME - 1;

impl Stated {
    pub(super) fn of(sentences: &[Sentence]) -> Self {
        let mut postings = Vec::new();
        for (at, sentence) in sentences.iter().enumerate().take(MAX_SENTENCES) {
            let upper = |term: &Token| (term & 0xffff_ffff_0000_0000) | at as u64;
            postings.extend(sentence.terms.names.iter().map(|name| upper(name) | NAME));
            postings.extend(sentence.terms.words.iter().map(upper));
        }
        postings.sort_unstable();
        Self { postings: postings.into() }
    }

    /// The sentences of both that may be aligned, ascending.
    fn joined(&self, other: &Self) -> Vec<(usize, usize)> {
        // Words and names in common, for each sentence of the one and each of the other.
        let mut counts = vec![[0_u8; 2]; MAX_SENTENCES * MAX_SENTENCES];
        let (mut a, mut b) = (&*self.postings, &*other.postings);
        while let (Some(&first), Some(&second)) = (a.first(), b.first()) {
            let (key, other) = (first & !SENTENCE, second & !SENTENCE);
            if key < other {
                a = &a[1..];
            } else if other < key {
                b = &b[1..];
            } else {
                let (of_a, of_b) = (same(a, key), same(b, key));
                let kind = usize::from(key & NAME > 0);
                for i in of_a {
                    for j in of_b {
                        let at = (i & SENTENCE) as usize * MAX_SENTENCES + (j & SENTENCE) as usize;
                        counts[at][kind] = counts[at][kind].saturating_add(1);
                    }
                }
                (a, b) = (&a[of_a.len()..], &b[of_b.len()..]);
            }
        }
        let enough = |&[words, names]: &[u8; 2]| {
            let (words, names) = (usize::from(words), usize::from(names));
            names >= NAMES && words >= WORDS && names + words >= TERMS
        };
        let places = counts.iter().enumerate().filter(|(_, counts)| enough(counts));
        places.map(|(at, _)| (at / MAX_SENTENCES, at % MAX_SENTENCES)).collect()
    }
}

fn same(postings: &[u64], key: u64) -> &[u64] {
    let n = postings.iter().take_while(|&&posting| posting & !SENTENCE == key).count();
    &postings[..n]
}

/// The aligned sentences of two articles, each with the one most like it only, in the first one's
/// order.
#[must_use]
pub fn claims(a: &Account, b: &Account) -> Vec<Claim> {
    let mut found = Vec::new();
    for (i, j) in a.stated.joined(&b.stated) {
        if let Some(share) = aligned(&a.sentences[i], &b.sentences[j]) {
            found.push(Claim { a: i, b: j, share });
        }
    }
    if found.is_empty() {
        return found;
    }
    // The best first; of equals the earliest on either side.
    found.sort_by(|x, y| y.share.total_cmp(&x.share).then((x.a + x.b).cmp(&(y.a + y.b))));
    let (mut of_a, mut of_b) = (vec![false; a.sentences.len()], vec![false; b.sentences.len()]);
    found.retain(|claim| {
        let is_free = !of_a[claim.a] && !of_b[claim.b];
        (of_a[claim.a], of_b[claim.b]) = (true, true);
        is_free
    });
    found.sort_by_key(|claim| claim.a);
    found
}

fn aligned(a: &Sentence, b: &Sentence) -> Option<f64> {
    let (a, b) = (&a.terms, &b.terms);
    let smaller = a.len().min(b.len());
    if smaller < TERMS {
        return None;
    }
    let (names, words) = a.in_common(b);
    let share = (names + words) as f64 / smaller as f64;
    (names >= NAMES && words >= WORDS && names + words >= TERMS && share >= SHARE).then_some(share)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::credibility::finding::Passage;
    use crate::credibility::story::terms::{Terms, distinct};

    fn sentences() -> impl Strategy<Value = Vec<Sentence>> {
        // Terms that differ in their upper halves, and some that do not.
        let terms = || proptest::collection::vec((0_u64..9, 0_u64..2), 0..7);
        let sentence = (terms(), terms()).prop_map(|(names, words)| {
            let tokens = |terms: Vec<(u64, u64)>| {
                distinct(terms.into_iter().map(|(upper, lower)| upper << 32 | lower).collect())
            };
            let terms = Terms { names: tokens(names), words: tokens(words) };
            let passage = Passage::new(0, 0, 0);
            Sentence {
                passage,
                own: Box::default(),
                terms,
                attributed: Default::default(),
                speaker: None,
            }
        });
        proptest::collection::vec(sentence, 0..MAX_SENTENCES + 3)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_aligned_sentences_are_passed_over((a, b) in (sentences(), sentences())) {
            let joined = Stated::of(&a).joined(&Stated::of(&b));
            prop_assert!(joined.is_sorted());
            for (i, left) in a.iter().enumerate().take(MAX_SENTENCES) {
                for (j, right) in b.iter().enumerate().take(MAX_SENTENCES) {
                    if aligned(left, right).is_some() {
                        prop_assert!(joined.binary_search(&(i, j)).is_ok());
                    }
                }
            }
        }
    }
}
