//! Results written whole or not at all.
//!
//! Input: a path and bytes. Output: [`Output`]. A regular file is written beside itself under
//! another name and renamed by [`Output::finish`]; without that nothing of it stays, so that a
//! failure leaves the file as it was. A device, a FIFO and standard output are written straight
//! through. Not done here: the shape of the results, trees of files (`output_tree`).

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::inputs::STANDARD;
use crate::error::{Error, Result};

/// Bytes gathered before they are written.
const BUFFER: usize = 64 * 1024;
/// Symbolic links followed before they count as a ring, as many as Linux follows.
const MOST_LINKS: usize = 40;
/// Other names of standard output: where it is redirected to a file, that file must not be renamed
/// over.
const STANDARD_OUTPUT: [&str; 3] = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
/// Folders of names that stand for open files and devices, whatever those are.
const STRAIGHT_THROUGH: [&str; 2] = ["/dev", "/proc"];

/// A file that is being written, or a stream.
#[derive(Debug)]
pub struct Output {
    sink: Sink,
    path: PathBuf,
}

enum Sink {
    Replace {
        writer: BufWriter<File>,
        /// Goes after the writer, so that it is closed before.
        hidden: TempPath,
        target: PathBuf,
    },
    Through(BufWriter<Box<dyn Write + Send>>),
}

impl std::fmt::Debug for Sink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Replace { target, .. } => f.debug_tuple("Replace").field(target).finish(),
            Self::Through(_) => f.write_str("Through"),
        }
    }
}

impl Output {
    /// Opens an output; `-` is standard output.
    ///
    /// A link is followed to what it names. A file that exists keeps its permissions, a new one
    /// gets the usual ones.
    ///
    /// # Errors
    /// With the path: it is a folder, its folder does not exist or cannot be written.
    pub fn create(path: &Path) -> Result<Self> {
        let sink = Self::open(path).map_err(|error| error.in_file(path))?;
        Ok(Self { sink, path: path.to_owned() })
    }

    /// Standard output.
    #[must_use]
    pub fn stdout() -> Self {
        Self { sink: through(io::stdout()), path: STANDARD.into() }
    }

    fn open(path: &Path) -> Result<Sink> {
        if path.as_os_str() == STANDARD || STANDARD_OUTPUT.iter().any(|name| path == *name) {
            return Ok(through(io::stdout()));
        }
        let special = STRAIGHT_THROUGH.iter().any(|folder| path.starts_with(folder));
        let existing = fs::metadata(path).ok();
        match &existing {
            Some(metadata) if metadata.is_dir() => {
                Err(Error::usage("the output is a folder: name a file in it"))
            }
            Some(metadata) if special || !metadata.is_file() => OpenOptions::new()
                .write(true)
                .open(path)
                .map(through)
                .map_err(|error| Error::io("cannot open for writing", error)),
            _ => replace(path, existing.map(|metadata| metadata.permissions())),
        }
    }

    /// The path as given; `-` for standard output.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether nothing of it is in its place until [`Output::finish`].
    #[must_use]
    pub fn is_renamed(&self) -> bool {
        matches!(self.sink, Sink::Replace { .. })
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// The system refuses, with the path; see also [`Error::is_broken_pipe`].
    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes).map_err(|error| self.error(error))
    }

    /// The typed error for one that writing through [`Write`] gave, with the path.
    #[must_use]
    pub fn error(&self, error: io::Error) -> Error {
        cannot_write(error).in_file(&self.path)
    }

    /// Writes out what is still in memory and puts the file into its place.
    ///
    /// # Errors
    /// The system refuses, with the path; then a regular file is as it was before.
    pub fn finish(self) -> Result<()> {
        let Self { sink, path } = self;
        let done = match sink {
            Sink::Through(mut writer) => writer.flush(),
            Sink::Replace { writer, hidden, target } => writer
                .into_inner()
                .map_err(io::IntoInnerError::into_error)
                .map(drop)
                .and_then(|()| hidden.persist(&target).map_err(|error| error.error)),
        };
        done.map_err(|error| cannot_write(error).in_file(path))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Replace { writer, .. } => writer.write(bytes),
            Sink::Through(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Replace { writer, .. } => writer.flush(),
            Sink::Through(writer) => writer.flush(),
        }
    }
}

fn through(writer: impl Write + Send + 'static) -> Sink {
    Sink::Through(BufWriter::with_capacity(BUFFER, Box::new(writer)))
}

/// A new file beside the target, with the permissions that the target is to have.
fn replace(path: &Path, permissions: Option<fs::Permissions>) -> Result<Sink> {
    let cannot = |error| Error::io("cannot create", error);
    let target = follow_links(path).map_err(cannot)?;
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    if target.file_name().is_none() {
        return Err(Error::usage("the output names no file"));
    }
    let folder = folder.unwrap_or(Path::new("."));
    let (file, hidden) = temporary_in(folder, ".smallprint-").map_err(cannot)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions).map_err(cannot)?;
    }
    Ok(Sink::Replace { writer: BufWriter::with_capacity(BUFFER, file), hidden, target })
}

/// A hidden file of a name of its own, which goes with its path unless that is renamed. It has the
/// usual permissions of a new file. In two parts, since errors of both together name the hidden path.
pub(super) fn temporary_in(folder: &Path, prefix: &str) -> io::Result<(File, TempPath)> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    let usual = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(usual);
    builder.tempfile_in(folder).map(NamedTempFile::into_parts)
}

/// The typed error for a write that the system refused, without the path. Where there is no room,
/// it says how to mend it.
pub(super) fn cannot_write(error: io::Error) -> Error {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    let action = match error.kind() {
        StorageFull => "cannot write (make room on the disk, or write to another)",
        QuotaExceeded => "cannot write (make room in the quota, or write elsewhere)",
        FileTooLarge => "cannot write (the limit of a file's size, `ulimit -f`, is too low)",
        _ => "cannot write",
    };
    Error::io(action, error)
}

/// What a path names once links are followed, whether or not that exists.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Ok(path);
        }
        let target = fs::read_link(&path)?;
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    Err(io::Error::other("the links go round in a ring"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let mut output = Output::create(&path).unwrap();
        output.put(&vec![b'x'; 3 * BUFFER]).unwrap();
        assert!(!path.exists());
        output.write_all(b"end").unwrap();
        output.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap().len(), 3 * BUFFER + 3);
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn an_unfinished_file_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "before").unwrap();
        let mut output = Output::create(&path).unwrap();
        output.put(&vec![b'x'; 3 * BUFFER]).unwrap();
        drop(output);
        drop(Output::create(&folder.path().join("b.txt")).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"before");
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn errors_name_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let error = Output::create(folder.path()).unwrap_err();
        assert_eq!((error.kind().name(), error.path()), ("usage", Some(folder.path())));
        let missing = folder.path().join("missing/a.txt");
        let error = Output::create(&missing).unwrap_err();
        assert_eq!((error.kind().name(), error.path()), ("io", Some(&*missing)));
        // The place is taken by a folder between opening and finishing.
        let taken = folder.path().join("taken");
        let output = Output::create(&taken).unwrap();
        fs::create_dir(&taken).unwrap();
        let error = output.finish().unwrap_err();
        assert_eq!((error.kind().name(), error.path()), ("io", Some(&*taken)));
        assert_eq!(names(folder.path()), ["taken"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_new_files_get_the_usual_ones() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        let (old, new, usual) =
            (folder.path().join("old"), folder.path().join("new"), folder.path().join("usual"));
        fs::write(&old, "").unwrap();
        fs::set_permissions(&old, fs::Permissions::from_mode(0o751)).unwrap();
        fs::write(&usual, "").unwrap();
        for path in [&old, &new] {
            Output::create(path).unwrap().finish().unwrap();
        }
        assert_eq!(mode(&old), 0o751);
        assert_eq!(mode(&new), mode(&usual));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_stay() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("deep")).unwrap();
        symlink("deep/second", at("first")).unwrap();
        symlink("../target", at("deep/second")).unwrap();
        symlink("ring", at("ring")).unwrap();
        for text in ["created", "replaced"] {
            let mut output = Output::create(&at("first")).unwrap();
            output.put(text.as_bytes()).unwrap();
            output.finish().unwrap();
            assert_eq!(fs::read_to_string(at("target")).unwrap(), text);
            assert!(fs::symlink_metadata(at("first")).unwrap().is_symlink());
        }
        assert_eq!(Output::create(&at("ring")).unwrap_err().kind().name(), "io");
        assert_eq!(names(folder.path()), ["deep", "first", "ring", "target"]);
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_fifos_are_written_straight_through() {
        let mut output = Output::create(Path::new("/dev/null")).unwrap();
        output.put(b"gone").unwrap();
        output.finish().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let reader = std::thread::spawn({
            let fifo = fifo.clone();
            move || fs::read(fifo).unwrap()
        });
        let mut output = Output::create(&fifo).unwrap();
        output.put(b"through").unwrap();
        output.finish().unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
        assert_eq!(names(folder.path()), ["pipe"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_is_an_error() {
        let mut output = Output::create(Path::new("/dev/full")).unwrap();
        output.put(b"x").unwrap();
        let error = output.finish().unwrap_err();
        assert_eq!((error.kind().name(), error.path()), ("io", Some(Path::new("/dev/full"))));
    }
}
