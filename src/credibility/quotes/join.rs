//! Quotations that go on in the next paragraph.
//!
//! In: the stretches of the article's paragraphs. Out: which stretch goes on with which. By
//! convention a speech of several paragraphs opens with a mark in each and closes in the last.

use super::spans::{Stretch, Stretches, starts_like_a_sentence};
use super::tokens::ends_with_stop;
use crate::span::Span;

/// Paragraphs with other labels that may stand between two parts.
const MAX_BETWEEN: usize = 3;

/// A paragraph of prose.
#[derive(Debug)]
pub(super) struct Prose<'p> {
    /// Its index in the article.
    pub index: usize,
    /// Its text.
    pub text: &'p str,
    /// What stands in marks.
    pub found: Stretches,
    /// Whether its first stretch goes on with the last one of the paragraph before.
    pub goes_on: bool,
}

/// Finds the paragraphs whose first stretch goes on with the paragraph before; words that have only
/// a closing mark become a stretch there.
pub(super) fn join(prose: &mut [Prose<'_>]) {
    for next in 1..prose.len() {
        let (before, after) = prose.split_at_mut(next);
        let (before, after) = (&before[next - 1], &mut after[0]);
        if after.index - before.index > MAX_BETWEEN + 1 {
            continue;
        }
        let Some(open) = before.found.list.last().filter(|last| is_left_open(before.text, last))
        else {
            continue;
        };
        let begin = after.text.len() - after.text.trim_start().len();
        match after.found.list.first() {
            Some(first) if first.whole.start == begin && first.family == open.family => {
                after.goes_on = true;
            }
            Some(_) => {}
            None => {
                let Some(close) = after.found.stray_close else { continue };
                if after.index == before.index + 1 && close.start > begin {
                    after.found.list.push(closed_only(begin, close, open));
                    after.goes_on = true;
                }
            }
        }
    }
}

fn closed_only(begin: usize, close: Span, open: &Stretch) -> Stretch {
    Stretch {
        whole: Span::new(begin, close.end),
        inner: Span::new(begin, close.start),
        is_closed: true,
        is_opened: false,
        mixed: false,
        family: open.family,
    }
}

/// Whether words run to their paragraph's end unclosed, and are sentences: a fragment whose closing
/// mark was forgotten is not gone on with.
fn is_left_open(text: &str, stretch: &Stretch) -> bool {
    let inner = stretch.inner.slice(text);
    !stretch.is_closed
        && stretch.inner.end == text.trim_end().len()
        && ends_with_stop(inner)
        && (starts_like_a_sentence(inner) || holds_two_sentences(inner))
}

fn holds_two_sentences(inner: &str) -> bool {
    let mut rest = inner;
    while let Some(stop) = rest.find(['.', '!', '?']) {
        rest = &rest[stop + 1..];
        if rest.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase)) {
            return true;
        }
    }
    false
}
