//! smallprint.
#![allow(missing_docs)]
pub mod classify;
#[cfg(feature = "cli")]
pub mod cli;
pub mod document;
pub mod error;
pub mod evaluate;
pub mod featurize;
pub mod kernel;
pub mod label;
pub mod model;
pub mod pipeline;
pub mod records;
pub mod report;
pub mod segment;
pub mod span;
#[cfg(feature = "train")]
pub mod train;
pub mod verdict;
pub use classify::Classifier;
pub use document::Document;
pub use label::Label;
