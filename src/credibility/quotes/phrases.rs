//! Who a sentence speaks of: noun phrases, and which of them is the subject of a reporting verb.
//!
//! In: the tokens of a paragraph. Out: [`Subject`]s. Grammar is guessed from short words and
//! capitals; in doubt there is no subject. All looks ahead and back are bounded.

use super::names::{is_name_word, name_end, split_titles};
use super::tokens::{Kind, Tokens, is_possessive};
use super::words::{
    BE, BODIES, CHAINS, DETERMINERS, HUMANS, LINKS, NAMES_IT, NEVER, NO_NOUN, PARTICIPLES,
    PARTICLES, PLACES, PRONOUNS, ROLES, SAYS, TITLES, classes, is_one_of,
};

/// Tokens of a noun phrase.
const MAX_PHRASE: usize = 16;
/// Tokens of an apposition.
const MAX_APPOSITION: usize = 40;
/// Tokens between a subject and its verb.
const MAX_LINK: usize = 7;

/// What a subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// `he`, `she`, `they`.
    Pronoun,
    /// A name: tokens `from..to`, with titles before it in `titles..from`.
    Name {
        /// First title.
        titles: usize,
        /// First word of the name.
        from: usize,
        /// One past the last.
        to: usize,
    },
    /// A common noun: `the ministry`, `police`.
    Role,
}

/// A noun phrase: tokens `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subject {
    /// First token.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// What it is.
    pub who: Who,
}

/// `the board's chair, Ivor Pell, said`: the name is the subject.
pub(super) fn named_after(tokens: &Tokens<'_>, subject: &Subject) -> Option<Subject> {
    let comma = subject.to;
    // `said Co-Founder, Pia Orr` is an office too.
    // So is `Norland Foreign Minister, Ivor Pell`.
    let is_office = match subject.who {
        Who::Role => true,
        Who::Name { to, .. } => tokens.is_in(to - 1, TITLES),
        Who::Pronoun => false,
    };
    if !is_office || tokens.kind(comma) != Kind::Comma || !is_name_word(tokens, comma + 1) {
        return None;
    }
    let end = name_end(tokens, comma + 1);
    let is_apart = matches!(tokens.kind(end), Kind::Comma | Kind::Stop | Kind::Colon)
        || tokens.is_in(end, CHAINS);
    (end >= comma + 3 && is_apart).then(|| Subject {
        from: comma + 1,
        to: end,
        who: split_titles(tokens, comma + 1, end),
    })
}

/// Whether a verb's form goes with a subject: `the board say` does not.
pub(super) fn agrees(tokens: &Tokens<'_>, subject: &Subject, verb: usize) -> bool {
    const BASE: &[&str] = &[
        "add", "argue", "ask", "believe", "call", "claim", "describe", "explain", "insist",
        "refer", "say", "suggest", "tell", "think", "warn", "write",
    ];
    const MANY: &[&str] =
        &["children", "men", "others", "people", "police", "some", "both", "many", "women"];
    const PLURAL: &[&str] = &["I", "we", "they"];
    let words = || subject.from..subject.to;
    // `will say` and `went on to say` go with any subject.
    let is_helped =
        verb > 0 && tokens.is_one_of(verb - 1, &["will", "would", "to", "did", "do", "does"]);
    let is_base = !is_helped && tokens.is_one_of(verb, BASE);
    // `asked by all` is done to the subject.
    if tokens.is(verb + 1, "by") && !tokens.word(verb + 2).ends_with("ing") {
        return false;
    }
    // `the events described in it`.
    let is_done_to = tokens.is_in(verb, NAMES_IT)
        && tokens.word(verb).ends_with("ed")
        && tokens.is_one_of(verb + 1, &["above", "at", "below", "in"]);
    if is_done_to && subject.who == Who::Role {
        return false;
    }
    match subject.who {
        Who::Pronoun if tokens.is_one_of(subject.from, PLURAL) => !tokens.word(verb).ends_with('s'),
        Who::Pronoun => !is_base,
        // `Open your hand and say`: an order that begins with a capital.
        Who::Name { from, to, .. } => {
            !is_base
                || to - from > 1
                || !tokens.begins_sentence(from)
                || tokens.word(from).ends_with('s')
        }
        Who::Role => {
            !is_base
                || words().any(|at| tokens.word(at).ends_with('s') || tokens.is_one_of(at, MANY))
        }
    }
}

/// The reporting verb of a subject, if it goes with it.
pub(super) fn verb_of(tokens: &Tokens<'_>, subject: &Subject) -> Option<usize> {
    verb_after(tokens, subject.to).filter(|&verb| agrees(tokens, subject, verb))
}

/// The noun phrase that begins at a token, as long as it can be.
pub(super) fn phrase(tokens: &Tokens<'_>, from: usize) -> Option<Subject> {
    if tokens.is_in(from, PRONOUNS) {
        let is_noun = tokens.is(from, "it") && tokens.word(from) == "IT";
        return (!is_noun).then_some(Subject { from, to: from + 1, who: Who::Pronoun });
    }
    if !matches!(tokens.kind(from), Kind::Capital | Kind::Word | Kind::Number) {
        return None;
    }
    if let Some((pronoun, rest)) = tokens.word(from).split_once(['\'', '’']) {
        if classes(pronoun).has(PRONOUNS) || pronoun.eq_ignore_ascii_case("you") {
            let speaks = !pronoun.eq_ignore_ascii_case("you") && matches!(rest, "d" | "ve");
            return speaks.then_some(Subject { from, to: from + 1, who: Who::Pronoun });
        }
        if is_one_of(pronoun, &["let", "that", "here", "there", "what", "who"]) {
            return None;
        }
    }
    let has_determiner = tokens.is_in(from, DETERMINERS) || tokens.kind(from) == Kind::Number;
    if !has_determiner && tokens.is_in(from, NO_NOUN.or(LINKS).or(CHAINS)) {
        return None;
    }
    // Names alone: `Mr Ivor Pell`, `Ivor Pell of the harbour board`.
    if !has_determiner && is_name_word(tokens, from) {
        let to = name_end(tokens, from);
        if !is_possessive(tokens.word(to - 1)) && !names_office(tokens, to) {
            return Some(named(tokens, from, to));
        }
    }
    described(tokens, from, has_determiner)
}

/// Common nouns that follow a name: where they end.
fn nouns_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let is_noun = |at: usize| {
        tokens.kind(at) == Kind::Word
            && !tokens.is_in(at, LINKS.or(DETERMINERS).or(PARTICLES))
            && !ends_phrase(tokens, at)
            && !is_chain(tokens, at)
            && !tokens.word(at).ends_with("ed")
    };
    (at..at + 5).find(|&end| !is_noun(end)).unwrap_or(at)
}

/// Whether common nouns and another name follow, or nouns and a verb: `Board of Trade spokeswoman
/// Pia Orr`, `Larkhaven police said`.
fn names_office(tokens: &Tokens<'_>, at: usize) -> bool {
    let end = nouns_end(tokens, at);
    let is_person = matches!(tokens.kind(end), Kind::Comma | Kind::Stop)
        && end > at
        && tokens.is_in(end - 1, TITLES.or(ROLES).or(HUMANS));
    end > at
        && (is_person || is_name_word(tokens, end) || matches!(linked(tokens, end), Some(Some(_))))
}

/// The phrase of a name, with `of ...` after it.
fn named(tokens: &Tokens<'_>, from: usize, to: usize) -> Subject {
    let mut end = to;
    // `Pell and Orr`.
    if (tokens.is(to, "and") || tokens.is(to, "&")) && is_name_word(tokens, to + 1) {
        end = name_end(tokens, to + 1);
        // `Harbour Board Founder and Chair Ivor Pell` is one person.
        let is_both = tokens.is_in(to - 1, TITLES.or(ROLES)) && end > to + 2;
        let who = if is_both {
            split_titles(tokens, to + 1, end)
        } else {
            Who::Name { titles: from, from, to: end }
        };
        return Subject { from, to: end, who };
    }
    let is_office =
        tokens.is_in(to - 1, TITLES) && (from..to).all(|at| tokens.is_in(at, TITLES.or(PLACES)));
    while end < from + MAX_PHRASE && is_chain(tokens, end) {
        let mut next = end + 1;
        while tokens.is_in(next, DETERMINERS)
            || tokens.kind(next) == Kind::Word && next < end + 4 && !tokens.is_in(next, NO_NOUN)
        {
            next += 1;
        }
        if !is_name_word(tokens, next) {
            break;
        }
        end = name_end(tokens, next);
        // `President of Norland Ivor Pell`.
        if is_office && end > next + 2 && tokens.is_in(next, PLACES) {
            return Subject { from, to: end, who: split_titles(tokens, next, end) };
        }
    }
    // `Bank of Norland analyst Pia Orr`.
    let name = nouns_end(tokens, end);
    if end > to && name > end && is_name_word(tokens, name) {
        let last = name_end(tokens, name);
        return Subject { from, to: last, who: split_titles(tokens, name, last) };
    }
    // `The Department of Ports complaint said`.
    if end > to && name > end && matches!(linked(tokens, name), Some(Some(_))) {
        return Subject { from, to: name, who: Who::Role };
    }
    if is_office && end > to {
        return Subject { from, to: end, who: Who::Role };
    }
    let is_whole = end > to && (from..to).any(|at| tokens.is_in(at, BODIES));
    let name_to = if is_whole { end } else { to };
    Subject { from, to: end, who: split_titles(tokens, from, name_to) }
}

/// Whether a preposition carries a phrase on: `of the board`, `in Larkhaven`, `ambassador to Norland`.
fn is_chain(tokens: &Tokens<'_>, at: usize) -> bool {
    const SENT_TO: &[&str] = &[
        "adviser",
        "advisor",
        "aide",
        "ambassador",
        "assistant",
        "close",
        "envoy",
        "representative",
    ];
    tokens.is_in(at, CHAINS)
        || (tokens.is(at, "in") && (tokens.is(at + 1, "the") || is_name_word(tokens, at + 1)))
        || (tokens.is(at, "to") && at > 0 && tokens.is_one_of(at - 1, SENT_TO))
}

/// A phrase with a noun: `the ministry`, `a spokesman for the board`, `harbour master Ivor Pell`.
fn described(tokens: &Tokens<'_>, from: usize, has_determiner: bool) -> Option<Subject> {
    let mut at = from + usize::from(has_determiner);
    // End of the first piece, before any `of`; start of the capitals that end it.
    let mut head_end = None;
    let mut capitals = None;
    let limit = from + MAX_PHRASE;
    while at < limit {
        match tokens.kind(at) {
            Kind::Capital | Kind::Word | Kind::Number => {}
            Kind::Dash if joins(tokens, at) => {}
            _ => break,
        }
        if is_chain(tokens, at) && at > from {
            head_end = head_end.or(Some(at));
        } else if tokens.is_in(at, DETERMINERS) && head_end.is_some() {
        } else if (at > from && head_end.is_none() && is_article(tokens, at))
            || ends_phrase(tokens, at)
                && !(tokens.is(at, "and") && head_end.is_some() && is_name_word(tokens, at + 1))
        {
            break;
        } else if head_end.is_none() {
            if is_name_word(tokens, at) {
                capitals = capitals.or(Some(at));
            } else if !tokens.is_in(at, PARTICLES) {
                capitals = None;
            }
            if is_possessive(tokens.word(at)) {
                capitals = None;
            }
        }
        at += 1;
    }
    while at > from && is_chain(tokens, at - 1) {
        at -= 1;
    }
    // `President Pell's alleged ...`: what is his is the subject.
    if at > from && is_possessive(tokens.word(at - 1)) {
        return None;
    }
    let head = head_end.unwrap_or(at).min(at);
    if head <= from + usize::from(has_determiner)
        && !(has_determiner && head > from && is_lone(tokens, from))
    {
        return None;
    }
    if let Some(name) = head_end.and_then(|chain| named_at_end(tokens, chain, at)) {
        return Some(Subject { from, to: at, who: split_titles(tokens, name, at) });
    }
    let who = match capitals {
        // `the Board`: a body's name; `the harbour master Ivor Pell`: his.
        // `the Sheriff's Office` is no `Office`.
        Some(first)
            if first + 1 == head && first > from && is_possessive(tokens.word(first - 1)) =>
        {
            let is_body = tokens.is_in(first, BODIES);
            if is_body { Who::Role } else { split_titles(tokens, first, head) }
        }
        Some(first) if first < head => split_titles(tokens, first, head),
        _ => Who::Role,
    };
    Some(Subject { from, to: at, who })
}

/// Where the name begins that ends `former Friends of Larkhaven president Ivor Pell`; none in
/// `a spokesman for president Ivor Pell`, who speaks for himself.
fn named_at_end(tokens: &Tokens<'_>, chain: usize, end: usize) -> Option<usize> {
    let from = (chain..end).rev().take_while(|&at| is_name_word(tokens, at)).last()?;
    let is_office =
        tokens.kind(from - 1) == Kind::Word && tokens.is_in(from - 1, TITLES.or(ROLES).or(HUMANS));
    let is_body = chain > 0 && tokens.kind(chain - 1) == Kind::Capital;
    (is_office && is_body && end > from + 1).then_some(from)
}

/// Determiners that begin a phrase of their own, after another one.
fn is_article(tokens: &Tokens<'_>, at: usize) -> bool {
    const ARTICLES: &[&str] = &[
        "a", "an", "his", "her", "my", "our", "some", "that", "the", "their", "these", "this",
        "those",
    ];
    tokens.kind(at) == Kind::Word && tokens.is_one_of(at, ARTICLES)
}

/// Determiners that stand alone: `one said`, `some say`, `both said`.
fn is_lone(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_one_of(
        at,
        &[
            "one", "two", "three", "four", "five", "some", "many", "another", "others", "both",
            "most", "several", "few", "all",
        ],
    )
}

fn joins(tokens: &Tokens<'_>, dash: usize) -> bool {
    let (Some(before), Some(after)) = (tokens.list.get(dash - 1), tokens.list.get(dash + 1)) else {
        return false;
    };
    let token = tokens.list[dash];
    before.end == token.start && after.start == token.end
}

fn ends_phrase(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_in(at, NO_NOUN.or(NEVER))
        || tokens.is(at, "and")
        || is_verb(tokens, at)
        || (tokens.kind(at) == Kind::Word
            && tokens.word(at).ends_with("ly")
            && !tokens.is(at, "family"))
}

/// Whether a token is a reporting verb of any kind.
pub(super) fn is_verb(tokens: &Tokens<'_>, at: usize) -> bool {
    if tokens.kind(at) != Kind::Word || !tokens.is_in(at, SAYS.or(NAMES_IT)) {
        return false;
    }
    if tokens.is(at, "put") || tokens.is(at, "puts") {
        return tokens.is(at + 1, "it");
    }
    if tokens.is(at, "pointed") || tokens.is(at, "points") {
        return tokens.is(at + 1, "out");
    }
    // `continued supply` and `they continued along`: nobody speaks.
    if (tokens.is(at, "continued") || tokens.is(at, "continues")) && tokens.is_word(at + 1) {
        return false;
    }
    // `a crest called sangabisi`: a name is given.
    if tokens.is_one_of(at, &["called", "dubbed", "labelled", "labeled", "termed", "branded"])
        && tokens.kind(at + 1) == Kind::Word
        && !tokens.is_in(at + 1, DETERMINERS.or(NO_NOUN).or(CHAINS))
    {
        return false;
    }
    true
}

/// The reporting verb of a subject that ends before a token: past adverbs and auxiliaries, and past
/// an apposition between commas.
pub(super) fn verb_after(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if let Some(verb) = linked(tokens, at) {
        return verb;
    }
    let mut at = at;
    if tokens.kind(at) == Kind::Open {
        at = (at..at + 12).find(|&place| tokens.kind(place) == Kind::Close)? + 1;
        if let Some(verb) = linked(tokens, at) {
            return verb;
        }
    }
    if tokens.is(at, "who") {
        return relative(tokens, at);
    }
    if !matches!(tokens.kind(at), Kind::Comma | Kind::Dash) {
        return None;
    }
    for place in at + 1..(at + MAX_APPOSITION).min(tokens.list.len()) {
        match tokens.kind(place) {
            Kind::Comma | Kind::Dash => {
                if let Some(Some(verb)) = linked(tokens, place + 1) {
                    return Some(verb);
                }
            }
            Kind::Stop | Kind::Colon | Kind::Quote(_) => break,
            _ => {}
        }
    }
    // `, who said`.
    if tokens.is(at + 1, "who") { relative(tokens, at + 1) } else { None }
}

fn relative(tokens: &Tokens<'_>, who: usize) -> Option<usize> {
    linked(tokens, who + 1).flatten()
}

/// The verb that stands at a token or after links from there. `Some(None)`: there is one, but the
/// subject does not say it (`was told`, `never said`).
fn linked(tokens: &Tokens<'_>, from: usize) -> Option<Option<usize>> {
    let (mut is_passive, mut is_denied) = (false, false);
    for at in from..from + MAX_LINK {
        if tokens.is(at, "quoted") && tokens.is(at + 1, "as") {
            return Some(Some(if tokens.is(at + 2, "saying") { at + 2 } else { at }));
        }
        if is_verb(tokens, at) && !(tokens.is_in(at, LINKS) && tokens.is(at + 1, "on")) {
            return Some((!is_passive && !is_denied).then_some(at));
        }
        if tokens.is_in(at, PARTICIPLES) && is_passive {
            // `is saying`, `was telling`.
            return Some((!is_denied).then_some(at));
        }
        // `she came to say`: nothing is said yet; `she went on to say`: it is.
        const GO_ON: &[&str] = &["began", "continued", "continues", "on", "quick"];
        if tokens.is(at, "to")
            && is_verb(tokens, at + 1)
            && !(at > 0 && tokens.is_one_of(at - 1, GO_ON))
        {
            return Some(None);
        }
        let is_adverb = tokens.kind(at) == Kind::Word && tokens.word(at).ends_with("ly");
        if tokens.is_in(at, NEVER) {
            is_denied = true;
        } else if tokens.is_in(at, BE) {
            is_passive = true;
        } else if !(tokens.is_in(at, LINKS) || is_adverb) {
            return None;
        }
    }
    None
}
