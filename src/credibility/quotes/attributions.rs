//! Which words of a paragraph say that somebody said something.
//!
//! In: the tokens of a paragraph. Out: [`Attribution`]s in the order of their verbs. Each token is
//! tried once as the beginning of a subject, and each verb looks back a bounded way.

use std::ops::Range;

use super::names::{is_body, is_name_word, split_titles};
use super::phrases::{Subject, Who, agrees, is_verb, named_after, phrase, verb_after, verb_of};
use super::tokens::{Kind, Tokens, is_possessive};
use super::words::{
    BE, DETERMINERS, INVERTS, LINKS, NEVER, NO_NOUN, OPENERS, PARTICIPLES, PRONOUNS, REPORTS, SAYS,
};

/// Tokens that a verb looks back for its subject.
const MAX_BACK: usize = 12;

/// How subject and verb stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `she said`.
    Plain,
    /// `said Ivor Pell`.
    Inverted,
    /// `according to Ivor Pell`.
    According,
    /// `..., adding that`.
    Participle,
}

/// A subject and its reporting verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribution {
    /// The verb's token.
    pub verb: usize,
    /// Who says it.
    pub subject: Subject,
    /// How they stand.
    pub form: Form,
}

impl Attribution {
    /// Its first token.
    pub(super) fn start(&self) -> usize {
        self.verb.min(self.subject.from)
    }
}

/// Finds the attributions.
pub(super) fn attributions(tokens: &Tokens<'_>) -> Vec<Attribution> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < tokens.list.len() {
        let next = (start + 1..tokens.list.len()).find(|&at| tokens.begins_sentence(at));
        let end = next.unwrap_or(tokens.list.len());
        if tokens.list[start..end].iter().any(|token| token.class.has(REPORTS)) {
            of_sentence(tokens, start..end, &mut found);
        }
        start = end;
    }
    found
}

/// The attributions of a sentence that has a word of reporting.
fn of_sentence(tokens: &Tokens<'_>, sentence: Range<usize>, found: &mut Vec<Attribution>) {
    let start = sentence.start;
    let mut of_verb: Vec<Option<Attribution>> = vec![None; sentence.len()];
    for at in sentence.clone().filter(|&at| is_boundary(tokens, at)) {
        let Some(subject) = phrase(tokens, at) else { continue };
        let Some(verb) = verb_of(tokens, &subject) else { continue };
        let subject = named_before(tokens, &subject).unwrap_or(subject);
        let subject =
            named_after(tokens, &subject).filter(|name| name.to < verb).unwrap_or(subject);
        if let Some(of_verb @ None) = of_verb.get_mut(verb - start) {
            *of_verb = Some(Attribution { verb, subject, form: Form::Plain });
        }
    }
    let mut spoken_of = Sentence { start, subject: None };
    for (verb, plain) in sentence.zip(of_verb) {
        spoken_of.see(tokens, verb);
        if !tokens.is_in(verb, REPORTS) {
            continue;
        }
        let attribution = inverted_after_quote(tokens, verb)
            .or(plain)
            .or_else(|| according(tokens, verb))
            .or_else(|| beside(tokens, verb, &spoken_of))
            .or_else(|| participle(tokens, verb, &spoken_of, found))
            .or_else(|| inverted_after_comma(tokens, verb));
        found.extend(attribution.filter(|attribution| !is_you(tokens, attribution)));
    }
}

fn is_you(tokens: &Tokens<'_>, attribution: &Attribution) -> bool {
    tokens.is(attribution.subject.from, "you")
}

/// The subject with which the sentence at hand begins.
struct Sentence {
    start: usize,
    subject: Option<Subject>,
}

impl Sentence {
    fn see(&mut self, tokens: &Tokens<'_>, at: usize) {
        if at == self.start {
            self.subject = subject_at(tokens, at);
        } else if is_boundary(tokens, at) && tokens.is_in(at, PRONOUNS) && !tokens.is(at, "it") {
            self.subject = phrase(tokens, at);
        } else if self.subject.is_none() && is_boundary(tokens, at) && at <= self.start + 40 {
            self.subject = subject_at(tokens, at);
        }
    }
}

/// What a sentence may speak of, by its name if that follows its office.
fn subject_at(tokens: &Tokens<'_>, at: usize) -> Option<Subject> {
    let subject = phrase(tokens, at).filter(|subject| is_subject(tokens, subject))?;
    // `Before the vote, Pell said`: the time of it.
    let is_time = at > 0 && tokens.is_one_of(at - 1, &["after", "before", "since"]);
    if is_time && tokens.kind(subject.to) == Kind::Comma {
        return None;
    }
    // `Open your hand`: an order.
    if subject.to == at + 1 && subject.who != Who::Pronoun && tokens.is_in(at + 1, DETERMINERS) {
        return None;
    }
    Some(named_after(tokens, &subject).unwrap_or(subject))
}

/// `“...,” Pia Orr, founder of the club told us`: the name before an office without its second comma.
fn named_before(tokens: &Tokens<'_>, subject: &Subject) -> Option<Subject> {
    let comma = subject.from.checked_sub(1).filter(|&comma| tokens.kind(comma) == Kind::Comma)?;
    if subject.who != Who::Role || tokens.is_in(subject.from, DETERMINERS) {
        return None;
    }
    let name = names_before(tokens, comma, comma.saturating_sub(5))?;
    let before = name.from.checked_sub(1);
    let follows_quote = before.is_some_and(|before| {
        let is_comma = before > 0 && tokens.kind(before) == Kind::Comma;
        matches!(tokens.kind(before - usize::from(is_comma)), Kind::Quote(_))
    });
    let begins = follows_quote || tokens.begins_sentence(name.from);
    (begins && name.to > name.from + 1).then_some(name)
}

/// Whether a phrase may be what a sentence speaks of: a bare noun is more often an adverb.
fn is_subject(tokens: &Tokens<'_>, subject: &Subject) -> bool {
    subject.who != Who::Role || tokens.is_in(subject.from, DETERMINERS)
}

/// Whether a subject may begin at a token, by what stands before it.
fn is_boundary(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    match tokens.kind(before) {
        Kind::Stop
        | Kind::Comma
        | Kind::Colon
        | Kind::Dash
        | Kind::Quote(_)
        | Kind::Open
        | Kind::Other => true,
        Kind::Word | Kind::Capital => tokens.is_in(before, OPENERS),
        _ => false,
    }
}

/// `“...” said Ivor Pell`.
fn inverted_after_quote(tokens: &Tokens<'_>, verb: usize) -> Option<Attribution> {
    let before = verb.checked_sub(1)?;
    let quote = if tokens.kind(before) == Kind::Comma { before.checked_sub(1)? } else { before };
    if !matches!(tokens.kind(quote), Kind::Quote(_)) || !tokens.is_in(verb, INVERTS) {
        return None;
    }
    inverted(tokens, verb)
}

/// `The pier will close, says Ivor Pell.`, `Said Ivor Pell: “...”`
fn inverted_after_comma(tokens: &Tokens<'_>, verb: usize) -> Option<Attribution> {
    if !tokens.is_in(verb, INVERTS) {
        return None;
    }
    let begins = tokens.begins_sentence(verb);
    if !begins && !verb.checked_sub(1).is_some_and(|before| tokens.kind(before) == Kind::Comma) {
        return None;
    }
    let found =
        inverted(tokens, verb).filter(|found| matches!(found.subject.who, Who::Name { .. }))?;
    // `Said Ivor Pell: “...”`.
    let leads = || matches!(tokens.kind(found.subject.to), Kind::Comma | Kind::Colon);
    (!begins || leads()).then_some(found)
}

fn inverted(tokens: &Tokens<'_>, verb: usize) -> Option<Attribution> {
    let mut subject = phrase(tokens, verb + 1)?;
    // `said the board's chair, Ivor Pell.`
    if let Some(name) =
        named_after(tokens, &subject).filter(|name| verb_after(tokens, name.to).is_none())
    {
        subject = name;
    }
    Some(Attribution { verb, subject, form: Form::Inverted })
}

fn according(tokens: &Tokens<'_>, at: usize) -> Option<Attribution> {
    if !(tokens.is(at, "according") && tokens.is(at + 1, "to")) {
        return None;
    }
    let subject = phrase(tokens, at + 2)?;
    Some(Attribution { verb: at, subject, form: Form::According })
}

/// The subject that ends right before a verb and its auxiliaries, or that of the sentence where an
/// `and` joins the verb to another.
fn beside(tokens: &Tokens<'_>, verb: usize, sentence: &Sentence) -> Option<Attribution> {
    if !is_verb(tokens, verb) {
        return None;
    }
    let lowest = sentence.start.max(verb.saturating_sub(MAX_BACK));
    let mut end = verb;
    while end > lowest && (tokens.is_in(end - 1, LINKS) || tokens.word(end - 1).ends_with("ly")) {
        if tokens.is_in(end - 1, BE) || tokens.is_in(end - 1, NEVER) || tokens.is(end - 1, "to") {
            return None;
        }
        end -= 1;
    }
    if end <= lowest || tokens.is_in(end - 1, NEVER) || tokens.is_in(end - 1, BE) {
        return None;
    }
    let before = end - 1;
    let subject = if tokens.is_in(before, PRONOUNS) {
        phrase(tokens, before)?
    } else if is_name_word(tokens, before) && !is_possessive(tokens.word(before)) {
        names_before(tokens, end, lowest)?
    } else if tokens.is(before, "who") {
        antecedent(tokens, before, sentence.start)?
    } else if tokens.is(before, "and") || tokens.is(before, "but") || tokens.is(before, "then") {
        sentence.subject.filter(|subject| subject.to < before)?
    } else {
        let first = (lowest..before).find(|&first| {
            tokens.is_in(first, DETERMINERS) && phrase(tokens, first).is_some_and(|s| s.to == end)
        })?;
        phrase(tokens, first)?
    };
    agrees(tokens, &subject, verb).then_some(Attribution { verb, subject, form: Form::Plain })
}

/// The run of names that ends before a token; none where a preposition stands before it, since then
/// something else is the subject.
pub(super) fn names_before(tokens: &Tokens<'_>, end: usize, lowest: usize) -> Option<Subject> {
    const PREPOSITIONS: &[&str] = &[
        "about", "against", "at", "between", "by", "for", "from", "in", "into", "near", "of", "on",
        "over", "to", "under", "with",
    ];
    let mut from = end.checked_sub(1).filter(|&last| is_name_word(tokens, last))?;
    while from > lowest && is_name_word(tokens, from - 1) && !is_possessive(tokens.word(from - 1)) {
        from -= 1;
    }
    let is_object = from > 0 && tokens.is_one_of(from - 1, PREPOSITIONS);
    (!is_object).then(|| Subject { from, to: end, who: split_titles(tokens, from, end) })
}

/// What `who` stands for: the name or the noun before it.
fn antecedent(tokens: &Tokens<'_>, who: usize, lowest: usize) -> Option<Subject> {
    let mut end = who;
    if end > lowest && tokens.kind(end - 1) == Kind::Comma {
        end -= 1;
    }
    if end <= lowest {
        return None;
    }
    if is_name_word(tokens, end - 1) {
        return names_before(tokens, end, lowest);
    }
    let from = end.saturating_sub(MAX_BACK).max(lowest);
    let first = (from..end).find(|&first| {
        tokens.is_in(first, DETERMINERS) && phrase(tokens, first).is_some_and(|s| s.to == end)
    })?;
    phrase(tokens, first)
}

/// `a statement reading`.
fn is_text(tokens: &Tokens<'_>, at: usize) -> bool {
    const TEXTS: &[&str] = &["email", "letter", "message", "note", "post", "statement", "tweet"];
    tokens.is(at, "reading") && tokens.is_one_of(at - 1, TEXTS)
}

/// `..., adding that`: who spoke last in the sentence, else of whom it speaks.
fn participle(
    tokens: &Tokens<'_>,
    at: usize,
    sentence: &Sentence,
    found: &[Attribution],
) -> Option<Attribution> {
    if tokens.kind(at) != Kind::Word || !tokens.is_in(at, PARTICIPLES) || at == sentence.start {
        return None;
    }
    // `adding and taking away`: nobody speaks.
    let is_loose = tokens.is_one_of(at, &["adding", "asking", "continuing", "posting", "writing"])
        && tokens.is_word(at + 1)
        && !tokens.is_one_of(at + 1, &["that", "in", "on", "of", "how", "he", "she", "they", "it"]);
    if is_loose || (at > 0 && tokens.is(at - 1, "like")) {
        return None;
    }
    if tokens.is(at, "reading") && !is_text(tokens, at) {
        return None;
    }
    // `By saying “...” she showed`.
    if let (Some(1), Kind::Quote(_)) = (at.checked_sub(sentence.start), tokens.kind(at + 1)) {
        let subject = phrase(tokens, tokens.after_comma(at + 1))?;
        return Some(Attribution { verb: at, subject, form: Form::Participle });
    }
    // `with its chair Pia Orr calling it “...”`.
    if is_name_word(tokens, at - 1) && !is_possessive(tokens.word(at - 1)) {
        let subject = names_before(tokens, at, sentence.start)?;
        let is_person = subject.to - subject.from > 1 && !is_body(tokens, subject.from, subject.to);
        return is_person.then_some(Attribution { verb: at, subject, form: Form::Participle });
    }
    let follows = tokens.kind(at - 1) == Kind::Comma
        || (tokens.is_word(at - 1) && (tokens.is(at, "saying") || is_text(tokens, at)));
    if !follows
        || tokens.is_in(at - 1, NO_NOUN)
        || tokens.is(at - 1, "for")
        || tokens.is(at - 1, "of")
    {
        return None;
    }
    let spoke =
        found.last().filter(|last| last.start() >= sentence.start && tokens.is_in(last.verb, SAYS));
    let subject = spoke.map(|last| last.subject).or(sentence.subject)?;
    (subject.to < at).then_some(Attribution { verb: at, subject, form: Form::Participle })
}
