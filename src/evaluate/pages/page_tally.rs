//! Sums over pages, from which every figure follows: of all pages, or of one site's, which is what
//! the intervals draw.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use super::super::figure::ratio;
use super::page_score::PageScore;
use super::snippets::SnippetCounts;

/// Number of figures that follow from a tally.
pub(super) const FIGURES: usize = 11;

/// Places among the figures. Of each three: precision, recall, F1.
pub(super) const WORDS: usize = 0;
pub(super) const SHINGLES: usize = 3;
pub(super) const MUST_INCLUDE: usize = 6;
pub(super) const MUST_EXCLUDE: usize = 7;
pub(super) const MICRO: usize = 8;

/// Sums over pages.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PageTally {
    pub(super) pages: u64,
    /// Precision, recall and F1 of words and of shingles, summed.
    sums: [f64; 6],
    pub(super) must_include: SnippetTally,
    pub(super) must_exclude: SnippetTally,
    pub(super) gold_units: u64,
    pub(super) extracted_units: u64,
    pub(super) shared_units: u64,
}

/// Sums over pages that have snippets.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct SnippetTally {
    pub(super) pages: u64,
    pub(super) counts: SnippetCounts,
    /// The pages' shares, summed.
    shares: f64,
}

impl SnippetTally {
    fn of(counts: SnippetCounts) -> Self {
        let share = counts.share();
        Self { pages: u64::from(share.is_some()), counts, shares: share.unwrap_or_default() }
    }

    fn mean(self) -> Option<f64> {
        mean(self.shares, self.pages)
    }
}

impl AddAssign<&Self> for SnippetTally {
    fn add_assign(&mut self, other: &Self) {
        self.pages += other.pages;
        self.counts.total += other.counts.total;
        self.counts.right += other.counts.right;
        self.shares += other.shares;
    }
}

impl AddAssign<&Self> for PageTally {
    fn add_assign(&mut self, other: &Self) {
        self.pages += other.pages;
        self.sums.iter_mut().zip(other.sums).for_each(|(sum, other)| *sum += other);
        self.must_include += &other.must_include;
        self.must_exclude += &other.must_exclude;
        self.gold_units += other.gold_units;
        self.extracted_units += other.extracted_units;
        self.shared_units += other.shared_units;
    }
}

impl PageTally {
    /// One page.
    fn of(page: &PageScore) -> Self {
        let (words, shingles) = (page.words, page.shingles);
        Self {
            pages: 1,
            sums: [
                words.precision,
                words.recall,
                words.f1,
                shingles.precision,
                shingles.recall,
                shingles.f1,
            ],
            must_include: SnippetTally::of(page.must_include),
            must_exclude: SnippetTally::of(page.must_exclude),
            gold_units: page.gold_units,
            extracted_units: page.extracted_units,
            shared_units: page.shared_units,
        }
    }

    /// A tally for each site, in order of the sites' names.
    pub(super) fn by_site(pages: &[&PageScore]) -> Vec<Self> {
        let mut sites = BTreeMap::<&str, Self>::new();
        for page in pages {
            *sites.entry(&page.site).or_default() += &Self::of(page);
        }
        sites.into_values().collect()
    }

    /// Every figure, in the places above.
    pub(super) fn figures(&self) -> [Option<f64>; FIGURES] {
        let mut figures = [None; FIGURES];
        for (figure, &sum) in figures.iter_mut().zip(&self.sums) {
            *figure = mean(sum, self.pages);
        }
        figures[MUST_INCLUDE] = self.must_include.mean();
        figures[MUST_EXCLUDE] = self.must_exclude.mean();
        figures[MICRO] = ratio(self.shared_units, self.extracted_units);
        figures[MICRO + 1] = ratio(self.shared_units, self.gold_units);
        figures[MICRO + 2] = ratio(2 * self.shared_units, self.gold_units + self.extracted_units);
        figures
    }
}

fn mean(sum: f64, n: u64) -> Option<f64> {
    (n > 0).then(|| sum / n as f64)
}
