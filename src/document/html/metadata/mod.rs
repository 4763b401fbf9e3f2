//! What a page says of itself outside its text, each value with where it came from.
//!
//! The reader sets a few start tags and the JSON-LD aside while it passes (`collected`); all else
//! is done when [`Page::metadata`] is called. `json_ld`, `meta` and `marked` read the three places
//! that metadata stand in, `title`, `authors`, `date` and `properties` know what a value may look
//! like, `choose` takes the best of what they found. Nothing here judges whether a value is true.

mod authors;
mod choose;
mod collected;
mod date;
mod json_ld;
mod json_text;
mod json_value;
mod marked;
mod meta;
mod plain;
mod properties;
#[cfg(test)]
mod tests;
mod title;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;

pub(super) use collected::{Collected, Marks};

use super::Page;

/// What a page says of itself.
///
/// Serialised, every field is there, `null` where the page does not say: records of many pages have
/// the same columns. The article's body is left out; who uses it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// The page's title without the site's name.
    pub title: Option<Property<String>>,
    /// Names of the authors, at least one.
    pub authors: Option<Property<Vec<String>>>,
    /// When it was published: ISO 8601, a date or a date and time, with the page's own offset.
    pub published: Option<Property<String>>,
    /// When it was last changed, likewise.
    pub modified: Option<Property<String>>,
    /// The site's name.
    pub site_name: Option<Property<String>>,
    /// The address that the page gives as its own.
    pub canonical_url: Option<Property<String>>,
    /// The language, as a BCP 47 tag such as `en` or `en-GB`.
    pub language: Option<Property<String>>,
    /// The name of the publisher.
    pub publisher: Option<Property<String>>,
    /// The section that the article stands in.
    pub section: Option<Property<String>>,
    /// A summary.
    pub description: Option<Property<String>>,
    /// The kind of the page: a type of schema.org such as `NewsArticle`, or one of Open Graph such
    /// as `article`.
    pub kind: Option<Property<String>>,
    /// The article's text as JSON-LD gives it, paragraphs on lines of their own where it tells
    /// them.
    #[serde(skip)]
    pub article_body: Option<Property<String>>,
    /// The block whose heading shows the title: [`Page::title_block`] of it.
    #[serde(skip)]
    pub title_block: Option<usize>,
    /// Properties of JSON-LD that say how the publisher accounts for its work, such as
    /// `copyrightHolder` or `correctionsPolicy`, by their names.
    pub properties: BTreeMap<&'static str, Property<String>>,
}

/// A value with where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Property<T> {
    /// The value.
    pub value: T,
    /// The place that gave it.
    pub origin: Origin,
}

/// The places of a page that metadata come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// JSON-LD in a script.
    JsonLd,
    /// A `meta` element of the Open Graph protocol.
    OpenGraph,
    /// Any other `meta` element.
    Meta,
    /// Microdata.
    Itemprop,
    /// An attribute of the element `html`.
    Html,
    /// The element `title`.
    TitleElement,
    /// A heading.
    Heading,
    /// A `link` element.
    Link,
    /// A link of the relation `author`.
    RelAuthor,
    /// A link beside the title to a page of an author.
    AuthorLink,
    /// An element `time`.
    TimeElement,
    /// A text that its class calls the author's, or that begins with `By`.
    Byline,
    /// A text that its class calls a date.
    DateClass,
    /// A line beside the title that holds a date.
    Text,
    /// The page's address.
    Address,
}

/// Metadata once they were asked for. Two pages are the same whether or not that was done.
#[derive(Debug, Clone, Default)]
pub(super) struct Once(OnceLock<Box<Metadata>>);

impl PartialEq for Once {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Once {}

impl Page {
    /// What the page says of itself; found at the first call and kept.
    ///
    /// # Examples
    ///
    /// ```
    /// use smallprint::document::html::{metadata::Origin, read_page};
    ///
    /// let page = read_page("<title>Bridge closed - Harbour Post</title><h1>Bridge closed</h1>");
    /// let title = page.metadata().title.as_ref().unwrap();
    /// assert_eq!((title.value.as_str(), title.origin), ("Bridge closed", Origin::Heading));
    /// ```
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        self.metadata.0.get_or_init(|| Box::new(choose::choose(self)))
    }
}
