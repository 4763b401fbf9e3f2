//! What is found in one article.

use super::catalogue::{Group, Signal, Standing};
use super::finding::{Finding, State};
use super::quotes::Quotation;
use super::reading::Reading;
use super::signals;

/// Which signals are tested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Those too that have not been shown to be right nine times in ten.
    pub experimental: bool,
    /// Media that the user holds to be a state's, as articles write them; see
    /// [`Signal::SoleStateOutlet`].
    pub state_media: Vec<String>,
}

/// The findings in one article, free of the article itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleReport {
    /// One for each signal tested, in the catalogue's order.
    pub findings: Vec<Finding>,
    /// The quotations, in reading order.
    pub quotations: Vec<Quotation>,
}

/// How many signals of a group were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupCount {
    /// Signals tested that apply.
    pub applicable: usize,
    /// Those present.
    pub present: usize,
    /// Those that the input cannot show.
    pub unknown: usize,
}

impl ArticleReport {
    /// Tests the signals on an article.
    #[must_use]
    pub fn new(reading: &Reading<'_>, options: &Options) -> Self {
        let is_wanted = |signal: Signal| {
            let entry = signal.entry();
            entry.group != Group::Across
                && (options.experimental || entry.standing == Standing::Firm)
        };
        let findings = Signal::ALL
            .into_iter()
            .filter(|&signal| is_wanted(signal))
            .filter_map(|signal| signals::test(signal, reading, &options.state_media))
            .collect();
        Self { findings, quotations: reading.quotations.clone() }
    }

    /// What was found of a signal; `None` if it was not tested.
    #[must_use]
    pub fn finding(&self, signal: Signal) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.signal == signal)
    }

    /// The only number that sums signals up: how many of a group were found.
    #[must_use]
    pub fn count(&self, group: Group) -> GroupCount {
        let of_group = self.findings.iter().filter(|f| f.signal.entry().group == group);
        let mut count = GroupCount::default();
        for finding in of_group.filter(|finding| finding.state != State::NotApplicable) {
            count.applicable += 1;
            count.present += usize::from(finding.state == State::Present);
            count.unknown += usize::from(finding.state == State::Unknown);
        }
        count
    }
}
