//! Two articles side by side: what they share, where they differ, in plain data.

use super::account::{Account, MAX_WORDS};
use super::conflicts::{Point, Relation, points};
use super::corroboration::corroborated;
use super::credit::{Credit, credit};
use super::frequent::Frequent;
use super::joining::Runs;
use super::lost::{Lost, lost};
use super::matched::Match;
use super::membership::{Membership, Shared, membership};
use super::shared_quotes::{self, shared_quotes};
use super::shared_text::{self, is_comparable, shared_text};

/// What two articles have to do with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The first article's index; less than the second's.
    pub a: usize,
    /// The second's.
    pub b: usize,
    /// X1: quotations in the same words.
    pub quotations: Vec<Match>,
    /// Sentences that are the same outside quotations: X2 where `credit` is `None`.
    pub text: Vec<Match>,
    /// Who credits whom; `None` where neither credits the other nor both one agency.
    pub credit: Option<Credit>,
    /// X5 and agreements: days, numbers and channels of aligned statements, where both are in English.
    pub points: Vec<Point>,
    /// X3, where it was looked for: what one attributes and the other states as a fact.
    pub lost: Vec<Lost>,
    /// X4, where it was looked for: aligned statements of different named persons.
    pub corroborated: Vec<Match>,
    /// What they share, in counts.
    pub shared: Shared,
    /// X7, by what these two share alone.
    pub membership: Membership,
    /// What their dates say. They say nothing of who wrote first: the direction of what is shared
    /// cannot be established.
    pub dates: Dates,
}

/// Which of two publication dates is the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dates {
    /// One of them is not known.
    Unknown,
    /// Both are of one day.
    Same,
    /// The first article's.
    FirstEarlier,
    /// The second's.
    SecondEarlier,
}

/// The runs of an article's sentences and quotations, made once to compare it with many.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    sentences: Runs,
    quotes: Runs,
}

impl Prepared {
    pub(super) fn of(account: &Account) -> Self {
        let sentences = account.sentences.iter();
        Self {
            sentences: Runs::of(sentences.map(|s| if is_comparable(s) { &*s.own } else { &[] })),
            quotes: Runs::of(account.quotes.iter().map(|quote| &*quote.words)),
        }
    }
}

/// Compares two articles with their indices.
#[must_use]
pub(super) fn compare(
    (a, first, of_first): (usize, &Account, &Prepared),
    (b, second, of_second): (usize, &Account, &Prepared),
    frequent: &Frequent,
) -> Pair {
    debug_assert!(first.sentences.iter().all(|sentence| sentence.own.len() <= MAX_WORDS));
    let quotations = shared_quotes(first, second, &of_first.quotes.joined(&of_second.quotes));
    let mut text = shared_text(first, second, &of_first.sentences.joined(&of_second.sentences));
    let credit = credit(first, second);
    if credit == Some(Credit::SamePublisher) {
        text.retain(|found| {
            let sentence = first.sentence(found.a);
            sentence.is_none_or(|sentence| !frequent.is_frame(first, sentence))
        });
    }
    if let ([], [only]) = (&quotations[..], &text[..])
        && !shared_text::tells_alone(only)
    {
        text.clear();
    }
    let shared = Shared::count(first, second, &quotations, &text, frequent);
    let dates = dates(first, second);
    let membership = membership(first, second, &shared, credit.as_ref(), frequent);
    Pair {
        a,
        b,
        quotations,
        text,
        credit,
        points: Vec::new(),
        lost: Vec::new(),
        corroborated: Vec::new(),
        shared,
        membership,
        dates,
    }
}

impl Pair {
    /// Adds what only articles of one story have, and takes away what means nothing otherwise.
    pub(super) fn finish(&mut self, first: &Account, second: &Account, in_one_story: bool) {
        if in_one_story && first.is_english && second.is_english {
            self.points = points(first, second, &self.quotations, &self.text);
            let is_other_day = matches!(self.dates, Dates::FirstEarlier | Dates::SecondEarlier);
            if self.credit == Some(Credit::SamePublisher) && !is_other_day {
                // Two pages of one publisher on one day fill one template.
                self.points.retain(|point| point.relation != Relation::Different);
            }
        }
        if !in_one_story {
            self.quotations.retain(shared_quotes::tells_alone);
        }
    }

    /// Adds the experimental signals of two articles of one story; after [`Self::finish`].
    pub(super) fn try_out(
        &mut self,
        (first, of_first): (&Account, &Prepared),
        (second, of_second): (&Account, &Prepared),
    ) {
        if !first.is_english || !second.is_english {
            return;
        }
        self.lost = lost(
            (first, &of_first.sentences, &of_first.quotes),
            (second, &of_second.sentences, &of_second.quotes),
            &self.quotations,
            &self.text,
        );
        self.corroborated = corroborated(first, second, self);
    }

    /// Whether there is anything to say of the two.
    pub(super) fn tells(&self) -> bool {
        self.membership > Membership::Unrelated || !self.points.is_empty()
    }
}

fn dates(a: &Account, b: &Account) -> Dates {
    match (day(a), day(b)) {
        (Some(a), Some(b)) if a < b => Dates::FirstEarlier,
        (Some(a), Some(b)) if a > b => Dates::SecondEarlier,
        (Some(_), Some(_)) => Dates::Same,
        _ => Dates::Unknown,
    }
}

/// The day of publication, `2021-03-14`; days in this form sort like text.
fn day(account: &Account) -> Option<&str> {
    let day = account.identity.published.as_deref()?.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(n, byte)| match n {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then_some(day)
}
