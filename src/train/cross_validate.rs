//! Cross-validation over any mixture of labelled data.

use super::crossfit::Scores;
use super::decision::{Decision, fit_decision, judge};
use super::{Corpus, Decide, Progress, TrainOptions, crossfit};
use crate::document::LabelledDocument;
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
/// `decides` is true (the real mixes; hand-written data holds more boilerplate than life), unless
/// `options` gives a decision.
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
    let decision = match &options.decide {
        Decide::Given(decision) => decision.clone(),
        Decide::OutOfFold | Decide::On(_) => {
            let (documents, chosen): (Vec<LabelledDocument>, Vec<Vec<Scores>>) = corpus
                .documents
                .iter()
                .zip(&scores)
                .enumerate()
                .filter(|(index, _)| decides(*index))
                .map(|(_, (document, scores))| (document.clone(), scores.clone()))
                .unzip();
            fit_decision(&documents, &chosen)?
        }
    };
    let documents = judge(&corpus.documents, &scores, decision.calibration);
    Ok(CrossValidated { documents, decision })
}
