//! Input that is broken, strange or very large: a result or an error, never a panic, never a
//! silent loss.

use serde_json::Value;

use crate::workdir::Workdir;

fn texts(record: &Value) -> Vec<&str> {
    let paragraphs = record["paragraphs"].as_array().unwrap();
    paragraphs.iter().map(|paragraph| paragraph["text"].as_str().unwrap()).collect()
}

#[test]
fn other_charsets_are_decoded() {
    let dir = Workdir::new();
    let text = "Grüße aus der Stadt\nund mehr";
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [utf16, latin, marked] {
        let done = dir.pipe(&["classify", "--format", "jsonl", "--split", "line", "-q"], bytes);
        assert_eq!(texts(&done.lines()[0]), ["Grüße aus der Stadt", "und mehr"]);
        assert_eq!(done.code, Some(0));
    }
}

#[test]
fn broken_bytes_controls_and_nothing_at_all_pass() {
    let dir = Workdir::new();
    let classify = |bytes: &[u8]| {
        let done = dir.pipe(&["classify", "--format", "jsonl", "-q"], bytes);
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
        done.lines().remove(0)
    };
    let broken = classify(b"one \xff\xfe\xc3 two\n");
    assert!(texts(&broken)[0].starts_with("one"), "{broken}");
    assert!(texts(&broken)[0].ends_with("two"), "{broken}");
    assert_eq!(texts(&classify(b"a\0b \x01c\n")), ["a\0b \u{1}c"]);
    for empty in [&b""[..], b"\n\n  \n", b"\xef\xbb\xbf"] {
        assert!(texts(&classify(empty)).is_empty());
    }
    assert_eq!(dir.pipe(&["clean"], "").ok(), "");
    assert!(dir.pipe(&["classify"], "").ok().contains("0 paragraphs"));
    assert!(dir.pipe(&["explain", "-"], "\0\n").ok().contains('␀'));
}

/// 100 MB in a release build, 20 MB in a debug build, which is slower by as much.
#[test]
fn one_very_long_line_ends_in_a_result() {
    const BYTES: usize = if cfg!(debug_assertions) { 20_000_000 } else { 100_000_000 };
    let dir = Workdir::new();
    for (word, split) in [("word and another one. ", "line"), ("x", "auto")] {
        dir.write("long.txt", word.repeat(BYTES / word.len()));
        let args = ["clean", "long.txt", "--format", "jsonl", "--split", split, "-q"];
        let done = dir.run(&args);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        let record = &done.lines()[0];
        let dropped: u64 = record["dropped"]
            .as_object()
            .unwrap()
            .values()
            .map(|count| count["words"].as_u64().unwrap())
            .sum();
        let words = record["kept"]["words"].as_u64().unwrap() + dropped;
        let expected = if word == "x" { 1 } else { BYTES / word.len() * 4 };
        assert_eq!(words, expected as u64);
    }
}

#[test]
fn a_million_tiny_paragraphs_end_in_as_many_labels() {
    let dir = Workdir::new();
    dir.write("many.txt", "a\n".repeat(1_000_000));
    let done = dir.run(&["classify", "many.txt", "--format", "csv", "--split", "line", "-q"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(done.stdout.lines().count(), 1_000_001);
}

#[test]
fn a_broken_line_of_jsonl_is_an_error_record_and_the_rest_goes_on() {
    let dir = Workdir::new();
    dir.write(
        "a.jsonl",
        "{\"id\": 1, \"text\": \"One story\"}\n{\"id\": 2, \"text\": \"no end\n{\"id\": 3}\n\
         {\"id\": 4, \"text\": \"Last story\"}\n",
    );
    for (threads, command) in [("1", "classify"), ("3", "clean")] {
        let done = dir
            .run(&[command, "a.jsonl", "--format", "jsonl", "--threads", threads])
            .fails(1, &["a.jsonl:2:", "a.jsonl:3", "text", "2 of 4 documents failed"]);
        let records = done.lines();
        assert_eq!(records.len(), 4);
        assert_eq!((&records[0]["id"], &records[3]["id"]), (&"1".into(), &"4".into()));
        let error = &records[1]["error"];
        assert_eq!((&error["kind"], &error["line"]), (&"json".into(), &2.into()));
        assert!(error["column"].as_u64().unwrap() > 10, "{error}");
        assert_eq!(records[1]["path"], "a.jsonl");
        assert_eq!(records[2]["error"]["kind"], "missing_field");
        assert_eq!(records[2]["id"], "3");
    }
    let done = dir.run(&["classify", "a.jsonl"]).fails(1, &[]);
    assert_eq!(done.stdout.matches("not read: a.jsonl:").count(), 2, "{}", done.stdout);
    let done = dir.run(&["classify", "a.jsonl", "--format", "csv"]).fails(1, &[]);
    let rows = csv::Reader::from_reader(done.stdout.as_bytes()).into_records();
    let errors: Vec<bool> = rows.map(|row| !row.unwrap()[14].is_empty()).collect();
    assert_eq!(errors, [false, true, true, false]);
    let done = dir.run(&["clean", "a.jsonl"]).fails(1, &[]);
    assert_eq!(done.stdout, "One story\n\u{c}\n\u{c}\n\u{c}\nLast story\n");
}

#[test]
fn broken_csv_names_file_line_and_column() {
    let dir = Workdir::new();
    dir.write("a.csv", "id,words\n1,x\n");
    dir.run(&["classify", "a.csv"])
        .fails(1, &["a.csv:1", "missing column `text`", "found id,words"]);
    dir.write("b.csv", "id,text\n1,One story\n2,\"never closed\n3,x\n");
    let done = dir.run(&["clean", "b.csv"]).fails(1, &["b.csv:3:3", "quote"]);
    assert!(done.stdout.starts_with("One story\n"), "{}", done.stdout);
    dir.write("c.csv", "id,text\n1,One story,more\n2,Last story\n");
    let done = dir.run(&["clean", "c.csv"]).fails(1, &["c.csv:2"]);
    assert!(done.stdout.ends_with("Last story\n"), "{}", done.stdout);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let dir = Workdir::with_article();
    dir.write("cut.jsonl.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1]);
    let done = dir
        .run(&["classify", "missing.txt", "cut.jsonl.gz", "ferry.txt", "--format", "jsonl"])
        .fails(1, &["missing.txt", "cut.jsonl.gz", "cut off", "2 of 3"]);
    let records = done.lines();
    assert_eq!(records.len(), 3);
    assert_eq!(records[0]["error"]["kind"], "io");
    assert_eq!(records[1]["error"]["kind"], "compression");
    assert_eq!(records[2]["error"], Value::Null);
    // A file name cannot command the terminal either.
    let done = dir.run(&["classify", "a\u{1b}[2Jb"]).fails(1, &["a␛[2Jb"]);
    assert!(!done.stderr.contains('\u{1b}'), "{:?}", done.stderr);
}
