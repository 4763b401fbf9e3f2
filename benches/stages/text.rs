//! Texts: segmentation, both passes, and from text to labels and clean text.

use std::hint::black_box;

use divan::Bencher;
use smallprint::Document;
use smallprint::featurize::FeatureMatrix;
use smallprint::kernel::scan::scan;
use smallprint::model::first_probabilities;
use smallprint::segment::{Split, segment};
use smallprint::verdict::{CleanText, Keep};

use crate::corpus::CORPUS;

#[divan::bench]
fn segmentation(bencher: Bencher) {
    let corpus = &*CORPUS;
    let texts: Vec<String> = corpus.paragraphs.iter().map(|document| document.join("\n")).collect();
    bencher.counter(corpus.bytes()).bench(|| {
        let count = |text: &String| segment(black_box(text), Split::Line).paragraphs.len();
        assert_eq!(texts.iter().map(count).sum::<usize>(), corpus.n_paragraphs());
    });
}

/// Rows of the first pass, of documents that are scanned already.
#[divan::bench]
fn featurize_rows(bencher: Bencher) {
    let corpus = &*CORPUS;
    let (scanned, mut rows) = (corpus.scanned(), FeatureMatrix::new());
    let expected: f64 = corpus
        .texts()
        .map(|text| (1.0 + f64::from(scan(text, corpus.compiled.cues.table()).words)).ln())
        .sum();
    bencher.counter(corpus.bytes()).bench_local(|| {
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
    let corpus = &*CORPUS;
    let (scanned, mut rows) = (corpus.scanned(), FeatureMatrix::new());
    bencher.counter(corpus.bytes()).bench_local(|| {
        let mut sum = 0.0;
        for document in &scanned {
            document.first_rows(0..document.len(), &mut rows);
            for scores in corpus.compiled.first.all_scores(&rows) {
                sum += first_probabilities(&scores).iter().sum::<f32>() as f64;
            }
        }
        assert!((sum - corpus.n_paragraphs() as f64).abs() < 0.1, "{sum}");
    });
}

/// Rows and scores of both passes.
#[divan::bench]
fn both_passes(bencher: Bencher) {
    let corpus = &*CORPUS;
    let (scanned, mut first, mut second) =
        (corpus.scanned(), FeatureMatrix::new(), FeatureMatrix::new());
    let scores = |document: &Document| corpus.classifier.scores(document);
    let expected: Vec<_> = corpus.documents.iter().map(scores).collect();
    bencher.counter(corpus.bytes()).bench_local(|| {
        for (document, expected) in scanned.iter().zip(&expected) {
            let around = corpus.first(document, &mut first);
            document.second_rows(0..document.len(), &around, &mut second);
            assert!(corpus.compiled.second.all_scores(&second).eq(expected.iter().copied()));
        }
    });
}

/// Everything from text to labels.
#[divan::bench]
fn classify(bencher: Bencher) {
    let corpus = &*CORPUS;
    bencher.counter(corpus.bytes()).bench(|| {
        let (mut n, mut right) = (0, 0);
        for (document, labels) in corpus.documents.iter().zip(&corpus.labels) {
            let verdict = corpus.classifier.classify(black_box(document));
            n += verdict.paragraphs.len();
            let pairs = verdict.paragraphs.iter().zip(labels);
            right += pairs.filter(|(p, label)| p.label.is_content() == label.is_content()).count();
        }
        assert_eq!(n, corpus.n_paragraphs());
        assert!(right * 4 > n * 3, "{right} of {n} on the right side of content");
    });
}

/// Everything from text to clean text.
#[divan::bench]
fn clean(bencher: Bencher) {
    let corpus = &*CORPUS;
    let expected = corpus.n_words();
    bencher.counter(corpus.bytes()).bench(|| {
        let mut words = 0;
        for document in &corpus.documents {
            let verdict = corpus.classifier.classify(black_box(document));
            let clean = CleanText::new(document, &verdict, Keep::default(), "\n");
            words += clean.kept.words + clean.dropped.iter().map(|count| count.words).sum::<u64>();
        }
        assert_eq!(words, expected, "words kept and words dropped");
    });
}
