//! What smallprint itself brings to the comparison.

use smallprint::document::html::read_page;

/// The article of a page. Until the library tells the article from what stands around it, all text.
pub fn extract(source: &str) -> String {
    all_text(source)
}

/// All text of a page, a block a line: the floor, what one gets without choosing.
pub fn all_text(source: &str) -> String {
    let page = read_page(source);
    let mut text = String::with_capacity(page.text.len() + page.blocks.len());
    for block in &page.blocks {
        text.push_str(&page.text[block.text.clone()]);
        text.push('\n');
    }
    text
}

/// A page read into blocks: a number that depends on the whole page.
pub fn read(source: &str) -> usize {
    let page = read_page(source);
    page.blocks.len() + page.text.len()
}
