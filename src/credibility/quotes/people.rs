//! The persons of an article: full names for surnames, persons for pronouns.
//!
//! In: the tokens of the article's paragraphs, in order. Out: for a [`Subject`] the name that stands
//! for it, as fully as the article gives it.

use std::collections::HashMap;

use super::SpeakerKind;
use super::names::{is_body, is_name_word, name_end, split_titles};
use super::persons::{Gender, gender, is_person, is_surely_person, surname};
use super::phrases::{Subject, Who, phrase};
use super::tokens::{Kind, Tokens, bare};
use super::words::{BODIES, DETERMINERS, HUMANS, MEN, ROLES, TITLES, WOMEN, classes};

/// Persons named before that a pronoun is tried on.
const MAX_CANDIDATES: usize = 24;
/// Paragraphs back to somebody who has spoken.
const MAX_SILENT: usize = 5;
/// Tokens of a sentence before a pronoun.
const MAX_SENTENCE: usize = 60;
/// One of a surname is meant by it alone if named more than so many times as often as each other.
const MUCH_MORE: usize = 2;

#[derive(Debug, Clone)]
struct Person<'p> {
    name: &'p str,
    kind: SpeakerKind,
    /// Where the full name first stands: paragraph.
    since: usize,
    gender: Gender,
    /// How often the full name stands in the article; twice as much where a sentence begins with it.
    weight: usize,
    /// Whether the person has spoken so far.
    has_spoken: bool,
    /// Whether more than capitals tells that it is a person: a title, a first name, an age or an
    /// office after the name, the surname alone elsewhere.
    is_sure: bool,
}

impl Person<'_> {
    /// Whether it is a person, and not some other run of capitals.
    fn is_sure(&self) -> bool {
        self.is_sure || self.has_spoken
    }
}

/// A person named somewhere.
#[derive(Debug, Clone, Copy)]
struct Mention {
    person: usize,
    paragraph: usize,
    /// Whether a sentence begins with the name, or the person speaks there.
    is_strong: bool,
}

/// Who a subject is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    /// The name, or the words that stand for it.
    pub name: String,
    /// What the name names.
    pub kind: SpeakerKind,
}

/// The persons that an article names.
#[derive(Debug, Default)]
pub(super) struct People<'p> {
    persons: Vec<Person<'p>>,
    by_name: HashMap<&'p str, usize>,
    by_surname: HashMap<&'p str, Vec<usize>>,
    by_first: HashMap<&'p str, Vec<usize>>,
    mentions: Vec<Mention>,
    /// The last body or role that spoke, and in which paragraph: for `it` and `they`.
    last_body: Option<(usize, Resolved)>,
    /// Mentions before it spoke.
    body_since: usize,
    last_speaker: Option<usize>,
    /// How many persons have spoken.
    spoken: usize,
}

impl<'p> People<'p> {
    /// Collects the full names of an article's paragraphs.
    pub(super) fn new<'t>(paragraphs: impl Iterator<Item = &'t Tokens<'p>>) -> Self
    where
        'p: 't,
    {
        let mut people = Self::default();
        for (paragraph, tokens) in paragraphs.enumerate() {
            for_each_name(tokens, |from, to| people.note(tokens, paragraph, from, to));
        }
        people
    }

    fn note(&mut self, tokens: &Tokens<'p>, paragraph: usize, from: usize, to: usize) {
        let Who::Name { from: name, to: end, .. } = split_titles(tokens, from, to) else { return };
        let gender = gender(tokens, from, name, end);
        if end - name == 1 {
            self.note_alone(tokens, from, name);
            // `Ms Orr` tells the gender of Pia Orr, if no other Orr is a woman.
            let known = self.by_surname.get(bare(tokens.word(name))).map_or(&[][..], Vec::as_slice);
            let is_told = known.iter().any(|&person| self.persons[person].gender == gender);
            if let (Some(&last), false, true) = (known.last(), is_told, from < name)
                && gender != Gender::Unknown
            {
                self.persons[last].gender = gender;
            }
            return;
        }
        if !is_person(tokens, from, name, end) {
            return;
        }
        let full = bare(tokens.slice(name, end));
        let weight = 1 + usize::from(tokens.begins_sentence(from));
        let is_sure = is_surely_person(tokens, from, name, end);
        let last = bare(tokens.word(surname(tokens, name, end)));
        let known = self.by_name.get(full).copied().or_else(|| self.longer(full, last));
        if let Some(known) = known {
            self.persons[known].weight += weight;
            self.persons[known].is_sure |= is_sure;
            // `Pier-Master Ivor Pell` is Ivor Pell.
            let head = self.persons[known].name.split(' ').next().unwrap_or_default();
            if tokens.is_in(name, MEN.or(WOMEN)) && head.contains('-') {
                self.persons[known].name = full;
            }
            self.by_name.insert(full, known);
            return;
        }
        let person = self.persons.len();
        self.persons.push(Person {
            name: full,
            kind: SpeakerKind::Person,
            since: paragraph,
            gender,
            weight,
            has_spoken: false,
            is_sure,
        });
        self.by_name.insert(full, person);
        self.by_surname.entry(last).or_default().push(person);
        self.by_first.entry(bare(tokens.word(name))).or_default().push(person);
    }

    /// A name alone that is part of one person's only says that the whole one is a person's.
    fn note_alone(&mut self, tokens: &Tokens<'p>, from: usize, name: usize) {
        let word = bare(tokens.word(name));
        let is_the = from > 0 && tokens.is(from - 1, "the");
        let known = self.by_surname.get(word).or_else(|| self.by_first.get(word));
        if let (Some([only]), false) = (known.map(Vec::as_slice), is_the) {
            let person = &mut self.persons[*only];
            person.is_sure |= person.name.split(' ').count() == 2;
        }
    }

    /// The person of whose name another is the end: `Das Orr` for `Pia Das Orr`.
    fn longer(&self, name: &str, surname: &str) -> Option<usize> {
        let known = self.by_surname.get(surname)?;
        known.iter().take(MAX_CANDIDATES).copied().find(|&person| {
            let head = self.persons[person].name.strip_suffix(name);
            head.is_some_and(|head| head.ends_with(' '))
        })
    }

    /// Sees the names of a paragraph up to a token, so that pronouns after them can mean them.
    pub(super) fn see(
        &mut self,
        tokens: &Tokens<'p>,
        paragraph: usize,
        range: std::ops::Range<usize>,
    ) {
        let mut at = range.start;
        while at < range.end {
            if !is_name_word(tokens, at) {
                // `He went on to say`: who begins a sentence is spoken of.
                let is_pronoun =
                    tokens.begins_sentence(at) && (tokens.is(at, "he") || tokens.is(at, "she"));
                if is_pronoun {
                    let subject = Subject { from: at, to: at + 1, who: Who::Pronoun };
                    if let (Some(person), _) = self.pronoun(tokens, paragraph, &subject) {
                        self.mentions.push(Mention { person, paragraph, is_strong: true });
                    }
                }
                at += 1;
                continue;
            }
            let to = name_end(tokens, at);
            let is_first = (at.saturating_sub(2)..=at).any(|start| tokens.begins_sentence(start));
            let is_strong =
                is_first && bare(tokens.word(to - 1)).len() == tokens.word(to - 1).len();
            if let Who::Name { titles, from, to } = split_titles(tokens, at, to)
                && let Some(person) = self.find(tokens, (titles, from, to), paragraph)
            {
                self.mentions.push(Mention { person, paragraph, is_strong });
            }
            at = to.max(at + 1);
        }
    }

    /// The person of a name or of a part of it. Of several with one surname, who spoke last is meant,
    /// else who is named much more often, else who was named last in these few paragraphs.
    fn find(
        &self,
        tokens: &Tokens<'p>,
        (titles, from, to): (usize, usize, usize),
        paragraph: usize,
    ) -> Option<usize> {
        if to - from > 1 {
            return self.by_name.get(bare(tokens.slice(from, to))).copied();
        }
        let word = bare(tokens.word(from));
        let by_first = || {
            let known = self.by_first.get(word)?;
            let is_plain = |&person: &usize| {
                let person = &self.persons[person];
                person.is_sure() || person.weight > 1 || person.name.split(' ').count() == 2
            };
            known.iter().any(is_plain).then_some(known)
        };
        let known = self.by_surname.get(word).or_else(by_first)?;
        let known = &known[..known.len().min(MAX_CANDIDATES)];
        let [first, _, ..] = known else { return known.first().copied() };
        // `Ms Orr` is no man.
        let wanted = gender(tokens, titles, from, from);
        let is_wanted = |person: usize| self.persons[person].gender == wanted;
        let is_told = titles < from
            && wanted != Gender::Unknown
            && known.iter().any(|&person| is_wanted(person));
        let is_other = |person: usize| is_told && !is_wanted(person);
        // `Top Pell Aides` is none of the Pells.
        let has_sure = known.iter().any(|&person| self.persons[person].is_sure());
        let before = || {
            let fits = |&&person: &&usize| {
                let of = &self.persons[person];
                of.since <= paragraph && !is_other(person) && (of.is_sure() || !has_sure)
            };
            known.iter().filter(fits).copied()
        };
        if let Some(last) = self.last_speaker.filter(|&last| before().any(|one| one == last)) {
            return Some(last);
        }
        let Some(most) = before().max_by_key(|&person| self.persons[person].weight) else {
            return Some(*first);
        };
        let weight = |person: usize| self.persons[person].weight;
        if before().all(|one| one == most || weight(one) * MUCH_MORE < weight(most)) {
            return Some(most);
        }
        let recent = self.mentions.iter().rev().take(MAX_CANDIDATES);
        let mut near = recent.filter(|mention| mention.paragraph + MAX_SILENT >= paragraph);
        near.find(|mention| before().any(|one| one == mention.person)).map(|found| found.person)
    }

    /// Who a subject is, at its place in the article; it is remembered as the last speaker.
    pub(super) fn resolve(
        &mut self,
        tokens: &Tokens<'p>,
        paragraph: usize,
        subject: &Subject,
    ) -> Resolved {
        let (person, resolved) = match subject.who {
            Who::Pronoun => self.pronoun(tokens, paragraph, subject),
            Who::Name { titles, from, to } => self.name(tokens, paragraph, (titles, from, to)),
            Who::Role => self.role(tokens, subject),
        };
        if let Some(person) = person {
            self.mentions.push(Mention { person, paragraph, is_strong: true });
            self.last_speaker = Some(person);
            self.spoken += usize::from(!self.persons[person].has_spoken);
            self.persons[person].has_spoken = true;
        } else if matches!(resolved.kind, SpeakerKind::Organisation | SpeakerKind::Role) {
            self.last_body = Some((paragraph, resolved.clone()));
            self.body_since = self.mentions.len();
        }
        resolved
    }

    fn known(&self, person: usize) -> (Option<usize>, Resolved) {
        let found = &self.persons[person];
        // Capitals alone may be a brand's or a magazine's.
        let is_told = found.is_sure || found.gender != Gender::Unknown;
        let kind = match found.kind {
            SpeakerKind::Person if !is_told => SpeakerKind::Name,
            kind => kind,
        };
        (Some(person), Resolved { name: found.name.to_owned(), kind })
    }

    fn name(
        &mut self,
        tokens: &Tokens<'p>,
        paragraph: usize,
        (titles, from, to): (usize, usize, usize),
    ) -> (Option<usize>, Resolved) {
        if let Some(person) = self.find(tokens, (titles, from, to), paragraph) {
            return self.known(person);
        }
        let name = bare(tokens.slice(from, to));
        // `Teachers say`: a plural with a capital because a sentence begins.
        if to - titles == 1
            && tokens.begins_sentence(from)
            && name.ends_with('s')
            && !name.ends_with("ss")
            && !self.by_name.contains_key(name)
        {
            return (None, Resolved { name: name.to_owned(), kind: SpeakerKind::Role });
        }
        let is_person = is_person(tokens, titles, from, to);
        let kind = if is_body(tokens, from, to) && !is_person {
            SpeakerKind::Organisation
        } else if (titles < from || to - from > 1) && is_person {
            SpeakerKind::Person
        } else if tokens.is_in(from, TITLES) && to - from == 1 {
            SpeakerKind::Role
        } else {
            SpeakerKind::Name
        };
        // `Visit FDA` is nobody's name, so that FDA alone is not it.
        let is_one = to - from == 1 || is_person;
        if is_one && matches!(kind, SpeakerKind::Person | SpeakerKind::Name) {
            let person = self.persons.len();
            self.persons.push(Person {
                name,
                kind,
                since: paragraph,
                gender: gender(tokens, titles, from, to),
                weight: 0,
                has_spoken: false,
                is_sure: true,
            });
            self.by_name.insert(name, person);
            self.by_surname
                .entry(bare(tokens.word(surname(tokens, from, to))))
                .or_default()
                .push(person);
            return (Some(person), Resolved { name: name.to_owned(), kind });
        }
        (None, Resolved { name: name.to_owned(), kind })
    }

    /// A role that spoke just before and that nobody was named after.
    fn nearest_role(&self, paragraph: usize) -> Option<Resolved> {
        // `One woman waited. ... she said`: a role that nobody was named after.
        if let Some((when, body)) = &self.last_body {
            let is_near = *when + 1 >= paragraph
                && self.mentions[self.body_since..].iter().all(|mention| !mention.is_strong);
            let noun = body.name.rsplit(' ').next().unwrap_or_default();
            if is_near && body.kind == SpeakerKind::Role && (classes(noun).has(ROLES.or(HUMANS))) {
                return Some(body.clone());
            }
        }
        None
    }

    fn pronoun(
        &mut self,
        tokens: &Tokens<'p>,
        paragraph: usize,
        subject: &Subject,
    ) -> (Option<usize>, Resolved) {
        let word = tokens.word(subject.from);
        let unresolved = || Resolved { name: word.to_owned(), kind: SpeakerKind::Pronoun };
        let wanted = match word.to_ascii_lowercase().as_str() {
            "he" => Gender::Man,
            "she" => Gender::Woman,
            "it" | "they" => {
                let body = sentence_role(tokens, subject.from).or_else(|| {
                    self.last_body
                        .clone()
                        .filter(|(when, _)| when + 1 >= paragraph)
                        .map(|(_, body)| body)
                });
                return (None, body.unwrap_or_else(unresolved));
            }
            _ => return (None, unresolved()),
        };
        let fits = |mention: &&Mention| {
            let gender = self.persons[mention.person].gender;
            // `TfL` is nobody's name.
            let name = self.persons[mention.person].name;
            let is_plain = name.contains(' ') || name.chars().skip(1).all(|c| !c.is_uppercase());
            gender == wanted || (gender == Gender::Unknown && is_plain)
        };
        let recent_names = || self.mentions.iter().rev().take(MAX_CANDIDATES).filter(fits);
        if let Some(role) = self.nearest_role(paragraph) {
            return (None, role);
        }
        let recent = || recent_names().filter(|mention| self.persons[mention.person].is_sure());
        let is_sure = |mention: &Mention| self.persons[mention.person].gender == wanted;
        let found = recent()
            .find(|mention| mention.is_strong && mention.paragraph == paragraph && is_sure(mention))
            .or_else(|| recent().find(|mention| mention.paragraph == paragraph && is_sure(mention)))
            .or_else(|| {
                recent().find(|mention| mention.is_strong && mention.paragraph == paragraph)
            })
            .or_else(|| recent_names().find(|m| m.paragraph == paragraph && is_sure(m)))
            .or_else(|| {
                // Somebody of that gender who has spoken, rather than a name that may be nobody's.
                let nearest = recent().find(|mention| mention.is_strong)?;
                // Somebody of that gender in the paragraph before, rather than one long ago.
                let near = || recent().find(|m| is_sure(m) && m.paragraph + 1 >= paragraph);
                if nearest.paragraph + MAX_SILENT < paragraph
                    && let Some(near) = near()
                {
                    return Some(near);
                }
                let may_be = self.persons[nearest.person].has_spoken || is_sure(nearest);
                let spoken = || {
                    recent().find(|mention| {
                        is_sure(mention)
                            && self.persons[mention.person].has_spoken
                            && mention.paragraph + MAX_SILENT >= paragraph
                    })
                };
                if may_be { Some(nearest) } else { spoken().or(Some(nearest)) }
            })
            .or_else(|| recent().find(|mention| mention.paragraph + 1 >= paragraph))
            // What may be no person's name, only where a sentence beside it begins with it.
            .or_else(|| {
                recent_names().find(|m| m.is_strong && m.paragraph + 1 >= paragraph && is_sure(m))
            });
        let Some(person) = found.map(|mention| mention.person) else { return (None, unresolved()) };
        self.persons[person].gender = wanted;
        self.known(person)
    }

    /// `the senator`, where one person alone has spoken so far.
    fn role(&self, tokens: &Tokens<'p>, subject: &Subject) -> (Option<usize>, Resolved) {
        let name = tokens.slice(subject.from, subject.to);
        let is_role = matches!(subject.to - subject.from, 2 | 3)
            && tokens.is(subject.from, "the")
            && tokens.is_in(subject.to - 1, ROLES);
        // Who spoke alone, and was the last to be spoken of.
        let last_named = self.mentions.iter().rev().take(MAX_CANDIDATES).find(|m| m.is_strong);
        let only = self.last_speaker.filter(|&last| {
            let named = self.mentions.iter().rev().take(MAX_CANDIDATES);
            let often = named.filter(|m| m.is_strong && m.person == last).nth(1).is_some();
            is_role && self.spoken == 1 && often && last_named.is_some_and(|m| m.person == last)
        });
        match only {
            Some(person) => self.known(person),
            None => {
                let from = subject.from + usize::from(tokens.is_in(subject.from, DETERMINERS));
                let is_body =
                    subject.to > from && (from..subject.to).any(|at| tokens.is_in(at, BODIES));
                let kind = if is_body && tokens.kind(subject.to - 1) == Kind::Capital {
                    SpeakerKind::Organisation
                } else {
                    SpeakerKind::Role
                };
                (None, Resolved { name: name.to_owned(), kind })
            }
        }
    }
}

/// The noun with which the sentence of a pronoun begins: `Her family wrote that they ...`.
fn sentence_role(tokens: &Tokens<'_>, at: usize) -> Option<Resolved> {
    let start =
        (at.saturating_sub(MAX_SENTENCE)..at).rev().find(|&start| tokens.begins_sentence(start))?;
    let subject = phrase(tokens, start)
        .filter(|s| s.who == Who::Role && tokens.is_in(start, DETERMINERS) && s.to <= at)?;
    let name = tokens.slice(subject.from, subject.to).to_owned();
    Some(Resolved { name, kind: SpeakerKind::Role })
}

/// Calls a function with every run of capitals that can be a name.
fn for_each_name(tokens: &Tokens<'_>, mut call: impl FnMut(usize, usize)) {
    let mut at = 0;
    while at < tokens.list.len() {
        let to = if is_name_word(tokens, at) { name_end(tokens, at) } else { at };
        if to > at {
            call(at, to);
        }
        at = to.max(at + 1);
    }
}
