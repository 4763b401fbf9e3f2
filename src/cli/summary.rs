//! What a run made of its documents, in two lines on standard error.
//!
//! In: counts of each document. Out: text, for runs over more than one document.

use std::time::Duration;

use indicatif::{DecimalBytes, HumanCount};

use crate::document::Document;
use crate::label::{Group, Label};
use crate::verdict::clean::words;
use crate::verdict::{CleanText, Count, Verdict};

/// Columns of a line, with what [`Messages`](super::Messages) puts before it.
const WIDTH: usize = 80;
/// A run shorter than this is not worth a rate.
const LONG: Duration = Duration::from_secs(1);

/// What became of paragraphs and their words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Paragraphs that were kept, or that are the article's own.
    pub kept: u64,
    /// The others, by label.
    pub dropped: [Count; Label::COUNT],
}

impl Counts {
    /// Of clean text.
    pub fn of_clean(clean: &CleanText) -> Self {
        Self { kept: clean.kept.paragraphs, dropped: clean.dropped }
    }

    /// Of labels: what `clean` would keep and drop where nothing else is said.
    pub fn of_verdict(document: &Document, verdict: &Verdict) -> Self {
        let mut counts = Self::default();
        for paragraph in &verdict.paragraphs {
            if paragraph.label.group() == Group::Content {
                counts.kept += 1;
            } else {
                let count = &mut counts.dropped[paragraph.label.index()];
                count.paragraphs += 1;
                count.words += words(paragraph.text(document));
            }
        }
        counts
    }

    /// Adds those of another document.
    pub fn add(&mut self, other: &Self) {
        self.kept += other.kept;
        for (sum, count) in self.dropped.iter_mut().zip(&other.dropped) {
            sum.paragraphs += count.paragraphs;
            sum.words += count.words;
        }
    }
}

/// What becomes of paragraphs, in words.
#[derive(Debug, Clone, Copy)]
pub enum Terms {
    /// They get labels.
    Labelled,
    /// They stay or go.
    Cleaned,
}

/// What a run did.
#[derive(Debug, Clone, Copy)]
pub struct Summary {
    /// What becomes of paragraphs.
    pub terms: Terms,
    /// Documents worked on, with those that failed or passed over.
    pub documents: u64,
    /// Documents that a run before this one had done.
    pub done_before: u64,
    /// What became of paragraphs.
    pub counts: Counts,
    /// Bytes of text.
    pub bytes: u64,
    /// How long it took.
    pub time: Duration,
}

impl Summary {
    /// The lines, each of which fits into 80 columns behind `before` columns.
    pub fn lines(&self, before: usize) -> Vec<String> {
        let mut first = format!("{} documents", HumanCount(self.documents + self.done_before));
        if self.done_before > 0 {
            first += &format!(" ({} before)", HumanCount(self.done_before));
        }
        let n_dropped: u64 = self.counts.dropped.iter().map(|count| count.paragraphs).sum();
        let (kept, dropped) = (HumanCount(self.counts.kept), HumanCount(n_dropped));
        let (stay, go) = match self.terms {
            Terms::Labelled => ("content", "boilerplate"),
            Terms::Cleaned => ("kept", "dropped"),
        };
        // Commands that label no paragraph count none.
        if self.counts.kept + n_dropped > 0 {
            first += &format!("; paragraphs: {kept} {stay}, {dropped} {go}");
        }
        let mut lines = vec![first];
        lines.extend(words_by_label(&self.counts.dropped, go, WIDTH.saturating_sub(before)));
        if self.time > LONG {
            let seconds = self.time.as_secs_f64();
            let speed = DecimalBytes((self.bytes as f64 / seconds) as u64);
            lines.push(format!("{seconds:.1} s, {speed}/s"));
        }
        lines
    }
}

/// Words of the labels that were not kept, the most first, in lines of at most `width` columns.
fn words_by_label(dropped: &[Count; Label::COUNT], go: &str, width: usize) -> Vec<String> {
    let mut labels: Vec<(u64, Label)> = Label::ALL
        .into_iter()
        .map(|label| (dropped[label.index()].words, label))
        .filter(|&(words, _)| words > 0)
        .collect();
    // Stable: labels with as many words stay in column order.
    labels.sort_by_key(|&(words, _)| std::cmp::Reverse(words));
    let all: u64 = labels.iter().map(|(words, _)| words).sum();
    let mut lines: Vec<String> = Vec::new();
    for (index, (words, label)) in labels.iter().enumerate() {
        let end = if index + 1 < labels.len() { "," } else { "" };
        let item = format!("{} {label}{end}", HumanCount(*words));
        match lines.last_mut() {
            None => lines.push(format!("{} {go} words: {item}", HumanCount(all))),
            Some(line) if line.len() + 1 + item.len() <= width => *line += &format!(" {item}"),
            Some(_) => lines.push(format!("  {item}")),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(words: &[(Label, u64)]) -> Summary {
        let mut counts = Counts { kept: 1234, ..Counts::default() };
        for &(label, words) in words {
            counts.dropped[label.index()] = Count { paragraphs: 10, words };
        }
        let time = Duration::from_millis(2500);
        let (documents, bytes) = (1000, 5_000_000);
        Summary { terms: Terms::Cleaned, documents, done_before: 0, counts, bytes, time }
    }

    #[test]
    fn everything_is_accounted_for() {
        let all = summary(&[(Label::Byline, 30), (Label::Navigation, 1200), (Label::Related, 30)]);
        assert_eq!(
            all.lines(6),
            [
                "1,000 documents; paragraphs: 1,234 kept, 30 dropped",
                "1,260 dropped words: 1,200 navigation, 30 byline, 30 related",
                "2.5 s, 2.00 MB/s",
            ]
        );
        let part = Summary { done_before: 500, time: Duration::ZERO, ..summary(&[]) };
        let line = "1,500 documents (500 before); paragraphs: 1,234 kept, 0 dropped";
        assert_eq!(part.lines(6), [line]);
        let labelled = Summary { terms: Terms::Labelled, ..all };
        assert!(labelled.lines(6)[0].ends_with("1,234 content, 30 boilerplate"));
        assert!(labelled.lines(6)[1].starts_with("1,260 boilerplate words: 1,200 navigation"));
        let unlabelled = Summary { counts: Counts::default(), ..labelled };
        assert_eq!(unlabelled.lines(6)[0], "1,000 documents");
    }

    #[test]
    fn all_labels_are_named_in_lines_that_fit() {
        let words = Label::ALL.map(|label| (label, 1000 + label.index() as u64));
        let lines = summary(&words).lines(6);
        let named = &lines[1..lines.len() - 1];
        assert!(named.len() > 1 && named.iter().all(|line| line.len() <= 74), "{named:?}");
        assert!(named[0].contains(" 1,016 advertisement,"), "{named:?}");
        let (all, items) =
            named.join(" ").split_once(": ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let number =
            |text: &str| text.split(' ').next().unwrap().replace(',', "").parse::<u64>().unwrap();
        let sum: u64 = items.split(", ").map(|item| number(item.trim())).sum();
        assert_eq!((items.split(", ").count(), number(&all)), (Label::COUNT, sum));
    }
}
