//! A stretch of one article that stands in another: plain data, the same for quotations and text.

use crate::credibility::finding::Passage;

/// Words that two articles share.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Where they stand in the first article.
    pub a: Passage,
    /// Where they stand in the second.
    pub b: Passage,
    /// In what they are alike.
    pub likeness: Likeness,
    /// How much, 0..=1, by the measure that `likeness` names.
    pub similarity: f64,
    /// Words of the shorter side.
    pub words: usize,
    /// Distinct words of content that both sides have.
    pub content: usize,
}

/// The measure by which two stretches were found alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The token ratio of both as a whole.
    Whole,
    /// The token ratio of the shorter one and the stretch of the longer one where it stands.
    Part,
    /// The share of the smaller set of words that the other has, where half of its runs of three
    /// words are the other's too: the same in another order, or within a longer sentence.
    Contained,
    /// The share of the terms, names and words of content, of the one with fewer that the other has.
    Terms,
}

/// The best match of every unit on either side, of matches of units `(a, b)`; in the order of units.
pub(super) fn best_of_each(mut found: Vec<(usize, usize, Match)>) -> Vec<Match> {
    let mut best: Vec<bool> = vec![false; found.len()];
    for side in [|pair: &(usize, usize, Match)| pair.0, |pair: &(usize, usize, Match)| pair.1] {
        let mut of_unit = std::collections::BTreeMap::new();
        for (n, pair) in found.iter().enumerate() {
            let better = |&m: &usize| rank(&found[n].2) > rank(&found[m].2);
            if of_unit.get(&side(pair)).is_none_or(better) {
                of_unit.insert(side(pair), n);
            }
        }
        of_unit.into_values().for_each(|n| best[n] = true);
    }
    let mut kept = best.into_iter();
    found.retain(|_| kept.next() == Some(true));
    found.sort_by_key(|&(a, b, _)| (a, b));
    found.into_iter().map(|(.., found)| found).collect()
}

/// Orders matches: those of a whole before others, then by similarity and length.
fn rank(found: &Match) -> (bool, u64, usize) {
    let similarity = (found.similarity * 1e9) as u64;
    (found.likeness == Likeness::Whole, similarity, found.words)
}
