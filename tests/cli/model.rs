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
        cues: CUES.iter().map(|&(text, label)| cue(text, label)).collect(),
        first: pass(first_pass()),
        second: pass(second_pass()),
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

fn pass(features: Vec<Feature>) -> Pass {
    let mut intercepts = [0.0; Label::COUNT];
    intercepts[CONTENT_LANE] = 3.0;
    intercepts[HEADING_LANE] = 2.0;
    Pass { columns: features.into_iter().map(column).collect(), intercepts }
}

fn column(feature: Feature) -> Column {
    let mut weights = [0.0; Label::COUNT];
    let (mut mean, mut deviation) = (0.0, 1.0);
    if feature.name == "log_words" {
        (mean, deviation) = (2.0, 0.5);
        weights[CONTENT_LANE] = 0.5;
        weights[HEADING_LANE] = -3.0;
    } else if let Some(label) = feature.name.strip_prefix("cue_max:") {
        let label: Label = label.parse().unwrap();
        if !label.is_content() {
            weights[CONTENT_LANE] = -9.0;
            weights[label.index()] = 8.0;
        }
    }
    Column { name: feature.name, mean, deviation, weights }
}
