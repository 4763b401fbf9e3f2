//! Text to paragraphs with spans.
use crate::span::Span;
use serde::Serialize;
use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Split {
    #[default]
    Auto,
    Line,
    Blank,
    Sentence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    #[default]
    Line,
    Blank,
    Indented,
    Sentence,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmentation {
    pub layout: Layout,
    pub paragraphs: Vec<Span>,
}

#[must_use]
pub fn segment(text: &str, _split: Split) -> Segmentation {
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
    Segmentation { layout: Layout::Line, paragraphs: spans }
}

pub fn unwrap(paragraph: &str) -> Cow<'_, str> {
    Cow::Borrowed(paragraph)
}
