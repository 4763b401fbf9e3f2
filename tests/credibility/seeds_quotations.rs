//! The quotations of the four seed articles, where the shared data are at hand: which words are
//! quoted and who says them, by document, paragraph, bytes and hash. No words stand here.

use smallprint::Classifier;
use smallprint::credibility::{Ending, Passage, Quotation, Reading};

use crate::seeds::{hash, seeds};

/// Paragraph, bytes, and the first 16 digits of the SHA-256 of the words.
type Part = (usize, usize, usize, &'static str);
/// A document's quotation: its parts, its end, whether its marks are mixed, the hash of the name of
/// who says it.
type Row = (usize, &'static [Part], Ending, bool, &'static str);

/// The one person whom three of the articles quote.
const AMBASSADOR: &str = "39c99bf6026d7d2d";
/// Those quoted on somebody else.
const FAMILY: &str = "aa2d0851f69d3bb1";

#[rustfmt::skip] // a line a quotation
const ROWS: &[Row] = &[
    (0, &[(1, 72, 94, "85a946e6a50e4e59")], Ending::Closed, false, AMBASSADOR),
    (0, &[(2, 73, 84, "53c2f436de063653")], Ending::Closed, false, AMBASSADOR),
    (0, &[(4, 3, 125, "6a1d98b4385c4165")], Ending::Closed, false, AMBASSADOR),
    (0, &[(5, 3, 141, "0f4bc2285a0d0bbd")], Ending::Closed, false, AMBASSADOR),
    (0, &[(8, 3, 138, "aec593985d6bce0c"), (9, 3, 163, "859113d0d1e82783")], Ending::Closed, false, AMBASSADOR),
    (0, &[(11, 38, 65, "d29be74a2815294e")], Ending::Closed, true, AMBASSADOR),
    (0, &[(16, 106, 116, "707c8bac40d51dc1")], Ending::Closed, false, FAMILY),
    (0, &[(16, 150, 175, "58d1b03610d12a0a")], Ending::Closed, false, FAMILY),
    (1, &[(7, 3, 125, "6a1d98b4385c4165")], Ending::Closed, false, AMBASSADOR),
    (1, &[(8, 3, 141, "c7153b6507e5e631")], Ending::Closed, false, AMBASSADOR),
    (1, &[(9, 76, 135, "3bd4f75500721891")], Ending::Open, false, AMBASSADOR),
    (1, &[(10, 3, 163, "b2691770d16a648c")], Ending::Closed, false, AMBASSADOR),
    (1, &[(11, 127, 173, "f4a2faa139cfc3c9")], Ending::Closed, false, AMBASSADOR),
    (3, &[(4, 141, 147, "9c0a46bda1086e9c")], Ending::Closed, false, AMBASSADOR),
    (3, &[(5, 57, 133, "5d6ffc56703003db"), (6, 3, 33, "a6eb11339a25eb2d")], Ending::Closed, false, AMBASSADOR),
    (3, &[(6, 50, 194, "ba360a8d63d54241")], Ending::Closed, false, AMBASSADOR),
    (3, &[(6, 224, 261, "9ba534784b58def1")], Ending::Closed, false, AMBASSADOR),
    (3, &[(7, 59, 229, "a1f24664580e6d05"), (8, 3, 217, "02e0a62b287c5c8b")], Ending::Closed, false, AMBASSADOR),
    (3, &[(9, 13, 58, "98791a14179d3273")], Ending::Closed, false, AMBASSADOR),
    (3, &[(9, 122, 137, "65a08639d41f8969")], Ending::Closed, false, AMBASSADOR),
    (3, &[(13, 31, 85, "9757453f11db5eeb"), (14, 3, 145, "0ff8bf89e50fd055")], Ending::Closed, false, AMBASSADOR),
];

/// A quotation found, in the form of [`Row`].
type Found = (Vec<(usize, usize, usize, String)>, Ending, bool, String);

/// A quotation as it stands in [`ROWS`].
fn row(reading: &Reading<'_>, quotation: &Quotation) -> Found {
    let part = |passage: &Passage| {
        let words = passage.within.slice(reading.paragraphs[passage.paragraph].text);
        (passage.paragraph, passage.within.start, passage.within.end, hash(words))
    };
    let speaker =
        quotation.speaker.as_ref().map_or_else(String::new, |speaker| hash(&speaker.name));
    (quotation.parts.iter().map(part).collect(), quotation.ending, quotation.mixed_marks, speaker)
}

#[test]
fn quotations_of_the_seeds_have_their_speakers() {
    let Some(seeds) = seeds("quotations") else { return };
    let classifier = Classifier::embedded();
    for (document, text) in seeds.into_iter().enumerate() {
        let verdict = classifier.classify(text);
        let reading = Reading::new(text, &verdict);
        let found: Vec<_> = reading.quotations.iter().map(|found| row(&reading, found)).collect();
        for &(_, parts, ending, mixed, speaker) in ROWS.iter().filter(|row| row.0 == document) {
            let parts = parts.iter().map(|&(p, start, end, hash)| (p, start, end, hash.to_owned()));
            let expected = (parts.collect(), ending, mixed, speaker.to_owned());
            assert!(found.contains(&expected), "{document}: {expected:?} is not in {found:#?}");
        }
        if document == 2 {
            assert!(found.is_empty(), "{found:?}");
        }
    }
}
