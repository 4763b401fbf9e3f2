//! Several articles side by side: what they share, where they differ.
//!
//! In: an [`Account`] of each article, taken from its [`Reading`](super::Reading). Out: a
//! [`Comparison`], plain data: for every two articles that have something in common the passages on
//! both sides ([`Pair`]), and which articles tell one story. Nothing here says who wrote first, or
//! who is right.
//!
//! `tokens` and `similarity` hold the definitions, `shared_quotes` (X1), `shared_text` (X2),
//! `conflicts` (X5) and `membership` (X7) the signals, `frequent` what many articles have, `lost`
//! (X3), `corroboration` (X4) and `single` (X6) those that are experimental, with `attribution` for
//! whose word a sentence is, `candidates` and `grouping` what makes large sets possible.

mod account;
mod attribution;
mod candidates;
mod claims;
mod conflicts;
mod corroboration;
mod credit;
mod frequent;
mod grouping;
mod joining;
mod lost;
mod matched;
mod membership;
mod pair;
mod shared_quotes;
mod shared_text;
mod similarity;
mod single;
mod terms;
#[cfg(test)]
mod tests;
mod tokens;

use std::collections::HashMap;

use rayon::prelude::*;

use super::article::Options;
use super::finding::Passage;

pub use account::{Account, Identity, QUOTE_WORDS, Quote, Sentence};
pub use attribution::Attributed;
pub use candidates::Limits;
pub use conflicts::{Point, PointKind, Relation};
pub use credit::Credit;
pub use lost::{Lost, Side};
pub use matched::{Likeness, Match};
pub use membership::{Membership, Shared};
pub use pair::{Dates, Pair};
pub use similarity::ratio;
pub use tokens::{Token, tokens};

use frequent::Frequent;
use membership::membership;
use pair::{Prepared, compare};
use shared_text::is_comparable;
use tokens::shingles;

/// Articles of a story up to which every pair of it is compared.
const MAX_STORY: usize = 24;
/// Articles in which a sentence must stand word for word to be a formula (`The club had no comment at
/// once.`), if it is all that two of them share.
const FORMULA: usize = 10;

/// Articles compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Every two articles that have something in common, ascending.
    pub pairs: Vec<Pair>,
    /// The stories told by two articles and more: indices ascending.
    pub stories: Vec<Vec<usize>>,
    /// X6: sentences that one account of a story alone has, with the account's index, story by story;
    /// `None` where the experimental signals were not asked for.
    pub single: Option<Vec<(usize, Passage)>>,
    /// What was left out.
    pub limits: Limits,
    /// The story of each article.
    story_of: Vec<Option<usize>>,
}

impl Comparison {
    /// Compares articles, without the experimental signals. What comes out of a pair does not depend on
    /// their order.
    #[must_use]
    pub fn new(accounts: &[Account]) -> Self {
        Self::with(accounts, &Options::default())
    }

    /// Compares articles, with the experimental signals (X3, X4, X6) where they are asked for; X3 and X4
    /// need accounts [with attributions](Account::with_attributions).
    #[must_use]
    pub fn with(accounts: &[Account], options: &Options) -> Self {
        let order = order(accounts);
        let mut rank = vec![0; accounts.len()];
        order.iter().zip(0..).for_each(|(&account, place)| rank[account as usize] = place);
        let prepared: Vec<_> = accounts.par_iter().map(Prepared::of).collect();
        let formulas = Formulas::of(accounts);
        let frequent = Frequent::of(accounts);
        let compare = |&(a, b): &(u32, u32)| {
            let side = |n: u32| (n as usize, &accounts[n as usize], &prepared[n as usize]);
            let mut pair = compare(side(a), side(b), &frequent);
            formulas.take_out(&mut pair, accounts, &frequent);
            pair
        };
        let (candidates, mut limits) = candidates::candidates(accounts, &order);
        let tells = |pair: &Pair| pair.tells();
        let mut pairs: Vec<_> = candidates.par_iter().map(compare).filter(tells).collect();
        let stories = grouping::stories(accounts.len(), &pairs, &rank);
        // Two articles may be of one story through a third.
        let missing = missing(&stories, &candidates, &mut limits);
        pairs.par_extend(missing.par_iter().map(compare));
        pairs.sort_by_key(|pair| (pair.a, pair.b));
        let mut comparison = Self { stories, limits, ..Self::default() };
        comparison.story_of = comparison.stories_of(accounts.len());
        pairs.par_iter_mut().for_each(|pair| {
            let in_one_story = comparison.are_one_story(pair.a, pair.b);
            pair.finish(&accounts[pair.a], &accounts[pair.b], in_one_story);
            if in_one_story && options.experimental {
                let side = |n: usize| (&accounts[n], &prepared[n]);
                pair.try_out(side(pair.a), side(pair.b));
            }
        });
        if options.experimental {
            let of_story = |story: &Vec<usize>| single::single(accounts, story);
            comparison.single = Some(comparison.stories.par_iter().flat_map(of_story).collect());
        }
        comparison.pairs = pairs;
        comparison
    }

    /// The pair of two articles, in either order; `None` if they have nothing in common.
    #[must_use]
    pub fn pair(&self, a: usize, b: usize) -> Option<&Pair> {
        let key = (a.min(b), a.max(b));
        let found = self.pairs.binary_search_by_key(&key, |pair| (pair.a, pair.b));
        found.ok().map(|at| &self.pairs[at])
    }

    /// How two articles stand to each other: of one story also where only others bind them.
    #[must_use]
    pub fn membership(&self, a: usize, b: usize) -> Membership {
        if self.are_one_story(a, b) {
            return Membership::SameStory;
        }
        // A digest may share much with a story, and is still none of its accounts.
        let membership = self.pair(a, b).map_or(Membership::Unrelated, |pair| pair.membership);
        membership.min(Membership::Related)
    }

    fn are_one_story(&self, a: usize, b: usize) -> bool {
        self.story_of[a].is_some() && self.story_of[a] == self.story_of[b]
    }

    fn stories_of(&self, n_articles: usize) -> Vec<Option<usize>> {
        let mut story_of = vec![None; n_articles];
        for (n, story) in self.stories.iter().enumerate() {
            story.iter().for_each(|&article| story_of[article] = Some(n));
        }
        story_of
    }
}

/// The articles' indices by their names, and where these are equal by their words.
fn order(accounts: &[Account]) -> Vec<u32> {
    let mut order: Vec<_> = (0..accounts.len() as u32).collect();
    order.sort_by_key(|&n| {
        let account = &accounts[n as usize];
        (&account.identity.id, &account.identity.publisher, &account.shingles)
    });
    order
}

/// The pairs of stories that are no candidates, if the story is not too large.
fn missing(
    stories: &[Vec<usize>],
    candidates: &[(u32, u32)],
    limits: &mut Limits,
) -> Vec<(u32, u32)> {
    let mut missing = Vec::new();
    let mut large = HashMap::new();
    for (n, story) in stories.iter().enumerate() {
        if story.len() > MAX_STORY {
            limits.pairs_in_stories += story.len() * (story.len() - 1) / 2;
            large.extend(story.iter().map(|&article| (article as u32, n)));
            continue;
        }
        for (n, &a) in story.iter().enumerate() {
            let pairs = story[n + 1..].iter().map(|&b| (a as u32, b as u32));
            missing.extend(pairs.filter(|pair| candidates.binary_search(pair).is_err()));
        }
    }
    let is_within =
        |(a, b): &&(u32, u32)| large.get(a).is_some_and(|story| large.get(b) == Some(story));
    limits.pairs_in_stories -= candidates.iter().filter(is_within).count();
    missing
}

/// Sentences that many articles share word for word.
struct Formulas {
    keys: Vec<u64>,
}

impl Formulas {
    fn of(accounts: &[Account]) -> Self {
        let mut articles: HashMap<u64, (usize, usize)> = HashMap::new();
        for (n, account) in accounts.iter().enumerate().filter(|_| accounts.len() >= FORMULA) {
            for sentence in account.sentences.iter().filter(|sentence| is_comparable(sentence)) {
                let (count, last) = articles.entry(key(sentence)).or_insert((0, usize::MAX));
                *count += usize::from(*last != n);
                *last = n;
            }
        }
        let common = articles.into_iter().filter(|(_, (count, _))| *count >= FORMULA);
        let mut keys: Vec<_> = common.map(|(key, _)| key).collect();
        keys.sort_unstable();
        Self { keys }
    }

    /// Takes a formula out of a pair that shares nothing else.
    fn take_out(&self, pair: &mut Pair, accounts: &[Account], frequent: &Frequent) {
        let [only] = &pair.text[..] else { return };
        let sentences = &accounts[pair.a].sentences;
        let at = sentences.partition_point(|sentence| sentence.passage < only.a);
        if pair.quotations.is_empty() && self.keys.binary_search(&key(&sentences[at])).is_ok() {
            pair.text.clear();
            pair.shared.sentences = 0;
            let (a, b) = (&accounts[pair.a], &accounts[pair.b]);
            pair.membership = membership(a, b, &pair.shared, pair.credit.as_ref(), frequent);
        }
    }
}

fn key(sentence: &Sentence) -> u64 {
    shingles(&sentence.own, sentence.own.len().max(1)).next().unwrap_or(0)
}
