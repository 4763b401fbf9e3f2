//! What is told of one source.

use super::identity::Identity;
use super::rate::Rate;
use crate::credibility::catalogue::Signal;
use crate::label::Label;

/// One source over its articles.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceProfile {
    /// Which source.
    pub identity: Identity,
    /// Its articles in this run.
    pub articles: u64,
    /// How often it shows each signal that was tested and could be told, in the catalogue's order.
    pub signals: Vec<SignalRate>,
    /// Words of the articles' own paragraphs.
    pub own_words: u64,
    /// All words.
    pub words: u64,
    /// The notices it carries, each distinct text once, the most frequent first.
    pub notices: Vec<Repeated>,
    /// Whom its articles credit as their origin, and in how many, the most frequent first.
    pub origins: Vec<(String, u64)>,
    /// Other paragraphs that two of its articles or more hold, the most frequent first.
    pub templates: Vec<Repeated>,
}

/// A paragraph that articles of a source hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// Its label where it was seen first.
    pub label: Label,
    /// Articles that hold it; case, digits and punctuation do not matter.
    pub articles: u64,
    /// Its text where it was seen first, cut after 4,000 bytes.
    pub text: String,
}

/// How often a source shows a signal, beside the other sources of the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignalRate {
    /// The signal.
    pub signal: Signal,
    /// Articles that show it, of those of which it can be told.
    pub rate: Rate,
    /// The same over all articles of all other sources.
    pub others: Rate,
    /// Lowest, middle and highest rate of the sources with ten articles or more, this one among
    /// them; `None` where there are fewer than two of them.
    pub spread: Option<[f64; 3]>,
}

/// The rates of all sources for one signal.
#[derive(Debug, Clone, Default)]
pub struct Distribution {
    pooled: Rate,
    /// Of sources with enough articles.
    rates: Vec<f64>,
}

impl Distribution {
    /// Adds a source.
    pub(super) fn add(&mut self, rate: Rate) {
        self.pooled.add(rate);
        self.rates.extend(rate.value().filter(|_| !rate.is_of_too_few()));
    }

    /// To be called when all are added.
    pub(super) fn sort(&mut self) {
        self.rates.sort_by(f64::total_cmp);
    }

    /// A source beside the others, among which it was added.
    pub(super) fn beside(&self, signal: Signal, rate: Rate) -> SignalRate {
        let spread = match self.rates.as_slice() {
            [] | [_] => None,
            rates @ [lowest, .., highest] => Some([*lowest, median(rates), *highest]),
        };
        SignalRate { signal, rate, others: self.pooled.without(rate), spread }
    }
}

fn median(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { f64::midpoint(sorted[half - 1], sorted[half]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_stands_beside_all_others() {
        let rates = [(5, 10), (20, 20), (1, 4), (0, 10)].map(|(present, n)| Rate { present, n });
        let mut all = Distribution::default();
        rates.into_iter().for_each(|rate| all.add(rate));
        all.sort();
        let beside = all.beside(Signal::Byline, rates[1]);
        assert_eq!(beside.others, Rate { present: 6, n: 24 });
        // The one of four articles has no say.
        assert_eq!(beside.spread, Some([0.0, 0.5, 1.0]));
        let mut one = Distribution::default();
        one.add(rates[0]);
        assert_eq!(one.beside(Signal::Byline, rates[0]).spread, None);
    }
}
