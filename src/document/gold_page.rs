//! Web pages with the text that people say an extraction should give: what the evaluation of
//! extraction reads.

/// A page with its gold text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldPage {
    /// The page's identifier, unique within its file.
    pub id: String,
    /// The page's address.
    pub url: Option<String>,
    /// The publisher, or else the host of the address: the unit by which pages are resampled and
    /// split. `None` where the data name neither; then the page itself is the unit.
    pub site: Option<String>,
    /// What sort of page it is, such as `article` or `forum`; `None` where the data do not say.
    pub kind: Option<String>,
    /// The page's source, decoded.
    pub html: String,
    /// Why the page's bytes are no text, where they are not; `html` is empty then, and no extraction
    /// can give anything.
    pub unreadable: Option<String>,
    /// The text that an extraction should give.
    pub text: String,
    /// Snippets that an extraction should hold.
    pub must_include: Vec<String>,
    /// Snippets that an extraction should not hold.
    pub must_exclude: Vec<String>,
}

impl GoldPage {
    /// The unit by which pages are resampled and split: the site, or the page where none is named.
    #[must_use]
    pub fn group(&self) -> &str {
        self.site.as_deref().unwrap_or(&self.id)
    }
}
