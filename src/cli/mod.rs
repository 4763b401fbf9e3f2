//! The command line: flags, one call into the library, an exit code.
//!
//! One file a subcommand; what they share is in `args` (flags), `run` (documents in, results out;
//! `items` reads, `tally` counts, `interrupt` ends it early), `output` and `shards` (where results
//! go), `messages` (standard error, with `progress` and `summary`) and `terminal`. Only this module prints, exits or reads
//! the environment.

mod args;
mod classify;
mod clean;
mod compare;
mod credibility;
#[cfg(feature = "train")]
mod cross_validate;
#[cfg(feature = "train")]
mod cross_validate_pages;
#[cfg(feature = "train")]
mod derived;
mod evaluate;
mod evaluate_pages;
mod explain;
mod filter;
mod fold;
mod interrupt;
mod items;
mod messages;
mod output;
mod packaging;
mod progress;
mod run;
mod shards;
mod summary;
mod tally;
mod templates;
mod terminal;
#[cfg(feature = "train")]
pub mod train;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::classify::{Classifier, Options, embedded, embedded_model, load_model};
use crate::error::{Error, ErrorKind, Result};
use crate::model::file::SCHEMA;
use crate::model::{Model, ModelKind};
use args::{DecisionArgs, Global};
use messages::Messages;
use shards::Call;

/// Separates an article's own words from its publisher's small print, paragraph by paragraph, and
/// names the kind of every piece.
#[derive(Debug, Parser)]
#[command(
    name = "smallprint",
    propagate_version = true,
    after_help = "Exit codes: 0 all done; 1 some documents failed; 2 the call itself is wrong; \
                  130 interrupted."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    global: Global,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Give every paragraph a label
    Classify(classify::ClassifyArgs),
    /// Keep the article's own text only
    Clean(clean::CleanArgs),
    /// Say why each paragraph got its label
    Explain(explain::ExplainArgs),
    /// Show how articles and their sources disclose themselves, with the sentence to point at
    Credibility(credibility::CredibilityArgs),
    /// Lay several articles on one story side by side: what they share, where they differ
    Compare(compare::CompareArgs),
    /// Report how good a model is on labelled data, or an extraction on web pages
    Evaluate(evaluate::EvaluateArgs),
    /// Learn what publishers repeat from document to document
    Templates(templates::TemplatesCommand),
    /// Write completions for a shell
    Completions(packaging::CompletionsArgs),
    /// Write the manual page
    Man,
}

/// How a call ended that was not wrong itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    AllDone,
    SomeFailed,
    Interrupted,
}

/// The whole program.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let wants_version = arguments.iter().any(|a| a == "--version" || a == "-V");
    let mut command = command(wants_version);
    let parsed = command.try_get_matches_from_mut(arguments).and_then(|matches| {
        let mut cli = Cli::from_arg_matches(&matches)?;
        cli.global.call = Call::new(&command, &matches);
        Ok(cli)
    });
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing can be said if the stream is gone.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut messages = Messages::new(cli.global.quiet);
    let result = dispatch(cli, &mut messages);
    messages.finish();
    match result {
        Ok(Outcome::AllDone) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Ok(Outcome::Interrupted) => ExitCode::from(interrupt::EXIT_CODE),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            messages.error(&error.to_string());
            ExitCode::from(exit_code(&error))
        }
    }
}

/// 2 where the call is to be mended, 1 where its files are.
fn exit_code(error: &Error) -> u8 {
    match error.kind() {
        ErrorKind::Usage { .. } => 2,
        _ => 1,
    }
}

/// The command line as clap knows it. The version is made up only where it is asked for: it names
/// the embedded model by its fingerprint.
fn command(with_version: bool) -> clap::Command {
    let command = Cli::command();
    let version: &'static str =
        if with_version { version().leak() } else { env!("CARGO_PKG_VERSION") };
    command.version(version)
}

fn version() -> String {
    let model = embedded_model();
    format!(
        "{}\nmodel {}: fingerprint {}, schema {SCHEMA}",
        env!("CARGO_PKG_VERSION"),
        model.name,
        model.fingerprint()
    )
}

fn dispatch(cli: Cli, messages: &mut Messages) -> Result<Outcome> {
    let global = &cli.global;
    match cli.command {
        Command::Classify(args) => classify::run(&args, global, messages),
        Command::Clean(args) => clean::run(&args, global, messages),
        Command::Credibility(args) => credibility::run(&args, global, messages),
        Command::Compare(args) => compare::run(&args, global, messages),
        Command::Explain(args) => explain::run(&args, global, messages),
        Command::Evaluate(args) => evaluate::run(&args, global, messages),
        Command::Templates(args) => templates::run(&args, global, messages),
        Command::Completions(args) => {
            packaging::completions(&args, command(false)).map(|()| Outcome::AllDone)
        }
        Command::Man => packaging::man(command(false)).map(|()| Outcome::AllDone),
    }
}

/// The classifier of a call: with `--model` or the embedded models, and with `--templates`.
fn classifier(global: &Global, decision: &DecisionArgs) -> Result<Classifier> {
    let options = decision.options();
    decision.templates.told_to(match given_model(global)? {
        Some(model) => Classifier::new(model, options),
        None => Classifier::embedded_with(options),
    })
}

/// The classifier of a call that is about one kind of document alone, which `--model` must be for.
fn classifier_of(kind: ModelKind, global: &Global, options: Options) -> Result<Classifier> {
    let model = match given_model(global)? {
        Some(model) if model.kind == kind => model,
        Some(model) => {
            let (expected, found) = (kind.name(), model.kind.name());
            return Err(Error::usage(format!(
                "--model: expected a model for {expected}, as models/{expected}.json is, found one \
                 for {found}"
            )));
        }
        None => embedded(kind),
    };
    Ok(Classifier::new(model, options))
}

/// The model that `--model` names. Whatever is wrong with the file, it is the call that names it.
fn given_model(global: &Global) -> Result<Option<Model>> {
    let usage = |error: Error| Error::usage(error.to_string());
    global.model.as_deref().map(load_model).transpose().map_err(usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_consistent() {
        command(false).debug_assert();
    }
}
