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
    /// A writer with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes), ..Self::default() }
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
        if mode == Mode::Flow && is_plain(text.as_bytes()) {
            self.begin_word();
            self.out.push_str(text);
        } else {
            self.write_parts(piece, &source, mode);
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

    /// Adds a piece whose characters do not all stand as they are shown, of which `source` is
    /// neither white space before nor after.
    fn write_parts(&mut self, piece: &str, source: &Range<usize>, mode: Mode) {
        let text = &piece[source.clone()];
        let decoded;
        let text = if mode != Mode::Raw && memchr(b'&', text.as_bytes()).is_some() {
            decoded = htmlize::unescape(text);
            &*decoded
        } else {
            text
        };
        if mode == Mode::Flow {
            self.collapsed(text);
        } else {
            self.preformatted(text, &piece[..source.start]);
        }
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
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        while at < bytes.len() {
            // The bytes of a character, and of one that is not written, whether it is white space.
            let (length, unwritten) = match LOOKS[usize::from(bytes[at])] {
                Look::Seen => (1, None),
                Look::Space => (1, Some(true)),
                Look::Closer => {
                    let c = text[at..].chars().next().unwrap_or_default();
                    let is_space = c.is_whitespace();
                    (c.len_utf8(), (is_space || is_unseen(c)).then_some(is_space))
                }
            };
            if let Some(is_space) = unwritten {
                self.seen(&text[start..at]);
                if is_space {
                    self.want(Due::Space);
                }
                start = at + length;
            }
            at += length;
        }
        self.seen(&text[start..]);
    }

    /// Writes what holds no white space and nothing unseen.
    fn seen(&mut self, text: &str) {
        if !text.is_empty() {
            self.begin_word();
            self.out.push_str(text);
        }
    }

    /// Writes a line of preformatted text; what holds nothing seen is none.
    fn line(&mut self, line: &str) {
        if !line.contains(is_unseen) {
            self.seen(line);
        } else if line.contains(|c| !is_unseen(c)) {
            self.begin_word();
            self.out.extend(line.chars().filter(|&c| !is_unseen(c)));
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
                self.line(if is_first { text.trim_start_matches(is_void) } else { text });
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

/// What a byte of flowing text tells.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// It is seen.
    Seen,
    /// White space of ASCII.
    Space,
    /// NUL, or the first of a character that may be white space or unseen.
    Closer,
}

static LOOKS: [Look; 256] = {
    let mut looks = [Look::Seen; 256];
    // First bytes of U+0080, U+1000, U+2000, U+3000, U+F000 and those after them.
    let closer = [0, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF];
    let mut i = 0;
    while i < closer.len() {
        looks[closer[i]] = Look::Closer;
        i += 1;
    }
    let mut byte = 0;
    while byte < 128 {
        if is_ascii_space(byte as u8) {
            looks[byte] = Look::Space;
        }
        byte += 1;
    }
    looks
};

/// Whether flowing text is shown as it stands: ASCII without references, and no white space but
/// single spaces between words. Told of many bytes at once, without a branch for any.
fn is_plain(text: &[u8]) -> bool {
    let (Some(&first), Some(&last)) = (text.first(), text.last()) else { return false };
    let is_other = |byte: u8| !(b' '..0x80).contains(&byte) | (byte == b'&');
    let pairs = text.iter().zip(&text[1..]);
    let found = pairs.fold(0, |found, (&byte, &next)| {
        found | u8::from(is_other(byte) | ((byte == b' ') & (next == b' ')))
    });
    found == 0 && !is_other(last) && first != b' ' && last != b' '
}

/// The bytes from the first to the last character that is no white space.
fn trimmed(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // Indentation is long at times, and all of it ASCII; most of it is a line's end and spaces.
    let mut start = usize::from(bytes.first() == Some(&b'\n'));
    while bytes[start..].starts_with(&[b' '; 8]) {
        start += 8;
    }
    start += bytes[start..].iter().position(|&byte| !is_ascii_space(byte))?;
    let mut end = bytes.len();
    while bytes[start..end].ends_with(&[b' '; 8]) {
        end -= 8;
    }
    end = start + bytes[start..end].iter().rposition(|&byte| !is_ascii_space(byte))? + 1;
    if bytes[start].is_ascii() && bytes[end - 1].is_ascii() {
        return Some(start..end);
    }
    let end = text.trim_end().len();
    let start = text.len() - text.trim_start().len();
    (start < end).then_some(start..end)
}

/// White space of ASCII as Unicode has it.
const fn is_ascii_space(byte: u8) -> bool {
    byte == b' ' || matches!(byte, b'\t'..=b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Words split off one by one, with a space between them, naively.
        #[test]
        fn flowing_text_is_its_words(
            pieces in prop::collection::vec(r"[ab \n\t\x0b\x0c\x00é\u{a0}\u{ad}\u{85}\u{200b}\u{3000}&;]{1,9}", 0..6),
        ) {
            let (mut writer, whole) = (TextWriter::default(), pieces.concat());
            for piece in &pieces {
                writer.write(piece, Mode::Flow);
            }
            let words = whole.split_whitespace().map(|word| word.replace(is_unseen, ""));
            let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(writer.finish(), words.join(" "));
        }

        #[test]
        fn each_character_is_white_space_unseen_or_seen(c: char) {
            let (mut writer, text) = (TextWriter::default(), format!("a{c}b"));
            writer.write(&text, Mode::Flow);
            let expected = if c.is_whitespace() { "a b".to_owned() } else { text.replace(is_unseen, "") };
            prop_assert_eq!(writer.finish(), expected);
        }

        #[test]
        fn trimmed_is_what_the_standard_library_trims(
            text in r"\n?[ ]{0,20}[a \n\t\x0b\x1cé\u{a0}\u{85}\u{3000}]{0,9}\n?[ ]{0,20}",
        ) {
            let found = trimmed(&text).map(|range| &text[range]);
            prop_assert_eq!(found.unwrap_or_default(), text.trim());
        }
    }
}
