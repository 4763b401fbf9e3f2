//! Fitting both passes so that nothing a row is judged by was learned from its own publisher.
//!
//! Folds are sets of publishers. A first pass is fitted without no fold (the final one), without
//! each single fold, and without each pair of folds. A document of fold `g` is judged for the final
//! second pass by the first pass without `g`; for the second pass that will be tested on fold `f`,
//! by the first pass without `f` and `g`. Cues are learned without one fold more: the rows of fold
//! `h` in a first pass without `f` and `g` use cues learned without `f`, `g` and `h`. So `k` folds
//! need `1 + k + k(k-1)/2` first passes instead of `1 + k + k²`.

use std::collections::BTreeMap;
use std::ops::Range;

use ndarray::Array2;

use super::progress::Progress;
use crate::error::Result;
use crate::featurize::schema::{Feature, FeatureGroup};
use crate::featurize::{Around, FeatureMatrix, Featurized, Probabilities};
use crate::label::Label;
use crate::model::fit::{FitOptions, fit_pass};
use crate::model::{Arrangement, Column, CompiledPass, ModelKind, Pass};

/// Scores of the second pass for one paragraph, before calibration.
pub(super) type Scores = [f32; Label::COUNT];

/// What is fitted on: documents with their folds, labels and rows. A document is named by its index.
pub(super) trait Subjects {
    /// Which features they have, and how the passes share the work.
    fn kind(&self) -> ModelKind;
    /// Fold of each document, 0..k.
    fn folds(&self) -> &[usize];
    /// Number of folds.
    fn k(&self) -> usize;
    /// Tells that documents will be asked for without each of these sets of folds.
    fn prepare(&mut self, left_out: &[u32]);
    /// A document with what is learned without the folds `left_out`.
    fn featurized(&self, document: usize, left_out: u32) -> Featurized<'_>;
    /// The label of a paragraph.
    fn label(&self, document: usize, paragraph: usize) -> Option<Label>;
    /// Whether the places of its paragraphs are known, so that it says something to the second pass.
    fn is_whole(&self, document: usize) -> bool;
}

/// How the two passes are fitted.
#[derive(Clone, Copy)]
pub(super) struct PassOptions {
    pub(super) first: FitOptions,
    pub(super) second: FitOptions,
    /// [`FitOptions::gradient_per_row`] of first passes that judge out of fold and go into no model.
    pub(super) judging: f64,
}

impl PassOptions {
    /// How a first pass is fitted without the folds `left_out`.
    fn first_without(&self, left_out: u32) -> FitOptions {
        let kept = self.first.gradient_per_row;
        let gradient_per_row = if left_out == 0 { kept } else { self.judging };
        FitOptions { gradient_per_row, ..self.first }
    }
}

/// Fits on subjects.
pub(super) struct Crossfit<S> {
    pub(super) subjects: S,
    pub(super) options: PassOptions,
    /// The feature groups that are ignored (an ablation).
    pub(super) left_out: Vec<FeatureGroup>,
    pub(super) fitted: FittedPasses,
    /// What was fitted on all features, while groups are left out.
    pub(super) whole: Option<FittedPasses>,
}

/// Passes that are used again, or that others begin at.
#[derive(Clone, Default)]
pub(super) struct FittedPasses {
    /// First passes by the set of folds they were fitted without.
    firsts: BTreeMap<u32, Pass>,
    /// The second pass fitted last: the next one begins there.
    last_second: Option<Pass>,
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

    /// Adds the rows of labelled paragraphs.
    fn add(&mut self, labels: impl Iterator<Item = Option<Label>>, rows: &FeatureMatrix) {
        for (label, row) in labels.zip(rows.rows()) {
            if let Some(label) = label {
                self.matrix.extend_from_slice(row);
                self.targets.push(label);
            }
        }
    }

    fn fit(
        self,
        features: &[Feature],
        arrangement: Arrangement,
        left_out: &[FeatureGroup],
        options: &FitOptions,
        start: Option<&Pass>,
    ) -> Result<Pass> {
        let shape = (self.targets.len(), features.len());
        let matrix =
            Array2::from_shape_vec(shape, self.matrix).expect("every row has all features");
        let names: Vec<String> = features.iter().map(|f| f.name.clone()).collect();
        let left_out: Vec<bool> = features.iter().map(|f| left_out.contains(&f.group)).collect();
        fit_pass(matrix.view(), &self.targets, &names, &left_out, arrangement, options, start)
    }
}

/// `one` with what `other` differs by from `from` added to its weights.
fn moved(one: &Pass, other: &Pass, from: &Pass) -> Pass {
    let weights = |one: &[f64; Label::COUNT], other: &[f64; Label::COUNT], from| {
        let from: &[f64; Label::COUNT] = from;
        std::array::from_fn(|lane| one[lane] + other[lane] - from[lane])
    };
    let columns = one.columns.iter().zip(&other.columns).zip(&from.columns);
    let columns = columns.map(|((one, other), from)| Column {
        weights: weights(&one.weights, &other.weights, &from.weights),
        ..one.clone()
    });
    Pass {
        columns: columns.collect(),
        intercepts: weights(&one.intercepts, &other.intercepts, &from.intercepts),
    }
}

/// What the final fits give.
pub(super) struct FinalPasses {
    pub(super) first: Pass,
    pub(super) second: Pass,
}

impl<S: Subjects> Crossfit<S> {
    pub(super) fn new(subjects: S, options: PassOptions) -> Self {
        let fitted = FittedPasses::default();
        Self { subjects, options, left_out: Vec::new(), fitted, whole: None }
    }

    fn bit(fold: usize) -> u32 {
        1 << fold
    }

    /// Leaves groups of features, and none but them, out of the fits to come, which begin at those
    /// on all features. Where no first pass sees the groups, the first passes are those on all
    /// features.
    pub(super) fn leave_out(&mut self, groups: &[FeatureGroup]) {
        if self.left_out == groups {
            return;
        }
        let whole = self.whole.get_or_insert_with(|| self.fitted.clone());
        self.fitted = whole.clone();
        if self.subjects.kind().first_pass().iter().any(|feature| groups.contains(&feature.group)) {
            self.fitted.firsts.clear();
        }
        self.left_out = groups.to_vec();
    }

    fn labels(
        &self,
        document: usize,
        range: Range<usize>,
    ) -> impl Iterator<Item = Option<Label>> + '_ {
        range.map(move |paragraph| self.subjects.label(document, paragraph))
    }

    /// The first pass fitted on all folds but those in the bit set `left_out`; fitted once.
    fn first_pass(&mut self, left_out: u32, progress: &mut Progress<'_>) -> Result<Pass> {
        if let Some(pass) = self.fitted.firsts.get(&left_out) {
            return Ok(pass.clone());
        }
        let folds: Vec<String> = (0..self.subjects.k())
            .filter(|&fold| left_out & Self::bit(fold) != 0)
            .map(|fold| (fold + 1).to_string())
            .collect();
        progress.step(&match &folds[..] {
            [] => "first pass".to_owned(),
            folds => format!("first pass without fold {}", folds.join(" and ")),
        });
        let sets: Vec<u32> = (0..self.subjects.k())
            .map(|fold| left_out | Self::bit(fold))
            .chain([left_out])
            .collect();
        self.subjects.prepare(&sets);
        let mut rows = Rows::new();
        let mut matrix = FeatureMatrix::new();
        for (index, fold) in self.subjects.folds().iter().map(|&fold| Self::bit(fold)).enumerate() {
            if left_out & fold == 0 {
                let document = self.subjects.featurized(index, left_out | fold);
                for block in document.blocks() {
                    document.first_rows(block.clone(), &mut matrix);
                    rows.add(self.labels(index, block), &matrix);
                }
            }
        }
        let start = self.start(left_out);
        let pass = {
            let kind = self.subjects.kind();
            let (columns, arrangement) = (kind.first_pass(), kind.first_arrangement());
            let options = &self.options.first_without(left_out);
            rows.fit(&columns, arrangement, &self.left_out, options, start.as_ref())?
        };
        self.fitted.firsts.insert(left_out, pass.clone());
        Ok(pass)
    }

    /// Where the search for a first pass begins. Leaving out two folds moves the weights by about
    /// as much as leaving out each; where those passes are not there, the pass of the set that has
    /// most folds in common is near.
    fn start(&self, left_out: u32) -> Option<Pass> {
        if let Some(pass) = self.whole.as_ref().and_then(|whole| whole.firsts.get(&left_out)) {
            return Some(pass.clone());
        }
        let low = left_out & left_out.wrapping_neg();
        let parts = [low, left_out ^ low, 0].map(|set| self.fitted.firsts.get(&set));
        if let ([Some(one), Some(other), Some(none)], 2) = (parts, left_out.count_ones()) {
            return Some(moved(one, other, none));
        }
        let apart = |set: &u32| (set ^ left_out).count_ones();
        self.fitted.firsts.iter().min_by_key(|(set, _)| apart(set)).map(|(_, pass)| pass.clone())
    }

    /// What a first pass, fitted without `left_out`, makes of a document.
    fn judge_first(&self, document: usize, left_out: u32, pass: &CompiledPass) -> Around {
        let paragraphs = self.subjects.featurized(document, left_out);
        let mut matrix = FeatureMatrix::new();
        let mut judged: Vec<Probabilities> = Vec::with_capacity(paragraphs.len());
        for block in paragraphs.blocks() {
            paragraphs.first_rows(block, &mut matrix);
            let scores = pass.all_scores(&matrix);
            judged.extend(scores.map(|s| self.subjects.kind().first_probabilities(&s)));
        }
        paragraphs.around(judged)
    }

    /// The second pass fitted on the documents in `judged`: for each, its index, the folds that its
    /// first pass was fitted without, and what that pass made of it.
    fn second_pass(&self, judged: &[(usize, u32, Around)], start: Option<&Pass>) -> Result<Pass> {
        let mut rows = Rows::new();
        let mut matrix = FeatureMatrix::new();
        for (index, left_out, surroundings) in judged {
            if !self.subjects.is_whole(*index) {
                continue;
            }
            let document = self.subjects.featurized(*index, *left_out);
            for block in document.blocks() {
                document.second_rows(block.clone(), surroundings, &mut matrix);
                rows.add(self.labels(*index, block), &matrix);
            }
        }
        let columns = self.subjects.kind().second_pass();
        let options = &self.options.second;
        rows.fit(&columns, Arrangement::ContentFirst, &self.left_out, options, start)
    }

    fn documents_of(&self, fold: usize) -> impl Iterator<Item = usize> + '_ {
        self.subjects
            .folds()
            .iter()
            .enumerate()
            .filter(move |(_, f)| **f == fold)
            .map(|(index, _)| index)
    }

    /// Fits the final passes.
    pub(super) fn fit(&mut self, progress: &mut Progress<'_>) -> Result<FinalPasses> {
        let first = self.first_pass(0, progress)?;
        let mut judged = Vec::new();
        for fold in 0..self.subjects.k() {
            let pass = self.first_pass(Self::bit(fold), progress)?.compile();
            for index in self.documents_of(fold) {
                let surroundings = self.judge_first(index, Self::bit(fold), &pass);
                judged.push((index, Self::bit(fold), surroundings));
            }
        }
        judged.sort_by_key(|(index, ..)| *index);
        progress.step("second pass");
        let second = self.second_pass(&judged, None)?;
        self.fitted.last_second = Some(second.clone());
        Ok(FinalPasses { first, second })
    }

    /// Scores of every paragraph of every document, by passes that saw no document of its fold.
    pub(super) fn out_of_fold(&mut self, progress: &mut Progress<'_>) -> Result<Vec<Vec<Scores>>> {
        let mut inner: Vec<Vec<(usize, u32, Around)>> =
            (0..self.subjects.k()).map(|_| Vec::new()).collect();
        for f in 0..self.subjects.k() {
            for g in f + 1..self.subjects.k() {
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
        let mut scores = vec![Vec::new(); self.subjects.folds().len()];
        for (fold, mut judged) in inner.into_iter().enumerate() {
            judged.sort_by_key(|(index, ..)| *index);
            let first = self.first_pass(Self::bit(fold), progress)?.compile();
            progress.step(&format!("second pass without fold {}", fold + 1));
            let pass = self.second_pass(&judged, self.fitted.last_second.as_ref())?;
            let second = self.fitted.last_second.insert(pass).compile();
            for index in self.documents_of(fold) {
                scores[index] = self.judge_second(index, Self::bit(fold), &first, &second);
            }
        }
        Ok(scores)
    }

    /// Scores of every paragraph of every document by first passes alone, which saw no document of
    /// its fold.
    pub(super) fn first_out_of_fold(
        &mut self,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Vec<Scores>>> {
        let mut scores = vec![Vec::new(); self.subjects.folds().len()];
        let mut matrix = FeatureMatrix::new();
        for fold in 0..self.subjects.k() {
            let pass = self.first_pass(Self::bit(fold), progress)?.compile();
            for index in self.documents_of(fold) {
                let document = self.subjects.featurized(index, Self::bit(fold));
                for block in document.blocks() {
                    document.first_rows(block, &mut matrix);
                    scores[index].extend(pass.all_scores(&matrix));
                }
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
        let paragraphs = self.subjects.featurized(document, left_out);
        let mut matrix = FeatureMatrix::new();
        let mut scores = Vec::with_capacity(paragraphs.len());
        for block in paragraphs.blocks() {
            paragraphs.second_rows(block, &surroundings, &mut matrix);
            scores.extend(second.all_scores(&matrix));
        }
        scores
    }
}
