//! `smallprint clean`.

use serde_json::{Value, json};

use crate::workdir::{ARTICLE, CLEAN, Workdir, assert_text};

#[test]
fn what_is_kept_comes_out_and_nothing_else() {
    let dir = Workdir::with_article();
    assert_text(&dir.stdout(&["clean", "ferry.txt"]), CLEAN);
    assert_text(&dir.pipe(&["clean"], ARTICLE).ok(), CLEAN);
    assert_text(&dir.pipe(&["clean", "-"], ARTICLE).ok(), CLEAN);
}

#[test]
fn clean_keeps_what_classify_labels_with_a_kept_label() {
    let dir = Workdir::with_article();
    for flags in [&[][..], &["--aggressive"], &["--threshold", "0.3"], &["--threshold", "0"]] {
        let classified =
            dir.run(&[&["classify", "ferry.txt", "--format", "jsonl"][..], flags].concat());
        let kept: Vec<String> = classified.lines()[0]["paragraphs"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| p["label"] == "body" || p["label"] == "share_prompt")
            .map(|p| p["text"].as_str().unwrap().to_owned())
            .collect();
        let keep = ["clean", "ferry.txt", "--keep", "body,share_prompt"];
        let text = dir.stdout(&[&keep[..], flags].concat());
        assert_eq!(text.lines().collect::<Vec<_>>(), kept);
    }
}

#[test]
fn documents_are_separated_by_a_form_feed_line() {
    let dir = Workdir::with_article();
    dir.write("b.txt", "Share it\n");
    dir.write("c.txt", "");
    let text = dir.stdout(&["clean", "ferry.txt", "b.txt", "c.txt", "ferry.txt"]);
    assert_text(&text, &format!("{CLEAN}\u{c}\n\u{c}\n\u{c}\n{CLEAN}"));
}

#[test]
fn records_count_what_was_kept_and_dropped() {
    let dir = Workdir::with_article();
    let done = dir.run(&["clean", "ferry.txt", "--format", "jsonl", "--separator", "\\n\\n"]);
    let record = &done.lines()[0];
    assert_eq!(record["text"], CLEAN.trim_end().replace('\n', "\n\n"));
    assert_eq!(record["kept"], json!({"paragraphs": 3, "words": 46}));
    assert_eq!(
        record["dropped"],
        json!({
            "share_prompt": {"paragraphs": 1, "words": 3},
            "copyright": {"paragraphs": 1, "words": 3},
        })
    );
    let csv = dir.stdout(&["clean", "ferry.txt", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!(&row[4], CLEAN.trim_end());
    let json: Value =
        serde_json::from_str(&dir.stdout(&["clean", "ferry.txt", "--format", "json"])).unwrap();
    assert_eq!(json[0]["path"], "ferry.txt");
}

#[test]
fn wrapped_paragraphs_come_out_on_one_line() {
    let dir = Workdir::new();
    let text = "The council voted on Monday to keep the ferry running until\n\
                the spring of next year, the mayor said after the meeting\n\
                in the town hall.\n\nNobody on the island had expected that the vote would be so\n\
                close, a member said after the meeting was over at last.\n";
    assert_eq!(dir.pipe(&["clean"], text).ok().lines().count(), 2);
}

#[test]
fn every_dropped_paragraph_can_be_kept_elsewhere() {
    let dir = Workdir::with_article();
    dir.write("b.jsonl", "{\"id\": \"x\", \"paragraphs\": [\"Share it\"]}\n{\"text\": \"\"}\n");
    let run = |file: &str| {
        dir.stdout(&["clean", "ferry.txt", "b.jsonl", "--dropped", file]);
        dir.read(file)
    };
    let records: Vec<Value> =
        run("d.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 3);
    assert_eq!(records[0]["path"], "ferry.txt");
    let at = |name: &str| records[0][name].as_u64().unwrap() as usize;
    assert_eq!(&ARTICLE[at("start")..at("end")], "Share on Facebook");
    assert_eq!((&records[0]["label"], &records[2]["id"]), (&json!("share_prompt"), &json!("x")));
    let csv = run("d.csv");
    let rows: Vec<_> =
        csv::Reader::from_reader(csv.as_bytes()).into_records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(&rows[1][10], "All rights reserved");
    let text = run("d.txt");
    let first = "ferry.txt, bytes 134..151: share_prompt .993\n    Share on Facebook\n";
    assert!(text.starts_with(first), "{text}");
    assert!(text.contains("b.jsonl x, paragraph 0: share_prompt"), "{text}");
}

#[test]
fn dropped_and_output_must_differ() {
    let dir = Workdir::with_article();
    dir.run(&["clean", "ferry.txt", "--dropped", "-"]).fails(2, &["--dropped", "of its own"]);
    let args = ["clean", "ferry.txt", "--output", "a", "--dropped", "a"];
    dir.run(&args).fails(2, &["of its own"]);
    assert_eq!(dir.files(), ["ferry.txt"]);
}

#[test]
fn wrong_labels_and_separators_are_explained() {
    let dir = Workdir::with_article();
    let done = dir.run(&["clean", "ferry.txt", "--keep", "body,adverts"]);
    done.fails(2, &["adverts", "expected one of body, heading"]);
    dir.run(&["clean", "ferry.txt", "--separator", "\\q"]).fails(2, &["\\q", "\\n"]);
    let text = dir.stdout(&["clean", "ferry.txt", "--separator", "--"]);
    assert_eq!(text.matches("--").count(), 2);
}

#[test]
fn what_a_call_writes_is_not_read_by_the_next() {
    let dir = Workdir::new();
    dir.write("in/a.txt", ARTICLE);
    for _ in 0..2 {
        let args = ["clean", "in", "--output", "in/out.txt", "--dropped", "in/dropped.csv", "-q"];
        dir.stdout(&args);
        assert_text(&dir.read("in/out.txt"), CLEAN);
    }
}
