//! The file of pages in numbers: a table (`derived::table`) whose entries are origin,
//! site's hash, number of elements and number of blocks.
//!
//! Before the labels stand the structures of all pages as little-endian `u32`: for each element the
//! distance to its parent, 0 for none; for each block its element (0 for none, counted from 1), its
//! signature, its letters, its letters in links, 1 for a heading.

use super::DerivedPage;
use crate::document::html::NO_ELEMENT;
use crate::error::Result;
use crate::featurize::page::skeleton::{Bone, Skeleton};
use crate::featurize::page::{StoredBlocks, stored_columns};
use crate::train::derived::Origin;
use crate::train::derived::table::{Contents, Entry, Kind, Table, numbers, unusable};

/// Numbers of a block's structure.
const BONE: usize = 5;

/// Origin, site's hash, elements, blocks.
type Entries = (usize, String, usize, usize);

impl Entry for Entries {
    fn origin(&self) -> usize {
        self.0
    }

    fn paragraphs(&self) -> usize {
        self.3
    }

    fn extra(&self) -> usize {
        4 * (self.2 + BONE * self.3)
    }
}

fn kind() -> Kind {
    Kind { format: "smallprint-pages", schema: 1, columns: stored_columns() }
}

/// Pages as the bytes of a file. Equal pages give equal bytes.
#[must_use]
pub fn encode(origins: &[Origin], pages: &[DerivedPage]) -> Vec<u8> {
    let entry = |page: &DerivedPage| {
        let elements = page.rows.skeleton().parents().len();
        (page.origin, page.publisher.clone(), elements, page.labels.len())
    };
    let contents = Contents {
        origins,
        documents: pages.iter().map(entry).collect(),
        extra: pages.iter().flat_map(|page| structure_bytes(page.rows.skeleton())).collect(),
        labels: pages.iter().flat_map(|page| &page.labels).copied().collect(),
        words: pages.iter().flat_map(|page| &page.words).copied().collect(),
        rows: pages.iter().flat_map(|page| page.rows.rows()).collect(),
    };
    contents.encode(kind())
}

/// The bare structure of a page, as the file has it.
pub(super) fn structure_bytes(skeleton: &Skeleton) -> Vec<u8> {
    let distance = |(index, &parent): (u32, &u32)| match parent {
        NO_ELEMENT => 0,
        parent => index - parent,
    };
    let bone = |bone: &Bone| {
        let heading = u32::from(bone.is_heading);
        [bone.element.wrapping_add(1), bone.signature, bone.letters, bone.link_letters, heading]
    };
    let distances = (0u32..).zip(skeleton.parents()).map(distance);
    distances.chain(skeleton.bones().iter().flat_map(bone)).flat_map(u32::to_le_bytes).collect()
}

/// `None` where an element does not stand before what it holds.
fn structure(bytes: &[u8], elements: usize) -> Option<Skeleton> {
    let numbers: Vec<u32> = numbers(bytes).collect();
    let (distances, bones) = numbers.split_at(elements);
    let parent = |(index, &distance): (u32, &u32)| match distance {
        0 => Some(NO_ELEMENT),
        distance => index.checked_sub(distance),
    };
    let parents = (0u32..).zip(distances).map(parent).collect::<Option<_>>()?;
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
    let table: Table<Entries> = Table::decode(bytes, &kind())?;
    let (mut pages, mut start, mut at) = (Vec::new(), 0, 0);
    for entry in &table.documents {
        let (origin, publisher, elements, blocks) = entry;
        let (range, extra) = (start..start + blocks, at..at + entry.extra());
        (start, at) = (range.end, extra.end);
        let skeleton = structure(&table.extra[extra], *elements)
            .ok_or_else(|| unusable("elements after their parents", "one before"))?;
        pages.push(DerivedPage {
            origin: *origin,
            publisher: publisher.clone(),
            labels: table.labels[range.clone()].to_vec(),
            words: table.words[range.clone()].to_vec(),
            rows: StoredBlocks::from_values(skeleton, table.rows(range))
                .expect("as many columns as checked"),
        });
    }
    Ok((table.origins, pages))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};

    use super::*;
    use crate::document::html::read_page;
    use crate::featurize::cues::Cues;
    use crate::featurize::page::Blocks;
    use crate::label::Label;

    #[test]
    fn pages_read_back() {
        let page = |source: &str| {
            let (page, cues) = (read_page(source), Cues::default());
            let rows = StoredBlocks::of(&Blocks::new(&page, &cues, &cues));
            let labels = vec![Some(Label::Body); rows.len()];
            let words = (1..).take(rows.len()).collect();
            DerivedPage { origin: 0, publisher: "ab".into(), labels, words, rows }
        };
        let mut pages = [
            page("<nav><a href=/>Home</a></nav><div><h1>Ferry</h1><p>It stays, they said.</div>x"),
            page("loose text"),
        ];
        pages[0].labels[1] = None;
        let origins = [Origin { name: "s".into(), origin: "o".into(), licence: "l".into() }];
        let (origins_read, read) = decode(&encode(&origins, &pages)).unwrap();
        assert_eq!(origins_read, origins);
        for (page, read) in pages.iter().zip(&read) {
            assert_eq!((&page.labels, &page.words), (&read.labels, &read.words));
            assert_eq!(page.rows.skeleton(), read.rows.skeleton());
            for (a, b) in page.rows.rows().flatten().zip(read.rows.rows().flatten()) {
                // Half a step of a column that reaches 7.
                assert!((a - b).abs() <= 0.03, "{a} {b}");
            }
        }
        // What was read is stored as the same values.
        assert_eq!(decode(&encode(&origins, &read)).unwrap().1, read);
        // An element that stands in one behind it.
        assert!(structure(&[7, 0, 0, 0], 1).is_none());
    }

    /// What is changed in a file's first line.
    type Change = fn(&mut serde_json::Value);

    /// The file of a page with its first line changed.
    fn with_header(change: Change) -> Vec<u8> {
        let (page, cues) = (read_page("<h1>Ferry</h1><p>It stays."), Cues::default());
        let rows = StoredBlocks::of(&Blocks::new(&page, &cues, &cues));
        let labels = vec![Some(Label::Body); rows.len()];
        let page =
            DerivedPage { origin: 0, publisher: "ab".into(), labels, words: vec![1, 2], rows };
        let origins = [Origin { name: "s".into(), origin: "o".into(), licence: "l".into() }];
        let mut bytes = Vec::new();
        GzDecoder::new(&*encode(&origins, &[page])).read_to_end(&mut bytes).unwrap();
        let end = bytes.iter().position(|&byte| byte == b'\n').unwrap();
        let mut header = serde_json::from_slice(&bytes[..end]).unwrap();
        change(&mut header);
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&serde_json::to_vec(&header).unwrap()).unwrap();
        encoder.write_all(&bytes[end..]).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_file_of_other_columns_is_refused() {
        fn columns(header: &mut serde_json::Value) -> &mut Vec<serde_json::Value> {
            header["columns"].as_array_mut().unwrap()
        }
        decode(&with_header(|_| {})).unwrap();
        let n = stored_columns().len();
        let last = &stored_columns()[n - 1];
        let cases: [(Change, String, String); 5] = [
            (
                |header| *columns(header).last_mut().unwrap() = "other".into(),
                format!("expected column `{last}`"),
                "found `other`".into(),
            ),
            (
                |header| drop(columns(header).pop()),
                format!("expected {n} columns"),
                format!("found {}", n - 1),
            ),
            (
                |header| columns(header).push("more".into()),
                format!("expected {n} columns"),
                format!("found {}", n + 1),
            ),
            (
                |header| header["schema"] = 2.into(),
                "expected schema 1".into(),
                "found schema 2".into(),
            ),
            (
                |header| header["format"] = "smallprint-rows".into(),
                "expected format `smallprint-pages`".into(),
                "found `smallprint-rows`".into(),
            ),
        ];
        for (change, expected, found) in cases {
            let message = decode(&with_header(change)).unwrap_err().to_string();
            for part in [&expected, &found] {
                assert!(message.contains(part.as_str()), "no `{part}` in {message}");
            }
        }
    }
}
