//! Many documents in and out.
//!
//! Input: files, folders and standard input. Output: [`Document`]s one after another, and results
//! written whole or not at all.
//!
//! - [`Walk`] finds the inputs, [`Records`] reads the documents of one, [`Batch`] those of all; or
//!   [`Record`]s, which become documents on another thread.
//! - What cannot be read is a [`RecordError`] in its place in the stream, and the stream goes on.
//!   Records that hold no document are counted ([`PassedOver`]).
//! - [`Output`] and [`OutputTree`] write; [`Parts`] writes what a killed run can go on with.
//! - [`read_labelled`] reads what training and evaluation need, [`GoldPages`] what the evaluation of
//!   extraction needs, [`read_ratings`] and [`read_names`] what users know of sources.
//!
//! A format is an iterator over a `Source`, which has undone any compression; a new one is a
//! variant of [`InputFormat`], recognised in `format`, with a reader of its own beside `jsonl`. Not
//! done here: classifying, threads, the shape of output records.

mod columns;
mod counts;
mod csv;
mod csv_row_end;
mod csv_rows;
mod decompress;
mod format;
mod gold_pages;
mod gold_record;
mod inputs;
mod json_record;
mod jsonl;
mod label_map;
mod labelled;
mod limit;
mod meter;
mod names;
mod output;
mod output_tree;
mod part_name;
mod parts;
mod passed_over;
mod ratings;
mod record;
mod run_record;
mod source;
mod text;
mod warc;

use std::fmt;
use std::sync::Arc;

pub use format::{Fields, InputFormat};
pub use gold_pages::GoldPages;
pub use inputs::{Input, STANDARD, Skipped, Walk};
pub use label_map::LabelMap;
pub use labelled::read_labelled;
pub use limit::MAX_DOCUMENT;
pub use meter::{InputSize, Meter};
pub use names::read_names;
pub use output::Output;
pub use output_tree::OutputTree;
pub use parts::{Parts, PartsForm, WholeParts};
pub use passed_over::PassedOver;
pub use ratings::read_ratings;
pub use record::Record;
pub use run_record::RunRecord;

use crate::document::Document;
use crate::error::Error;
use record::Raw;
use source::Source;

/// How inputs are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format of every input.
    pub format: InputFormat,
    /// The names of fields and columns.
    pub fields: Fields,
    /// The most bytes that a document may have, as a file, a record of WARC, a line of JSONL or a
    /// row of CSV; [`MAX_DOCUMENT`] by default. A larger one is an error in its place, and is not
    /// held in memory.
    pub max_document: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: InputFormat::default(),
            fields: Fields::default(),
            max_document: MAX_DOCUMENT,
        }
    }
}

/// A record, or a whole input, that could not be read. The error names the file.
#[derive(Debug)]
pub struct RecordError {
    /// The input as [`Input::name`] gives it; `None` where the call, and no input, is at fault.
    pub path: Option<String>,
    /// The record's identifier, where it could be read.
    pub id: Option<String>,
    /// What failed, and where.
    pub error: Error,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.error)?;
        self.id.as_ref().map_or(Ok(()), |id| write!(f, " (document `{id}`)"))
    }
}

impl std::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// A document or an error as a format's reader knows it, without the file.
type Read = Result<Document, Failure>;

/// An error as a format's reader knows it.
#[derive(Debug)]
struct Failure {
    id: Option<String>,
    error: Error,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { id: None, error }
    }
}

/// A format's reader.
trait Documents: Send {
    /// The next record.
    fn next_raw(&mut self) -> Option<Raw>;

    /// Records that held no document, so far.
    fn passed_over(&self) -> PassedOver {
        PassedOver::default()
    }
}

impl Documents for std::iter::Once<Read> {
    fn next_raw(&mut self) -> Option<Raw> {
        self.next().map(Raw::Read)
    }
}

impl Documents for csv::CsvDocuments {
    fn next_raw(&mut self) -> Option<Raw> {
        self.next().map(Raw::Read)
    }
}

impl Documents for jsonl::JsonlDocuments {
    fn next_raw(&mut self) -> Option<Raw> {
        self.next()
    }
}

impl Documents for text::WholeFile {
    fn next_raw(&mut self) -> Option<Raw> {
        self.next()
    }
}

/// Iterator over the documents of one input.
///
/// A broken record is an error in its place, and the next record follows; when the input itself
/// fails (cut off, unreadable), the error comes last.
pub struct Records {
    path: Arc<str>,
    documents: Box<dyn Documents>,
}

impl Records {
    /// Opens an input. Where that fails, the error is the only item.
    #[must_use]
    pub fn open(input: &Input, options: &ReadOptions) -> Self {
        Self::metered(input, options, &Meter::default())
    }

    fn metered(input: &Input, options: &ReadOptions, meter: &Meter) -> Self {
        let path = input.name();
        let source = match input {
            Input::Stdin => Ok(Source::new(std::io::stdin())),
            Input::File(file) => Source::open_metered(file, meter),
        };
        match source {
            Ok(source) => Self::over(source, path, options),
            Err(error) => {
                let failed = std::iter::once(Err(Failure::from(error)));
                Self { path: path.into(), documents: Box::new(failed) }
            }
        }
    }

    /// Reads from any reader, compressed or not; `name` stands for the path.
    #[must_use]
    pub fn from_reader(
        reader: impl std::io::Read + Send + 'static,
        name: impl Into<String>,
        options: &ReadOptions,
    ) -> Self {
        Self::over(Source::new(reader), name.into(), options)
    }

    fn over(mut source: Source, path: String, options: &ReadOptions) -> Self {
        let fields = options.fields.clone();
        let format = match options.format {
            InputFormat::Auto => format::detect(source.peek(format::is_enough), &path, &fields),
            named => named,
        };
        let limit = options.max_document;
        let documents: Box<dyn Documents> = match format {
            InputFormat::Jsonl => Box::new(jsonl::JsonlDocuments::new(source, limit, fields)),
            InputFormat::Csv => Box::new(csv::CsvDocuments::new(source, limit, fields)),
            InputFormat::Warc => Box::new(warc::WarcDocuments::new(source, limit)),
            InputFormat::Html => Box::new(text::WholeFile::Unread(source, limit, text::page)),
            InputFormat::Text | InputFormat::Auto => {
                Box::new(text::WholeFile::Unread(source, limit, text::text))
            }
        };
        Self { path: path.into(), documents }
    }

    /// The next record, of which the document is still to be made.
    pub fn next_record(&mut self) -> Option<Record> {
        self.documents.next_raw().map(|raw| Record::new(&self.path, raw))
    }

    /// Records that held no document, so far.
    #[must_use]
    pub fn passed_over(&self) -> PassedOver {
        self.documents.passed_over()
    }
}

impl Iterator for Records {
    type Item = Result<Document, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_record().map(Record::document)
    }
}

/// Iterator over the documents of many inputs, in the order of [`Walk`].
///
/// An input that cannot be opened is an error in its place, and the next input follows.
pub struct Batch {
    walk: Walk,
    options: ReadOptions,
    meter: Meter,
    current: Option<Records>,
    /// Of the inputs before the current one.
    passed_over: PassedOver,
}

impl Batch {
    /// Reads what the walk finds.
    #[must_use]
    pub fn new(walk: Walk, options: ReadOptions) -> Self {
        let (meter, passed_over) = Default::default();
        Self { walk, options, meter, current: None, passed_over }
    }

    /// Counts the bytes of files as they are read.
    #[must_use]
    pub fn with_meter(mut self, meter: &Meter) -> Self {
        self.meter = meter.clone();
        self
    }

    /// The next record, of which the document is still to be made, or what is wrong with an input.
    pub fn next_record(&mut self) -> Option<Result<Record, RecordError>> {
        loop {
            if let Some(record) = self.current.as_mut().and_then(Records::next_record) {
                return Some(Ok(record));
            }
            if let Some(done) = self.current.take() {
                self.passed_over += done.passed_over();
            }
            match self.walk.next()? {
                Ok(input) => {
                    self.current = Some(Records::metered(&input, &self.options, &self.meter))
                }
                Err(error) => {
                    let path = error.path().map(|path| path.display().to_string());
                    return Some(Err(RecordError { path, id: None, error }));
                }
            }
        }
    }

    /// What the walk has left out so far.
    #[must_use]
    pub fn skipped(&self) -> Skipped {
        self.walk.skipped()
    }

    /// Records that held no document, so far.
    #[must_use]
    pub fn passed_over(&self) -> PassedOver {
        let mut all = self.passed_over;
        all += self.current.as_ref().map(Records::passed_over).unwrap_or_default();
        all
    }
}

impl Iterator for Batch {
    type Item = Result<Document, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_record().map(|record| record.and_then(Record::document))
    }
}

#[cfg(test)]
mod tests {
    use super::source::tests::gzip;
    use super::*;
    use crate::document::Content;
    use std::fs;
    use std::path::Path;

    fn batch(arguments: &[&Path]) -> Batch {
        Batch::new(Walk::new(arguments.iter().map(|&path| path.to_owned())), ReadOptions::default())
    }

    /// What a record is, in a word or two: its file, and its text or the kind of error.
    fn summary(root: &Path, record: &Result<Document, RecordError>) -> (String, String) {
        let (path, what) = match record {
            Ok(document) => (
                &document.path,
                match &document.content {
                    Content::Text(text) => text.clone(),
                    Content::Html(page) => page.source().to_owned(),
                    Content::Paragraphs(texts) => texts.join("|"),
                },
            ),
            Err(record) => {
                assert_eq!(record.error.path(), record.path.as_deref().map(Path::new));
                (&record.path, format!("error {}", record.error.kind().name()))
            }
        };
        let path = Path::new(path.as_ref().unwrap()).strip_prefix(root).unwrap();
        (path.display().to_string(), what)
    }

    #[test]
    fn documents_of_every_format_come_in_order_with_their_path() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(root.path().join(name), bytes).unwrap();
        write("a.txt", b"plain");
        write("b.txt", b"{\"text\": \"one\"}\n{oops\n{\"paragraphs\": [\"two\", \"three\"]}\n");
        write("c.csv.gz", &gzip(b"id,text\n1,four\n"));
        write("d.csv", b"id,body\n1,x\n");
        write("e.pdf", b"");
        write(
            "f.jsonl",
            &[&gzip(b"{\"text\": \"five\"}\n")[..], &gzip(b"{\"text\": \"six\"}\n")].concat(),
        );
        write("g.txt", b"");
        let mut batch = batch(&[root.path(), &root.path().join("missing")]);
        let found: Vec<_> = batch.by_ref().map(|record| summary(root.path(), &record)).collect();
        let expected = [
            ("a.txt", "plain"),
            ("b.txt", "one"),
            ("b.txt", "error json"),
            ("b.txt", "two|three"),
            ("c.csv.gz", "four"),
            ("d.csv", "error missing_column"),
            ("f.jsonl", "five"),
            ("f.jsonl", "six"),
            ("g.txt", ""),
            ("missing", "error io"),
        ];
        assert_eq!(found, expected.map(|(path, what)| (path.to_owned(), what.to_owned())));
        assert_eq!(batch.skipped().other_names, 1);
    }

    #[test]
    fn a_named_format_is_not_guessed() {
        let read = |format| {
            let options = ReadOptions { format, ..ReadOptions::default() };
            Records::from_reader(&b"{\"text\": 1}"[..], "-", &options).next().unwrap()
        };
        assert_eq!(read(InputFormat::Text).unwrap().content, Content::Text("{\"text\": 1}".into()));
        assert_eq!(read(InputFormat::Auto).unwrap_err().error.kind().name(), "json");
        assert_eq!(read(InputFormat::Csv).unwrap_err().error.kind().name(), "missing_column");
        assert_eq!(read(InputFormat::Jsonl).unwrap_err().path.as_deref(), Some("-"));
    }

    #[test]
    fn utf_16_with_a_mark_is_read_in_every_format() {
        for text in ["Grüße", "{\"text\": \"Grüße\"}\n", "id,text\n1,Grüße\n"] {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
            let reader = std::io::Cursor::new(bytes);
            let found: Vec<_> = Records::from_reader(reader, "-", &ReadOptions::default())
                .map(Result::unwrap)
                .collect();
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].content, Content::Text("Grüße".into()));
        }
    }

    #[test]
    fn the_publisher_is_the_one_named_or_that_of_the_address() {
        let lines = br#"{"text": "a", "url": "https://www.news.example.co.uk/a", "publisher": "P"}
{"text": "a", "url": "https://www.news.example.co.uk/a"}
{"text": "a"}"#;
        let found: Vec<_> = Records::from_reader(&lines[..], "-", &ReadOptions::default())
            .map(|read| read.unwrap().publisher)
            .collect();
        assert_eq!(found, [Some("P".to_owned()), Some("example.co.uk".to_owned()), None]);
    }

    #[test]
    fn records_without_documents_are_counted_over_all_inputs() {
        let root = tempfile::tempdir().unwrap();
        let record = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 1\r\n\r\nx\r\n\r\n";
        for name in ["a.warc", "b.warc"] {
            fs::write(root.path().join(name), record).unwrap();
        }
        let mut batch = batch(&[root.path(), &root.path().join("missing")]);
        assert_eq!(batch.by_ref().filter(Result::is_err).count(), 1);
        assert_eq!(batch.passed_over(), PassedOver { other_types: 2, ..PassedOver::default() });
    }

    #[test]
    fn an_error_shows_file_position_and_document() {
        let record = RecordError {
            path: Some("a.csv".into()),
            id: Some("7".into()),
            error: Error::data("no").at(1, 2).in_file("a.csv"),
        };
        assert_eq!(record.to_string(), "a.csv:1:2: unusable labelled data: no (document `7`)");
    }

    #[test]
    fn readers_can_run_on_another_thread() {
        fn is_send<T: Send>() {}
        is_send::<Batch>();
        is_send::<Records>();
        is_send::<Record>();
        is_send::<RecordError>();
    }

    #[cfg(unix)]
    #[test]
    fn a_fifo_named_outright_is_read() {
        let root = tempfile::tempdir().unwrap();
        let fifo = root.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let writer = std::thread::spawn({
            let fifo = fifo.clone();
            move || fs::write(fifo, "{\"text\": \"one\"}\n").unwrap()
        });
        let found: Vec<_> = batch(&[&fifo]).map(Result::unwrap).collect();
        writer.join().unwrap();
        assert_eq!(found[0].content, Content::Text("one".into()));
        assert_eq!(batch(&[Path::new("/dev/null")]).count(), 1);
    }
}
