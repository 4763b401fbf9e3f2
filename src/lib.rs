//! smallprint.
#![allow(missing_docs)]
pub mod document;
pub mod error;
pub mod featurize;
pub mod kernel;
pub mod label;
pub mod model;
pub mod segment;
pub mod verdict;
pub mod classify;
pub mod span;
