//! What the columns of a feature row are: names, groups, meaning.
//!
//! A model file names its columns; a file whose names differ from these is refused. The columns
//! that the paragraph itself decides are declared beside their code in `own`; those of its place in
//! the document in `context`; those of web pages in `page`.

use serde::{Deserialize, Serialize};

use super::{context, own, page};
use crate::label::Label;

/// A set of columns that an ablation leaves out together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureGroup {
    /// Length, case, digits.
    Shape,
    /// Punctuation and signs.
    Punctuation,
    /// Hand-made word lists.
    Words,
    /// Learned cues: sum of their weights over the root of the paragraph's words.
    CueSum,
    /// Learned cues at the paragraph's start and end.
    CueEdge,
    /// What the whole document is like.
    Document,
    /// Place in the document, the neighbours' form.
    Position,
    /// Wording that recurs in the document.
    Repetition,
    /// Vocabulary shared with the document's prose.
    Topic,
    /// The first pass's own probabilities.
    FirstPass,
    /// The first pass's probabilities for the neighbours.
    Neighbours,
    /// The first pass's own probabilities where something holds of the paragraph's place.
    Gated,
    /// Tags and what encloses a block of a web page.
    Markup,
    /// Learned cues in class names and their like.
    MarkupCue,
    /// Links, images and marks of a block.
    Form,
    /// The elements around a block.
    Groups,
    /// Blocks that are made alike.
    Alike,
    /// Title, headings and prose around a block.
    Standing,
    /// What the page is like.
    Page,
    /// What the first pass made of the blocks around one of a page.
    Structure,
}

impl FeatureGroup {
    /// Every group of the model of text, in the order of the columns.
    pub const ALL: [Self; 12] = [
        Self::Shape,
        Self::Punctuation,
        Self::Words,
        Self::CueSum,
        Self::CueEdge,
        Self::Document,
        Self::Position,
        Self::Repetition,
        Self::Topic,
        Self::FirstPass,
        Self::Neighbours,
        Self::Gated,
    ];

    /// The groups of a web page that its words, form and order of blocks fill, without markup.
    pub const OF_TEXT: &'static [Self] = Self::ALL.split_at(9).0;

    /// The groups that the markup of a web page fills.
    pub const OF_MARKUP: [Self; 8] = [
        Self::Markup,
        Self::MarkupCue,
        Self::Form,
        Self::Groups,
        Self::Alike,
        Self::Standing,
        Self::Page,
        Self::Structure,
    ];

    /// The group's name as it stands in reports: `shape`, `cue_sum`, ...
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Punctuation => "punctuation",
            Self::Words => "words",
            Self::CueSum => "cue_sum",
            Self::CueEdge => "cue_edge",
            Self::Document => "document",
            Self::Position => "position",
            Self::Repetition => "repetition",
            Self::Topic => "topic",
            Self::FirstPass => "first_pass",
            Self::Neighbours => "neighbours",
            Self::Gated => "gated",
            Self::Markup => "markup",
            Self::MarkupCue => "markup_cue",
            Self::Form => "form",
            Self::Groups => "groups",
            Self::Alike => "alike",
            Self::Standing => "standing",
            Self::Page => "page",
            Self::Structure => "structure",
        }
    }
}

/// A column of the feature matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Unique name, such as `log_words` or `cue_sum:related`.
    pub name: String,
    /// The group it is left out with.
    pub group: FeatureGroup,
    /// What it measures, with unit.
    pub meaning: String,
}

/// One of the paragraph's features as declared in a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared {
    pub(super) name: &'static str,
    pub(super) group: FeatureGroup,
    pub(super) meaning: &'static str,
}

/// Blocks of one column a label that cues fill.
const CUE_BLOCKS: [(&str, FeatureGroup, &str); 2] = [
    ("cue_sum", FeatureGroup::CueSum, "sum of cue weights over the root of words + 3"),
    ("cue_edge", FeatureGroup::CueEdge, "sum of the weights of cues at the start or end"),
];

/// Blocks of one column a label that the first pass fills.
const PASS_BLOCKS: [(&str, FeatureGroup, &str); 6] = [
    ("first", FeatureGroup::FirstPass, "first pass: log-odds of the label"),
    ("own", FeatureGroup::FirstPass, "first pass: probability of the label"),
    ("previous", FeatureGroup::Neighbours, "first pass: probability of the paragraph before"),
    ("next", FeatureGroup::Neighbours, "first pass: probability of the paragraph after"),
    ("above", FeatureGroup::Neighbours, "first pass: fading mean of the paragraphs before"),
    ("below", FeatureGroup::Neighbours, "first pass: fading mean of the paragraphs after"),
];

/// The same, of a text only.
const SEEN_BLOCK: (&str, FeatureGroup, &str) =
    ("seen", FeatureGroup::Neighbours, "first pass: highest probability of any paragraph before");

/// Columns of the place that the first pass's probabilities are multiplied by, a block each: what a
/// teaser's wording says is another thing amid prose and after it, and a linear model knows that
/// only from a column.
pub(super) const GATES: [&str; 5] =
    ["before_prose", "amid_prose", "after_prose", "topic_short", "topic_long"];

/// What the first pass says of content: no sum of other columns, hence one of its own.
const FIRST_CONTENT: Declared = Declared {
    name: "first_content",
    group: FeatureGroup::FirstPass,
    meaning: "first pass: log-odds of content (body or heading)",
};

/// Columns of the first pass.
#[must_use]
pub fn first_pass() -> Vec<Feature> {
    let mut features: Vec<Feature> = own::FEATURES.iter().map(declared).collect();
    features.extend(CUE_BLOCKS.iter().flat_map(|block| by_label(*block)));
    features.extend(own::DOCUMENT_FEATURES.iter().map(declared));
    features
}

/// Columns of the second pass: the document, the place in it, and what the first pass said.
///
/// The paragraph's own features are not among them. What they say has gone into the first pass's
/// log-odds; given again, they only fitted the second pass to its training data.
#[must_use]
pub fn second_pass() -> Vec<Feature> {
    let mut features: Vec<Feature> = own::DOCUMENT_FEATURES.iter().map(declared).collect();
    features.extend(context::FEATURES.iter().map(declared));
    features.extend(around());
    features.extend(by_label(SEEN_BLOCK));
    let gated = FeatureGroup::Gated;
    features.extend(GATES.iter().flat_map(|gate| {
        let name = format!("own*{gate}");
        by_label((&name, gated, "first pass: probability of the label, times that column"))
            .collect::<Vec<_>>()
    }));
    features
}

/// What the first pass made of a paragraph and of those around it.
fn around() -> impl Iterator<Item = Feature> {
    let blocks = PASS_BLOCKS.iter().flat_map(|block| by_label(*block));
    std::iter::once(declared(&FIRST_CONTENT)).chain(blocks)
}

/// Number of columns of what the first pass made of a paragraph and of those around it.
pub(super) fn around_len() -> usize {
    1 + PASS_BLOCKS.len() * Label::COUNT
}

/// Blocks of one column a label that the words of attributes fill.
const MARKUP_CUE_BLOCKS: [(&str, FeatureGroup, &str); 2] = [
    ("markup_near", FeatureGroup::MarkupCue, "weights of the words of attributes near the block"),
    ("markup_far", FeatureGroup::MarkupCue, "the same further out, fading"),
];

/// Columns of the first pass over a page: those of a text and of the place in it, then those of
/// markup.
#[must_use]
pub fn page_first_pass() -> Vec<Feature> {
    let mut features = first_pass();
    features.extend(context::FEATURES.iter().map(declared));
    features.extend(page::markup::FEATURES.iter().chain(page::markup::PAGE_FEATURES).map(declared));
    features.extend(MARKUP_CUE_BLOCKS.iter().flat_map(|block| by_label(*block)));
    features
}

/// Columns of the second pass over a page: what the first pass made of a block, of those before and
/// after it, and of those that markup puts it together with.
///
/// What a block itself is like is not among them but for products with its length, links and heading,
/// no more than in the second pass over a text: given again, it brought nothing on pages of other
/// sites.
#[must_use]
pub fn page_second_pass() -> Vec<Feature> {
    around().chain(page::structure::FEATURES.iter().map(declared)).collect()
}

/// Number of columns of the first pass over a page.
#[must_use]
pub fn page_first_pass_len() -> usize {
    let cues = MARKUP_CUE_BLOCKS.len() * Label::COUNT;
    first_pass_len() + context::FEATURES.len() + page::markup_len() + cues
}

/// Number of columns of the second pass over a page.
#[must_use]
pub fn page_second_pass_len() -> usize {
    around_len() + page::structure::FEATURES.len()
}

/// Number of columns of the first pass.
#[must_use]
pub fn first_pass_len() -> usize {
    own::FEATURES.len() + CUE_BLOCKS.len() * Label::COUNT + own::DOCUMENT_FEATURES.len()
}

/// Number of columns of the second pass.
#[must_use]
pub fn second_pass_len() -> usize {
    let of_text = 1 + GATES.len();
    own::DOCUMENT_FEATURES.len() + context::FEATURES.len() + around_len() + of_text * Label::COUNT
}

fn declared(feature: &Declared) -> Feature {
    Feature {
        name: feature.name.to_owned(),
        group: feature.group,
        meaning: feature.meaning.to_owned(),
    }
}

fn by_label(
    (name, group, meaning): (&str, FeatureGroup, &'static str),
) -> impl Iterator<Item = Feature> {
    Label::ALL.into_iter().map(move |label| Feature {
        name: format!("{name}:{label}"),
        group,
        meaning: format!("{meaning}, {label}"),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_the_lengths_agree() {
        let second = second_pass();
        let names: HashSet<&str> = second.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names.len(), second.len());
        assert_eq!(first_pass().len(), first_pass_len());
        assert_eq!(second.len(), second_pass_len());
        assert_eq!(page_first_pass().len(), page_first_pass_len());
        assert_eq!(page_second_pass().len(), page_second_pass_len());
    }

    #[test]
    fn a_page_s_columns_are_of_its_text_of_its_markup_or_of_the_first_pass() {
        let features: Vec<Feature> =
            page_first_pass().into_iter().chain(page_second_pass()).collect();
        let groups: HashSet<FeatureGroup> = features.iter().map(|feature| feature.group).collect();
        let first_pass = [FeatureGroup::FirstPass, FeatureGroup::Neighbours];
        let named = [FeatureGroup::OF_TEXT, &FeatureGroup::OF_MARKUP, &first_pass].concat();
        assert_eq!(named.iter().copied().collect::<HashSet<_>>(), groups);
        assert_eq!(named.len(), groups.len(), "a group stands twice");
        // No column of markup is among a text's, and the other way round.
        let text: HashSet<String> =
            first_pass_and_second().into_iter().map(|feature| feature.name).collect();
        for feature in &features {
            let is_markup = FeatureGroup::OF_MARKUP.contains(&feature.group);
            assert_eq!(is_markup, !text.contains(&feature.name), "{}", feature.name);
        }
    }

    fn first_pass_and_second() -> Vec<Feature> {
        first_pass().into_iter().chain(second_pass()).collect()
    }
}
