//! JSONL: one object a line, one document each.
//!
//! Input: a [`Source`]. Output: lines, to be made documents by [`Line::read`]; a broken line is an
//! error with line and column, and the next line follows; so is one that is longer than documents may
//! be, which is not held. Blank lines are passed over. Memory: one line. Where an object has several of
//! paragraphs, text and a page, the first of these is read.

use std::borrow::Cow;
use std::io::BufRead;
use std::sync::Arc;

use super::format::Fields;
use super::json_record::{JsonRecord, page};
use super::limit::{Ended, read_until, too_large};
use super::record::Raw;
use super::source::Source;
use super::{Failure, Read};
use crate::document::{Content, Document, WebPage, decode};
use crate::error::{Error, ErrorKind, Result};

/// The lines of a source, each in the same buffer.
pub(super) struct Lines {
    source: Source,
    buffer: Vec<u8>,
    number: u64,
    limit: usize,
}

impl Lines {
    /// Lines of any length.
    pub(super) fn new(source: Source) -> Self {
        Self::within(usize::MAX, source)
    }

    /// Lines of at most so many bytes.
    pub(super) fn within(limit: usize, source: Source) -> Self {
        Self { source: source.without_mark(), buffer: Vec::new(), number: 0, limit }
    }

    /// The next line that is not blank with its number, counted from 1, decoded leniently; `None`
    /// at the end. After a line that is too long the next one can be read; after any other error
    /// nothing more.
    pub(super) fn advance(&mut self) -> Result<Option<(u64, Cow<'_, str>)>> {
        let number = self.fill()?;
        Ok(number.map(|number| (number, decoded(&self.buffer))))
    }

    /// The same, not decoded, in a buffer of its own.
    fn take(&mut self) -> Result<Option<(u64, Vec<u8>)>> {
        let number = self.fill()?;
        Ok(number.map(|number| (number, std::mem::take(&mut self.buffer))))
    }

    /// Reads the next line that is not blank into the buffer; its number.
    fn fill(&mut self) -> Result<Option<u64>> {
        loop {
            self.buffer.clear();
            self.number += 1;
            match read_until(&mut self.source, b'\n', self.limit, &mut self.buffer) {
                Ok(Ended::Input) => return Ok(None),
                Ok(Ended::Line) if self.buffer.trim_ascii().is_empty() => {}
                Ok(Ended::Line) => return Ok(Some(self.number)),
                Ok(Ended::TooLarge) => return Err(self.pass_over()),
                Err(error) => return Err(self.source.error(error).at_line(self.number)),
            }
        }
    }

    /// Goes to the end of a line that is too long, and gives the error for it.
    fn pass_over(&mut self) -> Error {
        self.buffer = Vec::new();
        let error = match self.source.skip_until(b'\n') {
            Ok(_) => too_large(self.limit, None),
            Err(error) => self.source.error(error),
        };
        error.at_line(self.number)
    }
}

/// The text of a line, with or without its end.
fn decoded(line: &[u8]) -> Cow<'_, str> {
    decode(line.strip_suffix(b"\n").unwrap_or(line)).text
}

/// A line as it stands in its input.
pub(super) struct Line {
    number: u64,
    bytes: Vec<u8>,
    fields: Arc<Fields>,
}

impl Line {
    /// Bytes with the line's end.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Decodes and parses it.
    pub(super) fn read(self) -> Read {
        document(self.number, &decoded(&self.bytes), &self.fields)
    }
}

/// Iterator over the lines that hold documents.
pub(super) struct JsonlDocuments {
    lines: Lines,
    fields: Arc<Fields>,
    ended: bool,
}

impl JsonlDocuments {
    /// Documents whose lines have at most `limit` bytes.
    pub(super) fn new(source: Source, limit: usize, fields: Fields) -> Self {
        Self { lines: Lines::within(limit, source), fields: Arc::new(fields), ended: false }
    }
}

impl Iterator for JsonlDocuments {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        if self.ended {
            return None;
        }
        match self.lines.take() {
            Ok(Some((number, bytes))) => {
                Some(Raw::Line(Line { number, bytes, fields: Arc::clone(&self.fields) }))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = !matches!(error.kind(), ErrorKind::TooLarge { .. });
                Some(Raw::Read(Err(Failure::from(error))))
            }
        }
    }
}

fn document(number: u64, line: &str, fields: &Fields) -> Read {
    let record = JsonRecord::parse(line, fields)
        .map_err(|(error, column)| Failure::from(error.at(number, column)))?;
    let content = match (record.paragraphs, record.text, record.html) {
        (Some(paragraphs), ..) => {
            Content::Paragraphs(paragraphs.into_iter().map(|p| p.text.into_owned()).collect())
        }
        (None, Some(text), _) => Content::Text(text.into_owned()),
        (None, None, Some(html)) => match page(line, html) {
            Ok(source) => Content::Html(Box::new(WebPage::new(source))),
            Err((error, column)) => {
                return Err(Failure { id: record.id, error: error.at(number, column) });
            }
        },
        (None, None, None) => {
            let error: Error = JsonRecord::nothing_to_read(line, fields);
            return Err(Failure { id: record.id, error: error.at_line(number) });
        }
    };
    let JsonRecord { id, url, publisher, title, .. } = record;
    Ok(Document { path: None, id, url, publisher, title, content })
}

#[cfg(test)]
mod tests {
    use super::super::limit::MAX_DOCUMENT;
    use super::super::source::tests::{gzip, varied};
    use super::*;
    use std::io::Cursor;

    fn read(bytes: &[u8]) -> Vec<Read> {
        read_within(MAX_DOCUMENT, bytes)
    }

    fn read_within(limit: usize, bytes: &[u8]) -> Vec<Read> {
        let source = Source::new(Cursor::new(bytes.to_vec()));
        JsonlDocuments::new(source, limit, Fields::default()).map(Raw::read).collect()
    }

    #[test]
    fn a_line_beyond_the_limit_is_an_error_and_the_stream_goes_on() {
        let long = format!("{{\"text\": \"{}\"}}\n", "a".repeat(5_000_000));
        let lines = format!("{{\"text\": \"b\"}}\n{long}{{\"text\": \"c\"}}\n{long}");
        let found = read_within(1000, &gzip(lines.as_bytes()));
        let kinds: Vec<_> = found
            .iter()
            .map(|read| {
                read.as_ref().err().map(|f| (f.error.kind().name(), f.error.position().line))
            })
            .collect();
        let [second, fourth] = [2, 4].map(|line| Some(("too_large", Some(line))));
        assert_eq!(kinds, [None, second, None, fourth]);
        assert!(read_within(long.len(), long.as_bytes())[0].is_ok());
    }

    #[test]
    fn a_page_is_read_where_there_is_no_text() {
        let lines = br#"{"html": "<p>a \u00e9"}
{"html": "<p>a", "text": "b"}
{"html": {"raw": 1}, "text": "b"}
{"html": null, "text": "b"}
{"html": 1, "id": "x"}"#;
        let found = read(lines);
        let page = Content::Html(Box::new(WebPage::new("<p>a é".to_owned())));
        assert_eq!(found[0].as_ref().unwrap().content, page);
        for text in &found[1..4] {
            assert_eq!(text.as_ref().unwrap().content, Content::Text("b".to_owned()));
        }
        let failed = found[4].as_ref().unwrap_err();
        assert!(failed.error.message().contains("field `html`: found `1`; expected a string"));
        let at = failed.error.position();
        assert_eq!((failed.id.as_deref(), at.line, at.column), (Some("x"), Some(5), Some(10)));
    }

    #[test]
    fn one_document_a_line_and_blank_lines_are_passed_over() {
        let found = read(
            b"\xEF\xBB\xBF{\"id\": 1, \"text\": \"a\\nb\", \"url\": \"u\"}\r\n\r\n  \n{\"paragraphs\": [\"c\", {\"text\": \"d\", \"label\": 7}], \"text\": \"x\", \"title\": \"t\", \"publisher\": \"p\"}",
        );
        let found: Vec<_> = found.into_iter().map(Result::unwrap).collect();
        let first =
            Document { id: Some("1".into()), url: Some("u".into()), ..Document::from_text("a\nb") };
        let second = Document {
            title: Some("t".into()),
            publisher: Some("p".into()),
            content: Content::Paragraphs(vec!["c".into(), "d".into()]),
            ..Document::default()
        };
        assert_eq!(found, [first, second]);
        assert!(read(b"").is_empty());
    }

    #[test]
    fn a_broken_line_is_an_error_and_the_stream_goes_on() {
        let found = read(b"{\"text\": \"a\"}\n\n{\"text\": oops}\n{\"id\": \"x\", \"body\": \"<p>\"}\n{\"text\": \"b\"}\n");
        assert_eq!(found.len(), 4);
        assert!(found[0].is_ok() && found[3].is_ok());
        let broken = found[1].as_ref().unwrap_err();
        let position = broken.error.position();
        assert_eq!((position.line, position.column), (Some(3), Some(10)));
        let other = found[2].as_ref().unwrap_err();
        assert_eq!((other.id.as_deref(), other.error.kind().name()), (Some("x"), "missing_field"));
        assert_eq!(other.error.position().line, Some(4));
        assert!(other.error.message().contains("`html`"));
    }

    #[test]
    fn invalid_utf_8_is_decoded_leniently() {
        let found = read(b"{\"text\": \"abc \xFF def\"}\n");
        let Content::Text(text) = &found[0].as_ref().unwrap().content else { panic!() };
        assert!(text.starts_with("abc ") && text.ends_with(" def"), "{text}");
    }

    #[test]
    fn a_truncated_gzip_gives_every_whole_line_and_then_an_error() {
        let text: String = varied(100_000).as_bytes().chunks(100).enumerate().fold(
            String::new(),
            |all, (i, chunk)| {
                all + &format!(
                    "{{\"id\": {i}, \"text\": \"{}\"}}\n",
                    String::from_utf8_lossy(chunk)
                )
            },
        );
        let whole = gzip(text.as_bytes());
        let found = read(&whole[..whole.len() / 2]);
        let (last, before) = found.split_last().unwrap();
        assert!(before.len() > 100 && before.iter().all(Result::is_ok), "{}", before.len());
        let error = &last.as_ref().unwrap_err().error;
        assert_eq!(error.kind().name(), "compression");
        assert_eq!(error.position().line, Some(before.len() as u64 + 1));
    }
}
