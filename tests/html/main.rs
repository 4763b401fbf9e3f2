//! The reader of web pages, held against a browser's tree and against bad input.
//!
//! `twin` makes blocks from the tree of html5ever, which follows the HTML standard to the letter;
//! `pages`, `soup` and `real` compare with it: written pages, random ones, those of the shared data.
//! `hostile` measures time and memory on pages made to hurt; `prefixes` cuts pages short. `speed` is
//! a measurement.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

mod hostile;
mod memory;
mod pages;
mod prefixes;
mod real;
mod soup;
mod speed;
mod twin;
mod whole;
