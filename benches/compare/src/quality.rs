//! Every tool on every page, judged: means over pages, by set and type of page.

use serde::Serialize;
use smallprint::document::GoldPage;
use smallprint::evaluate::pages::{PageScore, score_page};

use crate::error::Result;
use crate::pages::Page;
use crate::python::Python;
use crate::tools::{Call, Extraction, Tool, guarded};

/// Pages between two words on how far it is.
const PROGRESS: usize = 100;

/// The group that holds every page of a set.
pub const ALL: &str = "all";

/// How well a tool does on a group of pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Score {
    /// `all`, or a type of page.
    pub group: String,
    /// Pages in it.
    pub pages: usize,
    /// Mean word-bag F1.
    pub bag_f1: f64,
    /// Mean F1 of 4-word shingles.
    pub shingle_f1: f64,
    /// Share of the pieces that must be there and are; none if there are no such pieces.
    pub included: Option<f64>,
    /// Share of the pieces that must not be there and are not; none if there are no such pieces.
    pub excluded: Option<f64>,
}

/// How well a tool does on a set.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Quality {
    /// First all pages, then each type, where there are several.
    pub scores: Vec<Score>,
    /// Pages on which the tool gave an error or panicked. They count as empty.
    pub failed: usize,
    /// Page and message of the first of them.
    pub first_failure: Option<(String, String)>,
}

impl Quality {
    /// The score on a group.
    pub fn score(&self, group: &str) -> Option<&Score> {
        self.scores.iter().find(|score| score.group == group)
    }
}

/// Sums over the pages of a group.
#[derive(Default)]
struct Sums {
    pages: usize,
    bag_f1: f64,
    shingle_f1: f64,
    /// Pieces that must be there, and how many of them are.
    include: (u64, u64),
    /// Pieces that must not be there, and how many of them are not.
    exclude: (u64, u64),
}

impl Sums {
    fn add(&mut self, score: &PageScore) {
        self.pages += 1;
        self.bag_f1 += score.words.f1;
        self.shingle_f1 += score.shingles.f1;
        for (sum, counts) in
            [(&mut self.include, score.must_include), (&mut self.exclude, score.must_exclude)]
        {
            sum.0 += counts.total;
            sum.1 += counts.right;
        }
    }

    fn score(&self, group: &str) -> Score {
        let share = |(n, right): (u64, u64)| (n > 0).then(|| right as f64 / n as f64);
        Score {
            group: group.to_owned(),
            pages: self.pages,
            bag_f1: self.bag_f1 / self.pages as f64,
            shingle_f1: self.shingle_f1 / self.pages as f64,
            included: share(self.include),
            excluded: share(self.exclude),
        }
    }
}

/// What one tool has to its account.
struct Account {
    /// By the places of groups.
    sums: Vec<Sums>,
    failed: usize,
    first_failure: Option<(String, String)>,
}

impl Account {
    fn new(groups: usize) -> Self {
        let sums = std::iter::repeat_with(Sums::default).take(groups).collect();
        Self { sums, failed: 0, first_failure: None }
    }

    /// `group` is the place of the page's own type.
    fn add(&mut self, gold: &GoldPage, group: usize, found: Extraction) {
        let text = found.unwrap_or_else(|error| {
            self.failed += 1;
            self.first_failure.get_or_insert_with(|| (gold.id.clone(), error));
            String::new()
        });
        let score = score_page(gold, Ok(text)).score;
        self.sums[0].add(&score);
        self.sums[group].add(&score);
    }

    fn quality(self, groups: &[&str]) -> Quality {
        let scores = self.sums.iter().zip(groups).map(|(sums, group)| sums.score(group));
        // In a set of one type, that type is all.
        let n = if groups.len() == 2 { 1 } else { groups.len() };
        let scores = scores.take(n).collect();
        Quality { scores, failed: self.failed, first_failure: self.first_failure }
    }
}

/// Has every tool that gives text extract every page. The result stands in the places of `tools`;
/// parsers have none.
pub fn measure(
    pages: &[Page],
    tools: &[Tool],
    mut python: Option<&mut Python>,
) -> Result<Vec<Option<Quality>>> {
    let mut groups = vec![ALL];
    for page in pages {
        if !groups.contains(&page.page_type.as_str()) {
            groups.push(&page.page_type);
        }
    }
    let mut accounts: Vec<_> = tools.iter().map(|_| Account::new(groups.len())).collect();
    let needs_python = tools.iter().any(|tool| matches!(tool.call, Call::Python(_)));
    for (page, n) in pages.iter().zip(0..) {
        if n % PROGRESS == 0 {
            eprintln!("  quality: page {n} of {}", pages.len());
        }
        let (source, gold) = (page.source()?, page.gold());
        let group = groups.iter().position(|group| *group == page.page_type).unwrap_or(0);
        let mut from_python = match python.as_deref_mut() {
            Some(python) if needs_python => python.extract(page)?,
            _ => Vec::new(),
        };
        for (tool, account) in tools.iter().zip(&mut accounts) {
            let found = match tool.call {
                Call::Extract(extract) => guarded(|| extract(&source)).and_then(|found| found),
                Call::Python(number) => {
                    std::mem::replace(&mut from_python[number], Err(String::new()))
                }
                Call::Parse(_) => continue,
            };
            account.add(&gold, group, found);
        }
    }
    let result = tools.iter().zip(accounts);
    Ok(result.map(|(tool, account)| tool.extracts().then(|| account.quality(&groups))).collect())
}
