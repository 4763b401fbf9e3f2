//! Text to paragraphs with spans.
use crate::span::Span;

/// How a text is to be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Split {
    /// Decide from the text.
    #[default]
    Auto,
    /// A paragraph a line.
    Line,
    /// Paragraphs between blank lines.
    Blank,
    /// A paragraph a sentence.
    Sentence,
}

/// The spans of a text's paragraphs, in order, none empty, none overlapping.
#[must_use]
pub fn segment(text: &str, _split: Split) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            spans.push(Span::new(from, from + trimmed.len()));
        }
        start += line.len();
    }
    spans
}
