//! Sets of many articles, made of invented words by a seeded generator.

#![expect(clippy::print_stderr, reason = "a measurement is for the terminal")]

use std::fs;
use std::time::Instant;

use super::super::{Account, Comparison};
use super::account;

/// Numbers by xorshift, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    /// A word: common ones are short and few, as in a language.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ba", "ce", "di", "fo", "gu", "ha", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
            "ve", "zo",
        ];
        let n = if self.below(2) == 0 { 1 } else { 2 + self.below(2) };
        (0..n).map(|_| SYLLABLES[self.below(16)]).collect()
    }

    fn sentence(&mut self) -> String {
        let words: Vec<_> = (0..12 + self.below(14)).map(|_| self.word()).collect();
        let mut sentence = words.join(" ");
        if self.below(3) > 0 {
            let name = format!(" {}{}", self.word().to_uppercase(), self.word());
            sentence.push_str(&name);
        }
        sentence[..1].make_ascii_uppercase();
        sentence.push('.');
        sentence
    }
}

/// Stories of one to eight articles, which share half of their paragraphs; the story of each.
fn articles(n_articles: usize, n_paragraphs: usize) -> (Vec<Account>, Vec<usize>) {
    let mut numbers = Numbers(0x5eed);
    let (mut accounts, mut stories) = (Vec::new(), Vec::new());
    for story in 0.. {
        if accounts.len() >= n_articles {
            break;
        }
        let shared: Vec<String> = (0..n_paragraphs).map(|_| paragraph(&mut numbers)).collect();
        for _ in 0..1 + numbers.below(8) {
            let own: Vec<String> = (0..n_paragraphs)
                .map(|n| if n % 2 == 0 { shared[n].clone() } else { paragraph(&mut numbers) })
                .collect();
            let texts: Vec<_> = own.iter().map(String::as_str).collect();
            accounts.push(account(&format!("site{:05}", accounts.len()), &texts));
            stories.push(story);
        }
    }
    (accounts, stories)
}

fn paragraph(numbers: &mut Numbers) -> String {
    let sentences: Vec<_> = (0..3).map(|_| numbers.sentence()).collect();
    sentences.join(" ")
}

#[test]
fn a_large_set_falls_into_its_stories() {
    let (accounts, stories) = articles(300, 4);
    let comparison = Comparison::new(&accounts);
    for (n, story) in comparison.stories.iter().enumerate() {
        assert!(story.iter().all(|&article| stories[article] == stories[story[0]]), "story {n}");
    }
    let in_stories: usize = comparison.stories.iter().map(Vec::len).sum();
    let of_several = |n: &usize| stories.iter().filter(|&&other| other == stories[*n]).count() > 1;
    assert_eq!(in_stories, (0..stories.len()).filter(of_several).count());
    assert_eq!(comparison.limits, Default::default());
}

#[test]
fn copies_of_one_report_stay_together_and_are_capped() {
    let mut numbers = Numbers(7);
    let report: Vec<String> = (0..4).map(|_| paragraph(&mut numbers)).collect();
    let accounts: Vec<_> = (0..500)
        .map(|n| {
            let own = paragraph(&mut numbers);
            let texts: Vec<_> = report.iter().chain([&own]).map(String::as_str).collect();
            account(&format!("outlet{n:03}"), &texts)
        })
        .collect();
    let comparison = Comparison::new(&accounts);
    assert_eq!(comparison.stories.len(), 1);
    assert_eq!(comparison.stories[0].len(), 500);
    assert!(comparison.pairs.len() < 500 * 16, "{} pairs", comparison.pairs.len());
    let limits = comparison.limits;
    assert_eq!(limits.most_articles, 500);
    assert_eq!(limits.pairs_in_stories + comparison.pairs.len(), 500 * 499 / 2);
}

#[test]
fn ten_thousand_quotations_in_a_paragraph_are_no_trouble() {
    let text = "“the tide is in again” said Okoro. ".repeat(10_000);
    let other = "“the tide is in again today” said Farrar. ".repeat(10_000);
    let comparison = Comparison::new(&[account("star", &[&text]), account("echo", &[&other])]);
    assert!(comparison.pairs.len() <= 1);
}

/// How long ten thousand articles take, and how much memory: run it alone, optimised, with
/// `--ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn ten_thousand_articles() {
    let (accounts, stories) = articles(10_000, 10);
    let words: usize = accounts.iter().map(|account| account.n_words).sum();
    eprintln!(
        "{} articles, {words} words, {} stories",
        accounts.len(),
        stories.last().unwrap() + 1
    );
    eprintln!("made: {}", peak());
    let start = Instant::now();
    let comparison = Comparison::new(&accounts);
    let (n_pairs, n_stories) = (comparison.pairs.len(), comparison.stories.len());
    eprintln!("{n_pairs} pairs, {n_stories} stories in {:?}, {}", start.elapsed(), peak());
    eprintln!("{:?}", comparison.limits);
}

/// The most memory that the program has held, as Linux tells it.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap_or("peak not known").to_owned()
}
