//! Signals of articles, profiles of sources: as an outline for people, as records for programs.

mod article;
mod records;
mod source;
mod source_records;

pub use article::{credibility_markdown, credibility_terminal};
pub use records::{CREDIBILITY_HEADER, CredibilityRecord, credibility_csv, credibility_csv_failed};
pub use source::{source_markdown, source_terminal};
pub use source_records::{SOURCE_HEADER, SourceRecord, source_csv};

#[cfg(test)]
mod tests;
