//! `smallprint explain`.

use serde_json::Value;

use crate::workdir::Workdir;

#[test]
fn text_takes_the_decision_apart() {
    let dir = Workdir::with_article();
    let text = dir.stdout(&["explain", "ferry.txt", "--paragraph", "2"]);
    for part in [
        "[2] share_prompt .993",
        "[Share]{share_prompt +1.00} on Facebook",
        "reaches the threshold .302",
        "Next comes",
        "By itself: share_prompt 1.000",
        "cue_sum:share_prompt = 0.408",
        "intercept",
        "boilerplate against content",
        "share_prompt against the other kinds",
    ] {
        assert!(text.contains(part), "no `{part}` in {text}");
    }
    let flat = dir.stdout(&["explain", "ferry.txt", "--paragraph", "2", "--threshold", "0.5"]);
    assert!(flat.contains("reaches the threshold .500"), "{flat}");
    assert!(!text.contains("[1]") && !text.contains('\u{1b}'), "{text}");
    let mut command = dir.command(&["explain", "ferry.txt", "--paragraph", "2"]);
    command.env("CLICOLOR_FORCE", "1");
    let coloured = dir.run_with(command, b"").ok();
    assert!(coloured.contains("\u{1b}[35mShare\u{1b}[0m"), "{coloured}");
}

/// The number of scores in a report, each of which is the sum of the lines before it.
#[track_caller]
pub fn scores_that_add_up(text: &str) -> usize {
    let (mut sum, mut scores) = (0, 0);
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let mut first = words.next().unwrap_or_default();
        let is_score = first == "=";
        if is_score {
            first = words.next().unwrap();
        }
        if !line.starts_with("    ") || !first.starts_with(['+', '-']) {
            continue;
        }
        let number = (first.parse::<f64>().unwrap() * 100.0).round() as i64;
        if is_score {
            assert_eq!(sum, number, "{text}");
            (sum, scores) = (0, scores + 1);
        } else {
            sum += number;
        }
    }
    scores
}

#[test]
fn the_parts_of_every_score_add_up() {
    let dir = Workdir::with_article();
    for top in ["0", "1", "3", "1000"] {
        let text = dir.stdout(&["explain", "ferry.txt", "--top", top]);
        assert_eq!(scores_that_add_up(&text), 15, "{text}");
    }
}

#[test]
fn json_holds_every_feature_or_as_many_as_asked_for() {
    let dir = Workdir::with_article();
    let json = |args: &[&str]| -> Value {
        let args = [&["explain", "ferry.txt", "--format", "json"][..], args].concat();
        serde_json::from_str(&dir.stdout(&args)).unwrap()
    };
    let all = json(&[]);
    let paragraphs = all["paragraphs"].as_array().unwrap();
    assert_eq!(paragraphs.len(), 5);
    let kind = &paragraphs[4]["second_pass"]["kind"];
    assert_eq!(kind["other"]["features"], 0);
    assert_eq!(paragraphs[4]["cues"][0]["cue"], "rights reserved");
    let some = json(&["--top", "1", "--paragraph", "4,0"]);
    let chosen: Vec<u64> = some["paragraphs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paragraph| paragraph["index"].as_u64().unwrap())
        .collect();
    assert_eq!(chosen, [0, 4]);
    let parts = &some["paragraphs"][1]["second_pass"]["boilerplate"]["contributions"];
    assert_eq!(parts.as_array().unwrap().len(), 1);
}

#[test]
fn a_paragraph_that_is_not_there_is_an_error_of_the_call() {
    let dir = Workdir::with_article();
    dir.write("empty.txt", "");
    dir.run(&["explain", "ferry.txt", "--paragraph", "0,5"]).fails(2, &["5", "0 to 4"]);
    dir.run(&["explain", "empty.txt", "--paragraph", "0"]).fails(2, &["no paragraph"]);
    dir.run(&["explain", "missing.txt"]).fails(1, &["missing.txt"]);
    dir.run(&["explain"]).fails(2, &["<INPUT>"]);
    assert!(dir.stdout(&["explain", "empty.txt"]).contains("0 paragraphs"));
}

#[test]
fn other_languages_and_broken_records_are_named() {
    let dir = Workdir::new();
    let german = "Der Rat hat am Montag beschlossen, dass die Fähre weiterhin fahren soll, sagte \
                  die Bürgermeisterin nach der Sitzung. Niemand hatte das erwartet.";
    dir.write("a.jsonl", format!("{{\"text\": \"{german}\"}}\n{{oops\n"));
    let done = dir.run(&["explain", "a.jsonl"]).fails(1, &["a.jsonl:2", "not in English (de)"]);
    assert!(done.stdout.contains("\u{c}\nnot read: a.jsonl:2"), "{}", done.stdout);
    let done = dir.run(&["explain", "a.jsonl", "--format", "json"]).fails(1, &[]);
    assert_eq!(done.lines()[1]["error"]["kind"], "json");
}
