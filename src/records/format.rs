//! Formats of input: what they are called, which fields are read, and how one is recognised.
//!
//! Input: the first bytes and the name of a file. Output: [`InputFormat`]. Not done here: reading.

use std::str::FromStr;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};

use super::csv_rows::Rows;
use super::inputs::{COMPRESSED, strip_ending};
use super::source::{Source, UTF_8_MARK};
use crate::error::Error;

/// What a WARC file begins with.
const WARC: &[u8] = b"WARC/1.";
/// The field that holds a page's HTML.
pub(super) const HTML: &str = "html";

/// The format of an input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InputFormat {
    /// Recognised by content, and by the name where the content shows nothing.
    #[default]
    Auto,
    /// One file, one document.
    Text,
    /// One web page, one document.
    Html,
    /// One JSON object a line, one document each.
    Jsonl,
    /// One row a document, or, in the labelled form, one row a paragraph.
    Csv,
    /// What crawlers fetched, or (WET) the text of it; one record a document.
    Warc,
}

impl InputFormat {
    /// Every format, in the order in which help names them.
    pub const ALL: [Self; 6] =
        [Self::Auto, Self::Text, Self::Html, Self::Jsonl, Self::Csv, Self::Warc];

    /// The format's name: `auto`, `text`, `html`, `jsonl`, `csv`, `warc`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Text => "text",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Warc => "warc",
        }
    }
}

impl FromStr for InputFormat {
    type Err = Error;

    /// # Errors
    /// A usage error that lists the formats.
    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|format| format.as_str() == name).ok_or_else(|| {
            let names = Self::ALL.map(Self::as_str).join(", ");
            Error::usage(format!("unknown input format `{name}`: expected one of {names}"))
        })
    }
}

/// The names of the fields of a JSONL object and of the columns of a CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// The document's text; `text`.
    pub text: String,
    /// The document's identifier; `id`.
    pub id: String,
    /// The page's address; `url`.
    pub url: String,
    /// The publisher; `publisher`.
    pub publisher: String,
    /// The title, which is not part of the text; `title`.
    pub title: String,
    /// Paragraphs already split, JSONL only; `paragraphs`.
    pub paragraphs: String,
}

impl Default for Fields {
    fn default() -> Self {
        Self {
            text: "text".into(),
            id: "id".into(),
            url: "url".into(),
            publisher: "publisher".into(),
            title: "title".into(),
            paragraphs: "paragraphs".into(),
        }
    }
}

impl Fields {
    fn is_ours(&self, key: &str) -> bool {
        [&self.text, &self.id, &self.url, &self.publisher, &self.title, &self.paragraphs]
            .into_iter()
            .any(|field| field == key)
            || key == HTML
    }
}

/// Whether a look-ahead has seen what [`detect`] needs: the first line that is not blank, behind
/// what may stand before the first tag of a page.
pub(super) fn is_enough(start: &[u8]) -> bool {
    let start = start.strip_prefix(UTF_8_MARK).unwrap_or(start);
    after_preamble(start).is_some_and(|rest| rest.contains(&b'\n'))
}

/// Recognises the format by the first bytes of the decompressed input: a JSON object with one of
/// our fields (or one that goes on after the bytes given); a CSV header of several columns, one of
/// which holds the text; the tag that a web page begins with, comments and an XML declaration aside;
/// the version that a WARC record begins with. Where they show none of these, the name's ending
/// decides, so that a CSV file without a text
/// column is reported and not read as prose. Never [`InputFormat::Auto`].
pub(super) fn detect(start: &[u8], name: &str, fields: &Fields) -> InputFormat {
    let start = start.strip_prefix(UTF_8_MARK).unwrap_or(start).trim_ascii_start();
    let line = start.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
    if is_json(line, fields) {
        InputFormat::Jsonl
    } else if is_csv_header(line, fields) {
        InputFormat::Csv
    } else if is_page(start) {
        InputFormat::Html
    } else if start.starts_with(WARC) {
        InputFormat::Warc
    } else {
        by_name(name)
    }
}

/// The format that a name's ending shows; text where it shows none.
pub(super) fn by_name(name: &str) -> InputFormat {
    let name = name.as_bytes();
    let name = COMPRESSED.iter().find_map(|ending| strip_ending(name, ending)).unwrap_or(name);
    if strip_ending(name, ".jsonl").is_some() {
        InputFormat::Jsonl
    } else if strip_ending(name, ".csv").is_some() {
        InputFormat::Csv
    } else if [".html", ".htm"].iter().any(|ending| strip_ending(name, ending).is_some()) {
        InputFormat::Html
    } else if [".warc", ".wet"].iter().any(|ending| strip_ending(name, ending).is_some()) {
        InputFormat::Warc
    } else {
        InputFormat::Text
    }
}

/// Whether it begins as web pages do.
pub(super) fn is_page(start: &[u8]) -> bool {
    let Some(rest) = after_preamble(start) else { return false };
    let begins = |with: &&str| {
        rest.get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with.as_bytes()))
    };
    ["<!doctype html", "<html", "<head>", "<body"].iter().any(begins)
}

/// What stands behind white space, comments and XML declarations; `None` if one goes on after the
/// bytes given. These are 64 KiB at most: a page behind a longer comment is told by its name.
fn after_preamble(start: &[u8]) -> Option<&[u8]> {
    let mut rest = start.trim_ascii_start();
    // A comment may end with the signs that begin it: `<!-->`.
    while let Some((inside, end)) = [(b"<!--".as_slice(), b"-->".as_slice()), (b"<?xml", b"?>")]
        .into_iter()
        .find_map(|(begin, end)| rest.starts_with(begin).then(|| (&rest[2..], end)))
    {
        let at = memchr::memmem::find(inside, end)?;
        rest = inside[at + end.len()..].trim_ascii_start();
    }
    Some(rest)
}

/// Whether a line begins an object (or an array of objects, which reading then complains about)
/// with one of our fields, or breaks off before that shows. A mistake after the field changes
/// nothing: a broken first line is still a line of JSONL.
fn is_json(line: &[u8], fields: &Fields) -> bool {
    let line = line.strip_prefix(b"[").map_or(line, <[u8]>::trim_ascii_start);
    if !line.starts_with(b"{") {
        return false;
    }
    let text = String::from_utf8_lossy(line);
    let mut found = false;
    let mut json = serde_json::Deserializer::from_str(&text);
    let result = KeySearch { fields, found: &mut found }.deserialize(&mut json);
    found || result.is_err_and(|error| error.is_eof())
}

/// Goes through an object until a key is one of ours.
struct KeySearch<'a> {
    fields: &'a Fields,
    found: &'a mut bool,
}

impl<'de> DeserializeSeed<'de> for KeySearch<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for KeySearch<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            *self.found |= self.fields.is_ours(&key);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

fn is_csv_header(line: &[u8], fields: &Fields) -> bool {
    if !line.ends_with(b"\n") || memchr::memmem::find(line, fields.text.as_bytes()).is_none() {
        return false;
    }
    let mut rows = Rows::new(Source::new(std::io::Cursor::new(line.to_vec())));
    matches!(rows.advance(), Ok(true))
        && rows.len() > 1
        && (0..rows.len()).any(|column| rows.field(column) == fields.text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: &str, name: &str, format: InputFormat) {
        assert_eq!(detect(start.as_bytes(), name, &Fields::default()), format, "{start:?} {name}");
    }

    #[test]
    fn json_objects_are_recognised_by_our_fields() {
        for start in [
            r#"{"text": "a"}"#,
            "\n\n {\"id\": 1, \"other\": [{}]}\n",
            r#"{"deep": {"a": [1, 2]}, "html": "<p>"}"#,
            r#"{"text": "not closed"#,
            r#"{"text": "a" "id": 2}"#,
            r#"[{"text": "a"}]"#,
            "{\n",
            "\u{FEFF}{\"text\": 1}",
            r#"{"unknown": "and then the look-ahead ends"#,
        ] {
            check(start, "a.txt", InputFormat::Jsonl);
        }
        for start in [r#"{"other": {"text": 1}}"#, "{{Infobox}}", "{text}", "text", "[text]", ""] {
            check(start, "a.txt", InputFormat::Text);
        }
    }

    #[test]
    fn csv_headers_are_recognised_by_the_text_column() {
        check("id,text\n", "a", InputFormat::Csv);
        check("\u{FEFF}id,text\n", "a", InputFormat::Csv);
        check("\"id\",\"text\",more\r\n", "a", InputFormat::Csv);
        check("text\n", "a", InputFormat::Text);
        check("The letter, text, and map\n", "a", InputFormat::Text);
        check("id,texts\n", "a", InputFormat::Text);
        check("id,text", "a", InputFormat::Text);
    }

    #[test]
    fn the_name_decides_where_the_content_does_not() {
        check("id;text\n1;a\n", "a.csv", InputFormat::Csv);
        check("text\na\n", "a.CSV.gz", InputFormat::Csv);
        check("rubbish\n", "a.jsonl", InputFormat::Jsonl);
        check("", "a.jsonl.gz", InputFormat::Jsonl);
        check("rubbish\n", "jsonl", InputFormat::Text);
        check("{\"text\": 1}\n", "a.csv", InputFormat::Jsonl);
    }

    #[test]
    fn field_names_can_be_chosen() {
        let fields = Fields { text: "content".into(), ..Fields::default() };
        assert_eq!(detect(b"{\"content\": 1}", "a", &fields), InputFormat::Jsonl);
        assert_eq!(detect(b"{\"text\": 1}", "a", &fields), InputFormat::Text);
        assert_eq!(detect(b"id,content\n", "a", &fields), InputFormat::Csv);
    }

    #[test]
    fn pages_are_recognised_by_their_beginning_or_name() {
        check("\n<!DOCTYPE HTML><p>a", "a", InputFormat::Html);
        check("<html lang=en>", "a.txt", InputFormat::Html);
        check("<p>a", "a.htm.gz", InputFormat::Html);
        check("<p>a", "a.txt", InputFormat::Text);
    }

    #[test]
    fn comments_and_declarations_before_a_page_are_passed_over() {
        for before in [
            "<!-- saved from url=(0014)about:internet -->\n",
            "\u{feff}\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n",
            "<?xml version='1.0'?><!-- one -->\n\n<!-- two\n > -- -->",
            "<!--> <!---> <!---->",
        ] {
            check(&format!("{before}<!DOCTYPE html><p>a"), "a", InputFormat::Html);
            check(&format!("{before}<HTML>"), "a.txt", InputFormat::Html);
            check(&format!("{before}Prose with <html> in it."), "a.txt", InputFormat::Text);
            check(&format!("{before}<rss><html>"), "a.txt", InputFormat::Text);
            check(before, "a.txt", InputFormat::Text);
        }
        check("<!-- never closed <html>", "a.txt", InputFormat::Text);
        check("<!-- never closed <html>", "a.html", InputFormat::Html);
        check("<!- no comment --><html>", "a.txt", InputFormat::Text);
        check("<?php ?><html>", "a.txt", InputFormat::Text);
    }

    #[test]
    fn the_look_ahead_goes_on_to_the_first_line_behind_comments() {
        for (start, is_it) in [
            ("", false),
            ("\n\n", false),
            ("prose", false),
            ("prose\n", true),
            ("\u{feff}\n", false),
            ("\u{feff}\nprose\n", true),
            ("<!-- a\nb\n", false),
            ("<!-- a\nb -->\n", false),
            ("<!-- a\nb -->\n<html>\n", true),
            ("<?xml version='1.0'?>\n<html", false),
        ] {
            assert_eq!(is_enough(start.as_bytes()), is_it, "{start:?}");
        }
    }

    #[test]
    fn warc_is_recognised_by_its_version_or_name() {
        check("WARC/1.1\r\nWARC-Type: warcinfo\r\n", "a.txt", InputFormat::Warc);
        check("WARC/ware of the dog\n", "a.txt", InputFormat::Text);
        for name in ["a.warc", "a.wet", "a.warc.wet.gz", "a.warc.ZST", "-.warc.gz"] {
            check("rubbish\n", name, InputFormat::Warc);
        }
    }

    #[test]
    fn names_round_trip() {
        for format in InputFormat::ALL {
            assert_eq!(format.as_str().parse::<InputFormat>().unwrap(), format);
        }
        let error = "arc".parse::<InputFormat>().unwrap_err();
        assert!(error.message().contains("auto, text, html, jsonl, csv, warc"), "{error}");
    }
}
