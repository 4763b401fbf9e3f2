//! The process with the Python tools, from our side. `python/worker.py` says what is said.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::pages::Page;
use crate::speed::Lap;
use crate::tools::Extraction;

/// A tool that the process offers.
#[derive(Debug, Clone, Deserialize)]
pub struct PythonTool {
    /// Its name.
    pub name: String,
    /// The version of its package.
    pub version: String,
    /// Whether it gets fewer rounds.
    pub slow: bool,
}

/// The running process. It ends when this is dropped.
pub struct Python {
    child: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    tools: Vec<PythonTool>,
}

#[derive(Deserialize)]
struct Greeting {
    tools: Vec<PythonTool>,
}

#[derive(Deserialize)]
struct Extracted {
    texts: Vec<Option<String>>,
    errors: Vec<Option<String>>,
}

#[derive(Deserialize)]
struct Loaded {
    bytes: usize,
}

fn fault(what: impl std::fmt::Display) -> Error {
    Error::Python { what: what.to_string() }
}

impl Python {
    /// Starts the process with an interpreter.
    pub fn start(interpreter: &Path) -> Result<Self> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/python/worker.py");
        let mut child = Command::new(interpreter)
            .args(["-I", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| fault(format_args!("{}: {error}", interpreter.display())))?;
        let orders = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().ok_or_else(|| fault("no output"))?);
        let mut python = Self { child, orders, answers, tools: Vec::new() };
        python.tools = python.answer::<Greeting>()?.tools;
        Ok(python)
    }

    /// The tools; their places are their numbers.
    pub fn tools(&self) -> &[PythonTool] {
        &self.tools
    }

    /// What each tool makes of a page. A page without text is an empty text.
    pub fn extract(&mut self, page: &Page) -> Result<Vec<Extraction>> {
        let found: Extracted = self.ask(&json!({ "extract": page.path }))?;
        let pair = |(text, error): (Option<String>, Option<String>)| match error {
            Some(error) => Err(error),
            None => Ok(text.unwrap_or_default()),
        };
        Ok(found.texts.into_iter().zip(found.errors).map(pair).collect())
    }

    /// Has pages read that are to be timed; gives their bytes.
    pub fn load(&mut self, pages: &[Page]) -> Result<usize> {
        let paths: Vec<_> = pages.iter().map(|page| &page.path).collect();
        Ok(self.ask::<Loaded>(&json!({ "load": paths }))?.bytes)
    }

    /// Times a tool on the pages loaded last.
    pub fn time(&mut self, tool: usize) -> Result<Lap> {
        self.ask(&json!({ "time": tool }))
    }

    fn ask<T: DeserializeOwned>(&mut self, order: &Value) -> Result<T> {
        let orders = self.orders.as_mut().ok_or_else(|| fault("no input"))?;
        writeln!(orders, "{order}").map_err(fault)?;
        self.answer()
    }

    fn answer<T: DeserializeOwned>(&mut self) -> Result<T> {
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(fault)?;
        if line.is_empty() {
            let status = self.child.wait().map_err(fault)?;
            return Err(fault(format_args!("the process ended ({status}); its message is above")));
        }
        serde_json::from_str(&line).map_err(fault)
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // Without orders the process ends by itself; there is nobody to tell if it does not.
        drop(self.orders.take());
        let _ = self.child.wait();
    }
}
