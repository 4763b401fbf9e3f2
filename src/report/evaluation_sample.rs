//! A small evaluation for the tests of reports: five documents of three publishers, with names and
//! texts that try to break out of a table.

use crate::evaluate::{
    AblationRow, Evaluation, JudgedDocument, JudgedParagraph, JudgedSet, Method,
};
use crate::label::Label::{
    self, Body, Byline, Copyright, Disclaimer, Heading, Related, SharePrompt,
};
use crate::model::decision::Scale;

pub(crate) fn evaluation() -> Evaluation {
    let mut evaluation = Evaluation::new(&set()).expect("the sample is sound");
    evaluation.ablation = Some(vec![AblationRow {
        group: "cues".to_owned(),
        accuracy: Some(0.7),
        boilerplate_f1: Some(0.8),
        difference: evaluation.accuracy.value.map(|all| 0.7 - all),
    }]);
    evaluation
}

fn set() -> JudgedSet {
    let documents = (0..5).map(|i| {
        let publisher =
            ["harbour|post.example", "valley.example", "tiny.example"][[0, 0, 1, 1, 2][i]];
        JudgedDocument {
            id: format!("{publisher}/{i}"),
            publisher: publisher.to_owned(),
            paragraphs: paragraphs(i),
        }
    });
    JudgedSet {
        name: "sample `one`".to_owned(),
        method: Method::CrossValidated { folds: 3 },
        model_fingerprint: None,
        threshold: 0.62,
        aggressive_threshold: Some(0.4),
        scale: Scale::ByLength,
        documents: documents.collect(),
    }
}

/// Twelve paragraphs a document, four in the last.
fn paragraphs(document: usize) -> Vec<JudgedParagraph> {
    let story = "The harbour board voted on Tuesday to keep the old ferry line running for a year.";
    let mut all = vec![
        (Heading, Heading, 0.9, "Ferry line to stay"),
        (Byline, Byline, 0.8, "By Ada Winter, 3 May"),
        (Body, Body, 0.97, story),
        (Related, Related, 0.7, "Read more: *why* the `ferry` | was saved\nand by whom"),
    ];
    if document < 4 {
        all.extend([
            (Body, Body, 0.99, story),
            (Body, Body, 0.95, "Nobody on the board spoke against it."),
            (Body, Related, 0.5 + document as f32 * 0.08, "See the plan below"),
            (SharePrompt, SharePrompt, 0.99, "Share this"),
            (SharePrompt, Related, 0.6, "Tell a friend"),
            (Disclaimer, Disclaimer, 0.85, "The views here are the author's own."),
            (Disclaimer, Body, 0.75, "This does not replace a talk with <b>your</b> own adviser."),
            (Copyright, Copyright, 0.999, "© Harbour Post. All rights reserved."),
        ]);
    }
    let mut all: Vec<_> = all.into_iter().enumerate().map(judged).collect();
    if document == 0 {
        all[2].gold = None;
        all[6].text = "See the plan ".repeat(40);
    }
    all
}

/// The rest of the probability goes to `body`, or to `related` where `body` is predicted.
fn judged(
    (index, (gold, predicted, p, text)): (usize, (Label, Label, f32, &str)),
) -> JudgedParagraph {
    let mut probabilities = [0.0; Label::COUNT];
    probabilities[predicted.index()] = p;
    probabilities[if predicted == Body { Related } else { Body }.index()] = 1.0 - p;
    JudgedParagraph { index, text: text.to_owned(), gold: Some(gold), probabilities }
}
