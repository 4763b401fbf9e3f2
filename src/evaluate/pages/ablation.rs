//! What is left of a model of pages with a part of its features.

use serde::Serialize;

use super::page_set::PageEvaluation;

/// The figures with a part of the features.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageAblationRow {
    /// What the model saw: `all`, `text`, `markup` or `first_pass`.
    pub features: String,
    /// For each file, in the order of the data, its figures and those of each of its kinds of page.
    pub figures: Vec<AblationFigures>,
}

/// The figures of the pages of a file, or of one kind of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AblationFigures {
    /// What the file is called.
    pub file: String,
    /// The kind of page; `None` for all pages of the file, which stand first, and for those whose
    /// kind is not known.
    pub kind: Option<String>,
    /// Pages.
    pub pages: u64,
    /// Mean F1 of words, 0..=1.
    pub f1: Option<f64>,
    /// Mean F1 of shingles, 0..=1.
    pub shingle_f1: Option<f64>,
}

impl PageAblationRow {
    /// Takes the figures of an evaluation.
    #[must_use]
    pub fn new(features: impl Into<String>, evaluation: &PageEvaluation) -> Self {
        let of_file = evaluation.files.iter().flat_map(|file| {
            file.rows().map(|f| AblationFigures {
                file: file.name.clone(),
                kind: f.kind.clone(),
                pages: f.pages,
                f1: f.f1.value,
                shingle_f1: f.shingle_f1.value,
            })
        });
        Self { features: features.into(), figures: of_file.collect() }
    }
}
