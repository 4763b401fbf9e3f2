//! A1: how to reach the publisher or the writer.

use super::addresses::{mails, phones, postal};
use super::phrases::{Table, sorted};
use super::scope::{Story, part};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::label::Label;
use crate::span::Span;

/// What makes a line of a story one about how to reach its writer.
const CUES: Table<21> = sorted([
    "and e mail",
    "be reached at",
    "can be contacted",
    "can be reached",
    "comments to",
    "contact",
    "contact us",
    "contacted at",
    "e mail",
    "email",
    "email us",
    "reach him at",
    "reach her at",
    "reach the",
    "reached at",
    "send tips",
    "tips to",
    "write to",
    "write to him at",
    "write to us",
    "write us",
]);
/// Numbers that readers are told to call for other ends.
const OTHERS: Table<26> = sorted([
    "anyone with information",
    "anyone with any information",
    "appointment",
    "book now",
    "call now",
    "crime stoppers",
    "crimestoppers",
    "crisis",
    "detective",
    "detectives",
    "deputies",
    "helpline",
    "hotline",
    "isbn",
    "lifeline",
    "obituary",
    "order",
    "police",
    "register",
    "reservations",
    "rsvp",
    "samaritans",
    "sheriff's",
    "suicide",
    "ticket",
    "tickets",
]);

/// A1: a mail address, a telephone number or a postal address, outside the story's prose.
pub(super) fn contact(reading: &Reading<'_>) -> Finding {
    let story = Story::of(reading);
    let mut found: Vec<Evidence> = Vec::new();
    for p in reading.paragraphs.iter().filter(|p| may_hold(p, story)) {
        let words = p.words();
        if words.has(&OTHERS) {
            continue;
        }
        let cued = p.label == Label::Contact || words.has(&CUES);
        if p.label == Label::Body && !words.has(&CUES) {
            continue;
        }
        let mut add =
            |span: Span, kind: &str| found.push(part(reading, p, span, Some(kind.to_owned())));
        let mail = mails(p.text);
        for span in &mail {
            let hidden = span.slice(p.text).starts_with('[');
            add(*span, if hidden { "hidden mail address" } else { "mail address" });
        }
        if cued && p.label != Label::Body {
            phones(p.text).into_iter().for_each(|span| add(span, "telephone"));
        }
        if matches!(p.label, Label::Contact | Label::Copyright | Label::Navigation) {
            postal(p.text).into_iter().for_each(|span| add(span, "postal address"));
        }
    }
    found.sort_by_key(|e| e.passage);
    Finding::of(Signal::Contact, found)
}

fn may_hold(p: &ReadParagraph<'_>, story: Option<Story>) -> bool {
    match p.label {
        Label::Contact
        | Label::Byline
        | Label::AuthorBio
        | Label::Disclaimer
        | Label::Copyright => true,
        Label::FairUse | Label::EditorialNote | Label::Navigation | Label::SharePrompt => true,
        Label::SubscribePrompt | Label::CommentPrompt => true,
        // The writer's own line at the end of a column.
        Label::Body => story.is_none_or(|s| p.index >= s.last) && p.text.len() < 300,
        _ => false,
    }
}
