//! How many bytes a second each stage takes, from the kernel to whole runs:
//! `cargo bench --bench stages`, or with a name or a part of one behind `--`.
//!
//! Input: the documents of `training-data/`, as texts and, with markup put around them, as pages.
//! Every benchmark asserts its answer in each iteration, against a naive count, the labels that people
//! gave, or the words that went in. All run on one thread but `pipeline`. What machines differ in
//! least is the ratio of two stages in one run; `kernel::naive_words` is there to compare with.

mod corpus;
mod kernel;
mod page_maker;
mod pages;
mod pipeline;
mod text;
#[cfg(feature = "train")]
mod training;

fn main() {
    divan::main();
}
