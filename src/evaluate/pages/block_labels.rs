//! Which blocks of pages people labelled, and what labels these blocks get.
//!
//! In: labelled documents whose paragraphs are blocks of pages, and pages with the probabilities of
//! their blocks. A document belongs to the page of its publisher whose identifier it has, else to the
//! one that shows most of it. A paragraph is found on a page by its words;
//! where a page has them several times, by the paragraphs before and after.

use std::collections::HashMap;

use serde::Serialize;

use super::super::{Evaluation, JudgedDocument, JudgedParagraph, JudgedSet, Method};
use crate::document::words::word_hashes;
use crate::document::{GoldPage, LabelledDocument};
use crate::error::{Error, Result};
use crate::featurize::Probabilities;
use crate::model::decision::{Cutoff, Scale, decide};

/// Paragraphs before and after that tell places of the same words apart.
const CONTEXT: usize = 2;
/// Fewer words within a block are not taken for the paragraph, unless a neighbour stands there too.
const MIN_WORDS_INSIDE: usize = 3;

/// How a labelled paragraph stands on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fit {
    /// A block has its words and no others.
    Whole,
    /// A block has its words among others.
    Inside,
    /// The block has at least half of its words; other blocks, or none, have the rest.
    Part,
}

impl Fit {
    /// What a paragraph found so says for its page; more than all of its context.
    fn weight(self) -> u32 {
        match self {
            Self::Whole => 16,
            Self::Inside => 8,
            Self::Part => 6,
        }
    }
}

/// Labelled documents, ready to be found on pages.
#[derive(Debug, Clone)]
pub struct LabelledBlocks {
    documents: Vec<LabelledDocument>,
    /// The words of each paragraph of each document.
    words: Vec<Vec<Vec<u64>>>,
    /// The documents of each publisher, and those that name none by their identifiers.
    by_group: HashMap<String, Vec<usize>>,
}

/// What was found of one document on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedOnPage {
    document: usize,
    /// Whether the page has the document's identifier, and how much of the document it shows.
    weight: (bool, u32),
    /// Index of each paragraph found, how it was found, and its block's probabilities.
    blocks: Vec<(usize, Fit, Probabilities)>,
}

/// What labels the blocks get that people labelled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlockLabels {
    /// Paragraphs that are a block of their page.
    pub whole: FitCounts,
    /// Paragraphs that are a part of a block, whose label counts as theirs.
    pub inside: FitCounts,
    /// Paragraphs that are parted among blocks; the label of the longest counts as theirs.
    pub part: FitCounts,
    /// Labelled paragraphs that no page of their publisher shows: they are not scored.
    pub not_found: u64,
    /// Labelled paragraphs of publishers without a page: they are not scored.
    pub without_page: u64,
    /// Everything that is measured on the paragraphs found.
    pub evaluation: Evaluation,
}

/// Labelled paragraphs found in one way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FitCounts {
    /// Paragraphs.
    pub blocks: u64,
    /// Those that got the label that people gave.
    pub right: u64,
}

impl LabelledBlocks {
    /// Takes documents; those without a labelled paragraph are of no account.
    #[must_use]
    pub fn new(documents: Vec<LabelledDocument>) -> Self {
        let mut by_group: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, document) in documents.iter().enumerate() {
            by_group.entry(document.group().to_owned()).or_default().push(index);
        }
        let words = documents
            .iter()
            .map(|document| document.paragraphs.iter().map(|p| words(&p.text)).collect())
            .collect();
        Self { documents, words, by_group }
    }

    /// The documents.
    #[must_use]
    pub fn documents(&self) -> &[LabelledDocument] {
        &self.documents
    }

    /// Finds what a page may show of each document. `blocks` are the texts of its blocks,
    /// `probabilities` those of each.
    #[must_use]
    pub fn judge(
        &self,
        page: &GoldPage,
        blocks: &[&str],
        probabilities: &[Probabilities],
    ) -> Vec<JudgedOnPage> {
        let candidates = self.candidates(page);
        if candidates.is_empty() {
            return Vec::new();
        }
        let blocks = Blocks::new(blocks);
        let judged = |document: usize| {
            let words = &self.words[document];
            let paragraphs = self.documents[document].paragraphs.iter().enumerate();
            let (mut weight, mut found) = (0, Vec::new());
            for (index, _) in paragraphs.filter(|(_, paragraph)| paragraph.label.is_some()) {
                let Some((block, fit, context)) = blocks.find(words, index) else { continue };
                weight += fit.weight() + context;
                found.push((index, fit, probabilities[block]));
            }
            let is_named = self.documents[document].id == page.id;
            JudgedOnPage { document, weight: (is_named, weight), blocks: found }
        };
        candidates.into_iter().map(judged).collect()
    }

    /// The documents that may stand on a page: of a publisher that its site is or belongs to, or,
    /// without a publisher, of its identifier.
    fn candidates(&self, page: &GoldPage) -> Vec<usize> {
        let site = page.site.as_deref().unwrap_or_default();
        let ends = site.match_indices('.').map(|(at, _)| &site[at + 1..]);
        let names = [page.id.as_str(), site].into_iter().chain(ends);
        let found = names.filter_map(|name| self.by_group.get(name)).flatten();
        let mut candidates: Vec<usize> = found.copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// Measures, with each document judged on the page that shows most of it, the first of equals.
    ///
    /// # Errors
    /// [`Data`](crate::error::ErrorKind::Data) where no labelled paragraph stands on any page.
    pub fn evaluate(
        &self,
        name: String,
        (method, model_fingerprint): (Method, Option<String>),
        threshold: f32,
        judged: impl IntoIterator<Item = JudgedOnPage>,
    ) -> Result<BlockLabels> {
        let mut best: Vec<Option<JudgedOnPage>> = vec![None; self.documents.len()];
        for judged in judged {
            let place = &mut best[judged.document];
            if place.as_ref().is_none_or(|best| best.weight < judged.weight) {
                *place = Some(judged);
            }
        }
        let mut counts = Counts::default();
        let pairs = self.documents.iter().zip(&best);
        let documents: Vec<JudgedDocument> = pairs
            .map(|(document, judged)| {
                let found = judged.as_ref().map(|judged| judged.blocks.as_slice());
                counts.document(document, found, threshold)
            })
            .collect();
        let Counts { fits: [whole, inside, part], not_found, without_page } = counts;
        if whole.blocks + inside.blocks + part.blocks == 0 {
            return Err(Error::data(format!(
                "none of the {} labelled paragraphs of `{name}` stands on these pages: a page needs \
                 the publisher of the labelled document, or its identifier, and the same text",
                not_found + without_page
            )));
        }
        let evaluation = Evaluation::new(&JudgedSet {
            name,
            method,
            model_fingerprint,
            threshold,
            aggressive_threshold: None,
            scale: Scale::Flat,
            documents,
        })?;
        Ok(BlockLabels { whole, inside, part, not_found, without_page, evaluation })
    }
}

#[derive(Default)]
struct Counts {
    fits: [FitCounts; 3],
    not_found: u64,
    without_page: u64,
}

impl Counts {
    /// Counts the labelled paragraphs of a document and gives those that were found.
    fn document(
        &mut self,
        document: &LabelledDocument,
        found: Option<&[(usize, Fit, Probabilities)]>,
        threshold: f32,
    ) -> JudgedDocument {
        let labelled = document.paragraphs.iter().filter(|p| p.label.is_some()).count();
        match found {
            Some(found) => self.not_found += (labelled - found.len()) as u64,
            None => self.without_page += labelled as u64,
        }
        let mut paragraphs = Vec::new();
        for &(index, fit, probabilities) in found.unwrap_or_default() {
            let paragraph = &document.paragraphs[index];
            let words = || crate::verdict::clean::words(&paragraph.text);
            let decided = decide(&probabilities, Cutoff::flat(threshold), words);
            let counts = &mut self.fits[fit as usize];
            counts.blocks += 1;
            counts.right += u64::from(paragraph.label == Some(decided.label));
            paragraphs.push(JudgedParagraph {
                index,
                text: paragraph.text.clone(),
                gold: paragraph.label,
                probabilities,
            });
        }
        let publisher = document.group().to_owned();
        JudgedDocument { id: document.id.clone(), publisher, paragraphs }
    }
}

/// The blocks of one page by their words.
struct Blocks {
    words: Vec<Vec<u64>>,
    places: HashMap<Vec<u64>, Vec<usize>>,
}

impl Blocks {
    fn new(texts: &[&str]) -> Self {
        let words: Vec<Vec<u64>> = texts.iter().map(|text| words(text)).collect();
        let mut places: HashMap<Vec<u64>, Vec<usize>> = HashMap::new();
        for (block, words) in words.iter().enumerate() {
            places.entry(words.clone()).or_default().push(block);
        }
        Self { words, places }
    }

    /// The block that a paragraph is, is in, or has most of, and how much of its context is there.
    fn find(&self, document: &[Vec<u64>], index: usize) -> Option<(usize, Fit, u32)> {
        let wanted = &document[index];
        if wanted.is_empty() {
            return None;
        }
        let whole = self.places.get(wanted).into_iter().flatten();
        let whole = whole.map(|&block| (block, Fit::Whole, self.context(block, document, index)));
        if let Some(found) = best(whole) {
            return Some(found);
        }
        let inside = (0..self.words.len())
            .filter(|&block| contains(&self.words[block], wanted))
            .map(|block| (block, Fit::Inside, self.context_around(block, document, index)))
            .filter(|(.., context)| *context > 0 || wanted.len() >= MIN_WORDS_INSIDE);
        if let Some(found) = best(inside) {
            return Some(found);
        }
        let parts = (0..self.words.len()).filter(|&block| {
            let part = &self.words[block];
            2 * part.len() >= wanted.len() && contains(wanted, part)
        });
        let longest = parts.rev().max_by_key(|&block| self.words[block].len());
        longest.map(|block| (block, Fit::Part, self.context(block, document, index)))
    }

    /// How many of the paragraphs around stand around the block as well.
    fn context(&self, block: usize, document: &[Vec<u64>], index: usize) -> u32 {
        let before = (1..=CONTEXT).map(|n| (block.checked_sub(n), index.checked_sub(n)));
        let after = (1..=CONTEXT).map(|n| (Some(block + n), Some(index + n)));
        let is_there = |(block, paragraph): (Option<usize>, Option<usize>)| {
            let block = block.and_then(|block| self.words.get(block));
            block.is_some() && block == paragraph.and_then(|paragraph| document.get(paragraph))
        };
        before.chain(after).filter(|&pair| is_there(pair)).count() as u32
    }

    /// The same, with those that stand in the block itself.
    fn context_around(&self, block: usize, document: &[Vec<u64>], index: usize) -> u32 {
        let around = index.saturating_sub(CONTEXT)..(index + CONTEXT + 1).min(document.len());
        let within = around.filter(|&other| {
            other != index
                && document[other] != document[index]
                && contains(&self.words[block], &document[other])
        });
        self.context(block, document, index) + within.count() as u32
    }
}

/// The candidate with most context, the first of equals.
fn best(candidates: impl Iterator<Item = (usize, Fit, u32)>) -> Option<(usize, Fit, u32)> {
    candidates.reduce(|best, next| if next.2 > best.2 { next } else { best })
}

/// Whether the words stand there one after the other; never, if there are none.
fn contains(text: &[u64], words: &[u64]) -> bool {
    !words.is_empty() && text.windows(words.len()).any(|window| window == words)
}

/// The words of a text; of one without words, its characters.
fn words(text: &str) -> Vec<u64> {
    let words = word_hashes(text);
    if !words.is_empty() {
        return words;
    }
    text.chars().filter(|c| !c.is_whitespace()).map(u64::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::LabelledParagraph;
    use crate::label::Label;

    fn document(id: &str, publisher: &str, lines: &[(&str, Option<Label>)]) -> LabelledDocument {
        let paragraph =
            |&(text, label): &(&str, Option<Label>)| LabelledParagraph { text: text.into(), label };
        LabelledDocument {
            id: id.into(),
            publisher: (!publisher.is_empty()).then(|| publisher.into()),
            paragraphs: lines.iter().map(paragraph).collect(),
        }
    }

    fn page(id: &str, site: &str) -> GoldPage {
        GoldPage { id: id.into(), site: Some(site.into()), ..GoldPage::default() }
    }

    /// Probabilities by which each block has one label for certain.
    fn certain(labels: &[Label]) -> Vec<Probabilities> {
        let one = |label: &Label| std::array::from_fn(|i| f32::from(i == label.index()));
        labels.iter().map(one).collect()
    }

    const MENU: Option<Label> = Some(Label::Navigation);
    const SHARE: Option<Label> = Some(Label::SharePrompt);

    fn find(blocks: &[&str], lines: &[&str], index: usize) -> Option<(usize, Fit)> {
        let document: Vec<Vec<u64>> = lines.iter().map(|line| words(line)).collect();
        Blocks::new(blocks).find(&document, index).map(|(block, fit, _)| (block, fit))
    }

    #[test]
    fn a_paragraph_is_found_by_its_words_and_its_neighbours() {
        let blocks = ["Share", "Home", "Share", "Ferry stays", "Share", "→"];
        assert_eq!(find(&blocks, &["HOME.", "share:", "Ferry stays"], 1), Some((2, Fit::Whole)));
        assert_eq!(find(&blocks, &["Ferry stays", "Share"], 1), Some((4, Fit::Whole)));
        assert_eq!(find(&blocks, &["Share"], 0), Some((0, Fit::Whole)));
        assert_eq!(find(&blocks, &["→"], 0), Some((5, Fit::Whole)));
        assert_eq!(find(&blocks, &["Bridge"], 0), None);
        assert_eq!(find(&blocks, &[" "], 0), None);
    }

    #[test]
    fn a_paragraph_may_be_part_of_a_block_or_have_parts() {
        let blocks = ["Harbour Post Quay 1 Saltmarsh", "Quay", "Sign up for our", "free letter"];
        assert_eq!(find(&blocks, &["Quay 1 Saltmarsh"], 0), Some((0, Fit::Inside)));
        // Two words alone may stand anywhere, not so beside their neighbour.
        assert_eq!(find(&blocks, &["Harbour Post"], 0), None);
        assert_eq!(find(&blocks, &["Harbour Post", "Quay 1"], 0), Some((0, Fit::Inside)));
        let letter = "Sign up for our free letter";
        assert_eq!(find(&blocks, &[letter], 0), Some((2, Fit::Part)));
        assert_eq!(find(&blocks[3..], &[letter], 0), None, "a third of the words is not enough");
    }

    #[test]
    fn a_document_is_judged_on_the_page_that_shows_most_of_it() {
        let labelled = LabelledBlocks::new(vec![
            document("1", "a.example", &[("Home", None), ("Share this", SHARE), ("Ferry", None)]),
            document("p2", "a.example", &[("Share this", SHARE), ("Menu", MENU), ("Gone", MENU)]),
            document("3", "b.example", &[("Share this", SHARE)]),
            document("4", "ample", &[("Share this", SHARE)]),
        ]);
        let blocks = ["Home", "Share this", "Ferry", "Menu"];
        let on =
            |page: GoldPage, labels: &[Label; 4]| labelled.judge(&page, &blocks, &certain(labels));
        let (nav, share) = (Label::Navigation, Label::SharePrompt);
        let mut judged =
            labelled.judge(&page("p1", "news.a.example"), &["Share this"], &certain(&[nav]));
        assert_eq!(judged.len(), 2, "the documents of the site's publisher, of no other");
        judged.extend(on(page("p0", "a.example"), &[nav, share, nav, share]));
        judged.extend(labelled.judge(&page("p2", "a.example"), &["Menu"], &certain(&[nav])));
        let origin = (Method::Model, None);
        let labels = labelled.evaluate("gold".into(), origin.clone(), 0.5, judged).unwrap();
        // Document 1 on p0, where its neighbours stand; document p2 on the page of its name, which
        // lacks two of its paragraphs.
        assert_eq!(labels.whole, FitCounts { blocks: 2, right: 2 });
        assert_eq!((labels.not_found, labels.without_page), (2, 2));
        assert_eq!(labels.evaluation.size.paragraphs, 2);
        assert_eq!(labels.evaluation.accuracy.value, Some(1.0));
        let error = labelled.evaluate("gold".into(), origin, 0.5, []).unwrap_err().to_string();
        assert!(error.contains("none of the 6 labelled paragraphs of `gold`"), "{error}");
    }
}
