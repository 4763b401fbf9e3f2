//! HOT PATH: one scan over a text that finds its lines and what their lengths say.
//!
//! Input: a text. Output: the trimmed span of every line that is not blank, and the numbers from
//! which the layout is decided. The scan runs on every document of a crawl: nothing is allocated
//! but the spans, and widths are counted only where a line's length in bytes leaves them open.
//! Not done here: joining lines, cutting them.

use memchr::{memchr3_iter, memmem};

use super::space::{columns, is_break, trimmed};
use crate::span::Span;

/// Columns from which on a line can be a full line of wrapped text.
pub(super) const NARROWEST_WRAP: usize = 45;
/// Columns up to which a line can be a full line of wrapped text. Mail and plain text files are
/// wrapped at 60 to 80; some converters of printed pages go further.
pub(super) const WIDEST_WRAP: usize = 100;
/// Columns beyond which a line is longer than most paragraphs: of the paragraphs of two corpora of
/// news pages 0.2 % and 2 % are.
pub(super) const LONG_LINE: usize = 1200;
/// Columns beyond which a line is hardly one paragraph any more.
const ENDLESS_LINE: usize = 2 * LONG_LINE;

/// The lines of a text.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Each line that is not blank, trimmed, in order.
    pub spans: Vec<Span>,
    /// How many lines may be full lines of wrapped text.
    medium: usize,
    /// How many are wider than any wrapped line.
    wide: usize,
    /// How many are longer than [`LONG_LINE`].
    long: usize,
    /// Bytes in all lines, in long ones, in endless ones.
    bytes: usize,
    long_bytes: usize,
    endless_bytes: usize,
}

impl Lines {
    /// Scans a text.
    pub(super) fn scan(text: &str) -> Self {
        let mut lines = Self::default();
        let mut start = 0;
        if has_separators(text) {
            for (at, c) in text.char_indices().filter(|&(_, c)| is_break(c)) {
                lines.push(text, start, at);
                start = at + c.len_utf8();
            }
        } else {
            // The empty line inside `\r\n` is blank like any other and falls away.
            for at in memchr3_iter(b'\n', b'\r', 0x0C, text.as_bytes()) {
                lines.push(text, start, at);
                start = at + 1;
            }
        }
        lines.push(text, start, text.len());
        lines
    }

    #[inline]
    fn push(&mut self, text: &str, from: usize, to: usize) {
        let span = trimmed(text, from, to);
        if span.is_empty() {
            return;
        }
        self.spans.push(span);
        let length = span.len();
        self.bytes += length;
        // A character takes 1 to 4 bytes and at least a column, and no column less than a byte.
        if length < NARROWEST_WRAP {
            return;
        }
        if length <= 4 * WIDEST_WRAP {
            let width = columns(&text.as_bytes()[span.range()]);
            self.medium += usize::from((NARROWEST_WRAP..=WIDEST_WRAP).contains(&width));
            self.wide += usize::from(width > WIDEST_WRAP);
            return;
        }
        self.wide += 1;
        if length > LONG_LINE {
            let width = columns(&text.as_bytes()[span.range()]);
            if width > LONG_LINE {
                self.long += 1;
                self.long_bytes += length;
            }
            if width > ENDLESS_LINE {
                self.endless_bytes += length;
            }
        }
    }

    /// Whether the text is an article that lost its line breaks: half of it or more lies in one
    /// long line, or in endless ones. Several long lines are an essay in long paragraphs.
    pub(super) fn lost_its_breaks(&self) -> bool {
        let most = |bytes: usize| bytes > 0 && bytes >= self.bytes - bytes;
        most(self.endless_bytes) || (self.long == 1 && most(self.long_bytes))
    }

    /// Whether a closer look at the lines could find wrapped text: at least one full line, and not
    /// more lines than every third that are too wide for it.
    pub(super) fn may_be_wrapped(&self) -> bool {
        self.spans.len() > 1 && self.medium > 0 && self.wide * 3 <= self.spans.len()
    }
}

/// Whether U+2028 or U+2029 occurs. They are rare enough to be looked for once and for all.
fn has_separators(text: &str) -> bool {
    !text.is_ascii()
        && ["\u{2028}", "\u{2029}"]
            .iter()
            .any(|c| memmem::find(text.as_bytes(), c.as_bytes()).is_some())
}

/// Whether a line is longer than [`LONG_LINE`] columns.
pub(super) fn is_long(text: &str, line: Span) -> bool {
    line.len() > LONG_LINE && columns(&text.as_bytes()[line.range()]) > LONG_LINE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        Lines::scan(text).spans.iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn finds_lines_after_every_kind_of_break() {
        for text in [
            "one\ntwo\nthree",
            "one\r\ntwo\r\n\r\nthree\r\n",
            "one\rtwo\r\rthree",
            "one\u{2028}two\u{2029}three\n",
            " one \n\t\u{A0}\ntwo\u{0C}three",
            "\u{FEFF}one\ntwo\u{200B}\n\u{200B}\nthree",
        ] {
            assert_eq!(lines(text), ["one", "two", "three"], "{text:?}");
        }
        assert!(lines(" \n\u{A0}\r\n").is_empty());
    }

    #[test]
    fn an_article_lost_its_breaks_where_long_lines_hold_half_of_it() {
        let long = |n: usize| "word ".repeat(n / 5 + 1);
        let cases = [
            ("one long line", long(1300), true),
            ("one paragraph", long(1100), false),
            ("a headline before it", format!("Headline\n{}", long(1300)), true),
            ("an essay in long paragraphs", format!("{}\n", long(1500)).repeat(5), false),
            ("three lines of pages", format!("{}\n", long(9000)).repeat(3), true),
            ("twenty lines of pages", format!("{}\n", long(9000)).repeat(20), true),
            (
                "a long one among others",
                format!("{}\n{}", long(1300), "short one\n".repeat(200)),
                false,
            ),
            ("Cyrillic counts characters, not bytes", "слово ".repeat(150), false),
        ];
        for (name, text, expected) in cases {
            assert_eq!(Lines::scan(&text).lost_its_breaks(), expected, "{name}");
        }
    }
}
