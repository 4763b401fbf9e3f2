//! [`PageEvaluation`]: everything that is measured on a set of pages, as plain data; its JSON is
//! described by `docs/schema/evaluate-pages.json`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::super::bootstrap::intervals;
use super::super::{Figure, Method};
use super::ablation::PageAblationRow;
use super::block_labels::BlockLabels;
use super::diff::Diff;
use super::page_score::{PageScore, ScoredPage};
use super::page_tally::{
    MICRO, MUST_EXCLUDE, MUST_INCLUDE, PageTally, SHINGLES, SnippetTally, WORDS,
};
use super::snippets::SnippetCounts;
use super::units::Unit;
use crate::error::{Error, Result};

/// Worst pages listed at most.
pub const MAX_WORST_PAGES: usize = 20;

/// The first thing hashed; changes when the framing changes.
const DOMAIN: &[u8] = b"smallprint gold pages 1\n";

/// Pages with what an extraction made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PageSet {
    /// What the data are called in reports.
    pub name: String,
    /// What the text was extracted by, for reports.
    pub extraction: String,
    /// How a model came to judge; `None` where none did.
    pub method: Option<Method>,
    /// The fingerprint of the model; `None` where there was no single one.
    pub model_fingerprint: Option<String>,
    /// The files of pages; their order, and that of the pages, is part of the data's fingerprint.
    pub files: Vec<ScoredFile>,
}

/// The pages of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredFile {
    /// What the file is called in reports.
    pub name: String,
    /// Its pages.
    pub pages: Vec<ScoredPage>,
}

/// Everything that is measured on a set of pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageEvaluation {
    /// Version of this record's form.
    pub schema: u32,
    /// What the data are called.
    pub name: String,
    /// What the text was extracted by.
    pub extraction: String,
    /// How a model came to judge; `None` where none did.
    pub method: Option<Method>,
    /// The fingerprint of the model; `None` where there was no single one.
    pub model_fingerprint: Option<String>,
    /// SHA-256 over all pages and their gold, in order, in hex.
    pub data_fingerprint: String,
    /// The figures of all pages.
    pub all: PageFigures,
    /// The figures of each kind of page, most pages first; empty where no page names one.
    pub kinds: Vec<PageFigures>,
    /// The figures of each file of pages, in the order of the data.
    pub files: Vec<FileFigures>,
    /// What labels the blocks get that people labelled, where it was measured.
    pub labels: Option<BlockLabels>,
    /// What is left with a part of the features, where it was measured; all features first.
    pub ablation: Option<Vec<PageAblationRow>>,
    /// The pages with the lowest F1, at most [`MAX_WORST_PAGES`], lowest first; of equals the one
    /// with more lost and added. Pages without a fault are left out, and those whose gold holds no
    /// word: what gold says nothing of cannot show what went wrong.
    pub worst: Vec<WorstPage>,
    /// Every page, in the order of the data.
    pub pages: Vec<PageScore>,
}

/// The figures of a file of pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileFigures {
    /// What the file is called.
    pub name: String,
    /// The figures of all its pages.
    pub all: PageFigures,
    /// The figures of each kind of page, most pages first; empty where no page names one.
    pub kinds: Vec<PageFigures>,
}

/// The figures of a set of pages. Means are over pages, each counting the same (macro); intervals
/// are by resampling sites.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageFigures {
    /// The kind of page; `None` for all pages, and for those whose kind is not known.
    pub kind: Option<String>,
    /// Pages.
    pub pages: u64,
    /// Sites they come from.
    pub sites: u64,
    /// Pages whose extraction failed; they count as empty ones.
    pub failed: u64,
    /// Pages whose gold holds no word.
    pub empty_gold: u64,
    /// Pages that are compared by characters.
    pub by_characters: u64,
    /// Mean precision of words.
    pub precision: Figure,
    /// Mean recall of words.
    pub recall: Figure,
    /// Mean F1 of words.
    pub f1: Figure,
    /// Mean precision of shingles.
    pub shingle_precision: Figure,
    /// Mean recall of shingles.
    pub shingle_recall: Figure,
    /// Mean F1 of shingles.
    pub shingle_f1: Figure,
    /// Snippets that must be there.
    pub must_include: SnippetFigures,
    /// Snippets that must not be there.
    pub must_exclude: SnippetFigures,
    /// All words together.
    pub micro: Micro,
}

/// How snippets fared.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SnippetFigures {
    /// Pages that have any.
    pub pages: u64,
    /// All snippets, and those that are as they should be.
    pub counts: SnippetCounts,
    /// Mean over these pages of the share that is as it should be.
    pub share: Figure,
}

/// All pages' words counted together, so that long pages count for more.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Micro {
    /// Words of gold (of pages compared by characters, runs of three).
    pub gold_units: u64,
    /// Words of the extractions.
    pub extracted_units: u64,
    /// Words that both have, page by page.
    pub shared_units: u64,
    /// `shared_units / extracted_units`.
    pub precision: Figure,
    /// `shared_units / gold_units`.
    pub recall: Figure,
    /// Harmonic mean of precision and recall.
    pub f1: Figure,
}

/// One of the worst pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorstPage {
    /// Its place in [`PageEvaluation::pages`], counted from 0.
    pub index: usize,
    /// What was lost and what was added.
    pub diff: Diff,
}

impl PageEvaluation {
    /// Version of the record's form.
    pub const SCHEMA: u32 = 1;

    /// Measures everything but labels and ablation, which are for others to fill.
    ///
    /// # Errors
    /// [`Data`](crate::error::ErrorKind::Data) where there is no page, or a file has none.
    pub fn new(set: PageSet) -> Result<Self> {
        let empty = set.files.iter().find(|file| file.pages.is_empty()).map(|file| &file.name);
        if let Some(name) = empty.or(set.files.is_empty().then_some(&set.name)) {
            return Err(Error::data(format!(
                "`{name}` has no page, expected at least one with its gold text"
            )));
        }
        let files: Vec<_> = set.files.iter().map(FileFigures::new).collect();
        let pages = set.files.into_iter().enumerate().flat_map(|(file, scored)| {
            scored.pages.into_iter().map(move |mut page| {
                page.score.file = file;
                page
            })
        });
        let mut pages: Vec<ScoredPage> = pages.collect();
        let mut hash = Sha256::new_with_prefix(DOMAIN);
        pages.iter().for_each(|page| hash.update(page.fingerprint));
        let data_fingerprint = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let worst = worst(&mut pages);
        let (all, kinds) = match &files[..] {
            // The same pages: nothing to resample again.
            [only] => (only.all.clone(), only.kinds.clone()),
            _ => all_and_kinds(&pages.iter().collect::<Vec<_>>()),
        };
        Ok(Self {
            schema: Self::SCHEMA,
            name: set.name,
            extraction: set.extraction,
            method: set.method,
            model_fingerprint: set.model_fingerprint,
            data_fingerprint,
            all,
            kinds,
            files,
            labels: None,
            ablation: None,
            worst,
            pages: pages.into_iter().map(|page| page.score).collect(),
        })
    }
}

impl FileFigures {
    fn new(file: &ScoredFile) -> Self {
        let (all, kinds) = all_and_kinds(&file.pages.iter().collect::<Vec<_>>());
        Self { name: file.name.clone(), all, kinds }
    }

    /// The figures of all pages, then those of each kind.
    pub fn rows(&self) -> impl Iterator<Item = &PageFigures> {
        std::iter::once(&self.all).chain(&self.kinds)
    }
}

impl PageFigures {
    fn new(kind: Option<&str>, pages: &[&ScoredPage]) -> Self {
        let scores: Vec<&PageScore> = pages.iter().map(|page| &page.score).collect();
        let sites = PageTally::by_site(&scores);
        let mut total = PageTally::default();
        sites.iter().for_each(|site| total += site);
        let (values, intervals) = (total.figures(), intervals(&sites, PageTally::figures));
        let figure = |place: usize| Figure::new(values[place], intervals[place]);
        let snippets = |tally: SnippetTally, place| SnippetFigures {
            pages: tally.pages,
            counts: tally.counts,
            share: figure(place),
        };
        let count =
            |is: fn(&ScoredPage) -> bool| pages.iter().filter(|page| is(page)).count() as u64;
        Self {
            kind: kind.map(str::to_owned),
            pages: total.pages,
            sites: sites.len() as u64,
            failed: count(|page| page.score.error.is_some()),
            empty_gold: count(|page| page.empty_gold),
            by_characters: count(|page| page.score.unit == Unit::Characters),
            precision: figure(WORDS),
            recall: figure(WORDS + 1),
            f1: figure(WORDS + 2),
            shingle_precision: figure(SHINGLES),
            shingle_recall: figure(SHINGLES + 1),
            shingle_f1: figure(SHINGLES + 2),
            must_include: snippets(total.must_include, MUST_INCLUDE),
            must_exclude: snippets(total.must_exclude, MUST_EXCLUDE),
            micro: Micro {
                gold_units: total.gold_units,
                extracted_units: total.extracted_units,
                shared_units: total.shared_units,
                precision: figure(MICRO),
                recall: figure(MICRO + 1),
                f1: figure(MICRO + 2),
            },
        }
    }
}

/// The figures of all pages, and of each kind: most pages first, of equals by name; no kinds where
/// no page names one.
fn all_and_kinds(pages: &[&ScoredPage]) -> (PageFigures, Vec<PageFigures>) {
    let all = PageFigures::new(None, pages);
    let mut kinds = BTreeMap::<Option<&str>, Vec<&ScoredPage>>::new();
    for page in pages {
        kinds.entry(page.score.kind.as_deref()).or_default().push(page);
    }
    if kinds.keys().all(Option::is_none) {
        return (all, Vec::new());
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, pages)| Reverse(pages.len()));
    let figures = |(kind, of_kind): (Option<&str>, Vec<&ScoredPage>)| {
        if of_kind.len() == pages.len() {
            return PageFigures { kind: kind.map(str::to_owned), ..all.clone() };
        }
        PageFigures::new(kind, &of_kind)
    };
    let kinds = kinds.into_iter().map(figures).collect();
    (all, kinds)
}

/// The worst pages, whose diffs are taken out.
fn worst(pages: &mut [ScoredPage]) -> Vec<WorstPage> {
    let is_listed = |page: &ScoredPage| page.score.words.f1 < 1.0 && !page.empty_gold;
    let mut places: Vec<usize> =
        (0..pages.len()).filter(|&place| is_listed(&pages[place])).collect();
    places.sort_by(|&a, &b| {
        let (a, b) = (&pages[a], &pages[b]);
        let wrong = |page: &ScoredPage| page.diff.lost_units + page.diff.added_units;
        a.score.words.f1.total_cmp(&b.score.words.f1).then(wrong(b).cmp(&wrong(a)))
    });
    places.truncate(MAX_WORST_PAGES);
    places
        .into_iter()
        .map(|index| WorstPage { index, diff: std::mem::take(&mut pages[index].diff) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::score_page;
    use super::*;
    use crate::document::GoldPage;

    const GOLD: &str = "one two three four five six seven eight";

    /// A page of which `kept` of eight words are extracted, and `added` others.
    fn page(id: &str, site: &str, kind: Option<&str>, kept: usize, added: usize) -> ScoredPage {
        let gold = GoldPage {
            id: id.into(),
            site: Some(site.into()),
            kind: kind.map(Into::into),
            text: GOLD.into(),
            must_include: vec!["one two".into(), "seven eight".into()],
            must_exclude: if added > 0 { vec!["x0".into()] } else { Vec::new() },
            ..GoldPage::default()
        };
        let kept = GOLD.split(' ').take(kept).map(str::to_owned);
        let text: Vec<String> = kept.chain((0..added).map(|i| format!("x{i}"))).collect();
        score_page(&gold, Ok(text.join(" ")))
    }

    fn evaluate(pages: Vec<ScoredPage>) -> PageEvaluation {
        let set = PageSet {
            name: "sample".into(),
            extraction: "a test".into(),
            method: None,
            model_fingerprint: None,
            files: vec![ScoredFile { name: "file".into(), pages }],
        };
        PageEvaluation::new(set).unwrap()
    }

    #[track_caller]
    fn assert_near(found: Figure, expected: f64) {
        let found = found.value.unwrap();
        assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
    }

    #[test]
    fn means_are_over_pages_and_micro_figures_over_words() {
        let e = evaluate(vec![
            page("1", "a", Some("article"), 8, 0),
            page("2", "a", Some("article"), 4, 4),
            page("3", "b", Some("forum"), 0, 0),
        ]);
        assert_eq!((e.all.pages, e.all.sites, e.all.kind.as_deref()), (3, 2, None));
        // Page 2: 4 of 8 words shared, 1 of 5 shingles on both sides. Page 3 is empty.
        assert_near(e.all.precision, (1.0 + 0.5) / 3.0);
        assert_near(e.all.f1, (1.0 + 0.5) / 3.0);
        assert_near(e.all.shingle_f1, (1.0 + 0.2) / 3.0);
        // Snippets: 2, 1 and 0 of 2 found; 0 of 1 missing on page 2 alone.
        assert_near(e.all.must_include.share, 0.5);
        assert_eq!(e.all.must_include.counts, SnippetCounts { total: 6, right: 3 });
        assert_near(e.all.must_exclude.share, 0.0);
        assert_eq!(e.all.must_exclude.pages, 1);
        // Words: 12 shared, 24 of gold, 16 extracted.
        assert_near(e.all.micro.precision, 12.0 / 16.0);
        assert_near(e.all.micro.recall, 12.0 / 24.0);
        assert_near(e.all.micro.f1, 24.0 / 40.0);
        let kinds: Vec<_> = e.kinds.iter().map(|k| (k.kind.as_deref(), k.pages)).collect();
        assert_eq!(kinds, [(Some("article"), 2), (Some("forum"), 1)]);
        assert_near(e.kinds[0].f1, 0.75);
        assert_eq!(e.kinds[1].must_exclude.share.value, None);
    }

    #[test]
    fn each_file_and_kind_has_figures_of_its_own() {
        let article = Some("article");
        let set = PageSet {
            name: "both".into(),
            extraction: "a test".into(),
            method: None,
            model_fingerprint: None,
            files: vec![
                ScoredFile {
                    name: "mixed".into(),
                    pages: vec![
                        page("1", "a", article, 8, 0),
                        page("2", "a", article, 4, 4),
                        page("3", "b", Some("forum"), 0, 0),
                    ],
                },
                ScoredFile { name: "news".into(), pages: vec![page("1", "a", None, 8, 8)] },
            ],
        };
        let e = PageEvaluation::new(set).unwrap();
        let rows: Vec<_> = e
            .files
            .iter()
            .flat_map(|file| file.rows().map(|f| (&*file.name, f.kind.as_deref(), f.pages)))
            .collect();
        assert_eq!(
            rows,
            [
                ("mixed", None, 3),
                ("mixed", article, 2),
                ("mixed", Some("forum"), 1),
                ("news", None, 1)
            ]
        );
        assert_near(e.files[0].all.f1, 0.5);
        assert_near(e.files[0].kinds[0].f1, 0.75);
        assert_near(e.files[0].kinds[0].must_include.share, 0.75);
        assert_near(e.files[1].all.f1, 2.0 / 3.0);
        // All together, a page counts the same whatever its file.
        assert_near(e.all.f1, (1.0 + 0.5 + 2.0 / 3.0) / 4.0);
        assert_eq!(e.pages.iter().map(|page| page.file).collect::<Vec<_>>(), [0, 0, 0, 1]);
    }

    #[test]
    fn one_set_of_pages_has_the_same_figures_under_every_name() {
        let article = Some("article");
        let pages = || vec![page("1", "a", article, 8, 0), page("2", "b", article, 4, 4)];
        let one = evaluate(pages());
        assert_eq!((&one.files[0].all, &one.files[0].kinds), (&one.all, &one.kinds));
        assert_eq!(one.kinds[0], PageFigures { kind: article.map(Into::into), ..one.all.clone() });
        // Drawn by themselves they come to the same.
        let mut pages = pages();
        pages.push(page("3", "c", Some("forum"), 0, 0));
        assert_eq!(evaluate(pages).kinds[0], one.kinds[0]);
    }

    #[test]
    fn intervals_draw_sites() {
        // Site a alone: F1 .75 of two pages; site b alone: 0 of one; both: .5.
        let pages = || {
            vec![page("1", "a", None, 8, 0), page("2", "a", None, 4, 4), page("3", "b", None, 0, 0)]
        };
        let f1 = evaluate(pages()).all.f1;
        assert_eq!((f1.low, f1.high), (Some(0.0), Some(0.75)));
        let mut one_site = pages();
        one_site.iter_mut().for_each(|page| page.score.site = "a".into());
        assert_eq!(evaluate(one_site).all.f1.low, None);
    }

    #[test]
    fn the_worst_pages_come_first_with_what_was_wrong() {
        let mut pages: Vec<_> = (0..30).map(|i| page(&i.to_string(), "a", None, 7, i)).collect();
        pages.push(page("right", "a", None, 8, 0));
        let e = evaluate(pages);
        assert!(e.kinds.is_empty());
        let found: Vec<_> = e.worst.iter().map(|w| w.index).collect();
        assert_eq!(found, (10..30).rev().collect::<Vec<_>>());
        let first = &e.worst[0].diff;
        assert_eq!((first.lost_units, first.added_units), (1, 29));
        assert_eq!(e.pages[29].id, "29");
        let e = evaluate(vec![page("1", "a", None, 8, 0), page("2", "a", None, 0, 3)]);
        assert_eq!(e.worst.iter().map(|w| w.index).collect::<Vec<_>>(), [1]);
        let empty = score_page(&GoldPage::default(), Ok("no gold".into()));
        let e = evaluate(vec![page("1", "a", None, 7, 0), empty]);
        assert_eq!((e.worst.len(), e.all.empty_gold), (1, 1));
        // Of equals, the one with more to answer for.
        let e = evaluate(vec![page("1", "a", None, 0, 1), page("2", "a", None, 0, 3)]);
        assert_eq!(e.worst.iter().map(|w| w.index).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn no_page_is_an_error_and_the_order_is_part_of_the_fingerprint() {
        let set = PageSet {
            name: "none".into(),
            extraction: String::new(),
            method: None,
            model_fingerprint: None,
            files: Vec::new(),
        };
        let error = PageEvaluation::new(set.clone()).unwrap_err().to_string();
        assert!(error.contains("`none` has no page"), "{error}");
        let file = |name: &str, pages| ScoredFile { name: name.into(), pages };
        let files = vec![file("full", vec![page("1", "a", None, 8, 0)]), file("bare", Vec::new())];
        let error = PageEvaluation::new(PageSet { files, ..set }).unwrap_err().to_string();
        assert!(error.contains("`bare` has no page"), "{error}");
        let two = || vec![page("1", "a", None, 8, 0), page("2", "a", None, 8, 0)];
        let print = evaluate(two()).data_fingerprint;
        assert_eq!(print.len(), 64);
        assert_eq!(print, evaluate(two()).data_fingerprint);
        assert_ne!(print, evaluate(two().into_iter().rev().collect()).data_fingerprint);
    }
}
