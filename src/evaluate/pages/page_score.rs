//! One page: what an extraction made of it, beside what it should have made.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::super::fingerprint::{number, string};
use super::diff::{Cut, Diff};
use super::similarity::{Overlap, Similarity, overlaps};
use super::snippets::{Haystack, SnippetCounts};
use super::units::{Unit, hashes};
use crate::document::GoldPage;
use crate::error::Result;

/// The figures of one page. An extraction that failed counts as one that gave nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageScore {
    /// The page's identifier, unique within its file.
    pub id: String,
    /// The place of its file among [`PageEvaluation::files`](super::PageEvaluation::files), counted
    /// from 0.
    pub file: usize,
    /// The page's address, where it is known.
    pub url: Option<String>,
    /// The unit by which pages are resampled: the site, or the page where none is named.
    pub site: String,
    /// What sort of page it is, where it is known.
    pub kind: Option<String>,
    /// What the texts are compared by: characters where most letters of gold are of a script
    /// without spaces between words.
    pub unit: Unit,
    /// Words of gold; by characters, runs of three.
    pub gold_units: u64,
    /// Words of the extraction; by characters, runs of three.
    pub extracted_units: u64,
    /// Of these, how many both have.
    pub shared_units: u64,
    /// Texts compared as bags of words; by characters, of runs of three.
    pub words: Similarity,
    /// Texts compared as bags of runs of four words; by characters, the same as `words`.
    pub shingles: Similarity,
    /// Snippets that must be there; `right` are those that are.
    pub must_include: SnippetCounts,
    /// Snippets that must not be there; `right` are those that are not.
    pub must_exclude: SnippetCounts,
    /// Why the extraction failed, where it did.
    pub error: Option<String>,
}

/// A page's figures, what was lost and added, and what the page is recognised by.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredPage {
    /// The figures.
    pub score: PageScore,
    /// What was lost and what was added.
    pub diff: Diff,
    /// Whether gold holds no word.
    pub empty_gold: bool,
    /// SHA-256 over everything that belongs to the page and its gold.
    pub fingerprint: [u8; 32],
}

/// Compares what an extraction gave with a page's gold. Of an unreadable page no extraction gives
/// anything: it failed, whatever `extracted` is.
#[must_use]
pub fn score_page(page: &GoldPage, extracted: Result<String>) -> ScoredPage {
    let (extracted, error) = match (extracted, &page.unreadable) {
        (_, Some(reason)) => (String::new(), Some(reason.clone())),
        (Ok(text), None) => (text, None),
        (Err(error), None) => (String::new(), Some(error.to_string())),
    };
    let gold = page.text.as_str();
    let mut unit = Unit::of(gold);
    let gold_places = unit.places(gold);
    if gold_places.is_empty() {
        unit = Unit::of(&extracted);
    }
    let extracted_places = unit.places(&extracted);
    let (gold_hashes, extracted_hashes) =
        (hashes(gold, &gold_places), hashes(&extracted, &extracted_places));
    let (words, shingles) = overlaps(unit, &gold_hashes, &extracted_hashes);
    let haystack = Haystack::new(&extracted);
    let Overlap { gold: gold_units, extracted: extracted_units, shared: shared_units } = words;
    ScoredPage {
        score: PageScore {
            id: page.id.clone(),
            file: 0,
            url: page.url.clone(),
            site: page.group().to_owned(),
            kind: page.kind.clone(),
            unit,
            gold_units,
            extracted_units,
            shared_units,
            words: words.similarity(),
            shingles: shingles.similarity(),
            must_include: haystack.count(&page.must_include, true),
            must_exclude: haystack.count(&page.must_exclude, false),
            error,
        },
        diff: Diff::new(
            unit,
            Cut { text: gold, places: &gold_places, hashes: &gold_hashes },
            Cut { text: &extracted, places: &extracted_places, hashes: &extracted_hashes },
        ),
        empty_gold: gold_places.is_empty(),
        fingerprint: fingerprint(page),
    }
}

fn fingerprint(page: &GoldPage) -> [u8; 32] {
    let mut hash = Sha256::new();
    let kind = page.kind.as_deref().unwrap_or_default();
    for part in [page.id.as_str(), page.group(), kind, &page.text, &page.html] {
        string(&mut hash, part);
    }
    for snippets in [&page.must_include, &page.must_exclude] {
        number(&mut hash, snippets.len());
        snippets.iter().for_each(|snippet| string(&mut hash, snippet));
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn page() -> GoldPage {
        GoldPage {
            id: "ferry".into(),
            site: Some("a.example".into()),
            kind: Some("article".into()),
            html: "<p>The ferry stays.</p>".into(),
            text: "The ferry stays.".into(),
            must_include: vec!["ferry stays".into(), "—".into()],
            must_exclude: vec!["Share".into()],
            ..GoldPage::default()
        }
    }

    #[test]
    fn an_extraction_is_compared_in_every_way() {
        let found = score_page(&page(), Ok("The ferry stays. Share!".into()));
        let score = &found.score;
        assert_eq!((score.gold_units, score.extracted_units, score.shared_units), (3, 4, 3));
        assert_eq!((score.words.precision, score.words.recall), (0.75, 1.0));
        assert_eq!(score.must_include, SnippetCounts { total: 1, right: 1 });
        assert_eq!(score.must_exclude, SnippetCounts { total: 1, right: 0 });
        assert_eq!((found.diff.lost_units, found.diff.added[0].text.as_str()), (0, "Share"));
        assert_eq!((score.site.as_str(), &score.error), ("a.example", &None));
        let alone = score_page(&GoldPage { site: None, ..page() }, Ok(String::new()));
        assert_eq!(alone.score.site, "ferry");
    }

    #[test]
    fn a_failed_extraction_counts_as_an_empty_one() {
        let mut found = score_page(&page(), Err(Error::data("too deep")));
        let error = found.score.error.take().unwrap();
        assert!(error.contains("too deep"), "{error}");
        assert_eq!(found, score_page(&page(), Ok(String::new())));
        assert_eq!(found.score.words, Similarity::default());
        assert_eq!(found.score.must_exclude, SnippetCounts { total: 1, right: 1 });
    }

    #[test]
    fn an_unreadable_page_counts_as_a_failed_one() {
        let unreadable = GoldPage { unreadable: Some("it is an image".into()), ..page() };
        let found = score_page(&unreadable, Ok(page().text));
        assert_eq!(found.score.error.as_deref(), Some("it is an image"));
        assert_eq!((found.score.words, found.score.extracted_units), (Similarity::default(), 0));
    }

    #[test]
    fn without_gold_the_extraction_decides_on_the_unit() {
        let empty = GoldPage { text: "—".into(), ..page() };
        let found = score_page(&empty, Ok("新しい橋".into()));
        assert_eq!((found.score.unit, found.empty_gold), (Unit::Characters, true));
        assert_eq!(found.score.words, Similarity::default());
        assert_eq!(score_page(&empty, Ok(" ".into())).score.words.f1, 1.0);
    }

    #[test]
    fn the_fingerprint_knows_every_part_of_a_page() {
        let print = |change: fn(&mut GoldPage)| {
            let mut page = page();
            change(&mut page);
            score_page(&page, Ok(String::new())).fingerprint
        };
        let changes: [fn(&mut GoldPage); 7] = [
            |_| {},
            |p| p.id.push('x'),
            |p| p.site = None,
            |p| p.kind = None,
            |p| p.text.push('x'),
            |p| p.html.push('x'),
            |p| p.must_exclude.extend(p.must_include.pop()),
        ];
        let prints: std::collections::BTreeSet<_> = changes.iter().map(|&c| print(c)).collect();
        assert_eq!(prints.len(), changes.len());
        assert_eq!(score_page(&page(), Ok("x".into())).fingerprint, print(|_| {}));
    }
}
