//! Whether shared text is credited: one names the other, or both name one agency.
//!
//! Names are compared by their letters, without `the` and without the ending of a domain, so that
//! `The Fenwick Star`, `fenwickstar.com` and `Fenwick Star` are one. News agencies are known by
//! their short names too.

use super::account::Account;

/// How two articles stand to each other as publishers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credit {
    /// Both are of one publisher.
    SamePublisher,
    /// The first names the second's publisher as a source.
    FirstCreditsSecond,
    /// The second names the first's publisher.
    SecondCreditsFirst,
    /// Both credit this agency or publisher.
    Common(String),
}

/// Agencies by their short and their full names, as letters.
const AGENCIES: &[(&str, &str)] = &[
    ("aap", "australianassociatedpress"),
    ("afp", "agencefrancepresse"),
    ("ani", "asiannewsinternational"),
    ("ap", "associatedpress"),
    ("apnews", "associatedpress"),
    ("cp", "canadianpress"),
    ("dpa", "deutschepresseagentur"),
    ("ians", "indoasiannewsservice"),
    ("pa", "pressassociation"),
    ("pamedia", "pressassociation"),
    ("pti", "presstrustofindia"),
    ("thomsonreuters", "reuters"),
    ("upi", "unitedpressinternational"),
];

/// Who credits whom; `None` where neither does.
#[must_use]
pub fn credit(a: &Account, b: &Account) -> Option<Credit> {
    let publisher = |account: &Account| account.identity.publisher.as_deref().map(publisher_key);
    let credits = |account: &Account| -> Vec<String> {
        account.identity.credits.iter().map(|name| publisher_key(name)).collect()
    };
    let (of_a, of_b) = (publisher(a), publisher(b));
    if of_a.is_some() && of_a == of_b {
        return Some(Credit::SamePublisher);
    }
    let (by_a, by_b) = (credits(a), credits(b));
    if of_b.is_some_and(|publisher| by_a.contains(&publisher)) {
        return Some(Credit::FirstCreditsSecond);
    }
    if of_a.is_some_and(|publisher| by_b.contains(&publisher)) {
        return Some(Credit::SecondCreditsFirst);
    }
    let common = by_a.iter().zip(&a.identity.credits).filter(|(key, _)| by_b.contains(key));
    common.min().map(|(_, name)| Credit::Common(name.clone()))
}

/// The letters by which a publisher's names are the same.
pub(super) fn publisher_key(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let name = match name.rsplit_once('.') {
        // A domain: its first part, unless that is `www`.
        Some(_) if !name.contains(' ') => {
            name.split('.').find(|part| *part != "www").unwrap_or_default()
        }
        _ => name.strip_prefix("the ").unwrap_or(&name),
    };
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let agency = AGENCIES.iter().find(|(short, _)| *short == letters);
    agency.map_or(letters, |(_, full)| (*full).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_publisher_have_one_key() {
        for name in
            ["fenwickstar.com", "www.fenwickstar.co.uk", "The Fenwick Star", "FENWICK STAR "]
        {
            assert_eq!(publisher_key(name), "fenwickstar", "{name}");
        }
        assert_eq!(publisher_key("AP"), publisher_key("The Associated Press"));
        assert_ne!(publisher_key("Fenwick Star"), publisher_key("Fenwick Sun"));
    }
}
