//! The file of derived rows.
//!
//! Gzip over: one line of JSON (format, schema, labels, column names, the step of each column,
//! origins, and origin, publisher's hash and number of paragraphs of each document), then for all
//! paragraphs in order a byte for the label (255: none), then the words as `u32`, little-endian, then
//! column by column one `i8` a paragraph. A value is the byte times the column's step; 0 is exact.

use std::io::{Read as _, Write as _};

use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};

use super::quantise::{label, label_byte, quantised, step, unusable};
use super::{DerivedDocument, Origin};
use crate::error::Result;
use crate::featurize::stored::{StoredParagraphs, columns};
use crate::label::Label;

/// The `format` field of every file.
const FORMAT: &str = "smallprint-rows";
/// Version of the file's form.
const SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    schema: u32,
    labels: Vec<String>,
    columns: Vec<String>,
    steps: Vec<f64>,
    origins: Vec<Origin>,
    /// Origin, publisher's hash, number of paragraphs.
    documents: Vec<(usize, String, usize)>,
}

/// Documents as the bytes of a file. Equal documents give equal bytes.
#[must_use]
pub fn encode(origins: &[Origin], documents: &[DerivedDocument]) -> Vec<u8> {
    let columns = columns();
    let n_columns = columns.len();
    let column = |index: usize| {
        let rows = documents.iter().flat_map(|d| d.rows.values().chunks_exact(n_columns));
        rows.map(move |row| row[index])
    };
    let steps: Vec<f64> = (0..n_columns).map(|index| step(column(index))).collect();
    let header = Header {
        format: FORMAT.to_owned(),
        schema: SCHEMA,
        labels: Label::ALL.map(|label| label.as_str().to_owned()).to_vec(),
        steps: steps.clone(),
        origins: origins.to_vec(),
        documents: documents
            .iter()
            .map(|d| (d.origin, d.publisher.clone(), d.labels.len()))
            .collect(),
        columns,
    };
    let mut bytes = serde_json::to_vec(&header).expect("strings and finite numbers serialise");
    bytes.push(b'\n');
    let labels = documents.iter().flat_map(|d| &d.labels);
    bytes.extend(labels.map(|label| label_byte(*label)));
    for words in documents.iter().flat_map(|d| &d.words) {
        bytes.extend(words.to_le_bytes());
    }
    for (index, step) in steps.into_iter().enumerate() {
        bytes.extend(column(index).map(|value| quantised(value, step).to_le_bytes()[0]));
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes).and_then(|()| encoder.finish()).expect("a vector takes all bytes")
}

/// Reads the bytes of a file.
///
/// # Errors
/// [`crate::error::ErrorKind::Model`], naming what was expected and what was found, for anything but a whole file
/// of this version with the columns and labels of this build.
pub fn decode(bytes: &[u8]) -> Result<(Vec<Origin>, Vec<DerivedDocument>)> {
    let mut all = Vec::new();
    GzDecoder::new(bytes)
        .read_to_end(&mut all)
        .map_err(|error| unusable("gzip as `train --derive` writes it", error.to_string()))?;
    let end = all.iter().position(|&byte| byte == b'\n').unwrap_or(all.len());
    let header: Header = serde_json::from_slice(&all[..end])
        .map_err(|error| unusable("a line of JSON first", error.to_string()))?;
    check(&header)?;
    let n_paragraphs: usize = header.documents.iter().map(|(_, _, n)| n).sum();
    let n_columns = header.columns.len();
    let body = all.get(end + 1..).unwrap_or_default();
    let expected = n_paragraphs.saturating_mul(5 + n_columns);
    if body.len() != expected {
        return Err(unusable(format!("{expected} bytes of rows"), format!("{}", body.len())));
    }
    let (labels, rest) = body.split_at(n_paragraphs);
    let (words, values) = rest.split_at(4 * n_paragraphs);
    let mut documents = Vec::new();
    let mut start = 0;
    for (origin, publisher, n) in header.documents {
        let range = start..start + n;
        start += n;
        let labels =
            labels[range.clone()].iter().map(|&byte| label(byte)).collect::<Result<_>>()?;
        let words = words[4 * range.start..4 * range.end]
            .chunks_exact(4)
            .map(|bytes| u32::from_le_bytes(bytes.try_into().expect("four bytes")))
            .collect();
        let mut rows = Vec::with_capacity(n * n_columns);
        for paragraph in range {
            rows.extend(header.steps.iter().enumerate().map(|(column, step)| {
                let byte = i8::from_le_bytes([values[column * n_paragraphs + paragraph]]);
                (f64::from(byte) * step) as f32
            }));
        }
        let rows = StoredParagraphs::from_values(n, rows).expect("as many columns as checked");
        documents.push(DerivedDocument { origin, publisher, labels, words, rows });
    }
    Ok((header.origins, documents))
}

fn check(header: &Header) -> Result<()> {
    if header.format != FORMAT {
        return Err(unusable(format!("format `{FORMAT}`"), format!("`{}`", header.format)));
    }
    if header.schema != SCHEMA {
        return Err(unusable(format!("schema {SCHEMA}"), format!("schema {}", header.schema)));
    }
    let labels = Label::ALL.map(Label::as_str);
    if header.labels != labels {
        return Err(unusable(labels.join(", "), header.labels.join(", ")));
    }
    let columns = columns();
    if header.columns != columns || header.steps.len() != columns.len() {
        let other = columns.iter().zip(&header.columns).find(|(a, b)| a != b);
        let (expected, found) = other.map_or_else(
            || (format!("{} columns", columns.len()), format!("{}", header.columns.len())),
            |(a, b)| (format!("column `{a}`"), format!("`{b}`")),
        );
        return Err(unusable(
            expected,
            format!("{found}; derive the rows anew with scripts/derive, or take them out"),
        ));
    }
    if header.steps.iter().any(|step| !step.is_finite()) {
        return Err(unusable("finite steps", "one that is not"));
    }
    match header.documents.iter().find(|(origin, ..)| *origin >= header.origins.len()) {
        Some((origin, ..)) => {
            Err(unusable(format!("{} origins", header.origins.len()), format!("number {origin}")))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::featurize::Paragraphs;
    use crate::featurize::cues::Cues;

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
