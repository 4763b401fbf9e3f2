//! Q4: one speaker alone, on a medium of the state.

use std::collections::HashMap;

use super::clauses::{bytes, is_close, spoken};
use super::phrases::{Words, is_same};
use super::scope::part;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Finding, Passage};
use crate::credibility::quotes::SpeakerKind;
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::span::Span;

/// How an article calls a medium the state's.
const STATES: [&str; 2] = ["state", "government"];
/// What may follow these: `state-run`.
const RUN: [&str; 7] = ["backed", "controlled", "funded", "linked", "owned", "run", "sponsored"];
/// Media.
const MEDIA: [&str; 15] = [
    "agency",
    "broadcaster",
    "broadcasters",
    "channel",
    "channels",
    "media",
    "network",
    "newspaper",
    "newspapers",
    "outlet",
    "outlets",
    "radio",
    "television",
    "tv",
    "wire",
];

/// What the one who speaks may be called.
const OFFICES: [&str; 17] = [
    "ambassador",
    "chancellor",
    "chief",
    "commander",
    "diplomat",
    "envoy",
    "general",
    "governor",
    "leader",
    "man",
    "minister",
    "official",
    "politician",
    "president",
    "senator",
    "veteran",
    "woman",
];

/// Bytes before a country that hold its office: `ambassador to the`.
const OFFICE_BYTES: usize = 40;

/// Q4: every statement that is attributed is of one speaker, by name, office or pronoun, or of such a
/// medium itself, and a paragraph in which it is made names a medium that the article calls
/// state-run or that the list of the user's holds. Evidence is the names of media; the value of
/// those listed is `listed`.
pub(super) fn sole_state_outlet(reading: &Reading<'_>, listed: &[String]) -> Finding {
    let signal = Signal::SoleStateOutlet;
    let mut by_first: HashMap<&str, Vec<Words<'_>>> = HashMap::new();
    for words in listed.iter().map(|name| Words::of(name)).filter(|words| words.len() > 0) {
        by_first.entry(words.spans[0].slice(words.text)).or_default().push(words);
    }
    let mut media: Vec<(&ReadParagraph<'_>, Span, bool)> = Vec::new();
    for p in reading.body() {
        let words = p.words();
        for place in 0..words.len() {
            let called = called(words, place).map(|span| (span, false));
            let named = || known(words, place, &by_first).map(|span| (span, true));
            let here = called.or_else(named).filter(|(span, _)| !p.is_quoted(span.start));
            media.extend(here.map(|(span, is_listed)| (p, span, is_listed)));
        }
    }
    if media.is_empty() || !has_one_voice(reading, &media) {
        return Finding::of(signal, Vec::new());
    }
    let evidence = media.iter().map(|&(p, span, is_listed)| {
        part(reading, p, span, is_listed.then(|| "listed".to_owned()))
    });
    Finding::of(signal, evidence.collect())
}

/// Whether one alone speaks, and where a medium is named.
fn has_one_voice(reading: &Reading<'_>, media: &[(&ReadParagraph<'_>, Span, bool)]) -> bool {
    let mut voice: Option<String> = None;
    let mut is_there = false;
    // The media stand in reading order.
    let is_named_in = |paragraph: usize| {
        let next = media.partition_point(|(p, ..)| p.index < paragraph);
        media.get(next).is_some_and(|(p, ..)| p.index == paragraph)
    };
    let is_medium = |mention: Passage| {
        let start = (mention.paragraph, mention.within.start);
        let next = media.partition_point(|(p, span, _)| (p.index, span.end) <= start);
        media.get(next).is_some_and(|(p, span, _)| {
            p.index == mention.paragraph && span.start < mention.within.end
        })
    };
    for spoken in spoken(reading) {
        let speaker = &spoken.speaker;
        let mention = speaker.mention;
        is_there |= is_named_in(spoken.paragraph);
        // The medium itself, or somebody who is spoken of already.
        let is_same_one = speaker.kind == SpeakerKind::Pronoun
            || speaker.kind == SpeakerKind::Role && is_known_person(&speaker.name)
            || speaker.kind == SpeakerKind::Organisation && is_of_office(reading, mention);
        if is_same_one || is_medium(mention) {
            continue;
        }
        let name = Words::of(&speaker.name);
        let Some(last) = name.len().checked_sub(1) else { continue };
        let last = name.at(last);
        match &voice {
            Some(known) if !is_same(last, known) => return false,
            _ => voice = Some(last.to_lowercase()),
        }
    }
    is_there
}

/// Whether a speaker without a name is one person of whom the article has spoken: `the envoy`,
/// `Fenwick's ambassador`; `a spokesman` and `the ministry` are other voices.
fn is_known_person(role: &str) -> bool {
    let words = Words::of(role);
    let is_any = words.is_any(0, &["a", "an", "another", "one"]);
    !is_any && (0..words.len()).any(|place| words.is_any(place, &OFFICES))
}

/// Whether a country that seems to speak is only that of an office: `the envoy to Fenwick said`.
fn is_of_office(reading: &Reading<'_>, mention: Passage) -> bool {
    let text = reading.paragraphs[mention.paragraph].text;
    let mut from = mention.within.start.saturating_sub(OFFICE_BYTES);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let words = Words::of(&text[from..mention.within.start]);
    let the = usize::from(words.len() > 2 && words.is_any(words.len() - 1, &["the"]));
    let Some(office) = (words.len() - the).checked_sub(2) else { return false };
    words.is_any(office, &OFFICES) && words.is_any(office + 1, &["of", "to"])
}

/// `state TV`, `state-run news agency`, at a place.
fn called(words: &Words<'_>, place: usize) -> Option<Span> {
    if !words.is_any(place, &STATES) || !is_close(words, place) {
        return None;
    }
    let is_run = words.is_any(place + 1, &RUN);
    // `government media` may be its leaflets; `Ohio State radio` is a university's.
    let is_other = words.at(place).starts_with(char::is_uppercase)
        && place > 0
        && is_close(words, place - 1)
        && words.at(place - 1).starts_with(char::is_uppercase);
    if !is_run && (is_other || words.is_any(place, &["government"])) {
        return None;
    }
    let from = place + 1 + usize::from(is_run);
    let last = (from..words.len().min(from + 3))
        .take_while(|&at| is_close(words, at - 1))
        .find(|&at| words.is_any(at, &MEDIA))?;
    // `state environment agency`, `state highway network`.
    let is_news = words.is_any(last - 1, &["news", "tv", "television", "media"]) || is_run;
    let is_bare = last == from && !words.is_any(last, &["agency", "network", "outlet", "wire"]);
    (is_news || is_bare).then(|| bytes(words, place, last + 1))
}

/// A medium of the list at a place, as it is written there.
fn known(
    words: &Words<'_>,
    place: usize,
    by_first: &HashMap<&str, Vec<Words<'_>>>,
) -> Option<Span> {
    let names = by_first.get(words.at(place))?;
    let stands = |name: &&Words<'_>| {
        (0..name.len()).all(|at| {
            words.at(place + at) == name.at(at) && (at == 0 || is_close(words, place + at - 1))
        })
    };
    let name = names.iter().filter(stands).max_by_key(|name| name.len())?;
    Some(bytes(words, place, place + name.len()))
}
