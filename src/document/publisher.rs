//! The publisher that an address names: the domain that someone has registered.
//!
//! Input: the address of a page. Output: its registrable domain by the public-suffix list, so that
//! `www.` and sections of a site are one publisher, and sites of a hosting service are several. Not
//! done here: names of publishers.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use psl::{List, Psl as _};

use super::punycode;

/// The longest name of a host, in bytes.
const MAX_HOST: usize = 253;
/// The longest part of one between two full stops, in bytes.
const MAX_LABEL: usize = 63;

/// The registrable domain of an address, in lower case and ASCII: `example.co.uk` of
/// `https://user@News.Example.co.uk:8080/a`. Names in other scripts come as `xn--...`, however the
/// address writes them. The part before `//` may be missing.
///
/// An address of the internet protocol stands for itself. `None` where there is no host or it has no
/// registrable domain: `localhost`, a public suffix alone.
#[must_use]
pub fn publisher_of_url(url: &str) -> Option<String> {
    let (host, is_marked) = host(url)?;
    if let Some(inner) = host.strip_prefix('[') {
        return Some(inner.strip_suffix(']')?.parse::<Ipv6Addr>().ok()?.to_string());
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Some(address.to_string());
    }
    let host = ascii(host.strip_suffix('.').unwrap_or(host))?;
    let domain = List.domain(host.as_bytes())?;
    // `page.html` looks like a host too.
    if !is_marked && !domain.suffix().is_known() {
        return None;
    }
    String::from_utf8(domain.as_bytes().to_vec()).ok()
}

/// The host of an address, without user and port, and whether `//` marks it as one.
fn host(url: &str) -> Option<(&str, bool)> {
    let url = url.trim();
    let (is_marked, rest) = match url.find("//") {
        Some(at) if is_scheme(&url[..at]) => (true, &url[at + 2..]),
        _ => (false, url),
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.starts_with('[') {
        return host.find(']').map(|end| (&host[..=end], is_marked));
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    // Without the mark, `mailto:a@example.com` is no host, `example.com:80` is.
    let is_host = port.bytes().all(|byte| byte.is_ascii_digit())
        && (is_marked || name.contains('.') && host == authority);
    is_host.then_some((name, is_marked))
}

/// `https:`, or nothing.
fn is_scheme(start: &str) -> bool {
    let Some(name) = start.strip_suffix(':') else { return start.is_empty() };
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// A host in lower case and ASCII; `None` where no host is written so.
fn ascii(host: &str) -> Option<Cow<'_, str>> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    let host = if host.chars().all(is_plain) {
        Cow::Borrowed(host)
    } else {
        let labels: Option<Vec<String>> =
            host.to_lowercase().split(['.', '\u{3002}']).map(ascii_label).collect();
        Cow::Owned(labels?.join("."))
    };
    let is_label = |label: &str| (1..=MAX_LABEL).contains(&label.len());
    (host.len() <= MAX_HOST && host.split('.').all(is_label)).then_some(host)
}

fn ascii_label(label: &str) -> Option<String> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || is_mark(c);
    if !label.chars().all(is_letter) || label.len() > 4 * MAX_LABEL {
        return None;
    }
    if label.is_ascii() { Some(label.to_owned()) } else { punycode::encode(label) }
}

/// Signs of scripts that stand above, below or behind letters, and joiners.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, publisher: Option<&str>) {
        assert_eq!(publisher_of_url(url).as_deref(), publisher, "{url}");
    }

    #[test]
    fn hosts_are_reduced_to_the_domain_that_was_registered() {
        for (url, publisher) in [
            ("https://www.example.com/a?b#c", "example.com"),
            ("http://News.Example.CO.UK", "example.co.uk"),
            ("//a.b.example.org:8080/", "example.org"),
            ("https://user:pa@ss@example.net./x", "example.net"),
            ("ftp://example.com?x=//y.org", "example.com"),
            ("https://one.blogspot.com/", "one.blogspot.com"),
            ("https://deep.one.github.io", "one.github.io"),
            ("https://www.city.kawasaki.jp/", "city.kawasaki.jp"),
            ("https://example.unheard-of", "example.unheard-of"),
            ("www.example.com/page", "example.com"),
            ("example.com:443", "example.com"),
            (" https://example.com\n", "example.com"),
            ("https://example.com\\@other.org/", "example.com"),
        ] {
            check(url, Some(publisher));
        }
    }

    #[test]
    fn names_in_other_scripts_are_one_however_they_are_written() {
        for url in ["https://www.Bücher.example/", "https://www.xn--bcher-kva.example/"] {
            check(url, Some("xn--bcher-kva.example"));
        }
        // The suffix is in another script too.
        for url in ["https://a.b.公司.cn", "https://a.b.xn--55qx5d.cn"] {
            check(url, Some("b.xn--55qx5d.cn"));
        }
        check("https://пример.рф/", Some("xn--e1afmkfd.xn--p1ai"));
    }

    #[test]
    fn addresses_of_machines_stand_for_themselves() {
        check("http://192.0.2.7:8080/a", Some("192.0.2.7"));
        check("http://user@[2001:DB8::1]:80/", Some("2001:db8::1"));
        check("http://[2001:db8::1", None);
        check("http://[nonsense]/", None);
    }

    #[test]
    fn what_has_no_domain_has_no_publisher() {
        for url in [
            "",
            "https://",
            "https:///a",
            "http://localhost:8000/",
            "https://com/",
            "https://co.uk",
            "https://github.io/",
            "mailto:a@example.com",
            "urn:uuid:1234",
            "dns:example.com",
            "/a/b.html",
            "page",
            "page.html",
            "https://exa mple.com/",
            "https://a..example.com/",
            "https://example.com:port/",
            &format!("https://{}.com/", "a".repeat(64)),
            &format!("https://{}com/", "a.".repeat(200)),
        ] {
            check(url, None);
        }
    }
}
