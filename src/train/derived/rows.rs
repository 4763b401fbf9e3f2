//! The file of derived rows: a table (`super::table`) whose entries are origin, publisher's hash and
//! number of paragraphs.

use super::table::{Contents, Entry, Kind, Table};
use super::{DerivedDocument, Origin};
use crate::error::Result;
use crate::featurize::stored::{StoredParagraphs, columns};

/// Origin, publisher's hash, number of paragraphs.
type Document = (usize, String, usize);

impl Entry for Document {
    fn origin(&self) -> usize {
        self.0
    }

    fn paragraphs(&self) -> usize {
        self.2
    }

    fn extra(&self) -> usize {
        0
    }
}

fn kind() -> Kind {
    Kind { format: "smallprint-rows", schema: 1, columns: columns() }
}

/// Documents as the bytes of a file. Equal documents give equal bytes.
#[must_use]
pub fn encode(origins: &[Origin], documents: &[DerivedDocument]) -> Vec<u8> {
    let entry = |d: &DerivedDocument| (d.origin, d.publisher.clone(), d.labels.len());
    let kind = kind();
    let n_columns = kind.columns.len();
    let contents = Contents {
        origins,
        documents: documents.iter().map(entry).collect(),
        extra: Vec::new(),
        labels: documents.iter().flat_map(|d| &d.labels).copied().collect(),
        words: documents.iter().flat_map(|d| &d.words).copied().collect(),
        rows: documents.iter().flat_map(|d| d.rows.values().chunks_exact(n_columns)).collect(),
    };
    contents.encode(kind)
}

/// Reads the bytes of a file.
///
/// # Errors
/// [`crate::error::ErrorKind::Model`], naming what was expected and what was found, for anything but
/// a whole file of this version with the columns and labels of this build.
pub fn decode(bytes: &[u8]) -> Result<(Vec<Origin>, Vec<DerivedDocument>)> {
    let table: Table<Document> = Table::decode(bytes, &kind())?;
    let (mut documents, mut start) = (Vec::new(), 0);
    for (origin, publisher, n) in &table.documents {
        let range = start..start + n;
        start = range.end;
        documents.push(DerivedDocument {
            origin: *origin,
            publisher: publisher.clone(),
            labels: table.labels[range.clone()].to_vec(),
            words: table.words[range.clone()].to_vec(),
            rows: StoredParagraphs::from_values(*n, table.rows(range))
                .expect("as many columns as checked"),
        });
    }
    Ok((table.origins, documents))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};

    use super::*;
    use crate::featurize::Paragraphs;
    use crate::featurize::cues::Cues;
    use crate::label::Label;

    fn sample() -> (Vec<Origin>, Vec<DerivedDocument>) {
        let origin = Origin { name: "s".into(), origin: "o".into(), licence: "l".into() };
        let cues = Cues::default();
        let document = |texts: Vec<&str>, publisher: &str| DerivedDocument {
            origin: 0,
            publisher: publisher.into(),
            labels: texts.iter().map(|t| (t.len() > 12).then_some(Label::Body)).collect(),
            words: texts.iter().map(|t| t.split_whitespace().count() as u32).collect(),
            rows: StoredParagraphs::of(&Paragraphs::new(texts, &cues)),
        };
        let documents = vec![
            document(vec!["Share this", "He said so on 4 May 2019, when the ferry sank."], "ab"),
            document(vec!["One more line of it"], "cd"),
        ];
        (vec![origin], documents)
    }

    #[test]
    fn documents_read_back_within_half_a_step() {
        let (origins, documents) = sample();
        let bytes = encode(&origins, &documents);
        let (origins_read, read) = decode(&bytes).unwrap();
        assert_eq!(origins_read, origins);
        for (document, read) in documents.iter().zip(&read) {
            assert_eq!((&document.labels, &document.words), (&read.labels, &read.words));
            assert_eq!(document.publisher, read.publisher);
            for (a, b) in document.rows.values().iter().zip(read.rows.values()) {
                assert!((a - b).abs() <= 0.01 * a.abs().max(1.0), "{a} {b}");
                assert!(*a != 0.0 || *b == 0.0);
            }
        }
        // What was read is stored as the same values.
        assert_eq!(decode(&encode(&origins, &read)).unwrap().1, read);
    }

    #[test]
    fn a_file_that_does_not_fit_says_what_was_expected_and_found() {
        let (origins, documents) = sample();
        let good = encode(&origins, &documents);
        let mut text = Vec::new();
        GzDecoder::new(&good[..]).read_to_end(&mut text).unwrap();
        let end = text.iter().position(|&byte| byte == b'\n').unwrap();
        let with = |from: &str, to: &str| {
            let header = String::from_utf8(text[..end].to_vec()).unwrap().replacen(from, to, 1);
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(header.as_bytes()).unwrap();
            encoder.write_all(&text[end..]).unwrap();
            encoder.finish().unwrap()
        };
        for (bytes, expected, found) in [
            (good[..good.len() / 2].to_vec(), "gzip", ""),
            (b"no".to_vec(), "gzip", ""),
            (with("smallprint-rows", "x"), "smallprint-rows", "`x`"),
            (with("\"schema\":1", "\"schema\":7"), "schema 1", "schema 7"),
            (with("log_words", "log_wordz"), "`log_words`", "`log_wordz`"),
            (with("\"ab\",2", "\"ab\",3"), "bytes of rows", ""),
            (with("[[0,", "[[4,"), "1 origins", "number 4"),
            (with("\"body\"", "\"text\""), "body, heading", "text, heading"),
        ] {
            let error = decode(&bytes).unwrap_err().to_string();
            assert!(error.contains(expected) && error.contains(found), "{error}");
        }
    }
}
