//! Learning cues: which words, pairs and triples of words speak for which label.
//!
//! In: labelled paragraphs with the fold of each document. Out: [`Cues`] learned from any set of
//! folds, so that a row of the training matrix never sees a cue weight that its own publisher had a
//! say in.
//!
//! Candidates are all words, pairs and triples that occur at several publishers. Their weights come
//! from one softmax regression over all of them ([`super::cue_fit`]): unlike log-odds taken cue by
//! cue, it shares what a phrase says among the words of the phrase, and gives a cue no credit for
//! what the paragraph's form says already. The strongest are kept and fitted once more.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::cue_fit::{Example, fit};
use crate::document::LabelledDocument;
use crate::featurize::cues::{Cue, Cues, MAX_WORDS, Place, folded_words};
use crate::featurize::{FeatureMatrix, Paragraphs, schema};
use crate::label::Label;

/// How cues are learned and pruned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CueOptions {
    /// Fewest publishers that a cue must occur at.
    pub min_publishers: u32,
    /// Most cues kept.
    pub max_cues: usize,
    /// Strength of the L2 penalty on the weights, against a loss that is summed over paragraphs.
    pub penalty: f32,
    /// Passes over the paragraphs, for the candidates and again for the cues that were kept.
    pub epochs: usize,
}

impl Default for CueOptions {
    fn default() -> Self {
        Self { min_publishers: 4, max_cues: 12_000, penalty: 1.0, epochs: 10 }
    }
}

/// Words of a cue and the place it must have.
type Key = (Place, String);

/// A labelled paragraph as the regression sees it.
struct Paragraph {
    fold: usize,
    label: Label,
    /// Candidates that occur in it, by index; one that occurs twice stands twice.
    candidates: Vec<u32>,
    /// What a cue that may stand anywhere adds to a score, in units of its weight.
    share: f32,
    /// Its own features without any cue: columns that are not 0, as (index, value).
    form: Vec<(u32, f32)>,
}

/// What cues are learned from.
pub(super) struct CueSource<'a> {
    pub(super) documents: &'a [LabelledDocument],
    /// Fold of each document, 0..k.
    pub(super) folds: &'a [usize],
    pub(super) k: usize,
    /// Cues learned elsewhere: they are candidates wherever they occur.
    pub(super) known: &'a [Cue],
    /// Which words may be candidates.
    pub(super) admits: &'a dyn Fn(&str) -> bool,
}

/// The labelled paragraphs of a corpus, in the terms of candidates.
pub(super) struct CueCorpus {
    options: CueOptions,
    /// Candidates that occur at enough publishers in all folds together, in order.
    keys: Vec<Key>,
    /// By fold, then by candidate: publishers.
    publishers: Vec<Vec<u32>>,
    paragraphs: Vec<Paragraph>,
}

/// How much a cue at the paragraph's start or end counts for, against one anywhere.
const EDGE_SHARE: f32 = 1.0;
/// A cue that may stand anywhere counts the less the longer the paragraph is:
/// `ANYWHERE / sqrt(words + SMOOTHING)`, as in the feature matrix but for the constant factor.
const ANYWHERE: f32 = 3.0;
const SMOOTHING: f32 = 3.0;
/// Features of form are scaled to this root mean square, so that their steps are no larger than
/// those of cues.
const FORM_SHARE: f32 = 0.3;
/// A feature of form is cut off at this many times its root mean square.
const CLIP: f32 = 5.0;
/// Smaller weights are stored as 0.
const MIN_STORED: f32 = 0.1;

impl CueCorpus {
    /// Takes the labelled paragraphs of the documents.
    pub(super) fn new(source: &CueSource<'_>, options: CueOptions) -> Self {
        let (keys, publishers) = candidates_of(source, options.min_publishers);
        let index: HashMap<&Key, u32> = keys.iter().zip(0..).collect();
        let mut paragraphs = Vec::new();
        let (cues, mut matrix) = (Cues::default(), FeatureMatrix::new());
        for (document, &fold) in source.documents.iter().zip(source.folds) {
            let texts = document.paragraphs.iter().map(|p| p.text.as_str()).collect();
            let scanned = Paragraphs::new(texts, &cues);
            for block in scanned.blocks() {
                scanned.first_rows(block.clone(), &mut matrix);
                for (paragraph, row) in document.paragraphs[block].iter().zip(matrix.rows()) {
                    let Some(label) = paragraph.label else { continue };
                    let words = folded_words(&paragraph.text);
                    let found = candidates(&words).into_iter();
                    paragraphs.push(Paragraph {
                        fold,
                        label,
                        candidates: found.filter_map(|key| index.get(&key).copied()).collect(),
                        share: ANYWHERE / (words.len() as f32 + SMOOTHING).sqrt(),
                        form: (0u32..)
                            .zip(row.iter().copied())
                            .filter(|(_, x)| *x != 0.0)
                            .collect(),
                    });
                }
            }
        }
        Self { options, keys, publishers, paragraphs }
    }

    /// The cues without each of `k` folds, and those of all.
    pub(super) fn by_fold(&self, k: usize) -> (Vec<Vec<Cue>>, Vec<Cue>) {
        let without = || (0..k).into_par_iter().map(|fold| self.learn(1 << fold, &[])).collect();
        rayon::join(without, || self.learn(0, &[]))
    }

    /// The cues of all folds but those in the bit set `left_out`. The weights of `known` cues begin
    /// where they are, and are drawn there instead of to 0.
    pub(super) fn learn(&self, left_out: u32, known: &[Cue]) -> Vec<Cue> {
        let CueOptions { min_publishers, max_cues, penalty, epochs } = self.options;
        let used = |fold: usize| left_out & (1 << fold) == 0;
        let known: HashMap<(Place, &str), [f32; Label::COUNT]> =
            known.iter().map(|cue| ((cue.place, cue.text.as_str()), cue.weights)).collect();
        let prior = |key: u32| {
            let (place, text) = &self.keys[key as usize];
            known.get(&(*place, text.as_str()))
        };
        let mut kept: Vec<u32> = (0..self.keys.len() as u32)
            .filter(|&key| {
                let publishers = self.publishers.iter().enumerate();
                let sum: u32 =
                    publishers.filter(|(f, _)| used(*f)).map(|(_, n)| n[key as usize]).sum();
                sum >= min_publishers || prior(key).is_some()
            })
            .collect();
        let fitted = |kept: &[u32]| {
            let examples = self.examples(kept, left_out);
            let mut priors: Vec<[f32; Label::COUNT]> =
                kept.iter().map(|&key| prior(key).copied().unwrap_or_default()).collect();
            priors.resize(kept.len() + schema::first_pass_len(), [0.0; Label::COUNT]);
            (fit(&examples, &priors, penalty, epochs), examples)
        };
        let (mut weights, examples) = fitted(&kept);
        if kept.len() > max_cues {
            kept = strongest(&kept, &weights, &examples, max_cues);
            weights = fitted(&kept).0;
        }
        kept.iter()
            .zip(weights)
            .filter_map(|(&key, weights)| {
                let (place, text) = &self.keys[key as usize];
                let weights = weights.map(stored);
                let says_something = weights.iter().any(|&w| w != 0.0);
                says_something.then(|| Cue { text: text.clone(), place: *place, weights })
            })
            .collect()
    }

    /// The paragraphs outside the folds `left_out`; columns are the candidates in `kept` (in order)
    /// and then those of form.
    fn examples(&self, kept: &[u32], left_out: u32) -> Vec<Example> {
        let mut places = vec![None; self.keys.len()];
        for (&key, place) in kept.iter().zip(0u32..) {
            places[key as usize] = Some(place);
        }
        let used = || self.paragraphs.iter().filter(|p| left_out & (1 << p.fold) == 0);
        let sizes = form_sizes(used());
        used()
            .map(|paragraph| {
                let cue = |&key: &u32| {
                    let value = match self.keys[key as usize].0 {
                        Place::Any => paragraph.share,
                        Place::Start | Place::End => EDGE_SHARE,
                    };
                    Some((places[key as usize]?, value))
                };
                let form = paragraph.form.iter().map(|&(column, x)| {
                    let scaled = (x / sizes[column as usize]).clamp(-CLIP, CLIP) * FORM_SHARE;
                    (column + kept.len() as u32, scaled)
                });
                let columns = paragraph.candidates.iter().filter_map(cue).chain(form).collect();
                Example { label: paragraph.label, columns }
            })
            .collect()
    }
}

/// The candidates that occur at `min_publishers` publishers or more in all folds together, and the
/// `known` cues, in order; and by fold, then by candidate, at how many publishers.
fn candidates_of(source: &CueSource<'_>, min_publishers: u32) -> (Vec<Key>, Vec<Vec<u32>>) {
    let k = source.k;
    let mut publishers: BTreeMap<(&str, usize), Vec<&LabelledDocument>> = BTreeMap::new();
    for (document, &fold) in source.documents.iter().zip(source.folds) {
        publishers.entry((document.group(), fold)).or_default().push(document);
    }
    let mut counts: HashMap<Key, Vec<u32>> = HashMap::new();
    for ((_, fold), documents) in publishers {
        let paragraphs = documents.iter().flat_map(|d| &d.paragraphs);
        let labelled = paragraphs.filter(|paragraph| paragraph.label.is_some());
        let found: HashSet<Key> =
            labelled.flat_map(|p| candidates(&folded_words(&p.text))).collect();
        for key in found {
            counts.entry(key).or_insert_with(|| vec![0; k])[fold] += 1;
        }
    }
    let often = |n: &[u32]| n.iter().sum::<u32>() >= min_publishers;
    counts.retain(|(_, words), n| often(n) && words.split(' ').all(source.admits));
    for cue in source.known {
        counts.entry((cue.place, cue.text.clone())).or_insert_with(|| vec![0; k]);
    }
    let mut kept: Vec<(Key, Vec<u32>)> = counts.into_iter().collect();
    kept.sort_unstable();
    let by_fold = |fold: usize| kept.iter().map(|(_, counts)| counts[fold]).collect();
    let publishers = (0..k).map(by_fold).collect();
    (kept.into_iter().map(|(key, _)| key).collect(), publishers)
}

/// Every cue that a paragraph with these words could hold.
fn candidates(words: &[String]) -> Vec<Key> {
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

/// The root mean square of every feature of form, whatever its unit.
fn form_sizes<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> Vec<f32> {
    let mut squares = vec![0.0f32; schema::first_pass_len()];
    let mut n = 0.0f32;
    for paragraph in paragraphs {
        n += 1.0;
        for (column, x) in &paragraph.form {
            squares[*column as usize] += x * x;
        }
    }
    squares.into_iter().map(|sum| (sum / n).sqrt()).collect()
}

/// The `n` of the candidates `kept`, in order, whose weights move the scores of the examples most.
fn strongest(
    kept: &[u32],
    weights: &[[f32; Label::COUNT]],
    examples: &[Example],
    n: usize,
) -> Vec<u32> {
    let mut squares = vec![0.0f32; kept.len()];
    for &(column, value) in examples.iter().flat_map(|example| &example.columns) {
        if let Some(square) = squares.get_mut(column as usize) {
            *square += value * value;
        }
    }
    let mut moved: Vec<(f32, u32)> = squares
        .iter()
        .zip(weights)
        .zip(kept)
        .map(|((square, weights), &key)| (square * weights.iter().map(|w| w * w).sum::<f32>(), key))
        .collect();
    moved.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.cmp(y)));
    let mut kept: Vec<u32> = moved.into_iter().take(n).map(|(_, key)| key).collect();
    kept.sort_unstable();
    kept
}

/// A weight as the model file has it: two decimals, small ones 0.
fn stored(weight: f32) -> f32 {
    if weight.abs() < MIN_STORED { 0.0 } else { (weight * 100.0).round() / 100.0 }
}

/// Learned cues by the set of folds left out, each learned once.
pub(super) struct CueTables<'a> {
    corpus: CueCorpus,
    known: &'a [Cue],
    tables: BTreeMap<u32, Cues>,
}

impl<'a> CueTables<'a> {
    /// Tables that are learned from a source; the weights of its known cues are where they begin.
    pub(super) fn new(source: &CueSource<'a>, options: CueOptions) -> Self {
        let corpus = CueCorpus::new(source, options);
        Self { corpus, known: source.known, tables: BTreeMap::new() }
    }

    /// Learns the cues for sets of folds left out that are not there yet, several at a time.
    pub(super) fn prepare(&mut self, left_out: impl IntoIterator<Item = u32>) {
        let missing: BTreeSet<u32> =
            left_out.into_iter().filter(|set| !self.tables.contains_key(set)).collect();
        let (corpus, known) = (&self.corpus, self.known);
        let learned: Vec<(u32, Cues)> =
            missing.into_par_iter().map(|set| (set, Cues::new(corpus.learn(set, known)))).collect();
        self.tables.extend(learned);
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

    const FOLDS: [usize; 4] = [0, 1, 2, 3];

    fn corpus_of(documents: &[LabelledDocument], options: CueOptions) -> CueCorpus {
        let (folds, known) = (&FOLDS, &[]);
        CueCorpus::new(&CueSource { documents, folds, k: 4, known, admits: &|_| true }, options)
    }

    fn options() -> CueOptions {
        CueOptions { min_publishers: 3, ..CueOptions::default() }
    }

    #[test]
    fn cues_speak_for_the_label_they_occur_with() {
        let corpus = corpus_of(&documents(), options());
        let cues = corpus.learn(0, &[]);
        let weights = |place, text: &str| {
            let cue = cues.iter().find(|c| c.place == place && c.text == text);
            cue.map(|cue| cue.weights).expect("learned")
        };
        let (share, body) = (Label::SharePrompt.index(), Label::Body.index());
        for (place, text) in [(Place::Any, "facebook"), (Place::Start, "share this")] {
            let weights = weights(place, text);
            assert!(weights[share] > weights[body] + 0.2, "{text} {weights:?}");
        }
        let council = weights(Place::Any, "council");
        assert!(council[body] > council[share], "{council:?}");
        let keys: Vec<_> = cues.iter().map(|cue| (cue.place, cue.text.as_str())).collect();
        assert!(keys.windows(2).all(|w| w[0] < w[1]), "in order, no doubles");
    }

    #[test]
    fn a_fold_left_out_has_no_say() {
        let mut documents = documents();
        documents[3].paragraphs[0].text = "zebra zebra".into();
        documents[2].paragraphs[0].text = "zebra".into();
        documents[1].paragraphs[0].text = "zebra".into();
        let corpus = corpus_of(&documents, options());
        let has = |left_out| corpus.learn(left_out, &[]).iter().any(|cue| cue.text == "zebra");
        assert!(has(0) && has(0b0001));
        assert!(!has(0b1000), "only two publishers are left");
        // Nothing of a fold left out may change a weight.
        documents[0].paragraphs[0].text =
            "The baker opened the window and told the people to pray.".into();
        let changed = corpus_of(&documents, options());
        assert_eq!(corpus.learn(0b0001, &[]), changed.learn(0b0001, &[]));
    }

    #[test]
    fn known_cues_are_where_weights_begin_and_are_drawn_to() {
        let mut weights = [0.0; Label::COUNT];
        weights[Label::Copyright.index()] = 2.0;
        let known = [
            Cue { text: "reserved".into(), place: Place::Any, weights },
            Cue { text: "bridge".into(), place: Place::Any, weights },
        ];
        let documents = documents();
        let source = CueSource {
            documents: &documents,
            folds: &FOLDS,
            k: 4,
            known: &known,
            admits: &|word| word != "share",
        };
        let cues = CueCorpus::new(&source, options()).learn(0, &known);
        let weight = |text: &str, label: Label| {
            let cue = cues.iter().find(|c| c.place == Place::Any && c.text == text);
            cue.map(|cue| cue.weights[label.index()])
        };
        // Never seen here: as it was. Seen here in body alone: less of what it was.
        assert_eq!(weight("reserved", Label::Copyright), Some(2.0));
        assert!(weight("bridge", Label::Copyright).unwrap() < 2.0);
        assert!(weight("bridge", Label::Body).unwrap() > 0.0);
        assert_eq!(weight("share", Label::SharePrompt), None, "not admitted");
    }

    #[test]
    fn no_more_cues_are_kept_than_allowed_and_the_strongest_stay() {
        let documents = documents();
        let all = corpus_of(&documents, options()).learn(0, &[]);
        let few = CueOptions { max_cues: 5, ..options() };
        let kept = corpus_of(&documents, few).learn(0, &[]);
        assert!(all.len() > 5 && kept.len() <= 5 && !kept.is_empty());
        assert!(kept.iter().any(|cue| cue.text == "the" || cue.text.contains("share")), "{kept:?}");
    }
}
