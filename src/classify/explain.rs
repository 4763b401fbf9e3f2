//! Taking a paragraph's two scores apart.

use super::{Classifier, likeliest};
use crate::document::Document;
use crate::featurize::{FeatureMatrix, Paragraphs, Probabilities};
use crate::label::Label;
use crate::model::decision::{Decided, decide};
use crate::model::{CONTENT_LANE, CompiledPass, HEADING_LANE, Pass, second_probabilities};
use crate::span::Span;
use crate::verdict::{Contribution, Explanation, FoundCue, PassExplanation, Score};

impl Classifier {
    /// Explains every paragraph of a document, in order.
    #[must_use]
    pub fn explain(&self, document: &Document) -> Vec<Explanation> {
        let prepared = self.prepare(document);
        let texts = prepared.texts.clone();
        let paragraphs = Paragraphs::new(prepared.texts, &self.compiled.cues);
        let (first, surroundings) = self.first_pass(&paragraphs);
        let (mut own, mut all) = (FeatureMatrix::new(), FeatureMatrix::new());
        let mut explanations = Vec::with_capacity(texts.len());
        for block in paragraphs.blocks() {
            paragraphs.first_rows(block.clone(), &mut own);
            paragraphs.second_rows(block, &surroundings, &mut all);
            for (own, all) in own.rows().zip(all.rows()) {
                let index = explanations.len();
                explanations.push(self.explain_one(index, texts[index], &first[index], own, all));
            }
        }
        explanations
    }

    fn explain_one(
        &self,
        index: usize,
        text: &str,
        first: &Probabilities,
        own: &[f32],
        all: &[f32],
    ) -> Explanation {
        let scores = self.compiled.second.scores(&mut all.to_vec());
        let second = second_probabilities(&scores, self.compiled.calibration);
        let decided = decide(&second, self.threshold);
        let mut others = second;
        others[decided.label.index()] = -1.0;
        let runner_up = likeliest(&others);
        Explanation {
            index,
            label: decided.label,
            probability: decided.probability,
            boilerplate: decided.boilerplate,
            threshold: self.threshold,
            runner_up: (runner_up, second[runner_up.index()]),
            first: self.explain_first(first, own),
            second: self.explain_second(decided, all),
            cues: self.found_cues(text),
        }
    }

    fn explain_first(&self, probabilities: &Probabilities, row: &[f32]) -> PassExplanation {
        let label = likeliest(probabilities);
        let part = Part { lane: label.index(), sign: 1.0 };
        let score = part.explain(&self.compiled.first, &self.model.first, row);
        PassExplanation {
            label,
            probability: probabilities[label.index()],
            scores: vec![named(score, label.as_str(), "all other labels")],
        }
    }

    fn explain_second(&self, decided: Decided, row: &[f32]) -> PassExplanation {
        let explain = |part: Part| part.explain(&self.compiled.second, &self.model.second, row);
        let content = Part { lane: CONTENT_LANE, sign: 1.0 };
        let heading = Part { lane: HEADING_LANE, sign: 1.0 };
        let scores = match decided.label {
            // `body` has no lane of its own: it is content that is no heading.
            Label::Body => vec![
                named(explain(content), "content", "boilerplate"),
                named(explain(heading.reversed()), "body", "heading"),
            ],
            Label::Heading => vec![
                named(explain(content), "content", "boilerplate"),
                named(explain(heading), "heading", "body"),
            ],
            kind => vec![
                named(explain(content.reversed()), "boilerplate", "content"),
                named(
                    explain(Part { lane: kind.index(), sign: 1.0 }),
                    kind.as_str(),
                    "the other kinds of boilerplate",
                ),
            ],
        };
        PassExplanation { label: decided.label, probability: decided.probability, scores }
    }

    fn found_cues(&self, text: &str) -> Vec<FoundCue> {
        let found = self.compiled.cues.find(text);
        found
            .into_iter()
            .map(|(cue, hit)| {
                let label = likeliest(&cue.weights);
                FoundCue {
                    span: Span::new(hit.start, hit.end),
                    cue: cue.text.clone(),
                    label,
                    weight: cue.weights[label.index()],
                }
            })
            .collect()
    }
}

fn named(score: Score, speaks_for: &str, against: &str) -> Score {
    Score { speaks_for: speaks_for.to_owned(), against: against.to_owned(), ..score }
}

/// A lane, taken as it is (1) or turned to its other side (-1).
#[derive(Clone, Copy)]
struct Part {
    lane: usize,
    sign: f32,
}

impl Part {
    fn reversed(self) -> Self {
        Self { sign: -self.sign, ..self }
    }

    /// Takes the lane's score apart.
    fn explain(self, compiled: &CompiledPass, pass: &Pass, row: &[f32]) -> Score {
        let Self { lane, sign } = self;
        let scores = compiled.scores(&mut row.to_vec());
        let (parts, intercept) = compiled.contributions(row, pass, lane);
        let mut contributions: Vec<Contribution> = parts
            .iter()
            .zip(row)
            .zip(&pass.columns)
            .filter(|((part, _), _)| **part != 0.0)
            .map(|((&part, &value), column)| Contribution {
                feature: column.name.clone(),
                value,
                contribution: sign * part,
            })
            .collect();
        contributions.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        Score {
            speaks_for: String::new(),
            against: String::new(),
            score: sign * scores[lane],
            intercept: sign * intercept,
            contributions,
        }
    }
}
