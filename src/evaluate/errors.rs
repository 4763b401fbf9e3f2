//! What went wrong: the errors that the model was surest of, and the most frequent confusions.

use serde::Serialize;

use super::confusion::ConfusionMatrix;
use super::figure::ratio;
use super::scored::Scored;
use crate::label::Label;

/// Errors listed at most.
pub const MAX_ERRORS: usize = 20;
/// Confusions listed at most.
pub const MAX_CONFUSIONS: usize = 20;
/// Characters of an error's text at most.
pub const MAX_TEXT_CHARS: usize = 300;

/// A paragraph with a wrong label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfidentError {
    /// The document's identifier.
    pub document: String,
    /// The document's publisher.
    pub publisher: String,
    /// The paragraph's place in its document, counted from 0.
    pub index: usize,
    /// The label that people gave.
    pub gold: Label,
    /// The label that the model gave.
    pub predicted: Label,
    /// The predicted label's probability, 0..=1.
    pub probability: f32,
    /// 1 - P(body) - P(heading), 0..=1.
    pub boilerplate: f32,
    /// The text, at most its first 300 characters.
    pub text: String,
    /// Whether the text goes on.
    pub text_cut: bool,
}

/// Two labels taken for each other, in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Confusion {
    /// The label that people gave.
    pub gold: Label,
    /// The label that the model gave.
    pub predicted: Label,
    /// Paragraphs.
    pub n: u64,
    /// `n` by all paragraphs that people gave the label, 0..=1.
    pub gold_ratio: Option<f64>,
}

/// The errors with the highest probability, highest first; of equals the first in the data.
pub(crate) fn confident_errors(scored: &[Scored<'_>]) -> Vec<ConfidentError> {
    let mut wrong: Vec<&Scored<'_>> = scored.iter().filter(|p| p.gold != p.decided.label).collect();
    wrong.sort_by(|a, b| b.decided.probability.total_cmp(&a.decided.probability));
    wrong.truncate(MAX_ERRORS);
    wrong
        .into_iter()
        .map(|p| {
            let text = cut(p.text);
            ConfidentError {
                document: p.document.id.clone(),
                publisher: p.document.publisher.clone(),
                index: p.index,
                gold: p.gold,
                predicted: p.decided.label,
                probability: p.decided.probability,
                boilerplate: p.decided.boilerplate,
                text: text.to_owned(),
                text_cut: text.len() < p.text.len(),
            }
        })
        .collect()
}

/// The first [`MAX_TEXT_CHARS`] characters.
fn cut(text: &str) -> &str {
    text.char_indices().nth(MAX_TEXT_CHARS).map_or(text, |(end, _)| &text[..end])
}

/// The most frequent confusions, most frequent first; of equals the first in column order.
pub(crate) fn confusions(matrix: &ConfusionMatrix) -> Vec<Confusion> {
    let mut all = Vec::new();
    for gold in Label::ALL {
        for predicted in Label::ALL {
            let n = matrix.count(gold, predicted);
            if gold != predicted && n > 0 {
                let gold_ratio = ratio(n, matrix.label(gold).gold);
                all.push(Confusion { gold, predicted, n, gold_ratio });
            }
        }
    }
    all.sort_by_key(|c| std::cmp::Reverse(c.n));
    all.truncate(MAX_CONFUSIONS);
    all
}

#[cfg(test)]
mod tests {
    use super::super::scored::score;
    use super::super::testing::{document, paragraph};
    use super::*;
    use crate::label::Label::{Body, Caption, Heading, Related};
    use crate::model::decision::Cutoff;

    #[test]
    fn the_surest_errors_stand_first() {
        let mut paragraphs = vec![
            paragraph(Body, &[(Body, 1.0)], "right"),
            paragraph(Body, &[(Related, 0.75), (Body, 0.25)], "second"),
            paragraph(Related, &[(Body, 0.9), (Related, 0.1)], "first"),
            paragraph(Caption, &[(Related, 0.75), (Body, 0.25)], "third"),
        ];
        for _ in 0..30 {
            paragraphs.push(paragraph(Body, &[(Heading, 0.6), (Body, 0.4)], "many"));
        }
        let documents = [document("doc", "pub.example", paragraphs)];
        let errors = confident_errors(&score(&documents, Cutoff::flat(0.5)));
        assert_eq!(errors.len(), MAX_ERRORS);
        let texts: Vec<_> = errors.iter().map(|e| e.text.as_str()).collect();
        assert_eq!(texts[..4], ["first", "second", "third", "many"]);
        let first = &errors[0];
        assert_eq!((first.index, first.gold, first.predicted), (2, Related, Body));
        assert_eq!((first.probability, first.document.as_str()), (0.9, "doc"));
    }

    #[test]
    fn texts_are_cut_between_characters() {
        let text = "é".repeat(MAX_TEXT_CHARS);
        assert_eq!(cut(&text), text);
        assert_eq!(cut(&format!("{text}€")), text);
        assert_eq!(cut(""), "");
    }

    #[test]
    fn confusions_are_counted_one_way() {
        let mut matrix = ConfusionMatrix::default();
        for (gold, predicted, n) in
            [(Body, Related, 1), (Related, Body, 2), (Related, Related, 2), (Body, Heading, 1)]
        {
            (0..n).for_each(|_| matrix.record(gold, predicted));
        }
        let found = confusions(&matrix);
        assert_eq!(
            found.iter().map(|c| (c.gold, c.predicted, c.n)).collect::<Vec<_>>(),
            [(Related, Body, 2), (Body, Heading, 1), (Body, Related, 1)]
        );
        assert_eq!(found[0].gold_ratio, Some(0.5));
    }
}
