//! `templates learn`: what publishers repeat from document to document.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{Global, InputArgs, SplitArg};
use super::fold::fold;
use super::{Messages, Outcome};
use crate::classify::paragraph_texts;
use crate::document::Document;
use crate::error::Result;
use crate::records::Output;
use crate::segment::Split;
use crate::templates::{Added, Learner, Limits, Prints, publisher_of};

/// Arguments of `templates`.
#[derive(Debug, Clone, Args)]
pub struct TemplatesCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// Count the paragraphs that documents of one publisher share, for `--templates` of classify,
    /// clean, explain and evaluate
    ///
    /// The file holds no text: hashes of publishers and of paragraphs (letters alone, case and digits
    /// left out), each with the number of documents. A publisher is what a record names in its field
    /// `publisher`, or the registrable domain of its address, or that of the address that a page gives
    /// as its own. Of a document that comes twice, one counts.
    ///
    /// Memory does not grow with the input: 32 MB for what was seen once, and up to 900,000 counts of
    /// paragraphs and as many of publishers, in all about 100 MB at most. Beyond that the least frequent
    /// paragraphs are forgotten, and documents of further publishers are left out and counted on
    /// standard error. From 20 million paragraphs that differ on, more than one new one in 200 counts
    /// one document too many: learn from parts of such inputs.
    Learn(LearnArgs),
}

/// Arguments of `templates learn`.
#[derive(Debug, Clone, Args)]
struct LearnArgs {
    #[command(flatten)]
    input: InputArgs,

    /// How running text is split into paragraphs; as in the call that will use the templates
    #[arg(long, value_enum, value_name = "HOW", default_value = "auto")]
    split: SplitArg,

    /// The publisher of documents that name none and have no address
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,

    /// Write the templates to this file, which is replaced only when all is done
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

/// Runs the action.
pub fn run(args: &TemplatesCommand, global: &Global, messages: &mut Messages) -> Result<Outcome> {
    let Action::Learn(args) = &args.action;
    learn(args, global, messages)
}

fn learn(args: &LearnArgs, global: &Global, messages: &mut Messages) -> Result<Outcome> {
    let mut output = Output::create(&args.output)?;
    let (mut learner, mut unused) = (Learner::default(), Unused::default());
    let split: Split = args.split.into();
    let prints = |document: Document| {
        let publisher = publisher_of(&document).or_else(|| args.publisher.clone());
        ((publisher, Prints::of(paragraph_texts(&document, split))), None)
    };
    let learn = |(publisher, prints): (Option<String>, Prints)| match publisher {
        Some(publisher) => unused.count(learner.add(&publisher, &prints)),
        None => unused.nameless += 1,
    };
    let folded = fold(&args.input, Some(&args.output), global, messages, prints, learn)?;
    let Some(gathered) = folded else { return Ok(Outcome::Interrupted) };
    let templates = learner.finish();
    output.put(&templates.to_bytes())?;
    output.finish()?;
    let outcome = gathered.conclude(messages);
    unused.tell(messages);
    messages.note(&format!(
        "{} documents learned from: {} paragraphs recur, at {} publishers with two documents or more",
        templates.documents(),
        templates.paragraphs(),
        templates.publishers()
    ));
    Ok(outcome)
}

/// Documents that were read and not learned from.
#[derive(Debug, Default)]
struct Unused {
    nameless: u64,
    empty: u64,
    repeated: u64,
    no_room: u64,
}

impl Unused {
    fn count(&mut self, added: Added) {
        match added {
            Added::Counted => {}
            Added::Empty => self.empty += 1,
            Added::Repeated => self.repeated += 1,
            Added::NoRoom => self.no_room += 1,
        }
    }

    fn tell(&self, messages: &Messages) {
        if self.nameless > 0 {
            messages.warning(&format!(
                "{} documents name no publisher and have no address, and were not learned from: name \
                 theirs with --publisher",
                self.nameless
            ));
        }
        if self.no_room > 0 {
            messages.warning(&format!(
                "{} documents of publishers beyond the first {} were not learned from: learn from \
                 parts of the input by themselves",
                self.no_room,
                Limits::default().publishers
            ));
        }
        if self.empty + self.repeated > 0 {
            messages.note(&format!(
                "documents not counted: {} without a letter, {} that came before",
                self.empty, self.repeated
            ));
        }
    }
}
