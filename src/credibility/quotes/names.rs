//! Names: which capitals are part of one, where a run of them ends, what of it are titles, and
//! whether it is a body's.
//!
//! In: the tokens of a paragraph. Out: places of tokens. All looks ahead and back are bounded by the
//! run itself.

use super::phrases::Who;
use super::tokens::{Kind, Tokens, is_possessive};
use super::words::{BODIES, MEN, NO_NAME, PARTICLES, PLACES, ROLES, TITLES, WOMEN};

/// A capital that is part of a name.
pub(super) fn is_name_word(tokens: &Tokens<'_>, at: usize) -> bool {
    if tokens.kind(at) != Kind::Capital || tokens.is_in(at, NO_NAME) {
        return false;
    }
    // `Remarkably, she ...`
    let is_adverb = tokens.word(at).ends_with("ly")
        && tokens.kind(at + 1) == Kind::Comma
        && !tokens.is_in(at, MEN.or(WOMEN))
        && tokens.begins_sentence(at);
    !is_adverb
}

/// The end of the run of names that begins at a token.
pub(super) fn name_end(tokens: &Tokens<'_>, from: usize) -> usize {
    let mut at = from;
    loop {
        if at > from && tokens.word(at) == "&" && is_name_word(tokens, at + 1) {
            at += 1;
        } else if is_name_word(tokens, at) {
            let is_last = is_possessive(tokens.word(at));
            at += 1;
            if is_last {
                return at;
            }
        } else if at > from
            && (is_surname(tokens, at)
                || tokens.is_in(at, PARTICLES) && is_name_word(tokens, at + 1))
        {
            at += 1;
        } else if at > from
            && tokens.is_in(at, PARTICLES)
            && tokens.is_in(at + 1, PARTICLES)
            && is_name_word(tokens, at + 2)
        {
            at += 2;
        } else {
            return at;
        }
    }
}

/// Whether a word that is no name elsewhere is a surname here, after a first name: `Theresa Long`.
fn is_surname(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.kind(at) == Kind::Capital
        && tokens.is_in(at, NO_NAME)
        && tokens.is_in(at - 1, MEN.or(WOMEN))
        && tokens.is_one_of(at, &["long", "march", "may", "oh", "see", "so"])
        && tokens.kind(at + 1) != Kind::Number
}

/// A run of names taken apart: titles first, which leave at least one word.
pub(super) fn split_titles(tokens: &Tokens<'_>, from: usize, to: usize) -> Who {
    // `Norland Foreign Minister Ivor Pell`: his name begins after the last title.
    let last_title =
        (from..to.saturating_sub(2)).rev().find(|&at| tokens.is_in(at, TITLES.or(ROLES)));
    let mut name = last_title.map_or(from, |at| at + 1);
    while name + 1 < to
        && (tokens.is_in(name, TITLES) || (name + 2 < to && tokens.is_in(name, PLACES)))
    {
        name += 1;
    }
    // `Planner Erica Vane`: the second word is a first name.
    let is_first = |at: usize| tokens.is_in(at, MEN) || tokens.is_in(at, WOMEN);
    if name + 2 < to && is_first(name + 1) && !is_first(name) && tokens.begins_sentence(name) {
        name += 1;
    }
    Who::Name { titles: from, from: name, to }
}

/// Whether a name is that of a body, a place or a work rather than of a person.
pub(super) fn is_body(tokens: &Tokens<'_>, from: usize, to: usize) -> bool {
    // `New Norland`, `San Pelagio`: places.
    const PLACE_HEADS: &[&str] = &[
        "cape", "east", "fort", "las", "los", "mount", "new", "north", "port", "san", "santa",
        "south", "west",
    ];
    if to - from > 1 && tokens.is_one_of(from, PLACE_HEADS) {
        return true;
    }
    (from..to).any(|at| tokens.is_in(at, BODIES) || tokens.word(at).contains('&'))
        || (to - from == 1 && (tokens.is_in(from, PLACES) || is_acronym(tokens.word(from))))
        || (from > 0 && tokens.is(from - 1, "the"))
        || is_acronym(tokens.word(from)) && !tokens.word(from).contains('.')
}

fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_numeric() || c == '.')
}
