//! What goes to standard error: errors, warnings, notes and the progress bar.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Effects, Style};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::report::one_line;

/// Work shorter than this shows no progress bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn anew.
const REDRAW: Duration = Duration::from_millis(100);

/// Standard error.
pub struct Messages {
    quiet: bool,
    progress: Option<Progress>,
}

struct Progress {
    bar: ProgressBar,
    start: Instant,
    drawn: Option<Instant>,
    documents: u64,
    bytes: u64,
}

impl Messages {
    /// Messages without a progress bar.
    pub fn new(quiet: bool) -> Self {
        Self { quiet, progress: None }
    }

    /// Lets long work show a bar, where standard error is a terminal.
    pub fn start_progress(&mut self) {
        if !self.quiet && std::io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            bar.set_style(
                ProgressStyle::with_template("{spinner} {msg}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            let start = Instant::now();
            self.progress = Some(Progress { bar, start, drawn: None, documents: 0, bytes: 0 });
        }
    }

    /// One more document is done.
    pub fn done(&mut self, bytes: usize) {
        if let Some(progress) = &mut self.progress {
            progress.add(bytes);
        }
    }

    /// Takes the bar away.
    pub fn finish(&mut self) {
        if let Some(progress) = self.progress.take() {
            progress.bar.finish_and_clear();
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

    fn line(&self, kind: &str, colour: AnsiColor, message: &str) {
        let style = Style::new().fg_color(Some(colour.into())).effects(Effects::BOLD);
        let message = one_line(message);
        let write = || {
            // Nothing can be said if standard error is gone.
            let _ = writeln!(anstream::stderr(), "{style}{kind}:{style:#} {message}");
        };
        match &self.progress {
            Some(progress) => progress.bar.suspend(write),
            None => write(),
        }
    }
}

impl Progress {
    fn add(&mut self, bytes: usize) {
        self.documents += 1;
        self.bytes += bytes as u64;
        let now = Instant::now();
        match self.drawn {
            None if now - self.start < PATIENCE => return,
            None => self.bar.set_draw_target(ProgressDrawTarget::stderr()),
            Some(drawn) if now - drawn < REDRAW => return,
            Some(_) => {}
        }
        self.drawn = Some(now);
        let seconds = (now - self.start).as_secs_f64();
        let speed = self.bytes as f64 / seconds;
        self.bar.set_message(format!(
            "{} documents, {}, {}/s",
            HumanCount(self.documents),
            HumanBytes(self.bytes),
            HumanBytes(speed as u64)
        ));
        self.bar.tick();
    }
}
