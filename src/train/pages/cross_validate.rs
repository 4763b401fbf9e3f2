//! Cross-validation of pages in numbers by site, with all features and with a part of them.

use super::{DerivedPage, PageFit, PageSubjects, crossfit, decision};
use crate::error::Result;
use crate::featurize::Probabilities;
use crate::featurize::schema::FeatureGroup;
use crate::model::{Calibration, Thresholds, second_probabilities};
use crate::train::Progress;
use crate::train::crossfit::{Crossfit, Scores};

/// What a model of pages may see (an ablation).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFeatures {
    /// All columns, in both passes.
    All,
    /// The columns of text, in both passes.
    Text,
    /// The columns of markup, in both passes, and what the first pass makes of them.
    Markup,
    /// All columns of the first pass, which decides alone.
    FirstPass,
}

impl PageFeatures {
    /// Every part, all columns first.
    pub const ALL: [Self; 4] = [Self::All, Self::Text, Self::Markup, Self::FirstPass];

    /// The part's name as it stands in reports: `all`, `text`, `markup`, `first_pass`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Text => "text",
            Self::Markup => "markup",
            Self::FirstPass => "first_pass",
        }
    }

    fn left_out(self) -> &'static [FeatureGroup] {
        match self {
            Self::All | Self::FirstPass => &[],
            Self::Text => &FeatureGroup::OF_MARKUP,
            Self::Markup => FeatureGroup::OF_TEXT,
        }
    }
}

/// Pages judged out of fold.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedPages {
    /// For each page, the calibrated probabilities of each of its blocks.
    pub probabilities: Vec<Vec<Probabilities>>,
    /// The threshold of boilerplate that they are held against, whatever a block's length.
    pub threshold: f32,
}

impl JudgedPages {
    pub(super) fn new(
        scores: &[Vec<Scores>],
        calibration: Calibration,
        thresholds: Thresholds,
    ) -> Self {
        let of_page = |scores: &Vec<Scores>| {
            scores.iter().map(|scores| second_probabilities(scores, calibration)).collect()
        };
        Self { probabilities: scores.iter().map(of_page).collect(), threshold: thresholds.safe }
    }
}

/// Judges every page by passes that saw no page of its site.
pub struct PageCrossValidation<'a> {
    pages: &'a [DerivedPage],
    crossfit: Crossfit<PageSubjects<'a>>,
}

impl<'a> PageCrossValidation<'a> {
    /// Splits the pages by site; fits nothing.
    ///
    /// # Errors
    /// As [`assign_folds`](crate::evaluate::assign_folds).
    pub fn new(pages: &'a [DerivedPage], folds: usize, seed: u64, fit: PageFit) -> Result<Self> {
        Ok(Self { pages, crossfit: crossfit(pages, folds, seed, fit)? })
    }

    /// Fits, judges, and fits calibration and threshold on what was judged.
    ///
    /// # Errors
    /// As [`train`](crate::train::train).
    pub fn judge(
        &mut self,
        features: PageFeatures,
        progress: &mut Progress<'_>,
    ) -> Result<JudgedPages> {
        match features {
            PageFeatures::All => {}
            PageFeatures::Text => progress.step("on the features of text alone"),
            PageFeatures::Markup => progress.step("on the features of markup alone"),
            PageFeatures::FirstPass => progress.step("judged by the first pass alone"),
        }
        self.crossfit.leave_out(features.left_out());
        let scores = match features {
            PageFeatures::FirstPass => self.crossfit.first_out_of_fold(progress)?,
            _ => self.crossfit.out_of_fold(progress)?,
        };
        let (calibration, thresholds) = decision::fit(self.pages, &scores)?;
        Ok(JudgedPages::new(&scores, calibration, thresholds))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::pages;
    use super::*;
    use crate::featurize::page::StoredBlocks;
    use crate::label::Label;

    fn judge(order: &[PageFeatures]) -> Vec<JudgedPages> {
        let pages = pages();
        let mut silent = |_: &str| {};
        let mut progress = Progress::new(&mut silent);
        let mut validation = PageCrossValidation::new(&pages, 3, 1, PageFit::default()).unwrap();
        order.iter().map(|&features| validation.judge(features, &mut progress).unwrap()).collect()
    }

    /// The greatest difference of a probability.
    fn apart(one: &JudgedPages, other: &JudgedPages) -> f32 {
        let all = |judged: &JudgedPages| {
            judged.probabilities.iter().flatten().flatten().copied().collect::<Vec<f32>>()
        };
        let pairs = all(one).into_iter().zip(all(other));
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn a_part_judged_after_others_is_as_if_judged_alone() {
        let order =
            [PageFeatures::All, PageFeatures::Text, PageFeatures::Markup, PageFeatures::FirstPass];
        let together = judge(&order);
        for (features, judged) in order.iter().zip(&together) {
            let alone = judge(&[*features]).remove(0);
            assert!(apart(judged, &alone) < 1e-3, "{features:?}: {}", apart(judged, &alone));
            if *features != PageFeatures::All {
                assert!(apart(judged, &together[0]) > 1e-2, "{features:?} makes no difference");
            }
        }
    }

    /// Two pages of each of twelve sites.
    fn paired() -> Vec<DerivedPage> {
        let mut pages = pages();
        let sites = (0..).flat_map(|site| [site; 2]);
        for (page, site) in pages.iter_mut().zip(sites) {
            page.publisher = format!("{site:08x}");
        }
        pages
    }

    /// Scores of all blocks by both passes, by the first alone, and by both of one part.
    fn scores(pages: &[DerivedPage]) -> [Vec<Vec<Scores>>; 3] {
        let mut silent = |_: &str| {};
        let mut progress = Progress::new(&mut silent);
        let mut crossfit = crossfit(pages, 3, 1, PageFit::default()).unwrap();
        let both = crossfit.out_of_fold(&mut progress).unwrap();
        let first = crossfit.first_out_of_fold(&mut progress).unwrap();
        crossfit.leave_out(PageFeatures::Text.left_out());
        [both, first, crossfit.out_of_fold(&mut progress).unwrap()]
    }

    /// Makes pages say the opposite of what all others say, in rows of another size.
    fn turn(pages: &mut [DerivedPage]) {
        for page in pages {
            for label in page.labels.iter_mut().flatten() {
                *label = if label.is_content() { Label::Related } else { Label::Body };
            }
            let values = page.rows.rows().flatten().map(|value| 3.0 * value + 1.0).collect();
            page.rows = StoredBlocks::from_values(page.rows.skeleton().clone(), values).unwrap();
        }
    }

    /// One page of a site tells another what nothing else does: whoever lets it have a say in the
    /// passes that judge the other shows here.
    #[test]
    fn no_page_has_a_say_in_what_judges_its_site() {
        let before = paired();
        let scored = scores(&before);
        for place in [1, 10, 23] {
            let mut after = before.clone();
            turn(&mut after[place..=place]);
            let other = place ^ 1;
            assert_eq!(after[place].publisher, after[other].publisher);
            for (scored, turned) in scored.iter().zip(scores(&after)) {
                let moved = |page: usize| {
                    let scores = scored[page].iter().flatten().zip(turned[page].iter().flatten());
                    scores.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
                };
                assert!(moved(other) < 1e-3, "page {other} of site {place}: {}", moved(other));
                // It has a say in what judges the others, or this would show nothing.
                let most = (0..before.len()).filter(|page| page / 2 != place / 2).map(moved);
                assert!(most.fold(0.0, f32::max) > 0.1, "page {place} has no say at all");
            }
        }
    }
}
