//! Articles gathered into sources, in memory that grows with what sources repeat.

use std::collections::{BTreeMap, HashMap};

use super::identity::Identity;
use super::profile::{Distribution, Repeated, SourceProfile};
use super::rate::Rate;
use crate::credibility::article::ArticleReport;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::State;
use crate::credibility::reading::Reading;
use crate::label::{Group, Label};
use crate::templates::fingerprint;
use crate::verdict::clean::words as words_of;

/// Paragraphs remembered at a time over all sources, about 50 bytes each. When there are more, those
/// that were seen once go.
const MAX_PARAGRAPHS: usize = 4_000_000;
/// Bytes of a paragraph's text that are kept.
const MAX_TEXT: usize = 4000;

/// What an article tells of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The states of the signals tested.
    states: Vec<(Signal, State)>,
    /// Words of the article's own, and all words.
    words: (u64, u64),
    /// Whom it credits as origin: values of P4 and P5, each once.
    origins: Vec<String>,
    /// Its paragraphs, each once.
    paragraphs: Vec<Noted>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Noted {
    print: u64,
    label: Label,
    text: String,
}

impl Share {
    /// What is to be kept of an article.
    #[must_use]
    pub fn new(reading: &Reading<'_>, report: &ArticleReport) -> Self {
        let states = report.findings.iter().map(|f| (f.signal, f.state)).collect();
        let mut words = (0, 0);
        let mut paragraphs = BTreeMap::new();
        for paragraph in &reading.paragraphs {
            let n = words_of(paragraph.text);
            words.0 += if paragraph.label.is_content() { n } else { 0 };
            words.1 += n;
            if let Some(print) = fingerprint(paragraph.text) {
                let (label, text) = (paragraph.label, cut(paragraph.text));
                paragraphs.entry(print).or_insert_with(|| Noted { print, label, text });
            }
        }
        let credited = [Signal::AgencyCredit, Signal::Republication];
        let mut origins: Vec<String> = credited
            .into_iter()
            .filter_map(|signal| report.finding(signal))
            .flat_map(|finding| &finding.evidence)
            .filter_map(|evidence| evidence.value.clone())
            .collect();
        origins.sort_unstable();
        origins.dedup();
        Self { states, words, origins, paragraphs: paragraphs.into_values().collect() }
    }
}

fn cut(text: &str) -> String {
    let end = (0..=MAX_TEXT.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    text[..end.unwrap_or(0)].to_owned()
}

/// A paragraph of a source.
#[derive(Debug, Clone)]
struct Seen {
    articles: u64,
    /// Its label and text, from the second article on; of notices from the first.
    shown: Option<(Label, String)>,
}

#[derive(Debug, Default)]
struct Gathered {
    identity: Option<Identity>,
    articles: u64,
    rates: BTreeMap<Signal, Rate>,
    words: (u64, u64),
    origins: BTreeMap<String, u64>,
    paragraphs: HashMap<u64, Seen>,
}

/// The sources of a run.
#[derive(Debug, Default)]
pub struct Sources {
    sources: BTreeMap<String, Gathered>,
    paragraphs: usize,
    /// Articles whose source nothing tells.
    pub nameless: u64,
    /// Paragraphs forgotten for want of room; what is repeated may then be counted too low.
    pub forgotten: u64,
}

impl Sources {
    /// Adds an article.
    pub fn add(&mut self, identity: Option<Identity>, share: Share) {
        let Some(identity) = identity else {
            self.nameless += 1;
            return;
        };
        let source = self.sources.entry(identity.key.clone()).or_default();
        source.identity.get_or_insert(identity);
        self.paragraphs += source.add(share);
        if self.paragraphs > MAX_PARAGRAPHS {
            self.forget();
        }
    }

    /// Forgets the paragraphs that were seen once.
    fn forget(&mut self) {
        let before = self.paragraphs;
        self.paragraphs = 0;
        for source in self.sources.values_mut() {
            source.paragraphs.retain(|_, seen| seen.articles > 1);
            self.paragraphs += source.paragraphs.len();
        }
        self.forgotten += (before - self.paragraphs) as u64;
    }

    /// Number of sources.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// What is told of each source, those with most articles first.
    #[must_use]
    pub fn profiles(&self) -> Vec<SourceProfile> {
        let mut all: BTreeMap<Signal, Distribution> = BTreeMap::new();
        for (&signal, &rate) in self.sources.values().flat_map(|source| &source.rates) {
            all.entry(signal).or_default().add(rate);
        }
        all.values_mut().for_each(Distribution::sort);
        let mut profiles: Vec<_> =
            self.sources.values().filter_map(|source| source.profile(&all)).collect();
        profiles.sort_by(|a, b| {
            b.articles.cmp(&a.articles).then_with(|| a.identity.key.cmp(&b.identity.key))
        });
        profiles
    }
}

impl Gathered {
    /// Adds an article; gives how many paragraphs were new.
    fn add(&mut self, share: Share) -> usize {
        self.articles += 1;
        for (signal, state) in share.states {
            if matches!(state, State::Present | State::Absent) {
                self.rates.entry(signal).or_default().count(state == State::Present);
            }
        }
        self.words.0 += share.words.0;
        self.words.1 += share.words.1;
        for origin in share.origins {
            *self.origins.entry(origin).or_default() += 1;
        }
        let before = self.paragraphs.len();
        for Noted { print, label, text } in share.paragraphs {
            let seen = self.paragraphs.entry(print).or_insert(Seen { articles: 0, shown: None });
            seen.articles += 1;
            if seen.shown.is_none() && (seen.articles > 1 || is_notice(label)) {
                seen.shown = Some((label, text));
            }
        }
        self.paragraphs.len() - before
    }

    fn profile(&self, all: &BTreeMap<Signal, Distribution>) -> Option<SourceProfile> {
        let (mut notices, mut templates) = (Vec::new(), Vec::new());
        for seen in self.paragraphs.values() {
            let Some((label, text)) = &seen.shown else { continue };
            let place = if is_notice(*label) { &mut notices } else { &mut templates };
            place.push(Repeated { label: *label, articles: seen.articles, text: text.clone() });
        }
        for list in [&mut notices, &mut templates] {
            list.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.text.cmp(&b.text)));
        }
        let mut origins: Vec<(String, u64)> =
            self.origins.iter().map(|(name, &articles)| (name.clone(), articles)).collect();
        origins.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Some(SourceProfile {
            identity: self.identity.clone()?,
            articles: self.articles,
            signals: self
                .rates
                .iter()
                .map(|(&signal, &rate)| all[&signal].beside(signal, rate))
                .collect(),
            own_words: self.words.0,
            words: self.words.1,
            notices,
            origins,
            templates,
        })
    }
}

/// Whether a paragraph of this label is a notice: what the publisher says of the article or of itself.
fn is_notice(label: Label) -> bool {
    label.group() == Group::Disclosure
}
