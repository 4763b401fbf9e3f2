//! The figures of the embedded models: those they carry, and those on real articles where they are
//! at hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use smallprint::classify::{Options, embedded_model};
use smallprint::evaluate::{ConfusionMatrix, ThresholdCurve, judge};
use smallprint::model::decision::decide;
use smallprint::records::{LabelMap, read_labelled};
use smallprint::{Classifier, Document, Label};

use crate::pages;

/// A set and a figure.
pub type Key = (String, String);

/// Labelled real material, and the folder's set names.
pub const SHARED: &str = "../shared/data";
const SETS: [&str; 3] = ["sloppy-text", "news-text", "typed-blocks"];
const SEEDS: &str = "seeds";
/// Documents of this repository by a writer of none of the training data.
const HELD_OUT: &str = "tests/quality/held-out.csv";

/// What was measured, and the sets that could not be.
#[derive(Default)]
pub struct Measured {
    pub figures: BTreeMap<Key, f64>,
    pub skipped: Vec<&'static str>,
}

impl Measured {
    pub fn add(&mut self, set: &str, figure: &str, value: f64) {
        self.figures.insert((set.to_owned(), figure.to_owned()), value);
    }
}

/// Measures all that is at hand.
pub fn measure() -> Measured {
    let mut measured = Measured::default();
    let model = embedded_model();
    let own = model.provenance.clone();
    for (figure, value) in [
        ("accuracy", own.accuracy),
        ("macro_f1", own.macro_f1),
        ("boilerplate_f1", own.boilerplate_f1),
        ("content_words_lost", own.content_words_lost),
    ] {
        measured.add("training-data", figure, value);
    }
    let derived = own.derived.clone().expect("the embedded model was trained on derived rows too");
    for (figure, value) in [
        ("accuracy", derived.accuracy),
        ("boilerplate_f1", derived.boilerplate_f1),
        ("content_words_lost", derived.content_words_lost),
    ] {
        measured.add("derived", figure, value);
    }
    pages::carried(&mut measured);
    let classifier = Classifier::new(model, Options::default());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    measure_set(&classifier, "held-out", &root.join(HELD_OUT), &mut measured);
    let shared = root.join(SHARED);
    if !shared.is_dir() {
        eprintln!("skipped: figures on real articles: there is no folder {SHARED} here");
        measured.skipped.extend(SETS);
        measured.skipped.extend(pages::SETS);
        measured.skipped.push(SEEDS);
        return measured;
    }
    // The model was trained on rows of these sets: a floor under them guards against damage, and
    // claims nothing.
    for set in SETS {
        measure_set(&classifier, set, &shared.join(set).join("dev.jsonl"), &mut measured);
    }
    pages::extracted(&shared, &mut measured);
    let (content_errors, label_errors) = seeds(&classifier, &shared.join(SEEDS));
    measured.add(SEEDS, "content_errors", content_errors as f64);
    measured.add(SEEDS, "label_errors", label_errors as f64);
    measured
}

fn measure_set(classifier: &Classifier, set: &str, path: &Path, measured: &mut Measured) {
    let documents = read_labelled(path, &LabelMap::default()).unwrap();
    let judged = judge(set, classifier, documents);
    let at = ThresholdCurve::new(&judged.documents, judged.scale).at(judged.threshold);
    let defined = |value: Option<f64>| value.expect("the set holds content and boilerplate");
    measured.add(set, "accuracy", defined(at.accuracy));
    measured.add(set, "boilerplate_f1", defined(at.f1));
    measured.add(set, "content_words_lost", defined(at.content_words_lost_ratio));
    let mut matrix = ConfusionMatrix::default();
    for paragraph in judged.documents.iter().flat_map(|document| &document.paragraphs) {
        let Some(gold) = paragraph.gold else { continue };
        let words = || paragraph.text.split_whitespace().count() as u64;
        matrix.record(gold, decide(&paragraph.probabilities, classifier.cutoff(), words).label);
    }
    measured.add(set, "macro_f1", defined(matrix.macro_f1()));
}

/// Errors in the four texts the project began with: paragraphs on the wrong side of content, and
/// paragraphs with a wrong label. They are read as text, so that segmentation is measured too.
fn seeds(classifier: &Classifier, folder: &Path) -> (usize, usize) {
    let text = |path: PathBuf| {
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let labels: BTreeMap<String, Vec<Label>> =
        serde_json::from_str(&text(folder.join("labels.json"))).unwrap();
    let (mut content_errors, mut label_errors) = (0, 0);
    for (name, labels) in labels {
        let document = Document::from_text(text(folder.join(&name)));
        let paragraphs = classifier.classify(&document).paragraphs;
        assert_eq!(paragraphs.len(), labels.len(), "paragraphs of {SHARED}/{SEEDS}/{name}");
        for (paragraph, gold) in paragraphs.iter().zip(labels) {
            content_errors += usize::from(paragraph.label.is_content() != gold.is_content());
            label_errors += usize::from(paragraph.label != gold);
        }
    }
    (content_errors, label_errors)
}
