//! A labelled document for people: one line of facts, then every paragraph beside its label, then
//! counts. `-` before a paragraph says that clean text leaves it out.

use super::number::{count, counted, ratio};
use super::records::Origin;
use super::styled::{Flow, Palette, Tone, one_line};
use crate::document::html::Metadata;
use crate::document::html::metadata::Property;
use crate::document::{Document, Source};
use crate::error::Error;
use crate::label::{Group, Label};
use crate::segment::Layout;
use crate::verdict::{Paragraph, Verdict, clean::words};

/// The path of standard input, as records name it.
const STANDARD: &str = "-";
/// Columns that the longest label takes.
const LABEL_WIDTH: usize = 16;
/// Narrower than this, the text stands below its label instead of beside it.
const MIN_WIDTH_BESIDE: usize = 56;
/// Lines longer than this are hard to read; the text takes no more columns, however wide the
/// terminal.
pub(super) const MAX_TEXT_WIDTH: usize = 110;
/// A date without a time.
const DAY: &str = "YYYY-MM-DD";
/// Authors named at most.
const MAX_AUTHORS: usize = 5;
/// Columns before the text where it stands below its label.
const INDENT_BELOW: usize = 4;

/// The document, wrapped to `width` columns, with a newline at the end.
///
/// Control characters are shown, never passed through.
#[must_use]
pub fn classify_terminal(
    document: &Document,
    verdict: &Verdict,
    palette: &Palette,
    width: usize,
) -> String {
    let mut out = String::new();
    head(&mut out, document, verdict, palette, width);
    let digits = count_digits(verdict.paragraphs.len().saturating_sub(1)).max(2);
    for paragraph in &verdict.paragraphs {
        let text = paragraph.text(document);
        let place = paragraph_head(&mut out, paragraph, digits, palette);
        let tone = match paragraph.label.group() {
            Group::Furniture => Tone::Faint,
            _ => Tone::Plain,
        };
        text_beside(&mut out, (tone, text), place, palette, width);
    }
    foot(&mut out, verdict, palette, width);
    out
}

/// The lines that stand for a document that could not be read.
#[must_use]
pub fn failed_terminal(
    origin: &Origin<'_>,
    error: &Error,
    palette: &Palette,
    width: usize,
) -> String {
    let mut out = String::new();
    let mut flow = Flow::new(&mut out, palette, width, 0);
    if error.path().is_none() {
        flow.push(Tone::Strong, &name(origin)).push(Tone::Plain, " ");
    }
    flow.push(Tone::Error, "not read:").push(Tone::Plain, " ");
    flow.push(Tone::Plain, &error.to_string()).end();
    out
}

/// What a document is called: its file, its identifier or its address.
pub(super) fn name(origin: &Origin<'_>) -> String {
    let path = origin.path.map(|path| if path == STANDARD { "standard input" } else { path });
    let parts: Vec<&str> = [path, origin.id.or(origin.url)].into_iter().flatten().collect();
    if parts.is_empty() { "a document".to_owned() } else { one_line(&parts.join(" ")) }
}

/// The lines above the paragraphs: name, title, language, layout, number of paragraphs.
pub(super) fn head(
    out: &mut String,
    document: &Document,
    verdict: &Verdict,
    palette: &Palette,
    width: usize,
) {
    let mut flow = Flow::new(out, palette, width, 0);
    flow.push(Tone::Strong, &name(&document.into()));
    if let Some(title) = document.known_title() {
        flow.push(Tone::Plain, &format!(" \u{201c}{}\u{201d}", one_line(title)));
    }
    flow.end();
    let language = verdict.language.map_or("language unknown", |code| code);
    let layout = match verdict.layout {
        None if verdict.source == Source::Html => "web page",
        None => "already split",
        Some(Layout::Line) => "one paragraph a line",
        Some(Layout::Blank) => "blank lines between paragraphs",
        Some(Layout::Indented) => "indented paragraphs",
        Some(Layout::Sentence) => "split by sentence",
    };
    let mut kept = 0;
    let mut all = 0;
    for paragraph in &verdict.paragraphs {
        let n = words(paragraph.text(document));
        all += n;
        kept += if paragraph.label.is_content() { n } else { 0 };
    }
    let mut facts = format!(
        "{language}, {layout}, {}, {}",
        counted(verdict.paragraphs.len() as u64, "paragraph"),
        counted(all, "word")
    );
    if all > 0 {
        facts += &format!(", {:.1} % of them kept", 100.0 * kept as f64 / all as f64);
    }
    if let Some(said) = document.metadata().and_then(said) {
        Flow::new(out, palette, width, 0).push(Tone::Plain, &said).end();
    }
    Flow::new(out, palette, width, 0).push(Tone::Faint, &facts).end();
    out.push('\n');
}

/// What a page says of itself besides its title: authors, dates, site.
fn said(metadata: &Metadata) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(authors) = &metadata.authors {
        let (first, others) = authors.value.split_at(authors.value.len().min(MAX_AUTHORS));
        let more = if others.is_empty() { "" } else { " and others" };
        parts.push(format!("by {}{more}", first.join(", ")));
    }
    // The day is enough for a reader; records have the time.
    let day =
        |date: &Property<String>| date.value.get(..DAY.len()).unwrap_or(&date.value).to_owned();
    let published = metadata.published.as_ref().map(day);
    let modified =
        metadata.modified.as_ref().map(day).filter(|day| Some(day) != published.as_ref());
    parts.extend(published);
    parts.extend(modified.map(|day| format!("changed {day}")));
    if let Some(site) = metadata.site_name.as_ref().or(metadata.publisher.as_ref()) {
        parts.push(site.value.clone());
    }
    (!parts.is_empty()).then(|| one_line(&parts.join(" \u{b7} ")))
}

fn count_digits(n: usize) -> usize {
    n.to_string().len()
}

/// Mark, index, label and probability; gives the columns they take.
fn paragraph_head(
    out: &mut String,
    paragraph: &Paragraph,
    digits: usize,
    palette: &Palette,
) -> usize {
    let mark = if paragraph.label.is_content() { ' ' } else { '-' };
    let index = format!("{mark} {:digits$}  ", paragraph.index);
    let label = format!("{:LABEL_WIDTH$}", paragraph.label);
    let probability = format!(" {:>5}  ", ratio(Some(f64::from(paragraph.probability))));
    palette.paint(out, Tone::Faint, &index);
    palette.paint(out, Tone::of(paragraph.label.group()), &label);
    palette.paint(out, Tone::Faint, &probability);
    index.len() + label.len() + probability.len()
}

/// The paragraph's text in a column of its own, or below where there is no room beside.
fn text_beside(
    out: &mut String,
    (tone, text): (Tone, &str),
    place: usize,
    palette: &Palette,
    width: usize,
) {
    let indent = if width >= MIN_WIDTH_BESIDE {
        place
    } else {
        out.truncate(out.trim_end_matches(' ').len());
        let indent = INDENT_BELOW.min(width / 4);
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
        indent
    };
    let width = width.min(indent + MAX_TEXT_WIDTH);
    Flow::new(out, palette, width, indent).push(tone, text).end();
}

fn foot(out: &mut String, verdict: &Verdict, palette: &Palette, width: usize) {
    let mut counts = [0u64; Label::COUNT];
    verdict.paragraphs.iter().for_each(|p| counts[p.label.index()] += 1);
    let of = |group: Group| Label::ALL.into_iter().filter(move |label| label.group() == group);
    if !verdict.paragraphs.is_empty() {
        out.push('\n');
    }
    for group in [Group::Content, Group::AboutArticle, Group::Disclosure, Group::Furniture] {
        let found: Vec<Label> = of(group).filter(|label| counts[label.index()] > 0).collect();
        let Some(&last) = found.last() else { continue };
        let mut flow = Flow::new(out, palette, width, 0);
        let sum: u64 = found.iter().map(|label| counts[label.index()]).sum();
        flow.push(Tone::of(group), &format!("{} {group}", count(sum))).push(Tone::Plain, ": ");
        for label in found {
            let comma = if label == last { "" } else { "," };
            let part = format!("{label} {}{comma}", count(counts[label.index()]));
            flow.push_unbroken(Tone::Plain, &part).end_word();
        }
        flow.end();
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::super::snapshot::assert_snapshot;
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_report_is_as_reviewed() {
        let (document, verdict) = sample::document();
        for width in [30, 80, 160] {
            let report = classify_terminal(&document, &verdict, &Palette::plain(), width);
            assert_snapshot(&format!("classify_{width}.txt"), &report);
        }
        let palette = sample::palette();
        let report = classify_terminal(&document, &verdict, &palette, 80);
        assert_snapshot("classify_coloured.txt", &report);
    }

    #[test]
    fn it_fits_every_width_and_passes_no_control_character() {
        let (mut document, verdict) = sample::split_document();
        document.path = Some("a/very/long/path/".repeat(9) + "\u{1b}[2J");
        for width in 1..200 {
            let report = classify_terminal(&document, &verdict, &Palette::plain(), width);
            for line in report.lines() {
                // No label is broken.
                let widest = width.max(LABEL_WIDTH + 14);
                assert!(line.width() <= widest, "{width}: {line:?}");
                assert!(!line.chars().any(char::is_control), "{line:?}");
            }
            assert!(report.contains("share_prompt"));
        }
    }

    #[test]
    fn an_empty_document_and_a_failed_one_have_their_lines() {
        let (mut document, mut verdict) = sample::split_document();
        verdict.paragraphs.clear();
        document.path = None;
        document.title = None;
        let report = classify_terminal(&document, &verdict, &Palette::plain(), 80);
        assert_eq!(report, "7\nlanguage unknown, already split, 0 paragraphs, 0 words\n\n");
        let error = Error::data("no label").at_line(3);
        let origin = Origin { path: Some("a.csv"), ..Origin::default() };
        assert_eq!(
            failed_terminal(&origin, &error, &Palette::plain(), 80),
            "a.csv not read: line 3: unusable labelled data: no label\n"
        );
        assert_eq!(
            failed_terminal(&origin, &error.in_file("a.csv"), &Palette::plain(), 80),
            "not read: a.csv:3: unusable labelled data: no label\n"
        );
    }
}
