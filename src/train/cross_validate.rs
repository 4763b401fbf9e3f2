//! Cross-validation over any mixture of labelled data.

use super::decision::{Decision, fit_decision, judge};
use super::{Corpus, Progress, TrainOptions, crossfit, deciding};
use crate::error::Result;
use crate::evaluate::JudgedDocument;

/// Documents judged out of fold.
#[derive(Debug, Clone)]
pub struct CrossValidated {
    /// One judged document for each document of the corpus, in order.
    pub documents: Vec<JudgedDocument>,
    /// The calibration and thresholds used.
    pub decision: Decision,
}

/// Judges every document of a corpus by models that saw no document of its publisher.
///
/// Calibration and thresholds are fitted on the out-of-fold scores of the documents for which
/// `decides` is true (the real mixes; hand-written data holds more boilerplate than life) and of the
/// derived documents that are whole.
///
/// # Errors
/// As [`super::train`].
pub fn cross_validate(
    corpus: &Corpus,
    options: &TrainOptions,
    decides: &dyn Fn(usize) -> bool,
    progress: &mut Progress<'_>,
) -> Result<CrossValidated> {
    let scores = crossfit(corpus, options, progress).out_of_fold(progress)?;
    let decision = fit_decision(&deciding(corpus, &scores, decides))?;
    let documents = judge(&corpus.documents, &scores, decision.calibration);
    Ok(CrossValidated { documents, decision })
}
