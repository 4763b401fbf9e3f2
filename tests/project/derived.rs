//! What `training-data/derived/` may hold: numbers, and cues that are nobody's.

use std::collections::{BTreeMap, BTreeSet};

use smallprint::document::html::attribute_words;
use smallprint::featurize::cues::{Cue, Place, fold, words};
use smallprint::records::GoldPages;
use smallprint::records::{LabelMap, read_labelled};
use smallprint::train::derived::{Origin, cues, rows};
use smallprint::train::pages;

use crate::tree;

const ROWS: &str = "training-data/derived/rows.gz";
const CUES: &str = "training-data/derived/cues.tsv";
const PAGES: &str = "training-data/derived/pages.gz";
const PAGE_CUES: &str = "training-data/derived/page-cues.tsv";
/// Of all files together.
const MAX_BYTES: usize = 8_000_000;
const MAX_PAGES: usize = 500;
const PAGE_SETS: [&str; 2] = ["wcxb-dev", "newspaper-pages"];
const MIN_PUBLISHERS: usize = 5;
const SETS: [&str; 3] = ["sloppy-text", "news-text", "typed-blocks"];

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(tree::root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[track_caller]
fn check(origins: &[Origin], sets: &[&str], publishers: impl Iterator<Item = String>) {
    assert_eq!(origins.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), sets);
    assert!(origins.iter().all(|o| !o.licence.is_empty() && !o.origin.is_empty()));
    for publisher in publishers {
        let is_hash =
            publisher.len() == 8 && publisher.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_hash, "a publisher's name in clear: {publisher}");
    }
}

fn derived_cues() -> Vec<Cue> {
    cues::from_text(&tree::read(CUES)).unwrap()
}

#[test]
fn rows_name_their_origins_and_hold_the_columns_of_this_build() {
    let all = [ROWS, CUES, PAGES, PAGE_CUES].map(|file| bytes(file).len());
    assert!(all.iter().sum::<usize>() <= MAX_BYTES, "{all:?}");
    // Reading refuses any column but those of the schema: there is no room for words.
    let (origins, documents) = rows::decode(&bytes(ROWS)).unwrap();
    assert!(documents.len() > 1_000);
    check(&origins, &SETS, documents.into_iter().map(|document| document.publisher));
    let (origins, pages) = pages::rows::decode(&bytes(PAGES)).unwrap();
    assert!((400..=MAX_PAGES).contains(&pages.len()));
    check(&origins, &PAGE_SETS, pages.into_iter().map(|page| page.publisher));
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
fn page_cues_are_words_of_attributes_at_five_sites() {
    let cues = cues::from_text(&tree::read(PAGE_CUES)).unwrap();
    assert!(cues.len() > 1_000);
    let mut sites: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for cue in &cues {
        let words: Vec<&str> = cue.text.split(' ').collect();
        let is_plain = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(words.len() <= 3 && words.iter().all(is_plain), "{cue:?}");
        sites.extend(words.into_iter().map(|word| (word, BTreeSet::new())));
    }
    let Some(folder) = tree::shared_data("at how many sites words of page cues occur") else {
        return;
    };
    for file in ["wcxb-dev/pages.jsonl", "newspaper-pages/articles.json"] {
        for page in GoldPages::open(&folder.join(file)).unwrap() {
            let page = page.unwrap();
            for word in attribute_words(&page.html).values() {
                if let Some(sites) = sites.get_mut(word.as_str()) {
                    sites.insert(page.group().to_owned());
                }
            }
        }
    }
    for (word, sites) in sites {
        assert!(sites.len() >= MIN_PUBLISHERS, "`{word}`: {sites:?}");
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
