//! Calibration and thresholds of the model of web pages.

use super::super::decision::{Sample, fit_calibration, points};
use super::{Calibration, DerivedPage, Scores, Thresholds};
use crate::error::Result;
use crate::evaluate::CurvePoint;
use crate::featurize::Probabilities;
use crate::label::Label;
use crate::model::decision::boilerplate;

/// Thresholds that are tried.
const STEPS: usize = 100;

/// Fits calibration and thresholds on out-of-fold scores.
///
/// Pages are not texts with a few notices in them: a third of their words is wrapping, and
/// keeping what is not the article's costs as much as losing what is. The threshold is the one at
/// which the words kept have the best F1 against the words of content, a mean over pages.
pub(super) fn fit(
    pages: &[DerivedPage],
    scores: &[Vec<Scores>],
) -> Result<(Calibration, Thresholds)> {
    let samples_of = |(page, scores): (&DerivedPage, &Vec<Scores>)| -> Vec<Sample> {
        let labelled = labelled(page, scores);
        labelled.map(|(label, words, &scores)| Sample { scores, label, words }).collect()
    };
    let by_page: Vec<Vec<Sample>> =
        pages.iter().zip(scores).map(samples_of).filter(|samples| !samples.is_empty()).collect();
    let all: Vec<Sample> = by_page.iter().flatten().copied().collect();
    let calibration = fit_calibration(&all)?;
    let points: Vec<Vec<CurvePoint>> =
        by_page.iter().map(|samples| points(samples, calibration)).collect();
    let mean = |threshold: f32| {
        points.iter().map(|page| words_f1(page, threshold)).sum::<f64>() / points.len() as f64
    };
    let tried = (1..STEPS).map(|step| step as f32 / STEPS as f32);
    let best = tried
        .map(|t| (mean(t), t))
        .fold((0.0, 0.5), |best, next| if next.0 > best.0 { next } else { best });
    let thresholds = Thresholds { safe: best.1, aggressive: best.1 };
    Ok((calibration, thresholds))
}

/// The labelled blocks of a page with their probabilities.
pub(super) fn points_of(page: &DerivedPage, probabilities: &[Probabilities]) -> Vec<CurvePoint> {
    labelled(page, probabilities)
        .map(|(gold, words, &probabilities)| CurvePoint { gold, words, probabilities })
        .collect()
}

/// Label and words of each labelled block with its entry in a list.
fn labelled<'a, T>(
    page: &'a DerivedPage,
    blocks: &'a [T],
) -> impl Iterator<Item = (Label, u64, &'a T)> {
    let all = page.labels.iter().zip(&page.words).zip(blocks);
    all.filter_map(|((label, &words), block)| Some(((*label)?, u64::from(words), block)))
}

/// F1 of the words kept against the words of content; 1 where there are neither.
pub(super) fn words_f1(page: &[CurvePoint], threshold: f32) -> f64 {
    let (mut kept, mut content, mut both) = (0, 0, 0);
    for point in page {
        let is_content = point.gold.is_content();
        content += if is_content { point.words } else { 0 };
        if boilerplate(&point.probabilities) < threshold {
            kept += point.words;
            both += if is_content { point.words } else { 0 };
        }
    }
    if kept + content == 0 { 1.0 } else { 2.0 * both as f64 / (kept + content) as f64 }
}
