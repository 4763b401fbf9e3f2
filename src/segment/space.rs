//! What counts as white space, as a line break, and how wide a line is.
//!
//! Input: characters and byte ranges of a text. Output: trimmed spans, breaks, widths in columns.
//! Not done here: any decision about paragraphs.

use crate::span::Span;

/// Whether a character shows nothing: Unicode white space, or one of the zero-width characters
/// that extractors leave at the ends of lines (space, joiners, word joiner, byte-order mark).
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{180E}')
}

/// Whether a character ends a line: `\n`, `\r`, form feed, U+2028 and U+2029.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0C}' | '\u{2028}' | '\u{2029}')
}

/// The range `from..to` of `text` without blanks at its ends; empty where all of it is blank.
#[inline]
pub(super) fn trimmed(text: &str, mut from: usize, mut to: usize) -> Span {
    let bytes = text.as_bytes();
    while from < to && is_ascii_blank(bytes[from]) {
        from += 1;
    }
    while from < to && is_ascii_blank(bytes[to - 1]) {
        to -= 1;
    }
    if from < to && (bytes[from] >= 0x80 || bytes[to - 1] >= 0x80) {
        let line = &text[from..to];
        let rest = line.trim_start_matches(is_blank);
        from += line.len() - rest.len();
        to = from + rest.trim_end_matches(is_blank).len();
    }
    Span::new(from, to)
}

#[inline]
fn is_ascii_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Roughly the columns that a line takes: one a character, two for East Asian ones (told by their
/// first byte in UTF-8). Exact tables would cost more than the layout's decision gains.
pub(super) fn columns(line: &[u8]) -> usize {
    if line.is_ascii() {
        return line.len();
    }
    // Summed in u8 blocks, which the compiler turns into SIMD: at most 2 * 127 a block.
    line.chunks(127)
        .map(|block| {
            let starts = block.iter().map(|&b| u8::from((b as i8) >= -0x40)).sum::<u8>();
            let wide = block.iter().map(|&b| u8::from(is_wide_lead(b))).sum::<u8>();
            usize::from(starts) + usize::from(wide)
        })
        .sum()
}

/// Whether a byte begins a character two columns wide: Han, kana, hangul and their punctuation
/// (U+3000 to U+DFFF).
pub(super) fn is_wide_lead(byte: u8) -> bool {
    (0xE3..=0xED).contains(&byte)
}

/// What lies between two lines of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// Whether a blank line, a form feed or a paragraph separator parts the lines.
    pub apart: bool,
    /// Columns by which the second line is indented.
    pub indent: u32,
}

/// Reads the blanks between two lines, or before the first.
///
/// `\r\r\n` counts as one break: a doubly converted Windows text has it at the end of every line.
pub(super) fn gap(blanks: &str) -> Gap {
    let (mut breaks, mut returns, mut hard) = (0_usize, 0_usize, false);
    let mut indent = 0_u32;
    for c in blanks.chars() {
        if is_break(c) {
            indent = 0;
        }
        match c {
            '\r' => returns += 1,
            '\n' => {
                breaks += 1;
                returns = 0;
            }
            _ => {
                breaks += returns + usize::from(c == '\u{2028}');
                returns = 0;
                hard |= matches!(c, '\u{0C}' | '\u{2029}');
                indent = match c {
                    '\t' => (indent / 8).saturating_add(1).saturating_mul(8),
                    '\u{3000}' => indent.saturating_add(2),
                    _ if c.is_whitespace() && !is_break(c) => indent.saturating_add(1),
                    _ => indent,
                };
            }
        }
    }
    Gap { apart: hard || breaks + returns > 1, indent }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_blanks_of_every_kind() {
        for line in ["  word\t", "\u{FEFF}word\u{A0}", "\u{200B} word \u{3000}", "word"] {
            assert_eq!(trimmed(line, 0, line.len()).slice(line), "word", "{line:?}");
        }
        for blank in ["", " \u{A0}", "\u{200B}", "\u{FEFF}\t"] {
            assert!(trimmed(blank, 0, blank.len()).is_empty(), "{blank:?}");
        }
        assert_eq!(trimmed("“é”", 0, 8).slice("“é”"), "“é”");
    }

    #[test]
    fn counts_columns() {
        let cases = [("plain", 5), ("naïve “x”", 9), ("日本語", 6), ("Привет", 6), ("", 0)];
        for (line, expected) in cases {
            assert_eq!(columns(line.as_bytes()), expected, "{line}");
        }
        assert_eq!(columns("語".repeat(1000).as_bytes()), 2000);
    }

    #[test]
    fn reads_gaps() {
        let cases = [
            ("\n", false, 0),
            ("\r\n", false, 0),
            ("\r\r\n", false, 0),
            ("\r", false, 0),
            ("\u{2028}", false, 0),
            (" \n   ", false, 3),
            ("\n\t", false, 8),
            ("\n \t", false, 8),
            ("\n\u{3000}", false, 2),
            ("\n\n", true, 0),
            ("\r\r", true, 0),
            ("\r\n \r\n  ", true, 2),
            ("\u{0C}", true, 0),
            ("\u{2029}", true, 0),
            ("   ", false, 3),
            ("", false, 0),
        ];
        for (blanks, apart, indent) in cases {
            assert_eq!(gap(blanks), Gap { apart, indent }, "{blanks:?}");
        }
    }
}
