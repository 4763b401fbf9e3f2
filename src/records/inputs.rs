//! The walk over the inputs of one call: files, folders and standard input.
//!
//! Input: the INPUT arguments. Output: [`Walk`], which yields an [`Input`] for each file to be
//! read, in the order of the arguments and, inside a folder, in byte order of path, and counts
//! what it leaves out. It holds the names of the folder it is in and of that folder's parents,
//! never those of a whole tree. Not done here: opening files.

use std::collections::VecDeque;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::counts::write_counts;
use crate::error::{Error, Result};

/// The argument that means standard input or standard output.
pub const STANDARD: &str = "-";

/// Endings of the names that are read out of a folder, without regard to case.
const ENDINGS: [&str; 9] =
    [".txt", ".text", ".md", ".html", ".htm", ".jsonl", ".csv", ".warc", ".wet"];
/// Endings that may follow one of [`ENDINGS`].
pub(super) const COMPRESSED: [&str; 2] = [".gz", ".zst"];

/// Something to read documents from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file, device or FIFO.
    File(PathBuf),
}

impl Input {
    /// The input as records and messages name it: the path as given or found, `-` for standard
    /// input. Bytes of a path that are not UTF-8 show as U+FFFD.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => STANDARD.to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

/// How many entries of folders were left out, by reason. A folder left out counts as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Names that begin with a full stop.
    pub hidden: u64,
    /// Symbolic links.
    pub links: u64,
    /// Names with another ending than those that are read.
    pub other_names: u64,
    /// Devices, FIFOs and sockets.
    pub special: u64,
    /// The output of this very call.
    pub own_output: u64,
}

impl Skipped {
    /// All of them together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.reasons().iter().map(|(count, _)| count).sum()
    }

    fn reasons(&self) -> [(u64, &'static str); 5] {
        [
            (self.hidden, "hidden"),
            (self.links, "symbolic links"),
            (self.other_names, "with another ending"),
            (self.special, "devices, FIFOs or sockets"),
            (self.own_output, "the output itself"),
        ]
    }
}

impl fmt::Display for Skipped {
    /// `3 files skipped: 1 hidden, 2 with another ending`; nothing where nothing was skipped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_counts(f, "file", "skipped", &self.reasons())
    }
}

/// A folder's entry that is still to be visited.
struct Entry {
    path: PathBuf,
    is_folder: bool,
}

/// Iterator over the inputs. An unreadable folder or a missing file is an error with its path; the
/// walk goes on after it.
pub struct Walk {
    arguments: VecDeque<PathBuf>,
    /// What is left of each folder, innermost last, in reverse order.
    open: Vec<Vec<Entry>>,
    /// The folder named as argument with its real path, to recognise `own_output` by.
    root: (PathBuf, PathBuf),
    own_output: Vec<PathBuf>,
    stdin_taken: bool,
    skipped: Skipped,
}

impl Walk {
    /// A walk over the arguments, in their order.
    #[must_use]
    pub fn new(arguments: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            arguments: arguments.into_iter().collect(),
            open: Vec::new(),
            root: Default::default(),
            own_output: Vec::new(),
            stdin_taken: false,
            skipped: Skipped::default(),
        }
    }

    /// Leaves out a file or folder inside the folders: an output of the call itself, lest the results
    /// of one call become the input of the next. There can be several.
    #[must_use]
    pub fn without_output(mut self, output: &Path) -> Self {
        self.own_output.extend(real_path(output));
        self
    }

    /// What was left out so far.
    #[must_use]
    pub fn skipped(&self) -> Skipped {
        self.skipped
    }

    fn argument(&mut self, path: PathBuf) -> Result<Option<Input>> {
        if path.as_os_str() == STANDARD {
            if std::mem::replace(&mut self.stdin_taken, true) {
                return Err(Error::usage("standard input (`-`) can be read only once"));
            }
            return Ok(Some(Input::Stdin));
        }
        let metadata = fs::metadata(&path).map_err(|error| Error::io("cannot open", error))?;
        if !metadata.is_dir() {
            return Ok(Some(Input::File(path)));
        }
        self.root = (path.clone(), real_path(&path).unwrap_or_else(|| path.clone()));
        self.enter(&path)?;
        Ok(None)
    }

    /// Lists a folder, leaving out what is not read.
    fn enter(&mut self, folder: &Path) -> Result<()> {
        let unreadable = |error| Error::io("cannot read the folder", error);
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let (name, path) = (entry.file_name(), entry.path());
            let name = name.as_encoded_bytes();
            let counter = &mut self.skipped;
            if name.starts_with(b".") {
                counter.hidden += 1;
            } else if kind.is_symlink() {
                counter.links += 1;
            } else if !kind.is_dir() && !kind.is_file() {
                counter.special += 1;
            } else if kind.is_file() && !is_read(name) {
                counter.other_names += 1;
            } else if self.is_own_output(&path) {
                self.skipped.own_output += 1;
            } else {
                entries.push(Entry { path, is_folder: kind.is_dir() });
            }
        }
        // In byte order of whole paths, `a/b` comes after `a.txt`: a folder's name sorts as if the
        // separator belonged to it.
        entries.sort_by(|a, b| b.sort_key().cmp(a.sort_key()));
        self.open.push(entries);
        Ok(())
    }

    fn is_own_output(&self, path: &Path) -> bool {
        if self.own_output.is_empty() {
            return false;
        }
        // Links are not followed, so the real path of an entry is that of its root and the rest.
        let Ok(rest) = path.strip_prefix(&self.root.0) else { return false };
        self.own_output.contains(&self.root.1.join(rest))
    }
}

impl Entry {
    fn sort_key(&self) -> impl Iterator<Item = u8> {
        let name = self.path.file_name().unwrap_or_default().as_encoded_bytes();
        name.iter().copied().chain(self.is_folder.then_some(b'/'))
    }
}

impl Iterator for Walk {
    type Item = Result<Input>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (path, found) = match self.open.last_mut().map(Vec::pop) {
                Some(Some(Entry { path, is_folder: false })) => return Some(Ok(Input::File(path))),
                Some(Some(Entry { path, .. })) => {
                    let entered = self.enter(&path);
                    (path, entered.map(|()| None))
                }
                Some(None) => {
                    self.open.pop();
                    continue;
                }
                None => {
                    let path = self.arguments.pop_front()?;
                    (path.clone(), self.argument(path))
                }
            };
            match found {
                Ok(None) => {}
                Ok(Some(input)) => return Some(Ok(input)),
                Err(error) => return Some(Err(error.in_file(path))),
            }
        }
    }
}

/// Whether a file of this name is read out of a folder.
fn is_read(name: &[u8]) -> bool {
    let without = COMPRESSED.iter().find_map(|ending| strip_ending(name, ending)).unwrap_or(name);
    ENDINGS.iter().any(|ending| strip_ending(without, ending).is_some())
}

/// The name without an ending, which is compared without regard to case.
pub(super) fn strip_ending<'a>(name: &'a [u8], ending: &str) -> Option<&'a [u8]> {
    let (stem, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
    end.eq_ignore_ascii_case(ending.as_bytes()).then_some(stem)
}

/// The path without links; of one that does not exist yet, that of the nearest folder above it
/// which does, and the rest.
pub(super) fn real_path(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(path).ok().or_else(|| Some(real_path(path.parent()?)?.join(path.file_name()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for path in paths {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        root
    }

    fn found(walk: &mut Walk, root: &Path) -> Vec<String> {
        walk.map(|input| match input.unwrap() {
            Input::File(path) => path.strip_prefix(root).unwrap().display().to_string(),
            Input::Stdin => panic!("no standard input was named"),
        })
        .collect()
    }

    #[test]
    fn folders_are_read_in_byte_order_of_path() {
        let mut paths = vec![
            "b.txt",
            "a/z.md",
            "a/b/c.jsonl",
            "a/b.csv",
            "a-b/x.text",
            "a.txt",
            "a0.TXT",
            "a/b-c.txt",
            "B.txt.gz",
            "é.txt",
            "a/b.c/d.jsonl.GZ",
            "z/y/x/w.txt",
            "z/c.warc.wet.gz",
            "z/c.warc.zst",
            "z/c.wet",
        ];
        let root = tree(&paths);
        let mut walk = Walk::new([root.path().to_owned()]);
        paths.sort_unstable_by_key(|path| path.as_bytes());
        assert_eq!(found(&mut walk, root.path()), paths);
        assert_eq!(walk.skipped(), Skipped::default());
        assert_eq!(walk.skipped().to_string(), "");
    }

    #[test]
    fn what_is_left_out_is_counted_by_reason() {
        let root = tree(&[
            "a.txt",
            ".b.txt",
            ".git/c.txt",
            "d.pdf",
            "txt",
            "e.gz",
            "f.txt.zip",
            "deep/.g.md",
            "deep/out.jsonl",
        ]);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("a.txt", root.path().join("link.txt")).unwrap();
            std::os::unix::fs::symlink(".", root.path().join("loop")).unwrap();
        }
        let mut walk = Walk::new([root.path().to_owned()])
            .without_output(&root.path().join("deep/../deep/out.jsonl"));
        assert_eq!(found(&mut walk, root.path()), ["a.txt"]);
        let links = if cfg!(unix) { 2 } else { 0 };
        let expected = Skipped { hidden: 3, links, other_names: 4, special: 0, own_output: 1 };
        assert_eq!(walk.skipped(), expected);
        assert_eq!(expected.total(), 8 + links);
        let shown = Skipped { hidden: 1, other_names: 2, ..Skipped::default() }.to_string();
        assert_eq!(shown, "3 files skipped: 1 hidden, 2 with another ending");
    }

    #[test]
    fn an_output_folder_that_does_not_exist_yet_is_left_out_too() {
        let root = tree(&["a.txt"]);
        let output = root.path().join("new/out");
        let mut walk = Walk::new([root.path().to_owned()]).without_output(&output);
        fs::create_dir_all(&output).unwrap();
        fs::write(output.join("a.txt"), "x").unwrap();
        assert_eq!(found(&mut walk, root.path()), ["a.txt"]);
        assert_eq!(walk.skipped().own_output, 1);
    }

    #[test]
    fn a_file_named_outright_is_always_read_and_arguments_keep_their_order() {
        let root = tree(&["z.pdf", ".hidden", "folder/a.txt", "b.txt"]);
        let at = |name: &str| root.path().join(name);
        let mut walk = Walk::new([at("z.pdf"), at("folder"), at(".hidden"), at("b.txt")]);
        assert_eq!(found(&mut walk, root.path()), ["z.pdf", "folder/a.txt", ".hidden", "b.txt"]);
    }

    #[test]
    fn a_missing_file_is_an_error_with_its_path_and_the_walk_goes_on() {
        let root = tree(&["a.txt"]);
        let missing = root.path().join("missing.txt");
        let mut walk = Walk::new([missing.clone(), root.path().join("a.txt")]);
        let error = walk.next().unwrap().unwrap_err();
        assert_eq!((error.path(), error.kind().name()), (Some(&*missing), "io"));
        assert_eq!(walk.next().unwrap().unwrap(), Input::File(root.path().join("a.txt")));
        assert!(walk.next().is_none());
    }

    #[test]
    fn standard_input_is_read_once() {
        let mut walk = Walk::new([PathBuf::from("-"), PathBuf::from("-")]);
        assert_eq!(walk.next().unwrap().unwrap().name(), "-");
        assert_eq!(walk.next().unwrap().unwrap_err().kind().name(), "usage");
        assert!(walk.next().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_named_outright_is_followed_and_a_fifo_in_a_folder_is_not_waited_for() {
        let root = tree(&["folder/a.txt"]);
        let link = root.path().join("link");
        std::os::unix::fs::symlink("folder", &link).unwrap();
        let fifo = root.path().join("folder/pipe.txt");
        assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let mut walk = Walk::new([link]);
        assert_eq!(found(&mut walk, root.path()), ["link/a.txt"]);
        assert_eq!(walk.skipped().special, 1);
        let mut walk = Walk::new([fifo]);
        assert_eq!(found(&mut walk, root.path()), ["folder/pipe.txt"]);
    }
}
