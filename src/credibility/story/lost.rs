//! X3: what one article reports as somebody's word, and another states as a fact.
//!
//! The one side is a quotation of four words and more with its speaker, or a sentence in which
//! somebody says something; the other a sentence without quotation marks that has its words (by the
//! measures of X2), in the writer's own name, between sentences that hold no word of reporting
//! either. Nothing is lost where the second article has the same words on somebody's word too. Which
//! of the two came first is not said: an attribution may have been left out, or found.

use super::account::{Account, QUOTE_WORDS, Quote, Sentence};
use super::attribution::Attributed;
use super::joining::Runs;
use super::matched::{Likeness, Match};
use super::similarity::{containment, ratio_of_at_least, run_overlap};
use super::terms::content_in_common;
use super::tokens::token;

/// The token ratio from which on a quotation and a sentence are the same.
const SAME: f64 = 0.8;
/// The share of words and of runs of three from which on the one is within the other.
const CONTAINED: f64 = 0.75;
const CONTAINED_RUNS: f64 = 0.5;
/// Words of a quotation below which all of them must be in the sentence, in its order.
const SHORT: usize = 8;
/// Words of content that both have at least.
const CONTENT: usize = 4;
/// With these words somebody speaks, in quotation marks or without.
const SPEAKERS: &[&str] = &["i", "me", "my", "myself", "our", "us", "we", "you", "your"];

/// One of the two articles of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The first.
    First,
    /// The second.
    Second,
}

/// Words that one article attributes and the other does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Lost {
    /// The words on both sides.
    pub found: Match,
    /// The article that states them in its own name.
    pub stated_by: Side,
}

/// An article with the runs of its sentences and of its quotations.
pub(super) type WithRuns<'a> = (&'a Account, &'a Runs, &'a Runs);

/// What either article attributes and the other states, in the first one's order. `quotations` and
/// `text` are what they share by X1 and X2.
#[must_use]
pub(super) fn lost(
    first: WithRuns<'_>,
    second: WithRuns<'_>,
    quotations: &[Match],
    text: &[Match],
) -> Vec<Lost> {
    let mut found = Vec::new();
    let turned: Vec<Match> = quotations.iter().map(turn).collect();
    let in_turn: Vec<Match> = text.iter().map(turn).collect();
    let by_second = one_way(first, second, quotations, text);
    found.extend(by_second.map(|found| Lost { found, stated_by: Side::Second }));
    let by_first = one_way(second, first, &turned, &in_turn);
    found.extend(by_first.map(|found| Lost { found: turn(&found), stated_by: Side::First }));
    found.sort_by_key(|lost| (lost.found.a, lost.found.b));
    found
}

/// The same match with its sides exchanged.
fn turn(found: &Match) -> Match {
    Match { a: found.b, b: found.a, ..found.clone() }
}

/// What `of` attributes and `other` states; `a` of each match is the attributed side.
fn one_way(
    (of, _, quotes): WithRuns<'_>,
    (other, sentences, _): WithRuns<'_>,
    quotations: &[Match],
    text: &[Match],
) -> impl Iterator<Item = Match> {
    // Each with its place: that of a quotation or a sentence of `of`, and of a sentence of `other`.
    let mut found: Vec<(Match, usize)> = Vec::new();
    let is_quoted_too = |quote: &Quote| quotations.iter().any(|both| both.a == quote.passage);
    for (i, j) in quotes.joined(sentences) {
        let (quote, sentence) = (&of.quotes[i], &other.sentences[j]);
        if quote.speaker.is_none() || quote.is_title || is_quoted_too(quote) {
            continue;
        }
        found.extend(alike(quote, sentence).map(|alike| (alike, j)));
    }
    for shared in text {
        let at = |account: &Account, passage| {
            account.sentences.binary_search_by_key(&passage, |sentence| sentence.passage).ok()
        };
        if let (Some(i), Some(j)) = (at(of, shared.a), at(other, shared.b))
            && of.sentences[i].attributed == Attributed::Yes
        {
            found.push((shared.clone(), j));
        }
    }
    found.sort_by_key(|(found, _)| (found.a, found.b));
    found.dedup_by_key(|(found, _)| found.b);
    // If one sentence of the other article has them on somebody's word, nothing is lost.
    let is_said_too: Vec<_> = found
        .iter()
        .filter(|(_, j)| other.sentences[*j].attributed > Attributed::No)
        .map(|(found, _)| found.a)
        .collect();
    found.into_iter().filter_map(move |(found, j)| {
        (!is_said_too.contains(&found.a) && is_stated(other, j)).then_some(found)
    })
}

fn alike(quote: &Quote, sentence: &Sentence) -> Option<Match> {
    let (said, own) = (&*quote.words, &*sentence.own);
    debug_assert!(said.len() >= QUOTE_WORDS);
    let content = content_in_common(said, own);
    if content < CONTENT {
        return None;
    }
    let contained = || {
        let (share, runs) = (containment(said, own), run_overlap(said, own));
        let is_within = if said.len() < SHORT {
            share == 1.0 && runs == 1.0
        } else {
            share >= CONTAINED && runs >= CONTAINED_RUNS
        };
        is_within.then_some((Likeness::Contained, share))
    };
    let whole = ratio_of_at_least(said, own, SAME).map(|ratio| (Likeness::Whole, ratio));
    let (likeness, similarity) = whole.or_else(contained)?;
    let (a, b) = (quote.passage, sentence.passage);
    let words = said.len().min(own.len());
    Some(Match { a, b, likeness, similarity, words, content })
}

/// Whether an article states a sentence in its own name.
fn is_stated(account: &Account, at: usize) -> bool {
    let sentence = &account.sentences[at];
    let around = &account.sentences[at.saturating_sub(1)..account.sentences.len().min(at + 2)];
    let text = account.text(sentence.passage);
    let is_spoken = SPEAKERS.iter().any(|word| sentence.own.contains(&token(word)));
    let is_announced = at > 0 && {
        let before = account.text(account.sentences[at - 1].passage);
        before.trim_end().ends_with(':')
    };
    around.iter().all(|sentence| sentence.attributed == Attributed::No)
        && !is_spoken
        && !is_announced
        && !text.contains(['“', '”', '"', '«', '»', '„', '‘', '?'])
}
