//! Labelled text to derived numbers.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Derived, DerivedDocument, Origin, publisher_hash};
use crate::document::LabelledDocument;
use crate::error::Result;
use crate::evaluate::assign_folds;
use crate::featurize::Paragraphs;
use crate::featurize::cues::{Cue, Cues, fold, words};
use crate::featurize::stored::StoredParagraphs;
use crate::train::cue_learning::{CueCorpus, CueOptions, CueSource};

/// Labelled documents with their origin.
#[derive(Debug, Clone)]
pub struct Material {
    /// Where they come from.
    pub origin: Origin,
    /// The documents.
    pub documents: Vec<LabelledDocument>,
}

/// Fewest publishers of a derived cue, and of those that must write each of its words small: what
/// few do so is a name.
const MIN_PUBLISHERS: u32 = 5;
/// Most derived cues.
const MAX_CUES: usize = 6_000;
/// Folds, by publisher: the rows of a fold are filled with cues learned without it.
const FOLDS: usize = 5;
const SEED: u64 = 1;

/// Derives numbers from `material`, for training together with the `written` documents.
///
/// Cues are learned from the material alone, without digits and names, and then, as in training,
/// from the written documents beginning there. The rows of a document are filled with cues that
/// its publisher had no say in. Such cues are given, too: pages of the same publishers need them.
///
/// # Errors
/// [`crate::error::ErrorKind::Data`] if the material has fewer than five publishers.
pub fn make(
    written: &[LabelledDocument],
    material: &[Material],
    options: CueOptions,
) -> Result<(Derived, PublisherCues)> {
    let documents: Vec<LabelledDocument> =
        material.iter().flat_map(|m| m.documents.iter().cloned()).collect();
    let groups: Vec<(&str, u64)> =
        documents.iter().map(|d| (d.group(), d.paragraphs.len() as u64)).collect();
    let folds = assign_folds(&groups, FOLDS, SEED)?;
    let small = written_small(&documents);
    let admits = |word: &str| small.contains(word) && !word.contains('0');
    let source =
        CueSource { documents: &documents, folds: &folds, k: FOLDS, known: &[], admits: &admits };
    let own = CueOptions { min_publishers: MIN_PUBLISHERS, max_cues: MAX_CUES, ..options };
    let corpus = CueCorpus::new(&source, own);
    let (learned, cues) = corpus.by_fold(FOLDS);
    let tables = tables(written, &learned, options);
    let origins = material.iter().enumerate();
    let origins = origins.flat_map(|(origin, m)| m.documents.iter().map(move |_| origin));
    let derived = documents.par_iter().zip(&folds).zip(origins.collect::<Vec<_>>()).map(
        |((document, &fold), origin)| {
            let texts: Vec<&str> = document.paragraphs.iter().map(|p| p.text.as_str()).collect();
            DerivedDocument {
                origin,
                publisher: publisher_hash(document.group()),
                labels: document.paragraphs.iter().map(|p| p.label).collect(),
                words: texts.iter().map(|t| t.split_whitespace().count() as u32).collect(),
                rows: StoredParagraphs::of(&Paragraphs::new(texts, &tables[fold])),
            }
        },
    );
    let mut derived: Vec<DerivedDocument> = derived.collect();
    fill_loose_blocks(&mut derived);
    let derived = Derived {
        origins: material.iter().map(|m| m.origin.clone()).collect(),
        documents: derived,
        cues,
    };
    let publishers = documents.iter().map(|d| d.group().to_owned());
    Ok((derived, PublisherCues { folds: publishers.zip(folds).collect(), tables }))
}

/// Cues that a publisher had no say in.
#[derive(Debug)]
pub struct PublisherCues {
    folds: BTreeMap<String, usize>,
    /// By fold; learned without it.
    tables: Vec<Cues>,
}

impl PublisherCues {
    /// Cues that this publisher had no say in.
    #[must_use]
    pub fn of(&self, publisher: &str) -> &Cues {
        &self.tables[self.folds.get(publisher).copied().unwrap_or(0)]
    }
}

/// Gives loose blocks the document columns of whole documents, each in turn: else a model would
/// learn that what stands in a document of five paragraphs is boilerplate.
fn fill_loose_blocks(documents: &mut [DerivedDocument]) {
    let whole: Vec<StoredParagraphs> =
        documents.iter().filter(|d| d.is_whole()).map(|d| d.rows.clone()).collect();
    let loose = documents.iter_mut().filter(|document| !document.is_whole());
    for (document, donor) in loose.zip(whole.iter().cycle()) {
        document.rows.take_document_of(donor);
    }
}

/// Cue tables of all written documents, beginning at each of the lists in `learned`.
fn tables(written: &[LabelledDocument], learned: &[Vec<Cue>], options: CueOptions) -> Vec<Cues> {
    let folds = vec![0; written.len()];
    let mut known: Vec<Cue> = learned.iter().flatten().cloned().collect();
    known.sort_by(|a, b| (a.place, &a.text).cmp(&(b.place, &b.text)));
    known.dedup_by(|a, b| (a.place, &a.text) == (b.place, &b.text));
    let source =
        CueSource { documents: written, folds: &folds, k: 1, known: &known, admits: &|_| true };
    let corpus = CueCorpus::new(&source, options);
    learned.par_iter().map(|cues| Cues::new(corpus.learn(0, cues))).collect()
}

/// Cues learned from the written documents alone.
#[must_use]
pub fn written_cues(written: &[LabelledDocument], options: CueOptions) -> Cues {
    tables(written, &[Vec::new()], options).pop().expect("a table for each list")
}

/// The folded words that enough publishers write with a small first letter.
fn written_small(documents: &[LabelledDocument]) -> BTreeSet<String> {
    let mut publishers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for document in documents {
        for paragraph in &document.paragraphs {
            for word in words(&paragraph.text) {
                if word.starts_with(char::is_lowercase) {
                    publishers.entry(fold(word)).or_default().insert(document.group());
                }
            }
        }
    }
    let enough = |(_, groups): &(String, BTreeSet<&str>)| groups.len() >= MIN_PUBLISHERS as usize;
    publishers.into_iter().filter(enough).map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::LabelledParagraph;
    use crate::label::Label;

    #[test]
    fn names_and_digits_are_no_cues_and_publishers_are_hashed() {
        let documents = (0..6)
            .map(|i| LabelledDocument {
                id: format!("d{i}"),
                publisher: Some(format!("p{i}.example")),
                paragraphs: vec![
                    LabelledParagraph {
                        text: format!("Zelda Marr told the crowd in 2019 that room {i} was shut."),
                        label: Some(Label::Body),
                    },
                    LabelledParagraph {
                        text: "please share it".into(),
                        label: Some(Label::SharePrompt),
                    },
                    LabelledParagraph { text: "context".into(), label: None },
                ],
            })
            .collect::<Vec<_>>();
        let origin = Origin { name: "s".into(), origin: "o".into(), licence: "l".into() };
        let material = [Material { origin, documents: documents.clone() }];
        let (derived, cues) = make(&documents, &material, CueOptions::default()).unwrap();
        assert!(!cues.of("p0.example").as_slice().is_empty());
        let words: Vec<&str> = derived.cues.iter().map(|cue| cue.text.as_str()).collect();
        assert!(words.contains(&"share") && words.contains(&"crowd"), "{words:?}");
        let bad = |w: &&&str| w.contains("zelda") || w.contains("marr") || w.contains('0');
        assert_eq!(words.iter().find(bad), None);
        assert_eq!(derived.documents.len(), 6);
        let first = &derived.documents[0];
        assert_eq!(first.publisher, publisher_hash("p0.example"));
        assert_eq!(first.words, [12, 3, 1]);
        assert!(!first.is_whole());
    }
}
