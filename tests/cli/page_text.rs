//! What `clean`, `classify` and `explain` give from a page: title, metadata, readable text,
//! `articleBody`. The embedded model labels, at a threshold that keeps all there is: what is tested
//! does not hang on the model then.

use serde_json::{Value, json};

use crate::workdir::{Done, Workdir, assert_text};

/// The example page of the repository.
const EXAMPLE: &str = include_str!("../../examples/pages/ferry.html");
const TITLE: &str = "Winter ferry stays, at a price";

fn run(dir: &Workdir, arguments: &[&str]) -> Done {
    dir.run_with(dir.bare_command(&[arguments, &["--threshold", "1"]].concat()), b"")
}

/// The head of the example page, its title and its article.
fn page() -> String {
    let (head, rest) = EXAMPLE.split_once("<header").unwrap();
    let article = &rest[rest.find("<div class=\"article-body\">").unwrap()..];
    let article = &article[..article.find("</div>").unwrap()];
    format!("{head}<main><h1>{TITLE}</h1>{article}</div></main></body></html>")
}

fn with_page() -> Workdir {
    let dir = Workdir::new();
    dir.write("a.html", page());
    dir
}

#[track_caller]
fn record(dir: &Workdir, arguments: &[&str]) -> Value {
    serde_json::from_str(&run(dir, arguments).ok()).unwrap()
}

/// Words of all counts of `dropped`.
fn dropped_words(record: &Value) -> u64 {
    let counts = record["dropped"].as_object().unwrap().values();
    counts.map(|count| count["words"].as_u64().unwrap()).sum()
}

const BODY: &str = "\
The county board voted 5 to 2 on Monday to pay for another winter of ferry service across the sound, and to raise the fares that islanders pay for it.
“They asked for a way to get to the hospital by seven, and nobody on this board had another one to offer them,” said Ruth Adeyemi, who spoke for the majority.
What changes in January
The board settled three things before it went home, and left the fourth to the harbour master:
- The early boat leaves at 6:40, ten minutes later than before.
- Bicycles travel free of charge on two boats:
  - the early one on weekdays,
  - the noon boat on Saturdays.
- Islanders who bought a pass for the winter keep the old fare until March.
The fares that take effect on 2 January are those that the operator had asked for in the spring:
Passenger | Old fare | New fare
Adult | $3.80 | $4.10
Child under 12 | $1.90 | $2.00
The operator said that it would publish the timetable by the end of the month, once the crews had agreed to it.
";

#[test]
fn text_of_a_page_is_readable_and_leaves_the_title_out() {
    let dir = with_page();
    assert_text(&run(&dir, &["clean", "a.html"]).ok(), BODY);
    let text = run(&dir, &["clean", "a.html", "--with-title"]).ok();
    assert_text(&text, &format!("{TITLE}\n{BODY}"));
    let record = record(&dir, &["clean", "a.html", "--format", "jsonl"]);
    assert_eq!(record["title"], TITLE);
    assert_eq!(record["text"], BODY.trim_end());
}

#[test]
fn words_kept_and_dropped_add_up_with_and_without_the_title() {
    let dir = with_page();
    let classified = record(&dir, &["classify", "a.html", "--format", "jsonl"]);
    let all: usize = classified["paragraphs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|block| block["text"].as_str().unwrap().split_whitespace().count())
        .sum();
    let clean = |flags: &[&str]| {
        let record = record(&dir, &[&["clean", "a.html", "--format", "jsonl"], flags].concat());
        let kept = record["kept"]["words"].as_u64().unwrap();
        assert_eq!(kept + dropped_words(&record), all as u64, "{flags:?}");
        kept
    };
    let title = TITLE.split_whitespace().count() as u64;
    assert_eq!(clean(&[]) + title, clean(&["--with-title"]));
    run(&dir, &["clean", "a.html", "--dropped", "d.jsonl", "-o", "a.txt"]).ok();
    let has_title = |text: String| text.lines().any(|line| line.contains(TITLE));
    assert!(has_title(dir.read("d.jsonl")), "the title that is left out is listed");
    run(&dir, &["clean", "a.html", "--dropped", "d.jsonl", "-o", "a.txt", "--with-title"]).ok();
    assert!(!has_title(dir.read("d.jsonl")));
}

#[test]
fn a_title_is_put_in_even_if_no_block_shows_it() {
    let dir = Workdir::new();
    dir.write("a.html", page().replace(&format!("<h1>{TITLE}</h1>"), ""));
    assert_text(&run(&dir, &["clean", "a.html"]).ok(), BODY);
    let text = run(&dir, &["clean", "a.html", "--with-title"]).ok();
    assert_text(&text, &format!("{TITLE}\n{BODY}"));
    let markdown = run(&dir, &["clean", "a.html", "--with-title", "--format", "markdown"]).ok();
    assert!(markdown.starts_with(&format!("# {TITLE}\n\nThe county board")), "{markdown}");
}

#[test]
fn a_title_that_is_all_there_is_stays() {
    let dir = Workdir::new();
    let post =
        "The winter ferry stays, the county board voted on Monday, and fares will rise in May.";
    let page = format!("<title>{post}</title><main><article><h1>{post}</h1></article></main>");
    dir.write("a.html", page);
    assert_eq!(run(&dir, &["clean", "a.html"]).ok(), format!("{post}\n"));
}

#[test]
fn the_title_of_a_text_is_put_in_front_unless_it_is_there() {
    let dir = Workdir::new();
    let first = "The council voted on Monday to keep the ferry running, the mayor said.";
    let lines = |text: &str, title: &str, flags: &[&str]| {
        dir.write("a.jsonl", json!({"text": text, "title": title}).to_string());
        run(&dir, &[&["clean", "a.jsonl"], flags].concat()).ok()
    };
    let with = ["--with-title"];
    assert_eq!(lines(first, "Ferry stays", &[]), format!("{first}\n"));
    assert_eq!(lines(first, "Ferry stays", &with), format!("Ferry stays\n{first}\n"));
    assert_eq!(lines(first, "the Council voted", &with), format!("{first}\n"));
    dir.write("a.txt", format!("{first}\n"));
    assert_eq!(run(&dir, &["clean", "a.txt", "--with-title"]).ok(), format!("{first}\n"));
}

#[test]
fn markdown_has_headings_lists_quotations_and_tables() {
    let dir = with_page();
    let markdown = run(&dir, &["clean", "a.html", "--format", "markdown"]).ok();
    for part in [
        "\n\n> “They asked for a way",
        "\n\n## What changes in January\n\n",
        "\n\n- The early boat leaves",
        ":\n  1. the early one on weekdays,\n  2. the noon boat on Saturdays.\n- Islanders",
        "\n\n| Passenger | Old fare | New fare |\n| --- | --- | --- |\n| Adult | $3.80 | $4.10 |\n",
    ] {
        assert!(markdown.contains(part), "no {part:?} in {markdown}");
    }
    assert!(markdown.starts_with("The county board"), "{markdown}");
    dir.write("in/b.txt", "One *line* of an article that somebody wrote, the mayor said today.\n");
    dir.write("in/a.html", page());
    run(&dir, &["clean", "in", "--format", "markdown", "--output", "out/"]).ok();
    assert_eq!(dir.read("out/a.html.md"), markdown);
    assert!(dir.read("out/b.txt.md").starts_with("One \\*line\\* of"));
}

#[test]
fn only_clean_gives_markdown() {
    let dir = with_page();
    for command in ["classify", "explain"] {
        let done = run(&dir, &[command, "a.html", "--format", "markdown"]);
        done.fails(2, &[command, "clean --format markdown", "Formats here: text, json"]);
    }
    run(&dir, &["classify", "a.html", "--format", "xml"]).fails(2, &["xml", "text, json"]);
}

#[test]
fn records_hold_what_the_page_says_of_itself() {
    let dir = with_page();
    for (command, format) in [("classify", "jsonl"), ("clean", "jsonl"), ("explain", "json")] {
        let record = record(&dir, &[command, "a.html", "--format", format]);
        assert_eq!(record["title"], TITLE, "{command}");
        let metadata = &record["metadata"];
        assert_eq!(metadata["authors"], json!({"value": ["Ines Calloway"], "origin": "json_ld"}));
        assert_eq!(metadata["published"]["value"], "2023-11-14T06:30:00-05:00");
        assert_eq!(metadata["site_name"]["origin"], "open_graph");
        assert_eq!(metadata["canonical_url"]["origin"], "link");
    }
    dir.write("r.jsonl", json!({"html": page(), "title": "Its own"}).to_string());
    let own = record(&dir, &["classify", "r.jsonl", "--format", "jsonl"]);
    assert_eq!(
        (&own["title"], &own["metadata"]["title"]["value"]),
        (&json!("Its own"), &json!(TITLE))
    );
    dir.write("a.txt", "Some text.\n");
    assert_eq!(record(&dir, &["clean", "a.txt", "--format", "jsonl"])["metadata"], Value::Null);
    let csv = run(&dir, &["clean", "a.html", "--format", "csv"]).ok();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let place = |name: &str| reader.headers().unwrap().iter().position(|h| h == name).unwrap();
    let [title, published, authors] = ["title", "published", "authors"].map(place);
    let row = reader.records().next().unwrap().unwrap();
    let found = [&row[title], &row[published], &row[authors]];
    assert_eq!(found, [TITLE, "2023-11-14T06:30:00-05:00", "Ines Calloway"]);
}

/// A page that hands its article over in JSON-LD and shows `shown`.
fn with_body(body: &str, shown: &str) -> String {
    let data = json!({"@type": "NewsArticle", "headline": TITLE, "articleBody": body});
    format!(
        "<title>{TITLE}</title><script type=application/ld+json>{data}</script><h1>{TITLE}</h1>\
         <article>{shown}</article>"
    )
}

/// The paragraphs of an article that is long enough for its `articleBody` to say something.
fn paragraphs() -> Vec<String> {
    let of = |day| {
        format!(
            "On {day} the county board met in the old town hall to speak about the ferry, and \
             every member of the public who wanted to be heard on {day} was heard."
        )
    };
    ["Monday", "Tuesday", "Thursday"].map(of).to_vec()
}

#[test]
fn article_body_confirms_what_is_shown_and_fills_what_is_not() {
    let paragraphs = paragraphs();
    let shown = format!("<p>{}</p>", paragraphs.join("</p><p>"));
    let dir = Workdir::new();
    let clean = |page: &str, flags: &[&str]| {
        dir.write("a.html", page);
        record(&dir, &[&["clean", "a.html", "--format", "jsonl"], flags].concat())
    };
    let markup = paragraphs.iter().map(|p| format!("&lt;p&gt;{p}&lt;/p&gt;")).collect::<String>();
    let page = with_body(&markup, "<p>Subscribe to read this story.</p>");

    let record = clean(&with_body(&paragraphs.join(" "), &shown), &[]);
    assert_eq!(
        record["article_body"],
        json!({"origin": "json_ld", "state": "confirmed", "share": 1.0})
    );
    assert_eq!(record["text"], paragraphs.join("\n"));

    let record = clean(&page, &[]);
    assert_eq!(
        record["article_body"],
        json!({"origin": "json_ld", "state": "filled", "share": 0.0})
    );
    assert_eq!(record["text"], paragraphs.join("\n"));
    let words = paragraphs.join(" ").split_whitespace().count();
    assert_eq!(record["kept"], json!({"paragraphs": 3, "words": words}));
    // All that the page shows was left out, its title too.
    assert_eq!(dropped_words(&record), 5 + TITLE.split_whitespace().count() as u64);
    let titled = clean(&page, &["--with-title"]);
    assert_eq!(titled["text"], format!("{TITLE}\n{}", paragraphs.join("\n")));

    let part = "<p>On Monday the county board met in the old town hall.</p>";
    let record = clean(&with_body(&paragraphs.join(" "), part), &[]);
    assert_eq!(record["article_body"]["state"], "differs");
    assert_eq!(clean(&with_body("Too short to say.", &shown), &[])["article_body"], Value::Null);
    assert_eq!(clean(&shown, &[])["article_body"], Value::Null);
}

#[test]
fn who_asks_for_no_body_gets_none_and_is_told_nothing_of_it() {
    let paragraphs = paragraphs();
    let dir = Workdir::new();
    let shown = format!("<p>{}</p>", paragraphs.join("</p><p>"));
    dir.write("shown.html", with_body(&paragraphs.join(" "), &shown));
    dir.write("hidden.html", with_body(&paragraphs.join(" "), "<p>Subscribe to read this story."));
    let of = |page: &str, keep: &str, format: &str| {
        run(&dir, &["clean", page, "--keep", keep, "--format", format]).ok()
    };
    for page in ["shown.html", "hidden.html"] {
        for keep in ["copyright", "heading", "heading,caption,navigation"] {
            for format in ["text", "markdown", "csv", "json", "jsonl"] {
                let out = of(page, keep, format);
                assert!(!out.contains("old town hall"), "{page}, {keep}, {format}: {out}");
            }
            let record: Value = serde_json::from_str(&of(page, keep, "jsonl")).unwrap();
            assert_eq!(record["article_body"], Value::Null, "{page}, {keep}");
        }
    }
    for format in ["text", "markdown", "csv", "json", "jsonl"] {
        let out = of("hidden.html", "body,caption", format);
        assert_eq!(out.matches("old town hall").count(), paragraphs.len(), "{format}: {out}");
    }
}

#[test]
fn a_terminal_report_names_authors_date_and_site() {
    let dir = with_page();
    let text = run(&dir, &["classify", "a.html"]).ok();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(format!("a.html “{TITLE}”").as_str()));
    let said = "by Ines Calloway · 2023-11-14 · changed 2023-11-15 · Saltmarsh Gazette";
    assert_eq!(lines.next(), Some(said));
}
