//! What the files of derived numbers have in common: values as bytes, labels as bytes, errors.

use crate::error::{Error, ErrorKind, Result};
use crate::label::Label;

/// Values farther from the column's mean than so many standard deviations are cut off; the model
/// itself cuts at [`crate::model::CLIP`].
const CUT: f64 = 6.0;
/// Largest magnitude of a stored byte.
const LIMIT: f64 = 127.0;

/// The step of a column: its largest magnitude, extremes cut off, is 127 steps.
pub(in crate::train) fn step(values: impl Iterator<Item = f32> + Clone) -> f64 {
    let n = values.clone().count().max(1) as f64;
    let mean = values.clone().map(f64::from).sum::<f64>() / n;
    let squares: f64 = values.clone().map(|x| (f64::from(x) - mean).powi(2)).sum();
    let largest = values.map(|x| f64::from(x.abs())).fold(0.0, f64::max);
    let limit = mean.abs() + CUT * (squares / n).sqrt();
    // Six decimals are enough, and look the same in every file.
    let step = largest.min(limit) / LIMIT;
    if largest <= limit { step } else { (step * 1e6).ceil() / 1e6 }
}

pub(in crate::train) fn quantised(value: f32, step: f64) -> i8 {
    if step > 0.0 { (f64::from(value) / step).round().clamp(-LIMIT, LIMIT) as i8 } else { 0 }
}

pub(in crate::train) fn unusable(expected: impl Into<String>, found: impl Into<String>) -> Error {
    ErrorKind::Model {
        what: "file of derived rows",
        expected: expected.into(),
        found: found.into(),
    }
    .into()
}

/// The label of a byte of the file.
pub(in crate::train) fn label(byte: u8) -> Result<Option<Label>> {
    if byte == label_byte(None) {
        return Ok(None);
    }
    let label = Label::ALL.get(usize::from(byte)).copied();
    label.map(Some).ok_or_else(|| unusable("a label's number", byte.to_string()))
}

/// A label's number in the file; 255 for none.
pub(in crate::train) fn label_byte(label: Option<Label>) -> u8 {
    label.map_or(u8::MAX, |label| label.index() as u8)
}
