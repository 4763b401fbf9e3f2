//! Whole pages and what they say of themselves.

use super::super::read_page;
use super::{Metadata, Origin};

fn metadata(source: &str) -> Metadata {
    read_page(source).metadata().clone()
}

fn said<T: Clone>(property: &Option<super::Property<T>>) -> Option<(T, Origin)> {
    property.as_ref().map(|property| (property.value.clone(), property.origin))
}

fn title(source: &str) -> Option<(String, Origin)> {
    said(&metadata(source).title)
}

const ARTICLE: &str = r##"<html lang="en-gb"><head>
<title>Bridge closed after storm - Harbour Post</title>
<meta property="og:title" content="Bridge closed &amp; harbour empty">
<meta property="og:site_name" content="Harbour Post">
<meta name="description" content="The bridge is closed.">
<link rel="alternate" href="https://harbour.example/feed"><link href="https://harbour.example/bridge" rel="canonical">
<script>var x = {"@type": "NewsArticle", "headline": "No"};</script>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "Harbour Post"},
  {"@type": ["NewsArticle", "Thing"], "headline": "The bridge closed after the storm",
   "author": [{"@id": "#ann"}, {"@type": "Person", "name": ["Bo Sample"]}, "Cy Andrews"],
   "publisher": {"@id": "#post"}, "datePublished": "2023-11-27T10:00:00+0000",
   "dateModified": "2023-11-28", "articleSection": ["Local", "Weather"], "inLanguage": "en",
   "isAccessibleForFree": false, "copyrightYear": 2023, "dateline": "PORT EXAMPLE",
   "articleBody": "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"},
  {"@type": "Person", "@id": "#ann", "name": "Ann Example"},
  {"@type": "NewsMediaOrganization", "@id": "#post", "name": "Harbour Post Ltd",
   "ethicsPolicy": "https://harbour.example/ethics", "masthead": {"@id": "https://harbour.example/masthead"}}
]}</script></head><body>
<h1>Section</h1><h1>Bridge closed after storm</h1><h2>Later</h2>
<p>Text.</p></body></html>"##;

#[test]
fn an_article_says_who_wrote_it_and_when() {
    let found = metadata(ARTICLE);
    let text = |value: &str, origin| Some((value.to_owned(), origin));
    assert_eq!(said(&found.title), text("Bridge closed after storm", Origin::Heading));
    let authors = ["Ann Example", "Bo Sample", "Cy Andrews"].map(str::to_owned).to_vec();
    assert_eq!(said(&found.authors), Some((authors, Origin::JsonLd)));
    assert_eq!(said(&found.published), text("2023-11-27T10:00:00Z", Origin::JsonLd));
    assert_eq!(said(&found.modified), text("2023-11-28", Origin::JsonLd));
    assert_eq!(said(&found.site_name), text("Harbour Post", Origin::OpenGraph));
    assert_eq!(said(&found.publisher), text("Harbour Post Ltd", Origin::JsonLd));
    assert_eq!(said(&found.canonical_url), text("https://harbour.example/bridge", Origin::Link));
    assert_eq!(said(&found.language), text("en", Origin::JsonLd));
    assert_eq!(said(&found.section), text("Local", Origin::JsonLd));
    assert_eq!(said(&found.description), text("The bridge is closed.", Origin::Meta));
    assert_eq!(said(&found.kind), text("NewsArticle", Origin::JsonLd));
    assert_eq!(said(&found.article_body), text("One.\nTwo.", Origin::JsonLd));
    let properties: Vec<_> =
        found.properties.iter().map(|(name, found)| (*name, found.value.as_str())).collect();
    assert_eq!(
        properties,
        [
            ("copyrightYear", "2023"),
            ("dateline", "PORT EXAMPLE"),
            ("ethicsPolicy", "https://harbour.example/ethics"),
            ("isAccessibleForFree", "false"),
            ("masthead", "https://harbour.example/masthead"),
        ]
    );
}

#[test]
fn metadata_are_written_with_their_origins_and_null_where_absent() {
    let found = serde_json::to_value(metadata("<html lang=de_AT><title>Bridge</title>")).unwrap();
    assert_eq!(
        found,
        serde_json::json!({
            "title": {"value": "Bridge", "origin": "title_element"},
            "authors": null, "published": null, "modified": null, "site_name": null,
            "canonical_url": null, "language": {"value": "de-AT", "origin": "html"},
            "publisher": null, "section": null, "description": null, "kind": null,
            "properties": {},
        })
    );
}

#[test]
fn the_title_is_told_from_the_site_and_from_sections() {
    for (source, expected, origin) in [
        (
            "<title>Bridge closed - Harbour Post</title><meta property=og:site_name content='Harbour Post'>",
            "Bridge closed",
            Origin::TitleElement,
        ),
        (
            "<title>Harbour Post | Bridge closed</title><h1>Bridge closed</h1>",
            "Bridge closed",
            Origin::Heading,
        ),
        (
            "<meta property=og:title content='Bridge - closed'><h1>News</h1><h1>Sport</h1>",
            "Bridge - closed",
            Origin::OpenGraph,
        ),
        (
            "<title>Bridge closed after storm</title><h1>Bridge</h1><h1>Storm</h1>",
            "Bridge closed after storm",
            Origin::TitleElement,
        ),
        (
            "<title>Bridges</title><h1>The bridge is closed</h1>",
            "The bridge is closed",
            Origin::Heading,
        ),
        (
            "<meta name=twitter:title content='Bridge closed'><h1>News</h1>",
            "Bridge closed",
            Origin::Meta,
        ),
        (
            "<title>Bridge closed</title><nav><h1>Bridge closed today</h1></nav>",
            "Bridge closed",
            Origin::TitleElement,
        ),
    ] {
        assert_eq!(title(source), Some((expected.to_owned(), origin)), "{source}");
    }
    let page = read_page(ARTICLE);
    let block = page.title_block("Bridge closed after storm").map(|index| &page.blocks[index]);
    assert_eq!(
        block.map(|block| &page.text[block.text.clone()]),
        Some("Bridge closed after storm")
    );
    assert_eq!(page.title_block("Later on"), None);
    assert_eq!(page.title_block(""), None);
}

#[test]
fn clean_text_leaves_out_nothing_but_the_title() {
    // A section's heading that says nearly the same stays; a first-degree heading is the title.
    let near = "<title>How the old bridge over the river Arn was built and closed</title>\
                <h2>How the old bridge over the river Arn was built</h2><p>It was.";
    let page = read_page(near);
    assert_eq!(page.metadata().title_block, Some(0));
    assert_eq!(page.own_title(), None);
    assert_eq!(read_page(&near.replace("h2", "h1")).own_title(), Some(0));
    let exact = "<title>Bridge closed</title><h2>Bridge closed</h2><p>It was.";
    assert_eq!(read_page(exact).own_title(), Some(0));
    let elsewhere =
        near.replace("<p>It was", "<p>How the old bridge over the river Arn was built and closed");
    assert_eq!(read_page(&elsewhere).own_title(), Some(1));
}

#[test]
fn what_a_reader_sees_counts_where_the_head_is_silent() {
    let authors = |source: &str| {
        said(&metadata(source).authors).map(|(names, origin)| (names.join("; "), origin))
    };
    let head = "<title>Bridge closed today</title><h1>Bridge closed today</h1>";
    for (body, expected, origin) in [
        (
            "<p><span class=byline>By <span>Ann Example</span></span> in Port",
            "Ann Example",
            Origin::Byline,
        ),
        (
            "<div class='post-author'><p>Ann Example</p><p>Bo</p></div>",
            "Ann Example",
            Origin::Byline,
        ),
        (
            "<p><a rel=author href=/a>Ann Example</a>, <a rel='author' href=/b>Bo Sample</a>",
            "Ann Example; Bo Sample",
            Origin::RelAuthor,
        ),
        ("<p><a href=/author/ann>Ann Example</a>", "Ann Example", Origin::AuthorLink),
        (
            "<span itemprop=author><span itemprop=name>annie</span></span>",
            "annie",
            Origin::Itemprop,
        ),
        ("<p>By Ann Example</p><p>Text", "Ann Example", Origin::Byline),
    ] {
        assert_eq!(
            authors(&format!("{head}{body}")),
            Some((expected.to_owned(), origin)),
            "{body}"
        );
    }
    for body in [
        "<p class=comment-author>Ann Example",
        "<footer><a rel=author>Ann Example</a></footer>",
        "<p>By Ann Example</p><p>Text",
    ] {
        assert_eq!(authors(body), None, "{body}");
    }
    let published = |body: &str| said(&metadata(&format!("{head}{body}")).published);
    for (body, expected, origin) in [
        ("<time datetime=2023-11-27>Monday</time>", "2023-11-27", Origin::TimeElement),
        ("<p><time>Nov. 27, 2023</time> by Ann", "2023-11-27", Origin::TimeElement),
        ("<span class=post-date>27 November 2023</span>", "2023-11-27", Origin::DateClass),
        (
            "<span itemprop=datePublished content=2023-11-27>x</span>",
            "2023-11-27",
            Origin::Itemprop,
        ),
        ("<p>Updated Nov 29, 2023<p>Ann, 27 November 2023", "2023-11-27", Origin::Text),
        (
            "<link rel=canonical href=https://harbour.example/2023/11/27/x>",
            "2023-11-27",
            Origin::Address,
        ),
    ] {
        assert_eq!(published(body), Some((expected.to_owned(), origin)), "{body}");
    }
}

#[test]
fn json_ld_that_is_wrong_is_passed_over() {
    let script = |text: &str| {
        metadata(&format!(
            "<title>Bridge</title><script type='application/ld+json'>{text}</script>"
        ))
    };
    for text in [
        "",
        "no",
        "null",
        "[]",
        "[[[]]]",
        "{\"@type\": 3}",
        "{\"@type\": \"NewsArticle\", \"headline\": {}}",
        "{\"@type\": \"NewsArticle\", \"author\": [null, 3, [], {\"name\": {}}], \"headline\": []}",
        "{\"@id\": \"#a\", \"@type\": \"NewsArticle\", \"author\": {\"@id\": \"#a\"}}",
        "{\"@type\": \"NewsArticle\", \"datePublished\": \"\u{fffd}\u{fffd}\"}",
    ] {
        let found = script(text);
        assert_eq!(said(&found.title), Some(("Bridge".to_owned(), Origin::TitleElement)), "{text}");
        assert_eq!(said(&found.published), None, "{text}");
    }
    let escaped = "<script type='application/ld&#x2B;json'>{\"@type\": \"Report\", \"headline\": \"a\nb\"}</script>";
    assert_eq!(title(escaped), Some(("a b".to_owned(), Origin::JsonLd)));
    let deep = format!("{}{}", "{\"mainEntity\":".repeat(100), "}".repeat(100));
    assert_eq!(said(&script(&deep).kind), None);
    assert_eq!(said(&script(&"[".repeat(1 << 20)).kind), None);
    let many = format!("[{}0]", "{\"@type\": \"WebPage\"},".repeat(50_000));
    assert_eq!(said(&script(&many).kind), Some(("WebPage".to_owned(), Origin::JsonLd)));
}

#[test]
fn pages_made_to_be_large_end_in_a_result() {
    let metas = "<meta name=author content='Ann Example'><meta name=date content=x>".repeat(20_000);
    let found = metadata(&metas);
    assert_eq!(found.authors.map(|found| found.value), Some(vec!["Ann Example".to_owned()]));
    let twice = "<meta property=og:title content=One><meta property=og:title content=Two>";
    assert_eq!(title(twice), Some(("One".to_owned(), Origin::OpenGraph)));
    let bylines = "<span class=byline>By ".repeat(20_000);
    assert!(metadata(&bylines).title.is_none());
    let nested = format!("<h1>Bridge closed</h1>{}Ann", "<div class=author>".repeat(20_000));
    assert!(metadata(&nested).authors.is_none());
    let separators = format!("<title>{}</title>", " - ".repeat(100_000));
    let _ = metadata(&separators);
    let replaced =
        "<meta \u{fffd}name=author\u{fffd} content='\u{fffd}'><title>\u{fffd}</title><h1>\u{fffd}";
    let _ = metadata(replaced);
    let headings =
        "<title>Bridge closed</title>".to_owned() + &"<h1>Bridge closed</h1>".repeat(20_000);
    assert_eq!(read_page(&headings).title_block("Bridge closed"), Some(0));
    assert_eq!(title(&headings).map(|(title, _)| title).as_deref(), Some("Bridge closed"));
}
