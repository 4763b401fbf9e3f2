//! Q3: sources that are not named.

use super::clauses::{ahead, behind, bytes, ends_sentence, in_order, is_close};
use super::phrases::{Table, Words, sorted};
use super::scope::part;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::Reading;
use crate::span::Span;

/// Words that say so themselves.
const UNNAMED: Table<60> = sorted([
    "anonymous official",
    "anonymous officials",
    "anonymous source",
    "anonymous sources",
    "anonymous whistleblower",
    "asked not to be identified",
    "asked not to be named",
    "asked that their names not be",
    "asked to remain anonymous",
    "asked to stay anonymous",
    "asking not to be identified",
    "asking not to be named",
    "asking to remain anonymous",
    "chose to remain anonymous",
    "condition of anonymity",
    "conditions of anonymity",
    "declined to be identified",
    "declined to be named",
    "declined to give their name",
    "did not want to be identified",
    "did not want to be named",
    "did not wish to be identified",
    "did not wish to be named",
    "granted anonymity",
    "not authorised to comment publicly",
    "not authorised to speak publicly",
    "not authorized to comment publicly",
    "not authorized to discuss",
    "not authorized to speak publicly",
    "people briefed on",
    "people familiar with the",
    "people with direct knowledge",
    "people with knowledge of",
    "person briefed on",
    "person familiar with the",
    "person with direct knowledge",
    "person with knowledge of",
    "preferred to remain anonymous",
    "refused to be named",
    "requested anonymity",
    "requesting anonymity",
    "source close to",
    "source familiar with",
    "source with knowledge of",
    "sources close to",
    "sources familiar with",
    "sources with knowledge of",
    "speaking anonymously",
    "spoke anonymously",
    "unidentified official",
    "unnamed official",
    "unnamed officials",
    "unnamed source",
    "unnamed sources",
    "unnamed whistleblower",
    "wanted to remain anonymous",
    "wants to remain anonymous",
    "wished to remain anonymous",
    "wishes to remain anonymous",
    "wishes to stay anonymous",
]);
/// Whoever is called so is not named, whatever stands before.
const SOURCES: Table<4> = sorted(["insider", "insiders", "source", "sources"]);
/// Whoever is called so is not named if one of many is meant.
const OFFICIALS: Table<4> = sorted(["diplomat", "diplomats", "official", "officials"]);
/// One of many.
const ANY: [&str; 10] =
    ["a", "an", "another", "multiple", "one", "several", "some", "three", "two", "various"];
/// Those of whom many are meant: officials of a city or a school are an authority that speaks.
const FAR: [&str; 16] = [
    "administration",
    "american",
    "defence",
    "defense",
    "diplomatic",
    "european",
    "government",
    "high-ranking",
    "intelligence",
    "israeli",
    "military",
    "ranking",
    "security",
    "senior",
    "us",
    "western",
];
/// Verbs of speech.
const SAYS: [&str; 12] = [
    "added",
    "claim",
    "claimed",
    "claims",
    "confirmed",
    "revealed",
    "said",
    "say",
    "says",
    "tell",
    "tells",
    "told",
];
/// How others look at something.
const VIEWS: Table<6> =
    sorted(["perceived", "regarded as", "seen as", "seen in", "viewed as", "viewed in"]);
/// Others who are nobody: `in security circles`.
const CIRCLES: [&str; 3] = ["circles", "quarters", "ranks"];
/// Words that stand before a noun and are part of no description.
const NO_PART: [&str; 24] = [
    "and", "as", "at", "because", "but", "by", "for", "from", "had", "has", "have", "if", "of",
    "said", "that", "to", "what", "when", "where", "which", "while", "who", "with", "how",
];

/// Q3: words that say that a source is not named, an unnamed `source said` or `a senior official
/// said`, and views that are held `in some circles`, outside quotations.
pub(super) fn anonymous(reading: &Reading<'_>) -> Finding {
    let mut found = Vec::new();
    for p in reading.body() {
        let words = p.words();
        let nouns = words.places(&SOURCES).chain(words.places(&OFFICIALS));
        let told = words.places(&UNNAMED).chain(words.places(&VIEWS));
        let mut next = 0;
        for place in in_order(nouns.chain(told)) {
            if place < next {
                continue;
            }
            let hit = words
                .phrase_at(place, &UNNAMED)
                .map(|hit| {
                    // `a source close to`.
                    let is_one = place > 0 && words.is_any(place - 1, &ANY);
                    let from = if is_one { place - 1 } else { place };
                    (bytes(words, from, hit.words.1), hit.words.1)
                })
                .or_else(|| view(words, place))
                .or_else(|| speaks(words, place));
            let Some((span, end)) = hit else { continue };
            next = end;
            let span = Span::new(span.start, object_end(words, end).max(span.end));
            if !p.is_quoted(span.start) && !p.is_quoted(span.end - 1) {
                found.push(part(reading, p, span, None));
            }
        }
    }
    Finding::of(Signal::AnonymousSource, found)
}

/// Where words that ask for an object end with it: `a source familiar with the talks`.
fn object_end(words: &Words<'_>, end: usize) -> usize {
    if !words.is_any(end - 1, &["of", "on", "the", "to", "with"]) {
        return 0;
    }
    let close = ahead(words, end, 3).take_while(|&at| is_close(words, at - 1));
    close.last().map_or(0, |last| words.spans[last].end)
}

/// `a senior Western official told`, `according to sources`, where the noun stands at a place.
fn speaks(words: &Words<'_>, noun: usize) -> Option<(Span, usize)> {
    let is_source = words.is_in(noun, &SOURCES);
    if !is_source && !words.is_in(noun, &OFFICIALS) {
        return None;
    }
    let mut from = noun;
    let mut is_any = false;
    while from > noun.saturating_sub(4) && from > 0 && is_close(words, from - 1) {
        if words.is_any(from - 1, &NO_PART) {
            break;
        }
        from -= 1;
        is_any = words.is_any(from, &ANY);
        if is_any || words.is_any(from, &["the", "this", "that"]) {
            break;
        }
    }
    let is_known = words.is_any(from, &["the", "this", "that", "his", "her", "its", "their"]);
    let is_far = (from..noun).any(|place| words.is_any(place, &FAR));
    if !is_source && (is_known || !is_any && !is_far) {
        return None;
    }
    // `news sources`, `open sources`: what is published.
    if noun > 0 && words.is_any(noun - 1, &["data", "media", "news", "open", "primary", "water"]) {
        return None;
    }
    if is_close(words, noun) && words.is_any(noun + 1, &SAYS) {
        return Some((bytes(words, from, noun + 2), noun + 2));
    }
    let leads = from > 1
        && is_close(words, from - 1)
        && words.is_any(from - 1, &["to"])
        && words.is_any(from - 2, &["according"]);
    // `said a senior official, Ivor Pell`.
    let is_named =
        words.gap(noun).starts_with(',') && words.at(noun + 1).starts_with(char::is_uppercase);
    (leads && !is_named).then(|| (bytes(words, from - 2, noun + 1), noun + 1))
}

/// `seen as weak even in security circles`.
fn view(words: &Words<'_>, place: usize) -> Option<(Span, usize)> {
    let hit = words.phrase_at(place, &VIEWS)?;
    let last = ahead(words, hit.words.0, 16).find(|&at| words.is_any(at, &CIRCLES))?;
    let is_whose = words.is_any(last - 1, &["her", "his", "its", "the", "their", "into"]);
    let mut between = behind(words, last, 9).filter(|&at| at > hit.words.0);
    let held = between.any(|at| words.is_any(at, &["among", "in", "within"]));
    (held && !is_whose && !ends_sentence(words, hit.words.0))
        .then(|| (bytes(words, hit.words.0, last + 1), last + 1))
}
