//! Every tool on the same bytes, in rounds: in each round each tool reads all pages once, one after
//! the other on this thread, and only processor time of the thread counts. Before the rounds comes a
//! lap that does not count: the first is slower, by tables that are built at first use, pages of
//! memory that the system hands out, and caches.
//!
//! A machine that other work slows down slows neighbouring laps alike, so a tool's ratio to the unit
//! is taken within each round, and the median of these is given.

use std::hint::black_box;

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::pages::Page;
use crate::python::Python;
use crate::tools::{Call, Tool, UNIT, guarded};

/// A tool over all pages, once.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Lap {
    /// Processor time of its thread.
    pub seconds: f64,
    /// Something that depends on all its results: bytes of text, nodes; characters in Python.
    pub answer: usize,
}

/// How fast a tool is on a set.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Speed {
    /// Bytes of HTML in a lap.
    pub bytes: usize,
    /// Megabytes (10^6 bytes) of HTML a second: the median of the rounds.
    pub megabytes_a_second: f64,
    /// The unit's time over the tool's in the same round: the median of the rounds. None if the
    /// unit is left out.
    pub ratio: Option<f64>,
    /// The smallest and the greatest of these ratios.
    pub ratio_range: Option<(f64, f64)>,
    /// Processor seconds of each round.
    pub seconds: Vec<f64>,
    /// Whether its answer was the same in all rounds.
    pub steady: bool,
}

/// How many rounds the tools get.
#[derive(Debug, Clone, Copy)]
pub struct Rounds {
    /// Fast ones.
    pub fast: usize,
    /// Slow ones.
    pub slow: usize,
}

/// Times every tool on all `pages`. The result stands in the places of `tools`.
pub fn measure(
    pages: &[Page],
    tools: &[Tool],
    mut python: Option<&mut Python>,
    rounds: Rounds,
) -> Result<Vec<Speed>> {
    let sources: Vec<String> = pages.iter().map(Page::source).collect::<Result<_>>()?;
    let bytes = sources.iter().map(String::len).sum();
    if let Some(python) = python.as_deref_mut() {
        let loaded = python.load(pages)?;
        if loaded != bytes {
            let what = format!("it read {loaded} bytes of pages, expected {bytes}");
            return Err(Error::Python { what });
        }
    }
    let mut laps: Vec<Vec<Lap>> = vec![Vec::new(); tools.len()];
    eprintln!("  speed: warm-up");
    for tool in tools.iter().filter(|tool| !tool.slow || rounds.slow > 0) {
        time(tool, &sources, python.as_deref_mut())?;
    }
    for round in 0..rounds.fast {
        eprintln!("  speed: round {} of {}", round + 1, rounds.fast);
        for (tool, laps) in tools.iter().zip(&mut laps) {
            if tool.slow && round >= rounds.slow {
                continue;
            }
            laps.extend(time(tool, &sources, python.as_deref_mut())?);
        }
    }
    let unit = tools.iter().position(|tool| tool.name == UNIT).map(|at| laps[at].clone());
    Ok(laps.iter().map(|laps| speed(bytes, laps, unit.as_deref())).collect())
}

/// A tool on all pages, once; `None` for one in Python where there is none.
fn time(tool: &Tool, sources: &[String], python: Option<&mut Python>) -> Result<Option<Lap>> {
    Ok(match tool.call {
        Call::Extract(extract) => Some(lap(sources, |source| {
            let text = guarded(|| extract(source)).and_then(|text| text);
            text.map_or(0, |text| text.len())
        })),
        Call::Parse(parse) => Some(lap(sources, |source| guarded(|| parse(source)).unwrap_or(0))),
        Call::Python(number) => python.map(|python| python.time(number)).transpose()?,
    })
}

/// All pages once. `read` includes whatever a tool does to give its memory back.
fn lap(sources: &[String], read: impl Fn(&str) -> usize) -> Lap {
    let mut answer = 0;
    let started = ThreadTime::now();
    for source in sources {
        answer += black_box(read(black_box(source)));
    }
    Lap { seconds: started.elapsed().as_secs_f64(), answer }
}

fn speed(bytes: usize, laps: &[Lap], unit: Option<&[Lap]>) -> Speed {
    let seconds: Vec<f64> = laps.iter().map(|lap| lap.seconds).collect();
    let pairs = unit.unwrap_or_default().iter().zip(laps);
    let mut ratios: Vec<f64> = pairs.map(|(unit, lap)| unit.seconds / lap.seconds).collect();
    ratios.sort_by(f64::total_cmp);
    Speed {
        bytes,
        megabytes_a_second: bytes as f64 / 1e6 / median(seconds.clone()),
        ratio_range: ratios.first().copied().zip(ratios.last().copied()),
        ratio: (!ratios.is_empty()).then(|| median(ratios)),
        seconds,
        steady: laps.windows(2).all(|pair| pair[0].answer == pair[1].answer),
    }
}

/// The middle of some values, or the mean of the two in the middle; not a number if there are none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_within_rounds() {
        let laps = |seconds: &[f64]| -> Vec<Lap> {
            seconds.iter().map(|&seconds| Lap { seconds, answer: 7 }).collect()
        };
        // The machine is twice as slow in the second round, for both; the third is the unit's only.
        let found = speed(6_000_000, &laps(&[2.0, 4.0]), Some(&laps(&[1.0, 2.0, 9.0])));
        assert_eq!((found.ratio, found.megabytes_a_second), (Some(0.5), 2.0));
        assert!(found.steady && found.ratio_range == Some((0.5, 0.5)));
        let mut unsteady = laps(&[1.0, 1.0]);
        unsteady[1].answer = 8;
        let found = speed(1, &unsteady, None);
        assert!(!found.steady && found.ratio.is_none());
    }

    #[test]
    fn medians_are_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 9.0]), 3.0);
        assert!(median(Vec::new()).is_nan());
    }
}
