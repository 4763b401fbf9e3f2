//! The charset that a page declares of itself.
//!
//! Input: a page's first bytes. Output: the label as it stands. Whether it is true is not judged
//! here.

use super::tag::Tag;
use super::token::{Attributes, Token, Tokens};

/// So many bytes of a page are searched for a declaration; the HTML standard asks for no more.
const HEAD_BYTES: usize = 1024;

/// The label of the first declaration in a page's first 1024 bytes: that of an XML declaration, of
/// `<meta charset>` or of `<meta http-equiv="Content-Type">`.
pub(in crate::document) fn declared_charset(bytes: &[u8]) -> Option<String> {
    // Markup is ASCII in every charset that a page can declare, so each byte may pass for a
    // character.
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let head: String = head.iter().copied().map(char::from).collect();
    xml_encoding(&head).or_else(|| {
        let metas = Tokens::new(&head).filter_map(|token| match token {
            Token::Start { tag: Tag::Meta, attributes, .. } => Some(&head[attributes]),
            _ => None,
        });
        metas.filter_map(of_meta).map(str::to_owned).next()
    })
}

/// The encoding of `<?xml version="1.0" encoding="..."?>`.
fn xml_encoding(head: &str) -> Option<String> {
    let declaration = head.trim_start().strip_prefix("<?xml")?.split('>').next()?;
    let mut attributes = Attributes::new(declaration.trim_end_matches('?'));
    attributes.find(|(name, _)| *name == "encoding").map(|(_, value)| value.to_owned())
}

/// The charset that a `meta` with these attributes declares.
fn of_meta(attributes: &str) -> Option<&str> {
    let value = |name: &str| Attributes::new(attributes).value(&[name]);
    value("charset").or_else(|| {
        let is_type = value("http-equiv")?.trim().eq_ignore_ascii_case("content-type");
        value("content").filter(|_| is_type).and_then(charset_of)
    })
}

/// The charset in the value of a header `Content-Type`, such as `text/html; charset=utf-8`.
pub(in crate::document) fn charset_of(content_type: &str) -> Option<&str> {
    let mut rest = content_type;
    loop {
        let at = rest.as_bytes().windows(7).position(|w| w.eq_ignore_ascii_case(b"charset"))?;
        rest = rest[at + 7..].trim_start();
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let end = |c: char| quote.map_or(c == ';' || c.is_whitespace(), |quote| c == quote);
        return value.trim_start_matches(['"', '\'']).split(end).next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found() {
        for (page, expected) in [
            ("<meta charset=KOI8-R>", Some("KOI8-R")),
            (
                "<!-- <meta charset=no> --><META a='<meta charset=no>' Charset = \"big5\" />",
                Some("big5"),
            ),
            ("<script>'<meta charset=no>'</script><meta charset='gbk'>", Some("gbk")),
            (
                "<meta content='text/html; charset=windows-1251' http-equiv=content-type>",
                Some("windows-1251"),
            ),
            ("<meta http-equiv=refresh content='0; charset=no'><p>", None),
            ("<meta http-equiv='Content-Type' content='text/html'><meta charset=x>", Some("x")),
            ("\n<?xml version='1.0' encoding='EUC-KR'?><meta charset=no>", Some("EUC-KR")),
            ("<?xml version='1.0'?><meta charset=utf-8>", Some("utf-8")),
            ("<meta charset=\"cut", None),
            ("", None),
        ] {
            assert_eq!(declared_charset(page.as_bytes()).as_deref(), expected, "{page}");
        }
        let far = format!("<p>\u{e9}{}<meta charset=no>", " ".repeat(1010));
        assert_eq!(declared_charset(far.as_bytes()), None);
        assert_eq!(
            declared_charset(b"<title>\xE9\xFF</title><meta charset=x>").as_deref(),
            Some("x")
        );
    }

    #[test]
    fn content_types_name_charsets() {
        for (value, expected) in [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html;CHARSET = \"big5\" ; x", Some("big5")),
            ("charset charset='a b' c", Some("a b")),
            ("text/html", None),
            ("charset", None),
            ("charset=", Some("")),
        ] {
            assert_eq!(charset_of(value), expected, "{value}");
        }
    }
}
