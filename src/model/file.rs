//! Model files: JSON that people can read and diff, one line a column and a cue.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Calibration, Column, Model, ModelKind, Pass, Provenance, Thresholds};
use crate::error::{Error, ErrorKind, Result};
use crate::featurize::cues::{Cue, MAX_WORDS, Place};
use crate::featurize::schema;
use crate::label::Label;

/// Version of the file's form and of the features' meaning. It grows with every change after which
/// an old file would be read wrongly.
pub const SCHEMA: u32 = 2;

/// What marks a file as ours.
const FORMAT: &str = "smallprint-model";

#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    schema: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "schema")]
    _schema: u32,
    name: String,
    labels: Vec<String>,
    provenance: Provenance,
    calibration: Calibration,
    thresholds: Thresholds,
    first: PassFile,
    second: PassFile,
    cues: Vec<(String, Place, Vec<f32>)>,
    #[serde(default)]
    kind: ModelKind,
    #[serde(default)]
    markup_cues: Vec<(String, Place, Vec<f32>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PassFile {
    intercepts: Vec<f64>,
    /// Name, mean, deviation, weights by lane.
    columns: Vec<(String, f64, f64, Vec<f64>)>,
}

fn unusable(what: &'static str, expected: impl Into<String>, found: impl Into<String>) -> Error {
    ErrorKind::Model { what, expected: expected.into(), found: found.into() }.into()
}

fn line<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("strings, numbers and lists always serialise")
}

/// A model as the text of a model file. Equal models give equal text.
#[must_use]
pub fn to_json(model: &Model) -> String {
    let mut out = String::from("{\n");
    let mut field = |name: &str, value: String| {
        writeln!(out, " \"{name}\": {value},").expect("writing to a string cannot fail");
    };
    field("format", line(&FORMAT));
    field("schema", line(&SCHEMA));
    field("name", line(&model.name));
    if model.kind != ModelKind::default() {
        field("kind", line(&model.kind));
    }
    field("labels", line(&Label::ALL.map(Label::as_str)));
    field("provenance", line(&model.provenance));
    field("calibration", line(&model.calibration));
    field("thresholds", line(&model.thresholds));
    field("first", pass_json(&model.first));
    field("second", pass_json(&model.second));
    if !model.markup_cues.is_empty() {
        field("markup_cues", cues_json(&model.markup_cues));
    }
    let _ = write!(out, " \"cues\": {}\n}}\n", cues_json(&model.cues));
    out
}

fn cues_json(cues: &[Cue]) -> String {
    let lines: Vec<String> =
        cues.iter().map(|cue| line(&(&cue.text, cue.place, cue.weights.map(Short)))).collect();
    format!("[\n  {}\n ]", lines.join(",\n  "))
}

fn pass_json(pass: &Pass) -> String {
    let columns: Vec<String> = pass
        .columns
        .iter()
        .map(|c| line(&(&c.name, Short(c.mean), Short(c.deviation), c.weights.map(Short))))
        .collect();
    format!(
        "{{\n  \"intercepts\": {},\n  \"columns\": [\n   {}\n  ]\n }}",
        line(&pass.intercepts.map(Short)),
        columns.join(",\n   ")
    )
}

/// Writes a whole number without `.0`, so that a file of many zeros stays small.
struct Short<T>(T);

impl<T: Copy + Into<f64> + Serialize> Serialize for Short<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: f64 = self.0.into();
        if value.fract() == 0.0 && value.abs() < 1e9 {
            serializer.serialize_i64(value as i64)
        } else {
            self.0.serialize(serializer)
        }
    }
}

/// Reads the text of a model file.
///
/// # Errors
/// [`ErrorKind::Model`], naming what was expected and what was found, for anything but a whole
/// model of this schema version with the features and labels of this build.
pub fn from_json(text: &str) -> Result<Model> {
    let header: Header = serde_json::from_str(text).map_err(|e| not_json(&e))?;
    match header.format.as_deref() {
        Some(FORMAT) => {}
        found => {
            let found = found.map_or("no `format` field".to_owned(), |f| format!("`{f}`"));
            return Err(unusable("format", format!("`{FORMAT}`"), found));
        }
    }
    if header.schema != Some(SCHEMA) {
        let found = header.schema.map_or("none".to_owned(), |s| s.to_string());
        return Err(unusable("schema version", SCHEMA.to_string(), found));
    }
    let file: File = serde_json::from_str(text).map_err(|e| not_json(&e))?;
    let labels = Label::ALL.map(Label::as_str);
    if file.labels != labels {
        return Err(unusable("labels", labels.join(", "), file.labels.join(", ")));
    }
    check_decision(&file.calibration, &file.thresholds)?;
    let cues = file.cues.into_iter().map(cue).collect::<Result<_>>()?;
    let markup_cues = file.markup_cues.into_iter().map(cue).collect::<Result<_>>()?;
    let kind = file.kind;
    Ok(Model {
        name: file.name,
        kind,
        cues,
        markup_cues,
        first: pass("first pass", file.first, &kind.first_pass())?,
        second: pass("second pass", file.second, &kind.second_pass())?,
        calibration: file.calibration,
        thresholds: file.thresholds,
        provenance: file.provenance,
    })
}

/// The thresholds and the origin of a model, read from the beginning of its file: quick enough for
/// a page of help. `None` if the text is not what [`to_json`] writes.
#[must_use]
pub fn summary(text: &str) -> Option<(Thresholds, Provenance)> {
    let field = |name: &str| {
        let line = text.lines().take(16).find_map(|line| line.trim_start().strip_prefix(name));
        line.map(|line| line.trim_end_matches(','))
    };
    let thresholds = serde_json::from_str(field("\"thresholds\": ")?).ok()?;
    let provenance = serde_json::from_str(field("\"provenance\": ")?).ok()?;
    Some((thresholds, provenance))
}

fn not_json(error: &serde_json::Error) -> Error {
    unusable("JSON", "a whole model file as `train` writes it", error.to_string())
        .at(error.line() as u64, error.column() as u64)
}

fn check_decision(calibration: &Calibration, thresholds: &Thresholds) -> Result<()> {
    for temperature in [calibration.content_temperature, calibration.kind_temperature] {
        if !(temperature.is_finite() && temperature > 0.0) {
            return Err(unusable("calibration", "a temperature above 0", temperature.to_string()));
        }
    }
    finite("calibration", &[calibration.content_offset])?;
    for threshold in [thresholds.safe, thresholds.aggressive] {
        if !(0.0..=1.0).contains(&threshold) {
            return Err(unusable("threshold", "a number from 0 to 1", threshold.to_string()));
        }
    }
    Ok(())
}

fn by_label<T: Copy>(what: &'static str, values: &[T]) -> Result<[T; Label::COUNT]> {
    values.try_into().map_err(|_| {
        unusable(what, format!("{} numbers", Label::COUNT), format!("{} numbers", values.len()))
    })
}

fn finite(what: &'static str, values: &[f64]) -> Result<()> {
    match values.iter().find(|v| !v.is_finite()) {
        Some(value) => Err(unusable(what, "finite numbers", value.to_string())),
        None => Ok(()),
    }
}

fn pass(what: &'static str, file: PassFile, features: &[schema::Feature]) -> Result<Pass> {
    if file.columns.len() != features.len() {
        let found = format!("{} columns", file.columns.len());
        return Err(unusable(what, format!("{} columns", features.len()), found));
    }
    let intercepts = by_label(what, &file.intercepts)?;
    finite(what, &intercepts)?;
    let columns = file
        .columns
        .into_iter()
        .zip(features)
        .map(|((name, mean, deviation, weights), feature)| {
            if name != feature.name {
                return Err(unusable(
                    what,
                    format!("column `{}`", feature.name),
                    format!("`{name}`"),
                ));
            }
            let weights = by_label(what, &weights)?;
            finite(what, &weights)?;
            finite(what, &[mean, deviation])?;
            Ok(Column { name, mean, deviation, weights })
        })
        .collect::<Result<_>>()?;
    Ok(Pass { columns, intercepts })
}

fn cue((text, place, weights): (String, Place, Vec<f32>)) -> Result<Cue> {
    let words = text.split(' ').count();
    if text.is_empty() || words > MAX_WORDS {
        return Err(unusable("cue", "one to three words", format!("`{text}`")));
    }
    let weights = by_label("cue", &weights)?;
    if weights.iter().any(|w| !w.is_finite()) {
        return Err(unusable("cue", "finite numbers", format!("those of `{text}`")));
    }
    Ok(Cue { text, place, weights })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        model_of(ModelKind::Text)
    }

    fn model_of(kind: ModelKind) -> Model {
        let pass = |features: Vec<schema::Feature>| Pass {
            columns: features
                .into_iter()
                .enumerate()
                .map(|(i, f)| Column {
                    name: f.name,
                    mean: i as f64 / 8.0,
                    deviation: 1.5,
                    weights: std::array::from_fn(|l| (l as f64 - 3.0) / 4.0),
                })
                .collect(),
            intercepts: [-0.25; Label::COUNT],
        };
        Model {
            name: kind.name().into(),
            kind,
            markup_cues: Vec::new(),
            cues: vec![Cue {
                text: "all rights reserved".into(),
                place: Place::Any,
                weights: std::array::from_fn(|l| l as f32 / 4.0),
            }],
            first: pass(kind.first_pass()),
            second: pass(kind.second_pass()),
            calibration: Calibration {
                content_temperature: 1.25,
                content_offset: 0.5,
                kind_temperature: 1.5,
            },
            thresholds: Thresholds { safe: 0.9, aggressive: 0.4 },
            provenance: Provenance::default(),
        }
    }

    #[test]
    fn a_model_reads_back_equal_and_writes_equal_text() {
        let text = to_json(&model());
        let read = from_json(&text).unwrap();
        assert_eq!(read, model());
        assert_eq!(to_json(&read), text);
        assert_eq!(summary(&text), Some((model().thresholds, model().provenance)));
        assert_eq!(summary("{}"), None);
    }

    #[test]
    fn a_file_that_does_not_fit_says_what_was_expected_and_found() {
        let good = to_json(&model());
        for (text, expected, found) in [
            ("{}".to_owned(), "smallprint-model", "no `format` field"),
            (good[..good.len() / 2].to_owned(), "whole model file", "EOF"),
            (good.replace("\"schema\": 2,", "\"schema\": 99,"), "expected 2", "found 99"),
            (good.replacen("log_words", "log_wordz", 1), "`log_words`", "`log_wordz`"),
            (good.replacen("\"body\"", "\"text\"", 1), "body, heading", "text, heading"),
            (good.replacen("temperature\":1.25", "temperature\":0.0", 1), "above 0", "0"),
            ("not json".to_owned(), "whole model file", "expected"),
        ] {
            let error = from_json(&text).unwrap_err();
            let message = error.to_string();
            assert!(matches!(error.kind(), ErrorKind::Model { .. }), "{message}");
            assert!(message.contains(expected) && message.contains(found), "{message}");
        }
    }

    #[test]
    fn a_model_of_pages_whose_columns_differ_is_refused() {
        let good = model_of(ModelKind::Html);
        let text = to_json(&good);
        assert_eq!(from_json(&text).unwrap(), good);
        let refused = |what: &str, model: &Model, expected: &str, found: &str| {
            let message = from_json(&to_json(model)).unwrap_err().to_string();
            let [expected, found] = [format!("expected {expected}"), format!("found {found}")];
            for part in [what, &expected, &found] {
                assert!(message.contains(part), "no `{part}` in {message}");
            }
            assert_ne!(model.fingerprint(), good.fingerprint(), "{message}");
        };
        let at =
            |pass: &Pass, name: &str| pass.columns.iter().position(|c| c.name == name).unwrap();
        let change = |change: fn(&mut Model, usize), at| {
            let mut model = good.clone();
            change(&mut model, at);
            model
        };
        // A column of markup and one of structure by another name.
        let depth = at(&good.first, "depth");
        let renamed = change(|m, at| m.first.columns[at].name = "height".into(), depth);
        refused("first pass", &renamed, "column `depth`", "`height`");
        let group = at(&good.second, "group1_content");
        let renamed = change(|m, at| m.second.columns[at].name = "group_content".into(), group);
        refused("second pass", &renamed, "column `group1_content`", "`group_content`");
        // In another order.
        let next = good.first.columns[depth + 1].name.clone();
        let swapped = change(|m, at| m.first.columns.swap(at, at + 1), depth);
        refused("first pass", &swapped, "column `depth`", &format!("`{next}`"));
        // One too few, and one too many.
        let n = schema::page_second_pass_len();
        let fewer = change(|m, at| drop(m.second.columns.remove(at)), group);
        let [all, less] = [n, n - 1].map(|n| format!("{n} columns"));
        refused("second pass", &fewer, &all, &less);
        let n = schema::page_first_pass_len();
        let more = change(|m, at| m.first.columns.push(m.first.columns[at].clone()), depth);
        let [all, greater] = [n, n + 1].map(|n| format!("{n} columns"));
        refused("first pass", &more, &all, &greater);
        // What is said to be a model of pages has the columns of a text's, and the other way round.
        let pages = format!("{} columns", schema::page_first_pass_len());
        let texts = format!("{} columns", schema::first_pass_len());
        let named = Model { kind: ModelKind::Html, ..model() };
        refused("first pass", &named, &pages, &texts);
        let named = Model { kind: ModelKind::Text, ..good.clone() };
        refused("first pass", &named, &texts, &pages);
    }
}
