//! What can go wrong with a comparison, each with what to do about it.

use std::io;
use std::path::PathBuf;

/// The result of a step.
pub type Result<T> = std::result::Result<T, Error>;

/// Why there is no comparison.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The labelled real material is not there.
    #[error(
        "{}: not found. The pages are not in the repository: they are expected in ../shared/data \
         beside it; --data FOLDER names another place",
        path.display()
    )]
    NoData {
        /// The file that was looked for.
        path: PathBuf,
    },
    /// A file or a stream could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of the data is not what it should be.
    #[error("{}: line {}, column {}: {source}", path.display(), source.line(), source.column())]
    Json {
        /// Its path.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// `--tool` names none.
    #[error("there is no tool {name:?}; there are: {known}")]
    UnknownTool {
        /// The name given.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// The process with the Python tools does not work.
    #[error(
        "the Python tools: {what}. benches/compare/run makes their environment anew if \
         target/python is removed; --no-python leaves them out"
    )]
    Python {
        /// What it did.
        what: String,
    },
    /// The thread that does the work could not be started, or ended in a panic of our own.
    #[error("the working thread: {what}")]
    Thread {
        /// What happened.
        what: String,
    },
}

impl Error {
    /// An error of the system at a path.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            io::ErrorKind::NotFound => Self::NoData { path },
            _ => Self::File { path, source },
        }
    }
}
