//! Which blocks of a page stand in its gold text.
//!
//! Blocks and gold follow the same order but for a few pages, so the blocks chosen are those of the
//! heaviest chain: their places in the gold follow each other as the blocks do on the page. A block
//! of three words and more must share two thirds of its runs of three words with the gold; a
//! shorter one must begin or end a line there. A menu entry that repeats a word of the article is
//! thus no content, unless it stands where the article has it.

use std::collections::{HashMap, HashSet};

use crate::document::words::{run_hash, word_hashes};

/// Words of a run.
const RUN: usize = 3;
/// Share of a block's runs that must occur in the gold.
const SHARE: f32 = 2.0 / 3.0;
/// A block outside the chain counts if so many of its words...
const LOOSE_WORDS: usize = 6;
/// ... stand in the gold with this share of runs, at a place that the chain does not cover.
const LOOSE_SHARE: f32 = 0.8;
/// Places of a run, or of a short block, that are looked at.
const MAX_PLACES: usize = 12;
/// Places of a block that take part.
const MAX_CANDIDATES: usize = 4;

/// A place in the gold where a block may stand.
struct Candidate {
    block: usize,
    start: usize,
    end: usize,
    weight: u32,
}

/// For each block, whether it stands in the gold text.
#[must_use]
pub fn align(blocks: &[&str], gold: &str) -> Vec<bool> {
    let blocks: Vec<Vec<u64>> = blocks.iter().map(|text| word_hashes(text)).collect();
    let gold = Gold::new(gold);
    let mut shares = vec![0.0; blocks.len()];
    let mut candidates = Vec::new();
    for (index, words) in blocks.iter().enumerate() {
        if words.len() < RUN {
            gold.find_short(index, words, &mut candidates);
        } else {
            shares[index] = gold.find_long(index, words, &mut candidates);
        }
    }
    let mut found = vec![false; blocks.len()];
    let mut covered = vec![false; gold.words.len()];
    for index in heaviest_chain(&candidates, gold.words.len()) {
        let candidate = &candidates[index];
        found[candidate.block] = true;
        covered[candidate.start..candidate.end].fill(true);
    }
    for candidate in &candidates {
        let (block, range) = (candidate.block, candidate.start..candidate.end);
        if found[block] || blocks[block].len() < LOOSE_WORDS || shares[block] < LOOSE_SHARE {
            continue;
        }
        let seen = covered[range.clone()].iter().filter(|covered| **covered).count();
        if seen * 2 < range.len() {
            found[block] = true;
            covered[range].fill(true);
        }
    }
    found
}

/// The words of the gold text and where they stand.
struct Gold {
    words: Vec<u64>,
    /// Indices of the first word of each line, and one past the last.
    starts: HashSet<usize>,
    ends: HashSet<usize>,
    places: HashMap<u64, Vec<usize>>,
    runs: HashMap<u64, Vec<usize>>,
}

impl Gold {
    fn new(text: &str) -> Self {
        let (mut all, mut starts, mut ends) = (Vec::new(), HashSet::new(), HashSet::new());
        for line in text.lines() {
            starts.insert(all.len());
            all.extend(word_hashes(line));
            ends.insert(all.len());
        }
        let (mut places, mut runs) = (HashMap::new(), HashMap::new());
        for (index, &word) in all.iter().enumerate() {
            places.entry(word).or_insert_with(Vec::new).push(index);
        }
        for (index, run) in all.windows(RUN).enumerate() {
            runs.entry(run_hash(run)).or_insert_with(Vec::new).push(index);
        }
        Self { words: all, starts, ends, places, runs }
    }

    fn find_short(&self, block: usize, words: &[u64], candidates: &mut Vec<Candidate>) {
        let Some(first) = words.first() else { return };
        let places = self.places.get(first).into_iter().flatten();
        let fits = |&&start: &&usize| {
            let end = start + words.len();
            self.words.get(start..end) == Some(words)
                && (self.starts.contains(&start) || self.ends.contains(&end))
        };
        candidates.extend(places.filter(fits).take(MAX_PLACES).map(|&start| Candidate {
            block,
            start,
            end: start + words.len(),
            weight: words.len() as u32,
        }));
    }

    /// Finds where the block's runs stand, close ones together, and gives their share.
    fn find_long(&self, block: usize, words: &[u64], candidates: &mut Vec<Candidate>) -> f32 {
        /// Runs whose places differ by so many words still stand together.
        const CLOSE: i64 = 8;
        let mut found = 0;
        let mut together: HashMap<i64, Candidate> = HashMap::new();
        for (index, run) in words.windows(RUN).enumerate() {
            let Some(places) = self.runs.get(&run_hash(run)) else { continue };
            found += 1;
            for &place in places.iter().take(MAX_PLACES) {
                let near = (place as i64 - index as i64) / CLOSE;
                let fresh = Candidate { block, start: place, end: place, weight: 2 };
                let candidate = together.entry(near).or_insert(fresh);
                candidate.weight += 1;
                candidate.start = candidate.start.min(place);
                candidate.end = candidate.end.max(place + RUN);
            }
        }
        let share = found as f32 / (words.len() + 1 - RUN) as f32;
        if share >= SHARE {
            let mut best: Vec<Candidate> = together.into_values().collect();
            best.sort_by_key(|c| (std::cmp::Reverse(c.weight), c.start, c.end));
            best.truncate(MAX_CANDIDATES);
            candidates.append(&mut best);
        }
        share
    }
}

/// The candidates of the heaviest chain in which blocks and their places in the gold both rise.
/// `candidates` are in the order of the blocks. Time n log n, by a tree of prefix maxima.
fn heaviest_chain(candidates: &[Candidate], n_words: usize) -> Vec<usize> {
    /// Places may overlap by so many words: runs reach over the border of two blocks.
    const OVERLAP: usize = 2;
    let mut tree: Vec<(u32, Option<usize>)> = vec![(0, None); n_words + 2];
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for same in candidates.chunk_by(|a, b| a.block == b.block) {
        let first = best.len();
        for candidate in same {
            let (mut at, mut top) = ((candidate.start + OVERLAP).min(candidate.end), (0, None));
            while at > 0 {
                top = if tree[at].0 > top.0 { tree[at] } else { top };
                at &= at - 1;
            }
            best.push((candidate.weight + top.0, top.1));
        }
        for (index, candidate) in (first..).zip(same) {
            let mut at = candidate.end + 1;
            while at < tree.len() {
                if best[index].0 > tree[at].0 {
                    tree[at] = (best[index].0, Some(index));
                }
                at += at & at.wrapping_neg();
            }
        }
    }
    let mut chain = Vec::new();
    let mut at = (0..best.len()).rev().max_by_key(|&index| best[index].0);
    while let Some(index) = at {
        chain.push(index);
        at = best[index].1;
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_the_gold_are_found_in_their_place_only() {
        let gold = "Ferry stays\nThe council voted to keep the ferry on Monday.\nA bridge\n\
                    Nobody wanted a bridge over the old harbour.";
        let page = [
            "Home",
            "A bridge",
            "Ferry stays",
            "The council voted to keep the ferry on Monday.",
            "Share",
            "A bridge",
            "Nobody wanted a bridge over the old harbour.",
            "The council voted to keep the ferry on Monday.",
        ];
        let found = align(&page, gold);
        assert_eq!(found, [false, false, true, true, false, true, true, false]);
        assert_eq!(align(&page, ""), [false; 8]);
        assert!(align(&[], gold).is_empty());
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_sign() {
        let found =
            align(&["議会は渡し船を残すことを決めた", "広告"], "議会は渡し船を残すことを決めた。");
        assert_eq!(found, [true, false]);
    }
}
