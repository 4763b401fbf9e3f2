//! The four texts that the project began with, where they are at hand: which passages are shared and
//! where accounts differ. Rows name documents, paragraphs and bytes; the words stay where they are.

#![expect(clippy::print_stderr, reason = "what is skipped is said")]

use std::path::Path;

use sha2::{Digest, Sha256};

use super::super::{Account, Comparison, Identity, Membership, PointKind, Relation};
use super::quote;
use crate::classify::Classifier;
use crate::credibility::finding::Passage;
use crate::credibility::reading::Reading;
use crate::document::Document;

const SEEDS: [&str; 4] = [
    "000_002d618f72081cb8",
    "001_058d35c32a0b7f00",
    "002_34115ab7bab93ded",
    "003_1cf66c48eca757b9",
];

/// Document, paragraph, bytes of the paragraph without a stop or comma at its end, and the first 16
/// digits of their SHA-256.
type Row = (usize, usize, usize, usize, &'static str);

/// X1.
const QUOTATIONS: [(Row, Row); 3] = [
    ((0, 4, 3, 124, "3db664362d580a45"), (1, 7, 3, 124, "3db664362d580a45")),
    ((0, 5, 3, 140, "119c67a0d9021ec3"), (1, 8, 3, 140, "9874e6a4a264a8bd")),
    ((0, 9, 3, 162, "a1a3a3c718d9bdbb"), (1, 10, 3, 162, "a1a3a3c718d9bdbb")),
];
/// X2.
const TEXT: [(Row, Row); 5] = [
    ((0, 0, 0, 112, "38a044d8c723141b"), (2, 4, 0, 325, "e56141a2fcc0da7a")),
    ((0, 2, 0, 147, "7631dd954844a8e0"), (2, 4, 0, 325, "e56141a2fcc0da7a")),
    ((0, 3, 0, 166, "2946aa3ab4dcbdb8"), (2, 5, 0, 163, "37e5600b7a6d2c59")),
    ((0, 6, 0, 124, "9cdef06db5dae776"), (2, 3, 0, 128, "6a1319d770614573")),
    ((0, 7, 0, 97, "6ef62d0af429fb49"), (2, 3, 129, 226, "308859900c2773d7")),
];
/// X5 and what agrees.
const POINTS: [(PointKind, Relation, Row, Row); 3] = [
    (
        PointKind::Day,
        Relation::Different,
        (1, 6, 49, 58, "c0a6cc829cd08735"),
        (2, 2, 35, 42, "7d8af1de1262f150"),
    ),
    (
        PointKind::Channel,
        Relation::Same,
        (0, 4, 185, 196, "e42653ac101e85a1"),
        (2, 2, 22, 31, "a80dc254fccf696a"),
    ),
    (
        PointKind::Channel,
        Relation::Compatible,
        (1, 6, 29, 45, "2a1848b22d25925b"),
        (2, 2, 22, 31, "a80dc254fccf696a"),
    ),
];

#[test]
fn the_seeds_come_out_as_people_read_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/seeds");
    if !folder.exists() {
        eprintln!(
            "skipped: the seeds: there is no folder ../shared/data/seeds beside the repository"
        );
        return;
    }
    let accounts = SEEDS.map(|name| read(&folder, name));
    let comparison = Comparison::new(&accounts);
    let row = |of: usize, passage: Passage| row(of, &accounts[of], passage);
    let (mut quotations, mut text, mut points) = (Vec::new(), Vec::new(), Vec::new());
    for pair in &comparison.pairs {
        let sides = |a: Passage, b: Passage| (row(pair.a, a), row(pair.b, b));
        quotations.extend(pair.quotations.iter().map(|m| sides(m.a, m.b)));
        text.extend(pair.text.iter().map(|m| sides(m.a, m.b)));
        points.extend(pair.points.iter().map(|p| (p.kind, p.relation, sides(p.a, p.b))));
        assert_eq!(pair.credit, None);
    }
    let owned = |(d, p, start, end, sha): Row| (d, p, start, end, sha.to_owned());
    assert_eq!(quotations, QUOTATIONS.map(|(a, b)| (owned(a), owned(b))));
    assert_eq!(text, TEXT.map(|(a, b)| (owned(a), owned(b))));
    for (kind, relation, a, b) in POINTS {
        let expected = (kind, relation, (owned(a), owned(b)));
        assert!(points.contains(&expected), "{kind:?} {relation:?}");
    }
    let n_different = points.iter().filter(|point| point.1 == Relation::Different).count();
    assert_eq!(n_different, 1, "they differ in the day alone");
    assert_eq!(comparison.stories, [[0, 1, 2]]);
    for seed in 0..3 {
        assert_eq!(comparison.membership(seed, 3), Membership::Related);
    }
}

fn read(folder: &Path, name: &str) -> Account {
    let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
    let document = Document::from_text(text);
    let verdict = Classifier::embedded().classify(&document);
    let mut reading = Reading::new(&document, &verdict);
    quote(&mut reading);
    Account::new(&reading, Identity { id: name.to_owned(), ..Identity::default() })
}

/// A passage as a row.
fn row(of: usize, account: &Account, passage: Passage) -> (usize, usize, usize, usize, String) {
    let whole = account.text(passage);
    // Sentences keep their stop; whether a quotation's comma is inside is a matter of style.
    let is_quote = account.quotes.iter().any(|quote| quote.passage == passage);
    let text = if is_quote { whole.trim_end_matches([',', '.', ' ']) } else { whole };
    let start = passage.within.start;
    let digest = Sha256::digest(text);
    let sha: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    (of, passage.paragraph, start, start + text.len(), sha)
}
