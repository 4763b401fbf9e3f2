//! An evaluation as plain text that fits 80 columns. The confusion matrix is left to the Markdown
//! report; here stand the most frequent confusions.

use super::evaluation_tables as tables;
use super::number::{count, ratio};
use super::table::{Table, cut, plain_cell};
use crate::evaluate::Evaluation;

/// Columns of a line at most.
const WIDTH: usize = 80;
/// Rows shown at most; all are in the JSON.
const MAX_PUBLISHERS: usize = 10;
const MAX_CONFUSIONS: usize = 10;
const MAX_ERRORS: usize = 10;

/// The report as text without colour, each line at most 80 columns wide, with a newline at the end.
///
/// Control characters of the data are taken out.
#[must_use]
pub fn evaluation_terminal(e: &Evaluation) -> String {
    let mut out = format!("{}\n", cut(&format!("Evaluation on {}", plain_cell(&e.name)), WIDTH));
    for paragraph in tables::summary(e) {
        out += &format!("\n{}", wrap(&paragraph, WIDTH));
    }
    section(&mut out, "Content against boilerplate", &tables::overall(e));
    section(&mut out, "By kind", &tables::kinds(e));
    if let Some(missing) = tables::missing_kinds(e) {
        out += &wrap(&missing, WIDTH);
    }
    if e.micro.wrong > 0 {
        section(&mut out, "Most frequent confusions", &tables::confusions(e, MAX_CONFUSIONS));
    }
    section(&mut out, "Thresholds", &tables::sweep(e));
    out += &wrap(&tables::best_thresholds(e), WIDTH);
    for (title, calibration, right) in [
        ("Calibration of the kind's probability", &e.label_calibration, "right kind"),
        ("Calibration of boilerplate", &e.boilerplate_calibration, "boilerplate"),
    ] {
        let title = format!("{title} (expected error {})", ratio(calibration.ece));
        section(&mut out, &title, &tables::reliability(calibration, right));
    }
    if !e.publishers.rows.is_empty() {
        let table = tables::slices("publisher", &e.publishers.rows, MAX_PUBLISHERS);
        section(&mut out, "Worst publishers", &table);
    }
    let left_out = count(e.publishers.left_out);
    let left_out = format!(
        "Publishers left out for having fewer than {} paragraphs: {left_out}.",
        e.publishers.min_paragraphs
    );
    out += &wrap(&left_out, WIDTH);
    section(&mut out, "By length of paragraph", &tables::slices("words", &e.lengths, usize::MAX));
    if let Some(table) = tables::ablation(e) {
        section(&mut out, "What the features are worth", &table);
    }
    errors(&mut out, e);
    let model = e.model_fingerprint.as_deref().map_or_else(|| "none".to_owned(), plain_cell);
    out += &format!("\n{}\ndata  {}\n", cut(&format!("model {model}"), WIDTH), e.data_fingerprint);
    out
}

fn section(out: &mut String, title: &str, table: &Table) {
    *out += &format!("\n{title}\n{}", table.plain(WIDTH));
}

fn errors(out: &mut String, e: &Evaluation) {
    if e.errors.is_empty() {
        return;
    }
    *out += "\nMost confident errors (paragraphs counted from 0)\n";
    for error in e.errors.iter().take(MAX_ERRORS) {
        let what = format!(
            "{} for {}, {}: ",
            error.predicted,
            error.gold,
            ratio(Some(f64::from(error.probability)))
        );
        let place = format!(", paragraph {}", error.index);
        let room = WIDTH.saturating_sub(what.len() + place.len());
        let document = cut(&plain_cell(&error.document), room);
        let text = cut(&plain_cell(&tables::error_text(error)), WIDTH - 2);
        *out += &format!("{what}{document}{place}\n  {text}\n");
    }
}

/// Breaks a paragraph into lines, with a newline at the end. A word wider than a line is cut; a
/// number stays with its percent sign.
pub(super) fn wrap(text: &str, width: usize) -> String {
    use unicode_width::UnicodeWidthStr;
    let mut out = String::new();
    let mut used = 0;
    for word in text.replace(" %", "\u{a0}%").split([' ', '\n']).filter(|word| !word.is_empty()) {
        let word = cut(&word.replace('\u{a0}', " "), width);
        if used > 0 && used + 1 + word.width() > width {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out += &word;
        used += word.width();
    }
    if used > 0 {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::evaluation_sample::evaluation;
    use super::super::snapshot::assert_snapshot;
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_report_is_as_reviewed() {
        assert_snapshot("evaluation_report.txt", &evaluation_terminal(&evaluation()));
    }

    #[test]
    fn it_fits_80_columns_and_holds_no_control_character() {
        let mut e = evaluation();
        e.name = format!("\u{1b}[31m{}", "long ".repeat(40));
        e.model_fingerprint = Some("f".repeat(200));
        e.publishers.rows[0].name = "very-long-publisher-name.example".repeat(4);
        e.errors[0].document = "long-document-name/".repeat(10);
        // As many digits as the largest corpora would need.
        for kind in &mut e.kinds {
            (kind.gold, kind.predicted) = (1_234_567, 1_234_567);
        }
        e.size.content_words = 123_456_789;
        e.size.words = 123_456_789;
        let report = evaluation_terminal(&e);
        for line in report.lines() {
            assert!(line.width() <= WIDTH, "{} columns: {line}", line.width());
            assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }

    #[test]
    fn wrapping_keeps_every_word() {
        let text = "word ".repeat(50);
        let wrapped = wrap(&text, WIDTH);
        assert_eq!(wrapped.split_whitespace().count(), 50);
        assert_eq!(wrapped.lines().next().map(str::len), Some(79));
        assert_eq!(wrap("", WIDTH), "");
        assert_eq!(
            wrap(&format!("{} 95 % of", "w".repeat(76)), WIDTH),
            format!("{}\n95 % of\n", "w".repeat(76))
        );
    }
}
