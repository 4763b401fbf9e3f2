//! Templates: the paragraphs that a publisher repeats from document to document.
//!
//! A notice or a block of links that stands under every article of a site looks like any other line
//! to a reader of one document. [`Learner`] counts, publisher by publisher, how many documents hold a
//! paragraph; [`Templates`] are these counts, with a file of their own; [`Sighting`] is what they say
//! of one paragraph, and [`Weights`] turn that into evidence. A paragraph is known by its
//! fingerprint alone: no text is kept. What is done with the evidence is `classify`'s.

mod evidence;
mod file;
mod fingerprint;
mod learner;
mod seen;

pub use evidence::{Sighting, WEIGHTS, Weights};
pub use fingerprint::{Prints, fingerprint};
pub use learner::{Added, Learner, Limits};

use crate::document::{Document, publisher_of_url};
use fingerprint::{of_publisher, within};

/// How many documents of each publisher there were, and how many of them held each paragraph that
/// stands in two of them or more.
///
/// ```
/// use smallprint::templates::{Learner, Prints, Templates};
///
/// let mut learner = Learner::default();
/// for day in ["The ferry is late.", "The bridge is open.", "The harbour is full."] {
///     learner.add("gazette.example", &Prints::of([day, "Saltmarsh Gazette, est. 1901"]));
/// }
/// let templates = learner.finish();
/// let site = templates.site("gazette.example").unwrap();
/// // Two documents other than the one at hand, and both hold the line.
/// let sighting = site.sighting("SALTMARSH GAZETTE, est. 1902");
/// assert_eq!((sighting.holders, sighting.others), (2, 2));
/// assert_eq!(site.sighting("The ferry is late.").holders, 0);
/// let read = Templates::from_bytes(&templates.to_bytes()).unwrap();
/// assert_eq!(read, templates);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Templates {
    /// Documents counted, those of publishers with a single one included.
    documents: u64,
    /// Key of a publisher and its documents, at least 2; by key.
    publishers: Vec<Entry>,
    /// Key of a paragraph within its publisher and the documents that hold it, at least 2; by key.
    paragraphs: Vec<Entry>,
}

/// A key and its count.
type Entry = (u64, u32);

/// The fewest documents of an entry: what stands in one document is no template.
const FEWEST: u32 = 2;

impl Templates {
    /// Documents that were counted.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Publishers of which there were two documents or more.
    #[must_use]
    pub fn publishers(&self) -> usize {
        self.publishers.len()
    }

    /// Paragraphs that two documents of a publisher or more hold.
    #[must_use]
    pub fn paragraphs(&self) -> usize {
        self.paragraphs.len()
    }

    /// What is known of a publisher; `None` where fewer than two of its documents were counted.
    #[must_use]
    pub fn site(&self, publisher: &str) -> Option<Site<'_>> {
        let key = of_publisher(publisher);
        let documents = find(&self.publishers, key)?;
        Some(Site { templates: self, publisher: key, documents })
    }
}

fn find(entries: &[Entry], key: u64) -> Option<u32> {
    let index = entries.binary_search_by_key(&key, |entry| entry.0).ok()?;
    Some(entries[index].1)
}

/// The templates of one publisher.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    templates: &'a Templates,
    publisher: u64,
    documents: u32,
}

impl Site<'_> {
    /// How many *other* documents of the publisher hold a paragraph.
    ///
    /// Templates are mostly learned from the very documents that are labelled with them, so one
    /// document is taken off both counts: that at hand. Where it was not among those learned from,
    /// its paragraphs look one document rarer than they are, which errs on the side of the article.
    #[must_use]
    pub fn sighting(&self, text: &str) -> Sighting {
        let key = fingerprint(text).map(|print| within(self.publisher, print));
        let count = key.and_then(|key| find(&self.templates.paragraphs, key));
        let others = self.documents - 1;
        // A publisher's documents may all be counted, and some of its paragraphs late: see `learner`.
        Sighting { holders: count.map_or(0, |count| count - 1).min(others), others }
    }
}

/// The publisher whose templates a document is held against: the one that it names or that its address
/// has, or else the one of the address that a page gives as its own.
#[must_use]
pub fn publisher_of(document: &Document) -> Option<String> {
    let own = || {
        let address = document.metadata()?.canonical_url.as_ref()?;
        publisher_of_url(&address.value)
    };
    document.publisher.clone().or_else(own)
}
