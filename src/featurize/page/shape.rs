//! What a block looks like, apart from its words.

use crate::document::html::{Block, Enclosing, Page};

/// From this many letters on, a block with few links and a sentence's end is running prose.
const PROSE_LETTERS: u32 = 80;

/// A block's form.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Shape {
    /// Letters: characters, those of Han, kana and Hangul thrice, since one says as much as three of
    /// an alphabet.
    pub(super) letters: u32,
    /// Letters within links.
    pub(super) link_letters: u32,
    pub(super) links: u32,
    pub(super) images: u32,
    /// Ends of sentences, commas and their like, of any script.
    pub(super) stops: u32,
    pub(super) commas: u32,
    pub(super) is_prose: bool,
    pub(super) is_heading: bool,
    pub(super) ends_sentence: bool,
}

impl Shape {
    pub(super) fn of(page: &Page, block: &Block) -> Self {
        let text = &page.text[block.text.clone()];
        let letters = letters(text);
        let link_letters =
            (letters as f32 * block.link_bytes as f32 / text.len().max(1) as f32) as u32;
        let (stops, commas) = marks(text);
        let enclosing = page.enclosing(block);
        let ends_sentence = text
            .trim_end_matches(['"', '\'', '”', '’', ')', '»', '」', '』', '）', ']'])
            .ends_with(['.', '!', '?', '…', '。', '！', '？', '．', '؟', '।', ':', '：']);
        Self {
            letters,
            link_letters,
            links: block.links,
            images: block.images,
            stops,
            commas,
            is_prose: letters >= PROSE_LETTERS
                && link_letters * 2 < letters
                && (ends_sentence || stops > 0)
                && !enclosing.is_hidden(),
            is_heading: enclosing.has(Enclosing::HEADING),
            ends_sentence,
        }
    }

    pub(super) fn link_ratio(&self) -> f32 {
        super::element::ratio(self.link_letters, self.letters)
    }
}

fn letters(text: &str) -> u32 {
    if text.is_ascii() {
        return text.len() as u32;
    }
    text.chars().map(|c| if is_dense(c) { 3 } else { 1 }).sum()
}

/// Whether a character is of Han, kana or Hangul, which say much with one character.
fn is_dense(c: char) -> bool {
    c >= '\u{2e80}'
        && matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// [`marks`] of ASCII, so many bytes at once that the compiler keeps in registers. Most blocks are
/// short, so what is left over is filled up with spaces and counted alike.
fn ascii_marks(bytes: &[u8]) -> (u32, u32) {
    let (mut stops, mut commas, mut rest) = (0, 0, bytes);
    let mut count = |bytes: &[u8; FEW + 1]| {
        let (mut few_stops, mut few_commas) = (0u8, 0u8);
        for (&byte, &next) in bytes[..FEW].iter().zip(&bytes[1..]) {
            let is_stop = (byte == b'.') | (byte == b'!') | (byte == b'?');
            let is_alphanumeric =
                ((next | 0x20).wrapping_sub(b'a') < 26) | (next.wrapping_sub(b'0') < 10);
            few_stops += u8::from(is_stop & !is_alphanumeric);
            few_commas += u8::from((byte == b',') | (byte == b';'));
        }
        stops += u32::from(few_stops);
        commas += u32::from(few_commas);
    };
    while let Some(few) = rest.first_chunk() {
        count(few);
        rest = &rest[FEW..];
    }
    let mut last = [b' '; FEW + 1];
    last[..rest.len()].copy_from_slice(rest);
    count(&last);
    (stops, commas)
}

/// Bytes that are counted at once.
const FEW: usize = 32;

/// Ends of sentences that something follows or that end the text, and commas.
fn marks(text: &str) -> (u32, u32) {
    if text.is_ascii() {
        return ascii_marks(text.as_bytes());
    }
    let (mut stops, mut commas) = (0, 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '.' | '!' | '?' | '…' => {
                stops += u32::from(chars.peek().is_none_or(|c| !c.is_alphanumeric()));
            }
            '。' | '！' | '？' | '．' | '؟' | '।' => stops += 1,
            ',' | ';' | '、' | '，' | '；' | '،' => commas += 1,
            _ => {}
        }
    }
    (stops, commas)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn marks_are_those_found_one_by_one(text in "[ -~\t\n]{0,40}|[.,;!? aZ0]{0,600}") {
            let following = text.chars().skip(1).map(Some).chain([None]);
            let is_end = |next: Option<char>| next.is_none_or(|c| !c.is_alphanumeric());
            let stops = text.chars().zip(following).filter(|&(c, n)| ".!?".contains(c) && is_end(n));
            let commas = text.chars().filter(|&c| ",;".contains(c)).count();
            prop_assert_eq!(marks(&text), (stops.count() as u32, commas as u32));
            // The way of other texts gives the same, and counts what is not ASCII.
            prop_assert_eq!(marks(&format!("{text} …")).1, commas as u32);
        }
    }
}
