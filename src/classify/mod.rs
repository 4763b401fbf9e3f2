//! Documents to verdicts.
//!
//! [`Classifier`] holds a compiled model and is shared by threads. The steps, in order: segment,
//! detect the language, first pass, second pass over its probabilities, decide.

mod explain;

use std::cell::RefCell;
use std::sync::OnceLock;

use crate::document::{Content, Document, detect_language};
use crate::error::{Error, Result};
use crate::featurize::page::Blocks;
use crate::featurize::{FeatureMatrix, Featurized, Paragraphs, Probabilities};
use crate::label::Label;
use crate::model::decision::{Cutoff, decide};
use crate::model::{
    Compiled, Model, ModelKind, Provenance, Thresholds, file, second_probabilities,
};
use crate::segment::{Layout, Split, segment};
use crate::span::Span;
use crate::verdict::clean::words;
use crate::verdict::{Paragraph, Verdict};

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

/// A document's paragraphs before they are labelled.
struct Prepared<'d> {
    layout: Option<Layout>,
    language: Option<&'static str>,
    spans: Vec<Option<Span>>,
    texts: Vec<&'d str>,
}

impl Classifier {
    /// A classifier with a model; documents that it is not for are labelled by the embedded model
    /// that is.
    #[must_use]
    pub fn new(model: Model, options: Options) -> Self {
        let given = model.kind;
        let classifier = Self { options, given, text: OnceLock::new(), html: OnceLock::new() };
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
        let given = ModelKind::Text;
        Self { options, given, text: OnceLock::new(), html: OnceLock::new() }
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
        let prepared = self.prepare(document);
        let engine = self.engine_for(document);
        let mut paragraphs = Vec::with_capacity(prepared.texts.len());
        engine.passes(&prepared.texts, document, |first_label, scores| {
            let index = paragraphs.len();
            let (span, text) = (prepared.spans[index], prepared.texts[index]);
            paragraphs.push(engine.paragraph(index, span, text, first_label, scores));
        });
        Verdict {
            source: document.source(),
            layout: prepared.layout,
            language: prepared.language,
            paragraphs,
        }
    }

    fn prepare<'d>(&self, document: &'d Document) -> Prepared<'d> {
        match &document.content {
            Content::Text(text) => {
                let segmentation = segment(text, self.options.split);
                Prepared {
                    layout: Some(segmentation.layout),
                    language: detect_language(text),
                    texts: segmentation.paragraphs.iter().map(|s| s.slice(text)).collect(),
                    spans: segmentation.paragraphs.into_iter().map(Some).collect(),
                }
            }
            Content::Html(page) => {
                let page = page.page();
                let texts: Vec<&str> = page.blocks.iter().map(|b| page.block_text(b)).collect();
                Prepared {
                    layout: None,
                    language: detect_language(&language_sample(&texts)),
                    spans: page.blocks.iter().map(|block| Some(block.span)).collect(),
                    texts,
                }
            }
            Content::Paragraphs(paragraphs) => Prepared {
                layout: None,
                language: detect_language(&language_sample(paragraphs)),
                texts: paragraphs.iter().map(String::as_str).collect(),
                spans: vec![None; paragraphs.len()],
            },
        }
    }

    /// Scores of the second pass for every paragraph, before calibration: what calibration is
    /// fitted on.
    #[must_use]
    pub fn scores(&self, document: &Document) -> Vec<[f32; Label::COUNT]> {
        let prepared = self.prepare(document);
        let mut all = Vec::with_capacity(prepared.texts.len());
        let engine = self.engine_for(document);
        engine.passes(&prepared.texts, document, |_, scores| all.push(*scores));
        all
    }
}

impl Engine {
    fn paragraph(
        &self,
        index: usize,
        span: Option<Span>,
        text: &str,
        first_label: Label,
        scores: &[f32; Label::COUNT],
    ) -> Paragraph {
        let second = second_probabilities(scores, self.compiled.calibration);
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

/// Enough of already split paragraphs to tell the language.
fn language_sample(paragraphs: &[impl AsRef<str>]) -> String {
    const SAMPLE_BYTES: usize = 4096;
    let mut sample = String::new();
    for paragraph in paragraphs {
        if sample.len() > SAMPLE_BYTES {
            break;
        }
        sample.push_str(paragraph.as_ref());
        sample.push('\n');
    }
    sample
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
