//! `smallprint evaluate`.

use serde_json::Value;

use crate::workdir::Workdir;

const GOLD: &str = "\
document,publisher,index,label,text
1,a.example,0,heading,Ferry to stay
1,a.example,1,body,The council voted on Monday to keep the ferry running until the spring of next year.
1,a.example,2,share_prompt,Share on Facebook
1,a.example,3,,More stories
2,b.example,0,byline,All rights reserved
";

#[test]
fn reports_come_in_three_formats() {
    let dir = Workdir::new();
    dir.write("gold.csv", GOLD);
    let text = dir.stdout(&["evaluate", "gold.csv"]);
    assert!(text.starts_with("Evaluation on gold.csv\n"), "{text}");
    let json: Value =
        serde_json::from_str(&dir.stdout(&["evaluate", "gold.csv", "--format", "json"])).unwrap();
    assert_eq!(
        (&json["size"]["paragraphs"], &json["size"]["context_paragraphs"]),
        (&4.into(), &1.into())
    );
    assert_eq!(json["accuracy"]["value"], 0.75);
    assert_eq!(json["threshold"], 0.5);
    let fingerprint = json["model_fingerprint"].as_str().unwrap();
    assert_eq!(fingerprint.len(), 64);
    let markdown = dir.stdout(&["evaluate", "gold.csv", "--format", "markdown"]);
    assert!(markdown.starts_with("# Evaluation on gold.csv\n"), "{markdown}");
    dir.stdout(&["evaluate", "gold.csv", "--format", "markdown", "--output", "report.md"]);
    assert_eq!(dir.read("report.md"), markdown);
}

#[test]
fn the_threshold_and_foreign_labels_are_respected() {
    let dir = Workdir::new();
    dir.write("gold.csv", GOLD.replace("byline", "legal"));
    dir.write("map.csv", "from,to\nlegal,copyright\n");
    let json = |args: &[&str]| -> Value {
        let args = [&["evaluate", "gold.csv", "--format", "json"][..], args].concat();
        serde_json::from_str(&dir.stdout(&args)).unwrap()
    };
    assert_eq!(json(&["--labels-map", "map.csv"])["accuracy"]["value"], 1.0);
    let all = json(&["--labels-map", "map.csv", "--threshold", "0"]);
    assert_eq!(all["boilerplate"]["content_words_lost_ratio"]["value"], 1.0);
    let done = dir.run(&["evaluate", "gold.csv"]);
    done.fails(1, &["gold.csv:6:15", "unknown label `legal`", "copyright"]);
}

#[test]
fn broken_labelled_data_names_file_line_and_column() {
    let dir = Workdir::new();
    dir.write("a.csv", "document,label,words\n1,body,x\n");
    dir.run(&["evaluate", "a.csv"]).fails(1, &["a.csv:1", "missing column `text`", "words"]);
    dir.write("b.csv", "document,label,text\n1,body,x\n2,body,\"never closed\n\n");
    dir.run(&["evaluate", "b.csv"]).fails(1, &["b.csv:3:8", "quote"]);
    dir.write("c.csv", "document,label,text\n");
    dir.run(&["evaluate", "c.csv"]).fails(1, &["label"]);
    dir.run(&["evaluate", "missing.csv"]).fails(1, &["missing.csv"]);
    dir.run(&["evaluate"]).fails(2, &["<INPUT>"]);
}
