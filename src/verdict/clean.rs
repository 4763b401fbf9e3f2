//! A verdict to the article's own text, and a count of what was left out. How it is written is in
//! `render`.

use serde::Serialize;

use super::render::{self, Form, Kind, Piece};
use super::{ArticleBody, BodyState, Keep, Paragraph, Verdict};
use crate::document::html::Page;
use crate::document::words::word_hashes;
use crate::document::{Content, Document};
use crate::kernel::space;
use crate::label::Label;
use crate::segment::unwrap;

/// Paragraphs and their words; words are separated by white space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Number of paragraphs.
    pub paragraphs: u64,
    /// Number of words.
    pub words: u64,
}

impl Count {
    fn add(&mut self, text: &str) {
        self.paragraphs += 1;
        self.words += words(text);
    }
}

/// Number of words of a text: runs of anything but white space, as Unicode defines it.
///
/// Naive one-liner: `text.split_whitespace().count()`. Only a text with white space beyond ASCII
/// takes this way.
#[must_use]
pub fn words(text: &str) -> u64 {
    if has_wide_space(text.as_bytes()) {
        return text.split_whitespace().count() as u64;
    }
    space::words(text.as_bytes())
}

/// Whether there is white space beyond ASCII.
fn has_wide_space(bytes: &[u8]) -> bool {
    if bytes.is_ascii() {
        return false;
    }
    memchr::memchr3_iter(0xC2, 0xE2, 0xE3, bytes).any(|at| {
        matches!(
            bytes[at..],
            [0xC2, 0x85 | 0xA0, ..]
                | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..]
                | [0xE2, 0x81, 0x9F, ..]
                | [0xE3, 0x80, 0x80, ..]
        )
    }) || memchr::memchr_iter(0xE1, bytes).any(|at| bytes[at..].starts_with(b"\xE1\x9A\x80"))
}

/// What stays in clean text and how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanOptions {
    /// Labels that stay; body and heading by default.
    pub keep: Keep,
    /// What stands between two paragraphs of plain text; a newline by default.
    pub separator: String,
    /// Whether the title stands in the text; not by default.
    ///
    /// Of a web page, where a block shows it, or else as the first line. Of a text, the title that
    /// its record names, as the first line, unless the text begins with it; a title that is a
    /// paragraph of the text stays in it either way.
    pub with_title: bool,
    /// Plain text by default.
    pub form: Form,
}

impl Default for CleanOptions {
    fn default() -> Self {
        Self {
            keep: Keep::default(),
            separator: "\n".to_owned(),
            with_title: false,
            form: Form::default(),
        }
    }
}

/// The article's own text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CleanText {
    /// The kept paragraphs with the separator between them.
    pub text: String,
    /// What was kept of the document, marks of lists and tables aside. Of a text that was filled
    /// from `articleBody`, that text's paragraphs and words.
    pub kept: Count,
    /// What was dropped, by label in column order. A web page's title that is left out counts under
    /// the label that it has. With `kept`, all there is in the document, unless the text was filled.
    pub dropped: [Count; Label::COUNT],
    /// What the page's `articleBody` says of the text; `None` where there is none, and where `body`
    /// is no kept label: then the text is not the article's.
    pub article_body: Option<ArticleBody>,
    /// Whether each paragraph is in the text.
    is_kept: Vec<bool>,
}

impl CleanText {
    /// The text with default options but these: which labels stay, what stands between paragraphs.
    ///
    /// # Panics
    /// If the verdict is another document's.
    #[must_use]
    pub fn new(document: &Document, verdict: &Verdict, keep: Keep, separator: &str) -> Self {
        let options =
            CleanOptions { keep, separator: separator.to_owned(), ..CleanOptions::default() };
        Self::with_options(document, verdict, &options)
    }

    /// Joins the paragraphs whose label is kept. A break inside a wrapped paragraph of a text
    /// becomes a space; web pages keep the breaks that browsers show.
    ///
    /// # Panics
    /// If the verdict is another document's.
    #[must_use]
    pub fn with_options(document: &Document, verdict: &Verdict, options: &CleanOptions) -> Self {
        match &document.content {
            Content::Html(page) => Self::of_page(document, page.page(), verdict, options),
            Content::Text(_) | Content::Paragraphs(_) => Self::of_text(document, verdict, options),
        }
    }

    fn of_text(document: &Document, verdict: &Verdict, options: &CleanOptions) -> Self {
        let mut clean = Self::default();
        clean.count(document, verdict, |paragraph| options.keep.contains(paragraph.label));
        let mut kept =
            clean.kept_paragraphs(verdict).map(|p| (p.label, p.text(document))).peekable();
        let title = document.title.as_deref().filter(|_| options.with_title);
        let first = kept.peek().map_or("", |(_, text)| *text);
        let own = title.filter(|title| !begins_with(first, title));
        if options.form == Form::Text {
            // By far the most texts come this way.
            let mut text = String::new();
            let pieces = own.into_iter().chain(kept.map(|(_, text)| text));
            for (index, piece) in pieces.enumerate() {
                if index > 0 {
                    text.push_str(&options.separator);
                }
                text.push_str(&unwrap(piece));
            }
            return Self { text, ..clean };
        }
        let is_title = |text: &str| title.is_some_and(|t| same_words(t, text));
        let mut pieces: Vec<Piece<'_>> =
            own.map(|title| Piece::plain(Kind::Heading(1, title.into()))).into_iter().collect();
        pieces.extend(kept.enumerate().map(|(index, (label, text))| {
            let text = unwrap(text);
            Piece::plain(match label {
                _ if index == 0 && is_title(&text) => Kind::Heading(1, text),
                Label::Heading => Kind::Heading(2, text),
                _ => Kind::Paragraph(text),
            })
        }));
        Self { text: options.form.write(&pieces, &options.separator), ..clean }
    }

    fn of_page(
        document: &Document,
        page: &Page,
        verdict: &Verdict,
        options: &CleanOptions,
    ) -> Self {
        let mut clean = Self::default();
        let title = document.title_block();
        let is_kept = |p: &Paragraph| options.keep.contains(p.label);
        clean.count(document, verdict, |p| {
            if title == Some(p.index) { options.with_title } else { is_kept(p) }
        });
        // A short post is at times its own title.
        if clean.kept == Count::default() && verdict.paragraphs.iter().any(is_kept) {
            clean = Self::default();
            clean.count(document, verdict, is_kept);
        }
        let body =
            options.keep.contains(Label::Body).then(|| page.metadata().article_body.as_ref());
        let body = body.flatten();
        let kept: Vec<usize> = clean.kept_paragraphs(verdict).map(|p| p.index).collect();
        clean.article_body = body.and_then(|body| ArticleBody::new(page, &kept, body));
        let fills = clean.article_body.is_some_and(|said| said.state == BodyState::Filled);
        if let Some(body) = body.filter(|_| fills) {
            clean.leave_out_all(document, verdict);
            let paragraphs = || body.value.lines().map(str::trim).filter(|line| !line.is_empty());
            paragraphs().for_each(|paragraph| clean.kept.add(paragraph));
            let head = heading(document, options.with_title);
            let pieces = paragraphs().map(|p| Piece::plain(Kind::Paragraph(p.into())));
            let pieces: Vec<Piece<'_>> = head.into_iter().chain(pieces).collect();
            return Self { text: options.form.write(&pieces, &options.separator), ..clean };
        }
        let head = heading(document, options.with_title && title.is_none());
        let kept = clean.kept_paragraphs(verdict).map(|p| (p.index, p.label));
        let blocks = render::of_page(page, kept, title.filter(|_| options.with_title));
        let pieces: Vec<Piece<'_>> = head.into_iter().chain(blocks).collect();
        Self { text: options.form.write(&pieces, &options.separator), ..clean }
    }

    /// The paragraphs that are not in the text, in order.
    pub fn dropped_paragraphs<'v>(
        &self,
        verdict: &'v Verdict,
    ) -> impl Iterator<Item = &'v Paragraph> {
        self.paragraphs(verdict, false)
    }

    fn kept_paragraphs<'v>(&self, verdict: &'v Verdict) -> impl Iterator<Item = &'v Paragraph> {
        self.paragraphs(verdict, true)
    }

    fn paragraphs<'v>(
        &self,
        verdict: &'v Verdict,
        kept: bool,
    ) -> impl Iterator<Item = &'v Paragraph> {
        let all = verdict.paragraphs.iter().zip(&self.is_kept);
        all.filter(move |(_, is_kept)| **is_kept == kept).map(|(paragraph, _)| paragraph)
    }

    fn count(
        &mut self,
        document: &Document,
        verdict: &Verdict,
        is_kept: impl Fn(&Paragraph) -> bool,
    ) {
        self.is_kept = verdict.paragraphs.iter().map(is_kept).collect();
        for (paragraph, &is_kept) in verdict.paragraphs.iter().zip(&self.is_kept) {
            let count =
                if is_kept { &mut self.kept } else { &mut self.dropped[paragraph.label.index()] };
            count.add(paragraph.text(document));
        }
    }

    fn leave_out_all(&mut self, document: &Document, verdict: &Verdict) {
        (self.kept, self.dropped) = (Count::default(), [Count::default(); Label::COUNT]);
        self.count(document, verdict, |_| false);
    }
}

/// The title as a heading, if it is wanted and known.
fn heading(document: &Document, is_wanted: bool) -> Option<Piece<'_>> {
    let title = document.known_title().filter(|_| is_wanted)?;
    Some(Piece::plain(Kind::Heading(1, title.into())))
}

/// Whether a text begins with the words of a title.
fn begins_with(text: &str, title: &str) -> bool {
    word_hashes(text).starts_with(&word_hashes(title))
}

fn same_words(one: &str, other: &str) -> bool {
    word_hashes(one) == word_hashes(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Content, Source};
    use crate::verdict::Paragraph;

    proptest! {
        #[test]
        fn words_are_those_of_the_standard_library(text in r"[ a\x{b}\x{1c}\t\n\r.é\x{85}\x{a0}\x{1680}\x{180e}\x{2003}\x{200b}\x{2028}\x{202f}\x{205f}\x{3000}\x{feff}]{0,40}") {
            prop_assert_eq!(words(&text), text.split_whitespace().count() as u64);
        }
    }

    #[test]
    fn keeps_what_is_kept_and_counts_the_rest() {
        let labels = [Label::Heading, Label::SharePrompt, Label::Body, Label::SharePrompt];
        let texts = ["A title", "Share this now", "Body text here.", "Tweet"];
        let document = Document {
            content: Content::Paragraphs(texts.map(str::to_owned).to_vec()),
            ..Document::default()
        };
        let paragraphs = labels
            .into_iter()
            .enumerate()
            .map(|(index, label)| Paragraph {
                index,
                span: None,
                label,
                first_label: label,
                probability: 1.0,
                boilerplate: 0.0,
                probabilities: [0.0; Label::COUNT],
            })
            .collect();
        let verdict =
            Verdict { source: Source::Paragraphs, layout: None, language: None, paragraphs };
        let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
        assert_eq!(clean.text, "A title\nBody text here.");
        assert_eq!(clean.kept, Count { paragraphs: 2, words: 5 });
        let shared = clean.dropped[Label::SharePrompt.index()];
        assert_eq!(shared, Count { paragraphs: 2, words: 4 });
    }
}
