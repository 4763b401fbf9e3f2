//! The tools that are compared, and how one is called so that its failure is its own.

mod guard;
mod parsers;
mod peers;

pub use guard::{guarded, quiet_in_tools};
pub use peers::Extraction;

use crate::python::Python;
use crate::smallprint_tool;

/// The tool that is the unit of speed.
pub const UNIT: &str = "html5ever RcDom";

/// How a tool is called.
#[derive(Clone, Copy)]
pub enum Call {
    /// It takes a page's source and gives text.
    Extract(fn(&str) -> Extraction),
    /// It takes a page's source and gives a number of whatever it reads.
    Parse(fn(&str) -> usize),
    /// It gives text, in the process with the Python tools, where its number is this.
    Python(usize),
}

/// A tool.
pub struct Tool {
    /// Its name in the table.
    pub name: String,
    /// Its version; empty for smallprint, which is the one at hand.
    pub version: String,
    /// Whether it gets fewer rounds.
    pub slow: bool,
    /// How it is called.
    pub call: Call,
}

impl Tool {
    /// Whether it gives text that can be judged.
    pub fn extracts(&self) -> bool {
        !matches!(self.call, Call::Parse(_))
    }
}

/// The version of a direct dependency, as `Cargo.toml` pins it.
fn pinned(package: &str) -> String {
    let line = format!("{package} = \"=");
    let found = include_str!("../../Cargo.toml").lines().find_map(|l| l.strip_prefix(&line));
    found.unwrap_or_default().trim_end_matches('"').to_owned()
}

/// All tools, in the order of the table.
pub fn all(python: Option<&Python>) -> Vec<Tool> {
    let mut tools = Vec::new();
    let mut add = |name: &str, package: &str, slow: bool, call: Call| {
        tools.push(Tool { name: name.to_owned(), version: pinned(package), slow, call });
    };
    let (fast, slow) = (false, true);
    add("smallprint", "", fast, Call::Extract(|source| Ok(smallprint_tool::extract(source))));
    add("all text", "", fast, Call::Extract(|source| Ok(smallprint_tool::all_text(source))));
    add("dom_smoothie", "dom_smoothie", fast, Call::Extract(peers::dom_smoothie));
    add("libreadability", "libreadability", fast, Call::Extract(peers::libreadability));
    add("rs-trafilatura", "rs-trafilatura", slow, Call::Extract(peers::rs_trafilatura));
    add("trafilatura crate", "trafilatura", slow, Call::Extract(peers::trafilatura));
    let with_fallback = Call::Extract(peers::trafilatura_with_fallback);
    add("trafilatura crate, fallback", "trafilatura", slow, with_fallback);
    if let Some(python) = python {
        for (number, tool) in python.tools().iter().enumerate() {
            let (name, version) = (format!("{} (Python)", tool.name), tool.version.clone());
            tools.push(Tool { name, version, slow: tool.slow, call: Call::Python(number) });
        }
    }
    let mut add = |name: &str, package: &str, call: fn(&str) -> usize| {
        let (name, version, call) = (name.to_owned(), pinned(package), Call::Parse(call));
        tools.push(Tool { name, version, slow: false, call });
    };
    add("smallprint reader", "", smallprint_tool::read);
    add("lol_html text", "lol_html", parsers::lol_html);
    add("tl", "tl", parsers::tl);
    add("html5ever tokenizer", "html5ever", parsers::html5ever_tokenizer);
    add("scraper", "scraper", parsers::scraper);
    add(UNIT, "html5ever", parsers::html5ever_rcdom);
    tools
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><title>t</title><p>one<p>two";

    #[test]
    fn every_tool_has_a_name_of_its_own_and_its_version() {
        let tools = all(None);
        for (at, tool) in tools.iter().enumerate() {
            assert!(tools[..at].iter().all(|other| other.name != tool.name), "{}", tool.name);
            let own = tool.name.starts_with("smallprint") || tool.name == "all text";
            assert_eq!(tool.version.is_empty(), own, "{}: {:?}", tool.name, tool.version);
        }
        assert!(tools.iter().any(|tool| tool.name == UNIT));
    }

    #[test]
    fn every_parser_reads_the_page_to_its_end() {
        let longer = format!("{PAGE}<p>three<b>four</b>");
        for tool in all(None) {
            if let Call::Parse(parse) = tool.call
                && tool.name != UNIT
            {
                assert!(parse(PAGE) < parse(&longer), "{}", tool.name);
            }
        }
    }

    #[test]
    fn every_extractor_finds_an_article() {
        let sentence = "The ferry left the harbour late, and nobody on the quay was told why. ";
        let paragraph = format!("<p>{}</p>", sentence.repeat(5));
        let page = format!(
            "<html><body><nav><a href=/>Home</a></nav><article>{}</article></body></html>",
            paragraph.repeat(6)
        );
        for tool in all(None) {
            if let Call::Extract(extract) = tool.call {
                let text = extract(&page).unwrap_or_else(|error| panic!("{}: {error}", tool.name));
                assert!(text.contains("on the quay"), "{}: {text}", tool.name);
                // Else it is all text, under another name.
                if tool.name == "smallprint" {
                    assert!(!text.contains("Home"), "{text}");
                }
            }
        }
    }
}
