//! Which pairs of articles are compared: all of a small set, those that share something rare of a
//! large one.
//!
//! An index over runs of five words, whole sentences and quotations, and names. What stands in more
//! than [`MAX_ARTICLES`] articles does not make pairs of all of them, which would be quadratic: runs
//! and names are passed over then, as phrases and templates; a whole sentence binds each article to
//! the next ones only, so that copies of one report stay together. What is left out is counted.
//! An index of our own, since it is exact up to these limits, and sorted numbers are all it needs;
//! MinHash, as crates offer it, would find near copies and lose pairs that share two sentences.

use super::account::Account;
use super::shared_quotes::PART_WORDS;
use super::shared_text::is_comparable;
use super::tokens::shingles;

/// Articles up to which every pair is compared.
pub const SMALL: usize = 64;
/// Articles that share something up to which it makes pairs of all of them.
const MAX_ARTICLES: usize = 24;
/// Articles that each is bound to where a sentence stands in more of them.
const NEIGHBOURS: usize = 8;
/// Rare names, word by word, that two articles share at least to be compared for them alone.
const RARE_NAMES: u32 = 3;
/// Pairs that are gathered before those named twice are taken out.
const BATCH: usize = 1 << 22;

/// Two articles by their indices, the lesser first.
pub(super) type Candidate = (u32, u32);

/// What was not compared, in counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Runs of five words and names passed over, since more than 24 articles have them.
    pub common_runs: usize,
    /// Sentences and quotations that stand in more than 24 articles word for word, so that each of
    /// these was compared with its next ones only.
    pub common_passages: usize,
    /// The most articles that one of these stands in.
    pub most_articles: usize,
    /// Pairs of articles within stories that were not compared.
    pub pairs_in_stories: usize,
}

/// The pairs to compare, ascending. `order` has the articles' indices in an order that does not
/// depend on that of the input.
pub(super) fn candidates(accounts: &[Account], order: &[u32]) -> (Vec<Candidate>, Limits) {
    let n = accounts.len() as u32;
    if accounts.len() <= SMALL {
        return ((0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect(), Limits::default());
    }
    let mut limits = Limits::default();
    let mut gathered = Gathered::default();
    by_runs(accounts, order, &mut gathered, &mut limits);
    by_passages(accounts, order, &mut gathered, &mut limits);
    by_names(accounts, order, &mut gathered);
    (gathered.finish(order), limits)
}

/// Pairs of ranks, some named more than once.
#[derive(Default)]
struct Gathered {
    pairs: Vec<Candidate>,
    distinct: usize,
}

impl Gathered {
    fn push(&mut self, pair: Candidate) {
        self.pairs.push(pair);
        if self.pairs.len() >= self.distinct + BATCH {
            self.take_out();
        }
    }

    fn take_out(&mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.distinct = self.pairs.len();
    }

    fn finish(mut self, order: &[u32]) -> Vec<Candidate> {
        self.take_out();
        for pair in &mut self.pairs {
            let (a, b) = (order[pair.0 as usize], order[pair.1 as usize]);
            *pair = (a.min(b), a.max(b));
        }
        self.pairs.sort_unstable();
        self.pairs
    }
}

/// A key's upper half and the rank of an article that has it. Two keys with one upper half make a
/// pair too many to compare, no more.
fn posting(key: u64, rank: usize) -> u64 {
    (key & 0xffff_ffff_0000_0000) | rank as u64
}

/// Calls `take` with the ranks of the articles that share a key, for each key of two or more.
fn each_shared(mut postings: Vec<u64>, mut take: impl FnMut(&[u32])) {
    postings.sort_unstable();
    postings.dedup();
    let mut ranks = Vec::new();
    for same in postings.chunk_by(|a, b| a >> 32 == b >> 32).filter(|same| same.len() > 1) {
        ranks.clear();
        ranks.extend(same.iter().map(|&posting| posting as u32));
        take(&ranks);
    }
}

fn each_pair(ranks: &[u32], mut take: impl FnMut(Candidate)) {
    for (n, &a) in ranks.iter().enumerate() {
        ranks[n + 1..].iter().for_each(|&b| take((a, b)));
    }
}

fn by_runs(accounts: &[Account], order: &[u32], gathered: &mut Gathered, limits: &mut Limits) {
    let mut postings = Vec::with_capacity(accounts.iter().map(|a| a.shingles.len()).sum());
    for (rank, &account) in order.iter().enumerate() {
        let runs = accounts[account as usize].shingles.iter();
        postings.extend(runs.map(|&run| posting(run, rank)));
    }
    each_shared(postings, |ranks| {
        if ranks.len() <= MAX_ARTICLES {
            each_pair(ranks, |pair| gathered.push(pair));
        } else {
            limits.common_runs += 1;
        }
    });
}

fn by_passages(accounts: &[Account], order: &[u32], gathered: &mut Gathered, limits: &mut Limits) {
    let mut postings = Vec::new();
    for (rank, &account) in order.iter().enumerate() {
        let account = &accounts[account as usize];
        let sentences = account.sentences.iter().filter(|sentence| is_comparable(sentence));
        let quotes = account.quotes.iter().filter(|quote| quote.words.len() >= PART_WORDS);
        let units = sentences.map(|s| &*s.own).chain(quotes.map(|quote| &*quote.words));
        let whole = units.flat_map(|words| shingles(words, words.len()));
        postings.extend(whole.map(|key| posting(key, rank)));
    }
    each_shared(postings, |ranks| {
        if ranks.len() <= MAX_ARTICLES {
            return each_pair(ranks, |pair| gathered.push(pair));
        }
        limits.common_passages += 1;
        limits.most_articles = limits.most_articles.max(ranks.len());
        for (n, &a) in ranks.iter().enumerate() {
            let next = ranks[n + 1..].iter().take(NEIGHBOURS);
            next.for_each(|&b| gathered.push((a, b)));
            if n > NEIGHBOURS {
                gathered.push((ranks[0], a));
            }
        }
    });
}

fn by_names(accounts: &[Account], order: &[u32], gathered: &mut Gathered) {
    let mut postings = Vec::new();
    for (rank, &account) in order.iter().enumerate() {
        let names = accounts[account as usize].names.iter();
        postings.extend(names.map(|&name| posting(name, rank)));
    }
    let mut pairs = Vec::new();
    each_shared(postings, |ranks| {
        if ranks.len() <= MAX_ARTICLES {
            each_pair(ranks, |pair| pairs.push(pair));
        }
    });
    pairs.sort_unstable();
    for same in pairs.chunk_by(|a, b| a == b).filter(|same| same.len() >= RARE_NAMES as usize) {
        gathered.push(same[0]);
    }
}
