//! [`Error`]: what failed, where, what was expected and what was found.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::label::Label;

/// Result of the library's fallible calls.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Where in a file something failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Line, counted from 1; `None` where lines mean nothing.
    pub line: Option<u64>,
    /// Column in characters, counted from 1; `None` where unknown.
    pub column: Option<u64>,
    /// The record, counted from 1, in files whose records are no lines; `None` in others.
    pub record: Option<u64>,
    /// The byte at which that record begins, counted from 0 after decompression, such as
    /// `tail -c +N` counts from 1.
    pub byte: Option<u64>,
}

impl Position {
    /// `record 3 (byte 900)`.
    fn record_label(&self) -> Option<String> {
        let record = self.record?;
        let byte = self.byte.map_or_else(String::new, |byte| format!(" (byte {byte})"));
        Some(format!("record {record}{byte}"))
    }
}

/// An error with, where known, the file and the position at which it happened.
///
/// Lower layers leave the path out; the caller that knows it adds it with [`Error::in_file`].
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    path: Option<PathBuf>,
    position: Position,
}

/// What failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system refused a read or a write.
    #[error("{action}: {source}")]
    Io {
        /// What was being done, such as `cannot read`.
        action: &'static str,
        /// The system's own error.
        source: std::io::Error,
    },
    /// A record is not valid JSON, or not the object that was expected.
    #[error("invalid JSON: {message}; expected {expected}")]
    Json {
        /// What the parser said.
        message: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// A CSV file or record cannot be read.
    #[error("invalid CSV: {message}")]
    Csv {
        /// What is wrong, and how to mend it.
        message: String,
    },
    /// A CSV header lacks a column.
    #[error("missing column `{column}`: expected the columns {expected}, found {found}")]
    MissingColumn {
        /// The column that is missing.
        column: String,
        /// The columns that are read.
        expected: String,
        /// The header as it stands.
        found: String,
    },
    /// A record lacks a field.
    #[error("missing field: expected {expected}, found {found}")]
    MissingField {
        /// The fields of which one must be there.
        expected: String,
        /// The fields that are there.
        found: String,
    },
    /// A label is none of the seventeen.
    #[error("unknown label `{found}`: expected one of {}", label_names())]
    UnknownLabel {
        /// The label as it stands.
        found: String,
    },
    /// A compressed stream is cut off or corrupt.
    #[error("cannot decompress: {message}")]
    Compression {
        /// What the decoder said.
        message: String,
    },
    /// A record of a WARC file cannot be read.
    #[error("invalid WARC: {message}")]
    Warc {
        /// What is wrong, and what became of it.
        message: String,
    },
    /// An HTTP response in a WARC file cannot be read.
    #[error("invalid HTTP response: {message}")]
    Http {
        /// What is wrong, and what was expected.
        message: String,
    },
    /// A document is larger than documents may be.
    #[error(
        "too large: expected a document of at most {limit} bytes, found {}; --max-document or \
         `ReadOptions::max_document` allows more", found.map_or("more".to_owned(), |n| n.to_string())
    )]
    TooLarge {
        /// The greatest number of bytes.
        limit: u64,
        /// The document's bytes, where it says how many they are.
        found: Option<u64>,
    },
    /// A web page's bytes are no text.
    #[error("not a web page: expected text, found {found}")]
    NotText {
        /// What the bytes are.
        found: &'static str,
    },
    /// A model file cannot be used.
    #[error("unusable model: {what}: expected {expected}, found {found}")]
    Model {
        /// The part that does not fit.
        what: &'static str,
        /// What this version reads.
        expected: String,
        /// What the file holds.
        found: String,
    },
    /// A file of templates cannot be used.
    #[error("unusable templates: expected {expected}, found {found}")]
    Templates {
        /// What this version reads.
        expected: String,
        /// What the file holds.
        found: String,
    },
    /// Labelled data cannot be trained or evaluated on.
    #[error("unusable labelled data: {message}")]
    Data {
        /// What is wrong, and how to mend it.
        message: String,
    },
    /// A fit did not end in a usable model.
    #[error("training failed: {message}")]
    Fit {
        /// Which fit, what was measured, what was required.
        message: String,
    },
    /// An option's value makes no sense.
    #[error("{message}")]
    Usage {
        /// What is wrong, and how to mend it.
        message: String,
    },
}

fn label_names() -> String {
    Label::ALL.map(Label::as_str).join(", ")
}

impl ErrorKind {
    /// A short stable name for records: `io`, `json`, `csv`, ...
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Io { .. } => "io",
            Self::Json { .. } => "json",
            Self::Csv { .. } => "csv",
            Self::MissingColumn { .. } => "missing_column",
            Self::MissingField { .. } => "missing_field",
            Self::UnknownLabel { .. } => "unknown_label",
            Self::Compression { .. } => "compression",
            Self::Warc { .. } => "warc",
            Self::Http { .. } => "http",
            Self::TooLarge { .. } => "too_large",
            Self::NotText { .. } => "not_text",
            Self::Model { .. } => "model",
            Self::Templates { .. } => "templates",
            Self::Data { .. } => "data",
            Self::Fit { .. } => "fit",
            Self::Usage { .. } => "usage",
        }
    }
}

impl Error {
    /// What failed.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The file it happened in, where a caller has named it.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The line and column it happened at, where known.
    #[must_use]
    pub fn position(&self) -> Position {
        self.0.position
    }

    /// The message without file and position.
    #[must_use]
    pub fn message(&self) -> String {
        self.0.kind.to_string()
    }

    /// The message without file, line and column, but with the record where one is named: `record 3
    /// (byte 900): message`.
    #[must_use]
    pub fn message_with_record(&self) -> String {
        let place = self.position().record_label();
        place.map_or_else(|| self.message(), |place| format!("{place}: {}", self.0.kind))
    }

    /// Names the file, unless one is named already.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.0.path.get_or_insert_with(|| path.into());
        self
    }

    /// Names the line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.0.position.line = Some(line);
        self
    }

    /// Names line and column, both counted from 1.
    #[must_use]
    pub fn at(mut self, line: u64, column: u64) -> Self {
        self.0.position.line = Some(line);
        self.0.position.column = Some(column);
        self
    }

    /// Names the record, counted from 1, and the byte at which it begins, counted from 0.
    #[must_use]
    pub fn at_record(mut self, record: u64, byte: u64) -> Self {
        self.0.position.record = Some(record);
        self.0.position.byte = Some(byte);
        self
    }

    /// An I/O error; `action` reads like `cannot open`.
    #[must_use]
    pub fn io(action: &'static str, source: std::io::Error) -> Self {
        ErrorKind::Io { action, source }.into()
    }

    /// A wrong use of an option; the message says how to mend it.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        ErrorKind::Usage { message: message.into() }.into()
    }

    /// Labelled data that cannot serve; the message says how to mend it.
    #[must_use]
    pub fn data(message: impl Into<String>) -> Self {
        ErrorKind::Data { message: message.into() }.into()
    }

    /// Whether the reader of our output has gone away (a closed pipe), which is no failure.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self.kind(), ErrorKind::Io { source, .. }
            if source.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { kind, path: None, position: Position::default() }))
    }
}

impl fmt::Display for Error {
    /// `path:line:column: message`, or `path: record 3 (byte 900): message`; each part where it is
    /// known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column, .. } = self.position();
        let mut is_placed = false;
        if let Some(path) = self.path() {
            write!(f, "{}", path.display())?;
            is_placed = true;
        }
        if let Some(line) = line {
            write!(f, "{}{line}", if is_placed { ":" } else { "line " })?;
            if let Some(column) = column {
                write!(f, ":{column}")?;
            }
            is_placed = true;
        }
        write!(f, "{}{}", if is_placed { ": " } else { "" }, self.message_with_record())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_path_line_and_column_where_known() {
        let error = || Error::from(ErrorKind::Csv { message: "unclosed quote".into() });
        assert_eq!(error().to_string(), "invalid CSV: unclosed quote");
        assert_eq!(error().at(3, 7).to_string(), "line 3:7: invalid CSV: unclosed quote");
        assert_eq!(
            error().at(3, 7).in_file("a.csv").to_string(),
            "a.csv:3:7: invalid CSV: unclosed quote"
        );
        assert_eq!(error().in_file("a.csv").to_string(), "a.csv: invalid CSV: unclosed quote");
        let error = || Error::from(ErrorKind::Warc { message: "cut".into() }).at_record(2, 50);
        assert_eq!(error().to_string(), "record 2 (byte 50): invalid WARC: cut");
        assert_eq!(error().message_with_record(), "record 2 (byte 50): invalid WARC: cut");
        assert_eq!(error().message(), "invalid WARC: cut");
        assert_eq!(
            error().in_file("a.warc").to_string(),
            "a.warc: record 2 (byte 50): invalid WARC: cut"
        );
    }

    #[test]
    fn the_first_file_named_stays() {
        let error = Error::usage("no").in_file("inner").in_file("outer");
        assert_eq!(error.path(), Some(Path::new("inner")));
    }
}
