//! [`WebPage`]: a page's source, read when its blocks are first asked for.

use std::sync::OnceLock;

use super::html::{Page, read_page};

/// A web page. Its source is read once, on the thread that first asks for its blocks, so that a
/// stream of pages is read by all workers and not by the one that opens files.
#[derive(Debug, Clone, Default)]
pub struct WebPage {
    source: String,
    page: OnceLock<Page>,
}

impl WebPage {
    /// A page with this decoded source.
    #[must_use]
    pub fn new(source: String) -> Self {
        Self { source, page: OnceLock::new() }
    }

    /// The decoded source; spans of blocks are bytes of it.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The page's blocks.
    pub fn page(&self) -> &Page {
        self.page.get_or_init(|| read_page(&self.source))
    }

    /// The text of a block.
    ///
    /// # Panics
    /// If there are not so many blocks.
    #[must_use]
    #[track_caller]
    pub fn block_text(&self, index: usize) -> &str {
        let page = self.page();
        page.block_text(&page.blocks[index])
    }
}

impl PartialEq for WebPage {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for WebPage {}
