//! What `training-data/` promises: known labels, enough of everything, little said twice.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use smallprint::Label;

use crate::tree;
use crate::words::{hash, words};

const MIN_DOCUMENTS: usize = 1_000;
const MIN_PARAGRAPHS: usize = 18_000;
const MIN_HARD: usize = 3_000;
/// Fewest paragraphs of each label, genres and publishers.
const MIN_OF_A_LABEL: usize = 400;
const MIN_GENRES: usize = 60;
const MIN_PUBLISHERS: usize = 150;
/// Shorter paragraphs (`Share this article`) are alike by nature.
const MIN_WORDS: usize = 8;
const RUN: usize = 5;
/// Two paragraphs are near-duplicates if more than 4 / 5 of their words are common to both.
const OVERLAP: (usize, usize) = (4, 5);
const MAX_DUPLICATES_RATIO: f64 = 0.01;
const MAX_SHARED_RUNS_RATIO: f64 = 0.03;
const MAX_SHARED_BODY_RUNS_RATIO: f64 = 0.01;

/// A row of `document,publisher,genre,index,label,hard,text`.
struct Row {
    file: String,
    line: u64,
    document: String,
    publisher: String,
    genre: String,
    index: String,
    label: String,
    hard: String,
    text: String,
}

impl Row {
    #[track_caller]
    fn check(&self, right: bool, fault: &str) {
        assert!(right, "{}:{}: {fault}: {:?}", self.file, self.line, self.text);
    }
}

/// The rows of all files, in order of file and line.
fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for file in tree::files() {
        if !(file.starts_with("training-data/") && file.ends_with(".csv")) {
            continue;
        }
        let mut reader = csv::Reader::from_path(tree::root().join(&file)).unwrap();
        let header: Vec<&str> = reader.headers().unwrap().iter().collect();
        assert_eq!(header, ["document", "publisher", "genre", "index", "label", "hard", "text"]);
        for record in reader.records() {
            let record = record.unwrap_or_else(|error| panic!("{file}: {error}"));
            let [document, publisher, genre, index, label, hard, text] =
                std::array::from_fn(|column| record[column].to_owned());
            let line = record.position().unwrap().line();
            let file = file.clone();
            rows.push(Row { file, line, document, publisher, genre, index, label, hard, text });
        }
    }
    rows
}

#[test]
fn every_row_is_well_formed() {
    let (mut finished, mut publishers) = (HashSet::new(), HashMap::new());
    let rows = rows();
    for group in rows.chunk_by(|a, b| (&a.file, &a.document) == (&b.file, &b.document)) {
        group[0].check(
            finished.insert(&group[0].document),
            "the document stood before, in another place",
        );
        for (row, index) in group.iter().zip(0..) {
            row.check(row.label.parse::<Label>().is_ok(), "unknown label");
            row.check(!row.text.trim().is_empty(), "empty text");
            row.check(row.text.trim() == row.text, "white space around the text");
            row.check(row.publisher.ends_with(".example"), "publisher that may be a real one");
            row.check(row.index == index.to_string(), &format!("index, expected {index}"));
            let publisher = publishers.entry(&row.document).or_insert(&row.publisher);
            row.check(**publisher == row.publisher, "the document had another publisher before");
        }
    }
}

#[test]
fn there_is_enough_of_everything() {
    let rows = rows();
    let documents: HashSet<_> = rows.iter().map(|row| &row.document).collect();
    let publishers: HashSet<_> = rows.iter().map(|row| &row.publisher).collect();
    let genres: HashSet<_> = rows.iter().map(|row| &row.genre).collect();
    let hard = rows.iter().filter(|row| !row.hard.is_empty()).count();
    assert!(documents.len() >= MIN_DOCUMENTS, "{} documents", documents.len());
    assert!(rows.len() >= MIN_PARAGRAPHS, "{} paragraphs", rows.len());
    assert!(hard >= MIN_HARD, "{hard} hard paragraphs");
    assert!(genres.len() >= MIN_GENRES, "{} genres", genres.len());
    assert!(publishers.len() >= MIN_PUBLISHERS, "{} publishers", publishers.len());
    for label in Label::ALL {
        let n = rows.iter().filter(|row| row.label == label.as_str()).count();
        assert!(n >= MIN_OF_A_LABEL, "{n} paragraphs with the label {label}");
    }
}

/// How often word sets of `paragraphs` overlap with an earlier one, and the first few pairs.
///
/// Of two sets that overlap by more than 4 / 5 of their union, each has a word of the other among
/// its rarest fifth: only those are indexed.
fn near_duplicates(paragraphs: &[Vec<String>]) -> Vec<(usize, usize)> {
    let mut frequency: HashMap<&str, usize> = HashMap::new();
    let sets: Vec<BTreeSet<&str>> =
        paragraphs.iter().map(|words| words.iter().map(String::as_str).collect()).collect();
    for word in sets.iter().flatten() {
        *frequency.entry(word).or_default() += 1;
    }
    let mut index: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for (place, set) in sets.iter().enumerate() {
        let mut rarest: Vec<&str> = set.iter().copied().collect();
        rarest.sort_by_key(|word| (frequency[word], *word));
        rarest.truncate(set.len() - set.len() * OVERLAP.0 / OVERLAP.1 + 1);
        let candidates: BTreeSet<usize> =
            rarest.iter().filter_map(|word| index.get(word)).flatten().copied().collect();
        let alike = |&other: &usize| {
            let common = set.intersection(&sets[other]).count();
            let union = set.len() + sets[other].len() - common;
            common * OVERLAP.1 > union * OVERLAP.0
        };
        found.extend(candidates.into_iter().find(alike).map(|other| (place, other)));
        for word in rarest {
            index.entry(word).or_default().push(place);
        }
    }
    found
}

#[test]
fn near_duplicates_are_few() {
    let paragraphs: Vec<Vec<String>> =
        rows().iter().map(|row| words(&row.text)).filter(|w| w.len() >= MIN_WORDS).collect();
    let found = near_duplicates(&paragraphs);
    let ratio = found.len() as f64 / paragraphs.len() as f64;
    let show = |&(a, b): &(usize, usize)| {
        format!("{}\n  ~ {}", paragraphs[a].join(" "), paragraphs[b].join(" "))
    };
    assert!(
        ratio <= MAX_DUPLICATES_RATIO,
        "{} of {} paragraphs repeat an earlier one, expected at most {MAX_DUPLICATES_RATIO}:\n{}",
        found.len(),
        paragraphs.len(),
        found.iter().take(10).map(show).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn near_duplicates_are_found() {
    let text = ["a b c d e f g h i", "b c d e f g h i z", "a b c d e f g h i j", "q r s t"];
    let paragraphs: Vec<_> = text.iter().map(|text| words(text)).collect();
    // 8 of 10 words in common is not more than .8; 9 of 10 is.
    assert_eq!(near_duplicates(&paragraphs), [(2, 0)]);
}

#[test]
fn publishers_say_things_in_their_own_words() {
    let rows = rows();
    let texts: Vec<(&Row, Vec<String>)> = rows
        .iter()
        .map(|row| (row, words(&row.text)))
        .filter(|(_, words)| words.len() >= MIN_WORDS)
        .collect();
    // A run's publisher; `None` once there are two.
    let mut publishers: HashMap<u64, Option<&str>> = HashMap::new();
    for (row, words) in &texts {
        for run in words.windows(RUN) {
            let publisher = Some(row.publisher.as_str());
            let known = publishers.entry(hash(run)).or_insert(publisher);
            if *known != publisher {
                *known = None;
            }
        }
    }
    let (mut total, mut shared) = ([0usize; 2], [0usize; 2]);
    let mut examples: BTreeMap<String, usize> = BTreeMap::new();
    for (row, words) in &texts {
        let kind = usize::from(row.label == "body");
        for run in words.windows(RUN) {
            total[kind] += 1;
            if publishers[&hash(run)].is_none() {
                shared[kind] += 1;
                *examples.entry(run.join(" ")).or_default() += 1;
            }
        }
    }
    let mut examples: Vec<_> = examples.into_iter().collect();
    examples.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    examples.truncate(10);
    let all = (shared[0] + shared[1]) as f64 / (total[0] + total[1]) as f64;
    let body = shared[1] as f64 / total[1] as f64;
    assert!(
        all <= MAX_SHARED_RUNS_RATIO && body <= MAX_SHARED_BODY_RUNS_RATIO,
        "{all:.4} of the runs of {RUN} words stand at two or more publishers, expected at most \
         {MAX_SHARED_RUNS_RATIO}; in body {body:.4}, expected at most \
         {MAX_SHARED_BODY_RUNS_RATIO}; most often: {examples:?}"
    );
}

/// The rows of the table `| label | paragraphs | hard |`, where the document has one.
fn counts_table(document: &str) -> Option<BTreeMap<String, (usize, usize)>> {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim().trim_matches('|');
        inner.split('|').map(|cell| cell.replace(['`', '*', ','], "").trim().to_owned()).collect()
    };
    let mut lines =
        document.lines().skip_while(|line| cells(line) != ["label", "paragraphs", "hard"]);
    lines.next()?;
    let rows = lines.skip(1).take_while(|line| line.trim_start().starts_with('|')).map(cells);
    rows.map(|row| Some((row[0].clone(), (row.get(1)?.parse().ok()?, row.get(2)?.parse().ok()?))))
        .collect()
}

#[test]
fn the_readme_counts_what_is_there() {
    let mut expected: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in rows() {
        for key in [row.label.as_str(), "total"] {
            let counts = expected.entry(key.to_owned()).or_default();
            counts.0 += 1;
            counts.1 += usize::from(!row.hard.is_empty());
        }
    }
    let mut found = counts_table(&tree::read("training-data/README.md"))
        .expect("training-data/README.md has a table `| label | paragraphs | hard |` of numbers");
    // A last row for the sum of all is welcome, not asked for.
    let total = found.remove("total").or_else(|| found.remove("all"));
    let sum = expected.remove("total").unwrap();
    assert_eq!(found, expected, "training-data/README.md, left, against the data, right");
    assert_eq!(total.unwrap_or(sum), sum, "training-data/README.md, total");
}

#[test]
fn the_table_is_read() {
    let table = "x\n\n| label | paragraphs | hard |\n| --- | ---: | ---: |\n| `body` | 1,204 | 3 |\n\n| a | b |";
    let counts = counts_table(table).unwrap();
    assert_eq!(counts, BTreeMap::from([("body".to_owned(), (1204, 3))]));
    assert_eq!(counts_table("no table"), None);
}
