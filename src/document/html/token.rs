//! HTML to tokens: tags with their attributes' bytes, text, nothing else.
//!
//! The rules are those of the HTML standard's tokenizer as far as they decide what a reader sees:
//! quoted attribute values may hold `>`, the text of `script`, `style` and their like ends at their
//! own end tag alone, comments and declarations vanish. Error states that change nothing visible
//! are left out. One pass, no allocation; no byte is looked at more than a few times, so the time
//! is linear: what is searched for and not found is never searched for again.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};

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
    /// Whether the next token stands in a drawing.
    in_svg: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, at: 0, raw: None, in_svg: false }
    }

    /// Says whether the next token stands in a drawing, which only the tree tells. There no
    /// element's text is raw, and CDATA sections are read.
    pub(super) fn set_in_svg(&mut self, in_svg: bool) {
        self.in_svg = in_svg;
    }

    /// The text of an element whose content is no markup, up to its end tag or the end.
    fn raw_text(&mut self, tag: Tag) -> Token {
        let start = self.at;
        let bytes = self.source.as_bytes();
        let end =
            if tag == Tag::Script { script_end(bytes, start) } else { raw_end(bytes, start, tag) };
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
            let ends = |i: &usize| text[..*i].ends_with(b"--") || text[..*i].ends_with(b"--!");
            let end = memchr_iter(b'>', text).find(ends);
            self.at = end.map_or(bytes.len(), |i| self.at + 4 + i + 1);
        } else if self.in_svg && rest.starts_with(b"<![CDATA[") {
            let end = memmem::find(&rest[9..], b"]]>");
            self.at = end.map_or(bytes.len(), |i| self.at + 9 + i + 3);
        } else {
            // A CDATA section outside of drawings, too, is a comment up to `>`.
            self.skip_to_angle(self.at + 2);
        }
    }

    /// The tag whose name begins at `name`. A tag that the source ends within is no tag, and with
    /// it the rest is gone, as in browsers.
    fn tag(&mut self, name: usize, is_end: bool) -> Option<Token> {
        let bytes = self.source.as_bytes();
        let length = bytes[name..].iter().position(|&c| ends_name(c));
        let start = length.map(|length| name + length);
        let Some((start, end)) = start.and_then(|start| Some((start, tag_end(bytes, start)?)))
        else {
            self.at = bytes.len();
            return None;
        };
        self.at = end + 1;
        let tag = Tag::of(&bytes[name..start]);
        if is_end {
            return Some(Token::End { tag });
        }
        let self_closing = end > start && bytes[end - 1] == b'/';
        if tag.is_raw() && !self.in_svg {
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

/// What a byte is to a tag, as a set of bits; 0 for nearly all.
const SIGNS: [u8; 256] = {
    let (mut signs, mut byte) = ([0; 256], 0);
    while byte < 256 {
        signs[byte] = match byte as u8 {
            b'/' => SLASH,
            b'>' => ANGLE,
            b'=' => EQUALS,
            byte if byte.is_ascii_whitespace() => SPACE,
            _ => 0,
        };
        byte += 1;
    }
    signs
};
const SPACE: u8 = 1;
const SLASH: u8 = 1 << 1;
const ANGLE: u8 = 1 << 2;
const EQUALS: u8 = 1 << 3;

/// Whether a byte is one of a set of signs.
fn is(byte: u8, signs: u8) -> bool {
    SIGNS[usize::from(byte)] & signs != 0
}

fn ends_name(c: u8) -> bool {
    is(c, SPACE | SLASH | ANGLE)
}

/// Where the `>` of a tag stands whose attributes begin at `at`.
///
/// Names are read byte by byte, since they are short; only quoted values are leapt over.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    // Whether a name could begin: a `=` there is its first character. Quotes matter behind any
    // other `=` alone.
    let mut begins = true;
    loop {
        let length = bytes.get(at..)?.iter().position(|&c| SIGNS[usize::from(c)] != 0)?;
        begins &= length == 0;
        at += length + 1;
        let sign = bytes[at - 1];
        if sign == b'>' {
            return Some(at - 1);
        }
        if sign != b'=' || begins {
            begins = sign == b'/' || sign != b'=' && begins;
            continue;
        }
        at += bytes[at..].iter().position(|&c| !is(c, SPACE))?;
        match bytes[at] {
            quote @ (b'"' | b'\'') => at += 2 + memchr(quote, &bytes[at + 1..])?,
            b'>' => return Some(at),
            _ => at += bytes[at..].iter().position(|&c| is(c, SPACE | ANGLE))?,
        }
        begins = true;
    }
}

/// Whether a tag's name stands at the start of `rest`, with its end.
fn starts_with_name(rest: &[u8], name: &[u8]) -> bool {
    rest.len() > name.len()
        && rest[..name.len()].eq_ignore_ascii_case(name)
        && ends_name(rest[name.len()])
}

/// Whether `rest` starts with the end tag of this name.
fn is_end_tag(rest: &[u8], name: &[u8]) -> bool {
    rest.starts_with(b"</") && starts_with_name(&rest[2..], name)
}

/// Where the raw text of `tag` that begins at `start` ends.
fn raw_end(bytes: &[u8], start: usize, tag: Tag) -> usize {
    let name = tag.name().as_bytes();
    let ends = |&i: &usize| is_end_tag(&bytes[start + i..], name);
    memchr_iter(b'<', &bytes[start..]).find(ends).map_or(bytes.len(), |i| start + i)
}

/// Where the script that begins at `start` ends. Within `<!-- -->` a script may hold `<script>`
/// and its end tag, which then does not end it.
fn script_end(bytes: &[u8], start: usize) -> usize {
    let name = Tag::Script.name().as_bytes();
    // The end of the last comment, and whether a script is open within it.
    let (mut comment, mut is_inner) = (start, false);
    for at in memchr_iter(b'<', &bytes[start..]).map(|i| start + i) {
        let rest = &bytes[at..];
        is_inner &= at < comment;
        if is_end_tag(rest, name) {
            if !is_inner {
                return at;
            }
            is_inner = false;
        } else if at >= comment && rest.starts_with(b"<!--") {
            // The dashes at its start may be those at its end: `<!-->`.
            let end = memmem::find(&rest[2..], b"-->");
            comment = end.map_or(bytes.len(), |i| at + 2 + i + 3);
        } else if at < comment && starts_with_name(&rest[1..], name) {
            is_inner = true;
        }
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

    /// The value of the first attribute with one of these names, in any case.
    pub(super) fn value(mut self, names: &[&str]) -> Option<&'a str> {
        let wanted = |name: &str| names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted));
        self.find(|(name, _)| wanted(name)).map(|(_, value)| value)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(|&c| !is(c, SPACE | SLASH))?;
        // A leading `=` is part of the name.
        let length = bytes[start + 1..].iter().position(|&c| is(c, SPACE | SLASH | EQUALS));
        let end = length.map_or(bytes.len(), |n| start + 1 + n);
        let name = &self.rest[start..end];
        let after = bytes[end..].iter().position(|&c| !is(c, SPACE)).map(|n| end + n);
        let Some(equals) = after.filter(|&i| bytes[i] == b'=') else {
            self.rest = &self.rest[end..];
            return Some((name, ""));
        };
        let value = bytes[equals + 1..].iter().position(|&c| !is(c, SPACE));
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
                let to = bytes[value..].iter().position(|&c| is(c, SPACE));
                let to = to.map_or(bytes.len(), |n| value + n);
                (value, to, to)
            }
        };
        let value_text = &self.rest[from..to];
        self.rest = &self.rest[next..];
        Some((name, value_text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_outside_of_values() {
        for (attributes, end) in [
            (">", Some(0)),
            (" a>", Some(2)),
            (" a='>'>", Some(6)),
            (" a = \">\" b>", Some(10)),
            (" a=>", Some(3)),
            (" a=b'>'", Some(5)),
            (" a='>", None),
            // A `=` that begins a name gives no value.
            (" ='>'", Some(3)),
            (" a/='>'", Some(5)),
            (" a=b ='>'", Some(7)),
            (" a=='>'", Some(5)),
            (" a", None),
        ] {
            assert_eq!(tag_end(attributes.as_bytes(), 0), end, "{attributes}");
        }
    }
}
