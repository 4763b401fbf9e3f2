//! Separates an article's own words from its publisher's small print, paragraph by paragraph, and
//! names the kind of every piece.
//!
//! A [`Classifier`] turns a [`Document`] into a [`verdict::Verdict`]: a [`Label`] with its
//! probability for every paragraph. [`verdict::CleanText`] keeps the article's own text;
//! [`Classifier::explain`] says why. [`records`] reads many documents, [`pipeline`] works on all
//! cores.
//!
//! ```
//! use smallprint::verdict::{CleanText, Keep};
//! use smallprint::{Classifier, Document, Label};
//!
//! let document = Document::from_text(
//!     "County votes to keep the winter ferry running\n\
//!      By Ines Calloway | 14 November 2023\n\
//!      Share this article: Facebook Twitter Email\n\
//!      The board had planned to stop the early crossing after the operator asked for more money, \
//!      and voted 5 to 2 on Tuesday to pay it.\n\
//!      “They asked for a way to get to the hospital by eight,” said the chairwoman.\n\
//!      © 2023 Saltmarsh Gazette. All rights reserved.\n",
//! );
//! let classifier = Classifier::embedded();
//! let verdict = classifier.classify(&document);
//!
//! let labels: Vec<Label> = verdict.paragraphs.iter().map(|p| p.label).collect();
//! use Label::{Body, Byline, Copyright, Heading, SharePrompt};
//! assert_eq!(labels, [Heading, Byline, SharePrompt, Body, Body, Copyright]);
//!
//! let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
//! assert!(clean.text.starts_with("County votes"));
//! assert_eq!(clean.dropped[Label::Copyright.index()].paragraphs, 1);
//! ```
//!
//! Nothing here prints, exits or reads the environment, but for the command line in `cli`.
//! `default-features = false` leaves out the command line and training, and with them clap and
//! linfa.
pub mod classify;
// The only module that reads the environment.
#[allow(clippy::disallowed_methods)]
#[cfg(feature = "cli")]
pub mod cli;
pub mod credibility;
pub mod document;
pub mod error;
pub mod evaluate;
pub mod featurize;
pub mod kernel;
pub mod label;
pub mod model;
pub mod pipeline;
pub mod records;
#[cfg_attr(test, allow(clippy::disallowed_methods))] // UPDATE_SNAPSHOTS
pub mod report;
pub mod segment;
pub mod span;
pub mod templates;
#[cfg(feature = "train")]
pub mod train;
pub mod verdict;
pub use classify::Classifier;
pub use document::Document;
pub use label::Label;

/// The README's example runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
