//! X2: sentences of two articles that are the same outside quotations.
//!
//! Two sentences of eight words or more outside quotations are the same where their token ratio is
//! .8 or more, or where three quarters of the words of the one with fewer are in the other and half
//! of its runs of three words too. Quotations of a few words (`the “provocative” advance`) belong to
//! the sentence. They must have some words of content in common too, since turns of phrase meet this
//! as well. Whether either article credits the other is another question (`credit`).

use super::account::{Account, Sentence};
use super::matched::{Likeness, Match, best_of_each};
use super::similarity::{containment, ratio_of_at_least, run_overlap};
use super::terms::content_in_common;
use super::tokens::token;

/// Words outside quotations that a sentence has at least.
pub const OWN_WORDS: usize = 8;
/// The token ratio from which on sentences are the same.
const SAME: f64 = 0.8;
/// The share of words and of runs of three from which on the one is within the other.
const CONTAINED: f64 = 0.75;
const CONTAINED_RUNS: f64 = 0.5;

/// Words of content that both have at least, by likeness: `the last thing you want to do is` is
/// written everywhere.
const CONTENT: usize = 4;
const CONTENT_CONTAINED: usize = 6;
/// The same of a sentence that is all that two articles share.
const ALONE: usize = 6;
const ALONE_CONTAINED: usize = 8;

/// Whether a sentence addresses the reader outside quotations, as notices do that were taken for
/// prose: `We use cookies to give you ...`.
#[must_use]
pub(super) fn addresses_reader(sentence: &Sentence) -> bool {
    ["you", "your"].iter().any(|word| sentence.own.contains(&token(word)))
}

/// Whether a shared sentence says something where it is the only thing shared.
#[must_use]
pub(super) fn tells_alone(found: &Match) -> bool {
    let least = if found.likeness == Likeness::Whole { ALONE } else { ALONE_CONTAINED };
    found.content >= least
}

/// Whether a sentence has words enough to be compared.
#[must_use]
pub(super) fn is_comparable(sentence: &Sentence) -> bool {
    sentence.own.len() >= OWN_WORDS
}

/// The sentences that two articles share: of each, the one that is most like it. None if all of them
/// address the reader.
#[must_use]
pub(super) fn shared_text(a: &Account, b: &Account, joined: &[(usize, usize)]) -> Vec<Match> {
    let mut found = Vec::new();
    let mut tells = false;
    for &(i, j) in joined {
        let (left, right) = (&a.sentences[i], &b.sentences[j]);
        if !is_comparable(left) || !is_comparable(right) {
            continue;
        }
        if let Some((likeness, similarity)) = alike(left, right) {
            let words = left.own.len().min(right.own.len());
            let content = content_in_common(&left.own, &right.own);
            let (a, b) = (left.passage, right.passage);
            let whole = likeness == Likeness::Whole;
            if content >= if whole { CONTENT } else { CONTENT_CONTAINED } {
                tells |= !addresses_reader(left);
                found.push((i, j, Match { a, b, likeness, similarity, words, content }));
            }
        }
    }
    if tells { best_of_each(found) } else { Vec::new() }
}

fn alike(a: &Sentence, b: &Sentence) -> Option<(Likeness, f64)> {
    if let Some(ratio) = ratio_of_at_least(&a.own, &b.own, SAME) {
        return Some((Likeness::Whole, ratio));
    }
    let contained = containment(&a.own, &b.own);
    (contained >= CONTAINED && run_overlap(&a.own, &b.own) >= CONTAINED_RUNS)
        .then_some((Likeness::Contained, contained))
}
