//! [`Figure`]: a measured value with its interval. Where a value is undefined (nothing to divide
//! by) it is `None`, never NaN and never a silent 0.

use serde::Serialize;

use super::bootstrap::Interval;

/// A measured value with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// The value; `None` where it is undefined.
    pub value: Option<f64>,
    /// Lower end of the interval; `None` where there is no interval.
    pub low: Option<f64>,
    /// Upper end of the interval; `None` where there is no interval.
    pub high: Option<f64>,
}

impl Figure {
    pub(crate) fn new(value: Option<f64>, interval: Option<Interval>) -> Self {
        let interval = value.and(interval);
        Self { value, low: interval.map(|i| i.low), high: interval.map(|i| i.high) }
    }
}

/// `part / whole`; `None` where `whole` is 0.
pub(crate) fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
