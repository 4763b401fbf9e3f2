//! Where a block stands on its page: what came before it, headings, the title.

use std::collections::{HashMap, HashSet};

use super::shape::Shape;
use crate::document::html::{Page, Tag};
use crate::document::words::word_hashes;

/// A block's standing.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// Letters of the page before it, and those of prose.
    pub(super) letters_before: u32,
    pub(super) prose_before: u32,
    /// Blocks since the last heading, and that heading's level; `None` before the first.
    pub(super) since_heading: Option<u32>,
    pub(super) heading_level: u32,
    /// Blocks since the block that is the page's title; `None` before it.
    pub(super) since_title: Option<u32>,
    /// Words that the title has too, of the block's own; and of the title's.
    pub(super) title_own: f32,
    pub(super) title_share: f32,
    /// Blocks until the next and since the last prose; the number of blocks where there is none.
    pub(super) until_prose: u32,
    pub(super) since_prose: u32,
    /// Other blocks with the same text.
    pub(super) repeats: u32,
    /// Blocks of the same element before it.
    pub(super) in_group: u32,
}

/// A block is the title if it shares at least this part of its own words and of the title's.
const TITLE_OWN: f32 = 0.6;
const TITLE_SHARE: f32 = 0.4;
/// Longest text, in bytes, that is compared with the title.
const MAX_TITLE: usize = 400;

/// The standing of each block, and which block shows the title.
pub(super) fn standings(
    page: &Page,
    title: &str,
    shapes: &[Shape],
) -> (Vec<Standing>, Option<usize>) {
    let n = shapes.len();
    let mut standings = vec![Standing::default(); n];
    let mut texts: HashMap<&str, u32> = HashMap::new();
    for block in &page.blocks {
        *texts.entry(page.block_text(block)).or_default() += 1;
    }
    compare_with_title(page, title, &mut standings);
    let title = title_block(page, title, &standings);
    let (mut letters, mut prose, mut heading, mut last_prose) = (0, 0, None, None);
    let mut in_element: HashMap<u32, u32> = HashMap::new();
    for (i, (block, shape)) in page.blocks.iter().zip(shapes).enumerate() {
        let standing = &mut standings[i];
        standing.letters_before = letters;
        standing.prose_before = prose;
        letters += shape.letters;
        standing.since_prose = last_prose.map_or(n, |at| i - at) as u32;
        if shape.is_prose {
            prose += shape.letters;
            last_prose = Some(i);
        }
        if let Some((at, level)) = heading {
            standing.since_heading = Some((i - at) as u32);
            standing.heading_level = level;
        }
        if let Some(level) = page.element(block).and_then(|e| level(e.tag)) {
            heading = Some((i, level));
        }
        standing.since_title = title.filter(|&at| at <= i).map(|at| (i - at) as u32);
        standing.repeats = texts[page.block_text(block)] - 1;
        let parent = page.element(block).map_or(block.element, |e| e.parent);
        let seen = in_element.entry(parent).or_default();
        standing.in_group = *seen;
        *seen += 1;
    }
    let mut next = None;
    for (i, shape) in shapes.iter().enumerate().rev() {
        standings[i].until_prose = next.map_or(n, |at: usize| at - i) as u32;
        if shape.is_prose {
            next = Some(i);
        }
    }
    (standings, title)
}

fn level(tag: Tag) -> Option<u32> {
    match tag {
        Tag::H1 => Some(1),
        Tag::H2 => Some(2),
        Tag::H3 => Some(3),
        Tag::H4 | Tag::H5 | Tag::H6 => Some(4),
        _ => None,
    }
}

fn compare_with_title(page: &Page, title: &str, standings: &mut [Standing]) {
    let title: HashSet<u64> = word_hashes(title).into_iter().collect();
    for (standing, block) in standings.iter_mut().zip(&page.blocks) {
        let text = page.block_text(block);
        // Longer texts are no titles; short of that, the comparison would cost more than it says.
        if text.len() > MAX_TITLE || title.is_empty() {
            continue;
        }
        let own: HashSet<u64> = word_hashes(text).into_iter().collect();
        let shared = own.intersection(&title).count() as f32;
        standing.title_own = shared / own.len().max(1) as f32;
        standing.title_share = shared / title.len() as f32;
    }
}

/// The block that shows the title: the heading that does, or else the block that shares most words
/// with it, the first of several, or else the first `h1`.
fn title_block(page: &Page, title: &str, standings: &[Standing]) -> Option<usize> {
    let alike = |s: &Standing| s.title_own >= TITLE_OWN && s.title_share >= TITLE_SHARE;
    let is_h1 = |i: &usize| page.element(&page.blocks[*i]).is_some_and(|e| e.tag == Tag::H1);
    let all = || 0..standings.len();
    let shared = |i: &usize| standings[*i].title_own * standings[*i].title_share;
    page.title_block(title)
        .or_else(|| {
            let alike = all().rev().filter(|&i| alike(&standings[i]));
            alike.max_by(|a, b| shared(a).total_cmp(&shared(b)))
        })
        .or_else(|| all().find(is_h1))
}
