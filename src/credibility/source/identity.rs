//! Which source an article is of.

use std::path::Path;

use crate::document::{Document, publisher_of_url};

/// How articles are put together to sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SourceBy {
    /// By the domain of the article's address, or else by the publisher that the record or the page
    /// names.
    #[default]
    Publisher,
    /// By the folder that holds the article's file.
    Folder,
}

/// A source.
///
/// Two sources that only share a name are told apart by their domains; two names at one domain are
/// one source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// What tells it from others: the domain, or else the name in lower case.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// The domain that it has registered, where an address is known.
    pub domain: Option<String>,
}

impl Identity {
    /// The source of an article; `None` where nothing tells.
    #[must_use]
    pub fn of(document: &Document, by: SourceBy) -> Option<Self> {
        if by == SourceBy::Folder {
            let name = Path::new(document.path.as_deref()?).parent()?.to_str()?.to_owned();
            return (!name.is_empty()).then(|| Self { key: name.clone(), name, domain: None });
        }
        let metadata = document.metadata();
        let canonical = metadata.and_then(|m| m.canonical_url.as_ref()).map(|url| &url.value);
        let domain = document.url.as_ref().into_iter().chain(canonical);
        let domain = domain.filter_map(|url| publisher_of_url(url)).next();
        let said = || {
            let metadata = metadata?;
            let name = metadata.publisher.as_ref().or(metadata.site_name.as_ref())?;
            Some(name.value.clone())
        };
        // A record that names no publisher has that of its address, which is no name.
        let named = document.publisher.clone().filter(|name| Some(name) != domain.as_ref());
        let name = named.or_else(said).or_else(|| domain.clone())?;
        let name = name.trim().to_owned();
        let key = domain.clone().unwrap_or_else(|| name.to_lowercase());
        (!key.is_empty()).then_some(Self { key, name, domain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: Option<&str>, publisher: Option<&str>) -> Option<Identity> {
        let document = Document {
            url: url.map(str::to_owned),
            publisher: publisher.map(str::to_owned),
            ..Document::from_text("")
        };
        Identity::of(&document, SourceBy::Publisher)
    }

    #[test]
    fn domains_tell_sources_of_one_name_apart() {
        let north = of(Some("https://www.herald-north.example/a"), Some("The Herald")).unwrap();
        let south = of(Some("https://herald-south.example/b"), Some("The Herald")).unwrap();
        assert_eq!(
            (north.name.as_str(), north.key.as_str()),
            ("The Herald", "herald-north.example")
        );
        assert_ne!(north.key, south.key);
        let again = of(Some("http://m.herald-north.example"), Some("Herald Online")).unwrap();
        assert_eq!(again.key, north.key);
    }

    #[test]
    fn without_an_address_the_name_tells_whatever_its_case() {
        let one = of(None, Some(" The Herald")).unwrap();
        assert_eq!(one.key, of(None, Some("THE HERALD")).unwrap().key);
        assert_eq!((one.name.as_str(), one.domain), ("The Herald", None));
        assert_eq!(of(None, None), None);
        assert_eq!(of(Some("localhost"), None), None);
    }

    #[test]
    fn folders_are_sources_where_they_are_asked_for() {
        let mut document = Document::from_text("");
        document.path = Some("pile/herald/a.txt".into());
        let found = Identity::of(&document, SourceBy::Folder).unwrap();
        assert_eq!((found.key.as_str(), found.domain), ("pile/herald", None));
        document.path = Some("a.txt".into());
        assert_eq!(Identity::of(&document, SourceBy::Folder), None);
    }

    #[test]
    fn a_page_names_its_source_itself() {
        let page = r#"<link rel="canonical" href="https://gazette.example/x">
            <meta property="og:site_name" content="Saltmarsh Gazette"><p>Text."#;
        let found = Identity::of(&Document::from_html(page), SourceBy::Publisher).unwrap();
        assert_eq!(found.name, "Saltmarsh Gazette");
        assert_eq!(found.domain.as_deref(), Some("gazette.example"));
    }
}
