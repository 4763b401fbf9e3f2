//! A source over all its articles: how often it shows each signal, which notices it carries, whom it
//! credits, what it repeats.
//!
//! [`Share`] is what one article tells of its source, free of the article; [`Sources`] gathers them
//! in any order of documents; [`SourceProfile`] is what is told of one source, beside all others of
//! the run.

mod gather;
mod identity;
mod profile;
pub mod rate;

pub use gather::{Share, Sources};
pub use identity::{Identity, SourceBy};
pub use profile::{Distribution, Repeated, SignalRate, SourceProfile};
pub use rate::Rate;
