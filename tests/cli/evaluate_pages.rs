//! `smallprint evaluate --pages`.

use std::process::Command;

use serde_json::{Value, json};

use crate::workdir::{Done, Workdir};

const GOLD: &str = r#"{"id": "ferry", "url": "https://a.example/ferry", "page_type": "article", "text": "Ferry to stay\nThe council voted to keep it.", "must_include": ["council voted"], "must_exclude": ["share this"], "html": "<title>x</title><nav>Home News</nav><h2>Ferry to stay</h2><p>The council voted to keep it.<p>Share this"}
{"id": "bridge", "publisher": "b.example", "page_type": "forum", "main_content": "The bridge is open."}
"#;

/// The embedded model, at a threshold that keeps all text: what is compared does not hang on the
/// model then.
fn command(dir: &Workdir, arguments: &[&str]) -> Command {
    let mut command = dir.bare_command(&["evaluate", "--pages", "--threshold", "1"]);
    command.args(arguments);
    command
}

fn stdout(dir: &Workdir, arguments: &[&str]) -> String {
    dir.run_with(command(dir, arguments), b"").ok()
}

fn run(dir: &Workdir, arguments: &[&str]) -> Done {
    dir.run_with(command(dir, arguments), b"")
}

fn dir() -> Workdir {
    let dir = Workdir::new();
    dir.write("gold.jsonl", GOLD);
    dir.write("html/bridge.html", "<p>The bridge is <b>open</b>.");
    dir
}

#[test]
fn what_is_scored_is_what_clean_gives() {
    let dir = Workdir::new();
    let html = "<title>Ferry to stay</title><h1>Ferry to stay</h1><ul><li>One boat.<li>Two boats.</ul>\
        <table><tr><th>Boat<th>Fare<tr><td>Early<td>free</table><p>The council voted to keep it.";
    let gold = json!({"id": "a", "text": "One boat. Two boats. The council voted.", "html": html});
    dir.write("gold.jsonl", gold.to_string());
    dir.write("a.html", html);
    let clean = dir.bare_command(&["clean", "a.html", "--threshold", "1"]);
    let text = dir.run_with(clean, b"").ok();
    assert!(text.starts_with("- One boat.\n- Two boats.\nBoat | Fare\nEarly | free\n"), "{text}");
    let json: Value =
        serde_json::from_str(&stdout(&dir, &["gold.jsonl", "--format", "json"])).unwrap();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    assert_eq!(json["pages"][0]["extracted_units"], words);
}

#[test]
fn every_page_is_compared_with_its_gold() {
    let dir = dir();
    let call = ["gold.jsonl", "--format", "json"];
    let json: Value = serde_json::from_str(&stdout(&dir, &call)).unwrap();
    // 9 words of gold; 4 more are extracted: home, news, share, this.
    let page = &json["pages"][0];
    assert_eq!((&page["gold_units"], &page["extracted_units"]), (&9.into(), &13.into()));
    assert_eq!(page["words"]["f1"], 18.0 / 22.0);
    assert_eq!(
        (&page["must_include"]["right"], &page["must_exclude"]["right"]),
        (&1.into(), &0.into())
    );
    assert_eq!(json["pages"][1]["words"]["f1"], 1.0);
    assert_eq!(json["all"]["f1"]["value"], (18.0 / 22.0 + 1.0) / 2.0);
    assert_eq!(json["all"]["sites"], 2);
    assert_eq!(json["method"]["kind"], "model");
    let kinds = json["kinds"].as_array().unwrap();
    assert_eq!(
        kinds.iter().map(|k| k["kind"].as_str().unwrap()).collect::<Vec<_>>(),
        ["article", "forum"]
    );
    let diff = &json["worst"][0]["diff"];
    assert_eq!((&diff["lost_units"], &diff["added_units"]), (&0.into(), &4.into()));
    assert_eq!(diff["added"][1]["text"], "Share this");
    assert_eq!(json["worst"].as_array().unwrap().len(), 1);
    let threads = [&call[..], &["--threads", "1"]].concat();
    assert_eq!(serde_json::from_str::<Value>(&stdout(&dir, &threads)).unwrap(), json);
}

#[test]
fn reports_are_as_wide_as_the_terminal() {
    let dir = dir();
    let text = stdout(&dir, &["gold.jsonl"]);
    assert!(text.starts_with("Extraction from gold.jsonl\n"), "{text}");
    assert!(text.contains("+ 2 words: Share this\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let mut wide = command(&dir, &["gold.jsonl"]);
    wide.env("COLUMNS", "160");
    let wide = dir.run_with(wide, b"").ok();
    assert!(wide.contains("must_include") && wide != text, "{wide}");
    let call = ["gold.jsonl", "--format", "markdown"];
    let markdown = stdout(&dir, &call);
    assert!(markdown.starts_with("# Extraction from gold.jsonl\n"), "{markdown}");
    stdout(&dir, &[&call[..], &["-o", "report.md"]].concat());
    assert_eq!(dir.read("report.md"), markdown);
}

#[test]
fn an_array_and_several_files_are_one_set() {
    let dir = dir();
    let array = GOLD.trim().replace("}\n{", "},\n{");
    dir.write("gold.json", format!("[{array}]"));
    let json: Value =
        serde_json::from_str(&stdout(&dir, &["gold.jsonl", "gold.json", "--format", "json"]))
            .unwrap();
    assert_eq!((&json["all"]["pages"], &json["all"]["sites"]), (&4.into(), &2.into()));
    assert_eq!(json["name"], "gold.jsonl, gold.json");
    assert_eq!(json["pages"][0], json["pages"][2]);
}

#[test]
fn mistakes_name_file_and_line() {
    let dir = dir();
    dir.write("bad.jsonl", format!("{GOLD}\noops\n"));
    run(&dir, &["bad.jsonl"]).fails(1, &["bad.jsonl:4", "invalid JSON"]);
    dir.write("lost.jsonl", "{\"id\": \"lost\", \"text\": \"a\"}\n");
    let parts = ["lost.jsonl:1", "html/lost.html", "html/lost.html.gz"];
    run(&dir, &["lost.jsonl"]).fails(1, &parts);
    dir.write("empty.jsonl", "\n");
    run(&dir, &["empty.jsonl"]).fails(1, &["no page", "empty.jsonl"]);
    run(&dir, &["missing.jsonl"]).fails(1, &["missing.jsonl"]);
    run(&dir, &[]).fails(2, &["<INPUT>"]);
}

#[test]
fn flags_that_say_nothing_about_pages_are_refused() {
    let dir = dir();
    let call = ["evaluate", "--pages", "gold.jsonl"];
    dir.run(&[&call[..], &["--labels-map", "map.csv"]].concat())
        .fails(2, &["--pages", "--labels-map"]);
    run(&dir, &["gold.jsonl", "--aggressive"]).fails(2, &["--pages", "--aggressive"]);
    #[cfg(feature = "train")]
    for (flags, parts) in [
        (&["--cross-validate", "--ablation"][..], ["--pages", "--ablation"]),
        (&["--cross-validate", "--folds", "2"], ["2 folds", "3 to 16"]),
    ] {
        run(&dir, &[&["gold.jsonl"], flags].concat()).fails(2, &parts);
    }
}
