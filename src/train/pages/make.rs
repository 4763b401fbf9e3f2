//! Pages with gold texts to derived numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::align::align;
use super::{DerivedPage, DerivedPages};
use crate::classify::Classifier;
use crate::document::html::{Enclosing, Page, attribute_words, read_page};
use crate::document::words::word_hashes;
use crate::document::{Content, Document, GoldPage, LabelledDocument, LabelledParagraph};
use crate::error::Result;
use crate::evaluate::assign_folds;
use crate::featurize::cues::{Cue, Cues};
use crate::featurize::page::{Blocks, StoredBlocks, near_words};
use crate::label::Label;
use crate::train::cue_learning::{CueCorpus, CueOptions, CueSource};
use crate::train::derived::{Origin, publisher_hash};

/// Pages with their origin.
#[derive(Debug, Clone)]
pub struct PageMaterial {
    /// Where they come from.
    pub origin: Origin,
    /// The pages.
    pub pages: Vec<GoldPage>,
}

/// What pages are turned into numbers with.
pub struct PagesOptions<'a> {
    /// Blocks of these pages that people labelled.
    pub labelled: &'a [LabelledDocument],
    /// Gives the cues of text that the publisher had no say in.
    pub cues: &'a (dyn Fn(&str) -> &'a Cues + Sync),
    /// Tells the kind of a block of boilerplate that nobody labelled.
    pub teacher: &'a Classifier,
    /// Most pages that are learned from.
    pub max_pages: usize,
    /// Whether pages that are not learned from are turned into numbers, too, without labels.
    pub all: bool,
}

/// Larger pages are not taken: a few menus of thousands of links would be half of all rows.
const MAX_BLOCKS: usize = 250;
const MIN_BLOCKS: usize = 5;
/// Less of the gold found on the page, and its labels are not to be trusted.
const MIN_FOUND: f64 = 0.8;
/// Fewest sites of a cue, and most cues.
const MIN_SITES: u32 = 5;
const MAX_CUES: usize = 3_000;
/// Folds, by site: the rows of a fold are filled with cues learned without it.
const FOLDS: usize = 5;
const SEED: u64 = 1;
/// Stands between the words of two elements: no digit is part of a cue, so none reaches over it.
const BORDER: &str = "0";

/// A page that is taken.
struct Taken<'a> {
    /// Its index among all pages.
    index: usize,
    origin: usize,
    gold: &'a GoldPage,
    page: Page,
    publisher: String,
    labels: Vec<Option<Label>>,
    /// Whether people named the kinds of some of its boilerplate.
    is_named: bool,
}

/// Blocks of boilerplate that people named from which on a page counts as named.
const MIN_NAMED: usize = 3;

/// Turns pages into numbers; with them goes each one's index among all pages of the material.
///
/// # Errors
/// [`crate::error::ErrorKind::Data`] if the pages have fewer than five sites.
pub fn make_pages(
    material: &[PageMaterial],
    options: &PagesOptions<'_>,
) -> Result<(DerivedPages, Vec<usize>)> {
    let labels = HumanLabels::new(options.labelled);
    let all: Vec<(usize, &GoldPage)> = material
        .iter()
        .enumerate()
        .flat_map(|(origin, m)| m.pages.iter().map(move |page| (origin, page)))
        .collect();
    let read = all.into_par_iter().enumerate().map(|(index, (origin, gold))| Taken {
        index,
        ..take(origin, gold, &labels, options.teacher)
    });
    let taken = by_site(read.collect(), options);
    let MarkupTables { folds, without, all } = markup_cues(&taken)?;
    let pages = taken.par_iter().zip(&folds).map(|(taken, &fold)| {
        let markup = &without[fold];
        let cues = (options.cues)(&taken.publisher);
        let texts = taken.page.blocks.iter().map(|block| taken.page.block_text(block));
        DerivedPage {
            origin: taken.origin,
            publisher: publisher_hash(&taken.publisher),
            labels: taken.labels.clone(),
            words: texts.map(|text| word_hashes(text).len() as u32).collect(),
            rows: StoredBlocks::of(&Blocks::new(&taken.page, cues, markup)),
        }
    });
    let origins = material.iter().map(|m| m.origin.clone()).collect();
    let derived = DerivedPages { origins, pages: pages.collect(), cues: all };
    Ok((derived, taken.iter().map(|taken| taken.index).collect()))
}

/// Reads a page and labels its blocks; without labels, if it is not fit to be learned from.
fn take<'a>(
    origin: usize,
    gold: &'a GoldPage,
    human: &HumanLabels<'_>,
    teacher: &Classifier,
) -> Taken<'a> {
    let page = read_page(&gold.html);
    let publisher = human.publisher(gold.group());
    let labels = labels(&page, gold, &publisher, human, teacher)
        .unwrap_or_else(|| vec![None; page.blocks.len()]);
    let named = page.blocks.iter().filter(|block| {
        human.label(&publisher, page.block_text(block)).is_some_and(|label| !label.is_content())
    });
    let is_named = named.count() >= MIN_NAMED;
    Taken { index: 0, origin, gold, publisher, labels, is_named, page }
}

fn labels(
    page: &Page,
    gold: &GoldPage,
    publisher: &str,
    human: &HumanLabels<'_>,
    teacher: &Classifier,
) -> Option<Vec<Option<Label>>> {
    if !(MIN_BLOCKS..=MAX_BLOCKS).contains(&page.blocks.len()) {
        return None;
    }
    let texts: Vec<&str> = page.blocks.iter().map(|block| page.block_text(block)).collect();
    let found = align(&texts, &gold.text);
    let words = |text: &&str| word_hashes(text).len() as f64;
    let of_gold: f64 = texts.iter().zip(&found).filter(|(_, f)| **f).map(|(t, _)| words(t)).sum();
    if of_gold < MIN_FOUND * words(&&*gold.text) || of_gold == 0.0 {
        return None;
    }
    let paragraphs = texts.iter().map(|&text| text.to_owned()).collect();
    let document = Document { content: Content::Paragraphs(paragraphs), ..Document::default() };
    let taught = teacher.classify(&document);
    // Gold texts leave the page's title out, yet it is the article's.
    let title = page.own_title();
    let labels = page.blocks.iter().enumerate().zip(&texts).zip(found).zip(&taught.paragraphs).map(
        |((((index, block), text), found), taught)| {
            let aligned = if title == Some(index) {
                Label::Heading
            } else if !found {
                likeliest_kind(&taught.probabilities)
            } else if page.enclosing(block).has(Enclosing::HEADING) {
                Label::Heading
            } else {
                Label::Body
            };
            Some(human.label(publisher, text).unwrap_or(aligned))
        },
    );
    Some(labels.collect())
}

/// The likeliest kind of boilerplate.
fn likeliest_kind(probabilities: &[f32; Label::COUNT]) -> Label {
    let kinds = Label::ALL.into_iter().filter(|label| !label.is_content());
    let mut best = Label::Navigation;
    for kind in kinds {
        if probabilities[kind.index()] > probabilities[best.index()] {
            best = kind;
        }
    }
    best
}

/// Blocks that people labelled, by publisher and text.
struct HumanLabels<'a> {
    /// `None` where the same text has two labels.
    labels: HashMap<(&'a str, String), Option<Label>>,
    publishers: BTreeSet<&'a str>,
}

impl<'a> HumanLabels<'a> {
    fn new(documents: &'a [LabelledDocument]) -> Self {
        let mut labels: HashMap<(&str, String), Option<Label>> = HashMap::new();
        for document in documents {
            for LabelledParagraph { text, label } in &document.paragraphs {
                let Some(label) = label else { continue };
                let held = labels.entry((document.group(), plain(text))).or_insert(Some(*label));
                if *held != Some(*label) {
                    *held = None;
                }
            }
        }
        Self { labels, publishers: documents.iter().map(LabelledDocument::group).collect() }
    }

    /// The publisher of a site: the longest ending of its host that is one, else the host's last
    /// two or three parts.
    fn publisher(&self, site: &str) -> String {
        let parts: Vec<&str> = site.split('.').collect();
        let ending = |n: usize| parts[parts.len() - n..].join(".");
        let known = (2..=parts.len()).rev().map(ending).find(|e| self.publishers.contains(&**e));
        known.unwrap_or_else(|| {
            let is_short = |part: &&str| part.len() <= 3;
            let two_part_suffix = parts.iter().rev().take(2).all(is_short) && parts.len() > 2;
            ending(if two_part_suffix { 3 } else { 2 }.min(parts.len()))
        })
    }

    fn label(&self, publisher: &str, text: &str) -> Option<Label> {
        *self.labels.get(&(publisher, plain(text)))?
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many pages that are learned from: the first of each site, then the second of each;
/// pages on which people named kinds of boilerplate before others, else in an order that depends on
/// nothing but the names. The others lose their labels, or go.
fn by_site<'a>(mut taken: Vec<Taken<'a>>, options: &PagesOptions<'_>) -> Vec<Taken<'a>> {
    taken.sort_by_cached_key(|t| (!t.is_named, publisher_hash(&t.gold.id), t.gold.id.clone()));
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut numbered: Vec<(usize, Taken<'_>)> = taken
        .into_iter()
        .map(|taken| {
            let number = seen.entry(taken.publisher.clone()).or_default();
            let is_fit = taken.labels.iter().any(Option::is_some);
            *number += usize::from(is_fit);
            (if is_fit { *number } else { usize::MAX }, taken)
        })
        .collect();
    numbered.sort_by_key(|(number, taken)| (*number, !taken.is_named));
    let n = numbered.iter().filter(|(number, _)| *number < usize::MAX).count();
    let learned = n.min(options.max_pages);
    if !options.all {
        numbered.truncate(learned);
    }
    numbered.iter_mut().skip(learned).for_each(|(_, taken)| taken.labels.fill(None));
    numbered.into_iter().map(|(_, taken)| taken).collect()
}

/// Markup cues, learned without each fold and from all pages.
struct MarkupTables {
    /// The fold of each page.
    folds: Vec<usize>,
    /// For each fold, the cues that its sites had no say in.
    without: Vec<Cues>,
    all: Vec<Cue>,
}

fn markup_cues(taken: &[Taken<'_>]) -> Result<MarkupTables> {
    let documents: Vec<LabelledDocument> = taken.par_iter().map(markup_words).collect();
    let groups: Vec<(&str, u64)> =
        documents.iter().map(|d| (d.group(), d.paragraphs.len() as u64)).collect();
    let folds = assign_folds(&groups, FOLDS, SEED)?;
    let admits = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let source =
        CueSource { documents: &documents, folds: &folds, k: FOLDS, known: &[], admits: &admits };
    let options =
        CueOptions { min_publishers: MIN_SITES, max_cues: MAX_CUES, ..CueOptions::default() };
    let corpus = CueCorpus::new(&source, options);
    let (without, all) = corpus.by_fold(FOLDS);
    Ok(MarkupTables { folds, without: without.into_iter().map(Cues::new).collect(), all })
}

/// The words of attributes near each block as a labelled text.
fn markup_words(taken: &Taken<'_>) -> LabelledDocument {
    let dictionary = attribute_words(&taken.gold.html);
    let paragraph = |(block, label): (usize, &Option<Label>)| {
        let mut text = vec![BORDER];
        for words in near_words(&taken.page, block) {
            text.extend(words.iter().filter_map(|word| dictionary.get(word)).map(String::as_str));
            text.push(BORDER);
        }
        LabelledParagraph { text: text.join(" "), label: *label }
    };
    LabelledDocument {
        id: taken.gold.id.clone(),
        publisher: Some(taken.publisher.clone()),
        paragraphs: taken.labels.iter().enumerate().map(paragraph).collect(),
    }
}

#[cfg(test)]
mod tests;
