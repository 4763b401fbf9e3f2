//! `smallprint classify`.

use serde_json::{Value, json};

use crate::workdir::{ARTICLE, Workdir, assert_text};

fn labels(record: &Value) -> Vec<&str> {
    let paragraphs = record["paragraphs"].as_array().unwrap();
    paragraphs.iter().map(|p| p["label"].as_str().unwrap()).collect()
}

#[test]
fn jsonl_has_one_object_a_document_whose_spans_slice_the_text() {
    let dir = Workdir::with_article();
    let done = dir.run(&["classify", "ferry.txt", "--format", "jsonl"]);
    let [record] = &done.lines()[..] else { panic!("{}", done.stdout) };
    let keys: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = [
        "schema",
        "path",
        "id",
        "url",
        "source",
        "language",
        "title",
        "metadata",
        "paragraphs",
        "error",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(record["schema"], 1);
    assert_eq!((&record["path"], &record["source"]), (&json!("ferry.txt"), &json!("text")));
    assert_eq!((&record["language"], &record["error"]), (&json!("en"), &Value::Null));
    assert_eq!(labels(record), ["heading", "body", "share_prompt", "body", "copyright"]);
    let mut place = 0;
    for (index, paragraph) in record["paragraphs"].as_array().unwrap().iter().enumerate() {
        let at = |name: &str| paragraph[name].as_u64().unwrap() as usize;
        assert_eq!(at("index"), index);
        assert_eq!(&ARTICLE[at("start")..at("end")], paragraph["text"]);
        assert!(at("start") >= place);
        place = at("end");
        for name in ["probability", "boilerplate"] {
            let text = paragraph[name].to_string();
            assert!(text.len() <= "0.1234".len(), "{text} has more than 4 decimals");
        }
    }
    assert_eq!(record["paragraphs"][4]["group"], "disclosure");
}

#[test]
fn json_is_one_array_and_csv_one_row_a_paragraph() {
    let dir = Workdir::with_article();
    dir.write("b.txt", "");
    let text = dir.stdout(&["classify", "--format", "json", "ferry.txt", "b.txt"]);
    let records: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(records.len(), 2);
    assert_eq!(records[1]["paragraphs"], json!([]));
    let done = dir.run(&["classify", "--format", "json", "--input-format", "jsonl", "b.txt"]);
    assert_eq!(done.ok(), "[]\n");
    let text = dir.stdout(&["classify", "--format", "csv", "b.txt", "ferry.txt"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().next(), Some("path"));
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(&rows[2][9], "share_prompt");
    assert_eq!(&rows[2][13], "Share on Facebook");
}

#[test]
fn text_is_wrapped_to_the_width_beside_the_labels() {
    let dir = Workdir::with_article();
    assert_text(
        &dir.stdout(&["classify", "ferry.txt"]),
        "\
ferry.txt
en, one paragraph a line, 5 paragraphs, 52 words, 88.5 % of them kept

   0  heading           .989  Ferry to stay for two more years
   1  body              .993  The council voted on Monday to keep the ferry
                              running until the spring of next year, the mayor
                              said.
-  2  share_prompt      .993  Share on Facebook
   3  body              .993  Nobody on the island had expected that the vote
                              would be this close, a member of the council said
                              later.
-  4  copyright         .993  All rights reserved

3 content: body 2, heading 1
1 disclosure: copyright 1
1 furniture: share_prompt 1
",
    );
    for columns in [20, 40, 80, 160] {
        let mut command = dir.command(&["classify", "ferry.txt"]);
        let text = dir
            .run_with(
                {
                    command.env("COLUMNS", columns.to_string());
                    command
                },
                b"",
            )
            .ok();
        let widest = text.lines().map(str::len).max().unwrap();
        // A label with its numbers is never broken.
        assert!(widest <= columns.max(30), "{columns}: {text}");
        assert!(widest > columns / 2, "{columns}: {text}");
    }
}

#[test]
fn colours_are_for_those_who_want_them() {
    let dir = Workdir::with_article();
    let run = |settings: &[(&str, &str)]| {
        let mut command = dir.command(&["classify", "ferry.txt"]);
        command.envs(settings.iter().copied());
        dir.run_with(command, b"").ok()
    };
    assert!(!run(&[]).contains('\u{1b}'));
    assert!(run(&[("CLICOLOR_FORCE", "1")]).contains("\u{1b}[35mshare_prompt"));
    assert!(!run(&[("NO_COLOR", "1")]).contains('\u{1b}'));
    let done = dir.run_with(
        {
            let mut command = dir.command(&["classify", "ferry.txt", "--output", "out.txt"]);
            command.env("CLICOLOR_FORCE", "1");
            command
        },
        b"",
    );
    assert_eq!(done.code, Some(0));
    assert!(!dir.read("out.txt").contains('\u{1b}'));
}

#[test]
fn a_document_cannot_command_the_terminal() {
    let dir = Workdir::new();
    let text = dir.pipe(&["classify"], "Title\u{1b}[2J of\u{7} it\0\n").ok();
    assert!(text.contains("Title␛[2J of␇ it␀"), "{text}");
    assert!(text.starts_with("standard input\n"), "{text}");
}

#[test]
fn jsonl_and_csv_documents_keep_their_identity() {
    let dir = Workdir::new();
    dir.write(
        "news.jsonl",
        r#"{"id": "a", "url": "https://x.example/1", "title": "T", "text": "Share this\nNothing here"}
{"key": 2, "paragraphs": ["Share", "", {"text": "All rights reserved", "label": "body"}]}
"#,
    );
    let done = dir.run(&["classify", "--format", "jsonl", "news.jsonl", "--id-field", "key"]);
    let records = done.lines();
    assert_eq!(records[0]["url"], "https://x.example/1");
    assert_eq!((&records[0]["id"], &records[0]["title"]), (&Value::Null, &json!("T")));
    assert_eq!(records[1]["id"], "2");
    assert_eq!(records[1]["source"], "paragraphs");
    assert_eq!(labels(&records[1])[0], "share_prompt");
    assert_eq!(labels(&records[1])[2], "copyright");
    assert_eq!(labels(&records[1]).len(), 3);
    assert_eq!(records[1]["paragraphs"][1]["start"], Value::Null);
    dir.write("news.csv", "name,words,where\nx,Share this,u\n");
    let args = ["classify", "news.csv", "--format", "jsonl", "--text-field", "words"];
    let done = dir.run(&[&args[..], &["--id-field", "name", "--url-field", "where"]].concat());
    let records = done.lines();
    assert_eq!((&records[0]["id"], &records[0]["url"]), (&json!("x"), &json!("u")));
    assert_eq!(labels(&records[0]), ["share_prompt"]);
}

#[test]
fn any_number_of_threads_gives_the_same_output_in_order_of_input() {
    let dir = Workdir::new();
    let lines: String = (0..2000)
        .map(|i| format!("{{\"id\": {i}, \"text\": \"{}Share it\"}}\n", "Word. ".repeat(i % 50)))
        .collect();
    dir.write("many.jsonl", &lines);
    let with = |threads: &str| {
        dir.stdout(&["classify", "many.jsonl", "--format", "jsonl", "--threads", threads])
    };
    let one = with("1");
    assert_eq!(one.lines().count(), 2000);
    for (i, line) in one.lines().enumerate() {
        assert!(line.contains(&format!("\"id\":\"{i}\"")), "{i}: {line}");
    }
    assert_text(&with("4"), &one);
}

#[test]
fn folders_are_read_in_order_and_what_is_skipped_is_said() {
    let dir = Workdir::new();
    for name in ["in/b.txt", "in/a/c.md", "in/a.txt", "in/.hidden.txt", "in/x.pdf"] {
        dir.write(name, "Share it\n");
    }
    let done = dir.run(&["classify", "in", "--format", "csv"]).fails(0, &["2 files skipped"]);
    assert!(done.stderr.starts_with("note: "), "{}", done.stderr);
    let order: Vec<&str> =
        done.stdout.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(order, ["in/a.txt", "in/a/c.md", "in/b.txt"]);
    assert_eq!(dir.run(&["classify", "in", "--quiet"]).stderr, "");
    let named = dir.stdout(&["classify", "in/x.pdf", "--format", "csv"]);
    assert!(named.contains("in/x.pdf,,,text"), "{named}");
}

#[test]
fn another_language_is_said_in_the_output_and_once_for_the_run() {
    let dir = Workdir::with_article();
    let german = "Der Rat hat am Montag beschlossen, dass die Fähre weiterhin fahren soll, sagte \
                  die Bürgermeisterin nach der Sitzung. Niemand hatte das erwartet.\n";
    dir.write("a.txt", german);
    dir.write("b.txt", german);
    let done = dir.run(&["classify", "a.txt", "ferry.txt", "b.txt"]);
    assert_eq!(done.code, Some(0));
    assert_eq!(done.stdout.matches("\nde, ").count(), 2, "{}", done.stdout);
    assert_eq!(done.stderr.matches("warning").count(), 1, "{}", done.stderr);
    assert!(done.stderr.contains("2 of 3 documents not in English (de)"), "{}", done.stderr);
    assert_eq!(dir.run(&["classify", "a.txt", "-q"]).stderr, "");
    // Of a page markup tells the article, whatever its language.
    dir.write("a.html", format!("<title>Fähre</title><nav>Start</nav><p>{german}<p>{german}"));
    let done = dir.run(&["classify", "a.html"]);
    assert!(done.stdout.contains("\nde, web page"), "{}", done.stdout);
    assert_eq!(done.stderr, "");
}

#[test]
fn the_threshold_can_be_moved() {
    let dir = Workdir::with_article();
    let found = |flags: &[&str]| {
        let args = [&["classify", "ferry.txt", "--format", "jsonl"][..], flags].concat();
        let done = dir.run(&args);
        labels(&done.lines()[0]).iter().filter(|l| !["body", "heading"].contains(l)).count()
    };
    assert_eq!(found(&[]), 2);
    assert_eq!(found(&["--threshold", "0"]), 5);
    assert_eq!(found(&["--threshold", "1"]), 0);
    assert_eq!(found(&["--threshold", "1", "--aggressive"]), 0);
    assert_eq!(found(&["--threshold", "0.001"]), 5);
}

#[test]
fn the_text_can_be_split_otherwise() {
    let dir = Workdir::new();
    let count = |how: &str| {
        let text = "One sentence is here. Another one follows.\nAnd a line more.\n\nThe end.\n";
        let done = dir.pipe(&["classify", "--format", "jsonl", "--split", how], text);
        labels(&done.lines()[0]).len()
    };
    assert_eq!((count("line"), count("blank"), count("sentence")), (3, 2, 4));
}
