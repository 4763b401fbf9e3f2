//! Articles to stories: those bound to one another, without chains.
//!
//! A digest of the day shares sentences with articles on many stories; were every two articles that
//! share something of one story, it would make one of all. So two groups are joined only where the
//! pairs across them are more than related on average: half of them bound and the others unrelated
//! is not enough, half bound and the others related is. Near copies count as one article in this,
//! since of many copies only some are compared with one another.

use std::collections::HashMap;

use super::membership::Membership;
use super::pair::Pair;

/// What a pair across two groups counts, by its membership; joined where it is more than one each.
const SAME: usize = 2;
const RELATED: usize = 1;

/// The stories of two articles and more: indices ascending, stories by their first one. `rank` has
/// each article's place in an order that does not depend on that of the input.
#[must_use]
pub(super) fn stories(n_articles: usize, pairs: &[Pair], rank: &[u32]) -> Vec<Vec<usize>> {
    let bound: Vec<_> =
        pairs.iter().filter(|pair| pair.membership == Membership::SameStory).collect();
    let mut copies = Sets::new(n_articles);
    for pair in bound.iter().filter(|pair| pair.shared.is_copy()) {
        copies.join(pair.a, pair.b);
    }
    let (links, weights) = links(pairs, &mut copies, rank);
    let mut clusters = Clusters::new(n_articles, &weights);
    // A pair refused at first may hold once its groups have grown.
    while links.iter().filter(|link| clusters.try_join(link.0, link.1)).count() > 0 {}
    let mut stories: HashMap<usize, Vec<usize>> = HashMap::new();
    for article in 0..n_articles {
        let story = clusters.sets.root(copies.root(article));
        stories.entry(story).or_default().push(article);
    }
    let mut stories: Vec<_> = stories.into_values().filter(|story| story.len() > 1).collect();
    stories.sort();
    stories
}

/// Two sets of copies by their roots, the one with the lower rank first.
type Link = (usize, usize);

/// The distinct pairs of sets of copies that are bound, the strongest first, and what each pair of
/// sets counts, bound or related.
fn links(pairs: &[Pair], copies: &mut Sets, rank: &[u32]) -> (Vec<Link>, HashMap<Link, usize>) {
    let mut lowest = vec![u32::MAX; rank.len()];
    for (article, &place) in rank.iter().enumerate() {
        let root = copies.root(article);
        lowest[root] = lowest[root].min(place);
    }
    let mut weights: HashMap<Link, usize> = HashMap::new();
    let mut strengths: HashMap<Link, usize> = HashMap::new();
    for pair in pairs {
        let (a, b) = (copies.root(pair.a), copies.root(pair.b));
        let weight = match pair.membership {
            Membership::SameStory => SAME,
            Membership::Related => RELATED,
            Membership::Unrelated => 0,
        };
        if a == b || weight == 0 {
            continue;
        }
        let link = if lowest[a] < lowest[b] { (a, b) } else { (b, a) };
        let before = weights.entry(link).or_default();
        *before = weight.max(*before);
        if weight == SAME {
            let strength = strengths.entry(link).or_default();
            *strength = pair.shared.strength().max(*strength);
        }
    }
    let mut links: Vec<_> = strengths.into_iter().collect();
    links.sort_by_key(|&((a, b), strength)| (usize::MAX - strength, lowest[a], lowest[b]));
    (links.into_iter().map(|(link, _)| link).collect(), weights)
}

/// Groups of sets of copies, with what the pairs across each two of them count.
struct Clusters {
    sets: Sets,
    sizes: Vec<usize>,
    links: Vec<HashMap<usize, usize>>,
}

impl Clusters {
    fn new(n: usize, weights: &HashMap<Link, usize>) -> Self {
        let mut across = vec![HashMap::new(); n];
        for (&(a, b), &weight) in weights {
            across[a].insert(b, weight);
            across[b].insert(a, weight);
        }
        Self { sets: Sets::new(n), sizes: vec![1; n], links: across }
    }

    /// Joins the groups of two members if the pairs across them count enough; whether they were
    /// joined now.
    fn try_join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.sets.root(a), self.sets.root(b));
        let linked = self.links[a].get(&b).copied().unwrap_or(0);
        if a == b || linked <= self.sizes[a] * self.sizes[b] {
            return false;
        }
        self.sets.join(a, b);
        let into = self.sets.root(a);
        let from = a + b - into;
        self.sizes[into] += self.sizes[from];
        for (other, n) in std::mem::take(&mut self.links[from]) {
            self.links[other].remove(&from);
            if other != into {
                *self.links[into].entry(other).or_default() += n;
                *self.links[other].entry(into).or_default() += n;
            }
        }
        true
    }
}

/// Disjoint sets of indices.
struct Sets {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Sets {
    fn new(n: usize) -> Self {
        Self { parent: (0..n).collect(), size: vec![1; n] }
    }

    fn root(&mut self, mut of: usize) -> usize {
        while self.parent[of] != of {
            self.parent[of] = self.parent[self.parent[of]];
            of = self.parent[of];
        }
        of
    }

    /// Joins the sets of two indices; the larger one's root stays.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (into, from) = if self.size[a] >= self.size[b] { (a, b) } else { (b, a) };
        self.parent[from] = into;
        self.size[into] += self.size[from];
    }
}
