//! The rows that the first pass of texts is fitted on, from `training-data/` alone: those of the
//! written documents, then the derived ones of real documents. They are sparse, of very unequal scale,
//! and partly near copies of each other, as invented numbers would hardly be.
//!
//! Cues are those of the embedded model, which has seen the written documents; in training, rows of a
//! publisher use cues learned without it. So the labels are easier to tell here than there.

use std::path::Path;

use ndarray::Array2;
use smallprint::Label;
use smallprint::classify::embedded_model;
use smallprint::featurize::schema::first_pass;
use smallprint::featurize::{FeatureMatrix, Paragraphs};
use smallprint::records::{LabelMap, read_labelled};
use smallprint::train::derived::Derived;

/// Features and labels.
pub struct TrainingRows {
    /// Shape `(n_rows, n_columns)`.
    pub matrix: Array2<f32>,
    /// One a row.
    pub targets: Vec<Label>,
    /// One a column.
    pub names: Vec<String>,
}

/// The first `n_columns` columns that vary, and `n_rows` rows: every row of a text in reading order, and
/// where these are not enough, the same from the start once more.
pub fn training_rows(n_rows: usize, n_columns: usize) -> TrainingRows {
    let (values, targets) = all_rows();
    let names: Vec<String> = first_pass().into_iter().map(|feature| feature.name).collect();
    let rows: Vec<&[f32]> = values.chunks_exact(names.len()).collect();
    let varies = |column: &usize| rows.iter().any(|row| row[*column] != rows[0][*column]);
    let columns: Vec<usize> = (0..names.len()).filter(varies).take(n_columns).collect();
    assert_eq!(columns.len(), n_columns, "so many columns vary");
    let cell = |(row, column): (usize, usize)| rows[row % rows.len()][columns[column]];
    TrainingRows {
        matrix: Array2::from_shape_fn((n_rows, n_columns), cell),
        targets: targets.iter().copied().cycle().take(n_rows).collect(),
        names: columns.into_iter().map(|column| names[column].clone()).collect(),
    }
}

/// Values, row by row, and labels of all labelled paragraphs.
fn all_rows() -> (Vec<f32>, Vec<Label>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("training-data");
    let (mut values, mut targets) = (Vec::new(), Vec::new());
    let mut add = |labels: &mut dyn Iterator<Item = Option<Label>>, rows: &FeatureMatrix| {
        for (label, row) in labels.zip(rows.rows()) {
            if let Some(label) = label {
                values.extend_from_slice(row);
                targets.push(label);
            }
        }
    };
    let cues = embedded_model().compile().cues;
    let mut rows = FeatureMatrix::new();
    let written = read_labelled(&folder, &LabelMap::default()).expect("training data is readable");
    for document in &written {
        let texts = document.paragraphs.iter().map(|p| p.text.as_str()).collect();
        Paragraphs::new(texts, &cues).first_rows(0..document.paragraphs.len(), &mut rows);
        add(&mut document.paragraphs.iter().map(|p| p.label), &rows);
    }
    let derived = std::fs::read(folder.join("derived/rows.gz")).expect("derived rows are there");
    for document in Derived::from_rows(&derived).expect("derived rows are readable").documents {
        document.rows.first_rows(0..document.rows.len(), &mut rows);
        add(&mut document.labels.iter().copied(), &rows);
    }
    (values, targets)
}
