//! Many documents in and out.

mod csv_rows;
mod format;
mod inputs;
mod source;

pub use format::{Fields, InputFormat};
pub use inputs::{Input, STANDARD, Skipped, Walk};
