//! Joins the lines of a wrapped text to paragraphs.
//!
//! Input: the lines with their measures and the manner of wrapping. Output: spans of paragraphs.
//! Each break is judged by the two lines beside it, so that short lines of a menu at the end of a
//! wrapped text stay lines of their own. Not done here: finding out whether a text is wrapped.

use super::layout::{Bullet, Line, Wrap};
use super::space::gap;
use crate::span::Span;

/// Paragraphs of a wrapped text; `spans` and `lines` run in parallel.
pub(super) fn join(spans: &[Span], lines: &[Line], wrap: Wrap) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    // Indent of the list item that the current paragraph is, if it is one.
    let mut item: Option<u32> = None;
    let mut before: Option<&Line> = None;
    for (&span, line) in spans.iter().zip(lines) {
        match (paragraphs.last_mut(), before) {
            (Some(paragraph), Some(before)) if goes_on(before, line, item, wrap) => {
                paragraph.end = span.end;
            }
            _ => {
                paragraphs.push(span);
                item = (line.bullet != Bullet::None && !line.ruler).then_some(line.indent);
            }
        }
        before = Some(line);
    }
    paragraphs
}

/// Whether `next` belongs to the paragraph in which `line` stands.
fn goes_on(line: &Line, next: &Line, item: Option<u32>, wrap: Wrap) -> bool {
    if next.apart || line.ruler || next.ruler {
        return false;
    }
    if is_unwrapped(line, wrap) || is_unwrapped(next, wrap) {
        return false;
    }
    let full = wrap.is_full(line, next);
    let mid_sentence = next.lower == Some(true) && !line.stop;
    // A quotation may be marked in its first line alone.
    if line.quoted != next.quoted && !(next.quoted == 0 && full && !line.stop) {
        return false;
    }
    if begins_item(line, next, item, full) {
        return false;
    }
    if let Some(indent) = item {
        if next.indent > indent {
            return true;
        }
        // The item's further lines hang below its text; this one does not.
        if line.indent > indent {
            return false;
        }
    }
    if wrap.begins_by_indent(line, next) && !(full && mid_sentence) {
        return false;
    }
    // A person breaks lines where they please, but not at a third of the width.
    full || (mid_sentence && line.width >= wrap.width * 3 / 5)
}

/// Whether `next` is an item of a list rather than a dash or a number inside a sentence.
fn begins_item(line: &Line, next: &Line, item: Option<u32>, full: bool) -> bool {
    match next.bullet {
        Bullet::None => false,
        Bullet::Sure => true,
        Bullet::Weak => item.is_some() || !full || line.stop || next.indent != line.indent,
    }
}

/// Whether a line of several words is so much wider than the rest that nobody wrapped it.
fn is_unwrapped(line: &Line, wrap: Wrap) -> bool {
    line.width > wrap.width + wrap.width / 4 && line.first_word < line.width - line.indent
}

/// Paragraphs between blank lines, whatever their lines are like; `spans` are the trimmed lines.
pub(super) fn join_blocks(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    for &span in spans {
        match blocks.last_mut() {
            Some(block) if !gap(&text[block.end..span.start]).apart => block.end = span.end,
            _ => blocks.push(span),
        }
    }
    blocks
}
