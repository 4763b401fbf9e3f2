//! The sums that are kept and named by number, against looking every cue up in every element.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::super::super::cues::{Cue, Place};
use super::*;
use crate::document::html::{attribute_words, read_page};

const WORDS: [&str; 5] = ["menu", "story", "promo", "share", "legal"];

/// A start tag to come: how many elements are closed before it, what it is, its words, its text.
type Step = (usize, bool, Vec<usize>, bool);

fn source(steps: &[Step]) -> String {
    let (mut out, mut open): (String, Vec<&str>) = (String::new(), Vec::new());
    for (index, (closed, is_inline, words, has_text)) in steps.iter().enumerate() {
        for _ in 0..*closed {
            let Some(tag) = open.pop() else { break };
            let _ = write!(out, "</{tag}>");
        }
        let tag = if *is_inline { "b" } else { "div" };
        let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
        let _ = write!(out, "<{tag} class='{}'>", words.join(" "));
        open.push(tag);
        if *has_text {
            let _ = write!(out, "Text {index}");
        }
    }
    out
}

fn sources() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(0..WORDS.len(), 0..5);
    let step = (0_usize..4, prop::bool::weighted(0.2), words, any::<bool>());
    prop::collection::vec(step, 1..60).prop_map(|steps| source(&steps))
}

/// Weights that add up without rounding.
fn cues() -> impl Strategy<Value = Vec<Cue>> {
    let text = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..=3);
    let cue = (text, 0..Label::COUNT, -8_i8..=8);
    let cues = prop::collection::vec(cue, 0..12);
    cues.prop_map(|cues| {
        let by_text: BTreeMap<String, (usize, i8)> = cues
            .into_iter()
            .map(|(text, label, weight)| (text.join(" "), (label, weight)))
            .collect();
        let cue = |(text, (label, weight)): (String, (usize, i8))| {
            let mut weights = [0.0; Label::COUNT];
            weights[label] = f32::from(weight) / 4.0;
            weights[(label + 1) % Label::COUNT] = 1.0;
            Cue { text, place: Place::Any, weights }
        };
        by_text.into_iter().map(cue).collect()
    })
}

/// What all cues say of words that stand together.
fn said(words: &[&str], cues: &[Cue]) -> [f64; Label::COUNT] {
    let mut lanes = [0.0; Label::COUNT];
    for cue in cues {
        let text: Vec<&str> = cue.text.split(' ').collect();
        let times = words.windows(text.len()).filter(|window| *window == text).count();
        lanes.iter_mut().zip(cue.weights).for_each(|(l, w)| *l += times as f64 * f64::from(w));
    }
    lanes
}

fn added(one: [f64; Label::COUNT], other: [f64; Label::COUNT], by: f64) -> [f64; Label::COUNT] {
    std::array::from_fn(|lane| one[lane] + by * other[lane])
}

/// The near and the far columns of a block.
fn columns(page: &Page, names: &BTreeMap<u64, String>, cues: &[Cue], index: usize) -> Vec<f64> {
    let words = |range: &Range<usize>| -> Vec<&str> {
        page.words[range.clone()].iter().map(|word| names[word].as_str()).collect()
    };
    let block = &page.blocks[index];
    let outwards = |&at: &u32| page.elements.get(at as usize).map(|element| element.parent);
    let around: Vec<Vec<&str>> = std::iter::successors(Some(block.element), outwards)
        .filter_map(|at| page.elements.get(at as usize))
        .map(|element| words(&element.words))
        .collect();
    let (near, far) = around.split_at(around.len().min(2));
    let root = |n: usize| ((n + 3) as f64).sqrt();
    let inline = words(&block.words);
    let n: usize = inline.len() + near.iter().map(Vec::len).sum::<usize>();
    let near = near.iter().fold(said(&inline, cues), |sum, w| added(sum, said(w, cues), 1.0));
    let far = far.iter().zip(0..).fold([0.0; Label::COUNT], |sum, (words, steps)| {
        added(sum, said(words, cues), 0.8_f64.powi(steps) / root(words.len()))
    });
    near.map(|sum| sum / root(n)).into_iter().chain(far).collect()
}

proptest! {
    #[test]
    fn columns_are_sums_over_the_elements_around(source in sources(), cues in cues()) {
        let page = read_page(&source);
        let table = Cues::new(cues.clone());
        let markup = MarkupCues::new(&page, &table);
        let names = attribute_words(&source);
        for index in 0..page.blocks.len() {
            let mut row = vec![f32::NAN; 2 * Label::COUNT];
            markup.fill(index, &mut row);
            for (lane, (value, expected)) in
                row.iter().zip(columns(&page, &names, &cues, index)).enumerate()
            {
                let is_near = (f64::from(*value) - expected).abs() < 1e-4;
                prop_assert!(is_near, "block {}, {}: {} for {}", index, lane, value, expected);
            }
        }
    }
}

/// No cue reaches from one element into another, and what is learned from is what is summed.
#[test]
fn words_of_two_elements_do_not_follow_each_other() {
    let source = "<main class=a1><div class='menu story'><p class=promo>One <b class=share>word";
    let page = read_page(source);
    let names = attribute_words(source);
    let near = near_words(&page, 0);
    let near: Vec<Vec<&str>> =
        near.iter().map(|words| words.iter().map(|word| names[word].as_str()).collect()).collect();
    assert_eq!(near, [vec!["share"], vec!["promo"], vec!["menu", "story"]]);
    let cue =
        |text: &str| Cue { text: text.into(), place: Place::Any, weights: [1.0; Label::COUNT] };
    let filled = |text: &str| {
        let mut row = vec![0.0; 2 * Label::COUNT];
        MarkupCues::new(&page, &Cues::new(vec![cue(text)])).fill(0, &mut row);
        row[0]
    };
    assert!(filled("menu story") > 0.0 && filled("share") > 0.0);
    for text in ["story promo", "promo menu", "share promo", "story menu"] {
        assert_eq!(filled(text), 0.0, "{text}");
    }
}
