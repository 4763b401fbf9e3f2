//! The one rule that turns probabilities into a label; every command and binding uses it.

use crate::label::Label;

/// What the rule makes of one paragraph's probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decided {
    /// The label.
    pub label: Label,
    /// The label's own probability, 0..=1.
    pub probability: f32,
    /// 1 - P(body) - P(heading), 0..=1.
    pub boilerplate: f32,
}

/// Decides a paragraph's label.
///
/// At or above `threshold`, the likeliest boilerplate kind; below it, the likelier of `body` and
/// `heading`. Of equal probabilities the first in column order wins. `probabilities` has one entry
/// a label in column order, each in 0..=1, with sum 1.
#[must_use]
pub fn decide(probabilities: &[f32; Label::COUNT], threshold: f32) -> Decided {
    let boilerplate = boilerplate(probabilities);
    let likeliest = |content: bool| {
        let mut best: Option<Label> = None;
        for label in Label::ALL.into_iter().filter(|label| label.is_content() == content) {
            if best.is_none_or(|b| probabilities[label.index()] > probabilities[b.index()]) {
                best = Some(label);
            }
        }
        best.unwrap_or(Label::Body)
    };
    let label = likeliest(boilerplate < threshold);
    Decided { label, probability: probabilities[label.index()], boilerplate }
}

/// 1 - P(body) - P(heading), summed from the boilerplate side so that it is exact near 0.
#[must_use]
pub fn boilerplate(probabilities: &[f32; Label::COUNT]) -> f32 {
    let sum: f32 = Label::ALL
        .into_iter()
        .filter(|label| !label.is_content())
        .map(|label| probabilities[label.index()])
        .sum();
    sum.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probabilities(pairs: &[(Label, f32)]) -> [f32; Label::COUNT] {
        let mut all = [0.0; Label::COUNT];
        for &(label, p) in pairs {
            all[label.index()] = p;
        }
        all
    }

    #[test]
    fn the_threshold_chooses_the_side_and_the_likeliest_wins_within_it() {
        let p = probabilities(&[
            (Label::Body, 0.45),
            (Label::Heading, 0.05),
            (Label::Related, 0.3),
            (Label::Caption, 0.2),
        ]);
        let low = decide(&p, 0.5);
        assert_eq!(low.label, Label::Related);
        assert!((low.boilerplate - 0.5).abs() < 1e-6);
        assert!((low.probability - 0.3).abs() < 1e-6);
        assert_eq!(decide(&p, 0.51).label, Label::Body);
    }
}
