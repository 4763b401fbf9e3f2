//! Who says a quotation, over the whole article.
//!
//! In: paragraphs of prose with their stretches. Out: quotations with speakers, and who says what
//! without marks. A paragraph that is nothing but a quotation is said by who spoke before.

use super::join::Prose;
use super::people::{People, Resolved};
use super::phrases::{Subject, Who, phrase};
use super::spans::{Stretch, starts_like_a_sentence};
use super::speakers::{Attributed, Beside, is_speech};
use super::tokens::{Kind, Tokens, ends_with_stop};
use super::words::SAYS;
use super::{Ending, Quotation, Speaker, SpeakerKind, Statement};
use crate::credibility::finding::Passage;

/// Paragraphs back to a speaker where one alone has spoken so far.
const MAX_SILENT: usize = 4;
/// Tokens of a paragraph that only names who speaks next.
const MAX_LABEL: usize = 12;

/// What an article says who said.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// In marks.
    pub quotations: Vec<Quotation>,
    /// Without marks.
    pub statements: Vec<Statement>,
}

/// Finds the speakers.
pub(super) fn said(prose: &[Prose<'_>]) -> Said {
    let attributed: Vec<_> = prose
        .iter()
        .map(|paragraph| Attributed::new(paragraph.text, &paragraph.found.list))
        .collect();
    let mut flow = Flow {
        people: People::new(attributed.iter().map(|paragraph| &paragraph.tokens)),
        said: Said::default(),
        last: None,
        is_led: false,
        names: Vec::new(),
    };
    for (place, paragraph) in prose.iter().enumerate() {
        let next = prose.get(place + 1).zip(attributed.get(place + 1));
        flow.paragraph(place, paragraph, &attributed[place], next);
    }
    flow.said
}

struct Flow<'p> {
    people: People<'p>,
    said: Said,
    /// Who spoke last, and in which paragraph of prose.
    last: Option<(usize, Speaker)>,
    /// Whether the paragraph before ends with a colon.
    is_led: bool,
    /// The names of those who spoke, up to two.
    names: Vec<String>,
}

impl<'p> Flow<'p> {
    fn paragraph(
        &mut self,
        place: usize,
        prose: &Prose<'p>,
        attributed: &Attributed<'p>,
        next: Option<(&Prose<'p>, &Attributed<'p>)>,
    ) {
        let speakers = self.resolve(place, attributed);
        let tokens = &attributed.tokens;
        for (number, stretch) in prose.found.list.iter().enumerate() {
            let beside = attributed.beside[number];
            let mut speaker =
                beside.and_then(|beside| speaker_of(&speakers, prose, tokens, &beside));
            let goes_on = number == 0 && prose.goes_on;
            if speaker.is_none() && !goes_on && number == 0 {
                speaker = signature(prose, tokens, next, &mut self.people)
                    .or_else(|| self.inherited(place, prose, attributed, stretch));
            }
            // The next speech of the paragraph that had none of its own goes with the first.
            if speaker.is_none()
                && number > 0
                && is_speech(stretch.inner.slice(prose.text))
                && begins_after(tokens, number)
            {
                speaker = self.said.quotations.last().and_then(|last| last.speaker.clone());
            }
            self.push(goes_on, prose, stretch, speaker);
            if let Some(spoken) = self.said.quotations.last().and_then(|last| last.speaker.clone())
            {
                self.spoke(place, spoken);
            }
        }
        self.statements(place, prose, attributed, &speakers);
        self.is_led = prose.text.trim_end().ends_with(':');
        if self.is_led && prose.found.list.is_empty() {
            self.named_alone(place, prose, tokens);
        }
    }

    /// `Ivor Pell:`, `Ivor Pell, harbour master:` as a paragraph of its own, as transcripts have it.
    fn named_alone(&mut self, place: usize, prose: &Prose<'p>, tokens: &Tokens<'p>) {
        if tokens.list.len() > MAX_LABEL {
            return;
        }
        let Some(subject) = phrase(tokens, 0) else { return };
        let is_all = subject.to + 1 == tokens.list.len()
            || matches!(tokens.kind(subject.to), Kind::Comma | Kind::Open);
        if is_all && matches!(subject.who, Who::Name { .. }) {
            let resolved = self.people.resolve(tokens, place, &subject);
            let is_full = resolved.kind == SpeakerKind::Name && resolved.name.contains(' ');
            if resolved.kind == SpeakerKind::Person || is_full {
                let beside = Beside { subject, verb: None };
                self.spoke(place, speaker(&resolved, prose, tokens, &beside));
            }
        }
    }

    /// The speakers of a paragraph's attributions, by the first token of their subjects.
    fn resolve(&mut self, place: usize, attributed: &Attributed<'p>) -> Vec<(usize, Resolved)> {
        let tokens = &attributed.tokens;
        let mut subjects: Vec<Subject> =
            attributed.attributions.iter().map(|found| found.subject).collect();
        subjects.extend(attributed.beside.iter().flatten().map(|beside| beside.subject));
        subjects.sort_by_key(|subject| (subject.from, subject.to));
        subjects.dedup_by_key(|subject| subject.from);
        let mut seen = 0;
        let mut speakers = Vec::with_capacity(subjects.len());
        for subject in subjects {
            self.people.see(tokens, place, seen..subject.from.max(seen));
            speakers.push((subject.from, self.people.resolve(tokens, place, &subject)));
            seen = subject.to.max(seen);
        }
        self.people.see(tokens, place, seen..tokens.list.len().max(seen));
        speakers
    }

    fn push(
        &mut self,
        goes_on: bool,
        prose: &Prose<'_>,
        stretch: &Stretch,
        speaker: Option<Speaker>,
    ) {
        let inner = stretch.inner;
        let part = Passage::new(prose.index, inner.start, inner.end);
        let ending = if stretch.is_closed { Ending::Closed } else { Ending::Open };
        let words = count_words(inner.slice(prose.text));
        if let (true, Some(begun)) = (goes_on, self.said.quotations.last_mut()) {
            begun.parts.push(part);
            begun.ending = ending;
            begun.mixed_marks |= stretch.mixed;
            begun.words += words;
            // What stands beside its end tells more than who spoke before it.
            let is_inherited = |of: &Speaker| of.mention.paragraph < begun.parts[0].paragraph;
            begun.speaker = match (begun.speaker.take(), speaker) {
                (Some(before), Some(beside)) if is_inherited(&before) => Some(beside),
                (before, beside) => before.or(beside),
            };
            return;
        }
        self.said.quotations.push(Quotation {
            parts: vec![part],
            ending,
            mixed_marks: stretch.mixed,
            words,
            speaker,
        });
    }

    fn spoke(&mut self, place: usize, speaker: Speaker) {
        if self.names.len() < 2 && !self.names.contains(&speaker.name) {
            self.names.push(speaker.name.clone());
        }
        self.last = Some((place, speaker));
    }

    /// Who spoke before a paragraph that is a quotation and nothing else.
    fn inherited(
        &self,
        place: usize,
        prose: &Prose<'_>,
        attributed: &Attributed<'_>,
        stretch: &Stretch,
    ) -> Option<Speaker> {
        let tokens = &attributed.tokens;
        let inner = stretch.inner.slice(prose.text);
        let is_whole = (0..tokens.list.len())
            .all(|at| matches!(tokens.kind(at), Kind::Quote(_) | Kind::Stop | Kind::Comma));
        // Speech with which a paragraph begins, where one person alone speaks.
        let begins = tokens.quotes.first() == Some(&0)
            && self.names.len() == 1
            && attributed.attributions.is_empty()
            && ends_with_stop(inner);
        if !(is_whole || begins)
            || !starts_like_a_sentence(inner)
            || !(ends_with_stop(inner) || count_words(inner) > 6)
        {
            return None;
        }
        let (when, speaker) = self.last.as_ref()?;
        let silent = place - when;
        // Somebody leads up to these words who is not understood.
        if silent > 0 && self.is_led && *when + 1 != place {
            return None;
        }
        let is_person = matches!(speaker.kind, SpeakerKind::Person | SpeakerKind::Name);
        let is_alone = is_whole && is_person && silent <= MAX_SILENT && self.names.len() == 1;
        (silent <= 1 || is_alone).then(|| speaker.clone())
    }

    /// What is said without marks; the last of it is who spoke last.
    fn statements(
        &mut self,
        place: usize,
        prose: &Prose<'_>,
        attributed: &Attributed<'p>,
        speakers: &[(usize, Resolved)],
    ) {
        let tokens = &attributed.tokens;
        let mut last = None;
        let mut quoting: Vec<_> =
            attributed.beside.iter().flatten().map(|found| found.verb).collect();
        quoting.sort_unstable();
        for found in &attributed.attributions {
            if !tokens.is_in(found.verb, SAYS) && !tokens.is(found.verb, "according") {
                continue;
            }
            let beside = Beside::from(found);
            let Some(speaker) = speaker_of(speakers, prose, tokens, &beside) else { continue };
            if quoting.binary_search(&beside.verb).is_err() {
                self.said
                    .statements
                    .push(Statement { speaker: speaker.clone(), paragraph: prose.index });
            }
            last = Some((found.start(), speaker));
        }
        let after_last_quote = tokens.quotes.last().copied();
        // The writer, and what is only `it`, are not those whose words stand alone in the next
        // paragraph.
        let last = last.filter(|(_, speaker)| speaker.kind != SpeakerKind::Pronoun);
        if let Some((at, speaker)) = last
            && (after_last_quote.is_none_or(|quote| at > quote)
                || self.last.as_ref().is_none_or(|(when, _)| *when != place))
        {
            self.spoke(place, speaker);
        }
    }
}

/// Whether a stretch follows the end of a sentence or another stretch.
fn begins_after(tokens: &Tokens<'_>, number: usize) -> bool {
    let quote = tokens.quotes[number];
    quote > 0 && matches!(tokens.kind(quote - 1), Kind::Quote(_))
}

fn speaker_of(
    speakers: &[(usize, Resolved)],
    prose: &Prose<'_>,
    tokens: &Tokens<'_>,
    beside: &Beside,
) -> Option<Speaker> {
    let place = speakers.binary_search_by_key(&beside.subject.from, |(from, _)| *from).ok()?;
    Some(speaker(&speakers[place].1, prose, tokens, beside))
}

fn speaker(
    resolved: &Resolved,
    prose: &Prose<'_>,
    tokens: &Tokens<'_>,
    beside: &Beside,
) -> Speaker {
    let passage = |from: usize, to: usize| {
        Passage::new(prose.index, tokens.list[from].start, tokens.list[to - 1].end)
    };
    Speaker {
        name: resolved.name.clone(),
        kind: resolved.kind,
        mention: passage(beside.subject.from, beside.subject.to),
        verb: beside.verb.map(|verb| passage(verb, verb + 1)),
    }
}

/// A paragraph of a quotation alone, and the next one `— Ivor Pell, harbour master`.
fn signature<'p>(
    prose: &Prose<'p>,
    tokens: &Tokens<'p>,
    next: Option<(&Prose<'p>, &Attributed<'p>)>,
    people: &mut People<'p>,
) -> Option<Speaker> {
    let (after, attributed) = next?;
    let signed = &attributed.tokens;
    if tokens.list.len() != 1
        || signed.kind(0) != Kind::Dash
        || signed.list.len() > 12
        || after.index != prose.index + 1
    {
        return None;
    }
    let subject = phrase(signed, 1).filter(|subject| matches!(subject.who, Who::Name { .. }))?;
    let resolved = people.resolve(signed, after.index, &subject);
    (resolved.kind != SpeakerKind::Pronoun)
        .then(|| speaker(&resolved, after, signed, &Beside { subject, verb: None }))
}

/// Words as people count them: pieces between blanks and long dashes that hold a letter or a figure.
pub(super) fn count_words(text: &str) -> usize {
    text.split(|c: char| c.is_whitespace() || matches!(c, '–' | '—'))
        .filter(|piece| piece.chars().any(char::is_alphanumeric))
        .count()
}
