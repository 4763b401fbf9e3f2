//! Why a paragraph got its label: both passes, feature by feature, cue by cue.

use crate::label::Label;
use crate::span::Span;
use crate::templates::Sighting;

/// Why one paragraph got its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Index of the paragraph, from 0.
    pub index: usize,
    /// The label that was given.
    pub label: Label,
    /// The label's probability, 0..=1.
    pub probability: f32,
    /// 1 - P(body) - P(heading), 0..=1.
    pub boilerplate: f32,
    /// The threshold on `boilerplate` for a paragraph of this length, 0..=1.
    pub threshold: f32,
    /// The likeliest label that was not given, and its probability.
    pub runner_up: (Label, f32),
    /// What the first pass made of it, which sees the paragraph and what the document is like, of a
    /// web page its place and markup too.
    pub first: PassExplanation,
    /// What the second pass made of it, which sees what the first made of the others.
    pub second: PassExplanation,
    /// What the templates of the publisher say, where there are any.
    pub template: Option<TemplateEvidence>,
    /// The learned cues found in the paragraph, in order of their ends.
    pub cues: Vec<FoundCue>,
}

/// What is known of a paragraph from other documents of its publisher.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TemplateEvidence {
    /// The other documents, and those of them that hold the paragraph.
    pub sighting: Sighting,
    /// What that adds to the log-odds of boilerplate, after calibration.
    pub log_odds: f32,
}

/// One pass's reasons for one label.
#[derive(Debug, Clone, PartialEq)]
pub struct PassExplanation {
    /// The label: in the second pass the one that was given, in the first the likeliest.
    pub label: Label,
    /// The label's probability in this pass, 0..=1.
    pub probability: f32,
    /// Boilerplate against content: above 0 speaks for boilerplate, before calibration. `None` in
    /// the first pass over text, which has no score for it.
    pub boilerplate: Option<Score>,
    /// The label against others, before calibration: in the first pass against all of them, in the
    /// second against those of its side (heading against body, or the kind against the other kinds
    /// of boilerplate).
    pub kind: Score,
}

/// A score taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The score, in log-odds before calibration.
    pub score: f32,
    /// What the score is before any feature speaks.
    pub intercept: f32,
    /// What each feature adds, strongest first; with the intercept they add up to the score.
    pub contributions: Vec<Contribution>,
}

/// What one feature adds to a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The feature's name.
    pub feature: String,
    /// The feature's value in this paragraph.
    pub value: f32,
    /// What it adds to the score; below 0 it speaks against the label.
    pub contribution: f32,
}

/// A learned cue, where it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundCue {
    /// Byte range in the paragraph's text.
    pub span: Span,
    /// The cue's words as learned.
    pub cue: String,
    /// The label that the cue speaks for most, and how much (log-odds).
    pub label: Label,
    /// Log-odds for that label.
    pub weight: f32,
}
