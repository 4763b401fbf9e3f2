//! The model's figures never fall unseen below what they once were.
//!
//! `floors.csv` is a history: rows are added at its end and never changed. The last row of a set and
//! figure holds. `UPDATE_FLOORS=1` adds rows where a model has become better; a row that asks for
//! less is written by hand, with a reason, and quoted in `CHANGELOG.md`.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

mod article_body;
mod history;
mod measure;
mod pages;

use std::collections::BTreeMap;

use history::History;
use measure::{Key, Measured};

/// Whether a smaller figure is a better one.
pub fn is_ceiling(figure: &str) -> bool {
    ["content_words_lost", "content_errors", "label_errors"].contains(&figure)
}

/// How far a new floor lies below the measured figure: what a small change of training data may
/// move. Counts of errors are exact.
fn margin(figure: &str) -> f64 {
    match figure {
        "content_words_lost" => 0.002,
        "content_errors" | "label_errors" => 0.0,
        // A loss of .01 of a page's text must show.
        "words_f1" | "shingle_f1" => 0.005,
        _ => 0.01,
    }
}

/// The floor that a measured figure earns, to 4 decimals and never easier than the margin says.
fn earned(figure: &str, measured: f64) -> f64 {
    let (sign, round): (f64, fn(f64) -> f64) =
        if is_ceiling(figure) { (1.0, f64::floor) } else { (-1.0, f64::ceil) };
    // 1e-6: a figure that is exact in decimals must not lose its last one.
    round((measured + sign * margin(figure)) * 1e4 + sign * 1e-6) / 1e4
}

/// Whether `a` asks for more than `b`.
fn stricter(figure: &str, a: f64, b: f64) -> bool {
    if is_ceiling(figure) { a < b } else { a > b }
}

/// The rows to add, and a sentence for each figure on the wrong side of its floor.
fn judge(
    floors: &BTreeMap<Key, f64>,
    measured: &BTreeMap<Key, f64>,
) -> (Vec<(Key, f64)>, Vec<String>) {
    let (mut new, mut faults) = (Vec::new(), Vec::new());
    for (key, &value) in measured {
        let earned = earned(&key.1, value);
        match floors.get(key) {
            Some(&floor) if stricter(&key.1, floor, value) => faults.push(format!(
                "{}, {}: {value:.4}, expected {} {floor}",
                key.0,
                key.1,
                if is_ceiling(&key.1) { "at most" } else { "at least" }
            )),
            Some(&floor) if !stricter(&key.1, earned, floor) => {}
            _ => new.push((key.clone(), earned)),
        }
    }
    (new, faults)
}

#[test]
fn figures_keep_their_floors() {
    let mut history = History::read();
    let Measured { figures, skipped } = measure::measure();
    let floors = history.valid();
    let (new, faults) = judge(&floors, &figures);
    assert!(
        faults.is_empty(),
        "the model is worse than it was:\n  {}\nMend it; or, if the loss is meant, add a row to \
         tests/quality/floors.csv with a reason and quote its chain in CHANGELOG.md",
        faults.join("\n  ")
    );
    if std::env::var("UPDATE_FLOORS").is_ok_and(|value| value == "1") {
        for ((set, figure), floor) in new {
            history.push(&set, &figure, floor, "measured");
        }
        history.write();
        return;
    }
    let missing: Vec<_> = figures.keys().filter(|key| !floors.contains_key(key)).collect();
    assert!(missing.is_empty(), "figures without a floor: {missing:?}; run with UPDATE_FLOORS=1");
    let gone = |key: &&Key| !figures.contains_key(*key) && !skipped.contains(&key.0.as_str());
    let gone: Vec<_> = floors.keys().filter(gone).collect();
    assert!(gone.is_empty(), "floors of figures that nobody measures: {gone:?}");
}

#[test]
fn floors_follow_what_is_measured() {
    assert_eq!(earned("accuracy", 0.83), 0.82);
    assert_eq!(earned("accuracy", 0.830_04), 0.8201);
    assert_eq!(earned("content_words_lost", 0.005), 0.007);
    assert_eq!(earned("label_errors", 7.0), 7.0);
    assert_eq!(earned("words_f1", 0.95), 0.945);
    let key = |figure: &str| ("s".to_owned(), figure.to_owned());
    let one = |figure: &str, value| BTreeMap::from([(key(figure), value)]);
    let (new, faults) = judge(&one("accuracy", 0.8), &one("accuracy", 0.79));
    assert_eq!((new.len(), faults.len()), (0, 1), "{faults:?}");
    let (new, faults) = judge(&one("accuracy", 0.8), &one("accuracy", 0.805));
    assert_eq!((new.len(), faults.len()), (0, 0), "within the margin");
    let (new, faults) = judge(&one("accuracy", 0.8), &one("accuracy", 0.9));
    assert_eq!((new, faults.len()), (vec![(key("accuracy"), 0.89)], 0));
    let (_, faults) = judge(&one("label_errors", 3.0), &one("label_errors", 4.0));
    assert_eq!(faults.len(), 1);
    let (new, faults) = judge(&one("label_errors", 3.0), &one("label_errors", 2.0));
    assert_eq!((new, faults.len()), (vec![(key("label_errors"), 2.0)], 0));
}
