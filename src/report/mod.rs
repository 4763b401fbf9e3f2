//! What was found, for people to read: strings, never output. Colour is the command line's affair.

mod evaluation_markdown;
mod evaluation_tables;
mod evaluation_terminal;
mod number;
mod table;

pub use evaluation_markdown::evaluation_markdown;
pub use evaluation_terminal::evaluation_terminal;

#[cfg(test)]
mod evaluation_sample;
#[cfg(test)]
pub(crate) mod schema_check;
#[cfg(test)]
pub(crate) mod snapshot;
