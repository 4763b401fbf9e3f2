//! `floors.csv`: rows chained by hashes, so that none can be changed or taken out unseen.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::measure::Key;
use crate::stricter;

const NAME: &str = "tests/quality/floors.csv";
const HEADER: [&str; 5] = ["set", "figure", "floor", "reason", "chain"];
/// A reason for asking less is a sentence, not a word.
const MIN_REASON: usize = 30;
/// Hexadecimal digits of a chain.
const CHAIN: usize = 12;

/// A row of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    set: String,
    figure: String,
    floor: String,
    reason: String,
    chain: String,
}

impl Row {
    fn value(&self) -> f64 {
        let value = self.floor.parse();
        value.unwrap_or_else(|_| panic!("{NAME}: `{}` is no number", self.floor))
    }

    fn key(&self) -> Key {
        (self.set.clone(), self.figure.clone())
    }
}

/// All rows, oldest first.
#[derive(Debug, Default)]
pub struct History {
    rows: Vec<Row>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn path() -> PathBuf {
    root().join(NAME)
}

/// The chain of a row: the first digits of SHA-256 over the chain before it and its own fields.
fn chain(before: &str, [set, figure, floor, reason]: [&str; 4]) -> String {
    let text = [before, set, figure, floor, reason].join("\u{1f}");
    let digits = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    digits[..CHAIN].to_owned()
}

impl History {
    /// Reads and checks the file of this repository.
    pub fn read() -> Self {
        let text = std::fs::read_to_string(path()).unwrap_or_else(|e| panic!("{NAME}: {e}"));
        let history = Self::parse(&text);
        let changelog = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap_or_default();
        let faults = history.faults(&changelog);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        history
    }

    fn parse(text: &str) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<&str> = reader.headers().unwrap().iter().collect();
        assert_eq!(header, HEADER, "{NAME}");
        let row = |record: csv::StringRecord| {
            let [set, figure, floor, reason, chain] =
                std::array::from_fn(|column| record[column].to_owned());
            Row { set, figure, floor, reason, chain }
        };
        let records = reader.records();
        Self { rows: records.map(|record| row(record.expect("floors.csv is readable"))).collect() }
    }

    /// What is wrong with the history, one sentence each.
    fn faults(&self, changelog: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let mut before = "";
        let mut floors: BTreeMap<Key, f64> = BTreeMap::new();
        for (row, line) in self.rows.iter().zip(2..) {
            let expected = chain(before, [&row.set, &row.figure, &row.floor, &row.reason]);
            if row.chain != expected {
                faults.push(format!(
                    "{NAME}:{line}: chain `{}`, expected `{expected}`: a row is added at the end, \
                     never changed or taken out",
                    row.chain
                ));
            }
            before = &row.chain;
            let floor = row.value();
            let Some(last) = floors.insert(row.key(), floor) else { continue };
            if !stricter(&row.figure, last, floor) {
                continue;
            }
            let what = format!("{NAME}:{line}: {}, {} asks for less", row.set, row.figure);
            if row.reason.chars().count() < MIN_REASON {
                faults.push(format!("{what}: give a reason of {MIN_REASON} characters or more"));
            }
            if !changelog.contains(&row.chain) {
                faults.push(format!("{what}: CHANGELOG.md does not quote `{}`", row.chain));
            }
        }
        faults
    }

    /// The floors that hold.
    pub fn valid(&self) -> BTreeMap<Key, f64> {
        self.rows.iter().map(|row| (row.key(), row.value())).collect()
    }

    /// Adds a row.
    pub fn push(&mut self, set: &str, figure: &str, floor: f64, reason: &str) {
        let floor = floor.to_string();
        let before = self.rows.last().map_or("", |row| &row.chain);
        let chain = chain(before, [set, figure, &floor, reason]);
        let [set, figure, reason] = [set, figure, reason].map(str::to_owned);
        self.rows.push(Row { set, figure, floor, reason, chain });
    }

    /// Writes the file.
    pub fn write(&self) {
        let mut writer = csv::Writer::from_path(path()).unwrap();
        writer.write_record(HEADER).unwrap();
        for row in &self.rows {
            let fields = [&row.set, &row.figure, &row.floor, &row.reason, &row.chain];
            writer.write_record(fields).unwrap();
        }
        writer.flush().unwrap();
    }
}

/// The file's text in every commit of the main line that changed it.
fn committed() -> Option<Vec<(String, String)>> {
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).current_dir(root()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let commits = git(&["log", "--first-parent", "--format=%h", "--", NAME])?;
    commits
        .lines()
        .map(|id| Some((id.to_owned(), git(&["show", &format!("{id}:./{NAME}")])?)))
        .collect()
}

#[test]
fn no_committed_row_is_gone() {
    // A chain shows that rows were changed, not that the last ones were cut off.
    let Some(committed) = committed() else {
        eprintln!("skipped: whether {NAME} only grew: there is no git history here");
        return;
    };
    let now = History::read().rows;
    for (commit, text) in committed {
        let then = History::parse(&text).rows;
        assert!(now.starts_with(&then), "{NAME}: rows of commit {commit} are gone or changed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(rows: &[(&str, f64, &str)]) -> History {
        let mut history = History::default();
        rows.iter().for_each(|(figure, floor, reason)| history.push("s", figure, *floor, reason));
        history
    }

    #[test]
    fn the_chain_is_sha256() {
        // printf '\x1fs\x1faccuracy\x1f0.8\x1fmeasured' | sha256sum
        assert_eq!(history(&[("accuracy", 0.8, "measured")]).rows[0].chain, "deeff6e03b52");
    }

    #[test]
    fn a_change_breaks_the_chain() {
        let good = [("accuracy", 0.8, ""), ("macro_f1", 0.7, ""), ("accuracy", 0.9, "")];
        assert_eq!(history(&good).faults(""), Vec::<String>::new());
        assert_eq!(history(&good).valid()[&("s".to_owned(), "accuracy".to_owned())], 0.9);
        let mut changed = history(&good);
        changed.rows[0].floor = "0.1".to_owned();
        assert_eq!(changed.faults("").len(), 1);
        let mut shorter = history(&good);
        shorter.rows.remove(1);
        assert_eq!(shorter.faults("").len(), 1);
    }

    #[test]
    fn asking_less_takes_a_reason_and_an_entry() {
        let reason = "The old figure counted paragraphs without a word.";
        for (figure, less) in [("accuracy", 0.7), ("content_words_lost", 0.9)] {
            let lowered = history(&[(figure, 0.8, ""), (figure, less, reason)]);
            let entry = format!("- Floors ({}).", lowered.rows[1].chain);
            assert_eq!(lowered.faults(&entry), Vec::<String>::new());
            assert_eq!(lowered.faults("").len(), 1);
            let unexplained = history(&[(figure, 0.8, ""), (figure, less, "worse")]);
            assert_eq!(unexplained.faults("").len(), 2);
        }
    }
}
