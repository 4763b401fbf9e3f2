//! A folder of outputs that mirrors the inputs.
//!
//! Input: the output folder, the INPUT arguments, and for each file the path it was read from.
//! Output: an [`Output`] in the place that mirrors it. An output never lies outside the folder,
//! never takes the place of an input, and never that of another output of the same call. Not done
//! here: writing several documents of one input, which share its output.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::inputs::{COMPRESSED, STANDARD, real_path, strip_ending};
use super::output::Output;
use crate::error::{Error, Result};

/// The name of what comes from standard input.
const FROM_STDIN: &str = "stdin";
/// The endings of one form of output: what inputs of other forms get, and what is kept.
#[derive(Debug, Clone, Copy)]
struct Endings {
    given: &'static str,
    kept: &'static [&'static str],
}

const TEXT: Endings = Endings { given: ".txt", kept: &[".txt", ".text", ".md"] };
const MARKDOWN: Endings = Endings { given: ".md", kept: &[".md"] };

/// The outputs of one call, below one folder.
#[derive(Debug)]
pub struct OutputTree {
    folder: PathBuf,
    roots: Vec<Root>,
    endings: Endings,
    /// Hashes of the outputs opened so far: 16 bytes an output, not a path.
    taken: HashSet<[u8; 16]>,
}

/// An INPUT argument, and where below the output folder its files go.
#[derive(Debug)]
struct Root {
    argument: PathBuf,
    prefix: PathBuf,
    /// The argument without links, where it exists.
    real: Option<PathBuf>,
}

impl OutputTree {
    /// Whether an output path means a folder: an existing one, or a name with a slash at its end.
    #[must_use]
    pub fn is_meant(path: &Path) -> bool {
        let name = path.as_os_str().as_encoded_bytes();
        name.last().is_some_and(|&byte| std::path::is_separator(char::from(byte))) || path.is_dir()
    }

    /// A tree below `folder`, which need not exist yet, for the files of the INPUT arguments.
    ///
    /// What lies in a folder given as argument goes to the same place below `folder`; where several
    /// arguments are given, below a folder of the argument's own name. A file given as argument
    /// goes into `folder` itself.
    #[must_use]
    pub fn new(folder: &Path, arguments: &[PathBuf]) -> Self {
        let prefix = |argument: &PathBuf| {
            let several = arguments.len() > 1 && argument.is_dir();
            argument.file_name().filter(|_| several).map(PathBuf::from).unwrap_or_default()
        };
        let root = |argument: &PathBuf| Root {
            argument: argument.clone(),
            prefix: prefix(argument),
            real: fs::canonicalize(argument).ok(),
        };
        Self {
            folder: folder.to_owned(),
            roots: arguments.iter().map(root).collect(),
            endings: TEXT,
            taken: HashSet::new(),
        }
    }

    /// The same tree for outputs in Markdown: `a/b.txt` becomes `a/b.txt.md`.
    #[must_use]
    pub fn of_markdown(self) -> Self {
        Self { endings: MARKDOWN, ..self }
    }

    /// Opens the output for the documents of one input, given by its path as documents carry it.
    ///
    /// `a/b.jsonl.gz` becomes `a/b.jsonl.txt`; names that end like text keep their ending. Folders
    /// are made as needed.
    ///
    /// # Errors
    /// Two inputs would share the output; it would lie among the inputs; the input does not belong to the arguments; the system refuses. With the path.
    pub fn open(&mut self, input: &str) -> Result<Output> {
        let relative = self.place_of(input).map_err(|error| error.in_file(input))?;
        let path = self.folder.join(&relative);
        let parent = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent)
            .map_err(|error| Error::io("cannot create the folder", error).in_file(parent))?;
        if self.is_among_inputs(&path) {
            let message = "the output would lie among the inputs, where it could replace one: name \
                           another output folder";
            return Err(Error::usage(message).in_file(path));
        }
        let mut hash = [0; 16];
        hash.copy_from_slice(&Sha256::digest(relative.as_os_str().as_encoded_bytes())[..16]);
        if !self.taken.insert(hash) {
            let message = format!(
                "another input has its output here already, so that `{input}` has no place: give \
                 the inputs to separate calls, or choose a format that writes one file"
            );
            return Err(Error::usage(message).in_file(path));
        }
        Output::create(&path)
    }

    /// Whether an output would lie in an argument, other than in an output folder inside it, which
    /// [`Walk::without_output`](super::Walk::without_output) keeps from being read.
    fn is_among_inputs(&self, output: &Path) -> bool {
        let (folder, output) = (real_path(&self.folder), real_path(output));
        self.roots.iter().filter_map(|root| root.real.as_ref()).any(|root| {
            let is_inside =
                |path: &Option<PathBuf>| path.as_ref().is_some_and(|path| path.starts_with(root));
            is_inside(&output) && !(is_inside(&folder) && folder.as_ref() != Some(root))
        })
    }

    /// Where below the folder the output of an input lies.
    fn place_of(&self, input: &str) -> Result<PathBuf> {
        if input == STANDARD {
            return Ok(format!("{FROM_STDIN}{}", self.endings.given).into());
        }
        let path = Path::new(input);
        let outside = || Error::usage("not one of the inputs of this call");
        let rest = |root: &Root| {
            // Documents carry paths as they are displayed, so the arguments are compared that way.
            let argument = root.argument.display().to_string();
            path.strip_prefix(&argument).ok().map(|rest| root.prefix.join(rest))
        };
        let mut relative = self.roots.iter().find_map(rest).ok_or_else(outside)?;
        if relative.as_os_str().is_empty() {
            relative = path.file_name().map(PathBuf::from).ok_or_else(outside)?;
        }
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(outside());
        }
        let name = relative.file_name().unwrap_or_default().to_string_lossy().into_owned();
        relative.set_file_name(output_name(&name, self.endings));
        Ok(relative)
    }
}

/// The name of the output for an input's name.
fn output_name(name: &str, endings: Endings) -> String {
    let plain = COMPRESSED.iter().find_map(|ending| strip_ending(name.as_bytes(), ending));
    let plain = plain.and_then(|stem| name.get(..stem.len())).filter(|stem| !stem.is_empty());
    let name = plain.unwrap_or(name);
    let mut kept = endings.kept.iter();
    let is_kept = kept.any(|end| strip_ending(name.as_bytes(), end).is_some());
    if is_kept { name.to_owned() } else { format!("{name}{}", endings.given) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(PathBuf::from).collect()
    }

    #[track_caller]
    fn place(arguments: &[&str], input: &str, expected: &str) {
        let tree = OutputTree::new(Path::new("out"), &paths(arguments));
        assert_eq!(tree.place_of(input).unwrap(), Path::new(expected));
    }

    #[test]
    fn outputs_mirror_the_inputs() {
        place(&["in"], "in/a/b.txt", "a/b.txt");
        place(&["in/"], "in/a.md.gz", "a.md");
        place(&["in"], "in/a.jsonl.gz", "a.jsonl.txt");
        for (input, expected) in
            [("a.html", "a.html.md"), ("a.txt", "a.txt.md"), ("a.md.gz", "a.md")]
        {
            assert_eq!(output_name(input, MARKDOWN), expected);
        }
        place(&["."], "./a/b.CSV", "a/b.CSV.txt");
        place(&[".."], "../a/b.txt", "a/b.txt");
        place(&["../../x/a.TXT"], "../../x/a.TXT", "a.TXT");
        place(&["/"], "/etc/a.txt", "etc/a.txt");
        place(&["-"], "-", "stdin.txt");
        place(&["in/.gz"], "in/.gz", ".gz.txt");
    }

    #[test]
    fn nothing_lands_outside_the_folder() {
        let tree = OutputTree::new(Path::new("out"), &paths(&["in"]));
        for input in ["in/../../a.txt", "elsewhere/a.txt", "/in/a.txt", "..", "in/..", ""] {
            assert_eq!(tree.place_of(input).unwrap_err().kind().name(), "usage", "{input}");
        }
    }

    #[test]
    fn several_folders_keep_their_names_and_collisions_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a", "b"] {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join("x.txt"), name).unwrap();
        }
        fs::write(at("x.txt"), "c").unwrap();
        let arguments = [at("a"), at("b"), at("x.txt"), at("a/x.txt")];
        let mut tree = OutputTree::new(&at("out/deep"), &arguments);
        for (input, text) in [("a/x.txt", "1"), ("b/x.txt", "2"), ("x.txt", "3")] {
            let mut output = tree.open(at(input).to_str().unwrap()).unwrap();
            output.put(text.as_bytes()).unwrap();
            output.finish().unwrap();
            assert_eq!(fs::read_to_string(at("out/deep").join(input)).unwrap(), text);
        }
        let error = tree.open(at("a/x.txt").to_str().unwrap()).unwrap_err();
        assert_eq!(error.kind().name(), "usage");
        assert_eq!(error.path(), Some(&*at("out/deep/a/x.txt")));
        assert_eq!(fs::read_to_string(at("out/deep/a/x.txt")).unwrap(), "1");
    }

    #[test]
    fn an_input_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("in")).unwrap();
        fs::write(at("in/a.txt"), "x").unwrap();
        fs::write(at("in/a.txt.gz"), "y").unwrap();
        let open = |output: &str, arguments: &[&str], input: &str| {
            let arguments: Vec<_> = arguments.iter().map(|name| at(name)).collect();
            let opened = OutputTree::new(&at(output), &arguments).open(at(input).to_str().unwrap());
            opened.map(drop).map_err(|error| error.kind().name())
        };
        assert_eq!(open("in/.", &["in"], "in/a.txt"), Err("usage"));
        assert_eq!(open("", &["in", "in/a.txt"], "in/a.txt"), Err("usage"));
        assert_eq!(open("in", &["in/a.txt.gz", "in/a.txt"], "in/a.txt.gz"), Err("usage"));
        assert_eq!(open("in", &["in/a.txt"], "in/a.txt"), Err("usage"));
        assert_eq!(open("in/out", &["in"], "in/a.txt"), Ok(()));
        assert_eq!(open("in/out", &["in", "in/out"], "in/a.txt"), Err("usage"));
        assert_eq!(open("out/in", &["in"], "in/a.txt"), Ok(()));
        assert_eq!(fs::read_to_string(at("in/a.txt")).unwrap(), "x");
    }

    #[test]
    fn a_folder_is_meant_by_a_slash_or_by_being_there() {
        let folder = tempfile::tempdir().unwrap();
        assert!(OutputTree::is_meant(folder.path()));
        assert!(OutputTree::is_meant(&folder.path().join("new/")));
        assert!(!OutputTree::is_meant(&folder.path().join("new")));
        assert!(!OutputTree::is_meant(Path::new("-")));
    }
}
