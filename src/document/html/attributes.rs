//! What the attributes of a start tag say of the text within.

use std::collections::BTreeMap;
use std::ops::Range;

use super::enclosing::Enclosing;
use super::metadata::Marks;
use super::tag::Tag;
use super::token::{Attributes, Token, Tokens};
use crate::kernel::table::{WORD_SEED, hash_byte};

/// What a start tag says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said {
    pub(super) enclosing: Enclosing,
    /// Its words, in the list that they were added to.
    pub(super) words: Range<usize>,
    /// Whether it has attributes at all.
    pub(super) has_attributes: bool,
    /// Whether it has a link's target.
    pub(super) is_link: bool,
    /// What it says of the text within as metadata.
    pub(super) marks: Marks,
}

/// So many words of one attribute count: lists of hundreds of class names are made by machines for
/// machines.
const MAX_WORDS: usize = 24;

/// Bytes of the longest word that counts; longer ones are keys.
const MAX_WORD: usize = 20;

/// Reads a start tag's attributes. The words of `class`, `id`, `rel` and `itemprop`, hashed as cues
/// are, are added to `words`.
pub(super) fn read(attributes: &str, words: &mut Vec<u64>) -> Said {
    let start = words.len();
    let mut said = Said::default();
    let mut is_streamed = false;
    for (name, value) in Attributes::new(attributes) {
        said.has_attributes = true;
        match name.len() {
            2 if name.eq_ignore_ascii_case("id") => {
                // React streams a part of the page hidden and puts it into its place by script.
                is_streamed = value.starts_with("S:");
                let from = words.len();
                add_words(value, words);
                said.marks.add(Marks::of_class(&words[from..]));
            }
            3 if name.eq_ignore_ascii_case("rel") => {
                if value.contains("author") {
                    said.marks.add(Marks::REL_AUTHOR);
                }
                add_words(value, words);
            }
            4 if name.eq_ignore_ascii_case("role") => {
                said.enclosing = said.enclosing.with(Enclosing::of_role(value.trim()));
            }
            4 if name.eq_ignore_ascii_case("href") => {
                said.is_link = true;
                said.marks.add(Marks::of_target(value));
            }
            5 if name.eq_ignore_ascii_case("class") => {
                let from = words.len();
                add_words(value, words);
                said.marks.add(Marks::of_class(&words[from..]));
            }
            5 if name.eq_ignore_ascii_case("style") && hides(value) => {
                said.enclosing = said.enclosing.with(Enclosing::HIDDEN);
            }
            6 if name.eq_ignore_ascii_case("hidden") => {
                said.enclosing = said.enclosing.with(Enclosing::HIDDEN);
            }
            8 if name.eq_ignore_ascii_case("itemprop") => {
                said.marks.add(Marks::of_itemprop(value));
                add_words(value, words);
            }
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

/// Adds the hashes of a value's words.
fn add_words(value: &str, words: &mut Vec<u64>) {
    let most = words.len() + MAX_WORDS;
    each_word(value.as_bytes(), |hash, _| {
        if words.len() < most {
            words.push(hash);
        }
    });
}

/// A word's hash, in any case: that of a cue of one word.
pub(super) const fn word_hash(word: &[u8]) -> u64 {
    let (mut hash, mut at) = (WORD_SEED, 0);
    while at < word.len() {
        hash = hash_byte(hash, word[at].to_ascii_lowercase());
        at += 1;
    }
    hash
}

/// Calls `take` with the hash and the place of each word of a value: capital letters, then small
/// ones; digits play no part.
///
/// A word is hashed while its end is looked for: values of `class` are a tenth of a page.
#[inline(always)]
fn each_word(value: &[u8], mut take: impl FnMut(u64, Range<usize>)) {
    let mut at = 0;
    while at < value.len() {
        let (start, mut hash) = (at, WORD_SEED);
        while at < value.len() && value[at].is_ascii_uppercase() {
            hash = hash_byte(hash, value[at] | 0x20);
            at += 1;
        }
        while at < value.len() && value[at].is_ascii_lowercase() {
            hash = hash_byte(hash, value[at]);
            at += 1;
        }
        if (2..=MAX_WORD).contains(&(at - start)) {
            take(hash, start..at);
        }
        at += usize::from(at == start);
    }
}

/// The words behind the hashes of [`super::Page::words`], in small letters.
pub(super) fn dictionary(source: &str) -> BTreeMap<u64, String> {
    let mut found = BTreeMap::new();
    let mut tokens = Tokens::new(source);
    while let Some(token) = tokens.next() {
        if token == (Token::End { tag: Tag::Svg }) {
            tokens.set_in_svg(false);
        }
        let Token::Start { attributes, tag, self_closing } = token else { continue };
        if tag == Tag::Svg || tag.leaves_svg() {
            tokens.set_in_svg(tag == Tag::Svg && !self_closing);
        }
        for (name, value) in Attributes::new(&source[attributes]) {
            if ["id", "rel", "class", "itemprop"].iter().any(|n| name.eq_ignore_ascii_case(n)) {
                each_word(value.as_bytes(), |hash, place| {
                    found.insert(hash, value[place].to_ascii_lowercase());
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words cut first, then hashed, naively.
    fn naive(value: &str) -> Vec<(u64, String)> {
        let mut cut = String::new();
        let mut before = ' ';
        for c in value.chars() {
            if before.is_ascii_lowercase() && c.is_ascii_uppercase() {
                cut.push(' ');
            }
            cut.push(if c.is_ascii_alphabetic() { c } else { ' ' });
            before = c;
        }
        let words = cut.split(' ').filter(|word| (2..=MAX_WORD).contains(&word.len()));
        words.map(|word| (word_hash(word.as_bytes()), word.to_owned())).collect()
    }

    proptest! {
        #[test]
        fn words_are_those_cut_and_then_hashed(value in "[a-cX-Z0é _-]{0,60}|[a-z]{15,25}") {
            let mut found = Vec::new();
            each_word(value.as_bytes(), |hash, place| found.push((hash, value[place].to_owned())));
            prop_assert_eq!(found, naive(&value));
        }
    }
}
