//! A small evaluation of extraction for the tests of reports: five pages of three sites in two
//! files, with names and texts that try to break out of a table.

use super::evaluation_sample::evaluation;
use crate::document::GoldPage;
use crate::error::{Error, Result};
use crate::evaluate::pages::{
    BlockLabels, FitCounts, PageAblationRow, PageEvaluation, PageSet, ScoredFile, score_page,
};

const STORY: &str = "Ferry line to stay\n\nThe harbour board voted on Tuesday to keep the old ferry \
                     line running for a year.\n\nNobody on the board spoke against it.";

pub(crate) fn pages() -> PageEvaluation {
    let page = |id: &str, site: &str, kind: &str, text: &str, extracted: Result<String>| {
        let gold = GoldPage {
            id: id.to_owned(),
            url: (id != "b").then(|| format!("https://{site}/{id}?x=1|2")),
            site: Some(site.to_owned()),
            kind: (!kind.is_empty()).then(|| kind.to_owned()),
            html: String::new(),
            unreadable: None,
            text: text.to_owned(),
            must_include: vec!["the old ferry line".to_owned()],
            must_exclude: if kind == "forum" { Vec::new() } else { vec!["Share this".to_owned()] },
        };
        score_page(&gold, extracted)
    };
    let menu = "Home | News | Sport\n*Subscribe* to <b>our</b> `letter`\n";
    let pages = vec![
        page("a|1", "harbour.example", "article", STORY, Ok(format!("{menu}{STORY}\nShare this"))),
        page("b", "harbour.example", "article", STORY, Ok(menu.repeat(30))),
        page("c", "valley.example", "forum", STORY, Err(Error::data("the page is\ntoo deep"))),
    ];
    let other = vec![
        page(
            "d",
            "valley.example",
            "",
            "新しい橋が月曜日に開通した。",
            Ok("新しい橋が開通した。広告".into()),
        ),
        page("e", "tiny.example", "article", STORY, Ok(STORY.to_owned())),
    ];
    let file = |name: &str, pages| ScoredFile { name: name.to_owned(), pages };
    let set = PageSet {
        name: "sample `one`".to_owned(),
        extraction: "a sample of the tests".to_owned(),
        method: None,
        model_fingerprint: None,
        files: vec![file("../samples/on|e/pages.jsonl", pages), file("two.json", other)],
    };
    PageEvaluation::new(set).expect("the sample has pages")
}

/// The same with labels of blocks and what a part of the features is worth.
pub(crate) fn pages_with_labels() -> PageEvaluation {
    let mut pages = pages();
    let parts = ["all", "text", "markup", "first_pass"];
    pages.ablation = Some(parts.map(|part| PageAblationRow::new(part, &pages)).to_vec());
    pages.labels = Some(BlockLabels {
        whole: FitCounts { blocks: 50, right: 40 },
        inside: FitCounts { blocks: 1, right: 1 },
        part: FitCounts { blocks: 0, right: 0 },
        not_found: 3,
        without_page: 0,
        evaluation: evaluation(),
    });
    pages
}
