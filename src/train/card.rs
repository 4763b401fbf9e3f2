//! The model card: what a model is, what it was trained on, how good it is on data of its kind.

use std::fmt::Write as _;

use crate::evaluate::Evaluation;
use crate::model::Model;
use crate::model::decision::REFERENCE_WORDS;

/// The figures that a model file carries. Each 0..=1; 0 where undefined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Share of paragraphs with the right label.
    pub accuracy: f64,
    /// Mean F1 over the labels that occur.
    pub macro_f1: f64,
    /// F1 of boilerplate.
    pub boilerplate_f1: f64,
    /// Share of content words in paragraphs labelled boilerplate.
    pub content_words_lost: f64,
}

/// The figures of an evaluation that a model file carries, rounded to 4 decimals.
#[must_use]
pub fn figures(evaluation: &Evaluation) -> Figures {
    Figures {
        accuracy: rounded(evaluation.accuracy.value),
        macro_f1: rounded(evaluation.macro_f1.value),
        boilerplate_f1: rounded(evaluation.boilerplate.f1.value),
        content_words_lost: rounded(evaluation.boilerplate.content_words_lost_ratio.value),
    }
}

/// A figure to 4 decimals; 0 where it is undefined.
pub(super) fn rounded(value: Option<f64>) -> f64 {
    (value.unwrap_or(0.0) * 1e4).round() / 1e4
}

/// The card of a model as Markdown. It says nothing that does not follow from the training data.
#[must_use]
pub fn card(model: &Model, evaluation: &Evaluation) -> String {
    let p = &model.provenance;
    let mut out = String::new();
    let mut line = liner(&mut out);
    line(format!("# Model card: `{}`\n", model.name));
    line(
        "Labels the paragraphs of news and web articles held as plain text: the article's own words \
         or one of fifteen kinds of publisher boilerplate. Two passes of logistic regressions \
         fitted with linfa-logistic: the first each label against the rest, the second content \
         against boilerplate first and then the kind; it sees what the first made of the \
         neighbours.\n"
            .to_owned(),
    );
    line("## Use\n".to_owned());
    line(
        "For English text. Other languages are labelled by form and position alone; the output \
         names the language. It says what a paragraph does on its page, not whether it is true.\n"
            .to_owned(),
    );
    line("## Training data\n".to_owned());
    line(format!(
        "`training-data/`: {} documents of {} invented publishers, {} labelled paragraphs, written \
         for this project. SHA-256 `{}`.\n",
        p.documents, p.publishers, p.paragraphs, p.training_data
    ));
    if let Some(derived) = &p.derived {
        line(format!(
            "`training-data/derived/`: {} documents of real publishers, {} labelled paragraphs, in \
             numbers alone, with cues that many publishers use. SHA-256 `{}`. Calibration and \
             thresholds were fitted out of fold on those of them that are whole documents.\n",
            derived.documents, derived.paragraphs, derived.fingerprint
        ));
    }
    line("## Size\n".to_owned());
    line(format!(
        "{} columns in the first pass, {} in the second, {} cues.\n",
        model.first.columns.len(),
        model.second.columns.len(),
        model.cues.len()
    ));
    line("## Decision\n".to_owned());
    line(format!(
        "The score of content is divided by {} and {} is added; scores of kinds are divided by {}. A \
         paragraph of {REFERENCE_WORDS} words is boilerplate from a probability of {} on; with \
         `--aggressive` from {} on. The odds that others need grow with the square root of their \
         words, from a quarter (one word) to four times (256 and more).\n",
        model.calibration.content_temperature,
        model.calibration.content_offset,
        model.calibration.kind_temperature,
        model.thresholds.safe,
        model.thresholds.aggressive
    ));
    drop(line);
    tables(model, evaluation, &mut out);
    out
}

/// Writes lines to a text.
pub(super) fn liner(out: &mut String) -> impl FnMut(String) {
    |text| writeln!(out, "{text}").expect("writing to a string cannot fail")
}

/// The figures: all together, and by label.
fn tables(model: &Model, evaluation: &Evaluation, out: &mut String) {
    let p = &model.provenance;
    let mut line = liner(out);
    line(format!("## Figures on the training data, {} folds by publisher\n", p.folds));
    line(
        "Hand-written data is richer in boilerplate and in hard cases than life; \
         `docs/evaluation.md` has more figures on real articles.\n"
            .to_owned(),
    );
    let derived = p.derived.as_ref();
    let column = |value: Option<f64>| value.map_or(String::new(), |v| format!(" {v:.4} |"));
    line(if derived.is_some() {
        "| figure | written | derived, whole documents |\n| --- | --- | --- |".to_owned()
    } else {
        "| figure | value |\n| --- | --- |".to_owned()
    });
    for (name, value, derived) in [
        ("accuracy over 17 labels", p.accuracy, derived.map(|d| d.accuracy)),
        ("F1 of boilerplate", p.boilerplate_f1, derived.map(|d| d.boilerplate_f1)),
        ("content words lost", p.content_words_lost, derived.map(|d| d.content_words_lost)),
    ] {
        line(format!("| {name} | {value:.4} |{}", column(derived)));
    }
    if let Some(derived) = derived {
        line(format!(
            "\nWith `--aggressive`, on the derived documents: F1 of boilerplate {:.4}, content words \
             lost {:.4}.",
            derived.aggressive_boilerplate_f1, derived.aggressive_content_words_lost
        ));
    }
    line(format!("\nMacro F1 over 17 labels on the written documents: {:.4}.", p.macro_f1));
    line(
        "\n| label | paragraphs | precision | recall | F1 |\n| --- | --- | --- | --- | --- |"
            .to_owned(),
    );
    let show = |value: Option<f64>| value.map_or("-".to_owned(), |v| format!("{v:.3}"));
    for kind in &evaluation.kinds {
        line(format!(
            "| {} | {} | {} | {} | {} |",
            kind.label,
            kind.gold,
            show(kind.precision.value),
            show(kind.recall.value),
            show(kind.f1.value)
        ));
    }
}
