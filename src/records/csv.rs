//! CSV: one row a document, or, in the labelled form, one row a paragraph.
//!
//! Input: a [`Source`] whose first row is a header. Output: documents. A row with another number of
//! fields than the header is an error, and the next row follows, as one that is longer than documents
//! may be; an unclosed quote ends the file.
//!
//! A header with `document`, `label` and the text column is the labelled form that training reads:
//! consecutive rows of one `document` value become one document of paragraphs already split, in the
//! order of `index` where there is one. The labels are not looked at. A value that comes again
//! after another one makes another document: only one document is held in memory.

use std::collections::VecDeque;

use super::columns::{DocumentColumns, Header, LabelledColumns, number, optional, value};
use super::csv_rows::Rows;
use super::format::Fields;
use super::limit::too_large;
use super::source::Source;
use super::{Failure, Read};
use crate::document::{Content, Document};
use crate::error::{ErrorKind, Result};

/// Iterator over the documents.
pub(super) struct CsvDocuments {
    rows: Rows,
    limit: usize,
    fields: Fields,
    columns: Option<DocumentColumns>,
    /// The document whose rows are being read, in the labelled form.
    group: Option<Group>,
    ready: VecDeque<Read>,
    ended: bool,
}

/// A document of the labelled form while its rows come in.
struct Group {
    document: Document,
    paragraphs: Vec<(u64, String)>,
    bytes: usize,
}

impl Group {
    /// Adds a paragraph, unless the document is too large already.
    fn add(&mut self, index: u64, text: String, limit: usize) {
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes <= limit {
            self.paragraphs.push((index, text));
        } else {
            self.paragraphs = Vec::new();
        }
    }

    fn finish(mut self, limit: usize) -> Read {
        if self.bytes > limit {
            let error = too_large(limit, Some(self.bytes as u64));
            return Err(Failure { id: self.document.id, error });
        }
        self.paragraphs.sort_by_key(|&(index, _)| index);
        let texts = self.paragraphs.into_iter().map(|(_, text)| text).collect();
        Ok(Document { content: Content::Paragraphs(texts), ..self.document })
    }
}

impl CsvDocuments {
    /// Documents of at most `limit` bytes.
    pub(super) fn new(source: Source, limit: usize, fields: Fields) -> Self {
        Self {
            rows: Rows::within(limit, source),
            limit,
            fields,
            columns: None,
            group: None,
            ready: VecDeque::new(),
            ended: false,
        }
    }

    /// Goes to the next row, past the header; false at the end.
    fn advance(&mut self) -> Result<bool> {
        let more = self.rows.advance()?;
        if self.columns.is_some() || !more {
            return Ok(more);
        }
        self.columns = Some(DocumentColumns::of(Header::of(&self.rows), &self.fields)?);
        self.rows.advance()
    }

    /// Takes in the row at hand.
    fn take_row(&mut self) {
        let (rows, Some(columns)) = (&self.rows, &self.columns) else { return };
        if let Err(error) = columns.header.check(rows) {
            self.ready.push_back(Err(error.into()));
            return;
        }
        let document = Document {
            path: None,
            id: optional(rows, columns.id),
            url: optional(rows, columns.url),
            publisher: optional(rows, columns.publisher),
            title: optional(rows, columns.title),
            content: Content::default(),
        };
        let text = value(rows, columns.text);
        match &columns.labelled {
            None => {
                let content = Content::Text(text);
                self.ready.push_back(Ok(Document { content, ..document }));
            }
            Some(LabelledColumns { document: column, index }) => {
                let id = value(rows, *column);
                // Without an index the order of the rows counts.
                let index = index.map_or(Ok(0), |column| number(rows, column));
                self.take_paragraph(Document { id: Some(id), ..document }, index, text);
            }
        }
    }

    fn take_paragraph(&mut self, document: Document, index: Result<u64>, text: String) {
        if self.group.as_ref().is_some_and(|group| group.document.id != document.id) {
            self.finish_group();
        }
        match index {
            Ok(index) => self
                .group
                .get_or_insert_with(|| Group { document, paragraphs: Vec::new(), bytes: 0 })
                .add(index, text, self.limit),
            Err(error) => self.ready.push_back(Err(Failure { id: document.id, error })),
        }
    }

    fn finish_group(&mut self) {
        self.ready.extend(self.group.take().map(|group| group.finish(self.limit)));
    }
}

impl Iterator for CsvDocuments {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        while self.ready.is_empty() && !self.ended {
            match self.advance() {
                Ok(true) => self.take_row(),
                // Behind a row that is too long comes the next; without a header there is no use.
                Err(error)
                    if matches!(error.kind(), ErrorKind::TooLarge { .. })
                        && self.columns.is_some() =>
                {
                    self.ready.push_back(Err(error.into()));
                }
                end => {
                    self.ended = true;
                    self.finish_group();
                    self.ready.extend(end.err().map(|error| Err(error.into())));
                }
            }
        }
        self.ready.pop_front()
    }
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
        CsvDocuments::new(source, limit, Fields::default()).collect()
    }

    #[test]
    fn what_is_beyond_the_limit_is_an_error_and_the_rest_follows() {
        let long = "x".repeat(100);
        let found = read_within(60, format!("id,text\n1,a\n2,\"{long}\n\"\n3,b\n").as_bytes());
        assert_eq!(found.len(), 3);
        fails(&found[1], "too_large", 3, Some(3));
        assert_eq!(found[2].as_ref().unwrap().id.as_deref(), Some("3"));
        // A document of many rows, none of which is too long.
        let rows = format!("a,,{}\n", &long[..50]).repeat(3);
        let found = read_within(60, format!("document,label,text\n{rows}b,,c\n").as_bytes());
        let failed = found[0].as_ref().unwrap_err();
        assert_eq!((failed.error.kind().name(), failed.id.as_deref()), ("too_large", Some("a")));
        assert_eq!(paragraphs(&found[1]), ("b", vec!["c"]));
        // Without a header nothing can be read.
        assert_eq!(read_within(60, format!("{long}\n1,a\n").as_bytes()).len(), 1);
    }

    fn paragraphs(read: &Read) -> (&str, Vec<&str>) {
        let document = read.as_ref().unwrap();
        let Content::Paragraphs(texts) = &document.content else { panic!("{document:?}") };
        (document.id.as_deref().unwrap(), texts.iter().map(String::as_str).collect())
    }

    #[track_caller]
    fn fails(read: &Read, kind: &str, line: u64, column: Option<u64>) -> String {
        let error = &read.as_ref().unwrap_err().error;
        let position = error.position();
        assert_eq!((error.kind().name(), position.line), (kind, Some(line)), "{error}");
        assert_eq!(position.column, column, "{error}");
        error.message()
    }

    #[test]
    fn one_document_a_row() {
        let found =
            read(b"title,id, text ,x,url,publisher\nT,1,\"a, \"\"b\"\"\nc\",9,u,p\n,,plain,,,\n");
        let found: Vec<_> = found.into_iter().map(Result::unwrap).collect();
        let first = Document {
            id: Some("1".into()),
            url: Some("u".into()),
            publisher: Some("p".into()),
            title: Some("T".into()),
            ..Document::from_text("a, \"b\"\nc")
        };
        assert_eq!(found, [first, Document::from_text("plain")]);
        assert!(read(b"").is_empty());
        assert!(read(b"text\n").is_empty());
    }

    #[test]
    fn a_missing_or_doubled_text_column_is_an_error() {
        let found = read(b"\nid;text\n1;a\n");
        assert_eq!(found.len(), 1);
        let message = fails(&found[0], "missing_column", 2, None);
        assert!(message.contains("`text`") && message.ends_with("found id;text"), "{message}");
        let found = read(b"text,text\na,b\n");
        assert_eq!(found.len(), 1);
        assert!(fails(&found[0], "csv", 1, None).contains("`text` twice"));
    }

    #[test]
    fn a_row_of_another_length_is_an_error_and_the_stream_goes_on() {
        let found = read(b"id,text\r\n1,a\r\n2,b,c\r\n3\r\n4,d\r\n");
        assert_eq!(found.len(), 4);
        assert!(found[0].is_ok() && found[3].is_ok());
        assert!(fails(&found[1], "csv", 3, None).starts_with("invalid CSV: 3 fields"));
        fails(&found[2], "csv", 4, None);
    }

    #[test]
    fn an_unclosed_quote_is_an_error_where_it_opens() {
        let found = read(b"id,text\n1,\"a\nb\"\n2,\"c\n3,d\n");
        assert_eq!(found.len(), 2);
        assert!(found[0].is_ok());
        fails(&found[1], "csv", 4, Some(3));
    }

    #[test]
    fn the_labelled_form_gives_one_document_for_consecutive_rows() {
        let found = read(
            b"document,publisher,index,label,text\n\
              a,p.example,10,body,three\na,p.example,2,,\"tw\no\"\na,p.example,1,nonsense,one\n\
              b,,x,body,lost\nb,,1,body,four\na,p.example,1,body\na,p.example,1,body,five\n",
        );
        assert_eq!(found.len(), 5);
        assert_eq!(paragraphs(&found[0]), ("a", vec!["one", "tw\no", "three"]));
        assert_eq!(found[0].as_ref().unwrap().publisher.as_deref(), Some("p.example"));
        let message = fails(&found[1], "csv", 6, Some(4));
        assert!(message.contains("column `index`") && message.contains("`x`"), "{message}");
        assert_eq!(found[1].as_ref().unwrap_err().id.as_deref(), Some("b"));
        fails(&found[2], "csv", 8, None);
        assert_eq!(paragraphs(&found[3]), ("b", vec!["four"]));
        assert_eq!(paragraphs(&found[4]), ("a", vec!["five"]));
    }

    #[test]
    fn without_an_index_the_order_of_the_rows_counts() {
        let found = read(b"text,label,document\nb,,1\na,body,1\nc,body,2\n");
        let found: Vec<_> = found.iter().map(paragraphs).collect();
        assert_eq!(found, [("1", vec!["b", "a"]), ("2", vec!["c"])]);
    }

    #[test]
    fn a_truncated_gzip_gives_every_whole_row_and_then_an_error() {
        let text = varied(100_000);
        let rows: Vec<_> =
            text.as_bytes().chunks(100).map(|row| String::from_utf8_lossy(row)).collect();
        let whole = gzip(format!("text\n{}\n", rows.join("\n")).as_bytes());
        let found = read(&whole[..whole.len() / 2]);
        let (last, before) = found.split_last().unwrap();
        assert!(before.len() > 100, "{}", before.len());
        for (found, row) in before.iter().zip(&rows) {
            assert_eq!(*found.as_ref().unwrap(), Document::from_text(&**row));
        }
        fails(last, "compression", before.len() as u64 + 2, None);
    }
}
