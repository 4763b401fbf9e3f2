//! How good passes are on pages in numbers that they saw no page of the site of.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::decision::{self, words_f1};
use super::{DerivedPage, DerivedPages, JudgedPages};
use crate::evaluate::{Confusion, ConfusionMatrix, CurvePoint, ThresholdCurve, confusions};
use crate::model::decision::{Cutoff, Scale, decide};
use crate::model::{OriginFigures, PagesProvenance, Provenance};
use crate::train::card::rounded;

/// The figures of pages in numbers, judged out of fold at the stored threshold. Each of the ratios
/// is in 0..=1, and `None` where it is undefined.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlockFigures {
    /// Pages with a labelled block.
    pub pages: usize,
    /// Sites that they come from.
    pub sites: usize,
    /// Labelled blocks.
    pub blocks: usize,
    /// Folds, by site.
    pub folds: usize,
    /// F1 of the words of blocks kept against those of content blocks, a mean over pages.
    pub words_f1: Option<f64>,
    /// The same for the pages of each origin.
    pub origins: Vec<OriginFigures>,
    /// Share of blocks with the right one of 17 labels.
    pub accuracy: Option<f64>,
    /// Mean F1 over the labels that occur.
    pub macro_f1: Option<f64>,
    /// F1 of boilerplate.
    pub boilerplate_f1: Option<f64>,
    /// Share of the words of content in blocks labelled boilerplate.
    pub content_words_lost: Option<f64>,
    /// Which label became which.
    pub confusion_matrix: ConfusionMatrix,
    /// The most frequent confusions.
    pub confusions: Vec<Confusion>,
}

impl BlockFigures {
    /// Counts; `judged` has a list of probabilities for each page.
    pub(super) fn new(derived: &DerivedPages, judged: &JudgedPages, folds: usize) -> Self {
        let threshold = judged.threshold;
        let pages: Vec<(&DerivedPage, Vec<CurvePoint>)> = derived
            .pages
            .iter()
            .zip(&judged.probabilities)
            .map(|(page, probabilities)| (page, decision::points_of(page, probabilities)))
            .filter(|(_, points)| !points.is_empty())
            .collect();
        let sites: BTreeSet<&str> = pages.iter().map(|(page, _)| &*page.publisher).collect();
        let mut by_origin: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        let mut confusion_matrix = ConfusionMatrix::default();
        for (page, points) in &pages {
            by_origin.entry(page.origin).or_default().push(words_f1(points, threshold));
            for point in points {
                let decided = decide(&point.probabilities, Cutoff::flat(threshold), || point.words);
                confusion_matrix.record(point.gold, decided.label);
            }
        }
        let all: Vec<f64> = by_origin.values().flatten().copied().collect();
        let origin = |(origin, f1s): (usize, Vec<f64>)| OriginFigures {
            name: derived.origins[origin].name.clone(),
            pages: f1s.len(),
            words_f1: rounded(mean(&f1s)),
        };
        let (n_pages, sites) = (pages.len(), sites.len());
        let curve =
            ThresholdCurve::of(pages.into_iter().flat_map(|(_, p)| p).collect(), Scale::Flat);
        let at = curve.at(threshold);
        Self {
            pages: n_pages,
            sites,
            blocks: confusion_matrix.total() as usize,
            folds,
            words_f1: mean(&all),
            origins: by_origin.into_iter().map(origin).collect(),
            accuracy: confusion_matrix.accuracy(),
            macro_f1: confusion_matrix.macro_f1(),
            boilerplate_f1: at.f1,
            content_words_lost: at.content_words_lost_ratio,
            confusions: confusions(&confusion_matrix),
            confusion_matrix,
        }
    }

    /// What the model's file says of its origin.
    pub(super) fn provenance(&self, derived: &DerivedPages) -> Provenance {
        Provenance {
            training_data: derived.fingerprint(),
            documents: self.pages,
            publishers: self.sites,
            paragraphs: self.blocks,
            folds: self.folds,
            accuracy: rounded(self.accuracy),
            macro_f1: rounded(self.macro_f1),
            boilerplate_f1: rounded(self.boilerplate_f1),
            content_words_lost: rounded(self.content_words_lost),
            derived: None,
            pages: Some(PagesProvenance {
                words_f1: rounded(self.words_f1),
                origins: self.origins.clone(),
            }),
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::super::testing::pages;
    use super::*;
    use crate::label::Label;
    use crate::train::derived::Origin;

    /// Every block is given its label for certain, but for one of the first page.
    #[test]
    fn figures_are_counted_at_the_threshold() {
        let mut pages = pages();
        pages.truncate(3);
        pages[2].origin = 1;
        let certain = |label: Label| std::array::from_fn(|i| f32::from(i == label.index()));
        let mut probabilities: Vec<Vec<_>> = pages
            .iter()
            .map(|page| page.labels.iter().map(|label| certain(label.unwrap())).collect())
            .collect();
        let lost = pages[0].labels.iter().position(|l| *l == Some(Label::Body)).unwrap();
        probabilities[0][lost] = certain(Label::Related);
        // Context is not counted.
        let last = pages[1].labels.len() - 1;
        pages[1].labels[last] = None;
        probabilities[1][last] = certain(Label::Contact);
        let words = |page: &DerivedPage, is: &dyn Fn(Label) -> bool| -> u32 {
            let blocks = page.labels.iter().zip(&page.words);
            blocks.filter(|(label, _)| label.is_some_and(is)).map(|(_, words)| words).sum()
        };
        let content = words(&pages[0], &|label| label.is_content());
        let kept = content - pages[0].words[lost];
        let all: u32 = pages.iter().map(|page| words(page, &|label| label.is_content())).sum();
        let blocks: usize = pages.iter().map(|page| page.labels.iter().flatten().count()).sum();
        let f1 = 2.0 * f64::from(kept) / f64::from(kept + content);

        let origin =
            |name: &str| Origin { name: name.into(), origin: "o".into(), licence: "l".into() };
        let derived =
            DerivedPages { origins: vec![origin("a"), origin("b")], pages, cues: Vec::new() };
        let judged = JudgedPages { probabilities, threshold: 0.5 };
        let figures = BlockFigures::new(&derived, &judged, 3);
        assert_eq!((figures.pages, figures.sites, figures.blocks), (3, 3, blocks));
        assert!((figures.words_f1.unwrap() - (f1 + 2.0) / 3.0).abs() < 1e-12, "{figures:?}");
        let origins: Vec<_> =
            figures.origins.iter().map(|o| (&*o.name, o.pages, o.words_f1)).collect();
        assert_eq!(origins, [("a", 2, rounded(Some(f1.midpoint(1.0)))), ("b", 1, 1.0)]);
        assert_eq!(figures.accuracy, Some((blocks - 1) as f64 / blocks as f64));
        let lost_words = f64::from(content - kept) / f64::from(all);
        assert_eq!(figures.content_words_lost, Some(lost_words));
        let [confusion] = figures.confusions[..] else { panic!("{figures:?}") };
        assert_eq!((confusion.gold, confusion.predicted), (Label::Body, Label::Related));
        let provenance = figures.provenance(&derived);
        assert_eq!((provenance.documents, provenance.publishers, provenance.folds), (3, 3, 3));
        assert_eq!(provenance.pages.unwrap().origins, figures.origins);
    }
}
