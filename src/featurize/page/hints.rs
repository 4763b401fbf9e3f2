//! What the page's own data say of its blocks: the article's body and the description that it
//! hands to machines, the kind of page that it says it is.

use std::collections::HashSet;

use super::element::ratio;
use super::shape::Shape;
use super::signature::Signatures;
use crate::document::html::{Metadata, Page};
use crate::document::words::{run_hash, word_hashes};

/// Words that are compared at a time.
const RUN: usize = 3;
/// A shorter body, in bytes, is a teaser.
const MIN_BODY: usize = 300;

/// What the page's own data say.
#[derive(Debug, Clone, Default)]
pub(super) struct Hints {
    /// For each block, the share of its runs of three words that stand in the article's body, in
    /// the description; empty where the page hands none.
    body: Vec<f32>,
    description: Vec<f32>,
    /// Of the prose made like the blocks that stand in the body, the share that stands in it: some
    /// pages hand over the whole article, some its beginning.
    pub(super) body_complete: f32,
    pub(super) kind: Kind,
}

/// The kind of page that it says it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Unknown,
    Article,
    Product,
    Forum,
    Collection,
    Site,
}

impl Kind {
    fn of(name: &str) -> Self {
        let name = name.rsplit(['/', ':', '#']).next().unwrap_or(name).to_ascii_lowercase();
        match &*name {
            n if n.contains("article") || n.contains("blogposting") || n.contains("report") => {
                Self::Article
            }
            n if n.contains("product") || n.contains("offer") => Self::Product,
            n if n.contains("forum") || n.contains("question") || n.contains("qapage") => {
                Self::Forum
            }
            n if n.contains("collection") || n.contains("list") || n.contains("search") => {
                Self::Collection
            }
            n if n.contains("website") || n.contains("webpage") || n.contains("organization") => {
                Self::Site
            }
            _ => Self::Unknown,
        }
    }
}

impl Hints {
    pub(super) fn new(
        page: &Page,
        metadata: &Metadata,
        shapes: &[Shape],
        signatures: &Signatures,
    ) -> Self {
        let body = metadata.article_body.as_ref().filter(|body| body.value.len() >= MIN_BODY);
        let texts = [body, metadata.description.as_ref()].map(|p| p.map(|p| Runs::of(&p.value)));
        let [mut body, mut description] = [Vec::new(), Vec::new()];
        if texts.iter().any(Option::is_some) {
            for block in &page.blocks {
                let words = word_hashes(page.block_text(block));
                for (runs, shares) in texts.iter().zip([&mut body, &mut description]) {
                    shares.extend(runs.as_ref().map(|runs| runs.share(&words)));
                }
            }
        }
        Self {
            body_complete: complete(&body, shapes, signatures),
            body,
            description,
            kind: metadata.kind.as_ref().map_or(Kind::Unknown, |kind| Kind::of(&kind.value)),
        }
    }

    pub(super) fn has_body(&self) -> bool {
        !self.body.is_empty()
    }

    /// The share of a block's runs of words that stand in the article's body, if there is one.
    pub(super) fn in_body(&self, block: usize) -> Option<f32> {
        self.body.get(block).copied()
    }

    pub(super) fn in_description(&self, block: usize) -> f32 {
        self.description.get(block).copied().unwrap_or(0.0)
    }
}

/// A block stands in the body if this share of its runs of words does.
const STANDS: f32 = 0.7;

fn complete(body: &[f32], shapes: &[Shape], signatures: &Signatures) -> f32 {
    let mut known = vec![false; signatures.len()];
    let prose = || body.iter().zip(shapes).enumerate().filter(|(_, (_, shape))| shape.is_prose);
    for (index, (&share, _)) in prose() {
        known[signatures.number(index)] |= share >= STANDS;
    }
    let (mut within, mut all) = (0, 0);
    for (index, (&share, shape)) in prose() {
        if known[signatures.number(index)] {
            all += shape.letters;
            within += if share >= STANDS { shape.letters } else { 0 };
        }
    }
    ratio(within, all)
}

/// The runs of words of a text.
struct Runs(HashSet<u64>);

impl Runs {
    fn of(text: &str) -> Self {
        let words = word_hashes(text);
        let mut runs = HashSet::new();
        for length in 1..=RUN {
            runs.extend(words.windows(length).map(run_hash));
        }
        Self(runs)
    }

    /// The share of a text's runs of three words, or of the whole of a shorter text, 0..=1.
    fn share(&self, words: &[u64]) -> f32 {
        if words.is_empty() {
            return 0.0;
        }
        let runs = words.windows(RUN.min(words.len()));
        let n = runs.len();
        runs.filter(|run| self.0.contains(&run_hash(run))).count() as f32 / n as f32
    }
}
