//! What may not be in a tracked file: texts of the shared data, places of one machine.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use serde_json::Value;

use crate::tree;
use crate::words::{hash, words};

/// So many words in a row are taken for copied, unless many publishers use them.
const RUN: usize = 8;
/// Runs at this many publishers are formulas of law and trade.
const FORMULA_PUBLISHERS: usize = 3;

/// Runs of words in tracked files, and at which publishers of the shared data they occur.
struct Runs {
    /// Publishers as bits of their numbers would be too many; at most three are of interest.
    publishers: HashMap<u64, Vec<u32>>,
    numbers: HashMap<String, u32>,
}

impl Runs {
    fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut publishers = HashMap::new();
        for text in texts {
            for run in words(text).windows(RUN).filter(|run| says_something(run)) {
                publishers.insert(hash(run), Vec::new());
            }
        }
        Self { publishers, numbers: HashMap::new() }
    }

    /// Notes which runs occur in a text of a publisher.
    fn see(&mut self, publisher: &str, text: &str) {
        let next = u32::try_from(self.numbers.len()).unwrap();
        let number = *self.numbers.entry(publisher.to_owned()).or_insert(next);
        for run in words(text).windows(RUN) {
            let Some(seen) = self.publishers.get_mut(&hash(run)) else { continue };
            if seen.len() < FORMULA_PUBLISHERS && !seen.contains(&number) {
                seen.push(number);
            }
        }
    }

    /// The runs that occur, but at too few publishers for a formula.
    fn copied(&self) -> HashSet<u64> {
        let few = |seen: &Vec<u32>| (1..FORMULA_PUBLISHERS).contains(&seen.len());
        self.publishers.iter().filter(|(_, seen)| few(seen)).map(|(&run, _)| run).collect()
    }
}

/// Rows of numbers, and the letters of an index, are alike everywhere.
fn says_something(run: &[String]) -> bool {
    let is_word = |word: &&String| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    run.iter().filter(is_word).count() > RUN / 2
}

/// The registrable domain of an address, near enough: `https://www.news.example.co.uk/x` is
/// `example.co.uk`.
pub fn publisher(address: &str) -> String {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', ':', '?']).next().unwrap_or_default().to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let second_level = labels.len() > 2
        && labels[labels.len() - 1].len() == 2
        && ["co", "com", "org", "net", "gov", "ac", "edu"].contains(&labels[labels.len() - 2]);
    labels[labels.len().saturating_sub(if second_level { 3 } else { 2 })..].join(".")
}

/// Calls `see` with publisher and text of everything in the shared data.
fn read_shared(folder: &Path, mut see: impl FnMut(&str, &str)) {
    fn text<'v>(value: &'v Value, key: &str) -> &'v str {
        value[key].as_str().unwrap_or_default()
    }
    let open = |name: &str| {
        let file = File::open(folder.join(name));
        BufReader::new(file.unwrap_or_else(|error| panic!("../shared/data/{name}: {error}")))
    };
    let objects = |name: &str| {
        open(name).lines().map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap())
    };
    for name in ["sloppy-text/dev.jsonl", "news-text/dev.jsonl", "typed-blocks/dev.jsonl"] {
        for document in objects(name) {
            for paragraph in document["paragraphs"].as_array().unwrap() {
                see(text(&document, "publisher"), text(paragraph, "text"));
            }
        }
    }
    for page in objects("wcxb-dev/pages.jsonl") {
        see(&publisher(text(&page, "url")), text(&page, "main_content"));
    }
    let articles: Value = serde_json::from_reader(open("newspaper-pages/articles.json")).unwrap();
    for article in articles.as_array().unwrap() {
        see(&publisher(text(article, "link")), text(article, "text"));
    }
    for entry in std::fs::read_dir(folder.join("seeds")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            see(&path.to_string_lossy(), &std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The text of a file as a reader sees it: in JSON and in source code `\n` is no letter.
fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"")
}

/// Every tracked file with its text, but for licences, which are everybody's.
fn tracked() -> BTreeMap<String, String> {
    let own = |name: &String| !name.starts_with("LICENSE");
    tree::files()
        .into_iter()
        .filter(own)
        .map(|name| (unescaped(&tree::read(&name)), name))
        .map(|(text, name)| (name, text))
        .collect()
}

#[test]
fn no_tracked_file_holds_text_of_the_shared_data() {
    let Some(folder) = tree::shared_data("whether tracked files hold its text") else { return };
    let files = tracked();
    let mut runs = Runs::of(files.values().map(String::as_str));
    let mut seen = 0usize;
    read_shared(&folder, |publisher, text| {
        seen += text.len();
        runs.see(publisher, text);
    });
    assert!(seen > 5_000_000, "only {seen} bytes of text found in ../shared/data");
    let copied = runs.copied();
    let mut found = Vec::new();
    for (name, text) in &files {
        // The words themselves do not belong into a log: the place is enough.
        for (line, at) in text.lines().zip(1..) {
            let n = words(line).windows(RUN).filter(|run| copied.contains(&hash(run))).count();
            if n > 0 {
                found.push(format!("{name}, about line {at}: {n}"));
            }
        }
        if found.is_empty() && words(text).windows(RUN).any(|run| copied.contains(&hash(run))) {
            found.push(format!("{name}: over a line's end"));
        }
    }
    assert!(
        found.is_empty(),
        "runs of {RUN} words that stand in ../shared/data at fewer than {FORMULA_PUBLISHERS} \
         publishers; say it in your own words:\n{}",
        found.join("\n")
    );
}

#[test]
fn a_copied_run_is_found_and_a_formula_is_not() {
    let ours = "Yesterday the ferry sank in the harbour of Thule, and nobody laughed. All rights are \
                reserved and nothing may be copied at all. 1 2 3 4 5 6 7 8 9";
    let mut runs = Runs::of([ours]);
    runs.see("a.example", "THE FERRY sank in the Harbour of Thule!");
    runs.see("b.example", "1 2 3 4 5 6 7 8 9");
    for publisher in ["a.example", "b.example", "c.example"] {
        runs.see(publisher, "All rights are reserved and nothing may be copied.");
    }
    let expected = hash(&words("the ferry sank in the harbour of thule"));
    assert_eq!(runs.copied(), HashSet::from([expected]));
}

#[test]
fn publishers_are_registrable_domains() {
    assert_eq!(publisher("https://www.news.example.co.uk/a?b"), "example.co.uk");
    assert_eq!(publisher("http://blog.example.com:80/"), "example.com");
    assert_eq!(publisher("example.tv"), "example.tv");
    // Slashes in a path begin no host.
    assert_eq!(publisher("https://example.com/blog//a?b=c://d"), "example.com");
}

/// Where in a text a path begins with one of `places`: not inside an address or a longer path.
fn machine_path(text: &str, places: &[String]) -> Option<usize> {
    let starts = |at: usize| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || "._-/~<>$}*".contains(c)))
    };
    let found = |place: &String| {
        text.match_indices(place.as_str()).map(|(at, _)| at).find(|&at| starts(at))
    };
    places.iter().filter_map(found).min()
}

/// Folders that stand on somebody's machine. They are put together here, or this file would hold
/// them.
fn places() -> Vec<String> {
    let mut places: Vec<String> =
        ["root", "home", "Users", "work"].iter().map(|name| format!("/{name}/")).collect();
    places.extend([["/tmp", "/sp/"].concat(), ["C:", "\\Users"].concat()]);
    places.push(tree::root().to_string_lossy().into_owned());
    places
}

#[test]
fn no_tracked_file_names_a_place_of_this_machine() {
    let places = places();
    for name in tree::files() {
        let text = tree::read(&name);
        if let Some(at) = machine_path(&text, &places) {
            let line = text[..at].lines().count().max(1);
            panic!("{name}:{line}: a path of one machine: {:?}", text[at..].lines().next());
        }
    }
}

#[test]
fn packages_come_from_the_public_registry() {
    let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    for name in tree::files().iter().filter(|name| name.ends_with("Cargo.lock")) {
        for line in tree::read(name).lines().filter(|line| line.starts_with("source")) {
            assert_eq!(line, public, "{name}: expected the public registry");
        }
    }
    // As above: put together, or this file would hold them.
    let signs = [
        ["replace", "-with"],
        ["index", "-url"],
        ["sparse", "+http"],
        ["//mirr", "or."],
        ["//regis", "try."],
        ["//ne", "xus."],
        ["//pro", "xy."],
        ["arti", "factory"],
    ]
    .map(|parts| parts.concat());
    for name in tree::files() {
        let text = tree::read(&name).to_lowercase();
        // Words of an article are no setting.
        if name.starts_with("training-data/") && name.ends_with(".csv") {
            continue;
        }
        for sign in &signs {
            assert!(!text.contains(sign.as_str()), "{name}: `{sign}` names a package registry");
        }
    }
}

#[test]
fn a_machine_path_is_found() {
    let places = places();
    let home = ["/ho", "me/ada/x"].concat();
    assert_eq!(machine_path(&format!("see {home}"), &places), Some(4));
    assert_eq!(machine_path(&format!("https://news.example{home}"), &places), None);
    assert_eq!(machine_path("/proc/self and /dev/null", &places), None);
}
