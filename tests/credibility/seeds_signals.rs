//! The signals of the four seed articles, where the shared data are at hand: the notices that an
//! editor found in them, by document, paragraph, bytes and hash of the words. No words stand here.

use smallprint::Classifier;
use smallprint::credibility::{ArticleReport, Options, Reading, Signal, Standing, State};

use crate::seeds::{SEEDS, hash, seeds};

/// A document's signal: paragraph, bytes, and the first 16 digits of the SHA-256 of the words.
type Row = (usize, Signal, usize, usize, usize, &'static str);

/// What must be found.
const ROWS: &[Row] = &[
    (1, Signal::Republication, 15, 0, 25, "3d1c0002c119d41f"),
    (1, Signal::Republication, 16, 210, 451, "1d0efe757de98728"),
    (1, Signal::Contact, 16, 566, 584, "8aa8d117730465bf"),
    (1, Signal::Contact, 18, 21, 39, "8aa8d117730465bf"),
    (1, Signal::ResponsibilityDisclaimer, 16, 0, 85, "1c0a2eb820cb285f"),
    (1, Signal::FairUseNotice, 17, 0, 598, "227afbb2882543b7"),
    (1, Signal::SharePrompts, 2, 0, 81, "ac246b8f610d3142"),
    (1, Signal::SharePrompts, 3, 0, 117, "5af1db26f5e19c51"),
    (1, Signal::SharePrompts, 13, 0, 172, "e8b2ea78023d4c63"),
    (2, Signal::UserGenerated, 9, 0, 23, "42e883167fe8934b"),
    (2, Signal::UserGenerated, 10, 0, 13, "3b43fb1323e91009"),
    (2, Signal::UserGenerated, 11, 0, 41, "db5d4d2bddabafd1"),
    (3, Signal::SharePrompts, 17, 0, 89, "134893d36ba4564e"),
];

/// Signals of which nothing may be found.
const ABSENT: &[(usize, &[Signal])] = &[
    (0, &[Signal::Byline, Signal::Date, Signal::Republication, Signal::UserGenerated]),
    (0, &[Signal::ResponsibilityDisclaimer, Signal::FairUseNotice, Signal::Contact]),
    (0, &[Signal::Correction, Signal::SharePrompts, Signal::BoilerplateShare]),
    (1, &[Signal::Byline, Signal::Date, Signal::AgencyCredit, Signal::UserGenerated]),
    (2, &[Signal::ResponsibilityDisclaimer, Signal::FairUseNotice, Signal::Republication]),
    (2, &[Signal::Date, Signal::Byline, Signal::Contact]),
    (3, &[Signal::Shouting, Signal::Date, Signal::ResponsibilityDisclaimer]),
];

fn reports() -> Option<Vec<ArticleReport>> {
    let classifier = Classifier::embedded();
    let reports = seeds("signals")?.into_iter().map(|document| {
        let verdict = classifier.classify(document);
        ArticleReport::new(
            &Reading::new(document, &verdict),
            &Options { experimental: true, ..Options::default() },
        )
    });
    Some(reports.collect())
}

#[test]
fn notices_of_the_seeds_are_found_where_they_stand() {
    let Some(reports) = reports() else { return };
    for &(document, signal, paragraph, start, end, expected) in ROWS {
        assert_eq!(signal.entry().standing, Standing::Firm, "{}", signal.id());
        let finding = reports[document].finding(signal).unwrap();
        let here = finding.evidence.iter().any(|e| {
            e.passage.is_some_and(|p| {
                (p.paragraph, p.within.start, p.within.end) == (paragraph, start, end)
            }) && hash(&e.text) == expected
        });
        assert!(here, "{} in paragraph {paragraph} of {}", signal.id(), SEEDS[document]);
    }
}

#[test]
fn what_the_seeds_do_not_have_is_not_found() {
    let Some(reports) = reports() else { return };
    for &(document, signals) in ABSENT {
        for &signal in signals {
            let state = reports[document].finding(signal).unwrap().state;
            assert_eq!(state, State::Absent, "{} of {}", signal.id(), SEEDS[document]);
        }
    }
}

#[test]
fn the_seeds_hold_the_boilerplate_that_was_counted() {
    let Some(reports) = reports() else { return };
    // Counted by hand; the classifier may take one line of a notice for prose.
    for (document, counted) in [(1, 0.63), (2, 0.05), (3, 0.03)] {
        let finding = reports[document].finding(Signal::BoilerplateShare).unwrap();
        let share: f64 = finding.evidence[0].value.as_deref().unwrap().parse().unwrap();
        assert!((share - counted).abs() < 0.07, "{share} of {}", SEEDS[document]);
    }
}

#[test]
fn prompts_that_repeat_are_said_to() {
    let Some(reports) = reports() else { return };
    let prompts = &reports[1].finding(Signal::SharePrompts).unwrap().evidence;
    assert_eq!(prompts[2].value.as_deref(), Some("repeats paragraph 3"));
}
