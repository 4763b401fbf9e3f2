//! Blocks from a browser's tree: slow, simple, by other people's parser.
//!
//! Known deviations of our reader, all of them; `soup` makes no page that holds one:
//!
//! - Text and elements that stand wrongly between the cells of a table keep their place; a browser
//!   moves them before the table. A reader of one pass cannot, and the words are the same.
//! - Formatting elements (`b`, `i`, `a`, ...) and other inline ones are not kept open, so one that
//!   is hidden and wrongly nested hides as much as stands between its tags, where a browser hides
//!   what its own rules of reopening say; and an end tag of one ends no `dialog`, `legend`, `video`
//!   or `desc` that was opened within it; nor does one keep such an element, or a `form`, open.
//! - A `table` ends an open `p` also in pages without a doctype, where browsers let it stand.
//! - `noscript` in the head, and text in it: browsers end the head there. Its text is a block of
//!   its own here.
//! - Within drawings only blocks, `span`, `img` and `br` end the drawing, not `b`, `i` and their
//!   like, whose names are not told apart.
//! - A heading's start tag ends the heading around it also where inline elements stand between.
//! - MathML is read as HTML: its `title`, `style` and CDATA sections are not looked at anew.
//! - `frameset`, `plaintext`, `listing`, `applet`, `image`: names that no page has used for decades.
//! - Below 512 elements (`MAX_DEPTH` in the builder) an end tag no longer finds its start.
//! - `search` is special, as the standard has it; html5ever 0.40 does not yet know.
//! - Where a link or an option begins, words may be set apart that a browser sets by style.

use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use smallprint::document::html::read_page;

/// Elements that a browser shows as blocks, or that part a page's text as blocks do.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "marquee",
    "menu",
    "nav",
    "noscript",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "xmp",
];
/// Elements whose content is not shown.
const UNSEEN: &[&str] = &[
    "audio", "canvas", "iframe", "noembed", "noframes", "script", "style", "svg", "template",
    "textarea", "title", "video",
];
/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Stands where words may or may not be set apart.
const MAYBE_SPACE: char = '\u{e000}';

/// The tree of a page.
pub fn tree(source: &str) -> RcDom {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let options = ParseOpts { tree_builder, ..Default::default() };
    parse_document(RcDom::default(), options).one(source)
}

/// What is left to do of a walk through the tree.
enum Step {
    Enter(Handle),
    BlockEnds,
}

#[derive(Default)]
struct Blocks {
    done: Vec<String>,
    text: String,
    /// Line breaks since the last text.
    breaks: usize,
}

impl Blocks {
    fn flush(&mut self) {
        let text = collapsed(&self.text);
        if !text.trim_matches([MAYBE_SPACE, ' ']).is_empty() {
            self.done.push(text);
        }
        self.text.clear();
        self.breaks = 0;
    }
}

fn collapsed(text: &str) -> String {
    let seen: String =
        text.chars().filter(|c| !['\u{ad}', '\u{200b}', '\u{feff}'].contains(c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of the blocks of a tree.
pub fn blocks_of(tree: &RcDom) -> Vec<String> {
    let mut blocks = Blocks::default();
    let mut steps = vec![Step::Enter(tree.document.clone())];
    while let Some(step) = steps.pop() {
        let Step::Enter(node) = step else {
            blocks.flush();
            continue;
        };
        match &node.data {
            NodeData::Text { contents } => {
                let text = contents.borrow();
                if !collapsed(&text).is_empty() {
                    blocks.breaks = 0;
                }
                blocks.text.push_str(&text);
            }
            NodeData::Element { name, .. } => {
                let name = &*name.local;
                if name == "br" {
                    blocks.text.push(' ');
                    blocks.breaks += 1;
                    if blocks.breaks == 2 {
                        blocks.flush();
                    }
                }
                let shadow = shadow_content(&node);
                if UNSEEN.contains(&name) && shadow.is_none() {
                    continue;
                }
                if name == "a" || name == "option" {
                    blocks.text.push(MAYBE_SPACE);
                }
                if BLOCKS.contains(&name) || shadow.is_some() || hides(&node) {
                    blocks.flush();
                    steps.push(Step::BlockEnds);
                }
                steps.extend(shadow.map(Step::Enter));
            }
            _ => {}
        }
        steps.extend(node.children.borrow().iter().rev().cloned().map(Step::Enter));
    }
    blocks.flush();
    blocks.done
}

/// What a template holds that a browser shows as a shadow tree.
fn shadow_content(node: &Handle) -> Option<Handle> {
    let NodeData::Element { attrs, template_contents, .. } = &node.data else { return None };
    let is_shadow = attrs.borrow().iter().any(|a| &*a.name.local == "shadowrootmode");
    template_contents.borrow().clone().filter(|_| is_shadow)
}

/// Whether an element hides its content.
fn hides(node: &Handle) -> bool {
    let NodeData::Element { name, attrs, .. } = &node.data else { return false };
    if VOID.contains(&&*name.local) {
        return false;
    }
    attrs.borrow().iter().any(|attribute| match &*attribute.name.local {
        "hidden" => true,
        "style" => {
            let style = attribute.value.to_lowercase().replace(char::is_whitespace, "");
            style.contains("display:none") || style.contains("visibility:hidden")
        }
        _ => false,
    })
}

/// The texts of the blocks as a browser's tree has them.
pub fn blocks(source: &str) -> Vec<String> {
    blocks_of(&tree(source))
}

/// The texts of the blocks as our reader has them.
pub fn ours(source: &str) -> Vec<String> {
    let page = read_page(source);
    page.blocks.iter().map(|block| collapsed(&page.text[block.text.clone()])).collect()
}

/// Whether a block of ours is one of the twin's.
pub fn is_same(ours: &str, twin: &str) -> bool {
    let mut rest = ours;
    for part in twin.split(MAYBE_SPACE).map(str::trim).filter(|part| !part.is_empty()) {
        let Some(behind) = rest.trim_start().strip_prefix(part) else { return false };
        rest = behind;
    }
    rest.is_empty()
}

/// The first block that differs, as both have it.
pub fn difference(source: &str) -> Option<String> {
    let (ours, twin) = (ours(source), blocks(source));
    let n = ours.len().max(twin.len());
    let differs = |&at: &usize| match (ours.get(at), twin.get(at)) {
        (Some(ours), Some(twin)) => !is_same(ours, twin),
        _ => true,
    };
    let at = (0..n).find(differs)?;
    Some(format!("block {at} is {:?}, in a browser {:?}", ours.get(at), twin.get(at)))
}

#[test]
fn the_twin_sees_what_a_browser_shows() {
    let source = "<!doctype html><title>no</title><p>one<b>two</b> \u{ad}three<p>four<script>no\
                  </script><ul><li>five<br><br>six<li hidden>seven</ul>a <a>b</a><option>c";
    let expected = ["onetwo three", "four", "five", "six", "seven", "a \u{e000}b\u{e000}c"];
    assert_eq!(blocks(source), expected);
    assert!(is_same("a b c", "a \u{e000}b\u{e000}c") && is_same("a bc", "a \u{e000}b\u{e000}c"));
    assert!(
        !is_same("a b d", "a \u{e000}b\u{e000}c") && !is_same("a b cd", "a \u{e000}b\u{e000}c")
    );
    assert!(!is_same("a b", "ab") && !is_same("", "a"));
    assert!(difference("<p>a</p>b").is_none());
}
