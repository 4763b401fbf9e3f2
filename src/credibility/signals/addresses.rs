//! Addresses by which a publisher can be reached: mail, telephone, street.

use super::phrases::Words;
use crate::span::Span;

/// What mail addresses hidden from machines are shown as.
const HIDDEN: [&str; 3] = ["[email protected]", "[email\u{a0}protected]", "[at]"];

/// Bytes of the last two groups of a telephone number.
const PHONE_BYTES: usize = 8;

/// The mail addresses of a text, those hidden from machines too.
pub(super) fn mails(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = text[from..].find(['@', '[']).map(|at| from + at) {
        from = at + 1;
        let span = if bytes[at] == b'@' { mail_around(text, at) } else { hidden_at(text, at) };
        if let Some(span) = span {
            from = span.end;
            found.push(span);
        }
    }
    found
}

/// `name@house.example` around an `@`.
fn mail_around(text: &str, at: usize) -> Option<Span> {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
    let bytes = text.as_bytes();
    // Parts of addresses are at most 64 bytes by the standard, which bounds the way back.
    let before = bytes[..at].iter().rev().take(64).take_while(|b| is_part(b)).count();
    // `555-0133info@house.example`: a telephone number without the blank behind it.
    let number = bytes[at - before..at]
        .iter()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'))
        .count();
    let before = if (PHONE_BYTES..before).contains(&number) { before - number } else { before };
    let after = bytes[at + 1..].iter().take(255).take_while(|b| is_part(b)).count();
    let host = text[at + 1..at + 1 + after].trim_end_matches(['.', '-', '_']);
    let (name, end) = host.rsplit_once('.')?;
    let is_mail = before > 0
        && !name.is_empty()
        // Set aside for examples by the standard of names.
        && !(name == "example" || name.ends_with(".example"))
        && end.len() >= 2
        && end.bytes().all(|b| b.is_ascii_alphabetic());
    is_mail.then(|| Span::new(at - before, at + 1 + host.len()))
}

/// `[email protected]`, or `name [at] house.example`.
fn hidden_at(text: &str, at: usize) -> Option<Span> {
    let hidden = HIDDEN.iter().find(|hidden| {
        text.as_bytes()[at..]
            .get(..hidden.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(hidden.as_bytes()))
    })?;
    Some(Span::new(at, at + hidden.len()))
}

/// Telephone numbers of a text: ten to fifteen digits in groups, or seven in two.
pub(super) fn phones(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let opens = bytes[at].is_ascii_digit() || matches!(bytes[at], b'+' | b'(');
        let joined =
            at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || b"/$.,-".contains(&bytes[at - 1]));
        if !opens || joined {
            at += 1;
            continue;
        }
        let end = at
            + bytes[at..]
                .iter()
                .take_while(|b| b.is_ascii_digit() || b"+() .-".contains(b))
                .count();
        let piece = text[at..end].trim_end_matches([' ', '.', '-', '(', '+']);
        let behind = bytes.get(at + piece.len());
        if is_phone(piece) && !behind.is_some_and(u8::is_ascii_alphabetic) {
            found.push(Span::new(at, at + piece.len()));
        }
        at = end.max(at + 1);
    }
    found
}

fn is_phone(piece: &str) -> bool {
    if piece.len() > 24 {
        return false;
    }
    let groups: Vec<usize> =
        piece.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|&len| len > 0).collect();
    let digits: usize = groups.iter().sum();
    match digits {
        7 => groups == [3, 4] && piece.contains('-'),
        10..=15 => {
            groups.len() >= 3 && groups.iter().all(|&len| len <= 5) || piece.starts_with('+')
        }
        _ => false,
    }
}

/// Endings of streets' names.
const STREETS: [&str; 19] = [
    "ave",
    "avenue",
    "blvd",
    "boulevard",
    "building",
    "drive",
    "floor",
    "hall",
    "highway",
    "lane",
    "plaza",
    "rd",
    "road",
    "square",
    "st",
    "street",
    "suite",
    "terrace",
    "way",
];

/// A postal address: a number, a street and a code, or a box.
pub(super) fn postal(text: &str) -> Option<Span> {
    let words = Words::of(text);
    let is_number = |place: usize| {
        let word = words.at(place);
        word.len() <= 5 && word.as_bytes().first().is_some_and(u8::is_ascii_digit)
    };
    // The words of an address stand in one line, and no bullet within.
    let is_apart = |place: usize| words.gap(place).contains(['\n', '•', '|', '©']);
    let end_of = |from: usize, most: usize| {
        let last = words.len().min(from + most).saturating_sub(1);
        (from..last).find(|&place| is_apart(place)).unwrap_or(last)
    };
    let code = |from: usize| {
        (from..=end_of(from, 14)).find(|&place| {
            let word = words.at(place);
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            // US codes have five digits, British ones end in a digit and two letters, Canadian ones
            // in digit, letter, digit.
            word.len() == 5 && digits == 5
                || word.len() == 3 && digits == 2 && word.as_bytes()[1].is_ascii_uppercase()
                || word.len() == 3
                    && digits == 1
                    && word.as_bytes()[0].is_ascii_digit()
                    && word[1..].bytes().all(|b| b.is_ascii_uppercase())
        })
    };
    (0..words.len()).find_map(|place| {
        let boxed = ["po", "p"].iter().any(|p| words.at(place).eq_ignore_ascii_case(p))
            && (1..=2)
                .any(|next| words.is_any(place + next, &["box"]) && is_number(place + next + 1));
        let street = || {
            let at = (2..=5).find(|next| words.is_any(place + next, &STREETS))?;
            let is_year = text[..words.spans[place].start].trim_end().ends_with('©');
            code(place + at).filter(|_| is_number(place) && !is_year)
        };
        let last = if boxed { code(place).unwrap_or(end_of(place, 8)) } else { street()? };
        Some(Span::new(words.spans[place].start, words.spans[last].end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(text: &str, spans: &[Span]) -> Vec<String> {
        spans.iter().map(|span| span.slice(text).to_owned()).collect()
    }

    #[test]
    fn mail_addresses_are_found_hidden_or_not() {
        assert!(mails("info@example.com").is_empty());
        let glued = "(555) 555-0133info@star.co";
        assert_eq!(slices(glued, &mails(glued)), ["info@star.co"]);
        let text =
            "Write to a.b@star.example. Or: [email\u{a0}protected], x [at] star; @star, 3@4, a@b.";
        let found = slices(text, &mails(text));
        assert_eq!(found, ["a.b@star.example", "[email\u{a0}protected]", "[at]"]);
        assert!(mails(&"@".repeat(1 << 16)).is_empty());
        assert!(mails(&"a".repeat(1 << 16)).is_empty());
    }

    #[test]
    fn telephone_numbers_are_told_from_other_numbers() {
        let text =
            "Call (555) 010-0198 or +44 20 7946 0018, 555-0133; 2019-2021, 1,000,000, 12.5.2019.";
        assert_eq!(slices(text, &phones(text)), ["(555) 010-0198", "+44 20 7946 0018", "555-0133"]);
        assert!(phones(&"1 ".repeat(1 << 16)).is_empty());
    }

    #[test]
    fn postal_addresses_have_a_code_or_a_box() {
        let address = |text: &'static str| postal(text).map(|span| span.slice(text));
        assert_eq!(
            address("Fenwick Star, 12 Harbour Street, Fenwick, ME 04101. Star is a trademark"),
            Some("12 Harbour Street, Fenwick, ME 04101")
        );
        let canadian = "12 Harbour Street East, Suite 4, Fenwick, ON Canada, M5A 0N1";
        assert_eq!(address(canadian), Some(canadian));
        assert_eq!(address("P.O. Box 77, Fenwick"), Some("P.O. Box 77, Fenwick"));
        assert_eq!(address("PO Box 77 • Telephone 555-0133"), Some("PO Box 77"));
        assert_eq!(address("© 2021 Harbour Street Press, Fenwick, ME 04101"), None);
        assert_eq!(address("At 12 the Harbour Street market opens"), None);
    }
}
