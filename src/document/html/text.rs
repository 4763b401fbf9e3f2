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
    /// Whether the source holds NULs, which browsers drop.
    has_nul: bool,
}

/// White space that is due.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    #[default]
    None,
    Space,
    /// A line's end in preformatted text.
    Line,
    /// A `br`.
    Break,
}

/// How a piece is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// White space flows.
    Flow,
    /// Lines are kept.
    Preformatted,
    /// Lines are kept, and character references are text.
    Raw,
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
    /// A writer for pieces of a source that holds NULs or does not.
    pub(super) fn new(has_nul: bool) -> Self {
        Self { has_nul, ..Self::default() }
    }

    /// Adds a piece of the source. `None` if it holds white space alone.
    pub(super) fn write(&mut self, piece: &str, mode: Mode) -> Option<Written> {
        let preformatted = mode != Mode::Flow;
        let Some(source) = trimmed(piece) else {
            let is_line = preformatted && piece.contains('\n');
            self.want(if is_line { Due::Line } else { Due::Space });
            return None;
        };
        let before = self.out.len();
        if source.start > 0 {
            self.want(Due::Space);
        }
        let space = usize::from(before > self.block && self.due > Due::None);
        let text = &piece[source.clone()];
        let decoded;
        let text = if mode != Mode::Raw && memchr(b'&', text.as_bytes()).is_some() {
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
                Due::Line | Due::Break => self.out.push('\n'),
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
            if !word.is_empty() {
                self.word(word);
            }
        }
    }

    /// Writes a word or a line of preformatted text; what holds nothing seen is no word.
    fn word(&mut self, word: &str) {
        if word.is_ascii() && !self.has_nul || !word.contains(is_unseen) {
            self.begin_word();
            self.out.push_str(word);
        } else if word.contains(|c| !is_unseen(c)) {
            self.begin_word();
            self.out.extend(word.chars().filter(|&c| !is_unseen(c)));
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
            let is_first = self.out.len() == self.block;
            let is_void = |c: char| c.is_whitespace() || is_unseen(c);
            let text = line.trim_end_matches(is_void);
            if !text.is_empty() {
                self.word(if is_first { text.trim_start_matches(is_void) } else { text });
            }
            if line[text.len()..].contains(char::is_whitespace) {
                self.want(Due::Space);
            }
        }
    }

    /// A line break; says whether one stood there already.
    pub(super) fn line_break(&mut self) -> bool {
        let twice = self.due == Due::Break;
        self.due = Due::Break;
        twice
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.out.len()
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

/// Soft hyphens, zero-width spaces, byte-order marks and NULs.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0')
}

/// The bytes from the first to the last character that is no white space.
fn trimmed(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end().len();
    let start = text.len() - text.trim_start().len();
    (start < end).then_some(start..end)
}
