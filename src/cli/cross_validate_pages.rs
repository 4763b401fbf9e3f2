//! `evaluate --pages --cross-validate`: refit by site, judge every page out of fold.

use super::Messages;
use super::cross_validate::training_data;
use super::derived::MAX_PAGES;
use super::evaluate::EvaluateArgs;
use super::evaluate_pages::{EXTRACTION, empty_files, names};
use crate::classify::Classifier;
use crate::document::html::read_page;
use crate::document::{Document, GoldPage, Source};
use crate::error::Result;
use crate::evaluate::Method;
use crate::evaluate::pages::{
    JudgedOnPage, LabelledBlocks, PageAblationRow, PageEvaluation, PageSet, score_page,
};
use crate::featurize::Probabilities;
use crate::featurize::cues::Cues;
use crate::model::decision::{Cutoff, decide};
use crate::records::{GoldPages, LabelMap, read_labelled};
use crate::span::Span;
use crate::train::derived::{Origin, written_cues};
use crate::train::pages::{
    DerivedPages, JudgedPages, PageCrossValidation, PageFeatures, PageFit, PageMaterial,
    PagesOptions, make_pages,
};
use crate::train::{CueOptions, Progress, check_folds};
use crate::verdict::{CleanText, Keep, Paragraph, Verdict};

/// The pages of all files, and the order in which they are judged.
struct Read {
    material: Vec<PageMaterial>,
    derived: DerivedPages,
    /// Which page of all, counted from 0, each of the derived ones is.
    indices: Vec<usize>,
}

/// Judges every page by passes that saw no page of its site, with all features and, where asked,
/// with a part of them.
pub(super) fn evaluation(
    args: &EvaluateArgs,
    labelled: &LabelledBlocks,
    messages: &mut Messages,
) -> Result<PageEvaluation> {
    let flags = &args.cross_validate;
    check_folds(flags.folds)?;
    let read = read(args, labelled)?;
    let mut note = |step: &str| messages.note(step);
    let mut progress = Progress::new(&mut note);
    let mut validation =
        PageCrossValidation::new(&read.derived.pages, flags.folds, flags.seed, PageFit::default())?;
    let judged = validation.judge(PageFeatures::All, &mut progress)?;
    let mut evaluation = read.evaluation(args, &judged)?;
    if !args.labels.is_empty() {
        let by = (Method::CrossValidated { folds: flags.folds }, None);
        let threshold = threshold(args, &judged);
        let found = read.labels(labelled, &judged);
        evaluation.labels = Some(labelled.evaluate(names(&args.labels), by, threshold, found)?);
    }
    if flags.ablation {
        let mut rows = Vec::new();
        for features in PageFeatures::ALL {
            let row = match features {
                PageFeatures::All => PageAblationRow::new(features.as_str(), &evaluation),
                _ => {
                    let judged = validation.judge(features, &mut progress)?;
                    let part = read.evaluation(args, &judged)?;
                    PageAblationRow::new(features.as_str(), &part)
                }
            };
            rows.push(row);
        }
        evaluation.ablation = Some(rows);
    }
    Ok(evaluation)
}

/// Reads the pages of all inputs and turns them into numbers.
fn read(args: &EvaluateArgs, labelled: &LabelledBlocks) -> Result<Read> {
    let flags = &args.cross_validate;
    let material: Vec<PageMaterial> = args
        .inputs
        .iter()
        .map(|input| {
            let name = input.display().to_string();
            let origin = Origin { name, origin: String::new(), licence: String::new() };
            Ok(PageMaterial { origin, pages: GoldPages::open(input)?.collect::<Result<_>>()? })
        })
        .collect::<Result<_>>()?;
    let cues = if flags.with_training_data {
        written_cues(&read_labelled(training_data()?, &LabelMap::default())?, CueOptions::default())
    } else {
        Cues::new(crate::classify::embedded_model().cues)
    };
    let options = PagesOptions {
        labelled: labelled.documents(),
        cues: &|_| &cues,
        teacher: &Classifier::embedded(),
        // Each fit leaves one fold out.
        max_pages: MAX_PAGES * flags.folds / flags.folds.saturating_sub(1).max(1),
        all: true,
    };
    let (derived, indices) = make_pages(&material, &options)?;
    Ok(Read { material, derived, indices })
}

/// From where on a block is boilerplate.
fn threshold(args: &EvaluateArgs, judged: &JudgedPages) -> f32 {
    args.threshold.threshold.unwrap_or(judged.threshold)
}

impl Read {
    /// All pages with the probabilities of their blocks and the number of their file, in the order
    /// of the data.
    fn pages<'a>(
        &'a self,
        judged: &'a JudgedPages,
    ) -> impl Iterator<Item = (usize, &'a GoldPage, &'a [Probabilities])> {
        let mut places: Vec<(usize, usize)> =
            self.indices.iter().enumerate().map(|(place, &index)| (index, place)).collect();
        places.sort_unstable();
        let pages = self.material.iter().enumerate();
        let pages = pages.flat_map(|(file, m)| m.pages.iter().map(move |page| (file, page)));
        pages
            .zip(places)
            .map(|((file, page), (_, place))| (file, page, judged.probabilities[place].as_slice()))
    }

    fn evaluation(&self, args: &EvaluateArgs, judged: &JudgedPages) -> Result<PageEvaluation> {
        let cutoff = Cutoff::flat(threshold(args, judged));
        let mut files = empty_files(args);
        for (file, page, blocks) in self.pages(judged) {
            files[file].pages.push(score_page(page, Ok(kept(page, blocks, cutoff))));
        }
        PageEvaluation::new(PageSet {
            name: names(&args.inputs),
            extraction: format!("{EXTRACTION}, refitted"),
            method: Some(Method::CrossValidated { folds: args.cross_validate.folds }),
            model_fingerprint: None,
            files,
        })
    }

    /// What was found of labelled documents.
    fn labels(&self, labelled: &LabelledBlocks, judged: &JudgedPages) -> Vec<JudgedOnPage> {
        let found = self.pages(judged).flat_map(|(_, gold, probabilities)| {
            let page = read_page(&gold.html);
            let texts: Vec<&str> = page.blocks.iter().map(|b| page.block_text(b)).collect();
            labelled.judge(gold, &texts, probabilities)
        });
        found.collect()
    }
}

/// The text that `clean` makes of a page whose blocks have these probabilities.
fn kept(page: &GoldPage, blocks: &[Probabilities], cutoff: Cutoff) -> String {
    let document = Document::from_html(page.html.as_str());
    let paragraph = |(index, &probabilities): (usize, &Probabilities)| {
        let decided = decide(&probabilities, cutoff, || 0);
        Paragraph {
            index,
            // Clean text asks where a block stands, not where in the source.
            span: Some(Span::new(0, 0)),
            label: decided.label,
            first_label: decided.label,
            probability: decided.probability,
            boilerplate: decided.boilerplate,
            probabilities,
        }
    };
    let paragraphs = blocks.iter().enumerate().map(paragraph).collect();
    let verdict = Verdict { source: Source::Html, layout: None, language: None, paragraphs };
    CleanText::new(&document, &verdict, Keep::default(), "\n").text
}
