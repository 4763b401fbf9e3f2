//! Documents in, results out: what `classify` and `clean` have in common.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::{Global, InputArgs, OutputArgs};
use super::filter::{Refusal, Refused};
use super::output::{Framing, Sink, has_no_place};
use super::terminal::Terminal;
use super::{Messages, Outcome};
use crate::document::{Content, Document, Source};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline;
use crate::records::{Batch, OutputTree, PassedOver, RecordError, STANDARD, Skipped, Walk};
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
}

impl Rendered {
    /// A document that goes to no output.
    pub fn refused(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::default() }
    }
}

/// What of the inputs held no document that was read.
#[derive(Debug, Clone, Copy, Default)]
pub struct LeftOut {
    /// Files.
    pub skipped: Skipped,
    /// Records.
    pub passed_over: PassedOver,
}

impl From<&Batch> for LeftOut {
    fn from(batch: &Batch) -> Self {
        Self { skipped: batch.skipped(), passed_over: batch.passed_over() }
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
    output: Option<&'a Path>,
    in_folder: Option<InFolder>,
    /// Further files that the call writes.
    also: Option<&'a Path>,
    threads: usize,
}

impl<'a> Run<'a> {
    /// Checks what can be checked before anything is read. `in_folder` is `None` for formats that
    /// need one file.
    pub fn new(
        input: &'a InputArgs,
        output: &'a OutputArgs,
        in_folder: Option<InFolder>,
        global: &Global,
    ) -> Result<Self> {
        let inputs = named_inputs(input)?;
        let path = output.output.as_deref().filter(|path| path.as_os_str() != STANDARD);
        if path.is_some_and(OutputTree::is_meant) && in_folder.is_none() {
            return Err(Error::usage(
                "a folder as --output holds one text file for each input: name a file, or leave \
                 --format away",
            ));
        }
        let threads = global.threads();
        Ok(Self { inputs, input, output: path, in_folder, also: None, threads })
    }

    /// Names a further file that the call writes, which is not to be read.
    pub fn also_writes(mut self, path: Option<&'a Path>) -> Self {
        self.also = path;
        self
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
    pub fn output(&self, framing: Framing) -> Result<Sink> {
        match self.output {
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
        if self.output.is_some() || !std::io::stdout().is_terminal() {
            messages.start_progress();
        }
        let (items, left_out) = self.items();
        let mut tally = Tally::default();
        let work =
            |item: Item| Done { rendered: render(&item), bytes: size(&item), item: name(item) };
        pipeline::run(items, self.threads, size, work, |done| {
            tally.count(done.item.as_ref().err(), done.rendered.language, messages);
            messages.done(done.bytes);
            if let Some(refusal) = done.rendered.refusal {
                tally.refused.count(refusal);
                return Ok(());
            }
            let (path, unreadable) = match &done.item {
                Ok(path) => (path.as_deref(), false),
                Err(failed) => {
                    (failed.path.as_deref(), matches!(failed.error.kind(), ErrorKind::Io { .. }))
                }
            };
            // Of an input that cannot be read no file is made in a folder.
            if !(output.is_folder() && unreadable) {
                match output.document(path, &done.rendered.out) {
                    Err(error) if output.is_folder() && has_no_place(&error) => {
                        tally.failed += 1;
                        messages.error(&error.to_string());
                    }
                    result => result?,
                }
            }
            dropped.as_mut().map_or(Ok(()), |sink| sink.document(path, &done.rendered.dropped))
        })?;
        messages.finish();
        output.finish()?;
        dropped.map_or(Ok(()), Sink::finish)?;
        let left_out = *left_out.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(tally.conclude(left_out, messages))
    }

    fn items(&self) -> (Items, Arc<Mutex<LeftOut>>) {
        let mut walk = Walk::new(self.inputs.clone());
        for output in self.output.into_iter().chain(self.also) {
            walk = walk.without_output(output);
        }
        Items::of(Batch::new(walk, self.input.read.options()))
    }
}

/// The items of a batch; says at the end what was left out.
pub struct Items {
    batch: Batch,
    left_out: Arc<Mutex<LeftOut>>,
}

impl Items {
    /// The items of a batch, and where it is said at the end what was left out.
    pub fn of(batch: Batch) -> (Self, Arc<Mutex<LeftOut>>) {
        let left_out = Arc::new(Mutex::new(LeftOut::default()));
        (Self { batch, left_out: Arc::clone(&left_out) }, left_out)
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let item = self.batch.next();
        if item.is_none() {
            let left_out = LeftOut::from(&self.batch);
            *self.left_out.lock().unwrap_or_else(PoisonError::into_inner) = left_out;
        }
        item
    }
}

/// What is left of an item when its text has served.
struct Done {
    item: Result<Option<String>, RecordError>,
    rendered: Rendered,
    bytes: usize,
}

/// The bytes of a document's text.
pub fn size(item: &Item) -> usize {
    match item {
        Ok(document) => match &document.content {
            Content::Text(text) => text.len(),
            Content::Html(page) => page.source().len(),
            Content::Paragraphs(paragraphs) => paragraphs.iter().map(String::len).sum(),
        },
        Err(_) => 0,
    }
}

fn name(item: Item) -> Result<Option<String>, RecordError> {
    item.map(|document| document.path)
}

/// What is counted over a run.
#[derive(Debug, Default)]
pub struct Tally {
    documents: u64,
    failed: u64,
    foreign: BTreeMap<&'static str, u64>,
    refused: Refused,
}

impl Tally {
    /// Counts an item, and names it where it failed.
    pub fn count(
        &mut self,
        failed: Option<&RecordError>,
        language: Option<&'static str>,
        messages: &Messages,
    ) {
        self.documents += 1;
        if let Some(failed) = failed {
            self.failed += 1;
            messages.error(&failed.to_string());
        }
        if let Some(language) = language {
            *self.foreign.entry(language).or_default() += 1;
        }
    }

    /// Says what is to be said when all is done.
    pub fn conclude(&self, left_out: LeftOut, messages: &Messages) -> Outcome {
        if !self.foreign.is_empty() {
            let languages: Vec<&str> = self.foreign.keys().copied().collect();
            let count: u64 = self.foreign.values().sum();
            messages.warning(&format!(
                "{count} of {} documents not in English ({}): the model of text knows English only, take \
                 their labels as guesses",
                self.documents - self.refused.total(),
                languages.join(", ")
            ));
        }
        let LeftOut { skipped, passed_over } = left_out;
        if skipped.total() > 0 {
            messages.note(&format!("files {skipped}"));
        }
        if passed_over.total() > 0 {
            messages.note(&format!("records {passed_over}"));
        }
        if self.refused.total() > 0 {
            messages.note(&format!("documents {}", self.refused));
        }
        if self.failed == 0 {
            return Outcome::AllDone;
        }
        messages.note(&format!("{} of {} documents failed", self.failed, self.documents));
        Outcome::SomeFailed
    }
}
