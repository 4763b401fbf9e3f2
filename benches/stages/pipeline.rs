//! `smallprint::pipeline` over `clean` of all texts: what a second thread brings.

use divan::Bencher;
use smallprint::document::Content;
use smallprint::pipeline;
use smallprint::verdict::{CleanText, Keep};
use smallprint::{Classifier, Document};

use crate::corpus::CORPUS;

#[divan::bench(args = [1, 2])]
fn clean_on_threads(bencher: Bencher, threads: usize) {
    let corpus = &*CORPUS;
    let expected: Vec<String> =
        corpus.documents.iter().map(|document| clean(&corpus.classifier, document).text).collect();
    let size = |document: &&'static Document| match &document.content {
        Content::Text(text) => text.len(),
        Content::Html(_) | Content::Paragraphs(_) => 0,
    };
    bencher.counter(corpus.bytes()).bench_local(|| {
        let mut in_order = expected.iter();
        let work = |document| clean(&corpus.classifier, document);
        let written = pipeline::run(corpus.documents.iter(), threads, size, work, |clean| {
            assert_eq!(Some(&clean.text), in_order.next(), "every text in its place");
            Ok(())
        });
        written.expect("no write fails");
        assert_eq!(in_order.next(), None, "every text came");
    });
}

fn clean(classifier: &Classifier, document: &Document) -> CleanText {
    let verdict = classifier.classify(document);
    CleanText::new(document, &verdict, Keep::default(), "\n")
}
