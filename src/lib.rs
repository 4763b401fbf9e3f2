//! smallprint.
#![allow(missing_docs)]
pub mod document;
pub mod error;
pub mod evaluate;
pub mod label;
pub mod model;
pub mod report;
pub mod segment;
pub mod span;
