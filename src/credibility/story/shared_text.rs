//! X2: sentences of two articles that are the same outside quotations.
//!
//! Two sentences of eight words or more outside quotations are the same where their token ratio is
//! .8 or more, or where three quarters of the words of the one with fewer are in the other and half
//! of its runs of three words too. Quotations of a few words (`the “provocative” advance`) belong to
//! the sentence. They must have some words of content in common too, since turns of phrase meet this
//! as well, and be sentences of prose on both sides. Whether either article credits the other is another question (`credit`).

use std::collections::HashMap;

use super::account::{Account, Sentence};
use super::matched::{Likeness, Match, best_of_each};
use super::similarity::{containment, ratio_of_at_least, run_overlap};
use super::terms::{content_in_common, distinct, is_capital, is_content};
use super::tokens::{each_token, sorted_in_common, token};

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

/// Words that are no names which both have at least: an address or a title of office is all names.
const WORDS: usize = 2;
/// Sentences of the other article from which on a sentence like all of them is a line of a list.
const REPEATED: usize = 3;

/// Whether a sentence addresses the reader outside quotations, as notices do that were taken for
/// prose: `We use cookies to give you ...`.
#[must_use]
pub(super) fn addresses_reader(sentence: &Sentence) -> bool {
    ["you", "your"].iter().any(|word| sentence.own.contains(&token(word)))
}

/// Whether the publisher speaks of itself or to the reader, as in notices.
fn is_notice(sentence: &Sentence) -> bool {
    addresses_reader(sentence)
        || ["we", "our", "ours"].iter().any(|word| sentence.own.contains(&token(word)))
}

/// Whether a text is a whole sentence of prose: no address, price, rating or line of a list, which
/// have no full stop, and no rest of a sentence.
fn is_prose(text: &str) -> bool {
    let begins = text.chars().find(|c| c.is_alphanumeric());
    let end = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '“')
    });
    begins.is_some_and(|c| !c.is_lowercase())
        && end.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whether each of two sentences has a number or a word with a capital letter that the other has not:
/// they may be one template, filled in twice.
fn are_of_a_template(a: &str, b: &str) -> bool {
    let filled = |text: &str, kind: fn(&str) -> bool| {
        let mut tokens = Vec::new();
        each_token(text, |token, span| {
            if kind(span.slice(text)) && is_content(token) {
                tokens.push(token);
            }
        });
        distinct(tokens)
    };
    let kinds: [fn(&str) -> bool; 2] = [|word| word.starts_with(char::is_numeric), is_capital];
    kinds.into_iter().any(|kind| {
        let (a, b) = (filled(a, kind), filled(b, kind));
        sorted_in_common(&a, &b) < a.len().min(b.len())
    })
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
/// are notices to the reader, or have other numbers or names in the one article than in the other, as
/// the templates of shops do.
#[must_use]
pub(super) fn shared_text(a: &Account, b: &Account, joined: &[(usize, usize)]) -> Vec<Match> {
    let mut found = Vec::new();
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
                found.push((i, j, Match { a, b, likeness, similarity, words, content }));
            }
        }
    }
    take_out_lists(&mut found);
    found.retain(|&(i, j, ref found)| {
        let words = a.sentences[i].terms.in_common(&b.sentences[j].terms).1;
        words >= WORDS && is_prose(a.text(found.a)) && is_prose(b.text(found.b))
    });
    let tells = found.iter().any(|&(i, j, ref found)| {
        let (left, right) = (&a.sentences[i], &b.sentences[j]);
        !is_notice(left)
            && !is_notice(right)
            && !are_of_a_template(a.text(found.a), b.text(found.b))
    });
    if tells { best_of_each(found) } else { Vec::new() }
}

/// Takes out the sentences that are as a whole like several of the other article: lines of a list,
/// or a filling of text.
fn take_out_lists(found: &mut Vec<(usize, usize, Match)>) {
    if found.len() < REPEATED {
        return;
    }
    let (mut of_a, mut of_b) = (HashMap::<_, usize>::new(), HashMap::<_, usize>::new());
    for (i, j, _) in found.iter().filter(|(.., found)| found.likeness == Likeness::Whole) {
        *of_a.entry(*i).or_default() += 1;
        *of_b.entry(*j).or_default() += 1;
    }
    let is_single =
        |counts: &HashMap<usize, usize>, n: usize| counts.get(&n).is_none_or(|&n| n < REPEATED);
    found.retain(|&(i, j, _)| is_single(&of_a, i) && is_single(&of_b, j));
}

fn alike(a: &Sentence, b: &Sentence) -> Option<(Likeness, f64)> {
    if let Some(ratio) = ratio_of_at_least(&a.own, &b.own, SAME) {
        return Some((Likeness::Whole, ratio));
    }
    let contained = containment(&a.own, &b.own);
    (contained >= CONTAINED && run_overlap(&a.own, &b.own) >= CONTAINED_RUNS)
        .then_some((Likeness::Contained, contained))
}
