//! Days that a sentence names: a weekday or a day of a month.

use super::words::{Word, number_word};
use crate::document::calendar;
use crate::span::Span;

/// A day as a sentence names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Monday is 0.
    Weekday(u8),
    /// January is 0; the day counts from 1.
    OfMonth(u8, u8),
}

/// Words before a day that make it an edge of a span, or a day of another week.
const NOT_THE_DAY: &[&str] = &[
    "after",
    "before",
    "between",
    "by",
    "each",
    "every",
    "following",
    "from",
    "last",
    "next",
    "of",
    "previous",
    "since",
    "through",
    "till",
    "to",
    "until",
];

impl Day {
    /// Whether two days are named in one way, so that they can be compared.
    #[must_use]
    pub fn is_comparable(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Weekday(_), Self::Weekday(_)) | (Self::OfMonth(..), Self::OfMonth(..))
        )
    }
}

/// The days that a sentence names, with whether each is when something happens rather than the edge of
/// a span of time or part of a name.
pub fn days(words: &[Word<'_>]) -> Vec<(Day, Span, bool)> {
    let mut days = Vec::new();
    for (n, word) in words.iter().enumerate().filter(|(_, word)| word.is_capital()) {
        let before = n.checked_sub(1).map(|n| &words[n]);
        let after = words.get(n + 1);
        if let Some(weekday) = calendar::WEEKDAYS.iter().position(|name| *name == word.small) {
            let is_edge = before.is_some_and(|b| NOT_THE_DAY.contains(&b.small.as_str()));
            // The Sunday Times, but on Tuesday March 3.
            let in_name = after.is_some_and(|a| a.is_capital() && a.joined && month(a).is_none());
            days.push((Day::Weekday(weekday as u8), word.span, !is_edge && !in_name));
        } else if let Some(month) = month(word) {
            let of =
                |word: Option<&Word<'_>>| word.filter(|word| word.is_near).and_then(day_number);
            let (first, number) = match (of(before), of(after)) {
                (Some(number), _) => (n - 1, number),
                (None, Some(number)) => (n, number),
                (None, None) => continue,
            };
            let last = if first == n { n + 1 } else { n };
            let edge = first.checked_sub(1).map(|n| words[n].small.as_str());
            let span = Span::new(words[first].span.start, words[last].span.end);
            let is_edge = edge.is_some_and(|edge| NOT_THE_DAY.contains(&edge));
            days.push((Day::OfMonth(month, number), span, !is_edge));
        }
    }
    days
}

fn month(word: &Word<'_>) -> Option<u8> {
    let month = calendar::month(&word.small).filter(|_| word.is_capital())?;
    u8::try_from(month - 1).ok()
}

/// The day that a word beside a month is: `3`, `3rd`.
fn day_number(word: &Word<'_>) -> Option<u8> {
    let digits = word.small.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u8 = digits.parse().ok()?;
    ((1..=31).contains(&number) && number_word(&word.small).is_none()).then_some(number)
}
