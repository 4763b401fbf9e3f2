//! Everything measured, as a text table and as JSON.

use serde::Serialize;

use crate::quality::{ALL, Quality, Score};
use crate::speed::Speed;

/// Everything measured of one tool on one set.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The tool's name.
    pub tool: String,
    /// Its version; empty for smallprint.
    pub version: String,
    /// None if quality is left out, or for a parser.
    pub quality: Option<Quality>,
    /// None if speed is left out.
    pub speed: Option<Speed>,
}

/// Everything measured on one set.
#[derive(Debug, Serialize)]
pub struct SetReport {
    /// The set's name.
    pub set: String,
    /// Pages whose quality is measured.
    pub pages: usize,
    /// Pages, the first of them, on which speed is measured.
    pub speed_pages: usize,
    /// The tools.
    pub tools: Vec<Row>,
}

/// Rows of cells below a head; the first column to the left, all others to the right.
struct Table(Vec<Vec<String>>);

impl Table {
    fn new(head: &[&str]) -> Self {
        Self(vec![head.iter().map(|&cell| cell.to_owned()).collect()])
    }

    fn text(&self) -> String {
        let width = |column: usize| self.0.iter().map(|row| row[column].chars().count()).max();
        let widths: Vec<usize> = (0..self.0[0].len()).filter_map(width).collect();
        let mut text = String::new();
        for row in &self.0 {
            let mut line = String::new();
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                if column == 0 {
                    line.push_str(&format!("{cell:<width$}"));
                } else {
                    line.push_str(&format!("  {cell:>width$}"));
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// A share as `.937`, and 1 as `1.000`.
fn share(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| {
        let digits = format!("{value:.3}");
        digits.strip_prefix('0').map_or(digits.clone(), str::to_owned)
    })
}

/// Three digits that say something.
fn digits(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

/// The type of page that smallprint is for.
const ARTICLE: &str = "article";

/// The tables of a set.
pub fn text(report: &SetReport) -> String {
    let bytes = report.tools.iter().find_map(|row| row.speed.as_ref()).map_or(0, |s| s.bytes);
    let mut text = format!(
        "{}: quality on {} pages, speed on {} ({:.1} MB)\n\n",
        report.set,
        report.pages,
        report.speed_pages,
        bytes as f64 / 1e6
    );
    text.push_str(&overview(report).text());
    if let Some(table) = types(report) {
        text.push_str("\nby type of page: word-bag F1 / shingle F1\n\n");
        text.push_str(&table.text());
    }
    for row in &report.tools {
        if row.speed.as_ref().is_some_and(|speed| !speed.steady) {
            text.push_str(&format!("\n{}: its answer differed between rounds\n", row.tool));
        }
        if let Some((page, error)) = row.quality.as_ref().and_then(|q| q.first_failure.as_ref()) {
            let error: String =
                error.lines().next().unwrap_or_default().chars().take(100).collect();
            text.push_str(&format!("\n{}: first failure on {page}: {error}\n", row.tool));
        }
    }
    text
}

/// A row a tool: quality on all pages, and on articles where these are not all, then speed.
fn overview(report: &SetReport) -> Table {
    let has_articles = report.tools.iter().any(|row| on(row, ARTICLE).is_some());
    let articles = |row| on(row, if has_articles { ARTICLE } else { ALL });
    let has_pieces =
        report.tools.iter().any(|row| articles(row).is_some_and(|s| s.included.is_some()));
    let mut head = vec!["tool", "version", "bag F1", "shingle F1"];
    if has_articles {
        head.extend(["articles: bag F1", "shingle F1"]);
    }
    if has_pieces {
        head.extend(["included", "excluded"]);
    }
    head.extend(["failed", "MB/s", "of RcDom", "range"]);
    let mut table = Table::new(&head);
    for row in &report.tools {
        let mut cells = vec![row.tool.clone(), row.version.clone()];
        let mut add = |value: Option<f64>| cells.push(share(value));
        for score in [Some(on(row, ALL)), has_articles.then(|| articles(row))].into_iter().flatten()
        {
            add(score.map(|s| s.bag_f1));
            add(score.map(|s| s.shingle_f1));
        }
        if has_pieces {
            add(articles(row).and_then(|s| s.included));
            add(articles(row).and_then(|s| s.excluded));
        }
        cells.push(row.quality.as_ref().map_or("-".to_owned(), |q| q.failed.to_string()));
        let speed = row.speed.as_ref();
        cells.push(speed.map_or("-".to_owned(), |s| digits(s.megabytes_a_second)));
        cells.push(speed.and_then(|s| s.ratio).map_or("-".to_owned(), digits));
        let range = speed.and_then(|s| s.ratio_range);
        let range = range.map(|(low, high)| format!("{}-{}", digits(low), digits(high)));
        cells.push(range.unwrap_or("-".to_owned()));
        table.0.push(cells);
    }
    table
}

fn on<'r>(row: &'r Row, group: &str) -> Option<&'r Score> {
    row.quality.as_ref()?.score(group)
}

/// A row a tool, a column a type of page; none where all pages are of one type.
fn types(report: &SetReport) -> Option<Table> {
    let judged: Vec<(&Row, &Quality)> =
        report.tools.iter().filter_map(|row| Some((row, row.quality.as_ref()?))).collect();
    let scores = &judged.first()?.1.scores;
    let mut types: Vec<&Score> = scores.iter().filter(|score| score.group != ALL).collect();
    types.sort_by_key(|score| std::cmp::Reverse(score.pages));
    if types.is_empty() {
        return None;
    }
    let heads: Vec<String> = types.iter().map(|s| format!("{} ({})", s.group, s.pages)).collect();
    let mut head = vec!["tool"];
    head.extend(heads.iter().map(String::as_str));
    let mut table = Table::new(&head);
    for (row, quality) in judged {
        let cell = |kind: &&Score| {
            let score = quality.score(&kind.group);
            format!("{} / {}", share(score.map(|s| s.bag_f1)), share(score.map(|s| s.shingle_f1)))
        };
        table.0.push(std::iter::once(row.tool.clone()).chain(types.iter().map(cell)).collect());
    }
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::new(&["tool", "x"]);
        table.0.push(vec!["a longer one".to_owned(), share(Some(0.9374))]);
        table.0.push(vec!["b".to_owned(), share(Some(1.0))]);
        assert_eq!(table.text(), "tool              x\na longer one   .937\nb             1.000\n");
        assert_eq!(
            (digits(891.2), digits(85.04), digits(6.82)),
            ("891".into(), "85.0".into(), "6.82".into())
        );
        assert_eq!(share(None), "-");
    }
}
