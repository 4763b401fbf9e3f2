//! An evaluation of extraction as Markdown.

use super::evaluation_tables;
use super::pages_tables as tables;
use super::table::escape_markdown;
use crate::evaluate::pages::{BlockLabels, PageEvaluation, Run, Unit};

/// The report as Markdown (GitHub's dialect), with a newline at the end.
///
/// Names and texts from the data are escaped. The worst pages quote the data: a report on texts
/// that must not be passed on must not be either.
#[must_use]
pub fn pages_markdown(e: &PageEvaluation) -> String {
    let [main, notes] = tables::summary(e).map(|paragraph| escape_markdown(&paragraph));
    let name = escape_markdown(&e.name);
    let mut out =
        format!("# Extraction from {name}\n\n{main}\n\n{notes}\n\n## By kind of page\n\n");
    out += &tables::wide_kinds(tables::kinds(e)).markdown();
    for file in tables::files(e) {
        out += &format!("\n## In {}\n\n", escape_markdown(&file.name));
        out += &tables::wide_kinds(file.rows()).markdown();
    }
    if let Some(rows) = &e.ablation {
        out += &format!("\n## What the features are worth\n\n{}\n\n", tables::ABLATION);
        out += &tables::ablation(rows).markdown();
    }
    if let Some(labels) = &e.labels {
        labels_section(&mut out, labels);
    }
    if !e.worst.is_empty() {
        out += "\n## Worst pages\n\nLost and added: words in runs that the other text does not hold. \
                The longest runs of each page stand below.\n\n";
        out += &tables::worst(e).markdown();
    }
    for page in &e.worst {
        let score = &e.pages[page.index];
        out += &format!("\n### {}\n\n", escape_markdown(&score.id));
        if let Some(error) = &score.error {
            out += &format!("- failed: {}\n", escape_markdown(error));
        }
        runs(&mut out, "lost", &page.diff.lost, score.unit);
        runs(&mut out, "added", &page.diff.added, score.unit);
    }
    out += &format!(
        "\n## Fingerprints\n\n- model: {}\n- data: {}\n",
        e.model_fingerprint.as_deref().map_or_else(|| "none".to_owned(), escape_markdown),
        e.data_fingerprint
    );
    out
}

fn labels_section(out: &mut String, labels: &BlockLabels) {
    let e = &labels.evaluation;
    *out += &format!("\n## Labels of blocks\n\n{}\n\n", escape_markdown(&tables::labels(labels)));
    if let Some(missing) = evaluation_tables::missing_kinds(e) {
        *out += &format!("{missing}\n\n");
    }
    *out += &evaluation_tables::kinds(e).markdown();
    if e.micro.wrong > 0 {
        *out += "\n### Most frequent confusions\n\n";
        *out += &evaluation_tables::confusions(e, usize::MAX).markdown();
    }
    *out += "\n### Confusion matrix\n\nRows: what people said. Columns: what smallprint said.\n\n";
    *out += &evaluation_tables::matrix(e).markdown();
}

fn runs(out: &mut String, what: &str, runs: &[Run], unit: Unit) {
    for run in runs {
        let text = escape_markdown(&tables::run_text(run));
        *out += &format!("- {what}, {}: {text}\n", tables::units(run.units, unit));
    }
}

#[cfg(test)]
mod tests {
    use super::super::pages_sample::{pages, pages_with_labels};
    use super::super::snapshot::assert_snapshot;
    use super::*;

    #[test]
    fn the_report_is_as_reviewed() {
        assert_snapshot("pages_report.md", &pages_markdown(&pages()));
        assert_snapshot("pages_labels_report.md", &pages_markdown(&pages_with_labels()));
    }
}
