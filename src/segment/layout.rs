//! Tells wrapped text from text with a paragraph a line.
//!
//! Input: the lines of a text. Output: their measures, and the width at which the text is wrapped,
//! where it is. Not done here: joining the lines (`wrapped`).
//!
//! Two things show that a line was broken by a machine: the next line's first word would not have
//! fitted any more, and the next line goes on in the middle of a sentence. Headlines, menus and
//! poems may be as wide, but have neither.

use super::lines::{NARROWEST_WRAP, WIDEST_WRAP};
use super::space::{columns, gap, is_blank, is_wide_lead};
use crate::span::Span;

/// Bytes of a line that are looked at for its first word; no longer word is told from another.
const FIRST_WORD_BYTES: usize = 240;

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bullet {
    /// With a word.
    None,
    /// With `-`, a dash or `1.`, which may also stand inside a sentence.
    Weak,
    /// With `*` or `•`.
    Sure,
}

/// The measures of a line. Widths are in columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Width with the indent.
    pub width: u32,
    /// Blanks before the text.
    pub indent: u32,
    /// Width of the first word, after quotation marks of mail (`>`).
    pub first_word: u32,
    /// Number of `>` at the beginning.
    pub quoted: u32,
    /// Whether a blank line parts it from the line before.
    pub apart: bool,
    /// Whether it has no letter and no digit.
    pub ruler: bool,
    /// Whether it begins with a lower-case letter, `None` where its first letter has no case.
    pub lower: Option<bool>,
    /// Whether it ends with a stop, or a colon.
    pub stop: bool,
    /// Whether it begins an item of a list.
    pub bullet: Bullet,
}

/// Measures each line; `spans` are the trimmed lines of `text`.
pub(super) fn measure(text: &str, spans: &[Span]) -> Vec<Line> {
    let mut end_before = 0;
    spans
        .iter()
        .map(|&span| {
            let gap = gap(&text[end_before..span.start]);
            end_before = span.end;
            measure_line(span.slice(text), gap.indent, gap.apart)
        })
        .collect()
}

fn measure_line(line: &str, indent: u32, apart: bool) -> Line {
    let unquoted = line.trim_start_matches(|c| c == '>' || is_blank(c));
    let quoted = line[..line.len() - unquoted.len()].matches('>').count();
    let word = match unquoted.as_bytes().first() {
        // East Asian text is broken between any two characters.
        Some(&lead) if is_wide_lead(lead) => 2,
        _ => columns(first_word(unquoted).as_bytes()),
    };
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Line {
        width: narrow(columns(line.as_bytes())).saturating_add(indent),
        indent,
        first_word: narrow(word),
        quoted: narrow(quoted),
        apart,
        ruler: !line.chars().any(char::is_alphanumeric),
        lower: case_of_first_letter(unquoted),
        stop: ends_with_stop(line),
        bullet: bullet(unquoted),
    }
}

fn first_word(line: &str) -> &str {
    let mut chars = line.char_indices();
    let end = chars.find(|&(at, c)| is_blank(c) || at >= FIRST_WORD_BYTES);
    &line[..end.map_or(line.len(), |(at, _)| at)]
}

fn case_of_first_letter(line: &str) -> Option<bool> {
    let first = line.chars().find(|c| c.is_alphanumeric() || is_blank(*c))?;
    (first.is_lowercase() || first.is_uppercase()).then(|| first.is_lowercase())
}

fn ends_with_stop(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』'])
        .ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '।', '؟', '۔'])
}

/// Whether a line begins like an item of a list: `- `, `• `, `1. `, `(2) `, `b) `.
fn bullet(line: &str) -> Bullet {
    let mut chars = line.chars();
    let first = chars.next();
    let spaced = |rest: &str| rest.starts_with(is_blank);
    match first {
        Some('•' | '‣' | '◦' | '▪' | '●' | '○' | '■' | '·' | '*') if spaced(chars.as_str()) => {
            Bullet::Sure
        }
        Some('-' | '–' | '—' | '+') if spaced(chars.as_str()) => Bullet::Weak,
        _ => {
            let (open, inner) = match line.strip_prefix('(') {
                Some(inner) => (true, inner),
                None => (false, line),
            };
            let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
            let letter =
                usize::from(digits == 0 && inner.starts_with(|c: char| c.is_ascii_lowercase()));
            if !(1..=3).contains(&(digits + letter)) {
                return Bullet::None;
            }
            match inner.as_bytes().get(digits + letter) {
                Some(b')') if spaced(&inner[digits + letter + 1..]) => Bullet::Weak,
                Some(b'.') if !open && digits > 0 && spaced(&inner[digits + 1..]) => Bullet::Weak,
                _ => Bullet::None,
            }
        }
    }
}

/// The manner in which a text is wrapped. Widths are in columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrap {
    /// Width of a full line.
    pub width: u32,
    /// By how much a line that was broken may fall short of it; small where a machine filled the
    /// lines as far as they go, a fifth of the width where a person broke them.
    pub slack: u32,
    /// Indent of lines inside paragraphs.
    pub indent: u32,
    /// Whether paragraphs begin with an indented line rather than after a blank one.
    pub indented: bool,
}

impl Wrap {
    /// Whether the next line's first word had no more room in this one.
    pub(super) fn is_full(self, line: &Line, next: &Line) -> bool {
        is_full(line, next, self.width, self.slack)
    }

    /// Whether the next line is indented like the first of a paragraph.
    pub(super) fn begins_by_indent(self, line: &Line, next: &Line) -> bool {
        steps_in(line, next) || (self.indented && is_deeper(next, self.indent))
    }
}

fn is_full(line: &Line, next: &Line, width: u32, slack: u32) -> bool {
    line.width.saturating_add(1).saturating_add(next.first_word).saturating_add(slack) > width
}

fn steps_in(line: &Line, next: &Line) -> bool {
    is_deeper(next, line.indent)
}

/// Whether a line is indented by two columns more than `indent`, or further.
fn is_deeper(line: &Line, indent: u32) -> bool {
    line.indent >= indent.saturating_add(2)
}

/// Columns in pairs of lines that nothing parts, by what they say.
#[derive(Debug, Default)]
struct Evidence {
    all: u64,
    /// The first line is full to within 1/24, 1/12, 1/5 of the width.
    brimful: u64,
    full: u64,
    roughly_full: u64,
    /// The second line begins with a letter that has case; it goes on in a sentence.
    cased: u64,
    flowing: u64,
    /// Second lines that are indented like a first one; lines after a blank line (counts).
    steps: u64,
    blocks: u64,
}

/// The manner in which lines are wrapped, `None` where each is its own paragraph.
pub(super) fn detect_wrap(lines: &[Line]) -> Option<Wrap> {
    let width = full_width(lines)?;
    let indent = usual_indent(lines);
    let seen = weigh(lines, width, indent);
    // Shares, found by wrapping real articles in several manners: wrapped ones lie far above,
    // menus, headlines and poems far below.
    let filled = seen.full * 2 >= seen.all && seen.roughly_full * 10 >= seen.all * 6;
    let flows = if seen.cased * 2 >= seen.all {
        // Ten lines do not fill a column to the brim by chance, whatever they begin with.
        let brimful = seen.brimful * 20 >= seen.all * 19 && seen.all >= 10 * u64::from(width);
        brimful || seen.flowing * 4 >= seen.cased
    } else {
        // Without upper and lower case only the filling can speak.
        seen.full * 10 >= seen.all * 8
    };
    if seen.all == 0 || !filled || !flows {
        return None;
    }
    let machine = seen.brimful * 20 >= seen.roughly_full * 19;
    let slack = if machine { width / 24 } else { width / 5 };
    Some(Wrap { width, slack, indent, indented: seen.steps > seen.blocks })
}

/// The width that hardly a line exceeds of those that may be wrapped: their 95th percentile, so
/// that a table row or a long address does not count.
fn full_width(lines: &[Line]) -> Option<u32> {
    let mut counts = [0_usize; WIDEST_WRAP + 1];
    // A line with nothing below it was not broken; it may be of any width.
    for pair in lines.windows(2).filter(|pair| !pair[1].apart) {
        if let Some(count) = counts.get_mut(pair[0].width as usize) {
            *count += 1;
        }
    }
    let candidates: usize = counts[NARROWEST_WRAP..].iter().sum();
    let mut above = candidates / 20;
    for (width, &count) in counts.iter().enumerate().skip(NARROWEST_WRAP).rev() {
        if count > above {
            return u32::try_from(width).ok();
        }
        above -= count;
    }
    None
}

/// The indent that most lines have which go on with a sentence, and so begin no paragraph.
fn usual_indent(lines: &[Line]) -> u32 {
    const DEEPEST: usize = 60;
    let mut counts = [0_usize; DEEPEST];
    for pair in lines.windows(2) {
        let goes_on = !pair[1].apart && pair[1].lower == Some(true) && !pair[0].stop;
        if let Some(count) = counts.get_mut(pair[1].indent as usize) {
            *count += usize::from(goes_on);
        }
    }
    let most = (0..DEEPEST).rev().max_by_key(|&indent| counts[indent]).filter(|&n| counts[n] > 0);
    most.and_then(|indent| u32::try_from(indent).ok())
        .or_else(|| lines.iter().map(|line| line.indent).min())
        .unwrap_or(0)
}

fn weigh(lines: &[Line], width: u32, indent: u32) -> Evidence {
    let mut seen = Evidence::default();
    for pair in lines.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        if next.apart {
            seen.blocks += 1;
            continue;
        }
        if line.ruler || next.ruler || next.bullet != Bullet::None {
            continue;
        }
        if is_deeper(next, indent) && next.lower != Some(true) {
            seen.steps += u64::from(steps_in(line, next));
            continue;
        }
        let columns = u64::from(line.width.min(width));
        let count = |yes: bool| if yes { columns } else { 0 };
        // A line far wider than the others was not broken at all.
        let full =
            |slack| count(line.width <= width + width / 4 && is_full(line, next, width, slack));
        seen.all += columns;
        seen.brimful += full(width / 24);
        seen.full += full(width / 12);
        seen.roughly_full += full(width / 5);
        seen.cased += count(next.lower.is_some());
        seen.flowing += count(next.lower == Some(true) && !line.stop);
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        measure_line(text, 0, false)
    }

    #[test]
    fn tells_items_of_lists() {
        let cases = [
            ("- milk", Bullet::Weak),
            ("* milk", Bullet::Sure),
            ("• milk", Bullet::Sure),
            ("12. milk", Bullet::Weak),
            ("(3) milk", Bullet::Weak),
            ("b) milk", Bullet::Weak),
            ("1986. The year", Bullet::None),
            ("-milk", Bullet::None),
            ("a. milk", Bullet::None),
            ("3.5 litres", Bullet::None),
            ("(not) milk", Bullet::None),
            ("*", Bullet::None),
            ("milk", Bullet::None),
        ];
        for (text, expected) in cases {
            assert_eq!(bullet(text), expected, "{text}");
        }
    }

    #[test]
    fn measures_a_line() {
        let quoted = line("> > said the old man.");
        assert_eq!((quoted.quoted, quoted.first_word, quoted.lower), (2, 4, Some(true)));
        assert!(quoted.stop && !quoted.ruler);
        assert!(line("* * *").ruler);
        assert_eq!(line("“Yes,” she said").lower, Some(false));
        assert_eq!(line("1986 was").lower, None);
        assert_eq!(line("日本語の文章").first_word, 2);
    }

    #[test]
    fn the_full_width_ignores_a_few_wider_lines() {
        let mut lines: Vec<_> = (0..40).map(|_| line(&"x".repeat(70))).collect();
        lines.push(line(&"x".repeat(95)));
        assert_eq!(full_width(&lines), Some(70));
        let alone = Line { apart: true, ..line(&"x".repeat(60)) };
        assert_eq!(full_width(&[line(&"x".repeat(50)), line("end"), alone]), Some(50));
        assert_eq!(full_width(&[line("short"), line("short")]), None);
    }
}
