//! Ratings of domains that the user brings, shown as they stand.
//!
//! No list is shipped, none is averaged with another, none changes a finding. A domain that a list
//! does not hold is not rated by it, which says nothing.

use std::collections::HashMap;

use crate::document::publisher_of_url;

/// A list of ratings: a table with a row for each domain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RatingList {
    /// What the list is called: its file's name without the ending.
    pub name: String,
    /// The columns besides the domain, in the list's order.
    pub columns: Vec<String>,
    /// The cells of each domain, in the order of `columns`.
    rows: HashMap<String, Vec<String>>,
}

/// What a list says of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating<'a> {
    /// The list.
    pub list: &'a RatingList,
    /// The domain as the list has it, and its cells in the order of the list's columns; `None` where
    /// the list does not hold it.
    pub row: Option<(&'a str, &'a [String])>,
}

impl RatingList {
    /// An empty list.
    #[must_use]
    pub fn new(name: String, columns: Vec<String>) -> Self {
        Self { name, columns, rows: HashMap::new() }
    }

    /// Adds a domain with its cells.
    ///
    /// # Errors
    /// The domain, in the form in which it is kept, if the list holds it already with other cells.
    pub fn add(&mut self, domain: &str, cells: Vec<String>) -> Result<(), String> {
        let domain = normal(domain);
        match self.rows.get(&domain) {
            Some(known) if *known != cells => Err(domain),
            _ => {
                self.rows.insert(domain, cells);
                Ok(())
            }
        }
    }

    /// Number of domains.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds no domain.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the list says of a host: its row for the host itself, or for the nearest parent down to
    /// the registrable domain.
    #[must_use]
    pub fn rating(&self, host: &str) -> Rating<'_> {
        let host = normal(host);
        let registrable = publisher_of_url(&format!("//{host}")).unwrap_or_else(|| host.clone());
        let mut rest = host.as_str();
        loop {
            if let Some((domain, cells)) = self.rows.get_key_value(rest) {
                return Rating { list: self, row: Some((domain, cells)) };
            }
            match rest.split_once('.') {
                Some((_, parent)) if rest.len() > registrable.len() => rest = parent,
                _ => return Rating { list: self, row: None },
            }
        }
    }
}

/// A domain in lower case, without scheme, path, port and `www.`.
fn normal(domain: &str) -> String {
    let domain = domain.trim().to_lowercase();
    let host = domain.split_once("//").map_or(domain.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(domains: &[&str]) -> RatingList {
        let mut list = RatingList::new("invented".into(), vec!["score".into()]);
        for (place, domain) in domains.iter().enumerate() {
            list.add(domain, vec![place.to_string()]).unwrap();
        }
        list
    }

    #[test]
    fn a_host_is_rated_by_its_nearest_parent() {
        let list = list(&[
            "gazette.example",
            "sport.gazette.example",
            "co.uk",
            "https://www.Herald.co.uk/about",
        ]);
        let cell = |host: &str| list.rating(host).row.map(|(_, cells)| cells[0].clone());
        assert_eq!(cell("gazette.example").as_deref(), Some("0"));
        assert_eq!(cell("news.gazette.example").as_deref(), Some("0"));
        assert_eq!(cell("live.sport.gazette.example").as_deref(), Some("1"));
        assert_eq!(cell("www.herald.co.uk").as_deref(), Some("3"));
        // Nobody has registered co.uk: a row for it rates no one below it.
        assert_eq!(cell("other.co.uk"), None);
        assert_eq!(cell("notgazette.example"), None);
        assert_eq!(cell(""), None);
    }

    #[test]
    fn a_domain_that_comes_twice_must_say_the_same() {
        let mut list = list(&["gazette.example"]);
        assert_eq!(list.add("www.gazette.example", vec!["0".into()]), Ok(()));
        let other = list.add("Gazette.example", vec!["1".into()]);
        assert_eq!(other, Err("gazette.example".to_owned()));
        assert_eq!(list.len(), 1);
    }
}
