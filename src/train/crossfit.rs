//! Fitting both passes so that nothing a row is judged by was learned from its own publisher.
//!
//! Folds are sets of publishers. A first pass is fitted without no fold (the final one), without
//! each single fold, and without each pair of folds. A document of fold `g` is judged for the final
//! second pass by the first pass without `g`; for the second pass that will be tested on fold `f`,
//! by the first pass without `f` and `g`. Cues are learned without one fold more: the rows of fold
//! `h` in a first pass without `f` and `g` use cues learned without `f`, `g` and `h`. So `k` folds
//! need `1 + k + k(k-1)/2` first passes instead of `1 + k + k²`.

use std::collections::BTreeMap;

use ndarray::Array2;

use super::cue_learning::CueTables;
use super::progress::Progress;
use crate::document::LabelledDocument;
use crate::error::Result;
use crate::featurize::schema::{self, Feature, FeatureGroup};
use crate::featurize::{FeatureMatrix, Paragraphs, Probabilities, Surroundings};
use crate::label::Label;
use crate::model::fit::{FitOptions, fit_pass};
use crate::model::{Arrangement, CompiledPass, Pass, first_probabilities};

/// Scores of the second pass for one paragraph, before calibration.
pub(super) type Scores = [f32; Label::COUNT];

/// Documents with their folds, and what is needed to fit on any of them.
pub(super) struct Crossfit<'a> {
    pub(super) documents: &'a [LabelledDocument],
    /// Fold of each document, 0..k.
    pub(super) folds: &'a [usize],
    pub(super) k: usize,
    pub(super) tables: CueTables,
    pub(super) options: FitOptions,
    /// Feature groups that are ignored.
    pub(super) left_out: &'a [FeatureGroup],
    /// First passes by the set of folds they were fitted without.
    pub(super) firsts: BTreeMap<u32, Pass>,
}

/// Rows of the labelled paragraphs of many documents, with their labels.
struct Rows {
    matrix: Vec<f32>,
    targets: Vec<Label>,
}

impl Rows {
    fn new() -> Self {
        Self { matrix: Vec::new(), targets: Vec::new() }
    }

    /// Adds the rows of a document's labelled paragraphs.
    fn add(&mut self, document: &LabelledDocument, rows: &FeatureMatrix, first: usize) {
        for (paragraph, row) in document.paragraphs[first..].iter().zip(rows.rows()) {
            if let Some(label) = paragraph.label {
                self.matrix.extend_from_slice(row);
                self.targets.push(label);
            }
        }
    }

    fn fit(
        self,
        features: &[Feature],
        arrangement: Arrangement,
        crossfit: &Crossfit<'_>,
        start: Option<&Pass>,
    ) -> Result<Pass> {
        let shape = (self.targets.len(), features.len());
        let matrix =
            Array2::from_shape_vec(shape, self.matrix).expect("every row has all features");
        let names: Vec<String> = features.iter().map(|f| f.name.clone()).collect();
        let left_out: Vec<bool> =
            features.iter().map(|f| crossfit.left_out.contains(&f.group)).collect();
        let options = &crossfit.options;
        fit_pass(matrix.view(), &self.targets, &names, &left_out, arrangement, options, start)
    }
}

/// What the final fits give.
pub(super) struct FinalPasses {
    pub(super) first: Pass,
    pub(super) second: Pass,
}

impl Crossfit<'_> {
    fn bit(fold: usize) -> u32 {
        1 << fold
    }

    fn paragraphs<'t>(&'t self, document: usize, left_out: u32) -> Paragraphs<'t> {
        let texts = self.documents[document].paragraphs.iter().map(|p| p.text.as_str()).collect();
        Paragraphs::new(texts, self.tables.get(left_out))
    }

    /// The first pass fitted on all folds but those in the bit set `left_out`; fitted once.
    fn first_pass(&mut self, left_out: u32, progress: &mut Progress<'_>) -> Result<Pass> {
        if let Some(pass) = self.firsts.get(&left_out) {
            return Ok(pass.clone());
        }
        let folds: Vec<String> = (0..self.k)
            .filter(|&fold| left_out & Self::bit(fold) != 0)
            .map(|fold| (fold + 1).to_string())
            .collect();
        progress.step(&match &folds[..] {
            [] => "first pass".to_owned(),
            folds => format!("first pass without fold {}", folds.join(" and ")),
        });
        self.tables.prepare((0..self.k).map(|fold| left_out | Self::bit(fold)).chain([left_out]));
        let mut rows = Rows::new();
        let mut matrix = FeatureMatrix::new();
        for (index, document) in self.documents.iter().enumerate() {
            let fold = Self::bit(self.folds[index]);
            if left_out & fold == 0 {
                let paragraphs = self.paragraphs(index, left_out | fold);
                for block in paragraphs.blocks() {
                    paragraphs.first_rows(block.clone(), &mut matrix);
                    rows.add(document, &matrix, block.start);
                }
            }
        }
        // The passes of all sets of folds are near each other; the nearest has most folds in common.
        let apart = |set: &u32| (set ^ left_out).count_ones();
        let start = self.firsts.iter().min_by_key(|(set, _)| apart(set)).map(|(_, pass)| pass);
        let pass = rows.fit(&schema::first_pass(), Arrangement::OneAgainstRest, self, start)?;
        self.firsts.insert(left_out, pass.clone());
        Ok(pass)
    }

    /// What a first pass, fitted without `left_out`, makes of a document.
    fn judge_first(&self, document: usize, left_out: u32, pass: &CompiledPass) -> Surroundings {
        let paragraphs = self.paragraphs(document, left_out);
        let mut matrix = FeatureMatrix::new();
        let mut judged: Vec<Probabilities> = Vec::with_capacity(paragraphs.len());
        for block in paragraphs.blocks() {
            paragraphs.first_rows(block, &mut matrix);
            let scores = pass.all_scores(&matrix);
            judged.extend(scores.map(|s| first_probabilities(&s)));
        }
        paragraphs.surroundings(judged)
    }

    /// The second pass fitted on the documents in `judged`: for each, its index, the folds that its
    /// first pass was fitted without, and what that pass made of it.
    fn second_pass(
        &self,
        judged: &[(usize, u32, Surroundings)],
        start: Option<&Pass>,
    ) -> Result<Pass> {
        let mut rows = Rows::new();
        let mut matrix = FeatureMatrix::new();
        for (index, left_out, surroundings) in judged {
            let paragraphs = self.paragraphs(*index, *left_out);
            for block in paragraphs.blocks() {
                paragraphs.second_rows(block.clone(), surroundings, &mut matrix);
                rows.add(&self.documents[*index], &matrix, block.start);
            }
        }
        rows.fit(&schema::second_pass(), Arrangement::ContentFirst, self, start)
    }

    fn documents_of(&self, fold: usize) -> impl Iterator<Item = usize> + '_ {
        self.folds.iter().enumerate().filter(move |(_, f)| **f == fold).map(|(index, _)| index)
    }

    /// Fits the final passes.
    pub(super) fn fit(&mut self, progress: &mut Progress<'_>) -> Result<FinalPasses> {
        let first = self.first_pass(0, progress)?;
        let mut judged = Vec::new();
        for fold in 0..self.k {
            let pass = self.first_pass(Self::bit(fold), progress)?.compile();
            for index in self.documents_of(fold) {
                let surroundings = self.judge_first(index, Self::bit(fold), &pass);
                judged.push((index, Self::bit(fold), surroundings));
            }
        }
        judged.sort_by_key(|(index, ..)| *index);
        progress.step("second pass");
        Ok(FinalPasses { first, second: self.second_pass(&judged, None)? })
    }

    /// Scores of every paragraph of every document, by passes that saw no document of its fold.
    pub(super) fn out_of_fold(&mut self, progress: &mut Progress<'_>) -> Result<Vec<Vec<Scores>>> {
        let mut inner: Vec<Vec<(usize, u32, Surroundings)>> =
            (0..self.k).map(|_| Vec::new()).collect();
        for f in 0..self.k {
            for g in f + 1..self.k {
                let left_out = Self::bit(f) | Self::bit(g);
                let pass = self.first_pass(left_out, progress)?.compile();
                for (tested, other) in [(f, g), (g, f)] {
                    for index in self.documents_of(other) {
                        let surroundings = self.judge_first(index, left_out, &pass);
                        inner[tested].push((index, left_out, surroundings));
                    }
                }
            }
        }
        let mut scores = vec![Vec::new(); self.documents.len()];
        let mut last: Option<Pass> = None;
        for (fold, mut judged) in inner.into_iter().enumerate() {
            judged.sort_by_key(|(index, ..)| *index);
            let first = self.first_pass(Self::bit(fold), progress)?.compile();
            progress.step(&format!("second pass without fold {}", fold + 1));
            let pass = self.second_pass(&judged, last.as_ref())?;
            let second = last.insert(pass).compile();
            for index in self.documents_of(fold) {
                scores[index] = self.judge_second(index, Self::bit(fold), &first, &second);
            }
        }
        Ok(scores)
    }

    fn judge_second(
        &self,
        document: usize,
        left_out: u32,
        first: &CompiledPass,
        second: &CompiledPass,
    ) -> Vec<Scores> {
        let surroundings = self.judge_first(document, left_out, first);
        let paragraphs = self.paragraphs(document, left_out);
        let mut matrix = FeatureMatrix::new();
        let mut scores = Vec::with_capacity(paragraphs.len());
        for block in paragraphs.blocks() {
            paragraphs.second_rows(block, &surroundings, &mut matrix);
            scores.extend(second.all_scores(&matrix));
        }
        scores
    }
}
