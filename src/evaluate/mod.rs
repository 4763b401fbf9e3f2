//! How good are these predictions?
//!
//! In: documents whose paragraphs carry a label given by people and the probabilities given by a
//! model ([`JudgedSet`]). Out: one plain struct of figures ([`Evaluation`]), with intervals, a
//! baseline, calibration, a threshold sweep, slices and the worst errors; `crate::report` renders
//! it. Also what a fair measurement needs beforehand: folds by publisher ([`assign_folds`]) and
//! thresholds chosen out of fold ([`ThresholdCurve`]).
//!
//! [`pages`] does the same for the text that is extracted from web pages.
//!
//! Nothing here fits or classifies; labels come from [`crate::model::decision::decide`] alone.

mod baseline;
mod binary;
mod bootstrap;
mod calibration;
mod confusion;
mod errors;
mod evaluation;
mod figure;
mod fingerprint;
mod folds;
mod judge;
pub mod pages;
mod scored;
mod slices;
mod sweep;
mod tally;

pub use baseline::c4_keeps;
pub use binary::{BinaryCounts, BinaryResult};
pub use bootstrap::{MIN_DOCUMENTS, RESAMPLES};
pub use calibration::{BINS, Calibration, ReliabilityBin};
pub use confusion::{ConfusionMatrix, LabelCounts, MicroCounts};
#[cfg(feature = "train")]
pub(crate) use errors::confusions;
pub use errors::{ConfidentError, Confusion, MAX_CONFUSIONS, MAX_ERRORS, MAX_TEXT_CHARS};
pub use evaluation::{AblationRow, Evaluation, KindResult, Size};
pub use figure::Figure;
pub use fingerprint::data_fingerprint;
pub use folds::assign_folds;
pub use judge::judge;
pub use slices::{MIN_PUBLISHER_PARAGRAPHS, PublisherSlices, Slice};
pub use sweep::{CurvePoint, MAX_CONTENT_LOSS_RATIO, Sweep, SweepPoint, ThresholdCurve};

use serde::Serialize;

use crate::label::Label;
use crate::model::decision::Scale;

/// Documents with the labels given by people and the probabilities given by a model.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedSet {
    /// What the data are called in reports.
    pub name: String,
    /// How the probabilities came about.
    pub method: Method,
    /// The fingerprint of the model that judged; `None` where there was no single one.
    pub model_fingerprint: Option<String>,
    /// The threshold by which labels are decided, in 0..=1.
    pub threshold: f32,
    /// The threshold of `--aggressive`, in 0..=1, where it is to be reported too.
    pub aggressive_threshold: Option<f32>,
    /// How thresholds are held against a paragraph.
    pub scale: Scale,
    /// The documents; their order is part of the data's fingerprint.
    pub documents: Vec<JudgedDocument>,
}

/// How the probabilities came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Method {
    /// One model judged everything.
    Model,
    /// Every document was judged by a model that had seen no document of its publisher.
    CrossValidated {
        /// Number of folds.
        folds: usize,
    },
}

/// One document with its paragraphs judged.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedDocument {
    /// The document's identifier.
    pub id: String,
    /// The publisher: the unit by which data are split and results sliced.
    pub publisher: String,
    /// The paragraphs in reading order.
    pub paragraphs: Vec<JudgedParagraph>,
}

/// One paragraph with the label given by people and the model's probabilities.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedParagraph {
    /// The paragraph's place in its document, counted from 0.
    pub index: usize,
    /// The paragraph's text.
    pub text: String,
    /// The label given by people; `None` makes the paragraph context, which is not scored.
    pub gold: Option<Label>,
    /// One probability a label, in column order, each in 0..=1, with sum 1.
    pub probabilities: [f32; Label::COUNT],
}

#[cfg(test)]
pub(crate) mod testing {
    //! Small judged documents for tests.

    use super::{JudgedDocument, JudgedParagraph, JudgedSet, Method};
    use crate::label::Label;
    use crate::model::decision::Scale;

    /// A paragraph to which the model gives `pairs`; what is left of 1 goes to nothing.
    pub(crate) fn paragraph(gold: Label, pairs: &[(Label, f32)], text: &str) -> JudgedParagraph {
        let mut probabilities = [0.0; Label::COUNT];
        for &(label, p) in pairs {
            probabilities[label.index()] += p;
        }
        JudgedParagraph { index: 0, text: text.to_owned(), gold: Some(gold), probabilities }
    }

    /// A document; paragraphs are numbered here.
    pub(crate) fn document(
        id: &str,
        publisher: &str,
        mut paragraphs: Vec<JudgedParagraph>,
    ) -> JudgedDocument {
        for (index, paragraph) in paragraphs.iter_mut().enumerate() {
            paragraph.index = index;
        }
        JudgedDocument { id: id.to_owned(), publisher: publisher.to_owned(), paragraphs }
    }

    /// A set judged by one model at threshold 0.5.
    pub(crate) fn set(documents: Vec<JudgedDocument>) -> JudgedSet {
        JudgedSet {
            name: "sample".to_owned(),
            method: Method::Model,
            model_fingerprint: Some("0123abcd".to_owned()),
            threshold: 0.5,
            aggressive_threshold: Some(0.3),
            scale: Scale::Flat,
            documents,
        }
    }
}
