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
/// Up to this share the page does not show the body...
const NOT_SHOWN: f32 = 0.1;
/// ... but a page of which more than this part of the body's words is kept shows an article of its own,
/// in another language or not the body's: that must not be thrown away.
const KEPT: f32 = 0.5;

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
    /// At most a tenth of the body stands on the page at all, and little else is kept of it: the text
    /// is the body.
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
        // A sentence may end in one block and begin in another.
        let words_of = |blocks: &mut dyn Iterator<Item = usize>| -> Vec<u64> {
            blocks.flat_map(|b| word_hashes(page.block_text(&page.blocks[b]))).collect()
        };
        let share_in = |words: &[u64]| {
            let shown: HashSet<u64> = words.windows(RUN).map(run_hash).collect();
            runs.iter().filter(|run| shown.contains(run)).count() as f32 / runs.len() as f32
        };
        let kept = words_of(&mut kept.iter().copied());
        let share = share_in(&kept);
        let is_hidden = || {
            kept.len() as f32 <= KEPT * words.len() as f32
                && share_in(&words_of(&mut (0..page.blocks.len()))) <= NOT_SHOWN
        };
        let state = if share >= CONFIRMED {
            BodyState::Confirmed
        } else if share <= NOT_SHOWN && is_hidden() {
            BodyState::Filled
        } else {
            BodyState::Differs
        };
        Some(Self { origin: body.origin, state, share })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::html::read_page;

    /// `n` words that differ, from the word numbered `from`.
    fn text(from: usize, n: usize) -> String {
        (from..from + n).map(|i| format!("w{i}")).collect::<Vec<_>>().join(" ")
    }

    /// What a body of 100 words says of a page that shows these texts, of which the first are kept.
    fn state(body: usize, shown: &[String], kept: usize) -> Option<BodyState> {
        let source: String = shown.iter().map(|text| format!("<p>{text}")).collect();
        let page = read_page(&source);
        let body = Property { value: text(0, body), origin: Origin::JsonLd };
        let kept: Vec<usize> = (0..kept).collect();
        ArticleBody::new(&page, &kept, &body).map(|said| said.state)
    }

    #[test]
    fn bounds_are_those_of_the_documentation() {
        use BodyState::{Confirmed, Differs, Filled};
        let shown = |n| [text(0, n)];
        // Fewer than 50 words say nothing.
        assert_eq!(state(49, &shown(49), 1), None);
        assert_eq!(state(50, &shown(50), 1), Some(Confirmed));
        // Of 98 runs of three words, 79 are four fifths, 78 are not.
        assert_eq!(state(100, &shown(81), 1), Some(Confirmed));
        assert_eq!(state(100, &shown(80), 1), Some(Differs));
        // Nine runs are less than a tenth, ten are more, kept or not.
        assert_eq!(state(100, &shown(11), 1), Some(Filled));
        assert_eq!(state(100, &shown(12), 1), Some(Differs));
        assert_eq!(state(100, &shown(12), 0), Some(Differs));
        assert_eq!(state(100, &shown(11), 0), Some(Filled));
    }

    #[test]
    fn an_article_that_is_not_the_body_s_is_not_thrown_away() {
        let other = |n| [text(1000, n)];
        assert_eq!(state(100, &other(50), 1), Some(BodyState::Filled));
        assert_eq!(state(100, &other(51), 1), Some(BodyState::Differs));
        assert_eq!(state(100, &other(500), 0), Some(BodyState::Filled));
    }
}
