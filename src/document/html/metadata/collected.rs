//! What the reader sets aside for the metadata while it passes, and nothing more.
//!
//! Start tags are copied as they stand, into one string; what they mean is looked at when the
//! metadata are asked for.

use std::ops::Range;

use super::super::attributes::word_hash;
use super::super::tag::Tag;

/// So many pieces of a kind are kept; pages with more were made to have more.
const MAX_PIECES: usize = 4096;

/// So many inline elements can be open at a time that have marks; one in another in another is as
/// far as bylines go.
const MAX_OPEN: usize = 4;

/// What a start tag says of the text within, as far as metadata go: a set of bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Marks(u8);

impl Marks {
    /// A link to the author.
    pub(in super::super) const REL_AUTHOR: Self = Self(1);
    /// A property of microdata that is of use here.
    pub(in super::super) const ITEMPROP: Self = Self(1 << 1);
    /// A class that speaks of the author.
    pub(in super::super) const BYLINE: Self = Self(1 << 2);
    /// A class that speaks of a date.
    pub(in super::super) const DATE: Self = Self(1 << 3);
    /// The element `time`.
    pub(in super::super) const TIME: Self = Self(1 << 4);
    /// A link to a page of the site's authors.
    pub(in super::super) const AUTHOR_LINK: Self = Self(1 << 6);
    /// A class that speaks of comments.
    pub(in super::super) const COMMENT: Self = Self(1 << 5);

    pub(in super::super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(in super::super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether an element with it is to be set aside.
    fn is_of_use(self) -> bool {
        self.0 & !Self::COMMENT.0 != 0 && !self.has(Self::COMMENT)
    }

    /// What the words of a class or id say, given their hashes.
    #[inline]
    pub(in super::super) fn of_class(words: &[u64]) -> Self {
        let mut marks = Self::default();
        for &word in words {
            // Nearly all words end here.
            if SIEVE & 1 << (word & 63) == 0 {
                continue;
            }
            match word {
                AUTHOR | AUTHORS | BYLINE | WRITER | CONTRIBUTOR => marks.add(Self::BYLINE),
                DATE | PUBLISHED | POSTED | PUBDATE | TIMESTAMP | DATETIME | DATELINE | TIME => {
                    marks.add(Self::DATE);
                }
                COMMENT | COMMENTS => marks.add(Self::COMMENT),
                _ => {}
            }
        }
        marks
    }

    /// What a link's target says.
    #[inline]
    pub(in super::super) fn of_target(address: &str) -> Self {
        // Looked for from slash to slash: most parts of addresses do not begin with an `a`.
        let bytes = address.as_bytes();
        let leads = memchr::memchr_iter(b'/', bytes).any(|at| bytes[at..].starts_with(b"/author"));
        if leads { Self::AUTHOR_LINK } else { Self::default() }
    }

    /// What `itemprop` says.
    pub(in super::super) fn of_itemprop(value: &str) -> Self {
        match value.trim() {
            "author" | "creator" | "datePublished" | "dateModified" | "dateCreated" => {
                Self::ITEMPROP
            }
            _ => Self::default(),
        }
    }
}

/// A bit for the last six bits of each hash below.
const SIEVE: u64 = {
    let known = [
        AUTHOR,
        AUTHORS,
        BYLINE,
        WRITER,
        CONTRIBUTOR,
        DATE,
        PUBLISHED,
        POSTED,
        PUBDATE,
        TIMESTAMP,
        DATETIME,
        DATELINE,
        TIME,
        COMMENT,
        COMMENTS,
    ];
    let mut sieve = 0;
    let mut i = 0;
    while i < known.len() {
        sieve |= 1 << (known[i] & 63);
        i += 1;
    }
    sieve
};

const AUTHOR: u64 = word_hash(b"author");
const AUTHORS: u64 = word_hash(b"authors");
const BYLINE: u64 = word_hash(b"byline");
const WRITER: u64 = word_hash(b"writer");
const CONTRIBUTOR: u64 = word_hash(b"contributor");
const DATE: u64 = word_hash(b"date");
const PUBLISHED: u64 = word_hash(b"published");
const POSTED: u64 = word_hash(b"posted");
const PUBDATE: u64 = word_hash(b"pubdate");
const TIMESTAMP: u64 = word_hash(b"timestamp");
const DATETIME: u64 = word_hash(b"datetime");
const DATELINE: u64 = word_hash(b"dateline");
const TIME: u64 = word_hash(b"time");
const COMMENT: u64 = word_hash(b"comment");
const COMMENTS: u64 = word_hash(b"comments");

/// An element that is marked as the author's name or a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) marks: Marks,
    /// Its attributes, in [`Collected::kept`].
    pub(super) attributes: Range<usize>,
    /// The element of the page that it is, or, being inline, stands in.
    pub(super) element: u32,
    /// The bytes of its text in the page's text; up to `usize::MAX` where its end is not known.
    pub(super) text: Range<usize>,
}

/// An inline element with marks that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    tag: Tag,
    /// Elements of the same kind open within it.
    depth: u32,
    marked: usize,
}

/// What the metadata are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Collected {
    /// Attributes and JSON-LD, as they stand in the source, one after the other.
    kept: String,
    root: Option<Range<usize>>,
    metas: Vec<Range<usize>>,
    links: Vec<Range<usize>>,
    scripts: Vec<Range<usize>>,
    marked: Vec<Marked>,
    open: Vec<Open>,
    /// Whether the raw text that comes next is JSON-LD.
    awaits_json_ld: bool,
}

impl Collected {
    fn keep(&mut self, piece: &str) -> Range<usize> {
        let start = self.kept.len();
        self.kept.push_str(piece);
        start..self.kept.len()
    }

    /// A start tag that has no content.
    pub(in super::super) fn void(&mut self, tag: Tag, attributes: &str) {
        match tag {
            Tag::Meta if self.metas.len() < MAX_PIECES => {
                let meta = self.keep(attributes);
                self.metas.push(meta);
            }
            // Most links lead to styles.
            Tag::Link if attributes.contains("canonical") && self.links.len() < MAX_PIECES => {
                let link = self.keep(attributes);
                self.links.push(link);
            }
            _ => {}
        }
    }

    /// The start tag of an element whose content is no markup.
    pub(in super::super) fn raw_start(&mut self, tag: Tag, attributes: &str) {
        // The `+` of `application/ld+json` is at times written as a character reference.
        self.awaits_json_ld = tag == Tag::Script && attributes.contains("application/ld");
    }

    /// The raw text of an element.
    pub(in super::super) fn raw(&mut self, text: &str) {
        if std::mem::take(&mut self.awaits_json_ld) && self.scripts.len() < MAX_PIECES {
            let script = self.keep(text);
            self.scripts.push(script);
        }
    }

    /// The start tag of `html`.
    pub(in super::super) fn root(&mut self, attributes: &str) {
        if self.root.is_none() {
            self.root = Some(self.keep(attributes));
        }
    }

    /// A block's start tag; `text` is where the page's text ends so far.
    #[inline]
    pub(in super::super) fn mark_block(
        &mut self,
        marks: Marks,
        attributes: &str,
        element: u32,
        text: usize,
    ) {
        if marks.is_of_use() {
            self.mark(marks, attributes, element, text);
        }
    }

    /// An inline element's start tag.
    #[inline]
    pub(in super::super) fn mark_inline(
        &mut self,
        tag: Tag,
        marks: Marks,
        attributes: &str,
        element: u32,
        text: usize,
    ) {
        // Most elements have no marks and stand in none that has.
        if marks.is_of_use() || !self.open.is_empty() {
            self.open_inline(tag, marks, attributes, element, text);
        }
    }

    #[cold]
    fn open_inline(&mut self, tag: Tag, marks: Marks, attributes: &str, element: u32, text: usize) {
        for open in &mut self.open {
            open.depth += u32::from(open.tag == tag);
        }
        let marked = self.marked.len();
        if marks.is_of_use() {
            self.mark(marks, attributes, element, text);
        }
        if self.marked.len() > marked && self.open.len() < MAX_OPEN {
            self.open.push(Open { tag, depth: 0, marked });
        }
    }

    #[cold]
    fn mark(&mut self, marks: Marks, attributes: &str, element: u32, text: usize) {
        if self.marked.len() < MAX_PIECES {
            let attributes = self.keep(attributes);
            self.marked.push(Marked { marks, attributes, element, text: text..usize::MAX });
        }
    }

    /// An inline element's end tag.
    #[inline]
    pub(in super::super) fn end_inline(&mut self, tag: Tag, text: usize) {
        if !self.open.is_empty() {
            self.close_inline(tag, text);
        }
    }

    #[cold]
    fn close_inline(&mut self, tag: Tag, text: usize) {
        let marked = &mut self.marked;
        self.open.retain_mut(|open| {
            if open.tag != tag {
                return true;
            }
            if open.depth > 0 {
                open.depth -= 1;
                return true;
            }
            marked[open.marked].text.end = text;
            false
        });
    }

    /// The end of an element that ends blocks.
    #[inline]
    pub(in super::super) fn end_block(&mut self, text: usize) {
        if !self.open.is_empty() {
            for open in self.open.drain(..) {
                self.marked[open.marked].text.end = text;
            }
        }
    }

    /// The attributes of `html`.
    pub(super) fn root_attributes(&self) -> Option<&str> {
        self.root.clone().map(|root| &self.kept[root])
    }

    /// The attributes of each `meta`.
    pub(super) fn metas(&self) -> impl Iterator<Item = &str> {
        self.metas.iter().map(|meta| &self.kept[meta.clone()])
    }

    /// The attributes of each `link` that may be canonical.
    pub(super) fn links(&self) -> impl Iterator<Item = &str> {
        self.links.iter().map(|link| &self.kept[link.clone()])
    }

    /// The text of each JSON-LD script.
    pub(super) fn scripts(&self) -> impl Iterator<Item = &str> {
        self.scripts.iter().map(|script| &self.kept[script.clone()])
    }

    /// Elements with marks and their attributes, in the order of the page.
    pub(super) fn marked(&self) -> impl Iterator<Item = (&Marked, &str)> {
        self.marked.iter().map(|marked| (marked, &self.kept[marked.attributes.clone()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_told_by_their_words() {
        let marks = |words: &[&str]| {
            Marks::of_class(
                &words.iter().map(|word| word_hash(word.as_bytes())).collect::<Vec<_>>(),
            )
        };
        for word in ["author", "authors", "byline", "writer", "contributor"] {
            assert_eq!(marks(&["post", word]), Marks::BYLINE, "{word}");
        }
        for word in
            ["date", "published", "posted", "pubdate", "timestamp", "datetime", "dateline", "time"]
        {
            assert_eq!(marks(&[word, "entry"]), Marks::DATE, "{word}");
        }
        for word in ["comment", "comments"] {
            assert!(!marks(&[word, "author"]).is_of_use(), "{word}");
        }
        assert_eq!(marks(&["post", "title", "card"]), Marks::default());
        assert_eq!(Marks::of_target("https://harbour.example/author/ann"), Marks::AUTHOR_LINK);
        assert_eq!(Marks::of_target("/news/author"), Marks::AUTHOR_LINK);
        assert_eq!(Marks::of_target("author"), Marks::default());
    }
}
