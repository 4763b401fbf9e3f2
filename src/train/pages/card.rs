//! The card of the model of web pages, and the report of a training run.

use super::BlockFigures;
use crate::label::Label;
use crate::model::Model;
use crate::train::card::liner;

/// The card of a model of web pages as Markdown. It says nothing that does not follow from the
/// training data.
#[must_use]
pub fn page_card(model: &Model, figures: &BlockFigures) -> String {
    let p = &model.provenance;
    let mut out = String::new();
    let mut line = liner(&mut out);
    line(format!("# Model card: `{}`\n", model.name));
    line(
        "Labels the blocks of web pages: the page's own text or one of fifteen kinds of publisher \
         boilerplate. Two passes of logistic regressions fitted with linfa-logistic, each content \
         against boilerplate first and then the kind, over columns of the text and of the markup; \
         the second pass sees what the first made of the blocks around.\n"
            .to_owned(),
    );
    line("## Use\n".to_owned());
    line(
        "For English pages that hold their text: what a script fetches is not there. Pages of other \
         languages are labelled by markup, form and position; the output names the language. \
         `docs/html-model.md` says which kinds of page it does well on.\n"
            .to_owned(),
    );
    line("## Training data\n".to_owned());
    line(format!(
        "`training-data/derived/`: {} pages of {} sites, {} labelled blocks, in numbers alone, with \
         words of class names that many sites use. SHA-256 `{}`. Labels are those that people gave; else \
         content is told by alignment with the pages' gold texts, headings by their tags, kinds of \
         boilerplate by the model `text`. The cues of text are those of the model `text`.\n",
        p.documents, p.publishers, p.paragraphs, p.training_data
    ));
    line("## Size\n".to_owned());
    line(format!(
        "{} columns in the first pass, {} in the second, {} cues of text, {} of markup.\n",
        model.first.columns.len(),
        model.second.columns.len(),
        model.cues.len(),
        model.markup_cues.len()
    ));
    line("## Decision\n".to_owned());
    line(format!(
        "The score of content is divided by {} and {} is added; scores of kinds are divided by {}. A \
         block is boilerplate from a probability of {} on, whatever its length: there the words kept \
         have the best F1 against the words of content, a mean over pages, out of fold. There is no \
         other threshold for `--aggressive`.\n",
        model.calibration.content_temperature,
        model.calibration.content_offset,
        model.calibration.kind_temperature,
        model.thresholds.safe
    ));
    line(format!("## Figures on the training data, {} folds by site\n", p.folds));
    line(
        "Labels are those of the alignment, not of people, and the threshold was fitted on these \
         very pages: `docs/html-model.md` has figures against the gold texts.\n"
            .to_owned(),
    );
    drop(line);
    tables(figures, &mut out);
    out
}

/// The report of a training run as Markdown: the figures of the card, and what was confused.
#[must_use]
pub fn page_report(figures: &BlockFigures) -> String {
    let mut out = format!(
        "# Pages in numbers\n\n{} pages of {} sites, {} labelled blocks, judged by passes that had \
         seen nothing of their site ({} folds).\n\n",
        figures.pages, figures.sites, figures.blocks, figures.folds
    );
    tables(figures, &mut out);
    let mut line = liner(&mut out);
    line(
        "\n## Most frequent confusions\n\n| label | taken for | blocks |\n| --- | --- | --- |"
            .into(),
    );
    for confusion in &figures.confusions {
        line(format!("| {} | {} | {} |", confusion.gold, confusion.predicted, confusion.n));
    }
    drop(line);
    out
}

fn tables(figures: &BlockFigures, out: &mut String) {
    let mut line = liner(out);
    let show = |value: Option<f64>, digits: usize| {
        value.map_or("-".to_owned(), |value| format!("{value:.digits$}"))
    };
    line("| figure | value |\n| --- | --- |".to_owned());
    line(format!("| F1 of words, mean over pages | {} |", show(figures.words_f1, 4)));
    for origin in &figures.origins {
        line(format!(
            "| the same, {} ({} pages) | {:.4} |",
            origin.name, origin.pages, origin.words_f1
        ));
    }
    for (name, value) in [
        ("accuracy over 17 labels", figures.accuracy),
        ("macro F1 over 17 labels", figures.macro_f1),
        ("F1 of boilerplate", figures.boilerplate_f1),
        ("content words lost", figures.content_words_lost),
    ] {
        line(format!("| {name} | {} |", show(value, 4)));
    }
    line(
        "\n| label | blocks | precision | recall | F1 |\n| --- | --- | --- | --- | --- |"
            .to_owned(),
    );
    for label in Label::ALL {
        let counts = figures.confusion_matrix.label(label);
        line(format!(
            "| {label} | {} | {} | {} | {} |",
            counts.gold,
            show(counts.precision(), 3),
            show(counts.recall(), 3),
            show(counts.f1(), 3)
        ));
    }
}
