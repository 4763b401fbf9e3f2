//! What is found of a signal: a state, and passages to point at.

use serde::Serialize;

use super::catalogue::Signal;
use crate::span::Span;

/// A stretch of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Passage {
    /// The paragraph, from 0.
    pub paragraph: usize,
    /// Bytes of the paragraph's text.
    pub within: Span,
}

impl Passage {
    /// Bytes `start..end` of a paragraph.
    #[must_use]
    pub fn new(paragraph: usize, start: usize, end: usize) -> Self {
        Self { paragraph, within: Span::new(start, end) }
    }
}

/// Whether a signal was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// There is evidence.
    Present,
    /// Looked for, and not there.
    Absent,
    /// The input cannot show it: a text without markup has no links.
    Unknown,
    /// The question does not arise, such as for words of another language.
    NotApplicable,
}

impl State {
    /// The state's name as it stands in records: `present`, ...
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// A passage with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where it stands; `None` for what a page's metadata says, which is in no paragraph.
    pub passage: Option<Passage>,
    /// Bytes of the decoded source: of a text, those of the words; of a web page, those of the block
    /// that shows them. `None` where the document came already split, and for metadata.
    pub source: Option<Span>,
    /// The words, as they stand.
    pub text: String,
    /// What was read from them: the name in a byline, the speaker of a quotation, the agency
    /// credited, the page's property.
    pub value: Option<String>,
}

/// What was found of one signal in one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The signal.
    pub signal: Signal,
    /// Whether it was found.
    pub state: State,
    /// Why it is unknown or does not apply.
    pub reason: Option<&'static str>,
    /// In reading order; never empty if present, always empty if not.
    pub evidence: Vec<Evidence>,
}

impl Finding {
    /// Present where there is evidence, absent where there is none.
    #[must_use]
    pub fn of(signal: Signal, evidence: Vec<Evidence>) -> Self {
        let state = if evidence.is_empty() { State::Absent } else { State::Present };
        Self { signal, state, reason: None, evidence }
    }

    /// Not to be told from this input.
    #[must_use]
    pub fn unknown(signal: Signal, reason: &'static str) -> Self {
        Self { signal, state: State::Unknown, reason: Some(reason), evidence: Vec::new() }
    }

    /// Not to be asked of this article.
    #[must_use]
    pub fn not_applicable(signal: Signal, reason: &'static str) -> Self {
        Self { signal, state: State::NotApplicable, reason: Some(reason), evidence: Vec::new() }
    }
}
