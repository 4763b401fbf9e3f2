//! Labelled documents to models.
//!
//! In: [`LabelledDocument`]s and [`TrainOptions`]. Out: a [`Model`] with the out-of-fold judgements
//! that its figures rest on. [`train`] fits and cross-validates; [`cross_validate`] only
//! cross-validates, on any mixture of data. The order: folds by publisher, cues, first pass, second
//! pass over out-of-fold probabilities of the first, calibration. Deterministic: equal input gives
//! an equal model, to the bit.

mod card;
mod corpus;
mod cross_validate;
mod crossfit;
mod cue_fit;
mod cue_learning;
mod decision;
mod progress;

pub use card::{card, figures};
pub use corpus::{Corpus, fingerprint};
pub use cross_validate::{CrossValidated, cross_validate};
pub use cue_learning::CueOptions;
pub use decision::{Decision, decision_from_json, decision_to_json};
pub use progress::Progress;

use std::collections::BTreeMap;

use crossfit::Crossfit;
use cue_learning::{CueCorpus, CueTables};
use decision::{fit_decision, judge};

use crate::classify::{Classifier, Options};
use crate::document::{Content, Document, LabelledDocument};
use crate::error::Result;
use crate::evaluate::{Evaluation, JudgedSet, Method};
use crate::featurize::schema::FeatureGroup;
use crate::model::fit::FitOptions;
use crate::model::{Calibration, Model, Provenance, Thresholds};

/// How a model is trained.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainOptions {
    /// Folds of the cross-validation and of the second pass, 2..=16.
    pub folds: usize,
    /// Seed of the assignment of publishers to folds.
    pub seed: u64,
    /// How regressions are fitted.
    pub fit: FitOptions,
    /// How cues are learned.
    pub cues: CueOptions,
    /// Feature groups that are ignored (an ablation).
    pub left_out: Vec<FeatureGroup>,
    /// Where calibration and thresholds come from.
    pub decide: Decide,
}

/// Where calibration and thresholds come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Decide {
    /// Fitted out of fold on the training data themselves.
    OutOfFold,
    /// Given.
    Given(Decision),
    /// Fitted on what the finished model makes of other labelled documents, of publishers that it
    /// was not trained on.
    On(Vec<LabelledDocument>),
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            folds: 5,
            seed: 1,
            fit: FitOptions::default(),
            cues: CueOptions::default(),
            left_out: Vec::new(),
            decide: Decide::OutOfFold,
        }
    }
}

/// A trained model and what it was judged by.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// The training documents, each judged by a model that saw no document of its publisher.
    pub judged: JudgedSet,
    /// The evaluation of `judged`.
    pub evaluation: Evaluation,
    /// The calibration and thresholds of the model, and what they were fitted on.
    pub decision: Decision,
}

/// Trains a model called `name`.
///
/// # Errors
/// [`crate::error::ErrorKind::Fit`] if a fit did not converge, [`crate::error::ErrorKind::Data`] if
/// the labelled paragraphs hold only one label.
pub fn train(
    name: &str,
    corpus: &Corpus,
    options: &TrainOptions,
    progress: &mut Progress<'_>,
) -> Result<Trained> {
    let mut crossfit = crossfit(corpus, options, progress);
    let passes = crossfit.fit(progress)?;
    let scores = crossfit.out_of_fold(progress)?;
    progress.step("calibration");
    let mut model = Model {
        name: name.to_owned(),
        cues: crossfit.tables.get(0).as_slice().to_vec(),
        first: passes.first,
        second: passes.second,
        calibration: Calibration::default(),
        thresholds: Thresholds::default(),
        provenance: Provenance::default(),
    };
    let decision = match &options.decide {
        Decide::Given(decision) => decision.clone(),
        Decide::OutOfFold => fit_decision(&corpus.documents, &scores)?,
        Decide::On(documents) => decide_on(&model, documents)?,
    };
    let judged = JudgedSet {
        name: "training data".to_owned(),
        method: Method::CrossValidated { folds: corpus.k },
        model_fingerprint: None,
        threshold: decision.thresholds.safe,
        aggressive_threshold: Some(decision.thresholds.aggressive),
        documents: judge(&corpus.documents, &scores, decision.calibration),
    };
    let evaluation = Evaluation::new(&judged)?;
    model.calibration = decision.calibration;
    model.thresholds = decision.thresholds;
    model.provenance = provenance(corpus, &evaluation);
    Ok(Trained { model, judged, evaluation, decision })
}

fn crossfit<'a>(
    corpus: &'a Corpus,
    options: &'a TrainOptions,
    progress: &mut Progress<'_>,
) -> Crossfit<'a> {
    progress.step("candidates for cues");
    let cues = CueCorpus::new(&corpus.documents, &corpus.folds, corpus.k, options.cues);
    Crossfit {
        documents: &corpus.documents,
        folds: &corpus.folds,
        k: corpus.k,
        tables: CueTables::new(cues),
        options: options.fit,
        left_out: &options.left_out,
        firsts: BTreeMap::new(),
    }
}

fn provenance(corpus: &Corpus, evaluation: &Evaluation) -> Provenance {
    let figures = figures(evaluation);
    Provenance {
        training_data: fingerprint(&corpus.documents),
        documents: corpus.documents.len(),
        publishers: corpus.publishers(),
        paragraphs: corpus.labelled(),
        folds: corpus.k,
        accuracy: figures.accuracy,
        macro_f1: figures.macro_f1,
        boilerplate_f1: figures.boilerplate_f1,
        content_words_lost: figures.content_words_lost,
    }
}

/// Fits calibration and thresholds for a model on labelled documents of publishers that it was not
/// trained on. The model's own calibration has no say.
///
/// # Errors
/// [`crate::error::ErrorKind::Data`] if there is no labelled paragraph.
pub fn decide_on(model: &Model, documents: &[LabelledDocument]) -> Result<Decision> {
    let classifier = Classifier::new(model.clone(), Options::default());
    let scores: Vec<Vec<crossfit::Scores>> = documents
        .iter()
        .map(|document| {
            let texts = document.paragraphs.iter().map(|p| p.text.clone()).collect();
            classifier
                .scores(&Document { content: Content::Paragraphs(texts), ..Document::default() })
        })
        .collect();
    fit_decision(documents, &scores)
}
