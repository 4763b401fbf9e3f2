//! Labelled documents with their folds, checked for what a fit needs.

use std::collections::BTreeSet;

use super::derived::{Derived, publisher_hash};
use crate::document::LabelledDocument;
use crate::error::{Error, Result};
use crate::evaluate::{JudgedDocument, JudgedParagraph, assign_folds, data_fingerprint};
use crate::label::Label;

/// Fewest folds: passes are fitted without each pair of folds, on what is left.
const MIN_FOLDS: usize = 3;
/// Most folds: sets of folds are kept as bits, and pairs of folds are fitted.
const MAX_FOLDS: usize = 16;

/// Labelled documents, ready to be trained on.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// The documents.
    pub documents: Vec<LabelledDocument>,
    /// The fold of each document, 0..k.
    pub folds: Vec<usize>,
    /// Documents in numbers, and cues, that take part in every fit.
    pub derived: Derived,
    /// The fold of each derived document, 0..k.
    pub derived_folds: Vec<usize>,
    /// Number of folds.
    pub k: usize,
    /// What a user should know: fallbacks taken, labels that cannot be learned well.
    pub warnings: Vec<String>,
}

/// Refuses a number of folds that cannot be cross-validated with.
///
/// # Errors
/// [`crate::error::ErrorKind::Usage`] for a number outside 3..=16.
pub fn check_folds(folds: usize) -> Result<()> {
    if (MIN_FOLDS..=MAX_FOLDS).contains(&folds) {
        return Ok(());
    }
    Err(Error::usage(format!("{folds} folds: expected {MIN_FOLDS} to {MAX_FOLDS}")))
}

impl Corpus {
    /// Assigns documents to `folds` folds by publisher.
    ///
    /// Where there are fewer publishers than folds, documents are the units, with a warning; so they
    /// are where no document names a publisher. A label that occurs at one publisher only is warned
    /// of: cross-validation cannot tell how well it is learned.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Data`] if there is no labelled paragraph, only one label, or fewer
    /// documents than folds; [`crate::error::ErrorKind::Usage`] for a number of folds outside 3..=16.
    pub fn new(documents: Vec<LabelledDocument>, folds: usize, seed: u64) -> Result<Self> {
        check_folds(folds)?;
        let mut corpus = Self {
            documents,
            folds: Vec::new(),
            derived: Derived::default(),
            derived_folds: Vec::new(),
            k: folds,
            warnings: Vec::new(),
        };
        corpus.check_labels()?;
        let weight = |d: &LabelledDocument| d.paragraphs.len() as u64;
        let named = corpus.documents.iter().any(|d| d.publisher.is_some());
        let publishers = corpus.publishers();
        let by_document = !named || publishers < folds;
        let groups: Vec<(String, u64)> = corpus
            .documents
            .iter()
            .enumerate()
            .map(|(index, d)| {
                let name = if by_document { format!("{index}/{}", d.id) } else { d.group().into() };
                (name, weight(d))
            })
            .collect();
        if by_document {
            let why = if named {
                format!("{publishers} publishers are fewer than {folds} folds")
            } else {
                "the data names no publisher".to_owned()
            };
            corpus.warnings.push(format!(
                "{why}: split by document, so figures are too good for publishers not seen"
            ));
            if corpus.documents.len() < folds {
                let n = corpus.documents.len();
                let fewer =
                    if n < MIN_FOLDS { String::new() } else { format!(" or pass --folds {n}") };
                return Err(Error::data(format!(
                    "{n} documents cannot fill {folds} folds; add documents{fewer}"
                )));
            }
        }
        corpus.folds = assign_folds(&groups, folds, seed)?;
        Ok(corpus)
    }

    /// Lets derived documents take part in the fits, in folds of their own publishers.
    ///
    /// Where a publisher of the documents is among those of the derived ones, none takes part, with
    /// a warning: cues that it had a say in must not judge it.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Data`] if the derived documents have fewer publishers than folds.
    pub fn join(&mut self, derived: Derived, seed: u64) -> Result<()> {
        if derived.documents.is_empty() {
            return Ok(());
        }
        let known: BTreeSet<&str> = derived.documents.iter().map(|d| &*d.publisher).collect();
        let own: BTreeSet<&str> = self.documents.iter().map(LabelledDocument::group).collect();
        let common = own.iter().filter(|p| known.contains(&*publisher_hash(p))).count();
        if common > 0 {
            self.warnings.push(format!(
                "{common} of the {} publishers are among those of the derived rows: the rows take no \
                 part",
                own.len()
            ));
            return Ok(());
        }
        let groups: Vec<(&str, u64)> =
            derived.documents.iter().map(|d| (&*d.publisher, d.labels.len() as u64)).collect();
        self.derived_folds = assign_folds(&groups, self.k, seed)?;
        self.derived = derived;
        Ok(())
    }

    fn check_labels(&mut self) -> Result<()> {
        let mut publishers: Vec<Vec<&str>> = vec![Vec::new(); Label::COUNT];
        for document in &self.documents {
            for label in document.paragraphs.iter().filter_map(|p| p.label) {
                publishers[label.index()].push(document.group());
            }
        }
        let mut present = Vec::new();
        let mut warnings = Vec::new();
        for (label, groups) in Label::ALL.into_iter().zip(&mut publishers) {
            groups.sort_unstable();
            groups.dedup();
            match groups[..] {
                [] => {}
                [only] => {
                    present.push(label.as_str());
                    warnings.push(format!(
                        "label {label} occurs at one publisher only ({only}): its figures say \
                         nothing about other publishers"
                    ));
                }
                _ => present.push(label.as_str()),
            }
        }
        self.warnings.extend(warnings);
        match present[..] {
            [] => Err(Error::data(
                "no paragraph has a label; expected a `label` column or field with names such as \
                 body or related (see docs/labels.md, or map other names with --labels-map)",
            )),
            [only] => Err(Error::data(format!(
                "all labelled paragraphs are {only}; a model needs at least two labels"
            ))),
            _ => Ok(()),
        }
    }

    /// Number of publishers; documents that name none count as one each.
    #[must_use]
    pub fn publishers(&self) -> usize {
        let mut groups: Vec<&str> = self.documents.iter().map(LabelledDocument::group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.len()
    }

    /// Number of labelled paragraphs.
    #[must_use]
    pub fn labelled(&self) -> usize {
        self.documents.iter().flat_map(|d| &d.paragraphs).filter(|p| p.label.is_some()).count()
    }
}

/// SHA-256 of labelled documents, hexadecimal: the same as an evaluation of them reports.
#[must_use]
pub fn fingerprint(documents: &[LabelledDocument]) -> String {
    let judged: Vec<JudgedDocument> = documents
        .iter()
        .map(|document| JudgedDocument {
            id: document.id.clone(),
            publisher: document.group().to_owned(),
            paragraphs: document
                .paragraphs
                .iter()
                .enumerate()
                .map(|(index, paragraph)| JudgedParagraph {
                    index,
                    text: paragraph.text.clone(),
                    gold: paragraph.label,
                    probabilities: [0.0; Label::COUNT],
                })
                .collect(),
        })
        .collect();
    data_fingerprint(&judged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::LabelledParagraph;
    use crate::error::ErrorKind;
    use crate::featurize::Paragraphs;
    use crate::featurize::stored::StoredParagraphs;
    use crate::train::derived::DerivedDocument;

    fn documents(publishers: &[Option<&str>], labels: &[Option<Label>]) -> Vec<LabelledDocument> {
        publishers
            .iter()
            .enumerate()
            .map(|(index, publisher)| LabelledDocument {
                id: format!("d{index}"),
                publisher: publisher.map(str::to_owned),
                paragraphs: labels
                    .iter()
                    .map(|&label| LabelledParagraph { text: "Text.".into(), label })
                    .collect(),
            })
            .collect()
    }

    const TWO: [Option<Label>; 2] = [Some(Label::Body), Some(Label::Related)];

    #[test]
    fn publishers_stay_in_one_fold() {
        let corpus =
            Corpus::new(documents(&[Some("a"), Some("b"), Some("a"), Some("c")], &TWO), 3, 1)
                .unwrap();
        assert_eq!(corpus.folds[0], corpus.folds[2]);
        assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
        assert_eq!((corpus.publishers(), corpus.labelled()), (3, 8));
    }

    #[test]
    fn too_few_or_no_publishers_fall_back_to_documents_and_say_so() {
        for publishers in [[Some("a"), Some("b"), Some("b")], [None, None, None]] {
            let corpus = Corpus::new(documents(&publishers, &TWO), 3, 1).unwrap();
            assert!(corpus.warnings.iter().any(|w| w.contains("by document")));
            let mut folds = corpus.folds.clone();
            folds.sort_unstable();
            assert_eq!(folds, [0, 1, 2]);
        }
        let error = Corpus::new(documents(&[None, None, None], &TWO), 5, 1).unwrap_err();
        assert!(error.to_string().contains("--folds 3"), "{error}");
        let error = Corpus::new(documents(&[None, None], &TWO), 5, 1).unwrap_err();
        assert!(error.to_string().ends_with("add documents"), "{error}");
    }

    #[test]
    fn data_that_cannot_be_learned_from_is_a_typed_error() {
        let some = [Some("a"), Some("b"), Some("c")];
        for labels in [&[None][..], &[Some(Label::Body)][..]] {
            let error = Corpus::new(documents(&some, labels), 3, 1).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Data { .. }), "{error}");
        }
        // Without two folds of two nothing is left to fit on.
        for folds in [1, 2, 17] {
            let error = Corpus::new(documents(&some, &TWO), folds, 1).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Usage { .. }), "{error}");
        }
    }

    fn derived(publishers: &[&str]) -> Derived {
        let cues = crate::featurize::cues::Cues::default();
        let document = |publisher: &&str| DerivedDocument {
            origin: 0,
            publisher: publisher_hash(publisher),
            labels: vec![Some(Label::Body)],
            words: vec![1],
            rows: StoredParagraphs::of(&Paragraphs::new(vec!["Text."], &cues)),
        };
        Derived { documents: publishers.iter().map(document).collect(), ..Derived::default() }
    }

    #[test]
    fn derived_documents_join_in_folds_of_their_publishers() {
        let mut corpus =
            Corpus::new(documents(&[Some("a"), Some("b"), Some("c")], &TWO), 3, 1).unwrap();
        corpus.join(derived(&["x", "y", "x", "z"]), 1).unwrap();
        assert_eq!(corpus.derived_folds.len(), 4);
        assert_eq!(corpus.derived_folds[0], corpus.derived_folds[2]);
        assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
    }

    #[test]
    fn derived_documents_stay_out_where_a_publisher_is_judged() {
        let mut corpus =
            Corpus::new(documents(&[Some("a"), Some("b"), Some("c")], &TWO), 3, 1).unwrap();
        corpus.join(derived(&["x", "b", "z"]), 1).unwrap();
        assert!(corpus.derived.documents.is_empty() && corpus.derived_folds.is_empty());
        assert!(corpus.warnings[0].contains("1 of the 3 publishers"), "{:?}", corpus.warnings);
    }

    #[test]
    fn a_label_at_one_publisher_is_warned_of() {
        let mut all = documents(&[Some("a"), Some("b"), Some("c")], &TWO);
        all[0].paragraphs[1].label = Some(Label::FairUse);
        let corpus = Corpus::new(all, 3, 1).unwrap();
        assert!(corpus.warnings.iter().any(|w| w.contains("fair_use") && w.contains("(a)")));
    }
}
