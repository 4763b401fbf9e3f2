//! Which attribution of a paragraph belongs to which quotation.
//!
//! In: a paragraph's tokens and attributions. Out: for every quotation [`Beside`], what stands beside
//! it. What comes from other paragraphs is left to [`super::flow`].

use super::attributions::{Attribution, Form, attributions, names_before};
use super::names::is_body;
use super::phrases::{Subject, Who, phrase};
use super::spans::{Stretch, starts_like_a_sentence};
use super::tokens::{Kind, Tokens, ends_with_stop};
use super::words::{LINKS, NAMES_IT, NO_NOUN, SAYS, classes, is_one_of};

/// Tokens between an attribution and words quoted later in its sentence.
const MAX_DISTANCE: usize = 40;
/// Tokens between a verb and a fragment that it reports.
const MAX_FRAGMENT: usize = 22;
/// Tokens of a name with its office after a dash.
const MAX_SIGNATURE: usize = 24;

/// Who says a quotation, by what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beside {
    /// The words for the speaker.
    pub subject: Subject,
    /// The token of the verb.
    pub verb: Option<usize>,
}

/// A paragraph with its quotations and who says them.
#[derive(Debug, Clone)]
pub(super) struct Attributed<'p> {
    /// Its tokens.
    pub tokens: Tokens<'p>,
    /// Its attributions, by verb.
    pub attributions: Vec<Attribution>,
    /// For each stretch, the attribution beside it.
    pub beside: Vec<Option<Beside>>,
}

impl<'p> Attributed<'p> {
    /// Reads a paragraph.
    pub(super) fn new(text: &'p str, stretches: &[Stretch]) -> Self {
        let tokens = Tokens::new(text, stretches);
        let attributions = attributions(&tokens);
        let mut beside: Vec<Option<Beside>> = Vec::with_capacity(stretches.len());
        for (place, stretch) in stretches.iter().enumerate() {
            let finder = Finder {
                tokens: &tokens,
                attributions: &attributions,
                quote: tokens.quotes[place],
                inner: stretch.inner.slice(text),
            };
            let previous = place.checked_sub(1).and_then(|previous| beside[previous]);
            beside.push(finder.find().or_else(|| finder.as_before(place, previous)));
        }
        // `“No.” “Never,” she said.`
        for place in (1..beside.len()).rev() {
            let (quote, next) = (tokens.quotes[place - 1], tokens.quotes[place]);
            if beside[place - 1].is_none()
                && next == quote + 1
                && is_speech(stretches[place - 1].inner.slice(text))
            {
                beside[place - 1] = beside[place];
            }
        }
        Self { tokens, attributions, beside }
    }
}

/// Whether quoted words are whole sentences.
pub(super) fn is_speech(inner: &str) -> bool {
    starts_like_a_sentence(inner)
        && (ends_with_stop(inner) || inner.trim_end().ends_with([',', '-', '–', '—']))
}

/// Whether quoted words are a title: all longer ones have a capital. A stop at its end may be the
/// sentence's, if there are several words.
pub(super) fn is_title(inner: &str) -> bool {
    // `The Pier From Over the Sea`, `Ten Nights with an Eel`: prepositions may be small.
    const SMALL: &[&str] = &["about", "from", "into", "over", "through", "upon", "with", "without"];
    let long = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !is_one_of(word, SMALL)
    };
    let is_capital =
        |word: &str| word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let mut words = inner.split_whitespace();
    let first = words.next().is_some_and(is_capital);
    let has_stop = inner.ends_with(['.', ',', '…']);
    first
        && (!has_stop || words.next().is_some())
        && inner.split_whitespace().filter(long).all(is_capital)
        && (!has_stop || inner.split_whitespace().any(|word| long(&word)))
}

/// Whether a word is a subject's pronoun, with or without an auxiliary.
fn is_pronoun(word: &str) -> bool {
    let pronoun = word.split(['\'', '’']).next().unwrap_or_default();
    is_one_of(pronoun, &["he", "i", "she", "they", "we", "you"])
}

struct Finder<'t, 'p> {
    tokens: &'t Tokens<'p>,
    attributions: &'t [Attribution],
    quote: usize,
    inner: &'t str,
}

impl Finder<'_, '_> {
    fn find(&self) -> Option<Beside> {
        let is_introduced =
            self.quote > 0 && matches!(self.tokens.kind(self.quote - 1), Kind::Comma | Kind::Colon);
        if is_introduced && let Some(found) = self.introduced() {
            return Some(found);
        }
        if let Some(found) = self.after().or_else(|| self.signed()).or_else(|| self.labelled()) {
            return Some(found);
        }
        if let Some(found) = self.by_saying() {
            return Some(found);
        }
        if is_title(self.inner) && !is_introduced {
            return None;
        }
        self.before().or_else(|| self.ends_sentence())
    }

    /// `By saying “...” she showed`.
    fn by_saying(&self) -> Option<Beside> {
        let before = self.quote.checked_sub(1)?;
        let place = self.attributions.binary_search_by_key(&before, |found| found.verb).ok()?;
        let found = &self.attributions[place];
        (found.subject.from > self.quote).then(|| found.into())
    }

    fn sentence_start(&self) -> usize {
        let lowest = self.quote.saturating_sub(2 * MAX_DISTANCE);
        (lowest..=self.quote)
            .rev()
            .find(|&at| self.tokens.begins_sentence(at) && at < self.quote || at == lowest)
            .unwrap_or(lowest)
    }

    /// The last attribution before the quotation, from a token on.
    fn last_before(&self, start: usize) -> Option<&Attribution> {
        let upto = self.attributions.partition_point(|found| found.verb < self.quote);
        let mut last = self.attributions[..upto].last()?;
        // `Pell wrote, according to the Gazette, “...”`: his words, told by another.
        if last.form == Form::According
            && let Some(teller) = upto.checked_sub(2).map(|place| &self.attributions[place])
            && teller.start() >= start
            && self.tokens.is_in(teller.verb, SAYS)
        {
            last = teller;
        }
        (last.start() >= start
            && last.subject.to <= self.quote
            && self.quote - last.verb <= MAX_DISTANCE)
            .then_some(last)
    }

    /// `She said: “...”`, `she told the board, “...”`.
    fn introduced(&self) -> Option<Beside> {
        if self.tokens.begins_sentence(self.quote) {
            return None;
        }
        let start = self.sentence_start();
        let last = self.last_before(start)?;
        // `He wrote a novel, “The Harbour at Night”`.
        // `When they asked her, she'd reply, “...”`: somebody else goes on.
        let goes_on = (last.verb + 1..self.quote)
            .any(|at| self.tokens.kind(at - 1) == Kind::Comma && is_pronoun(self.tokens.word(at)));
        if goes_on {
            return None;
        }
        let is_work = self.tokens.is_one_of(last.verb, &["wrote", "writes", "written"])
            && self.tokens.kind(self.quote - 1) == Kind::Comma
            && is_title(self.inner)
            && !ends_with_stop(self.inner);
        (!is_work).then(|| last.into())
    }

    /// `Ivor Pell: “...”`, `She was blunt: “...”`, `A customer raved, “...”`.
    fn labelled(&self) -> Option<Beside> {
        if self.quote == 0 || self.tokens.begins_sentence(self.quote) {
            return None;
        }
        let (tokens, last) = (self.tokens, self.quote - 1);
        if !starts_like_a_sentence(self.inner) || is_title(self.inner) {
            return None;
        }
        let subject = phrase(tokens, self.sentence_start());
        if last > 0 && tokens.kind(last) == Kind::Comma {
            // `A customer raved, “...”`: any verb.
            let is_verb =
                tokens.kind(last - 1) == Kind::Word && tokens.word(last - 1).ends_with("ed");
            let subject = subject.filter(|subject| is_verb && subject.to + 1 == last)?;
            return Some(Beside { subject, verb: Some(last - 1) });
        }
        // `Ivor Pell – “...”`, where nothing else stands before the dash.
        let is_dashed = tokens.kind(last) == Kind::Dash
            && subject.is_some_and(|subject| subject.from == 0 && subject.to == last);
        if !(tokens.kind(last) == Kind::Colon || is_dashed) || !is_speech(self.inner) {
            return None;
        }
        let is_person = |subject: &Subject| match subject.who {
            Who::Name { from, to, .. } => to > from + 1 && !is_body(tokens, from, to),
            Who::Pronoun => !tokens.is(subject.from, "it"),
            Who::Role => false,
        };
        // `..., among them the tester Ivor Pell: “...”`.
        let named = || {
            names_before(tokens, last, last.saturating_sub(5))
                .filter(|name| name.to > name.from + 1)
        };
        let subject = subject.filter(is_person).or_else(|| named().filter(is_person))?;
        Some(Beside { subject, verb: None })
    }

    /// `“...,” she said`, `“...,” said Ivor Pell`, `“...,” according to the board`.
    fn after(&self) -> Option<Beside> {
        let next = self.tokens.after_comma(self.quote);
        // `on “The Harbour Hour,” Pell said`: what a programme is called.
        let inside = self.quote > 0 && self.tokens.is_word(self.quote - 1);
        if inside && is_title(self.inner.trim_end_matches(',')) {
            return None;
        }
        let Some(found) = self.starting_at(next) else {
            return self.any_verb(next);
        };
        let has_comma =
            next > self.quote + 1 || self.inner.trim_end().ends_with([',', '-', '–', '—']);
        let is_marked = has_comma || ends_with_stop(self.inner);
        // `... the “harbour hour.” Pell said he would stay`: another sentence.
        if !has_comma
            && ends_with_stop(self.inner)
            && found.form == Form::Plain
            && self.tokens.kind(next) == Kind::Capital
            && !(is_speech(self.inner)
                && (self.is_last(found) || self.inner.trim_end().ends_with(['?', '!'])))
        {
            return None;
        }
        let is_said = self.tokens.is_one_of(found.verb, &["said", "say", "says"]);
        let is_close = (is_said && found.form == Form::Inverted)
            || (found.verb <= next + 3 && self.is_last(found));
        (is_marked || is_close).then(|| found.into())
    }

    /// `“...,” she guesses`, `“...,” enthuses Ivor Pell`: after speech that ends with a comma, any
    /// verb reports.
    fn any_verb(&self, next: usize) -> Option<Beside> {
        let tokens = self.tokens;
        let inner = self.inner.trim_end();
        let is_called = inner.ends_with(['!', '?']);
        if !(inner.ends_with(',') || is_called) || is_title(inner.trim_end_matches(',')) {
            return None;
        }
        const CALLS: &[&str] = &[
            "captioned",
            "gushed",
            "laughed",
            "laughs",
            "offered",
            "offers",
            "shared",
            "shares",
            "smiled",
        ];
        let is_verb = |at: usize| {
            tokens.kind(at) == Kind::Word
                && (!is_called || tokens.is_one_of(at, CALLS))
                && !tokens.is_in(at, NO_NOUN)
                && !tokens.is_in(at, LINKS)
                && tokens.word(at).ends_with(['s', 'd'])
        };
        if !starts_like_a_sentence(inner) {
            return None;
        }
        if is_verb(next) && tokens.kind(next + 1) == Kind::Capital {
            let subject = phrase(tokens, next + 1).filter(|subject| subject.who != Who::Role)?;
            return Some(Beside { subject, verb: Some(next) });
        }
        let subject = phrase(tokens, next)?;
        // `“...,” the authors conclude.`
        let last = subject.to - 1;
        if subject.who == Who::Role {
            let is_whole =
                tokens.is(next, "the") && last > next + 1 && tokens.kind(subject.to) == Kind::Stop;
            let subject = Subject { to: last, ..subject };
            return (is_whole && !is_called).then_some(Beside { subject, verb: Some(last) });
        }
        is_verb(subject.to).then_some(Beside { subject, verb: Some(subject.to) })
    }

    /// Whether a sentence or a clause ends soon after an attribution's verb.
    fn is_last(&self, found: &Attribution) -> bool {
        let after = found.verb.max(found.subject.to - 1) + 1;
        !self.tokens.is_word(after)
            || self.tokens.is_one_of(after, &["in", "on", "at", "during", "of", "about", "to"])
    }

    fn starting_at(&self, at: usize) -> Option<&Attribution> {
        let from = self.attributions.partition_point(|found| found.verb < at);
        self.attributions[from..]
            .iter()
            .take(3)
            .find(|found| found.start() == at && found.form != Form::Participle)
    }

    /// Whether the words are a sentence by their number.
    fn is_long(&self) -> bool {
        starts_like_a_sentence(self.inner) && self.inner.split_whitespace().nth(5).is_some()
    }

    /// `“...” — Ivor Pell, harbour master`.
    fn signed(&self) -> Option<Beside> {
        let tokens = self.tokens;
        let is_line = tokens.text[tokens.list[self.quote].end..].starts_with('\n');
        if !(tokens.kind(self.quote + 1) == Kind::Dash || is_line)
            || tokens.list.len() > self.quote + 2 + MAX_SIGNATURE
            || !(is_speech(self.inner) || self.is_long())
        {
            return None;
        }
        let dashes = (self.quote + 1..self.quote + 4)
            .take_while(|&at| tokens.kind(at) == Kind::Dash)
            .count();
        let subject = phrase(tokens, self.quote + 1 + dashes.max(1))?;
        let ends = subject.to >= tokens.list.len()
            || matches!(tokens.kind(subject.to), Kind::Comma | Kind::Open | Kind::Stop);
        let is_full =
            matches!(subject.who, Who::Name { from, to, .. } if !is_line || to > from + 1);
        (ends && is_full).then_some(Beside { subject, verb: None })
    }

    /// Whether the words are examples of what a noun stands for.
    fn is_example(&self) -> bool {
        // `messages like “...” or “...”` and `words such as “...”` are examples.
        let mut first = self.quote;
        while first > self.quote.saturating_sub(12)
            && first > 0
            && (matches!(self.tokens.kind(first - 1), Kind::Quote(_) | Kind::Comma)
                || self.tokens.is_one_of(first - 1, &["and", "or"]))
        {
            first -= 1;
        }
        let is_before =
            |back: usize, word: &str| first >= back && self.tokens.is(first - back, word);
        is_before(1, "like") || (is_before(1, "as") && is_before(2, "such"))
    }

    /// `She said it was “...”`, `he called it “...”`.
    fn before(&self) -> Option<Beside> {
        if self.tokens.begins_sentence(self.quote) {
            return None;
        }
        if self.is_example() {
            return None;
        }
        let last = self.last_before(self.sentence_start())?;
        // What is reported, shared or asked in fragments is mostly a fact or a name, not words.
        const NO_FRAGMENT: &[&str] = &[
            "ask",
            "asked",
            "asks",
            "cited",
            "cites",
            "elaborate",
            "recommend",
            "recommended",
            "recommends",
            "reported",
            "share",
            "shared",
            "shares",
            "suggest",
            "suggests",
        ];
        let is_far = self.quote - last.verb > MAX_FRAGMENT && !is_speech(self.inner);
        let is_noun = self.tokens.is(last.verb, "states")
            && last.subject.who == Who::Role
            && !self.tokens.is(last.verb + 1, "that");
        let is_it = self.tokens.is(last.subject.from, "it")
            && !self.tokens.is_one_of(last.verb, &["added", "said", "says"]);
        if is_it || is_far || is_noun || self.tokens.is_one_of(last.verb, NO_FRAGMENT) {
            return None;
        }
        let verb = self.tokens.word(last.verb);
        let gives_name = last.verb + 1 == self.quote
            && classes(verb).has(NAMES_IT)
            && !(last.subject.from > 0
                && self
                    .tokens
                    .is_one_of(last.subject.from - 1, &["what", "which", "that", "whom"]));
        // `What she said aside, I call it “...”`: somebody else goes on.
        let goes_on = (last.verb + 1..self.quote).any(|at| {
            self.tokens.kind(at - 1) == Kind::Comma
                && self.tokens.is_one_of(at, &["I", "we"])
                && !self.tokens.is(last.subject.from, self.tokens.word(at))
        });
        (!gives_name && !goes_on).then(|| last.into())
    }

    /// `The pier is “...”, she said.`
    fn ends_sentence(&self) -> Option<Beside> {
        // `A club called “...” met there, she said`: a name.
        const NAMED: &[&str] = &["called", "dubbed", "entitled", "named", "nicknamed", "titled"];
        if self.quote > 0 && self.tokens.is_one_of(self.quote - 1, NAMED) {
            return None;
        }
        let from = self.attributions.partition_point(|found| found.verb < self.quote);
        let found = self.attributions[from..].iter().find(|found| found.start() > self.quote)?;
        if found.start() > self.quote + MAX_DISTANCE || found.form == Form::Participle {
            return None;
        }
        let same_sentence =
            (self.quote + 1..=found.start()).all(|at| !self.tokens.begins_sentence(at));
        let is_apart = self.tokens.kind(found.start() - 1) == Kind::Comma;
        (same_sentence && is_apart && (found.form != Form::Plain || self.is_last(found)))
            .then(|| found.into())
    }

    /// Whole sentences after others in the same paragraph, or after a statement there, are said by
    /// the same person.
    fn as_before(&self, place: usize, previous: Option<Beside>) -> Option<Beside> {
        // After a comma the sentence goes on, with an attribution that is not understood.
        let is_last = self.quote + 1 == self.tokens.list.len() && self.is_long();
        if !(is_speech(self.inner) || is_last)
            || self.inner.trim_end().ends_with(',')
            || !self.tokens.begins_sentence(self.quote)
            || self.quote == 0
        {
            return None;
        }
        let upto = self.attributions.partition_point(|found| found.verb < self.quote);
        let last = self.attributions[..upto].last().map(Beside::from);
        let earlier = place.checked_sub(1).map_or(0, |previous| self.tokens.quotes[previous]);
        match (last, previous) {
            (Some(last), _) if last.verb.is_some_and(|verb| verb >= earlier) => Some(last),
            (_, previous) => previous,
        }
    }
}

impl From<&Attribution> for Beside {
    fn from(found: &Attribution) -> Self {
        Self { subject: found.subject, verb: Some(found.verb) }
    }
}
