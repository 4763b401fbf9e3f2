//! What is so frequent in a set of articles that sharing it binds no two of them: names that many
//! articles have, terms of many titles, and the sentences of a publisher's frame.
//!
//! Counted once over all accounts; in a small set nothing is frequent but a frame.

use std::collections::HashMap;

use super::account::{Account, Sentence};
use super::candidates::SMALL;
use super::credit::publisher_key;
use super::shared_text::is_comparable;
use super::terms::distinct;
use super::tokens::{Token, shingles, token};
use crate::kernel::table::join;

/// Articles that may have a name, or titles that may have a term, for it to tell.
const RARE: usize = 24;
/// Rare names that two articles must have in common to be related by names alone: among few articles,
/// which somebody chose, and among many, where chance brings together more.
const LEAST_NAMES: usize = 3;
const LEAST_NAMES_OF_MANY: usize = 9;
/// Articles of one publisher in which a sentence must stand word for word to be part of its frame.
const FRAME: usize = 3;

/// What is frequent; all ascending.
#[derive(Debug, Default)]
pub(super) struct Frequent {
    names: Box<[Token]>,
    title_terms: Box<[Token]>,
    frames: Box<[u64]>,
    is_large: bool,
}

impl Frequent {
    /// Counts over all articles that are compared.
    pub(super) fn of(accounts: &[Account]) -> Self {
        let terms = |account: &Account| {
            let terms = &account.title_terms;
            distinct(terms.names.iter().chain(&terms.words).copied().collect()).into_vec()
        };
        Self {
            names: in_more_than(RARE, accounts.iter().map(|account| account.names.to_vec())),
            title_terms: in_more_than(RARE, accounts.iter().map(terms)),
            frames: in_more_than(FRAME - 1, accounts.iter().map(frame_keys)),
            is_large: accounts.len() > SMALL,
        }
    }

    /// Rare names that make two articles related.
    pub(super) fn least_names(&self) -> usize {
        if self.is_large { LEAST_NAMES_OF_MANY } else { LEAST_NAMES }
    }

    /// How many of these names are rare.
    pub(super) fn rare_names<'t>(&self, names: impl Iterator<Item = &'t Token>) -> usize {
        names.filter(|name| self.names.binary_search(name).is_err()).count()
    }

    /// How many of these terms of titles are rare.
    pub(super) fn rare_title_terms<'t>(&self, terms: impl Iterator<Item = &'t Token>) -> usize {
        terms.filter(|term| self.title_terms.binary_search(term).is_err()).count()
    }

    /// Whether a sentence belongs to the frame of its publisher's pages.
    pub(super) fn is_frame(&self, account: &Account, sentence: &Sentence) -> bool {
        let key = publisher(account).map(|publisher| frame_key(publisher, sentence));
        key.is_some_and(|key| self.frames.binary_search(&key).is_ok())
    }
}

fn publisher(account: &Account) -> Option<Token> {
    account.identity.publisher.as_deref().map(|name| token(&publisher_key(name)))
}

fn frame_key(publisher: Token, sentence: &Sentence) -> u64 {
    join(publisher, shingles(&sentence.own, sentence.own.len().max(1)).next().unwrap_or(0))
}

fn frame_keys(account: &Account) -> Vec<u64> {
    let Some(publisher) = publisher(account) else { return Vec::new() };
    let comparable = account.sentences.iter().filter(|sentence| is_comparable(sentence));
    distinct(comparable.map(|sentence| frame_key(publisher, sentence)).collect()).into_vec()
}

/// The keys that more than `n` articles have, ascending; each list has a key once.
fn in_more_than(n: usize, of_each: impl Iterator<Item = Vec<u64>>) -> Box<[u64]> {
    let mut articles: HashMap<u64, usize> = HashMap::new();
    of_each.flatten().for_each(|key| *articles.entry(key).or_default() += 1);
    distinct(articles.into_iter().filter(|(_, count)| *count > n).map(|(key, _)| key).collect())
}
