//! Where results go: one output for all documents, a folder with one for each input, or parts.

use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::HumanCount;

use super::Messages;
use super::args::Format;
use crate::error::{Error, ErrorKind, Result};
use crate::records::{Output, OutputTree, Parts, WholeParts};

/// Results are kept in memory for at most about this long, so that slow input passes at once.
const FLUSH: Duration = Duration::from_millis(50);

/// What stands around and between documents.
#[derive(Debug, Clone, Copy)]
pub enum Framing {
    /// A line with a form feed between documents.
    Text,
    /// An array with a document a line.
    Json,
    /// A line for each document, which comes without newline.
    Jsonl,
    /// A header before rows.
    Csv(&'static str),
    /// Nothing: documents bring their own lines.
    Lines,
}

impl Framing {
    /// The framing of a format, of which `csv_header` is the header line.
    pub fn new(format: Format, csv_header: &'static str) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Jsonl => Self::Jsonl,
            Format::Csv => Self::Csv(csv_header),
        }
    }

    fn start(self) -> &'static str {
        match self {
            Self::Json => "[",
            Self::Csv(header) => header,
            Self::Text | Self::Jsonl | Self::Lines => "",
        }
    }

    fn before(self, is_first: bool) -> &'static str {
        match (self, is_first) {
            (Self::Text, false) => "\u{c}\n",
            (Self::Json, true) => "\n",
            (Self::Json, false) => ",\n",
            _ => "",
        }
    }

    fn after(self) -> &'static str {
        match self {
            Self::Jsonl => "\n",
            _ => "",
        }
    }

    fn end(self, is_empty: bool) -> &'static str {
        match (self, is_empty) {
            (Self::Json, true) => "]\n",
            (Self::Json, false) => "\n]\n",
            _ => "",
        }
    }
}

/// Takes documents and puts them where they belong.
pub struct Sink {
    framing: Framing,
    place: Place,
}

enum Place {
    One(Stream),
    Folder {
        tree: OutputTree,
        /// The input whose documents come, and its output; `None` where it has no place.
        current: Option<(String, Option<Stream>)>,
    },
    Parts(Parts),
}

struct Stream {
    output: Output,
    is_empty: bool,
    flushed: Instant,
}

impl Sink {
    /// A file, a device or, without a path, standard output. Whether it can be written shows here.
    pub fn open(path: Option<&Path>, framing: Framing) -> Result<Self> {
        let output = path.map_or_else(|| Ok(Output::stdout()), Output::create)?;
        Ok(Self { framing, place: Place::One(Stream::start(output, framing)?) })
    }

    /// A folder with an output for each input.
    pub fn folder(tree: OutputTree, framing: Framing) -> Self {
        Self { framing, place: Place::Folder { tree, current: None } }
    }

    /// Parts of some documents each, which begin as the framing does.
    pub fn parts(parts: Parts, framing: Framing) -> Self {
        Self { framing, place: Place::Parts(parts) }
    }

    /// The documents that need not be given, since they are written already.
    pub fn whole_parts(&self) -> WholeParts {
        match &self.place {
            Place::Parts(parts) => parts.whole_parts(),
            Place::One(_) | Place::Folder { .. } => WholeParts::default(),
        }
    }

    /// Adds the document of this number, counted from 0, that came from the input `path`.
    ///
    /// An error of the kind `usage` says that the input has no place in the folder; it comes once
    /// for an input, and other inputs can follow.
    pub fn document(&mut self, number: u64, path: Option<&str>, bytes: &[u8]) -> Result<()> {
        let framing = self.framing;
        let stream = match &mut self.place {
            Place::One(stream) => Some(stream),
            Place::Folder { tree, current } => {
                let path = path.unwrap_or_default();
                if current.as_ref().is_none_or(|(open, _)| open != path) {
                    if let Some((_, Some(done))) = current.take() {
                        done.finish(framing)?;
                    }
                    let (_, stream) = current.insert((path.to_owned(), None));
                    *stream = Some(Stream::start(tree.open(path)?, framing)?);
                }
                current.as_mut().and_then(|(_, stream)| stream.as_mut())
            }
            Place::Parts(parts) => {
                let bytes = [bytes, framing.after().as_bytes()].concat();
                return parts.document(number, Some(&bytes));
            }
        };
        stream.map_or(Ok(()), |stream| stream.document(bytes, framing))
    }

    /// Passes the document of this number, which goes to no output.
    pub fn none(&mut self, number: u64) -> Result<()> {
        match &mut self.place {
            Place::Parts(parts) => parts.document(number, None),
            Place::One(_) | Place::Folder { .. } => Ok(()),
        }
    }

    /// Whether documents of this input are being written into a file of their own.
    pub fn is_folder(&self) -> bool {
        matches!(self.place, Place::Folder { .. })
    }

    /// Puts everything into its place, where the inputs held so many documents.
    pub fn finish(self, documents: u64) -> Result<()> {
        match self.place {
            Place::One(stream) => stream.finish(self.framing),
            Place::Folder { current: Some((_, Some(stream))), .. } => stream.finish(self.framing),
            Place::Folder { .. } => Ok(()),
            Place::Parts(parts) => parts.finish(documents),
        }
    }

    /// Ends before all is done, after so many documents: what is not whole is not put into its
    /// place, and a stream ends with a document. Says what there is.
    pub fn abandon(self, documents: u64) -> Result<String> {
        let after = format!("interrupted after {} documents", HumanCount(documents));
        Ok(match self.place {
            Place::Parts(parts) => {
                format!("interrupted: {}; the same call with --resume goes on", whole(&parts))
            }
            Place::Folder { .. } => {
                format!("{after}: the outputs of inputs that were done are in their places")
            }
            Place::One(Stream { output, .. }) if output.is_renamed() => {
                format!("{after}: {} is not written", output.path().display())
            }
            Place::One(Stream { mut output, .. }) => {
                match std::io::Write::flush(&mut output).map_err(|error| output.error(error)) {
                    Err(error) if !error.is_broken_pipe() => return Err(error),
                    _ => format!("{after}: the output ends there"),
                }
            }
        })
    }

    /// An error that ends everything; says what there is none the less.
    pub fn failed(&self, error: Error, messages: &Messages) -> Error {
        if let (Place::Parts(parts), ErrorKind::Io { .. }) = (&self.place, error.kind()) {
            messages.note(&format!(
                "{}; once the error below is mended, the same call with --resume goes on",
                whole(parts)
            ));
        }
        error
    }
}

/// What is done for good.
fn whole(parts: &Parts) -> String {
    let (count, documents) = (parts.n_whole(), HumanCount(parts.n_documents()));
    let plural = if count == 1 { "" } else { "s" };
    format!("{documents} documents are done, in {} whole part{plural}", HumanCount(count))
}

impl Stream {
    fn start(mut output: Output, framing: Framing) -> Result<Self> {
        output.put(framing.start().as_bytes())?;
        Ok(Self { output, is_empty: true, flushed: Instant::now() })
    }

    fn document(&mut self, bytes: &[u8], framing: Framing) -> Result<()> {
        self.output.put(framing.before(self.is_empty).as_bytes())?;
        self.output.put(bytes)?;
        self.output.put(framing.after().as_bytes())?;
        self.is_empty = false;
        let now = Instant::now();
        if now - self.flushed > FLUSH {
            self.flushed = now;
            std::io::Write::flush(&mut self.output).map_err(|error| self.output.error(error))?;
        }
        Ok(())
    }

    fn finish(mut self, framing: Framing) -> Result<()> {
        self.output.put(framing.end(self.is_empty).as_bytes())?;
        self.output.finish()
    }
}

/// Whether an error says that an input has no place in an output folder.
pub fn has_no_place(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Usage { .. })
}

/// Writes everything at once to standard output.
pub fn write_stdout(bytes: &[u8]) -> Result<()> {
    let mut output = Output::stdout();
    output.put(bytes)?;
    output.finish()
}
