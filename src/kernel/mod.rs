//! HOT PATH: bytes to counts, words to cues, features times weights.
//!
//! Everything here runs once a byte, a word or a matrix cell, on every document of a crawl. It
//! allocates nothing, returns no `Result`, logs nothing and knows neither documents nor labels:
//! only byte classes, word hashes, lanes of numbers. Each function has a naive twin in its tests.
//! Before changing anything here, run `cargo bench` before and after.

pub mod class;
pub mod masks;
mod mixed;
mod plain;
pub mod product;
mod runs;
pub mod scan;
pub mod seeded;
pub mod softmax;
pub mod space;
pub mod table;
mod words;

/// Number of lanes a row of label scores is padded to: 17 labels, rounded up to whole registers of
/// four `f32`, the width that every x86-64 and aarch64 has.
pub const LANES: usize = 20;

/// Lanes that hold a label; the others are 0.
pub const USED_LANES: usize = 17;
