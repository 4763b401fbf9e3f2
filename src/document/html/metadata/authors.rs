//! Names of authors: lists taken apart, and what is no name left out.

use std::collections::BTreeSet;

use super::plain::{folded, plain};

/// So many authors count: papers of physics have thousands.
const MAX_AUTHORS: usize = 100;

/// Longer pieces are sentences.
const MAX_WORDS: usize = 7;
const MAX_BYTES: usize = 80;

/// What stands before names.
const BEFORE: [&str; 22] = [
    "by",
    "by:",
    "written by",
    "view all posts by",
    "view all articles by",
    "more from",
    "more by",
    "follow",
    "posted by",
    "story by",
    "words by",
    "author:",
    "author",
    "authors:",
    "from",
    "published by",
    "reported by",
    "reviewed by",
    "par",
    "von",
    "por",
    "autor:",
];

/// Words that are never a name on their own.
const NO_NAMES: [&str; 11] = [
    "admin",
    "administrator",
    "author",
    "unknown",
    "none",
    "null",
    "undefined",
    "anonymous",
    "sponsored",
    "guest",
    "user",
];

/// What in a byline says that the name has ended.
const ENDS: [&str; 13] = [
    "updated",
    "published",
    "posted",
    "last",
    "on",
    "in",
    "for",
    "at",
    "is",
    "with",
    "read",
    "photo",
    "photos",
];

/// How the days of the week begin.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Words of which one at the end of a piece after a comma makes it a rank.
const RANKS: [&str; 18] = [
    "editor",
    "reporter",
    "writer",
    "correspondent",
    "staff",
    "contributor",
    "producer",
    "columnist",
    "officer",
    "head",
    "journalist",
    "director",
    "founder",
    "ceo",
    "manager",
    "analyst",
    "author",
    "freelancer",
];

/// A list of names without doubles.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<String>,
}

impl Names {
    /// Adds the names in a value such as `By Ann Example and Bo Sample, Senior Editor`.
    pub(super) fn add(&mut self, value: &str) {
        if self.names.len() >= MAX_AUTHORS {
            return;
        }
        let Some(text) = plain(value) else { return };
        if is_address(&text) {
            return;
        }
        let text = without_before(&text);
        let mut names: Vec<String> = Vec::new();
        for piece in pieces(text) {
            let piece = without_before(
                piece.trim_matches(|c: char| c.is_whitespace() || ",.:*-–—".contains(c)),
            );
            if is_credential(piece) {
                continue;
            }
            if is_name(piece) {
                names.push(piece.to_owned());
            }
        }
        for name in names {
            let known = self.names.iter().any(|known| folded(known) == folded(&name));
            if !known && self.names.len() < MAX_AUTHORS {
                self.names.push(name);
            }
        }
    }

    /// Adds one name, which may be written `Example, Ann`.
    pub(super) fn add_inverted(&mut self, value: &str) {
        let mut parts = value.split(',').map(str::trim);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(last), Some(first), None) if !is_credential(first) => {
                self.add(&format!("{first} {last}"));
            }
            _ => self.add(value),
        }
    }

    /// Adds the names in a line that a reader sees, which may hold more than names. Unless it is
    /// `sure` that there are names, it has to look like it.
    pub(super) fn add_line(&mut self, line: &str, sure: bool) {
        let line = line.lines().next().unwrap_or_default();
        let line = line.split(['|', '•', '·', '⋅', '»', '(', '@', '/']).next().unwrap_or_default();
        let begins = without_before(line.trim());
        let had_by = begins.len() < line.trim().len();
        let all: Vec<&str> = begins.split_whitespace().collect();
        let end = (0..all.len()).find(|&i| ends_name(all[i], all.get(i + 1).copied()));
        let named = all[..end.unwrap_or(all.len())].join(" ");
        let is_sentence = named.contains(' ') && !named.starts_with(char::is_uppercase);
        if sure || (had_by && !is_sentence) || looks_like_names(&named) {
            self.add(&named);
        }
    }

    /// Whether one of the names is not that of an organisation; those are [`folded`].
    pub(super) fn has_person(&self, organisations: &BTreeSet<String>) -> bool {
        self.names.iter().any(|name| !organisations.contains(&folded(name)))
    }

    /// The names; those of the site or its publisher go, where persons stay.
    pub(super) fn finish(mut self, organisations: &BTreeSet<String>) -> Option<Vec<String>> {
        // A line that goes on behind a name that stands alone elsewhere.
        let all: Vec<String> = self.names.iter().map(|name| folded(name)).collect();
        let goes_on = |name: &str| {
            let name = folded(name);
            all.iter().any(|other| name.len() > other.len() && name.starts_with(other.as_str()))
        };
        self.names.retain(|name| !goes_on(name));
        if self.has_person(organisations) {
            self.names.retain(|name| !organisations.contains(&folded(name)));
        }
        (!self.names.is_empty()).then_some(self.names)
    }
}

/// Whether a word is no part of a name any more: a date, or what leads to one.
fn ends_name(word: &str, next: Option<&str>) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let (word, dash) = (bare(word), matches!(word, "-" | "–" | "—"));
    let next = next.map(bare).unwrap_or_default();
    // Months and days are names of persons, too.
    let dates = (super::date::is_month(&word) && is_number(&next))
        || (DAYS.iter().any(|day| word.starts_with(day))
            && (super::date::is_month(&next) || is_number(&next)));
    dash || dates || is_number(&word) || ENDS.contains(&word.as_str())
}

fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with("www.") || text.starts_with('@')
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '|', '•', '·', '/', '\n'])
        .flat_map(|piece| piece.split(" and "))
        .flat_map(|piece| piece.split(" & "))
        .flat_map(|piece| piece.split(" und "))
        .flat_map(|piece| piece.split(" et "))
        .flat_map(|piece| {
            piece.strip_prefix(" and ").or(piece.strip_prefix("and ")).or(Some(piece))
        })
}

fn without_before(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let found = BEFORE.iter().filter_map(|before| {
            let start = text.get(..before.len())?;
            let rest = &text[before.len()..];
            let ends =
                before.ends_with(':') || rest.starts_with(|c: char| c.is_whitespace() || c == ':');
            (start.eq_ignore_ascii_case(before) && ends).then_some(rest)
        });
        // `By` is at times set apart by its looks alone.
        let glued = text.strip_prefix("By").filter(|rest| rest.starts_with(char::is_uppercase));
        let Some(rest) = found.min_by_key(|rest| rest.len()).or(glued) else { return text };
        text = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    }
}

/// `MD`, `Ph.D.`, `Jr.`, `Senior Editor`: what stands behind a name and a comma.
fn is_credential(piece: &str) -> bool {
    let bare: String = piece.chars().filter(|c| c.is_alphanumeric()).collect();
    let folded = bare.to_lowercase();
    let degree = bare.len() <= 5
        && !piece.contains(' ')
        && !piece.is_empty()
        && bare.chars().filter(|c| c.is_uppercase()).count() * 2 >= bare.len();
    let last = piece.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let first = piece.split(' ').next().unwrap_or_default().to_lowercase();
    degree
        || matches!(folded.as_str(), "jr" | "sr" | "phd" | "esq")
        || (piece.contains(' ') && RANKS.contains(&last.as_str()))
        || RANKS.contains(&first.as_str())
}

fn is_name(piece: &str) -> bool {
    let n_words = piece.split_whitespace().count();
    (1..=MAX_WORDS).contains(&n_words)
        && piece.len() <= MAX_BYTES
        && piece.chars().any(char::is_alphabetic)
        && !piece.contains(['@', ':', '(', ')', '{', '='])
        && !is_address(piece)
        && !NO_NAMES.contains(&piece.to_lowercase().as_str())
        && super::date::iso_8601(piece).is_none()
}

/// Whether a line is two to four words with capitals, which may be joined by `and`.
fn looks_like_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joins =
        |word: &str| matches!(word, "and" | "&" | "de" | "van" | "von" | "der" | "la" | "du");
    (2..=9).contains(&words.len())
        && words.iter().all(|word| joins(word) || word.starts_with(char::is_uppercase))
        && !words.iter().any(|word| word.ends_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(add: impl FnOnce(&mut Names)) -> Vec<String> {
        let mut names = Names::default();
        add(&mut names);
        names.finish(&BTreeSet::from([folded("Harbour Post")])).unwrap_or_default()
    }

    #[test]
    fn lists_are_taken_apart() {
        for (value, expected) in [
            ("By Ann Example and Bo Sample", &["Ann Example", "Bo Sample"][..]),
            ("Ann Example, Bo Sample & Cy Andrews", &["Ann Example", "Bo Sample", "Cy Andrews"]),
            ("ANN EXAMPLE; Ann Example", &["ANN EXAMPLE"]),
            ("Ann Example, MD, Ph.D., Senior Editor", &["Ann Example"]),
            ("ByAnn Example", &["Ann Example"]),
            ("Byron Example", &["Byron Example"]),
            ("Ann O&#39;Example", &["Ann O'Example"]),
            ("https://harbour.example/ann", &[]),
            ("@annexample", &[]),
            ("ann@harbour.example", &[]),
            ("admin", &[]),
            ("2023-11-27", &[]),
            ("Ann Example, Harbour Post", &["Ann Example"]),
            ("Harbour Post", &["Harbour Post"]),
            (" , and ; ", &[]),
        ] {
            assert_eq!(names(|names| names.add(value)), expected, "{value}");
        }
        assert_eq!(names(|names| names.add(&"A B,".repeat(2000))), ["A B"]);
        assert_eq!(names(|names| names.add_inverted("Example, Ann")), ["Ann Example"]);
    }

    #[test]
    fn a_line_holds_more_than_names() {
        for (line, expected) in [
            ("By Ann Example | 27 November", &["Ann Example"][..]),
            ("by: Ann Example, Dec 16, 2025", &["Ann Example"]),
            ("By Ann Example Updated 10:00", &["Ann Example"]),
            ("By May Augustus Mon 3 April", &["May Augustus"]),
            ("Ann Example", &["Ann Example"]),
            ("by following the advice below", &[]),
            ("More stories of the day", &[]),
            ("", &[]),
        ] {
            assert_eq!(names(|names| names.add_line(line, false)), expected, "{line}");
        }
        assert_eq!(names(|names| names.add_line("annie", true)), ["annie"]);
    }

    #[test]
    fn a_line_that_goes_on_behind_a_name_yields_to_it() {
        let both = |names: &mut Names| {
            names.add("Ann Example Harbour Gazette");
            names.add("Ann Example");
        };
        assert_eq!(names(both), ["Ann Example"]);
    }
}
