//! The pages of the shared data, where they are at hand: every block is the browser's.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use smallprint::document::html::read_page;

use crate::{twin, whole};

/// The pages of a folder of the shared data, or `None` with a word on what is skipped.
pub fn pages(folder: &str) -> Option<Vec<PathBuf>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    let Ok(entries) = fs::read_dir(&path) else {
        eprintln!(
            "skipped: blocks of real pages: there is no folder ../shared/data/{folder} beside the \
             repository"
        );
        return None;
    };
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    Some(pages)
}

pub fn read(path: &Path) -> String {
    let mut bytes = Vec::new();
    let file = File::open(path).unwrap();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Checks a folder's pages: all of the browser's `n_blocks` blocks are ours too, in their order and
/// with their white space, and no others.
fn check(folder: &str, n_blocks: usize) {
    let Some(pages) = pages(folder) else { return };
    let (mut n, mut faults) = (0, Vec::new());
    for path in &pages {
        let source = read(path);
        whole::check(&read_page(&source), &source);
        n += twin::blocks(&source).len();
        if let Some(difference) = twin::difference(&source) {
            let name = path.file_name().unwrap().to_string_lossy();
            // The words of a page do not belong into a log: a beginning tells the place.
            faults.push(format!("{name}: {}", difference.chars().take(120).collect::<String>()));
        }
    }
    eprintln!("{folder}: {n} blocks on {} pages, {} of which differ", pages.len(), faults.len());
    assert!(faults.is_empty(), "{} pages differ:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(n, n_blocks, "{folder}: other pages than those that the floor was measured on");
}

#[test]
fn wcxb_pages_have_the_blocks_of_a_browser() {
    check("wcxb-dev/html", 426_337);
}

#[test]
fn newspaper_pages_have_the_blocks_of_a_browser() {
    check("newspaper-pages/html", 87_589);
}
