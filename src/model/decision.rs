//! The one rule that turns probabilities into a label; every command and binding uses it.
//!
//! What is lost with a paragraph of the article's own grows with its words, what is gained by
//! dropping one that is not its own does not. So the model's thresholds are held against a
//! paragraph's odds over a power of its length ([`Scale::ByLength`]): the rule with the highest
//! recall at a given loss of words compares P(boilerplate) / (P(content) * words) with a constant
//! (Neyman and Pearson); the root, milder, was better on real articles, where F1 counts too.

use serde::Serialize;

use crate::label::Label;

/// The length, in words, for which a threshold by length holds as it stands.
pub const REFERENCE_WORDS: u64 = 16;

/// Shorter and longer paragraphs than these count as if they had so many words.
const WORDS: (u64, u64) = (1, 256);

/// Labels of content, which come first.
const CONTENT: usize = 2;

/// How a threshold is held against a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// The same for every paragraph.
    Flat,
    /// As it stands for a paragraph of [`REFERENCE_WORDS`] words; the odds that others need grow
    /// with the square root of their words, from a quarter (one word) to four times (256 and more).
    ByLength,
}

impl Scale {
    /// What the odds that a paragraph needs are multiplied by.
    fn factor(self, words: u64) -> f32 {
        match self {
            Self::Flat => 1.0,
            Self::ByLength => {
                (words.clamp(WORDS.0, WORDS.1) as f32 / REFERENCE_WORDS as f32).sqrt()
            }
        }
    }

    /// What a threshold is compared with: `boilerplate`, its odds divided by the factor of the
    /// paragraph's length; 0..=1, does not fall as `boilerplate` grows.
    #[must_use]
    pub fn weighed(self, boilerplate: f32, words: u64) -> f32 {
        match self {
            Self::Flat => boilerplate,
            Self::ByLength => weigh(boilerplate, self.factor(words)),
        }
    }
}

fn weigh(boilerplate: f32, factor: f32) -> f32 {
    boilerplate / (boilerplate + (1.0 - boilerplate) * factor)
}

/// From where on a paragraph is boilerplate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cutoff {
    /// The threshold, 0..=1.
    pub threshold: f32,
    /// How it is held against a paragraph.
    pub scale: Scale,
}

impl Cutoff {
    /// The same for paragraphs of any length.
    #[must_use]
    pub fn flat(threshold: f32) -> Self {
        Self { threshold, scale: Scale::Flat }
    }

    /// Stricter with longer paragraphs.
    #[must_use]
    pub fn by_length(threshold: f32) -> Self {
        Self { threshold, scale: Scale::ByLength }
    }

    /// The value of `boilerplate` from which on a paragraph of so many words is boilerplate, up to
    /// rounding.
    #[must_use]
    pub fn for_words(self, words: u64) -> f32 {
        match self.scale {
            Scale::Flat => self.threshold,
            Scale::ByLength => weigh(self.threshold, 1.0 / self.scale.factor(words)),
        }
    }

    /// Whether a paragraph is boilerplate. Its words are counted only where they matter.
    fn is_reached(self, boilerplate: f32, words: impl FnOnce() -> u64) -> bool {
        let reached_with = |words| self.scale.weighed(boilerplate, words) >= self.threshold;
        reached_with(WORDS.1) || (reached_with(WORDS.0) && reached_with(words()))
    }
}

/// What the rule makes of one paragraph's probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decided {
    /// The label.
    pub label: Label,
    /// The label's own probability, 0..=1.
    pub probability: f32,
    /// 1 - P(body) - P(heading), 0..=1.
    pub boilerplate: f32,
}

/// Decides a paragraph's label.
///
/// At or above the cutoff, the likeliest boilerplate kind; below it, the likelier of `body` and
/// `heading`. Of equal probabilities the first in column order wins. `probabilities` has one entry
/// a label in column order, each in 0..=1, with sum 1. `words` counts the paragraph's words,
/// separated by white space.
#[must_use]
pub fn decide(
    probabilities: &[f32; Label::COUNT],
    cutoff: Cutoff,
    words: impl FnOnce() -> u64,
) -> Decided {
    let boilerplate = boilerplate(probabilities);
    let (content, kinds) = Label::ALL.split_at(CONTENT);
    let labels = if cutoff.is_reached(boilerplate, words) { kinds } else { content };
    let of = |label: Label| probabilities[label.index()];
    let label = labels.iter().copied().reduce(|best, l| if of(l) > of(best) { l } else { best });
    let label = label.unwrap_or(Label::Body);
    Decided { label, probability: probabilities[label.index()], boilerplate }
}

/// 1 - P(body) - P(heading), summed from the boilerplate side so that it is exact near 0.
#[must_use]
pub fn boilerplate(probabilities: &[f32; Label::COUNT]) -> f32 {
    let sum: f32 = probabilities[CONTENT..].iter().sum();
    sum.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn probabilities(pairs: &[(Label, f32)]) -> [f32; Label::COUNT] {
        let mut all = [0.0; Label::COUNT];
        for &(label, p) in pairs {
            all[label.index()] = p;
        }
        all
    }

    #[test]
    fn labels_of_content_come_first() {
        assert!(Label::ALL.iter().enumerate().all(|(at, l)| l.is_content() == (at < CONTENT)));
    }

    #[test]
    fn the_threshold_chooses_the_side_and_the_likeliest_wins_within_it() {
        let p = probabilities(&[
            (Label::Body, 0.45),
            (Label::Heading, 0.05),
            (Label::Related, 0.3),
            (Label::Caption, 0.2),
        ]);
        let decide = |threshold| decide(&p, Cutoff::flat(threshold), || 1_000);
        let low = decide(0.5);
        assert_eq!(low.label, Label::Related);
        assert!((low.boilerplate - 0.5).abs() < 1e-6);
        assert!((low.probability - 0.3).abs() < 1e-6);
        assert_eq!(decide(0.51).label, Label::Body);
    }

    #[test]
    fn longer_paragraphs_need_greater_odds() {
        let cutoff = Cutoff::by_length(0.8);
        // Odds of 4 to 1 at 16 words, 1 to 1 at one word, 16 to 1 at 256 and beyond.
        for (words, needed) in
            [(0, 0.5), (1, 0.5), (16, 0.8), (256, 16.0 / 17.0), (9_999, 16.0 / 17.0)]
        {
            assert!((cutoff.for_words(words) - needed).abs() < 1e-6, "{words}");
        }
        let label = |words| {
            let p = probabilities(&[(Label::Body, 0.25), (Label::Related, 0.75)]);
            decide(&p, cutoff, || words).label
        };
        assert_eq!([1, 8, 12, 16, 100].map(label), {
            use Label::{Body, Related};
            [Related, Related, Body, Body, Body]
        });
        assert_eq!(Cutoff::flat(0.8).for_words(1), 0.8);
    }

    proptest! {
        #[test]
        fn words_are_counted_where_they_matter(
            p in prop_oneof![0.0f32..=1.0, Just(0.0), Just(1.0)],
            threshold in prop_oneof![0.0f32..=1.0, Just(0.0), Just(1.0)],
            words in 0u64..2_000,
        ) {
            for scale in [Scale::Flat, Scale::ByLength] {
                let cutoff = Cutoff { threshold, scale };
                let weighed = scale.weighed(p, words);
                prop_assert!((0.0..=1.0).contains(&weighed));
                prop_assert_eq!(cutoff.is_reached(p, || words), weighed >= threshold);
                let needed = cutoff.for_words(words);
                prop_assert!((p - needed).abs() < 1e-5 || (p >= needed) == (weighed >= threshold));
            }
        }
    }
}
