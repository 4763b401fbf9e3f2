//! Where is it good and where not? The same figures by publisher and by length of paragraph.

use std::collections::BTreeMap;

use serde::Serialize;

use super::binary::BinaryCounts;
use super::figure::ratio;
use super::scored::Scored;

/// Fewest labelled paragraphs of a publisher that is listed; fewer say little.
pub const MIN_PUBLISHER_PARAGRAPHS: u64 = 20;

/// The lengths' names and highest numbers of words. A paragraph without a word is among the
/// shortest.
const LENGTHS: [(&str, u64); 5] =
    [("1-3", 3), ("4-8", 8), ("9-20", 20), ("21-60", 60), ("61+", u64::MAX)];

/// The figures of a part of the data. Ratios are in 0..=1, `None` where undefined.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Slice {
    /// The publisher, or the range of words.
    pub name: String,
    /// Documents with a paragraph in the slice.
    pub documents: u64,
    /// Labelled paragraphs.
    pub paragraphs: u64,
    /// Paragraphs with the right one of 17 labels.
    pub right: u64,
    /// `right / paragraphs`.
    pub accuracy: Option<f64>,
    /// Paragraphs that people labelled boilerplate.
    pub boilerplate_paragraphs: u64,
    /// F1 of boilerplate.
    pub boilerplate_f1: Option<f64>,
    /// Words of content.
    pub content_words: u64,
    /// Share of them in paragraphs labelled boilerplate.
    pub content_words_lost_ratio: Option<f64>,
}

/// Results by publisher.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublisherSlices {
    /// Fewest paragraphs of a publisher that is listed.
    pub min_paragraphs: u64,
    /// Publishers that have fewer, and are not listed.
    pub left_out: u64,
    /// Lowest accuracy first; of equals the one with more paragraphs, then by name.
    pub rows: Vec<Slice>,
}

/// Counts of a slice while it is filled. Paragraphs come in the order of the data.
#[derive(Default)]
struct Gathered {
    documents: u64,
    last_document: Option<usize>,
    right: u64,
    binary: BinaryCounts,
}

impl Gathered {
    fn record(&mut self, p: &Scored<'_>) {
        if self.last_document.replace(p.document_index) != Some(p.document_index) {
            self.documents += 1;
        }
        self.right += u64::from(p.gold == p.decided.label);
        self.binary.record(p.gold.is_content(), p.decided.label.is_content(), p.words);
    }

    fn finish(self, name: &str) -> Slice {
        let paragraphs = self.binary.total();
        Slice {
            name: name.to_owned(),
            documents: self.documents,
            paragraphs,
            right: self.right,
            accuracy: ratio(self.right, paragraphs),
            boilerplate_paragraphs: self.binary.true_positive + self.binary.false_negative,
            boilerplate_f1: self.binary.f1(),
            content_words: self.binary.content_words,
            content_words_lost_ratio: self.binary.content_words_lost_ratio(),
        }
    }
}

/// Results by publisher, worst first, of those with at least `min_paragraphs`.
pub(crate) fn by_publisher(scored: &[Scored<'_>], min_paragraphs: u64) -> PublisherSlices {
    let mut gathered = BTreeMap::<&str, Gathered>::new();
    for p in scored {
        gathered.entry(&p.document.publisher).or_default().record(p);
    }
    let publishers = gathered.len() as u64;
    let mut rows: Vec<Slice> = gathered
        .into_iter()
        .map(|(name, gathered)| gathered.finish(name))
        .filter(|slice| slice.paragraphs >= min_paragraphs)
        .collect();
    // right / paragraphs compared as fractions; the sort is stable, so names stay in order.
    rows.sort_by(|a, b| {
        let (left, right) = (
            u128::from(a.right) * u128::from(b.paragraphs),
            u128::from(b.right) * u128::from(a.paragraphs),
        );
        left.cmp(&right).then(b.paragraphs.cmp(&a.paragraphs))
    });
    PublisherSlices { min_paragraphs, left_out: publishers - rows.len() as u64, rows }
}

/// Results by number of words, all five ranges, shortest first.
pub(crate) fn by_length(scored: &[Scored<'_>]) -> Vec<Slice> {
    let mut gathered: [Gathered; LENGTHS.len()] = Default::default();
    for p in scored {
        let place = LENGTHS.partition_point(|&(_, highest)| highest < p.words);
        gathered[place].record(p);
    }
    gathered.into_iter().zip(LENGTHS).map(|(g, (name, _))| g.finish(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, paragraph};
    use super::super::{JudgedDocument, scored::score};
    use super::*;
    use crate::label::Label::{Body, Related};
    use crate::model::decision::Cutoff;

    fn judged(id: &str, publisher: &str, right: usize, wrong: usize) -> JudgedDocument {
        let right = (0..right).map(|_| paragraph(Body, &[(Body, 1.0)], "one two three four"));
        let wrong = (0..wrong).map(|_| paragraph(Body, &[(Related, 1.0)], "one"));
        document(id, publisher, right.chain(wrong).collect())
    }

    #[test]
    fn publishers_come_worst_first_and_small_ones_are_counted() {
        let documents = [
            judged("1", "good.example", 4, 0),
            judged("2", "bad.example", 1, 1),
            judged("3", "tiny.example", 0, 1),
            judged("4", "bad.example", 1, 1),
            judged("5", "also-bad.example", 1, 1),
        ];
        let found = by_publisher(&score(&documents, Cutoff::flat(0.5)), 2);
        let rows: Vec<_> =
            found.rows.iter().map(|r| (r.name.as_str(), r.documents, r.paragraphs)).collect();
        assert_eq!(
            rows,
            [("bad.example", 2, 4), ("also-bad.example", 1, 2), ("good.example", 1, 4)]
        );
        assert_eq!(found.left_out, 1);
        assert_eq!(found.rows[0].accuracy, Some(0.5));
        assert_eq!(found.rows[0].content_words, 10);
        assert_eq!(found.rows[0].content_words_lost_ratio, Some(0.2));
        assert_eq!(found.rows[0].boilerplate_f1, Some(0.0));
        assert_eq!(found.rows[2].boilerplate_f1, None);
    }

    #[test]
    fn lengths_begin_and_end_where_they_say() {
        let lengths = [0, 1, 3, 4, 8, 9, 20, 21, 60, 61, 500];
        let paragraphs =
            lengths.map(|n| paragraph(Body, &[(Body, 1.0)], &vec!["w"; n].join(" "))).to_vec();
        let documents = [document("d", "p", paragraphs)];
        let slices = by_length(&score(&documents, Cutoff::flat(0.5)));
        let found: Vec<_> = slices.iter().map(|s| (s.name.as_str(), s.paragraphs)).collect();
        assert_eq!(found, [("1-3", 3), ("4-8", 2), ("9-20", 2), ("21-60", 2), ("61+", 2)]);
        assert_eq!(slices[4].content_words, 561);
    }
}
