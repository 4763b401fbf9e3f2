//! Web pages: reader, features, and from source to labels and clean text.

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use smallprint::classify::embedded;
use smallprint::document::html::read_page;
use smallprint::featurize::page::Blocks;
use smallprint::featurize::{FeatureMatrix, Featurized};
use smallprint::model::{Compiled, ModelKind};
use smallprint::verdict::{CleanText, Keep};
use smallprint::{Classifier, Document, Label};

use crate::corpus::CORPUS;
use crate::page_maker;

/// Every so many documents of the corpus become a page: a few hundred kilobytes.
const EVERY: usize = 40;

struct Pages {
    classifier: Classifier,
    compiled: Compiled,
    documents: Vec<Document>,
    /// Each page's source once more.
    sources: Vec<String>,
    /// The text of each block: the paragraphs that the pages are made of, white space as pages show it.
    blocks: Vec<Vec<String>>,
    labels: Vec<&'static [Label]>,
}

static PAGES: LazyLock<Pages> = LazyLock::new(|| {
    let all = CORPUS.paragraphs.iter().zip(&CORPUS.labels).step_by(EVERY);
    let sources: Vec<String> =
        all.clone().map(|(paragraphs, labels)| page_maker::page(paragraphs, labels)).collect();
    let shown = |text: &String| text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    Pages {
        classifier: Classifier::embedded(),
        compiled: embedded(ModelKind::Html).compile(),
        documents: sources.iter().map(Document::from_html).collect(),
        blocks: all.clone().map(|(texts, _)| texts.iter().map(shown).collect()).collect(),
        labels: all.map(|(_, labels)| labels.as_slice()).collect(),
        sources,
    }
});

impl Pages {
    fn bytes(&self) -> BytesCount {
        BytesCount::from(self.sources.iter().map(String::len).sum::<usize>())
    }

    fn n_blocks(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum()
    }
}

/// Source to blocks and elements.
#[divan::bench]
fn read(bencher: Bencher) {
    let pages = &*PAGES;
    bencher.counter(pages.bytes()).bench(|| {
        for (source, expected) in pages.sources.iter().zip(&pages.blocks) {
            let page = read_page(black_box(source));
            assert!(page.blocks.iter().map(|block| page.block_text(block)).eq(expected));
        }
    });
}

/// Features of both kinds of a page that is read already: the scan, and rows of the first pass. The
/// bytes are those of the source, as everywhere here.
#[divan::bench]
fn featurize(bencher: Bencher) {
    let pages = &*PAGES;
    let read: Vec<_> = pages.sources.iter().map(|source| read_page(source)).collect();
    let (table, mut rows) = (pages.compiled.cues.table(), FeatureMatrix::new());
    let log_words =
        |text: &String| f64::from(smallprint::kernel::scan::scan(text, table).words).ln_1p();
    let expected: f64 = pages.blocks.iter().flatten().map(log_words).sum();
    bencher.counter(pages.bytes()).bench_local(|| {
        let mut found = 0.0;
        for page in &read {
            let blocks = Blocks::new(page, &pages.compiled.cues, &pages.compiled.markup_cues);
            let blocks = Featurized::Blocks(Box::new(blocks));
            for range in blocks.blocks() {
                blocks.first_rows(range, &mut rows);
                found += rows.rows().map(|row| f64::from(row[0])).sum::<f64>();
            }
        }
        assert!((found - expected).abs() < 1e-3 * expected, "{found} {expected}");
    });
}

/// Everything from source to labels.
#[divan::bench]
fn classify(bencher: Bencher) {
    let pages = &*PAGES;
    bencher.counter(pages.bytes()).bench(|| {
        let (mut n, mut right) = (0, 0);
        for (document, labels) in pages.documents.iter().zip(&pages.labels) {
            let verdict = pages.classifier.classify(black_box(document));
            n += verdict.paragraphs.len();
            let pairs = verdict.paragraphs.iter().zip(*labels);
            right += pairs.filter(|(p, label)| p.label.is_content() == label.is_content()).count();
        }
        assert_eq!(n, pages.n_blocks());
        assert!(right * 4 > n * 3, "{right} of {n} on the right side of content");
    });
}

/// Everything from source to clean text.
#[divan::bench]
fn clean(bencher: Bencher) {
    let pages = &*PAGES;
    let words = |text: &String| text.split_whitespace().count() as u64;
    let expected: u64 = pages.blocks.iter().flatten().map(words).sum();
    bencher.counter(pages.bytes()).bench(|| {
        let mut words = 0;
        for document in &pages.documents {
            let verdict = pages.classifier.classify(black_box(document));
            let clean = CleanText::new(document, &verdict, Keep::default(), "\n");
            words += clean.kept.words + clean.dropped.iter().map(|count| count.words).sum::<u64>();
        }
        assert_eq!(words, expected, "words kept and words dropped");
    });
}
