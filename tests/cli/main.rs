//! The program from outside: arguments, standard input, files in; standard output, standard error,
//! files and exit code out.

mod bad_input;
mod classify;
mod clean;
mod compare;
mod crawls;
mod credibility;
mod evaluate;
mod evaluate_pages;
mod explain;
mod explain_pages;
mod model;
mod outputs;
mod page_text;
mod pages;
mod parts;
mod parts_interrupted;
mod templates;
#[cfg(feature = "train")]
mod train;
mod usage;
mod workdir;
