//! What the attributes of a start tag say of the text within.

use std::ops::Range;

use super::enclosing::Enclosing;
use super::token::Attributes;
use crate::kernel::table::{WORD_SEED, hash_byte};

/// What a start tag says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said {
    pub(super) enclosing: Enclosing,
    /// Its words, in the list that they were added to.
    pub(super) words: Range<usize>,
    /// Whether it has a link's target.
    pub(super) is_link: bool,
}

/// So many words of one attribute count: lists of hundreds of class names are made by machines for
/// machines.
const MAX_WORDS: usize = 24;

/// Bytes of the longest word that counts; longer ones are keys.
const MAX_WORD: usize = 20;

/// Reads a start tag's attributes. The words of class, id, role and their like, hashed as cues are,
/// are added to `words`.
pub(super) fn read(attributes: &str, words: &mut Vec<u64>) -> Said {
    let start = words.len();
    let mut said = Said::default();
    let mut is_streamed = false;
    for (name, value) in Attributes::new(attributes) {
        match name.len() {
            2 if name.eq_ignore_ascii_case("id") => {
                // React streams a part of the page hidden and puts it into its place by script.
                is_streamed = value.starts_with("S:");
                add_words(value, words);
            }
            3 if name.eq_ignore_ascii_case("rel") => add_words(value, words),
            4 if name.eq_ignore_ascii_case("role") => {
                said.enclosing = said.enclosing.with(Enclosing::of_role(value.trim()));
            }
            4 if name.eq_ignore_ascii_case("href") => said.is_link = true,
            5 if name.eq_ignore_ascii_case("class") => add_words(value, words),
            5 if name.eq_ignore_ascii_case("style") && hides(value) => {
                said.enclosing = said.enclosing.with(Enclosing::HIDDEN);
            }
            6 if name.eq_ignore_ascii_case("hidden") => {
                said.enclosing = said.enclosing.with(Enclosing::HIDDEN);
            }
            8 if name.eq_ignore_ascii_case("itemprop") => add_words(value, words),
            11 if name.eq_ignore_ascii_case("aria-hidden") && value.trim() == "true" => {
                said.enclosing = said.enclosing.with(Enclosing::ARIA_HIDDEN);
            }
            _ => {}
        }
    }
    if is_streamed {
        said.enclosing = said.enclosing.without(Enclosing::HIDDEN);
    }
    said.words = start..words.len();
    said
}

/// Whether a style hides its element.
fn hides(style: &str) -> bool {
    let mut declarations = style.split(';').filter_map(|part| part.split_once(':'));
    declarations.any(|(name, value)| {
        let (name, value) = (name.trim(), value.trim_start());
        (name.eq_ignore_ascii_case("display") && starts_with(value, "none"))
            || (name.eq_ignore_ascii_case("visibility") && starts_with(value, "hidden"))
    })
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// Adds the words of a value: letters between other signs or changes from small to capital,
/// folded; digits play no part.
fn add_words(value: &str, words: &mut Vec<u64>) {
    let most = words.len() + MAX_WORDS;
    let (mut hash, mut length, mut was_lower) = (WORD_SEED, 0, false);
    let mut end_word = |hash: &mut u64, length: &mut usize| {
        if (2..=MAX_WORD).contains(length) && words.len() < most {
            words.push(*hash);
        }
        (*hash, *length) = (WORD_SEED, 0);
    };
    for &byte in value.as_bytes() {
        if !byte.is_ascii_alphabetic() {
            end_word(&mut hash, &mut length);
            was_lower = false;
            continue;
        }
        if byte.is_ascii_uppercase() && was_lower {
            end_word(&mut hash, &mut length);
        }
        hash = hash_byte(hash, byte.to_ascii_lowercase());
        length += 1;
        was_lower = byte.is_ascii_lowercase();
    }
    end_word(&mut hash, &mut length);
}
