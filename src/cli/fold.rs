//! Documents in, one result of all of them out: what `templates learn`, `credibility --by-source` and
//! `compare` have in common.

use std::path::Path;

use super::args::{Global, InputArgs};
use super::interrupt::flag_of_signals;
use super::items::{Items, Read, Totals};
use super::run::{Item, named_inputs, text_size};
use super::summary::Terms;
use super::tally::Tally;
use super::{Messages, Outcome};
use crate::document::Document;
use crate::error::Result;
use crate::pipeline::{self, End, Settings};
use crate::records::{Batch, Meter, Record, RecordError, Walk, WholeParts};

/// What was counted while documents were gathered.
pub struct Gathered {
    tally: Tally,
    totals: Totals,
}

impl Gathered {
    /// Says what is to be said when all is done.
    pub fn conclude(self, messages: &Messages) -> Outcome {
        self.tally.conclude(self.totals.left_out, messages)
    }
}

/// What is left of a document, or of what could not be read in its place.
struct Seen<T> {
    bytes: usize,
    result: Result<T, RecordError>,
    language: Option<&'static str>,
}

/// Works on every document on all threads and hands what is made of it to `gather`, in order. `work`
/// gives the language too where labels are but guesses for it. What could not be read is named and
/// counted. `output` is not read.
///
/// `None` if the run was interrupted: then nothing is to be written.
pub fn fold<T: Send>(
    input: &InputArgs,
    output: Option<&Path>,
    global: &Global,
    messages: &mut Messages,
    work: impl Fn(Document) -> (T, Option<&'static str>) + Sync,
    mut gather: impl FnMut(T),
) -> Result<Option<Gathered>> {
    let inputs = named_inputs(input)?;
    let walk = || output.into_iter().fold(Walk::new(inputs.clone()), Walk::without_output);
    let meter = Meter::default();
    messages.start_progress(meter.clone(), walk());
    let batch = Batch::new(walk(), input.read.options()).with_meter(&meter);
    let items = Items::new(batch, WholeParts::default());
    let totals = items.totals();
    let mut tally = Tally::new(Terms::Labelled);
    let see = |read: Read| {
        // Nothing is done before, so that there are items only.
        let Read::Item { record, .. } = read else { return None };
        let item: Item = record.and_then(Record::document);
        let bytes = text_size(&item);
        let (result, language) = match item.map(&work) {
            Ok((made, language)) => (Ok(made), language),
            Err(failed) => (Err(failed), None),
        };
        Some(Seen { bytes, result, language })
    };
    let settings = Settings { stop: flag_of_signals(), ..Settings::new(global.threads()) };
    let end = pipeline::run_until(items, &settings, Read::size, see, |seen| {
        let Some(Seen { bytes, result, language }) = seen else { return Ok(()) };
        tally.count(result.as_ref().err(), language, messages);
        messages.done(bytes);
        if let Ok(made) = result {
            gather(made);
        }
        Ok(())
    })?;
    messages.finish();
    if end == End::Stopped {
        messages.note("interrupted: nothing was written");
        return Ok(None);
    }
    Ok(Some(Gathered { tally, totals: totals() }))
}
