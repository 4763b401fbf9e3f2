//! What is kept of an article to compare it with others: its own prose in sentences, its quotations.
//!
//! In: a [`Reading`] and what is known of the article besides. Out: an [`Account`], free of the
//! document, a few times as large as its text. Boilerplate and headings are no part of it, but for
//! the title.

use super::attribution::{Attributed, by_words, mark};
use super::claims::Stated;
use super::terms::{Terms, distinct, is_capital, names_within};
use super::tokens::{Token, each_token, shingles, token};
use crate::credibility::finding::{Evidence, Passage};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::span::Span;

/// Words of a quotation from which on it is one; fewer in quotation marks (`the “provocative”
/// advance`) are part of the sentence, which says them too.
pub const QUOTE_WORDS: usize = 4;
/// Words of the runs that say how much of two articles is the same.
pub const SHINGLE: usize = 5;
/// Words of a sentence or quotation at most: what has no full stop is cut after so many.
pub const MAX_WORDS: usize = 160;

/// What is known of an article besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The document's name.
    pub id: String,
    /// The publisher: a domain or a name.
    pub publisher: Option<String>,
    /// When it was published: ISO 8601, a date or a date and time.
    pub published: Option<String>,
    /// Publishers and agencies that it credits, in its byline or a note, such as `Reuters`.
    pub credits: Vec<String>,
}

/// An article to compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// What is known of it besides its text.
    pub identity: Identity,
    /// The title as it is shown.
    pub title: Option<String>,
    /// The article's sentences outside boilerplate and headings, in reading order.
    pub sentences: Vec<Sentence>,
    /// Its quotations of [`QUOTE_WORDS`] words and more, in reading order.
    pub quotes: Vec<Quote>,
    /// Words of all sentences, quoted or not.
    pub n_words: usize,
    /// Whether it is in English, or in a language that could not be told: statements are compared by
    /// English words.
    pub is_english: bool,
    /// Whether somebody named says something in it, in quotation marks or without: it reports.
    pub(super) is_report: bool,
    /// The title's terms.
    pub(super) title_terms: Terms,
    /// The names in its sentences, word by word, ascending, each once.
    pub(super) names: Box<[Token]>,
    /// Runs of [`SHINGLE`] words, quoted or not, ascending, each once.
    pub(super) shingles: Box<[u64]>,
    /// Which of its first sentences hold which terms.
    pub(super) stated: Stated,
    paragraphs: Vec<Prose>,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub passage: Passage,
    /// Its words outside quotations of [`QUOTE_WORDS`] words and more.
    pub own: Box<[Token]>,
    /// What it speaks of, quoted or not.
    pub terms: Terms,
    /// Whose word it is.
    pub attributed: Attributed,
    /// The person, by name, who alone says something in it.
    pub speaker: Option<Box<str>>,
}

impl Sentence {
    /// Whether it says that somebody whom it names said something.
    fn is_said(&self) -> bool {
        !self.terms.names.is_empty()
            && ["said", "told"].iter().any(|word| self.own.contains(&token(word)))
    }
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words between the marks; of one that goes on in the next paragraph, those of one.
    pub passage: Passage,
    /// Its words.
    pub words: Box<[Token]>,
    /// Who says it.
    pub speaker: Option<String>,
    /// Whether all of its longer words have capital letters: the title of a work, not speech.
    pub is_title: bool,
}

/// A paragraph of prose, or a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Prose {
    index: usize,
    text: Box<str>,
    /// As [`ReadParagraph::span`].
    span: Option<Span>,
    /// Whether its bytes are not those of its source: it is the block of a web page.
    is_block: bool,
}

impl Account {
    /// Takes from an article what is compared.
    #[must_use]
    pub fn new(reading: &Reading<'_>, identity: Identity) -> Self {
        let names = names_within(reading.body().flat_map(|paragraph| {
            paragraph.sentences().iter().map(|sentence| sentence.slice(paragraph.text))
        }));
        let is_name = |token: Token| names.binary_search(&token).is_ok();
        let title = reading.title_paragraph().map(|paragraph| paragraph.text.to_owned());
        let title_terms = title.as_deref().map(|title| Terms::of(title, is_name));
        let mut account = Self {
            identity,
            title,
            is_report: false,
            title_terms: title_terms.unwrap_or_default(),
            sentences: Vec::new(),
            quotes: quotes(reading),
            n_words: 0,
            is_english: reading.language.is_none_or(|language| language == "en"),
            names: Box::default(),
            shingles: Box::default(),
            stated: Stated::default(),
            paragraphs: own_text(reading),
        };
        let mut runs = Vec::new();
        for paragraph in reading.body() {
            let words = Words::of(paragraph);
            account.n_words += words.all.len();
            runs.extend(shingles(&words.tokens(), SHINGLE));
            words.each_sentence(paragraph, |span, own, attributed| {
                let terms = Terms::of(span.slice(paragraph.text), is_name);
                let passage = paragraph.passage(span.start, span.end);
                let sentence = Sentence { passage, own, terms, attributed, speaker: None };
                account.sentences.push(sentence);
            });
        }
        account.is_report = account.quotes.iter().any(|quote| quote.speaker.is_some())
            || account.sentences.iter().any(Sentence::is_said);
        account.stated = Stated::of(&account.sentences);
        account.shingles = distinct(runs);
        let names = account.sentences.iter().flat_map(|sentence| &sentence.terms.names);
        account.names = distinct(names.copied().collect());
        account
    }

    /// The same, with the sentences marked in which somebody says something: what signals of
    /// attribution (X3, X4) need, and nothing else. `reading` is that of [`Account::new`].
    #[must_use]
    pub fn with_attributions(mut self, reading: &Reading<'_>) -> Self {
        mark(&mut self.sentences, reading);
        self
    }

    /// The words of a passage of the article's own prose.
    ///
    /// # Panics
    /// If the passage is not of this article's prose.
    #[must_use]
    #[track_caller]
    pub fn text(&self, passage: Passage) -> &str {
        passage.within.slice(&self.prose(passage).text)
    }

    /// A passage with its words, as [`Reading::evidence`] gives it.
    ///
    /// # Panics
    /// If the passage is not of this article's prose.
    #[must_use]
    #[track_caller]
    pub fn evidence(&self, passage: Passage, value: Option<String>) -> Evidence {
        let prose = self.prose(passage);
        let within = passage.within;
        let source = prose.span.map(|span| {
            if prose.is_block {
                span
            } else {
                Span::new(span.start + within.start, span.start + within.end)
            }
        });
        let text = within.slice(&prose.text).to_owned();
        Evidence { passage: Some(passage), source, text, value }
    }

    /// The sentence that is a passage.
    pub(super) fn sentence(&self, passage: Passage) -> Option<&Sentence> {
        let at = self.sentences.binary_search_by_key(&passage, |sentence| sentence.passage);
        at.ok().map(|at| &self.sentences[at])
    }

    /// Whether a passage begins in the first half of the article's sentences.
    pub(super) fn is_leading(&self, passage: Passage) -> bool {
        let at = self.sentences.partition_point(|sentence| {
            let of = sentence.passage;
            (of.paragraph, of.within.end) <= (passage.paragraph, passage.within.start)
        });
        2 * at < self.sentences.len()
    }

    #[track_caller]
    fn prose(&self, passage: Passage) -> &Prose {
        let at = self.paragraphs.partition_point(|prose| prose.index < passage.paragraph);
        let prose = self.paragraphs.get(at).filter(|prose| prose.index == passage.paragraph);
        prose.unwrap_or_else(|| panic!("paragraph {} is no prose here", passage.paragraph))
    }
}

/// A paragraph's words in order, each with its bytes and whether it is quoted at length.
struct Words {
    all: Vec<(Token, Span, bool)>,
}

impl Words {
    fn of(paragraph: &ReadParagraph<'_>) -> Self {
        let mut all = Vec::new();
        each_token(paragraph.text, |token, span| all.push((token, span, false)));
        for quoted in &paragraph.quoted {
            let from = all.partition_point(|(_, span, _)| span.start < quoted.start);
            let to = all.partition_point(|(_, span, _)| span.start < quoted.end);
            if to - from >= QUOTE_WORDS {
                all[from..to].iter_mut().for_each(|(_, _, is_quoted)| *is_quoted = true);
            }
        }
        Self { all }
    }

    fn tokens(&self) -> Vec<Token> {
        self.all.iter().map(|(token, ..)| *token).collect()
    }

    /// Calls `take` with each sentence, its own words and whose they may be; one that is too long comes in pieces.
    fn each_sentence(
        &self,
        paragraph: &ReadParagraph<'_>,
        mut take: impl FnMut(Span, Box<[Token]>, Attributed),
    ) {
        let mut from = 0;
        for sentence in paragraph.sentences() {
            let to =
                from + self.all[from..].partition_point(|(_, span, _)| span.start < sentence.end);
            let words = &self.all[from..to];
            let n_pieces = words.len().div_ceil(MAX_WORDS);
            for (n, piece) in words.chunks(MAX_WORDS).enumerate() {
                let start = if n == 0 { sentence.start } else { piece[0].1.start };
                let is_last = n + 1 == n_pieces;
                let end = if is_last { sentence.end } else { piece[piece.len() - 1].1.end };
                let own =
                    piece.iter().filter(|(.., is_quoted)| !is_quoted).map(|(token, ..)| *token);
                let attributed = by_words(piece.iter().map(|(token, ..)| *token));
                take(Span::new(start, end), own.collect(), attributed);
            }
            from = to;
        }
    }
}

/// The paragraphs that passages may point to: prose and headings.
fn own_text(reading: &Reading<'_>) -> Vec<Prose> {
    let is_block = reading.metadata.is_some();
    let content = reading.paragraphs.iter().filter(|paragraph| paragraph.label.is_content());
    content
        .map(|paragraph| Prose {
            index: paragraph.index,
            text: paragraph.text.into(),
            span: paragraph.span,
            is_block,
        })
        .collect()
}

/// The quotations of an article that are long enough; what is longer than [`MAX_WORDS`] is cut.
fn quotes(reading: &Reading<'_>) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let is_own = |part: &Passage| reading.paragraphs[part.paragraph].label.is_content();
    for quotation in reading.quotations.iter().filter(|q| q.parts.iter().all(is_own)) {
        let speaker = quotation.speaker.as_ref().map(|speaker| &speaker.name);
        for part in &quotation.parts {
            let text = part.within.slice(reading.paragraphs[part.paragraph].text);
            let mut words = Vec::new();
            let mut is_title = true;
            each_token(text, |token, span| {
                let word = span.slice(text);
                is_title &= word.len() < 5 || is_capital(word);
                words.push(token);
            });
            if words.len() < QUOTE_WORDS {
                continue;
            }
            for piece in words.chunks(MAX_WORDS) {
                let (words, speaker) = (piece.into(), speaker.cloned());
                quotes.push(Quote { passage: *part, words, speaker, is_title });
            }
        }
    }
    quotes
}
