//! Crawl files, compressed files, limits, and which documents go to the output.

use serde_json::{Value, json};

use crate::workdir::{ARTICLE, CLEAN, Workdir};

/// A record of WARC that claims a number of bytes, or as many as it has.
fn record(id: &str, fields: &str, block: &[u8], claimed: Option<usize>) -> Vec<u8> {
    let length = claimed.unwrap_or(block.len());
    let head = format!(
        "WARC/1.0\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n\
         WARC-Target-URI: https://news.example.com/{id}\r\n{fields}\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn wet(id: &str, text: &str) -> Vec<u8> {
    record(id, "WARC-Type: conversion\r\nContent-Type: text/plain", text.as_bytes(), None)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn ids(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["id"].as_str().unwrap_or("none")).collect()
}

#[test]
fn crawl_files_are_read_in_folders_by_name_and_from_standard_input() {
    let dir = Workdir::new();
    let info = record("i", "WARC-Type: warcinfo", b"software: none", None);
    let members = [&info, &wet("1", ARTICLE), &wet("2", "Short")].map(|member| gzip(member));
    dir.write("crawl/a.warc.wet.gz", members.concat());
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>T</title><p>On a page";
    let fields = "WARC-Type: response\r\nContent-Type: application/http; msgtype=response";
    let gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone";
    let warc = [record("3", fields, page, None), record("4", fields, gone, None)].concat();
    dir.write("crawl/b.warc.zst", zstd::encode_all(&warc[..], 1).unwrap());
    let done = dir.run(&["classify", "crawl", "--format", "jsonl", "--threads", "2"]);
    let records = done.lines();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let passed_over =
        "2 records passed over: 1 of other WARC types, 1 with another HTTP status than 2xx";
    assert!(done.stderr.contains(passed_over), "{}", done.stderr);
    assert_eq!(ids(&records), ["urn:uuid:1", "urn:uuid:2", "urn:uuid:3"]);
    assert_eq!(records[0]["url"], "https://news.example.com/1");
    assert_eq!(records[0]["path"], "crawl/a.warc.wet.gz");
    assert_eq!((&records[1]["source"], &records[2]["source"]), (&json!("text"), &json!("html")));
    assert_eq!(records[2]["title"], "T");
    let done = dir.pipe(&["clean", "-q"], members.concat());
    assert_eq!(done.ok(), format!("{CLEAN}\u{c}\nShort\n"));
    let done = dir.pipe(&["clean", "--input-format", "warc", "-q"], "no record").fails(1, &[]);
    assert!(done.stderr.contains("record 1 (byte 0): invalid WARC: expected"), "{}", done.stderr);
}

#[test]
fn broken_records_are_error_records_and_the_output_is_whole() {
    let dir = Workdir::new();
    let text = "WARC-Type: conversion\r\nContent-Type: text/plain";
    let file = [
        wet("1", "One story"),
        record("2", text, b"A wrong length", Some(400)),
        wet("3", "Another story"),
        record("4", text, b"", Some(3 << 30)),
        wet("5", "A third one"),
    ];
    let members: Vec<Vec<u8>> = file.iter().map(|record| gzip(record)).collect();
    let numbers: Vec<String> = (0..5000).map(|n| (n * n).to_string()).collect();
    let last = gzip(&wet("6", &numbers.join(" ")));
    dir.write("a.warc.gz", [members.concat(), last[..last.len() / 2].to_vec()].concat());
    for threads in ["1", "3"] {
        let args = ["clean", "a.warc.gz", "--format", "jsonl", "-o", "out.jsonl"];
        let done = dir.run(&[&args[..], &["--threads", threads]].concat());
        let done = done.fails(1, &["a.warc.gz: record 2 (byte ", "`urn:uuid:2`", "3 of 6"]);
        assert_eq!(done.stdout, "");
        let out = dir.read("out.jsonl");
        let records: Vec<Value> =
            out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let found: Vec<_> = records.iter().map(|r| (&r["text"], &r["error"]["kind"])).collect();
        let none = Value::Null;
        let expected = [
            (&json!("One story"), &none),
            (&none, &json!("warc")),
            (&json!("Another story"), &none),
            (&none, &json!("too_large")),
            (&json!("A third one"), &none),
            (&none, &json!("compression")),
        ];
        assert_eq!(found, expected);
        assert_eq!(ids(&records)[5], "urn:uuid:6");
        let message = records[1]["error"]["message"].as_str().unwrap();
        assert!(message.contains("record 2 (byte "), "{message}");
        assert!(message.contains("Content-Length says 400 bytes"), "{message}");
    }
}

#[test]
fn the_largest_document_can_be_chosen() {
    let dir = Workdir::new();
    let long = "word ".repeat(1000);
    dir.write("a.jsonl", format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Short\"}}\n"));
    dir.write("b.csv", format!("id,text\n1,{long}\n2,Short\n"));
    dir.write("c.txt", &long);
    let args = ["classify", "a.jsonl", "b.csv", "c.txt", "--format", "jsonl", "-q"];
    let whole = dir.run(&args);
    assert_eq!((whole.code, whole.lines().len()), (Some(0), 5));
    let done = dir
        .run(&[&args[..], &["--max-document", "4K"]].concat())
        .fails(1, &["a.jsonl:1: too large", "at most 4096 bytes", "b.csv:2:3", "c.txt: too large"]);
    let kinds: Vec<Value> = done.lines().iter().map(|r| r["error"]["kind"].clone()).collect();
    let large = json!("too_large");
    assert_eq!(kinds, [large.clone(), Value::Null, large.clone(), Value::Null, large]);
    dir.run(&["clean", "c.txt", "--max-document", "much"]).fails(2, &["500M or 2G"]);
}

#[test]
fn a_few_kilobytes_that_decompress_to_gigabytes_do_no_harm() {
    let dir = Workdir::new();
    let bomb = gzip(&vec![b'a'; 50_000_000]);
    assert!(bomb.len() < 300_000);
    let line = gzip(b"\n{\"text\": \"Short\"}\n");
    dir.write("a.jsonl.gz", [gzip(b"{\"text\": \"First\"}\n{\"text\": \""), bomb, line].concat());
    let args = ["clean", "a.jsonl.gz", "--format", "jsonl", "--max-document", "1M", "-q"];
    let done = dir.run(&args).fails(1, &["a.jsonl.gz:2: too large"]);
    let texts: Vec<Value> = done.lines().iter().map(|record| record["text"].clone()).collect();
    assert_eq!(texts, [json!("First"), Value::Null, json!("Short")]);
}

#[test]
fn documents_of_other_languages_pass_over_and_are_counted() {
    let dir = Workdir::new();
    let german = "Der Rat hat am Montag beschlossen, dass die Fähre noch zwei weitere Jahre fährt \
                  und die Preise nicht steigen, wie der Bürgermeister am Abend sagte.";
    let lines = [ARTICLE, german, "Hm"].map(|text| json!({"text": text}).to_string());
    dir.write("a.jsonl", lines.join("\n"));
    let note = |done: &crate::workdir::Done, text: &str| {
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert!(done.stderr.contains(text), "{}", done.stderr);
        assert!(!done.stderr.contains("not in English"), "{}", done.stderr);
    };
    for command in ["classify", "clean"] {
        let args = [command, "a.jsonl", "--format", "jsonl", "--language"];
        let done = dir.run(&[&args[..], &["en"]].concat());
        assert_eq!(done.lines().len(), 1);
        note(&done, "2 documents passed over: 2 in other languages (1 de, 1 und)");
        let done = dir.run(&[&args[..], &["EN,und"]].concat());
        assert_eq!(done.lines().len(), 2);
        note(&done, "1 document passed over: 1 in other languages (1 de)");
    }
    let done = dir.run(&["clean", "a.jsonl", "--language", "fr,it", "--dropped", "dropped.jsonl"]);
    assert_eq!((done.stdout.as_str(), dir.read("dropped.jsonl").as_str()), ("", ""));
    dir.run(&["clean", "a.jsonl", "--language", "german"]).fails(2, &["`german`", "en,de"]);
}

#[test]
fn documents_with_few_words_of_their_own_pass_over_and_are_counted() {
    let dir = Workdir::new();
    // Words that are kept count, not those of the document.
    let prompts = "Share on Facebook and on other sites that people use\n".repeat(20);
    dir.write("in/a.txt", ARTICLE);
    dir.write("in/b.txt", &prompts);
    let kept = CLEAN.split_whitespace().count();
    for (command, least, n_documents) in [
        ("classify", kept, 1),
        ("clean", kept, 1),
        ("clean", kept + 1, 0),
        ("classify", kept + 1, 0),
        ("clean", 0, 2),
    ] {
        let least = least.to_string();
        let done = dir.run(&[command, "in", "--format", "jsonl", "--min-words", &least]);
        assert_eq!(done.lines().len(), n_documents, "{command} {least}");
        let n_refused = 2 - n_documents;
        let note = format!("{n_refused} with too few words");
        assert_eq!(done.stderr.contains(&note), n_refused > 0, "{}", done.stderr);
    }
    let done = dir.run(&["clean", "in", "--min-words", "5", "-o", "out/"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(dir.path("out/a.txt").exists() && !dir.path("out/b.txt").exists());
    // In text there is no trace of the other either.
    let done = dir.run(&["clean", "in", "--min-words", "5", "-q"]);
    assert_eq!(done.ok(), CLEAN);
}
