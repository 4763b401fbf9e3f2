//! Text that Markdown would misread, escaped by backslashes.

use std::borrow::Cow;

/// A line of a paragraph, free of line breaks. Escaped are signs that would begin emphasis, code,
/// links, tags, character references or strokes anywhere, and those that would begin a heading, a
/// list, a quotation, a table or a ruler at the start of a line.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let at_start = start(text);
    if at_start.is_none() && !text.bytes().any(may_mean) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        if at_start == Some(at) || means(c, &text[..at], &text[at + c.len_utf8()..]) {
            out.push('\\');
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// A cell of a pipe table.
pub(super) fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}

/// The text of a heading: a `#` at its end would be taken for a part of its mark.
pub(super) fn heading(text: &str) -> String {
    let mut line = line(text).into_owned();
    if line.ends_with('#') {
        line.insert(line.len() - 1, '\\');
    }
    line
}

fn may_mean(byte: u8) -> bool {
    matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b'<' | b'&' | b'~')
}

/// Whether a sign means something between what stands before and behind it.
fn means(c: char, before: &str, after: &str) -> bool {
    let next = after.chars().next();
    let last = before.chars().next_back();
    match c {
        '\\' | '`' | '[' | '~' => true,
        // Alone it is a sign of multiplication or a footnote's.
        '*' => !(is_space(last) && is_space(next)),
        // Within a word it means nothing.
        '_' => {
            !(last.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric))
        }
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => next.is_some_and(|c| c.is_ascii_alphabetic() || c == '#') && after.contains(';'),
        _ => false,
    }
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Where the sign stands that would mean something at the start of a line, in bytes.
fn start(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let ends_or_space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let is_run = |sign: u8| bytes.iter().all(|&b| b == sign || b.is_ascii_whitespace());
    match *bytes.first()? {
        b'>' | b'|' => Some(0),
        b'#' => {
            let n = bytes.iter().take_while(|&&b| b == b'#').count();
            (n <= 6 && ends_or_space(n)).then_some(0)
        }
        sign @ (b'*' | b'+' | b'_' | b'=') => (ends_or_space(1) || is_run(sign)).then_some(0),
        // A list, a ruler or the row below the head of a table.
        b'-' | b':' => {
            let is_ruler = bytes.iter().all(|b| matches!(b, b'-' | b':' | b'|' | b' ' | b'\t'));
            (is_ruler || bytes[0] == b'-' && ends_or_space(1)).then_some(0)
        }
        b'0'..=b'9' => {
            let n = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            let is_mark =
                n <= 9 && matches!(bytes.get(n), Some(b'.' | b')')) && ends_or_space(n + 1);
            is_mark.then_some(n)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_markdown_would_misread_is_escaped() {
        for (text, expected) in [
            ("plain, text: (a) b; 2 * 3 = 6 & so on.", "plain, text: (a) b; 2 * 3 = 6 & so on."),
            ("*new* and **bold**", "\\*new\\* and \\*\\*bold\\*\\*"),
            ("snake_case and _it_", "snake_case and \\_it\\_"),
            ("# of ferries", "\\# of ferries"),
            ("#ferry", "#ferry"),
            ("####### seven", "####### seven"),
            ("> said", "\\> said"),
            ("- one", "\\- one"),
            ("-5 degrees", "-5 degrees"),
            ("--- ---", "\\--- ---"),
            ("===", "\\==="),
            ("1. first", "1\\. first"),
            ("2019) was", "2019\\) was"),
            ("3.5 miles", "3.5 miles"),
            ("[1] a note", "\\[1] a note"),
            ("a <b>tag</b>, 1 < 2", "a \\<b>tag\\</b>, 1 < 2"),
            ("&amp; AT&T", "\\&amp; AT&T"),
            ("`code` C:\\dir ~5", "\\`code\\` C:\\\\dir \\~5"),
            (":-- | --:", "\\:-- | --:"),
            ("--- | ---", "\\--- | ---"),
            (":-)", ":-)"),
            ("", ""),
        ] {
            assert_eq!(line(text), expected, "{text}");
        }
        assert_eq!(cell("a|b"), "a\\|b");
        assert_eq!(heading("C #"), "C \\#");
    }
}
