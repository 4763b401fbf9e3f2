//! `--shard-size` and `--resume`: output in parts.
//!
//! In: the flags, what the call is. Out: [`Parts`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, Command};

use super::output::Framing;
use crate::classify::{Classifier, embedded};
use crate::error::{Error, Result};
use crate::model::ModelKind;
use crate::records::{InputSize, Parts, PartsForm, RunRecord, Walk};

/// Flags that change no byte of the output, or that stand in a [`RunRecord`] by themselves: a model
/// by its fingerprint. Every other one must be the same when a run is resumed.
const NOT_RECORDED: [&str; 8] =
    ["help", "model", "output", "quiet", "resume", "shard-size", "threads", "version"];

/// Flags for output in parts.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct ShardArgs {
    /// Write parts of N documents into the folder --output: part-00000.jsonl.zst and so on
    ///
    /// For long runs: each part takes its place when it is whole, and a run that was killed or
    /// interrupted is gone on with by --resume. For --format jsonl and csv. Documents that could not
    /// be read, or that pass over, count, so that document n of the inputs (from 0) is in part n / N.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub shard_size: Option<u64>,

    /// Go on with a run into parts; into a new folder it just starts
    ///
    /// The call must be the one that began the run: run.json in the folder says what it was.
    /// Documents of parts that are there are read, not classified, and no document is written twice.
    #[arg(long, requires = "shard_size")]
    pub resume: bool,
}

/// What a call is, for the record of a run.
#[derive(Debug, Clone, Default)]
pub struct Call {
    command: String,
    options: BTreeMap<String, Vec<String>>,
}

impl Call {
    /// Out of what was given on the command line, with the defaults of what was not.
    pub fn new(command: &Command, matches: &ArgMatches) -> Self {
        let Some((name, matches)) = matches.subcommand() else { return Self::default() };
        let arguments = command.find_subcommand(name).into_iter().flat_map(Command::get_arguments);
        let mut options = BTreeMap::new();
        for argument in arguments {
            let Some(flag) = argument.get_long().filter(|flag| !NOT_RECORDED.contains(flag)) else {
                continue;
            };
            let values = matches.try_get_raw(argument.get_id().as_str()).ok().flatten();
            let values: Vec<String> =
                values.into_iter().flatten().map(|v| v.to_string_lossy().into()).collect();
            if !values.is_empty() {
                options.insert(flag.to_owned(), values);
            }
        }
        Self { command: name.to_owned(), options }
    }
}

impl ShardArgs {
    /// Whether the output comes in parts.
    pub fn is_given(&self) -> bool {
        self.shard_size.is_some()
    }

    /// Checks the flags before anything is read.
    pub fn check(&self, folder: Option<&Path>, inputs: &[PathBuf], framing: Framing) -> Result<()> {
        if !self.is_given() {
            return Ok(());
        }
        ending(framing)?;
        let Some(folder) = folder else {
            return Err(Error::usage(
                "--shard-size needs a folder to write into: name it by --output",
            ));
        };
        if folder.exists() && !folder.is_dir() {
            let message = "--shard-size needs a folder as --output, and this is none: name another";
            return Err(Error::usage(message).in_file(folder));
        }
        let real = |path: &Path| path.canonicalize().ok();
        if real(folder)
            .is_some_and(|folder| inputs.iter().any(|i| real(i).as_ref() == Some(&folder)))
        {
            let message = "the parts would lie among the inputs, and be read as such when the run is \
                           resumed: name another output folder";
            return Err(Error::usage(message).in_file(folder));
        }
        Ok(())
    }

    /// Opens the parts; `walk` is the one over the inputs.
    pub fn open(
        &self,
        folder: &Path,
        framing: Framing,
        inputs: &[PathBuf],
        walk: Walk,
        call: &Call,
        classifier: &Classifier,
    ) -> Result<Parts> {
        let (ending, start) = ending(framing)?;
        let record = RunRecord {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            command: call.command.clone(),
            inputs: inputs.iter().map(|input| input.display().to_string()).collect(),
            input_size: InputSize::of(walk),
            shard_size: self.shard_size.unwrap_or(u64::MAX),
            options: call.options.clone(),
            models: fingerprints(classifier),
            documents: None,
        };
        Parts::open(folder, PartsForm { ending, start }, record, self.resume)
    }
}

/// The ending and the start of parts in a format.
fn ending(framing: Framing) -> Result<(&'static str, &'static str)> {
    match framing {
        Framing::Jsonl => Ok(("jsonl", "")),
        Framing::Csv(header) => Ok(("csv", header)),
        Framing::Text | Framing::Json | Framing::Lines => {
            Err(Error::usage("--shard-size writes records: add --format jsonl or --format csv"))
        }
    }
}

/// The models that label documents, by name.
fn fingerprints(classifier: &Classifier) -> BTreeMap<String, String> {
    let given = classifier.model();
    let fingerprint = |kind: ModelKind| match kind == given.kind {
        true => given.fingerprint(),
        false => embedded(kind).fingerprint(),
    };
    [ModelKind::Text, ModelKind::Html]
        .map(|kind| (kind.name().to_owned(), fingerprint(kind)))
        .into()
}
