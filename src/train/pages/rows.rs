//! The file of pages in numbers.
//!
//! Gzip over: one line of JSON (format, schema, labels, column names, the step of each column,
//! origins, and origin, site's hash, number of elements and number of blocks of each page), then the
//! structures of all pages as little-endian `u32` (for each element the distance to its parent, 0
//! for none; for each block its element, 0 for none and counted from 1, its signature, its letters,
//! its letters in links, 1 for a heading), then a byte a block for its label (255: none), its words
//! as `u32`, and column by column one `i8` a block. A value is the byte times the column's step.

use std::io::{Read as _, Write as _};

use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};

use super::DerivedPage;
use crate::document::html::NO_ELEMENT;
use crate::error::Result;
use crate::featurize::page::skeleton::{Bone, Skeleton};
use crate::featurize::page::{StoredBlocks, stored_columns};
use crate::label::Label;
use crate::train::derived::Origin;
use crate::train::derived::quantise::{label, label_byte, quantised, step, unusable};

const FORMAT: &str = "smallprint-pages";
/// Version of the file's form.
const SCHEMA: u32 = 1;
/// Numbers of a block's structure.
const BONE: usize = 5;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    schema: u32,
    labels: Vec<String>,
    columns: Vec<String>,
    steps: Vec<f64>,
    origins: Vec<Origin>,
    /// Origin, site's hash, elements, blocks.
    pages: Vec<(usize, String, usize, usize)>,
}

/// Pages as the bytes of a file. Equal pages give equal bytes.
#[must_use]
pub fn encode(origins: &[Origin], pages: &[DerivedPage]) -> Vec<u8> {
    let columns = stored_columns();
    let rows: Vec<Vec<f32>> =
        pages.iter().flat_map(|p| (0..p.rows.len()).map(|index| p.rows.row(index))).collect();
    let column = |index: usize| rows.iter().map(move |row| row[index]);
    let steps: Vec<f64> = (0..columns.len()).map(|index| step(column(index))).collect();
    let header = Header {
        format: FORMAT.to_owned(),
        schema: SCHEMA,
        labels: Label::ALL.map(|label| label.as_str().to_owned()).to_vec(),
        columns,
        steps: steps.clone(),
        origins: origins.to_vec(),
        pages: pages
            .iter()
            .map(|p| {
                let elements = p.rows.skeleton().parents().len();
                (p.origin, p.publisher.clone(), elements, p.labels.len())
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec(&header).expect("strings and finite numbers serialise");
    bytes.push(b'\n');
    for page in pages {
        put_structure(page.rows.skeleton(), &mut bytes);
    }
    bytes.extend(pages.iter().flat_map(|p| &p.labels).map(|label| label_byte(*label)));
    for words in pages.iter().flat_map(|p| &p.words) {
        bytes.extend(words.to_le_bytes());
    }
    for (index, step) in steps.into_iter().enumerate() {
        bytes.extend(column(index).map(|value| quantised(value, step).to_le_bytes()[0]));
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes).and_then(|()| encoder.finish()).expect("a vector takes all bytes")
}

fn put_structure(skeleton: &Skeleton, bytes: &mut Vec<u8>) {
    let mut put = |number: u32| bytes.extend(number.to_le_bytes());
    for (index, &parent) in (0u32..).zip(skeleton.parents()) {
        put(if parent == NO_ELEMENT { 0 } else { index - parent });
    }
    for bone in skeleton.bones() {
        put(bone.element.wrapping_add(1));
        put(bone.signature);
        put(bone.letters);
        put(bone.link_letters);
        put(u32::from(bone.is_heading));
    }
}

fn structure(numbers: &[u32], elements: usize) -> Option<Skeleton> {
    let (parents, bones) = numbers.split_at(elements);
    let parent = |(index, &distance): (u32, &u32)| match distance {
        0 => Some(NO_ELEMENT),
        distance => index.checked_sub(distance),
    };
    let parents = (0u32..).zip(parents).map(parent).collect::<Option<Vec<u32>>>()?;
    let bone = |b: &[u32]| Bone {
        element: b[0].wrapping_sub(1),
        signature: b[1],
        letters: b[2],
        link_letters: b[3],
        is_heading: b[4] != 0,
    };
    Skeleton::new(parents, bones.chunks_exact(BONE).map(bone).collect())
}

/// Reads the bytes of a file.
///
/// # Errors
/// [`crate::error::ErrorKind::Model`], naming what was expected and what was found, for anything but
/// a whole file of this version with the columns and labels of this build.
pub fn decode(bytes: &[u8]) -> Result<(Vec<Origin>, Vec<DerivedPage>)> {
    let mut all = Vec::new();
    GzDecoder::new(bytes)
        .read_to_end(&mut all)
        .map_err(|error| unusable("gzip as `train --derive` writes it", error.to_string()))?;
    let end = all.iter().position(|&byte| byte == b'\n').unwrap_or(all.len());
    let header: Header = serde_json::from_slice(&all[..end])
        .map_err(|error| unusable("a line of JSON first", error.to_string()))?;
    check(&header)?;
    let n_blocks: usize = header.pages.iter().map(|page| page.3).sum();
    let n_elements: usize = header.pages.iter().map(|page| page.2).sum();
    let body = all.get(end + 1..).unwrap_or_default();
    let in_structure = 4 * (n_elements + BONE * n_blocks);
    let expected = in_structure + n_blocks * (5 + header.columns.len());
    if body.len() != expected {
        return Err(unusable(format!("{expected} bytes of pages"), format!("{}", body.len())));
    }
    let (numbers, body) = body.split_at(in_structure);
    let (labels, body) = body.split_at(n_blocks);
    let (words, values) = body.split_at(4 * n_blocks);
    let [numbers, words] = [numbers, words].map(|bytes| {
        let number = |b: &[u8]| u32::from_le_bytes(b.try_into().expect("four bytes"));
        bytes.chunks_exact(4).map(number).collect::<Vec<u32>>()
    });
    let (mut pages, mut start, mut at) = (Vec::new(), 0, 0);
    for (origin, publisher, elements, blocks) in header.pages {
        let range = start..start + blocks;
        let in_page = elements + BONE * blocks;
        let skeleton = structure(&numbers[at..at + in_page], elements)
            .ok_or_else(|| unusable("elements after their parents", "one before"))?;
        (start, at) = (start + blocks, at + in_page);
        let mut rows = Vec::with_capacity(blocks * header.columns.len());
        for block in range.clone() {
            rows.extend(header.steps.iter().enumerate().map(|(column, step)| {
                let byte = i8::from_le_bytes([values[column * n_blocks + block]]);
                (f64::from(byte) * step) as f32
            }));
        }
        pages.push(DerivedPage {
            origin,
            publisher,
            labels: labels[range.clone()].iter().map(|&b| label(b)).collect::<Result<_>>()?,
            words: words[range].to_vec(),
            rows: StoredBlocks::from_values(skeleton, &rows).expect("columns were checked"),
        });
    }
    Ok((header.origins, pages))
}

fn check(header: &Header) -> Result<()> {
    if header.format != FORMAT || header.schema != SCHEMA {
        let found = format!("`{}`, schema {}", header.format, header.schema);
        return Err(unusable(format!("format `{FORMAT}`, schema {SCHEMA}"), found));
    }
    let labels = Label::ALL.map(Label::as_str);
    if header.labels != labels {
        return Err(unusable(labels.join(", "), header.labels.join(", ")));
    }
    let columns = stored_columns();
    if header.columns != columns || header.steps.len() != columns.len() {
        let found = format!("{} other columns", header.columns.len());
        return Err(unusable(
            format!("the {} columns of this build", columns.len()),
            format!("{found}; derive the pages anew with scripts/derive, or take them out"),
        ));
    }
    if header.pages.iter().any(|page| page.0 >= header.origins.len()) {
        return Err(unusable("an origin of each page", "a number beyond them"));
    }
    Ok(())
}
