//! Web pages to blocks of text, with what markup says of each.
//!
//! One pass over the source: `token` takes it apart, `builder` and `closing` keep the open elements
//! and begin and end blocks, `text` lays text out as a browser does, `attributes` reads what a start tag
//! says. No tree is made. What a block is for is not judged here.

mod attributes;
mod builder;
mod charset;
mod closing;
mod enclosing;
pub mod metadata;
mod tag;
mod text;
mod token;

use std::ops::Range;

pub(super) use charset::{charset_of, declared_charset};
pub use enclosing::Enclosing;
pub use metadata::Metadata;
pub use tag::Tag;

use crate::span::Span;

/// No element: the block or element stands in nothing.
pub const NO_ELEMENT: u32 = u32::MAX;

/// A page as blocks of text and the elements that enclose them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The text of all blocks, one after the other.
    pub text: String,
    /// The blocks in the order of the source.
    pub blocks: Vec<Block>,
    /// The elements that can enclose blocks, each after its parent.
    pub elements: Vec<Element>,
    /// Hashes of words of class, id, itemprop and rel, of all elements and blocks.
    pub words: Vec<u64>,
    /// The text of the page's `title`.
    pub title: Option<String>,
    /// What [`Page::metadata`] is made of.
    collected: metadata::Collected,
    /// What [`Page::metadata`] has given.
    metadata: metadata::Once,
}

impl Page {
    /// A block's text.
    #[must_use]
    pub fn block_text(&self, block: &Block) -> &str {
        &self.text[block.text.clone()]
    }

    /// What encloses a block.
    #[must_use]
    pub fn enclosing(&self, block: &Block) -> Enclosing {
        self.element(block).map_or(Enclosing::default(), |element| element.enclosing)
    }

    /// The innermost element around a block.
    #[must_use]
    pub fn element(&self, block: &Block) -> Option<&Element> {
        self.elements.get(block.element as usize)
    }
}

/// A piece of text that stands together: a paragraph, a heading, a list item, a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its bytes in [`Page::text`].
    pub text: Range<usize>,
    /// From its first to its last character in the source, markup between them included.
    pub span: Span,
    /// The innermost of [`Page::elements`] around it, or [`NO_ELEMENT`].
    pub element: u32,
    /// Words of its inline elements, in [`Page::words`].
    pub words: Range<usize>,
    /// Bytes of its text within links.
    pub link_bytes: usize,
    /// Links that begin in it, or before it since the block before.
    pub links: u32,
    /// Images in it, or before it since the block before.
    pub images: u32,
}

/// An element that encloses blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The element around it, or [`NO_ELEMENT`].
    pub parent: u32,
    /// Its kind.
    pub tag: Tag,
    /// What it and the elements around it are.
    pub enclosing: Enclosing,
    /// Elements around it.
    pub depth: u32,
    /// Words of its attributes, in [`Page::words`].
    pub words: Range<usize>,
    /// Of a `td` or `th`: the columns that the cells before it take in its row, empty ones included,
    /// from 0; cells that reach down from rows above are not counted. 0 for other elements.
    pub column: u16,
    /// Of a `td` or `th`: the rows that it spans, at least 1. 0 for other elements.
    pub rows: u8,
}

/// Reads a page.
#[must_use]
pub fn read_page(source: &str) -> Page {
    builder::Builder::new(source).build()
}

/// The words behind the hashes of [`Page::words`] of this source, in small letters: what markup
/// cues are learned from.
#[must_use]
pub fn attribute_words(source: &str) -> std::collections::BTreeMap<u64, String> {
    attributes::dictionary(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(source: &str) -> Vec<String> {
        let page = read_page(source);
        page.blocks.iter().map(|block| page.text[block.text.clone()].to_owned()).collect()
    }

    #[test]
    fn blocks_are_what_a_browser_shows_as_paragraphs() {
        for (source, expected) in [
            ("<p>One<p>Two", &["One", "Two"][..]),
            (
                "<div>One <b>bold</b> word<ul><li>a<li>b</ul>rest",
                &["One bold word", "a", "b", "rest"],
            ),
            ("a<br>b<br><br>c", &["a\nb", "c"]),
            ("<b>a</b> <b>b</b>\n<i>c</i>d <p>e<b> f</b>", &["a b cd", "e f"]),
            ("<pre>\n a\n  b <b>c</b>\n\n<b>d</b></pre>", &["a\n  b c\nd"]),
            ("a</body>b</div>c</p>d", &["abc", "d"]),
            ("a <svg><title/><style/></svg>b", &["a b"]),
            ("n\0ul<p>\0 \u{200b}<p>a\u{200b} \u{ad}", &["nul", "a"]),
            ("<p>x &amp; y&nbsp;z &lt;b&gt;</p>", &["x & y z <b>"]),
            ("<script>if (a < b) { '<p>no</p>' }</script><p>yes", &["yes"]),
            ("<table><tr><td>a<td>b<tr><td>c</table>", &["a", "b", "c"]),
            ("<!-- <p>no --><p title='a > b'>yes", &["yes"]),
            ("<p>one <svg><path d='M0'/></svg> sentence</p>", &["one sentence"]),
            ("", &[]),
            ("<", &["<"]),
        ] {
            assert_eq!(blocks(source), expected, "{source}");
        }
    }

    #[test]
    fn cells_know_their_columns_and_rows() {
        let source = "<table><tr><td>a<td><td colspan=2>b<td rowspan='3'>c<tr><th>d<td colspan=x>e\
            <td rowspan=0>f</table><p>g";
        let page = read_page(source);
        let cell = |block: &Block| {
            let element = page.element(block).unwrap();
            (page.block_text(block), element.column, element.rows)
        };
        assert_eq!(
            page.blocks.iter().map(cell).collect::<Vec<_>>(),
            [
                ("a", 0, 1),
                ("b", 2, 1),
                ("c", 4, 3),
                ("d", 0, 1),
                ("e", 1, 1),
                ("f", 2, 1),
                ("g", 0, 0)
            ]
        );
    }

    #[test]
    fn what_encloses_a_block_is_known() {
        let source = "<article class='post-body'><p hidden>a</p><p>b <a href='/x'>c d</a></p>";
        let page = read_page(source);
        let [hidden, seen] = &page.blocks[..] else { panic!("{page:?}") };
        let enclosing = |block: &Block| page.elements[block.element as usize].enclosing;
        assert!(enclosing(hidden).is_hidden() && !enclosing(seen).is_hidden());
        assert!(enclosing(seen).has(Enclosing::ARTICLE));
        assert_eq!(seen.link_bytes, "c d".len());
        assert_eq!(seen.span.slice(source), "b <a href='/x'>c d");
    }
}
