//! [`Scored`]: a paragraph with a label given by people, decided; and the check that its
//! probabilities are such.

use super::JudgedDocument;
use crate::error::{Error, Result};
use crate::label::Label;
use crate::model::decision::{Cutoff, Decided, decide};
use crate::verdict::clean::words;

/// How far from 1 the sum of a paragraph's probabilities may lie: 17 values rounded to 4 decimals
/// can be off by 0.00085.
const SUM_TOLERANCE: f32 = 0.01;

/// One paragraph that counts.
pub(crate) struct Scored<'a> {
    /// Place of the document in the set, counted from 0.
    pub(crate) document_index: usize,
    pub(crate) document: &'a JudgedDocument,
    /// Place of the paragraph in its document, counted from 0.
    pub(crate) index: usize,
    pub(crate) text: &'a str,
    pub(crate) probabilities: &'a [f32; Label::COUNT],
    /// Words of the text, separated by white space.
    pub(crate) words: u64,
    pub(crate) gold: Label,
    pub(crate) decided: Decided,
}

/// The paragraphs that carry a label, in the order of the data, decided by `cutoff`.
pub(crate) fn score(documents: &[JudgedDocument], cutoff: Cutoff) -> Vec<Scored<'_>> {
    let mut all = Vec::new();
    for (document_index, document) in documents.iter().enumerate() {
        for paragraph in &document.paragraphs {
            let Some(gold) = paragraph.gold else { continue };
            let words = words(&paragraph.text);
            all.push(Scored {
                document_index,
                document,
                index: paragraph.index,
                text: &paragraph.text,
                probabilities: &paragraph.probabilities,
                words,
                gold,
                decided: decide(&paragraph.probabilities, cutoff, || words),
            });
        }
    }
    all
}

/// Fails unless every labelled paragraph has probabilities in 0..=1 with sum 1: NaN and the like
/// would otherwise pass as a label.
pub(crate) fn check_probabilities(documents: &[JudgedDocument]) -> Result<()> {
    for document in documents {
        for paragraph in document.paragraphs.iter().filter(|p| p.gold.is_some()) {
            let place = || format!("document `{}`, paragraph {}", document.id, paragraph.index);
            for (label, p) in Label::ALL.into_iter().zip(paragraph.probabilities) {
                if !(0.0..=1.0).contains(&p) {
                    return Err(Error::data(format!(
                        "{}: the probability of `{label}` is {p}, expected 0 to 1; mend the model \
                         that gave it",
                        place()
                    )));
                }
            }
            let sum: f32 = paragraph.probabilities.iter().sum();
            if (sum - 1.0).abs() > SUM_TOLERANCE {
                return Err(Error::data(format!(
                    "{}: the probabilities sum to {sum}, expected 1; mend the model that gave them",
                    place()
                )));
            }
        }
    }
    Ok(())
}

/// Fails unless `threshold` lies in 0..=1; `which` names it in the message.
pub(crate) fn check_threshold(which: &str, threshold: f32) -> Result<()> {
    if (0.0..=1.0).contains(&threshold) {
        return Ok(());
    }
    Err(Error::usage(format!("the {which} is {threshold}, expected a number from 0 to 1")))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, paragraph};
    use super::*;
    use crate::label::Label::{Body, Related};

    #[test]
    fn context_is_not_scored_and_words_are_white_space_runs() {
        let mut context = paragraph(Body, &[(Body, f32::NAN)], "left out");
        context.gold = None;
        let documents = [document(
            "d",
            "p",
            vec![context, paragraph(Related, &[(Body, 0.4), (Related, 0.6)], " one\ttwo\u{a0}x\n")],
        )];
        check_probabilities(&documents).unwrap();
        let scored = score(&documents, Cutoff::flat(0.5));
        assert_eq!(scored.len(), 1);
        assert_eq!((scored[0].index, scored[0].words), (1, 3));
        assert_eq!(scored[0].decided.label, Related);
    }

    #[test]
    fn bad_probabilities_and_thresholds_are_named() {
        let bad = |pairs: &[(Label, f32)]| {
            check_probabilities(&[document("d7", "p", vec![paragraph(Body, pairs, "x")])])
                .unwrap_err()
                .to_string()
        };
        assert!(bad(&[(Body, f32::NAN)]).contains("`d7`, paragraph 0: the probability of `body`"));
        assert!(bad(&[(Body, 1.5), (Related, -0.5)]).contains("1.5"));
        assert!(bad(&[(Body, 0.5)]).contains("sum to 0.5"));
        assert!(check_threshold("threshold", 1.0).is_ok());
        assert!(check_threshold("threshold", f32::NAN).is_err());
        assert!(check_threshold("threshold", 1.01).is_err());
    }
}
