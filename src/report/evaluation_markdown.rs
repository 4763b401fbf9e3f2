//! An evaluation as Markdown: one paragraph that can be used at once, then tables.

use super::evaluation_tables as tables;
use super::number::{count, ratio};
use super::table::{Table, escape_markdown};
use crate::evaluate::{Calibration, Evaluation};

/// Publishers shown at most; all are in the JSON.
const MAX_PUBLISHERS: usize = 30;

/// The report as Markdown (GitHub's dialect), with a newline at the end.
///
/// Texts, names and publishers from the data are escaped. The most confident errors quote the
/// data: a report on texts that must not be passed on must not be either.
#[must_use]
pub fn evaluation_markdown(e: &Evaluation) -> String {
    let [main, notes] = tables::summary(e);
    let mut out = format!("# Evaluation on {}\n\n{main}\n\n{notes}\n", escape_markdown(&e.name));
    section(&mut out, "Content against boilerplate", "", &tables::overall(e));
    let missing = tables::missing_kinds(e).unwrap_or_default();
    section(&mut out, "By kind", &missing, &tables::kinds(e));
    if e.micro.wrong > 0 {
        let note = format!(
            "{} of {} paragraphs got a wrong kind.",
            count(e.micro.wrong),
            count(e.size.paragraphs)
        );
        section(&mut out, "Most frequent confusions", &note, &tables::confusions(e, usize::MAX));
    }
    let note = "Rows: what people said. Columns: what smallprint said.";
    section(&mut out, "Confusion matrix", note, &tables::matrix(e));
    let note = format!(
        "Each row rests on all {} paragraphs and {} content words. {}",
        count(e.size.paragraphs),
        count(e.size.content_words),
        tables::best_thresholds(e)
    );
    section(&mut out, "Thresholds", &note, &tables::sweep(e));
    let table = tables::reliability(&e.label_calibration, "right kind");
    let title = "Calibration of the kind's probability";
    section(&mut out, title, &calibration_note(&e.label_calibration), &table);
    let table = tables::reliability(&e.boilerplate_calibration, "boilerplate");
    let title = "Calibration of boilerplate";
    section(&mut out, title, &calibration_note(&e.boilerplate_calibration), &table);
    publishers(&mut out, e);
    let table = tables::slices("words", &e.lengths, usize::MAX);
    section(&mut out, "By length of paragraph", "", &table);
    if let Some(table) = tables::ablation(e) {
        let note = "Difference: right kinds without the features minus right kinds with all.";
        section(&mut out, "What the features are worth", note, &table);
    }
    if !e.errors.is_empty() {
        let note = "Wrong kinds, the most confident first. Paragraphs are counted from 0.";
        section(&mut out, "Most confident errors", note, &tables::errors(e));
    }
    out += &format!(
        "\n## Fingerprints\n\n- model: {}\n- data: {}\n",
        e.model_fingerprint.as_deref().map_or_else(|| "none".to_owned(), escape_markdown),
        e.data_fingerprint
    );
    out
}

fn section(out: &mut String, title: &str, note: &str, table: &Table) {
    *out += &format!("\n## {title}\n\n");
    if !note.is_empty() {
        *out += &format!("{note}\n\n");
    }
    *out += &table.markdown();
}

fn calibration_note(calibration: &Calibration) -> String {
    format!(
        "Expected calibration error {} over {} equal bins, {} paragraphs.",
        ratio(calibration.ece),
        crate::evaluate::BINS,
        count(calibration.n)
    )
}

fn publishers(out: &mut String, e: &Evaluation) {
    let publishers = &e.publishers;
    let mut note = format!(
        "Worst first, of those with at least {} labelled paragraphs; {} with fewer left out.",
        publishers.min_paragraphs,
        count(publishers.left_out)
    );
    if publishers.rows.len() > MAX_PUBLISHERS {
        note += &format!(
            " The {MAX_PUBLISHERS} worst of {} are shown.",
            count(publishers.rows.len() as u64)
        );
    }
    if publishers.rows.is_empty() {
        *out += &format!("\n## By publisher\n\n{note}\n");
    } else {
        let table = tables::slices("publisher", &publishers.rows, MAX_PUBLISHERS);
        section(out, "By publisher", &note, &table);
    }
}

#[cfg(test)]
mod tests {
    use super::super::evaluation_sample::evaluation;
    use super::super::snapshot::assert_snapshot;
    use super::*;

    #[test]
    fn the_report_is_as_reviewed() {
        assert_snapshot("evaluation_report.md", &evaluation_markdown(&evaluation()));
    }

    #[test]
    fn every_table_row_has_the_cells_of_its_header() {
        let report = evaluation_markdown(&evaluation());
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut header = None;
        for line in report.lines() {
            if !line.starts_with('|') {
                header = None;
            } else if let Some(expected) = header {
                assert_eq!(cells(line), expected, "{line}");
            } else {
                header = Some(cells(line));
            }
        }
    }
}
