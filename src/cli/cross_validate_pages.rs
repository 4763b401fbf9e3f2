//! `evaluate --pages --cross-validate`: refit by site, judge every page out of fold.

use super::Messages;
use super::cross_validate::training_data;
use super::evaluate::EvaluateArgs;
use super::evaluate_pages::{EXTRACTION, names};
use crate::classify::Classifier;
use crate::document::{Document, GoldPage, Source};
use crate::error::Result;
use crate::evaluate::Method;
use crate::evaluate::pages::{PageSet, score_page};
use crate::featurize::Probabilities;
use crate::featurize::cues::Cues;
use crate::model::decision::{Cutoff, decide};
use crate::records::{GoldPages, LabelMap, read_labelled};
use crate::span::Span;
use crate::train::derived::{Origin, written_cues};
use crate::train::pages::{PageMaterial, PagesOptions, cross_validate_pages, make_pages};
use crate::train::{CueOptions, Progress, TrainOptions, check_folds};
use crate::verdict::{CleanText, Keep, Paragraph, Verdict};

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
