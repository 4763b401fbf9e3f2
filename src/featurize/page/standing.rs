//! Where a block stands on its page: what came before it, headings, the title.

use std::collections::HashMap;

use super::shape::Shape;
use super::wording::TitleShare;
use crate::document::html::{NO_ELEMENT, Page, Tag};
use crate::kernel::seeded::Seeded;

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
    /// Blocks before it in the element around its own.
    pub(super) in_group: u32,
}

/// A block is the title if it shares at least this part of its own words and of the title's.
const TITLE_OWN: f32 = 0.6;
const TITLE_SHARE: f32 = 0.4;

/// The standing of each block, and which block shows the title: `shown`, if the page's headings
/// show it.
pub(super) fn standings(
    page: &Page,
    shown: Option<usize>,
    shares: &[TitleShare],
    shapes: &[Shape],
) -> (Vec<Standing>, Option<usize>) {
    let n = shapes.len();
    let mut standings: Vec<Standing> = shares
        .iter()
        .map(|share| Standing {
            title_own: share.own,
            title_share: share.share,
            ..Standing::default()
        })
        .collect();
    count_repeats(page, &mut standings);
    let title = shown.or_else(|| title_block(page, &standings));
    let (mut letters, mut prose, mut heading, mut last_prose) = (0, 0, None, None);
    let mut in_element = vec![0; page.elements.len() + 1];
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
        let parent = page.element(block).map_or(block.element, |e| e.parent);
        let parent = if parent == NO_ELEMENT { page.elements.len() } else { parent as usize };
        standing.in_group = in_element[parent];
        in_element[parent] += 1;
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

/// Counts the other blocks with the same text.
fn count_repeats(page: &Page, standings: &mut [Standing]) {
    let mut texts: HashMap<&str, u32, Seeded> =
        HashMap::with_capacity_and_hasher(page.blocks.len(), Seeded::default());
    // Numbers of texts first, so that each text is looked up once.
    let mut counts: Vec<u32> = Vec::new();
    for (standing, block) in standings.iter_mut().zip(&page.blocks) {
        let number = *texts.entry(page.block_text(block)).or_insert_with(|| {
            counts.push(0);
            counts.len() as u32 - 1
        });
        counts[number as usize] += 1;
        standing.repeats = number;
    }
    for standing in standings {
        standing.repeats = counts[standing.repeats as usize] - 1;
    }
}

/// The block that shows a title that no heading shows: the one that shares most words with it, the
/// first of several, or else the first `h1`.
fn title_block(page: &Page, standings: &[Standing]) -> Option<usize> {
    let alike = |s: &Standing| s.title_own >= TITLE_OWN && s.title_share >= TITLE_SHARE;
    let is_h1 = |i: &usize| page.element(&page.blocks[*i]).is_some_and(|e| e.tag == Tag::H1);
    let all = || 0..standings.len();
    let shared = |i: &usize| standings[*i].title_own * standings[*i].title_share;
    let alike = all().rev().filter(|&i| alike(&standings[i]));
    let most = alike.max_by(|a, b| shared(a).total_cmp(&shared(b)));
    most.or_else(|| all().find(is_h1))
}
