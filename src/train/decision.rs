//! Calibration and thresholds, fitted on scores that their model gave to publishers it never saw.

use super::crossfit::Scores;
use crate::document::LabelledDocument;
use crate::error::{Error, Result};
use crate::evaluate::{
    CurvePoint, JudgedDocument, JudgedParagraph, MAX_CONTENT_LOSS_RATIO, ThresholdCurve,
};
use crate::label::Label;
use crate::model::decision::Scale;
use crate::model::rounding::significant;
use crate::model::{CONTENT_LANE, Calibration, HEADING_LANE, Thresholds, second_probabilities};
use crate::verdict::clean::words;

/// The few numbers that turn scores into labels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// Temperatures and offset.
    pub calibration: Calibration,
    /// From where on a paragraph is boilerplate, by length.
    pub thresholds: Thresholds,
}

/// A labelled paragraph's scores.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub(super) scores: Scores,
    pub(super) label: Label,
    /// Words, separated by white space.
    pub(super) words: u64,
}

/// The labelled paragraphs of a written document with their scores.
pub(super) fn samples<'a>(
    document: &'a LabelledDocument,
    scores: &'a [Scores],
) -> impl Iterator<Item = Sample> + 'a {
    document.paragraphs.iter().zip(scores).filter_map(|(paragraph, &scores)| {
        let words = words(&paragraph.text);
        paragraph.label.map(|label| Sample { scores, label, words })
    })
}

/// Fits calibration and thresholds on scores of the second pass.
///
/// Temperatures and offset minimise the negative log-likelihood of the labels. The safe
/// threshold is the lowest that loses at most 0.5 % of content words, the aggressive one has the
/// best F1 of boilerplate.
///
/// # Errors
/// [`crate::error::ErrorKind::Data`] if there is no labelled paragraph.
pub(super) fn fit_decision(samples: &[Sample]) -> Result<Decision> {
    let calibration = fit_calibration(samples)?;
    let curve = ThresholdCurve::of(points(samples, calibration), Scale::ByLength);
    let stored = |threshold: f32| (significant(f64::from(threshold), 4) as f32).clamp(0.0, 1.0);
    let thresholds = Thresholds {
        safe: curve.threshold_for_loss(MAX_CONTENT_LOSS_RATIO).map_or(0.5, |p| stored(p.threshold)),
        aggressive: curve.best_f1_threshold().map_or(0.5, |p| stored(p.threshold)),
    };
    Ok(Decision { calibration, thresholds })
}

/// Samples with the calibrated probabilities of their scores.
pub(super) fn points(samples: &[Sample], calibration: Calibration) -> Vec<CurvePoint> {
    let point = |s: &Sample| CurvePoint {
        gold: s.label,
        words: s.words,
        probabilities: second_probabilities(&s.scores, calibration),
    };
    samples.iter().map(point).collect()
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
            probabilities: second_probabilities(scores, calibration),
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

/// Logarithms of the temperatures looked at first; the search then narrows.
const TEMPERATURES: (f64, f64) = (-1.5, 1.5);
/// Offsets looked at first.
const OFFSETS: (f64, f64) = (-4.0, 4.0);
/// Steps of each narrowing, and narrowings.
const GRID: usize = 8;
const NARROWINGS: usize = 6;

/// Minimises the negative log-likelihood. It falls into two parts: content against boilerplate
/// (temperature and offset) and the label given that side (one temperature).
///
/// # Errors
/// [`crate::error::ErrorKind::Data`] if there is no sample.
pub(super) fn fit_calibration(samples: &[Sample]) -> Result<Calibration> {
    if samples.is_empty() {
        return Err(Error::data("no labelled paragraph to calibrate on"));
    }
    let (log_temperature, offset) = search(TEMPERATURES, OFFSETS, |log_temperature, offset| {
        let temperature = libm::exp(log_temperature);
        samples.iter().map(|s| content_loss(s, temperature, offset)).sum()
    });
    let (log_kind, _) = search(TEMPERATURES, (0.0, 0.0), |log_temperature, _| {
        let temperature = libm::exp(log_temperature);
        samples.iter().map(|s| kind_loss(s, temperature)).sum()
    });
    Ok(Calibration {
        content_temperature: significant(libm::exp(log_temperature), 4),
        content_offset: significant(offset, 4),
        kind_temperature: significant(libm::exp(log_kind), 4),
    })
}

/// Coarse-to-fine search for the least loss over two numbers: one smooth valley, no derivative.
pub(super) fn search(x: (f64, f64), y: (f64, f64), loss: impl Fn(f64, f64) -> f64) -> (f64, f64) {
    let ((mut left, mut right), (mut low, mut high)) = (x, y);
    let mut best = (f64::INFINITY, left, low);
    for _ in 0..NARROWINGS {
        let (step_x, step_y) = ((right - left) / GRID as f64, (high - low) / GRID as f64);
        let rows = if step_y > 0.0 { GRID } else { 0 };
        for i in 0..=GRID {
            for j in 0..=rows {
                let (x, y) = (left + step_x * i as f64, low + step_y * j as f64);
                let loss = loss(x, y);
                if loss < best.0 {
                    best = (loss, x, y);
                }
            }
        }
        (left, right) = (best.1 - step_x, best.1 + step_x);
        (low, high) = (best.2 - step_y, best.2 + step_y);
    }
    (best.1, best.2)
}

/// ln(1 + exp(-margin)), without overflow.
pub(super) fn softplus_of_minus(margin: f64) -> f64 {
    libm::log1p(libm::exp(-margin.abs())) + (-margin).max(0.0)
}

/// Negative log-likelihood of a paragraph's side.
fn content_loss(sample: &Sample, temperature: f64, offset: f64) -> f64 {
    let score = f64::from(sample.scores[CONTENT_LANE]) / temperature + offset;
    softplus_of_minus(if sample.label.is_content() { score } else { -score })
}

/// Negative log-likelihood of a paragraph's label, given its side.
fn kind_loss(sample: &Sample, temperature: f64) -> f64 {
    let score = |lane: usize| f64::from(sample.scores[lane]) / temperature;
    match sample.label {
        Label::Body => softplus_of_minus(-score(HEADING_LANE)),
        Label::Heading => softplus_of_minus(score(HEADING_LANE)),
        kind => {
            let kinds = HEADING_LANE + 1..Label::COUNT;
            let max = kinds.clone().map(score).fold(f64::MIN, f64::max);
            let sum: f64 = kinds.map(|lane| libm::exp(score(lane) - max)).sum();
            libm::log(sum) + max - score(kind.index())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Labels occur exactly as often as probabilities with these numbers say.
    #[test]
    fn finds_the_temperatures_and_the_offset_that_made_the_data() {
        let made =
            Calibration { content_temperature: 2.0, content_offset: 1.0, kind_temperature: 0.5 };
        let mut samples = Vec::new();
        for score in [-3.0f32, -1.0, 0.0, 1.0, 2.0, 4.0] {
            let mut scores = [-50.0; Label::COUNT];
            scores[CONTENT_LANE] = score;
            scores[HEADING_LANE] = score / 8.0;
            scores[Label::Related.index()] = 0.0;
            scores[Label::Caption.index()] = score / 4.0;
            let p = second_probabilities(&scores, made);
            for label in Label::ALL {
                let n = (p[label.index()] * 10_000.0).round() as usize;
                samples.extend((0..n).map(|_| Sample { scores, label, words: 1 }));
            }
        }
        let found = fit_calibration(&samples).unwrap();
        assert!((found.content_temperature - 2.0).abs() < 0.02, "{found:?}");
        assert!((found.content_offset - 1.0).abs() < 0.02, "{found:?}");
        assert!((found.kind_temperature - 0.5).abs() < 0.02, "{found:?}");
    }
}
