//! What `training-data/derived/` may hold: numbers, and cues that are nobody's.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use smallprint::document::GoldPage;
use smallprint::document::html::{attribute_words, read_page};
use smallprint::featurize::cues::{Cue, MAX_WORDS, Place, fold, words};
use smallprint::featurize::page::near_words;
use smallprint::records::GoldPages;
use smallprint::records::{LabelMap, read_labelled};
use smallprint::train::derived::{Origin, cues, rows};
use smallprint::train::pages;

use crate::data_policy::publisher;
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

fn page_cues() -> Vec<Cue> {
    cues::from_text(&tree::read(PAGE_CUES)).unwrap()
}

#[test]
fn page_cues_have_three_words_at_most_and_nothing_but_small_letters() {
    let cues = page_cues();
    assert!(cues.len() > 1_000);
    for cue in cues {
        let words: Vec<&str> = cue.text.split(' ').collect();
        assert!((1..=3).contains(&words.len()), "{cue:?}");
        let is_plain =
            |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(words.iter().all(is_plain), "{cue:?}");
        // An element's words have no beginning and no end of their own.
        assert_eq!(cue.place, Place::Any, "{cue:?}");
    }
}

/// All runs of one to three words that follow each other near a block, in one element.
fn runs_near_blocks(page: &GoldPage) -> BTreeSet<String> {
    let (read, names) = (read_page(&page.html), attribute_words(&page.html));
    let blocks = 0..read.blocks.len();
    // Elements are made alike by the hundred.
    let lists: BTreeSet<&[u64]> = blocks.flat_map(|block| near_words(&read, block)).collect();
    let mut runs = BTreeSet::new();
    for list in lists {
        let words: Vec<&str> = list.iter().map(|word| names[word].as_str()).collect();
        for n in 1..=MAX_WORDS {
            runs.extend(words.windows(n).map(|words| words.join(" ")));
        }
    }
    runs
}

#[test]
fn every_page_cue_occurs_whole_at_five_publishers() {
    let Some(folder) = tree::shared_data("at how many publishers page cues occur") else {
        return;
    };
    let mut found: BTreeMap<String, BTreeSet<String>> =
        page_cues().into_iter().map(|cue| (cue.text, BTreeSet::new())).collect();
    for file in ["wcxb-dev/pages.jsonl", "newspaper-pages/articles.json"] {
        let pages = GoldPages::open(&folder.join(file)).unwrap().par_bridge();
        let seen: Vec<(String, BTreeSet<String>)> = pages
            .map(|page| {
                let page = page.unwrap();
                let runs = runs_near_blocks(&page);
                // A site without an address is named by its publisher, or by its host.
                let address = page.url.as_deref().unwrap_or(page.group());
                (
                    publisher(address),
                    runs.into_iter().filter(|run| found.contains_key(run)).collect(),
                )
            })
            .collect();
        for (publisher, runs) in seen {
            for run in runs {
                found.entry(run).or_default().insert(publisher.clone());
            }
        }
    }
    let few = |(_, publishers): &(&String, &BTreeSet<String>)| publishers.len() < MIN_PUBLISHERS;
    let few: Vec<_> = found.iter().filter(few).collect();
    assert!(few.is_empty(), "{} page cues at fewer than {MIN_PUBLISHERS}: {few:?}", few.len());
}

/// What the test above takes for a cue's occurrence.
#[test]
fn runs_of_words_end_where_their_element_does() {
    let html = "<div class='menu item'><p id=topStory class=\"a1 promo\">x <b class=share>y</b>";
    let page = GoldPage { html: html.into(), ..GoldPage::default() };
    let runs = runs_near_blocks(&page);
    let expected = [
        "item",
        "menu",
        "menu item",
        "promo",
        "share",
        "story",
        "story promo",
        "top",
        "top story",
        "top story promo",
    ];
    assert_eq!(runs.iter().collect::<Vec<_>>(), expected);
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
