//! The signals of one article for people: what the text is like, what the publisher says of itself,
//! what lists that the user brought say of it. Each block apart, none summed up.

use std::collections::BTreeSet;

use crate::credibility::{
    ArticleReport, Block, Entry, Evidence, Finding as Found, Group, Quotation, Rating, Reading,
    Signal, Standing, State,
};
use crate::document::Source;
use crate::report::classify_terminal::name;
use crate::report::number::counted;
use crate::report::outline::{Finding, Outline, Point};
use crate::report::styled::{Palette, one_line};

/// Passages shown of one signal.
const MAX_POINTS: usize = 5;

/// The blocks of a report and what stands above each.
const BLOCKS: [(Block, &str); 2] = [
    (Block::Text, "What the text is like"),
    (Block::Publisher, "What the publisher says of itself"),
];

/// The article's signals, wrapped to `width` columns, with a newline at the end.
#[must_use]
pub fn credibility_terminal(
    reading: &Reading<'_>,
    report: &ArticleReport,
    ratings: &[Rating<'_>],
    palette: &Palette,
    width: usize,
) -> String {
    outline(reading, report, ratings).terminal(palette, width)
}

/// The same as Markdown.
#[must_use]
pub fn credibility_markdown(
    reading: &Reading<'_>,
    report: &ArticleReport,
    ratings: &[Rating<'_>],
) -> String {
    outline(reading, report, ratings).markdown()
}

fn outline(reading: &Reading<'_>, report: &ArticleReport, ratings: &[Rating<'_>]) -> Outline {
    let mut outline = Outline::default();
    let document = reading.document;
    let title = document.known_title().map(|t| format!(" \u{201c}{}\u{201d}", one_line(t)));
    outline.title(name(&document.into()) + &title.unwrap_or_default());
    let form = match document.source() {
        Source::Text => "text",
        Source::Html => "web page",
        Source::Paragraphs => "already split",
    };
    outline.faint(format!(
        "{}, {form}, {}, of which {} of the article's own",
        reading.language.unwrap_or("language unknown"),
        counted(reading.paragraphs.len() as u64, "paragraph"),
        reading.paragraphs.iter().filter(|p| p.label.is_content()).count()
    ));
    for (block, heading) in BLOCKS {
        let found: Vec<_> =
            report.findings.iter().filter(|f| f.signal.entry().group.block() == block).collect();
        outline.heading(heading);
        outline.faint(counts(report, block));
        for finding in found.iter().filter(|f| f.state == State::Present) {
            outline.finding(shown(finding, reading, report));
        }
        for state in [State::Absent, State::Unknown, State::NotApplicable] {
            not_found(&mut outline, &found, state);
        }
    }
    rated(&mut outline, ratings);
    outline
}

/// `provenance: 2 of 5 found, 1 unknown; accountability: ...`.
fn counts(report: &ArticleReport, block: Block) -> String {
    let groups = Group::ALL.into_iter().filter(|group| group.block() == block);
    let counts = groups.filter_map(|group| {
        let count = report.count(group);
        let unknown = match count.unknown {
            0 => String::new(),
            n => format!(", {n} unknown"),
        };
        let found = || format!("{group}: {} of {} found{unknown}", count.present, count.applicable);
        (count.applicable > 0).then(found)
    });
    counts.collect::<Vec<_>>().join("; ")
}

fn shown(found: &Found, reading: &Reading<'_>, report: &ArticleReport) -> Finding {
    let Entry { id, name, standing, meaning, caveat, .. } = found.signal.entry();
    let mut points: Vec<Point> = match found.signal {
        // A quotation over several paragraphs is one point.
        Signal::AttributedQuotation => {
            let found: BTreeSet<_> = found.evidence.iter().filter_map(|e| e.passage).collect();
            let is_found = |quotation: &&Quotation| found.contains(&quotation.parts[0]);
            let quotations = report.quotations.iter().filter(is_found);
            quotations.map(|quotation| quotation_point(quotation, reading)).collect()
        }
        _ => found.evidence.iter().map(point).collect(),
    };
    // A value that all points share is told once.
    let shared = points.first().and_then(|first| first.value.clone());
    let is_shared = points.len() > 1 && points.iter().all(|point| point.value == shared);
    let detail = match (points.len(), shared.filter(|_| is_shared)) {
        (0 | 1, _) => String::new(),
        (n, None) => n.to_string(),
        (n, Some(value)) => {
            points.iter_mut().for_each(|point| point.value = None);
            format!("{n} \u{2192} {}", one_line(&value))
        }
    };
    let more = points.len().saturating_sub(MAX_POINTS);
    points.truncate(MAX_POINTS);
    let note = format!("{meaning} But: {}", lower(caveat));
    let trial = if *standing == Standing::Experimental { " (experimental)" } else { "" };
    Finding { name: format!("{id} {}{trial}", spaced(name)), detail, points, more, note }
}

/// A sentence with its first letter small, unless it is a mark or a word in capitals.
fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => sentence.to_owned(),
    }
}

/// A signal's name for people: `byline`, `agency credit`.
pub(super) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

fn point(evidence: &Evidence) -> Point {
    let place = match evidence.passage {
        Some(passage) => format!("[{}]", passage.paragraph),
        None => "page data".to_owned(),
    };
    Point { place, words: evidence.text.clone(), value: evidence.value.clone() }
}

fn quotation_point(quotation: &Quotation, reading: &Reading<'_>) -> Point {
    let parts = &quotation.parts;
    let words: Vec<&str> = parts
        .iter()
        .map(|part| part.within.slice(reading.paragraphs[part.paragraph].text))
        .collect();
    let place = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) if first.paragraph < last.paragraph => {
            format!("[{}-{}]", first.paragraph, last.paragraph)
        }
        (Some(first), _) => format!("[{}]", first.paragraph),
        _ => String::new(),
    };
    let value = quotation.speaker.as_ref().map(|speaker| speaker.name.clone());
    Point { place, words: format!("\u{201c}{}\u{201d}", words.join(" ")), value }
}

/// The signals in a state that has nothing to show, in one line for each reason.
fn not_found(outline: &mut Outline, found: &[&Found], state: State) {
    let mut reasons: Vec<Option<&str>> = Vec::new();
    for finding in found.iter().filter(|f| f.state == state) {
        if !reasons.contains(&finding.reason) {
            reasons.push(finding.reason);
        }
    }
    for reason in reasons {
        let names: Vec<String> = found
            .iter()
            .filter(|f| f.state == state && f.reason == reason)
            .map(|f| format!("{} {}", f.signal.id(), spaced(f.signal.entry().name)))
            .collect();
        let what = match state {
            State::NotApplicable => "not applicable",
            state => state.as_str(),
        };
        let why = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        outline.line(format!("{what}{why}: {}", names.join(", ")));
    }
}

/// What lists say of the source, as it stands.
pub(super) fn rated(outline: &mut Outline, ratings: &[Rating<'_>]) {
    if ratings.is_empty() {
        return;
    }
    outline.heading("What lists that you brought say of the source");
    for Rating { list, row } in ratings {
        let text = match row {
            None => format!("{}: not rated", list.name),
            Some((domain, cells)) => {
                let cells: Vec<String> = list
                    .columns
                    .iter()
                    .zip(*cells)
                    .filter(|(_, cell)| !cell.is_empty())
                    .map(|(column, cell)| format!("{column} {cell}"))
                    .collect();
                format!("{}: {domain}, {}", list.name, cells.join(", "))
            }
        };
        outline.line(text);
    }
}
