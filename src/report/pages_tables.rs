//! The tables and sentences of an evaluation of extraction, for both the Markdown and the terminal
//! report.

use super::number::{UNDEFINED, count, counted, ratio, ratio_interval};
use super::table::Align::{Left, Right};
use super::table::Table;
use crate::evaluate::Method;
use crate::evaluate::pages::{
    BlockLabels, FileFigures, PageAblationRow, PageEvaluation, PageFigures, PageScore, Run, Unit,
};

/// What a row is called that holds all pages, and one of pages whose kind is not known.
const ALL: &str = "all";
const UNKNOWN: &str = "(none)";

/// Figures of sets of pages by name; few figures, for 80 columns.
pub(crate) fn narrow_kinds<'a>(figures: impl Iterator<Item = &'a PageFigures>) -> Table {
    let mut table = Table::new([
        ("pages", Left),
        ("n", Right),
        ("P", Right),
        ("R", Right),
        ("F1", Right),
        ("shingles", Right),
        ("incl.", Right),
        ("excl.", Right),
    ]);
    for (index, f) in figures.enumerate() {
        table.row([
            name_of(index, f.kind.as_deref()),
            count(f.pages),
            ratio(f.precision.value),
            ratio(f.recall.value),
            ratio_interval(f.f1),
            ratio(f.shingle_f1.value),
            ratio(f.must_include.share.value),
            ratio(f.must_exclude.share.value),
        ]);
    }
    table
}

/// The same with every interval that matters.
pub(crate) fn wide_kinds<'a>(figures: impl Iterator<Item = &'a PageFigures>) -> Table {
    let mut table = Table::new([
        ("pages", Left),
        ("n", Right),
        ("sites", Right),
        ("precision", Right),
        ("recall", Right),
        ("F1", Right),
        ("shingle F1", Right),
        ("must_include", Right),
        ("must_exclude", Right),
    ]);
    for (index, f) in figures.enumerate() {
        table.row([
            name_of(index, f.kind.as_deref()),
            count(f.pages),
            count(f.sites),
            ratio(f.precision.value),
            ratio(f.recall.value),
            ratio_interval(f.f1),
            ratio_interval(f.shingle_f1),
            ratio_interval(f.must_include.share),
            ratio_interval(f.must_exclude.share),
        ]);
    }
    table
}

/// All pages, then each kind.
pub(crate) fn kinds(e: &PageEvaluation) -> impl Iterator<Item = &PageFigures> {
    std::iter::once(&e.all).chain(&e.kinds)
}

/// The files, where there are several to tell apart.
pub(crate) fn files(e: &PageEvaluation) -> &[FileFigures] {
    if e.files.len() > 1 { &e.files } else { &[] }
}

/// What a row of figures is called; the first is that of all pages.
fn name_of(index: usize, kind: Option<&str>) -> String {
    kind.unwrap_or(if index == 0 { ALL } else { UNKNOWN }).to_owned()
}

/// What is left with a part of the features: a row for each file and kind of page, F1 of words and
/// of shingles for each part.
pub(crate) fn ablation(rows: &[PageAblationRow]) -> Table {
    let parts = rows.iter().map(|row| (row.features.replace('_', " "), Right));
    let mut table = Table::new(
        [("file", Left), ("pages", Left), ("n", Right)]
            .map(|(name, align)| (name.to_owned(), align))
            .into_iter()
            .chain(parts),
    );
    let figures = rows.first().map(|row| row.figures.as_slice()).unwrap_or_default();
    for (index, f) in figures.iter().enumerate() {
        let is_first = index == 0 || figures[index - 1].file != f.file;
        let mut cells = vec![
            short_name(&f.file).to_owned(),
            name_of(usize::from(!is_first), f.kind.as_deref()),
            count(f.pages),
        ];
        cells.extend(rows.iter().map(|row| {
            let f = &row.figures[index];
            format!("{} {}", ratio(f.f1), ratio(f.shingle_f1))
        }));
        table.push(cells);
    }
    table
}

/// What stands above the table of [`ablation`].
pub(crate) const ABLATION: &str = "F1 of words and of shingles, refitted: on all features; on those \
     of text alone; on those of markup alone; on all, judged by the first pass, which does not see \
     the other blocks.";

/// A file's name with the folder it stands in, without what is before.
fn short_name(path: &str) -> &str {
    let mut slashes = path.rmatch_indices(['/', '\\']).map(|(at, _)| at + 1);
    slashes.nth(1).map_or(path, |start| &path[start..])
}

/// How well the blocks were labelled that people labelled; one paragraph of raw text.
pub(crate) fn labels(labels: &BlockLabels) -> String {
    let e = &labels.evaluation;
    let fits = [
        ("a block of their page", labels.whole),
        ("within a block", labels.inside),
        ("parted among blocks", labels.part),
    ];
    let found: u64 = fits.iter().map(|(_, counts)| counts.blocks).sum();
    let all = found + labels.not_found + labels.without_page;
    let fits: Vec<String> = fits
        .iter()
        .filter(|(_, counts)| counts.blocks > 0)
        .map(|(what, counts)| {
            let share = Some(counts.right as f64 / counts.blocks as f64);
            format!("{} {what} ({} right)", count(counts.blocks), ratio(share))
        })
        .collect();
    let missing = match (labels.not_found, labels.without_page) {
        (0, 0) => String::new(),
        (lost, none) => format!(
            " Not scored: {} on no page of their publisher, {} of publishers without a page.",
            count(lost),
            count(none)
        ),
    };
    format!(
        "Of {} of {}: {}.{missing} The label of the block is the right one of 17 for {} of those found; macro F1 {}; \
         boilerplate F1 {}.",
        counted(all, "labelled paragraph"),
        e.name,
        fits.join(", "),
        ratio_interval(e.accuracy),
        ratio_interval(e.macro_f1),
        ratio_interval(e.boilerplate.f1),
    )
}

/// The worst pages with their figures.
pub(crate) fn worst(e: &PageEvaluation) -> Table {
    let mut table = Table::new([
        ("page", Left),
        ("kind", Left),
        ("P", Right),
        ("R", Right),
        ("F1", Right),
        ("shingle F1", Right),
        ("lost", Right),
        ("added", Right),
        ("address", Left),
    ]);
    for page in &e.worst {
        let score = &e.pages[page.index];
        table.row([
            score.id.clone(),
            kind(score),
            ratio(Some(score.words.precision)),
            ratio(Some(score.words.recall)),
            ratio(Some(score.words.f1)),
            ratio(Some(score.shingles.f1)),
            count(page.diff.lost_units),
            count(page.diff.added_units),
            address(score).to_owned(),
        ]);
    }
    table
}

/// A page's kind, or what stands for an unknown one.
pub(crate) fn kind(score: &PageScore) -> String {
    score.kind.as_deref().unwrap_or(UNDEFINED).to_owned()
}

/// A page's address, or its site where that is not known.
pub(crate) fn address(score: &PageScore) -> &str {
    score.url.as_deref().unwrap_or(&score.site)
}

/// A run's text in one line, its own lines parted by ` / `, with an ellipsis where it goes on.
pub(crate) fn run_text(run: &Run) -> String {
    let lines = run.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join(" / ");
    text + if run.text_cut { "\u{2026}" } else { "" }
}

/// A number of units with their name.
pub(crate) fn units(n: u64, unit: Unit) -> String {
    match unit {
        Unit::Words => counted(n, "word"),
        Unit::Characters => counted(n, "character"),
    }
}

/// What was measured, how and on how much, and what the figures mean; two paragraphs of raw text.
pub(crate) fn summary(e: &PageEvaluation) -> [String; 2] {
    let (all, micro) = (&e.all, &e.all.micro);
    let judged = match e.method {
        Some(Method::CrossValidated { folds }) => format!(
            ", each page judged by a model that had seen nothing of its site ({folds} folds)"
        ),
        Some(Method::Model) | None => String::new(),
    };
    let mut main = format!(
        "Measured on {} from {}; text extracted by {}{judged}. Word F1 {}, shingle F1 {}. All words \
         counted together: precision {}, recall {}, F1 {}.",
        counted(all.pages, "page"),
        counted(all.sites, "site"),
        e.extraction,
        ratio_interval(all.f1),
        ratio_interval(all.shingle_f1),
        ratio(micro.precision.value),
        ratio(micro.recall.value),
        ratio(micro.f1.value),
    );
    if all.failed > 0 {
        main +=
            &format!(" Extraction failed on {}, counted as empty.", counted(all.failed, "page"));
    }
    if all.empty_gold > 0 {
        main += &format!(
            " On {} gold holds no word; they are not listed as worst.",
            counted(all.empty_gold, "page")
        );
    }
    let characters = if all.by_characters > 0 {
        format!(
            " {} in a script without spaces compared by runs of three characters instead.",
            counted(all.by_characters, "page")
        )
    } else {
        String::new()
    };
    let snippets = if all.must_include.pages + all.must_exclude.pages > 0 {
        " must_include (incl.): share of a page's snippets that are found; must_exclude (excl.): \
         that are not there."
    } else {
        ""
    };
    let notes = format!(
        "Mean over pages. Words in lower case are compared as bags: precision (P) is the share of \
         the extraction that is in gold, recall (R) the share of gold that is in the extraction, F1 \
         their harmonic mean; 1 where both are empty, 0 where one is. Shingles are runs of four \
         words, compared alike.{characters}{snippets} In brackets: 95 % intervals from {} resamples \
         of the sites.",
        count(crate::evaluate::RESAMPLES as u64)
    );
    [main, notes]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_one_line() {
        let run = |text: &str, text_cut| Run { units: 1, text: text.to_owned(), text_cut };
        assert_eq!(run_text(&run("Home\n\n  News \r\nSport", false)), "Home / News / Sport");
        assert_eq!(run_text(&run("a", true)), "a\u{2026}");
        assert_eq!(units(1, Unit::Words), "1 word");
        assert_eq!(units(1200, Unit::Characters), "1,200 characters");
    }

    #[test]
    fn files_are_named_with_their_folder() {
        for (path, name) in [
            ("../data/wcxb/pages.jsonl", "wcxb/pages.jsonl"),
            ("C:\\data\\wcxb\\pages.jsonl", "wcxb\\pages.jsonl"),
            ("wcxb/pages.jsonl", "wcxb/pages.jsonl"),
            ("pages.jsonl", "pages.jsonl"),
            ("/pages.jsonl", "/pages.jsonl"),
            ("", ""),
        ] {
            assert_eq!(short_name(path), name);
        }
    }
}
