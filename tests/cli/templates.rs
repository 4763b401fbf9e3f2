//! `templates learn`, and what `--templates` changes.

use serde_json::{Value, json};

use crate::workdir::{ARTICLE, Workdir};

/// A sentence of a publisher's own that reads like prose.
const REFRAIN: &str = "The Ledger has told the story of the island every morning since 1901.";

/// A document of `host` with the refrain under a body of its own.
fn document(id: usize, host: &str) -> Value {
    let day = ["Monday", "Tuesday", "Friday"][id % 3];
    let words = ["ferry", "bridge", "harbour", "school", "market", "winter"];
    let body = format!(
        "The council voted on {day} to keep the {} and the {} running, the mayor said.",
        words[id % 6],
        words[id / 6 % 6]
    );
    let text = format!("{body}\nNobody on the island had expected it.\n{REFRAIN}\n");
    json!({"id": id.to_string(), "url": format!("https://www.{host}/{id}"), "text": text})
}

fn lines(documents: impl IntoIterator<Item = Value>) -> String {
    documents.into_iter().map(|document| format!("{document}\n")).collect()
}

/// Twelve documents of one publisher, and one of another.
fn workdir() -> Workdir {
    let dir = Workdir::new();
    let ledger = (0..12).map(|id| document(id, "ledger.example"));
    dir.write("all.jsonl", lines(ledger.chain([document(12, "gazette.example")])));
    dir
}

fn learn(dir: &Workdir, args: &[&str]) -> String {
    let call = [&["templates", "learn", "--output", "known"][..], args].concat();
    let done = dir.run_with(dir.bare_command(&call), b"");
    assert_eq!((done.code, &*done.stdout), (Some(0), ""), "{}", done.stderr);
    done.stderr
}

/// The paragraphs that `explain` tells of, of every document.
fn explained(dir: &Workdir, args: &[&str]) -> Vec<Vec<Value>> {
    let call = [&["explain", "all.jsonl", "--format", "json"][..], args].concat();
    let done = dir.run_with(dir.bare_command(&call), b"");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let paragraphs = |record: Value| record["paragraphs"].as_array().unwrap().clone();
    done.lines().into_iter().map(paragraphs).collect()
}

#[test]
fn what_other_documents_of_the_publisher_hold_is_likelier_to_be_boilerplate() {
    let dir = workdir();
    let told = learn(&dir, &["all.jsonl"]);
    // `Nobody ...` and the refrain; nothing of the publisher with one document.
    let expected = "13 documents learned from: 2 paragraphs recur, at 1 publishers";
    assert!(told.contains(expected), "{told}");
    let without = explained(&dir, &[]);
    let with = explained(&dir, &["--templates", "known"]);
    let log_odds = |paragraph: &Value| {
        let p = paragraph["boilerplate"].as_f64().unwrap();
        (p / (1.0 - p)).ln()
    };
    for (with, without) in with[..12].iter().zip(&without) {
        let refrain = &with[2];
        assert_eq!(refrain["text"], REFRAIN);
        let templates = &refrain["templates"];
        assert_eq!((&templates["others"], &templates["holders"]), (&json!(11), &json!(11)));
        assert_eq!(with[0]["templates"]["holders"], 0);
        assert_eq!(with[0]["boilerplate"], without[0]["boilerplate"]);
        // Probabilities are shown with four decimals.
        let moved = log_odds(refrain) - log_odds(&without[2]);
        let said = templates["log_odds"].as_f64().unwrap();
        assert!(said > 1.0 && (moved - said).abs() < 0.1, "{moved} {said}");
    }
    // The other publisher's document has the same words, and no other that says so.
    assert_eq!(with[12], without[12]);
    assert_eq!(with[12][2]["templates"], Value::Null);
}

#[test]
fn clean_and_classify_go_by_templates_and_only_where_they_know_the_publisher() {
    let dir = workdir();
    learn(&dir, &["all.jsonl", "--threads", "2"]);
    let clean = |args: &[&str]| {
        let call = [&["clean", "all.jsonl", "--format", "jsonl", "-q"][..], args].concat();
        dir.run_with(dir.bare_command(&call), b"").ok()
    };
    let (without, with) = (explained(&dir, &[]), explained(&dir, &["--templates", "known"]));
    // A threshold that the refrain reaches with templates alone.
    let boilerplate = |paragraphs: &[Value]| paragraphs[2]["boilerplate"].as_f64().unwrap();
    let least = with[..12].iter().map(|p| boilerplate(p)).fold(1.0, f64::min);
    let most = without.iter().map(|p| boilerplate(p)).fold(0.0, f64::max);
    assert!(least > most, "{least} {most}");
    let threshold = format!("{}", f64::midpoint(least, most));
    let plain = clean(&["--threshold", &threshold]);
    assert_eq!(plain.matches(REFRAIN).count(), 13);
    let known = clean(&["--threshold", &threshold, "--templates", "known"]);
    assert_eq!(known.matches(REFRAIN).count(), 1);
    assert_eq!(known.lines().last(), plain.lines().last());
    // Documents without an address have the publisher that the call names.
    dir.write("one.txt", document(3, "ledger.example")["text"].as_str().unwrap());
    let label = |args: &[&str]| {
        let call = ["classify", "one.txt", "--format", "jsonl", "--threshold", &threshold];
        let done = dir.run_with(dir.bare_command(&[&call[..], args].concat()), b"");
        done.lines()[0]["paragraphs"][2]["group"].clone()
    };
    assert_eq!(label(&["--templates", "known"]), "content");
    let named = label(&["--templates", "known", "--publisher", "ledger.example"]);
    assert_ne!(named, "content");
}

#[test]
fn evaluate_measures_what_templates_change() {
    let dir = workdir();
    learn(&dir, &["all.jsonl"]);
    let with = explained(&dir, &["--templates", "known"]);
    let without = explained(&dir, &[]);
    let boilerplate = |paragraphs: &[Value]| paragraphs[2]["boilerplate"].as_f64().unwrap();
    let least = with[..12].iter().map(|p| boilerplate(p)).fold(1.0, f64::min);
    let most = without.iter().map(|p| boilerplate(p)).fold(0.0, f64::max);
    let threshold = format!("{}", f64::midpoint(least, most));
    let mut csv = "document,publisher,index,label,text\n".to_owned();
    for id in 0..12 {
        let document = document(id, "ledger.example");
        for (index, line) in document["text"].as_str().unwrap().lines().enumerate() {
            let label = if index == 2 { "disclaimer" } else { "" };
            csv += &format!("{id},ledger.example,{index},{label},\"{line}\"\n");
        }
    }
    dir.write("labelled.csv", csv);
    let recall = |args: &[&str]| {
        let call = ["evaluate", "labelled.csv", "--format", "json", "--threshold", &threshold];
        let json = dir.run_with(dir.bare_command(&[&call[..], args].concat()), b"").ok();
        let json: Value = serde_json::from_str(&json).unwrap();
        json["boilerplate"]["recall"]["value"].as_f64().unwrap()
    };
    assert_eq!((recall(&[]), recall(&["--templates", "known"])), (0.0, 1.0));
    #[cfg(feature = "train")]
    {
        let call = ["evaluate", "labelled.csv", "--cross-validate", "--templates", "known"];
        dir.run_with(dir.bare_command(&call), b"").fails(2, &["--with-templates"]);
    }
}

#[test]
fn templates_are_the_same_for_any_number_of_threads_and_repeats_do_not_count() {
    let dir = workdir();
    learn(&dir, &["all.jsonl", "--threads", "1"]);
    let one = std::fs::read(dir.path("known")).unwrap();
    dir.write("again.jsonl", dir.read("all.jsonl"));
    let told = learn(&dir, &["again.jsonl", "all.jsonl", "--threads", "3"]);
    assert_eq!(std::fs::read(dir.path("known")).unwrap(), one);
    assert!(told.contains("13 that came before"), "{told}");
    assert!(!String::from_utf8_lossy(&one).contains("ledger"), "a name stands in the file");
}

#[test]
fn publishers_come_from_fields_addresses_pages_or_the_call() {
    let dir = Workdir::new();
    let page = |id: usize| {
        let link = "<link rel=canonical href=https://www.ledger.example/a>";
        format!(
            "<html><head>{link}<title>T</title></head><p>Story {id} of {}<p>{REFRAIN}",
            "x".repeat(id + 1)
        )
    };
    dir.write("pages/1.html", page(1));
    dir.write("pages/2.html", page(2));
    let told = learn(&dir, &["pages"]);
    assert!(told.contains("2 documents learned from: 1 paragraphs recur"), "{told}");
    dir.write("texts/1.txt", ARTICLE);
    dir.write("texts/2.txt", format!("{ARTICLE}And more.\n"));
    let told = learn(&dir, &["texts"]);
    assert!(
        told.contains("2 documents name no publisher") && told.contains("--publisher"),
        "{told}"
    );
    assert!(told.contains("0 documents learned from"), "{told}");
    let told = learn(&dir, &["texts", "--publisher", "ledger.example"]);
    assert!(told.contains("2 documents learned from: 5 paragraphs recur"), "{told}");
}

#[test]
fn a_file_that_is_none_and_records_that_cannot_be_read_are_told() {
    let dir = workdir();
    dir.write("wrong", "{\"format\": \"other\"}\n");
    for (file, part) in [("wrong", "unusable templates"), ("missing", "cannot read the templates")]
    {
        let call = ["classify", "all.jsonl", "--templates", file];
        let done = dir.run_with(dir.bare_command(&call), b"");
        assert_eq!(done.fails(2, &[file, part]).stdout, "");
    }
    let call = ["classify", "all.jsonl", "--publisher", "a.example"];
    dir.run_with(dir.bare_command(&call), b"").fails(2, &["--templates"]);
    // What can be read is learned from; the file stays whole.
    dir.write(
        "bad.jsonl",
        lines([document(1, "a.example")]) + "{\n" + &lines([document(2, "a.example")]),
    );
    let call = ["templates", "learn", "bad.jsonl", "-o", "known"];
    let done = dir.run_with(dir.bare_command(&call), b"");
    done.fails(1, &["bad.jsonl", "invalid JSON", "2 documents learned from: 2 paragraphs"]);
    let call = ["explain", "all.jsonl", "--templates", "known"];
    let done = dir.run_with(dir.bare_command(&call), b"");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
}
