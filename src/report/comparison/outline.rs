//! A comparison for people: the articles, then story by story what every two of them share and where
//! they differ, with the passages of both. Who wrote first is never said.

use super::{Article, Compared};
use crate::credibility::Passage;
use crate::credibility::Signal;
use crate::credibility::story::{
    Account, Credit, Dates, Likeness, Limits, Lost, Match, Membership, Pair, Point as Difference,
    PointKind, Relation, Side,
};
use crate::report::classify_terminal::name;
use crate::report::number::{count, counted, ratio};
use crate::report::outline::{Finding, Outline, Point};
use crate::report::records::Origin;
use crate::report::styled::{Palette, one_line};

/// Matches shown of a pair and signal.
const MAX_MATCHES: usize = 6;
/// Passages shown of a story that one account alone has.
const MAX_SINGLE: usize = 20;
/// Articles listed; more are told by their number.
const MAX_LISTED: usize = 200;

/// The comparison, wrapped to `width` columns, with a newline at the end.
#[must_use]
pub fn comparison_terminal(compared: Compared<'_>, palette: &Palette, width: usize) -> String {
    outline(compared).terminal(palette, width)
}

/// The same as Markdown.
#[must_use]
pub fn comparison_markdown(compared: Compared<'_>) -> String {
    outline(compared).markdown()
}

fn outline(compared: Compared<'_>) -> Outline {
    let Compared { articles, comparison, .. } = compared;
    let mut outline = Outline::default();
    outline.title(counted(articles.len() as u64, "article"));
    for (n, article) in articles.iter().enumerate().take(MAX_LISTED) {
        outline.line(listed(n, article));
    }
    if articles.len() > MAX_LISTED {
        outline.faint(format!("and {} more", count((articles.len() - MAX_LISTED) as u64)));
    }
    for (n, story) in comparison.stories.iter().enumerate() {
        let members: Vec<String> = story.iter().map(|n| number(*n)).collect();
        outline.heading(format!("Story {}: {}", n + 1, members.join(", ")));
        let of_story = comparison
            .pairs
            .iter()
            .filter(|pair| story.contains(&pair.a) && story.contains(&pair.b));
        of_story.for_each(|pair| shown(&mut outline, pair, compared));
        alone(&mut outline, story, compared);
    }
    let related: Vec<&Pair> = comparison
        .pairs
        .iter()
        .filter(|pair| comparison.membership(pair.a, pair.b) == Membership::Related)
        .collect();
    if !related.is_empty() {
        outline.heading("Related, different story");
        related.into_iter().for_each(|pair| shown(&mut outline, pair, compared));
    }
    rest(&mut outline, compared);
    left_out(&mut outline, comparison.limits);
    outline
}

/// X6: what one account of a story alone has.
fn alone(outline: &mut Outline, story: &[usize], compared: Compared<'_>) {
    let entry = Signal::SingleAccount.entry();
    let of_story: Vec<&(usize, Passage)> = compared
        .comparison
        .single
        .iter()
        .flatten()
        .filter(|(n, _)| story.binary_search(n).is_ok())
        .collect();
    if of_story.is_empty() {
        return;
    }
    let shown = of_story.iter().take(MAX_SINGLE);
    outline.finding(Finding {
        name: "X6 single account, experimental".to_owned(),
        detail: count(of_story.len() as u64),
        points: shown.map(|&&(n, of)| point(n, of, compared.accounts[n].text(of))).collect(),
        more: of_story.len().saturating_sub(MAX_SINGLE),
        note: format!("{} {}", entry.meaning, entry.caveat),
    });
}

fn number(n: usize) -> String {
    format!("#{n}")
}

/// `#2 b.txt “Ferry to stay”, Saltmarsh Gazette, 2023-11-14`.
fn listed(n: usize, article: &Article) -> String {
    let Article { path, id, url, publisher, published, title } = article;
    let origin = Origin { path: path.as_deref(), id: id.as_deref(), url: url.as_deref() };
    let mut line = format!("{} {}", number(n), name(&origin));
    if let Some(title) = title {
        line += &format!(" \u{201c}{}\u{201d}", one_line(title));
    }
    let day = published.as_ref().map(|date| date.get(..10).unwrap_or(date));
    for part in [publisher.as_deref(), day].into_iter().flatten() {
        line += &format!(", {}", one_line(part));
    }
    line
}

/// The articles that share nothing with any other.
fn rest(outline: &mut Outline, compared: Compared<'_>) {
    let mut is_bound = vec![false; compared.articles.len()];
    for pair in &compared.comparison.pairs {
        (is_bound[pair.a], is_bound[pair.b]) = (true, true);
    }
    let alone: Vec<String> =
        (0..is_bound.len()).filter(|&n| !is_bound[n]).take(MAX_LISTED).map(number).collect();
    if !alone.is_empty() {
        outline.heading("Unrelated to all others");
        outline.line(alone.join(", "));
    }
}

fn left_out(outline: &mut Outline, limits: Limits) {
    let Limits { common_runs, common_passages, most_articles, pairs_in_stories } = limits;
    if common_runs + common_passages + pairs_in_stories == 0 {
        return;
    }
    outline.heading("What was not compared");
    if common_passages > 0 {
        outline.line(format!(
            "{} stand word for word in many articles (up to {}): each of these was compared with a few \
             others of them only",
            counted(common_passages as u64, "passage"),
            count(most_articles as u64)
        ));
    }
    if common_runs > 0 {
        outline.line(format!(
            "{} and names are so common that they bound no articles together",
            counted(common_runs as u64, "run")
        ));
    }
    if pairs_in_stories > 0 {
        outline.line(format!(
            "{} within large stories were not compared",
            counted(pairs_in_stories as u64, "pair")
        ));
    }
}

fn shown(outline: &mut Outline, pair: &Pair, compared: Compared<'_>) {
    let Compared { accounts, comparison, .. } = compared;
    let (first, second) = (&accounts[pair.a], &accounts[pair.b]);
    let membership = match comparison.membership(pair.a, pair.b) {
        Membership::SameStory => "same story",
        Membership::Related => "related, different story",
        Membership::Unrelated => "unrelated",
    };
    let both = format!("{} and {}: ", number(pair.a), number(pair.b));
    outline.subheading(both, format!("{membership}{}", in_common(pair)));
    let side = Sides { pair, first, second };
    if !pair.quotations.is_empty() {
        let note = format!(
            "{} Quoting alike is no corroboration.",
            Signal::SharedQuotation.entry().meaning
        );
        outline.finding(side.matches("X1 shared quotation", &pair.quotations, note));
    }
    if !pair.text.is_empty() {
        let (name, note) = credited(pair);
        outline.finding(side.matches(name, &pair.text, note));
    }
    side.tried(outline);
    let differences: Vec<&Difference> =
        pair.points.iter().filter(|point| point.relation == Relation::Different).collect();
    if !differences.is_empty() {
        outline.finding(side.differences(&differences));
    }
    let agreements: Vec<&Difference> =
        pair.points.iter().filter(|point| point.relation != Relation::Different).collect();
    if !agreements.is_empty() {
        outline.finding(side.agreements(&agreements));
    }
}

/// `; names 12 of 20 in common`, where nothing else tells.
fn in_common(pair: &Pair) -> String {
    let shared = &pair.shared;
    let mut parts = Vec::new();
    for (n, noun) in [
        (shared.quotations, "quotation"),
        (shared.sentences, "sentence"),
        (shared.statements, "aligned statement"),
        (shared.names, "word of names"),
    ] {
        if n > 0 {
            let plural = if noun == "word of names" && n > 1 {
                format!("{n} words of names")
            } else {
                counted(n as u64, noun)
            };
            parts.push(plural);
        }
    }
    if parts.is_empty() { String::new() } else { format!("; in common: {}", parts.join(", ")) }
}

/// How shared sentences are called, and what is to be known of them.
fn credited(pair: &Pair) -> (&'static str, String) {
    let (first, second) = (number(pair.a), number(pair.b));
    let dates = match pair.dates {
        Dates::Unknown => String::new(),
        Dates::Same => " Both are dated the same day.".to_owned(),
        Dates::FirstEarlier => {
            format!(" {first} is dated earlier, which does not tell who had it first.")
        }
        Dates::SecondEarlier => {
            format!(" {second} is dated earlier, which does not tell who had it first.")
        }
    };
    let direction = format!("direction cannot be established.{dates}");
    match &pair.credit {
        None => (
            "X2 shared text",
            format!(
                "{first} and {second} share unquoted sentences; neither credits the other; {direction} {}",
                Signal::SharedText.entry().caveat
            ),
        ),
        Some(credit) => {
            let who = match credit {
                Credit::SamePublisher => "both are of one publisher".to_owned(),
                Credit::FirstCreditsSecond => format!("{first} credits {second}"),
                Credit::SecondCreditsFirst => format!("{second} credits {first}"),
                Credit::Common(name) => format!("both credit {}", one_line(name)),
            };
            (
                "Shared text, credited",
                format!("{first} and {second} share unquoted sentences; {who}."),
            )
        }
    }
}

struct Sides<'a> {
    pair: &'a Pair,
    first: &'a Account,
    second: &'a Account,
}

impl Sides<'_> {
    fn matches(&self, name: &str, matches: &[Match], note: String) -> Finding {
        let mut points = Vec::new();
        for found in matches.iter().take(MAX_MATCHES) {
            let alike = match found.likeness {
                Likeness::Whole => "alike",
                Likeness::Part => "of the shorter one alike",
                Likeness::Contained => "of the words contained",
                Likeness::Terms => "of names and words of content contained",
            };
            let a = self.first.text(found.a);
            let b = self.second.text(found.b);
            let is_same = a == b;
            points.push(point(self.pair.a, found.a, a));
            let b = if is_same { "the same words" } else { b };
            let similarity = format!("{} {alike}", ratio(Some(found.similarity)));
            let value = (!is_same).then_some(similarity);
            points.push(Point { value, ..point(self.pair.b, found.b, b) });
        }
        let more = matches.len().saturating_sub(MAX_MATCHES);
        let detail = if matches.len() > 1 { count(matches.len() as u64) } else { String::new() };
        Finding { name: name.to_owned(), detail, points, more, note }
    }

    /// The experimental findings.
    fn tried(&self, outline: &mut Outline) {
        let note = |signal: Signal, of: &str| {
            let entry = signal.entry();
            format!("{}{of} {}", entry.meaning, entry.caveat)
        };
        for (stated_by, n) in [(Side::First, self.pair.a), (Side::Second, self.pair.b)] {
            let of_side = |lost: &&Lost| lost.stated_by == stated_by;
            let found: Vec<Match> =
                self.pair.lost.iter().filter(of_side).map(|lost| lost.found.clone()).collect();
            if !found.is_empty() {
                let who = format!(" Here it is {} that states it.", number(n));
                let note = note(Signal::AttributionLost, &who);
                outline.finding(self.matches("X3 attribution lost, experimental", &found, note));
            }
        }
        if !self.pair.corroborated.is_empty() {
            let note = note(Signal::Corroboration, "");
            let found = &self.pair.corroborated;
            outline.finding(self.matches("X4 corroboration, experimental", found, note));
        }
    }

    fn differences(&self, points: &[&Difference]) -> Finding {
        let entry = Signal::Conflict.entry();
        Finding {
            name: "X5 conflict".to_owned(),
            detail: String::new(),
            points: self.points(points),
            more: points.len().saturating_sub(MAX_MATCHES),
            note: format!("{} {}", entry.meaning, entry.caveat),
        }
    }

    fn agreements(&self, points: &[&Difference]) -> Finding {
        Finding {
            name: "No conflict".to_owned(),
            detail: "said alike, or once more vaguely".to_owned(),
            points: self.points(points),
            more: points.len().saturating_sub(MAX_MATCHES),
            note: String::new(),
        }
    }

    fn points(&self, points: &[&Difference]) -> Vec<Point> {
        let kind = |kind: PointKind| match kind {
            PointKind::Day => "day",
            PointKind::Number => "number",
            PointKind::Channel => "channel",
        };
        let side = |account: &Account, n: usize, passage: Passage| {
            point(n, passage, account.text(passage))
        };
        let shown = points.iter().take(MAX_MATCHES).flat_map(|found| {
            let mut a = side(self.first, self.pair.a, found.a);
            a.place = format!("{}: {}", kind(found.kind), a.place);
            [a, side(self.second, self.pair.b, found.b)]
        });
        shown.collect()
    }
}

fn point(article: usize, passage: Passage, words: &str) -> Point {
    let place = format!("{} [{}]", number(article), passage.paragraph);
    Point { place, words: words.to_owned(), value: None }
}
