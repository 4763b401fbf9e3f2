//! Cross-validation over any mixture of labelled data.

use super::crossfit::Crossfit;
use super::decision::{Decision, fit_decision, judge};
use super::{Corpus, Progress, TrainOptions, crossfit, deciding};
use crate::error::Result;
use crate::evaluate::JudgedDocument;
use crate::featurize::schema::FeatureGroup;

/// Documents judged out of fold.
#[derive(Debug, Clone)]
pub struct CrossValidated {
    /// One judged document for each document of the corpus, in order.
    pub documents: Vec<JudgedDocument>,
    /// The calibration and thresholds used.
    pub decision: Decision,
}

/// Judges every document of a corpus by models that saw no document of its publisher, with all
/// features and without groups of them.
pub struct CrossValidation<'a> {
    corpus: &'a Corpus,
    decides: &'a dyn Fn(usize) -> bool,
    crossfit: Crossfit<'a>,
}

impl<'a> CrossValidation<'a> {
    /// Begins with the candidates for cues.
    ///
    /// Calibration and thresholds will be fitted on the out-of-fold scores of the documents for
    /// which `decides` is true (the real mixes; hand-written data holds more boilerplate than life)
    /// and of the derived documents that are whole.
    pub fn new(
        corpus: &'a Corpus,
        options: &TrainOptions,
        decides: &'a dyn Fn(usize) -> bool,
        progress: &mut Progress<'_>,
    ) -> Self {
        Self { corpus, decides, crossfit: crossfit(corpus, options, progress) }
    }

    /// Judges with all features, or without the group that is [left out](Self::leave_out).
    ///
    /// # Errors
    /// As [`super::train`].
    pub fn judge(&mut self, progress: &mut Progress<'_>) -> Result<CrossValidated> {
        let scores = self.crossfit.out_of_fold(progress)?;
        let decision = fit_decision(&deciding(self.corpus, &scores, self.decides))?;
        let documents = judge(&self.corpus.documents, &scores, decision.calibration);
        Ok(CrossValidated { documents, decision })
    }

    /// Ignores a group of features, and none but it, from now on (an ablation).
    pub fn leave_out(&mut self, group: FeatureGroup, progress: &mut Progress<'_>) {
        progress.step(&format!("without the features of group {}", group.as_str()));
        self.crossfit.leave_out(group);
    }
}
