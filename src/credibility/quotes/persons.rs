//! What tells that a name is a person's: its form, what stands beside it, its gender.
//!
//! In: the tokens of a paragraph and the place of a name there. Out: a guess, from titles, lists of
//! first names and endings.

use super::names::is_body;
use super::tokens::{Kind, Tokens, bare};
use super::words::{
    ADJECTIVES, FEMALE_TITLES, HUMANS, MALE_TITLES, MEN, PARTICLES, ROLES, TITLES, WOMEN, classes,
};

/// Words of a person's name.
const MAX_NAME: usize = 5;

/// What is known of a person's gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
    Unknown,
}

/// The token of a name's surname: `Jr.` and numbers after it are none.
pub(super) fn surname(tokens: &Tokens<'_>, from: usize, to: usize) -> usize {
    let is_suffix =
        |at: &usize| matches!(tokens.word(*at), "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV");
    (from..to).rev().find(|at| !is_suffix(at)).unwrap_or(from)
}

/// Whether a name, titles aside, can be a person's.
pub(super) fn is_person(tokens: &Tokens<'_>, titles: usize, from: usize, to: usize) -> bool {
    let is_plain = (from..to).all(|at| {
        let word = tokens.word(at);
        (tokens.kind(at) == Kind::Capital
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’')))
            || tokens.is_in(at, PARTICLES)
    });
    // A capital word of its own letters is no part of a person's name, `III` aside.
    let is_acronym = (from..to).any(|at| {
        let word = tokens.word(at);
        word.len() > 1
            && word.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            && !matches!(word, "II" | "III" | "IV")
    });
    let is_shouted =
        tokens.word(from).len() > 2 && tokens.word(from).chars().all(char::is_uppercase);
    let has_style =
        (titles..from).any(|at| tokens.is_in(at, TITLES) && !tokens.is_in(at, ADJECTIVES));
    // `Larkhaven Customer` signs a review.
    let is_anyone =
        to - from > 1 && tokens.is_in(to - 1, HUMANS) && !tokens.is_in(from, MEN.or(WOMEN));
    is_plain
        && !is_shouted
        && !is_anyone
        && !is_acronym
        && to - from <= MAX_NAME
        && (has_style || !is_body(tokens, from, to))
}

/// Whether a title, a first name, or an age or office beside a name tell that it is a person's.
pub(super) fn is_surely_person(tokens: &Tokens<'_>, titles: usize, from: usize, to: usize) -> bool {
    const BEGIN: &[&str] = &["a", "an", "the", "who", "whose"];
    let is_office = |at: usize| tokens.is_in(at, TITLES.or(ROLES).or(HUMANS));
    let is_described = tokens.kind(to) == Kind::Comma
        && (tokens.kind(to + 1) == Kind::Number
            || tokens.is_one_of(to + 1, BEGIN)
            || is_office(to + 1));
    // `the board's chair, Ivor Pell`.
    let follows_comma = titles > 1 && tokens.kind(titles - 1) == Kind::Comma;
    titles < from
        || (titles > 0 && is_office(titles - 1 - usize::from(follows_comma)))
        || tokens.is_in(from, MEN.or(WOMEN))
        || tokens.is(to, "who")
        || is_described
}

/// The gender that titles or a first name tell.
pub(super) fn gender(tokens: &Tokens<'_>, titles: usize, name: usize, to: usize) -> Gender {
    for at in titles..name {
        if tokens.is_in(at, MALE_TITLES) {
            return Gender::Man;
        }
        if tokens.is_in(at, FEMALE_TITLES) {
            return Gender::Woman;
        }
    }
    let first = bare(tokens.word(name));
    let class = classes(first);
    // A surname's ending tells nothing.
    let is_first = to > name + 1;
    match (class.has(MEN), class.has(WOMEN)) {
        (true, false) => Gender::Man,
        (false, true) => Gender::Woman,
        _ if is_first && first.len() >= 3 && first.ends_with('a') => Gender::Woman,
        _ if is_first && first.len() >= 3 && first.ends_with('o') => Gender::Man,
        _ => Gender::Unknown,
    }
}
