//! What the first pass made of a paragraph and of those around it: columns of the second pass.

use std::ops::Range;
use std::sync::LazyLock;

use super::log_odds::LogOdds;
use super::{BLOCK, DOCUMENT_COLUMNS, Probabilities, context, schema};
use crate::kernel::LANES;
use crate::label::Label;

/// How much of a paragraph's weight is left one paragraph further in the fading means.
const FADE: f32 = 0.7;
/// Smaller probabilities of the first pass count as 0 for the second: they say nothing, and a
/// column that is 0 costs nothing.
const NEGLIGIBLE: f32 = 0.01;
/// Probabilities are kept this far from 0 and 1 where their log-odds are a feature.
const LOG_ODDS_FLOOR: f32 = 1e-4;
static LOG_ODDS: LazyLock<LogOdds> = LazyLock::new(|| LogOdds::new(LOG_ODDS_FLOOR));

/// Where the columns of [`schema::GATES`] stand among those of the place.
static GATES: LazyLock<[usize; schema::GATES.len()]> = LazyLock::new(|| {
    schema::GATES.map(|gate| {
        let place = context::FEATURES.iter().position(|feature| feature.name == gate);
        place.expect("every gate is a column of the place")
    })
});

/// The first pass's probabilities, and at the beginning and end of each [`BLOCK`] what has come from
/// before and after it. What lies between is made when the block's rows are: kept for all, it
/// would take more memory than most pages.
pub(super) struct Fading {
    probabilities: Vec<Probabilities>,
    /// Of the first paragraph of each block: the fading mean and the maximum before it. Only a text
    /// has columns for the maximum.
    above: Vec<Probabilities>,
    seen: Option<Vec<Probabilities>>,
    /// Of the last paragraph of each block: the fading mean after it.
    below: Vec<Probabilities>,
}

/// Fading means around each paragraph of a range, and of a text running maxima.
pub(super) struct Faded {
    start: usize,
    above: Vec<Probabilities>,
    below: Vec<Probabilities>,
    seen: Vec<Probabilities>,
}

impl Fading {
    pub(super) fn of_text(probabilities: Vec<Probabilities>) -> Self {
        let mut fading = Self::of_page(probabilities);
        let mut most = [0.0; Label::COUNT];
        let seen = fading.probabilities.chunks(BLOCK).map(|block| {
            let before = most;
            block.iter().for_each(|p| raise(&mut most, p));
            before
        });
        fading.seen = Some(seen.collect());
        fading
    }

    pub(super) fn of_page(mut probabilities: Vec<Probabilities>) -> Self {
        for p in probabilities.as_flattened_mut() {
            *p = if *p < NEGLIGIBLE { 0.0 } else { *p };
        }
        let none = [0.0; Label::COUNT];
        let (mut above, mut below) = (Vec::new(), Vec::new());
        let mut mean = none;
        for block in probabilities.chunks(BLOCK) {
            above.push(mean);
            block.iter().for_each(|p| step(&mut mean, p));
        }
        mean = none;
        for block in probabilities.chunks(BLOCK).rev() {
            below.push(mean);
            block.iter().rev().for_each(|p| step(&mut mean, p));
        }
        below.reverse();
        Self { probabilities, above, seen: None, below }
    }

    /// What the first pass made of the paragraphs before and after each of a range.
    pub(super) fn faded(&self, range: Range<usize>) -> Faded {
        let mut faded = Faded {
            start: range.start,
            above: Vec::with_capacity(range.len()),
            below: vec![[0.0; Label::COUNT]; range.len()],
            seen: Vec::new(),
        };
        if range.is_empty() {
            return faded;
        }
        let (first, last) = (range.start / BLOCK, (range.end - 1) / BLOCK);
        let before = &self.probabilities[first * BLOCK..range.start];
        let within = &self.probabilities[range.clone()];
        let mut mean = self.above[first];
        before.iter().for_each(|p| step(&mut mean, p));
        for p in within {
            faded.above.push(mean);
            step(&mut mean, p);
        }
        if let Some(seen) = &self.seen {
            let mut most = seen[first];
            before.iter().for_each(|p| raise(&mut most, p));
            faded.seen.extend(within.iter().map(|p| {
                let before = most;
                raise(&mut most, p);
                before
            }));
        }
        let mut mean = self.below[last];
        let end = self.probabilities.len().min((last + 1) * BLOCK);
        for index in (range.start..end).rev() {
            if let Some(below) = faded.below.get_mut(index - range.start) {
                *below = mean;
            }
            step(&mut mean, &self.probabilities[index]);
        }
        faded
    }

    /// Fills the columns of [`schema::around`]: content, then a block of one column a label each
    /// for the paragraph and those around it.
    pub(super) fn fill(&self, index: usize, faded: &Faded, row: &mut [f32]) {
        let none = [0.0; Label::COUNT];
        let at = |i: Option<usize>| i.and_then(|i| self.probabilities.get(i)).unwrap_or(&none);
        let own = &self.probabilities[index];
        // Of the labels, then of content; as many as fill whole registers.
        let mut log_odds = [0.0; LANES];
        log_odds[..Label::COUNT].copy_from_slice(own);
        log_odds[Label::COUNT] = own[Label::Body.index()] + own[Label::Heading.index()];
        let log_odds = LOG_ODDS.of_each(log_odds);
        let (content, row) = row.split_at_mut(1);
        content[0] = log_odds[Label::COUNT];
        let blocks = [
            &log_odds[..Label::COUNT],
            own,
            at(index.checked_sub(1)),
            at(Some(index + 1)),
            &faded.above[index - faded.start],
            &faded.below[index - faded.start],
        ];
        for (block, columns) in blocks.into_iter().zip(row.chunks_exact_mut(Label::COUNT)) {
            columns.copy_from_slice(block);
        }
    }

    /// Fills the columns of a text after those of document and place, which are there.
    pub(super) fn fill_text(&self, index: usize, faded: &Faded, row: &mut [f32]) {
        let (place, row) = row.split_at_mut(DOCUMENT_COLUMNS + context::FEATURES.len());
        let (around, row) = row.split_at_mut(schema::around_len());
        self.fill(index, faded, around);
        let (seen, gated) = row.split_at_mut(Label::COUNT);
        seen.copy_from_slice(&faded.seen[index - faded.start]);
        let own = &self.probabilities[index];
        for (columns, &gate) in gated.chunks_exact_mut(Label::COUNT).zip(GATES.iter()) {
            let gate = place[DOCUMENT_COLUMNS + gate];
            columns.iter_mut().zip(own).for_each(|(column, p)| *column = p * gate);
        }
    }
}

/// Adds a paragraph's probabilities to their fading means.
fn step(means: &mut Probabilities, next: &Probabilities) {
    means.iter_mut().zip(next).for_each(|(mean, &next)| *mean = fade(*mean, next));
}

fn raise(most: &mut Probabilities, next: &Probabilities) {
    most.iter_mut().zip(next).for_each(|(most, &next)| *most = most.max(next));
}

/// One step of a fading mean; what has faded away is 0.
fn fade(mean: f32, next: f32) -> f32 {
    let mean = FADE * mean + (1.0 - FADE) * next;
    if mean < NEGLIGIBLE { 0.0 } else { mean }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is carried over the border of a block is what a loop over all paragraphs would carry.
    #[test]
    fn ranges_of_a_long_document_fade_as_all_of_it_does() {
        let n = BLOCK + 3;
        let probability = |i: usize, label: usize| ((i * 7 + label * 13) % 10) as f32 / 10.0;
        let probabilities: Vec<Probabilities> =
            (0..n).map(|i| std::array::from_fn(|label| probability(i, label))).collect();
        let fading = Fading::of_text(probabilities.clone());
        let whole = fading.faded(0..n);
        let (mut above, mut seen) = ([0.0; Label::COUNT], [0.0; Label::COUNT]);
        for (i, own) in probabilities.iter().enumerate() {
            assert_eq!((whole.above[i], whole.seen[i]), (above, seen), "{i}");
            above = std::array::from_fn(|l| fade(above[l], own[l]));
            seen = std::array::from_fn(|l| f32::max(seen[l], own[l]));
        }
        let mut below = [0.0; Label::COUNT];
        for (i, own) in probabilities.iter().enumerate().rev() {
            assert_eq!(whole.below[i], below, "{i}");
            below = std::array::from_fn(|l| fade(below[l], own[l]));
        }
        for range in [0..BLOCK, BLOCK..n, BLOCK - 2..BLOCK, BLOCK - 2..BLOCK + 2] {
            let part = fading.faded(range.clone());
            assert_eq!(part.start, range.start);
            assert_eq!(part.above, whole.above[range.clone()]);
            assert_eq!(part.below, whole.below[range.clone()]);
            assert_eq!(part.seen, whole.seen[range]);
        }
    }
}
