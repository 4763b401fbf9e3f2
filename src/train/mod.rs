//! Labelled documents to models.
//!
//! In: [`LabelledDocument`]s and [`TrainOptions`]. Out: a [`Model`] with the out-of-fold judgements
//! that its figures rest on. [`train`] fits and cross-validates;
//! [`CrossValidation`] only cross-validates, on any mixture of data. The order: folds by publisher,
//! cues, first pass, second pass over out-of-fold probabilities of the first, calibration.
//! Deterministic: equal input gives an equal model, to the bit.

mod card;
mod corpus;
mod cross_validate;
mod crossfit;
mod cue_fit;
mod cue_learning;
mod decision;
pub mod derived;
pub mod pages;
mod progress;
mod template_weights;
mod text_subjects;

pub use card::{card, figures};
pub use corpus::{Corpus, check_folds, fingerprint};
pub use cross_validate::{CrossValidated, CrossValidation, WithTemplates};
pub use cue_learning::CueOptions;
pub use decision::Decision;
pub use progress::Progress;

use card::rounded;
use crossfit::{Crossfit, PassOptions, Scores};
use cue_learning::{CueSource, CueTables};
use decision::{Sample, fit_decision, judge, points, samples};
use text_subjects::TextSubjects;

use crate::classify::{Classifier, Options};
use crate::document::{Content, Document, LabelledDocument};
use crate::error::Result;
use crate::evaluate::{Evaluation, JudgedSet, Method, ThresholdCurve};
use crate::model::decision::Scale;
use crate::model::fit::FitOptions;
use crate::model::{Calibration, DerivedProvenance, Model, ModelKind, Provenance, Thresholds};

/// How a model is trained; how data are split is the [`Corpus`]'s.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainOptions {
    /// How regressions are fitted.
    pub fit: FitOptions,
    /// How cues are learned.
    pub cues: CueOptions,
    /// Where calibration and thresholds come from.
    pub decide: Decide,
}

/// Where calibration and thresholds come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Decide {
    /// Fitted out of fold on the training data themselves: on the derived documents that are whole,
    /// which are real mixes of content and boilerplate, where there are any.
    OutOfFold,
    /// Fitted on what the finished model makes of other labelled documents, of publishers that it
    /// was not trained on.
    On(Vec<LabelledDocument>),
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { fit: FitOptions::default(), cues: CueOptions::default(), decide: Decide::OutOfFold }
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
        kind: ModelKind::Text,
        markup_cues: Vec::new(),
        cues: crossfit.subjects.tables.get(0).as_slice().to_vec(),
        first: passes.first,
        second: passes.second,
        calibration: Calibration::default(),
        thresholds: Thresholds::default(),
        provenance: Provenance::default(),
    };
    let decision = match &options.decide {
        Decide::OutOfFold => {
            let written = corpus.derived.documents.is_empty();
            fit_decision(&deciding(corpus, &scores, &|_| written))?
        }
        Decide::On(documents) => decide_on(&model, documents)?,
    };
    let judged = JudgedSet {
        name: "training data".to_owned(),
        method: Method::CrossValidated { folds: corpus.k },
        model_fingerprint: None,
        threshold: decision.thresholds.safe,
        aggressive_threshold: Some(decision.thresholds.aggressive),
        scale: Scale::ByLength,
        documents: judge(&corpus.documents, &scores, decision.calibration),
    };
    let evaluation = Evaluation::new(&judged)?;
    model.calibration = decision.calibration;
    model.thresholds = decision.thresholds;
    model.provenance = provenance(corpus, &evaluation);
    model.provenance.derived = derived_provenance(corpus, &scores, &decision);
    Ok(Trained { model, judged, evaluation, decision })
}

fn crossfit<'a>(
    corpus: &'a Corpus,
    options: &TrainOptions,
    progress: &mut Progress<'_>,
) -> Crossfit<TextSubjects<'a>> {
    progress.step("candidates for cues");
    let source = CueSource {
        documents: &corpus.documents,
        folds: &corpus.folds,
        k: corpus.k,
        known: &corpus.derived.cues,
        admits: &|_| true,
    };
    let tables = CueTables::new(&source, options.cues);
    let passes = PassOptions {
        first: options.fit,
        second: options.fit,
        judging: options.fit.gradient_per_row,
    };
    Crossfit::new(TextSubjects::new(corpus, tables), passes)
}

/// The out-of-fold scores on which calibration and thresholds are fitted: those of the derived
/// documents that are whole, and of the written ones for which `decides` is true. `scores` has one
/// list a document, derived ones last.
fn deciding(
    corpus: &Corpus,
    scores: &[Vec<Scores>],
    decides: &dyn Fn(usize) -> bool,
) -> Vec<Sample> {
    let written = corpus.documents.iter().zip(scores).enumerate();
    let chosen = written.filter(|(index, _)| decides(*index));
    let mut deciding: Vec<Sample> =
        chosen.flat_map(|(_, (document, scores))| samples(document, scores)).collect();
    deciding.extend(derived_samples(corpus, scores));
    deciding
}

fn derived_samples(corpus: &Corpus, scores: &[Vec<Scores>]) -> Vec<Sample> {
    let documents = corpus.derived.documents.iter().zip(&scores[corpus.documents.len()..]);
    let whole = documents.filter(|(document, _)| document.is_whole());
    whole
        .flat_map(|(document, scores)| {
            let paragraphs = document.labels.iter().zip(&document.words).zip(scores);
            paragraphs.filter_map(|((label, &words), &scores)| {
                label.map(|label| Sample { scores, label, words: u64::from(words) })
            })
        })
        .collect()
}

fn derived_provenance(
    corpus: &Corpus,
    scores: &[Vec<Scores>],
    decision: &Decision,
) -> Option<DerivedProvenance> {
    let derived = &corpus.derived;
    let samples = derived_samples(corpus, scores);
    if derived.documents.is_empty() {
        return None;
    }
    let curve = ThresholdCurve::of(points(&samples, decision.calibration), Scale::ByLength);
    let at = curve.at(decision.thresholds.safe);
    let aggressive = curve.at(decision.thresholds.aggressive);
    Some(DerivedProvenance {
        fingerprint: derived.fingerprint(),
        documents: derived.documents.len(),
        paragraphs: derived.labelled(),
        accuracy: rounded(at.accuracy),
        boilerplate_f1: rounded(at.f1),
        content_words_lost: rounded(at.content_words_lost_ratio),
        aggressive_boilerplate_f1: rounded(aggressive.f1),
        aggressive_content_words_lost: rounded(aggressive.content_words_lost_ratio),
    })
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
        derived: None,
        pages: None,
    }
}

/// Fits calibration and thresholds for a model on labelled documents of publishers that it was not
/// trained on. The model's own calibration has no say.
///
/// # Errors
/// [`crate::error::ErrorKind::Data`] if there is no labelled paragraph.
pub fn decide_on(model: &Model, documents: &[LabelledDocument]) -> Result<Decision> {
    let classifier = Classifier::new(model.clone(), Options::default());
    let judged = documents.iter().flat_map(|document| {
        let texts = document.paragraphs.iter().map(|p| p.text.clone()).collect();
        let content = Content::Paragraphs(texts);
        let scores = classifier.scores(&Document { content, ..Document::default() });
        samples(document, &scores).collect::<Vec<_>>()
    });
    fit_decision(&judged.collect::<Vec<_>>())
}
