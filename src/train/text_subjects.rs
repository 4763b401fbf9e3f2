//! Written and derived documents of text, as fits see them: the written ones come first.

use super::corpus::Corpus;
use super::crossfit::Subjects;
use super::cue_learning::CueTables;
use crate::featurize::{Featurized, Paragraphs};
use crate::label::Label;
use crate::model::ModelKind;

/// The documents of a corpus with the cues learned from them.
pub(super) struct TextSubjects<'a> {
    corpus: &'a Corpus,
    folds: Vec<usize>,
    pub(super) tables: CueTables<'a>,
}

impl<'a> TextSubjects<'a> {
    pub(super) fn new(corpus: &'a Corpus, tables: CueTables<'a>) -> Self {
        let folds = corpus.folds.iter().chain(&corpus.derived_folds).copied().collect();
        Self { corpus, folds, tables }
    }
}

impl Subjects for TextSubjects<'_> {
    fn kind(&self) -> ModelKind {
        ModelKind::Text
    }

    fn folds(&self) -> &[usize] {
        &self.folds
    }

    fn k(&self) -> usize {
        self.corpus.k
    }

    fn prepare(&mut self, left_out: &[u32]) {
        self.tables.prepare(left_out.iter().copied());
    }

    /// The rows of a derived document were filled with cues that its own publisher had no say in,
    /// whatever is left out now.
    fn featurized(&self, document: usize, left_out: u32) -> Featurized<'_> {
        let written = &self.corpus.documents;
        match written.get(document) {
            Some(document) => {
                let texts = document.paragraphs.iter().map(|p| p.text.as_str()).collect();
                Featurized::Paragraphs(Paragraphs::new(texts, self.tables.get(left_out)))
            }
            None => Featurized::StoredParagraphs(
                &self.corpus.derived.documents[document - written.len()].rows,
            ),
        }
    }

    fn label(&self, document: usize, paragraph: usize) -> Option<Label> {
        let written = &self.corpus.documents;
        match written.get(document) {
            Some(document) => document.paragraphs[paragraph].label,
            None => self.corpus.derived.documents[document - written.len()].labels[paragraph],
        }
    }

    /// Of the derived documents, some are a few loose blocks.
    fn is_whole(&self, document: usize) -> bool {
        let derived = document.checked_sub(self.corpus.documents.len());
        derived.is_none_or(|index| self.corpus.derived.documents[index].is_whole())
    }
}
