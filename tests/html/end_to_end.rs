//! Pages made to hurt, all the way from bytes to clean text: decoded, read, their metadata asked,
//! featurized, labelled twice, cleaned. An answer or a typed error, in time and memory that grow as
//! the page grows.

use std::time::Instant;

use encoding_rs::{KOI8_R, SHIFT_JIS, WINDOWS_1252};
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

/// The paragraphs of the article that stands on the pages below.
const PARAGRAPHS: [&str; 2] = [
    "The county board voted on Monday to pay for another winter of ferry service across the sound, \
     the harbour master said.",
    "Nobody had expected so many people in the room, and the early boat will leave at seven as it \
     did last winter, she added.",
];

const HEADING: &str = "Ferry stays for another winter";

/// The article with its title, which `clean` gives apart from the text.
fn article() -> String {
    let [first, second] = PARAGRAPHS;
    format!("<article><h1>{HEADING}</h1><p>{first}</p><p>{second}</p></article>")
}

/// What `clean` gives of it.
fn article_text() -> String {
    PARAGRAPHS.join("\n")
}

/// Pages of the size that people send: an article, and beside it something huge. Whether text beside
/// it is kept is for the model to say: the article stands first, and nothing is made up.
#[test]
fn an_article_beside_something_huge_comes_out() {
    let classifier = classifier();
    let cells = format!("<tr>{}</tr>", "<td>1,234.50</td>".repeat(300));
    let item = "<li class='menu-item menu-item-object-category'><a class=menu-link \
                href='/section/of/the/site/index.html'>A section of it</a></li>";
    let heading = "<h2 class=entry-title>Another heading</h2>";
    let offer = "{\"@type\": \"Offer\", \"price\": 1},";
    // What stands before, so many times the piece, what stands behind, the text of all pieces.
    for (name, start, piece, n, end, shown) in [
        ("100,000 divs", "", "<div>", 100_000, "", ("", 0)),
        ("an attribute of 30 MB", "<p title=\"", "word ", 6_000_000, "\">", ("", 0)),
        ("50 MB of script", "<script>", "if (a < b) f();\n", 3_125_000, "</script>", ("", 0)),
        ("200,000 list items", "<ul>", item, 200_000, "</ul>", ("A section of it", 200_000)),
        ("100,000 headings", "", heading, 100_000, "", ("Another heading", 100_000)),
        (
            "100,000 blocks alike",
            "",
            "<p>We use cookies on this site.</p>",
            100_000,
            "",
            ("We use cookies on this site.", 100_000),
        ),
        ("300 x 1000 cells", "<table>", &cells, 1000, "</table>", ("1,234.50", 300_000)),
        (
            "JSON-LD of 10 MB",
            "<script type=application/ld+json>[",
            offer,
            300_000,
            "{}]</script>",
            ("", 0),
        ),
        ("100,000 class words", "<div class='", "sidebar-left ", 100_000, "'></div>", ("", 0)),
    ] {
        let page = format!("<body>{}{start}{}{end}", article(), piece.repeat(n));
        let Cleaned { text, took, most } = clean(&classifier, name, page.as_bytes());
        assert!(took <= most, "{name}: {took} s, at most {most}");
        let beginning: String = text.chars().take(1000).collect();
        let beside = text.strip_prefix(&article_text());
        let beside = beside.unwrap_or_else(|| panic!("{name}: not the article: {beginning}"));
        let (piece, times) = shown;
        let (mut rest, mut found) = (String::from(beside), 0);
        if times > 0 {
            (rest, found) = (beside.replace(piece, ""), beside.matches(piece).count());
        }
        // Marks of lists and cells, and breaks between lines.
        assert!(
            !rest.contains(char::is_alphanumeric),
            "{name}: more than the page has: {beginning}"
        );
        assert!(found <= times, "{name}: `{piece}` {found} times instead of {times}");
    }
    let paragraph = "The ferry leaves at seven. ".repeat(740_000);
    let page = format!("<p>{paragraph}</p>");
    let Cleaned { text, took, most } = clean(&classifier, "a paragraph of 20 MB", page.as_bytes());
    assert!(took <= most, "20 MB of text: {took} s, at most {most}");
    assert!(text == paragraph.trim_end(), "{} of {} bytes", text.len(), paragraph.len());
}

/// Bytes of a paragraph that begins; shorter ones need not be kept.
const SHORT: usize = 40;

/// A tag that breaks off is text, as in a browser.
#[test]
fn pages_that_break_off_give_what_came_before() {
    let classifier = classifier();
    let start = "<!doctype html><html><head><title>Ferry</title></head><body>";
    let page = format!("{start}{}", article());
    let [first, second] = PARAGRAPHS.map(|paragraph| page.find(paragraph).unwrap());
    for end in 0..=page.len() {
        let text = clean(&classifier, "a page that breaks off", &page.as_bytes()[..end]).text;
        let shown = text.trim_end_matches("</").trim_end_matches('<');
        if end <= first {
            assert!(HEADING.starts_with(shown), "after {end} bytes: {text}");
            continue;
        }
        let (before, at) = if end <= second { ("", first) } else { (PARAGRAPHS[0], second) };
        let begun = page[at..end].split('<').next().unwrap().trim_end();
        let whole = format!("{before}\n{begun}");
        // Of a few words the model may think as it likes.
        let is_short = begun.len() < SHORT && shown == before;
        assert!(is_short || shown == whole.trim(), "after {end} bytes: {text}");
    }
}

#[test]
fn pages_with_two_bodies_or_a_wrong_charset_are_cleaned() {
    let classifier = classifier();
    let twice = format!("<html><body>{0}</body><body>{0}</body></html>", article());
    // The first heading is the title; the second is one of the text.
    let expected = format!("{0}\n{HEADING}\n{0}", article_text());
    assert_eq!(clean(&classifier, "two bodies", twice.as_bytes()).text, expected);
    // Enough of them to tell charsets of pairs by.
    let [expected, article] = [article_text(), article()].map(|text| text.replace('o', "ö"));
    let latin = |text: &str| -> Vec<u8> {
        text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    };
    // What the bytes of Latin 1 are read in: as declared, where that can be.
    for (charset, of_latin) in [
        ("utf-8", WINDOWS_1252),
        ("shift_jis", SHIFT_JIS),
        ("utf-16", WINDOWS_1252),
        ("koi8-r", KOI8_R),
        ("no-such-charset", WINDOWS_1252),
        ("", WINDOWS_1252),
    ] {
        let page = format!("<meta charset='{charset}'>{article}");
        assert_eq!(clean(&classifier, charset, page.as_bytes()).text, expected, "{charset}");
        let found = clean(&classifier, charset, &latin(&page)).text;
        assert_eq!(found, of_latin.decode(&latin(&expected)).0, "Latin 1 called {charset}");
    }
}

#[test]
fn bytes_that_are_no_page_are_an_error_or_an_answer() {
    let classifier = classifier();
    let image: Vec<u8> =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".iter().copied().cycle().take(100_000).collect();
    // What a generator of noise gives, the same in every run.
    let mut state = 1u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    })
    .take(300_000)
    .collect();
    for (bytes, expected) in
        [(image, "a PNG image"), (noise, "binary data"), (vec![0; 100_000], "binary data")]
    {
        let error = decode_page(&bytes, None).expect_err(expected);
        let ErrorKind::NotText { found } = error.kind() else { panic!("{expected}: {error}") };
        assert_eq!(*found, expected);
    }
    assert_eq!(clean(&classifier, "nothing", b"").text, "");
}
