//! X7: whether two articles tell one story, by what they share and not by names alone.

use serde::Serialize;

use super::account::Account;
use super::claims::claims;
use super::credit::Credit;
use super::frequent::Frequent;
use super::matched::Match;
use super::shared_quotes::tells_alone;
use super::tokens::{Token, sorted_in_common, tokens};
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
    /// Names that few articles of the set have.
    #[serde(skip)]
    pub rare_names: usize,
    /// Terms of the titles that few titles of the set have.
    #[serde(skip)]
    pub rare_title_terms: usize,
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
/// Runs of five words of a page below which it is hardly more than its publisher's frame.
const PAGE_RUNS: usize = 50;

impl Shared {
    /// Counts what two articles share; `quotations` and `text` are their matches.
    pub(super) fn count<'m>(
        a: &Account,
        b: &Account,
        quotations: &'m [Match],
        text: &'m [Match],
        frequent: &Frequent,
    ) -> Self {
        let names = both(&a.names, &b.names);
        let (of_a, of_b) = (&a.title_terms, &b.title_terms);
        let in_titles = both(&of_a.names, &of_b.names).chain(both(&of_a.words, &of_b.words));
        let is_leading = |in_a: Passage, in_b: Passage| a.is_leading(in_a) && b.is_leading(in_b);
        let lead =
            |found: &'m [Match]| found.iter().filter(move |found| is_leading(found.a, found.b));
        let comparable = a.is_english && b.is_english;
        let claims = if comparable { claims(a, b) } else { Vec::new() };
        let stated = claims
            .iter()
            .filter(|claim| is_leading(a.sentences[claim.a].passage, b.sentences[claim.b].passage));
        Self {
            quotations: quotations.iter().filter(|quote| tells_alone(quote)).count(),
            sentences: text.len(),
            leading: lead(quotations).count() + lead(text).count() + stated.count(),
            runs: sorted_in_common(&a.shingles, &b.shingles),
            runs_of_smaller: a.shingles.len().min(b.shingles.len()),
            runs_of_larger: a.shingles.len().max(b.shingles.len()),
            statements: claims.len(),
            names: names.clone().count(),
            names_of_smaller: a.names.len().min(b.names.len()),
            title_terms: in_titles.clone().count(),
            title_terms_of_smaller: of_a.len().min(of_b.len()),
            rare_names: frequent.rare_names(names),
            rare_title_terms: frequent.rare_title_terms(in_titles),
        }
    }

    /// Whether both give one account, if they report at all: passages with names in common, or
    /// statements under titles that agree, in the first half of both.
    fn is_one_account(&self) -> bool {
        let passages = self.quotations + self.sentences;
        let (is_leading, is_stated) = (self.leading > 0, self.statements >= 1);
        let by_passages = passages >= PASSAGES && (is_leading || is_stated);
        let by_a_quotation = self.quotations >= 1 && is_leading && is_stated;
        self.is_copied()
            || self.share_names() && (by_passages || by_a_quotation)
            || self.statements >= STATEMENTS && self.share_titles()
    }

    /// Whether they share so much text that they must be of one origin.
    fn is_copied(&self) -> bool {
        self.leading > 0 && share(self.runs, self.runs_of_smaller, RUNS, RUNS_PERCENT)
    }

    fn share_names(&self) -> bool {
        share(self.names, self.names_of_smaller, NAMES, NAMES_PERCENT)
    }

    fn share_titles(&self) -> bool {
        share(self.title_terms, self.title_terms_of_smaller, TITLE_TERMS, TITLE_PERCENT)
    }

    /// Whether the titles have so many terms in common, or one of them has none.
    fn has_in_titles(&self, n: usize) -> bool {
        self.title_terms_of_smaller == 0 || self.title_terms >= n
    }

    /// Whether they have to do with one another: a passage, or names and terms of the titles that
    /// few articles have, `least_names` of them where neither a title nor a statement in the first
    /// half of both says so.
    fn is_related(&self, least_names: usize) -> bool {
        let says_alike = self.share_names() || self.statements >= 1;
        let by_titles = self.rare_title_terms >= TITLE_TERMS - 1
            && (self.rare_names >= 2 || self.statements >= 1);
        let by_a_title =
            self.rare_title_terms >= 1 && 2 * self.rare_names >= least_names && says_alike;
        let by_names = says_alike && self.rare_names >= least_names;
        let by_a_lead =
            self.statements >= 1 && self.leading >= 1 && 2 * self.rare_names >= least_names;
        self.quotations + self.sentences >= 1 || by_titles || by_a_title || by_names || by_a_lead
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

/// How two articles stand to each other, by what they share.
///
/// Pages that report nothing tell a topic, not a story, in the words of their topic; they are bound by
/// common text alone. Pages of one publisher share their frame: they are bound where one is the other in
/// another edition, or where a quotation and the titles agree; so with pages of which no publisher is
/// known, but that no frame holds two quotations with their marks.
pub(super) fn membership(
    a: &Account,
    b: &Account,
    shared: &Shared,
    credit: Option<&Credit>,
    frequent: &Frequent,
) -> Membership {
    let is_report = a.is_report || b.is_report;
    let is_reported = is_report && shared.is_one_account();
    let unknown = a.identity.publisher.is_none() && b.identity.publisher.is_none();
    let is_one_story = if credit == Some(&Credit::SamePublisher) {
        shared.is_copy() && shared.runs >= PAGE_RUNS && same_title(a, b)
            || is_reported && shared.quotations > 0 && shared.share_titles()
    } else if unknown && shared.quotations < PASSAGES {
        (is_reported || shared.is_copied())
            && (shared.has_in_titles(TITLE_TERMS - 1) || shared.is_copy())
    } else {
        shared.is_copied() || is_reported && (shared.quotations > 0 || shared.has_in_titles(1))
    };
    if is_one_story {
        Membership::SameStory
    } else if shared.is_related(frequent.least_names()) {
        Membership::Related
    } else {
        Membership::Unrelated
    }
}

fn same_title(a: &Account, b: &Account) -> bool {
    let title = |account: &Account| account.title.as_deref().map(tokens);
    title(a).is_some() && title(a) == title(b)
}

fn share(n: usize, of: usize, least: usize, percent: usize) -> bool {
    n >= least && 100 * n >= percent * of
}

/// The tokens that both have, both being sorted.
fn both<'t>(a: &'t [Token], b: &'t [Token]) -> impl Iterator<Item = &'t Token> + Clone {
    a.iter().filter(|token| b.binary_search(token).is_ok())
}
