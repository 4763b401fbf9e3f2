//! Calibration and thresholds, fitted on scores that their model gave to publishers it never saw.

use serde::{Deserialize, Serialize};

use super::crossfit::Scores;
use crate::document::LabelledDocument;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{
    JudgedDocument, JudgedParagraph, MAX_CONTENT_LOSS_RATIO, ThresholdCurve, data_fingerprint,
};
use crate::label::Label;
use crate::model::rounding::significant;
use crate::model::{Calibration, Thresholds, probabilities};

/// Version of the decision file.
const SCHEMA: u32 = 1;

/// The few numbers that turn scores into labels, and what they were fitted on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Version of the file's form.
    pub schema: u32,
    /// Temperature and offset.
    pub calibration: Calibration,
    /// From which `boilerplate` on a paragraph is boilerplate.
    pub thresholds: Thresholds,
    /// Documents and labelled paragraphs they were fitted on, and the fingerprint of these.
    pub documents: usize,
    /// Labelled paragraphs.
    pub paragraphs: usize,
    /// SHA-256 of the data, hexadecimal.
    pub fingerprint: String,
}

/// A labelled paragraph's scores.
struct Sample {
    scores: Scores,
    label: Label,
}

/// Fits calibration and thresholds on scores of the second pass, one list a document.
///
/// Temperature and content offset minimise the mean negative log-likelihood of the labels. The safe
/// threshold is the lowest that loses at most 0.5 % of content words, the aggressive one has the
/// best F1 of boilerplate.
///
/// # Errors
/// [`ErrorKind::Data`] if there is no labelled paragraph.
pub(super) fn fit_decision(
    documents: &[LabelledDocument],
    scores: &[Vec<Scores>],
) -> Result<Decision> {
    let samples: Vec<Sample> = documents
        .iter()
        .zip(scores)
        .flat_map(|(document, scores)| document.paragraphs.iter().zip(scores))
        .filter_map(|(p, &scores)| p.label.map(|label| Sample { scores, label }))
        .collect();
    if samples.is_empty() {
        return Err(Error::data("no labelled paragraph to calibrate on"));
    }
    let calibration = fit_calibration(&samples);
    let judged = judge(documents, scores, calibration);
    let curve = ThresholdCurve::new(&judged);
    let stored = |threshold: f32| (significant(f64::from(threshold), 4) as f32).clamp(0.0, 1.0);
    let thresholds = Thresholds {
        safe: curve.threshold_for_loss(MAX_CONTENT_LOSS_RATIO).map_or(0.5, |p| stored(p.threshold)),
        aggressive: curve.best_f1_threshold().map_or(0.5, |p| stored(p.threshold)),
    };
    Ok(Decision {
        schema: SCHEMA,
        calibration,
        thresholds,
        documents: documents.len(),
        paragraphs: samples.len(),
        fingerprint: data_fingerprint(&judged),
    })
}

/// Documents with the calibrated probabilities of their scores.
pub(super) fn judge(
    documents: &[LabelledDocument],
    scores: &[Vec<Scores>],
    calibration: Calibration,
) -> Vec<JudgedDocument> {
    let paragraph = |(index, (paragraph, scores)): (usize, (&_, &Scores))| {
        let paragraph: &crate::document::LabelledParagraph = paragraph;
        JudgedParagraph {
            index,
            text: paragraph.text.clone(),
            gold: paragraph.label,
            probabilities: probabilities(scores, calibration),
        }
    };
    documents
        .iter()
        .zip(scores)
        .map(|(document, scores)| JudgedDocument {
            id: document.id.clone(),
            publisher: document.group().to_owned(),
            paragraphs: document.paragraphs.iter().zip(scores).enumerate().map(paragraph).collect(),
        })
        .collect()
}

/// Temperatures looked at first; the search then narrows.
const TEMPERATURES: (f64, f64) = (0.25, 4.0);
/// Offsets looked at first.
const OFFSETS: (f64, f64) = (-4.0, 4.0);
/// Steps of each narrowing, and narrowings.
const GRID: usize = 8;
const NARROWINGS: usize = 5;

/// Coarse-to-fine search over both numbers: two dimensions, one smooth valley, no derivative.
fn fit_calibration(samples: &[Sample]) -> Calibration {
    let (mut low, mut high) = (TEMPERATURES.0.ln(), TEMPERATURES.1.ln());
    let (mut left, mut right) = OFFSETS;
    let mut best = (f64::INFINITY, 0.0, 0.0);
    for _ in 0..NARROWINGS {
        let (step_t, step_o) = ((high - low) / GRID as f64, (right - left) / GRID as f64);
        for i in 0..=GRID {
            for j in 0..=GRID {
                let (t, o) = (low + step_t * i as f64, left + step_o * j as f64);
                let loss = negative_log_likelihood(samples, libm::exp(t), o);
                if loss < best.0 {
                    best = (loss, t, o);
                }
            }
        }
        (low, high) = (best.1 - step_t, best.1 + step_t);
        (left, right) = (best.2 - step_o, best.2 + step_o);
    }
    Calibration {
        temperature: significant(libm::exp(best.1), 4),
        content_offset: significant(best.2, 4),
    }
}

fn negative_log_likelihood(samples: &[Sample], temperature: f64, offset: f64) -> f64 {
    let sum: f64 = samples
        .iter()
        .map(|sample| {
            let mut values = [0.0f64; Label::COUNT];
            for label in Label::ALL {
                let shift = if label.is_content() { offset } else { 0.0 };
                values[label.index()] =
                    f64::from(sample.scores[label.index()]) / temperature + shift;
            }
            let max = values.iter().fold(f64::MIN, |max, &v| max.max(v));
            let sum: f64 = values.iter().map(|v| libm::exp(v - max)).sum();
            libm::log(sum) + max - values[sample.label.index()]
        })
        .sum();
    sum / samples.len() as f64
}

/// A decision as the text of its file.
#[must_use]
pub fn decision_to_json(decision: &Decision) -> String {
    let text = serde_json::to_string_pretty(decision).expect("plain numbers and strings serialise");
    text + "\n"
}

/// Reads the text of a decision file.
///
/// # Errors
/// [`ErrorKind::Model`] if it is none of this version.
pub fn decision_from_json(text: &str) -> Result<Decision> {
    let unusable = |expected: String, found: String| -> Error {
        ErrorKind::Model { what: "decision file", expected, found }.into()
    };
    let decision: Decision = serde_json::from_str(text).map_err(|error| {
        unusable("JSON as `train --decide-on` writes it".into(), error.to_string())
            .at(error.line() as u64, error.column() as u64)
    })?;
    if decision.schema != SCHEMA {
        return Err(unusable(format!("schema {SCHEMA}"), format!("schema {}", decision.schema)));
    }
    Ok(decision)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores whose true temperature is 2 and true content offset is 1, by construction: labels
    /// occur as often as the calibrated probabilities say.
    #[test]
    fn finds_the_temperature_and_offset_that_made_the_data() {
        let mut samples = Vec::new();
        for score in [-3.0f32, -1.0, 0.0, 1.0, 2.0, 4.0] {
            let mut scores = [-200.0; Label::COUNT];
            scores[Label::Body.index()] = score;
            scores[Label::Related.index()] = 0.0;
            let body = 1.0 / (1.0 + libm::exp(-(f64::from(score) / 2.0 + 1.0)));
            for i in 0..10_000 {
                let label =
                    if f64::from(i) < body * 10_000.0 { Label::Body } else { Label::Related };
                samples.push(Sample { scores, label });
            }
        }
        let calibration = fit_calibration(&samples);
        assert!((calibration.temperature - 2.0).abs() < 0.02, "{calibration:?}");
        assert!((calibration.content_offset - 1.0).abs() < 0.02, "{calibration:?}");
    }

    #[test]
    fn a_decision_reads_back_and_a_wrong_one_says_so() {
        let decision = Decision {
            schema: SCHEMA,
            calibration: Calibration { temperature: 1.5, content_offset: 0.25 },
            thresholds: Thresholds { safe: 0.75, aggressive: 0.5 },
            documents: 2,
            paragraphs: 10,
            fingerprint: "ab".into(),
        };
        let text = decision_to_json(&decision);
        assert_eq!(decision_from_json(&text).unwrap(), decision);
        let error = decision_from_json(&text.replace("\"schema\": 1", "\"schema\": 7"));
        assert!(error.unwrap_err().to_string().contains("schema 7"));
        assert!(decision_from_json("[]").is_err());
    }
}
