//! Several articles side by side: as an outline for people, as records for programs.

mod outline;
mod records;
#[cfg(test)]
mod tests;

pub use outline::{comparison_markdown, comparison_terminal};
pub use records::{COMPARE_HEADER, ComparisonRecord, PairRecord, pair_csv};

use crate::credibility::story::{Account, Comparison};

/// An article of a comparison, with what records say of where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The file.
    pub path: Option<String>,
    /// The record's own identifier.
    pub id: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The publisher, where one is known.
    pub publisher: Option<String>,
    /// When it was published: ISO 8601, where that is known.
    pub published: Option<String>,
    /// The title, where one is known or shown.
    pub title: Option<String>,
}

/// What a comparison's report is made of: articles, accounts and what came of them, by the same
/// indices.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The articles, in the order of the input.
    pub articles: &'a [Article],
    /// Their accounts.
    pub accounts: &'a [Account],
    /// What they share.
    pub comparison: &'a Comparison,
}
