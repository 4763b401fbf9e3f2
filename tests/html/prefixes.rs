//! Pages that end anywhere.

use proptest::prelude::*;
use smallprint::document::html::read_page;

use crate::{pages, twin, whole};

#[test]
fn every_beginning_of_a_page_is_read_as_a_browser_reads_it() {
    let mut faults = Vec::new();
    for (name, source) in pages::pages() {
        for end in (0..source.len()).filter(|&end| source.is_char_boundary(end)) {
            let source = &source[..end];
            whole::check(&read_page(source), source);
            // Cut between cells, a page has text where a browser moves it away.
            if !source.contains("<table") {
                let found = twin::difference(source);
                faults.extend(found.map(|found| format!("{name}, {end} bytes: {found}")));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults, first: {}", faults.len(), faults[0]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(source in "\\PC{0,200}") {
        whole::check(&read_page(&source), &source);
    }

    #[test]
    fn any_signs_of_markup_are_read(source in "[<>/!a-c=\"' \\-&;#x0\u{0}\u{a0}\u{200b}é\n]{0,200}") {
        whole::check(&read_page(&source), &source);
    }
}
