//! X6: what a single one of a story's articles says.
//!
//! Of accounts beside which two others and more, of other publishers, tell the story: sentences of the
//! first half that name something which another account names too, of which no sentence of another has
//! a third of the terms, and no other account as a whole half of them. Stories of more than [`MAX_ACCOUNTS`] are passed over, since
//! every account would have to be laid beside every other; so are those with an account in another
//! language than English, whose words say nothing here.

use std::collections::HashMap;

use super::account::{Account, Sentence};
use super::shared_text::{addresses_reader, is_comparable};
use super::tokens::Token;
use crate::credibility::finding::Passage;

/// Accounts of other publishers beside one at least, and accounts of a story at most.
const MIN_OTHERS: usize = 2;
const MAX_ACCOUNTS: usize = 24;
/// Sentences named of one account.
const MAX_SENTENCES: usize = 5;
/// Terms of a sentence that says something.
const TERMS: usize = 6;
/// Percent of a sentence's terms from which on a sentence of another account says something of it,
/// and another account as a whole does.
const SENTENCE_PERCENT: usize = 33;
const ACCOUNT_PERCENT: usize = 50;

/// The sentences that one account of a story alone has, with the account's index; accounts ascending,
/// sentences in reading order.
#[must_use]
pub(super) fn single(accounts: &[Account], story: &[usize]) -> Vec<(usize, Passage)> {
    let is_told = story.len() <= MAX_ACCOUNTS && story.iter().all(|&n| accounts[n].is_english);
    if !is_told {
        return Vec::new();
    }
    let index = Index::of(accounts, story);
    let mut found = Vec::new();
    for &n in story.iter().filter(|&&n| has_others(accounts, story, n)) {
        let account = &accounts[n];
        let telling = account.sentences.iter().filter(|s| tells(account, s));
        let alone = telling.filter(|sentence| index.is_alone(sentence, n));
        found.extend(alone.take(MAX_SENTENCES).map(|sentence| (n, sentence.passage)));
    }
    found
}

/// Whether others tell the story too, not of an account's own publisher.
fn has_others(accounts: &[Account], story: &[usize], n: usize) -> bool {
    let of = accounts[n].identity.publisher.as_ref();
    let is_other =
        |&&m: &&usize| m != n && (of.is_none() || accounts[m].identity.publisher.as_ref() != of);
    story.iter().filter(is_other).count() >= MIN_OTHERS
}

/// Whether a sentence says something by name, early enough to be the story.
fn tells(account: &Account, sentence: &Sentence) -> bool {
    is_comparable(sentence)
        && sentence.terms.len() >= TERMS
        && !addresses_reader(sentence)
        && account.is_leading(sentence.passage)
}

/// A sentence: its account and its place there.
type Place = (usize, usize);

/// Which sentences of a story hold a term.
struct Index {
    places: HashMap<Token, Vec<Place>>,
}

impl Index {
    fn of(accounts: &[Account], story: &[usize]) -> Self {
        let mut places: HashMap<Token, Vec<Place>> = HashMap::new();
        for &n in story {
            for (at, sentence) in accounts[n].sentences.iter().enumerate() {
                let terms = sentence.terms.names.iter().chain(&sentence.terms.words);
                terms.for_each(|&term| places.entry(term).or_default().push((n, at)));
            }
        }
        Self { places }
    }

    /// Whether no account but that of a sentence says it, though another names something in it.
    fn is_alone(&self, sentence: &Sentence, of: usize) -> bool {
        let mut in_sentences: HashMap<Place, usize> = HashMap::new();
        let mut in_accounts: HashMap<usize, usize> = HashMap::new();
        for term in sentence.terms.names.iter().chain(&sentence.terms.words) {
            let places = self.places.get(term).map_or(&[][..], Vec::as_slice);
            let mut last = None;
            for &(n, at) in places.iter().filter(|(n, _)| *n != of) {
                *in_sentences.entry((n, at)).or_default() += 1;
                if last != Some(n) {
                    *in_accounts.entry(n).or_default() += 1;
                    last = Some(n);
                }
            }
        }
        let terms = sentence.terms.len();
        let is_named = |name| self.places[name].iter().any(|(n, _)| *n != of);
        sentence.terms.names.iter().any(is_named)
            && in_sentences.values().all(|n| 100 * n < SENTENCE_PERCENT * terms)
            && in_accounts.values().all(|n| 100 * n < ACCOUNT_PERCENT * terms)
    }
}
