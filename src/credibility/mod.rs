//! Credibility: how an article and its source disclose themselves, with the sentence to point at.
//!
//! In: a document and its verdict. Out: findings, each with its state and its evidence; no score, no
//! word about truth. [`catalogue`] names the signals, [`Reading`] prepares an article for them,
//! [`signals`] tests them one by one, [`quotes`] finds who is quoted, [`source`] gathers articles by
//! publisher, [`story`] lays several side by side. Notices (a disclaimer, a byline, a comment form) are paragraphs that the classifier
//! has found already. `docs/credibility.md` says how good each signal was when people judged it.

pub mod article;
pub mod catalogue;
pub mod finding;
mod phrases;
pub mod quotes;
pub mod ratings;
pub mod reading;
pub mod signals;
pub mod source;
pub mod story;

pub use article::{ArticleReport, Options};
pub use catalogue::{Block, Direction, Entry, Group, Signal, Standing};
pub use finding::{Evidence, Finding, Passage, State};
pub use quotes::{Ending, Quotation, Speaker, SpeakerKind};
pub use ratings::{Rating, RatingList};
pub use reading::{ReadParagraph, Reading};
pub use source::{Identity, Rate, Share, SourceBy, SourceProfile, Sources};
