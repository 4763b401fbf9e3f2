//! L7: the writer's opinion, in the story's own words.

use super::phrases::{Table, Words, sorted};
use super::scope::part;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::span::Span;

/// What should be done.
const DUTIES: [&str; 5] = ["must", "mustn't", "ought", "should", "shouldn't"];
/// Verbs of one's own opinion.
const BELIEFS: [&str; 3] = ["believe", "feel", "think"];
/// What may stand between subject and verb.
const ADVERBS: [&str; 15] = [
    "all",
    "also",
    "always",
    "and",
    "as",
    "can",
    "certainly",
    "definitely",
    "however",
    "never",
    "now",
    "really",
    "simply",
    "still",
    "therefore",
];
/// What makes it a case thought of, or a thing asked.
const SUPPOSED: [&str; 6] = ["how", "if", "in case", "lest", "than", "whether"];
/// Verbs by which a sentence becomes somebody else's.
const REPORTS: [&str; 49] = [
    "according",
    "add",
    "added",
    "adds",
    "advise",
    "advised",
    "advises",
    "agree",
    "agrees",
    "argue",
    "argued",
    "argues",
    "ask",
    "asked",
    "asks",
    "believed",
    "believes",
    "claim",
    "claimed",
    "claims",
    "explained",
    "explains",
    "insisted",
    "insists",
    "noted",
    "notes",
    "put",
    "puts",
    "recommend",
    "recommends",
    "said",
    "say",
    "saying",
    "says",
    "states",
    "suggest",
    "suggested",
    "suggests",
    "tell",
    "telling",
    "tells",
    "thinks",
    "thought",
    "told",
    "urged",
    "urges",
    "warned",
    "writes",
    "wrote",
];
/// Idioms that demand nothing.
const IDIOMS: Table<37> = sorted([
    "add",
    "admit",
    "also mention",
    "also note",
    "ask",
    "assume",
    "be able",
    "be aware",
    "be seeing",
    "begin",
    "confess",
    "consider",
    "convert",
    "examine",
    "expect",
    "first",
    "get",
    "have",
    "keep in mind",
    "know",
    "look",
    "mention",
    "not forget",
    "note",
    "point out",
    "realize",
    "recognize",
    "remember",
    "say",
    "see",
    "start",
    "take into account",
    "understand",
    "use",
    "wait",
    "walk through",
    "watch",
]);

/// L7: the writer says what we should do: `we` with `should`, `must` or `ought`, not put into
/// another's mouth; `I think` and `should` likewise. Advice in the second person alone is the voice
/// of every manual, and is not counted.
pub(super) fn opinion(reading: &Reading<'_>) -> Finding {
    let mut found: Vec<Evidence> = Vec::new();
    for p in reading.body().filter(|p| !is_spoken(p)) {
        let words = p.words();
        if !words.has(const { &sorted(["i", "we"]) }) {
            continue;
        }
        for place in 0..words.len() {
            let Some(end) = demand_at(words, place) else { continue };
            let span = Span::new(words.spans[place].start, words.spans[end - 1].end);
            if p.is_quoted(span.start)
                || is_reported(words, place)
                || is_ascribed(words, end)
                || is_means(words, place)
                || !words.is_any(place + 1, &BELIEFS) && words.phrase_at(end, &IDIOMS).is_some()
                || is_by_code(reading, p)
            {
                continue;
            }
            found.push(part(reading, p, span, None));
        }
    }
    Finding::of(Signal::OpinionVoice, found)
}

/// The word behind `we should`, `should we` or `I believe that they must`, where one begins.
fn demand_at(words: &Words<'_>, place: usize) -> Option<usize> {
    if words.at(place) == "I" && words.is_any(place + 1, &BELIEFS) {
        let within = (place + 2..words.len().min(place + 9))
            .take_while(|&at| words.gap(at - 1).trim().is_empty())
            .find(|&at| words.is_any(at, &DUTIES));
        return within.map(|at| at + 1);
    }
    let supposed = place > 0 && words.is_any(place - 1, &SUPPOSED);
    // `WE` and `we`, never `US`, which is a country.
    if !words.is_any(place, &["we"]) || supposed {
        return None;
    }
    let mut at = place + 1;
    while at < place + 3 && words.is_any(at, &ADVERBS) && words.gap(at - 1).trim().is_empty() {
        at += 1;
    }
    (words.gap(at - 1).trim().is_empty() && words.is_any(at, &DUTIES)).then_some(at + 1)
}

/// Whether a paragraph explains lines of a program beside it.
fn is_by_code(reading: &Reading<'_>, p: &ReadParagraph<'_>) -> bool {
    let beside = [p.index.checked_sub(1), Some(p.index + 1)];
    beside
        .into_iter()
        .flatten()
        .filter_map(|at| reading.paragraphs.get(at))
        .any(|q| [");", "{\n", "()", "=> "].iter().any(|mark| q.text.contains(mark)))
}

/// Whether a verb of speech stands before, in the same sentence.
fn is_reported(words: &Words<'_>, place: usize) -> bool {
    let before = (place.saturating_sub(25)..place).rev();
    before.take_while(|&at| !ends_here(words, at)).any(|at| words.is_any(at, &REPORTS))
}

/// Whether `she said` or the like follows, in the same sentence.
fn is_ascribed(words: &Words<'_>, end: usize) -> bool {
    let behind = end..words.len().min(end + 40);
    let same = behind.take_while(|&at| at == end || !ends_here(words, at - 1));
    same.into_iter().any(|at| {
        words.is_any(at, &["added", "adds", "argued", "explained", "said", "says", "wrote"])
    })
}

/// Whether a sentence begins with an end, and so goes on with a means: `To weigh it, we must`.
fn is_means(words: &Words<'_>, place: usize) -> bool {
    let from = (place.saturating_sub(25)..place).rev().find(|&at| ends_here(words, at));
    let first = from.map_or(place.saturating_sub(25), |at| at + 1);
    words.is_any(first, &["to"])
        || words.is_any(first, &["in"]) && words.is_any(first + 1, &["order"])
}

fn ends_here(words: &Words<'_>, at: usize) -> bool {
    words.gap(at).contains(['.', '?', '!', '\n'])
}

/// Whether a paragraph is one of an interview or a transcript: a name or `Q`, then a colon.
fn is_spoken(p: &ReadParagraph<'_>) -> bool {
    let Some(colon) = p.text.as_bytes().iter().take(50).position(|&b| b == b':') else {
        return false;
    };
    let words = Words::of(&p.text[..colon]);
    words.len() <= 4
        && (0..words.len()).all(|place| words.at(place).starts_with(char::is_uppercase))
}
