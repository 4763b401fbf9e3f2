//! A paragraph as words and stops, each quotation one token.
//!
//! In: a text and its stretches in quotation marks. Out: [`Tokens`], with which who speaks is found.

use super::spans::{Stretch, starts_like_a_sentence};
use super::words::{Class, TITLES, classes, is_one_of};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word with a capital.
    Capital,
    /// Another word.
    Word,
    /// A number.
    Number,
    /// `,`
    Comma,
    /// `:` or `;`
    Colon,
    /// `.`, `!`, `?`, `…`, a line's end.
    Stop,
    /// A dash between words.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A stretch in quotation marks: its place among the paragraph's.
    Quote(usize),
    /// Anything else.
    Other,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// The word lists it is in.
    pub class: Class,
}

/// The tokens of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'p> {
    /// The paragraph.
    pub text: &'p str,
    /// In order.
    pub list: Vec<Token>,
    /// For each stretch, its token.
    pub quotes: Vec<usize>,
}

/// Abbreviations that keep their stop, titles aside.
const KEEP_STOP: &[&str] = &["co", "corp", "inc", "jr", "ltd", "no", "sr", "st", "vs"];

impl<'p> Tokens<'p> {
    /// Splits a paragraph.
    pub(super) fn new(text: &'p str, stretches: &[Stretch]) -> Self {
        let mut tokens =
            Self { text, list: Vec::with_capacity(text.len() / 5), quotes: Vec::new() };
        let mut at = 0;
        for (place, stretch) in stretches.iter().enumerate() {
            tokens.split(at, stretch.whole.start);
            tokens.quotes.push(tokens.list.len());
            let (start, end) = (stretch.whole.start, stretch.whole.end);
            tokens.list.push(Token {
                start,
                end,
                kind: Kind::Quote(place),
                class: Class::default(),
            });
            at = end;
        }
        tokens.split(at, text.len());
        tokens
    }

    fn split(&mut self, from: usize, to: usize) {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < to {
            if bytes[at] == b' ' {
                at += 1;
                continue;
            }
            let start = at;
            let c = match bytes[at] {
                byte if byte.is_ascii() => char::from(byte),
                _ => self.text[at..to].chars().next().unwrap_or_default(),
            };
            at += c.len_utf8();
            let kind = match c {
                _ if c.is_alphanumeric() => {
                    at = word_end(self.text, start, to);
                    match c {
                        _ if c.is_numeric() => Kind::Number,
                        _ if c.is_uppercase() => Kind::Capital,
                        _ => Kind::Word,
                    }
                }
                '\n' => Kind::Stop,
                _ if c.is_whitespace() => continue,
                ',' => Kind::Comma,
                ':' | ';' => Kind::Colon,
                '.' | '!' | '?' | '…' => Kind::Stop,
                '-' | '–' | '—' | '―' => Kind::Dash,
                '(' | '[' => Kind::Open,
                ')' | ']' => Kind::Close,
                _ => Kind::Other,
            };
            let is_word = matches!(kind, Kind::Capital | Kind::Word);
            let class = if is_word { classes(&self.text[start..at]) } else { Class::default() };
            self.list.push(Token { start, end: at, kind, class });
        }
    }

    /// The token's kind; a stop before the first and after the last.
    pub(super) fn kind(&self, at: usize) -> Kind {
        self.list.get(at).map_or(Kind::Stop, |token| token.kind)
    }

    /// The token's text; nothing past the last.
    pub(super) fn word(&self, at: usize) -> &'p str {
        self.list.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// The text of tokens `from..to`.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'p str {
        &self.text[self.list[from].start..self.list[to - 1].end]
    }

    /// Whether a token is a word, with a capital or not.
    pub(super) fn is_word(&self, at: usize) -> bool {
        matches!(self.kind(at), Kind::Capital | Kind::Word)
    }

    /// Whether a word is in one of some lists.
    pub(super) fn is_in(&self, at: usize, class: Class) -> bool {
        self.list.get(at).is_some_and(|token| token.class.has(class))
    }

    /// Whether a token is one of a few words, whatever its case.
    pub(super) fn is_one_of(&self, at: usize, few: &[&str]) -> bool {
        is_one_of(self.word(at), few)
    }

    /// Whether a token is this word, whatever its case.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// Whether a sentence begins with a token.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        match self.kind(before) {
            // `Ivor Pell (Ind.) said`, `Pell Inc. said`: the stop is an abbreviation's.
            Kind::Stop => match self.kind(at) {
                Kind::Close | Kind::Comma | Kind::Colon => false,
                Kind::Word => self.word(before) != ".",
                _ => true,
            },
            Kind::Quote(_) => {
                self.ends_with_stop(before)
                    && match self.kind(at) {
                        Kind::Capital => true,
                        Kind::Quote(_) => starts_like_a_sentence(self.word(at)),
                        _ => false,
                    }
            }
            _ => false,
        }
    }

    /// Whether a quotation's last word has a stop after it.
    pub(super) fn ends_with_stop(&self, quote: usize) -> bool {
        ends_with_stop(self.word(quote))
    }

    /// The token after a quotation and a comma, if there is one.
    pub(super) fn after_comma(&self, quote: usize) -> usize {
        quote
            + 1
            + usize::from(
                matches!(self.kind(quote + 1), Kind::Comma) && quote + 1 < self.list.len(),
            )
    }
}

/// Whether quoted words end as a sentence does, marks and brackets aside.
pub(super) fn ends_with_stop(words: &str) -> bool {
    let words =
        words.trim_end_matches(|c: char| super::marks::is_quote(c) || matches!(c, ' ' | ')' | ']'));
    words.ends_with(['.', '!', '?', '…'])
}

/// Whether a token carries `'s` or `s'`.
pub(super) fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’")
}

/// A word without its `'s`.
pub(super) fn bare(word: &str) -> &str {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    word.trim_end_matches(['\'', '’'])
}

/// Where the word that begins at a byte ends: apostrophes, hyphens, stops and `&` inside belong to it.
fn word_end(text: &str, start: usize, to: usize) -> usize {
    // Most words are plain letters up to a blank.
    let bytes = &text.as_bytes()[start..to];
    let plain = bytes.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    if bytes.get(plain).is_none_or(|&after| after == b' ') {
        return start + plain;
    }
    let mut previous = plain.checked_sub(1).map_or(' ', |last| char::from(bytes[last]));
    let mut chars = text[start + plain..to].char_indices().peekable();
    while let Some((ahead, c)) = chars.next() {
        let at = start + plain + ahead;
        let next = chars.peek().map(|&(_, next)| next);
        let joins = match c {
            _ if c.is_alphanumeric() || c == '_' => true,
            '\'' | '’' => {
                next.is_some_and(char::is_alphabetic) || (previous == 's' && next == Some(' '))
            }
            '-' | '‑' | '&' | '@' | '/' => next.is_some_and(char::is_alphanumeric),
            ',' => previous.is_numeric() && next.is_some_and(char::is_numeric),
            '.' => {
                let word = &text[start..at];
                next.is_some_and(|next| {
                    next.is_alphanumeric() && !(previous.is_lowercase() && next.is_uppercase())
                }) || is_initial(word)
                    || keeps_stop(word)
            }
            _ => false,
        };
        if !joins {
            return at;
        }
        previous = c;
    }
    to
}

/// `J` of `J. Smith`, `U.S` of `U.S.`.
fn is_initial(word: &str) -> bool {
    let letter = word.rsplit('.').next().unwrap_or_default();
    let mut chars = letter.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none() && word != "I"
}

fn keeps_stop(word: &str) -> bool {
    let word = word.rsplit('-').next().unwrap_or(word);
    if word.len() > 5 || !word.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    let mut with_stop = [0_u8; 6];
    with_stop[..word.len()].copy_from_slice(word.as_bytes());
    with_stop[word.len()] = b'.';
    let with_stop = std::str::from_utf8(&with_stop[..=word.len()]).unwrap_or_default();
    classes(with_stop).has(TITLES) || is_one_of(word, KEEP_STOP)
}
