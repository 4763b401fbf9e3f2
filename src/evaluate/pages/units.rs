//! Texts cut into the units that are compared: words, or characters where a script writes no spaces
//! between words.
//!
//! A word is a run of letters, digits and underscores (Unicode alphanumerics), in lower case, or,
//! where most letters of a text are of a script without spaces, each such character. All else parts
//! units and counts for nothing. [`crate::document::words`] decides character by character instead:
//! these are the units that published figures are in.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use serde::Serialize;

use crate::document::words::{is_without_spaces, is_word};

/// What texts are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Words: runs of letters, digits and underscores.
    Words,
    /// Characters: for scripts that write no spaces between words.
    Characters,
}

impl Unit {
    /// The unit that suits a text: characters where more than half of its letters are of a script
    /// without spaces.
    pub(super) fn of(text: &str) -> Self {
        let (mut letters, mut without_spaces) = (0_usize, 0_usize);
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            without_spaces += usize::from(is_without_spaces(c));
        }
        if without_spaces * 2 > letters { Self::Characters } else { Self::Words }
    }

    /// The places of a text's units, in bytes, in order.
    pub(super) fn places(self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        let mut goes_on = false;
        for (start, c) in text.char_indices() {
            if !is_word(c) {
                goes_on = false;
                continue;
            }
            let end = start + c.len_utf8();
            match places.last_mut() {
                Some(last) if goes_on => last.end = end,
                _ => places.push(start..end),
            }
            goes_on = self == Self::Words;
        }
        places
    }
}

/// A text's units as numbers that are equal where the units are, but for case.
pub(super) fn hashes(text: &str, places: &[Range<usize>]) -> Vec<u64> {
    places.iter().map(|place| hash(&text[place.clone()].to_lowercase())).collect()
}

/// A number for a thing; equal things have equal numbers within one build.
pub(super) fn hash(thing: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(unit: Unit, text: &str) -> Vec<&str> {
        unit.places(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn words_are_runs_of_letters_digits_and_underscores() {
        let words = cut(Unit::Words, "Don’t “STOP”—now_2! 3.5 % été\u{a0}Ж");
        assert_eq!(words, ["Don", "t", "STOP", "now_2", "3", "5", "été", "Ж"]);
        assert!(cut(Unit::Words, " … \n").is_empty());
    }

    #[test]
    fn characters_leave_out_what_no_word_holds() {
        assert_eq!(cut(Unit::Characters, "港町、A1。"), ["港", "町", "A", "1"]);
    }

    #[test]
    fn numbers_are_equal_but_for_case() {
        let number = |text: &str| hashes(text, &Unit::Words.places(text));
        assert_eq!(number("Ferry ÉTÉ"), number("FERRY, été"));
        assert_ne!(number("ferry"), number("ferries"));
    }

    #[test]
    fn most_letters_decide_on_the_unit() {
        for (text, unit) in [
            ("", Unit::Words),
            ("The ferry stays", Unit::Words),
            ("港町の新しい橋", Unit::Characters),
            ("カフェー", Unit::Characters),
            ("เรือข้ามฟาก", Unit::Characters),
            ("ເຮືອຂ້າມຟາກ", Unit::Characters),
            ("សាឡាង", Unit::Characters),
            ("ကူးတို့", Unit::Characters),
            // Korean has spaces, and digits are no letters.
            ("연락선은 계속 다닌다", Unit::Words),
            ("2024 12345 港町", Unit::Characters),
            ("ab港町", Unit::Words),
            ("ab港町橋", Unit::Characters),
        ] {
            assert_eq!(Unit::of(text), unit, "{text}");
        }
    }
}
