//! Labelled documents judged by one model.

use super::{JudgedDocument, JudgedParagraph, JudgedSet, Method};
use crate::classify::Classifier;
use crate::document::{Content, Document, LabelledDocument};
use crate::model::decision::{Cutoff, Scale};

/// What a classifier makes of labelled documents; `name` is what the data are called in reports.
#[must_use]
pub fn judge(
    name: impl Into<String>,
    classifier: &Classifier,
    documents: Vec<LabelledDocument>,
) -> JudgedSet {
    let Cutoff { threshold, scale } = classifier.cutoff();
    let aggressive = classifier.model().thresholds.aggressive;
    JudgedSet {
        name: name.into(),
        method: Method::Model,
        model_fingerprint: Some(classifier.model().fingerprint()),
        threshold,
        // On another scale it would say something else.
        aggressive_threshold: (scale == Scale::ByLength).then_some(aggressive),
        scale,
        documents: documents.into_iter().map(|document| judged(classifier, document)).collect(),
    }
}

fn judged(classifier: &Classifier, mut labelled: LabelledDocument) -> JudgedDocument {
    let texts = labelled.paragraphs.iter_mut().map(|p| std::mem::take(&mut p.text)).collect();
    let document = Document {
        publisher: labelled.publisher.clone(),
        content: Content::Paragraphs(texts),
        ..Document::default()
    };
    let verdict = classifier.classify(&document);
    let paragraphs = verdict
        .paragraphs
        .iter()
        .zip(&labelled.paragraphs)
        .map(|(paragraph, labelled)| JudgedParagraph {
            index: paragraph.index,
            text: paragraph.text(&document).to_owned(),
            gold: labelled.label,
            probabilities: paragraph.probabilities,
        })
        .collect();
    JudgedDocument { publisher: labelled.group().to_owned(), id: labelled.id, paragraphs }
}
