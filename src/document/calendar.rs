//! Months and days of the week by their English names.

/// The months, January first.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The days of the week, Monday first.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The month that a word names, from 1, whatever its case: in full, by its first three letters, or as
/// `sept`.
#[must_use]
pub fn month(word: &str) -> Option<u32> {
    let place = MONTHS.iter().position(|name| names(word, name));
    let place = place.or_else(|| word.eq_ignore_ascii_case("sept").then_some(8))?;
    u32::try_from(place + 1).ok()
}

/// The day of the week that a word names, Monday 0, whatever its case: in full or by its first three
/// letters.
#[must_use]
pub fn weekday(word: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|name| names(word, name))
}

fn names(word: &str, name: &str) -> bool {
    word.eq_ignore_ascii_case(name) || word.eq_ignore_ascii_case(&name[..3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_full_and_short_in_any_case() {
        for (word, expected) in [("January", 1), ("MAY", 5), ("sept", 9), ("Sep", 9), ("dec", 12)] {
            assert_eq!(month(word), Some(expected), "{word}");
        }
        for (word, expected) in [("Monday", 0), ("SUN", 6), ("wed", 2)] {
            assert_eq!(weekday(word), Some(expected), "{word}");
        }
        for word in ["", "ma", "janua", "octo", "é", "日曜日", "tuesdays"] {
            assert_eq!((month(word), weekday(word)), (None, None), "{word}");
        }
    }
}
