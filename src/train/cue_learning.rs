//! Learning cues: which words, pairs and triples of words speak for which label.
//!
//! In: labelled paragraphs with the fold of each document. Out: [`Cues`] learned from any set of
//! folds, so that a row of the training matrix never sees a cue weight that its own publisher had a
//! say in. Counts are kept by fold and added up on demand.
//!
//! A cue's weight for a label is a smoothed log-odds ratio: how much likelier the cue is in
//! paragraphs with the label than in all others (naive Bayes with a prior that pulls rare cues
//! towards "says nothing"). A publisher's notices recur in all its documents, so each publisher
//! counts with the square root of its occurrences.

use std::collections::{BTreeMap, HashMap};

use crate::document::LabelledDocument;
use crate::featurize::cues::{Cue, Cues, MAX_WORDS, Place, folded_words};
use crate::label::Label;

/// How cues are learned and pruned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CueOptions {
    /// Fewest publishers that a cue must occur at.
    pub min_publishers: u32,
    /// Most cues kept.
    pub max_cues: usize,
    /// Weight of the prior, in (damped) occurrences.
    pub prior: f64,
    /// Weights are cut off at this size.
    pub max_weight: f64,
    /// A cue whose weights are all smaller than this is dropped.
    pub min_weight: f64,
}

impl Default for CueOptions {
    fn default() -> Self {
        Self { min_publishers: 3, max_cues: 6000, prior: 2.0, max_weight: 4.0, min_weight: 0.7 }
    }
}

/// Words of a cue and the place it must have.
type Key = (Place, String);

/// Damped occurrences by label, and publishers.
#[derive(Debug, Clone, Copy)]
struct Counts {
    by_label: [f64; Label::COUNT],
    publishers: u32,
}

impl Counts {
    const ZERO: Self = Self { by_label: [0.0; Label::COUNT], publishers: 0 };

    fn add(&mut self, other: &Self) {
        for (sum, count) in self.by_label.iter_mut().zip(other.by_label) {
            *sum += count;
        }
        self.publishers += other.publishers;
    }
}

/// Occurrences of every cue in every fold.
pub(super) struct CueCounts {
    options: CueOptions,
    /// Cues that occur at enough publishers in all folds together, in order.
    keys: Vec<Key>,
    /// By fold, then by key: the counts.
    folds: Vec<Vec<Counts>>,
    /// By fold: damped numbers of paragraphs.
    totals: Vec<Counts>,
}

impl CueCounts {
    /// Counts the cues of labelled paragraphs; `folds` has one entry, 0..k, a document.
    pub(super) fn new(
        documents: &[LabelledDocument],
        folds: &[usize],
        k: usize,
        options: CueOptions,
    ) -> Self {
        let mut publishers: BTreeMap<(&str, usize), Vec<&LabelledDocument>> = BTreeMap::new();
        for (document, &fold) in documents.iter().zip(folds) {
            publishers.entry((document.group(), fold)).or_default().push(document);
        }
        let mut ids: HashMap<Key, u32> = HashMap::new();
        let mut folds = vec![Vec::<Counts>::new(); k];
        let mut totals = vec![Counts::ZERO; k];
        for (&(_, fold), documents) in &publishers {
            let (cues, paragraphs) = occurrences(documents, &mut ids);
            let counts = &mut folds[fold];
            counts.resize(ids.len(), Counts::ZERO);
            for (id, by_label) in cues {
                let damped = by_label.map(|count| f64::from(count).sqrt());
                counts[id as usize].add(&Counts { by_label: damped, publishers: 1 });
            }
            let damped = paragraphs.map(|count| f64::from(count).sqrt());
            totals[fold].add(&Counts { by_label: damped, publishers: 1 });
        }
        Self::pruned(ids, folds, totals, options)
    }

    /// Drops the cues that are too rare in all folds together, and puts the rest in order.
    fn pruned(
        ids: HashMap<Key, u32>,
        mut folds: Vec<Vec<Counts>>,
        totals: Vec<Counts>,
        options: CueOptions,
    ) -> Self {
        for counts in &mut folds {
            counts.resize(ids.len(), Counts::ZERO);
        }
        let mut kept: Vec<(Key, u32)> = ids
            .into_iter()
            .filter(|(_, id)| {
                let publishers: u32 = folds.iter().map(|f| f[*id as usize].publishers).sum();
                publishers >= options.min_publishers
            })
            .collect();
        kept.sort_unstable();
        let folds = folds
            .into_iter()
            .map(|counts| kept.iter().map(|(_, id)| counts[*id as usize]).collect())
            .collect();
        Self { options, keys: kept.into_iter().map(|(key, _)| key).collect(), folds, totals }
    }

    /// The cues of all folds but those in the bit set `left_out`.
    pub(super) fn learn(&self, left_out: u32) -> Vec<Cue> {
        let used: Vec<usize> = (0..self.folds.len()).filter(|f| left_out & (1 << f) == 0).collect();
        let mut totals = Counts::ZERO;
        for &fold in &used {
            totals.add(&self.totals[fold]);
        }
        let mut cues: Vec<(f64, Cue)> = Vec::new();
        for (index, key) in self.keys.iter().enumerate() {
            let mut counts = Counts::ZERO;
            for &fold in &used {
                counts.add(&self.folds[fold][index]);
            }
            if counts.publishers >= self.options.min_publishers {
                cues.extend(self.weigh(key, &counts, &totals));
            }
        }
        cues.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| key_of(x).cmp(&key_of(y))));
        cues.truncate(self.options.max_cues);
        let mut cues: Vec<Cue> = cues.into_iter().map(|(_, cue)| cue).collect();
        cues.sort_by(|a, b| key_of(a).cmp(&key_of(b)));
        cues
    }

    /// A cue's weights, and how much it is worth keeping: the evidence it gives over all its
    /// occurrences. `None` if it says too little.
    fn weigh(&self, (place, text): &Key, counts: &Counts, totals: &Counts) -> Option<(f64, Cue)> {
        let CueOptions { prior, max_weight, min_weight, .. } = self.options;
        let all: f64 = counts.by_label.iter().sum();
        let total: f64 = totals.by_label.iter().sum();
        let background = all / total;
        let (mut weights, mut worth) = ([0.0f32; Label::COUNT], 0.0);
        for (label, stored) in weights.iter_mut().enumerate() {
            let (inside, outside) = (counts.by_label[label], all - counts.by_label[label]);
            let (n, rest) = (totals.by_label[label], total - totals.by_label[label]);
            let with = (inside + prior * background) / (n + prior);
            let without = (outside + prior * background) / (rest + prior);
            let weight = libm::log(with / without).clamp(-max_weight, max_weight);
            worth += inside * weight.max(0.0);
            if weight.abs() >= MIN_STORED {
                *stored = ((weight * 100.0).round() / 100.0) as f32;
            }
        }
        let strongest = weights.iter().fold(0.0f32, |max, w| max.max(w.abs()));
        (f64::from(strongest) >= min_weight)
            .then(|| (worth, Cue { text: text.clone(), place: *place, weights }))
    }
}

/// Smaller weights are stored as 0.
const MIN_STORED: f64 = 0.1;

fn key_of(cue: &Cue) -> (Place, &str) {
    (cue.place, cue.text.as_str())
}

/// Paragraphs in which a cue occurs, by cue and label; and labelled paragraphs by label.
type Occurrences = (BTreeMap<u32, [u32; Label::COUNT]>, [u32; Label::COUNT]);

fn occurrences(documents: &[&LabelledDocument], ids: &mut HashMap<Key, u32>) -> Occurrences {
    let (mut cues, mut paragraphs) = (BTreeMap::new(), [0; Label::COUNT]);
    for document in documents {
        for paragraph in &document.paragraphs {
            let Some(label) = paragraph.label else { continue };
            paragraphs[label.index()] += 1;
            let mut found: Vec<u32> = candidates(&paragraph.text)
                .into_iter()
                .map(|key| {
                    let next = ids.len() as u32;
                    *ids.entry(key).or_insert(next)
                })
                .collect();
            found.sort_unstable();
            found.dedup();
            for id in found {
                cues.entry(id).or_insert([0; Label::COUNT])[label.index()] += 1;
            }
        }
    }
    (cues, paragraphs)
}

/// Every cue that a paragraph could hold.
fn candidates(text: &str) -> Vec<Key> {
    let words = folded_words(text);
    let mut keys = Vec::new();
    for length in 1..=MAX_WORDS {
        keys.extend(words.windows(length).map(|w| (Place::Any, w.join(" "))));
    }
    for length in 1..MAX_WORDS.min(words.len() + 1) {
        keys.push((Place::Start, words[..length].join(" ")));
        keys.push((Place::End, words[words.len() - length..].join(" ")));
    }
    keys
}

/// Learned cues by the set of folds left out, each learned once.
pub(super) struct CueTables {
    counts: CueCounts,
    tables: BTreeMap<u32, Cues>,
}

impl CueTables {
    pub(super) fn new(counts: CueCounts) -> Self {
        Self { counts, tables: BTreeMap::new() }
    }

    /// Learns the cues for a set of folds left out, if they are not there yet.
    pub(super) fn prepare(&mut self, left_out: u32) {
        let counts = &self.counts;
        self.tables.entry(left_out).or_insert_with(|| Cues::new(counts.learn(left_out)));
    }

    /// The cues learned without some folds.
    ///
    /// # Panics
    /// If they were not prepared.
    pub(super) fn get(&self, left_out: u32) -> &Cues {
        &self.tables[&left_out]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::LabelledParagraph;

    fn document(publisher: &str, paragraphs: &[(Label, &str)]) -> LabelledDocument {
        LabelledDocument {
            id: format!("{publisher}-1"),
            publisher: Some(publisher.into()),
            paragraphs: paragraphs
                .iter()
                .map(|&(label, text)| LabelledParagraph { text: text.into(), label: Some(label) })
                .collect(),
        }
    }

    fn documents() -> Vec<LabelledDocument> {
        ["a", "b", "c", "d"]
            .map(|publisher| {
                document(
                    publisher,
                    &[
                        (Label::Body, "The mayor opened the bridge and told the crowd to cross."),
                        (Label::Body, "The council met."),
                        (Label::SharePrompt, "Share this on Facebook"),
                    ],
                )
            })
            .to_vec()
    }

    #[test]
    fn cues_speak_for_the_label_they_occur_with() {
        let documents = documents();
        let counts = CueCounts::new(&documents, &[0, 1, 2, 3], 4, CueOptions::default());
        let cues = counts.learn(0);
        let cue = |place, text: &str| {
            cues.iter().find(|c| c.place == place && c.text == text).map(|c| c.weights)
        };
        let share = cue(Place::Start, "share this").expect("learned");
        assert!(share[Label::SharePrompt.index()] > 0.7);
        assert!(share[Label::Body.index()] < -0.7);
        assert!(cue(Place::End, "facebook").is_some());
        assert!(cues.windows(2).all(|w| key_of(&w[0]) < key_of(&w[1])), "in order, no doubles");
    }

    #[test]
    fn a_fold_left_out_has_no_say() {
        let mut documents = documents();
        documents[3].paragraphs[0].text = "zebra zebra".into();
        documents[2].paragraphs[0].text = "zebra".into();
        documents[1].paragraphs[0].text = "zebra".into();
        let counts = CueCounts::new(&documents, &[0, 1, 2, 3], 4, CueOptions::default());
        let has = |left_out| counts.learn(left_out).iter().any(|cue| cue.text == "zebra");
        assert!(has(0) && has(0b0001));
        assert!(!has(0b1000), "only two publishers are left");
        // What the left-out folds hold must not change a weight.
        documents[0].paragraphs[2].text = "Share share share".into();
        let changed = CueCounts::new(&documents, &[0, 1, 2, 3], 4, CueOptions::default());
        assert_eq!(counts.learn(0b0001), changed.learn(0b0001));
    }

    #[test]
    fn weights_are_smoothed_log_odds() {
        // One word, in 4 of 4 share prompts (one a publisher) and no body paragraph.
        let documents = documents();
        let options = CueOptions { prior: 1.0, ..CueOptions::default() };
        let counts = CueCounts::new(&documents, &[0, 0, 0, 0], 1, options);
        let cue = counts.learn(0).into_iter().find(|c| c.text == "facebook").unwrap();
        // Damped totals: body 4 * sqrt 2, share 4; background 4 / (4 + 4 sqrt 2).
        let (body, share) = (4.0 * 2f64.sqrt(), 4.0);
        let background = 4.0 / (body + share);
        let expected = ((4.0 + background) / (share + 1.0)).ln() - (background / (body + 1.0)).ln();
        let found = f64::from(cue.weights[Label::SharePrompt.index()]);
        assert!((found - expected).abs() < 0.006, "{found} {expected}");
    }
}
