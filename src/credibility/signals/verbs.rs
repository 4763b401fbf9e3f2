//! L4: verbs that colour a statement, and those that hold it at a distance.

use super::clauses::{Spoken, ahead, behind, bytes, is_close, spoken};
use super::phrases::{Table, Words, is_apostrophe, sorted};
use super::scope::part;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::span::Span;

/// Verbs that say of a statement that it was hidden, or owed, or vain.
const LOADED: [&str; 16] = [
    "admit",
    "admits",
    "admitted",
    "boast",
    "boasted",
    "boasts",
    "bragged",
    "concede",
    "conceded",
    "concedes",
    "confessed",
    "confesses",
    "divulged",
    "reveal",
    "revealed",
    "reveals",
];
/// Verbs by which the writer does not vouch for it.
const CAUTIOUS: [&str; 6] = ["allege", "alleged", "alleges", "claim", "claimed", "claims"];
/// What statements begin with.
const OPENERS: [&str; 10] = ["he", "how", "i", "it", "she", "that", "there", "they", "we", "why"];
/// What shows things by itself: such a speaker reveals without a secret.
const THINGS: Table<27> = sorted([
    "affidavit",
    "analysis",
    "breakdown",
    "data",
    "documents",
    "emails",
    "figures",
    "footage",
    "images",
    "indictment",
    "investigation",
    "lawsuit",
    "page",
    "photos",
    "poll",
    "records",
    "report",
    "research",
    "results",
    "statistics",
    "studies",
    "study",
    "suit",
    "survey",
    "tests",
    "video",
    "website",
]);
/// What may stand between a speaker and the verb.
const LINKS: [&str; 12] = [
    "also", "even", "had", "has", "have", "himself", "herself", "later", "once", "since", "then",
    "who",
];
/// What else statements that are claimed begin with.
const CLAIMED: [&str; 24] = [
    "a", "all", "an", "every", "her", "his", "its", "many", "most", "my", "no", "nobody", "not",
    "our", "people", "some", "such", "the", "their", "these", "this", "those", "you", "your",
];
/// What is claimed by taking it.
const PRIZES: [&str; 24] = [
    "another",
    "bragging",
    "cup",
    "points",
    "trophy",
    "wicket",
    "win",
    "asylum",
    "benefits",
    "copyright",
    "credit",
    "crown",
    "damages",
    "gold",
    "insurance",
    "life",
    "lives",
    "medal",
    "prize",
    "responsibility",
    "seat",
    "spot",
    "title",
    "victory",
];
/// Bytes between a speaker and the verb.
const MAX_BETWEEN: usize = 60;
/// Words of the object that are shown.
const SHOWN: usize = 8;

/// L4: such verbs where somebody speaks, with what follows, outside quotations. The value is `loaded`
/// for revealed, admitted, boasted and the like, `cautious` for claimed and alleged.
pub(super) fn verbs(reading: &Reading<'_>) -> Finding {
    let texts: Vec<_> = reading.body().map(|p| (p.index, p.words())).collect();
    let has_any = |words: &Words<'_>| (0..words.len()).any(|at| kind(words, at).is_some());
    if !texts.iter().any(|(_, words)| has_any(words)) {
        return Finding::of(Signal::ReportingVerbs, Vec::new());
    }
    let mut starts: Vec<_> = spoken(reading)
        .iter()
        .filter(|spoken| !Words::of(&spoken.speaker.name).has(&THINGS))
        .filter_map(|spoken| verb_beside(reading, spoken))
        .collect();
    starts.sort_unstable();
    let mut found = Vec::new();
    for (paragraph, words) in &texts {
        let p = &reading.paragraphs[*paragraph];
        for place in 0..words.len() {
            let Some(value) = kind(words, place) else { continue };
            let start = words.spans[place].start;
            let is_said = starts.binary_search(&(*paragraph, start)).is_ok();
            if p.is_quoted(start)
                || is_own(words, place)
                || !(is_said && is_stated(p, place) || is_infinitive(words, place))
            {
                continue;
            }
            let end = ahead(words, place + 1, SHOWN)
                .take_while(|&at| is_close(words, at - 1) && !p.is_quoted(words.spans[at].start))
                .last()
                .map_or(place + 1, |last| last + 1);
            found.push(part(reading, p, bytes(words, place, end), Some(value.to_owned())));
        }
    }
    Finding::of(Signal::ReportingVerbs, found)
}

/// The paragraph and the first byte of a verb that stands beside its speaker: in `new mining claims`
/// it does not.
fn verb_beside(reading: &Reading<'_>, spoken: &Spoken) -> Option<(usize, usize)> {
    let (verb, mention) = (spoken.verb()?, spoken.speaker.mention);
    if verb.paragraph != mention.paragraph {
        return None;
    }
    let text = reading.paragraphs[verb.paragraph].text;
    let (from, to) = if mention.within.end <= verb.within.start {
        (mention.within.end, verb.within.start)
    } else {
        (verb.within.end, mention.within.start)
    };
    if to > from + MAX_BETWEEN {
        return None;
    }
    let between = Words::of(if from < to { Span::new(from, to).slice(text) } else { "" });
    let is_link = |place: usize| {
        between.is_any(place, &LINKS)
            || is_age(between.at(place))
            || between.at(place).ends_with("ly")
    };
    let is_beside = between.len() <= 3 && (0..between.len()).all(is_link);
    is_beside.then_some((verb.paragraph, verb.within.start))
}

/// `Ivor Pell, 67, claimed`.
fn is_age(word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
}

/// `I’ll admit`, `we must admit`: the writer reports nobody.
fn is_own(words: &Words<'_>, place: usize) -> bool {
    const OWN: [&str; 6] = ["i", "i'd", "i'll", "i've", "we", "we'll"];
    behind(words, place, 2).any(|at| words.is_any(at, &OWN) && is_close(words, at))
}

/// The kind of a verb.
fn kind(words: &Words<'_>, place: usize) -> Option<&'static str> {
    if words.is_any(place, &LOADED) {
        return Some("loaded");
    }
    words.is_any(place, &CAUTIOUS).then_some("cautious")
}

/// Whether what follows a verb may be a statement: none does where a prize is claimed, or something
/// reveals itself.
fn is_stated(p: &ReadParagraph<'_>, place: usize) -> bool {
    let words = p.words();
    if !is_close(words, place) {
        return ends_statement(p, place);
    }
    if words.is_any(place, &["reveal", "revealed", "reveals"]) {
        let next = words.at(place + 1);
        let is_owner =
            next.ends_with(['s', 'S']) && next[..next.len() - 1].ends_with(is_apostrophe);
        let is_name = next.starts_with(char::is_uppercase) && !is_owner;
        return words.is_any(place + 1, &OPENERS) || is_name;
    }
    if words.is_any(place, &["alleged"]) {
        const DETERMINERS: [&str; 6] = ["a", "an", "her", "his", "the", "their"];
        // `alleged crimes`.
        return words.is_any(place + 1, &OPENERS)
            || words.is_any(place + 1, &DETERMINERS)
            || words.at(place + 1).starts_with(char::is_uppercase);
    }
    if words.is_any(place, &["claim", "claimed", "claims"]) {
        // `insurance claims process`: what follows a noun is no statement.
        let opens = words.is_any(place + 1, &OPENERS)
            || words.is_any(place + 1, &CLAIMED)
            || words.at(place + 1).starts_with(|c: char| !c.is_lowercase())
            || words.is_any(place + 1, &["to"]) && words.is_any(place + 2, &["be", "have"]);
        return opens && !ahead(words, place + 1, 4).any(|at| words.is_any(at, &PRIZES));
    }
    true
}

/// Whether a verb at the end of its clause may follow what it reports, or lead to it: `fees for the
/// class claimed` and `broad claims, they need` are of nouns.
fn ends_statement(p: &ReadParagraph<'_>, place: usize) -> bool {
    let words = p.words();
    let leads = words.gap(place).contains(['“', '"', '‘', '\'']);
    let is_noun = words.is_any(place, &CAUTIOUS) && !leads;
    let is_who = || {
        words.is_any(place - 1, &["he", "she", "they", "who"])
            || words.at(place - 1).starts_with(char::is_uppercase)
    };
    !is_noun
        || place > 0 && is_close(words, place - 1) && is_who()
        || behind(words, place, 6).any(|at| p.is_quoted(words.spans[at].start))
}

/// `went on television to reveal that`.
fn is_infinitive(words: &Words<'_>, place: usize) -> bool {
    const OPENERS: [&str; 5] = ["he", "she", "that", "they", "there"];
    place > 0
        && words.is_any(place - 1, &["to"])
        && !words.is_any(place, &["claim"])
        && is_close(words, place)
        && words.is_any(place + 1, &OPENERS)
}
