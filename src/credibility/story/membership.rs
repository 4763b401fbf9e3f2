//! X7: whether two articles tell one story, by what they share and not by names alone.

use serde::Serialize;

use super::account::Account;
use super::claims::claims;
use super::matched::Match;
use super::shared_quotes::tells_alone;
use super::tokens::sorted_in_common;
use crate::credibility::finding::Passage;

/// How two articles stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// They have nothing in common that tells.
    Unrelated,
    /// They speak of the same persons or places, or share a passage, but tell different stories.
    Related,
    /// They tell the same story.
    SameStory,
}

/// What two articles have in common, in counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// Quotations that are long enough to tell.
    pub quotations: usize,
    /// Sentences outside quotations, credited or not.
    pub sentences: usize,
    /// Quotations, sentences and aligned statements that stand in the first half of both articles:
    /// what stands at the end is background, or a list of other articles that was taken for prose.
    pub leading: usize,
    /// Distinct runs of five words, quoted or not.
    pub runs: usize,
    /// The same of the article with fewer such runs, in all.
    pub runs_of_smaller: usize,
    /// The same of the article with more.
    pub runs_of_larger: usize,
    /// Statements aligned by their words of content, where both are in English.
    pub statements: usize,
    /// Names, word by word.
    pub names: usize,
    /// The same of the article with fewer names, in all.
    pub names_of_smaller: usize,
    /// Terms of the titles.
    pub title_terms: usize,
    /// The same of the title with fewer terms, in all.
    pub title_terms_of_smaller: usize,
}

/// Sentences or quotations that make one story.
pub(super) const PASSAGES: usize = 2;
/// Aligned statements that make one story without any passage, where the titles agree too.
const STATEMENTS: usize = 3;
/// The share of runs of five words that makes one story, in percent, and their number at least.
const RUNS_PERCENT: usize = 15;
const RUNS: usize = 15;
/// The share of the titles' terms that agree, in percent, and their number at least.
const TITLE_PERCENT: usize = 60;
const TITLE_TERMS: usize = 3;
/// Percent of the larger article's runs of five words from which on two are near copies.
const COPY_PERCENT: usize = 70;
/// The share of names that makes two articles related, in percent, and their number at least.
const NAMES_PERCENT: usize = 30;
const NAMES: usize = 3;

impl Shared {
    /// Counts what two articles share; `quotations` and `text` are their matches.
    pub(super) fn count<'m>(
        a: &Account,
        b: &Account,
        quotations: &'m [Match],
        text: &'m [Match],
    ) -> Self {
        let (names_a, names_b) = (&a.names, &b.names);
        let is_leading = |in_a: Passage, in_b: Passage| a.is_leading(in_a) && b.is_leading(in_b);
        let lead =
            |found: &'m [Match]| found.iter().filter(move |found| is_leading(found.a, found.b));
        let comparable = a.is_english && b.is_english;
        let claims = if comparable { claims(a, b) } else { Vec::new() };
        let stated = claims
            .iter()
            .filter(|claim| is_leading(a.sentences[claim.a].passage, b.sentences[claim.b].passage));
        let (in_titles, words_in_titles) = a.title_terms.in_common(&b.title_terms);
        Self {
            quotations: quotations.iter().filter(|quote| tells_alone(quote)).count(),
            sentences: text.len(),
            leading: lead(quotations).count() + lead(text).count() + stated.count(),
            runs: sorted_in_common(&a.shingles, &b.shingles),
            runs_of_smaller: a.shingles.len().min(b.shingles.len()),
            runs_of_larger: a.shingles.len().max(b.shingles.len()),
            statements: claims.len(),
            names: sorted_in_common(names_a, names_b),
            names_of_smaller: names_a.len().min(names_b.len()),
            title_terms: in_titles + words_in_titles,
            title_terms_of_smaller: a.title_terms.len().min(b.title_terms.len()),
        }
    }

    /// What it says of the story.
    #[must_use]
    pub fn membership(&self) -> Membership {
        let share = |n: usize, of: usize, least: usize, percent: usize| {
            n >= least && 100 * n >= percent * of
        };
        let passages = self.quotations + self.sentences;
        let runs = share(self.runs, self.runs_of_smaller, RUNS, RUNS_PERCENT);
        let names = share(self.names, self.names_of_smaller, NAMES, NAMES_PERCENT);
        let named_in_titles = self.names >= NAMES - 1 && self.title_terms >= TITLE_TERMS - 1;
        let titles =
            share(self.title_terms, self.title_terms_of_smaller, TITLE_TERMS, TITLE_PERCENT);
        if self.leading > 0 && (passages >= PASSAGES && names || runs)
            || passages >= 1 && names && self.statements >= 1
            || self.statements >= STATEMENTS && titles
        {
            Membership::SameStory
        } else if passages >= 1 || names || named_in_titles || self.statements >= 1 {
            Membership::Related
        } else {
            Membership::Unrelated
        }
    }

    /// What it says of the story where both are of one publisher, or may be, whose pages share lists
    /// of other articles: the titles must agree in two terms, or one is a copy of the other.
    #[must_use]
    pub fn membership_in_house(&self) -> Membership {
        let is_titled = self.title_terms_of_smaller > 0;
        if is_titled && self.title_terms < TITLE_TERMS - 1 && !self.is_copy() {
            return self.membership().min(Membership::Related);
        }
        self.membership()
    }

    /// Whether one is a near copy of the other.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        self.runs > 0 && 100 * self.runs >= COPY_PERCENT * self.runs_of_larger
    }

    /// How strongly they are bound, to join the strongest first.
    pub(super) fn strength(&self) -> usize {
        8 * (self.quotations + self.sentences) + 4 * self.statements + self.runs
    }
}
