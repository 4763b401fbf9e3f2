//! Q1 attributed quotations, Q2 orphan quotations, Q5 named speakers: all read from
//! [`Reading::quotations`].

use std::collections::BTreeSet;

use super::phrases::Words;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::quotes::Quotation;
use crate::credibility::reading::Reading;

/// Shorter quotations without a speaker are titles and words held at a distance.
const ORPHAN_WORDS: usize = 4;

/// Q1: quotations whose speaker is said; the value is the speaker.
pub(super) fn attributed(reading: &Reading<'_>) -> Finding {
    let spoken = reading.quotations.iter().filter_map(|quotation| {
        quotation.speaker.as_ref().map(|speaker| (quotation, speaker.name.as_str()))
    });
    let found =
        spoken.flat_map(|(quotation, name)| parts(reading, quotation, Some(name))).collect();
    Finding::of(Signal::AttributedQuotation, found)
}

/// Q2: quotations of four words or more for whom nobody is named.
pub(super) fn orphans(reading: &Reading<'_>) -> Finding {
    let is_orphan = |q: &&Quotation| q.speaker.is_none() && q.words >= ORPHAN_WORDS;
    let orphans = reading.quotations.iter().filter(is_orphan);
    Finding::of(Signal::OrphanQuotation, orphans.flat_map(|q| parts(reading, q, None)).collect())
}

fn parts<'r>(
    reading: &'r Reading<'_>,
    quotation: &'r Quotation,
    value: Option<&'r str>,
) -> impl Iterator<Item = Evidence> + 'r {
    quotation.parts.iter().map(move |&part| reading.evidence(part, value.map(str::to_owned)))
}

/// Q5: the persons with names who are quoted, each once, where first named as a speaker.
pub(super) fn named_speakers(reading: &Reading<'_>) -> Finding {
    let mut speakers: Vec<_> = reading
        .quotations
        .iter()
        .filter_map(|q| q.speaker.as_ref())
        .filter(|speaker| speaker.is_named_person())
        .collect();
    // A full name before its surname alone, so that both are one person.
    speakers.sort_by_key(|speaker| std::cmp::Reverse(bare(&speaker.name).split(' ').count()));
    let (mut full, mut surnames) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for speaker in speakers {
        let name = bare(&speaker.name);
        let surname = name.rsplit(' ').next().unwrap_or_default().to_owned();
        let is_new = if name == surname { !surnames.contains(&name) } else { full.insert(name) };
        surnames.insert(surname);
        if is_new {
            found.push(reading.evidence(speaker.mention, Some(speaker.name.clone())));
        }
    }
    found.sort_by_key(|e| e.passage);
    Finding::of(Signal::NamedSpeakers, found)
}

/// A name in small letters, without title, possessive and needless space.
fn bare(name: &str) -> String {
    const TITLES: [&str; 9] = ["mr", "mrs", "ms", "dr", "prof", "sir", "lord", "lady", "sen"];
    let words = Words::of(name);
    let from = usize::from(words.len() > 1 && words.is_any(0, &TITLES));
    let kept: Vec<_> = (from..words.len()).map(|place| words.at(place).to_lowercase()).collect();
    kept.join(" ")
}
