//! Authors and dates that the page shows, as far as markup or their place marks them.

use std::ops::Range;

use super::super::token::Attributes;
use super::super::{Block, Enclosing, NO_ELEMENT, Page};
use super::collected::{Marked, Marks};
use super::{Origin, Property, date};

/// Bytes. Longer texts that are marked name no author and state no date; a marked date may stand as
/// far before the title.
const MAX_LINE: usize = 160;

/// Bytes. Longer lines hold dates that are told of.
const MAX_DATE_LINE: usize = 90;

/// Blocks after and before the title among which lines with a name or a date are looked for.
const BLOCKS_AFTER_TITLE: usize = 8;
const BLOCKS_BEFORE_TITLE: usize = 3;

/// A line that holds an author's name.
pub(super) struct Line<'p> {
    pub(super) text: &'p str,
    pub(super) origin: Origin,
    /// The block it stands in.
    pub(super) block: usize,
}

/// Lines that hold the author's name, the surest first.
pub(super) fn author_lines(page: &Page, title: Option<usize>) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (marks, origin) in [
        (Marks::ITEMPROP, Origin::Itemprop),
        (Marks::REL_AUTHOR, Origin::RelAuthor),
        (Marks::BYLINE, Origin::Byline),
        (Marks::AUTHOR_LINK, Origin::AuthorLink),
    ] {
        for (marked, attributes) in page.collected.marked() {
            if !marked.marks.has(marks) || is_aside(page, marked) {
                continue;
            }
            // Teasers name their authors so, too.
            if marks == Marks::AUTHOR_LINK && !is_near(page, marked, title) {
                continue;
            }
            let is_date = || itemprop(attributes).is_none_or(|name| name.starts_with("date"));
            if marks == Marks::ITEMPROP && is_date() {
                continue;
            }
            if let Some((block, text)) = text(page, marked) {
                lines.push(Line { text, origin, block });
            }
        }
    }
    if let Some(title) = title {
        let near = page.blocks.iter().enumerate().skip(title + 1).take(BLOCKS_AFTER_TITLE);
        for (block, text) in near.map(|(index, block)| (index, page.block_text(block))) {
            if text.len() <= MAX_LINE && begins_with_by(text) {
                lines.push(Line { text, origin: Origin::Byline, block });
            }
        }
    }
    lines
}

/// Whether it stands beside the title.
fn is_near(page: &Page, marked: &Marked, title: Option<usize>) -> bool {
    let Some(title) = title else { return false };
    let first = page.blocks.get(title.saturating_sub(BLOCKS_BEFORE_TITLE));
    let last = page.blocks.get(title + BLOCKS_AFTER_TITLE).or(page.blocks.last());
    first
        .zip(last)
        .is_some_and(|(first, last)| (first.text.start..last.text.end).contains(&marked.text.start))
}

fn begins_with_by(text: &str) -> bool {
    let begins =
        |by: &str| text.get(..by.len()).is_some_and(|start| start.eq_ignore_ascii_case(by));
    ["by ", "by: ", "written by ", "posted by ", "author: "].into_iter().any(begins)
}

/// The date that markup calls the day of publication, or, with `modified`, of the last change.
pub(super) fn itemprop_date(page: &Page, modified: bool) -> Option<Property<String>> {
    let wanted = if modified { "dateModified" } else { "datePublished" };
    page.collected.marked().find_map(|(marked, attributes)| {
        (marked.marks.has(Marks::ITEMPROP) && itemprop(attributes) == Some(wanted))
            .then(|| stated(page, marked, attributes))?
            .map(|value| Property { value, origin: Origin::Itemprop })
    })
}

/// The first date that an element `time`, or else a class, marks, from the title on.
pub(super) fn shown_date(page: &Page, title: Option<usize>) -> Option<Property<String>> {
    let from = title.map_or(0, |title| page.blocks[title].text.start.saturating_sub(MAX_LINE));
    for (marks, origin) in [(Marks::TIME, Origin::TimeElement), (Marks::DATE, Origin::DateClass)] {
        let found = page.collected.marked().find_map(|(marked, attributes)| {
            let counts = marked.marks.has(marks) && marked.text.start >= from;
            (counts && !is_aside(page, marked)).then(|| stated(page, marked, attributes))?
        });
        if let Some(value) = found {
            return Some(Property { value, origin });
        }
    }
    None
}

/// The date in a short line beside the title: of publication, or, with `modified`, of the last
/// change, which a word says.
pub(super) fn text_date(
    page: &Page,
    title: Option<usize>,
    modified: bool,
) -> Option<Property<String>> {
    let title = title?;
    let from = title.saturating_sub(BLOCKS_BEFORE_TITLE);
    let after = title + 1..title + 1 + BLOCKS_AFTER_TITLE;
    // What follows a title belongs to it sooner than what comes before.
    let near = after.chain((from..title).rev()).filter_map(|index| page.blocks.get(index));
    let texts = near.map(|block| page.block_text(block));
    let mut texts = texts.filter(|text| text.len() <= MAX_DATE_LINE);
    let value = texts.find_map(|text| {
        let folded = text.to_lowercase();
        let speaks = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        let changed = speaks(&["updated", "modified", "reviewed", "edited"]);
        let issued = speaks(&["published", "posted", "created"]);
        let counts = if modified { changed && !issued } else { issued || !changed };
        counts.then(|| date::in_words(text))?
    })?;
    Some(Property { value, origin: Origin::Text })
}

fn itemprop(attributes: &str) -> Option<&str> {
    Attributes::new(attributes).value(&["itemprop"]).map(str::trim)
}

/// The date in an element's attributes or text.
fn stated(page: &Page, marked: &Marked, attributes: &str) -> Option<String> {
    let says = |(name, _): &(&str, &str)| {
        ["datetime", "content"].iter().any(|wanted| name.eq_ignore_ascii_case(wanted))
    };
    let attribute = Attributes::new(attributes).filter(says);
    let mut attribute = attribute.filter_map(|(_, value)| date::iso_8601(value));
    attribute.next().or_else(|| date::iso_8601(text(page, marked)?.1))
}

/// Whether it stands where other things than the article are told.
fn is_aside(page: &Page, marked: &Marked) -> bool {
    let enclosing = page.elements.get(marked.element as usize).map(|element| element.enclosing);
    enclosing.is_some_and(|enclosing| {
        [Enclosing::NAV, Enclosing::FOOTER, Enclosing::ASIDE, Enclosing::FORM]
            .into_iter()
            .any(|aside| enclosing.has(aside))
    })
}

/// The text of an element with marks: of what it holds, the first block, and its number.
fn text<'p>(page: &'p Page, marked: &Marked) -> Option<(usize, &'p str)> {
    let first = page.blocks.partition_point(|block| block.text.end <= marked.text.start);
    let block = page.blocks.get(first)?;
    let is_inline = marked.text.end != usize::MAX;
    if !is_inline && !encloses(page, marked.element, block) {
        return None;
    }
    let range: Range<usize> =
        block.text.start.max(marked.text.start)..block.text.end.min(marked.text.end);
    let text = page.text.get(range)?.trim();
    (!text.is_empty() && text.len() <= MAX_LINE).then_some((first, text))
}

/// Whether an element is around a block.
fn encloses(page: &Page, element: u32, block: &Block) -> bool {
    let mut at = block.element;
    // Parents come before their children.
    while at != NO_ELEMENT && at > element {
        at = page.elements.get(at as usize).map_or(NO_ELEMENT, |element| element.parent);
    }
    at == element
}
