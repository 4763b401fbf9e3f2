//! Which sentences of an article say whose word they are.
//!
//! Two degrees: a sentence in which somebody is found to say something, and one that merely holds a
//! word of reporting (`reportedly`, `a statement`). What a sentence asserts in the writer's own name
//! has neither; of what it says on somebody's word only the first is sure.

use std::sync::LazyLock;

use super::account::Sentence;
use super::terms::distinct;
use super::tokens::{Token, token};
use crate::credibility::finding::Passage;
use crate::credibility::quotes::{Speaker, statements};
use crate::credibility::reading::Reading;

/// Words of reporting, sorted: with one of them a sentence may be on somebody's word. Those that are
/// as often something else (`shares`, `states`) count only where somebody is found to speak.
#[rustfmt::skip] // many words a line
const REPORTING: &[&str] = &[
    "according", "accused", "accuses", "accusing", "added", "adding", "admitted", "alleged",
    "allegedly", "alleges", "allegation", "allegations", "announced", "announcement", "apparently",
    "argued", "argues", "asked", "asserted", "believe", "believed", "believes", "blamed", "called",
    "calling", "cited", "citing", "claim", "claimed", "claiming", "claims", "concluded",
    "confirmed", "contends", "declared", "denied", "denies", "denying", "described", "describes",
    "describing", "disclosed", "estimated", "estimates", "expected", "explained", "explains",
    "feared", "felt", "insisted", "insists", "interview", "likely", "mentioned", "noted", "officials",
    "opinion", "posted", "predicted", "promised", "quoted", "recalled", "report", "reported",
    "reportedly", "reporting", "reports", "revealed", "said", "say", "saying", "says", "source",
    "sources", "speaking", "spoke", "spokesman", "spokesperson", "spokeswoman", "stated",
    "statement", "stressed", "suggested", "suggests", "suspected", "tell", "telling", "tells",
    "testified", "testimony", "think", "thinks", "thought", "told", "tweet", "tweeted", "urged",
    "vowed", "warned", "warning", "warns", "witnesses", "wrote",
];

/// The same as tokens, ascending.
static REPORTING_TOKENS: LazyLock<Box<[Token]>> =
    LazyLock::new(|| distinct(REPORTING.iter().map(|word| token(word)).collect()));

/// Whose word a sentence is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Attributed {
    /// The writer's own: it has no word of reporting.
    #[default]
    No,
    /// It has a word of reporting, whoever is meant, or one that may be one (`states`).
    Perhaps,
    /// Somebody is found to say something in it.
    Yes,
}

/// Whether words are on somebody's word, as far as they alone can tell.
pub(super) fn by_words(mut words: impl Iterator<Item = Token>) -> Attributed {
    let reports = words.any(|word| REPORTING_TOKENS.binary_search(&word).is_ok());
    if reports { Attributed::Perhaps } else { Attributed::No }
}

/// Marks the sentences in which somebody says something, with the person who alone does so.
pub(super) fn mark(sentences: &mut [Sentence], reading: &Reading<'_>) {
    let said = statements(&reading.paragraphs);
    let unquoted = said.iter().map(|statement| (statement.speaker.mention, &statement.speaker));
    let quoted = reading.quotations.iter().filter_map(|quotation| {
        let speaker = quotation.speaker.as_ref()?;
        Some(quotation.parts.iter().chain([&speaker.mention]).map(move |part| (*part, speaker)))
    });
    let unquoted = unquoted.map(|(mention, speaker)| (mention, speaker, false));
    let quoted = quoted.flatten().map(|(part, speaker)| (part, speaker, true));
    // Sentences with more than one speaker have none that says all of it.
    let mut of_several = Vec::new();
    for (passage, speaker, is_quoted) in unquoted.chain(quoted) {
        for at in overlapping(sentences, passage) {
            let sentence = &mut sentences[at];
            let is_first = sentence.attributed < Attributed::Yes;
            // Who `states that` is often none who speaks: a federation has states that do.
            let is_sure = is_quoted || sentence.attributed > Attributed::No;
            sentence.attributed = if is_sure { Attributed::Yes } else { Attributed::Perhaps };
            if !is_sure {
                continue;
            }
            if is_first {
                sentence.speaker = person(speaker);
            } else if sentence.speaker != person(speaker) {
                of_several.push(at);
            }
        }
    }
    of_several.into_iter().for_each(|at| sentences[at].speaker = None);
}

fn person(speaker: &Speaker) -> Option<Box<str>> {
    speaker.has_full_name().then(|| speaker.name.as_str().into())
}

/// The sentences that a passage stands in.
fn overlapping(sentences: &[Sentence], passage: Passage) -> std::ops::Range<usize> {
    let (paragraph, within) = (passage.paragraph, passage.within);
    let from = sentences.partition_point(|sentence| {
        let of = sentence.passage;
        (of.paragraph, of.within.end) <= (paragraph, within.start)
    });
    let to = sentences.partition_point(|sentence| {
        let of = sentence.passage;
        (of.paragraph, of.within.start) < (paragraph, within.end)
    });
    from..to.max(from)
}
