//! HTML to tokens: tags with their attributes' bytes, text, nothing else.
//!
//! The rules are those of the HTML standard's tokenizer as far as they decide what a reader sees:
//! quoted attribute values may hold `>`, the text of `script`, `style` and their like ends at their
//! own end tag alone, comments and declarations vanish. Error states that change nothing visible
//! are left out. One pass, no allocation; every step moves forward, so the time is linear.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use super::tag::Tag;

/// A piece of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Text with character references, as it stands.
    Text(Range<usize>),
    /// A start tag.
    Start {
        tag: Tag,
        /// The bytes of its attributes.
        attributes: Range<usize>,
        /// Whether it ends in `/>`, which counts in SVG and MathML alone.
        self_closing: bool,
    },
    /// An end tag.
    End { tag: Tag },
    /// The text of an element whose content is no markup, such as `script` or `title`.
    Raw { tag: Tag, text: Range<usize> },
}

/// The tokens of a source, in order.
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: usize,
    /// The element whose raw text comes next.
    raw: Option<Tag>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, at: 0, raw: None }
    }

    /// The text of an element whose content is no markup, up to its end tag or the end.
    fn raw_text(&mut self, tag: Tag) -> Token {
        let start = self.at;
        let end = raw_end(self.source.as_bytes(), start, tag);
        self.at = end;
        Token::Raw { tag, text: start..end }
    }

    /// The markup that begins with the `<` at the current place, or `None` where it is text, or
    /// was skipped (`at` then stands behind it).
    fn markup(&mut self) -> Option<Token> {
        let bytes = self.source.as_bytes();
        match bytes.get(self.at + 1)? {
            b'!' => self.skip_declaration(),
            b'?' => self.skip_to_angle(self.at + 2),
            b'/' => match bytes.get(self.at + 2) {
                Some(c) if c.is_ascii_alphabetic() => return self.tag(self.at + 2, true),
                Some(_) => self.skip_to_angle(self.at + 2),
                None => {}
            },
            c if c.is_ascii_alphabetic() => return self.tag(self.at + 1, false),
            _ => {}
        }
        None
    }

    fn skip_to_angle(&mut self, from: usize) {
        let rest = &self.source.as_bytes()[from..];
        self.at = memchr(b'>', rest).map_or(self.source.len(), |i| from + i + 1);
    }

    fn skip_declaration(&mut self) {
        let bytes = self.source.as_bytes();
        let rest = &bytes[self.at..];
        if rest.starts_with(b"<!--") {
            let text = &rest[4..];
            if let Some(short) = [&b">"[..], b"->"].into_iter().find(|s| text.starts_with(s)) {
                self.at += 4 + short.len();
                return;
            }
            let plain = memmem::find(text, b"-->").map(|i| (i, 3));
            let bang = memmem::find(&text[..plain.map_or(text.len(), |(i, _)| i)], b"--!>");
            let end = bang.map(|i| (i, 4)).or(plain);
            self.at = end.map_or(bytes.len(), |(i, length)| self.at + 4 + i + length);
        } else if rest.len() >= 9 && rest[..9].eq_ignore_ascii_case(b"<![CDATA[") {
            // Only SVG and MathML have such sections; in HTML it is a comment up to `>`.
            self.skip_to_angle(self.at + 9);
        } else {
            self.skip_to_angle(self.at + 2);
        }
    }

    /// The tag whose name begins at `name`. A tag that the source ends within is no tag, and with
    /// it the rest is gone, as in browsers.
    fn tag(&mut self, name: usize, is_end: bool) -> Option<Token> {
        let bytes = self.source.as_bytes();
        let length = bytes[name..].iter().position(|&c| ends_name(c));
        let Some(length) = length else {
            self.at = bytes.len();
            return None;
        };
        let start = name + length;
        let Some(end) = tag_end(bytes, start) else {
            self.at = bytes.len();
            return None;
        };
        self.at = end + 1;
        let tag = Tag::of(&bytes[name..start]);
        if is_end {
            return Some(Token::End { tag });
        }
        let self_closing = end > start && bytes[end - 1] == b'/';
        if tag.is_raw() {
            self.raw = Some(tag);
        }
        Some(Token::Start { tag, attributes: start..end, self_closing })
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(tag) = self.raw.take() {
            return Some(self.raw_text(tag));
        }
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() {
            let start = self.at;
            if bytes[start] == b'<' {
                if let Some(token) = self.markup() {
                    return Some(token);
                }
                if self.at > start {
                    continue;
                }
            }
            // A `<` that begins no markup is text.
            let from = start + usize::from(bytes[start] == b'<');
            self.at = memchr(b'<', &bytes[from..]).map_or(bytes.len(), |i| from + i);
            return Some(Token::Text(start..self.at));
        }
        None
    }
}

fn ends_name(c: u8) -> bool {
    c.is_ascii_whitespace() || matches!(c, b'/' | b'>')
}

/// Where the `>` of a tag stands whose attributes begin at `at`.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        // Quotes matter behind a `=` alone.
        at += memchr2(b'>', b'=', bytes.get(at..)?)?;
        if bytes[at] == b'>' {
            return Some(at);
        }
        at += 1;
        at += bytes[at..].iter().position(|c| !c.is_ascii_whitespace())?;
        match bytes[at] {
            quote @ (b'"' | b'\'') => at += 2 + memchr(quote, &bytes[at + 1..])?,
            b'>' => return Some(at),
            _ => at += bytes[at..].iter().position(|&c| c.is_ascii_whitespace() || c == b'>')?,
        }
    }
}

/// Where the raw text of `tag` that begins at `start` ends.
fn raw_end(bytes: &[u8], start: usize, tag: Tag) -> usize {
    let name = tag.name().as_bytes();
    let mut at = start;
    while let Some(i) = memchr(b'<', &bytes[at..]) {
        at += i;
        let rest = &bytes[at..];
        let is_end = rest.len() > 2 + name.len()
            && rest[1] == b'/'
            && rest[2..2 + name.len()].eq_ignore_ascii_case(name)
            && ends_name(rest[2 + name.len()]);
        if is_end {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// The attributes of a tag: names as they stand, values without quotes, references not decoded.
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(attributes: &'a str) -> Self {
        Self { rest: attributes }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let separates = |c: u8| c.is_ascii_whitespace() || c == b'/';
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(|&c| !separates(c))?;
        // A leading `=` is part of the name.
        let length = bytes[start + 1..].iter().position(|&c| separates(c) || c == b'=');
        let end = length.map_or(bytes.len(), |n| start + 1 + n);
        let name = &self.rest[start..end];
        let after = bytes[end..].iter().position(|c| !c.is_ascii_whitespace()).map(|n| end + n);
        let Some(equals) = after.filter(|&i| bytes[i] == b'=') else {
            self.rest = &self.rest[end..];
            return Some((name, ""));
        };
        let value = bytes[equals + 1..].iter().position(|c| !c.is_ascii_whitespace());
        let Some(value) = value.map(|n| equals + 1 + n) else {
            self.rest = "";
            return Some((name, ""));
        };
        let (from, to, next) = match bytes[value] {
            quote @ (b'"' | b'\'') => {
                let to = memchr(quote, &bytes[value + 1..]).map_or(bytes.len(), |n| value + 1 + n);
                (value + 1, to, (to + 1).min(bytes.len()))
            }
            _ => {
                let to = bytes[value..].iter().position(u8::is_ascii_whitespace);
                let to = to.map_or(bytes.len(), |n| value + n);
                (value, to, to)
            }
        };
        let value_text = &self.rest[from..to];
        self.rest = &self.rest[next..];
        Some((name, value_text))
    }
}
