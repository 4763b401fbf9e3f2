//! Output in parts: what is in them, which calls are refused, what is said.

use std::fs;

use crate::workdir::Workdir;

/// Documents of JSONL, from 0; every seventh is broken.
pub fn documents(count: usize) -> String {
    let document = |i: usize| match i % 7 {
        3 => format!("{{\"id\": \"{i}\", \"text\": {i}}}\n"),
        _ => format!("{{\"id\": \"{i}\", \"text\": \"Story {i} of the day\\nShare it\"}}\n"),
    };
    (0..count).map(document).collect()
}

/// The text of all parts in a folder, in order of their names.
pub fn parts(dir: &Workdir, folder: &str) -> Vec<(String, String)> {
    let mut names: Vec<String> = fs::read_dir(dir.path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "run.json")
        .collect();
    names.sort();
    let text = |name: &String| {
        let bytes = fs::read(dir.path(folder).join(name)).unwrap();
        String::from_utf8(zstd::decode_all(&bytes[..]).unwrap()).unwrap()
    };
    names.iter().map(|name| (name.clone(), text(name))).collect()
}

const CALL: [&str; 8] =
    ["clean", "in.jsonl", "--format", "jsonl", "--output", "out", "--shard-size", "10"];

#[test]
fn parts_together_are_the_output_without_parts() {
    let dir = Workdir::new();
    dir.write("in.jsonl", documents(37));
    for (command, format, threads) in
        [("clean", "jsonl", "1"), ("classify", "jsonl", "3"), ("classify", "csv", "2")]
    {
        let whole = dir.run(&[command, "in.jsonl", "--format", format]).stdout;
        let out = format!("{command}.{format}");
        let shards = ["--shard-size", "10", "--threads", threads];
        let args = [command, "in.jsonl", "--format", format, "--output", &out];
        dir.run(&[&args[..], &shards].concat()).fails(1, &["5 of 37 documents failed"]);
        let parts = parts(&dir, &out);
        let names: Vec<String> = (0..4).map(|i| format!("part-0000{i}.{format}.zst")).collect();
        assert!(parts.iter().map(|(name, _)| name).eq(&names), "{parts:?}");
        let header = if format == "csv" { whole.find('\n').unwrap() + 1 } else { 0 };
        let rest: String = parts.iter().map(|(_, text)| &text[header..]).collect();
        assert_eq!(format!("{}{rest}", &whole[..header]), whole);
        assert!(parts.iter().all(|(_, text)| text[..header] == whole[..header]));
        if command == "clean" {
            assert!(parts[..3].iter().all(|(_, text)| text.lines().count() == 10));
        }
    }
}

#[test]
fn documents_that_pass_over_count() {
    let dir = Workdir::new();
    let short = "{\"text\": \"Short\"}\n".repeat(10);
    dir.write("in.jsonl", format!("{short}{{\"text\": \"A story of six words\"}}\n"));
    let done = dir.run(&[&CALL[..], &["--min-words", "3"]].concat());
    assert!(done.stderr.contains("10 documents passed over"), "{}", done.stderr);
    let lines: Vec<usize> =
        parts(&dir, "out").iter().map(|(_, text)| text.lines().count()).collect();
    assert_eq!(lines, [0, 1]);
}

#[test]
fn calls_that_could_mix_or_overwrite_are_refused() {
    let dir = Workdir::new();
    dir.write("in.jsonl", documents(25));
    dir.run(&CALL).fails(1, &[]);
    let before = parts(&dir, "out");
    let with = |more: &[&'static str]| [&CALL[..], more].concat();
    let mut shorter = CALL;
    shorter[7] = "5";
    for (args, expected) in [
        (with(&[]), &["out: ", "earlier run", "--resume"][..]),
        (with(&["--resume", "--min-words", "2"]), &["run.json", "--min-words", "`0`, found `2`"]),
        (with(&["--resume", "--text-field", "body"]), &["--text-field", "`text`, found `body`"]),
        (with(&["--resume", "--aggressive"]), &["--aggressive", "found `true`"]),
        ([&shorter[..], &["--resume"]].concat(), &["--shard-size: expected 10, found 5"]),
        (with(&["--dropped", "d.csv"]), &["--dropped", "--shard-size"]),
        (vec!["clean", "in.jsonl", "--resume"], &["--shard-size"]),
        (vec!["clean", "in.jsonl", "--shard-size", "0"], &["--shard-size"]),
        (vec!["clean", "in.jsonl", "--shard-size", "5"], &["--format jsonl"]),
        (vec!["clean", "in.jsonl", "--format", "csv", "--shard-size", "5"], &["--output"]),
    ] {
        dir.run(&args).fails(2, expected);
        assert_eq!(parts(&dir, "out"), before);
    }
    dir.write("file", "x");
    let args = ["clean", "in.jsonl", "--format", "csv", "--shard-size", "5", "--output", "file"];
    dir.run(&args).fails(2, &["file: --shard-size needs a folder"]);
    dir.write("folder/a.txt", "x");
    let args = ["clean", "folder", "--format", "csv", "--shard-size", "5", "--output", "folder"];
    dir.run(&args).fails(2, &["folder: the parts would lie among the inputs"]);
    assert!(dir.path("folder/a.txt").exists() && !dir.path("folder/run.json").exists());
    // The model is another.
    let command = dir.bare_command(&with(&["--resume"]));
    dir.run_with(command, b"").fails(2, &["the model of text (--model)", "expected", "found"]);
    // The input has grown.
    dir.write("in.jsonl", documents(26));
    dir.run(&with(&["--resume"])).fails(2, &["1 files of", "name a new output folder"]);
    assert_eq!(parts(&dir, "out"), before);
}

#[test]
fn a_run_that_is_done_is_done_again_in_no_time_and_says_what_failed() {
    let dir = Workdir::new();
    dir.write("in.jsonl", documents(25));
    let args = [&CALL[..], &["--resume"]].concat();
    let first = dir.run(&args).fails(1, &["in.jsonl:4:", "4 of 25 documents failed"]);
    let before = (parts(&dir, "out"), dir.read("out/run.json"));
    let second = dir.run(&args).fails(1, &["in.jsonl:4:", "4 of 25 documents failed"]);
    assert!(first.stderr.contains("done: 25 documents; paragraphs: 21 kept, 21 dropped"));
    let expected = "done: 25 documents (21 before)\n";
    assert!(second.stderr.contains(expected), "{}", second.stderr);
    assert_eq!((parts(&dir, "out"), dir.read("out/run.json")), before);
}

#[test]
fn a_summary_is_for_many_documents_and_not_for_the_quiet() {
    let dir = Workdir::with_article();
    assert_eq!(dir.run(&["clean", "ferry.txt"]).stderr, "");
    let two = ["clean", "ferry.txt", "ferry.txt"];
    let done = dir.run(&two);
    assert_eq!(
        done.stderr,
        "done: 2 documents; paragraphs: 6 kept, 4 dropped\n\
         done: 12 dropped words: 6 copyright, 6 share_prompt\n"
    );
    let done = dir.run(&["classify", "ferry.txt", "ferry.txt"]);
    assert_eq!(
        done.stderr,
        "done: 2 documents; paragraphs: 6 content, 4 boilerplate\n\
         done: 12 boilerplate words: 6 copyright, 6 share_prompt\n"
    );
    assert_eq!(dir.run(&[&two[..], &["--quiet"]].concat()).stderr, "");
}
