//! `evaluate --pages --cross-validate`: refit by site, judge every page out of fold.

use super::Messages;
use super::cross_validate::training_data;
use super::evaluate::EvaluateArgs;
use super::evaluate_pages::{EXTRACTION, names};
use crate::classify::Classifier;
use crate::document::GoldPage;
use crate::document::html::read_page;
use crate::error::Result;
use crate::evaluate::Method;
use crate::evaluate::pages::{PageSet, score_page};
use crate::featurize::Probabilities;
use crate::featurize::cues::Cues;
use crate::model::decision::{Cutoff, decide};
use crate::records::{GoldPages, LabelMap, read_labelled};
use crate::train::derived::{Origin, written_cues};
use crate::train::pages::{PageMaterial, PagesOptions, cross_validate_pages, make_pages};
use crate::train::{CueOptions, Progress, TrainOptions, check_folds};

/// Most pages that a fit learns from: as many as the numbers in the repository are made of.
const MAX_PAGES: usize = 500;

/// Judges every page by passes that saw no page of its site.
pub(super) fn judged(args: &EvaluateArgs, messages: &mut Messages) -> Result<PageSet> {
    let flags = &args.cross_validate;
    check_folds(flags.folds)?;
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
    let folds = flags.folds;
    let options = PagesOptions {
        labelled: &[],
        cues: &|_| &cues,
        teacher: &Classifier::embedded(),
        // Each fit leaves one fold out.
        max_pages: MAX_PAGES * folds / folds.saturating_sub(1).max(1),
        all: true,
    };
    let (derived, indices) = make_pages(&material, &options)?;
    let mut note = |step: &str| messages.note(step);
    let mut progress = Progress::new(&mut note);
    let (probabilities, threshold) = cross_validate_pages(
        &derived.pages,
        folds,
        flags.seed,
        &TrainOptions::default(),
        &mut progress,
    )?;
    let cutoff = Cutoff::flat(args.threshold.threshold.unwrap_or(threshold));
    let pages: Vec<&GoldPage> = material.iter().flat_map(|material| &material.pages).collect();
    let mut order: Vec<(usize, &Vec<Probabilities>)> =
        indices.into_iter().zip(&probabilities).collect();
    order.sort_by_key(|(index, _)| *index);
    let judged = order
        .into_iter()
        .map(|(index, blocks)| score_page(pages[index], Ok(kept(pages[index], blocks, cutoff))));
    Ok(PageSet {
        name: names(&args.inputs),
        extraction: format!("{EXTRACTION}, refitted"),
        method: Some(Method::CrossValidated { folds }),
        model_fingerprint: None,
        pages: judged.collect(),
    })
}

/// The text of the blocks that are content.
fn kept(page: &GoldPage, blocks: &[Probabilities], cutoff: Cutoff) -> String {
    let page = read_page(&page.html);
    let is_kept = |p: &Probabilities| decide(p, cutoff, || 0).label.is_content();
    let title = page.metadata().title.and_then(|title| page.title_block(&title.value));
    let kept = page.blocks.iter().zip(blocks).enumerate();
    let kept = kept.filter(|(index, (_, p))| is_kept(p) && title != Some(*index));
    kept.map(|(_, (block, _))| page.block_text(block)).collect::<Vec<_>>().join("\n")
}
