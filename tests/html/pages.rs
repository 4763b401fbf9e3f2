//! Pages written for what browsers mend: every block is the browser's.

use std::fs;
use std::path::Path;

use smallprint::document::html::read_page;

use crate::{twin, whole};

/// The written pages with their names.
pub fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/pages");
    let mut pages: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // Git takes a file with a NUL for no text, so NULs are written as this sign.
            (name, fs::read_to_string(path).unwrap().replace('\u{2400}', "\0"))
        })
        .collect();
    pages.sort();
    pages
}

#[test]
fn written_pages_have_the_blocks_of_a_browser() {
    let pages = pages();
    assert!(pages.len() > 20, "only {} pages found", pages.len());
    let mut faults = Vec::new();
    for (name, source) in &pages {
        whole::check(&read_page(source), source);
        let n = twin::blocks(source).len();
        assert!(n > 1, "{name}: a page of {n} blocks tests nothing");
        faults.extend(twin::difference(source).map(|difference| format!("{name}: {difference}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
