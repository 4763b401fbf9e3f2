//! The texts and the model that all benchmarks share.

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use smallprint::classify::embedded_model;
use smallprint::document::LabelledDocument;
use smallprint::featurize::{FeatureMatrix, Paragraphs, Surroundings};
use smallprint::model::{Compiled, first_probabilities};
use smallprint::records::{LabelMap, read_labelled};
use smallprint::{Classifier, Document, Label};

/// See the module.
pub struct Corpus {
    pub classifier: Classifier,
    pub compiled: Compiled,
    /// The texts, a paragraph a line.
    pub documents: Vec<Document>,
    /// Each document again, as its paragraphs.
    pub paragraphs: Vec<Vec<String>>,
    /// The label that a person gave each paragraph.
    pub labels: Vec<Vec<Label>>,
}

/// Read once, when the first benchmark asks for it.
pub static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let (mut paragraphs, mut labels) = (Vec::new(), Vec::new());
    for document in written() {
        let label = |label: Option<Label>| label.expect("every paragraph has a label");
        labels.push(document.paragraphs.iter().map(|p| label(p.label)).collect());
        paragraphs.push(document.paragraphs.into_iter().map(|p| p.text).collect::<Vec<_>>());
    }
    let text = |paragraphs: &Vec<String>| Document::from_text(paragraphs.join("\n"));
    Corpus {
        classifier: Classifier::embedded(),
        compiled: embedded_model().compile(),
        documents: paragraphs.iter().map(text).collect(),
        paragraphs,
        labels,
    }
});

/// The documents of `training-data/`.
fn written() -> Vec<LabelledDocument> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("training-data");
    read_labelled(&folder, &LabelMap::default()).expect("training data is readable")
}

impl Corpus {
    /// Bytes of all paragraphs.
    pub fn bytes(&self) -> BytesCount {
        BytesCount::from(self.texts().map(str::len).sum::<usize>())
    }

    /// Paragraphs of all documents.
    pub fn n_paragraphs(&self) -> usize {
        self.paragraphs.iter().map(Vec::len).sum()
    }

    /// Words of all documents, by the standard library.
    pub fn n_words(&self) -> u64 {
        self.texts().map(|text| text.split_whitespace().count() as u64).sum()
    }

    /// All paragraphs.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().flatten().map(String::as_str)
    }

    /// Every document after the scan.
    pub fn scanned(&self) -> Vec<Paragraphs<'_>> {
        let texts = |document: &'static Vec<String>| document.iter().map(String::as_str).collect();
        let all = CORPUS.paragraphs.iter();
        all.map(|document| Paragraphs::new(texts(document), &self.compiled.cues)).collect()
    }

    /// What the first pass makes of a document.
    pub fn first(&self, document: &Paragraphs<'_>, rows: &mut FeatureMatrix) -> Surroundings {
        document.first_rows(0..document.len(), rows);
        let scores = self.compiled.first.all_scores(rows);
        document.surroundings(scores.map(|scores| first_probabilities(&scores)).collect())
    }
}
