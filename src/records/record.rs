//! A record as it was cut out of its input, and the document it becomes.
//!
//! Where a record ends is found by reading one after the other; to decode and parse it nothing but
//! its bytes is needed. So readers hand out records, and whoever wants a document makes it where it
//! is worked on: [`Record::document`] runs on any thread, in any order. Not done here: reading.

use std::sync::Arc;

use super::jsonl::Line;
use super::{Failure, Read, RecordError};
use crate::document::{Document, publisher_of_url};
use crate::error::Result;

/// A record that was read but perhaps not yet understood.
pub struct Record {
    path: Arc<str>,
    raw: Raw,
}

/// A record as a format's reader yields it; it does not know the file.
pub(super) enum Raw {
    /// Understood as it was read, or failed.
    Read(Read),
    /// A line of JSONL.
    Line(Line),
    /// All bytes of an input, and what makes a document of them.
    Whole(Vec<u8>, fn(Vec<u8>) -> Result<Document>),
}

impl Raw {
    pub(super) fn read(self) -> Read {
        match self {
            Self::Read(read) => read,
            Self::Line(line) => line.read(),
            Self::Whole(bytes, document) => document(bytes).map_err(Failure::from),
        }
    }
}

impl Record {
    pub(super) fn new(path: &Arc<str>, raw: Raw) -> Self {
        Self { path: Arc::clone(path), raw }
    }

    /// Bytes that it takes in memory, about.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.raw {
            Raw::Read(Ok(document)) => document.content.size(),
            Raw::Read(Err(_)) => 0,
            Raw::Line(line) => line.size(),
            Raw::Whole(bytes, _) => bytes.len(),
        }
    }

    /// The document, with the input's path and, where the record names no publisher, that of its
    /// address.
    ///
    /// # Errors
    /// What could not be read, decoded or parsed.
    pub fn document(self) -> Result<Document, RecordError> {
        let path = String::from(&*self.path);
        match self.raw.read() {
            Ok(document) => {
                let Document { publisher, url, .. } = &document;
                let of_url = || publisher_of_url(url.as_deref()?);
                let publisher = publisher.clone().or_else(of_url);
                Ok(Document { path: Some(path), publisher, ..document })
            }
            Err(Failure { id, error }) => {
                Err(RecordError { id, error: error.in_file(&path), path: Some(path) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::{ReadOptions, Records};
    use super::*;

    const LINES: &[u8] = b"{\"text\": \"one\"}\n\n{oops\n{\"id\": \"x\", \"text\": \"two\\n\", \"url\": \"https://a.example.com/\"}\n";

    fn records(bytes: &'static [u8]) -> Records {
        Records::from_reader(Cursor::new(bytes), "in.jsonl", &ReadOptions::default())
    }

    /// A document, or its error as it is shown.
    fn shown(read: Result<Document, RecordError>) -> Result<Document, String> {
        read.map_err(|error| error.to_string())
    }

    #[test]
    fn records_become_the_same_documents_on_other_threads_and_in_any_order() {
        for bytes in [LINES, b"A text.\n", b"id,text\n1,one\n2\n3,three\n"] {
            let expected: Vec<_> = records(bytes).map(shown).collect();
            let mut reader = records(bytes);
            let cut: Vec<Record> = std::iter::from_fn(|| reader.next_record()).collect();
            let threads: Vec<_> = cut
                .into_iter()
                .rev()
                .map(|record| std::thread::spawn(|| shown(record.document())))
                .collect();
            let made: Vec<_> = threads.into_iter().map(|made| made.join().unwrap()).collect();
            assert!(made.into_iter().rev().eq(expected));
        }
    }

    #[test]
    fn a_record_weighs_what_was_read_of_it() {
        let mut reader = records(LINES);
        let sizes: Vec<usize> =
            std::iter::from_fn(|| reader.next_record()).map(|record| record.size()).collect();
        let lines = LINES.split_inclusive(|&byte| byte == b'\n');
        let expected: Vec<usize> = lines.map(<[u8]>::len).filter(|&length| length > 1).collect();
        assert_eq!(sizes, expected);
        assert_eq!(records(b"A text.\n").next_record().unwrap().size(), 8);
    }
}
