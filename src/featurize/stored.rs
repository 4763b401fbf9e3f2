//! The rows of a document whose text is not at hand: numbers that [`Paragraphs`] once gave.
//!
//! Text of others may not be passed on with the project; dense rows of numbers may. What of the rows
//! follows from a first pass's probabilities is computed anew, so a stored document takes part in
//! fits as a written one does.

use std::ops::Range;

use super::{DOCUMENT_COLUMNS, Fading, FeatureMatrix, Paragraphs, Probabilities, Surroundings};
use super::{context, schema};

/// Rows of the paragraphs of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredParagraphs {
    n_paragraphs: usize,
    /// Shape `(n_paragraphs, columns())`, row by row.
    values: Vec<f32>,
}

/// Names of the stored columns, in order: those of the first pass, then those of the place.
#[must_use]
pub fn columns() -> Vec<String> {
    let place = context::FEATURES.iter().map(|feature| feature.name.to_owned());
    schema::first_pass().into_iter().map(|feature| feature.name).chain(place).collect()
}

fn n_columns() -> usize {
    schema::first_pass_len() + context::FEATURES.len()
}

impl StoredParagraphs {
    /// The rows of a document's text.
    #[must_use]
    pub fn of(paragraphs: &Paragraphs<'_>) -> Self {
        let places = paragraphs.places();
        let mut matrix = FeatureMatrix::new();
        let mut values = Vec::with_capacity(paragraphs.len() * n_columns());
        let mut place = vec![0.0; context::FEATURES.len()];
        for block in paragraphs.blocks() {
            paragraphs.first_rows(block.clone(), &mut matrix);
            for (index, row) in block.zip(matrix.rows()) {
                values.extend_from_slice(row);
                context::fill(&places[index], &mut place);
                values.extend_from_slice(&place);
            }
        }
        Self { n_paragraphs: paragraphs.len(), values }
    }

    /// Takes values of shape `(n_paragraphs, columns())`, row by row; `None` if the number of values
    /// is another.
    #[must_use]
    pub fn from_values(n_paragraphs: usize, values: Vec<f32>) -> Option<Self> {
        (values.len() == n_paragraphs * n_columns()).then_some(Self { n_paragraphs, values })
    }

    /// The values, shape `(n_paragraphs, columns())`, row by row.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Puts another document's columns in place of this one's own: for loose blocks, which know
    /// nothing of the document that they come from.
    pub fn take_document_of(&mut self, other: &Self) {
        let (Some(donor), columns) = (other.values.chunks_exact(n_columns()).next(), columns())
        else {
            return;
        };
        let position = |name: &str| {
            let found = columns.iter().position(|column| column == name);
            found.expect("a column of the first pass")
        };
        let [words, mean, relative] =
            ["log_words", "document_log_words", "relative_length"].map(position);
        let end = schema::first_pass_len();
        for row in self.values.chunks_exact_mut(n_columns()) {
            row[end - DOCUMENT_COLUMNS..end].copy_from_slice(&donor[end - DOCUMENT_COLUMNS..end]);
            row[relative] = row[words] - donor[mean];
        }
    }

    /// Number of paragraphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.n_paragraphs
    }

    /// Whether the document has no paragraph.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n_paragraphs == 0
    }

    pub(super) fn row(&self, index: usize) -> &[f32] {
        &self.values[index * n_columns()..][..n_columns()]
    }

    /// As [`Paragraphs::first_rows`].
    pub fn first_rows(&self, range: Range<usize>, matrix: &mut FeatureMatrix) {
        let n = schema::first_pass_len();
        matrix.reshape(range.len(), n);
        for (index, row) in range.zip(matrix.rows_mut()) {
            row.copy_from_slice(&self.row(index)[..n]);
        }
    }

    /// As [`Paragraphs::surroundings`].
    ///
    /// # Panics
    /// If there is not one entry in `probabilities` for each paragraph.
    #[must_use]
    pub fn surroundings(&self, probabilities: Vec<Probabilities>) -> Surroundings {
        assert_eq!(probabilities.len(), self.n_paragraphs);
        Surroundings { places: Vec::new(), around: Fading::of_text(probabilities) }
    }

    /// As [`Paragraphs::second_rows`].
    pub fn second_rows(
        &self,
        range: Range<usize>,
        surroundings: &Surroundings,
        matrix: &mut FeatureMatrix,
    ) {
        matrix.reshape(range.len(), schema::second_pass_len());
        let faded = surroundings.around.faded(range.clone());
        let first = schema::first_pass_len();
        let place = DOCUMENT_COLUMNS + context::FEATURES.len();
        for (index, row) in range.zip(matrix.rows_mut()) {
            // The first pass's last columns are those of the document.
            row[..place].copy_from_slice(&self.row(index)[first - DOCUMENT_COLUMNS..]);
            surroundings.around.fill_text(index, &faded, row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::featurize::cues::Cues;
    use crate::label::Label;

    #[test]
    fn stored_rows_are_those_of_the_text() {
        let cues = Cues::default();
        let texts = vec![
            "Ferry sinks in harbour",
            "The ferry sank on 4 May, said the harbour master, and nobody was hurt in the least.",
            "Share this",
            "Share this",
        ];
        let paragraphs = Paragraphs::new(texts, &cues);
        let stored = StoredParagraphs::of(&paragraphs);
        assert_eq!(stored.values().len(), 4 * columns().len());
        let (mut a, mut b) = (FeatureMatrix::new(), FeatureMatrix::new());
        paragraphs.first_rows(1..4, &mut a);
        stored.first_rows(1..4, &mut b);
        assert!(a.rows().eq(b.rows()));
        let mut probabilities = vec![[0.0; Label::COUNT]; 4];
        probabilities[2][Label::SharePrompt.index()] = 0.9;
        let around = paragraphs.surroundings(probabilities.clone());
        paragraphs.second_rows(0..4, &around, &mut a);
        stored.second_rows(0..4, &stored.surroundings(probabilities), &mut b);
        assert!(a.rows().eq(b.rows()));
        let again = StoredParagraphs::from_values(4, stored.values().to_vec());
        assert_eq!(again.as_ref(), Some(&stored));
        assert_eq!(StoredParagraphs::from_values(5, stored.values().to_vec()), None);
        let mut loose = StoredParagraphs::of(&Paragraphs::new(vec!["Share this"], &cues));
        let before = loose.clone();
        loose.take_document_of(&stored);
        let value = |rows: &StoredParagraphs, name: &str| {
            rows.row(0)[columns().iter().position(|column| column == name).unwrap()]
        };
        for name in ["document_length", "document_log_words"] {
            assert_eq!(value(&loose, name), value(&stored, name));
            assert_ne!(value(&loose, name), value(&before, name));
        }
        let relative = value(&loose, "log_words") - value(&stored, "document_log_words");
        assert_eq!(value(&loose, "relative_length"), relative);
        assert_eq!(value(&loose, "log_from_end"), value(&before, "log_from_end"));
    }
}
