//! Labelled documents: what training and evaluation read.

use crate::label::Label;

/// A document whose paragraphs carry labels given by people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelledDocument {
    /// The document's identifier, unique within its file.
    pub id: String,
    /// The publisher (registrable domain): the unit by which data is split. `None` where the data
    /// names none; then the document itself is the unit.
    pub publisher: Option<String>,
    /// The paragraphs in reading order.
    pub paragraphs: Vec<LabelledParagraph>,
}

/// A paragraph with its label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelledParagraph {
    /// The paragraph's text.
    pub text: String,
    /// The label; `None` makes the paragraph context, neither trained on nor scored.
    pub label: Option<Label>,
}

impl LabelledDocument {
    /// The unit by which data is split: the publisher, or the document where none is named.
    #[must_use]
    pub fn group(&self) -> &str {
        self.publisher.as_deref().unwrap_or(&self.id)
    }
}
