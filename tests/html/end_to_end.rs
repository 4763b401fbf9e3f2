//! Pages made to hurt, all the way from bytes to clean text: decoded, read, their metadata asked,
//! featurized, labelled twice, cleaned. An answer or a typed error, in time and memory that grow as
//! the page grows.

use std::time::Instant;

use smallprint::document::decode_page;
use smallprint::error::ErrorKind;
use smallprint::verdict::{CleanText, Keep};
use smallprint::{Classifier, Document};

use crate::hostile::worked;
use crate::memory::most_held;

/// Bytes of the smaller of two pages that are compared, and how many times larger the other is.
const SMALL: usize = 250_000;
const TIMES: usize = 4;
/// As for the reader alone, see `hostile`.
const MOST_TIMES_AS_LONG: f64 = 10.0;
const NOISE: f64 = 0.05;
/// Seconds of a release build for a megabyte, and for each block besides; builds for tests are
/// slower by as many times.
const SECONDS_PER_MEGABYTE: f64 = 0.2;
const SECONDS_PER_BLOCK: f64 = 10e-6;
const DEBUG_TIMES: f64 = if cfg!(debug_assertions) { 12.0 } else { 1.0 };
/// Memory, in bytes of the page; what each block takes besides, with its element, its features, the
/// probabilities of both passes and its verdict; and the blocks of rows that a thread keeps.
const MEMORY_RATIO: usize = 6;
const BYTES_PER_BLOCK: usize = 900;
const MEMORY_START: usize = 16 << 20;

fn classifier() -> Classifier {
    let classifier = Classifier::embedded();
    // The first page reads the model of pages.
    let _ = classifier.classify(&Document::from_html("<p>a"));
    classifier
}

/// A cleaned page.
struct Cleaned {
    text: String,
    /// Seconds that it took, and that it may take.
    took: f64,
    most: f64,
}

/// Cleans a page, and checks the answer and the memory.
fn clean(classifier: &Classifier, name: &str, bytes: &[u8]) -> Cleaned {
    let started = Instant::now();
    let before = worked(started);
    let ((text, n_blocks), most) = most_held(|| {
        let source = decode_page(bytes, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        let document = Document::from_html(source.text);
        let verdict = classifier.classify(&document);
        let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
        for paragraph in &verdict.paragraphs {
            assert!((0.0..=1.0).contains(&paragraph.boilerplate), "{name}: {paragraph:?}");
            assert!(!paragraph.text(&document).is_empty(), "{name}: a block without text");
        }
        (clean.text, verdict.paragraphs.len())
    });
    let took = worked(started) - before;
    let allowed = MEMORY_RATIO * bytes.len() + BYTES_PER_BLOCK * n_blocks + MEMORY_START;
    assert!(most <= allowed, "{name}: {most} bytes held for {} and {n_blocks} blocks", bytes.len());
    let seconds =
        SECONDS_PER_MEGABYTE * bytes.len() as f64 / 1e6 + SECONDS_PER_BLOCK * n_blocks as f64;
    Cleaned { text, took, most: DEBUG_TIMES * seconds + NOISE }
}

fn repeated(start: &str, piece: &str, bytes: usize, end: &str) -> String {
    format!("{start}{}{end}", piece.repeat(bytes / piece.len() + 1))
}

/// Pieces of pages, and what stands before and after many of them.
const CASES: &[(&str, &str, &str)] = &[
    // Deep, unclosed, twice begun.
    ("", "<div>", "deep"),
    ("", "<div>a", ""),
    ("", "<table><tr><td>a", ""),
    ("", "<ul><li class='item first'>a", ""),
    ("<h1>", "<div>a<br><br>", ""),
    ("<div>", "<p>One body.</p></body></html><html><body>", ""),
    ("", "<p><b><i>One sentence of many words that nobody closed, and another one, too.", ""),
    // Blocks without end.
    ("<ul>", "<li><a href='/a'>Item</a></li>", "</ul>"),
    ("", "<h2>A heading</h2>", ""),
    ("<title>A heading of ferries</title>", "<h1>A heading of bridges</h1>", ""),
    ("", "<p>The very same block of text.</p>", ""),
    ("<table>", "<tr><td>1</td><td>2</td></tr>", "</table>"),
    ("<p>", "word ", ""),
    ("<p>", "a ", ""),
    ("<p>", "ĂĄ ", ""),
    ("<p>", "渡", ""),
    ("<p>", "x", ""),
    ("<p>", "\u{301}", ""),
    ("<pre>", "a\n", ""),
    // Words of attributes.
    ("<div class='", "menu ", "'>a"),
    ("<div class='", "aa bb cc dd ee ", "'><p>a"),
    ("", "<p class='site-menu related post-content share-tools ad'>a", ""),
    // What machines are told.
    ("<title>", "A title ", "</title><h1>A title</h1>"),
    ("<title>", "- ", "</title><h1>a</h1><h1>b</h1>"),
    ("<title>A title</title>", "<h1>A title</h1>", ""),
    ("<meta name=description content='", "Some words of it. ", "'><p>Some words of it.</p>"),
    ("<meta content='a b c' ", "name=description property='og:title' ", "><p>a"),
    ("", "<meta name='og:title' content='Ferry stays'>", "<h1>Ferry stays</h1>"),
    ("<script type=application/ld+json>[", "1,", "1]</script><p>a"),
    ("<script type=application/ld+json>[", "{},", "{}]</script><p>a"),
    ("<script type=application/ld+json>[", "{\"a\":1},", "{}]</script><p>a"),
    ("<script type=application/ld+json>", "[", "</script><p>a"),
    ("<script type=application/ld+json>", "{\"@id\": \"a\", \"b\": \"c\"};", "</script><p>a"),
    ("", "<script type=application/ld+json>[1,2]</script>", "<p>a"),
    (
        "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"headline\": \"A\", \"articleBody\": \"",
        "The ferry leaves. ",
        "\"}</script><p>The ferry leaves.</p><p>The bridge is closed.</p>",
    ),
    (
        "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"articleBody\": \"",
        "&lt;p&gt;a &amp;amp; b",
        "\"}</script><p>a</p>",
    ),
    ("<script type=application/ld+json>{\"@type\": [", "\"Article\", ", "\"A\"]}</script><p>a"),
];

#[test]
fn time_and_memory_grow_as_the_page() {
    let classifier = classifier();
    for (start, piece, end) in CASES {
        let name = format!("{start}{piece}...{end}");
        let page = |bytes| repeated(start, piece, bytes, end).into_bytes();
        let (small, large) = (page(SMALL), page(SMALL * TIMES));
        let mut found = Vec::new();
        let grows = (0..3).any(|_| {
            let short = clean(&classifier, &name, &small).took;
            let Cleaned { took: long, most, .. } = clean(&classifier, &name, &large);
            found.push((short, long, most));
            long <= MOST_TIMES_AS_LONG * short + NOISE && long <= most
        });
        assert!(grows, "{name}: seconds for 1 and {TIMES} times the page, and at most: {found:?}");
    }
}

const ARTICLE: &str = "<article><h1>Ferry stays for another winter</h1><p>The county board voted on \
    Monday to pay for another winter of ferry service across the sound, the harbour master said.\
    </p><p>Nobody had expected so many people in the room, and the early boat will leave at seven \
    as it did last winter, she added.</p></article>";

/// Pages of the size that people send: an article, and beside it something huge.
#[test]
fn an_article_beside_something_huge_comes_out() {
    let classifier = classifier();
    let cells = format!("<tr>{}</tr>", "<td>1,234.50</td>".repeat(300));
    let item = "<li class='menu-item menu-item-object-category'><a class=menu-link \
                href='/section/of/the/site/index.html'>A section of it</a></li>";
    for (name, start, piece, n, end) in [
        ("100,000 divs", "", "<div>", 100_000, ""),
        ("an attribute of 30 MB", "<p title=\"", "word ", 6_000_000, "\">"),
        ("50 MB of script", "<script>", "if (a < b) f();\n", 3_125_000, "</script>"),
        ("200,000 list items", "<ul>", item, 200_000, "</ul>"),
        ("100,000 headings", "", "<h2 class=entry-title>Another heading</h2>", 100_000, ""),
        ("100,000 blocks alike", "", "<p>We use cookies on this site.</p>", 100_000, ""),
        ("300 x 1000 cells", "<table>", &cells, 1000, "</table>"),
        (
            "JSON-LD of 10 MB",
            "<script type=application/ld+json>[",
            "{\"@type\": \"Offer\", \"price\": 1},",
            300_000,
            "{}]</script>",
        ),
        ("100,000 class words", "<div class='", "sidebar-left ", 100_000, "'></div>"),
    ] {
        let page = format!("<body>{ARTICLE}{start}{}{end}", piece.repeat(n));
        let Cleaned { text, took, most } = clean(&classifier, name, page.as_bytes());
        assert!(took <= most, "{name}: {took} s, at most {most}");
        assert!(text.contains("The county board voted"), "{name}: {text}");
    }
    let page = format!("<p>{}</p>", "The ferry leaves at seven. ".repeat(740_000));
    let Cleaned { took, most, .. } = clean(&classifier, "a paragraph of 20 MB", page.as_bytes());
    assert!(took <= most, "20 MB of text: {took} s, at most {most}");
}

#[test]
fn pages_that_break_off_give_what_came_before() {
    let classifier = classifier();
    let page = format!("<!doctype html><html><head><title>Ferry</title></head><body>{ARTICLE}");
    for end in 0..page.len() {
        clean(&classifier, "a page that breaks off", &page.as_bytes()[..end]);
    }
    let closed = page.len() - "</p></article>".len();
    let text = clean(&classifier, "nothing closed", &page.as_bytes()[..closed]).text;
    assert!(text.contains("The county board voted") && text.ends_with("she added."), "{text}");
}

#[test]
fn pages_with_two_bodies_or_a_wrong_charset_are_cleaned() {
    let classifier = classifier();
    let twice = format!("<html><body>{ARTICLE}</body><body>{ARTICLE}</body></html>");
    let text = clean(&classifier, "two bodies", twice.as_bytes()).text;
    assert_eq!(text.matches("The county board voted").count(), 2, "{text}");
    // Enough of them to tell charsets of pairs by.
    let article = ARTICLE.replace('o', "ö");
    for charset in ["utf-8", "shift_jis", "utf-16", "koi8-r", "no-such-charset", ""] {
        let page = format!("<meta charset='{charset}'>{article}");
        let text = clean(&classifier, charset, page.as_bytes()).text;
        assert!(text.contains("The cöunty böard vöted"), "{charset}: {text}");
        let latin: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let text = clean(&classifier, charset, &latin).text;
        assert!(text.contains("harb") && text.contains("she added"), "{charset}: {text}");
    }
}

#[test]
fn bytes_that_are_no_page_are_an_error_or_an_answer() {
    let classifier = classifier();
    let image: Vec<u8> =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".iter().copied().cycle().take(100_000).collect();
    let error = decode_page(&image, None).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NotText { .. }), "{error}");
    // What a generator of noise gives, the same in every run.
    let mut state = 1u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    })
    .take(300_000)
    .collect();
    for (name, bytes) in [("noise", noise), ("nothing", Vec::new()), ("zeros", vec![0; 100_000])] {
        if decode_page(&bytes, None).is_ok() {
            clean(&classifier, name, &bytes);
        }
    }
}
