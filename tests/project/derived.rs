//! What `training-data/derived/` may hold: numbers, and cues that are nobody's.

use std::collections::{BTreeMap, BTreeSet};

use smallprint::featurize::cues::{Cue, Place, fold, words};
use smallprint::records::{LabelMap, read_labelled};
use smallprint::train::derived::{cues, rows};

use crate::tree;

const ROWS: &str = "training-data/derived/rows.gz";
const CUES: &str = "training-data/derived/cues.tsv";
const MAX_BYTES: usize = 4_000_000;
const MIN_PUBLISHERS: usize = 5;
const SETS: [&str; 3] = ["sloppy-text", "news-text", "typed-blocks"];

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(tree::root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn derived_cues() -> Vec<Cue> {
    cues::from_text(&tree::read(CUES)).unwrap()
}

#[test]
fn rows_name_their_origins_and_hold_the_columns_of_this_build() {
    let (rows_file, cues_file) = (bytes(ROWS), bytes(CUES));
    assert!(rows_file.len() + cues_file.len() <= MAX_BYTES);
    // Reading refuses any column but those of the schema: there is no room for words.
    let (origins, documents) = rows::decode(&rows_file).unwrap();
    assert_eq!(origins.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), SETS);
    assert!(origins.iter().all(|o| !o.licence.is_empty() && !o.origin.is_empty()));
    assert!(documents.len() > 1_000);
    for document in documents {
        let is_hash = document.publisher.len() == 8
            && document.publisher.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_hash, "a publisher's name in clear: {}", document.publisher);
    }
}

#[test]
fn cues_have_three_words_at_most_and_no_digits_or_addresses() {
    let cues = derived_cues();
    assert!(cues.len() > 1_000);
    for cue in cues {
        let words: Vec<&str> = cue.text.split(' ').collect();
        assert!((1..=3).contains(&words.len()), "{cue:?}");
        let plain = |word: &&str| word.chars().all(char::is_alphabetic);
        assert!(words.iter().all(plain), "{cue:?}");
    }
}

#[test]
fn every_cue_occurs_at_five_publishers_who_write_its_words_small() {
    let Some(folder) = tree::shared_data("at how many publishers derived cues occur") else {
        return;
    };
    let mut found: BTreeMap<(Place, String), BTreeSet<String>> = BTreeMap::new();
    let mut small: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for cue in derived_cues() {
        for word in cue.text.split(' ') {
            small.insert(word.to_owned(), BTreeSet::new());
        }
        found.insert((cue.place, cue.text), BTreeSet::new());
    }
    for set in SETS {
        let path = folder.join(set).join("dev.jsonl");
        for document in read_labelled(&path, &LabelMap::default()).unwrap() {
            for paragraph in &document.paragraphs {
                let raw = words(&paragraph.text);
                let folded: Vec<String> = raw.iter().map(|word| fold(word)).collect();
                let mut see = |place: Place, words: &[String]| {
                    if let Some(publishers) = found.get_mut(&(place, words.join(" "))) {
                        publishers.insert(document.group().to_owned());
                    }
                };
                for n in 1..=3.min(folded.len()) {
                    folded.windows(n).for_each(|words| see(Place::Any, words));
                    see(Place::Start, &folded[..n]);
                    see(Place::End, &folded[folded.len() - n..]);
                }
                for (raw, folded) in raw.iter().zip(&folded) {
                    if raw.starts_with(char::is_lowercase)
                        && let Some(publishers) = small.get_mut(folded)
                    {
                        publishers.insert(document.group().to_owned());
                    }
                }
            }
        }
    }
    for ((place, text), publishers) in found {
        assert!(publishers.len() >= MIN_PUBLISHERS, "{place:?} `{text}`: {}", publishers.len());
    }
    for (word, publishers) in small {
        assert!(publishers.len() >= MIN_PUBLISHERS, "`{word}` may be a name: {}", publishers.len());
    }
}
