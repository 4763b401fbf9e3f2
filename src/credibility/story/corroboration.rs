//! X4: two articles say the same on the word of different persons, and share no text.
//!
//! Statements are aligned by their terms (`claims`), each sentence with one named speaker, these two
//! having no name in common. None where the articles share a quotation or a sentence, or credit one
//! another or one agency; none where only one of the two denies it, or where the sentences differ in
//! a day or a number (X5). That neither has it from the other's source cannot be known.

use super::account::{Account, Sentence};
use super::claims::claims;
use super::conflicts::{Point, Relation};
use super::matched::{Likeness, Match};
use super::pair::Pair;
use super::terms::{content_in_common, is_capital};
use super::tokens::{each_token, token, tokens};
use crate::credibility::finding::Passage;

/// The share of the smaller one's terms from which on sentences state one thing.
const ALIGNED: f64 = 0.6;
/// Words with which a sentence says that something is not so.
const NEGATIONS: [&str; 21] = [
    "cannot", "denied", "denies", "deny", "denying", "disputed", "disputes", "false", "neither",
    "never", "no", "nobody", "none", "not", "nothing", "rejected", "rejects", "t", "unable",
    "unlikely", "without",
];

/// The aligned statements of two articles of one story that come from different persons.
#[must_use]
pub(super) fn corroborated(a: &Account, b: &Account, pair: &Pair) -> Vec<Match> {
    if !pair.quotations.is_empty() || !pair.text.is_empty() || pair.credit.is_some() {
        return Vec::new();
    }
    let claims = claims(a, b).into_iter().filter(|claim| claim.share >= ALIGNED);
    let matched = claims.filter_map(|claim| {
        let (left, right) = (&a.sentences[claim.a], &b.sentences[claim.b]);
        let is_one_fact = are_of_two(left, right)
            && negates(a, left) == negates(b, right)
            && !differs(&pair.points, left, right);
        is_one_fact.then(|| {
            let (names, words) = left.terms.in_common(&right.terms);
            Match {
                a: left.passage,
                b: right.passage,
                likeness: Likeness::Terms,
                similarity: claim.share,
                words: left.own.len().min(right.own.len()),
                content: names + words,
            }
        })
    });
    matched.collect()
}

/// Whether two sentences are on the word of two persons, neither of whom the other speaks of.
fn are_of_two(a: &Sentence, b: &Sentence) -> bool {
    let (Some(by_a), Some(by_b)) = (&a.speaker, &b.speaker) else { return false };
    let names = |name: &str, sentence: &Sentence| {
        let mut is_named = false;
        each_token(name, |token, span| {
            let is_name = is_capital(span.slice(name));
            is_named |= is_name && sentence.terms.names.binary_search(&token).is_ok();
        });
        is_named
    };
    content_in_common(&tokens(by_a), &tokens(by_b)) == 0 && !names(by_a, b) && !names(by_b, a)
}

fn negates(account: &Account, sentence: &Sentence) -> bool {
    let negations = NEGATIONS.map(token);
    let mut negates = false;
    each_token(account.text(sentence.passage), |token, _| negates |= negations.contains(&token));
    negates
}

/// Whether the two sentences differ in a point.
fn differs(points: &[Point], a: &Sentence, b: &Sentence) -> bool {
    let holds = |sentence: &Sentence, part: Passage| {
        let of = sentence.passage;
        of.paragraph == part.paragraph
            && of.within.start <= part.within.start
            && part.within.end <= of.within.end
    };
    let mut differing = points.iter().filter(|point| point.relation == Relation::Different);
    differing.any(|point| holds(a, point.a) && holds(b, point.b))
}
