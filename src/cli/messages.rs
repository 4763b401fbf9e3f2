//! What goes to standard error: errors, warnings, notes and the progress bar.

use std::io::{IsTerminal as _, Write as _};

use anstyle::{AnsiColor, Effects, Style};

use super::progress::Progress;
use crate::records::{Meter, Walk};
use crate::report::one_line;

/// Standard error.
pub struct Messages {
    quiet: bool,
    progress: Option<Progress>,
}

impl Messages {
    /// What stands before the lines of a summary.
    pub const SUMMARY: &'static str = "done";

    /// Messages without a progress bar.
    pub fn new(quiet: bool) -> Self {
        Self { quiet, progress: None }
    }

    /// Lets long work show a bar, where standard error is a terminal. `meter` counts what is read of
    /// the inputs of `walk`.
    pub fn start_progress(&mut self, meter: Meter, walk: Walk) {
        if !self.quiet && std::io::stderr().is_terminal() {
            self.progress = Some(Progress::new(meter, walk));
        }
    }

    /// One more document is done.
    pub fn done(&mut self, bytes: usize) {
        if let Some(progress) = &mut self.progress {
            progress.add(bytes);
        }
    }

    /// So many more documents need not be done.
    pub fn passed(&mut self, documents: u64) {
        if let Some(progress) = &mut self.progress {
            progress.pass(documents);
        }
    }

    /// Takes the bar away.
    pub fn finish(&mut self) {
        if let Some(progress) = self.progress.take() {
            progress.finish();
        }
    }

    /// Something went wrong; shown even with `--quiet`.
    pub fn error(&self, message: &str) {
        self.line("error", AnsiColor::Red, message);
    }

    /// Something that the user should know.
    pub fn warning(&self, message: &str) {
        if !self.quiet {
            self.line("warning", AnsiColor::Yellow, message);
        }
    }

    /// Something that the user may want to know.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.line("note", AnsiColor::Cyan, message);
        }
    }

    /// What was done, in a line of a summary.
    pub fn summary(&self, message: &str) {
        if !self.quiet {
            self.line(Self::SUMMARY, AnsiColor::Green, message);
        }
    }

    fn line(&self, kind: &str, colour: AnsiColor, message: &str) {
        let style = Style::new().fg_color(Some(colour.into())).effects(Effects::BOLD);
        let message = one_line(message);
        let write = || {
            // Nothing can be said if standard error is gone.
            let _ = writeln!(anstream::stderr(), "{style}{kind}:{style:#} {message}");
        };
        match &self.progress {
            Some(progress) => progress.suspend(write),
            None => write(),
        }
    }
}
