//! A comparison as records of JSON and rows of CSV.

use serde::Serialize;

use super::{Article, Compared};
use crate::credibility::story::{
    Account, Credit, Dates, Likeness, Limits, Lost, Match, Membership, Pair, Point, PointKind,
    Relation, Shared, Side,
};
use crate::credibility::{Evidence, Passage};
use crate::report::records::{RECORD_SCHEMA, rounded};
use crate::report::records_csv::field;

/// A whole comparison; see `docs/schema/compare.json`.
#[derive(Debug, Serialize)]
pub struct ComparisonRecord<'a> {
    schema: u32,
    articles: Vec<ArticleRecord<'a>>,
    stories: &'a [Vec<usize>],
    pairs: Vec<PairRecord<'a>>,
    single: Option<Vec<SingleRecord<'a>>>,
    not_compared: LimitsRecord,
}

impl<'a> ComparisonRecord<'a> {
    /// The record of a comparison.
    #[must_use]
    pub fn new(compared: Compared<'a>) -> Self {
        let comparison = compared.comparison;
        let articles = compared.articles.iter().enumerate();
        Self {
            schema: RECORD_SCHEMA,
            articles: articles.map(|(index, article)| ArticleRecord::new(index, article)).collect(),
            stories: &comparison.stories,
            pairs: comparison.pairs.iter().map(|pair| PairRecord::new(pair, compared)).collect(),
            single: comparison.single.as_ref().map(|single| {
                let of = |&(n, passage)| SingleRecord::new(n, passage, &compared.accounts[n]);
                single.iter().map(of).collect()
            }),
            not_compared: comparison.limits.into(),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
struct ArticleRecord<'a> {
    index: usize,
    path: Option<&'a str>,
    id: Option<&'a str>,
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    published: Option<&'a str>,
    title: Option<&'a str>,
}

impl<'a> ArticleRecord<'a> {
    fn new(index: usize, article: &'a Article) -> Self {
        Self {
            index,
            path: article.path.as_deref(),
            id: article.id.as_deref(),
            url: article.url.as_deref(),
            publisher: article.publisher.as_deref(),
            published: article.published.as_deref(),
            title: article.title.as_deref(),
        }
    }
}

/// A passage that one account of a story alone has.
#[derive(Debug, Serialize)]
struct SingleRecord<'a> {
    article: usize,
    passage: PassageRecord<'a>,
}

impl<'a> SingleRecord<'a> {
    fn new(article: usize, of: Passage, account: &'a Account) -> Self {
        Self { article, passage: passage(of, account) }
    }
}

#[derive(Debug, Serialize)]
struct LimitsRecord {
    common_runs: usize,
    common_passages: usize,
    most_articles: usize,
    pairs_in_stories: usize,
}

impl From<Limits> for LimitsRecord {
    fn from(limits: Limits) -> Self {
        let Limits { common_runs, common_passages, most_articles, pairs_in_stories } = limits;
        Self { common_runs, common_passages, most_articles, pairs_in_stories }
    }
}

/// Two articles; see `docs/schema/compare.json`.
#[derive(Debug, Serialize)]
pub struct PairRecord<'a> {
    a: ArticleRecord<'a>,
    b: ArticleRecord<'a>,
    membership: Membership,
    shared: Shared,
    quotations: Vec<MatchRecord<'a>>,
    text: Vec<MatchRecord<'a>>,
    credit: Option<CreditRecord<'a>>,
    points: Vec<PointRecord<'a>>,
    lost: Option<Vec<LostRecord<'a>>>,
    corroborated: Option<Vec<MatchRecord<'a>>>,
    dates: &'static str,
    direction: &'static str,
}

#[derive(Debug, Serialize)]
struct CreditRecord<'a> {
    kind: &'static str,
    name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct MatchRecord<'a> {
    a: PassageRecord<'a>,
    b: PassageRecord<'a>,
    measure: &'static str,
    similarity: f64,
    words: usize,
}

/// Words that one article attributes, with the side that states them.
#[derive(Debug, Serialize)]
struct LostRecord<'a> {
    #[serde(flatten)]
    found: MatchRecord<'a>,
    stated_by: &'static str,
}

#[derive(Debug, Serialize)]
struct PointRecord<'a> {
    kind: &'static str,
    relation: &'static str,
    a: PassageRecord<'a>,
    b: PassageRecord<'a>,
}

#[derive(Debug, Serialize)]
struct PassageRecord<'a> {
    paragraph: usize,
    within: [usize; 2],
    start: Option<usize>,
    end: Option<usize>,
    text: &'a str,
}

impl<'a> PairRecord<'a> {
    /// The record of a pair.
    #[must_use]
    pub fn new(pair: &'a Pair, compared: Compared<'a>) -> Self {
        let article = |n: usize| ArticleRecord::new(n, &compared.articles[n]);
        let (first, second) = (&compared.accounts[pair.a], &compared.accounts[pair.b]);
        let matches = |found: &'a [Match]| {
            found.iter().map(|found| matched(found, first, second)).collect::<Vec<_>>()
        };
        let is_tried = compared.comparison.single.is_some();
        let lost =
            || pair.lost.iter().map(|found| attribution(found, first, second)).collect::<Vec<_>>();
        Self {
            a: article(pair.a),
            b: article(pair.b),
            membership: compared.comparison.membership(pair.a, pair.b),
            shared: pair.shared,
            quotations: matches(&pair.quotations),
            text: matches(&pair.text),
            credit: pair.credit.as_ref().map(credit),
            points: pair.points.iter().map(|found| point(found, first, second)).collect(),
            lost: is_tried.then(lost),
            corroborated: is_tried.then(|| matches(&pair.corroborated)),
            dates: match pair.dates {
                Dates::Unknown => "unknown",
                Dates::Same => "same",
                Dates::FirstEarlier => "a_earlier",
                Dates::SecondEarlier => "b_earlier",
            },
            direction: "not_established",
        }
    }
}

fn credit(credit: &Credit) -> CreditRecord<'_> {
    let (kind, name) = match credit {
        Credit::SamePublisher => ("same_publisher", None),
        Credit::FirstCreditsSecond => ("a_credits_b", None),
        Credit::SecondCreditsFirst => ("b_credits_a", None),
        Credit::Common(name) => ("common", Some(name.as_str())),
    };
    CreditRecord { kind, name }
}

fn measure(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Whole => "ratio",
        Likeness::Part => "ratio_of_part",
        Likeness::Contained => "containment",
        Likeness::Terms => "terms",
    }
}

fn matched<'a>(found: &'a Match, first: &'a Account, second: &'a Account) -> MatchRecord<'a> {
    MatchRecord {
        a: passage(found.a, first),
        b: passage(found.b, second),
        measure: measure(found.likeness),
        similarity: rounded(found.similarity),
        words: found.words,
    }
}

fn attribution<'a>(of: &'a Lost, first: &'a Account, second: &'a Account) -> LostRecord<'a> {
    let stated_by = match of.stated_by {
        Side::First => "a",
        Side::Second => "b",
    };
    LostRecord { found: matched(&of.found, first, second), stated_by }
}

fn point<'a>(found: &Point, first: &'a Account, second: &'a Account) -> PointRecord<'a> {
    PointRecord {
        kind: kind(found.kind),
        relation: match found.relation {
            Relation::Same => "same",
            Relation::Compatible => "compatible",
            Relation::Different => "different",
        },
        a: passage(found.a, first),
        b: passage(found.b, second),
    }
}

fn kind(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Day => "day",
        PointKind::Number => "number",
        PointKind::Channel => "channel",
    }
}

fn passage(of: Passage, account: &Account) -> PassageRecord<'_> {
    let Evidence { source, .. } = account.evidence(of, None);
    PassageRecord {
        paragraph: of.paragraph,
        within: [of.within.start, of.within.end],
        start: source.map(|span| span.start),
        end: source.map(|span| span.end),
        text: account.text(of),
    }
}

/// Columns of `compare --format csv`: a row for each passage shared and each point that differs; for a
/// pair that has neither, one row.
pub const COMPARE_HEADER: &str = "a,b,a_name,b_name,membership,signal,measure,similarity,\
                                  a_paragraph,a_text,b_paragraph,b_text\n";

/// Appends the rows of a pair.
pub fn pair_csv(pair: &Pair, compared: Compared<'_>, out: &mut Vec<u8>) {
    let record = PairRecord::new(pair, compared);
    let name = |of: &ArticleRecord<'_>| {
        let parts: Vec<&str> = [of.path, of.id.or(of.url)].into_iter().flatten().collect();
        parts.join(" ")
    };
    let membership = match record.membership {
        Membership::SameStory => "same_story",
        Membership::Related => "related",
        Membership::Unrelated => "unrelated",
    };
    let beginning = [
        pair.a.to_string(),
        pair.b.to_string(),
        name(&record.a),
        name(&record.b),
        membership.to_owned(),
    ];
    let side = |of: &PassageRecord<'_>| (of.paragraph.to_string(), of.text.to_owned());
    let mut rows: Vec<[String; 7]> = Vec::new();
    let text_signal = if pair.credit.is_none() { "X2" } else { "credited text" };
    let row = |signal: &str, found: &MatchRecord<'_>| {
        let (a, b) = (side(&found.a), side(&found.b));
        let similarity = found.similarity.to_string();
        [signal.to_owned(), found.measure.to_owned(), similarity, a.0, a.1, b.0, b.1]
    };
    for (signal, matches) in [("X1", &record.quotations), (text_signal, &record.text)] {
        rows.extend(matches.iter().map(|found| row(signal, found)));
    }
    let lost = record.lost.iter().flatten();
    rows.extend(lost.map(|lost| row(&format!("X3 stated by {}", lost.stated_by), &lost.found)));
    rows.extend(record.corroborated.iter().flatten().map(|found| row("X4", found)));
    rows.extend(record.points.iter().filter(|point| point.relation == "different").map(|point| {
        let (a, b) = (side(&point.a), side(&point.b));
        ["X5".to_owned(), point.kind.to_owned(), String::new(), a.0, a.1, b.0, b.1]
    }));
    if rows.is_empty() {
        rows.push(Default::default());
    }
    for row in rows {
        for (place, text) in beginning.iter().chain(&row).enumerate() {
            if place > 0 {
                out.push(b',');
            }
            field(text, out);
        }
        out.push(b'\n');
    }
}
