//! `compare`: several articles side by side.

use serde_json::{Value, json};

use crate::workdir::{Done, Workdir};

const FIRST: &str = "\
County votes to keep the winter ferry
The county will keep the early ferry to Saltmarsh through the winter, the board decided on Tuesday after a long debate.
The operator of the ferry had asked for $40,000 more to run the crossing before seven in the morning.
It carries nurses and pupils who would otherwise have to take the bus around the whole of the bay.
";
const SECOND: &str = "\
Winter ferry to Saltmarsh stays, county decides
The county will keep the early ferry to Saltmarsh through the winter, the board decided on Wednesday after a long debate.
The operator of the ferry had asked for $25,000 more to run the crossing before seven in the morning.
It carries nurses and pupils who would otherwise have to take the bus around the whole of the bay.
Councillors in the villages had threatened to resign over it.
";
const OTHER: &str = "\
Plum cake for a crowd
Butter the tin and line it with paper, then heat the oven well before you begin with the dough.
Halve the plums, press them into the dough in rows, and bake the cake for fifty minutes.
";

fn run(dir: &Workdir, args: &[&str]) -> Done {
    dir.run_with(dir.bare_command(&[&["compare"], args].concat()), b"")
}

fn workdir() -> Workdir {
    let dir = Workdir::new();
    dir.write("a.txt", FIRST);
    dir.write("b.txt", SECOND);
    dir.write("c.txt", OTHER);
    dir
}

#[test]
fn what_articles_share_and_where_they_differ() {
    let dir = workdir();
    let done = run(&dir, &["a.txt", "b.txt", "c.txt", "--format", "json"]);
    let record = &done.lines()[0];
    assert_eq!(record["stories"], json!([[0, 1]]));
    let pairs = record["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 1);
    let pair = &pairs[0];
    assert_eq!((&pair["membership"], &pair["credit"]), (&json!("same_story"), &Value::Null));
    assert_eq!(pair["direction"], "not_established");
    assert_eq!(pair["text"].as_array().unwrap().len(), 3);
    for (side, text) in [("a", FIRST), ("b", SECOND)] {
        let passage = &pair["text"][0][side];
        let [start, end] = ["start", "end"].map(|at| passage[at].as_u64().unwrap() as usize);
        assert_eq!(passage["text"], text[start..end]);
    }
    let points = pair["points"].as_array().unwrap();
    let different = |kind: &str| {
        points.iter().any(|point| point["kind"] == kind && point["relation"] == "different")
    };
    assert!(different("day") && different("number"), "{points:#?}");
}

#[test]
fn every_format_tells_of_the_conflict() {
    let dir = workdir();
    for format in ["text", "markdown", "json", "jsonl", "csv"] {
        let told = run(&dir, &["a.txt", "b.txt", "--format", format]).ok();
        assert!(told.contains("Tuesday") && told.contains("Wednesday"), "{format}: {told}");
    }
    let text = run(&dir, &["a.txt", "b.txt", "c.txt"]).ok();
    assert!(text.contains("neither credits the other; direction"), "{text}");
    assert!(text.contains("Unrelated to all others\n#2"), "{text}");
}

#[test]
fn one_article_is_no_comparison_and_a_copy_is_one_story() {
    let dir = workdir();
    run(&dir, &["a.txt"]).fails(2, &["two articles or more, found 1"]);
    dir.write("copy.txt", FIRST);
    dir.write("empty.txt", "");
    let done = run(&dir, &["a.txt", "copy.txt", "empty.txt", "--format", "json"]);
    assert_eq!(done.lines()[0]["stories"], json!([[0, 1]]));
    let done = run(&dir, &["a.txt", "b.txt", "gone.txt", "--format", "json"]);
    done.fails(1, &["gone.txt"]);
}
