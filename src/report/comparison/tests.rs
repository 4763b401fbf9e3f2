use serde_json::Value;

use super::*;
use crate::credibility::story::Identity;
use crate::credibility::{Options, Reading};
use crate::document::Document;
use crate::label::Label;
use crate::report::schema_check::assert_valid;
use crate::report::styled::Palette;
use crate::segment::Split;
use crate::verdict::{Paragraph, Verdict};

const FIRST: &str = "The county will keep the early ferry to Saltmarsh through the winter, the board \
    decided on Tuesday after a long debate.\n\
    The operator had asked for \u{a3}40,000 more to run the crossing before seven in the morning.\n\
    It carries nurses and pupils who would otherwise have to take the bus around the bay.";
const SECOND: &str = "The county will keep the early ferry to Saltmarsh through the winter, the board \
    decided on Wednesday after a long debate.\n\
    The operator had asked for \u{a3}25,000 more to run the crossing before seven in the morning.\n\
    It carries nurses and pupils who would otherwise have to take the bus around the bay.\n\
    Councillors in Saltmarsh had threatened to resign.";
const ATTRIBUTED: &str = "\u{201c}The early ferry has run at a loss in every winter since the bridge \
    opened,\u{201d} Ingrid Vallory said.";
const STATED: &str =
    "The early ferry has run at a loss in every winter since the bridge opened to lorries.";
const ALONE: &str =
    "Fishermen from Saltmarsh blocked a slipway beside the customs house with nets.";
const THIRD: &str = "A recipe for plum cake needs butter, sugar, four eggs and a pound of plums.";

fn account(id: &str, text: &str) -> (Article, Account) {
    let document = Document { path: Some(id.to_owned()), ..Document::from_text(text) };
    let spans = crate::segment::segment(text, Split::Line).paragraphs;
    let paragraphs = spans.into_iter().enumerate().map(|(index, span)| Paragraph {
        index,
        span: Some(span),
        label: Label::Body,
        first_label: Label::Body,
        probability: 1.0,
        boilerplate: 0.0,
        probabilities: [0.0; Label::COUNT],
    });
    let verdict = Verdict {
        source: document.source(),
        layout: None,
        language: Some("en"),
        paragraphs: paragraphs.collect(),
    };
    let reading = Reading::new(&document, &verdict);
    let identity = Identity { id: id.to_owned(), ..Identity::default() };
    let article = Article { path: Some(id.to_owned()), ..Article::default() };
    (article, Account::new(&reading, identity).with_attributions(&reading))
}

fn with(check: impl Fn(Compared<'_>)) {
    let texts = [("a.txt", FIRST), ("b.txt", SECOND), ("c.txt", THIRD)];
    compared(&texts, &Options::default(), check);
}

/// With the experimental signals: three articles of one story, of which the second states what the
/// first attributes, and the third has a sentence of its own.
fn with_experimental(check: impl Fn(Compared<'_>)) {
    let first = format!("{FIRST}\n{ATTRIBUTED}");
    let second = format!("{SECOND}\nNobody was there to answer.\n{STATED}");
    let third = format!("{ALONE}\n{FIRST}");
    let texts = [("a.txt", first.as_str()), ("b.txt", second.as_str()), ("c.txt", third.as_str())];
    compared(&texts, &Options { experimental: true, ..Options::default() }, check);
}

fn compared(texts: &[(&str, &str)], options: &Options, check: impl Fn(Compared<'_>)) {
    let (articles, accounts): (Vec<_>, Vec<_>) =
        texts.iter().map(|(id, text)| account(id, text)).unzip();
    let comparison = Comparison::with(&accounts, options);
    check(Compared { articles: &articles, accounts: &accounts, comparison: &comparison });
}

#[test]
fn a_comparison_is_as_its_schema_says() {
    with(|compared| {
        let record = serde_json::to_value(ComparisonRecord::new(compared)).unwrap();
        assert_valid("compare", &record);
        assert_eq!(record["stories"], serde_json::json!([[0, 1]]));
        let pair = &record["pairs"][0];
        assert_eq!(pair["credit"], Value::Null);
        let found = &pair["text"][1];
        for (side, text) in [("a", FIRST), ("b", SECOND)] {
            let passage = &found[side];
            let [start, end] = ["start", "end"].map(|at| passage[at].as_u64().unwrap() as usize);
            assert_eq!(passage["text"], text[start..end]);
            assert!(text[start..end].starts_with("The operator"));
        }
    });
}

#[test]
fn a_comparison_shows_both_sides_and_no_direction() {
    with(|compared| {
        let text = comparison_terminal(compared, &Palette::plain(), 100);
        assert!(text.contains("#0 and #1: same story"), "{text}");
        assert!(
            text.contains("neither credits the other; direction cannot be established."),
            "{text}"
        );
        assert!(text.contains("Unrelated to all others\n#2\n"), "{text}");
        let markdown = comparison_markdown(compared);
        assert!(markdown.contains("#### #0 and #1: same story"), "{markdown}");
    });
}

#[test]
fn the_experimental_findings_are_shown_where_they_are_asked_for() {
    with_experimental(|compared| {
        let record = serde_json::to_value(ComparisonRecord::new(compared)).unwrap();
        assert_valid("compare", &record);
        let lost = &record["pairs"][0]["lost"][0];
        assert_eq!(lost["stated_by"], "b");
        assert_eq!(lost["b"]["text"], STATED);
        assert_eq!(record["single"][0]["article"], 2);
        assert_eq!(record["single"][0]["passage"]["text"], ALONE);
        let text = comparison_terminal(compared, &Palette::plain(), 100);
        for shown in [
            "X3 attribution lost, experimental",
            "Here it is #1 that states it.",
            "X6 single account, experimental",
        ] {
            assert!(text.contains(shown), "{shown}: {text}");
        }
        let mut rows = Vec::new();
        pair_csv(&compared.comparison.pairs[0], compared, &mut rows);
        assert!(String::from_utf8(rows).unwrap().contains(",X3 stated by b,ratio,"));
    });
    with(|compared| {
        let record = serde_json::to_value(ComparisonRecord::new(compared)).unwrap();
        assert_eq!(record["single"], Value::Null, "not asked for is not the same as none");
        assert_eq!(record["pairs"][0]["lost"], Value::Null);
    });
}

#[test]
fn rows_of_csv_read_back() {
    with(|compared| {
        let mut out = COMPARE_HEADER.as_bytes().to_vec();
        compared.comparison.pairs.iter().for_each(|pair| pair_csv(pair, compared, &mut out));
        let rows: Vec<_> =
            csv::Reader::from_reader(out.as_slice()).into_records().map(Result::unwrap).collect();
        assert_eq!(
            rows[0].iter().take(6).collect::<Vec<_>>().join("|"),
            "0|1|a.txt|b.txt|same_story|X2"
        );
    });
}
