//! A file of documents in numbers: what derived texts and derived pages have in common.
//!
//! Gzip over: one line of JSON (format, schema, labels, column names, the step of each column,
//! origins, and an entry a document), then what else the kind of document needs, then for all
//! paragraphs in order a byte for the label (255: none), then the words as `u32`, little-endian, then
//! column by column one `i8` a paragraph. A value is the byte times the column's step; 0 is exact.

use std::io::{Read as _, Write as _};
use std::ops::Range;

use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Origin;
use crate::error::{Error, ErrorKind, Result};
use crate::label::Label;

/// What a file is.
pub(in crate::train) struct Kind {
    /// The `format` field of every such file.
    pub(in crate::train) format: &'static str,
    /// Version of the file's form.
    pub(in crate::train) schema: u32,
    /// Names of the columns, in order.
    pub(in crate::train) columns: Vec<String>,
}

/// A document's entry in the first line.
pub(in crate::train) trait Entry: Serialize + DeserializeOwned {
    /// Index of its origin.
    fn origin(&self) -> usize;
    /// Its paragraphs.
    fn paragraphs(&self) -> usize;
    /// Bytes that it has before the labels.
    fn extra(&self) -> usize;
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header<D> {
    format: String,
    schema: u32,
    labels: Vec<String>,
    columns: Vec<String>,
    steps: Vec<f64>,
    origins: Vec<Origin>,
    documents: Vec<D>,
}

/// The contents of a file to be.
pub(in crate::train) struct Contents<'a, D> {
    pub(in crate::train) origins: &'a [Origin],
    pub(in crate::train) documents: Vec<D>,
    /// What the documents have before the labels.
    pub(in crate::train) extra: Vec<u8>,
    pub(in crate::train) labels: Vec<Option<Label>>,
    pub(in crate::train) words: Vec<u32>,
    /// One row a paragraph.
    pub(in crate::train) rows: Vec<&'a [f32]>,
}

impl<D: Entry> Contents<'_, D> {
    /// The bytes of a file. Equal contents give equal bytes.
    pub(in crate::train) fn encode(self, kind: Kind) -> Vec<u8> {
        let column = |index: usize| self.rows.iter().map(move |row| row[index]);
        let steps: Vec<f64> = (0..kind.columns.len()).map(|index| step(column(index))).collect();
        let header = Header {
            format: kind.format.to_owned(),
            schema: kind.schema,
            labels: Label::ALL.map(|label| label.as_str().to_owned()).to_vec(),
            columns: kind.columns,
            steps,
            origins: self.origins.to_vec(),
            documents: self.documents,
        };
        let mut bytes = serde_json::to_vec(&header).expect("strings and finite numbers serialise");
        bytes.push(b'\n');
        bytes.extend(self.extra);
        bytes.extend(self.labels.iter().map(|label| label_byte(*label)));
        bytes.extend(self.words.iter().flat_map(|words| words.to_le_bytes()));
        for (index, &step) in header.steps.iter().enumerate() {
            bytes.extend(column(index).map(|value| quantised(value, step).to_le_bytes()[0]));
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&bytes).and_then(|()| encoder.finish()).expect("a vector takes all bytes")
    }
}

/// The contents of a file that was read.
pub(in crate::train) struct Table<D> {
    pub(in crate::train) origins: Vec<Origin>,
    pub(in crate::train) documents: Vec<D>,
    pub(in crate::train) extra: Vec<u8>,
    pub(in crate::train) labels: Vec<Option<Label>>,
    pub(in crate::train) words: Vec<u32>,
    steps: Vec<f64>,
    /// Column by column.
    values: Vec<u8>,
}

impl<D: Entry> Table<D> {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// [`ErrorKind::Model`], naming what was expected and what was found, for anything but a whole
    /// file of this kind with the labels of this build.
    pub(in crate::train) fn decode(bytes: &[u8], kind: &Kind) -> Result<Self> {
        let mut all = Vec::new();
        GzDecoder::new(bytes)
            .read_to_end(&mut all)
            .map_err(|error| unusable("gzip as `train --derive` writes it", error.to_string()))?;
        let end = all.iter().position(|&byte| byte == b'\n').unwrap_or(all.len());
        let header: Header<D> = serde_json::from_slice(&all[..end])
            .map_err(|error| unusable("a line of JSON first", error.to_string()))?;
        check(&header, kind)?;
        let sum = |size: fn(&D) -> usize| header.documents.iter().map(size).sum::<usize>();
        let (n, extra) = (sum(D::paragraphs), sum(D::extra));
        let body = all.get(end + 1..).unwrap_or_default();
        let expected = n.saturating_mul(5 + header.columns.len()).saturating_add(extra);
        if body.len() != expected {
            return Err(unusable(format!("{expected} bytes of rows"), format!("{}", body.len())));
        }
        let (extra, body) = body.split_at(extra);
        let (labels, body) = body.split_at(n);
        let (words, values) = body.split_at(4 * n);
        Ok(Self {
            origins: header.origins,
            documents: header.documents,
            extra: extra.to_vec(),
            labels: labels.iter().map(|&byte| label(byte)).collect::<Result<_>>()?,
            words: numbers(words).collect(),
            steps: header.steps,
            values: values.to_vec(),
        })
    }

    /// The rows of a range of paragraphs, one after the other.
    pub(in crate::train) fn rows(&self, range: Range<usize>) -> Vec<f32> {
        let n = self.labels.len();
        let value = |paragraph: usize, (column, step): (usize, &f64)| {
            let byte = i8::from_le_bytes([self.values[column * n + paragraph]]);
            (f64::from(byte) * step) as f32
        };
        let row = |paragraph: usize| {
            self.steps.iter().enumerate().map(move |column| value(paragraph, column))
        };
        range.flat_map(row).collect()
    }
}

/// Little-endian numbers.
pub(in crate::train) fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes(b.try_into().expect("four bytes")))
}

fn check<D: Entry>(header: &Header<D>, kind: &Kind) -> Result<()> {
    if header.format != kind.format {
        return Err(unusable(format!("format `{}`", kind.format), format!("`{}`", header.format)));
    }
    if header.schema != kind.schema {
        return Err(unusable(
            format!("schema {}", kind.schema),
            format!("schema {}", header.schema),
        ));
    }
    let labels = Label::ALL.map(Label::as_str);
    if header.labels != labels {
        return Err(unusable(labels.join(", "), header.labels.join(", ")));
    }
    let columns = &kind.columns;
    if header.columns != *columns || header.steps.len() != columns.len() {
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
    let origins = header.origins.len();
    match header.documents.iter().map(D::origin).find(|&origin| origin >= origins) {
        Some(origin) => Err(unusable(format!("{origins} origins"), format!("number {origin}"))),
        None => Ok(()),
    }
}

/// Values farther from the column's mean than so many standard deviations are cut off; the model
/// itself cuts at [`crate::model::CLIP`].
const CUT: f64 = 6.0;
/// Largest magnitude of a stored byte.
const LIMIT: f64 = 127.0;

/// The step of a column: its largest magnitude, extremes cut off, is 127 steps.
fn step(values: impl Iterator<Item = f32> + Clone) -> f64 {
    let n = values.clone().count().max(1) as f64;
    let mean = values.clone().map(f64::from).sum::<f64>() / n;
    let squares: f64 = values.clone().map(|x| (f64::from(x) - mean).powi(2)).sum();
    let largest = values.map(|x| f64::from(x.abs())).fold(0.0, f64::max);
    let limit = mean.abs() + CUT * (squares / n).sqrt();
    // Six decimals are enough, and look the same in every file.
    let step = largest.min(limit) / LIMIT;
    if largest <= limit { step } else { (step * 1e6).ceil() / 1e6 }
}

fn quantised(value: f32, step: f64) -> i8 {
    if step > 0.0 { (f64::from(value) / step).round().clamp(-LIMIT, LIMIT) as i8 } else { 0 }
}

pub(in crate::train) fn unusable(expected: impl Into<String>, found: impl Into<String>) -> Error {
    ErrorKind::Model {
        what: "file of derived rows",
        expected: expected.into(),
        found: found.into(),
    }
    .into()
}

/// The label of a byte of the file.
fn label(byte: u8) -> Result<Option<Label>> {
    if byte == label_byte(None) {
        return Ok(None);
    }
    let label = Label::ALL.get(usize::from(byte)).copied();
    label.map(Some).ok_or_else(|| unusable("a label's number", byte.to_string()))
}

/// A label's number in the file; 255 for none.
pub(in crate::train) fn label_byte(label: Option<Label>) -> u8 {
    label.map_or(u8::MAX, |label| label.index() as u8)
}
