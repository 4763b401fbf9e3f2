//! Text as a browser lays it out: runs of white space become one space, references their characters.

use std::ops::Range;

use memchr::memchr;

/// Collects the text of blocks one after the other.
#[derive(Debug, Default)]
pub(super) struct TextWriter {
    out: String,
    /// Where the current block begins.
    block: usize,
    /// White space that is due before the next character.
    due: Due,
}

/// White space that is due.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    #[default]
    None,
    Space,
    Line,
}

/// What of a piece was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Where the block's text begins in the whole text.
    pub(super) block: usize,
    /// The bytes of the piece from its first to its last character that is no white space.
    pub(super) source: Range<usize>,
    /// Bytes that the text grew by, white space before the piece aside.
    pub(super) bytes: usize,
}

impl TextWriter {
    /// Adds a piece of the source. `None` if it holds white space alone.
    pub(super) fn write(&mut self, piece: &str, preformatted: bool) -> Option<Written> {
        let source = trimmed(piece)?;
        let before = self.out.len();
        if source.start > 0 {
            self.want(Due::Space);
        }
        let space = usize::from(before > self.block && self.due > Due::None);
        let text = &piece[source.clone()];
        let decoded;
        let text = if memchr(b'&', text.as_bytes()).is_some() {
            decoded = htmlize::unescape(text);
            &*decoded
        } else {
            text
        };
        if preformatted {
            self.preformatted(text, &piece[..source.start]);
        } else {
            self.collapsed(text);
        }
        if source.end < piece.len() {
            self.want(Due::Space);
        }
        if preformatted && piece[source.end..].contains('\n') {
            self.want(Due::Line);
        }
        // References to nothing but spaces.
        let bytes = (self.out.len() - before).saturating_sub(space);
        (bytes > 0).then_some(Written { block: self.block, source, bytes })
    }

    fn want(&mut self, due: Due) {
        self.due = self.due.max(due);
    }

    fn begin_word(&mut self) {
        if self.out.len() > self.block {
            match self.due {
                Due::None => {}
                Due::Space => self.out.push(' '),
                Due::Line => self.out.push('\n'),
            }
        }
        self.due = Due::None;
    }

    fn collapsed(&mut self, text: &str) {
        // Space by space: words of ASCII text are copied whole.
        for (index, word) in text.split(char::is_whitespace).enumerate() {
            if index > 0 {
                self.want(Due::Space);
            }
            if word.is_empty() {
                continue;
            }
            self.begin_word();
            if word.is_ascii() || !word.contains(is_unseen) {
                self.out.push_str(word);
            } else {
                self.out.extend(word.chars().filter(|&c| !is_unseen(c)));
            }
        }
    }

    /// Keeps line breaks and the spaces within a line.
    fn preformatted(&mut self, text: &str, before: &str) {
        if before.contains('\n') {
            self.want(Due::Line);
        }
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                self.want(Due::Line);
            }
            if line.trim().is_empty() {
                continue;
            }
            self.begin_word();
            self.out.push_str(line.trim_end());
            if line.ends_with(char::is_whitespace) {
                self.want(Due::Space);
            }
        }
    }

    /// A line break; says whether one stood there already.
    pub(super) fn line_break(&mut self) -> bool {
        let twice = self.due == Due::Line;
        self.due = Due::Line;
        twice
    }

    /// A place where words must not be glued.
    pub(super) fn separate(&mut self) {
        self.want(Due::Space);
    }

    /// Ends the block and says where its text ends.
    pub(super) fn end_block(&mut self) -> usize {
        self.due = Due::None;
        self.block = self.out.len();
        self.block
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Soft hyphens, zero-width spaces and byte-order marks.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')
}

/// The bytes from the first to the last character that is no white space.
fn trimmed(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end().len();
    let start = text.len() - text.trim_start().len();
    (start < end).then_some(start..end)
}
