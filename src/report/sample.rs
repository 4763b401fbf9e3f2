//! Labelled documents for the tests of reports; the numbers are made up.

use crate::document::{Content, Document, Source};
use crate::label::Label;
use crate::segment::Layout;
use crate::span::Span;
use crate::verdict::{
    Contribution, Explanation, FoundCue, Paragraph, PassExplanation, Score, Verdict,
};

const PARAGRAPHS: [(Label, f32, f32, &str); 5] = [
    (Label::Heading, 0.97, 0.02, "Ferry to stay"),
    (Label::Byline, 0.881, 0.9, "By Ann Author"),
    (
        Label::Body,
        0.999_96,
        0.0,
        "The council voted on Monday to keep the ferry running,\n  she said.\t\u{e9}",
    ),
    (Label::SharePrompt, 0.876_49, 0.987_66, "Share on \u{1b}Facebook"),
    (Label::Copyright, 0.75, 0.8, "© 2019 Ferry News. All rights reserved"),
];

/// The text of [`document`].
pub(crate) fn text() -> String {
    PARAGRAPHS.map(|(_, _, _, text)| text).join("\n")
}

/// A document of running text.
pub(crate) fn document() -> (Document, Verdict) {
    let mut start = 0;
    let paragraphs =
        PARAGRAPHS.iter().enumerate().map(|(index, &(label, p, boilerplate, text))| {
            let span = Span::new(start, start + text.len());
            start = span.end + 1;
            paragraph(index, Some(span), label, p, boilerplate)
        });
    let verdict = Verdict {
        source: Source::Text,
        layout: Some(Layout::Line),
        language: Some("en"),
        paragraphs: paragraphs.collect(),
    };
    let document = Document {
        path: Some("news/ferry.txt".into()),
        title: Some("Ferry \"saved\"".into()),
        ..Document::from_text(text())
    };
    (document, verdict)
}

/// The same document, but it came already split.
pub(crate) fn split_document() -> (Document, Verdict) {
    let (document, mut verdict) = document();
    for paragraph in &mut verdict.paragraphs {
        paragraph.span = None;
    }
    verdict.source = Source::Paragraphs;
    verdict.layout = None;
    verdict.language = None;
    let texts = PARAGRAPHS.map(|(_, _, _, text)| text.to_owned()).to_vec();
    (Document { content: Content::Paragraphs(texts), id: Some("7".into()), ..document }, verdict)
}

fn paragraph(
    index: usize,
    span: Option<Span>,
    label: Label,
    probability: f32,
    boilerplate: f32,
) -> Paragraph {
    Paragraph {
        index,
        span,
        label,
        first_label: label,
        probability,
        boilerplate,
        probabilities: [0.0; Label::COUNT],
    }
}

/// Why the last paragraph of [`document`] is a copyright line.
pub(crate) fn explanation() -> Explanation {
    let contributions = |parts: &[(&str, f32, f32)]| {
        let parts = parts.iter().map(|&(feature, value, contribution)| Contribution {
            feature: feature.to_owned(),
            value,
            contribution,
        });
        parts.collect::<Vec<_>>()
    };
    let text = PARAGRAPHS[4].3;
    let cue = |cue: &str, found: &str, label, weight| {
        let start = text.find(found).expect("the sample holds its cues");
        let span = Span::new(start, start + found.len());
        FoundCue { span, cue: cue.to_owned(), label, weight }
    };
    Explanation {
        index: 4,
        label: Label::Copyright,
        probability: 0.75,
        boilerplate: 0.8,
        threshold: 0.62,
        runner_up: (Label::Navigation, 0.05),
        first: PassExplanation {
            label: Label::Navigation,
            probability: 0.4,
            boilerplate: None,
            kind: Score {
                score: -0.75,
                intercept: -2.25,
                contributions: contributions(&[("cue_sum:navigation", 1.5, 1.5)]),
            },
        },
        second: PassExplanation {
            label: Label::Copyright,
            probability: 0.75,
            boilerplate: Some(Score {
                score: 1.386,
                intercept: -1.0,
                contributions: contributions(&[("first:body", -2.5, 2.086), ("last", 1.0, 0.3)]),
            }),
            kind: Score {
                score: 3.333,
                intercept: -2.004,
                contributions: contributions(&[
                    ("cue_sum:copyright", 4.5, 4.006),
                    ("previous:share_prompt", 0.8765, 1.5),
                    ("log_words", 2.0, -0.503),
                    ("stop", 0.0, 0.25),
                    ("last", 1.0, 0.104),
                    ("title_ratio", 0.5, -0.02),
                ]),
            },
        },
        template: None,
        cues: vec![
            cue("rights", "rights", Label::Copyright, 1.25),
            cue("all rights reserved", "All rights reserved", Label::Copyright, 4.5),
            cue("news", "News", Label::Navigation, 0.5),
        ],
    }
}

/// Marks tones by their names, so that a snapshot of coloured text can be read.
pub(crate) fn palette() -> super::Palette {
    super::Palette::coloured(|tone| match tone {
        super::Tone::Plain => Default::default(),
        tone => (format!("<{tone:?}>"), "</>".to_owned()),
    })
}
