//! Rules of the repository itself: which module may import which, what data may hold, and that the
//! documents say what is so.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

mod data_policy;
#[cfg(feature = "train")]
mod derived;
mod layering;
mod locks;
mod readme;
mod training_data;
mod tree;
mod words;
