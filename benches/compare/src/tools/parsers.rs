//! Parsers without an extractor on top: what reading the page costs alone. Each gives a number that
//! depends on the whole page, so that no work can be left out.

use std::cell::Cell;

use html5ever::TokenizerResult;
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use lol_html::html_content::TextChunk;
use lol_html::{HtmlRewriter, Settings, doc_text};
use markup5ever_rcdom::RcDom;

/// html5ever into the tree of `markup5ever_rcdom`: the unit of speed.
pub fn html5ever_rcdom(source: &str) -> usize {
    let dom = html5ever::parse_document(RcDom::default(), Default::default()).one(source);
    // The root's children and the messages about faults in the markup.
    dom.document.children.borrow().len() + dom.errors.borrow().len()
}

/// Counts tokens and characters of text.
#[derive(Default)]
struct Counter(Cell<usize>);

impl TokenSink for Counter {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let n = if let Token::CharacterTokens(text) = token { text.len() } else { 1 };
        self.0.set(self.0.get() + n);
        TokenSinkResult::Continue
    }
}

/// The tokenizer of html5ever alone. It knows nothing of elements, so scripts are tokens too.
pub fn html5ever_tokenizer(source: &str) -> usize {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(source));
    let tokenizer = Tokenizer::new(Counter::default(), TokenizerOpts::default());
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.get()
}

/// `scraper`: html5ever into a tree of its own.
pub fn scraper(source: &str) -> usize {
    scraper::Html::parse_document(source).tree.values().count()
}

/// `tl`: a fast tree that does not follow the standard. Pages it refuses count as 0.
pub fn tl(source: &str) -> usize {
    tl::parse(source, tl::ParserOptions::default()).map_or(0, |dom| dom.nodes().len())
}

/// `lol_html` with a handler of text, its output thrown away. Pages it refuses count as 0.
pub fn lol_html(source: &str) -> usize {
    let mut n = 0;
    let handler = doc_text!(|text: &mut TextChunk<'_>| {
        n += text.as_str().len();
        Ok(())
    });
    let settings = Settings::new().append_document_content_handler(handler);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let done = rewriter.write(source.as_bytes()).and_then(|()| rewriter.end());
    if done.is_ok() { n } else { 0 }
}
