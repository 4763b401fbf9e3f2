//! Dates as pages write them, to ISO 8601.
//!
//! What a date means is left to `jiff`; here stand the forms. Not read: forms that leave open which
//! number is the month (`03/04/2023`), words of relation (`yesterday`).

use crate::document::calendar::MONTHS as ENGLISH;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

/// Newspapers are not older than this; earlier years are errors.
const FIRST_YEAR: i16 = 1600;
/// Later years are errors.
const LAST_YEAR: i16 = 2100;

/// Longer texts are not dates.
const MAX_BYTES: usize = 120;

/// A date `2023-11-27`, or a date and time `2023-11-27T10:00:00+01:00` with the offset that the
/// page gives, if it gives one; fractions of seconds go. `None` for what is no date, or none that
/// can be: 1 January 1970, where computers begin to count, stands for a date that was never set.
pub(super) fn iso_8601(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES || !text.bytes().any(|c| c.is_ascii_digit()) {
        return None;
    }
    if text.bytes().all(|c| c.is_ascii_digit()) {
        return digits(text);
    }
    iso(text).or_else(|| mail(text)).or_else(|| words(text)).or_else(|| numbers(text))
}

/// The date that a line holds among other words, its month a word.
pub(super) fn in_words(line: &str) -> Option<String> {
    words(line).or_else(|| line.split_whitespace().find_map(iso))
}

fn is_plausible(date: Date) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&date.year()) && date != jiff::civil::date(1970, 1, 1)
}

fn written(at: DateTime, offset: Option<Offset>) -> Option<String> {
    if !is_plausible(at.date()) {
        return None;
    }
    let (date, time) = (at.date(), at.time());
    let seconds = offset.map_or(0, Offset::seconds).unsigned_abs();
    let zone = match offset {
        None => String::new(),
        Some(zone) if zone.seconds() == 0 => "Z".to_owned(),
        Some(zone) => {
            let sign = if zone.seconds() < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
        }
    };
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{zone}"))
}

fn written_date(date: Date) -> Option<String> {
    is_plausible(date).then(|| date.to_string())
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    Date::new(year, month, day).ok()
}

/// `20231127`, `20231127100000`, seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<String> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    match text.len() {
        8 => written_date(date(number(0..4)?, number(4..6)?, number(6..8)?)?),
        9 | 10 => since_1970(text.parse().ok()?),
        12 | 13 => since_1970(text.parse::<i64>().ok()? / 1000),
        14 => {
            let date = date(number(0..4)?, number(4..6)?, number(6..8)?)?;
            let time = jiff::civil::Time::new(
                number(8..10)?.try_into().ok()?,
                number(10..12)?.try_into().ok()?,
                number(12..14)?.try_into().ok()?,
                0,
            );
            written(date.to_datetime(time.ok()?), None)
        }
        _ => None,
    }
}

fn since_1970(seconds: i64) -> Option<String> {
    let at = jiff::Timestamp::from_second(seconds).ok()?;
    written(Offset::UTC.to_datetime(at), Some(Offset::UTC))
}

/// RFC 3339 and its kin, with a space before the time or the offset, or slashes in the date.
fn iso(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let text = match bytes[4] {
        b'/' | b'.' => year_first(text)?,
        _ => text.to_owned(),
    };
    let text = text.trim_end_matches(" UTC").trim_end_matches(" GMT");
    let joined = match text.rsplit_once(' ') {
        Some((head, zone)) if zone.starts_with(['+', '-']) => format!("{head}{zone}"),
        _ => text.to_owned(),
    };
    let pieces = Pieces::parse(&joined).or_else(|_| {
        // A date, and behind it something that is no time.
        let end = text.find(['T', ' ', ',']).unwrap_or(text.len());
        Pieces::parse(&text[..end])
    });
    let pieces = pieces.ok()?;
    match pieces.time() {
        None => written_date(pieces.date()),
        Some(time) => written(pieces.date().to_datetime(time), pieces.to_numeric_offset()),
    }
}

/// `2023/11/27 10:00` with hyphens.
fn year_first(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, ['/', '.']);
    let (year, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (day, rest) = rest.split_at(end);
    Some(format!("{year}-{month:0>2}-{day:0>2}{rest}"))
}

/// RFC 2822: `Mon, 27 Nov 2023 10:00:00 +0000`.
fn mail(text: &str) -> Option<String> {
    let zoned = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned_datetime(text);
    let zoned = zoned.ok()?;
    written(zoned.datetime(), Some(zoned.offset()))
}

/// `Nov. 27, 2023`, `27 November 2023`, `27th of November, 2023`, with words before and a time
/// behind, which goes: zones in words mean more than one thing.
fn words(text: &str) -> Option<String> {
    let pieces: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
    let month_at = |i: usize| pieces.get(i).and_then(|piece| month(piece));
    let number = |i: usize| pieces.get(i).and_then(|piece| day_number(piece));
    (0..pieces.len()).find_map(|i| {
        let month = month_at(i)?;
        let year = |i: usize| number(i).filter(|year| (1000..10_000).contains(year));
        let day = |i: usize| number(i).filter(|day| (1..=31).contains(day));
        let day_first = i.checked_sub(1).and_then(|before| {
            let of = pieces[before].eq_ignore_ascii_case("of") || pieces[before] == "de";
            day(if of { before.checked_sub(1)? } else { before })
        });
        let after = pieces.get(i + 1).is_some_and(|piece| *piece == "de");
        let behind = i + 1 + usize::from(after);
        let found = match (day_first, year(behind)) {
            (Some(day), Some(year)) => date(year, month, day),
            _ => date(year(i + 2)?, month, day(i + 1)?),
        };
        found.and_then(written_date)
    })
}

/// `27.11.2023`, `11/27/2023`, where one of the two numbers can be the day alone.
fn numbers(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-')).find_map(|piece| {
        let piece = piece.trim_matches(['/', '.', '-']);
        let separator = piece.chars().find(|c| !c.is_ascii_digit())?;
        let parts: Vec<&str> = piece.split(separator).take(4).collect();
        let [one, two, three] = parts[..] else { return None };
        let (first, second) = (one.parse::<i64>().ok()?, two.parse().ok()?);
        let third = three.parse().ok()?;
        if one.len() == 4 {
            return written_date(date(first, second, third)?);
        }
        let year = if third < 70 && three.len() == 2 { 2000 + third } else { third };
        let (day, month) = match (first, second) {
            // Only Europe and the world put points between day and month.
            _ if separator == '.' => (first, second),
            _ if first > 12 || first == second => (first, second),
            _ if second > 12 => (second, first),
            _ => return None,
        };
        written_date(date(year, month, day)?)
    })
}

/// A number, which may be ordinal: `27`, `27th`.
fn day_number(piece: &str) -> Option<i64> {
    let end = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
    let tail = &piece[end..];
    let ordinal =
        tail.is_empty() || ["st", "nd", "rd", "th"].iter().any(|t| t.eq_ignore_ascii_case(tail));
    if ordinal && end > 0 && end <= 4 { piece[..end].parse().ok() } else { None }
}

/// Names of the months that are told by their beginning: English, then German, French, Spanish,
/// Italian and Portuguese where they differ.
const MONTHS: [&[&str]; 12] = [
    &["jan", "januar", "janv", "janvier", "enero", "gennaio", "janeiro", "ene"],
    &["feb", "februar", "févr", "février", "febrero", "febbraio", "fevereiro"],
    &["mar", "märz", "mars", "marzo", "março"],
    &["apr", "avril", "abril", "aprile", "abr"],
    &["may", "mai", "mayo", "maggio", "maio"],
    &["jun", "juni", "juin", "junio", "giugno", "junho"],
    &["jul", "juli", "juillet", "julio", "luglio", "julho"],
    &["aug", "août", "agosto", "ago"],
    &["sep", "sept", "septembre", "septiembre", "settembre", "setembro"],
    &["oct", "okt", "oktober", "octobre", "octubre", "ottobre", "outubro"],
    &["nov", "novembre", "noviembre", "novembro"],
    &["dec", "dez", "dezember", "décembre", "diciembre", "dicembre", "dezembro"],
];

/// A month from 1 by its name.
fn month(piece: &str) -> Option<i64> {
    if piece.len() < 3 || piece.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let folded = piece.to_lowercase();
    let is_it = |i: usize| ENGLISH[i] == folded || MONTHS[i].contains(&folded.as_str());
    (0..12).find(|&i| is_it(i)).and_then(|i| i64::try_from(i + 1).ok())
}

/// Whether a word names a month.
pub(super) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// The date in an address, as news sites write it: `/2023/11/27/` or `/2023-11-27/`.
pub(super) fn in_address(address: &str) -> Option<String> {
    let mut numbers = address.split(['/', '-', '_', '?', '#', '.']);
    let mut last = (None, None);
    loop {
        let piece = numbers.next()?;
        let number = Some(piece).filter(|p| p.bytes().all(|c| c.is_ascii_digit()));
        let day = number.filter(|piece| piece.len() == 2);
        if let ((Some(year), Some(month)), Some(day)) = (last, day) {
            let found = date(year, month, day.parse().ok()?).filter(|d| d.year() >= 1990);
            if let Some(found) = found {
                return written_date(found);
            }
        }
        let year = number.filter(|piece| piece.len() == 4).and_then(|piece| piece.parse().ok());
        last = match (last, day) {
            ((Some(year), None), Some(month)) => (Some(year), month.parse().ok()),
            _ => (year, None),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_the_usual_forms_are_read() {
        for (text, expected) in [
            ("2023-11-27", "2023-11-27"),
            ("2023-11-27T10:00:00Z", "2023-11-27T10:00:00Z"),
            ("2023-11-27T10:00:00.123+01:00", "2023-11-27T10:00:00+01:00"),
            ("2023-11-27T10:00:00+0000", "2023-11-27T10:00:00Z"),
            ("2023-11-27T10:00:00-0530", "2023-11-27T10:00:00-05:30"),
            ("2023-11-27 10:00:00 +0200", "2023-11-27T10:00:00+02:00"),
            ("2023-11-27 10:00:00 UTC", "2023-11-27T10:00:00"),
            ("2023-11-27T10:00", "2023-11-27T10:00:00"),
            ("2023-11-27 noon", "2023-11-27"),
            ("2023/11/7", "2023-11-07"),
            ("2023/11/27 08:05", "2023-11-27T08:05:00"),
            ("20231127", "2023-11-27"),
            ("20231127100000", "2023-11-27T10:00:00"),
            ("1701079200", "2023-11-27T10:00:00Z"),
            ("1701079200000", "2023-11-27T10:00:00Z"),
            ("Mon, 27 Nov 2023 10:00:00 +0100", "2023-11-27T10:00:00+01:00"),
            ("Tue, 27 Nov 2023 10:00:00 GMT", "2023-11-27T10:00:00Z"),
            ("Nov. 27, 2023", "2023-11-27"),
            ("Published on November 27th, 2023 at 10:00 a.m. ET", "2023-11-27"),
            ("27 November 2023", "2023-11-27"),
            ("the 3rd of May, 1897", "1897-05-03"),
            ("27. März 2023", "2023-03-27"),
            ("27 de noviembre de 2023", "2023-11-27"),
            ("27.11.2023", "2023-11-27"),
            ("11/27/2023", "2023-11-27"),
            ("Posted 27/11/23, 10:00", "2023-11-27"),
            ("5/5/2023", "2023-05-05"),
        ] {
            assert_eq!(iso_8601(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_cannot_be_one_is_left_out() {
        for text in [
            "",
            "today",
            "27",
            "2023",
            "3/4/2023",
            "31 February 2023",
            "2023-13-01",
            "0001-01-01",
            "1970-01-01T00:00:00Z",
            "0",
            "000000000",
            "9999-12-31",
            "99999999999999",
            "May it be 2023 times",
            "1.2.3",
            "-",
            "Ⅷ 27",
            "20\u{fffd}3-11-27",
            "99999999",
        ] {
            assert_eq!(iso_8601(text), None, "{text}");
        }
        assert_eq!(iso_8601(&"1/".repeat(1 << 20)), None);
    }

    #[test]
    fn addresses_tell_dates() {
        for (address, expected) in [
            ("https://harbour.example/news/2023/11/27/bridge", Some("2023-11-27")),
            ("https://harbour.example/2023-11-27-bridge.html", Some("2023-11-27")),
            ("https://harbour.example/2023/11/bridge", None),
            ("https://harbour.example/2023/13/45/bridge", None),
            ("https://harbour.example/1066/10/14/battle", None),
            ("", None),
        ] {
            assert_eq!(in_address(address).as_deref(), expected, "{address}");
        }
    }
}
