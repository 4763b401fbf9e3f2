//! How many bytes a second each stage takes, on one core: `cargo bench --bench stages`.
//!
//! Input: the documents of `training-data/`, a paragraph a line. Every benchmark asserts its answer
//! in each iteration, against a naive count or the labels that people gave. What machines differ in
//! least is the ratio of two stages in one run; `naive_words` is there to compare with.

use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use smallprint::classify::embedded_model;
use smallprint::featurize::{FeatureMatrix, Paragraphs, Surroundings};
use smallprint::kernel::class::Class;
use smallprint::kernel::scan::scan;
use smallprint::model::{Compiled, first_probabilities};
use smallprint::records::{LabelMap, read_labelled};
use smallprint::segment::{Split, segment};
use smallprint::{Classifier, Document, Label};

fn main() {
    divan::main();
}

/// The texts and the model of all benchmarks.
struct Bench {
    classifier: Classifier,
    compiled: Compiled,
    documents: Vec<Document>,
    /// Each document again, as its paragraphs.
    paragraphs: Vec<Vec<String>>,
    labels: Vec<Vec<Label>>,
}

static BENCH: LazyLock<Bench> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("training-data");
    let labelled = read_labelled(&folder, &LabelMap::default()).expect("training data is readable");
    let (mut paragraphs, mut labels) = (Vec::new(), Vec::new());
    for document in labelled {
        let label = |label: Option<Label>| label.expect("every paragraph has a label");
        labels.push(document.paragraphs.iter().map(|p| label(p.label)).collect());
        paragraphs.push(document.paragraphs.into_iter().map(|p| p.text).collect::<Vec<_>>());
    }
    let text = |paragraphs: &Vec<String>| Document::from_text(paragraphs.join("\n"));
    Bench {
        classifier: Classifier::embedded(),
        compiled: embedded_model().compile(),
        documents: paragraphs.iter().map(text).collect(),
        paragraphs,
        labels,
    }
});

impl Bench {
    fn bytes(&self) -> BytesCount {
        BytesCount::from(self.paragraphs.iter().flatten().map(String::len).sum::<usize>())
    }

    fn n_paragraphs(&self) -> usize {
        self.paragraphs.iter().map(Vec::len).sum()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().flatten().map(String::as_str)
    }

    /// Every document after the scan.
    fn scanned(&self) -> Vec<Paragraphs<'_>> {
        let texts = |document: &'static Vec<String>| document.iter().map(String::as_str).collect();
        let all = BENCH.paragraphs.iter();
        all.map(|document| Paragraphs::new(texts(document), &self.compiled.cues)).collect()
    }

    /// What the first pass makes of a document.
    fn first(&self, document: &Paragraphs<'_>, rows: &mut FeatureMatrix) -> Surroundings {
        document.first_rows(0..document.len(), rows);
        let scores = self.compiled.first.all_scores(rows);
        document.surroundings(scores.map(|scores| first_probabilities(&scores)).collect())
    }
}

/// White space counted by the standard library: a yardstick, no part of the program.
#[divan::bench]
fn naive_words(bencher: Bencher) {
    let bench = &*BENCH;
    let expected: usize = bench.texts().map(|text| text.split_whitespace().count()).sum();
    bencher.counter(bench.bytes()).bench(|| {
        let words: usize =
            bench.texts().map(|text| black_box(text).split_whitespace().count()).sum();
        assert_eq!(words, expected);
    });
}

#[divan::bench]
fn segment_text(bencher: Bencher) {
    let bench = &*BENCH;
    let texts: Vec<String> = bench.paragraphs.iter().map(|document| document.join("\n")).collect();
    bencher.counter(bench.bytes()).bench(|| {
        let count = |text: &String| segment(black_box(text), Split::Line).paragraphs.len();
        assert_eq!(texts.iter().map(count).sum::<usize>(), bench.n_paragraphs());
    });
}

#[divan::bench]
fn kernel_scan(bencher: Bencher) {
    let bench = &*BENCH;
    let lower = |text: &str| text.bytes().filter(u8::is_ascii_lowercase).count();
    let expected: usize = bench.texts().map(lower).sum();
    let table = bench.compiled.cues.table();
    bencher.counter(bench.bytes()).bench(|| {
        let scans = bench.texts().map(|text| scan(black_box(text), table));
        let found: u32 = scans.map(|scan| scan.count(Class::Lower)).sum();
        assert_eq!(found as usize, expected);
    });
}

/// Rows of the first pass, of documents that are scanned already.
#[divan::bench]
fn featurize_rows(bencher: Bencher) {
    let bench = &*BENCH;
    let (scanned, mut rows) = (bench.scanned(), FeatureMatrix::new());
    let expected: f64 = bench
        .texts()
        .map(|text| (1.0 + f64::from(scan(text, bench.compiled.cues.table()).words)).ln())
        .sum();
    bencher.counter(bench.bytes()).bench_local(|| {
        let mut log_words = 0.0;
        for document in &scanned {
            document.first_rows(0..document.len(), &mut rows);
            log_words += rows.rows().map(|row| f64::from(row[0])).sum::<f64>();
        }
        assert!((log_words - expected).abs() < 1e-3 * expected, "{log_words} {expected}");
    });
}

/// Rows and scores of the first pass.
#[divan::bench]
fn first_pass(bencher: Bencher) {
    let bench = &*BENCH;
    let (scanned, mut rows) = (bench.scanned(), FeatureMatrix::new());
    bencher.counter(bench.bytes()).bench_local(|| {
        let mut sum = 0.0;
        for document in &scanned {
            document.first_rows(0..document.len(), &mut rows);
            for scores in bench.compiled.first.all_scores(&rows) {
                sum += first_probabilities(&scores).iter().sum::<f32>() as f64;
            }
        }
        assert!((sum - bench.n_paragraphs() as f64).abs() < 0.1, "{sum}");
    });
}

/// Rows and scores of both passes.
#[divan::bench]
fn both_passes(bencher: Bencher) {
    let bench = &*BENCH;
    let (scanned, mut first, mut second) =
        (bench.scanned(), FeatureMatrix::new(), FeatureMatrix::new());
    let scores = |document: &Document| bench.classifier.scores(document);
    let expected: Vec<_> = bench.documents.iter().map(scores).collect();
    bencher.counter(bench.bytes()).bench_local(|| {
        for (document, expected) in scanned.iter().zip(&expected) {
            let around = bench.first(document, &mut first);
            document.second_rows(0..document.len(), &around, &mut second);
            assert!(bench.compiled.second.all_scores(&second).eq(expected.iter().copied()));
        }
    });
}

/// Everything from text to labels.
#[divan::bench]
fn classify(bencher: Bencher) {
    let bench = &*BENCH;
    bencher.counter(bench.bytes()).bench(|| {
        let (mut n, mut right) = (0, 0);
        for (document, labels) in bench.documents.iter().zip(&bench.labels) {
            let verdict = bench.classifier.classify(black_box(document));
            n += verdict.paragraphs.len();
            let pairs = verdict.paragraphs.iter().zip(labels);
            right += pairs.filter(|(p, label)| p.label.is_content() == label.is_content()).count();
        }
        assert_eq!(n, bench.n_paragraphs());
        assert!(right * 4 > n * 3, "{right} of {n} on the right side of content");
    });
}
