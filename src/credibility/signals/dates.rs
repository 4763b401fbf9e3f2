//! Dates with day, month and year, where they stand in a line.

use super::phrases::{Words, is_same};
use crate::document::calendar::month;
use crate::span::Span;

/// A date in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundDate {
    /// Its bytes.
    pub(super) span: Span,
    /// ISO 8601; `None` where the form leaves open which number is the month.
    pub(super) iso: Option<String>,
}

/// Years in which news was put on the web, and those that it may yet see.
const YEARS: std::ops::RangeInclusive<u32> = 1980..=2100;

/// All dates of a line, in order.
pub(super) fn dates(words: &Words<'_>) -> Vec<FoundDate> {
    let mut found: Vec<FoundDate> = Vec::new();
    let mut place = 0;
    while place < words.len() {
        match date_at(words, place) {
            Some((date, next)) => {
                found.push(date);
                place = next;
            }
            None => place += 1,
        }
    }
    found
}

/// A date that begins at a word, and the word behind it.
pub(super) fn date_at(words: &Words<'_>, place: usize) -> Option<(FoundDate, usize)> {
    if let Some((glued, month)) = month_in(words.at(place)) {
        let day = day(words.at(place + 1))?;
        let year = year(words.at(place + 2))?;
        let close = is_close(words.gap(place)) && is_close(words.gap(place + 1));
        let (mut date, next) =
            close.then(|| made(words, place, place + 3, Some((year, month, day))))??;
        date.span.start += glued;
        return Some((date, next));
    }
    if let Some(day) = day(words.at(place)) {
        let of = usize::from(words.is_any(place + 1, &["of"]));
        if let Some(month) = month(words.at(place + 1 + of)) {
            let year = year(words.at(place + 2 + of))?;
            let close = is_close(words.gap(place)) && is_close(words.gap(place + 1 + of));
            return close.then(|| made(words, place, place + 3 + of, Some((year, month, day))))?;
        }
    }
    numeric(words, place)
}

/// A month, and the bytes before it in its word: pages run lines together, `By Jo BellDec 3, 2021`.
fn month_in(word: &str) -> Option<(usize, u32)> {
    let bytes = word.as_bytes();
    let is_start =
        |&at: &usize| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase();
    let whole = month(word).map(|month| (0, month));
    whole.or_else(|| {
        let at = (1..bytes.len()).rev().find(is_start)?;
        month(&word[at..]).map(|month| (at, month))
    })
}

/// `2023-11-27`, `2023-11-27T10:00`, `27/11/2023`, `27.11.2023`, `11/27/23`.
fn numeric(words: &Words<'_>, place: usize) -> Option<(FoundDate, usize)> {
    let separator = words.gap(place);
    if !["-", "/", "."].contains(&separator) || words.gap(place + 1) != separator {
        return None;
    }
    // Addresses of pages have dates in their paths.
    let is_path =
        place > 0 && words.gap(place - 1).ends_with('/') || words.gap(place + 2).starts_with('/');
    if is_path {
        return None;
    }
    let third = words.at(place + 2);
    let third = third.split(['T', 't']).next().unwrap_or_default();
    let (one, two, three) =
        (number(words.at(place))?, number(words.at(place + 1))?, number(third)?);
    if words.at(place).len() == 4 {
        return made(words, place, place + 3, Some((one, two, three)));
    }
    let year = match third.len() {
        4 => three,
        2 if separator == "/" => 2000 + three,
        _ => return None,
    };
    if one == 0 || two == 0 || one > 31 || two > 31 || !YEARS.contains(&year) {
        return None;
    }
    let parts = match (one, two) {
        _ if separator == "." || one > 12 || one == two => (year, two, one),
        _ if two > 12 => (year, one, two),
        _ => return made(words, place, place + 3, None),
    };
    made(words, place, place + 3, Some(parts))
}

fn made(
    words: &Words<'_>,
    from: usize,
    to: usize,
    parts: Option<(u32, u32, u32)>,
) -> Option<(FoundDate, usize)> {
    let iso = match parts {
        Some((year, month, day)) => {
            let (y, m, d) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
            let date = jiff::civil::Date::new(y, m, d).ok()?;
            Some(date).filter(|_| YEARS.contains(&year))?.to_string().into()
        }
        None => None,
    };
    let last = words.spans[to - 1];
    let end = if is_glued_year(words.at(to - 1)) { last.start + 4 } else { last.end };
    let span = Span::new(words.spans[from].start, end);
    Some((FoundDate { span, iso }, to))
}

fn number(word: &str) -> Option<u32> {
    let digits = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok())?
}

/// `27`, `27th`.
fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &word[digits.len()..];
    let ordinal = tail.is_empty() || ["st", "nd", "rd", "th"].iter().any(|end| is_same(tail, end));
    number(digits).filter(|day| ordinal && digits.len() <= 2 && (1..=31).contains(day))
}

fn year(word: &str) -> Option<u32> {
    let word = if is_glued_year(word) { &word[..4] } else { word };
    number(word).filter(|year| word.len() == 4 && YEARS.contains(year))
}

/// Whether the next line's first word follows a year without a blank: `3 May 2021Updated`.
fn is_glued_year(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() > 4 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4].is_ascii_uppercase()
}

fn is_close(gap: &str) -> bool {
    matches!(gap.trim_matches([' ', '\u{a0}']), "" | "," | "." | "-" | "/" | ".,")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_where_they_stand() {
        for (line, expected) in [
            ("Posted on Nov. 27, 2023 at 9", Some(("Nov. 27, 2023", Some("2023-11-27")))),
            ("27th of November 2023 | 4 min", Some(("27th of November 2023", Some("2023-11-27")))),
            ("MARCH 3 2021", Some(("MARCH 3 2021", Some("2021-03-03")))),
            ("12-Sep-2020", Some(("12-Sep-2020", Some("2020-09-12")))),
            ("2023-11-27T10:00Z", Some(("2023-11-27T10", Some("2023-11-27")))),
            ("27/11/2023", Some(("27/11/2023", Some("2023-11-27")))),
            ("03/04/2023", Some(("03/04/2023", None))),
            ("By Jo BellNov 27, 2023", Some(("Nov 27, 2023", Some("2023-11-27")))),
            ("27 Nov 2023Updated today", Some(("27 Nov 2023", Some("2023-11-27")))),
            ("https://star.example/2023/11/27/ferry", None),
            ("27.11.2023", Some(("27.11.2023", Some("2023-11-27")))),
            ("31 February 2023", None),
            ("May 2023", None),
            ("in 1.2.3", None),
            ("Tuesday", None),
            ("3 May 1897", None),
        ] {
            let found = dates(&Words::of(line)).into_iter().next();
            let found = found.map(|date| (date.span.slice(line), date.iso));
            assert_eq!(found, expected.map(|(s, iso)| (s, iso.map(str::to_owned))), "{line}");
        }
    }
}
