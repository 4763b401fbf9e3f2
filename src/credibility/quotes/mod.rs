//! Who is quoted with which words.
//!
//! In: an article's paragraphs. Out: `Quotation`s with `Speaker`s, `Statement`s. `marks` tells
//! which characters are quotation marks, `spans` pairs them, `join` goes on over paragraphs,
//! `tokens` and `phrases` read what stands around, `attributions` and `speakers` find who says what
//! there, `people`, `persons` and `flow` who that is in the article. Word lists are English; marks
//! are those of any language that writes with them.

mod attributions;
mod flow;
mod join;
mod marks;
mod names;
mod people;
mod persons;
mod phrases;
mod spans;
mod speakers;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use super::finding::Passage;
use super::reading::ReadParagraph;
use crate::label::Label;
use flow::{Said, said};
use join::{Prose, join};
use spans::stretches;

/// How a quotation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With a closing mark.
    Closed,
    /// Its mark is never closed; it is taken to end with its paragraph.
    Open,
}

/// Words in quotation marks, in one paragraph or continued in the next ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The words between the marks, without them: one passage for each paragraph, in order. The
    /// first of several is left open by convention, since the next opens again.
    pub parts: Vec<Passage>,
    /// How the last part ends.
    pub ending: Ending,
    /// Whether the closing mark is of another kind than the opening one.
    pub mixed_marks: bool,
    /// Words, of all parts.
    pub words: usize,
    /// Who says them; `None` where nobody is named.
    pub speaker: Option<Speaker>,
}

/// What names a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpeakerKind {
    /// A person, by full name or by a part of it that the article completes, or with a title; a first
    /// name, an age, an office or the like tells that it is one.
    Person,
    /// A name that the article nowhere completes, or of which nothing tells whose it is: a person's,
    /// or a body's.
    Name,
    /// A body or a place by its name.
    Organisation,
    /// A common noun: `a spokesman`, `the ministry`, `police`.
    Role,
    /// A pronoun that stands for nobody the article names.
    Pronoun,
}

/// Who says a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The name, or what stands for it, as fully as the article gives it: for `he`, the person meant.
    pub name: String,
    /// What the name names.
    pub kind: SpeakerKind,
    /// The words that name the speaker beside the quotation, such as `he` or `Ms Calloway`; for a
    /// quotation that goes on with the speech before it, those beside that.
    pub mention: Passage,
    /// The reporting verb.
    pub verb: Option<Passage>,
}

impl Speaker {
    /// Whether the speaker is a person, or may be one by a name of several words.
    #[must_use]
    pub fn has_full_name(&self) -> bool {
        self.is_named_person() || self.kind == SpeakerKind::Name && self.name.contains(' ')
    }

    /// Whether the speaker is a person with a name.
    #[must_use]
    pub fn is_named_person(&self) -> bool {
        self.kind == SpeakerKind::Person
    }
}

/// Something that somebody says, not in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Who says it.
    pub speaker: Speaker,
    /// The paragraph, from 0.
    pub paragraph: usize,
}

/// Finds the quotations of the article's own paragraphs, and marks in each paragraph what is quoted.
#[must_use]
pub fn quotations(paragraphs: &mut [ReadParagraph<'_>]) -> Vec<Quotation> {
    let prose = prose(paragraphs);
    let mut next = 0;
    for paragraph in paragraphs.iter_mut() {
        if prose.get(next).is_some_and(|prose| prose.index == paragraph.index) {
            paragraph.quoted = prose[next].found.list.iter().map(|stretch| stretch.whole).collect();
            next += 1;
        } else if matches!(paragraph.label, Label::Heading | Label::Caption) {
            paragraph.quoted =
                stretches(paragraph.text).list.iter().map(|stretch| stretch.whole).collect();
        }
    }
    if prose.iter().all(|paragraph| paragraph.found.list.is_empty()) {
        return Vec::new();
    }
    said(&prose).quotations
}

/// What the article reports that people say, in quotation marks or not: every speaker once for each
/// reporting verb that belongs to no quotation.
#[must_use]
pub fn statements(paragraphs: &[ReadParagraph<'_>]) -> Vec<Statement> {
    let Said { statements, .. } = said(&prose(paragraphs));
    statements
}

fn prose<'d>(paragraphs: &[ReadParagraph<'d>]) -> Vec<Prose<'d>> {
    let mut prose: Vec<_> = paragraphs
        .iter()
        .filter(|paragraph| paragraph.label == Label::Body)
        .map(|paragraph| Prose {
            index: paragraph.index,
            text: paragraph.text,
            found: stretches(paragraph.text),
            goes_on: false,
        })
        .collect();
    join(&mut prose);
    prose
}
