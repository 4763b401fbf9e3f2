//! The `meta` elements of a page, by name.

use super::super::token::Attributes;
use super::collected::Collected;
use super::plain::plain;
use super::{Origin, Property};

/// Names and contents, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Metas {
    metas: Vec<Meta>,
    /// An element's content stands here once, however many names it gives.
    contents: Vec<String>,
}

#[derive(Debug)]
struct Meta {
    /// In lower case.
    name: String,
    /// Its place in [`Metas::contents`].
    content: usize,
    origin: Origin,
}

impl Metas {
    pub(super) fn read(collected: &Collected) -> Self {
        let mut found = Self::default();
        for attributes in collected.metas() {
            let mut content = None;
            let mut names = Vec::new();
            for (name, value) in Attributes::new(attributes) {
                match name.to_ascii_lowercase().as_str() {
                    "content" | "value" if content.is_none() => content = plain(value),
                    "name" | "property" | "http-equiv" => names.push((value, false)),
                    "itemprop" => names.push((value, true)),
                    _ => {}
                }
            }
            let Some(content) = content else { continue };
            for (name, is_itemprop) in names {
                let name = name.trim().to_ascii_lowercase();
                let origin = origin(&name, is_itemprop);
                found.metas.push(Meta { name, content: found.contents.len(), origin });
            }
            found.contents.push(content);
        }
        found
    }

    /// Contents of the names, those of the first name first.
    pub(super) fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = Property<&'a str>> {
        names.iter().flat_map(|&name| {
            let named = self.metas.iter().filter(move |meta| meta.name == name);
            named.map(|meta| Property {
                value: self.contents[meta.content].as_str(),
                origin: meta.origin,
            })
        })
    }

    /// The content of the first of the names that the page has.
    pub(super) fn first(&self, names: &[&str]) -> Option<Property<String>> {
        let first = self.all(names).next()?;
        Some(Property { value: first.value.to_owned(), origin: first.origin })
    }
}

fn origin(name: &str, is_itemprop: bool) -> Origin {
    if is_itemprop {
        return Origin::Itemprop;
    }
    // Namespaces of the Open Graph protocol.
    let prefix = name.split(':').next().filter(|_| name.contains(':'));
    match prefix {
        Some("og" | "article" | "book" | "profile" | "video") => Origin::OpenGraph,
        _ => Origin::Meta,
    }
}
