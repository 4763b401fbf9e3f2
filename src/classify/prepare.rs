//! A document to its paragraphs, before they are labelled.

use crate::document::{Content, Document, detect_language};
use crate::segment::{Layout, Split, segment};
use crate::span::Span;

/// A document's paragraphs before they are labelled.
pub(super) struct Prepared<'d> {
    pub(super) layout: Option<Layout>,
    pub(super) language: Option<&'static str>,
    pub(super) spans: Vec<Option<Span>>,
    pub(super) texts: Vec<&'d str>,
}

/// The texts of the paragraphs that a document's labels are given to, in order: running text split as
/// `split` says, the blocks of a web page, or paragraphs already split.
#[must_use]
pub fn paragraph_texts(document: &Document, split: Split) -> Vec<&str> {
    match &document.content {
        Content::Text(text) => {
            segment(text, split).paragraphs.iter().map(|span| span.slice(text)).collect()
        }
        Content::Html(page) => {
            let page = page.page();
            page.blocks.iter().map(|block| page.block_text(block)).collect()
        }
        Content::Paragraphs(paragraphs) => paragraphs.iter().map(String::as_str).collect(),
    }
}

pub(super) fn prepare(document: &Document, split: Split) -> Prepared<'_> {
    match &document.content {
        Content::Text(text) => {
            let segmentation = segment(text, split);
            Prepared {
                layout: Some(segmentation.layout),
                language: detect_language(text),
                texts: segmentation.paragraphs.iter().map(|s| s.slice(text)).collect(),
                spans: segmentation.paragraphs.into_iter().map(Some).collect(),
            }
        }
        Content::Html(page) => {
            let texts = paragraph_texts(document, split);
            Prepared {
                layout: None,
                language: detect_language(&language_sample(&texts)),
                spans: page.page().blocks.iter().map(|block| Some(block.span)).collect(),
                texts,
            }
        }
        Content::Paragraphs(paragraphs) => Prepared {
            layout: None,
            language: detect_language(&language_sample(paragraphs)),
            texts: paragraph_texts(document, split),
            spans: vec![None; paragraphs.len()],
        },
    }
}

/// Enough of already split paragraphs to tell the language.
fn language_sample(paragraphs: &[impl AsRef<str>]) -> String {
    const SAMPLE_BYTES: usize = 4096;
    let mut sample = String::new();
    for paragraph in paragraphs {
        if sample.len() > SAMPLE_BYTES {
            break;
        }
        sample.push_str(paragraph.as_ref());
        sample.push('\n');
    }
    sample
}
