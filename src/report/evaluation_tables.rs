//! The tables of an evaluation, for both the Markdown and the terminal report. Every one shows on
//! how much its figures rest.

use super::number::{
    UNDEFINED, count, difference, percent, percent_interval, ratio, ratio_interval,
};
use super::table::Align::{Left, Right};
use super::table::Table;
use crate::evaluate::{Calibration, Evaluation, Slice, SweepPoint};
use crate::label::Label;
use crate::model::decision::{REFERENCE_WORDS, Scale};

/// The figures that count, by the stored threshold, the aggressive one and the C4 line rule.
pub(crate) fn overall(e: &Evaluation) -> Table {
    let aggressive = e.sweep.points.iter().find(|p| p.aggressive);
    let mut columns =
        vec![("figure".to_owned(), Left), (format!("threshold {}", threshold(e.threshold)), Right)];
    columns.extend(aggressive.map(|p| (format!("at {}", threshold(p.threshold)), Right)));
    columns.extend([("C4 rule".to_owned(), Right), ("n".to_owned(), Right)]);
    let mut table = Table::new(columns);
    let mut row = |name: &str, stored: String, at: fn(&SweepPoint) -> String, c4: String, n| {
        let mut cells = vec![name.to_owned(), stored];
        cells.extend(aggressive.map(at));
        cells.extend([c4, count(n)]);
        table.push(cells);
    };
    let (model, c4, undefined) = (&e.boilerplate, &e.c4_baseline, || UNDEFINED.to_owned());
    row(
        "content words lost",
        percent_interval(model.content_words_lost_ratio),
        |p| percent(p.content_words_lost_ratio),
        percent(c4.content_words_lost_ratio.value),
        e.size.content_words,
    );
    row(
        "boilerplate found",
        ratio_interval(model.recall),
        |p| ratio(p.recall),
        ratio(c4.recall.value),
        e.size.boilerplate_paragraphs,
    );
    row(
        "boilerplate precision",
        ratio_interval(model.precision),
        |p| ratio(p.precision),
        ratio(c4.precision.value),
        model.counts.true_positive + model.counts.false_positive,
    );
    row(
        "boilerplate F1",
        ratio_interval(model.f1),
        |p| ratio(p.f1),
        ratio(c4.f1.value),
        e.size.paragraphs,
    );
    row(
        "right kind of 17",
        ratio_interval(e.accuracy),
        |p| ratio(p.accuracy),
        undefined(),
        e.size.paragraphs,
    );
    row(
        "mean F1 of the kinds",
        ratio_interval(e.macro_f1),
        |_| UNDEFINED.to_owned(),
        undefined(),
        e.size.paragraphs,
    );
    table
}

/// The kinds that occur in the data or were predicted, in the evaluation's order.
pub(crate) fn kinds(e: &Evaluation) -> Table {
    let mut table = Table::new([
        ("kind", Left),
        ("n", Right),
        ("predicted", Right),
        ("precision", Right),
        ("recall", Right),
        ("F1", Right),
    ]);
    for k in e.kinds.iter().filter(|k| k.gold + k.predicted > 0) {
        table.row([
            k.label.to_string(),
            count(k.gold),
            count(k.predicted),
            ratio(k.precision.value),
            ratio(k.recall.value),
            ratio_interval(k.f1),
        ]);
    }
    table
}

/// The kinds that neither occur nor were predicted, as a sentence; `None` where all do.
pub(crate) fn missing_kinds(e: &Evaluation) -> Option<String> {
    let missing = e.kinds.iter().filter(|k| k.gold + k.predicted == 0);
    let names: Vec<_> = missing.map(|k| k.label.as_str()).collect();
    (!names.is_empty()).then(|| format!("Not in these data: {}.", names.join(", ")))
}

/// The confusion matrix without empty rows and columns.
pub(crate) fn matrix(e: &Evaluation) -> Table {
    let m = &e.confusion_matrix;
    let columns: Vec<_> = Label::ALL.into_iter().filter(|&l| m.label(l).predicted > 0).collect();
    let names = columns.iter().map(|l| (l.as_str(), Right));
    let mut table =
        Table::new([("people said", Left)].into_iter().chain(names).chain([("n", Right)]));
    for gold in Label::ALL.into_iter().filter(|&l| m.label(l).gold > 0) {
        let mut cells = vec![gold.to_string()];
        for &predicted in &columns {
            let n = m.count(gold, predicted);
            cells.push(if n == 0 { "\u{b7}".to_owned() } else { count(n) });
        }
        cells.push(count(m.label(gold).gold));
        table.push(cells);
    }
    table
}

/// The most frequent confusions, at most `limit`.
pub(crate) fn confusions(e: &Evaluation, limit: usize) -> Table {
    let mut table = Table::new([
        ("people said", Left),
        ("smallprint said", Left),
        ("n", Right),
        ("of the kind", Right),
    ]);
    for c in e.confusions.iter().take(limit) {
        table.row([c.gold.to_string(), c.predicted.to_string(), count(c.n), ratio(c.gold_ratio)]);
    }
    table
}

/// What every threshold would have given.
pub(crate) fn sweep(e: &Evaluation) -> Table {
    let mut table = Table::new([
        ("threshold", Left),
        ("words lost", Right),
        ("precision", Right),
        ("recall", Right),
        ("F1", Right),
        ("right kind", Right),
    ]);
    for p in &e.sweep.points {
        let mark = match (p.stored, p.aggressive) {
            (true, true) => " stored, aggressive",
            (true, false) => " stored",
            (false, true) => " aggressive",
            (false, false) => "",
        };
        table.row([
            threshold(p.threshold) + mark,
            percent(p.content_words_lost_ratio),
            ratio(p.precision),
            ratio(p.recall),
            ratio(p.f1),
            ratio(p.accuracy),
        ]);
    }
    table
}

/// The thresholds that would have been best on these very data, as sentences.
pub(crate) fn best_thresholds(e: &Evaluation) -> String {
    let mut out = Vec::new();
    if let Some(p) = &e.sweep.best_f1 {
        out.push(format!(
            "On these data F1 is highest at {}: {}.",
            threshold(p.threshold),
            ratio(p.f1)
        ));
    }
    if let Some(p) = &e.sweep.max_loss {
        out.push(format!(
            "The lowest threshold that loses at most {} of the content words here is {}; it finds \
             {} of the boilerplate.",
            percent(Some(crate::evaluate::MAX_CONTENT_LOSS_RATIO)),
            threshold(p.threshold),
            ratio(p.recall)
        ));
    }
    out.join(" ")
}

/// The bins that hold cases; `right` names what came true.
pub(crate) fn reliability(calibration: &Calibration, right: &str) -> Table {
    let mut table = Table::new([
        ("probability", Left),
        ("n", Right),
        ("mean probability", Right),
        (right, Right),
    ]);
    for b in calibration.bins.iter().filter(|b| b.n > 0) {
        table.row([
            format!("{} to {}", ratio(Some(b.low)), ratio(Some(b.high))),
            count(b.n),
            ratio(b.mean_confidence),
            ratio(b.right_ratio),
        ]);
    }
    table
}

/// Slices, at most `limit`; `name` heads the first column.
pub(crate) fn slices(name: &str, rows: &[Slice], limit: usize) -> Table {
    let mut table = Table::new([
        (name, Left),
        ("documents", Right),
        ("n", Right),
        ("right kind", Right),
        ("boilerplate F1", Right),
        ("words lost", Right),
    ]);
    for slice in rows.iter().filter(|s| s.paragraphs > 0).take(limit) {
        let name = if slice.name.trim().is_empty() { "(none)" } else { &slice.name };
        table.row([
            name.to_owned(),
            count(slice.documents),
            count(slice.paragraphs),
            ratio(slice.accuracy),
            ratio(slice.boilerplate_f1),
            percent(slice.content_words_lost_ratio),
        ]);
    }
    table
}

/// What each feature group is worth; `None` where it was not measured.
pub(crate) fn ablation(e: &Evaluation) -> Option<Table> {
    let rows = e.ablation.as_ref()?;
    let mut table = Table::new([
        ("features left out", Left),
        ("n", Right),
        ("right kind", Right),
        ("difference", Right),
        ("boilerplate F1", Right),
    ]);
    for row in rows {
        table.row([
            row.group.clone(),
            count(e.size.paragraphs),
            ratio(row.accuracy),
            difference(row.difference),
            ratio(row.boilerplate_f1),
        ]);
    }
    Some(table)
}

/// The errors that the model was surest of.
pub(crate) fn errors(e: &Evaluation) -> Table {
    let mut table = Table::new([
        ("document", Left),
        ("publisher", Left),
        ("paragraph", Right),
        ("people said", Left),
        ("smallprint said", Left),
        ("probability", Right),
        ("text", Left),
    ]);
    for error in &e.errors {
        table.row([
            error.document.clone(),
            error.publisher.clone(),
            error.index.to_string(),
            error.gold.to_string(),
            error.predicted.to_string(),
            ratio(Some(f64::from(error.probability))),
            error_text(error),
        ]);
    }
    table
}

/// An error's text, with an ellipsis where it goes on.
pub(crate) fn error_text(error: &crate::evaluate::ConfidentError) -> String {
    format!("{}{}", error.text, if error.text_cut { "\u{2026}" } else { "" })
}

/// A threshold as a ratio.
pub(crate) fn threshold(value: f32) -> String {
    ratio(Some(f64::from(value)))
}

/// What was measured, how and on how much, and the figures that count beside the C4 line rule; two
/// paragraphs of raw text.
pub(crate) fn summary(e: &Evaluation) -> [String; 2] {
    use super::number::counted;
    use crate::evaluate::Method;
    let (model, c4, size) = (&e.boilerplate, &e.c4_baseline, &e.size);
    let judged = match e.method {
        Method::Model => "One model judged them all".to_owned(),
        Method::CrossValidated { folds } => {
            format!(
                "Each was judged by a model that had seen nothing of its publisher ({folds} folds)"
            )
        }
    };
    let main = format!(
        "Measured on {}, {}, of {} from {}. At threshold {} smallprint loses {} of the articles' \
         own words (C4 line rule: {}), finds {} of the boilerplate paragraphs (C4: {}) and reaches \
         a boilerplate F1 of {} (C4: {}). It names the right one of 17 kinds for {} of the \
         paragraphs; the C4 rule names none.",
        counted(size.paragraphs, "labelled paragraph"),
        counted(size.words, "word"),
        counted(size.documents, "document"),
        counted(size.publishers, "publisher"),
        threshold(e.threshold),
        percent(model.content_words_lost_ratio.value),
        percent(c4.content_words_lost_ratio.value),
        ratio(model.recall.value),
        ratio(c4.recall.value),
        ratio(model.f1.value),
        ratio(c4.f1.value),
        ratio(e.accuracy.value),
    );
    let mut unscored = Vec::new();
    if size.context_paragraphs > 0 {
        unscored.push(counted(size.context_paragraphs, "paragraph"));
    }
    if size.documents_without_labels > 0 {
        unscored.push(counted(size.documents_without_labels, "whole document"));
    }
    let unscored = match unscored.as_slice() {
        [] => String::new(),
        some => format!(" Not scored for want of a label: {}.", some.join(", ")),
    };
    let scale = match e.scale {
        Scale::Flat => String::new(),
        Scale::ByLength => format!(
            " A threshold holds for a paragraph of {REFERENCE_WORDS} words; the odds that others \
             need grow with the square root of their words."
        ),
    };
    let notes = format!(
        "{judged}.{unscored}{scale} Boilerplate is everything but body and heading. The C4 line rule \
         keeps a line of at least five words that ends in a full stop, an exclamation or question \
         mark or a closing quote. In brackets: 95 % intervals from {} resamples of the documents. \
         n is the number of paragraphs, or of words where words are lost, that a figure rests on.",
        count(crate::evaluate::RESAMPLES as u64)
    );
    [main, notes]
}
