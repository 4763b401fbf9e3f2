//! The file of templates: a line of JSON, then counts.
//!
//! The line names format, schema and numbers of entries. Then come the publishers and then the
//! paragraphs, each as a key of 8 bytes and a count of 4, little-endian, in order of keys. Equal
//! templates give equal bytes. Keys are hashes, which nothing makes smaller: hence no compression.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Entry, FEWEST, Templates};
use crate::error::{Error, ErrorKind, Result};

/// What marks a file as ours.
const FORMAT: &str = "smallprint-templates";
/// Version of the file's form and of the fingerprints.
const SCHEMA: u32 = 1;
/// Bytes of a key and of an entry.
const KEY: usize = 8;
const ENTRY: usize = 12;
/// The first line is shorter; whatever has no line break by then is no such file.
const LONGEST_LINE: usize = 1024;

#[derive(Serialize, Deserialize)]
struct Header {
    format: String,
    schema: u32,
    documents: u64,
    publishers: usize,
    paragraphs: usize,
}

impl Templates {
    /// The contents of a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let header = Header {
            format: FORMAT.to_owned(),
            schema: SCHEMA,
            documents: self.documents,
            publishers: self.publishers.len(),
            paragraphs: self.paragraphs.len(),
        };
        let mut bytes = serde_json::to_vec(&header).expect("numbers and a string serialise");
        bytes.push(b'\n');
        for (key, count) in self.publishers.iter().chain(&self.paragraphs) {
            bytes.extend(key.to_le_bytes());
            bytes.extend(count.to_le_bytes());
        }
        bytes
    }

    /// Reads the contents of a file.
    ///
    /// # Errors
    /// [`ErrorKind::Templates`], naming what was expected and what was found, for anything but a
    /// whole file of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let start = &bytes[..bytes.len().min(LONGEST_LINE)];
        let Some(end) = start.iter().position(|&byte| byte == b'\n') else {
            return Err(unusable("a line of JSON first", "none"));
        };
        let header: Header = serde_json::from_slice(&bytes[..end])
            .map_err(|error| unusable("a line of JSON first", error.to_string()))?;
        if header.format != FORMAT {
            let found = format!("`{}`", header.format);
            return Err(unusable(format!("format `{FORMAT}`"), found));
        }
        if header.schema != SCHEMA {
            let found = format!("schema {}; learn the templates anew", header.schema);
            return Err(unusable(format!("schema {SCHEMA}"), found));
        }
        let body = &bytes[end + 1..];
        let n_entries = header.publishers.saturating_add(header.paragraphs);
        let expected = n_entries.saturating_mul(ENTRY);
        if body.len() != expected {
            let found = format!("{}: the file is cut off or has grown", body.len());
            return Err(unusable(format!("{expected} bytes of counts"), found));
        }
        let (publishers, paragraphs) = body.split_at(header.publishers * ENTRY);
        Ok(Self {
            documents: header.documents,
            publishers: entries(publishers)?,
            paragraphs: entries(paragraphs)?,
        })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it cannot be read, else as [`Self::from_bytes`]; both name the file.
    pub fn from_path(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path)
            .map_err(|error| Error::io("cannot read the templates", error).in_file(path))?;
        Self::from_bytes(&bytes).map_err(|error| error.in_file(path))
    }
}

fn entries(bytes: &[u8]) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::with_capacity(bytes.len() / ENTRY);
    for entry in bytes.chunks_exact(ENTRY) {
        let (key, count) = entry.split_at(KEY);
        let key = u64::from_le_bytes(key.try_into().expect("8 bytes"));
        let count = u32::from_le_bytes(count.try_into().expect("4 bytes"));
        if entries.last().is_some_and(|&(last, _)| last >= key) {
            return Err(unusable("keys in ascending order", format!("{key:016x} out of order")));
        }
        if count < FEWEST {
            let found = format!("{count} of {key:016x}");
            return Err(unusable(format!("counts of at least {FEWEST}"), found));
        }
        entries.push((key, count));
    }
    Ok(entries)
}

fn unusable(expected: impl Into<String>, found: impl Into<String>) -> Error {
    ErrorKind::Templates { expected: expected.into(), found: found.into() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Templates {
        Templates {
            documents: 9,
            publishers: vec![(3, 7)],
            paragraphs: vec![(1, 2), (5, 7), (u64::MAX, 3)],
        }
    }

    #[test]
    fn templates_read_back_equal() {
        for templates in [sample(), Templates::default()] {
            let bytes = templates.to_bytes();
            assert_eq!(Templates::from_bytes(&bytes).unwrap(), templates);
        }
    }

    #[test]
    fn a_wrong_file_says_what_was_expected_and_found() {
        let good = sample().to_bytes();
        let end = good.iter().position(|&byte| byte == b'\n').unwrap() + 1;
        let with = |from: &str, to: &str| {
            let line = String::from_utf8(good[..end].to_vec()).unwrap().replace(from, to);
            [line.as_bytes(), &good[end..]].concat()
        };
        let swapped =
            [&good[..end], &good[end + 24..end + 36], &good[end..end + 24], &good[end + 36..]];
        let mut few = good.clone();
        few[end + 8] = 1;
        for (bytes, expected, found) in [
            (Vec::new(), "a line of JSON", "none"),
            (b"{}\n".to_vec(), "a line of JSON", "missing field"),
            (vec![b'x'; 5000], "a line of JSON", "none"),
            (with(FORMAT, "model"), "`smallprint-templates`", "`model`"),
            (with("\"schema\":1", "\"schema\":2"), "schema 1", "schema 2; learn"),
            (with("\"paragraphs\":3", "\"paragraphs\":18446744073709551615"), "bytes", "48"),
            (good[..good.len() - 1].to_vec(), "48 bytes", "47"),
            (swapped.concat(), "ascending", "0000000000000001"),
            (few, "at least 2", "1 of 0000000000000003"),
        ] {
            let error = Templates::from_bytes(&bytes).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Templates { .. }));
            let error = error.to_string();
            assert!(error.contains(expected) && error.contains(found), "{error}");
        }
    }
}
