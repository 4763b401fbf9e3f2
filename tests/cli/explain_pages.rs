//! `explain` over a web page, with the embedded model: both passes have columns of their own there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use smallprint::featurize::schema::{Feature, FeatureGroup, page_first_pass, page_second_pass};

use crate::explain::scores_that_add_up;
use crate::pages::{PAGE, run};
use crate::workdir::Workdir;

fn dir() -> Workdir {
    let dir = Workdir::new();
    dir.write("a.html", PAGE);
    dir
}

fn json(dir: &Workdir, arguments: &[&str]) -> Value {
    serde_json::from_str(&run(dir, arguments).ok()).unwrap()
}

/// The scores of a pass: boilerplate against content, then the kind.
fn scores(pass: &Value) -> [&Value; 2] {
    assert!(pass["boilerplate"].is_object(), "no score of boilerplate: {pass}");
    [&pass["boilerplate"], &pass["kind"]]
}

/// The groups of all features that a pass names, each of which is a column of it.
fn groups(paragraphs: &[Value], pass: &str, columns: &[Feature]) -> BTreeSet<FeatureGroup> {
    let columns: BTreeMap<&str, FeatureGroup> =
        columns.iter().map(|column| (&*column.name, column.group)).collect();
    let scores = paragraphs.iter().flat_map(|paragraph| scores(&paragraph[pass]));
    let named = scores.flat_map(|score| score["contributions"].as_array().unwrap());
    let group = |contribution: &Value| {
        let name = contribution["feature"].as_str().unwrap();
        *columns.get(name).unwrap_or_else(|| panic!("`{name}` is no column of {pass}"))
    };
    named.map(group).collect()
}

#[test]
fn json_names_the_columns_of_a_page_in_both_passes() {
    let dir = dir();
    let explained = json(&dir, &["explain", "a.html", "--format", "json"]);
    assert_eq!(explained["source"], "html");
    let paragraphs = explained["paragraphs"].as_array().unwrap();
    let labelled = json(&dir, &["classify", "a.html", "--format", "jsonl"]);
    let labelled = labelled["paragraphs"].as_array().unwrap();
    assert_eq!(paragraphs.len(), labelled.len());
    for (paragraph, labelled) in paragraphs.iter().zip(labelled) {
        for field in ["index", "start", "end", "label", "probability", "boilerplate", "text"] {
            assert_eq!(paragraph[field], labelled[field], "{field}");
        }
        assert_eq!(paragraph["second_pass"]["label"], paragraph["label"]);
        for score in ["first_pass", "second_pass"].into_iter().flat_map(|p| scores(&paragraph[p])) {
            let number = |value: &Value| value.as_f64().unwrap();
            let listed = score["contributions"].as_array().unwrap().iter();
            let sum: f64 = listed.map(|c| number(&c["contribution"])).sum();
            let sum = sum + number(&score["intercept"]) + number(&score["other"]["contribution"]);
            assert!((sum - number(&score["score"])).abs() < 1e-6, "{sum} for {score}");
            assert_eq!(score["other"]["features"], 0);
        }
    }
    let first = groups(paragraphs, "first_pass", &page_first_pass());
    for group in FeatureGroup::OF_MARKUP {
        assert_eq!(first.contains(&group), group != FeatureGroup::Structure, "{group:?}");
    }
    assert!(first.contains(&FeatureGroup::CueSum) && first.contains(&FeatureGroup::Position));
    let second = groups(paragraphs, "second_pass", &page_second_pass());
    let expected = [FeatureGroup::FirstPass, FeatureGroup::Neighbours, FeatureGroup::Structure];
    assert_eq!(second, BTreeSet::from(expected));
}

#[test]
fn the_report_takes_both_scores_of_both_passes_apart() {
    let dir = dir();
    let explained = json(&dir, &["explain", "a.html", "--format", "json"]);
    let paragraphs = explained["paragraphs"].as_array().unwrap();
    for top in ["0", "2", "1000"] {
        let text = run(&dir, &["explain", "a.html", "--top", top]).ok();
        assert_eq!(scores_that_add_up(&text), 4 * paragraphs.len(), "{text}");
    }
    let body = paragraphs.iter().find(|p| p["label"] == "body").unwrap();
    let index = body["index"].to_string();
    let text = run(&dir, &["explain", "a.html", "--paragraph", &index]).ok();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let line = |start: &str| {
        let found = lines.iter().position(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("no line `{start}` in {text}"))
    };
    let passes = [line("By itself: body "), line("With its neighbours: body "), lines.len()];
    assert!(line(&format!("[{index}] body ")) < passes[0] && passes[0] < passes[1], "{text}");
    for (pass, at) in ["first_pass", "second_pass"].into_iter().zip(passes.windows(2)) {
        let lines = &lines[at[0]..at[1]];
        let scores = scores(&body[pass]);
        for (score, what) in
            scores.into_iter().zip(["boilerplate against content", "body against heading"])
        {
            assert!(lines.iter().any(|l| l.starts_with("= ") && l.ends_with(what)), "{text}");
            let strongest = score["contributions"][0]["feature"].as_str().unwrap();
            let name = format!(" {strongest} = ");
            assert!(lines.iter().any(|line| line.contains(&name)), "no `{name}` in {text}");
        }
    }
}

/// As wide as this, what a column means stands behind it, of pages as of texts.
#[test]
fn a_wide_report_says_what_the_columns_of_a_page_mean() {
    let dir = dir();
    let mut command = dir.bare_command(&["explain", "a.html", "--top", "1000"]);
    command.env("COLUMNS", "200");
    let text = dir.run_with(command, b"").ok();
    let columns = [page_first_pass(), page_second_pass()].concat();
    let meanings: BTreeMap<&str, &str> =
        columns.iter().map(|column| (&*column.name, &*column.meaning)).collect();
    let mut seen = BTreeSet::new();
    for line in text.lines() {
        let Some((before, value)) = line.split_once(" = ") else { continue };
        let Some(name) = before.split_whitespace().last() else { continue };
        let Some(meaning) = meanings.get(name) else { continue };
        assert!(value.ends_with(meaning), "no `{meaning}` in `{line}`");
        seen.insert(name);
    }
    for name in ["first:body", "group1_content", "depth", "log_words"] {
        assert!(seen.contains(name), "no `{name}` in {text}");
    }
}
