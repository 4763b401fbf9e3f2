//! The figures of the embedded model of web pages: those it carries, and those on real pages where
//! they are at hand.

use std::path::Path;

use rayon::prelude::*;
use smallprint::classify::embedded;
use smallprint::document::GoldPage;
use smallprint::evaluate::Method;
use smallprint::evaluate::pages::{
    PageEvaluation, PageFigures, PageSet, ScoredFile, ScoredPage, score_page,
};
use smallprint::model::{Model, ModelKind};
use smallprint::records::GoldPages;
use smallprint::verdict::{CleanText, Keep};
use smallprint::{Classifier, Document};

use crate::measure::{Measured, SHARED};

/// Files of pages beside the labelled texts, by the name of the set.
const FILES: [(&str, &str); 2] =
    [("newspaper-pages", "articles.json"), ("wcxb-dev", "pages.jsonl")];
/// The kind of page that has floors of its own, where a set names kinds.
const ARTICLE: &str = "article";
/// One page in so many is measured: enough to show a change, and quick without optimisation too.
const STEP: usize = 4;

/// The names of all sets of real pages.
pub const SETS: [&str; 3] = ["newspaper-pages", "wcxb-dev", "wcxb-dev article"];

/// Adds what the model carries: cross-validated by site on the pages in numbers of `training-data/`.
/// `scripts/test` trains anew and compares, so that these are the figures of this code.
pub fn carried(measured: &mut Measured) {
    let provenance = embedded(ModelKind::Html).provenance;
    let pages = provenance.pages.expect(
        "models/html.json carries no cross-validated figures of web pages; run `cargo run --release \
         --bin train`",
    );
    for (figure, value) in [
        ("accuracy", provenance.accuracy),
        ("macro_f1", provenance.macro_f1),
        ("boilerplate_f1", provenance.boilerplate_f1),
        ("content_words_lost", provenance.content_words_lost),
        ("words_f1", pages.words_f1),
    ] {
        measured.add("derived-pages", figure, value);
    }
    for origin in pages.origins {
        measured.add(&format!("derived-pages {}", origin.name), "words_f1", origin.words_f1);
    }
}

/// Adds what the program extracts from real pages. The model was trained on rows of some of them: a
/// floor under these figures guards the whole way from bytes to clean text against damage, and
/// claims nothing.
pub fn extracted(shared: &Path, measured: &mut Measured) {
    let classifier = Classifier::new(embedded(ModelKind::Html), Default::default());
    let files = FILES.map(|(set, file)| ScoredFile {
        name: set.to_owned(),
        pages: scored(&classifier, &shared.join(set).join(file)),
    });
    let set = PageSet {
        name: "floors".to_owned(),
        extraction: "the embedded model".to_owned(),
        method: Some(Method::Model),
        model_fingerprint: Some(Model::fingerprint(classifier.model())),
        files: files.into(),
    };
    let evaluation = PageEvaluation::new(set).unwrap_or_else(|error| panic!("{error}"));
    for file in &evaluation.files {
        add(&file.name, &file.all, measured);
        for kind in file.kinds.iter().filter(|kind| kind.kind.as_deref() == Some(ARTICLE)) {
            add(&format!("{} {ARTICLE}", file.name), kind, measured);
        }
    }
    for set in SETS {
        let is_measured = measured.figures.keys().any(|(name, _)| name == set);
        assert!(is_measured, "no figure of {set}: {SHARED} holds no page of it");
    }
}

fn scored(classifier: &Classifier, path: &Path) -> Vec<ScoredPage> {
    let read = |error| -> ! { panic!("cannot read gold pages: {error}") };
    let pages = GoldPages::open(path).unwrap_or_else(|error| read(error)).step_by(STEP);
    let pages: Vec<GoldPage> = pages.map(|page| page.unwrap_or_else(|error| read(error))).collect();
    let score = |page: &GoldPage| {
        let document = Document::from_html(page.html.as_str());
        let verdict = classifier.classify(&document);
        score_page(page, Ok(CleanText::new(&document, &verdict, Keep::default(), "\n").text))
    };
    pages.par_iter().map(score).collect()
}

fn add(set: &str, figures: &PageFigures, measured: &mut Measured) {
    for (figure, value) in [("words_f1", &figures.f1), ("shingle_f1", &figures.shingle_f1)] {
        let value = value.value.unwrap_or_else(|| panic!("{set}: no page to measure {figure} on"));
        measured.add(set, figure, value);
    }
}
