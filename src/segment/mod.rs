//! Text to paragraphs with spans.
//!
//! Input: decoded text and how to split it. Output: [`Segmentation`], the spans of the paragraphs
//! and the manner in which the text was taken to be written. Not done here: decoding, HTML, the
//! meaning of a paragraph.
//!
//! One scan finds the lines (`lines`). Most texts have a paragraph a line and end there. Otherwise
//! the lines are measured (`layout`) and joined (`wrapped`), or cut (`sentences`).

mod abbreviations;
mod layout;
mod lines;
mod sentences;
mod space;
#[cfg(test)]
mod tests;
mod unwrap;
mod wrapped;

use serde::Serialize;

use crate::span::Span;
use lines::Lines;

pub use unwrap::unwrap;

/// The sentences of a paragraph: bytes of `text`, trimmed, in order.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    sentences::split_sentences(text, Span::new(0, text.len()), &mut spans);
    spans
}

/// How a text is to be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Split {
    /// Decide from the text.
    #[default]
    Auto,
    /// A paragraph a line.
    Line,
    /// Paragraphs between blank lines, whatever their lines look like.
    Blank,
    /// A paragraph a sentence.
    Sentence,
}

/// How a text was taken to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A paragraph a line.
    #[default]
    Line,
    /// Lines wrapped at a column, paragraphs between blank lines.
    Blank,
    /// Lines wrapped at a column, paragraphs begin with an indented line.
    Indented,
    /// Line breaks were lost; long lines were cut into sentences.
    Sentence,
}

/// A text split into paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmentation {
    /// How the text was taken to be written.
    pub layout: Layout,
    /// The paragraphs, in order: none empty, none overlapping, without white space at the ends.
    /// Every character that is no white space lies in exactly one.
    pub paragraphs: Vec<Span>,
}

/// Splits a text into paragraphs, in time linear in its length.
///
/// With [`Split::Auto`] a text is taken to be wrapped where the breaks between its lines are those
/// of a column's edge: the next word had no room, the sentence goes on. Then lines are joined, but
/// blank lines, indents, items of lists, rulers and lines much shorter than the column begin
/// paragraphs of their own. An article that came as one long line is cut into sentences. In every
/// other text a line is a paragraph.
///
/// Zero-width characters count as white space, and form feed, U+2028 and U+2029 break lines like
/// `\n`, `\r\n` and `\r`.
///
/// ```
/// use smallprint::segment::{Layout, Split, segment};
/// let text = "Mayor opens bridge\n\nThe mayor opened the bridge on Monday.\nFollow us on Facebook";
/// let segmentation = segment(text, Split::Auto);
/// assert_eq!(segmentation.layout, Layout::Line);
/// assert_eq!(segmentation.paragraphs.len(), 3);
/// assert_eq!(segmentation.paragraphs[0].slice(text), "Mayor opens bridge");
/// ```
#[must_use]
pub fn segment(text: &str, split: Split) -> Segmentation {
    let lines = Lines::scan(text);
    let by = |layout, paragraphs| Segmentation { layout, paragraphs };
    match split {
        Split::Auto => decide(text, lines),
        Split::Line => by(Layout::Line, lines.spans),
        Split::Blank => by(Layout::Blank, wrapped::join_blocks(text, &lines.spans)),
        Split::Sentence => {
            let (_, paragraphs) = lines_or_wrapped(text, lines);
            by(Layout::Sentence, cut(text, &paragraphs, |_| true))
        }
    }
}

fn decide(text: &str, lines: Lines) -> Segmentation {
    if lines.lost_its_breaks() {
        let paragraphs = cut(text, &lines.spans, |line| lines::is_long(text, line));
        return Segmentation { layout: Layout::Sentence, paragraphs };
    }
    let (layout, paragraphs) = lines_or_wrapped(text, lines);
    Segmentation { layout, paragraphs }
}

fn lines_or_wrapped(text: &str, lines: Lines) -> (Layout, Vec<Span>) {
    if !lines.may_be_wrapped() {
        return (Layout::Line, lines.spans);
    }
    let measures = layout::measure(text, &lines.spans);
    match layout::detect_wrap(&measures) {
        None => (Layout::Line, lines.spans),
        Some(wrap) => {
            let layout = if wrap.indented { Layout::Indented } else { Layout::Blank };
            (layout, wrapped::join(&lines.spans, &measures, wrap))
        }
    }
}

/// Cuts those paragraphs into sentences that `is_cut` names.
fn cut(text: &str, paragraphs: &[Span], is_cut: impl Fn(Span) -> bool) -> Vec<Span> {
    let mut sentences = Vec::with_capacity(paragraphs.len());
    for &paragraph in paragraphs {
        if is_cut(paragraph) {
            sentences::split_sentences(text, paragraph, &mut sentences);
        } else {
            sentences.push(paragraph);
        }
    }
    sentences
}
