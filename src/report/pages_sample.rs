//! A small evaluation of extraction for the tests of reports: five pages of three sites, with names
//! and texts that try to break out of a table.

use crate::document::GoldPage;
use crate::error::{Error, Result};
use crate::evaluate::pages::{PageEvaluation, PageSet, score_page};

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
            text: text.to_owned(),
            must_include: vec!["the old ferry line".to_owned()],
            must_exclude: if kind == "forum" { Vec::new() } else { vec!["Share this".to_owned()] },
        };
        score_page(&gold, extracted)
    };
    let menu = "Home | News | Sport\n*Subscribe* to <b>our</b> `letter`\n";
    let set = PageSet {
        name: "sample `one`".to_owned(),
        extraction: "a sample of the tests".to_owned(),
        method: None,
        model_fingerprint: None,
        pages: vec![
            page(
                "a|1",
                "harbour.example",
                "article",
                STORY,
                Ok(format!("{menu}{STORY}\nShare this")),
            ),
            page("b", "harbour.example", "article", STORY, Ok(menu.repeat(30))),
            page("c", "valley.example", "forum", STORY, Err(Error::data("the page is\ntoo deep"))),
            page(
                "d",
                "valley.example",
                "",
                "新しい橋が月曜日に開通した。",
                Ok("新しい橋が開通した。広告".into()),
            ),
            page("e", "tiny.example", "article", STORY, Ok(STORY.to_owned())),
        ],
    };
    PageEvaluation::new(set).expect("the sample has pages")
}
