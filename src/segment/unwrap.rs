//! [`unwrap`]: a wrapped paragraph on one line.

use std::borrow::Cow;

use super::space::{is_blank, is_break};

/// A paragraph with each line break in it, and the blanks around the break, made one space.
///
/// Between two East Asian characters, which are written without spaces, nothing is left of the
/// break. A paragraph without a break is borrowed as it is. Words broken by a hyphen stay broken.
///
/// ```
/// use smallprint::segment::unwrap;
/// assert_eq!(unwrap("wrapped at\n  a column"), "wrapped at a column");
/// ```
#[must_use]
pub fn unwrap(paragraph: &str) -> Cow<'_, str> {
    if !may_break(paragraph.as_bytes()) || !paragraph.contains(is_break) {
        return Cow::Borrowed(paragraph);
    }
    let mut line = String::with_capacity(paragraph.len());
    for piece in paragraph.split(is_break) {
        let piece = piece.trim_matches(is_blank);
        let (Some(first), last) = (piece.chars().next(), line.chars().next_back()) else {
            continue;
        };
        if last.is_some_and(|last| !(is_unspaced(last) && is_unspaced(first))) {
            line.push(' ');
        }
        line.push_str(piece);
    }
    Cow::Owned(line)
}

/// Whether a byte of some break occurs. Nearly no paragraph of a crawl has one, so this is on the
/// way of every byte; it may say yes for another character with such a byte.
fn may_break(bytes: &[u8]) -> bool {
    // Beyond ASCII, breaks are U+0085, U+2028 and U+2029: all have one of these last bytes.
    memchr::memchr3(b'\n', b'\r', 0x0C, bytes).is_some()
        || memchr::memchr3(0x85, 0xA8, 0xA9, bytes).is_some()
}

/// Whether a character belongs to a script without spaces: Han, kana and their punctuation.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_each_break_a_space() {
        let cases = [
            ("one two", "one two"),
            ("one\ntwo", "one two"),
            ("one \r\n\t two\u{A0}\rthree", "one two three"),
            ("one\n\u{200B}\ntwo\u{2028}three", "one two three"),
            ("- an item\n  that hangs", "- an item that hangs"),
            ("two  spaces\nstay", "two  spaces stay"),
            ("日本語の文\n章です。", "日本語の文章です。"),
            ("한국어\n문장", "한국어 문장"),
            ("", ""),
        ];
        for (paragraph, expected) in cases {
            assert_eq!(unwrap(paragraph), expected, "{paragraph:?}");
        }
        assert!(matches!(unwrap("no break"), Cow::Borrowed(_)));
    }
}
