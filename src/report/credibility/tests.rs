use serde_json::Value;

use super::*;
use crate::credibility::{
    ArticleReport, Identity, Options, Rating, RatingList, Reading, Share, Sources,
};
use crate::document::Document;
use crate::error::Error;
use crate::report::records::Origin;
use crate::report::sample;
use crate::report::schema_check::assert_valid;
use crate::report::styled::Palette;
use crate::span::Span;
use crate::verdict::Verdict;

fn list() -> RatingList {
    let mut list = RatingList::new("invented".into(), vec!["scale".into(), "note".into()]);
    list.add("ferry.example", vec!["B".into(), "of 2023, \"fair\"".into()]).unwrap();
    list
}

fn report(document: &Document, verdict: &Verdict) -> (Reading<'static>, ArticleReport) {
    let document: &'static Document = Box::leak(Box::new(document.clone()));
    let reading = Reading::new(document, verdict);
    let report =
        ArticleReport::new(&reading, &Options { experimental: true, ..Options::default() });
    (reading, report)
}

fn json(record: &impl serde::Serialize) -> Value {
    serde_json::to_value(record).unwrap()
}

#[test]
fn records_are_as_the_schema_says() {
    let list = list();
    let ratings = [list.rating("www.ferry.example"), list.rating("other.example")];
    for (document, verdict) in [sample::document(), sample::split_document()] {
        let (reading, report) = report(&document, &verdict);
        let record = json(&CredibilityRecord::new(&reading, &report, &ratings));
        assert_valid("credibility", &record);
        assert_eq!(record["ratings"][0]["values"]["note"], "of 2023, \"fair\"");
        assert_eq!(record["ratings"][1]["values"], Value::Null);
    }
    let failed = CredibilityRecord::failed(Origin::default(), &Error::data("no"));
    assert_valid("credibility", &json(&failed));
}

fn sources() -> Sources {
    let mut sources = Sources::default();
    let (document, verdict) = sample::document();
    let (reading, report) = report(&document, &verdict);
    for n in 0..12 {
        let key = if n < 11 { "ferry.example" } else { "other.example" };
        let identity =
            Identity { key: key.into(), name: "Ferry News".into(), domain: Some(key.into()) };
        sources.add(Some(identity), Share::new(&reading, &report));
    }
    sources.add(None, Share::new(&reading, &report));
    sources
}

#[test]
fn profiles_are_as_the_schema_says() {
    let (list, sources) = (list(), sources());
    let profiles = sources.profiles();
    assert_eq!((profiles.len(), sources.nameless), (2, 1));
    for profile in &profiles {
        let domain = profile.identity.domain.as_deref().unwrap();
        let record = json(&SourceRecord::new(profile, &[list.rating(domain)]));
        assert_valid("credibility-source", &record);
    }
    let first = &profiles[0];
    assert_eq!(first.articles, 11);
    assert_eq!(first.notices[0].articles, 11);
    assert!(first.notices[0].text.starts_with('\u{a9}'));
    // What both articles hold is repeated, the article's own words too.
    assert_eq!(first.templates.len(), 4);
    // A single article repeats nothing, but its notice is one.
    assert_eq!((profiles[1].notices.len(), profiles[1].templates.len()), (1, 0));
}

#[test]
fn rows_of_csv_read_back() {
    let (document, verdict) = sample::document();
    let (_, report) = report(&document, &verdict);
    let mut out = CREDIBILITY_HEADER.as_bytes().to_vec();
    credibility_csv(&document, &report, &mut out);
    credibility_csv_failed(&Origin::default(), &Error::data("no, \"never\""), &mut out);
    let rows: Vec<_> =
        csv::Reader::from_reader(out.as_slice()).into_records().map(Result::unwrap).collect();
    let last = rows.last().unwrap();
    assert!(last.iter().next_back().unwrap().ends_with("no, \"never\""));
    let profiles = sources().profiles();
    let mut out = SOURCE_HEADER.as_bytes().to_vec();
    source_csv(&profiles[0], &mut out);
    assert!(csv::Reader::from_reader(out.as_slice()).into_records().all(|row| row.is_ok()));
}

#[test]
fn the_terminal_shows_the_quotations_that_records_have() {
    let text = "“The boat stays for the winter,” said Peter Calloway, who called it “brave”.";
    let (_, mut verdict) = sample::document();
    verdict.paragraphs = verdict.paragraphs.drain(2..3).collect();
    (verdict.paragraphs[0].index, verdict.paragraphs[0].span) = (0, Some(Span::new(0, text.len())));
    let (reading, report) = report(&Document::from_text(text), &verdict);
    assert_eq!(report.quotations.iter().filter(|q| q.speaker.is_some()).count(), 2);
    let shown = credibility_terminal(&reading, &report, &[], &Palette::plain(), 80);
    assert!(shown.contains("The boat stays") && !shown.contains("“brave”"), "{shown}");
}

#[test]
fn a_rating_is_shown_as_it_stands() {
    let list = list();
    let (document, verdict) = sample::document();
    let (reading, report) = report(&document, &verdict);
    let ratings: [Rating<'_>; 2] = [list.rating("ferry.example"), list.rating("other.example")];
    let text = credibility_terminal(&reading, &report, &ratings, &Palette::plain(), 80);
    assert!(text.contains("invented: ferry.example, scale B, note of 2023, \"fair\"\n"), "{text}");
    assert!(text.contains("invented: not rated\n"), "{text}");
    let markdown = credibility_markdown(&reading, &report, &ratings);
    assert!(markdown.contains("invented: not rated"), "{markdown}");
}
