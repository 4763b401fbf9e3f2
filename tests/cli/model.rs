//! A model of a handful of weights whose labels can be told by looking at a line, so that these
//! tests do not change with the trained model.
//!
//! A line with a cue is boilerplate of the cue's kind; without, a line of at most ten or so words
//! is a heading and any other body.

use smallprint::Label;
use smallprint::featurize::cues::{Cue, Place};
use smallprint::featurize::schema::{Feature, first_pass, second_pass};
use smallprint::model::{
    CONTENT_LANE, Calibration, Column, HEADING_LANE, Model, Pass, Provenance, Thresholds, file,
};

const CUES: [(&str, Label); 4] = [
    ("share", Label::SharePrompt),
    ("rights reserved", Label::Copyright),
    ("more stories", Label::Related),
    ("newsletter", Label::SubscribePrompt),
];

/// The model's file.
pub fn json() -> String {
    file::to_json(&model())
}

fn model() -> Model {
    Model {
        name: "tiny".into(),
        kind: smallprint::model::ModelKind::default(),
        markup_cues: Vec::new(),
        cues: CUES.iter().map(|&(text, label)| cue(text, label)).collect(),
        first: Pass {
            columns: first_pass().into_iter().map(first).collect(),
            intercepts: intercepts(4.0, 4.0),
        },
        second: Pass {
            columns: second_pass().into_iter().map(second).collect(),
            intercepts: intercepts(0.0, 0.0),
        },
        calibration: Calibration::default(),
        thresholds: Thresholds { safe: 0.5, aggressive: 0.1 },
        provenance: Provenance::default(),
    }
}

fn cue(text: &str, label: Label) -> Cue {
    let mut weights = [0.0; Label::COUNT];
    weights[label.index()] = 1.0;
    Cue { text: text.into(), place: Place::Any, weights }
}

/// One score a label: a cue's kind, or else body for a long line and heading for a short one.
fn first(feature: Feature) -> Column {
    let mut column = neutral(feature);
    if column.name == "log_words" {
        (column.mean, column.deviation) = (2.5, 0.5);
        column.weights[Label::Body.index()] = 4.0;
        column.weights[Label::Heading.index()] = -4.0;
    } else if let Some(label) = cue_of(&column) {
        column.weights[label.index()] = 75.0;
    }
    column
}

/// Takes over what the first pass said: content against boilerplate, heading against body, then the
/// kinds.
fn second(feature: Feature) -> Column {
    let mut column = neutral(feature);
    if column.name == "first_content" {
        column.weights[CONTENT_LANE] = 1.0;
    } else if let Some(label) = column.name.strip_prefix("first:") {
        match label.parse().unwrap() {
            Label::Body => column.weights[HEADING_LANE] = -1.0,
            Label::Heading => column.weights[HEADING_LANE] = 1.0,
            kind => column.weights[kind.index()] = 1.0,
        }
    }
    column
}

fn cue_of(column: &Column) -> Option<Label> {
    let label: Label = column.name.strip_prefix("cue_sum:")?.parse().unwrap();
    (!label.is_content()).then_some(label)
}

fn neutral(feature: Feature) -> Column {
    Column { name: feature.name, mean: 0.0, deviation: 1.0, weights: [0.0; Label::COUNT] }
}

fn intercepts(content: f64, heading: f64) -> [f64; Label::COUNT] {
    let mut intercepts = [0.0; Label::COUNT];
    intercepts[CONTENT_LANE] = content;
    intercepts[HEADING_LANE] = heading;
    intercepts
}
