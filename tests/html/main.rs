//! The reader of web pages, held against a browser's tree and against bad input.
//!
//! `twin` makes blocks from the tree of html5ever, which follows the HTML standard to the letter;
//! `pages`, `soup` and `real` compare with it: written pages, random ones, those of the shared data.
//! `hostile` measures time and memory on pages made to hurt; `prefixes` cuts pages short.
//! `end_to_end` takes such pages all the way to clean text, `languages` articles that are not in
//! English. `speed` is a measurement.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

mod end_to_end;
mod hostile;
mod languages;
mod memory;
mod pages;
mod prefixes;
mod real;
mod soup;
mod speed;
mod twin;
mod whole;
