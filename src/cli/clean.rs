//! `clean`: the article's own text only.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{DecisionArgs, Global, InputArgs, OutputArgs, ReportFormat, ReportFormatArgs};
use super::filter::FilterArgs;
use super::output::{Framing, Sink};
use super::run::{Item, Rendered, Run, foreign_language};
use super::summary::{Counts, Terms};
use super::terminal::Terminal;
use super::{Messages, Outcome, classifier};
use crate::classify::Classifier;
use crate::document::Document;
use crate::error::{Error, Result};
use crate::report::records::{CleanRecord, dropped_records, write_json};
use crate::report::records_csv::{
    CLEAN_HEADER, DROPPED_HEADER, clean_csv, clean_csv_failed, dropped_csv,
};
use crate::report::{dropped_text, terminal_lines, terminal_text};
use crate::verdict::{CleanOptions, CleanText, Form, Keep, Verdict};

/// Arguments of `clean`.
#[derive(Debug, Clone, Args)]
pub struct CleanArgs {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    filter: FilterArgs,

    #[command(flatten)]
    decision: DecisionArgs,

    #[command(flatten)]
    format: ReportFormatArgs,

    #[command(flatten)]
    output: OutputArgs,

    /// Labels to keep, with commas between them
    ///
    /// Labels: body, heading, byline, caption, author_bio, editorial_note, disclaimer, copyright,
    /// fair_use, contact, share_prompt, subscribe_prompt, comment_prompt, reader_comment, related,
    /// navigation, advertisement.
    #[arg(
        long,
        value_name = "LABELS",
        default_value = "body,heading",
        help_heading = "Output",
        value_parser = keep
    )]
    keep: Keep,

    /// Put the title into the text
    ///
    /// A web page's title is in the field `title` of records and not in the text; with this it
    /// stands in the text where the page shows it, or else as the first line. Text inputs hold their
    /// title anyway, so that nothing changes for them; only the title that a record names in a field
    /// of its own is put in front, unless the text begins with it.
    #[arg(long, help_heading = "Output")]
    with_title: bool,

    /// What stands between two kept paragraphs, except in Markdown; \n, \t and \\ are understood
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "\\n",
        help_heading = "Output",
        allow_hyphen_values = true,
        value_parser = separator
    )]
    separator: String,

    /// Write every dropped paragraph with document, span, label, probability and text to this file:
    /// .jsonl, .csv, or for people; not with --shard-size
    #[arg(long, value_name = "FILE", help_heading = "Output", conflicts_with = "shard_size")]
    dropped: Option<PathBuf>,
}

fn keep(text: &str) -> Result<Keep, String> {
    text.parse().map_err(|error: Error| error.message())
}

fn separator(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('\\') => '\\',
                other => {
                    let found = other.map_or(String::new(), String::from);
                    return Err(format!("unknown `\\{found}`: expected \\n, \\t or \\\\"));
                }
            }),
            c => out.push(c),
        }
    }
    Ok(out)
}

/// The form of `--dropped`, by the ending of its name.
#[derive(Debug, Clone, Copy)]
enum DroppedFormat {
    Jsonl,
    Csv,
    Text,
}

impl DroppedFormat {
    fn of(path: &Path) -> Self {
        let is = |ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
        match () {
            () if is("jsonl") => Self::Jsonl,
            () if is("csv") => Self::Csv,
            () => Self::Text,
        }
    }

    /// Records end with a newline of their own; only CSV has something before them.
    fn framing(self) -> Framing {
        match self {
            Self::Csv => Framing::Csv(DROPPED_HEADER),
            Self::Jsonl | Self::Text => Framing::Lines,
        }
    }

    fn render(self, document: &Document, verdict: &Verdict, clean: &CleanText) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::Jsonl => {
                for record in dropped_records(document, verdict, clean) {
                    write_json(&record, &mut out);
                    out.push(b'\n');
                }
            }
            Self::Csv => dropped_csv(document, verdict, clean, &mut out),
            Self::Text => {
                let width = Terminal::file().width;
                out = dropped_text(document, verdict, clean, width).into_bytes();
            }
        }
        out
    }
}

/// Cleans and writes the texts.
pub fn run(args: &CleanArgs, global: &Global, messages: &mut Messages) -> Result<Outcome> {
    let (framing, in_folder) =
        (args.format.format.framing(CLEAN_HEADER), args.format.format.in_folder());
    let run = Run::new(&args.input, &args.output, in_folder, framing, global)?
        .also_writes(args.dropped.as_deref())
        .in_terms(Terms::Cleaned);
    let dropped = args.dropped.as_deref().map(|path| (path, DroppedFormat::of(path)));
    if let Some((path, _)) = dropped
        && run.writes_to(path)
    {
        return Err(Error::usage(
            "--dropped and --output are the same: give --dropped a file of its own",
        ));
    }
    let cleaner = Cleaner {
        classifier: classifier(global, &args.decision)?,
        filter: &args.filter,
        options: CleanOptions {
            keep: args.keep,
            separator: args.separator.clone(),
            with_title: args.with_title,
            form: match args.format.format {
                ReportFormat::Markdown => Form::Markdown,
                _ => Form::Text,
            },
        },
        format: args.format.format,
        terminal: run.terminal(),
        dropped: dropped.map(|(_, format)| format),
    };
    let output = run.output(&cleaner.classifier)?;
    let dropped =
        dropped.map(|(path, format)| Sink::open(Some(path), format.framing())).transpose()?;
    run.all(output, dropped, messages, |item| cleaner.render(item))
}

struct Cleaner<'a> {
    classifier: Classifier,
    filter: &'a FilterArgs,
    options: CleanOptions,
    format: ReportFormat,
    terminal: Terminal,
    dropped: Option<DroppedFormat>,
}

impl Cleaner<'_> {
    fn render(&self, item: &Item) -> Rendered {
        let mut out = Vec::new();
        let document = match item {
            Ok(document) => document,
            Err(failed) => {
                let (origin, error) = (failed.into(), &failed.error);
                match self.format {
                    // The section stays empty, so that the nth section is of the nth document.
                    ReportFormat::Text | ReportFormat::Markdown => {}
                    ReportFormat::Json | ReportFormat::Jsonl => {
                        write_json(&CleanRecord::failed(origin, error), &mut out);
                    }
                    ReportFormat::Csv => clean_csv_failed(&origin, error, &mut out),
                }
                return Rendered { out, ..Rendered::default() };
            }
        };
        let verdict = self.classifier.classify(document);
        if let Some(refusal) = self.filter.refusal(document, &verdict) {
            return Rendered::refused(refusal);
        }
        let clean = CleanText::with_options(document, &verdict, &self.options);
        let counts = Counts::of_clean(&clean);
        let render = |format: DroppedFormat| format.render(document, &verdict, &clean);
        let dropped = self.dropped.map(render).unwrap_or_default();
        match self.format {
            ReportFormat::Text | ReportFormat::Markdown => {
                let text = match self.options.form {
                    _ if !self.terminal.is_terminal => clean.text,
                    Form::Text => terminal_text(&clean.text, self.terminal.width),
                    Form::Markdown => terminal_lines(&clean.text),
                };
                out = text.into_bytes();
                if out.last().is_some_and(|&byte| byte != b'\n') {
                    out.push(b'\n');
                }
            }
            ReportFormat::Json | ReportFormat::Jsonl => {
                write_json(&CleanRecord::new(document, &clean), &mut out);
            }
            ReportFormat::Csv => clean_csv(document, &clean, &mut out),
        }
        let language = foreign_language(&verdict);
        Rendered { out, dropped, language, refusal: None, counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_may_hold_escapes() {
        assert_eq!(separator("\\n\\n").unwrap(), "\n\n");
        assert_eq!(separator("a\\\\n\\t|").unwrap(), "a\\n\t|");
        assert!(separator("\\x").unwrap_err().contains("\\x"));
        assert!(separator("\\").is_err());
    }
}
