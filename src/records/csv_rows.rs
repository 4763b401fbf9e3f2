//! CSV split into rows whose fields know where they stand.
//!
//! Input: bytes as RFC 4180 describes them: comma, double quote, `""` for a quote inside quotes;
//! LF or CRLF, also inside quotes; blank lines are passed over; a quote inside an unquoted field is
//! an ordinary character. Output: [`Rows`], one row at a time in reused buffers, with line and
//! column of every field, and an error where a quote is never closed. The `csv` crate tells
//! neither; on inputs with every quote closed both read the same, which a test checks. Not done
//! here: headers, charsets, numbers of fields.

use std::io::BufRead;

use memchr::memchr;

use super::csv_row_end::RowEnd;
use super::limit::{Ended, read_until, too_large};
use super::source::Source;
use crate::error::{Error, ErrorKind, Result};

/// Reads rows one after another.
pub(super) struct Rows {
    source: Source,
    /// The row as it stands in the file.
    raw: Vec<u8>,
    /// The fields' contents, one after another.
    data: Vec<u8>,
    fields: Vec<Field>,
    /// The line on which the row begins, counted from 1.
    line: u64,
    /// The line after the row.
    next_line: u64,
    /// The most bytes that a row may have.
    limit: usize,
}

/// One field: where it begins in `raw`, and where it ends in `data`.
struct Field {
    start: usize,
    end: usize,
}

impl Rows {
    /// Rows of any length.
    pub(super) fn new(source: Source) -> Self {
        Self::within(usize::MAX, source)
    }

    /// Rows of at most so many bytes.
    pub(super) fn within(limit: usize, source: Source) -> Self {
        Self {
            source: source.without_mark(),
            raw: Vec::new(),
            data: Vec::new(),
            fields: Vec::new(),
            line: 0,
            next_line: 1,
            limit,
        }
    }

    /// Goes to the next row; false at the end.
    ///
    /// After a row that is too long, the next one can be read. After any other error nothing more
    /// can: the input failed, or an unclosed quote has taken in the rest of it.
    pub(super) fn advance(&mut self) -> Result<bool> {
        self.raw.clear();
        self.data.clear();
        self.fields.clear();
        self.line = self.next_line;
        let mut in_quotes = false;
        loop {
            let from = self.raw.len();
            match read_until(&mut self.source, b'\n', self.limit, &mut self.raw) {
                Ok(Ended::Input) if in_quotes => return Err(self.unclosed()),
                Ok(Ended::Input) => return Ok(false),
                Ok(Ended::Line) => self.next_line += 1,
                Ok(Ended::TooLarge) => return Err(self.pass_over()),
                Err(error) => return Err(self.source.error(error).at_line(self.next_line)),
            }
            if !in_quotes && matches!(&self.raw[from..], b"\n" | b"\r\n") {
                self.raw.clear();
                self.line = self.next_line;
                continue;
            }
            in_quotes = self.split(from, in_quotes);
            if !in_quotes {
                return Ok(true);
            }
        }
    }

    /// Number of fields in the row.
    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    /// A field's bytes, without its quotes.
    pub(super) fn field(&self, index: usize) -> &[u8] {
        let start = index.checked_sub(1).map_or(0, |before| self.fields[before].end);
        &self.data[start..self.fields[index].end]
    }

    /// The line on which the row begins, counted from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Line and column (in characters) at which a field begins, both counted from 1.
    pub(super) fn position(&self, index: usize) -> (u64, u64) {
        self.position_of(self.fields[index].start)
    }

    fn position_of(&self, offset: usize) -> (u64, u64) {
        let before = &self.raw[..offset];
        let breaks = memchr::memchr_iter(b'\n', before).count();
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        (self.line + breaks as u64, column as u64)
    }

    /// Goes to the end of a row that is too long, and gives the error for it, at the field that did
    /// not fit: perhaps a quote that opens there is never closed.
    fn pass_over(&mut self) -> Error {
        let mut end = RowEnd::default();
        let mut found = end.find(&self.raw);
        let (line, column) = self.position_of(end.field_start());
        let mut error = too_large(self.limit, None);
        self.raw = Vec::new();
        while found.is_none() {
            let bytes = match self.source.fill_buf() {
                Ok([]) => break,
                Ok(bytes) => bytes,
                Err(failed) if failed.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(failed) => {
                    error = self.source.error(failed);
                    break;
                }
            };
            found = end.find(bytes);
            let count = found.unwrap_or(bytes.len());
            self.next_line += memchr::memchr_iter(b'\n', &bytes[..count]).count() as u64;
            self.source.consume(count);
        }
        error.at(line, column)
    }

    fn unclosed(&self) -> Error {
        let start = self.fields.last().map_or(0, |field| field.start);
        let (line, column) = self.position_of(start);
        let message = format!(
            "a quote that opens here is never closed, so that lines {line} to {} make one field \
             and were not read: close it, or double a quote that belongs to the text",
            self.next_line - 1
        );
        Error::from(ErrorKind::Csv { message }).at(line, column)
    }

    /// Splits the line that begins at `from` in `raw`, which goes on inside quotes where the one
    /// before ended so. Returns whether this one does.
    fn split(&mut self, from: usize, in_quotes: bool) -> bool {
        let line_end = end_of_line(&self.raw);
        let mut at = from;
        let mut quoted = in_quotes || self.open(&mut at);
        loop {
            if quoted && !self.copy_quoted(&mut at) {
                return true;
            }
            // Up to the comma: the unquoted field, or a stray rest after a closing quote.
            let rest = &self.raw[at..line_end];
            let comma = memchr(b',', rest);
            let rest = &rest[..comma.unwrap_or(rest.len())];
            at += rest.len() + 1;
            self.data.extend_from_slice(rest);
            if let Some(field) = self.fields.last_mut() {
                field.end = self.data.len();
            }
            if comma.is_none() {
                return false;
            }
            quoted = self.open(&mut at);
        }
    }

    /// Begins a field; passes over a quote that opens it and returns whether there is one.
    fn open(&mut self, at: &mut usize) -> bool {
        self.fields.push(Field { start: *at, end: self.data.len() });
        let quoted = self.raw.get(*at) == Some(&b'"');
        *at += usize::from(quoted);
        quoted
    }

    /// Copies what stands inside quotes; returns whether the closing one was found and passed.
    fn copy_quoted(&mut self, at: &mut usize) -> bool {
        loop {
            let rest = &self.raw[*at..];
            let Some(length) = memchr(b'"', rest) else {
                self.data.extend_from_slice(rest);
                return false;
            };
            self.data.extend_from_slice(&rest[..length]);
            *at += length + 1;
            if rest.get(length + 1) != Some(&b'"') {
                return true;
            }
            self.data.push(b'"');
            *at += 1;
        }
    }
}

/// Where the last line of the bytes ends, without its line break.
fn end_of_line(raw: &[u8]) -> usize {
    let line = raw.strip_suffix(b"\n").unwrap_or(raw);
    line.strip_suffix(b"\r").unwrap_or(line).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn rows(text: &str) -> Rows {
        Rows::new(Source::new(Cursor::new(text.as_bytes().to_vec())))
    }

    fn all(text: &str) -> Result<Vec<Vec<String>>> {
        let mut rows = rows(text);
        let mut found = Vec::new();
        while rows.advance()? {
            let field = |index| String::from_utf8(rows.field(index).to_vec()).unwrap();
            found.push((0..rows.len()).map(field).collect());
        }
        Ok(found)
    }

    /// The same by the `csv` crate.
    fn naive(text: &str) -> Vec<Vec<String>> {
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let fields = |record: ::csv::StringRecord| record.iter().map(str::to_owned).collect();
        reader.records().map(|record| fields(record.unwrap())).collect()
    }

    #[test]
    fn splits_rows_and_fields() {
        let text = "a,b\r\n\n\"c, \"\"d\"\"\n\r\ne\",\r\n,\n\"f\"g\"h,i\"j";
        let expected =
            vec![vec!["a", "b"], vec!["c, \"d\"\n\r\ne", ""], vec!["", ""], vec!["fg\"h", "i\"j"]];
        assert_eq!(all(text).unwrap(), expected);
        assert_eq!(all("").unwrap(), Vec::<Vec<String>>::new());
        assert_eq!(all("\u{FEFF}\"a\",b").unwrap(), [["a", "b"]]);
    }

    #[test]
    fn rows_and_fields_know_where_they_stand() {
        let mut rows = rows("h\r\n\r\ngrüß,\"two\nlines\",c\r\nlast");
        let mut found = Vec::new();
        while rows.advance().unwrap() {
            found
                .push((rows.line(), (0..rows.len()).map(|i| rows.position(i)).collect::<Vec<_>>()));
        }
        let expected = [(1, vec![(1, 1)]), (3, vec![(3, 1), (3, 6), (4, 8)]), (5, vec![(5, 1)])];
        assert_eq!(found, expected);
    }

    #[test]
    fn an_unclosed_quote_is_reported_where_it_opens() {
        let mut rows = rows("a,b\n1,\"x\ny\",\"open, \"\"\nz,\"\"\n\n");
        assert!(rows.advance().unwrap());
        let error = rows.advance().unwrap_err();
        let position = error.position();
        assert_eq!((position.line, position.column), (Some(3), Some(4)), "{error}");
        assert!(error.message().contains("lines 3 to 5"), "{error}");
    }

    #[test]
    fn a_row_beyond_the_limit_is_passed_over() {
        let text = "a,b\n1,\"long, \"\"\nvery\nlong\"\r\n2,x\n3,also too long\n";
        let source = Source::new(Cursor::new(text.as_bytes().to_vec()));
        let mut rows = Rows::within(10, source);
        assert!(rows.advance().unwrap() && rows.field(1) == b"b");
        let error = rows.advance().unwrap_err();
        let position = error.position();
        let kind = error.kind().name();
        assert_eq!((kind, position.line, position.column), ("too_large", Some(2), Some(3)));
        assert!(rows.advance().unwrap() && rows.field(1) == b"x");
        assert_eq!(rows.line(), 5);
        assert_eq!(rows.advance().unwrap_err().position().line, Some(6));
        assert!(!rows.advance().unwrap());
    }

    proptest! {
        /// What follows a row is the same whether the row was held or passed over.
        #[test]
        fn a_row_passed_over_ends_where_it_ends_when_it_is_read(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["a", ",", "\"", "\"\"", "\n", "\r\n", ",\"", "\",", "\"\n"]),
                0..30,
            )
        ) {
            let text = format!("x{}\nlast", pieces.concat());
            let mut read = rows(&text);
            let is_closed = read.advance().is_ok();
            let source = Source::new(Cursor::new(text.as_bytes().to_vec()));
            let mut passed = Rows::within(0, source);
            prop_assert_eq!(passed.advance().unwrap_err().kind().name(), "too_large");
            passed.limit = usize::MAX;
            if is_closed {
                prop_assert_eq!(read.advance().ok(), passed.advance().ok());
                prop_assert_eq!((&read.raw, read.line), (&passed.raw, passed.line));
            } else {
                prop_assert!(!passed.advance().unwrap());
            }
        }

        #[test]
        fn reads_what_the_csv_crate_reads(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["a", "é", ",", "\"", "\"\"", "\n", "\r\n", ",\"", "\",", "\"\n"]),
                0..40,
            )
        ) {
            let text = pieces.concat();
            let expected = naive(&text);
            match all(&text) {
                Ok(found) => prop_assert_eq!(found, expected),
                // A quote put to the end closes the last field: then both must agree.
                Err(error) => {
                    prop_assert_eq!(error.kind().name(), "csv");
                    let closed = format!("{text}\"");
                    let found = all(&closed).unwrap();
                    prop_assert_eq!(found, naive(&closed));
                    let (line, column) = (error.position().line.unwrap(), error.position().column.unwrap());
                    let line = text.split('\n').nth(line as usize - 1).unwrap();
                    prop_assert_eq!(line.chars().nth(column as usize - 1), Some('"'));
                }
            }
        }
    }
}
