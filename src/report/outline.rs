//! [`Outline`]: a report of headings, findings and tables, made once and shown on a terminal or as
//! Markdown. Its texts are raw; each way of showing them makes them harmless for its own reader.

use super::classify_terminal::MAX_TEXT_WIDTH;
use super::styled::{Flow, Palette, Tone};
use super::table::{Table, cut, escape_markdown, plain_cell};

/// Columns of a passage's words that are shown; whoever wants all of them asks for JSON.
const MAX_WORDS: usize = 240;
/// Columns before a point, and before what is said about a finding.
const INDENT: usize = 4;

/// A report in the making.
#[derive(Default)]
pub(crate) struct Outline {
    parts: Vec<Part>,
}

enum Part {
    Title(String),
    Heading(String),
    Subheading(String, String),
    Line(Tone, String),
    Finding(Finding),
    Table(Table),
}

/// Something found, with passages to point at and what is to be known of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finding {
    /// `P5 republication`.
    pub name: String,
    /// Behind the name: how many, which state.
    pub detail: String,
    /// Passages, in order.
    pub points: Vec<Point>,
    /// Points left out.
    pub more: usize,
    /// What it means and how it can mislead.
    pub note: String,
}

/// A passage.
#[derive(Debug, Clone, Default)]
pub(crate) struct Point {
    /// Where it stands: `[12]`.
    pub place: String,
    /// Its words.
    pub words: String,
    /// What was read from it.
    pub value: Option<String>,
}

impl Outline {
    pub(crate) fn title(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Title(text.into()));
    }

    pub(crate) fn heading(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Heading(text.into()));
    }

    /// A heading of the next level, and what is said behind it.
    pub(crate) fn subheading(&mut self, text: impl Into<String>, behind: impl Into<String>) {
        self.parts.push(Part::Subheading(text.into(), behind.into()));
    }

    /// A paragraph of plain text.
    pub(crate) fn line(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Line(Tone::Plain, text.into()));
    }

    /// A paragraph that is needed less often.
    pub(crate) fn faint(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Line(Tone::Faint, text.into()));
    }

    pub(crate) fn finding(&mut self, finding: Finding) {
        self.parts.push(Part::Finding(finding));
    }

    pub(crate) fn table(&mut self, table: Table) {
        self.parts.push(Part::Table(table));
    }

    /// The report wrapped to `width` columns. Control characters are shown, never passed through.
    pub(crate) fn terminal(&self, palette: &Palette, width: usize) -> String {
        let mut out = String::new();
        let page = Page { palette, width };
        for part in &self.parts {
            match part {
                Part::Title(text) => page.flow(&mut out, 0, &[(Tone::Strong, text)]),
                Part::Heading(text) => {
                    out.push('\n');
                    page.flow(&mut out, 0, &[(Tone::Strong, text)]);
                }
                Part::Subheading(text, behind) => {
                    out.push('\n');
                    page.flow(&mut out, 0, &[(Tone::Strong, text), (Tone::Plain, behind)]);
                }
                Part::Line(tone, text) => page.flow(&mut out, 0, &[(*tone, text)]),
                Part::Finding(finding) => page.finding(&mut out, finding),
                Part::Table(table) => out += &table.plain(width),
            }
        }
        out
    }

    /// The report as Markdown, its title a heading of the second level.
    pub(crate) fn markdown(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Title(text) => out += &format!("## {}\n\n", escape_markdown(text)),
                Part::Heading(text) => out += &format!("### {}\n\n", escape_markdown(text)),
                Part::Subheading(text, behind) => {
                    let text = escape_markdown(&format!("{text}{behind}"));
                    out += &format!("#### {text}\n\n");
                }
                Part::Line(_, text) => {
                    out += &format!("{}\n\n", line_start(&escape_markdown(text)))
                }
                Part::Finding(finding) => out += &finding.markdown(),
                Part::Table(table) => out += &format!("{}\n", table.markdown()),
            }
        }
        out
    }
}

/// A line that begins no list, heading or number of an item.
fn line_start(text: &str) -> String {
    let marks =
        text.starts_with(['#', '-', '+', '=']) || text.starts_with(|c: char| c.is_ascii_digit());
    if marks && !text.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("\\{text}");
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text[digits..].chars().next() {
        Some('.' | ')') if marks => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text.to_owned(),
    }
}

struct Page<'a> {
    palette: &'a Palette,
    width: usize,
}

impl Page<'_> {
    /// Text of several tones, further lines indented as the first.
    fn flow(&self, out: &mut String, indent: usize, pieces: &[(Tone, &str)]) {
        out.extend(std::iter::repeat_n(' ', indent));
        let width = self.width.min(indent + MAX_TEXT_WIDTH);
        let mut flow = Flow::new(out, self.palette, width, indent);
        for (tone, text) in pieces {
            flow.push(*tone, text);
        }
        flow.end();
    }

    fn finding(&self, out: &mut String, finding: &Finding) {
        let Finding { name, detail, points, more, note } = finding;
        let behind = if detail.is_empty() { String::new() } else { format!(": {detail}") };
        self.flow(out, 0, &[(Tone::Strong, name), (Tone::Plain, &behind)]);
        for Point { place, words, value } in points {
            let place = if place.is_empty() { String::new() } else { format!("{place} ") };
            let words = quoted(words);
            let value = behind_words(&words, value.as_deref());
            let pieces = [(Tone::Faint, &*place), (Tone::Plain, &*words), (Tone::Strong, &*value)];
            self.flow(out, INDENT, &pieces);
        }
        if *more > 0 {
            self.flow(out, INDENT, &[(Tone::Faint, &and_more(*more))]);
        }
        if !note.is_empty() {
            self.flow(out, INDENT, &[(Tone::Faint, note)]);
        }
    }
}

impl Finding {
    fn markdown(&self) -> String {
        let mut out = format!("**{}**", escape_markdown(&self.name));
        if !self.detail.is_empty() {
            out += &format!(": {}", escape_markdown(&self.detail));
        }
        out += "\n\n";
        for Point { place, words, value } in &self.points {
            let place = if place.is_empty() {
                String::new()
            } else {
                format!("{} ", escape_markdown(place))
            };
            let words = quoted(words);
            let value = behind_words(&words, value.as_deref());
            out += &format!("- {place}{}{}\n", escape_markdown(&words), escape_behind(&value));
        }
        if self.more > 0 {
            out += &format!("- {}\n", and_more(self.more));
        }
        if !(self.points.is_empty() && self.more == 0) {
            out.push('\n');
        }
        if !self.note.is_empty() {
            out += &format!("*{}*\n\n", escape_markdown(&self.note));
        }
        out
    }
}

fn escape_behind(value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {}", escape_markdown(value)) }
}

/// A passage's words in one line, not too many of them. No marks are put around them, since they have
/// their own.
fn quoted(words: &str) -> String {
    cut(&plain_cell(words), MAX_WORDS)
}

/// What was read from a passage, with an arrow before it, where it is not the passage itself.
fn behind_words(words: &str, value: Option<&str>) -> String {
    match value {
        Some(value) if words.is_empty() => value.to_owned(),
        Some(value) if value != words => format!(" \u{2192} {value}"),
        _ => String::new(),
    }
}

fn and_more(n: usize) -> String {
    format!("and {n} more")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Outline {
        let mut outline = Outline::default();
        outline.title("ferry.txt");
        outline.heading("What the text is like");
        outline.line("1. of *two*");
        outline.finding(Finding {
            name: "Q1 attributed_quotation".into(),
            detail: "present, 3".into(),
            points: vec![
                Point {
                    place: "[4]".into(),
                    words: "\u{201c}They \u{1b}asked\u{201d}".into(),
                    value: Some("Ines Calloway".into()),
                },
                Point {
                    place: "[5]".into(),
                    words: "Ann Author".into(),
                    value: Some("Ann Author".into()),
                },
            ],
            more: 1,
            note: "Someone is quoted.".into(),
        });
        outline
    }

    #[test]
    fn a_terminal_gets_wrapped_lines_and_no_commands() {
        assert_eq!(
            sample().terminal(&Palette::plain(), 30),
            "ferry.txt\n\nWhat the text is like\n1. of *two*\nQ1 attributed_quotation:\npresent, 3\n    [4] \u{201c}They asked\u{201d} \u{2192} Ines\n    Calloway\n    [5] Ann Author\n    and 1 more\n    Someone is quoted.\n"
        );
    }

    #[test]
    fn markdown_cannot_be_broken_out_of() {
        assert_eq!(
            sample().markdown(),
            "## ferry.txt\n\n### What the text is like\n\n1\\. of \\*two\\*\n\n**Q1 attributed_quotation**: present, 3\n\n- \\[4\\] \u{201c}They asked\u{201d} \u{2192} Ines Calloway\n- \\[5\\] Ann Author\n- and 1 more\n\n*Someone is quoted.*\n\n"
        );
    }
}
