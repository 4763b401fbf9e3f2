//! What filling from `articleBody` does to the text of real pages, and what it would do where a
//! page shows nothing. Prints the figures that docs/clean-pages.md has.
//!
//! The model has seen these pages: the figures are to be compared with each other alone.

use std::path::Path;

use smallprint::document::GoldPage;
use smallprint::evaluate::pages::score_page;
use smallprint::records::GoldPages;
use smallprint::verdict::{CleanText, Keep};
use smallprint::{Classifier, Document};

use crate::measure::SHARED;

const SETS: [&str; 2] = ["newspaper-pages/articles.json", "wcxb-dev/pages.jsonl"];

/// Sums of F1 of words over the pages that have a body of their own.
#[derive(Default)]
struct Sums {
    pages: usize,
    states: [usize; 3],
    /// Of the text that `clean` gives, of what is kept of the page without filling, of the body
    /// alone, of the page without anything but its title and JSON-LD.
    f1: [f64; 4],
}

fn f1(page: &GoldPage, text: &str) -> f64 {
    score_page(page, Ok(text.to_owned())).score.words.f1
}

/// The page as one who has not paid may get it.
fn hidden(source: &str) -> String {
    let mut page = String::from("<p>Subscribe to go on reading.");
    let mut rest = source;
    while let Some(at) = rest.find("<script") {
        let script = &rest[at..];
        let end = script.find("</script>").map_or(script.len(), |end| end + "</script>".len());
        if script[..script.find('>').unwrap_or(end).min(end)].contains("ld+json") {
            page.push_str(&script[..end]);
        }
        rest = &script[end..];
    }
    page
}

fn measure(classifier: &Classifier, page: &GoldPage, sums: &mut Sums) {
    let document = Document::from_html(page.html.as_str());
    let Some(body) = document.metadata().and_then(|m| m.article_body.as_ref()) else { return };
    let verdict = classifier.classify(&document);
    let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
    let Some(said) = clean.article_body else { return };
    sums.pages += 1;
    sums.states[said.state as usize] += 1;
    let unfilled: Vec<&str> = verdict
        .paragraphs
        .iter()
        .filter(|p| p.label.is_content() && Some(p.index) != document.title_block())
        .map(|p| p.text(&document))
        .collect();
    let bare = Document::from_html(hidden(&page.html));
    let filled = CleanText::new(&bare, &classifier.classify(&bare), Keep::default(), "\n");
    let texts = [&*clean.text, &*unfilled.join("\n"), &*body.value, &*filled.text];
    for (sum, text) in sums.f1.iter_mut().zip(texts) {
        *sum += f1(page, text);
    }
}

#[test]
#[ignore = "a minute: cargo test --release --test quality article_body -- --ignored --nocapture"]
fn filling_costs_nothing() {
    let classifier = Classifier::embedded();
    for set in SETS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SHARED).join(set);
        if !path.exists() {
            eprintln!("skipped: {SHARED}/{set} is not at hand");
            continue;
        }
        let mut sums = Sums::default();
        for page in GoldPages::open(&path).unwrap() {
            let page = page.unwrap();
            if page.html.contains("articleBody") {
                measure(&classifier, &page, &mut sums);
            }
        }
        let [confirmed, filled, differs] = sums.states;
        let [text, unfilled, body, hidden] = sums.f1.map(|sum| sum / sums.pages as f64);
        eprintln!(
            "{set}: {} pages, {confirmed} confirmed, {filled} filled, {differs} differ; F1 of words: \
             text {text:.3}, without filling {unfilled:.3}, articleBody alone {body:.3}, page \
             without its text {hidden:.3}",
            sums.pages
        );
        assert!(text >= unfilled, "{set}: filling costs {unfilled} - {text}");
        assert!(hidden > 0.7 * unfilled, "{set}: what is filled has an F1 of {hidden}");
    }
}
