//! The progress bar: documents, rate, and the time left where the inputs have a size.
//!
//! In: what is done, and a meter of what is read. Out: a line on standard error.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use indicatif::{
    DecimalBytes, FormattedDuration, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle,
};

use crate::records::{InputSize, Meter, Walk};

/// Work shorter than this shows no progress bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn anew.
const REDRAW: Duration = Duration::from_millis(100);

/// A bar that shows once the work takes long.
pub struct Progress {
    bar: ProgressBar,
    start: Instant,
    drawn: Option<Instant>,
    done: Amount,
    /// Documents that an earlier run had done.
    passed: u64,
    meter: Meter,
    /// Bytes of all inputs, once they have been looked at; `None` in it where they have no size.
    all: Arc<OnceLock<Option<InputSize>>>,
    /// When the first document was done, and how much had been read: from then on the work is even.
    first: Option<(Instant, u64)>,
}

/// What is done.
#[derive(Debug, Clone, Copy, Default)]
struct Amount {
    documents: u64,
    bytes: u64,
}

impl Progress {
    /// A bar for work that begins now. `meter` counts what is read of the inputs of `walk`.
    pub fn new(meter: Meter, walk: Walk) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        let all = Arc::<OnceLock<_>>::default();
        // A large folder takes long to look at; meanwhile there is no time left to be shown.
        std::thread::spawn({
            let all = Arc::clone(&all);
            move || all.get_or_init(|| InputSize::of(walk)).is_some()
        });
        let (done, drawn, passed, first) = Default::default();
        Self { bar, start: Instant::now(), drawn, done, passed, meter, all, first }
    }

    /// One more document is done.
    pub fn add(&mut self, bytes: usize) {
        self.first.get_or_insert_with(|| (Instant::now(), self.meter.bytes()));
        self.done.documents += 1;
        self.done.bytes += bytes as u64;
        self.draw();
    }

    /// So many more documents need not be done.
    pub fn pass(&mut self, documents: u64) {
        self.passed += documents;
        self.draw();
    }

    /// Writes something above the bar.
    pub fn suspend(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn draw(&mut self) {
        let now = Instant::now();
        match self.drawn {
            None if now - self.start < PATIENCE => return,
            None => self.bar.set_draw_target(ProgressDrawTarget::stderr()),
            Some(drawn) if now - drawn < REDRAW => return,
            Some(_) => {}
        }
        self.drawn = Some(now);
        self.bar.set_message(self.message(now));
        self.bar.tick();
    }

    fn message(&self, now: Instant) -> String {
        let Amount { documents, bytes } = self.done;
        let mut message = format!("{} documents", HumanCount(documents + self.passed));
        let Some((first, read_before)) = self.first else { return message };
        let time = now - first;
        let speed = bytes as f64 / time.as_secs_f64().max(f64::EPSILON);
        message += &format!(", {}/s", DecimalBytes(speed as u64));
        let all = self.all.get().copied().flatten().map_or(0, |all| all.bytes);
        if let Some(left) = time_left(time, read_before, self.meter.bytes(), all) {
            message += &format!(", {} left", FormattedDuration(left));
        }
        message
    }
}

/// The time that the rest takes if it goes on as in `time`, in which the bytes read went from
/// `before` to `now` of `all`; `None` where nobody can tell.
fn time_left(time: Duration, before: u64, now: u64, all: u64) -> Option<Duration> {
    let read = now.checked_sub(before).filter(|&read| read > 0)?;
    let rest = all.checked_sub(now).filter(|_| all > 0)?;
    Duration::try_from_secs_f64(time.as_secs_f64() * rest as f64 / read as f64).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_that_of_the_rest_at_the_rate_so_far() {
        let seconds = Duration::from_secs;
        assert_eq!(time_left(seconds(10), 0, 25, 100), Some(seconds(30)));
        // The first half was done by an earlier run, and passed in no time.
        assert_eq!(time_left(seconds(10), 50, 75, 100), Some(seconds(10)));
        assert_eq!(time_left(seconds(10), 0, 100, 100), Some(seconds(0)));
        for (before, now, all) in [(0, 0, 100), (50, 50, 100), (0, 50, 0), (0, 101, 100)] {
            assert_eq!(time_left(seconds(10), before, now, all), None);
        }
    }
}
