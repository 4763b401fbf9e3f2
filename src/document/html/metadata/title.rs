//! The title of a page, told from the site's name and from section headings.

use super::super::{Block, Enclosing, NO_ELEMENT, Page, Tag};
use super::plain::{folded, is_folded, shared_ratio, words};
use super::{Metadata, Origin, Property};

/// What stands between a title and the site's name.
const SEPARATORS: [&str; 11] =
    [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ", " ‹ ", " ⋆ "];

/// So many names of the site stand around a title at most.
const MAX_PARTS: usize = 4;

/// Longer blocks are no titles, whatever their element.
const MAX_HEADING: usize = 400;

/// So many elements within a heading are looked through: a block in a deep page costs no more.
const MAX_WITHIN: usize = 32;

/// A heading of fewer words can name a section as well as the page.
const LEAST_WORDS: usize = 3;

/// A heading shares at least so much of its words with what the head of the page calls the title.
const AGREES: f64 = 0.7;

/// What a page says of its title, and the names of its site.
pub(super) struct Titles<'a> {
    /// The headline in JSON-LD.
    pub(super) headline: Option<String>,
    /// `og:title`.
    pub(super) open_graph: Option<Property<String>>,
    /// Other `meta` elements, the best first.
    pub(super) meta: Option<Property<String>>,
    /// The text of `title`.
    pub(super) element: Option<&'a str>,
    /// The site's and the publisher's names.
    pub(super) site_names: Vec<String>,
}

impl Titles<'_> {
    /// The title. A first-degree heading that agrees with the head is what a reader sees; then
    /// JSON-LD, Open Graph, the `title` element without the site's name.
    pub(super) fn choose(&self, page: &Page) -> Option<Property<String>> {
        let headings = headings(page, Tag::H1);
        let element = self.element.map(|title| self.without_site(title));
        let headline = self.headline.as_deref().map(|title| self.without_site(title));
        let open_graph = self.open_graph.as_ref().map(|title| self.without_site(&title.value));
        let heads: Vec<&str> = [&headline, &open_graph, &element]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|title| !self.is_site(title))
            .collect();
        if let Some(heading) = self.agreeing(&headings, &heads) {
            return Some(Property { value: heading.to_owned(), origin: Origin::Heading });
        }
        // Heads are often written for search engines; the one heading of its degree is for readers.
        let mut own = headings.iter().filter(|heading| !self.is_site(heading));
        if let (Some(only), None) = (own.next(), own.next())
            && (words(only).len() >= LEAST_WORDS || heads.iter().any(|head| begins(head, only)))
        {
            return Some(Property { value: (*only).to_owned(), origin: Origin::Heading });
        }
        let candidates = [
            headline.map(|value| Property { value, origin: Origin::JsonLd }),
            open_graph.map(|value| Property { value, origin: Origin::OpenGraph }),
            element.map(|value| Property { value, origin: Origin::TitleElement }),
            self.meta.clone(),
        ];
        let mut candidates: Vec<_> = candidates.into_iter().flatten().collect();
        if let Some(first) = headings.first() {
            candidates.push(Property { value: (*first).to_owned(), origin: Origin::Heading });
        }
        let named = candidates.iter().position(|title| !self.is_site(&title.value));
        (!candidates.is_empty()).then(|| candidates.swap_remove(named.unwrap_or(0)))
    }

    /// The heading that agrees best with a title of the head.
    fn agreeing<'h>(&self, headings: &[&'h str], heads: &[&str]) -> Option<&'h str> {
        let mut best: Option<(&str, f64)> = None;
        let heads: Vec<Vec<String>> = heads.iter().map(|head| words(head)).collect();
        for heading in headings.iter().filter(|heading| !self.is_site(heading)) {
            let own = words(heading);
            let agreement = heads.iter().map(|head| agreement(&own, head)).fold(0.0, f64::max);
            if agreement >= AGREES && best.is_none_or(|(_, most)| agreement > most) {
                best = Some((heading, agreement));
            }
        }
        best.map(|(heading, _)| heading)
    }

    fn is_site(&self, title: &str) -> bool {
        let title = folded(title);
        !title.is_empty() && self.site_names.iter().any(|name| folded(name) == title)
    }

    /// A title without the name of its site at the end or the beginning.
    fn without_site(&self, title: &str) -> String {
        let mut rest = title.trim();
        let mut parts = 0;
        while let Some((head, tail)) = last_part(rest)
            && (self.is_site(tail) || self.is_long_name(tail))
            && !head.trim().is_empty()
            && parts < MAX_PARTS
        {
            rest = head.trim();
            parts += 1;
        }
        while let Some((head, tail)) = first_part(rest)
            && self.is_site(head)
            && !tail.trim().is_empty()
            && parts < MAX_PARTS
        {
            rest = tail.trim();
            parts += 1;
        }
        rest.to_owned()
    }

    /// Whether a part holds a site's name and little else.
    fn is_long_name(&self, part: &str) -> bool {
        let part = folded(part);
        let names = self.site_names.iter().map(|name| folded(name));
        names.into_iter().any(|name| {
            name.len() >= 3
                && ((part.contains(&name) && part.len() <= 2 * name.len())
                    || (part.len() >= 3 && name.contains(&part) && name.len() <= 2 * part.len()))
        })
    }
}

/// Whether a title is a heading, or one and behind it something else.
fn begins(title: &str, heading: &str) -> bool {
    let heading = folded(heading);
    let first = first_part(title).map(|(head, _)| folded(head));
    !heading.is_empty() && (folded(title) == heading || first.is_some_and(|head| head == heading))
}

/// How much of the words of both a heading and a title stand in the other, given the words of both.
fn agreement(heading: &[String], title: &[String]) -> f64 {
    let (short, long) = (heading.len().min(title.len()), heading.len().max(title.len()));
    // One word that stands somewhere in a title says little, few in a long one do.
    let is_little = short * 4 < long || (short == 1 && long > 1);
    if is_little { 0.0 } else { shared_ratio(heading, title) }
}

/// Whether a heading can agree with a title of these words by nine tenths, told without taking it
/// apart; `true` where that is not plain.
fn may_agree(heading: &str, title: &[String]) -> bool {
    if !heading.is_ascii() {
        return true;
    }
    let words = heading.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let (mut n, mut shared) = (0, 0);
    for word in words.take(title.len() + 1) {
        n += 1;
        shared += usize::from(title.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    // Of two texts, at least nine tenths of the words of the shorter one must be shared; of a title
    // that is shorter, each of them can be missed but once in ten.
    if n <= title.len() { shared * 10 >= n * 9 } else { true }
}

fn last_part(title: &str) -> Option<(&str, &str)> {
    let found = SEPARATORS.iter().filter_map(|s| title.rfind(s).map(|at| (at, s.len())));
    let (at, length) = found.max()?;
    Some((&title[..at], &title[at + length..]))
}

fn first_part(title: &str) -> Option<(&str, &str)> {
    let found = SEPARATORS.iter().filter_map(|s| title.find(s).map(|at| (at, s.len())));
    let (at, length) = found.min()?;
    Some((&title[..at], &title[at + length..]))
}

/// The texts of headings of one degree, those of navigation and footers aside.
fn headings(page: &Page, tag: Tag) -> Vec<&str> {
    let aside = |block: &&Block| {
        let enclosing = page.enclosing(block);
        enclosing.has(Enclosing::NAV) || enclosing.has(Enclosing::FOOTER)
    };
    let blocks = page.blocks.iter().filter(|block| heading(page, block) == Some(tag));
    let blocks = blocks.filter(|block| block.text.len() <= MAX_HEADING && !aside(block));
    blocks.map(|block| page.block_text(block)).take(64).collect()
}

/// The heading that a block stands in, at most [`MAX_WITHIN`] elements further out.
fn heading(page: &Page, block: &Block) -> Option<Tag> {
    let mut at = block.element;
    for _ in 0..MAX_WITHIN {
        if at == NO_ELEMENT {
            break;
        }
        let element = page.elements.get(at as usize)?;
        if !element.enclosing.has(Enclosing::HEADING) {
            return None;
        }
        if element.tag.is_heading() {
            return Some(element.tag);
        }
        at = element.parent;
    }
    None
}

impl Page {
    /// The block that shows a title: the highest heading that says the same, the first of several.
    /// Its number in [`Page::blocks`], from 0; other headings are those of sections.
    #[must_use]
    pub fn title_block(&self, title: &str) -> Option<usize> {
        let wanted = folded(title);
        if wanted.is_empty() {
            return None;
        }
        let title_words = words(title);
        let headings = self.blocks.iter().enumerate().filter_map(|(index, block)| {
            let tag = heading(self, block).filter(|_| block.text.len() <= MAX_HEADING)?;
            let text = self.block_text(block);
            let same = is_folded(text, &wanted)
                || may_agree(text, &title_words) && agreement(&words(text), &title_words) >= 0.9;
            same.then_some((tag, index))
        });
        headings.min().map(|(_, index)| index)
    }

    /// The block that clean text leaves out because it shows a title: [`Page::title_block`] if that
    /// is a first-degree heading or says exactly the same, or else the first block outside of
    /// navigation and links that says exactly the same. Its number in [`Page::blocks`], from 0.
    ///
    /// Features of the model look for the title less strictly, so that a page nearly always has one
    /// to measure distances from; what is left out of a text must be the title.
    #[must_use]
    pub fn shown_title(&self, title: &str) -> Option<usize> {
        self.shown(title, self.title_block(title))
    }

    /// [`Page::shown_title`] of the title that the page says.
    #[must_use]
    pub fn own_title(&self) -> Option<usize> {
        let Metadata { title, title_block, .. } = self.metadata();
        self.shown(&title.as_ref()?.value, *title_block)
    }

    fn shown(&self, title: &str, heading_block: Option<usize>) -> Option<usize> {
        let wanted = folded(title);
        let is_title = |&index: &usize| {
            let block = &self.blocks[index];
            heading(self, block) == Some(Tag::H1) || is_folded(self.block_text(block), &wanted)
        };
        heading_block.filter(is_title).or_else(|| self.title_without_heading(&wanted))
    }

    fn title_without_heading(&self, wanted: &str) -> Option<usize> {
        let says_it = |block: &Block| {
            block.text.len() <= MAX_HEADING
                && block.link_bytes == 0
                && !self.enclosing(block).has(Enclosing::NAV)
                && is_folded(self.block_text(block), wanted)
        };
        if wanted.is_empty() { None } else { self.blocks.iter().position(says_it) }
    }
}
