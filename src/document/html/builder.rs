//! Tokens to blocks: which elements are open, and where a block of text ends.
//!
//! The rules are those of the HTML standard's tree construction as far as they decide which text
//! stands together in a block and what encloses it: implied end tags, `p` closed by blocks, scopes
//! of tables and lists, end tags without a start. Not followed: text that stands wrongly between
//! the cells of a table keeps its place (a browser moves it before the table), and formatting
//! elements (`b`, `i`, ...) play no part. No tree of nodes is made: an element is an entry in a
//! list that names its parent.

use super::attributes::{Said, read};
use super::enclosing::Enclosing;
use super::tag::Tag;
use super::text::TextWriter;
use super::token::{Token, Tokens};
use super::{Block, Element, NO_ELEMENT, Page};
use crate::span::Span;

/// Open elements further out than this are not looked at when an end tag seeks its start tag;
/// browsers nest no deeper.
const MAX_SEARCH: usize = 512;

/// An open element.
#[derive(Debug, Clone, Copy)]
struct Open {
    tag: Tag,
    element: u32,
    /// Whether a block ends where it ends.
    breaks: bool,
}

pub(super) struct Builder<'a> {
    source: &'a str,
    page: Page,
    open: Vec<Open>,
    /// How many elements of each kind are open.
    counts: [u32; Tag::COUNT],
    text: TextWriter,
    /// The block that is being filled.
    block: Option<Block>,
    /// Words of inline elements since the last block ended.
    inline_words: Vec<u64>,
    /// Images and links since the last block ended.
    images: u32,
    links: u32,
    in_link: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            page: Page::default(),
            open: Vec::new(),
            counts: [0; Tag::COUNT],
            text: TextWriter::default(),
            block: None,
            inline_words: Vec::new(),
            images: 0,
            links: 0,
            in_link: false,
        }
    }

    pub(super) fn build(mut self) -> Page {
        let source = self.source;
        for token in Tokens::new(source) {
            match token {
                Token::Text(range) => self.add_text(range.start, range.end),
                Token::Start { tag, attributes, self_closing } => {
                    self.start(tag, &source[attributes]);
                    if self_closing && tag == Tag::Svg {
                        self.end(tag);
                    }
                }
                Token::End { tag } => self.end(tag),
                Token::Raw { tag, text } => self.raw(tag, text.start, text.end),
            }
        }
        self.flush();
        self.page.text = self.text.finish();
        self.page
    }

    fn element(&self) -> u32 {
        self.open.last().map_or(NO_ELEMENT, |open| open.element)
    }

    fn enclosing(&self) -> Enclosing {
        let element = self.page.elements.get(self.element() as usize);
        element.map_or(Enclosing::default(), |element| element.enclosing)
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.counts[tag as usize] > 0
    }

    /// Ends the block, if one has begun.
    fn flush(&mut self) {
        let end = self.text.end_block();
        if let Some(mut block) = self.block.take() {
            block.text.end = end;
            let start = self.page.words.len();
            self.page.words.append(&mut self.inline_words);
            block.words = start..self.page.words.len();
            block.images = std::mem::take(&mut self.images);
            block.links = std::mem::take(&mut self.links);
            self.page.blocks.push(block);
        }
        self.inline_words.clear();
    }

    fn add_text(&mut self, start: usize, end: usize) {
        let enclosing = self.enclosing();
        if enclosing.has(Enclosing::UNSEEN) {
            return;
        }
        let source = self.source;
        let written = self.text.write(&source[start..end], enclosing.has(Enclosing::PRE));
        let Some(written) = written else { return };
        let element = self.element();
        let block = self.block.get_or_insert_with(|| Block {
            text: written.block..written.block,
            span: Span::new(start + written.source.start, end),
            element,
            words: 0..0,
            link_bytes: 0,
            links: 0,
            images: 0,
        });
        block.span.end = start + written.source.end;
        if self.in_link {
            block.link_bytes += written.bytes;
        }
    }

    /// The text of an element whose content is no markup.
    fn raw(&mut self, tag: Tag, start: usize, end: usize) {
        match tag {
            Tag::Title if self.page.title.is_none() && !self.enclosing().has(Enclosing::UNSEEN) => {
                let mut title = TextWriter::default();
                title.write(&self.source[start..end], false);
                self.page.title = Some(title.finish()).filter(|title| !title.is_empty());
            }
            Tag::Xmp => {
                self.close_p();
                self.flush();
                self.add_text(start, end);
                self.flush();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag, attributes: &str) {
        match tag {
            Tag::Br => {
                if self.text.line_break() {
                    self.flush();
                }
            }
            Tag::Hr => {
                self.close_p();
                self.flush();
            }
            Tag::Img => self.images += 1,
            Tag::Html | Tag::Body | Tag::Head => {
                self.flush();
                self.read_root(tag, attributes);
            }
            tag if tag.is_void() || tag.is_raw() => {}
            tag if tag.is_unseen() => self.start_unseen(tag, attributes),
            tag if tag.is_inline() => self.start_inline(tag, attributes),
            tag => self.start_block(tag, attributes),
        }
    }

    fn start_unseen(&mut self, tag: Tag, attributes: &str) {
        // The content of a declarative shadow root is shown.
        if tag == Tag::Template && attributes.contains("shadowrootmode") {
            self.start_block(Tag::Div, attributes);
        } else {
            self.push(tag, &Said::default());
        }
    }

    /// `html` and `body` are elements once, wherever they stand first.
    fn read_root(&mut self, tag: Tag, attributes: &str) {
        if tag != Tag::Head && self.open.is_empty() {
            let said = read(attributes, &mut self.page.words);
            self.push(tag, &said);
        }
    }

    /// An inline element changes nothing where a block begins or ends, unless it is hidden.
    fn start_inline(&mut self, tag: Tag, attributes: &str) {
        if self.enclosing().has(Enclosing::UNSEEN) {
            return;
        }
        let start = self.page.words.len();
        let said = read(attributes, &mut self.page.words);
        let is_hidden = said.enclosing.has(Enclosing::HIDDEN);
        if is_hidden || self.is_open(tag) {
            if is_hidden {
                self.flush();
            }
            self.push(tag, &said);
            return;
        }
        self.inline_words.extend(self.page.words.drain(start..));
        match tag {
            Tag::A => {
                if self.in_link {
                    self.text.separate();
                }
                self.in_link = said.is_link;
                self.links += u32::from(said.is_link);
            }
            Tag::Option => self.text.separate(),
            _ => {}
        }
    }

    fn start_block(&mut self, tag: Tag, attributes: &str) {
        // A block cannot stand in a drawing: it ends it.
        if self.open.last().is_some_and(|open| open.tag == Tag::Svg) {
            self.close(|t| t == Tag::Svg, |_| false);
        }
        if tag.closes_p() {
            self.close_p();
        }
        self.close_implied(tag);
        self.flush();
        if tag.is_table_part() && !self.is_open(Tag::Table) {
            return;
        }
        let said = read(attributes, &mut self.page.words);
        self.push(tag, &said);
    }

    fn push(&mut self, tag: Tag, said: &Said) {
        let index = u32::try_from(self.page.elements.len()).unwrap_or(NO_ELEMENT);
        let enclosing = self.enclosing().with(Enclosing::of(tag)).with(said.enclosing);
        let depth = self.open.len();
        self.page.elements.push(Element {
            parent: self.element(),
            tag,
            enclosing,
            depth: u32::try_from(depth).unwrap_or(u32::MAX),
            words: said.words.clone(),
        });
        // An icon amid a sentence does not end it.
        let breaks = tag.is_block() || said.enclosing.has(Enclosing::HIDDEN);
        self.open.push(Open { tag, element: index, breaks });
        self.counts[tag as usize] += 1;
    }

    /// Closes the elements from `index` on.
    fn pop_to(&mut self, index: usize) {
        if self.open[index..].iter().any(|open| open.breaks) {
            self.flush();
        }
        for open in self.open.drain(index..) {
            self.counts[open.tag as usize] -= 1;
        }
    }

    /// The innermost open element for which `is_it`, up to one that is `outside`.
    fn find(&self, is_it: impl Fn(Tag) -> bool, is_outside: impl Fn(Tag) -> bool) -> Option<usize> {
        for (index, open) in self.open.iter().enumerate().rev().take(MAX_SEARCH) {
            if is_it(open.tag) {
                return Some(index);
            }
            if is_outside(open.tag) {
                return None;
            }
        }
        None
    }

    fn close(&mut self, is_it: impl Fn(Tag) -> bool, is_outside: impl Fn(Tag) -> bool) {
        if let Some(index) = self.find(is_it, is_outside) {
            self.pop_to(index);
        }
    }

    fn close_p(&mut self) {
        if self.is_open(Tag::P) {
            self.close(|tag| tag == Tag::P, Tag::is_barrier);
        }
    }

    /// What a start tag closes besides a `p`.
    fn close_implied(&mut self, tag: Tag) {
        let stays = |tag: Tag| tag.is_block() && !matches!(tag, Tag::Address | Tag::Div | Tag::P);
        let is_table = |tag| matches!(tag, Tag::Table | Tag::Template);
        match tag {
            Tag::Li if self.is_open(Tag::Li) => self.close(|t| t == Tag::Li, stays),
            Tag::Dd | Tag::Dt => self.close(|t| matches!(t, Tag::Dd | Tag::Dt), stays),
            Tag::Button => self.close(|t| t == Tag::Button, Tag::is_barrier),
            Tag::Select => self.close(|t| t == Tag::Select, Tag::is_barrier),
            Tag::Td | Tag::Th => self.close(|t| matches!(t, Tag::Td | Tag::Th), is_row_border),
            Tag::Tr => self.close(|t| t == Tag::Tr, is_table),
            Tag::Thead | Tag::Tbody | Tag::Tfoot => {
                self.close(|t| matches!(t, Tag::Thead | Tag::Tbody | Tag::Tfoot), is_table);
                self.close(|t| matches!(t, Tag::Caption | Tag::Colgroup), is_table);
            }
            Tag::Caption | Tag::Colgroup => {
                self.close(|t| matches!(t, Tag::Caption | Tag::Colgroup), is_table);
            }
            Tag::Table => {
                // A table right inside a table, not in a cell, ends it.
                let top = self.open.last().map(|open| open.tag);
                if top.is_some_and(|t| t == Tag::Table || t.is_table_part() && !is_cell(t)) {
                    self.close(|t| t == Tag::Table, |t| t == Tag::Template);
                }
            }
            tag if tag.is_heading() && self.open.last().is_some_and(|o| o.tag.is_heading()) => {
                self.pop_to(self.open.len() - 1);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: Tag) {
        match tag {
            Tag::Html | Tag::Body | Tag::Head => self.flush(),
            Tag::Br => self.start(Tag::Br, ""),
            Tag::A => {
                self.in_link = false;
                if self.is_open(Tag::A) {
                    self.close(|t| t == Tag::A, Tag::is_barrier);
                }
            }
            // Without a start tag it stands for an empty paragraph.
            Tag::P if !self.is_open(Tag::P) => self.flush(),
            tag if tag.is_void() || tag.is_raw() => {}
            tag if tag.is_heading() => {
                self.flush();
                self.close(Tag::is_heading, Tag::is_barrier);
            }
            tag => {
                if tag.is_block() {
                    self.flush();
                }
                if self.is_open(tag) {
                    self.close_named(tag);
                }
            }
        }
    }

    fn close_named(&mut self, tag: Tag) {
        let is_table = |tag| matches!(tag, Tag::Table | Tag::Template);
        let is_list =
            |tag: Tag| tag.is_barrier() || matches!(tag, Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir);
        match tag {
            Tag::Table => self.close(|t| t == Tag::Table, |t| t == Tag::Template),
            Tag::Li => self.close(|t| t == Tag::Li, is_list),
            tag if tag.is_table_part() => self.close(|t| t == tag, is_table),
            tag if tag.is_inline() => self.close(|t| t == tag, Tag::is_block),
            tag => self.close(|t| t == tag, Tag::is_barrier),
        }
    }
}

fn is_cell(tag: Tag) -> bool {
    matches!(tag, Tag::Td | Tag::Th | Tag::Caption)
}

/// Where the search for an open cell of the same row ends.
fn is_row_border(tag: Tag) -> bool {
    matches!(tag, Tag::Table | Tag::Template | Tag::Tr)
}
