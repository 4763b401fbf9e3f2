//! No word that the program can say of an article or a source judges it.

use std::path::Path;

use smallprint::credibility::Signal;

/// What is never said. `fair use` and the like are other words.
const NEVER: &[&str] = &[
    "unreliable",
    "untrustworthy",
    "trustworthy",
    "plagiar",
    "copied from",
    "stole",
    "fake",
    "hoax",
    "misinformation",
    "disinformation",
    "propaganda",
    "dishonest",
    "biased",
    "untrue",
    "questionable",
    "suspicious",
    "low quality",
    "low-quality",
    "credibility score",
    "trust score",
    "grade",
];

/// The files whose texts reach users of `credibility` and `compare`.
const SPOKEN: &[&str] = &[
    "src/credibility/catalogue.rs",
    "src/cli/credibility.rs",
    "src/cli/compare.rs",
    "src/report/outline.rs",
    "src/report/credibility",
    "src/report/comparison",
    "docs/schema/credibility.json",
    "docs/schema/credibility-source.json",
    "docs/schema/compare.json",
];

fn texts(path: &Path, out: &mut Vec<(String, String)>) {
    if path.is_dir() {
        let mut inner: Vec<_> =
            path.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        inner.sort();
        inner.iter().for_each(|path| texts(path, out));
    } else if path.file_name().is_some_and(|name| name != "tests.rs") {
        let text = std::fs::read_to_string(path).unwrap();
        out.push((path.display().to_string(), text.to_lowercase()));
    }
}

#[test]
fn nothing_that_is_said_judges() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    SPOKEN.iter().for_each(|path| texts(&root.join(path), &mut all));
    assert!(all.len() >= 12, "{}", all.len());
    for (path, text) in all {
        for word in NEVER {
            assert!(!text.contains(word), "{path} says `{word}`");
        }
    }
}

#[test]
fn every_signal_says_what_it_means_and_when_it_misleads() {
    for signal in Signal::ALL {
        let entry = signal.entry();
        for sentence in [entry.meaning, entry.caveat] {
            assert!(sentence.ends_with('.') && sentence.len() > 15, "{}: {sentence}", entry.id);
        }
    }
}
