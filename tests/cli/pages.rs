//! Web pages in `classify`, `clean` and `explain`, with the embedded model.

use std::io::Write as _;

use serde_json::Value;

use crate::workdir::{Done, Workdir};

/// An article with a menu, teasers and a copyright line around it.
pub const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>Winter ferry stays - Harbour Post</title>\
    </head><body><header><nav class=menu><ul><li><a href=/>Home</a><li><a href=/news>News</a><li>\
    <a href=/sport>Sport</a></ul></nav></header><main><article class=post><h1>Winter ferry stays</h1>\
    <div class=entry-content><p>The county board voted on Monday to pay for another winter of ferry \
    service across the sound, the harbour master said.</p><p>&ldquo;Nobody had expected so many \
    people in the room,&rdquo; said Ruth Adeyemi, who has crossed the water every day for nine \
    years.</p><p>The early boat leaves at seven and costs four dollars, as it did last winter.</p>\
    </div></article></main><aside class=related><h3>Related</h3><ul><li><a href=/a>Bridge closed \
    after storm</a><li><a href=/b>Boats for sale</a></ul></aside><footer class=site-footer><p>&copy; \
    2023 Harbour Post. All rights reserved.</p></footer></body></html>";

pub fn run(dir: &Workdir, arguments: &[&str]) -> Done {
    dir.run_with(dir.bare_command(arguments), b"")
}

#[track_caller]
fn assert_clean(text: &str) {
    for kept in ["The county board voted", "“Nobody had expected", "The early boat"] {
        assert!(text.contains(kept), "`{kept}` is lost from {text}");
    }
    for dropped in ["Home", "Sport", "Bridge closed", "All rights reserved"] {
        assert!(!text.contains(dropped), "`{dropped}` stays in {text}");
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn the_article_comes_out_of_files_folders_streams_and_records() {
    let dir = Workdir::new();
    dir.write("pages/a.html", PAGE);
    dir.write("pages/b.htm.gz", gzip(PAGE));
    let folder = run(&dir, &["clean", "pages"]).ok();
    let articles: Vec<&str> = folder.split('\u{c}').collect();
    assert_eq!(articles.len(), 2, "{folder}");
    articles.iter().for_each(|article| assert_clean(article));
    assert_clean(&dir.run_with(dir.bare_command(&["clean", "-"]), PAGE.as_bytes()).ok());
    dir.write("crawl.jsonl", serde_json::json!({"id": "a", "html": PAGE}).to_string() + "\n");
    assert_clean(&run(&dir, &["clean", "crawl.jsonl"]).ok());
}

#[test]
fn blocks_are_labelled_with_their_place_in_the_source() {
    let dir = Workdir::new();
    dir.write("a.html", PAGE);
    let record: Value =
        serde_json::from_str(&run(&dir, &["classify", "a.html", "--format", "jsonl"]).ok())
            .unwrap();
    assert_eq!((&record["source"], &record["language"]), (&"html".into(), &"en".into()));
    let blocks = record["paragraphs"].as_array().unwrap();
    let block = |text: &str| {
        let mut found =
            blocks.iter().filter(|block| block["text"].as_str().unwrap().starts_with(text));
        found.next().unwrap_or_else(|| panic!("no block `{text}`"))
    };
    let quote = block("“Nobody");
    let [start, end] = ["start", "end"].map(|at| quote[at].as_u64().unwrap() as usize);
    assert!(PAGE[start..end].starts_with("&ldquo;Nobody") && PAGE[start..end].ends_with("years."));
    for (text, label) in [("“Nobody", "body"), ("Home", "navigation"), ("© 2023", "copyright")] {
        assert_eq!(block(text)["label"], label, "{text}");
    }
    let text = run(&dir, &["classify", "a.html"]).ok();
    assert!(text.contains("en, web page, "), "{text}");
}

#[test]
fn what_is_no_page_is_an_error_and_the_others_follow() {
    let dir = Workdir::new();
    dir.write("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    dir.write("b.html", PAGE);
    let done = run(&dir, &["clean", "a.html", "b.html"]);
    assert_clean(&done.fails(1, &["a.html"]).stdout);
}

#[test]
fn a_model_for_the_other_kind_of_document_is_refused() {
    let dir = Workdir::with_article();
    dir.write("gold.jsonl", serde_json::json!({"id": "a", "text": "b", "html": PAGE}).to_string());
    dir.write("own.csv", "document,index,label,text\na,0,body,Some text.\n");
    let html = concat!(env!("CARGO_MANIFEST_DIR"), "/models/html.json");
    let text = concat!(env!("CARGO_MANIFEST_DIR"), "/models/text.json");
    run(&dir, &["evaluate", "own.csv", "--model", html]).fails(2, &["for text", "for html"]);
    run(&dir, &["evaluate", "--pages", "gold.jsonl", "--model", text]).fails(2, &["for html"]);
    run(&dir, &["evaluate", "--pages", "gold.jsonl", "--model", "own.csv"]).fails(2, &["own.csv"]);
    assert_clean(&{
        dir.write("a.html", PAGE);
        run(&dir, &["clean", "a.html", "--model", html]).ok()
    });
}

#[test]
fn a_model_of_pages_with_other_columns_is_refused() {
    let dir = Workdir::new();
    dir.write("a.html", PAGE);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/models/html.json");
    let model = std::fs::read_to_string(path).unwrap();
    let changed = model.replacen("[\"group1_content\",", "[\"group_content\",", 1);
    assert_ne!(changed, model);
    dir.write("changed.json", changed);
    for command in ["clean", "classify", "explain"] {
        let done = run(&dir, &[command, "a.html", "--model", "changed.json"]);
        let parts = [
            "changed.json",
            "second pass",
            "expected column `group1_content`",
            "found `group_content`",
        ];
        assert_eq!(done.fails(2, &parts).stdout, "", "{command}");
    }
}
