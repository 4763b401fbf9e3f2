//! What a page's `articleBody` says of its clean text: the article as the publisher hands it to
//! machines in JSON-LD.
//!
//! It confirms what the model kept. Where the page shows next to nothing of it, because the text is
//! behind a paywall or is put there by a script, it is the text.

use std::collections::HashSet;

use serde::Serialize;

use crate::document::html::Page;
use crate::document::html::metadata::{Origin, Property};
use crate::document::words::{run_hash, word_hashes};

/// A shorter body, in words, is a teaser and says nothing.
const MIN_WORDS: usize = 50;
/// Words that are compared at a time.
const RUN: usize = 3;
/// From this share on the text is confirmed.
const CONFIRMED: f32 = 0.8;
/// Up to this share the page does not show the body.
const NOT_SHOWN: f32 = 0.1;

/// What `articleBody` says of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArticleBody {
    /// Where the body comes from.
    pub origin: Origin,
    /// What follows.
    pub state: BodyState,
    /// The share of the body's runs of three words that stand in what is kept of the page, 0..=1.
    pub share: f32,
}

/// Whether `articleBody` and the page agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyState {
    /// At least 80 % of the body stands in what is kept.
    Confirmed,
    /// At most a tenth of the body stands on the page at all: the text is the body.
    Filled,
    /// The page shows the body otherwise, or in part; the text is what is kept of the page.
    Differs,
}

impl ArticleBody {
    /// Compares the body with the kept blocks, and where these hold little of it with all blocks;
    /// `None` for a body that is too short. Time and memory are linear in the page.
    pub(super) fn new(page: &Page, kept: &[usize], body: &Property<String>) -> Option<Self> {
        let words = word_hashes(&body.value);
        if words.len() < MIN_WORDS {
            return None;
        }
        let runs: Vec<u64> = words.windows(RUN).map(run_hash).collect();
        let share_in = |blocks: &mut dyn Iterator<Item = usize>| {
            let mut shown = HashSet::new();
            let mut words: Vec<u64> = Vec::new();
            // A sentence may end in one block and begin in another.
            blocks.for_each(|b| words.extend(word_hashes(page.block_text(&page.blocks[b]))));
            shown.extend(words.windows(RUN).map(run_hash));
            runs.iter().filter(|run| shown.contains(run)).count() as f32 / runs.len() as f32
        };
        let share = share_in(&mut kept.iter().copied());
        let state = if share >= CONFIRMED {
            BodyState::Confirmed
        } else if share <= NOT_SHOWN && share_in(&mut (0..page.blocks.len())) <= NOT_SHOWN {
            BodyState::Filled
        } else {
            BodyState::Differs
        };
        Some(Self { origin: body.origin, state, share })
    }
}
