//! Words of two texts made comparable: lower case, whatever the marks around them.
//!
//! A token is a run of letters, digits and underscores in lower case (`\w+`), kept as its hash.
//! Curly apostrophes count as straight ones, and `'s` at the end of a word is dropped, so that
//! `Okafor’s` is the same as `Okafor's` and as `Okafor`.

use crate::kernel::table::{WORD_SEED, hash_byte, join};
use crate::span::Span;

/// A word: the hash of its lower-case letters.
pub type Token = u64;

/// Calls `take` with each token of a text and its bytes there, in order.
pub fn each_token(text: &str, mut take: impl FnMut(Token, Span)) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if is_word(c) {
            let (token, end) = token_at(text, at);
            take(token, Span::new(at, end));
            at = end;
        } else {
            at += c.len_utf8();
            if is_apostrophe(c) {
                at += possessive(&text[at..]);
            }
        }
    }
}

/// The tokens of a text.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    each_token(text, |token, _| tokens.push(token));
    tokens
}

/// The token of a single word given in lower case, to compare with.
#[must_use]
pub fn token(word: &str) -> Token {
    word.bytes().fold(WORD_SEED, hash_byte)
}

/// The keys of all runs of `n` tokens, in order.
pub fn shingles(tokens: &[Token], n: usize) -> impl Iterator<Item = u64> {
    tokens.windows(n).map(|run| run.iter().fold(WORD_SEED, |key, &token| join(key, token)))
}

/// The tokens of `of` that `other` has too, each as often as both have it.
pub fn in_common(mut of: Vec<u64>, mut other: Vec<u64>) -> usize {
    of.sort_unstable();
    other.sort_unstable();
    sorted_in_common(&of, &other)
}

/// [`in_common`] of keys that are sorted.
pub fn sorted_in_common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// The token that begins at a byte, and its end.
fn token_at(text: &str, start: usize) -> (Token, usize) {
    let mut hash = WORD_SEED;
    for (at, c) in text[start..].char_indices() {
        if !is_word(c) {
            return (hash, start + at);
        }
        if c.is_ascii() {
            hash = hash_byte(hash, c.to_ascii_lowercase() as u8);
            continue;
        }
        let mut bytes = [0; 4];
        for c in c.to_lowercase() {
            hash = c.encode_utf8(&mut bytes).bytes().fold(hash, hash_byte);
        }
    }
    (hash, text.len())
}

/// Bytes of an `s` that ends a word right here, after an apostrophe.
fn possessive(rest: &str) -> usize {
    let mut chars = rest.chars();
    let is_s = matches!(chars.next(), Some('s' | 'S'));
    usize::from(is_s && !chars.next().is_some_and(is_word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_token(text, |_, span| words.push(span.slice(text).to_lowercase()));
        words
    }

    #[test]
    fn words_are_lower_case_runs_without_a_final_s() {
        assert_eq!(words("Okafor’s 3 BOATS—don't_sink"), ["okafor", "3", "boats", "don", "t_sink"]);
        assert_eq!(words("Okafor ’s it's s' 'sand"), ["okafor", "it", "s", "sand"]);
        for same in ["Okafor’s tide", "OKAFOR'S TIDE", "okafor tide", "Okafor ’s “tide”."] {
            assert_eq!(tokens(same), [token("okafor"), token("tide")], "{same}");
        }
        assert_eq!(tokens("ÉTÉ"), [token("été")]);
        assert!(tokens(" —… ").is_empty());
    }

    #[test]
    fn shingles_are_the_runs_and_depend_on_order() {
        let keys: Vec<_> = shingles(&tokens("a b a b a"), 3).collect();
        assert_eq!(keys.len(), 3);
        assert_eq!(keys[0], keys[2]);
        assert_ne!(keys[0], keys[1]);
        assert_eq!(shingles(&tokens("a b"), 3).count(), 0);
    }

    proptest! {
        #[test]
        fn spans_slice_to_their_words(text in "[A-Za-zéÉß0-9'’ .,“”\\-]{0,80}") {
            let mut end = 0;
            each_token(&text, |hash, span| {
                assert!(span.start >= end && !span.is_empty());
                end = span.end;
                assert_eq!(hash, token(&span.slice(&text).to_lowercase()));
            });
        }

        #[test]
        fn in_common_is_the_overlap_of_bags(
            a in proptest::collection::vec(0_u64..6, 0..12),
            b in proptest::collection::vec(0_u64..6, 0..12),
        ) {
            let naive: usize = (0..6)
                .map(|x| a.iter().filter(|&&y| y == x).count().min(b.iter().filter(|&&y| y == x).count()))
                .sum();
            prop_assert_eq!(in_common(a.clone(), b.clone()), naive);
            prop_assert_eq!(in_common(b, a), naive);
        }
    }
}
