//! Plain text and web pages: one file, one document.
//!
//! Input: a [`Source`]. Output: one record, to be made a document with the text of the whole input in
//! whatever charset it came, an empty one for empty input; where the input breaks off, the document holds what came
//! before and the error follows. An input beyond the limit is an error, and the rest of it is not
//! read.

use super::Failure;
use super::limit::{read_to_end, too_large};
use super::record::Raw;
use super::source::Source;
use crate::document::{Document, decode_owned, decode_page_owned};
use crate::error::Result;

/// Decodes the bytes of a text.
pub(super) fn text(bytes: Vec<u8>) -> Result<Document> {
    Ok(Document::from_text(decode_owned(bytes)))
}

/// Decodes the bytes of a web page.
pub(super) fn page(bytes: Vec<u8>) -> Result<Document> {
    Ok(Document::from_html(decode_page_owned(bytes, None)?))
}

/// Iterator over the one document.
pub(super) enum WholeFile {
    /// Nothing read yet; how many bytes may be read, and what makes a document of them.
    Unread(Source, usize, fn(Vec<u8>) -> Result<Document>),
    /// The document is out, the error that ended it is not.
    Failed(Failure),
    /// Everything is out.
    Done,
}

impl Iterator for WholeFile {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        match std::mem::replace(self, Self::Done) {
            Self::Unread(mut source, limit, document) => {
                let mut bytes = Vec::new();
                match read_to_end(&mut source, limit, &mut bytes) {
                    Ok(true) => {}
                    Ok(false) => return Some(Raw::Read(Err(too_large(limit, None).into()))),
                    Err(error) => {
                        let failure = Failure::from(source.error(error));
                        if bytes.is_empty() {
                            return Some(Raw::Read(Err(failure)));
                        }
                        *self = Self::Failed(failure);
                    }
                }
                Some(Raw::Whole(bytes, document))
            }
            Self::Failed(failure) => Some(Raw::Read(Err(failure))),
            Self::Done => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Read;
    use super::super::limit::MAX_DOCUMENT;
    use super::super::source::tests::{gzip, varied};
    use super::*;
    use crate::document::Content;
    use std::io::Cursor;

    fn read(bytes: &[u8]) -> Vec<Read> {
        read_within(MAX_DOCUMENT, bytes)
    }

    fn read_within(limit: usize, bytes: &[u8]) -> Vec<Read> {
        let source = Source::new(Cursor::new(bytes.to_vec()));
        WholeFile::Unread(source, limit, text).map(Raw::read).collect()
    }

    #[test]
    fn a_file_beyond_the_limit_is_an_error() {
        assert!(read_within(3, b"abc")[0].is_ok());
        for bytes in [b"abcd".to_vec(), gzip(&vec![b'a'; 10_000_000])] {
            let found = read_within(3, &bytes);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].as_ref().unwrap_err().error.kind().name(), "too_large");
        }
    }

    #[test]
    fn a_file_is_one_document() {
        for text in ["", "one\n\ntwo\r\n", "a\0b"] {
            let found = read(text.as_bytes());
            assert_eq!(found.len(), 1);
            assert_eq!(*found[0].as_ref().unwrap(), Document::from_text(text));
        }
        let bytes: Vec<u8> =
            [0xFEFF_u16, 0x47, 0x72, 0xFC].into_iter().flat_map(u16::to_le_bytes).collect();
        assert_eq!(*read(&gzip(&bytes))[0].as_ref().unwrap(), Document::from_text("Grü"));
    }

    #[test]
    fn a_truncated_gzip_gives_its_beginning_and_then_an_error() {
        let text = varied(100_000);
        let whole = gzip(text.as_bytes());
        let found = read(&whole[..whole.len() / 2]);
        assert_eq!(found.len(), 2);
        let Content::Text(beginning) = &found[0].as_ref().unwrap().content else { panic!() };
        assert!(beginning.len() > 10_000 && text.starts_with(beginning));
        assert_eq!(found[1].as_ref().unwrap_err().error.kind().name(), "compression");
        let found = read(&whole[..5]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].as_ref().unwrap_err().error.kind().name(), "compression");
    }
}
