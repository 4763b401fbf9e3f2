//! Taking a paragraph's two scores apart.

use super::{Classifier, Engine, likeliest, paragraph_texts};
use crate::document::Document;
use crate::featurize::{FeatureMatrix, Probabilities};
use crate::label::Label;
use crate::model::decision::decide;
use crate::model::{
    Arrangement, CONTENT_LANE, Calibration, Compiled, CompiledPass, HEADING_LANE, Pass,
    first_probabilities, second_probabilities,
};
use crate::span::Span;
use crate::templates::{Sighting, WEIGHTS};
use crate::verdict::clean::words;
use crate::verdict::{
    Contribution, Explanation, FoundCue, PassExplanation, Score, TemplateEvidence,
};

impl Classifier {
    /// Explains every paragraph of a document, in order.
    #[must_use]
    pub fn explain(&self, document: &Document) -> Vec<Explanation> {
        let texts = paragraph_texts(document, self.options.split);
        let sightings = self.sightings(document, &texts);
        self.engine_for(document).explain(&texts, document, sightings.as_deref())
    }
}

/// A paragraph to be explained.
struct Shown<'a> {
    index: usize,
    text: &'a str,
    first: &'a Probabilities,
    sighting: Option<Sighting>,
}

impl Engine {
    fn explain(
        &self,
        texts: &[&str],
        document: &Document,
        sightings: Option<&[Sighting]>,
    ) -> Vec<Explanation> {
        let featurized = self.featurized(texts, document);
        let first = self.first_pass(&featurized);
        let around = featurized.around(first.clone());
        let (mut own, mut all) = (FeatureMatrix::new(), FeatureMatrix::new());
        let mut explanations = Vec::with_capacity(texts.len());
        for block in featurized.blocks() {
            featurized.first_rows(block.clone(), &mut own);
            featurized.second_rows(block, &around, &mut all);
            for (own, all) in own.rows().zip(all.rows()) {
                let index = explanations.len();
                let paragraph = Shown {
                    index,
                    text: texts[index],
                    first: &first[index],
                    sighting: sightings.map(|sightings| sightings[index]),
                };
                explanations.push(self.explain_one(&paragraph, own, all));
            }
        }
        explanations
    }

    fn explain_one(&self, paragraph: &Shown<'_>, own: &[f32], all: &[f32]) -> Explanation {
        let Shown { index, text, first, sighting } = *paragraph;
        let calibration = self.calibration(sighting);
        let scores = self.compiled.second.scores(all);
        let second = second_probabilities(&scores, calibration);
        let words = words(text);
        let decided = decide(&second, self.cutoff, || words);
        let mut others = second;
        others[decided.label.index()] = -1.0;
        let runner_up = likeliest(&others);
        Explanation {
            index,
            label: decided.label,
            probability: decided.probability,
            boilerplate: decided.boilerplate,
            threshold: self.cutoff.for_words(words),
            runner_up: (runner_up, second[runner_up.index()]),
            first: explain_first(&self.compiled, &self.model.first, likeliest(first), own),
            second: explain_second(
                &self.compiled.second,
                &self.model.second,
                decided.label,
                all,
                calibration,
            ),
            template: sighting.map(|sighting| TemplateEvidence {
                sighting,
                log_odds: WEIGHTS.log_odds(sighting) as f32,
            }),
            cues: self.found_cues(text),
        }
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

/// The first pass over text has a score for each label, against all others.
fn explain_first(compiled: &Compiled, pass: &Pass, label: Label, row: &[f32]) -> PassExplanation {
    if compiled.kind.first_arrangement() == Arrangement::ContentFirst {
        return explain_second(&compiled.first, pass, label, row, Calibration::default());
    }
    let scores = compiled.first.scores(row);
    PassExplanation {
        label,
        probability: first_probabilities(&scores)[label.index()],
        boilerplate: None,
        kind: explain_lane(&compiled.first, pass, row, label.index(), 1.0),
    }
}

/// The second pass first tells content from boilerplate, then the kind.
fn explain_second(
    compiled: &CompiledPass,
    pass: &Pass,
    label: Label,
    row: &[f32],
    calibration: Calibration,
) -> PassExplanation {
    let scores = compiled.scores(row);
    // `body` has no lane of its own: it is what is no heading.
    let (lane, sign) =
        if label == Label::Body { (HEADING_LANE, -1.0) } else { (label.index(), 1.0) };
    PassExplanation {
        label,
        probability: second_probabilities(&scores, calibration)[label.index()],
        boilerplate: Some(explain_lane(compiled, pass, row, CONTENT_LANE, -1.0)),
        kind: explain_lane(compiled, pass, row, lane, sign),
    }
}

/// Takes one lane's score apart; `sign` -1 turns it to its other side.
fn explain_lane(
    compiled: &CompiledPass,
    pass: &Pass,
    row: &[f32],
    lane: usize,
    sign: f32,
) -> Score {
    let scores = compiled.scores(row);
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
    Score { score: sign * scores[lane], intercept: sign * intercept, contributions }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::Classifier;

    const ARTICLE: &str = "Ferry to run all winter\nBy Dana Oyelaran, Staff Writer\n\
        The council voted on Monday to keep the ferry running, the mayor said after the meeting.\n\
        Share this on Facebook and Twitter\n© 2019 Harbor Ledger. All rights reserved.\n";

    const PAGE: &str = "<nav class=menu><a href=/>Home</a></nav><main><h1>Ferry to run all winter</h1>\
        <p>The council voted on Monday to keep the ferry running, the mayor said after the meeting.\
        <p>Nobody in the harbour had expected so many boats that morning.</main><footer class=legal>\
        Copyright 2019 Harbor Ledger. All rights reserved.";

    fn documents() -> [Document; 2] {
        [Document::from_text(ARTICLE), Document::from_html(PAGE)]
    }

    #[test]
    fn the_parts_of_every_score_add_up_to_it() {
        let classifier = Classifier::embedded();
        for explanation in documents().iter().flat_map(|document| classifier.explain(document)) {
            let passes = [&explanation.first, &explanation.second];
            let scores = passes.iter().flat_map(|pass| pass.boilerplate.iter().chain([&pass.kind]));
            for score in scores {
                let parts: f32 = score.contributions.iter().map(|c| c.contribution).sum();
                let sum = score.intercept + parts;
                assert!((sum - score.score).abs() < 1e-3, "{sum} {}", score.score);
            }
        }
    }

    #[test]
    fn explanations_say_what_classify_says() {
        let classifier = Classifier::embedded();
        for document in documents() {
            let verdict = classifier.classify(&document);
            let explanations = classifier.explain(&document);
            assert_eq!(explanations.len(), verdict.paragraphs.len());
            for (explanation, paragraph) in explanations.iter().zip(&verdict.paragraphs) {
                assert_eq!(explanation.label, paragraph.label);
                assert_eq!(explanation.first.label, paragraph.first_label);
                assert_eq!(explanation.second.label, paragraph.label);
                assert!((explanation.probability - paragraph.probability).abs() < 1e-6);
                assert!((explanation.boilerplate - paragraph.boilerplate).abs() < 1e-6);
                let text = paragraph.text(&document);
                for cue in &explanation.cues {
                    assert!(text.get(cue.span.range()).is_some_and(|found| !found.is_empty()));
                }
            }
        }
    }

    /// The scores of a page's first pass are arranged as those of the second, and what is said of
    /// it is the label that the two of them give.
    #[test]
    fn the_first_pass_over_a_page_asks_content_first() {
        let sigmoid = |x: f32| 1.0 / (1.0 + (-x).exp());
        let explanations = Classifier::embedded().explain(&Document::from_html(PAGE));
        assert_eq!(explanations.len(), 5);
        let mut labels = std::collections::BTreeSet::new();
        for Explanation { first, .. } in explanations {
            let boilerplate = sigmoid(first.boilerplate.expect("a score of its own").score);
            let most = if first.label.is_content() { 1.0 - boilerplate } else { boilerplate };
            // Heading against body alone makes up the whole of content.
            if first.label.is_content() {
                let expected = most * sigmoid(first.kind.score);
                assert!((first.probability - expected).abs() < 1e-5, "{} {expected}", first.label);
            }
            assert!(first.probability <= most + 1e-6, "{}", first.label);
            labels.insert(first.label);
        }
        assert!(labels.contains(&Label::Body) && labels.len() > 2, "{labels:?}");
        let text = Classifier::embedded().explain(&Document::from_text(ARTICLE));
        assert!(text.iter().all(|explanation| explanation.first.boilerplate.is_none()));
    }
}
