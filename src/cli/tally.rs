//! What is counted over a run, and what is said of it when all is done.

use std::collections::BTreeMap;
use std::time::Instant;

use super::filter::Refused;
use super::items::LeftOut;
use super::run::Rendered;
use super::summary::{Counts, Summary, Terms};
use super::{Messages, Outcome};
use crate::records::RecordError;

/// Counts of a run.
#[derive(Debug)]
pub struct Tally {
    /// Documents worked on, with those that failed or passed over.
    pub documents: u64,
    /// Documents that a run before this one had done.
    pub done_before: u64,
    /// Documents that could not be read, or had no place in the output.
    pub failed: u64,
    foreign: BTreeMap<&'static str, u64>,
    refused: Refused,
    terms: Terms,
    counts: Counts,
    bytes: u64,
    start: Instant,
}

impl Tally {
    /// Nothing yet; the time runs from now.
    pub fn new(terms: Terms) -> Self {
        Self {
            documents: 0,
            done_before: 0,
            failed: 0,
            foreign: BTreeMap::new(),
            refused: Refused::default(),
            terms,
            counts: Counts::default(),
            bytes: 0,
            start: Instant::now(),
        }
    }

    /// Counts an item, and names it where it failed.
    pub fn count(
        &mut self,
        failed: Option<&RecordError>,
        language: Option<&'static str>,
        messages: &Messages,
    ) {
        self.documents += 1;
        if let Some(failed) = failed {
            self.failed += 1;
            messages.error(&failed.to_string());
        }
        if let Some(language) = language {
            *self.foreign.entry(language).or_default() += 1;
        }
    }

    /// Counts what was made of an item of so many bytes.
    pub fn count_rendered(&mut self, rendered: &Rendered, bytes: usize) {
        self.bytes += bytes as u64;
        self.counts.add(&rendered.counts);
        if let Some(refusal) = rendered.refusal {
            self.refused.count(refusal);
        }
    }

    /// Says what is to be said when all is done.
    pub fn conclude(&self, left_out: LeftOut, messages: &Messages) -> Outcome {
        if !self.foreign.is_empty() {
            let languages: Vec<&str> = self.foreign.keys().copied().collect();
            let count: u64 = self.foreign.values().sum();
            messages.warning(&format!(
                "{count} of {} documents not in English ({}): the model of text knows English only, \
                 take their labels as guesses",
                self.documents - self.refused.total(),
                languages.join(", ")
            ));
        }
        let LeftOut { skipped, passed_over } = left_out;
        if skipped.total() > 0 {
            messages.note(&skipped.to_string());
        }
        if passed_over.total() > 0 {
            messages.note(&passed_over.to_string());
        }
        if self.refused.total() > 0 {
            messages.note(&self.refused.to_string());
        }
        let all = self.documents + self.done_before;
        if self.failed > 0 {
            messages.note(&format!("{} of {all} documents failed", self.failed));
        }
        if self.failed == 0 { Outcome::AllDone } else { Outcome::SomeFailed }
    }

    /// Says what the run did, where it was over more than one document.
    pub fn say_summary(&self, messages: &Messages) {
        if self.documents + self.done_before <= 1 {
            return;
        }
        let summary = Summary {
            terms: self.terms,
            documents: self.documents,
            done_before: self.done_before,
            counts: self.counts,
            bytes: self.bytes,
            time: self.start.elapsed(),
        };
        for line in summary.lines(Messages::SUMMARY.len() + 2) {
            messages.summary(&line);
        }
    }
}
