//! Words that say what a text is about, and its names, as numbers that compare fast.

use std::hash::{DefaultHasher, Hasher};

use super::clauses::ends_sentence;
use super::phrases::{Words, is_apostrophe};

/// Letters by which forms of a word are one: `Ukraine` and `Ukrainian`.
const ROOT: usize = 5;

/// Words of grammar, of time and of every day, sorted.
#[rustfmt::skip] // many words a line
const GRAMMAR: [&str; 183] = [
    "a", "about", "after", "again", "against", "all", "also", "although", "always", "am", "amid",
    "among", "an", "and", "another", "any", "april", "are", "around", "as", "at", "august", "back",
    "be", "because", "been", "before", "being", "best", "between", "both", "but", "by", "can",
    "could", "day", "days", "december", "despite", "did", "do", "does", "down", "during", "each",
    "even", "every", "february", "few", "first", "for", "former", "friday", "from", "get", "gets",
    "go", "goes", "had", "has", "have", "he", "her", "here", "him", "his", "how", "however", "i",
    "if", "in", "inside", "into", "is", "it", "its", "january", "july", "june", "just", "last",
    "latest", "least", "less", "like", "live", "made", "make", "makes", "many", "march", "may",
    "me", "meanwhile", "monday", "more", "most", "mr", "mrs", "ms", "must", "my", "near", "new",
    "news", "next", "no", "not", "november", "now", "october", "of", "off", "on", "once", "one",
    "only", "or", "other", "our", "out", "over", "own", "per", "photos", "saturday", "say", "says",
    "september", "she", "should", "since", "so", "some", "still", "such", "sunday", "take", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "though",
    "through", "thursday", "to", "today", "too", "tuesday", "two", "under", "until", "up", "us",
    "very", "video", "was", "watch", "we", "wednesday", "were", "what", "when", "where", "which",
    "while", "who", "why", "will", "with", "without", "would", "year", "years", "you", "your",
];

/// Whether a word is one of grammar; in capitals it may be another: the US.
pub(super) fn is_grammar(word: &str) -> bool {
    let word = stem(word);
    if word.len() == 1 || word == "US" {
        return word != "US";
    }
    let mut small = [0_u8; 10];
    let Some(small) = small.get_mut(..word.len()) else { return false };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    GRAMMAR.binary_search_by(|known| known.as_bytes().cmp(small)).is_ok()
}

/// The first letters of a word without its ending, whatever its case.
pub(super) fn root(word: &str) -> u64 {
    const ENDINGS: [&str; 5] = ["ing", "ed", "es", "ly", "s"];
    let word = stem(word);
    let mut endings = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    let bare = endings.find(|bare| bare.chars().nth(2).is_some()).unwrap_or(word);
    hash(bare.trim_end_matches('e').chars().take(ROOT))
}

/// The names of a text: words with a capital that the start of a sentence does not explain.
pub(super) fn names(words: &Words<'_>) -> impl Iterator<Item = u64> {
    (1..words.len())
        .filter(|&place| !ends_sentence(words, place - 1) && !opens(words.gap(place - 1)))
        .map(|place| words.at(place))
        .filter(|word| word.starts_with(char::is_uppercase) && !is_grammar(word))
        .map(|word| hash(stem(word).chars()))
}

/// All words with a capital and no grammar, be they at the start of a sentence.
pub(super) fn capitals(words: &Words<'_>) -> impl Iterator<Item = u64> {
    (0..words.len())
        .map(|place| words.at(place))
        .filter(|word| word.starts_with(char::is_uppercase) && !is_grammar(word))
        .map(|word| hash(stem(word).chars()))
}

/// Whether a sentence may begin behind it: a quotation, a list.
fn opens(gap: &str) -> bool {
    gap.contains(['“', '"', ':', '•', '‘'])
}

/// A word without a possessive `'s`.
fn stem(word: &str) -> &str {
    let Some(bare) = word.strip_suffix(['s', 'S']) else { return word };
    bare.strip_suffix(is_apostrophe).unwrap_or(word)
}

fn hash(letters: impl Iterator<Item = char>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for c in letters.flat_map(char::to_lowercase) {
        hasher.write_u32(c.into());
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar_is_sorted_and_found() {
        assert!(GRAMMAR.is_sorted());
        assert!(is_grammar("The") && is_grammar("us") && !is_grammar("US"));
        assert!(!is_grammar("ferries") && !is_grammar("incomprehensible"));
    }

    #[test]
    fn forms_of_a_word_have_one_root() {
        assert_eq!(root("Ukraine’s"), root("ukrainian"));
        assert_eq!(root("boats"), root("Boat"));
        assert_ne!(root("boat"), root("bat"));
    }

    #[test]
    fn names_are_capitals_amid_a_sentence() {
        let words = Words::of("Boats of Fenwick’s fleet. Old “Nell” and Fenwick, The Star");
        let found: Vec<_> = names(&words).collect();
        let expected = ["fenwick", "fenwick", "star"].map(|name| hash(name.chars()));
        assert_eq!(found, expected);
    }
}
