//! L3: titles that the article only infers. L6: how much of a title stands in the article.

use std::collections::HashSet;

use super::clauses::{ahead, bytes, is_close};
use super::content::{is_grammar, root};
use super::phrases::{Table, Words, sorted};
use super::scope::{part, said};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::Reading;
use crate::label::Label;
use crate::span::Span;

/// Verbs that infer, before what is inferred.
const HINTS: Table<27> = sorted([
    "appear to",
    "appeared to",
    "appears to",
    "hint at",
    "hint that",
    "hinted",
    "hinting at",
    "hinting that",
    "hints at",
    "hints of",
    "hints that",
    "implied",
    "implies",
    "imply",
    "implying",
    "insinuated",
    "insinuates",
    "seem to",
    "seemed to",
    "seemingly",
    "seems to",
    "suggest that",
    "suggested",
    "suggesting",
    "suggestion that",
    "suggestive",
    "suggests",
]);
/// What shows something by other means than a turn of phrase.
const FINDINGS: [&str; 16] = [
    "analysis",
    "data",
    "documents",
    "evidence",
    "experts",
    "figures",
    "numbers",
    "poll",
    "polls",
    "record",
    "report",
    "research",
    "researchers",
    "studies",
    "study",
    "survey",
];
/// A title of fewer words of content cannot be compared.
const TITLE_WORDS: usize = 4;
/// An article of fewer words of content cannot hold a title's.
const BODY_WORDS: usize = 50;
/// Below this share a title stands out.
const SUPPORTED: f64 = 0.5;
/// Below this share a title is more often of a site or of another piece.
const DOUBTFUL: f64 = 0.25;
const NO_TITLE: &str = "the input shows no title";
const UNSURE: &str = "the title may be another article's";

/// A title as it is shown, or as the page or the record says it.
struct Title<'r> {
    paragraph: Option<usize>,
    words: Words<'r>,
}

impl<'r> Title<'r> {
    fn of(reading: &'r Reading<'_>) -> Option<Self> {
        let shown = reading.title_paragraph();
        let known = || reading.document.known_title().map(without_site);
        let text = shown.map(|p| p.text).or_else(known)?;
        Some(Self { paragraph: shown.map(|p| p.index), words: Words::of(text) })
    }

    fn evidence(&self, reading: &Reading<'_>, span: Span, value: Option<String>) -> Evidence {
        match self.paragraph {
            Some(at) => part(reading, &reading.paragraphs[at], span, value),
            None => said(span.slice(self.words.text), value),
        }
    }

    /// The places of its words of content.
    fn content(&self) -> Vec<usize> {
        (0..self.words.len()).filter(|&place| !is_grammar(self.words.at(place))).collect()
    }
}

/// A page's title without the name of its site: `Ferry to run on | Fenwick Star`.
fn without_site(title: &str) -> &str {
    let cut = [" | ", " - ", " – ", " — "].iter().filter_map(|mark| title.rfind(mark)).max();
    cut.filter(|&cut| cut * 2 > title.len()).map_or(title, |cut| &title[..cut])
}

/// L3: a title that says that somebody suggests, hints or appears to, and an article that says so in
/// its own words too. The title's words come first, then the article's.
pub(super) fn inferred(reading: &Reading<'_>) -> Finding {
    let Some(title) = Title::of(reading) else {
        return Finding::unknown(Signal::InferredHeadline, NO_TITLE);
    };
    let is_cited = |place: usize| {
        let from = place.saturating_sub(6);
        (from..place).any(|at| title.words.is_any(at, &FINDINGS))
    };
    let hint = title
        .words
        .hits(&HINTS)
        .find(|hit| hit.words.0 > 0 && hit.words.1 < title.words.len() && !is_cited(hit.words.0));
    let mut found = Vec::new();
    for p in reading.body().filter(|_| hint.is_some()) {
        let words = p.words();
        for hit in words.hits(&HINTS).filter(|hit| !p.is_quoted(hit.span.start)) {
            let end = ahead(words, hit.words.1, 8)
                .take_while(|&at| is_close(words, at - 1))
                .last()
                .map_or(hit.words.1, |last| last + 1);
            found.push(part(reading, p, bytes(words, hit.words.0, end), None));
        }
    }
    if let Some(hint) = hint.filter(|_| !found.is_empty()) {
        found.insert(0, title.evidence(reading, hint.span, None));
    }
    Finding::of(Signal::InferredHeadline, found)
}

/// Whether a title is the article's. What a page shows and what it says of itself must agree, since
/// either may be of its site, its writer or another piece; of a text it is the first line, with no
/// second heading below.
fn is_sure(reading: &Reading<'_>, title: &Title<'_>) -> bool {
    match (title.paragraph, reading.document.known_title()) {
        (Some(_), Some(known)) => {
            let known = Words::of(known);
            let known: HashSet<_> = (0..known.len()).map(|place| root(known.at(place))).collect();
            let content = title.content();
            let is_known = |place: &&usize| known.contains(&root(title.words.at(**place)));
            content.iter().filter(is_known).count() * 2 >= content.len()
        }
        (Some(shown), None) => {
            let below = reading.paragraphs.get(shown + 1);
            shown == 0 && below.is_none_or(|below| below.label != Label::Heading)
        }
        (None, _) => reading.metadata.is_none(),
    }
}

/// L6: the words of the title that stand nowhere in the article, if they are more than half of its
/// words of content; the value is the share, of 1, of those that do. Forms of a word count as one.
pub(super) fn support(reading: &Reading<'_>) -> Finding {
    let signal = Signal::TitleSupport;
    let Some(title) = Title::of(reading) else { return Finding::unknown(signal, NO_TITLE) };
    if !is_sure(reading, &title) {
        return Finding::unknown(signal, UNSURE);
    }
    let content = title.content();
    if content.len() < TITLE_WORDS {
        return Finding::not_applicable(signal, "the title is too short to compare");
    }
    let mut body = HashSet::new();
    let mut n = 0;
    let shown = reading.paragraphs.iter().filter(|p| Some(p.index) != title.paragraph);
    for p in shown.filter(|p| p.label.is_content() || p.label == Label::Caption) {
        let words = p.words();
        let places = (0..words.len()).filter(|&place| !is_grammar(words.at(place)));
        for place in places {
            n += 1;
            body.insert(root(words.at(place)));
        }
    }
    if n < BODY_WORDS {
        return Finding::not_applicable(signal, "the article is too short to compare");
    }
    let lost: Vec<_> =
        content.iter().filter(|&&place| !body.contains(&root(title.words.at(place)))).collect();
    let share = (content.len() - lost.len()) as f64 / content.len() as f64;
    if share < DOUBTFUL {
        return Finding::unknown(signal, UNSURE);
    }
    if share >= SUPPORTED {
        return Finding::of(signal, Vec::new());
    }
    let value = format!("{share:.2}");
    let of_word =
        |&&place: &&usize| title.evidence(reading, title.words.spans[place], Some(value.clone()));
    Finding::of(signal, lost.iter().map(of_word).collect())
}
