//! How much it says that a publisher's other documents hold a paragraph: weights fitted on scores that
//! their model gave to publishers it never saw.

use super::crossfit::Scores;
use super::decision::{search, softplus_of_minus};
use crate::document::LabelledDocument;
use crate::evaluate::{JudgedDocument, JudgedParagraph};
use crate::label::Label;
use crate::model::rounding::significant;
use crate::model::{CONTENT_LANE, Calibration, second_probabilities};
use crate::templates::{Learner, Prints, Sighting, Weights};

/// Documents with their scores and with what their publishers' other documents say.
pub(super) struct Told<'a> {
    documents: &'a [LabelledDocument],
    scores: &'a [Vec<Scores>],
    calibration: Calibration,
    /// By document and paragraph.
    sightings: Vec<Vec<Sighting>>,
}

/// A paragraph that other documents hold.
struct Held {
    /// Calibrated log-odds of content without templates.
    content: f64,
    sighting: Sighting,
    is_content: bool,
}

/// Weights looked at first.
const SHARES: (f64, f64) = (0.0, 10.0);
const LOGS: (f64, f64) = (0.0, 5.0);

impl<'a> Told<'a> {
    /// Counts the documents of each publisher. `scores` has one list a document, one entry a paragraph.
    pub(super) fn new(
        documents: &'a [LabelledDocument],
        scores: &'a [Vec<Scores>],
        calibration: Calibration,
    ) -> Self {
        let texts = |document: &'a LabelledDocument| document.paragraphs.iter().map(|p| &p.text);
        let mut learner = Learner::default();
        for document in documents {
            learner.add(document.group(), &Prints::of(texts(document)));
        }
        let templates = learner.finish();
        let sightings = documents.iter().map(|document| {
            let site = templates.site(document.group());
            let sighting = |text: &String| site.map(|site| site.sighting(text)).unwrap_or_default();
            texts(document).map(sighting).collect()
        });
        Self { documents, scores, calibration, sightings: sightings.collect() }
    }

    /// The weights with the greatest likelihood on the documents for which `counts` is true, none
    /// below 0. Only paragraphs that other documents hold have a say.
    pub(super) fn weights(&self, counts: impl Fn(usize) -> bool) -> Weights {
        let documents = self.documents.iter().zip(self.scores).zip(&self.sightings).enumerate();
        let mut held = Vec::new();
        for (_, ((document, scores), sightings)) in documents.filter(|(index, _)| counts(*index)) {
            for ((paragraph, scores), &sighting) in
                document.paragraphs.iter().zip(scores).zip(sightings)
            {
                let Some(label) = paragraph.label.filter(|_| sighting.holders > 0) else {
                    continue;
                };
                let content = self.content(scores);
                held.push(Held { content, sighting, is_content: label.is_content() });
            }
        }
        fit(&held)
    }

    fn content(&self, scores: &Scores) -> f64 {
        f64::from(scores[CONTENT_LANE]) / self.calibration.content_temperature
            + self.calibration.content_offset
    }

    /// The documents, judged with the weights that `weights` gives for each.
    pub(super) fn judge(&self, weights: impl Fn(usize) -> Weights) -> Vec<JudgedDocument> {
        let documents = self.documents.iter().zip(self.scores).zip(&self.sightings).enumerate();
        let judged = documents.map(|(index, ((document, scores), sightings))| {
            let weights = weights(index);
            let probabilities = |scores: &Scores, sighting: Sighting| -> [f32; Label::COUNT] {
                let log_odds = weights.log_odds(sighting);
                second_probabilities(scores, self.calibration.against_content(log_odds))
            };
            let paragraphs = document.paragraphs.iter().zip(scores).zip(sightings).enumerate();
            JudgedDocument {
                id: document.id.clone(),
                publisher: document.group().to_owned(),
                paragraphs: paragraphs
                    .map(|(index, ((paragraph, scores), &sighting))| JudgedParagraph {
                        index,
                        text: paragraph.text.clone(),
                        gold: paragraph.label,
                        probabilities: probabilities(scores, sighting),
                    })
                    .collect(),
            }
        });
        judged.collect()
    }
}

/// Minimises the negative log-likelihood, which is convex in the weights.
fn fit(held: &[Held]) -> Weights {
    let weights = |share: f64, log_holders: f64| Weights {
        share: share.max(0.0),
        log_holders: log_holders.max(0.0),
    };
    let (share, log_holders) = search(SHARES, LOGS, |share, log_holders| {
        let weights = weights(share, log_holders);
        let loss = |held: &Held| {
            let content = held.content - weights.log_odds(held.sighting);
            softplus_of_minus(if held.is_content { content } else { -content })
        };
        held.iter().map(loss).sum()
    });
    weights(significant(share, 4), significant(log_holders, 4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::LabelledParagraph;

    /// Labels occur exactly as often as log-odds with these weights say.
    #[test]
    fn finds_the_weights_that_made_the_data() {
        let made = Weights { share: 3.0, log_holders: 0.75 };
        let mut held = Vec::new();
        for (holders, others) in [(1, 1), (1, 9), (3, 9), (9, 9), (2, 60), (40, 60)] {
            for content in [-1.0, 1.0, 3.0, 5.0] {
                let sighting = Sighting { holders, others };
                let odds = content - made.log_odds(sighting);
                let share = 1.0 / (1.0 + libm::exp(-odds));
                let n = (share * 2_000.0).round() as usize;
                held.extend((0..2_000).map(|i| Held { content, sighting, is_content: i < n }));
            }
        }
        let found = fit(&held);
        assert!((found.share - made.share).abs() < 0.05, "{found:?}");
        assert!((found.log_holders - made.log_holders).abs() < 0.05, "{found:?}");
        assert_eq!(fit(&[]).log_odds(Sighting::default()), 0.0);
    }

    #[test]
    fn what_other_documents_hold_is_likelier_to_be_boilerplate_and_nothing_else_changes() {
        let document = |id: &str, publisher: &str, texts: [&str; 2]| LabelledDocument {
            id: id.into(),
            publisher: Some(publisher.into()),
            paragraphs: texts
                .map(|text| LabelledParagraph { text: text.into(), label: Some(Label::Body) })
                .to_vec(),
        };
        let documents = [
            document("1", "a.example", ["The ferry sank", "Ledger, est. 1901"]),
            document("2", "a.example", ["The bridge is shut", "Ledger, est. 1902"]),
            document("3", "b.example", ["The harbour is full", "Ledger, est. 1903"]),
        ];
        let scores = vec![vec![[0.5; Label::COUNT]; 2]; 3];
        let told = Told::new(&documents, &scores, Calibration::default());
        let none = Weights { share: 0.0, log_holders: 0.0 };
        let some = Weights { share: 1.0, log_holders: 1.0 };
        let body = |weights: Weights| -> Vec<f32> {
            let judged = told.judge(|_| weights);
            let paragraphs = judged.iter().flat_map(|document| &document.paragraphs);
            paragraphs.map(|p| p.probabilities[Label::Body.index()]).collect()
        };
        let (without, with) = (body(none), body(some));
        let lower: Vec<bool> =
            with.iter().zip(&without).map(|(with, without)| with < without).collect();
        assert_eq!(lower, [false, true, false, true, false, false]);
        assert!(with.iter().zip(&without).all(|(with, without)| with <= without));
    }
}
