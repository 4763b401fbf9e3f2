//! Names of persons, told by their form: two to five words with capitals.

use super::phrases::{Words, is_same};
use crate::document::calendar::month;
use crate::span::Span;

/// What may stand in a name in small letters.
const PARTICLES: [&str; 20] = [
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "ter", "van", "von", "y",
];

/// Words with a capital that a name ends before: what a byline goes on with.
const ENDS: [&str; 52] = [
    "about",
    "and",
    "april",
    "at",
    "august",
    "by",
    "cnn",
    "contributing",
    "contributor",
    "correspondent",
    "december",
    "editor",
    "email",
    "executive",
    "february",
    "follow",
    "for",
    "freelance",
    "friday",
    "globe",
    "health",
    "in",
    "january",
    "july",
    "june",
    "last",
    "march",
    "may",
    "monday",
    "national",
    "november",
    "october",
    "on",
    "photo",
    "political",
    "posted",
    "published",
    "reporter",
    "saturday",
    "senior",
    "september",
    "special",
    "staff",
    "sunday",
    "the",
    "thursday",
    "tuesday",
    "updated",
    "via",
    "wednesday",
    "with",
    "writer",
];

/// Words that are in the names of houses, desks and roles, and hardly in those of persons.
const NO_PERSONS: [&str; 138] = [
    "admin",
    "administrator",
    "advertiser",
    "afp",
    "agencies",
    "agency",
    "agent",
    "analyst",
    "app",
    "associated",
    "association",
    "attorney",
    "blog",
    "bloomberg",
    "board",
    "bureau",
    "business",
    "center",
    "centre",
    "certified",
    "club",
    "coach",
    "cofounder",
    "college",
    "columnist",
    "com",
    "committee",
    "communications",
    "company",
    "construction",
    "consultant",
    "contributed",
    "contributor",
    "contributors",
    "corp",
    "correspondent",
    "correspondents",
    "council",
    "daily",
    "department",
    "desk",
    "digital",
    "director",
    "editor",
    "editorial",
    "editors",
    "educator",
    "engineer",
    "entertainment",
    "executive",
    "expert",
    "financial",
    "follow",
    "foundation",
    "founder",
    "gazette",
    "global",
    "group",
    "guest",
    "health",
    "herald",
    "inc",
    "institute",
    "insurance",
    "international",
    "journal",
    "journalism",
    "journalist",
    "licensed",
    "limited",
    "llc",
    "ltd",
    "magazine",
    "manager",
    "marketing",
    "media",
    "medical",
    "ministry",
    "monitor",
    "more",
    "network",
    "news",
    "newspaper",
    "newsroom",
    "observer",
    "office",
    "officer",
    "online",
    "organization",
    "our",
    "partners",
    "physician",
    "plumbing",
    "police",
    "post",
    "press",
    "producer",
    "project",
    "publications",
    "publisher",
    "radio",
    "read",
    "realtor",
    "redaktion",
    "registered",
    "report",
    "reporter",
    "reporters",
    "research",
    "reuters",
    "review",
    "school",
    "service",
    "services",
    "share",
    "society",
    "solutions",
    "specialist",
    "sports",
    "staff",
    "strategist",
    "studio",
    "studios",
    "subscribe",
    "team",
    "technologies",
    "telegraph",
    "times",
    "trainer",
    "tribune",
    "tv",
    "university",
    "vice",
    "view",
    "web",
    "webdesk",
    "wire",
    "writer",
];

/// Whether a word is never part of a person's name.
pub(super) fn is_no_person(word: &str) -> bool {
    NO_PERSONS.iter().any(|no| is_same(word, no))
}

/// A person's name that begins at a word; its bytes and the word behind it.
pub(super) fn person_at(words: &Words<'_>, place: usize) -> Option<(Span, usize)> {
    // `About the author Jo Bell`, `As the editor, Jo Bell ...` begin with no name.
    if words.is_any(place, &["about", "as", "author", "meet", "the"]) {
        return None;
    }
    let (mut end, mut full) = (place, 0);
    let mut at = place;
    let mut glued = None;
    while at < words.len() && at - place < 7 {
        let word = words.at(at);
        if at > place && !is_joined(words.gap(at - 1), words.at(at - 1)) {
            break;
        }
        if is_capital(word) {
            if is_end(word, full)
                || is_dated(words, at)
                || full >= 2 && is_house(word, words.at(place))
            {
                break;
            }
            // A name that holds a house's word is a house's.
            if is_no_person(word) || is_trade(word) {
                return None;
            }
            let initials = word.len() >= 3 && !word.chars().any(char::is_lowercase);
            if at == place && initials && words.at(at + 1).chars().any(char::is_lowercase) {
                return None;
            }
            full += usize::from(word.chars().count() > 1);
            end = at + 1;
            glued = glued_end(word);
            if glued.is_some() {
                break;
            }
        } else if at == place || !PARTICLES.contains(&word) {
            break;
        }
        at += 1;
    }
    (end - place >= 2 && full >= 1).then(|| {
        let last = words.spans[end - 1];
        let mut close = glued.map_or(last.end, |bytes| last.start + bytes);
        // A point behind `Jr` or a last initial belongs to it.
        if words.text[close..].starts_with('.') && words.is_any(end - 1, &["jr", "sr"]) {
            close += 1;
        }
        (Span::new(words.spans[place].start, close), end)
    })
}

/// Where a last name ends in a word that runs on into the next line: `BellPublished`, `BellDec`.
fn glued_end(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let is_start =
        |&at: &usize| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase();
    // `DeMar` is a name.
    let at = (3..bytes.len()).rev().find(is_start)?;
    (month(&word[at..]).is_some() || is_end(&word[at..], 1)).then_some(at)
}

fn is_end(word: &str, so_far: usize) -> bool {
    let ends = ENDS.iter().any(|end| is_same(word, end));
    // `April`, `May`, `June` and `August` begin names too.
    ends && (so_far >= 1 || !["April", "May", "June", "August", "Al"].contains(&word))
}

/// Whether a word is the month of a date behind a name.
fn is_dated(words: &Words<'_>, place: usize) -> bool {
    month(words.at(place)).is_some()
        && words.at(place + 1).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word is a trade by its ending: `Horticulturist`, not `Lindquist`.
fn is_trade(word: &str) -> bool {
    let word = word.as_bytes();
    word.len() >= 8 && word.ends_with(b"ist") && !word.ends_with(b"quist")
}

/// Whether a word behind a name is its house: `CNN` behind small letters, `FOXBusiness`.
fn is_house(word: &str, first: &str) -> bool {
    let upper = word.chars().take_while(|c| c.is_uppercase()).count();
    let all = upper == word.chars().count();
    let usual = first.chars().any(char::is_lowercase);
    let suffix = matches!(word, "II" | "III" | "IV" | "JR" | "SR");
    usual && upper >= 2 && !suffix && (all || upper >= 3)
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && !word.bytes().any(|b| b.is_ascii_digit())
}

/// Whether two words may be of one name: a space or a hyphen between them, after an initial or a
/// title a point.
fn is_joined(gap: &str, before: &str) -> bool {
    let short = before.chars().count() <= 4;
    match gap.trim_matches([' ', '\u{a0}']) {
        "" | "-" | "‑" => true,
        "." => short,
        _ => false,
    }
}

/// Whether a whole value, such as a page's author, is a person's name.
pub(super) fn is_person(value: &str) -> bool {
    let words = Words::of(value);
    if (0..words.len()).any(|place| is_no_person(words.at(place))) || value.contains(['@', '/']) {
        return false;
    }
    let latin = value.bytes().any(|b| b.is_ascii_alphabetic());
    if latin {
        return person_at(&words, 0).is_some_and(|(span, _)| span.start <= 1);
    }
    words.len() > 0 && words.len() <= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&str> {
        person_at(&Words::of(text), 0).map(|(span, _)| span.slice(text))
    }

    #[test]
    fn names_are_told_from_what_follows_them() {
        for (text, expected) in [
            ("Imogen Farrar, Staff Writer", Some("Imogen Farrar")),
            ("Imogen Farrar Staff Writer", Some("Imogen Farrar")),
            ("J. D. van der Holt Updated 3 March", Some("J. D. van der Holt")),
            ("MARTA O’NEILL", Some("MARTA O’NEILL")),
            ("Bo Lund Jr. | 4 min", Some("Bo Lund Jr.")),
            ("Anne-Marie Okoro and Jo Bell", Some("Anne-Marie Okoro")),
            ("Imogen FarrarPublished: 3 March", Some("Imogen Farrar")),
            ("Imogen FarrarDec 20, 2021", Some("Imogen Farrar")),
            ("Imogen DeMar", Some("Imogen DeMar")),
            ("April Stone", Some("April Stone")),
            ("Monday evening", None),
            ("Fenwick News Desk", None),
            ("Admin", None),
            ("the council", None),
            ("", None),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
    }

    #[test]
    fn a_house_is_no_person() {
        assert!(is_person("Imogen Farrar"));
        assert!(is_person("김 철수"));
        for value in ["Star Newsroom", "admin", "Reuters", "imogen@star.example", ""] {
            assert!(!is_person(value), "{value}");
        }
    }
}
