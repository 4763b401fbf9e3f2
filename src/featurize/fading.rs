//! What the first pass made of a paragraph and of those around it: columns of the second pass.

use std::sync::LazyLock;

use super::{DOCUMENT_COLUMNS, Probabilities, context, schema};
use crate::label::Label;

/// How much of a paragraph's weight is left one paragraph further in the fading means.
const FADE: f32 = 0.7;
/// Smaller probabilities of the first pass count as 0 for the second: they say nothing, and a
/// column that is 0 costs nothing.
const NEGLIGIBLE: f32 = 0.01;
/// Probabilities are kept this far from 0 and 1 where their log-odds are a feature.
const LOG_ODDS_FLOOR: f32 = 1e-4;

/// Where the columns of [`schema::GATES`] stand among those of the place.
static GATES: LazyLock<[usize; schema::GATES.len()]> = LazyLock::new(|| {
    schema::GATES.map(|gate| {
        let place = context::FEATURES.iter().position(|feature| feature.name == gate);
        place.expect("every gate is a column of the place")
    })
});

/// The first pass's probabilities with their fading means and running maxima.
pub(super) struct Fading {
    probabilities: Vec<Probabilities>,
    above: Vec<Probabilities>,
    below: Vec<Probabilities>,
    /// Running maxima: of texts only.
    seen: Vec<Probabilities>,
}

impl Fading {
    /// For the paragraphs of a text.
    pub(super) fn of_text(probabilities: Vec<Probabilities>) -> Self {
        let mut fading = Self::of_page(probabilities);
        let mut seen = [0.0; Label::COUNT];
        for own in &fading.probabilities {
            fading.seen.push(seen);
            for (seen, &own) in seen.iter_mut().zip(own) {
                *seen = own.max(*seen);
            }
        }
        fading
    }

    /// For the blocks of a page.
    pub(super) fn of_page(mut probabilities: Vec<Probabilities>) -> Self {
        for p in probabilities.iter_mut().flatten().filter(|p| **p < NEGLIGIBLE) {
            *p = 0.0;
        }
        let n = probabilities.len();
        let zeros = || vec![[0.0; Label::COUNT]; n];
        let (mut above, mut below) = (zeros(), zeros());
        for i in 1..n {
            for l in 0..Label::COUNT {
                above[i][l] = fade(above[i - 1][l], probabilities[i - 1][l]);
            }
        }
        for i in (1..n).rev() {
            for l in 0..Label::COUNT {
                below[i - 1][l] = fade(below[i][l], probabilities[i][l]);
            }
        }
        Self { probabilities, above, below, seen: Vec::new() }
    }

    /// Fills the columns of [`schema::around`]: content, then a block of one column a label each
    /// for the paragraph and those around it.
    pub(super) fn fill(&self, index: usize, row: &mut [f32]) {
        let none = [0.0; Label::COUNT];
        let at = |i: Option<usize>| i.and_then(|i| self.probabilities.get(i)).unwrap_or(&none);
        let own = &self.probabilities[index];
        let log_odds_by_label = own.map(log_odds);
        let (content, row) = row.split_at_mut(1);
        content[0] = log_odds(own[Label::Body.index()] + own[Label::Heading.index()]);
        let blocks = [
            &log_odds_by_label,
            own,
            at(index.checked_sub(1)),
            at(Some(index + 1)),
            &self.above[index],
            &self.below[index],
        ];
        for (block, columns) in blocks.into_iter().zip(row.chunks_exact_mut(Label::COUNT)) {
            columns.copy_from_slice(block);
        }
    }

    /// Fills the columns of a text after those of document and place, which are there.
    pub(super) fn fill_text(&self, index: usize, row: &mut [f32]) {
        let (place, row) = row.split_at_mut(DOCUMENT_COLUMNS + context::FEATURES.len());
        let (around, row) = row.split_at_mut(schema::around_len());
        self.fill(index, around);
        let (seen, gated) = row.split_at_mut(Label::COUNT);
        seen.copy_from_slice(&self.seen[index]);
        let own = &self.probabilities[index];
        for (columns, &gate) in gated.chunks_exact_mut(Label::COUNT).zip(GATES.iter()) {
            let gate = place[DOCUMENT_COLUMNS + gate];
            columns.iter_mut().zip(own).for_each(|(column, p)| *column = p * gate);
        }
    }
}

/// One step of a fading mean; what has faded away is 0.
fn fade(mean: f32, next: f32) -> f32 {
    let mean = FADE * mean + (1.0 - FADE) * next;
    if mean < NEGLIGIBLE { 0.0 } else { mean }
}

fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(LOG_ODDS_FLOOR, 1.0 - LOG_ODDS_FLOOR);
    libm::logf(p / (1.0 - p))
}
