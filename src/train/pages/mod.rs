//! Web pages to a model of their blocks.
//!
//! Pages of others may not be passed on; numbers may. [`make_pages`] turns pages with gold texts into rows
//! ([`StoredBlocks`]) with labels, [`rows`] is their file, and [`train_pages`] fits both passes on
//! them as text is fitted on. Which blocks are content is told by alignment with the gold (`align`).

mod align;
mod decision;
mod make;
pub mod rows;

pub use make::{PageMaterial, PagesOptions, make_pages};

use super::Progress;
use super::TrainOptions;
use super::crossfit::{Crossfit, Scores, Subjects};
use super::derived::Origin;
use crate::error::Result;
use crate::evaluate::assign_folds;
use crate::featurize::cues::Cue;
use crate::featurize::page::StoredBlocks;
use crate::featurize::{Featurized, Probabilities};
use crate::label::Label;
use crate::model::fit::FitOptions;
use crate::model::{Calibration, Model, ModelKind, Provenance, Thresholds, second_probabilities};

/// Folds, by site, of the fits that calibration and threshold come from.
const FOLDS: usize = 3;
const SEED: u64 = 1;
/// Penalty of the fits: pages are few, and their columns many.
const ALPHA: f64 = 200.0;
/// See [`FitOptions::max_kind_rows`].
const MAX_KIND_ROWS: usize = 20_000;

/// A page in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct DerivedPage {
    /// Index of its origin.
    pub origin: usize,
    /// [`super::derived::publisher_hash`] of its site: the unit by which data are split.
    pub publisher: String,
    /// The label of each block; `None` makes it context.
    pub labels: Vec<Option<Label>>,
    /// Words of each block, as [`crate::document::words`] counts them.
    pub words: Vec<u32>,
    /// The rows of the blocks.
    pub rows: StoredBlocks,
}

/// All pages in numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DerivedPages {
    /// Where the pages come from.
    pub origins: Vec<Origin>,
    /// The pages.
    pub pages: Vec<DerivedPage>,
    /// Words of class names and their like that occur at five sites or more.
    pub cues: Vec<Cue>,
}

struct PageSubjects<'a> {
    pages: &'a [DerivedPage],
    folds: Vec<usize>,
    k: usize,
}

impl Subjects for PageSubjects<'_> {
    fn kind(&self) -> ModelKind {
        ModelKind::Html
    }
    fn folds(&self) -> &[usize] {
        &self.folds
    }
    fn k(&self) -> usize {
        self.k
    }
    /// Cues in stored rows were learned without the page's own site.
    fn prepare(&mut self, _left_out: &[u32]) {}
    fn featurized(&self, document: usize, _left_out: u32) -> Featurized<'_> {
        Featurized::StoredBlocks(&self.pages[document].rows)
    }
    fn label(&self, document: usize, paragraph: usize) -> Option<Label> {
        self.pages[document].labels[paragraph]
    }
    fn is_whole(&self, _document: usize) -> bool {
        true
    }
}

fn crossfit<'a>(
    pages: &'a [DerivedPage],
    k: usize,
    seed: u64,
    options: &TrainOptions,
) -> Result<Crossfit<PageSubjects<'a>>> {
    let groups: Vec<(&str, u64)> =
        pages.iter().map(|page| (&*page.publisher, page.labels.len() as u64)).collect();
    let folds = assign_folds(&groups, k, seed)?;
    let fit = FitOptions { alpha: ALPHA, max_kind_rows: MAX_KIND_ROWS, ..options.fit };
    Ok(Crossfit::new(PageSubjects { pages, folds, k }, fit))
}

/// Trains the model of web pages. `cues` are those of the model of text.
///
/// # Errors
/// As [`super::train`].
pub fn train_pages(
    derived: &DerivedPages,
    cues: Vec<Cue>,
    options: &TrainOptions,
    progress: &mut Progress<'_>,
) -> Result<Model> {
    let pages = &derived.pages;
    let mut crossfit = crossfit(pages, FOLDS, SEED, options)?;
    let passes = crossfit.fit(progress)?;
    let scores = crossfit.out_of_fold(progress)?;
    progress.step("calibration");
    let (calibration, thresholds) = decision::fit(pages, &scores)?;
    Ok(Model {
        name: ModelKind::Html.name().to_owned(),
        kind: ModelKind::Html,
        cues,
        markup_cues: derived.cues.clone(),
        first: passes.first,
        second: passes.second,
        calibration,
        thresholds,
        provenance: Provenance::default(),
    })
}

/// The probabilities of every block of every page, by passes that saw no page of its site, and the
/// threshold of boilerplate that they are held against.
///
/// # Errors
/// As [`super::train`].
pub fn cross_validate_pages(
    pages: &[DerivedPage],
    folds: usize,
    seed: u64,
    options: &TrainOptions,
    progress: &mut Progress<'_>,
) -> Result<(Vec<Vec<Probabilities>>, f32)> {
    let scores = crossfit(pages, folds, seed, options)?.out_of_fold(progress)?;
    let (calibration, thresholds) = decision::fit(pages, &scores)?;
    let of_page = |scores: Vec<Scores>| {
        scores.iter().map(|scores| second_probabilities(scores, calibration)).collect()
    };
    Ok((scores.into_iter().map(of_page).collect(), thresholds.safe))
}
