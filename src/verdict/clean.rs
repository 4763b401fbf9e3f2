//! A verdict to the article's own text, and a count of what was left out.

use serde::Serialize;

use super::{Keep, Verdict};
use crate::document::Document;
use crate::label::Label;
use crate::segment::unwrap;

/// Paragraphs and their words; words are separated by white space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Number of paragraphs.
    pub paragraphs: u64,
    /// Number of words.
    pub words: u64,
}

impl Count {
    fn add(&mut self, text: &str) {
        self.paragraphs += 1;
        self.words += words(text);
    }
}

/// Number of words of a text: runs of anything but white space, as Unicode defines it.
///
/// Naive one-liner: `text.split_whitespace().count()`, which decodes every character. Here words
/// are counted as places where a byte follows white space, many bytes at once; only a text with
/// white space beyond ASCII takes the naive way.
#[must_use]
pub fn words(text: &str) -> u64 {
    let bytes = text.as_bytes();
    if has_wide_space(bytes) {
        return text.split_whitespace().count() as u64;
    }
    let Some(&first) = bytes.first() else { return 0 };
    let mut count = u64::from(!is_ascii_space(first));
    // A byte holds the starts of up to 254 places, so that the compiler can keep 16 or 32 counts
    // in a register.
    for (before, after) in bytes[..bytes.len() - 1].chunks(254).zip(bytes[1..].chunks(254)) {
        let mut starts = 0u8;
        for (&before, &after) in before.iter().zip(after) {
            starts += u8::from(is_ascii_space(before) & !is_ascii_space(after));
        }
        count += u64::from(starts);
    }
    count
}

/// ASCII white space as Unicode has it: with the vertical tab.
#[inline(always)]
fn is_ascii_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// Whether there is white space beyond ASCII.
fn has_wide_space(bytes: &[u8]) -> bool {
    memchr::memchr3_iter(0xC2, 0xE2, 0xE3, bytes).any(|at| {
        matches!(
            bytes[at..],
            [0xC2, 0x85 | 0xA0, ..]
                | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..]
                | [0xE2, 0x81, 0x9F, ..]
                | [0xE3, 0x80, 0x80, ..]
        )
    }) || memchr::memmem::find(bytes, b"\xE1\x9A\x80").is_some()
}

/// The article's own text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanText {
    /// The kept paragraphs with the separator between them.
    pub text: String,
    /// What was kept.
    pub kept: Count,
    /// What was dropped, by label in column order.
    pub dropped: [Count; Label::COUNT],
}

impl CleanText {
    /// Joins the paragraphs whose label is in `keep`. A break inside a wrapped paragraph becomes a
    /// space.
    ///
    /// # Panics
    /// If the verdict is another document's.
    #[must_use]
    pub fn new(document: &Document, verdict: &Verdict, keep: Keep, separator: &str) -> Self {
        let mut clean = Self::default();
        for paragraph in &verdict.paragraphs {
            let text = paragraph.text(document);
            if !keep.contains(paragraph.label) {
                clean.dropped[paragraph.label.index()].add(text);
                continue;
            }
            if clean.kept.paragraphs > 0 {
                clean.text.push_str(separator);
            }
            clean.kept.add(text);
            clean.text.push_str(&unwrap(text));
        }
        clean
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Content, Source};
    use crate::verdict::Paragraph;

    proptest! {
        #[test]
        fn words_are_those_of_the_standard_library(text in r"[ a\x{b}\x{1c}\t\n\r.é\x{85}\x{a0}\x{1680}\x{180e}\x{2003}\x{200b}\x{2028}\x{202f}\x{205f}\x{3000}\x{feff}]{0,40}") {
            prop_assert_eq!(words(&text), text.split_whitespace().count() as u64);
        }
    }

    #[test]
    fn keeps_what_is_kept_and_counts_the_rest() {
        let labels = [Label::Heading, Label::SharePrompt, Label::Body, Label::SharePrompt];
        let texts = ["A title", "Share this now", "Body text here.", "Tweet"];
        let document = Document {
            content: Content::Paragraphs(texts.map(str::to_owned).to_vec()),
            ..Document::default()
        };
        let paragraphs = labels
            .into_iter()
            .enumerate()
            .map(|(index, label)| Paragraph {
                index,
                span: None,
                label,
                first_label: label,
                probability: 1.0,
                boilerplate: 0.0,
                probabilities: [0.0; Label::COUNT],
            })
            .collect();
        let verdict =
            Verdict { source: Source::Paragraphs, layout: None, language: None, paragraphs };
        let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
        assert_eq!(clean.text, "A title\nBody text here.");
        assert_eq!(clean.kept, Count { paragraphs: 2, words: 5 });
        let shared = clean.dropped[Label::SharePrompt.index()];
        assert_eq!(shared, Count { paragraphs: 2, words: 4 });
    }
}
