//! Counting paragraphs by publisher, in memory that does not grow with the documents.
//!
//! A paragraph gets a counter when a second document of its publisher holds it: most never do, and
//! of those the filter `seen` remembers no more than that they were there. When there is no room for
//! a counter, the least ones go, and begin again when they are seen again: a count may be too small,
//! hardly ever too great. No order of hash maps is relied on.

use std::collections::HashMap;

use super::fingerprint::{of_publisher, within};
use super::seen::Seen;
use super::{Entry, FEWEST, Prints, Templates};

/// How much a [`Learner`] may remember.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes for what was seen once, rounded up to a power of two. With 32 MB and 10 million paragraphs
    /// that differ, one new one in 2,500 is taken for known, and counts one document too many; with
    /// 20 million one in 200, with 40 million one in 25.
    pub seen_bytes: usize,
    /// Paragraphs that are counted at a time, 17 bytes each.
    pub paragraphs: usize,
    /// Publishers, 17 bytes each; documents of further ones are left out.
    pub publishers: usize,
}

impl Default for Limits {
    /// 32 MB, and 900,000 of both: about 64 MB together, and for a moment 15 MB more when there is no
    /// room for a count.
    fn default() -> Self {
        Self { seen_bytes: 32 << 20, paragraphs: 900_000, publishers: 900_000 }
    }
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was counted.
    Counted,
    /// It has no paragraph with a letter.
    Empty,
    /// The same was counted before: a page that was fetched twice repeats nothing.
    Repeated,
    /// It is of a publisher for which there was no room.
    NoRoom,
}

/// A document of fewer paragraphs is never taken for one that came before: it may be a notice alone.
const FEWEST_OF_REPEATED: usize = 3;

/// Counts the paragraphs of documents, publisher by publisher; see [`Templates`].
#[derive(Debug, Clone)]
pub struct Learner {
    limits: Limits,
    documents: u64,
    seen: Seen,
    publishers: HashMap<u64, u32>,
    paragraphs: HashMap<u64, u32>,
}

impl Default for Learner {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Learner {
    /// A learner that has seen nothing yet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            documents: 0,
            seen: Seen::with_bytes(limits.seen_bytes),
            publishers: HashMap::new(),
            paragraphs: HashMap::new(),
        }
    }

    /// Counts a document. Of a paragraph that it holds several times, one counts.
    pub fn add(&mut self, publisher: &str, document: &Prints) -> Added {
        let publisher = of_publisher(publisher);
        let prints = &document.paragraphs;
        if prints.is_empty() {
            return Added::Empty;
        }
        let is_full = self.publishers.len() >= self.limits.publishers;
        if is_full && !self.publishers.contains_key(&publisher) {
            return Added::NoRoom;
        }
        let whole = within(publisher, document.whole());
        if prints.len() >= FEWEST_OF_REPEATED && self.seen.insert(whole) {
            return Added::Repeated;
        }
        self.documents += 1;
        let count = self.publishers.entry(publisher).or_default();
        *count = count.saturating_add(1);
        for &print in prints {
            self.count(within(publisher, print));
        }
        Added::Counted
    }

    fn count(&mut self, key: u64) {
        if let Some(count) = self.paragraphs.get_mut(&key) {
            *count = count.saturating_add(1);
        } else if self.seen.insert(key) {
            if self.paragraphs.len() >= self.limits.paragraphs {
                self.make_room();
            }
            self.paragraphs.insert(key, FEWEST);
        }
    }

    /// Forgets a quarter of the counts, the least ones, of equal ones those of the least keys.
    fn make_room(&mut self) {
        let entries = self.paragraphs.iter().map(|(&key, &count)| (count, key));
        let mut entries: Vec<(u32, u64)> = entries.collect();
        let quarter = entries.len() / 4;
        if quarter < entries.len() {
            let last = *entries.select_nth_unstable(quarter).1;
            self.paragraphs.retain(|&key, &mut count| (count, key) > last);
        }
    }

    /// What was counted.
    #[must_use]
    pub fn finish(self) -> Templates {
        let sorted = |counts: HashMap<u64, u32>| {
            let kept = counts.into_iter().filter(|&(_, count)| count >= FEWEST);
            let mut entries: Vec<Entry> = kept.collect();
            entries.sort_unstable();
            entries
        };
        Templates {
            documents: self.documents,
            publishers: sorted(self.publishers),
            paragraphs: sorted(self.paragraphs),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::fingerprint::fingerprint;
    use super::*;

    /// Documents as publisher and paragraphs, both by letter.
    type Documents = Vec<(char, Vec<char>)>;

    fn documents() -> impl Strategy<Value = Documents> {
        let paragraphs = prop::collection::vec(prop::char::range('a', 'z'), 0..12);
        prop::collection::vec((prop::char::range('A', 'D'), paragraphs), 0..60)
    }

    fn learned(documents: &Documents, limits: Limits) -> Templates {
        let mut learner = Learner::new(limits);
        for (publisher, paragraphs) in documents {
            learner
                .add(&publisher.to_string(), &Prints::of(paragraphs.iter().map(char::to_string)));
        }
        learner.finish()
    }

    /// Documents of each publisher, and the number of them that hold each paragraph: the naive way.
    struct Twin {
        documents: BTreeMap<char, u32>,
        holders: BTreeMap<(char, char), u32>,
    }

    fn twin(documents: &Documents) -> Twin {
        let mut twin = Twin { documents: BTreeMap::new(), holders: BTreeMap::new() };
        let mut known = BTreeSet::new();
        for (publisher, paragraphs) in documents {
            let set: BTreeSet<char> = paragraphs.iter().copied().collect();
            if set.is_empty() || set.len() >= 3 && !known.insert((*publisher, set.clone())) {
                continue;
            }
            *twin.documents.entry(*publisher).or_default() += 1;
            for paragraph in set {
                *twin.holders.entry((*publisher, paragraph)).or_default() += 1;
            }
        }
        twin
    }

    proptest! {
        #[test]
        fn counts_are_those_of_the_naive_way(documents in documents()) {
            let limits = Limits { seen_bytes: 1 << 16, ..Limits::default() };
            let (templates, twin) = (learned(&documents, limits), twin(&documents));
            prop_assert_eq!(templates.documents(), twin.documents.values().map(|&n| u64::from(n)).sum::<u64>());
            let recurring = twin.holders.values().filter(|&&n| n >= 2).count();
            prop_assert_eq!(templates.paragraphs(), recurring);
            for (&publisher, &n) in &twin.documents {
                let site = templates.site(&publisher.to_string());
                prop_assert_eq!(site.is_some(), n >= 2);
                let Some(site) = site else { continue };
                for paragraph in 'a'..='z' {
                    let holders = twin.holders.get(&(publisher, paragraph)).copied().unwrap_or(0);
                    let sighting = site.sighting(&paragraph.to_string());
                    prop_assert_eq!(sighting.holders, holders.saturating_sub(1));
                    prop_assert_eq!(sighting.others, n - 1);
                }
            }
        }

        #[test]
        fn with_little_room_nothing_is_counted_too_often(
            documents in documents(),
            paragraphs in 1_usize..6,
            publishers in 1_usize..4,
        ) {
            let limits = Limits { seen_bytes: 1 << 16, paragraphs, publishers };
            let (templates, twin) = (learned(&documents, limits), twin(&documents));
            prop_assert!(templates.paragraphs() <= paragraphs);
            prop_assert!(templates.publishers() <= publishers);
            for (&(publisher, paragraph), &holders) in &twin.holders {
                let Some(site) = templates.site(&publisher.to_string()) else { continue };
                prop_assert_eq!(site.documents, twin.documents[&publisher]);
                prop_assert!(site.sighting(&paragraph.to_string()).holders < holders);
            }
        }
    }

    #[test]
    fn the_most_frequent_survive_where_there_is_little_room() {
        let mut documents: Documents = Vec::new();
        for round in 0..10_u8 {
            // `z` and `y` stand in every document, each other letter in two of them.
            let rare = (0..4).map(|i| (b'a' + (round * 2 + i) % 24) as char);
            documents.push(('A', rare.chain(['z', 'y']).collect()));
            documents.push(('A', vec![(b'a' + round) as char, 'z', 'y']));
        }
        let templates = learned(&documents, Limits { paragraphs: 4, ..Limits::default() });
        let site = templates.site("A").unwrap();
        let count = |text| site.sighting(text).holders;
        assert_eq!(templates.paragraphs(), 4);
        assert!(count("z") >= 15 && count("y") >= 15, "{} {}", count("z"), count("y"));
    }

    #[test]
    fn what_comes_of_a_document_is_told() {
        let mut learner = Learner::new(Limits { publishers: 1, ..Limits::default() });
        let long = Prints::of(["The ferry", "The bridge", "Share this"]);
        assert_eq!(learner.add("a.example", &long), Added::Counted);
        assert_eq!(learner.add("A.example", &long), Added::Repeated);
        assert_eq!(learner.add("b.example", &long), Added::NoRoom);
        assert_eq!(learner.add("a.example", &Prints::of(["12", ""])), Added::Empty);
        let notice = Prints::of(["All rights reserved"]);
        assert_eq!(learner.add("a.example", &notice), Added::Counted);
        assert_eq!(learner.add("a.example", &notice), Added::Counted);
        let templates = learner.finish();
        assert_eq!(templates.documents(), 3);
        let sighting = templates.site("a.example").unwrap().sighting("ALL RIGHTS RESERVED");
        assert_eq!((sighting.holders, sighting.others), (1, 2));
        assert_ne!(fingerprint("a"), fingerprint("b"));
    }
}
