//! Explanations as the records of `explain --format json`; see `docs/schema/explain.json`.

use serde::Serialize;

use super::records::{ErrorRecord, Origin, ParagraphRecord, RECORD_SCHEMA, Rounded};
use crate::document::html::Metadata;
use crate::document::{Document, Source};
use crate::error::Error;
use crate::label::{Group, Label};
use crate::verdict::{Explanation, PassExplanation, Score, Verdict};

/// A document with the reasons for the labels of its paragraphs.
#[derive(Debug, Serialize)]
pub struct ExplainRecord<'a> {
    schema: u32,
    #[serde(flatten)]
    origin: Origin<'a>,
    source: Option<Source>,
    language: Option<&'static str>,
    title: Option<&'a str>,
    metadata: Option<&'a Metadata>,
    paragraphs: Vec<ExplainedParagraph<'a>>,
    error: Option<ErrorRecord>,
}

#[derive(Debug, Serialize)]
struct ExplainedParagraph<'a> {
    index: usize,
    start: Option<usize>,
    end: Option<usize>,
    label: Label,
    group: Group,
    probability: Rounded,
    boilerplate: Rounded,
    text: &'a str,
    threshold: Rounded,
    runner_up: RunnerUp,
    first_pass: PassRecord<'a>,
    second_pass: PassRecord<'a>,
    templates: Option<TemplateRecord>,
    cues: Vec<CueRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct RunnerUp {
    label: Label,
    probability: Rounded,
}

#[derive(Debug, Serialize)]
struct PassRecord<'a> {
    label: Label,
    probability: Rounded,
    boilerplate: Option<ScoreRecord<'a>>,
    kind: ScoreRecord<'a>,
}

#[derive(Debug, Serialize)]
struct ScoreRecord<'a> {
    score: Rounded,
    intercept: Rounded,
    contributions: Vec<ContributionRecord<'a>>,
    other: Other,
}

#[derive(Debug, Serialize)]
struct ContributionRecord<'a> {
    feature: &'a str,
    value: Rounded,
    contribution: Rounded,
}

/// The features that are not listed one by one.
#[derive(Debug, Serialize)]
struct Other {
    features: usize,
    contribution: Rounded,
}

/// What other documents of the publisher say.
#[derive(Debug, Serialize)]
struct TemplateRecord {
    others: u32,
    holders: u32,
    log_odds: Rounded,
}

#[derive(Debug, Serialize)]
struct CueRecord<'a> {
    start: usize,
    end: usize,
    cue: &'a str,
    label: Label,
    weight: Rounded,
}

impl<'a> ExplainRecord<'a> {
    /// The record of a document, of which the paragraphs in `explanations` are shown, each pass
    /// with its `top` strongest features.
    ///
    /// # Panics
    /// If an explanation is of a paragraph that the verdict does not have.
    #[must_use]
    pub fn new(
        document: &'a Document,
        verdict: &'a Verdict,
        explanations: &'a [Explanation],
        top: usize,
    ) -> Self {
        let explained =
            explanations.iter().map(|explanation| explained(document, verdict, explanation, top));
        Self {
            schema: RECORD_SCHEMA,
            origin: document.into(),
            source: Some(verdict.source),
            language: verdict.language,
            title: document.known_title(),
            metadata: document.metadata(),
            paragraphs: explained.collect(),
            error: None,
        }
    }

    /// The record of a document that could not be read.
    #[must_use]
    pub fn failed(origin: Origin<'a>, error: &Error) -> Self {
        Self {
            schema: RECORD_SCHEMA,
            origin,
            source: None,
            language: None,
            title: None,
            metadata: None,
            paragraphs: Vec::new(),
            error: Some(error.into()),
        }
    }
}

fn explained<'a>(
    document: &'a Document,
    verdict: &Verdict,
    explanation: &'a Explanation,
    top: usize,
) -> ExplainedParagraph<'a> {
    let p = ParagraphRecord::new(document, &verdict.paragraphs[explanation.index]);
    let (label, probability) = explanation.runner_up;
    ExplainedParagraph {
        index: p.index,
        start: p.start,
        end: p.end,
        label: explanation.label,
        group: explanation.label.group(),
        probability: Rounded(explanation.probability),
        boilerplate: Rounded(explanation.boilerplate),
        text: p.text,
        threshold: Rounded(explanation.threshold),
        runner_up: RunnerUp { label, probability: Rounded(probability) },
        first_pass: pass(&explanation.first, top),
        second_pass: pass(&explanation.second, top),
        templates: explanation.template.map(|template| TemplateRecord {
            others: template.sighting.others,
            holders: template.sighting.holders,
            log_odds: Rounded(template.log_odds),
        }),
        cues: explanation
            .cues
            .iter()
            .map(|cue| CueRecord {
                start: cue.span.start,
                end: cue.span.end,
                cue: &cue.cue,
                label: cue.label,
                weight: Rounded(cue.weight),
            })
            .collect(),
    }
}

fn pass(pass: &PassExplanation, top: usize) -> PassRecord<'_> {
    PassRecord {
        label: pass.label,
        probability: Rounded(pass.probability),
        boilerplate: pass.boilerplate.as_ref().map(|boilerplate| score(boilerplate, top)),
        kind: score(&pass.kind, top),
    }
}

fn score(score: &Score, top: usize) -> ScoreRecord<'_> {
    let (listed, others) = score.contributions.split_at(top.min(score.contributions.len()));
    let contributions: Vec<_> = listed
        .iter()
        .map(|c| ContributionRecord {
            feature: &c.feature,
            value: Rounded(c.value),
            contribution: Rounded(c.contribution),
        })
        .collect();
    // From the rounded numbers, so that what is written adds up.
    let sum: f64 = contributions.iter().map(|c| c.contribution.value()).sum();
    let rest = Rounded(score.score).value() - Rounded(score.intercept).value() - sum;
    ScoreRecord {
        score: Rounded(score.score),
        intercept: Rounded(score.intercept),
        contributions,
        other: Other { features: others.len(), contribution: Rounded(rest as f32) },
    }
}

#[cfg(test)]
mod tests {
    use super::super::records::write_json;
    use super::super::sample;
    use super::super::schema_check::assert_valid;
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn an_explanation_is_as_its_schema_says_and_adds_up() {
        let (document, verdict) = sample::document();
        let explanations = [sample::explanation()];
        for (top, listed) in [(2, 2), (0, 0), (usize::MAX, 6)] {
            let mut out = Vec::new();
            write_json(&ExplainRecord::new(&document, &verdict, &explanations, top), &mut out);
            let record: Value = serde_json::from_slice(&out).unwrap();
            assert_valid("explain", &record);
            let paragraph = &record["paragraphs"][0];
            assert_eq!(paragraph["index"], 4);
            assert_eq!(paragraph["runner_up"], json!({"label": "navigation", "probability": 0.05}));
            let pass = &paragraph["second_pass"]["kind"];
            let parts = pass["contributions"].as_array().unwrap();
            assert_eq!(parts.len(), listed);
            assert_eq!(pass["other"]["features"], 6 - listed);
            let number = |value: &Value| value.as_f64().unwrap();
            let sum: f64 = parts.iter().map(|part| number(&part["contribution"])).sum();
            let total = number(&pass["intercept"]) + sum + number(&pass["other"]["contribution"]);
            assert!((total - number(&pass["score"])).abs() < 1e-9, "{total}");
            let cue = &paragraph["cues"][1];
            let text = paragraph["text"].as_str().unwrap();
            let at = |name: &str| cue[name].as_u64().unwrap() as usize;
            assert_eq!(&text[at("start")..at("end")], "All rights reserved");
        }
        let failed = ExplainRecord::failed(Origin::default(), &Error::usage("no"));
        assert_valid("explain", &json!(failed));
    }
}
