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
    let mut first = json["pages"][0].clone();
    first["file"] = 1.into();
    assert_eq!(first, json["pages"][2]);
    let names: Vec<&str> =
        json["files"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["gold.jsonl", "gold.json"]);
}

#[test]
fn each_file_has_figures_of_its_own() {
    let dir = dir();
    let (first, second) = GOLD.split_once('\n').unwrap();
    dir.write("a.jsonl", first);
    dir.write("b.jsonl", second);
    let json: Value =
        serde_json::from_str(&stdout(&dir, &["a.jsonl", "b.jsonl", "--format", "json"])).unwrap();
    let [a, b] = [&json["files"][0], &json["files"][1]];
    assert_eq!(
        (&a["all"]["f1"]["value"], &b["all"]["f1"]["value"]),
        (&(18.0 / 22.0).into(), &1.0.into())
    );
    assert_eq!(a["kinds"][0]["kind"], "article");
    assert_eq!(a["kinds"][0]["must_include"]["share"]["value"], 1.0);
    assert_eq!(a["kinds"][0]["must_exclude"]["share"]["value"], 0.0);
    let text = stdout(&dir, &["a.jsonl", "b.jsonl"]);
    assert!(text.contains("\nIn a.jsonl\n") && text.contains("\nIn b.jsonl\n"), "{text}");
    assert!(
        !stdout(&dir, &["a.jsonl"]).contains("In a.jsonl"),
        "one file needs no table of its own"
    );
}

#[test]
fn a_page_that_is_no_text_counts_as_failed() {
    let dir = dir();
    dir.write("html/bridge.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x10");
    let json: Value =
        serde_json::from_str(&stdout(&dir, &["gold.jsonl", "--format", "json"])).unwrap();
    assert_eq!((&json["all"]["pages"], &json["all"]["failed"]), (&2.into(), &1.into()));
    assert_eq!(json["pages"][1]["words"]["f1"], 0.0);
    let error = json["pages"][1]["error"].as_str().unwrap();
    assert!(error.contains("bridge.html"), "{error}");
    let text = stdout(&dir, &["gold.jsonl"]);
    assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("failed on 1 page"));
}

/// Everything is boilerplate at threshold 0, nothing at 1.
#[test]
fn labels_of_blocks_are_judged_beside_the_text() {
    let dir = dir();
    dir.write(
        "labels.csv",
        "document,publisher,index,label,text\n\
         1,a.example,0,,Ferry to stay\n\
         1,a.example,1,text,The council voted to keep it.\n\
         1,a.example,2,share_prompt,Share this\n\
         1,a.example,3,share_prompt,Send this to a friend\n\
         2,b.example,0,text,bridge is open\n\
         3,c.example,0,text,The bridge is open.\n",
    );
    dir.write("map.csv", "from,to\ntext,body\nshare_prompt,share_prompt\n");
    let call = ["gold.jsonl", "--labels", "labels.csv", "--labels-map", "map.csv"];
    let json: Value =
        serde_json::from_str(&stdout(&dir, &[&call[..], &["--format", "json"]].concat())).unwrap();
    let labels = &json["labels"];
    assert_eq!((&labels["whole"]["blocks"], &labels["inside"]["blocks"]), (&2.into(), &1.into()));
    assert_eq!((&labels["not_found"], &labels["without_page"]), (&1.into(), &1.into()));
    let matrix = &labels["evaluation"]["boilerplate"]["counts"];
    assert_eq!((&matrix["true_positive"], &matrix["false_negative"]), (&0.into(), &1.into()));
    assert_eq!(labels["evaluation"]["name"], "labels.csv");
    assert_eq!(labels["evaluation"]["threshold"], 1.0);
    let text = stdout(&dir, &call);
    assert!(text.contains("\nLabels of blocks\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let markdown = stdout(&dir, &[&call[..], &["--format", "markdown"]].concat());
    assert!(markdown.contains("\n## Labels of blocks\n"), "{markdown}");
    assert_eq!(
        serde_json::from_str::<Value>(&stdout(&dir, &["gold.jsonl", "--format", "json"])).unwrap()
            ["labels"],
        Value::Null
    );
}

#[cfg(feature = "train")]
#[test]
fn parts_of_the_features_and_labels_are_judged_out_of_fold() {
    let dir = Workdir::new();
    let (mut gold, mut labels) =
        (String::new(), String::from("document,publisher,index,label,text\n"));
    for site in 0..12 {
        let story = format!(
            "The council of port {site} voted on Monday to keep the ferry, the mayor said."
        );
        let more = format!("Nobody in harbour {site} had expected so many boats that morning.");
        let html = format!(
            "<nav class=menu><a href=/>Home</a></nav><main><h1>Ferry {site} stays</h1><p>{story}<p>{more}\
             </main><div class=share><a href=/s>Share this on Facebook</a></div><footer>All rights reserved"
        );
        let kind = if site < 6 { "article" } else { "forum" };
        let page = serde_json::json!({"id": format!("p{site}"), "publisher": format!("s{site}.example"),
            "kind": kind, "text": format!("Ferry {site} stays\n{story}\n{more}"), "html": html});
        gold += &format!("{page}\n");
        labels += &format!("d{site},s{site}.example,0,share_prompt,Share this on Facebook\n");
        labels += &format!("d{site},s{site}.example,1,copyright,All rights reserved\n");
    }
    dir.write("gold.jsonl", gold);
    dir.write("labels.csv", labels);
    let call = ["evaluate", "--pages", "gold.jsonl", "--cross-validate", "--folds", "3", "-q"];
    let json: Value = serde_json::from_str(
        &dir.run_with(
            dir.bare_command(
                &[&call[..], &["--ablation", "--labels", "labels.csv", "--format", "json"]]
                    .concat(),
            ),
            b"",
        )
        .ok(),
    )
    .unwrap();
    assert_eq!(json["method"]["kind"], "cross_validated");
    let rows = json["ablation"].as_array().unwrap();
    let names: Vec<&str> = rows.iter().map(|row| row["features"].as_str().unwrap()).collect();
    assert_eq!(names, ["all", "text", "markup", "first_pass"]);
    for row in rows {
        let kinds: Vec<_> = row["figures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| (f["kind"].as_str(), f["pages"].as_u64().unwrap()))
            .collect();
        assert_eq!(kinds, [(None, 12), (Some("article"), 6), (Some("forum"), 6)]);
    }
    assert_eq!(rows[0]["figures"][0]["f1"], json["all"]["f1"]["value"]);
    assert_eq!(json["labels"]["whole"]["blocks"], 24);
    // Alike on every site: what was learned from the others' labels tells them.
    assert_eq!(json["labels"]["evaluation"]["accuracy"]["value"], 1.0);
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
        .fails(2, &["--pages", "--labels-map", "--labels"]);
    run(&dir, &["gold.jsonl", "--aggressive"]).fails(2, &["--pages", "--aggressive"]);
    dir.write("labels.csv", "document,label,text\nx,body,Nowhere\n");
    dir.run(&["evaluate", "labels.csv", "--labels", "labels.csv"]).fails(2, &["--pages"]);
    run(&dir, &["gold.jsonl", "--labels", "labels.csv"]).fails(1, &["labels.csv", "stands on"]);
    run(&dir, &["gold.jsonl", "--labels", "none.csv"]).fails(1, &["none.csv"]);
    #[cfg(feature = "train")]
    {
        run(&dir, &["gold.jsonl", "--ablation"]).fails(2, &["--cross-validate"]);
        let folds = ["gold.jsonl", "--cross-validate", "--folds", "2"];
        run(&dir, &folds).fails(2, &["2 folds", "3 to 16"]);
    }
}
