//! Articles made by hand, and what comes out of laying them side by side.

mod conflicts;
mod experimental;
mod large;
mod pairs;
mod seeds;

use super::{Account, Identity};
use crate::credibility::finding::Passage;
use crate::credibility::quotes::{Ending, Quotation, Speaker, SpeakerKind};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::label::Label;
use crate::span::Span;

/// An article of prose whose publisher is `id`; its title is the first paragraph if that ends
/// without a full stop.
fn account(id: &str, paragraphs: &[&str]) -> Account {
    account_of(
        Identity {
            id: id.to_owned(),
            publisher: Some(format!("{id}.example")),
            ..Default::default()
        },
        paragraphs,
    )
}

fn account_of(identity: Identity, paragraphs: &[&str]) -> Account {
    let mut reading = read_in(Some("en"), paragraphs);
    quote(&mut reading);
    Account::new(&reading, identity).with_attributions(&reading)
}

/// Reads an article of prose in a language, without its quotations.
fn read_in(language: Option<&'static str>, paragraphs: &[&str]) -> Reading<'static> {
    let mut start = 0;
    let read = |(index, &text): (usize, &&'static str)| -> ReadParagraph<'static> {
        let is_title = index == 0 && !text.ends_with(['.', '”', '!', '?']);
        let span = Some(Span::new(start, start + text.len()));
        start += text.len() + 1;
        let label = if is_title { Label::Heading } else { Label::Body };
        ReadParagraph::new(index, text, label, span)
    };
    // The texts of tests live as long as the program, or are few.
    let texts: Vec<&'static str> =
        paragraphs.iter().map(|&text| -> &'static str { Box::leak(text.into()) }).collect();
    Reading {
        document: Box::leak(Box::default()),
        language,
        metadata: None,
        paragraphs: texts.iter().enumerate().map(read).collect(),
        quotations: Vec::new(),
    }
}

/// Marks what stands between double quotation marks, if nobody has done so: enough for texts made
/// for tests, with the speaker `X` of `said X` after them.
fn quote(reading: &mut Reading<'_>) {
    if !reading.quotations.is_empty() {
        return;
    }
    for paragraph in &mut reading.paragraphs {
        let mut from = 0;
        while let Some(open) = paragraph.text[from..].find(['“', '"']).map(|at| from + at) {
            let inner = open + paragraph.text[open..].chars().next().map_or(0, char::len_utf8);
            let close = paragraph.text[inner..].find(['”', '"']).map(|at| inner + at);
            let end = close.unwrap_or(paragraph.text.len());
            let after = end + paragraph.text[end..].chars().next().map_or(0, char::len_utf8);
            paragraph.quoted.push(Span::new(open, after));
            let said = paragraph.text[after..].strip_prefix(" said ");
            let name = said.and_then(|rest| rest.split([' ', '.', ',']).next());
            reading.quotations.push(Quotation {
                parts: vec![Passage::new(paragraph.index, inner, end)],
                ending: if close.is_some() { Ending::Closed } else { Ending::Open },
                mixed_marks: false,
                words: paragraph.text[inner..end].split_whitespace().count(),
                speaker: name.map(|name| Speaker {
                    name: name.to_owned(),
                    mention: Passage::new(paragraph.index, after + 6, after + 6 + name.len()),
                    verb: None,
                    kind: SpeakerKind::Name,
                }),
            });
            from = after;
        }
    }
}
