//! A document as the rest of the library sees it: decoded text, or paragraphs already split.
//!
//! Decoding of charsets is in `decode` and `decode_page`, the guess of the language in `language`. Reading documents
//! out of files is not done here: see [`crate::records`].

pub mod calendar;
mod decode;
mod decode_page;
mod gold_page;
pub mod html;
mod labelled;
mod language;
mod publisher;
mod punycode;
mod web_page;
pub mod words;

pub use decode::{Decoded, Evidence, decode, decode_owned};
pub use decode_page::{decode_page, decode_page_owned};
pub use gold_page::GoldPage;
pub use labelled::{LabelledDocument, LabelledParagraph};
pub use language::{detect_language, known_language};
pub use publisher::publisher_of_url;
pub use web_page::WebPage;

use serde::Serialize;

use html::Metadata;

/// One document with what its source said about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The file it came from, as the user named it or as found in a folder.
    pub path: Option<String>,
    /// The record's own identifier.
    pub id: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The publisher: the one that the record names, or else the domain of its address, as
    /// [`publisher_of_url`] gives it.
    pub publisher: Option<String>,
    /// The title, where the record names one; it is not part of the text.
    pub title: Option<String>,
    /// The text.
    pub content: Content,
}

/// A document's text in the form in which it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Running text, to be segmented.
    Text(String),
    /// A web page.
    Html(Box<WebPage>),
    /// Paragraphs split by whoever made the record; they are kept as they are, one for one.
    Paragraphs(Vec<String>),
}

impl Content {
    /// Bytes of text, or of a page's source.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Html(page) => page.source().len(),
            Self::Paragraphs(paragraphs) => paragraphs.iter().map(String::len).sum(),
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// The form in which a document came, as records name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// Paragraphs already split.
    Paragraphs,
}

impl Document {
    /// A document of plain text and nothing else.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self { content: Content::Text(text.into()), ..Self::default() }
    }

    /// A document of a web page and nothing else.
    #[must_use]
    pub fn from_html(source: impl Into<String>) -> Self {
        let page = Box::new(WebPage::new(source.into()));
        Self { content: Content::Html(page), ..Self::default() }
    }

    /// What a web page says of itself; `None` for text.
    #[must_use]
    pub fn metadata(&self) -> Option<&Metadata> {
        match &self.content {
            Content::Html(page) => Some(page.page().metadata()),
            Content::Text(_) | Content::Paragraphs(_) => None,
        }
    }

    /// The title that the record names, or else the one that the page says.
    #[must_use]
    pub fn known_title(&self) -> Option<&str> {
        let said = || self.metadata()?.title.as_ref().map(|title| &*title.value);
        self.title.as_deref().or_else(said)
    }

    /// The block of a web page that shows its title, from 0: the one that the record names, or
    /// else the one that the page says. `None` for text.
    #[must_use]
    pub fn title_block(&self) -> Option<usize> {
        let Content::Html(page) = &self.content else { return None };
        let page = page.page();
        let named = self.title.as_deref().and_then(|title| page.shown_title(title));
        named.or_else(|| page.own_title())
    }

    /// The form in which the text came.
    #[must_use]
    pub fn source(&self) -> Source {
        match self.content {
            Content::Text(_) => Source::Text,
            Content::Html(_) => Source::Html,
            Content::Paragraphs(_) => Source::Paragraphs,
        }
    }
}
