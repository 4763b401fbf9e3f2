//! Heads of WARC records and of the HTTP messages in them: a first line, then `Name: value` lines.
//!
//! Input: the bytes of a head. Output: [`Head`], which finds fields by name. Not done here: where a
//! head ends in a stream, what fields mean.

use std::borrow::Cow;

/// A head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// A field a line, none folded.
    text: String,
}

impl Head {
    /// The head in these bytes; what is not UTF-8 is replaced.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        Self { text: unfolded(&text).into_owned() }
    }

    /// The value of the first field of that name, whatever its case, without white space around it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.text.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.trim_ascii().eq_ignore_ascii_case(name).then(|| value.trim_ascii())
        })
    }
}

/// The text with lines that go on in the next one, which then begins with white space, put into one.
fn unfolded(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    if !text.contains("\n ") && !text.contains("\n\t") {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        if !joined.is_empty() {
            joined.push(if line.starts_with([' ', '\t']) { ' ' } else { '\n' });
        }
        joined.push_str(line.trim());
    }
    Cow::Owned(joined)
}

/// Where a head ends that these bytes begin with: the byte behind its blank line.
pub(super) fn head_end(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes) {
        if matches!(&bytes[start..end], b"" | b"\r") {
            return Some(end + 1);
        }
        start = end + 1;
    }
    None
}

/// The part of a content type before its parameters: `text/html` of `Text/HTML; charset=utf-8`.
pub(super) fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim_ascii().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name_whatever_case_and_white_space() {
        let head = Head::new(
            b"WARC/1.0\r\nWARC-Type : response\r\ncontent-TYPE:a;\r\n\tb=1\r\n c\r\nX: 1\r\nX: 2\r\n\r\n",
        );
        let fields = ["warc-type", "Content-Type", "x", "WARC/1.0", "none"];
        let found = fields.map(|name| head.get(name));
        assert_eq!(found, [Some("response"), Some("a; b=1 c"), Some("1"), None, None]);
        assert_eq!(Head::new(b"").get("x"), None);
    }

    #[test]
    fn heads_end_behind_a_blank_line() {
        for (bytes, end) in [
            (&b"a: 1\r\nb: 2\r\n\r\nbody\n\n"[..], Some(14)),
            (b"a: 1\n\nbody", Some(6)),
            (b"\r\nbody", Some(2)),
            (b"a: 1\r\nb: 2\r\n", None),
            (b"", None),
        ] {
            assert_eq!(head_end(bytes), end);
        }
    }

    #[test]
    fn parameters_are_no_part_of_a_media_type() {
        assert_eq!(media_type(" Text/HTML ;charset=x"), "text/html");
        assert_eq!(media_type("text/plain"), "text/plain");
    }
}
