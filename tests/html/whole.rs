//! What holds of every page that was read, whatever its source. The fuzz target uses it too.

use smallprint::document::html::{NO_ELEMENT, Page};

/// Panics where a page is not whole: spans lie in the source in order, texts are blocks' own,
/// elements exist.
#[track_caller]
pub fn check(page: &Page, source: &str) {
    let n_elements = page.elements.len();
    let (mut text_end, mut span_end) = (0, 0);
    for block in &page.blocks {
        assert_eq!(block.text.start, text_end, "the block's text does not follow the one before");
        let text = &page.text[block.text.clone()];
        assert!(!text.is_empty() && text.trim() == text, "not trimmed or empty: {text:?}");
        text_end = block.text.end;
        assert!(block.span.start >= span_end, "{:?} begins before {span_end}", block.span);
        assert!(!source[block.span.range()].is_empty(), "a block of no source");
        span_end = block.span.end;
        assert!(block.element == NO_ELEMENT || (block.element as usize) < n_elements);
        assert!(block.words.start <= block.words.end && block.words.end <= page.words.len());
        assert!(block.link_bytes <= text.len(), "{} bytes of links in {text:?}", block.link_bytes);
    }
    assert_eq!(text_end, page.text.len(), "text behind the last block");
    for (element, at) in page.elements.iter().zip(0..) {
        assert!(
            element.parent == NO_ELEMENT || element.parent < at,
            "an element before its parent"
        );
        assert!(element.words.start <= element.words.end);
        assert!(element.words.end <= page.words.len());
        let outer = page.elements.get(element.parent as usize);
        assert!(outer.is_none_or(|outer| element.enclosing.has(outer.enclosing)));
    }
}
