//! What is kept of a document as text for people: plain text or Markdown.
//!
//! `structure` says what each element of a page is to its readers (a list, an item, a quotation, a
//! table of data), `pieces` makes kept blocks to headings, paragraphs, tables and code (`reaching` finds the columns
//! of cells below such as span rows), `plain` and
//! `markdown` write them, `escape` says what Markdown would misread. Which blocks are kept is not
//! decided here. Marks such as `- ` and `|` are the renderer's: no word is added, none is lost.

mod escape;
mod markdown;
mod pieces;
mod plain;
mod reaching;
mod structure;
#[cfg(test)]
mod tests;

pub(super) use pieces::{Kind, Piece, of_page};

/// The form of clean text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    #[default]
    Text,
    /// CommonMark with the pipe tables of GitHub.
    Markdown,
}

impl Form {
    /// Writes pieces one after the other; `separator` stands between them in plain text.
    pub(super) fn write(self, pieces: &[Piece<'_>], separator: &str) -> String {
        match self {
            Self::Text => plain::write(pieces, separator),
            Self::Markdown => markdown::write(pieces),
        }
    }
}
