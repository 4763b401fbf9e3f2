//! The four seed articles.

use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use smallprint::Document;

pub const SEEDS: [&str; 4] = [
    "000_002d618f72081cb8.txt",
    "001_058d35c32a0b7f00.txt",
    "002_34115ab7bab93ded.txt",
    "003_1cf66c48eca757b9.txt",
];

/// The seeds in their order, each leaked for the length of the test; `None`, and a word about it,
/// where the shared data are not at hand.
pub fn seeds(what: &str) -> Option<[&'static Document; 4]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/seeds");
    if !folder.is_dir() {
        eprintln!(
            "skipped: {what} of the seeds: there is no folder ../shared/data/seeds beside the repository"
        );
        return None;
    }
    Some(SEEDS.map(|name| {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        &*Box::leak(Box::new(Document::from_text(text)))
    }))
}

/// The first 16 digits of the SHA-256 of some words.
pub fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
