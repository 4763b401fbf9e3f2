//! What was found, as strings and records: for people (terminal, Markdown) and for programs (JSON,
//! CSV). Nothing is printed here; what a colour is, the caller says by a [`Palette`].

mod classify_terminal;
pub mod comparison;
pub mod credibility;
mod dropped_text;
mod evaluation_markdown;
mod evaluation_tables;
mod evaluation_terminal;
mod explain_terminal;
mod number;
mod outline;
mod pages_markdown;
mod pages_tables;
mod pages_terminal;
pub mod records;
pub mod records_csv;
pub mod records_explain;
mod styled;
mod table;

pub use classify_terminal::{classify_terminal, failed_terminal};
pub use dropped_text::dropped_text;
pub use evaluation_markdown::evaluation_markdown;
pub use evaluation_terminal::evaluation_terminal;
pub use explain_terminal::{DEFAULT_TOP, explain_terminal};
pub use pages_markdown::pages_markdown;
pub use pages_terminal::pages_terminal;
#[cfg(feature = "cli")]
pub(crate) use styled::one_line;
pub use styled::{Palette, Tone, terminal_lines, terminal_text};

#[cfg(test)]
mod evaluation_sample;
#[cfg(test)]
mod pages_sample;
#[cfg(test)]
mod sample;
#[cfg(test)]
pub(crate) mod schema_check;
#[cfg(test)]
pub(crate) mod snapshot;
