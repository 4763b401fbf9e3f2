//! One JSON object of a file of gold pages. Not done here: finding the page's source.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::json_record::json_error;
use crate::error::{Error, ErrorKind, Result};

/// The fields of one object that are read; a null or empty name is an absent one.
#[derive(Debug, Default)]
pub(super) struct GoldRecord {
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) html: Option<String>,
    pub(super) html_file: Option<String>,
    pub(super) text: String,
    pub(super) must_include: Vec<String>,
    pub(super) must_exclude: Vec<String>,
}

/// The object as it stands, with the names of all forms.
#[derive(Deserialize)]
struct Fields {
    #[serde(default, deserialize_with = "scalar")]
    id: Option<String>,
    url: Option<String>,
    link: Option<String>,
    publisher: Option<String>,
    page_type: Option<String>,
    kind: Option<String>,
    html: Option<String>,
    html_file: Option<String>,
    text: Option<String>,
    main_content: Option<String>,
    must_include: Option<Vec<String>>,
    must_exclude: Option<Vec<String>>,
}

impl GoldRecord {
    /// Parses an object that begins in `line`, counted from 1.
    ///
    /// # Errors
    /// With the line: no such object, or one without gold text.
    pub(super) fn parse(json: &str, line: u64) -> Result<Self> {
        let fields: Fields = serde_json::from_str(json).map_err(|error| {
            json_error(&error).at_line(line + (error.line() as u64).saturating_sub(1))
        })?;
        let Some(text) = fields.text.or(fields.main_content) else {
            let (expected, found) = ("`text` or `main_content`", "neither");
            let error = ErrorKind::MissingField { expected: expected.into(), found: found.into() };
            return Err(Error::from(error).at_line(line));
        };
        let name = |name: Option<String>| name.filter(|name| !name.trim().is_empty());
        Ok(Self {
            id: name(fields.id),
            url: name(fields.url.or(fields.link)),
            publisher: name(fields.publisher),
            kind: name(fields.page_type.or(fields.kind)),
            html: fields.html,
            html_file: name(fields.html_file),
            text,
            must_include: fields.must_include.unwrap_or_default(),
            must_exclude: fields.must_exclude.unwrap_or_default(),
        })
    }
}

/// A string, or a number as it is written.
fn scalar<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    use serde::de::Error as _;
    let Some(raw) = Option::<&'de RawValue>::deserialize(deserializer)? else { return Ok(None) };
    match raw.get().as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw.get()).map(Some).map_err(D::Error::custom),
        Some(b'-' | b'0'..=b'9') => Ok(Some(raw.get().to_owned())),
        _ => Err(D::Error::custom("field `id`: expected a string or a number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_strings_or_numbers() {
        let id = |id: &str| {
            let record = GoldRecord::parse(&format!("{{\"id\": {id}, \"text\": \"\"}}"), 3);
            record.map(|record| record.id).map_err(|error| (error.position().line, error.message()))
        };
        assert_eq!(id("\"a\\u00e9\"").unwrap().as_deref(), Some("a\u{e9}"));
        assert_eq!(id("12345678901234567890").unwrap().as_deref(), Some("12345678901234567890"));
        assert_eq!(id("null").unwrap(), None);
        assert_eq!(id("\" \"").unwrap(), None);
        let (line, message) = id("[1]").unwrap_err();
        assert_eq!(line, Some(3));
        assert!(message.contains("`id`: expected a string or a number"), "{message}");
    }

    #[test]
    fn either_name_of_a_field_is_read() {
        let read = |json: &str| GoldRecord::parse(json, 1).unwrap();
        let record = read(r#"{"main_content": "a", "link": "u", "kind": "forum", "x": [{}]}"#);
        assert_eq!((record.text.as_str(), record.url.as_deref()), ("a", Some("u")));
        assert_eq!(record.kind.as_deref(), Some("forum"));
        let record = read(r#"{"text": "", "main_content": "a", "page_type": "", "html": ""}"#);
        assert_eq!(
            (record.text.as_str(), record.kind, record.html.as_deref()),
            ("", None, Some(""))
        );
    }
}
