//! Pages made to hurt: deep, endless, unclosed. Each is read in time and memory that grow as the
//! page grows.

use std::fs;
use std::time::Instant;

use smallprint::document::html::read_page;

use crate::memory::most_held;
use crate::whole;

/// Bytes of the smaller of the two pages that are compared, and how many times larger the other is.
const SMALL: usize = 300_000;
const TIMES: usize = 4;
/// The larger page may take so many times as long: in quadratic time it would take 16 times. The
/// system counts time in steps of milliseconds, and what reads a megabyte anew for each of its tags
/// takes seconds.
const MOST_TIMES_AS_LONG: f64 = 10.0;
const NOISE: f64 = 0.025;
/// Memory, in bytes of the page, and what each block takes besides: itself, its element and room
/// for as many more.
const MEMORY_RATIO: usize = 6;
const BYTES_PER_BLOCK: usize = 300;
const MEMORY_START: usize = 64 * 1024;

/// A page: a start, then one piece over and over.
struct Case(&'static str, &'static str);

const CASES: &[Case] = &[
    // Deep nesting.
    Case("", "<div>"),
    Case("", "<ul>"),
    Case("", "<ul><li>"),
    Case("", "<table><tr><td>"),
    Case("", "<table>"),
    Case("", "<table><tr><td><ul><li>"),
    Case("", "<b>"),
    Case("", "<font>"),
    Case("<b hidden>", "<b>"),
    Case("", "<i hidden>"),
    Case("", "<div hidden><nav>"),
    Case("", "<svg>"),
    Case("", "<svg><foreignobject>"),
    Case("", "<template>"),
    Case("", "<object><button><p><div><svg><table><td><a href=x>"),
    Case("", "<dl><dd><form><select><option><h1>"),
    Case("", "<div>a"),
    // What metadata are made of.
    Case("", "<meta name=author content=a>"),
    Case("", "<span class=byline>"),
    Case("", "<a rel=author>a</a>"),
    Case("", "<time datetime=2020-01-01>a</time>"),
    Case("", "<script type=application/ld+json>{}</script>"),
    // Nothing closed, nothing begun.
    Case("", "<p>"),
    Case("", "<p>a"),
    Case("", "a<hr>"),
    Case("", "<li>"),
    Case("<table>", "<td>"),
    Case("<table>", "<tr>"),
    Case("", "<form>"),
    Case("", "<a href=x>a"),
    Case("", "<option>a"),
    Case("", "<br>"),
    Case("", "<img>"),
    Case("", "<nav></nav>"),
    // Pieces of markup.
    Case("", "<"),
    Case("", "<a href=\""),
    Case("", "<a href='x' "),
    Case("", "<p"),
    Case("", "<p "),
    Case("", "</"),
    Case("", "</p"),
    Case("", "</>"),
    Case("", "<!"),
    Case("", "<?"),
    Case("", "<!-"),
    Case("", "<!--"),
    Case("", "<!--a--!>"),
    Case("", "<!--a-->"),
    Case("<!--", "--!"),
    Case("<!--", ">"),
    Case("", "<![CDATA["),
    Case("<svg>", "<![CDATA["),
    Case("<svg>", "<![CDATA[a]]"),
    Case("<p ", "="),
    Case("<p ", "= "),
    Case("<p ", "a="),
    Case("<p ", "a = "),
    Case("<p ", "/"),
    Case("<p", " "),
    Case("<p a=\"", "x"),
    Case("<p a=\"", "<p a='"),
    Case("<p", " a=\"b\""),
    Case("<p", "p"),
    // Text that is no markup.
    Case("<script>", "<"),
    Case("<script>", "<!--"),
    Case("<script>", "<!-->"),
    Case("<script>", "</script"),
    Case("<script><!--", "<script>"),
    Case("<script><!--", "<script></script>"),
    Case("", "<script><!-- <script> </script>"),
    Case("<title>", "</title"),
    Case("<style>", "</"),
    Case("", "<title>"),
    Case("", "<style></style>"),
    // End tags and deep stacks; `deep` puts elements before them.
    Case("", "</b>"),
    Case("", "</p>"),
    Case("", "</br>"),
    // Characters.
    Case("", "&"),
    Case("", "&amp"),
    Case("", "&#"),
    Case("&#", "0"),
    Case("&", "a"),
    Case("", "&notit;"),
    Case("", "&nbsp;"),
    Case("", "a "),
    Case("", "\0"),
    Case("", "\u{200b} "),
    Case("<pre>", "\n"),
    Case("<pre>", " \na"),
    Case("<pre>", "a<br>"),
    // What attributes say.
    Case("", "<b class='aa bb cc dd ee ff gg hh ii jj kk ll mm nn'>"),
    Case("", "<div class='aa bb cc dd ee ff gg hh ii jj kk ll mm nn'>"),
    Case("<p class='", "aa "),
    Case("<p style='", "a:b;"),
    Case("<p style='", ":"),
];

/// What stands before end tags that find their start far off or never.
const DEEP: &[&str] = &["<div>", "<ul>", "<b hidden>", "<svg>", "<table><td>", "<object>"];
const ENDS: &[&str] = &[
    "</p>",
    "</li>",
    "</span>",
    "</b>",
    "</section>",
    "</h1>",
    "</td>",
    "</table>",
    "</template>",
    "</form>",
    "<form></form>",
    "<form><div></form>",
    "<tr>",
    "<li>",
    "<button>",
    "<input>",
    "<p></p>",
    "<select>",
    "</svg>",
    "<hr>",
];

fn page(start: &str, piece: &str, bytes: usize) -> String {
    format!("{start}{}", piece.repeat(bytes / piece.len() + 1))
}

/// Seconds that this thread has worked: others on the machine do not count.
pub fn worked(started: Instant) -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or(started.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Reads a page, asks for its metadata, and checks what came of it and the memory that reading
/// took; gives the seconds.
fn read(name: &str, source: &str) -> f64 {
    let started = Instant::now();
    let before = worked(started);
    let (page, most) = most_held(|| read_page(source));
    let _ = page.metadata();
    let seconds = worked(started) - before;
    whole::check(&page, source);
    let allowed = MEMORY_RATIO * source.len() + BYTES_PER_BLOCK * page.blocks.len() + MEMORY_START;
    assert!(
        most <= allowed,
        "{name}: {most} bytes held for {}, {} blocks",
        source.len(),
        page.blocks.len()
    );
    seconds
}

fn grows_as_the_page(name: &str, make: impl Fn(usize) -> String) {
    let (small, large) = (make(SMALL), make(SMALL * TIMES));
    let mut found = Vec::new();
    for _ in 0..3 {
        let (short, long) = (read(name, &small), read(name, &large));
        if long <= MOST_TIMES_AS_LONG * short + NOISE {
            return;
        }
        found.push((short, long));
    }
    panic!("{name}: seconds for 1 and {TIMES} times the page: {found:?}");
}

#[test]
fn time_and_memory_grow_as_the_page() {
    for Case(start, piece) in CASES {
        grows_as_the_page(&format!("{start}{piece}..."), |bytes| page(start, piece, bytes));
    }
}

#[test]
fn metadata_take_time_as_the_page() {
    let script = |json: String| format!("<script type=application/ld+json>{json}</script>");
    let article = |what: &str| script(format!("{{\"@type\": \"Article\", {what}}}"));
    grows_as_the_page("an articleBody of `<`", |bytes| {
        article(&format!("\"articleBody\": \"{}>\"", "< ".repeat(bytes / 2)))
    });
    grows_as_the_page("authors that are organisations, and lines that name them", |bytes| {
        let n = bytes / 120;
        let author = |i| format!("{{\"@type\": \"Organization\", \"name\": \"House {i} Ltd\"}}");
        let authors: Vec<String> = (0..n).map(author).collect();
        let lines = format!("<p><span class=byline>By House {} Ltd</span>", n - 1).repeat(n);
        article(&format!("\"author\": [{}]", authors.join(","))) + &lines
    });
}

#[test]
fn end_tags_in_deep_pages_cost_no_more_than_others() {
    for deep in DEEP {
        for end in ENDS {
            grows_as_the_page(&format!("{deep}...{end}..."), |bytes| {
                page("", deep, bytes / 2) + &page("", end, bytes / 2)
            });
        }
    }
}

#[test]
fn huge_pages_are_read_at_once() {
    let seconds = 20.0;
    let text = "<p>The last paragraph";
    for (name, start, piece, bytes, end) in [
        ("a million <", "", "<", 1_000_000, " <p>"),
        ("a million links without end", "", "<a href=\"", 9_000_000, "\"><p>"),
        ("an attribute of 30 MB", "<p title=\"", "word ", 30_000_000, "\">"),
        ("50 MB of script", "<script>", "if (a < b) f();\n", 50_000_000, "</script>"),
        ("50 MB of comment", "<!--", "a > b -- ", 50_000_000, "-->"),
        ("100,000 divs", "", "<div>", 500_000, ""),
        ("10 MB of one line", "", "word ", 10_000_000, ""),
    ] {
        let source = format!("{}{end}{text}", page(start, piece, bytes));
        let took = read(name, &source);
        assert!(took < seconds, "{name}: {took} s");
        let page = read_page(&source);
        assert!(page.text.ends_with("The last paragraph"), "{name}: the text behind is gone");
    }
}

#[test]
fn what_stands_deep_is_still_read() {
    for piece in ["<div>", "<table><tr><td>", "<b>", "<font>", "<ul><li>", "<div><span hidden>"] {
        let page =
            read_page(&format!("{}deep{}after", piece.repeat(100_000), "</div>".repeat(100_000)));
        let text: Vec<&str> = page.blocks.iter().map(|b| page.block_text(b)).collect();
        assert_eq!(text.concat(), "deepafter", "{piece}");
    }
    let page = read_page(&format!("{}<p hidden>deep</p><p>seen", "<div>".repeat(100_000)));
    let hidden: Vec<bool> = page
        .blocks
        .iter()
        .map(|block| page.elements[block.element as usize].enclosing.is_hidden())
        .collect();
    assert_eq!(hidden, [true, false]);
}
