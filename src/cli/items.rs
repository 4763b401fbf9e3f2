//! What a run reads: documents in order, with their numbers.
//!
//! In: the walk over the inputs, and which documents are done already. Out: [`Read`]s, of which the
//! documents are made where they are worked on, and, once all is read, what the inputs held.

use std::sync::{Arc, Mutex, PoisonError};

use crate::records::{Batch, PassedOver, Record, RecordError, Skipped, WholeParts};

/// Documents that are done already are passed in steps of so many, so that progress shows and a run
/// can be interrupted there too.
const STEP: u64 = 1000;

/// What of the inputs held no document that was read.
#[derive(Debug, Clone, Copy, Default)]
pub struct LeftOut {
    /// Files.
    pub skipped: Skipped,
    /// Records.
    pub passed_over: PassedOver,
}

impl From<&Batch> for LeftOut {
    fn from(batch: &Batch) -> Self {
        Self { skipped: batch.skipped(), passed_over: batch.passed_over() }
    }
}

/// One thing that was read.
pub enum Read {
    /// So many documents that are done already.
    Done(u64),
    /// A document, or what could not be read in its place.
    Item {
        /// Its number in the inputs, counted from 0.
        number: u64,
        /// What was read.
        record: Result<Record, RecordError>,
    },
    /// A document that is done already, but failed, which is to be said again.
    Failed {
        /// Its number in the inputs, counted from 0.
        number: u64,
        /// What failed.
        error: RecordError,
    },
}

impl Read {
    /// Bytes in memory, about.
    pub fn size(&self) -> usize {
        match self {
            Self::Item { record: Ok(record), .. } => record.size(),
            _ => 0,
        }
    }
}

/// What the inputs held.
#[derive(Debug, Clone, Copy, Default)]
pub struct Totals {
    /// Documents, with those that could not be read.
    pub documents: u64,
    /// What was left out.
    pub left_out: LeftOut,
}

/// The items of a batch.
pub struct Items {
    batch: Batch,
    done: WholeParts,
    /// The number of the next document.
    next: u64,
    /// Documents passed that are not told yet.
    passed: u64,
    totals: Arc<Mutex<Totals>>,
}

impl Items {
    /// All items but those that are done.
    pub fn new(batch: Batch, done: WholeParts) -> Self {
        Self { batch, done, next: 0, passed: 0, totals: Arc::default() }
    }

    /// Where the totals stand once all is read.
    pub fn totals(&self) -> impl Fn() -> Totals + use<> {
        let totals = Arc::clone(&self.totals);
        move || *totals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Iterator for Items {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        loop {
            let is_done = self.done.hold(self.next);
            if self.passed == STEP || (self.passed > 0 && !is_done) {
                return Some(Read::Done(std::mem::take(&mut self.passed)));
            }
            let Some(record) = self.batch.next_record() else {
                let left_out = LeftOut::from(&self.batch);
                let totals = Totals { documents: self.next, left_out };
                *self.totals.lock().unwrap_or_else(PoisonError::into_inner) = totals;
                let passed = std::mem::take(&mut self.passed);
                return (passed > 0).then_some(Read::Done(passed));
            };
            let number = self.next;
            self.next += 1;
            if !is_done {
                return Some(Read::Item { number, record });
            }
            match record.and_then(Record::document) {
                Ok(_) => self.passed += 1,
                Err(error) => return Some(Read::Failed { number, error }),
            }
        }
    }
}
