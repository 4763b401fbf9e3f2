//! T3: last paragraphs that speak of something else than the first.

use std::collections::{HashMap, HashSet};

use super::content::{capitals, is_grammar, names, root};
use super::phrases::Words;
use super::scope::{Story, whole};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::{ReadParagraph, Reading};

/// Paragraphs of prose that a story begins with.
const LEDE: usize = 3;
/// Paragraphs with names that a break has at least.
const TAIL: usize = 3;
/// A lede with fewer names says little of what the story is about.
const LEDE_NAMES: usize = 3;

/// T3: three last paragraphs of prose or more, at most half of them all, that share no name with the
/// title or any paragraph before, two in three of them have names and two in three no word of the
/// topic; the first and the last are evidence. The value is their range, paragraphs from 0.
pub(super) fn topic_break(reading: &Reading<'_>) -> Finding {
    let signal = Signal::TopicBreak;
    let prose: Vec<_> = Story::of(reading).map_or_else(Vec::new, |story| {
        reading.body().filter(|p| (story.first..=story.last).contains(&p.index)).collect()
    });
    if prose.len() < LEDE + TAIL {
        return Finding::not_applicable(signal, "the article is too short");
    }
    let title = reading.title_paragraph().filter(|title| title.index < prose[0].index);
    let start = tail(&prose, title).filter(|&start| departs(&prose, start, title));
    let found = start.map(|start| {
        let (from, to) = (prose[start], prose[prose.len() - 1]);
        let range = format!("{} to {}", from.index, to.index);
        [from, to].map(|p| whole(reading, p, Some(range.clone()))).into()
    });
    Finding::of(signal, found.unwrap_or_default())
}

/// Where the longest tail begins.
fn tail(prose: &[&ReadParagraph<'_>], title: Option<&ReadParagraph<'_>>) -> Option<usize> {
    // Every name with the first paragraph that has it.
    let mut first: HashMap<u64, usize> = HashMap::new();
    for name in title.iter().flat_map(|p| capitals(p.words()).collect::<Vec<_>>()) {
        first.insert(name, 0);
    }
    let mut earliest = Vec::with_capacity(prose.len());
    let mut is_named = Vec::with_capacity(prose.len());
    let mut lede_names = 0;
    for (place, p) in prose.iter().enumerate() {
        let words = p.words();
        let seen = capitals(words).map(|name| *first.entry(name).or_insert(place));
        earliest.push(seen.min().unwrap_or(place));
        let n = names(words).count();
        is_named.push(n > 0);
        lede_names += if place < LEDE { n } else { 0 };
    }
    if lede_names < LEDE_NAMES {
        return None;
    }
    let (mut best, mut named, mut reach) = (None, 0, prose.len());
    for place in (prose.len().div_ceil(2).max(LEDE)..prose.len()).rev() {
        reach = reach.min(earliest[place]);
        named += usize::from(is_named[place]);
        let has_names = named >= TAIL && named * 3 >= (prose.len() - place) * 2;
        if reach >= place && is_named[place] && has_names {
            best = Some(place);
        }
    }
    best
}

/// Whether the paragraphs from one on leave the topic: parts of a list share no names either, but
/// speak of what the title says and the others repeat.
fn departs(prose: &[&ReadParagraph<'_>], start: usize, title: Option<&ReadParagraph<'_>>) -> bool {
    let (mut seen, mut topic) = (HashSet::new(), HashSet::new());
    topic.extend(title.iter().flat_map(|title| content(title.words())));
    for p in &prose[..start] {
        let once: HashSet<_> = content(p.words()).collect();
        topic.extend(once.into_iter().filter(|&word| !seen.insert(word)));
    }
    let tail = &prose[start..];
    let others = tail.iter().filter(|p| !content(p.words()).any(|word| topic.contains(&word)));
    others.count() * 3 >= tail.len() * 2
}

/// The words of content.
fn content(words: &Words<'_>) -> impl Iterator<Item = u64> {
    (0..words.len()).map(|place| words.at(place)).filter(|word| !is_grammar(word)).map(root)
}
