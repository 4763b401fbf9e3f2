//! Q1 attributed quotations, Q2 orphan quotations, Q5 named speakers: all read from
//! [`Reading::quotations`].

use std::collections::BTreeSet;

use super::phrases::{Words, is_same};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::quotes::{Quotation, Speaker};
use crate::credibility::reading::Reading;

/// Shorter quotations are titles, terms and words held at a distance, whoever stands beside them.
const MIN_WORDS: usize = 4;

/// The quotations that are words of speech.
fn speech<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = &'r Quotation> {
    reading.quotations.iter().filter(|quotation| quotation.words >= MIN_WORDS)
}

/// Q1: quotations of four words or more whose speaker is said; the value is the speaker.
pub(super) fn attributed(reading: &Reading<'_>) -> Finding {
    let spoken = speech(reading).filter_map(|quotation| {
        quotation.speaker.as_ref().map(|speaker| (quotation, speaker.name.as_str()))
    });
    let found =
        spoken.flat_map(|(quotation, name)| parts(reading, quotation, Some(name))).collect();
    Finding::of(Signal::AttributedQuotation, found)
}

/// Q2: quotations of four words or more for whom nobody is named.
pub(super) fn orphans(reading: &Reading<'_>) -> Finding {
    let orphans = speech(reading).filter(|quotation| quotation.speaker.is_none());
    Finding::of(Signal::OrphanQuotation, orphans.flat_map(|q| parts(reading, q, None)).collect())
}

fn parts<'r>(
    reading: &'r Reading<'_>,
    quotation: &'r Quotation,
    value: Option<&'r str>,
) -> impl Iterator<Item = Evidence> + 'r {
    quotation.parts.iter().map(move |&part| reading.evidence(part, value.map(str::to_owned)))
}

/// Q5: the persons with names who are quoted, each once, where first named as a speaker. Whom only `he`
/// or `she` quotes may be another.
pub(super) fn named_speakers(reading: &Reading<'_>) -> Finding {
    let is_by_name = |speaker: &&Speaker| {
        let mention = reading.words_of(speaker.mention);
        speaker.is_named_person() && !["he", "she"].iter().any(|p| is_same(mention, p))
    };
    let mut speakers: Vec<_> =
        speech(reading).filter_map(|q| q.speaker.as_ref()).filter(is_by_name).collect();
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
