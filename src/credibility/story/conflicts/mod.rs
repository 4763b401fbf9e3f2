//! X5: aligned statements of two articles with another day, number or channel.
//!
//! Statements are aligned where they are the same sentence (X2), the same words are quoted (X1), or
//! most of their terms are the same; and where both say that one person spoke on a broadcast, if both
//! name a day. They differ only where neither article names the other's day, number or channel
//! anywhere: an article that has both may speak of two events.

mod channels;
mod days;
mod numbers;
mod words;

use super::account::Account;
use super::claims::claims;
use super::matched::Match;
use super::tokens::sorted_in_common;
use crate::credibility::finding::Passage;
use crate::span::Span;
use channels::{Channel, channels};
use days::{Day, days};
use numbers::{Count, counts};
use words::words;

/// What two statements are compared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PointKind {
    /// The day on which something happened or was said: a weekday or a date.
    Day,
    /// How many of something.
    Number,
    /// Where something was said: a channel, a station, state television.
    Channel,
}

/// How what two articles say of a point agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// They say the same, if in other words: Channel One and Channel 1.
    Same,
    /// The one is vaguer than the other: state television and Channel One, about 1,200 and 1,187.
    Compatible,
    /// They differ: X5.
    Different,
}

/// A point on which both articles say something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What is compared.
    pub kind: PointKind,
    /// How it agrees.
    pub relation: Relation,
    /// The words in the first article.
    pub a: Passage,
    /// The words in the second.
    pub b: Passage,
}

/// The share of the smaller one's terms from which on sentences state one thing.
const ALIGNED: f64 = 0.6;
/// The part of the larger of two numbers by which they may differ if one is said to be rough.
const ROUGHLY: f64 = 0.2;
/// Verbs of speech in sentences that say who spoke where.
const SPEECH: &[&str] = &[
    "appearing",
    "interview",
    "interviewed",
    "said",
    "saying",
    "says",
    "speaking",
    "spoke",
    "talking",
    "tell",
    "telling",
    "tells",
    "told",
];

/// The points on which both articles say something, in the first one's order.
#[must_use]
pub(super) fn points(a: &Account, b: &Account, quotations: &[Match], text: &[Match]) -> Vec<Point> {
    let (of_a, of_b) = (Facts::of_all(a), Facts::of_all(b));
    let sides = Sides { a: &of_a, b: &of_b };
    let mut found = Vec::new();
    for (i, j) in aligned(a, b, text) {
        sides.compare_days(i, j, &mut found);
        sides.compare_numbers(i, j, &mut found);
        sides.compare_channels(i, j, true, &mut found);
    }
    for quote in quotations {
        if let (Some(i), Some(j)) = (sentence_of(a, quote.a), sentence_of(b, quote.b)) {
            sides.compare_channels(i, j, true, &mut found);
        }
    }
    for i in (0..of_a.len()).filter(|&i| of_a[i].is_broadcast()) {
        for j in (0..of_b.len()).filter(|&j| of_b[j].is_broadcast()) {
            let names = |n: usize, of: &Account| of.sentences[n].terms.names.clone();
            if sorted_in_common(&names(i, a), &names(j, b)) > 1 {
                sides.compare_channels(i, j, false, &mut found);
                sides.compare_days(i, j, &mut found);
            }
        }
    }
    found.sort_by_key(|point| (point.a, point.b, point.kind));
    // One thing said twice is one point: the first place of each.
    let mut seen = Vec::new();
    found.retain(|point| {
        let key = (point.kind, a.text(point.a).to_lowercase(), b.text(point.b).to_lowercase());
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    found
}

/// The sentences that state one thing, by their indices.
fn aligned(a: &Account, b: &Account, text: &[Match]) -> Vec<(usize, usize)> {
    let same =
        text.iter().filter_map(|found| Some((sentence_of(a, found.a)?, sentence_of(b, found.b)?)));
    let claims = claims(a, b).into_iter().filter(|claim| claim.share >= ALIGNED);
    let mut pairs: Vec<_> = same.chain(claims.map(|claim| (claim.a, claim.b))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The sentence in which a passage ends.
fn sentence_of(account: &Account, passage: Passage) -> Option<usize> {
    let end = (passage.paragraph, passage.within.end);
    let ends = |n: usize| {
        let of = account.sentences[n].passage;
        (of.paragraph, of.within.end)
    };
    let (mut low, mut high) = (0, account.sentences.len());
    while low < high {
        let middle = (low + high) / 2;
        if ends(middle) < end { low = middle + 1 } else { high = middle }
    }
    (low < account.sentences.len() && ends(low).0 == end.0).then_some(low)
}

/// What a sentence says of days, numbers and channels.
struct Facts {
    passage: Passage,
    days: Vec<(Day, Span, bool)>,
    counts: Vec<Count>,
    channels: Vec<Channel>,
    says: bool,
}

impl Facts {
    fn of_all(account: &Account) -> Vec<Self> {
        let of = |passage| {
            let words = words(account.text(passage));
            Self {
                passage,
                days: days(&words),
                counts: counts(&words),
                channels: channels(&words),
                says: words.iter().any(|word| SPEECH.contains(&word.small.as_str())),
            }
        };
        account.sentences.iter().map(|sentence| of(sentence.passage)).collect()
    }

    /// Whether it says that someone spoke on a medium.
    fn is_broadcast(&self) -> bool {
        self.says && !self.channels.is_empty()
    }

    fn passage(&self, span: Span) -> Passage {
        let start = self.passage.within.start;
        Passage::new(self.passage.paragraph, start + span.start, start + span.end)
    }
}

/// The facts of both articles, sentence by sentence.
struct Sides<'f> {
    a: &'f [Facts],
    b: &'f [Facts],
}

impl Sides<'_> {
    fn point(
        &self,
        (kind, relation): (PointKind, Relation),
        (i, a): (usize, Span),
        (j, b): (usize, Span),
    ) -> Point {
        Point { kind, relation, a: self.a[i].passage(a), b: self.b[j].passage(b) }
    }

    fn compare_days(&self, i: usize, j: usize, found: &mut Vec<Point>) {
        let (&[(a, in_a, true)], &[(b, in_b, true)]) = (&self.a[i].days[..], &self.b[j].days[..])
        else {
            return;
        };
        let names = |facts: &[Facts], day: Day| {
            facts.iter().any(|facts| facts.days.iter().any(|(other, ..)| *other == day))
        };
        let relation = if a == b {
            Relation::Same
        } else if a.is_comparable(b) && !names(self.a, b) && !names(self.b, a) {
            Relation::Different
        } else {
            return;
        };
        found.push(self.point((PointKind::Day, relation), (i, in_a), (j, in_b)));
    }

    fn compare_numbers(&self, i: usize, j: usize, found: &mut Vec<Point>) {
        for a in single(&self.a[i].counts) {
            for b in single(&self.b[j].counts).filter(|b| b.unit == a.unit) {
                let is_near = (a.value - b.value).abs() <= ROUGHLY * a.value.max(b.value);
                let relation = if a.value == b.value {
                    Relation::Same
                } else if a.is_rough || b.is_rough {
                    if !is_near {
                        continue;
                    }
                    Relation::Compatible
                } else if has(self.a, b) || has(self.b, a) {
                    continue;
                } else {
                    Relation::Different
                };
                found.push(self.point((PointKind::Number, relation), (i, a.span), (j, b.span)));
            }
        }
    }

    /// Compares where something was said; `differing` also if the places have nothing in common.
    fn compare_channels(&self, i: usize, j: usize, differing: bool, found: &mut Vec<Point>) {
        let ([a], [b]) = (&self.a[i].channels[..], &self.b[j].channels[..]) else { return };
        let names = |facts: &[Facts], channel: &Channel| {
            facts.iter().any(|facts| facts.channels.iter().any(|c| c.name == channel.name))
        };
        let within = |a: &Channel, b: &Channel| a.name.iter().all(|word| b.name.contains(word));
        let relation = if a.name == b.name {
            Relation::Same
        } else if within(a, b) || within(b, a) {
            Relation::Compatible
        } else if differing && !names(self.a, b) && !names(self.b, a) {
            Relation::Different
        } else {
            return;
        };
        found.push(self.point((PointKind::Channel, relation), (i, a.span), (j, b.span)));
    }
}

/// The counts whose unit the sentence counts only once.
fn single(counts: &[Count]) -> impl Iterator<Item = &Count> {
    counts.iter().filter(|count| counts.iter().filter(|c| c.unit == count.unit).count() == 1)
}

fn has(facts: &[Facts], count: &Count) -> bool {
    let mut all = facts.iter().flat_map(|facts| &facts.counts);
    all.any(|other| other.unit == count.unit && other.value == count.value)
}
