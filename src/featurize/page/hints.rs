//! What the page's own data say of its blocks: the article's body and the description that it
//! hands to machines, the kind of page that it says it is.

use super::element::ratio;
use super::shape::Shape;
use super::signature::Signatures;
use super::wording::Shares;

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
        shares: Shares,
        kind: Option<&str>,
        shapes: &[Shape],
        signatures: &Signatures,
    ) -> Self {
        let Shares { body, description } = shares;
        Self {
            body_complete: complete(&body, shapes, signatures),
            body,
            description,
            kind: kind.map_or(Kind::Unknown, Kind::of),
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
