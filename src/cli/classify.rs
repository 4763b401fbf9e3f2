//! `classify`: a label for every paragraph.

use clap::Args;

use super::args::{DecisionArgs, Format, FormatArgs, Global, InputArgs, OutputArgs};
use super::filter::FilterArgs;
use super::output::Framing;
use super::run::{InFolder, Item, Rendered, Run, foreign_language};
use super::summary::Counts;
use super::terminal::Terminal;
use super::{Messages, Outcome, classifier};
use crate::classify::Classifier;
use crate::error::Result;
use crate::report::records::{ClassifyRecord, write_json};
use crate::report::records_csv::{CLASSIFY_HEADER, classify_csv, classify_csv_failed};
use crate::report::{classify_terminal, failed_terminal};

/// Arguments of `classify`.
#[derive(Debug, Clone, Args)]
pub struct ClassifyArgs {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    filter: FilterArgs,

    #[command(flatten)]
    decision: DecisionArgs,

    #[command(flatten)]
    format: FormatArgs,

    #[command(flatten)]
    output: OutputArgs,
}

/// Classifies and writes the labels.
pub fn run(args: &ClassifyArgs, global: &Global, messages: &mut Messages) -> Result<Outcome> {
    let format = args.format.format;
    let in_folder = (format == Format::Text).then_some(InFolder::Text);
    let framing = Framing::new(format, CLASSIFY_HEADER);
    let run = Run::new(&args.input, &args.output, in_folder, framing, global)?;
    let classifier = classifier(global, &args.decision)?;
    let terminal = run.terminal();
    let output = run.output(&classifier)?;
    let filter = &args.filter;
    run.all(output, None, messages, |item| render(item, &classifier, filter, format, &terminal))
}

fn render(
    item: &Item,
    classifier: &Classifier,
    filter: &FilterArgs,
    format: Format,
    terminal: &Terminal,
) -> Rendered {
    let mut out = Vec::new();
    let Terminal { palette, width, .. } = terminal;
    let mut counts = Counts::default();
    let language = match item {
        Ok(document) => {
            let verdict = classifier.classify(document);
            if let Some(refusal) = filter.refusal(document, &verdict) {
                return Rendered::refused(refusal);
            }
            counts = Counts::of_verdict(document, &verdict);
            match format {
                Format::Text => {
                    out = classify_terminal(document, &verdict, palette, *width).into_bytes();
                }
                Format::Json | Format::Jsonl => {
                    write_json(&ClassifyRecord::new(document, &verdict), &mut out);
                }
                Format::Csv => classify_csv(document, &verdict, &mut out),
            }
            foreign_language(&verdict)
        }
        Err(failed) => {
            let (origin, error) = (failed.into(), &failed.error);
            match format {
                Format::Text => {
                    out = failed_terminal(&origin, error, palette, *width).into_bytes();
                }
                Format::Json | Format::Jsonl => {
                    write_json(&ClassifyRecord::failed(origin, error), &mut out);
                }
                Format::Csv => classify_csv_failed(&origin, error, &mut out),
            }
            None
        }
    };
    Rendered { out, language, counts, ..Rendered::default() }
}
