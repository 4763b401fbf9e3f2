//! What is said of a document: a label for every paragraph, clean text, an explanation.
//!
//! Plain data and what follows from it. The labels are made in [`crate::classify`].

pub mod article_body;
pub mod clean;
pub mod explain;
pub mod keep;
pub mod render;

use crate::document::{Content, Document, Source};
use crate::label::Label;
use crate::segment::Layout;
use crate::span::Span;

pub use article_body::{ArticleBody, BodyState};
pub use clean::{CleanOptions, CleanText, Count};
pub use explain::{Contribution, Explanation, FoundCue, PassExplanation, Score, TemplateEvidence};
pub use keep::Keep;
pub use render::Form;

/// A labelled document.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The form in which the document came.
    pub source: Source,
    /// How the text was taken to be written; `None` where it came already split.
    pub layout: Option<Layout>,
    /// ISO 639-1 code of the language; `None` where it could not be told.
    pub language: Option<&'static str>,
    /// The paragraphs in reading order.
    pub paragraphs: Vec<Paragraph>,
}

/// A labelled paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paragraph {
    /// Index from 0.
    pub index: usize,
    /// Where it stands in the document's text; `None` where the document came already split.
    pub span: Option<Span>,
    /// The label.
    pub label: Label,
    /// The label that the first pass would have given, which does not see what becomes of the others.
    pub first_label: Label,
    /// The label's probability, 0..=1.
    pub probability: f32,
    /// 1 - P(body) - P(heading), 0..=1.
    pub boilerplate: f32,
    /// The probabilities of all labels in column order.
    pub probabilities: [f32; Label::COUNT],
}

impl Paragraph {
    /// The paragraph's text, as it stands in the document; of a web page, as a browser shows it.
    ///
    /// # Panics
    /// If `document` is not the one that the paragraph was labelled in.
    #[must_use]
    #[track_caller]
    pub fn text<'d>(&self, document: &'d Document) -> &'d str {
        match (&document.content, self.span) {
            (Content::Text(text), Some(span)) => span.slice(text),
            (Content::Html(page), Some(_)) => page.block_text(self.index),
            (Content::Paragraphs(paragraphs), None) => &paragraphs[self.index],
            _ => panic!("the paragraph was labelled in another document"),
        }
    }
}
