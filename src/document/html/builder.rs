//! Tokens to blocks: what a start tag begins, and where a block of text ends; what a tag closes is
//! in `closing`.
//!
//! The rules are those of the HTML standard's tree construction as far as they decide which text
//! stands together in a block and what encloses it: implied end tags, `p` closed by blocks, scopes
//! of tables and lists, end tags without a start. Not followed: text that stands wrongly between
//! the cells of a table keeps its place (a browser moves it before the table), and formatting
//! elements (`b`, `i`, ...) play no part. No tree of nodes is made: an element is an entry in a
//! list that names its parent.

use super::attributes::{Said, read};
use super::closing::is_between_cells;
use super::enclosing::Enclosing;
use super::metadata::Marks;
use super::tag::Tag;
use super::text::{Mode, TextWriter};
use super::token::{Attributes, Token, Tokens};
use super::{Block, Element, NO_ELEMENT, Page};
use crate::span::Span;

/// Browsers nest no deeper. Open elements further out than this are not looked at when an end tag
/// seeks its start tag, so that many end tags cost no more than a page's bytes; deeper elements are
/// not told from the one around them, so that they fill no memory.
pub(super) const MAX_DEPTH: usize = 512;

/// So many words of its inline elements count for a block.
const MAX_INLINE_WORDS: usize = 4096;

/// Of so many bytes of a page one is text, in the mean; one in so many begins an element, a block, a
/// word of attributes. Lists that grow from nothing are copied again and again.
const BYTES_PER_TEXT: usize = 8;
const BYTES_PER_ELEMENT: usize = 256;
const BYTES_PER_BLOCK: usize = 512;
const BYTES_PER_WORD: usize = 64;

/// A cell spans no more columns, in browsers too.
const MAX_COLUMNS: u16 = 1000;

/// An open element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub(super) tag: Tag,
    element: u32,
    /// Whether the element may go where it encloses nothing: it is this one's own, not one that it
    /// shares because it is too deep, and its start tag says nothing.
    is_plain: bool,
    /// Whether a block ends where it ends.
    breaks: bool,
    /// Columns that the cells right in it take so far.
    columns: u16,
}

pub(super) struct Builder<'a> {
    source: &'a str,
    pub(super) page: Page,
    pub(super) open: Vec<Open>,
    /// How many elements of each kind are open.
    pub(super) counts: [u32; Tag::COUNT],
    pub(super) text: TextWriter,
    /// The block that is being filled.
    block: Option<Block>,
    /// Words of inline elements since the last block ended.
    inline_words: Vec<u64>,
    /// Images and links since the last block ended.
    images: u32,
    links: u32,
    pub(super) in_link: bool,
    /// Whether a form has begun and its end tag has not come; the next form is none until then.
    pub(super) in_form: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            page: Page {
                elements: Vec::with_capacity(source.len() / BYTES_PER_ELEMENT),
                blocks: Vec::with_capacity(source.len() / BYTES_PER_BLOCK),
                words: Vec::with_capacity(source.len() / BYTES_PER_WORD),
                ..Page::default()
            },
            open: Vec::new(),
            counts: [0; Tag::COUNT],
            text: TextWriter::with_capacity(source.len() / BYTES_PER_TEXT),
            block: None,
            inline_words: Vec::new(),
            images: 0,
            links: 0,
            in_link: false,
            in_form: false,
        }
    }

    pub(super) fn build(mut self) -> Page {
        let source = self.source;
        let mut tokens = Tokens::new(source);
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(range) => self.add_text(range.start, range.end),
                Token::Start { tag, attributes, self_closing } => {
                    let depth = self.open.len();
                    let in_svg = tag == Tag::Svg || self.in_svg() && !tag.leaves_svg();
                    self.start(tag, &source[attributes]);
                    if self_closing && in_svg && self.open.len() > depth {
                        self.pop_to(depth);
                    }
                }
                Token::End { tag } => self.end(tag),
                Token::Raw { tag, text } => self.raw(tag, text.start, text.end),
            }
            tokens.set_in_svg(self.in_svg());
        }
        self.flush();
        self.page.text = self.text.finish();
        self.page
    }

    fn element(&self) -> u32 {
        self.open.last().map_or(NO_ELEMENT, |open| open.element)
    }

    pub(super) fn enclosing(&self) -> Enclosing {
        let element = self.page.elements.get(self.element() as usize);
        element.map_or(Enclosing::default(), |element| element.enclosing)
    }

    pub(super) fn is_open(&self, tag: Tag) -> bool {
        self.counts[tag as usize] > 0
    }

    pub(super) fn in_svg(&self) -> bool {
        self.open.last().is_some_and(|open| open.tag == Tag::Svg)
    }

    /// Ends the block where a block element begins or ends that is seen.
    pub(super) fn break_block(&mut self) {
        if !self.enclosing().has(Enclosing::UNSEEN) {
            self.flush();
        }
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
        let pre = enclosing.has(Enclosing::PRE);
        let mode = if pre { Mode::Preformatted } else { Mode::Flow };
        self.add_text_as(start, end, mode);
    }

    fn add_text_as(&mut self, start: usize, end: usize, mode: Mode) {
        let source = self.source;
        let written = self.text.write(&source[start..end], mode);
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
            Tag::Script => self.page.collected.raw(&self.source[start..end]),
            Tag::Title if self.page.title.is_none() && !self.enclosing().has(Enclosing::UNSEEN) => {
                let mut title = TextWriter::default();
                title.write(&self.source[start..end], Mode::Flow);
                self.page.title = Some(title.finish()).filter(|title| !title.is_empty());
            }
            Tag::Xmp => {
                self.close_p();
                self.break_block();
                if !self.enclosing().has(Enclosing::UNSEEN) {
                    self.add_text_as(start, end, Mode::Raw);
                }
                self.break_block();
            }
            _ => {}
        }
    }

    pub(super) fn start(&mut self, tag: Tag, attributes: &str) {
        while self.in_svg() && tag.leaves_svg() {
            self.pop_to(self.open.len() - 1);
        }
        match tag {
            Tag::Br => {
                if !self.enclosing().has(Enclosing::UNSEEN) && self.text.line_break() {
                    self.flush();
                }
            }
            Tag::Hr => {
                self.close_p();
                self.close_unended_in_select();
                self.break_block();
            }
            Tag::Img => self.images += 1,
            // In a drawing they may hold markup.
            Tag::Title | Tag::Desc if self.in_svg() => self.push(tag, &Said::default()),
            Tag::Desc => self.start_inline(Tag::Other, attributes),
            Tag::Foreignobject if !self.in_svg() => self.start_inline(Tag::Other, attributes),
            Tag::Input => {
                self.close_select();
            }
            Tag::Html | Tag::Body | Tag::Head => self.read_root(tag, attributes),
            tag if tag.is_void() => self.page.collected.void(tag, attributes),
            tag if tag.is_raw() => self.page.collected.raw_start(tag, attributes),
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
        if tag == Tag::Html {
            self.page.collected.root(attributes);
        }
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
        match tag {
            Tag::Option | Tag::Optgroup => self.close_unended_in_select(),
            Tag::A if self.is_open(Tag::A) => {
                self.close(|t| t == Tag::A, Tag::is_special);
            }
            _ => {}
        }
        let start = self.page.words.len();
        let mut said = read(attributes, &mut self.page.words);
        if tag == Tag::Time {
            said.marks.add(Marks::TIME);
        }
        let (element, text) = (self.element(), self.text.len());
        self.page.collected.mark_inline(tag, said.marks, attributes, element, text);
        let is_hidden = said.enclosing.has(Enclosing::HIDDEN);
        if is_hidden || self.is_open(tag) {
            if is_hidden {
                self.flush();
            }
            self.push(tag, &said);
            return;
        }
        let room = MAX_INLINE_WORDS.saturating_sub(self.inline_words.len());
        self.inline_words.extend(self.page.words.drain(start..).take(room));
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
        if tag.is_table_part() && !self.is_open(Tag::Table) || tag == Tag::Form && self.in_form {
            return;
        }
        if tag == Tag::Form {
            self.in_form = !self.is_open(Tag::Template);
            // Between the rows of a table it encloses nothing.
            if self.open.last().is_some_and(|open| is_between_cells(open.tag)) {
                return;
            }
        }
        if tag.closes_p() {
            self.close_p();
        }
        // Right within another it is that one's end.
        if tag == Tag::Select && self.close_select() {
            return;
        }
        self.close_implied(tag);
        let said = read(attributes, &mut self.page.words);
        if tag.is_block() || said.enclosing.has(Enclosing::HIDDEN) {
            self.break_block();
        }
        let n_elements = self.page.elements.len();
        let cell = self.cell(tag, attributes);
        self.push(tag, &said);
        if let Some(element) = self.page.elements.get_mut(n_elements) {
            (element.column, element.rows) = cell;
        }
        self.page.collected.mark_block(said.marks, attributes, self.element(), self.text.len());
    }

    /// Where a cell stands in its row, and how many rows it spans.
    fn cell(&mut self, tag: Tag, attributes: &str) -> (u16, u8) {
        let (Tag::Td | Tag::Th, Some(row)) = (tag, self.open.last_mut()) else { return (0, 0) };
        let span = |name: &str| -> Option<u16> {
            let value = Attributes::new(attributes).value(&[name])?;
            value.trim().parse().ok().filter(|&span| span > 0)
        };
        let column = row.columns;
        row.columns = column.saturating_add(span("colspan").unwrap_or(1).min(MAX_COLUMNS));
        (column, span("rowspan").map_or(1, |rows| u8::try_from(rows).unwrap_or(u8::MAX)))
    }

    fn push(&mut self, tag: Tag, said: &Said) {
        let around = self.enclosing();
        let enclosing = around.with(Enclosing::of(tag)).with(said.enclosing);
        let depth = self.open.len();
        let is_own = depth < MAX_DEPTH || enclosing != around;
        let mut element = self.element();
        if is_own {
            let parent = element;
            element = u32::try_from(self.page.elements.len()).unwrap_or(NO_ELEMENT);
            self.page.elements.push(Element {
                parent,
                tag,
                enclosing,
                depth: u32::try_from(depth).unwrap_or(u32::MAX),
                words: said.words.clone(),
                column: 0,
                rows: 0,
            });
        } else if said.words.end == self.page.words.len() {
            self.page.words.truncate(said.words.start);
        }
        // What is not seen does not end a block: an icon amid a sentence.
        let is_seen = !around.has(Enclosing::UNSEEN);
        let breaks = is_seen && (tag.is_block() || said.enclosing.has(Enclosing::HIDDEN));
        let is_plain = is_own && !said.has_attributes;
        self.open.push(Open { tag, element, is_plain, breaks, columns: 0 });
        self.counts[tag as usize] += 1;
    }

    /// Closes the elements from `index` on.
    pub(super) fn pop_to(&mut self, index: usize) {
        if self.open[index..].iter().any(|open| open.breaks) {
            self.flush();
            self.page.collected.end_block(self.text.len());
        }
        while self.open.len() > index {
            let Some(open) = self.open.pop() else { return };
            self.counts[open.tag as usize] -= 1;
            if open.is_plain {
                self.forget_empty(open.element);
            }
        }
    }

    /// Takes back a plain element that has just ended and encloses no block, so that a page of
    /// empty elements fills no memory.
    fn forget_empty(&mut self, element: u32) {
        let block = self.block.as_ref().or(self.page.blocks.last());
        let is_used = block.is_some_and(|b| b.element != NO_ELEMENT && b.element >= element);
        if is_used || self.page.elements.len() != element as usize + 1 {
            return;
        }
        self.page.elements.pop();
    }
}
