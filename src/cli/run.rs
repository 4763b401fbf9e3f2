//! Documents in, results out: what `classify` and `clean` have in common.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{Global, InputArgs, OutputArgs};
use super::filter::Refusal;
use super::interrupt::flag_of_signals;
use super::items::{Items, Read};
use super::output::{Framing, Sink, has_no_place};
use super::shards::ShardArgs;
use super::summary::{Counts, Terms};
use super::tally::Tally;
use super::terminal::Terminal;
use super::{Messages, Outcome};
use crate::classify::Classifier;
use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{self, End, Settings};
use crate::records::{Batch, Meter, OutputTree, Record, RecordError, STANDARD, Walk};
use crate::report::records::Origin;
use crate::verdict::Verdict;

/// The language that the model of text knows.
const MODEL_LANGUAGE: &str = "en";

/// The language of a document, if its labels are but guesses for it: a page's markup tells its article
/// in any language.
pub fn foreign_language(verdict: &Verdict) -> Option<&'static str> {
    let is_page = verdict.source == Source::Html;
    verdict.language.filter(|&code| code != MODEL_LANGUAGE && !is_page)
}

/// A document, or what could not be read in its place.
pub type Item = Result<Document, RecordError>;

/// Bytes of an item's text.
pub fn text_size(item: &Item) -> usize {
    item.as_ref().map_or(0, |document| document.content.size())
}

impl<'a> From<&'a RecordError> for Origin<'a> {
    fn from(failed: &'a RecordError) -> Self {
        Self { path: failed.path.as_deref(), id: failed.id.as_deref(), url: None }
    }
}

/// What a subcommand makes of an item.
#[derive(Debug, Default)]
pub struct Rendered {
    /// What goes to the output.
    pub out: Vec<u8>,
    /// What goes to `--dropped`.
    pub dropped: Vec<u8>,
    /// As [`foreign_language`] gives it.
    pub language: Option<&'static str>,
    /// Why the document goes to no output.
    pub refusal: Option<Refusal>,
    /// What became of its paragraphs.
    pub counts: Counts,
}

impl Rendered {
    /// A document that goes to no output.
    pub fn refused(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::default() }
    }
}

/// What the files of an output folder hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InFolder {
    /// Text.
    Text,
    /// Markdown.
    Markdown,
}

/// The inputs of a call: standard input where none is named and it is no terminal.
pub fn named_inputs(input: &InputArgs) -> Result<Vec<PathBuf>> {
    let mut inputs = input.inputs.clone();
    if inputs.is_empty() {
        if std::io::stdin().is_terminal() {
            return Err(Error::usage(
                "no input: name files or folders, pipe text in, or give - to type it",
            ));
        }
        inputs.push(STANDARD.into());
    }
    Ok(inputs)
}

/// A call: its inputs and its output.
pub struct Run<'a> {
    inputs: Vec<PathBuf>,
    input: &'a InputArgs,
    shards: &'a ShardArgs,
    output: Option<&'a Path>,
    in_folder: Option<InFolder>,
    framing: Framing,
    terms: Terms,
    /// Further files that the call writes.
    also: Option<&'a Path>,
    global: &'a Global,
    stop: Arc<AtomicBool>,
}

impl<'a> Run<'a> {
    /// Checks what can be checked before anything is read. `in_folder` is `None` for formats that
    /// need one file.
    pub fn new(
        input: &'a InputArgs,
        output: &'a OutputArgs,
        in_folder: Option<InFolder>,
        framing: Framing,
        global: &'a Global,
    ) -> Result<Self> {
        let inputs = named_inputs(input)?;
        let path = output.output.as_deref().filter(|path| path.as_os_str() != STANDARD);
        let shards = &output.shards;
        shards.check(path, &inputs, framing)?;
        let mirrors = path.is_some_and(OutputTree::is_meant) && !shards.is_given();
        if mirrors && in_folder.is_none() {
            return Err(Error::usage(
                "a folder as --output holds one text file for each input: name a file, add \
                 --shard-size for parts, or leave --format away",
            ));
        }
        Ok(Self {
            inputs,
            input,
            shards,
            output: path,
            in_folder,
            framing,
            terms: Terms::Labelled,
            also: None,
            global,
            stop: flag_of_signals(),
        })
    }

    /// Names a further file that the call writes, which is not to be read.
    pub fn also_writes(mut self, path: Option<&'a Path>) -> Self {
        self.also = path;
        self
    }

    /// Says what becomes of paragraphs.
    pub fn in_terms(self, terms: Terms) -> Self {
        Self { terms, ..self }
    }

    /// Whether the results go to this path.
    pub fn writes_to(&self, path: &Path) -> bool {
        match self.output {
            Some(output) => output == path,
            None => path.as_os_str() == STANDARD,
        }
    }

    /// How text is shown.
    pub fn terminal(&self) -> Terminal {
        if self.output.is_some() { Terminal::file() } else { Terminal::stdout() }
    }

    /// Opens the output.
    pub fn output(&self, classifier: &Classifier) -> Result<Sink> {
        let framing = self.framing;
        match self.output {
            Some(folder) if self.shards.is_given() => {
                let (walk, call) = (self.walk(), &self.global.call);
                self.shards
                    .open(folder, framing, &self.inputs, walk, call, classifier)
                    .map(|parts| Sink::parts(parts, framing))
            }
            Some(folder) if OutputTree::is_meant(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| {
                    Error::io("cannot create the folder", error).in_file(folder)
                })?;
                let mut tree = OutputTree::new(folder, &self.inputs);
                if self.in_folder == Some(InFolder::Markdown) {
                    tree = tree.of_markdown();
                }
                Ok(Sink::folder(tree, framing))
            }
            path => Sink::open(path, framing),
        }
    }

    /// Renders every document on all threads and writes what comes of it, in order.
    pub fn all(
        &self,
        mut output: Sink,
        mut dropped: Option<Sink>,
        messages: &mut Messages,
        render: impl Fn(&Item) -> Rendered + Sync,
    ) -> Result<Outcome> {
        let meter = Meter::default();
        if self.output.is_some() || !std::io::stdout().is_terminal() {
            messages.start_progress(meter.clone(), self.walk());
        }
        let batch = Batch::new(self.walk(), self.input.read.options()).with_meter(&meter);
        let items = Items::new(batch, output.whole_parts());
        let totals = items.totals();
        let mut tally = Tally::new(self.terms);
        let work = |read: Read| done(read, &render);
        let written =
            pipeline::run_until(items, &self.settings(), Read::size, work, |done| match done {
                Done::Before(count) => {
                    tally.done_before += count;
                    messages.passed(count);
                    Ok(())
                }
                Done::Now(done) => {
                    let DoneNow { item, rendered, bytes, .. } = &*done;
                    tally.count(item.as_ref().err(), rendered.language, messages);
                    tally.count_rendered(rendered, *bytes);
                    messages.done(*bytes);
                    write(*done, &mut output, dropped.as_mut(), &mut tally, messages)
                }
            });
        messages.finish();
        let is_stopped = match &written {
            Ok(end) => *end == End::Stopped,
            // Whoever read our output was interrupted with us.
            Err(error) => error.is_broken_pipe() && self.stop.load(Ordering::Relaxed),
        };
        if is_stopped {
            messages.note(&output.abandon(tally.documents)?);
            dropped.map_or(Ok(()), |sink| sink.abandon(tally.documents).map(drop))?;
            return Ok(Outcome::Interrupted);
        }
        if let Err(error) = written {
            return Err(output.failed(error, messages));
        }
        let totals = totals();
        output.finish(totals.documents)?;
        dropped.map_or(Ok(()), |sink| sink.finish(totals.documents))?;
        let outcome = tally.conclude(totals.left_out, messages);
        tally.say_summary(messages);
        Ok(outcome)
    }

    fn settings(&self) -> Settings {
        let is_at_hand = |path: &PathBuf| {
            path.as_os_str() != STANDARD
                && path.metadata().is_ok_and(|found| found.is_file() || found.is_dir())
        };
        Settings {
            threads: self.global.threads(),
            items_may_wait: !self.inputs.iter().all(is_at_hand),
            stop: Arc::clone(&self.stop),
        }
    }

    fn walk(&self) -> Walk {
        let walk = Walk::new(self.inputs.clone());
        self.output.into_iter().chain(self.also).fold(walk, Walk::without_output)
    }
}

/// What is left of something read when its text has served.
enum Done {
    /// So many documents that were done before.
    Before(u64),
    /// A document.
    Now(Box<DoneNow>),
}

struct DoneNow {
    number: u64,
    item: Result<Option<String>, RecordError>,
    /// Written by an earlier run.
    is_written: bool,
    rendered: Rendered,
    bytes: usize,
}

fn done(read: Read, render: impl Fn(&Item) -> Rendered) -> Done {
    let now = match read {
        Read::Done(count) => return Done::Before(count),
        Read::Item { number, record } => {
            let item = record.and_then(Record::document);
            let (bytes, rendered) = (text_size(&item), render(&item));
            let item = item.map(|document| document.path);
            DoneNow { number, item, is_written: false, rendered, bytes }
        }
        Read::Failed { number, error } => {
            let rendered = Rendered::default();
            DoneNow { number, item: Err(error), is_written: true, rendered, bytes: 0 }
        }
    };
    Done::Now(Box::new(now))
}

fn write(
    done: DoneNow,
    output: &mut Sink,
    dropped: Option<&mut Sink>,
    tally: &mut Tally,
    messages: &Messages,
) -> Result<()> {
    let DoneNow { number, item, is_written, rendered, .. } = done;
    if is_written {
        return Ok(());
    }
    if rendered.refusal.is_some() {
        return output.none(number);
    }
    let (path, unreadable) = match &item {
        Ok(path) => (path.as_deref(), false),
        Err(failed) => {
            (failed.path.as_deref(), matches!(failed.error.kind(), ErrorKind::Io { .. }))
        }
    };
    // Of an input that cannot be read no file is made in a folder.
    if !(output.is_folder() && unreadable) {
        match output.document(number, path, &rendered.out) {
            Err(error) if output.is_folder() && has_no_place(&error) => {
                tally.failed += 1;
                messages.error(&error.to_string());
            }
            result => result?,
        }
    }
    dropped.map_or(Ok(()), |sink| sink.document(number, path, &rendered.dropped))
}
