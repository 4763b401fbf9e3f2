//! [`Evaluation`]: everything that is measured on a set, in one plain struct. Its JSON is
//! described by `docs/schema/evaluate.json`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::bootstrap::{Interval, intervals};
use super::calibration::Calibration;
use super::confusion::{ConfusionMatrix, MicroCounts};
use super::errors::{ConfidentError, Confusion, confident_errors, confusions};
use super::figure::Figure;
use super::scored::{Scored, check_probabilities, check_threshold, score};
use super::slices::{MIN_PUBLISHER_PARAGRAPHS, PublisherSlices, Slice, by_length, by_publisher};
use super::sweep::{Sweep, ThresholdCurve};
use super::tally::{self, FIGURES, Tally};
use super::{BinaryCounts, BinaryResult, JudgedSet, Method, data_fingerprint};
use crate::error::{Error, Result};
use crate::label::{Group, Label};
use crate::model::decision::{Cutoff, Scale};

/// The kinds that say most to whoever judges a source; they stand first.
const FIRST_KINDS: [Label; 7] = [
    Label::Disclaimer,
    Label::FairUse,
    Label::Copyright,
    Label::EditorialNote,
    Label::Byline,
    Label::AuthorBio,
    Label::Contact,
];

/// Everything that is measured on a set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// Version of this record's form.
    pub schema: u32,
    /// What the data are called.
    pub name: String,
    /// How the probabilities came about.
    pub method: Method,
    /// The fingerprint of the model; `None` where there was no single one.
    pub model_fingerprint: Option<String>,
    /// The fingerprint of the data, see [`data_fingerprint`].
    pub data_fingerprint: String,
    /// The threshold by which labels were decided, 0..=1.
    pub threshold: f32,
    /// The threshold of `--aggressive`, 0..=1; its figures stand in the sweep.
    pub aggressive_threshold: Option<f32>,
    /// How thresholds are held against a paragraph.
    pub scale: Scale,
    /// On how much it was measured.
    pub size: Size,
    /// Share of paragraphs with the right one of 17 labels.
    pub accuracy: Figure,
    /// Mean F1 over the labels that occur in the data.
    pub macro_f1: Figure,
    /// All labels counted together.
    pub micro: MicroCounts,
    /// Content against boilerplate, by the model.
    pub boilerplate: BinaryResult,
    /// Content against boilerplate, by the C4 line rule, on the same paragraphs.
    pub c4_baseline: BinaryResult,
    /// All 17 labels; first those that say most about a source.
    pub kinds: Vec<KindResult>,
    /// Which label became which.
    pub confusion_matrix: ConfusionMatrix,
    /// The most frequent confusions.
    pub confusions: Vec<Confusion>,
    /// What every threshold would have given.
    pub sweep: Sweep,
    /// Calibration of the chosen label's probability.
    pub label_calibration: Calibration,
    /// Calibration of `boilerplate` as the probability that a paragraph is boilerplate.
    pub boilerplate_calibration: Calibration,
    /// Results by publisher.
    pub publishers: PublisherSlices,
    /// Results by number of words.
    pub lengths: Vec<Slice>,
    /// What each feature group is worth, where it was measured.
    pub ablation: Option<Vec<AblationRow>>,
    /// The errors that the model was surest of.
    pub errors: Vec<ConfidentError>,
}

/// On how much it was measured. Words are separated by white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Size {
    /// Documents with a labelled paragraph.
    pub documents: u64,
    /// Documents without one; they count for nothing.
    pub documents_without_labels: u64,
    /// Publishers of the documents with a labelled paragraph.
    pub publishers: u64,
    /// Labelled paragraphs.
    pub paragraphs: u64,
    /// Paragraphs without a label, which were read but not scored.
    pub context_paragraphs: u64,
    /// Words of the labelled paragraphs.
    pub words: u64,
    /// Paragraphs labelled `body` or `heading`.
    pub content_paragraphs: u64,
    /// Their words.
    pub content_words: u64,
    /// Paragraphs with any other label.
    pub boilerplate_paragraphs: u64,
}

/// The figures of one label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct KindResult {
    /// The label.
    pub label: Label,
    /// The label's group.
    pub group: Group,
    /// Paragraphs that people gave the label.
    pub gold: u64,
    /// Paragraphs that the model gave the label.
    pub predicted: u64,
    /// Paragraphs that both gave the label.
    pub right: u64,
    /// `right / predicted`.
    pub precision: Figure,
    /// `right / gold`.
    pub recall: Figure,
    /// Harmonic mean of precision and recall.
    pub f1: Figure,
}

/// What is left without one group of features.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AblationRow {
    /// The feature group left out.
    pub group: String,
    /// Accuracy without it.
    pub accuracy: Option<f64>,
    /// F1 of boilerplate without it.
    pub boilerplate_f1: Option<f64>,
    /// Accuracy without it minus accuracy with everything; below 0 where the group helps.
    pub difference: Option<f64>,
}

impl AblationRow {
    /// Compares an evaluation without `group` to the one with everything.
    #[must_use]
    pub fn new(group: impl Into<String>, without: &Evaluation, full: &Evaluation) -> Self {
        let (accuracy, all) = (without.accuracy.value, full.accuracy.value);
        Self {
            group: group.into(),
            accuracy,
            boilerplate_f1: without.boilerplate.f1.value,
            difference: accuracy.zip(all).map(|(without, all)| without - all),
        }
    }
}

impl Evaluation {
    /// Version of the record's form.
    pub const SCHEMA: u32 = 1;

    /// Measures everything but the ablation, which is for others to fill.
    ///
    /// # Errors
    /// [`Data`](crate::error::ErrorKind::Data) where no paragraph carries a label, or a labelled
    /// one has probabilities outside 0..=1 or that do not sum to 1;
    /// [`Usage`](crate::error::ErrorKind::Usage) for a threshold outside 0..=1.
    pub fn new(set: &JudgedSet) -> Result<Self> {
        check_threshold("threshold", set.threshold)?;
        if let Some(aggressive) = set.aggressive_threshold {
            check_threshold("aggressive threshold", aggressive)?;
        }
        check_probabilities(&set.documents)?;
        let cutoff = Cutoff { threshold: set.threshold, scale: set.scale };
        let scored = score(&set.documents, cutoff);
        if scored.is_empty() {
            return Err(Error::data(format!(
                "`{}` has no labelled paragraph, expected at least one; give labels in the column \
                 or field `label`",
                set.name
            )));
        }
        let mut matrix = ConfusionMatrix::default();
        scored.iter().for_each(|p| matrix.record(p.gold, p.decided.label));
        let measured = Measured::new(&scored);
        let curve = ThresholdCurve::new(&set.documents, set.scale);
        Ok(Self {
            schema: Self::SCHEMA,
            name: set.name.clone(),
            method: set.method,
            model_fingerprint: set.model_fingerprint.clone(),
            data_fingerprint: data_fingerprint(&set.documents),
            threshold: set.threshold,
            aggressive_threshold: set.aggressive_threshold,
            scale: set.scale,
            size: size(set, &scored),
            accuracy: measured.figure(tally::ACCURACY),
            macro_f1: measured.figure(tally::MACRO_F1),
            micro: matrix.micro(),
            boilerplate: measured.binary(measured.total.model, tally::MODEL),
            c4_baseline: measured.binary(measured.total.c4, tally::C4),
            kinds: kind_order().map(|label| measured.kind(label)).collect(),
            confusions: confusions(&matrix),
            confusion_matrix: matrix,
            sweep: Sweep::new(&curve, set.threshold, set.aggressive_threshold),
            label_calibration: Calibration::new(
                scored.iter().map(|p| (p.decided.probability, p.gold == p.decided.label)),
            ),
            boilerplate_calibration: Calibration::new(
                scored.iter().map(|p| (p.decided.boilerplate, !p.gold.is_content())),
            ),
            publishers: by_publisher(&scored, MIN_PUBLISHER_PARAGRAPHS),
            lengths: by_length(&scored),
            ablation: None,
            errors: confident_errors(&scored),
        })
    }
}

/// Every label: [`FIRST_KINDS`], then the others in column order.
fn kind_order() -> impl Iterator<Item = Label> {
    let others = Label::ALL.into_iter().filter(|label| !FIRST_KINDS.contains(label));
    FIRST_KINDS.into_iter().chain(others)
}

/// The sum of all documents' counts, every figure and its interval.
struct Measured {
    total: Tally,
    values: [Option<f64>; FIGURES],
    intervals: [Option<Interval>; FIGURES],
}

impl Measured {
    fn new(scored: &[Scored<'_>]) -> Self {
        let documents = Tally::by_document(scored);
        let mut total = Tally::default();
        documents.iter().for_each(|document| total += document);
        let values = total.figures();
        Self { values, intervals: intervals(&documents, Tally::figures), total }
    }

    fn figure(&self, place: usize) -> Figure {
        Figure::new(self.values[place], self.intervals[place])
    }

    fn binary(&self, counts: BinaryCounts, place: usize) -> BinaryResult {
        BinaryResult {
            counts,
            precision: self.figure(place),
            recall: self.figure(place + 1),
            f1: self.figure(place + 2),
            content_words_lost_ratio: self.figure(place + 3),
        }
    }

    fn kind(&self, label: Label) -> KindResult {
        let counts = self.total.labels[label.index()];
        let place = tally::LABELS + 3 * label.index();
        KindResult {
            label,
            group: label.group(),
            gold: counts.gold,
            predicted: counts.predicted,
            right: counts.right,
            precision: self.figure(place),
            recall: self.figure(place + 1),
            f1: self.figure(place + 2),
        }
    }
}

fn size(set: &JudgedSet, scored: &[Scored<'_>]) -> Size {
    let documents = scored.chunk_by(|a, b| a.document_index == b.document_index).count();
    let publishers: BTreeSet<&str> = scored.iter().map(|p| p.document.publisher.as_str()).collect();
    let paragraphs: usize = set.documents.iter().map(|d| d.paragraphs.len()).sum();
    let content = || scored.iter().filter(|p| p.gold.is_content());
    Size {
        documents: documents as u64,
        documents_without_labels: (set.documents.len() - documents) as u64,
        publishers: publishers.len() as u64,
        paragraphs: scored.len() as u64,
        context_paragraphs: (paragraphs - scored.len()) as u64,
        words: scored.iter().map(|p| p.words).sum(),
        content_paragraphs: content().count() as u64,
        content_words: content().map(|p| p.words).sum(),
        boilerplate_paragraphs: (scored.len() - content().count()) as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, paragraph, set};
    use super::*;
    use crate::label::Label::{Body, Copyright, Related};

    fn sample() -> JudgedSet {
        let mut context = paragraph(Body, &[], "not scored");
        context.gold = None;
        set(vec![
            document(
                "1",
                "a.example",
                vec![
                    paragraph(Body, &[(Body, 0.9), (Related, 0.1)], "The council met on Monday."),
                    paragraph(Related, &[(Related, 0.8), (Body, 0.2)], "More news"),
                    context,
                ],
            ),
            document(
                "2",
                "b.example",
                vec![
                    paragraph(Body, &[(Copyright, 0.7), (Body, 0.3)], "Five words are lost here"),
                    paragraph(Copyright, &[(Copyright, 1.0)], "All rights are reserved by us."),
                ],
            ),
            document("3", "c.example", Vec::new()),
        ])
    }

    #[test]
    fn the_parts_agree_with_each_other_and_with_a_hand_calculation() {
        let e = Evaluation::new(&sample()).unwrap();
        assert_eq!((e.size.documents, e.size.documents_without_labels), (2, 1));
        assert_eq!((e.size.publishers, e.size.paragraphs, e.size.context_paragraphs), (2, 4, 1));
        assert_eq!((e.size.words, e.size.content_words), (18, 10));
        assert_eq!((e.size.content_paragraphs, e.size.boilerplate_paragraphs), (2, 2));
        assert_eq!(e.accuracy, Figure { value: Some(0.75), low: Some(0.5), high: Some(1.0) });
        assert_eq!(e.accuracy.value, e.confusion_matrix.accuracy());
        assert_eq!(e.macro_f1.value, e.confusion_matrix.macro_f1());
        assert_eq!(e.boilerplate.content_words_lost_ratio.value, Some(0.5));
        assert_eq!(e.boilerplate.recall.value, Some(1.0));
        assert_eq!(e.boilerplate.precision.value, Some(2.0 / 3.0));
        // C4 keeps the first paragraph and the copyright line.
        let c4 = e.c4_baseline.counts;
        assert_eq!((c4.true_positive, c4.false_positive, c4.false_negative), (1, 1, 1));
        let stored = e.sweep.points.iter().find(|p| p.stored).unwrap();
        assert_eq!(stored.f1, e.boilerplate.f1.value);
        assert_eq!(stored.accuracy, e.accuracy.value);
        assert_eq!(e.errors.len() as u64, e.micro.wrong);
        assert_eq!(Evaluation::new(&sample()).unwrap(), e);
    }

    #[test]
    fn all_kinds_are_there_and_those_about_the_source_first() {
        let e = Evaluation::new(&sample()).unwrap();
        let kinds: Vec<_> = e.kinds.iter().map(|k| k.label).collect();
        assert_eq!(kinds[..7], FIRST_KINDS);
        assert_eq!(kinds.iter().collect::<BTreeSet<_>>().len(), Label::COUNT);
        let copyright = &e.kinds[2];
        assert_eq!((copyright.gold, copyright.predicted, copyright.right), (1, 2, 1));
        assert_eq!(copyright.precision.value, Some(0.5));
        assert_eq!(copyright.f1.value, e.confusion_matrix.label(Copyright).f1());
        assert_eq!(e.kinds[0].f1, Figure { value: None, low: None, high: None });
    }

    #[test]
    fn what_cannot_be_measured_is_refused() {
        let mut none = sample();
        none.documents.iter_mut().flat_map(|d| &mut d.paragraphs).for_each(|p| p.gold = None);
        let error = Evaluation::new(&none).unwrap_err().to_string();
        assert!(error.contains("`sample` has no labelled paragraph"), "{error}");
        let mut high = sample();
        high.aggressive_threshold = Some(2.0);
        assert!(Evaluation::new(&high).unwrap_err().to_string().contains("aggressive threshold"));
    }

    #[test]
    fn ablation_is_a_difference_of_accuracies() {
        let full = Evaluation::new(&sample()).unwrap();
        let mut worse = sample();
        worse.documents[0].paragraphs[0].probabilities =
            worse.documents[1].paragraphs[1].probabilities;
        let row = AblationRow::new("cues", &Evaluation::new(&worse).unwrap(), &full);
        assert_eq!((row.accuracy, row.difference), (Some(0.5), Some(-0.25)));
    }
}
