//! smallprint.
pub mod classify;
// The only module that reads the environment.
#[allow(clippy::disallowed_methods)]
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
#[cfg_attr(test, allow(clippy::disallowed_methods))] // UPDATE_SNAPSHOTS
pub mod report;
pub mod segment;
pub mod span;
#[cfg(feature = "train")]
pub mod train;
pub mod verdict;
pub use classify::Classifier;
pub use document::Document;
pub use label::Label;
