//! A folder of one test's own, and calls of the program in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::model;

/// An article of five lines: heading, body, share_prompt, body, copyright.
pub const ARTICLE: &str = "\
Ferry to stay for two more years
The council voted on Monday to keep the ferry running until the spring of next year, the mayor said.
Share on Facebook
Nobody on the island had expected that the vote would be this close, a member of the council said later.
All rights reserved
";

/// The kept lines of [`ARTICLE`].
pub const CLEAN: &str = "\
Ferry to stay for two more years
The council voted on Monday to keep the ferry running until the spring of next year, the mayor said.
Nobody on the island had expected that the vote would be this close, a member of the council said later.
";

/// A folder that goes when the test ends; `tiny.model` in it is the tests' model.
pub struct Workdir(tempfile::TempDir);

/// What a call left behind.
pub struct Done {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Workdir {
    pub fn new() -> Self {
        let dir = Self(tempfile::tempdir().unwrap());
        dir.write("tiny.model", model::json());
        dir
    }

    /// With [`ARTICLE`] as `ferry.txt`.
    pub fn with_article() -> Self {
        let dir = Self::new();
        dir.write("ferry.txt", ARTICLE);
        dir
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The files below the folder, but for the model, in order.
    pub fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, root, found);
                } else {
                    found.push(path.strip_prefix(root).unwrap().display().to_string());
                }
            }
        }
        let mut found = Vec::new();
        walk(self.0.path(), self.0.path(), &mut found);
        found.retain(|name| name != "tiny.model");
        found.sort();
        found
    }

    /// The program in this folder, with the tests' model and nothing of the caller's terminal.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = self.bare_command(args);
        command.args(["--model", "tiny.model"]);
        command
    }

    /// The same with the embedded model.
    pub fn bare_command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_smallprint"));
        command.args(args).current_dir(self.0.path());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        command
    }

    /// Calls with nothing on standard input.
    pub fn run(&self, args: &[&str]) -> Done {
        self.run_with(self.command(args), b"")
    }

    /// Calls with bytes on standard input.
    pub fn pipe(&self, args: &[&str], input: impl AsRef<[u8]>) -> Done {
        self.run_with(self.command(args), input.as_ref())
    }

    pub fn run_with(&self, mut command: Command, input: &[u8]) -> Done {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let output = std::thread::scope(|scope| {
            // The program may end without reading everything.
            scope.spawn(move || drop(stdin.write_all(input)));
            child.wait_with_output().unwrap()
        });
        output.into()
    }

    /// Calls, expects exit code 0 and at most a summary on standard error, and gives standard output.
    #[track_caller]
    pub fn stdout(&self, args: &[&str]) -> String {
        self.run(args).ok()
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Done {
    /// Standard output of a call that went well and had nothing to say but its summary.
    #[track_caller]
    pub fn ok(self) -> String {
        let said: Vec<&str> =
            self.stderr.lines().filter(|line| !line.starts_with("done: ")).collect();
        assert_eq!((self.code, said), (Some(0), vec![]), "{}", self.stdout);
        self.stdout
    }

    /// Expects an exit code and that standard error holds every one of `parts`.
    #[track_caller]
    pub fn fails(self, code: i32, parts: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        for part in parts {
            assert!(self.stderr.contains(part), "no `{part}` in: {}", self.stderr);
        }
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    /// Standard output as one JSON value a line.
    #[track_caller]
    pub fn lines(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Compares texts line by line and shows the first difference.
#[track_caller]
pub fn assert_text(found: &str, expected: &str) {
    if found == expected {
        return;
    }
    let place = found.lines().zip(expected.lines()).position(|(a, b)| a != b);
    let place = place.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
    panic!(
        "texts differ at line {}\n   found: {:?}\nexpected: {:?}\n--- found\n{found}\n--- expected\n\
         {expected}",
        place + 1,
        found.lines().nth(place),
        expected.lines().nth(place)
    );
}
