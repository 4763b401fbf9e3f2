//! `explain`: why each paragraph got its label.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{DecisionArgs, Formats, Global, ReadArgs};
use super::items::LeftOut;
use super::output::{Framing, Sink};
use super::run::foreign_language;
use super::summary::Terms;
use super::tally::Tally;
use super::terminal::Terminal;
use super::{Messages, Outcome, classifier};
use crate::classify::Classifier;
use crate::document::Document;
use crate::error::{Error, Result};
use crate::records::{Batch, Walk};
use crate::report::records::write_json;
use crate::report::records_explain::ExplainRecord;
use crate::report::{DEFAULT_TOP, explain_terminal, failed_terminal};
use crate::verdict::Verdict;

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// A file, or - for standard input
    #[arg(value_name = "INPUT")]
    input: PathBuf,

    /// Only these paragraphs, counted from 0 as `classify` does, with commas between them
    #[arg(long, value_name = "N", value_delimiter = ',')]
    paragraph: Vec<usize>,

    /// Number of features and cues to show [default: 6 for text, all for JSON]
    #[arg(long, value_name = "K")]
    top: Option<usize>,

    /// Format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = Formats::<ExplainFormat>::new())]
    format: ExplainFormat,

    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    decision: DecisionArgs,
}

/// A format of explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExplainFormat {
    /// For people
    Text,
    /// One JSON object a document; docs/schema/explain.json describes it
    Json,
}

/// Explains and writes the reasons.
pub fn run(args: &ExplainArgs, global: &Global, messages: &mut Messages) -> Result<Outcome> {
    let classifier = classifier(global, &args.decision)?;
    let (framing, terminal) = match (args.format, &args.output) {
        (ExplainFormat::Json, _) => (Framing::Jsonl, Terminal::file()),
        (ExplainFormat::Text, None) => (Framing::Text, Terminal::stdout()),
        (ExplainFormat::Text, Some(_)) => (Framing::Text, Terminal::file()),
    };
    let mut output = Sink::open(args.output.as_deref(), framing)?;
    let mut tally = Tally::new(Terms::Labelled);
    let mut batch = Batch::new(Walk::new([args.input.clone()]), args.read.options());
    for item in &mut batch {
        let text = match item {
            Ok(document) => {
                let verdict = classifier.classify(&document);
                tally.count(None, foreign_language(&verdict), messages);
                explained(args, &classifier, &document, &verdict, &terminal)?
            }
            Err(failed) => {
                tally.count(Some(&failed), None, messages);
                let (origin, error) = ((&failed).into(), &failed.error);
                match args.format {
                    ExplainFormat::Text => {
                        let Terminal { palette, width, .. } = &terminal;
                        failed_terminal(&origin, error, palette, *width).into_bytes()
                    }
                    ExplainFormat::Json => json(&ExplainRecord::failed(origin, error)),
                }
            }
        };
        output.document(tally.documents - 1, None, &text)?;
    }
    output.finish(tally.documents)?;
    Ok(tally.conclude(LeftOut::from(&batch), messages))
}

fn explained(
    args: &ExplainArgs,
    classifier: &Classifier,
    document: &Document,
    verdict: &Verdict,
    terminal: &Terminal,
) -> Result<Vec<u8>> {
    let count = verdict.paragraphs.len();
    if let Some(missing) = args.paragraph.iter().find(|&&index| index >= count) {
        let have = match count {
            0 => "the document has no paragraph".to_owned(),
            _ => format!("the document has the paragraphs 0 to {}", count - 1),
        };
        return Err(Error::usage(format!("--paragraph {missing}: {have}")));
    }
    let mut explanations = classifier.explain(document);
    if !args.paragraph.is_empty() {
        explanations.retain(|explanation| args.paragraph.contains(&explanation.index));
    }
    let Terminal { palette, width, .. } = terminal;
    Ok(match args.format {
        ExplainFormat::Text => {
            let top = args.top.unwrap_or(DEFAULT_TOP);
            explain_terminal(document, verdict, &explanations, top, palette, *width).into_bytes()
        }
        ExplainFormat::Json => {
            let top = args.top.unwrap_or(usize::MAX);
            json(&ExplainRecord::new(document, verdict, &explanations, top))
        }
    })
}

fn json(record: &ExplainRecord<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write_json(record, &mut out);
    out
}
