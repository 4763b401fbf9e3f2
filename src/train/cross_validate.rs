//! Cross-validation over any mixture of labelled data.

use super::crossfit::Crossfit;
use super::decision::{Decision, fit_decision, judge};
use super::template_weights::Told;
use super::text_subjects::TextSubjects;
use super::{Corpus, Progress, TrainOptions, crossfit, deciding};
use crate::error::Result;
use crate::evaluate::JudgedDocument;
use crate::featurize::schema::FeatureGroup;
use crate::templates::Weights;

/// Documents judged out of fold.
#[derive(Debug, Clone)]
pub struct CrossValidated {
    /// One judged document for each document of the corpus, in order.
    pub documents: Vec<JudgedDocument>,
    /// The calibration and thresholds used.
    pub decision: Decision,
}

/// Documents judged out of fold and by the templates of their publishers.
#[derive(Debug, Clone)]
pub struct WithTemplates {
    /// One judged document for each document of the corpus, in order.
    pub documents: Vec<JudgedDocument>,
    /// The weights of what templates say, fitted on all folds.
    pub weights: Weights,
}

/// Judges every document of a corpus by models that saw no document of its publisher, with all
/// features and without groups of them.
pub struct CrossValidation<'a> {
    corpus: &'a Corpus,
    decides: &'a dyn Fn(usize) -> bool,
    crossfit: Crossfit<TextSubjects<'a>>,
}

impl<'a> CrossValidation<'a> {
    /// Begins with the candidates for cues.
    ///
    /// Calibration and thresholds will be fitted on the out-of-fold scores of the documents for
    /// which `decides` is true (the real mixes; hand-written data holds more boilerplate than life)
    /// and of the derived documents that are whole.
    pub fn new(
        corpus: &'a Corpus,
        options: &TrainOptions,
        decides: &'a dyn Fn(usize) -> bool,
        progress: &mut Progress<'_>,
    ) -> Self {
        Self { corpus, decides, crossfit: crossfit(corpus, options, progress) }
    }

    /// As [`Self::judge`], and the same documents once more with what the templates of their publishers
    /// say: how many of the other documents of the corpus by the same publisher hold a paragraph.
    ///
    /// The weights of that evidence are fitted without the fold that is judged, those returned on all
    /// folds; both on the documents that decide, as calibration is. Thresholds stay as they are.
    ///
    /// # Errors
    /// As [`super::train`].
    pub fn judge_with_templates(
        &mut self,
        progress: &mut Progress<'_>,
    ) -> Result<(CrossValidated, WithTemplates)> {
        let scores = self.crossfit.out_of_fold(progress)?;
        let decision = fit_decision(&deciding(self.corpus, &scores, self.decides))?;
        let calibration = decision.calibration;
        let documents = judge(&self.corpus.documents, &scores, calibration);
        let told = Told::new(&self.corpus.documents, &scores, calibration);
        let weights = |left_out: Option<usize>| {
            let kept = |index: usize| left_out != Some(self.corpus.folds[index]);
            told.weights(|index| (self.decides)(index) && kept(index))
        };
        let by_fold: Vec<Weights> = (0..self.corpus.k).map(|fold| weights(Some(fold))).collect();
        let with = WithTemplates {
            documents: told.judge(|index| by_fold[self.corpus.folds[index]]),
            weights: weights(None),
        };
        Ok((CrossValidated { documents, decision }, with))
    }

    /// Judges with all features, or without the group that is [left out](Self::leave_out).
    ///
    /// # Errors
    /// As [`super::train`].
    pub fn judge(&mut self, progress: &mut Progress<'_>) -> Result<CrossValidated> {
        let scores = self.crossfit.out_of_fold(progress)?;
        let decision = fit_decision(&deciding(self.corpus, &scores, self.decides))?;
        let documents = judge(&self.corpus.documents, &scores, decision.calibration);
        Ok(CrossValidated { documents, decision })
    }

    /// Ignores a group of features, and none but it, from now on (an ablation).
    pub fn leave_out(&mut self, group: FeatureGroup, progress: &mut Progress<'_>) {
        progress.step(&format!("without the features of group {}", group.as_str()));
        self.crossfit.leave_out(&[group]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{LabelledDocument, LabelledParagraph};
    use crate::label::Label;
    use crate::model::decision::boilerplate;

    fn corpus() -> Corpus {
        Corpus::new(documents(|i| format!("p{i}.example")), 3, 1).unwrap()
    }

    /// Documents of the publishers that `publisher` gives for their numbers.
    fn documents(publisher: impl Fn(usize) -> String) -> Vec<LabelledDocument> {
        let prose = [
            "The council voted on Monday to keep the ferry, the mayor said.",
            "Nobody in the harbour had expected so many boats that morning.",
            "A bridge would cost more than the town earns in ten years.",
        ];
        let document = |i: usize| {
            // No publisher repeats them.
            let name = char::from(b'a' + i as u8);
            let mut lines = vec![
                (format!("Ferry number {name} stays"), Label::Heading),
                (format!("{} So said {name}.", prose[i % 3]), Label::Body),
                (format!("{} So said {name}.", prose[(i + 1) % 3]), Label::Body),
                ("Share this on Facebook".to_owned(), Label::SharePrompt),
            ];
            // Neither the words nor the place alone tell a label.
            if i % 5 < 2 {
                lines[3].1 = Label::Body;
                lines[2].1 = Label::Related;
            }
            if i.is_multiple_of(2) {
                lines.swap(1, 3);
                lines.push((format!("Copyright {i}, all rights reserved."), Label::Copyright));
            }
            let paragraph =
                |(text, label): (String, Label)| LabelledParagraph { text, label: Some(label) };
            LabelledDocument {
                id: format!("d{i}"),
                publisher: Some(publisher(i)),
                paragraphs: lines.into_iter().map(paragraph).collect(),
            }
        };
        (0..24).map(document).collect()
    }

    /// Judges without each of the groups, in order, after all features where `whole` says so.
    fn without(groups: &[FeatureGroup], whole: bool) -> CrossValidated {
        let corpus = corpus();
        let (decides, mut silent) = (|_| true, |_: &str| {});
        let mut progress = Progress::new(&mut silent);
        let options = TrainOptions::default();
        let mut validation = CrossValidation::new(&corpus, &options, &decides, &mut progress);
        let mut judged = whole.then(|| validation.judge(&mut progress).unwrap());
        for &group in groups {
            validation.leave_out(group, &mut progress);
            judged = Some(validation.judge(&mut progress).unwrap());
        }
        judged.expect("something was judged")
    }

    /// The greatest difference of a probability.
    fn apart(one: &CrossValidated, other: &CrossValidated) -> f32 {
        let all = |judged: &CrossValidated| {
            let paragraphs = judged.documents.iter().flat_map(|document| &document.paragraphs);
            paragraphs.flat_map(|paragraph| paragraph.probabilities).collect::<Vec<f32>>()
        };
        let pairs = all(one).into_iter().zip(all(other));
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    }

    /// Judged without and with templates.
    fn with_templates(corpus: &Corpus) -> (CrossValidated, WithTemplates) {
        let (decides, mut silent) = (|_| true, |_: &str| {});
        let mut progress = Progress::new(&mut silent);
        let options = TrainOptions::default();
        let mut validation = CrossValidation::new(corpus, &options, &decides, &mut progress);
        validation.judge_with_templates(&mut progress).unwrap()
    }

    #[test]
    fn templates_speak_of_what_a_publisher_repeats_and_of_nothing_else() {
        let probabilities = |documents: &[JudgedDocument]| {
            let paragraphs = documents.iter().flat_map(|document| &document.paragraphs);
            paragraphs
                .map(|p| (p.text.clone(), boilerplate(&p.probabilities)))
                .collect::<Vec<(String, f32)>>()
        };
        // A line of each publisher's own, in the manner of the articles.
        let mut documents = documents(|i| format!("p{}.example", i / 4));
        for (document, i) in documents.iter_mut().zip(0..) {
            let name = char::from(b'z' - i / 4);
            let council = "The council voted on Monday to keep the ferry, the mayor said.";
            let text = format!("{council} So said {name}{name}.");
            let label = Some(Label::Disclaimer);
            let place = 1 + usize::from(i) % 3;
            document.paragraphs.insert(place, LabelledParagraph { text, label });
        }
        let (without, with) = with_templates(&Corpus::new(documents, 3, 1).unwrap());
        assert!(with.weights.share + with.weights.log_holders > 0.0, "{:?}", with.weights);
        let pairs =
            probabilities(&without.documents).into_iter().zip(probabilities(&with.documents));
        let mut moved = 0;
        for ((text, without), (_, with)) in pairs {
            assert!(with >= without, "{text}: {without} {with}");
            moved += usize::from(text.contains("So said") && with > without);
            assert!(!text.starts_with("Ferry") || with == without, "{text}");
        }
        assert_eq!(moved, 24);
        let (without, with) = with_templates(&self::corpus());
        assert_eq!(probabilities(&without.documents), probabilities(&with.documents));
    }

    /// Beginning at other fits, or after another group was left out, gives what fits from nothing
    /// give; and the group makes a difference.
    #[test]
    fn a_group_left_out_after_others_is_as_if_left_out_alone() {
        let all = without(&[], true);
        for group in [FeatureGroup::CueSum, FeatureGroup::Neighbours] {
            let alone = without(&[group], false);
            let after = without(&[FeatureGroup::Shape, FeatureGroup::Gated, group], true);
            assert!(apart(&alone, &after) < 1e-3, "{group:?}: {}", apart(&alone, &after));
            assert!(apart(&alone, &all) > 1e-2, "{group:?} makes no difference");
        }
    }
}
