//! Documents to verdicts.
//!
//! [`Classifier`] holds a compiled model and is shared by threads. The steps, in order: segment,
//! detect the language, first pass, second pass over its probabilities, decide.

mod explain;
mod prepare;

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use crate::document::{Content, Document};
use crate::error::{Error, Result};
use crate::featurize::page::Blocks;
use crate::featurize::{FeatureMatrix, Featurized, Paragraphs, Probabilities};
use crate::label::Label;
use crate::model::decision::{Cutoff, decide};
use crate::model::{
    Calibration, Compiled, Model, ModelKind, Provenance, Thresholds, file, second_probabilities,
};
use crate::segment::Split;
use crate::span::Span;
use crate::templates::{Sighting, Templates, WEIGHTS, publisher_of};
use crate::verdict::clean::words;
use crate::verdict::{Paragraph, Verdict};
pub use prepare::paragraph_texts;
use prepare::prepare;

/// The model file of text that stands in the binary.
const EMBEDDED_TEXT_MODEL: &str = include_str!("../../models/text.json");
/// The same for web pages.
const EMBEDDED_HTML_MODEL: &str = include_str!("../../models/html.json");

/// How sure the model must be before a paragraph counts as boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Threshold {
    /// The model's own: for texts, it loses at most 0.5 % of content words out of fold; for web pages,
    /// it has the best F1 of words kept.
    #[default]
    Safe,
    /// The model's own: for texts, best F1 of boilerplate; for web pages, as [`Self::Safe`].
    Aggressive,
    /// A given value of `boilerplate`, 0..=1, the same for paragraphs of any length.
    Fixed(f32),
}

/// How documents are classified.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// How running text is split into paragraphs.
    pub split: Split,
    /// From where on a paragraph is boilerplate.
    pub threshold: Threshold,
}

/// Labels the paragraphs of documents.
///
/// ```
/// use smallprint::{Classifier, Document, Label};
///
/// let classifier = Classifier::embedded();
/// let document = Document::from_text(
///     "The council voted on Monday to keep the ferry running, the mayor said.\n\
///      Share this article: Facebook Twitter Email\n\
///      © 2023 Saltmarsh Gazette. All rights reserved.\n",
/// );
/// let verdict = classifier.classify(&document);
/// assert_eq!(verdict.paragraphs[0].label, Label::Body);
/// assert_eq!(verdict.paragraphs[1].label, Label::SharePrompt);
/// assert_eq!(verdict.paragraphs[2].label, Label::Copyright);
/// ```
#[derive(Debug, Clone)]
pub struct Classifier {
    options: Options,
    /// What the model that was given labels.
    given: ModelKind,
    /// A model that was not given is the embedded one, read when the first such document comes.
    text: OnceLock<Engine>,
    html: OnceLock<Engine>,
    templates: Option<Known>,
}

/// What is known of publishers.
#[derive(Debug, Clone)]
struct Known {
    templates: Arc<Templates>,
    /// The publisher of documents that name none.
    publisher: Option<String>,
}

/// A model with all that using it needs.
#[derive(Debug, Clone)]
struct Engine {
    model: Model,
    compiled: Compiled,
    cutoff: Cutoff,
}

impl Engine {
    fn new(model: Model, options: Options) -> Self {
        let stored = match model.kind {
            ModelKind::Text => Cutoff::by_length,
            ModelKind::Html => Cutoff::flat,
        };
        let cutoff = match options.threshold {
            Threshold::Safe => stored(model.thresholds.safe),
            Threshold::Aggressive => stored(model.thresholds.aggressive),
            Threshold::Fixed(threshold) => Cutoff::flat(threshold),
        };
        Self { compiled: model.compile(), model, cutoff }
    }
}

impl Classifier {
    /// A classifier with a model; documents that it is not for are labelled by the embedded model
    /// that is.
    #[must_use]
    pub fn new(model: Model, options: Options) -> Self {
        let given = model.kind;
        let classifier = Self::without_models(options, given);
        // Nobody else holds it yet, so that the place is empty.
        let _ = classifier.place(given).set(Engine::new(model, options));
        classifier
    }

    /// A classifier for the models that stand in the library, with default options.
    #[must_use]
    pub fn embedded() -> Self {
        Self::embedded_with(Options::default())
    }

    /// A classifier for the models that stand in the library. Each is read when the first document
    /// comes that it is for.
    #[must_use]
    pub fn embedded_with(options: Options) -> Self {
        Self::without_models(options, ModelKind::Text)
    }

    fn without_models(options: Options, given: ModelKind) -> Self {
        Self { options, given, text: OnceLock::new(), html: OnceLock::new(), templates: None }
    }

    /// The same, which also goes by what publishers are known to repeat. Documents that name no
    /// publisher, and pages that give no address, are held against those of `publisher`.
    ///
    /// Documents of publishers that the templates do not know get the labels that they get without.
    #[must_use]
    pub fn with_templates(mut self, templates: Arc<Templates>, publisher: Option<String>) -> Self {
        self.templates = Some(Known { templates, publisher });
        self
    }

    /// What the templates say of each paragraph; `None` where they know nothing of the publisher.
    fn sightings(&self, document: &Document, texts: &[&str]) -> Option<Vec<Sighting>> {
        let known = self.templates.as_ref()?;
        let publisher = publisher_of(document).or_else(|| known.publisher.clone())?;
        let site = known.templates.site(&publisher)?;
        Some(texts.iter().map(|text| site.sighting(text)).collect())
    }

    /// The model that was given, or else the embedded one of text.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.engine(self.given).model
    }

    /// From where on a paragraph is boilerplate, by the model that [`Self::model`] gives.
    #[must_use]
    pub fn cutoff(&self) -> Cutoff {
        self.engine(self.given).cutoff
    }

    fn place(&self, kind: ModelKind) -> &OnceLock<Engine> {
        match kind {
            ModelKind::Text => &self.text,
            ModelKind::Html => &self.html,
        }
    }

    fn engine(&self, kind: ModelKind) -> &Engine {
        self.place(kind).get_or_init(|| Engine::new(embedded(kind), self.options))
    }

    fn engine_for(&self, document: &Document) -> &Engine {
        self.engine(match document.content {
            Content::Html(_) => ModelKind::Html,
            Content::Text(_) | Content::Paragraphs(_) => ModelKind::Text,
        })
    }

    /// Labels every paragraph of a document. An empty document has no paragraphs; one that came
    /// already split has one paragraph for each of its own, empty ones included.
    #[must_use]
    pub fn classify(&self, document: &Document) -> Verdict {
        let prepared = prepare(document, self.options.split);
        let engine = self.engine_for(document);
        let sightings = self.sightings(document, &prepared.texts);
        let mut paragraphs = Vec::with_capacity(prepared.texts.len());
        engine.passes(&prepared.texts, document, |first_label, scores| {
            let index = paragraphs.len();
            let (span, text) = (prepared.spans[index], prepared.texts[index]);
            let sighting = sightings.as_ref().map(|sightings| sightings[index]);
            let calibration = engine.calibration(sighting);
            let second = second_probabilities(scores, calibration);
            paragraphs.push(engine.paragraph(index, span, text, first_label, second));
        });
        Verdict {
            source: document.source(),
            layout: prepared.layout,
            language: prepared.language,
            paragraphs,
        }
    }

    /// Scores of the second pass for every paragraph, before calibration: what calibration is
    /// fitted on.
    #[must_use]
    pub fn scores(&self, document: &Document) -> Vec<[f32; Label::COUNT]> {
        let prepared = prepare(document, self.options.split);
        let mut all = Vec::with_capacity(prepared.texts.len());
        let engine = self.engine_for(document);
        engine.passes(&prepared.texts, document, |_, scores| all.push(*scores));
        all
    }
}

impl Engine {
    /// The calibration of a paragraph: what the templates say moves the point where it is undecided.
    fn calibration(&self, sighting: Option<Sighting>) -> Calibration {
        let log_odds = sighting.map_or(0.0, |sighting| WEIGHTS.log_odds(sighting));
        self.compiled.calibration.against_content(log_odds)
    }

    fn paragraph(
        &self,
        index: usize,
        span: Option<Span>,
        text: &str,
        first_label: Label,
        second: Probabilities,
    ) -> Paragraph {
        let decided = decide(&second, self.cutoff, || words(text));
        Paragraph {
            index,
            span,
            label: decided.label,
            first_label,
            probability: decided.probability,
            boilerplate: decided.boilerplate,
            probabilities: second,
        }
    }

    /// A document's paragraphs, `texts`, or blocks, ready to be featurized.
    fn featurized<'d>(&'d self, texts: &[&'d str], document: &'d Document) -> Featurized<'d> {
        match &document.content {
            Content::Html(page) => {
                let (cues, markup) = (&self.compiled.cues, &self.compiled.markup_cues);
                Featurized::Blocks(Box::new(Blocks::new(page.page(), cues, markup)))
            }
            Content::Text(_) | Content::Paragraphs(_) => {
                Featurized::Paragraphs(Paragraphs::new(texts.to_vec(), &self.compiled.cues))
            }
        }
    }

    /// Calls `take` with the first pass's label and the second pass's scores of every paragraph.
    fn passes(
        &self,
        texts: &[&str],
        document: &Document,
        mut take: impl FnMut(Label, &[f32; Label::COUNT]),
    ) {
        let featurized = self.featurized(texts, document);
        let first = self.first_pass(&featurized);
        let labels: Vec<Label> = first.iter().map(likeliest).collect();
        let around = featurized.around(first);
        with_rows(|_, matrix| {
            for block in featurized.blocks() {
                let labels = &labels[block.clone()];
                featurized.second_rows(block, &around, matrix);
                let scores = self.compiled.second.all_scores(matrix);
                labels.iter().zip(scores).for_each(|(&label, scores)| take(label, &scores));
            }
        });
    }

    /// Probabilities of the first pass.
    fn first_pass(&self, featurized: &Featurized<'_>) -> Vec<Probabilities> {
        let mut first = Vec::with_capacity(featurized.len());
        with_rows(|matrix, _| {
            for block in featurized.blocks() {
                featurized.first_rows(block, matrix);
                let scores = self.compiled.first.all_scores(matrix);
                first.extend(scores.map(|scores| self.compiled.kind.first_probabilities(&scores)));
            }
        });
        first
    }
}

thread_local! {
    /// The blocks of rows, one a pass, that every document of a thread is featurized into.
    static ROWS: RefCell<[FeatureMatrix; 2]> =
        RefCell::new([FeatureMatrix::new(), FeatureMatrix::new()]);
}

fn with_rows(fill: impl FnOnce(&mut FeatureMatrix, &mut FeatureMatrix)) {
    ROWS.with_borrow_mut(|[first, second]| fill(first, second));
}

/// Of equal probabilities, the first in column order.
fn likeliest(probabilities: &Probabilities) -> Label {
    let mut best = Label::Body;
    for label in Label::ALL {
        if probabilities[label.index()] > probabilities[best.index()] {
            best = label;
        }
    }
    best
}

/// The model of a kind that stands in the library.
///
/// # Panics
/// Never in a release: a test reads the files of this build.
#[must_use]
pub fn embedded(kind: ModelKind) -> Model {
    let file = match kind {
        ModelKind::Text => EMBEDDED_TEXT_MODEL,
        ModelKind::Html => EMBEDDED_HTML_MODEL,
    };
    file::from_json(file).expect("the models of this build are readable")
}

/// The text model that stands in the library, as [`embedded`] gives it.
#[must_use]
pub fn embedded_model() -> Model {
    embedded(ModelKind::Text)
}

/// Thresholds and origin of the embedded model, without reading all of it.
#[must_use]
pub fn embedded_summary() -> Option<(Thresholds, Provenance)> {
    file::summary(EMBEDDED_TEXT_MODEL)
}

/// Reads a model file.
///
/// # Errors
/// [`crate::error::ErrorKind::Io`] if it cannot be read, [`crate::error::ErrorKind::Model`] if it is
/// not a model of this version; both name the file.
pub fn load_model(path: &std::path::Path) -> Result<Model> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::io("cannot read the model", error).in_file(path))?;
    file::from_json(&text).map_err(|error| error.in_file(path))
}
