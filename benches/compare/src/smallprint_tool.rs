//! What smallprint itself brings to the comparison.

use std::sync::LazyLock;

use smallprint::classify::{Classifier, Options, embedded};
use smallprint::document::Document;
use smallprint::document::html::read_page;
use smallprint::model::ModelKind;
use smallprint::verdict::{CleanText, Keep};

/// Made before the clock starts.
static CLASSIFIER: LazyLock<Classifier> =
    LazyLock::new(|| Classifier::new(embedded(ModelKind::Html), Options::default()));

/// The article of a page, as `smallprint clean` gives it.
pub fn extract(source: &str) -> String {
    let document = Document::from_html(source);
    let verdict = CLASSIFIER.classify(&document);
    CleanText::new(&document, &verdict, Keep::default(), "\n").text
}

/// All text of a page, a block a line: the floor, what one gets without choosing.
pub fn all_text(source: &str) -> String {
    let page = read_page(source);
    let mut text = String::with_capacity(page.text.len() + page.blocks.len());
    for block in &page.blocks {
        text.push_str(page.block_text(block));
        text.push('\n');
    }
    text
}

/// A page read into blocks: a number that depends on the whole page.
pub fn read(source: &str) -> usize {
    let page = read_page(source);
    page.blocks.len() + page.text.len()
}
