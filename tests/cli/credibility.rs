//! `credibility`: reports of articles and of sources, ratings, and bad input.

use serde_json::{Value, json};

use crate::workdir::{Done, Workdir};

const ARTICLE: &str = "\
Ferry to stay for two more years
By Ines Calloway | 14 November 2023
TARN POINT \u{2014} The council voted on Monday to keep the ferry running until the spring of next year.
\u{201c}They asked for a way to get to the hospital by seven,\u{201d} said board member Ruth Adeyemi.
Correction: An earlier version of this story gave the wrong date for the first vote.
\u{a9} 2023 Saltmarsh Gazette. All rights reserved. No reprints without permission.
";

fn run(dir: &Workdir, args: &[&str]) -> Done {
    dir.run_with(dir.bare_command(&[&["credibility"], args].concat()), b"")
}

fn signal<'v>(record: &'v Value, id: &str) -> &'v Value {
    let signals = record["signals"].as_array().unwrap();
    signals.iter().find(|signal| signal["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

fn workdir() -> Workdir {
    let dir = Workdir::new();
    dir.write("ferry.txt", ARTICLE);
    dir
}

#[test]
fn evidence_is_the_slice_of_the_source_that_it_says() {
    let dir = workdir();
    let record = &run(&dir, &["ferry.txt", "--format", "jsonl"]).lines()[0];
    for (id, value) in [("P1", "Ines Calloway"), ("P3", "2023-11-14")] {
        let evidence = &signal(record, id)["evidence"][0];
        assert_eq!(evidence["value"], value);
        let [start, end] = ["start", "end"].map(|at| evidence[at].as_u64().unwrap() as usize);
        assert_eq!(evidence["text"], ARTICLE[start..end]);
    }
    let quotation = &record["quotations"][0];
    assert_eq!(quotation["speaker"]["name"], "Ruth Adeyemi");
    let part = &quotation["parts"][0];
    let [start, end] = ["start", "end"].map(|at| part[at].as_u64().unwrap() as usize);
    assert_eq!(ARTICLE[start..end], *"They asked for a way to get to the hospital by seven,");
    assert_eq!(signal(record, "A2")["state"], "present");
    assert_eq!(signal(record, "D2")["state"], "absent");
    assert_eq!(record["groups"]["disclaimers"]["present"], 0);
}

#[test]
fn every_format_tells_of_the_byline() {
    let dir = workdir();
    for format in ["text", "json", "jsonl", "csv", "markdown"] {
        let told = run(&dir, &["ferry.txt", "--format", format]).ok();
        assert!(told.contains("Ines Calloway"), "{format}: {told}");
    }
    run(&dir, &["ferry.txt", "--format", "html"]).fails(2, &["markdown"]);
    // Folders get a file for each input.
    let done = run(&dir, &["ferry.txt", "--output", "out/", "--format", "markdown"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(dir.files().iter().any(|name| name.starts_with("out/ferry")), "{:?}", dir.files());
}

#[test]
fn words_of_other_languages_are_not_applicable_with_the_reason() {
    let dir = Workdir::new();
    let line = "Der Stadtrat hat am Montag beschlossen, dass die F\u{e4}hre auch im n\u{e4}chsten Winter \
                f\u{e4}hrt, sagte der B\u{fc}rgermeister nach einer langen Sitzung im Rathaus.\n";
    dir.write("de.txt", line.repeat(5));
    let done = run(&dir, &["de.txt", "--format", "jsonl"]);
    let record = &done.lines()[0];
    assert_eq!(record["language"], "de");
    let signal = signal(record, "L2");
    assert_eq!(signal["state"], "not_applicable");
    assert!(signal["reason"].as_str().unwrap().contains("English"), "{signal}");
}

#[test]
fn strange_articles_have_reports_too() {
    let dir = Workdir::new();
    dir.write("empty.txt", "");
    dir.write("one.txt", "The ferry stays.");
    let quotes = "\u{201c}Yes,\u{201d} she said. ".repeat(10_000);
    dir.write("quotes.txt", quotes);
    dir.write(
        "unbalanced.txt",
        "\u{201c}\u{201c}\u{201d} \" ' \u{2018} he said \u{201d}\u{201d} \" '' \u{2019}",
    );
    let done = run(
        &dir,
        &["empty.txt", "one.txt", "quotes.txt", "unbalanced.txt", "--format", "jsonl", "-q"],
    );
    let records = done.lines();
    assert_eq!((records.len(), done.code), (4, Some(0)), "{}", done.stderr);
    assert!(records[0]["quotations"].as_array().unwrap().is_empty());
    assert_eq!(records[2]["quotations"].as_array().unwrap().len(), 10_000);
    run(&dir, &["empty.txt", "one.txt", "quotes.txt", "unbalanced.txt", "-q"]).ok();
}

/// Twelve articles at one domain, one at another that has the same name.
fn crawl(dir: &Workdir) {
    let article = |n: usize, host: &str| {
        let text =
            format!("{ARTICLE}{n} boats were counted in the harbour on the day of the vote.\n");
        json!({"id": n.to_string(), "url": format!("https://www.{host}/{n}"), "publisher": "The Herald", "text": text})
    };
    let mut lines: Vec<Value> = (0..12).map(|n| article(n, "herald-north.example")).collect();
    lines.push(article(12, "herald-south.example"));
    // The same document again, and one of nobody.
    lines.push(article(12, "herald-south.example"));
    lines.push(json!({"text": "The ferry stays."}));
    dir.write("crawl.jsonl", lines.iter().map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn sources_of_one_name_are_two_and_few_articles_have_no_rate() {
    let dir = Workdir::new();
    crawl(&dir);
    let done = run(&dir, &["crawl.jsonl", "--by-source", "--format", "jsonl"]);
    assert!(done.stderr.contains("1 articles are of no known source"), "{}", done.stderr);
    let sources = done.lines();
    assert_eq!(sources.len(), 2);
    let [north, south] = [&sources[0], &sources[1]];
    assert_eq!(
        (&north["name"], &north["domain"]),
        (&json!("The Herald"), &json!("herald-north.example"))
    );
    let byline = signal(north, "P1");
    assert_eq!(
        (&byline["present"], &byline["n"], &byline["rate"]),
        (&json!(12), &json!(12), &json!(1.0))
    );
    assert_eq!(byline["low"], 0.7575);
    assert_eq!(byline["others"]["n"], 2);
    assert_eq!(signal(south, "P1")["rate"], Value::Null);
    // The notice once, with its count.
    let notices = north["notices"].as_array().unwrap();
    assert!(notices.iter().all(|notice| notice["articles"] == 12), "{notices:#?}");
    assert!(notices.iter().any(|notice| notice["label"] == "copyright"));
    let text = run(&dir, &["crawl.jsonl", "--by-source", "-q"]).ok();
    assert!(text.contains("too few"), "{text}");
    for format in ["markdown", "csv", "json"] {
        assert!(
            !run(&dir, &["crawl.jsonl", "--by-source", "--format", format, "-q"]).ok().is_empty()
        );
    }
}

#[test]
fn folders_are_sources_where_that_is_said() {
    let dir = Workdir::new();
    dir.write("north/a.txt", ARTICLE);
    dir.write("south/b.txt", ARTICLE);
    let done = run(&dir, &["north", "south", "--by-source=folder", "--format", "jsonl"]);
    let names: Vec<Value> = done.lines().iter().map(|source| source["name"].clone()).collect();
    assert_eq!(names, ["north", "south"]);
    run(
        &dir,
        &[
            "north",
            "--by-source=folder",
            "--shard-size",
            "5",
            "--output",
            "out/",
            "--format",
            "jsonl",
        ],
    )
    .fails(2, &["--by-source", "--shard-size"]);
}

#[test]
fn ratings_are_shown_as_they_stand_and_bad_rows_end_the_call() {
    let dir = Workdir::new();
    crawl(&dir);
    dir.write("list.csv", "domain,score\nherald-north.example,0.50\n");
    let call = ["crawl.jsonl", "--ratings", "list.csv", "--format", "jsonl", "-q"];
    let records = run(&dir, &call).lines();
    assert_eq!(records[0]["ratings"][0]["values"], json!({"score": "0.50"}));
    assert_eq!(records[12]["ratings"][0]["values"], Value::Null);
    assert_eq!(records[14]["ratings"], json!([]));
    let text = run(&dir, &["crawl.jsonl", "--by-source", "--ratings", "list.csv", "-q"]).ok();
    assert!(text.contains("list: herald-north.example, score 0.50"), "{text}");
    assert!(text.contains("list: not rated"), "{text}");
    dir.write("bad.csv", "domain,score\na.example,1\nb.example\n");
    run(&dir, &["crawl.jsonl", "--ratings", "bad.csv"])
        .fails(2, &["bad.csv:3", "expected 2 fields"]);
    run(&dir, &["crawl.jsonl", "--ratings", "none.csv"]).fails(2, &["none.csv"]);
}
