//! The `train` program with labels of a user's own.

use std::process::Command;

use crate::workdir::{Done, Workdir};

fn train(dir: &Workdir, args: &[&str]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_train"));
    command.args(args).current_dir(dir.path("."));
    dir.run_with(command, b"")
}

/// Ten documents of five publishers, as CSV with a header.
fn data(header: &str, row: impl Fn(usize, usize, &str, &str) -> String) -> String {
    let mut csv = format!("{header}\n");
    let lines = [
        ("heading", "Board to vote on the bridge"),
        ("body", "The board met on Monday and heard from people who live by the river, it said."),
        ("body", "No one asked for the old bridge to be kept, the chair told the meeting later."),
        ("share", "Share this on Facebook"),
        ("legal", "All rights reserved"),
    ];
    for document in 0..10 {
        for (index, (label, text)) in lines.iter().enumerate() {
            csv += &row(document, index, label, text);
            csv.push('\n');
        }
    }
    csv
}

const MAP: &str = "from,to\nshare,share_prompt\nlegal,copyright\n";
const HEADER: &str = "document,publisher,index,label,text";

fn full(document: usize, index: usize, label: &str, text: &str) -> String {
    format!("d{document},p{}.example,{index},{label},\"{text} {document}\"", document % 5)
}

#[test]
fn own_labels_give_a_model_that_classify_uses_the_same_each_time() {
    let dir = Workdir::new();
    dir.write("own.csv", data(HEADER, full));
    dir.write("map.csv", MAP);
    for folder in ["one", "two"] {
        let args = ["--data", "own.csv", "--labels-map", "map.csv", "--output", folder, "--quiet"];
        let done = train(&dir, &[&args[..], &["--report", "report"]].concat());
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    }
    assert_eq!(dir.read("one/text.json"), dir.read("two/text.json"));
    assert!(dir.read("one/text.md").contains("| share_prompt | 10 |"));
    assert!(dir.read("report/evaluation.md").contains("training data"));
    assert!(dir.read("report/run.md").contains("| time |"));
    let command = dir.bare_command(&["evaluate", "own.csv", "--format", "json"]);
    let evaluate = |mut command: Command| {
        command.args(["--labels-map", "map.csv", "--model", "one/text.json", "--aggressive"]);
        serde_json::from_str::<serde_json::Value>(&dir.run_with(command, b"").ok()).unwrap()
    };
    assert_eq!(evaluate(command)["boilerplate"]["counts"]["true_positive"], 20);
}

#[test]
fn an_empty_label_or_target_makes_context() {
    let dir = Workdir::new();
    let row = |d, i, label: &str, text: &str| full(d, i, if i == 2 { "" } else { label }, text);
    dir.write("own.csv", data(HEADER, row));
    dir.write("map.csv", "from,to\nshare,share_prompt\nlegal,\n");
    let args = ["--data", "own.csv", "--labels-map", "map.csv", "--output", "m", "--report", "r"];
    let done = train(&dir, &args);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stderr.contains("30 labelled paragraphs"), "{}", done.stderr);
}

#[test]
fn without_publishers_the_split_is_by_document_with_a_warning() {
    let dir = Workdir::new();
    let row =
        |d: usize, i: usize, label: &str, text: &str| format!("d{d},{i},{label},\"{text} {d}\"");
    dir.write("own.csv", data("document,index,label,text", row));
    dir.write("map.csv", MAP);
    let args = ["--data", "own.csv", "--labels-map", "map.csv", "--output", "m", "--report", "r"];
    let done = train(&dir, &args);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stderr.contains("warning: the data names no publisher"), "{}", done.stderr);
}

#[test]
fn data_that_cannot_be_trained_on_is_explained() {
    let dir = Workdir::new();
    let call = |flags: &[&str]| train(&dir, &[&["--report", "r"][..], flags].concat());
    call(&[]).fails(2, &["no folder training-data here", "--data FILE --output DIR"]);
    call(&["--data", "own.csv"]).fails(2, &["--output"]);
    call(&["--data", "none.csv", "--output", "m"]).fails(1, &["none.csv"]);
    dir.write("own.csv", data(HEADER, full));
    call(&["--data", "own.csv", "--output", "m"])
        .fails(1, &["own.csv:5:", "unknown label `share`", "share_prompt"]);
    dir.write("map.csv", "from,to\nshare,\nlegal,\nheading,\n");
    call(&["--data", "own.csv", "--output", "m", "--labels-map", "map.csv"])
        .fails(1, &["all labelled paragraphs are body", "at least two labels"]);
    dir.write("map.csv", "from,to\nshare,\nlegal,\nheading,\nbody,\n");
    call(&["--data", "own.csv", "--output", "m", "--labels-map", "map.csv"])
        .fails(1, &["no paragraph has a label", "--labels-map"]);
    dir.write("map.csv", MAP);
    let folds = ["--data", "own.csv", "--output", "m", "--labels-map", "map.csv", "--folds"];
    call(&[&folds[..], &["2"]].concat()).fails(2, &["expected 3 to 16"]);
    call(&[&folds[..], &["12"]].concat()).fails(1, &["10 documents cannot fill 12 folds"]);
    assert!(!dir.path("m").exists(), "nothing is written by a call that fails");
}

/// A repository with pages in numbers of twelve sites, and the text model whose cues they need.
fn repository() -> Workdir {
    use smallprint::Label;
    use smallprint::document::html::read_page;
    use smallprint::featurize::cues::Cues;
    use smallprint::featurize::page::{Blocks, StoredBlocks};
    use smallprint::train::derived::{Origin, cues};
    use smallprint::train::pages::{DerivedPage, rows};

    let page = |site: usize| {
        let source = format!(
            "<nav><a href=/>Home {site}</a></nav><h1>Ferry {site} stays</h1><p>The council voted on \
             Monday to keep the ferry, the mayor of port {site} said.<p>Copyright {site}"
        );
        let (page, none) = (read_page(&source), Cues::default());
        let labels = [Label::Navigation, Label::Heading, Label::Body, Label::Copyright];
        DerivedPage {
            origin: 0,
            publisher: format!("{site:08x}"),
            labels: labels.map(Some).to_vec(),
            words: vec![2, 3, 13, 2],
            rows: StoredBlocks::of(&Blocks::new(&page, &none, &none)),
        }
    };
    let pages: Vec<DerivedPage> = (0..12).map(page).collect();
    let origin = Origin { name: "ports".into(), origin: "invented".into(), licence: "MIT".into() };
    let dir = Workdir::new();
    dir.write("training-data/derived/pages.gz", rows::encode(&[origin], &pages));
    dir.write("training-data/derived/page-cues.tsv", cues::to_text(&[]));
    dir.write("models/text.json", crate::model::json());
    dir
}

#[test]
fn the_model_of_pages_comes_with_card_and_report() {
    let dir = repository();
    let call =
        ["--only", "html", "-q", "--output", "m", "--report", "r", "--folds", "4", "--seed", "2"];
    train(&dir, &call).ok();
    let card = dir.read("m/html.md");
    for part in [
        "# Model card: `html`",
        "12 pages of 12 sites, 48 labelled blocks",
        "4 folds",
        "ports (12 pages)",
    ] {
        assert!(card.contains(part), "{part} in {card}");
    }
    let model: serde_json::Value = serde_json::from_str(&dir.read("m/html.json")).unwrap();
    let (provenance, report): (_, serde_json::Value) =
        (&model["provenance"], serde_json::from_str(&dir.read("r/pages.json")).unwrap());
    assert_eq!((&provenance["documents"], &provenance["folds"]), (&12.into(), &4.into()));
    assert_eq!(provenance["training_data"].as_str().unwrap().len(), 64);
    let near =
        provenance["pages"]["words_f1"].as_f64().unwrap() - report["words_f1"].as_f64().unwrap();
    assert!(near.abs() <= 5e-5, "{provenance} {report}");
    assert!(dir.read("r/pages.md").contains("Most frequent confusions"));
    assert!(dir.read("r/run.md").contains("| time |"));
    // Seed and folds are heard, and equal calls give equal files.
    train(&dir, &[&call[..3], &["--output", "n", "--report", "r"]].concat()).ok();
    assert!(dir.read("n/html.md").contains("3 folds"));
    train(&dir, &[&call[..], &["--output", "o"]].concat()).fails(2, &["--output"]);
    let again = call.map(|word| if word == "m" { "o" } else { word });
    train(&dir, &again).ok();
    assert_eq!(dir.read("o/html.json"), dir.read("m/html.json"));
    assert_eq!(dir.read("o/html.md"), card);
}

#[test]
fn flags_that_say_nothing_about_pages_are_refused() {
    let dir = repository();
    dir.write("map.csv", MAP);
    let call =
        |flags: &[&str]| train(&dir, &[&["--only", "html", "--output", "m"][..], flags].concat());
    call(&["--labels-map", "map.csv"]).fails(2, &["--labels-map", "web pages"]);
    call(&["--folds", "2"]).fails(2, &["expected 3 to 16"]);
    call(&["--data", "own.csv"]).fails(2, &["--only", "--data"]);
    call(&["--folds", "13"]).fails(1, &["12 publishers cannot fill 13 folds"]);
    for flag in [["--folds", "5"], ["--seed", "2"], ["--report", "r"], ["--labels-map", "map.csv"]]
    {
        train(&dir, &[&["--derive"][..], &flag].concat()).fails(2, &["--derive", flag[0]]);
    }
    assert!(!dir.path("m").exists(), "nothing is written by a call that fails");
    let bare = Workdir::new();
    train(&bare, &["--only", "html"]).fails(2, &["no folder training-data here"]);
    bare.write("training-data/a.csv", "document,label,text\n1,body,x\n");
    bare.write("models/text.json", crate::model::json());
    train(&bare, &["--only", "html"]).fails(1, &["training-data", "scripts/derive"]);
}
