//! Many documents in and out.

mod inputs;
mod source;

pub use inputs::{Input, STANDARD, Skipped, Walk};
