//! `evaluate`: how good a model is on labelled data, or, with `--pages`, an extraction on web pages.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::args::{Global, TemplatesArgs, ThresholdArgs};
use super::classifier_of;
use super::{Messages, Outcome};
use crate::classify::Options;
use crate::error::{Error, Result};
use crate::evaluate::{Evaluation, judge};
use crate::model::ModelKind;
use crate::records::{LabelMap, Output, read_labelled};
use crate::report::{evaluation_markdown, evaluation_terminal};

/// Arguments of `evaluate`.
#[derive(Debug, Clone, Args)]
pub struct EvaluateArgs {
    /// Labelled CSV (document,publisher,index,label,text), JSONL with labelled paragraphs, or
    /// folders of such files; with --pages, files of gold pages
    #[arg(value_name = "INPUT", required = true)]
    pub(super) inputs: Vec<PathBuf>,

    /// Compare the text extracted from web pages with gold text: inputs are JSONL or JSON arrays of
    /// objects with `text` or `main_content`, and the page in `html` or in a file beside
    ///
    /// Reports precision, recall and F1 of words and of runs of four words, by file, kind of page
    /// and page, the shares of snippets that must and must not be there, and what the worst pages
    /// lost and added. docs/files.md describes the files, docs/schema/evaluate-pages.json the JSON.
    // Web pages have one threshold.
    #[arg(long, conflicts_with = "aggressive")]
    pages: bool,

    /// With --pages: also measure the labels of blocks that people labelled in this CSV or JSONL
    /// file; may be given several times
    ///
    /// A labelled paragraph is the block with its words on the page of its publisher that shows most
    /// of the labelled document. With --cross-validate, fits learn from these labels too, those of
    /// other sites.
    #[arg(long, value_name = "LABELLED", requires = "pages")]
    pub(super) labels: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) threshold: ThresholdArgs,

    #[command(flatten)]
    pub(super) templates: TemplatesArgs,

    /// CSV with the columns from,to that says what the labels of the data mean; an empty `to` makes
    /// paragraphs context
    #[arg(long, value_name = "CSV")]
    labels_map: Option<PathBuf>,

    /// Format of the report
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(super) format: ReportFormat,

    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    #[cfg(feature = "train")]
    #[command(flatten)]
    pub(super) cross_validate: super::cross_validate::CrossValidateArgs,
}

impl EvaluateArgs {
    /// What the labels of the data mean.
    pub(super) fn map(&self) -> Result<LabelMap> {
        self.labels_map.as_deref().map_or_else(|| Ok(LabelMap::default()), LabelMap::from_path)
    }
}

/// A format of the report.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    Text,
    /// For people, as a document
    Markdown,
    /// For programs; docs/schema/ describes it
    Json,
}

impl ReportFormat {
    /// The ending of a file in this format.
    #[cfg(feature = "train")]
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    pub(super) fn render(self, evaluation: &Evaluation) -> String {
        match self {
            Self::Text => evaluation_terminal(evaluation),
            Self::Markdown => evaluation_markdown(evaluation),
            Self::Json => json(evaluation),
        }
    }
}

/// A report as JSON.
pub(super) fn json(evaluation: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(evaluation);
    json.expect("an evaluation has string keys and finite numbers") + "\n"
}

/// Evaluates and writes the report.
pub fn run(args: &EvaluateArgs, global: &Global, messages: &mut Messages) -> Result<Outcome> {
    #[cfg(feature = "train")]
    if args.templates.templates.is_some() && args.cross_validate.cross_validate {
        return Err(Error::usage(
            "--templates says nothing about --cross-validate: --with-templates learns them from the \
             inputs",
        ));
    }
    if args.pages {
        if args.labels_map.is_some() && args.labels.is_empty() {
            return Err(Error::usage(
                "--labels-map says nothing about --pages without labelled blocks: name a file of \
                 them with --labels, or leave it out",
            ));
        }
        return super::evaluate_pages::run(args, global, messages);
    }
    let map = args.map()?;
    #[cfg(feature = "train")]
    if args.cross_validate.cross_validate {
        let output = args.output.as_deref();
        let flags = &args.cross_validate;
        return super::cross_validate::run(
            flags,
            &args.inputs,
            &map,
            args.format,
            output,
            messages,
        );
    }
    #[cfg(not(feature = "train"))]
    let _ = messages;
    let mut output = args.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::create)?;
    let options = Options { threshold: args.threshold.threshold(), ..Options::default() };
    let classifier = args.templates.told_to(classifier_of(ModelKind::Text, global, options)?)?;
    let mut documents = Vec::new();
    for input in &args.inputs {
        documents.extend(read_labelled(input, &map)?);
    }
    let names: Vec<String> = args.inputs.iter().map(|i| i.display().to_string()).collect();
    let evaluation = Evaluation::new(&judge(names.join(", "), &classifier, documents))?;
    output.put(args.format.render(&evaluation).as_bytes())?;
    output.finish()?;
    Ok(Outcome::AllDone)
}
