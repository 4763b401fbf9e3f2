//! Hand-made articles with invented names. Labels are set by hand, as is what is quoted, so that a
//! signal is tested and not the classifier.

mod language;
mod notices;
mod trial_language;
mod trial_sourcing;

use super::test;
use crate::credibility::catalogue::{Group, Signal};
use crate::credibility::finding::{Passage, State};
use crate::credibility::quotes::{Ending, Quotation, Speaker, SpeakerKind};
use crate::credibility::reading::Reading;
use crate::document::{Content, Document};
use crate::label::Label::{self, *};
use crate::span::Span;
use crate::verdict::{Paragraph, Verdict};

const PROSE: &str = "The board had planned to stop the early crossing after the operator asked for \
                     more money, and voted five to two on Tuesday to pay it until the spring.";
const MORE: &str = "The ferry has carried nurses and school children across the sound since the old \
                    bridge was closed, and no other boat can land at the eastern pier in winter.";

fn document(paragraphs: &[(Label, &str)]) -> (Document, Verdict) {
    let texts = paragraphs.iter().map(|(_, text)| (*text).to_owned()).collect();
    let document = Document { content: Content::Paragraphs(texts), ..Document::default() };
    let labelled = paragraphs.iter().enumerate().map(|(index, &(label, _))| Paragraph {
        index,
        span: None,
        label,
        first_label: label,
        probability: 1.0,
        boilerplate: 0.0,
        probabilities: [0.0; Label::COUNT],
    });
    let verdict = Verdict {
        source: document.source(),
        layout: None,
        language: Some("en"),
        paragraphs: labelled.collect(),
    };
    (document, verdict)
}

/// The evidence of a signal: its text and its value.
fn found(signal: Signal, paragraphs: &[(Label, &str)]) -> Vec<(String, Option<String>)> {
    let (document, verdict) = document(paragraphs);
    let mut reading = Reading::new(&document, &verdict);
    quote(&mut reading);
    let finding = test(signal, &reading, &[]).unwrap();
    assert_eq!(finding.state == State::Present, !finding.evidence.is_empty());
    finding.evidence.into_iter().map(|e| (e.text, e.value)).collect()
}

/// Marks what stands between curly quotation marks.
fn quote(reading: &mut Reading<'_>) {
    for p in &mut reading.paragraphs {
        let opens = p.text.match_indices('“').map(|(at, _)| at);
        p.quoted = opens
            .filter_map(|at| Some(Span::new(at, at + p.text[at..].find('”')? + '”'.len_utf8())))
            .collect();
    }
}

fn texts(signal: Signal, paragraphs: &[(Label, &str)]) -> Vec<String> {
    found(signal, paragraphs).into_iter().map(|(text, _)| text).collect()
}

/// Values of a signal in a line above a story.
fn above(signal: Signal, label: Label, line: &str) -> Vec<String> {
    let page = [(Heading, "Ferry to run on"), (label, line), (Body, PROSE), (Body, MORE)];
    found(signal, &page).into_iter().map(|(text, value)| value.unwrap_or(text)).collect()
}

/// Texts of a signal in a line below a story.
fn below(signal: Signal, label: Label, line: &str) -> Vec<String> {
    texts(signal, &[(Heading, "Ferry to run on"), (Body, PROSE), (Body, MORE), (label, line)])
}

#[test]
fn bylines_name_persons_not_houses() {
    for (label, line, expected) in [
        (Byline, "By Imogen Farrar, Staff Writer | 3 March 2021", &["Imogen Farrar"][..]),
        (Byline, "3 March 2021 by Imogen Farrar and Bo Lund", &["Imogen Farrar", "Bo Lund"]),
        (Byline, "BY IMOGEN FARRAR", &["IMOGEN FARRAR"]),
        (Body, "By Imogen Farrar", &["Imogen Farrar"]),
        (Byline, "Photo by Imogen Farrar", &[]),
        (Byline, "By Star Staff", &[]),
        (Byline, "By admin", &[]),
        (Byline, "By Reuters", &[]),
        (Caption, "By Imogen Farrar", &[]),
        (Body, "By Monday Evening the water had gone.", &[]),
    ] {
        assert_eq!(above(Signal::Byline, label, line), expected, "{line}");
    }
    let split = [(Byline, "Written by"), (Byline, "Imogen Farrar"), (Body, PROSE)];
    assert_eq!(texts(Signal::Byline, &split), ["Imogen Farrar"]);
}

#[test]
fn datelines_are_places_before_a_dash() {
    let opening = |text: &str| {
        let story = format!("{text} {PROSE}");
        texts(Signal::Dateline, &[(Heading, "Ferry"), (Body, &story), (Body, MORE)])
    };
    for (start, expected) in [
        ("FENWICK —", Some("FENWICK —")),
        ("FENWICK, Maine (AP) —", Some("FENWICK, Maine (AP) —")),
        ("NEW FENWICK, March 3 (Reuters) -", Some("NEW FENWICK, March 3 (Reuters) -")),
        ("Fenwick (AFP) –", Some("Fenwick (AFP) –")),
        ("Fenwick, 3 March 2021:", Some("Fenwick, 3 March 2021:")),
        ("UPDATE —", None),
        ("Editor’s Note, December 19, 2021:", None),
        ("FARRAR:", None),
        ("The well-known ferry – a boat –", None),
        ("Fenwick – so the story goes –", None),
    ] {
        assert_eq!(opening(start).first().map(String::as_str), expected, "{start}");
    }
}

#[test]
fn dates_are_those_of_publication() {
    for (label, line, expected) in [
        (Byline, "By Imogen Farrar | 3 March 2021 | 4 min read", &["2021-03-03"][..]),
        (Navigation, "Published: March 3, 2021", &["2021-03-03"]),
        (Body, "Wednesday, March 3, 2021", &["2021-03-03"]),
        (Byline, "Updated 03/04/2021", &["03/04/2021"]),
        (Byline, "Wednesday", &[]),
        (Body, "On 3 March 2021 the ferry sank.", &[]),
        (Caption, "3 March 2021", &[]),
    ] {
        assert_eq!(above(Signal::Date, label, line), expected, "{line}");
    }
    let old = format!("On 3 March 2021 {PROSE}");
    assert!(texts(Signal::Date, &[(Heading, "Ferry"), (Body, &old)]).is_empty());
}

#[test]
fn agencies_are_credited_not_mentioned() {
    let dated = format!("FENWICK (AP) — {PROSE}");
    let told = format!("The mayor told Reuters this. {PROSE}");
    let credit = |paragraphs: &[(Label, &str)]| texts(Signal::AgencyCredit, paragraphs);
    assert_eq!(credit(&[(Body, &dated), (Body, MORE)]), ["AP"]);
    assert!(credit(&[(Body, &told), (Body, MORE)]).is_empty());
    for (label, line, expected) in [
        (Byline, "By Imogen Farrar, Associated Press", Some("Associated Press")),
        (
            Body,
            "(Reporting by Imogen Farrar; Editing by Bo Lund)",
            Some("Reporting by Imogen Farrar; Editing by Bo Lund"),
        ),
        (Body, "The Associated Press contributed to this report.", Some("The Associated Press")),
        (Body, "— AFP", Some("AFP")),
        (Byline, "Photo: Reuters", None),
        (Caption, "(Reuters)", None),
        (Body, "He once wrote for Reuters and the paper.", None),
        (Byline, "ap news", None),
    ] {
        assert_eq!(
            below(Signal::AgencyCredit, label, line).first().map(String::as_str),
            expected,
            "{line}"
        );
    }
}

#[test]
fn republications_name_the_origin() {
    let origin = |label, line: &str| {
        let page = [(Heading, "Ferry"), (Body, PROSE), (Body, MORE), (label, line)];
        found(Signal::Republication, &page).into_iter().map(|(_, value)| value).next()
    };
    let named = |name: &str| Some(Some(name.to_owned()));
    for (label, line, expected) in [
        (
            EditorialNote,
            "This piece was first published in The Reedham Review.",
            named("The Reedham Review"),
        ),
        (
            EditorialNote,
            "The post Ferry to run on appeared first on Fenwick Star.",
            named("Fenwick Star"),
        ),
        (
            EditorialNote,
            "Originally published at reedham.example.com",
            named("reedham.example.com"),
        ),
        (
            Body,
            "This article is republished from The Reedham Review under a licence.",
            named("The Reedham Review"),
        ),
        (Byline, "Articles by: Fenwick Star", named("Fenwick Star")),
        (Byline, "Articles by: Imogen Farrar", None),
        (Copyright, "You may republish this article if you link to this page.", Some(None)),
        (
            Copyright,
            "We grant permission to cross-post our articles on community sites.",
            Some(None),
        ),
        (Copyright, "This text may not be republished without permission.", None),
        (EditorialNote, "First published on Tuesday 3 March 2021", None),
        (Body, "Her novel was first published in London in 1999, and nobody read it.", None),
    ] {
        assert_eq!(origin(label, line), expected, "{line}");
    }
}

#[test]
fn contacts_stand_outside_the_story() {
    for (label, line, expected) in [
        (
            Contact,
            "Have a tip? Write to tips@fenwickstar.example.",
            Some("tips@fenwickstar.example"),
        ),
        (Disclaimer, "For print rights, contact: [email protected]", Some("[email protected]")),
        (Contact, "Media contact: Jon Bell, (555) 010-0198", Some("(555) 010-0198")),
        (
            Contact,
            "12 Harbour Street, Fenwick, ME 04101",
            Some("12 Harbour Street, Fenwick, ME 04101"),
        ),
        (Body, "Contact the writer at farrar@star.example", Some("farrar@star.example")),
        (Contact, "Anyone with information is asked to call 555-010-0198", None),
        (Body, "The letter was sent from farrar@star.example in May.", None),
        (ReaderComment, "Write to me: bo@lund.example", None),
    ] {
        assert_eq!(
            below(Signal::Contact, label, line).first().map(String::as_str),
            expected,
            "{line}"
        );
    }
}

#[test]
fn corrections_are_notes_in_that_role() {
    for (label, line, expected) in [
        (EditorialNote, "Correction: this story first gave the wrong year for the fire.", true),
        (Body, "Editor's note: the interview has been shortened by us.", true),
        (Body, "This story has been updated with a reply by the operator.", true),
        (Body, "An earlier version of this article misspelled the name.", true),
        (Byline, "Updated: 3 March 2021", false),
        (EditorialNote, "Updated: 3 March 2021 at noon", false),
        (Body, "The correction of the coast line took a hundred years to finish.", false),
        (EditorialNote, "This story originally appeared in The Reedham Review.", false),
    ] {
        assert_eq!(!below(Signal::Correction, label, line).is_empty(), expected, "{line}");
    }
}

#[test]
fn bios_say_what_the_writer_is() {
    for (label, line, expected) in [
        (AuthorBio, "Imogen Farrar is a reporter at the Star.", Some("Imogen Farrar")),
        (AuthorBio, "Imogen Farrar covers the county for the Star.", Some("Imogen Farrar")),
        (AuthorBio, "About the author: Bo Lund is a retired professor.", Some("Bo Lund")),
        (AuthorBio, "Northgate Cement is a leading provider of cement.", None),
        (Body, "Imogen Farrar is a reporter at the Star.", None),
    ] {
        let page = [(Body, PROSE), (label, line)];
        let value = found(Signal::AuthorBio, &page).pop().and_then(|(_, value)| value);
        assert_eq!(value.as_deref(), expected, "{line}");
    }
}

#[test]
fn disclosures_say_who_pays() {
    for (label, line, expected) in [
        (Disclaimer, "We earn a commission if you buy through a link on this page.", true),
        (Disclaimer, "The research was funded by Northgate Cement.", true),
        (Body, "Disclosure: the author has worked for the ferry's operator.", true),
        (Disclaimer, "The club is not affiliated with or sponsored by the county.", false),
        (Navigation, "Supply Chain Disclosure", false),
        (Body, "The disclosure of the papers took a year.", false),
    ] {
        assert_eq!(!below(Signal::Disclosure, label, line).is_empty(), expected, "{line}");
    }
}

#[test]
fn disclaimers_decline_responsibility() {
    for (label, line, expected) in [
        (
            Disclaimer,
            "The Star is not responsible for errors in this text. Read on.",
            Some("The Star is not responsible for errors in this text."),
        ),
        (
            EditorialNote,
            "What is said here is the sole responsibility of its author; this article is his.",
            Some(
                "What is said here is the sole responsibility of its author; this article is his.",
            ),
        ),
        (
            Body,
            "The views expressed in this column do not necessarily reflect those of the Star.",
            Some(
                "The views expressed in this column do not necessarily reflect those of the Star.",
            ),
        ),
        (Disclaimer, "Opinions in comments do not necessarily reflect those of the Star.", None),
        (Body, "The county is not responsible for the pier, the judge found.", None),
        (Disclaimer, "The author holds shares in two of the companies named here.", None),
    ] {
        assert_eq!(
            below(Signal::ResponsibilityDisclaimer, label, line).first().map(String::as_str),
            expected,
            "{line}"
        );
    }
    let notice = "This site contains copyrighted material whose use was not authorized by the \
                  copyright owner; we believe this is a fair use of it.";
    assert_eq!(below(Signal::FairUseNotice, FairUse, notice).len(), 1);
    let trial = "The judge found fair use, and the copyright owner appealed.";
    assert!(below(Signal::FairUseNotice, Body, trial).is_empty());
}

#[test]
fn comment_forms_are_told_by_their_wording() {
    for (label, line, expected) in [
        (CommentPrompt, "Leave a Reply", true),
        (CommentPrompt, "Your email address will not be published.", true),
        (Disclaimer, "Opinions expressed by contributors are their own.", true),
        (CommentPrompt, "12 comments", false),
        (Body, "You can leave a comment in the book at the pier.", false),
    ] {
        assert_eq!(!below(Signal::UserGenerated, label, line).is_empty(), expected, "{line}");
    }
}

#[test]
fn quotations_are_told_apart_by_their_speakers() {
    let line =
        "“No boat, no ward,” said Ines Calloway. “A boat is cheaper than a bridge.” She left.";
    let (document, verdict) = document(&[(Body, line)]);
    let mut reading = Reading::new(&document, &verdict);
    let at = |words: &str| {
        let start = line.find(words).unwrap();
        Passage::new(0, start, start + words.len())
    };
    let quotation = |words: &str, speaker: Option<&str>| Quotation {
        parts: vec![at(words)],
        ending: Ending::Closed,
        mixed_marks: false,
        words: words.split(' ').count(),
        speaker: speaker.map(|name| Speaker {
            name: name.to_owned(),
            kind: if name.starts_with("the") { SpeakerKind::Role } else { SpeakerKind::Person },
            mention: at("Ines Calloway"),
            verb: None,
        }),
    };
    let (one, two) = ("No boat, no ward", "A boat is cheaper than a bridge");
    let people = ["Ines Calloway", "Ms Calloway", "Calloway", "the mayor", "Bo Lund"];
    reading.quotations = people.iter().map(|name| quotation(one, Some(name))).collect();
    reading.quotations.push(quotation(two, None));
    reading.quotations.push(quotation("boat", None));
    // A term is no speech, and whom only a pronoun names may be another.
    reading.quotations.push(quotation("a bridge", Some("Pia Orr")));
    reading.quotations.push(quotation(two, Some("Ivor Pell")));
    reading.quotations[8].speaker.as_mut().unwrap().mention = at("She");
    let values = |signal| {
        let found = test(signal, &reading, &[]).unwrap().evidence;
        found.into_iter().map(|e| (e.text, e.value)).collect::<Vec<_>>()
    };
    assert_eq!(values(Signal::AttributedQuotation).len(), 6);
    assert_eq!(values(Signal::OrphanQuotation), [(two.to_owned(), None)]);
    let named = values(Signal::NamedSpeakers).into_iter().filter_map(|(_, name)| name);
    assert_eq!(named.collect::<Vec<_>>(), ["Ines Calloway", "Bo Lund"]);
}

#[test]
fn appeals_and_advertisements_are_told_by_their_wording() {
    for (signal, label, line, expected) in [
        (
            Signal::DonationAppeal,
            SubscribePrompt,
            "We have no owner but our readers. Please make a donation today.",
            true,
        ),
        (Signal::DonationAppeal, SubscribePrompt, "Subscribe for $1 a month", false),
        (Signal::DonationAppeal, Body, "She gave a donation to the school.", false),
        (Signal::Advertising, Advertisement, "Advertisement", true),
        (Signal::Advertising, Disclaimer, "This post contains affiliate links.", true),
        (Signal::Advertising, Body, "The advertisement ran for a year.", false),
    ] {
        assert_eq!(!below(signal, label, line).is_empty(), expected, "{line}");
    }
}

#[test]
fn prompts_and_their_repetitions_are_counted() {
    let ask = "Follow us. Feel free to share this widely with friends.";
    let again = "Note to readers: click above. Feel free to share this widely with friends.";
    let page = [
        (SharePrompt, ask),
        (Body, PROSE),
        (SharePrompt, again),
        (SubscribePrompt, "Get the Star's newsletter"),
        (SharePrompt, "***"),
    ];
    let values: Vec<_> = found(Signal::SharePrompts, &page).into_iter().map(|(_, v)| v).collect();
    assert_eq!(values, [None, Some("repeats paragraph 0".to_owned()), None]);
}

#[test]
fn the_share_of_boilerplate_is_one_of_words() {
    let page =
        [(Heading, "Two words"), (Copyright, "all rights of nine words or so are reserved here")];
    let share = found(Signal::BoilerplateShare, &page);
    assert_eq!(share, [("all rights of nine words or so are".to_owned(), Some("0.83".to_owned()))]);
    assert!(found(Signal::BoilerplateShare, &[(Body, PROSE)]).is_empty());
}

#[test]
fn words_of_other_languages_are_not_looked_for() {
    let (document, mut verdict) = document(&[(Byline, "By Imogen Farrar"), (Body, PROSE)]);
    verdict.language = Some("de");
    let reading = Reading::new(&document, &verdict);
    for signal in Signal::ALL {
        let Some(finding) = test(signal, &reading, &[]) else { continue };
        if signal != Signal::BoilerplateShare {
            assert_eq!(finding.state, State::NotApplicable, "{signal:?}");
            assert!(finding.reason.is_some());
        }
    }
}

#[test]
fn signals_of_several_articles_are_not_tested_here() {
    let (document, verdict) = document(&[(Body, PROSE)]);
    let reading = Reading::new(&document, &verdict);
    for signal in Signal::ALL.into_iter().filter(|s| s.entry().group == Group::Across) {
        assert_eq!(test(signal, &reading, &[]), None);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Whatever stands in a paragraph, evidence is words of it, and nothing panics.
    #[test]
    fn evidence_is_what_stands_there(
        texts in proptest::collection::vec(("[ -~’“”é—\u{a0}]{0,80}", 0..Label::COUNT), 1..6),
    ) {
        let paragraphs: Vec<_> =
            texts.iter().map(|(text, label)| (Label::from_index(*label), text.as_str())).collect();
        let (document, verdict) = document(&paragraphs);
        let mut reading = Reading::new(&document, &verdict);
        quote(&mut reading);
        for signal in Signal::ALL {
            let Some(finding) = test(signal, &reading, &[]) else { continue };
            proptest::prop_assert_eq!(finding.signal, signal);
            for e in finding.evidence {
                let passage = e.passage.unwrap();
                let text = reading.paragraphs[passage.paragraph].text;
                proptest::prop_assert_eq!(passage.within.slice(text), e.text);
            }
        }
    }
}

/// Work must not grow with the square of a paragraph: thousands of whatever is looked for, and
/// looked around, in one sentence, take no time that anybody would notice.
#[test]
fn long_paragraphs_of_hits_are_read_in_linear_time() {
    for piece in [
        "first published ",
        "should we ",
        "shocking ",
        "a@b.example ",
        "1-1-1-1 ",
        "!",
        "NEVER! ",
        "do not necessarily reflect ",
        "By Jo Bell and ",
        "3 May 2021 ",
        "fair use ",
        "“x” ",
    ] {
        let text = piece.repeat(4_000);
        for label in [Body, Byline, Disclaimer, EditorialNote, Contact] {
            texts_of_all(&[(Heading, "Ferry"), (Body, PROSE), (label, &text)]);
        }
    }
}

fn texts_of_all(paragraphs: &[(Label, &str)]) {
    let (document, verdict) = document(paragraphs);
    let reading = Reading::new(&document, &verdict);
    for signal in Signal::ALL {
        let _ = test(signal, &reading, &[]);
    }
}
