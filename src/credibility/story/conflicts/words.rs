//! A sentence in words with what stands between them, for what is read off a few words in a row.

use crate::credibility::story::tokens::each_token;
use crate::span::Span;

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// As it stands.
    pub text: &'t str,
    /// In lower case.
    pub small: String,
    /// Bytes of the sentence.
    pub span: Span,
    /// Whether a single space stands before it and nothing else.
    pub joined: bool,
    /// Whether nothing but spaces, a comma or a full stop stands before it.
    pub is_near: bool,
    /// What stands right before it.
    pub before: Option<char>,
    /// What stands right after it.
    pub after: Option<char>,
}

impl Word<'_> {
    /// Whether it begins with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// The words of a sentence.
pub fn words(sentence: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    each_token(sentence, |_, span| {
        let end = words.last().map_or(0, |word| word.span.end);
        let gap = &sentence[end..span.start];
        let text = span.slice(sentence);
        words.push(Word {
            text,
            small: text.to_lowercase(),
            span,
            joined: matches!(gap, " " | "\u{a0}"),
            is_near: gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.')),
            before: sentence[..span.start].chars().next_back(),
            after: sentence[span.end..].chars().next(),
        });
    });
    words
}

const SMALL_NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const TENS: [&str; 7] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The number that a word in lower case is.
pub fn number_word(small: &str) -> Option<u32> {
    if let Some(number) = SMALL_NUMBERS.iter().position(|word| *word == small) {
        return Some(number as u32);
    }
    TENS.iter().position(|word| *word == small).map(|tens| 10 * (tens as u32 + 3))
}
