//! Random tag soup: every block is the browser's, whatever is left open, crossed or misspelt.
//!
//! The grammar leaves out what our reader knowingly does otherwise; `twin` has the list.

use proptest::prelude::*;
use proptest::sample::select;
use smallprint::document::html::read_page;

use crate::{twin, whole};

/// Elements without a rule about where they stand.
const ANYWHERE: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "header",
    "hgroup",
    "li",
    "main",
    "menu",
    "nav",
    "noscript",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "ul",
    "button",
    "marquee",
    "object",
    "DIV",
    "P",
    "Li",
];
/// Elements that flow within a block.
const INLINE: &[&str] = &[
    "a", "b", "i", "em", "span", "label", "x-card", "option", "font", "small", "time", "picture",
    "optgroup", "A",
];
/// Elements near which no inline element stands, because these are not kept open: headings end each
/// other, the rest is not special, or ends with an end tag that looks at what is open within it.
const APART: &[&str] = &["h1", "h2", "h6", "H1", "dialog", "legend", "form", "select"];
const VOID: &[&str] = &["br", "BR", "hr", "img", "input", "wbr", "meta", "link", "area", "embed"];
/// Whole pieces.
const PIECES: &[&str] = &[
    "<br><br>",
    "</br>",
    "</p>",
    "<!-- <p>no --> ",
    "<!-->",
    "<!--->",
    "<!--a--!>",
    "<!doctype x>",
    "<?xml version='1'?>",
    "</>",
    "</ x>",
    "<![CDATA[<p>]]>",
    "<!x>",
    "<!--[if IE]><p>old<![endif]-->",
    "<![if !IE]>",
    "<![endif]>",
    "<script>if (a<b) '<p>no</p>'</script>",
    "<script><!-- <script> </script> no --></script>",
    "<script><!-- <script> </script no </script>",
    "<script><!--></script>",
    "<script src=x />x</script>",
    "<script><!-- <scripts> --><!-- </script>",
    "<script><!-- <SCRIPT/></script x></SCRIPT\n>",
    "<style>p > b { content: '</p>' }</style>",
    "<title>no <p></title>",
    "<textarea><p>no</textarea>",
    "<iframe><p>no</iframe>",
    "<xmp><b>yes &lt; &amp;amp;</xmp>",
    "<noembed><p></noembed>",
    "<noframes>n</noframes>",
    "<svg><path d='M0'/><g><circle/></g></svg>",
    "<svg/>",
    "<svg><title/><style/></svg>",
    "<svg><style>a<b</style><script/><text>no</text></svg>",
    "<svg><![CDATA[</svg><p>]]></svg>",
    "<svg><desc><p>no<b></p></b></desc><title>no</title></svg>",
    "<math><mi>x</mi><mo>=</mo></math>",
    "<svg><a href='x'>no</a></svg>",
    "<svg><foreignObject/></svg>",
    "<svg><p>yes",
    "<svg><g><div>yes",
    "<template><p>no<br><br>no</template>",
    "<template><div></template>",
    "<select><option>a<li>b<option>c</select>",
    "<video><source></video>",
    "<canvas>no</canvas>",
    "<audio>no<p>no</p></audio>",
    "<td>",
    "<tr>",
    "</td>",
    "</table>",
    "<caption>",
    "</tbody>",
    "<body class=x>",
    "</body>",
    "<html>",
    "</html>",
    "</head>",
    "<head>",
];
/// Texts; a bare `<` would make tags of what follows, whose attributes hide what they will.
const TEXTS: &[&str] = &[
    "one",
    " two ",
    "three four",
    "\n",
    " ",
    "\u{a0}",
    "&nbsp;",
    "&amp;",
    "&lt",
    "&copy 5",
    "&notit;",
    "&#x80;",
    "&#65",
    "&#0;",
    "&bogus;",
    "&",
    "a & b",
    "< ",
    "<3",
    ">",
    "é",
    "日本",
    "\u{ad}",
    "so\u{ad}ft",
    "\u{200b}",
    "\u{feff}",
    "\0",
    "n\0ul",
    "\r\n",
    "\t",
    "]]>",
    "-->",
    "x<!",
    "\u{c}",
];
const ATTRIBUTES: &[&str] = &[
    "",
    "",
    "",
    " hidden",
    " style='display: none'",
    " class=\"a b\"",
    " title=\"a > b\"",
    " title='>'",
    " =\">\"",
    " a=b/",
    " a=\"b\"=c",
    " x = 'y'",
    " a='\"'",
    " a=\"<p>\"",
    " a b=>",
    " /",
    " a=b'c",
    "\nid=x",
    " \0",
    " a==b",
    " a='b'c='>'",
    " / = '",
    " href=x?y=z",
    " class class=b",
];

fn of(list: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(list).prop_map(str::to_owned)
}

fn start(list: &'static [&'static str]) -> impl Strategy<Value = String> {
    (select(list), select(ATTRIBUTES)).prop_map(|(name, said)| format!("<{name}{said}>"))
}

/// A start tag of an inline element, which hides nothing.
fn inline() -> impl Strategy<Value = String> {
    let seen = |said: &&str| !said.contains("hidden") && !said.contains("none");
    (select(INLINE), select(ATTRIBUTES).prop_filter("hides", seen))
        .prop_map(|(name, said)| format!("<{name}{said}>"))
}

fn end(list: &'static [&'static str]) -> impl Strategy<Value = String> {
    (select(list), select(&["", " ", "/", " a='>'"][..]))
        .prop_map(|(name, x)| format!("</{name}{x}>"))
}

/// What may stand in a cell, with nothing that ends the cell or the table, or outlives them.
fn cell_part() -> impl Strategy<Value = String> {
    const INSIDE: &[&str] = &["div", "p", "ul", "li", "blockquote", "section", "pre"];
    // What may swallow the next tag would leave text between cells.
    prop_oneof![
        4 => of(TEXTS).prop_filter("swallows", |text| !text.contains('<')),
        3 => start(INSIDE),
        2 => end(ANYWHERE),
        1 => start(VOID),
    ]
}

fn joined(part: impl Strategy<Value = String>, n: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(part, 0..n).prop_map(|parts| parts.concat())
}

/// A table with cells and rows left open at will.
fn table() -> impl Strategy<Value = String> {
    let cell = |inside: BoxedStrategy<String>| {
        let tags = select(
            &["<td>", "<th>", "<td hidden>", "<tr><td>", "<tbody><tr><td>", "<tr><th a='>'>"][..],
        );
        let ends = select(&["", "", "</td>", "</tr>", "</th>", "</tbody>"][..]);
        (tags, inside, ends).prop_map(|(tag, inside, end)| {
            // An end tag that does not fit the cell leaves it open.
            format!("{tag}{inside}{end}\n")
        })
    };
    let flat = joined(cell_part(), 5).boxed();
    let inner = joined(cell(flat.clone()), 3)
        .prop_map(|cells| format!("<table><caption>c</caption>{cells}</table>"));
    let part = prop_oneof![6 => cell_part(), 1 => inner];
    let cells = joined(cell(joined(part, 5).boxed()), 5);
    (select(&["", "<caption>x", "<colgroup><col>", "<thead>", "<form>"][..]), cells)
        .prop_map(|(first, cells)| format!("<table>{first}{cells}</table>"))
}

fn soup() -> impl Strategy<Value = String> {
    let inlines = prop_oneof![inline(), end(INLINE)];
    let apart = prop_oneof![start(APART), end(APART)];
    prop_oneof![3 => soup_with(inlines.boxed()), 1 => soup_with(apart.boxed())]
}

fn soup_with(others: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => of(TEXTS),
        6 => start(ANYWHERE),
        5 => end(ANYWHERE),
        6 => others,
        2 => start(VOID),
        3 => of(PIECES),
        1 => table(),
    ];
    joined(part, 30).prop_map(|soup| format!("<!doctype html><body>{soup}"))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 20_000, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default()
    })]

    #[test]
    fn tag_soup_has_the_blocks_of_a_browser(source in soup()) {
        whole::check(&read_page(&source), &source);
        prop_assert_eq!(twin::difference(&source), None);
    }
}
