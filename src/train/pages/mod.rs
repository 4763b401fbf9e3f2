//! Web pages to a model of their blocks.
//!
//! Pages of others may not be passed on; numbers may. [`make_pages`] turns pages with gold texts into rows
//! ([`StoredBlocks`]) with labels, [`rows`] is their file, and [`train_pages`] fits both passes on
//! them as text is fitted on. Which blocks are content is told by alignment with the gold (`align`).

mod align;
mod card;
mod cross_validate;
mod decision;
mod figures;
mod make;
pub mod rows;

pub use card::{page_card, page_report};
pub use cross_validate::{JudgedPages, PageCrossValidation, PageFeatures};
pub use figures::BlockFigures;
pub use make::{PageMaterial, PagesOptions, make_pages};

use sha2::{Digest as _, Sha256};

use super::Progress;
use super::crossfit::{Crossfit, PassOptions, Scores, Subjects};
use super::derived::table::label_byte;
use super::derived::{Origin, cues};
use crate::error::Result;
use crate::evaluate::assign_folds;
use crate::featurize::Featurized;
use crate::featurize::cues::Cue;
use crate::featurize::page::StoredBlocks;
use crate::label::Label;
use crate::model::fit::FitOptions;
use crate::model::{Calibration, Model, ModelKind, Thresholds};

/// Penalty of the first pass: pages are few, and its columns many.
const ALPHA: f64 = 200.0;
/// Penalty of the second, whose columns are fewer and smoother.
const SECOND_ALPHA: f64 = 20.0;
/// Penalty of the regressions of kinds: rare kinds have few rows.
const KIND_ALPHA: f64 = 60.0;
/// First passes that only judge need not be as exact as those of the model, and take less time so.
const JUDGING: f64 = 1e-5;
/// See [`FitOptions::max_kind_rows`].
const MAX_KIND_ROWS: usize = 8_000;

/// How pages are split, by site, for the fits that calibration, threshold and figures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSplit {
    /// Number of folds, 3 to 16.
    pub folds: usize,
    /// Seed of the assignment of sites to folds.
    pub seed: u64,
}

impl Default for PageSplit {
    fn default() -> Self {
        Self { folds: 3, seed: 1 }
    }
}

/// When a regression over pages has been fitted. Its penalties and rows are no choice: they are made
/// for the columns of pages. Fields as in [`FitOptions`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageFit {
    /// Largest Euclidean norm of the gradient, per row, at which a fit of the model counts as
    /// converged.
    pub gradient_per_row: f64,
    /// Most iterations of one call into linfa.
    pub iterations: u64,
    /// Most calls for one label.
    pub rounds: usize,
}

impl Default for PageFit {
    fn default() -> Self {
        let FitOptions { gradient_per_row, iterations, rounds, .. } = FitOptions::default();
        Self { gradient_per_row, iterations, rounds }
    }
}

impl PageFit {
    fn options(self, alpha: f64) -> FitOptions {
        FitOptions {
            alpha,
            kind_alpha: KIND_ALPHA,
            max_kind_rows: MAX_KIND_ROWS,
            gradient_per_row: self.gradient_per_row,
            iterations: self.iterations,
            rounds: self.rounds,
        }
    }
}

/// A trained model of web pages and what it was judged by.
#[derive(Debug, Clone)]
pub struct TrainedPages {
    /// The model.
    pub model: Model,
    /// What passes that saw nothing of a page's site make of the pages.
    pub figures: BlockFigures,
}

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
    fit: PageFit,
) -> Result<Crossfit<PageSubjects<'a>>> {
    let groups: Vec<(&str, u64)> =
        pages.iter().map(|page| (&*page.publisher, page.labels.len() as u64)).collect();
    let folds = assign_folds(&groups, k, seed)?;
    let passes = PassOptions {
        first: fit.options(ALPHA),
        second: fit.options(SECOND_ALPHA),
        judging: JUDGING,
    };
    Ok(Crossfit::new(PageSubjects { pages, folds, k }, passes))
}

/// Trains the model of web pages. `cues` are those of the model of text.
///
/// # Errors
/// As [`super::train`], and as [`super::check_folds`].
pub fn train_pages(
    derived: &DerivedPages,
    cues: Vec<Cue>,
    split: PageSplit,
    fit: PageFit,
    progress: &mut Progress<'_>,
) -> Result<TrainedPages> {
    super::check_folds(split.folds)?;
    let pages = &derived.pages;
    let mut crossfit = crossfit(pages, split.folds, split.seed, fit)?;
    let passes = crossfit.fit(progress)?;
    let scores = crossfit.out_of_fold(progress)?;
    progress.step("calibration");
    let (calibration, thresholds) = decision::fit(pages, &scores)?;
    let judged = JudgedPages::new(&scores, calibration, thresholds);
    let figures = BlockFigures::new(derived, &judged, split.folds);
    let model = Model {
        name: ModelKind::Html.name().to_owned(),
        kind: ModelKind::Html,
        cues,
        markup_cues: derived.cues.clone(),
        first: passes.first,
        second: passes.second,
        calibration,
        thresholds,
        provenance: figures.provenance(derived),
    };
    Ok(TrainedPages { model, figures })
}

impl DerivedPages {
    /// SHA-256 of all values, hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for page in &self.pages {
            hash.update(&page.publisher);
            hash.update(page.labels.iter().map(|l| label_byte(*l)).collect::<Vec<u8>>());
            let skeleton = rows::structure_bytes(page.rows.skeleton());
            hash.update((skeleton.len() as u64).to_le_bytes());
            hash.update(skeleton);
            page.words.iter().for_each(|words| hash.update(words.to_le_bytes()));
            page.rows.rows().flatten().for_each(|value| hash.update(value.to_le_bytes()));
        }
        hash.update(cues::to_text(&self.cues));
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod testing {
    //! Pages in numbers for tests, made of invented pages.

    use super::DerivedPage;
    use crate::document::html::read_page;
    use crate::document::words::word_hashes;
    use crate::featurize::cues::Cues;
    use crate::featurize::page::{Blocks, StoredBlocks};
    use crate::label::Label;

    const LABELS: [Label; 6] = [
        Label::Navigation,
        Label::Heading,
        Label::Body,
        Label::Body,
        Label::Related,
        Label::Copyright,
    ];

    /// Pages of 24 sites with six blocks each; neither text nor markup alone tells all labels.
    pub(crate) fn pages() -> Vec<DerivedPage> {
        let prose = [
            "The council voted on Monday to keep the ferry, the mayor said.",
            "Nobody in the harbour had expected so many boats that morning.",
            "A bridge would cost more than the town earns in ten years.",
        ];
        let page = |site: usize| {
            let (first, second) = (prose[site % 3], prose[(site + 1) % 3]);
            let tag = if site % 5 < 2 { "div" } else { "p" };
            let source = format!(
                "<nav><a href=/>Home {site}</a></nav><main><h1>Ferry number {site} stays</h1>\
                 <{tag}>{first}</{tag}><{tag}>{second}</{tag}></main>\
                 <{tag}><a href=/b>{second}</a></{tag}><p>Copyright {site}, all rights reserved."
            );
            let (page, cues) = (read_page(&source), Cues::default());
            let mut labels = LABELS.map(Some).to_vec();
            assert_eq!(page.blocks.len(), labels.len());
            if site.is_multiple_of(7) {
                labels[3] = Some(Label::Related);
            }
            let texts = page.blocks.iter().map(|block| page.block_text(block));
            DerivedPage {
                origin: 0,
                publisher: format!("{site:08x}"),
                labels,
                words: texts.map(|text| word_hashes(text).len() as u32).collect(),
                rows: StoredBlocks::of(&Blocks::new(&page, &cues, &cues)),
            }
        };
        (0..24).map(page).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::pages;
    use super::*;
    use crate::featurize::cues::Place;

    fn derived() -> DerivedPages {
        let origin = Origin { name: "s".into(), origin: "o".into(), licence: "l".into() };
        DerivedPages { origins: vec![origin], pages: pages(), cues: Vec::new() }
    }

    #[test]
    fn the_fingerprint_knows_every_part() {
        let print = |change: fn(&mut DerivedPages)| {
            let mut derived = derived();
            change(&mut derived);
            derived.fingerprint()
        };
        let changes: [fn(&mut DerivedPages); 6] = [
            |_| {},
            |d| d.pages[3].labels[1] = None,
            |d| d.pages[3].words[1] += 1,
            |d| d.pages[3].publisher.push('0'),
            |d| d.pages.swap(0, 1),
            |d| d.cues.push(Cue { text: "x".into(), place: Place::Any, weights: [0.5; 17] }),
        ];
        let prints: std::collections::BTreeSet<_> = changes.iter().map(|&c| print(c)).collect();
        assert_eq!(prints.len(), changes.len());
        assert_eq!(print(|_| {}), derived().fingerprint());
    }

    #[test]
    fn a_model_carries_its_figures_and_its_card_shows_them() {
        let (derived, mut silent) = (derived(), |_: &str| {});
        let train = |split, progress: &mut Progress<'_>| {
            train_pages(&derived, Vec::new(), split, PageFit::default(), progress)
        };
        let mut progress = Progress::new(&mut silent);
        let trained = train(PageSplit::default(), &mut progress).unwrap();
        let p = &trained.model.provenance;
        assert_eq!(p.training_data, derived.fingerprint());
        assert_eq!((p.documents, p.publishers, p.paragraphs, p.folds), (24, 24, 24 * 6, 3));
        let pages = p.pages.as_ref().unwrap();
        assert!((0.7..=1.0).contains(&pages.words_f1), "{p:?}");
        assert_eq!(pages.origins[0].pages, 24);
        // What the file holds reads back.
        let text = crate::model::file::to_json(&trained.model);
        assert_eq!(crate::model::file::from_json(&text).unwrap(), trained.model);
        let card = page_card(&trained.model, &trained.figures);
        for part in [
            "# Model card: `html`",
            "24 pages of 24 sites, 144 labelled blocks",
            p.training_data.as_str(),
            &format!("| F1 of words, mean over pages | {:.4} |", pages.words_f1),
            "| the same, s (24 pages) |",
            "| navigation | 24 |",
        ] {
            assert!(card.contains(part), "{part} in {card}");
        }
        let report = page_report(&trained.figures);
        assert!(report.contains("## Most frequent confusions"), "{report}");
        let other = train(PageSplit { folds: 4, seed: 2 }, &mut progress).unwrap();
        assert_eq!(other.model.provenance.folds, 4);
        let error = train(PageSplit { folds: 2, seed: 1 }, &mut progress).unwrap_err().to_string();
        assert!(error.contains("3 to 16"), "{error}");
    }
}
