//! An evaluation of extraction as plain text for a terminal.

use super::evaluation_tables;
use super::evaluation_terminal::wrap;
use super::number::ratio;
use super::pages_tables as tables;
use super::styled::one_line;
use super::table::{cut, plain_cell};
use crate::evaluate::pages::{
    BlockLabels, PageEvaluation, PageFigures, PageScore, Run, Unit, WorstPage,
};

/// Narrowest terminal that is written for: the table of kinds needs as much.
const MIN_WIDTH: usize = 80;
/// From this width on the table of kinds has all its columns.
const WIDE: usize = 140;
/// Confusions of labels shown at most; all are in the JSON.
const MAX_CONFUSIONS: usize = 15;

/// The report as text without colour, with a newline at the end. Each line is at most `width`
/// columns wide, or 80 where that is less.
///
/// Of each of the worst pages it shows figures and the longest runs lost (`-`) and added (`+`), a
/// line each. Control characters of the data are shown or taken out.
#[must_use]
pub fn pages_terminal(e: &PageEvaluation, width: usize) -> String {
    let width = width.max(MIN_WIDTH);
    let mut out = format!("{}\n", cut(&format!("Extraction from {}", plain_cell(&e.name)), width));
    for paragraph in tables::summary(e) {
        out += &format!("\n{}", wrap(&paragraph, width));
    }
    out += &format!("\n{}", kinds(tables::kinds(e), width));
    for file in tables::files(e) {
        let title = cut(&format!("In {}", plain_cell(&file.name)), width);
        out += &format!("\n{title}\n{}", kinds(file.rows(), width));
    }
    if let Some(rows) = &e.ablation {
        let table = tables::ablation(rows).plain(width);
        out +=
            &format!("\nWhat the features are worth\n{}\n{table}", wrap(tables::ABLATION, width));
    }
    if let Some(labels) = &e.labels {
        out += &labels_section(labels, width);
    }
    if !e.worst.is_empty() {
        out += "\nWorst pages (F1, kind; - lost, + added: the longest runs)\n";
    }
    for page in &e.worst {
        worst(&mut out, &e.pages[page.index], page, width);
    }
    let model = e.model_fingerprint.as_deref().map_or_else(|| "none".to_owned(), plain_cell);
    out += &format!("\n{}\ndata  {}\n", cut(&format!("model {model}"), width), e.data_fingerprint);
    out
}

fn kinds<'a>(figures: impl Iterator<Item = &'a PageFigures>, width: usize) -> String {
    let narrow = width < WIDE;
    let table = if narrow { tables::narrow_kinds(figures) } else { tables::wide_kinds(figures) };
    table.plain(width)
}

fn labels_section(labels: &BlockLabels, width: usize) -> String {
    let e = &labels.evaluation;
    let mut out =
        format!("\nLabels of blocks\n{}", wrap(&plain_cell(&tables::labels(labels)), width));
    out += &format!("\n{}", evaluation_tables::kinds(e).plain(width));
    if let Some(missing) = evaluation_tables::missing_kinds(e) {
        out += &wrap(&missing, width);
    }
    if e.micro.wrong > 0 {
        let table = evaluation_tables::confusions(e, MAX_CONFUSIONS).plain(width);
        out += &format!("\nMost frequent confusions of labels\n{table}");
    }
    out
}

fn worst(out: &mut String, score: &PageScore, page: &WorstPage, width: usize) {
    let what = format!(
        "{}  {}  {}",
        ratio(Some(score.words.f1)),
        plain_cell(&tables::kind(score)),
        plain_cell(&score.id)
    );
    let line = format!("{what}  {}", plain_cell(tables::address(score)));
    *out += &format!("{}\n", cut(&line, width));
    if let Some(error) = &score.error {
        *out += &format!("  {}\n", cut(&format!("failed: {}", one_line(error)), width - 2));
    }
    let runs = |sign, runs: &[Run]| -> Vec<String> {
        runs.iter().map(|run| run_line(sign, run, score.unit)).collect()
    };
    for line in runs('-', &page.diff.lost).into_iter().chain(runs('+', &page.diff.added)) {
        *out += &format!("  {}\n", cut(&line, width - 2));
    }
}

/// `- 12 words: The text of the run`.
fn run_line(sign: char, run: &Run, unit: Unit) -> String {
    format!("{sign} {}: {}", tables::units(run.units, unit), one_line(&tables::run_text(run)))
}

#[cfg(test)]
mod tests {
    use super::super::pages_sample::{pages, pages_with_labels};
    use super::super::snapshot::assert_snapshot;
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_report_is_as_reviewed() {
        assert_snapshot("pages_80.txt", &pages_terminal(&pages(), 80));
        assert_snapshot("pages_160.txt", &pages_terminal(&pages(), 160));
        assert_snapshot("pages_labels_80.txt", &pages_terminal(&pages_with_labels(), 80));
    }

    #[test]
    fn it_fits_and_holds_no_control_character() {
        let mut e = pages_with_labels();
        e.files[0].name = "\u{1b}[2J/long/".repeat(50);
        e.labels.as_mut().unwrap().evaluation.name = "\u{1b}[2Jlong ".repeat(50);
        e.name = format!("\u{1b}[31m{}", "long ".repeat(40));
        e.model_fingerprint = Some("f".repeat(200));
        e.pages[1].url = Some(format!("https://a.example/\u{1b}[2J{}", "long/".repeat(50)));
        e.kinds[0].kind = Some("very-long-kind-of-page".repeat(4));
        (e.all.pages, e.all.sites) = (1_234_567, 1_234_567);
        for width in [1, 80, 139, 140, 160] {
            for line in pages_terminal(&e, width).lines() {
                assert!(line.width() <= width.max(80), "{width}: {} {line}", line.width());
                assert!(!line.chars().any(char::is_control), "{line:?}");
            }
        }
    }
}
