//! How fast our reader is beside a browser's tree, on the pages of the shared data. A measurement,
//! run by hand in a release build; docs/html-reader.md has the command and the figures.

use std::hint::black_box;
use std::time::Instant;

use smallprint::document::html::read_page;

use crate::{real, twin};

/// Rounds over all pages, of which the middle one counts.
const ROUNDS: usize = 5;

/// Megabytes a second of the middle round.
fn speed(pages: &[String], mut read: impl FnMut(&str)) -> f64 {
    let bytes: usize = pages.iter().map(String::len).sum();
    let mut seconds = [0.0; ROUNDS];
    for seconds in &mut seconds {
        let started = Instant::now();
        pages.iter().for_each(|page| read(page));
        *seconds = started.elapsed().as_secs_f64();
    }
    seconds.sort_by(f64::total_cmp);
    bytes as f64 / 1e6 / seconds[ROUNDS / 2]
}

#[test]
#[ignore = "a measurement: needs a release build and a quiet machine"]
fn our_reader_beside_a_browsers_tree() {
    let mut pages = Vec::new();
    for folder in ["wcxb-dev/html", "newspaper-pages/html"] {
        let Some(paths) = real::pages(folder) else { return };
        pages.extend(paths.iter().map(|path| real::read(path)));
    }
    let ours = speed(&pages, |page| {
        black_box(read_page(page));
    });
    let tree = speed(&pages, |page| {
        black_box(twin::tree(page));
    });
    eprintln!(
        "{} pages: ours {ours:.0} MB/s, html5ever's tree {tree:.0} MB/s, {:.1} times as fast",
        pages.len(),
        ours / tree
    );
    assert!(ours > 3.0 * tree, "our reader is not worth its code");
}
