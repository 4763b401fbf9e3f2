//! X1: quotations of two articles in the same words.
//!
//! Two quotations are the same where their token ratio is .9 or more; or where the shorter one,
//! of [`PART_WORDS`] words or more, has that ratio with a stretch of the longer one, since papers
//! cut a speech differently. The titles of works are in quotation marks too and are not speech.

use super::account::{Account, Quote};
use super::matched::{Likeness, Match, best_of_each};
use super::similarity::{longest_block, ratio_of_at_least};
use super::terms::content_in_common;

/// The token ratio from which on quotations are the same (the catalogue's).
const SAME: f64 = 0.9;
/// Words from which on a quotation is looked for in longer ones.
pub const PART_WORDS: usize = 6;
/// Words of content that both have at least: `it is what it is` is said everywhere.
const CONTENT: usize = 2;
/// Words, and words of content, of a quotation that is evidence that two articles have to do with one
/// another at all, as a whole and as a part of a longer one.
const ALONE: (usize, usize) = (6, 3);
const ALONE_AS_PART: (usize, usize) = (8, 4);

/// Whether a shared quotation says something where it is the only thing shared.
#[must_use]
pub(super) fn tells_alone(found: &Match) -> bool {
    let (words, content) = if found.likeness == Likeness::Whole { ALONE } else { ALONE_AS_PART };
    found.words >= words && found.content >= content
}

/// The quotations that two articles share. Among them are short ones, which mean something only where
/// the articles share more ([`tells_alone`]).
#[must_use]
pub(super) fn shared_quotes(a: &Account, b: &Account, joined: &[(usize, usize)]) -> Vec<Match> {
    let mut found = Vec::new();
    for &(i, j) in joined {
        let (left, right) = (&a.quotes[i], &b.quotes[j]);
        if left.is_title || right.is_title {
            continue;
        }
        if let Some((likeness, similarity)) = alike(left, right) {
            let words = left.words.len().min(right.words.len());
            let content = content_in_common(&left.words, &right.words);
            let (a, b) = (left.passage, right.passage);
            if content >= CONTENT {
                found.push((i, j, Match { a, b, likeness, similarity, words, content }));
            }
        }
    }
    best_of_each(found)
}

fn alike(a: &Quote, b: &Quote) -> Option<(Likeness, f64)> {
    let (a, b) = (&*a.words, &*b.words);
    if let Some(ratio) = ratio_of_at_least(a, b, SAME) {
        return Some((Likeness::Whole, ratio));
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < PART_WORDS {
        return None;
    }
    // The stretch of the longer one beside which the shorter one lies along their longest run.
    let (in_short, in_long, _) = longest_block(short, long);
    let start = in_long.saturating_sub(in_short);
    let stretch = &long[start..long.len().min(start + short.len())];
    ratio_of_at_least(short, stretch, SAME).map(|ratio| (Likeness::Part, ratio))
}
