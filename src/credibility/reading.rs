//! An article prepared for the signals: its paragraphs with labels and sentences, what is quoted.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::finding::{Evidence, Passage};
use super::phrases::Words;
use super::quotes::{Quotation, quotations};
use crate::document::Document;
use crate::document::html::Metadata;
use crate::label::Label;
use crate::segment::sentences;
use crate::span::Span;
use crate::verdict::Verdict;

/// A paragraph of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadParagraph<'d> {
    /// Index from 0 in the verdict.
    pub index: usize,
    /// Its text, as it stands in the document; of a web page, as a browser shows it.
    pub text: &'d str,
    /// Its label.
    pub label: Label,
    /// Where it stands in the document's text; `None` where the document came already split.
    pub span: Option<Span>,
    /// What stands in quotation marks, the marks with it; bytes of `text`, in order, none overlapping.
    pub quoted: Vec<Span>,
    sentences: OnceCell<Vec<Span>>,
    words: OnceCell<Words<'d>>,
}

impl<'d> ReadParagraph<'d> {
    /// A paragraph of which it is not yet known what is quoted.
    #[must_use]
    pub fn new(index: usize, text: &'d str, label: Label, span: Option<Span>) -> Self {
        let (sentences, words) = (OnceCell::new(), OnceCell::new());
        Self { index, text, label, span, quoted: Vec::new(), sentences, words }
    }

    /// Its sentences, bytes of `text`; found once.
    pub fn sentences(&self) -> &[Span] {
        self.sentences.get_or_init(|| sentences(self.text))
    }

    /// Its words, found once.
    pub(super) fn words(&self) -> &Words<'d> {
        self.words.get_or_init(|| Words::of(self.text))
    }

    /// The passage of some bytes of the paragraph.
    #[must_use]
    pub fn passage(&self, start: usize, end: usize) -> Passage {
        Passage::new(self.index, start, end)
    }

    /// Whether a byte stands in quotation marks.
    #[must_use]
    pub fn is_quoted(&self, at: usize) -> bool {
        let next = self.quoted.partition_point(|span| span.end <= at);
        self.quoted.get(next).is_some_and(|span| span.start <= at)
    }

    /// The text with every byte in quotation marks made a blank, so that what is found in it is the
    /// writer's own and stands at the same bytes.
    #[must_use]
    pub fn own_words(&self) -> Cow<'_, str> {
        if self.quoted.is_empty() {
            return Cow::Borrowed(self.text);
        }
        let mut own = String::with_capacity(self.text.len());
        for span in &self.quoted {
            own.push_str(&self.text[own.len()..span.start]);
            own.extend(std::iter::repeat_n(' ', span.len()));
        }
        own.push_str(&self.text[own.len()..]);
        Cow::Owned(own)
    }
}

/// An article as signals see it.
#[derive(Debug, Clone)]
pub struct Reading<'d> {
    /// The document.
    pub document: &'d Document,
    /// ISO 639-1 code of the language; `None` where it could not be told.
    pub language: Option<&'static str>,
    /// What a web page says of itself; `None` for text.
    pub metadata: Option<&'d Metadata>,
    /// All paragraphs, in reading order.
    pub paragraphs: Vec<ReadParagraph<'d>>,
    /// The quotations of the article's own paragraphs, in reading order.
    pub quotations: Vec<Quotation>,
}

impl<'d> Reading<'d> {
    /// Reads an article.
    ///
    /// # Panics
    /// If `verdict` is not of `document`.
    #[must_use]
    #[track_caller]
    pub fn new(document: &'d Document, verdict: &Verdict) -> Self {
        let mut paragraphs: Vec<_> = verdict
            .paragraphs
            .iter()
            .map(|paragraph| {
                ReadParagraph::new(
                    paragraph.index,
                    paragraph.text(document),
                    paragraph.label,
                    paragraph.span,
                )
            })
            .collect();
        let quotations = quotations(&mut paragraphs);
        Self {
            document,
            language: verdict.language,
            metadata: document.metadata(),
            paragraphs,
            quotations,
        }
    }

    /// The article's own prose.
    pub fn body(&self) -> impl DoubleEndedIterator<Item = &ReadParagraph<'d>> {
        self.paragraphs.iter().filter(|paragraph| paragraph.label == Label::Body)
    }

    /// Paragraphs of one label.
    pub fn of_label(&self, label: Label) -> impl DoubleEndedIterator<Item = &ReadParagraph<'d>> {
        self.paragraphs.iter().filter(move |paragraph| paragraph.label == label)
    }

    /// The paragraph that shows the title: a heading before the first paragraph of prose.
    #[must_use]
    pub fn title_paragraph(&self) -> Option<&ReadParagraph<'d>> {
        if let Some(shown) = self.document.title_block() {
            return self.paragraphs.get(shown);
        }
        let content = self.paragraphs.iter().find(|paragraph| paragraph.label.is_content())?;
        (content.label == Label::Heading).then_some(content)
    }

    /// A passage's words.
    ///
    /// # Panics
    /// If the passage is not of this article.
    #[must_use]
    #[track_caller]
    pub fn words_of(&self, passage: Passage) -> &'d str {
        passage.within.slice(self.paragraphs[passage.paragraph].text)
    }

    /// A passage's bytes of the decoded source: of a text, those of the words; of a web page, those of
    /// the block that shows them, since the words need not stand in its source as they are shown.
    /// `None` where the document came already split.
    ///
    /// # Panics
    /// If the passage is not of this article.
    #[must_use]
    #[track_caller]
    pub fn source_of(&self, passage: Passage) -> Option<Span> {
        let span = self.paragraphs[passage.paragraph].span?;
        Some(match self.metadata {
            Some(_) => span,
            None => Span::new(span.start + passage.within.start, span.start + passage.within.end),
        })
    }

    /// A passage with its words, and what was read from them.
    ///
    /// # Panics
    /// If the passage is not of this article.
    #[must_use]
    #[track_caller]
    pub fn evidence(&self, passage: Passage, value: Option<String>) -> Evidence {
        let text = self.words_of(passage).to_owned();
        Evidence { passage: Some(passage), source: self.source_of(passage), text, value }
    }
}
