//! Quotation marks in a paragraph: which characters are marks, and whether they open or close.
//!
//! In: a text. Out: [`Mark`]s in order. What a mark does is told by its shape and by what stands on
//! both sides; where these do not agree it may do either, and [`super::spans`] decides by what is
//! open. Apostrophes inside words, elisions (`'90s`), feet, inches and minutes are no marks. Every
//! look to the side is bounded, so the time is linear in the text.

/// Marks that close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `“ ” „ "`, and two single ones in a row.
    Double,
    /// `‘ ’ ‚ '`.
    Single,
    /// `« »`.
    Guillemet,
    /// `‹ ›`.
    SingleGuillemet,
}

/// What a mark can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// It closes what is open, and opens where nothing is.
    Either,
    /// It closes, unless it is the apostrophe of a plural's possessive (`the workers' rights`).
    Weak,
}

/// A quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Which marks it goes with.
    pub family: Family,
    /// What it can do here.
    pub side: Side,
    /// The character; of two in a row the first.
    pub glyph: char,
}

/// What stands beside a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Blank,
    Opener,
    Stop,
    Closer,
    Dash,
    Word,
}

/// Marks in a row that are looked through for what stands beside them.
const MAX_ROW: usize = 3;

/// Characters of a size in inches, and the blanks behind it.
const MAX_MEASURE: usize = 24;

/// Words that begin with an apostrophe, after it.
const ELIDED: &[&str] = &[
    "em", "til", "till", "tis", "twas", "n", "cause", "bout", "round", "cuz", "nuff", "ere",
    "twere", "neath",
];

/// The quotation marks of a text, in order.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    if is_code(text) {
        return found;
    }
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphanumeric() || bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let Some((glyph, family, len)) = mark_at(bytes, at) else {
            at += 1;
            continue;
        };
        let end = at + len;
        if let Some(side) = side(text, at, end, glyph, family) {
            found.push(Mark { start: at, end, family, side, glyph });
        }
        at = end;
    }
    found
}

/// Whether a text is code or data, whose marks quote nobody: keys, attributes and calls with strings.
fn is_code(text: &str) -> bool {
    const SIGNS: &[&str] = &["=\"", "\":", "(\"", "\")", "='", "={", "\"}", "{\""];
    let is_near = |&(at, _): &(usize, &str)| {
        let around = &text.as_bytes()[at.saturating_sub(1)..(at + 2).min(text.len())];
        SIGNS.iter().any(|sign| around.windows(sign.len()).any(|pair| pair == sign.as_bytes()))
    };
    let has_braces = || text.contains(['{', '<', ';', '=']);
    text.contains('"') && has_braces() && text.match_indices('"').filter(is_near).nth(1).is_some()
}

/// The mark that begins at a byte, its family and its length.
fn mark_at(bytes: &[u8], at: usize) -> Option<(char, Family, usize)> {
    let next = |ahead: usize| bytes.get(at + ahead).copied();
    match bytes[at] {
        b'"' => Some(('"', Family::Double, 1)),
        b'\'' if next(1) == Some(b'\'') => Some(('"', Family::Double, 2)),
        b'\'' => Some(('\'', Family::Single, 1)),
        b'`' if next(1) == Some(b'`') => Some(('"', Family::Double, 2)),
        0xC2 if next(1) == Some(0xAB) => Some(('«', Family::Guillemet, 2)),
        0xC2 if next(1) == Some(0xBB) => Some(('»', Family::Guillemet, 2)),
        0xE2 if next(1) == Some(0x80) => {
            let (glyph, family) = match next(2)? {
                0x98 => ('‘', Family::Single),
                0x99 => ('’', Family::Single),
                0x9A => ('‚', Family::Single),
                0x9C => ('“', Family::Double),
                0x9D => ('”', Family::Double),
                0x9E => ('„', Family::Double),
                0xB9 => ('‹', Family::SingleGuillemet),
                0xBA => ('›', Family::SingleGuillemet),
                _ => return None,
            };
            Some((glyph, family, 3))
        }
        _ => None,
    }
}

/// What a mark does, by its shape and its neighbours; `None` if it is no mark.
fn side(text: &str, start: usize, end: usize, glyph: char, family: Family) -> Option<Side> {
    // What UTF-8 read as another encoding leaves of a dash or a mark.
    if text[..start].ends_with("â€") {
        return None;
    }
    let (before, after) = (before(text, start), after(text, end));
    let by_place = by_place(before, after);
    match family {
        Family::Single => single(text, start, end, glyph, (before, after)),
        Family::Double if glyph == '"' && is_inches(text, start) => Some(Side::Close),
        Family::Double if glyph == '"' && text[..start].ends_with(|c: char| c.is_ascii_digit()) => {
            Some(Side::Close)
        }
        Family::Double if glyph == '"' => Some(by_place),
        Family::Guillemet | Family::SingleGuillemet
            if before == Beside::Blank && after == Beside::Blank =>
        {
            Some(by_shape(glyph))
        }
        _ if by_place == by_shape(glyph) || glyph == '„' => Some(by_shape(glyph)),
        _ if by_place == Side::Either => Some(by_shape(glyph)),
        _ => Some(Side::Either),
    }
}

fn by_shape(glyph: char) -> Side {
    match glyph {
        '“' | '„' | '«' | '‹' | '‘' | '‚' => Side::Open,
        _ => Side::Close,
    }
}

fn by_place(before: Beside, after: Beside) -> Side {
    use Beside::{Blank, Closer, Dash, Opener, Stop, Word};
    match (before, after) {
        (Blank | Opener, Word | Opener | Dash) | (Dash, Word | Opener) => Side::Open,
        (Word | Stop | Closer | Dash, Blank | Stop | Closer) | (Word | Stop | Closer, Dash) => {
            Side::Close
        }
        _ => Side::Either,
    }
}

/// A single mark may be an apostrophe.
fn single(
    text: &str,
    start: usize,
    end: usize,
    glyph: char,
    (before, after): (Beside, Beside),
) -> Option<Side> {
    use Beside::{Blank, Closer, Dash, Opener, Stop, Word};
    let is_opening_shape = glyph != '’';
    let previous = text[..start].chars().next_back();
    match (before, after) {
        (Word, Word) => None,
        (Blank | Opener | Dash, Word | Opener) if is_opening_shape => {
            (!is_elided(&text[end..])).then_some(Side::Open)
        }
        (Blank | Opener | Dash, _) if matches!(glyph, '‘' | '‚') => Some(Side::Open),
        (Stop | Closer | Dash, Blank | Stop | Closer | Dash) => Some(Side::Close),
        (Word, Blank | Stop | Closer | Dash) if glyph != '‘' => {
            let is_feet = previous.is_some_and(|c| c.is_ascii_digit())
                && text[end..].trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit());
            (!is_feet).then_some(Side::Weak)
        }
        // `said,'We must` and `gone.'She`: a blank was lost.
        (Stop, Word) => Some(Side::Either),
        _ => None,
    }
}

/// Whether a word begins that is written with an apostrophe at its head: `90s`, `em`.
fn is_elided(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let is_decade = digits == 2 && matches!(&word[2..], "s" | "");
    is_decade || (word.len() <= 5 && ELIDED.iter().any(|elided| word.eq_ignore_ascii_case(elided)))
}

/// Whether a straight double mark stands for inches: `6'2"`, `5' 11"`, `31 1/2x41 3/4 "`.
fn is_inches(text: &str, start: usize) -> bool {
    // Few bytes back, so that marks without a blank between them take linear time.
    let is_measure = |c: &char| c.is_ascii_digit() || matches!(c, '/' | 'x' | '×' | '.');
    let mut before =
        text[..start].chars().rev().take(MAX_MEASURE).skip_while(|&c| c == ' ').peekable();
    let ends_with_digit = before.peek().is_some_and(char::is_ascii_digit);
    let mut has_sign = false;
    let end = before.find(|c| {
        has_sign |= matches!(c, '/' | 'x' | '×');
        !is_measure(c)
    });
    if ends_with_digit && has_sign && end.is_none_or(|c| c == ' ') {
        return true;
    }
    let digits = text[..start].bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
    let head = &text[..start - digits];
    (1..=2).contains(&digits) && head.trim_end_matches(' ').ends_with(['\'', '’', '′'])
}

fn before(text: &str, start: usize) -> Beside {
    let beside =
        text[..start].chars().rev().enumerate().find(|&(n, c)| n >= MAX_ROW || !is_quote(c));
    beside.map_or(Beside::Blank, |(_, c)| kind(c))
}

fn after(text: &str, end: usize) -> Beside {
    let mut rest = text[end..].chars().enumerate().skip_while(|&(n, c)| n < MAX_ROW && is_quote(c));
    let Some((_, c)) = rest.next() else { return Beside::Blank };
    // `"...and so on` and `"—and so on` begin, though a stop comes first.
    if c == '…' || (c == '.' && rest.next().is_some_and(|(_, next)| next == '.')) {
        return rest.find(|&(n, c)| n > 8 || c != '.').map_or(Beside::Stop, |(_, c)| kind(c));
    }
    kind(c)
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›')
}

fn kind(c: char) -> Beside {
    match c {
        '(' | '[' | '{' | '<' | '/' | '$' | '£' | '€' | '#' | '@' | '¿' | '¡' => {
            Beside::Opener
        }
        ')' | ']' | '}' | '>' | '%' => Beside::Closer,
        '.' | ',' | '!' | '?' | ';' | ':' | '…' => Beside::Stop,
        '-' | '–' | '—' | '―' | '‒' => Beside::Dash,
        _ if c.is_whitespace() || c.is_control() => Beside::Blank,
        _ => Beside::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marks as letters: `o` opens, `c` closes, `e` either, `w` weak.
    fn sides(text: &str) -> String {
        let letter = |mark: Mark| match mark.side {
            Side::Open => 'o',
            Side::Close => 'c',
            Side::Either => 'e',
            Side::Weak => 'w',
        };
        marks(text).into_iter().map(letter).collect()
    }

    #[test]
    fn straight_marks_open_before_words_and_close_after_them() {
        assert_eq!(sides("\"Yes,\" she said. (\"No.\")"), "ococ");
        assert_eq!(sides("\"...and then,\" he said"), "oc");
        assert_eq!(sides("a word\u{2014}\"this\"\u{2014}and on"), "oc");
        assert_eq!(sides("said,\"We go"), "e");
        assert_eq!(sides("\" lost \""), "ee");
    }

    #[test]
    fn curly_marks_go_by_their_shape_unless_the_place_says_otherwise() {
        assert_eq!(sides("“Yes,” she said"), "oc");
        assert_eq!(sides("“Yes,“ she said"), "oe");
        assert_eq!(sides("”Yes,” she said"), "ec");
        assert_eq!(sides("„Ja“, sagte sie"), "oe");
        assert_eq!(sides("« oui »"), "oc");
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(sides("don't, o’clock, the '90s, rock 'n' roll, give 'em that"), "w");
        assert_eq!(sides("the workers' rights"), "w");
        assert_eq!(sides("'It is done,' she said"), "oc");
        assert_eq!(sides("called ‘great’ by all"), "ow");
    }

    #[test]
    fn feet_inches_and_minutes_are_no_marks() {
        assert_eq!(sides("he is 6' 2\" tall"), "c");
        assert_eq!(sides("Shelf, 31 1/2x41 3/4 \"Shelf, white, 31 1/2x41 \""), "cc");
        assert_eq!(sides("at 51° 28′ 38″ north"), "");
        // Nothing to stop at on the way back.
        assert_eq!(marks(&"1x1\"".repeat(1 << 17)).len(), 1 << 17);
    }
}
