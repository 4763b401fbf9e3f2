//! One JSON object of a JSONL file.
//!
//! Input: a line and the field names. Output: [`JsonRecord`], which borrows from the line what
//! holds no escape. Unknown fields are passed over without being built; that and the borrowing are
//! what makes reading fast. Not done here: lines, positions in files, labels.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

use super::format::{Fields, HTML};
use crate::error::{Error, ErrorKind};

/// What a record should be, for messages.
pub(super) const EXPECTED: &str = "one JSON object a line";
/// Characters of a parser's message that are kept: it may quote a whole document.
const MESSAGE_LENGTH: usize = 200;

/// The fields of one object; a null is an absent field.
#[derive(Debug, Default)]
pub(super) struct JsonRecord<'a> {
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) title: Option<String>,
    pub(super) text: Option<Cow<'a, str>>,
    pub(super) paragraphs: Option<Vec<JsonParagraph<'a>>>,
    /// A page's source as it stands: most records that hold one are asked for their text.
    pub(super) html: Option<&'a RawValue>,
}

/// A paragraph: a string, or an object with `text` and perhaps `label`.
#[derive(Debug)]
pub(super) struct JsonParagraph<'a> {
    pub(super) text: Cow<'a, str>,
    /// The label as it stands, null included; `None` where the object has no such field.
    pub(super) label: Option<&'a RawValue>,
}

impl<'a> JsonRecord<'a> {
    /// Parses one line.
    ///
    /// # Errors
    /// A JSON error with the column, counted in characters, and no line.
    pub(super) fn parse(line: &'a str, fields: &Fields) -> Result<Self, (Error, u64)> {
        let mut json = serde_json::Deserializer::from_str(line);
        Object(fields)
            .deserialize(&mut json)
            .and_then(|record| json.end().map(|()| record))
            .map_err(|error| (json_error(&error), column(line, &error)))
    }

    /// The error for a record that holds neither text nor paragraphs nor a page.
    pub(super) fn nothing_to_read(line: &str, fields: &Fields) -> Error {
        let expected = format!("`{}`, `{HTML}` or `{}`", fields.text, fields.paragraphs);
        ErrorKind::MissingField { expected, found: keys(line) }.into()
    }
}

/// The source of a page out of the field of a record that `line` holds.
///
/// # Errors
/// A JSON error that names the field, with the column of its value, counted in characters, and no
/// line.
pub(super) fn page(line: &str, raw: &RawValue) -> Result<String, (Error, u64)> {
    let raw = raw.get();
    let what = match raw.as_bytes().first() {
        Some(b'"') => match serde_json::from_str(raw) {
            Ok(source) => return Ok(source),
            // A string that names half a character.
            Err(error) => parser_message(&error),
        },
        Some(b'{') => "found an object".to_owned(),
        Some(b'[') => "found a list".to_owned(),
        _ => format!("found `{}`", cut(raw)),
    };
    // The value is borrowed from the line.
    let start = raw.as_ptr().addr().saturating_sub(line.as_ptr().addr());
    let message = format!("field `{HTML}`: {what}");
    let expected = "a string, the source of a page";
    Err((ErrorKind::Json { message, expected }.into(), characters(line, start) + 1))
}

/// The typed error for one of the parser's, without its position.
pub(super) fn json_error(error: &serde_json::Error) -> Error {
    ErrorKind::Json { message: parser_message(error), expected: EXPECTED }.into()
}

/// What the parser says, without its position.
fn parser_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    cut(message.rsplit_once(" at line ").map_or(&*message, |(before, _)| before))
}

fn cut(message: &str) -> String {
    match message.char_indices().nth(MESSAGE_LENGTH) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

/// The parser counts bytes, we count characters; both from 1.
fn column(line: &str, error: &serde_json::Error) -> u64 {
    characters(line, error.column().min(line.len())).max(1)
}

/// The characters of a line that begin before a byte.
fn characters(line: &str, end: usize) -> u64 {
    line.char_indices().take_while(|&(start, _)| start < end).count() as u64
}

/// The names of an object's fields, for messages.
fn keys(line: &str) -> String {
    struct Keys(Vec<String>);
    impl<'de> Deserialize<'de> for Keys {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let map = std::collections::BTreeMap::<String, IgnoredAny>::deserialize(deserializer)?;
            Ok(Self(map.into_keys().map(|key| format!("`{key}`")).collect()))
        }
    }
    match serde_json::from_str::<Keys>(line) {
        Ok(Keys(keys)) if !keys.is_empty() => keys.join(", "),
        _ => "no field".into(),
    }
}

/// Builds a record out of an object.
struct Object<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = JsonRecord<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = JsonRecord<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let fields = self.0;
        let mut record = JsonRecord::default();
        while let Some(key) = map.next_key_seed(KeyOf(fields))? {
            match key {
                Key::Text => {
                    let text = map.next_value_seed(TextOf(&fields.text))?;
                    set(&mut record.text, text, &fields.text)?;
                }
                Key::Paragraphs => {
                    let paragraphs = map.next_value_seed(ParagraphsOf(&fields.paragraphs))?;
                    set(&mut record.paragraphs, paragraphs, &fields.paragraphs)?;
                }
                Key::Id => set(&mut record.id, scalar(&mut map, &fields.id)?, &fields.id)?,
                Key::Url => set(&mut record.url, scalar(&mut map, &fields.url)?, &fields.url)?,
                Key::Publisher => {
                    let name = &fields.publisher;
                    set(&mut record.publisher, scalar(&mut map, name)?, name)?;
                }
                Key::Title => {
                    set(&mut record.title, scalar(&mut map, &fields.title)?, &fields.title)?;
                }
                Key::Html => {
                    set(&mut record.html, map.next_value()?, HTML)?;
                }
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(record)
    }
}

/// Sets a field that may stand only once: of two, one would be lost.
fn set<T, E: serde::de::Error>(
    slot: &mut Option<T>,
    value: Option<T>,
    name: &str,
) -> Result<(), E> {
    if slot.is_some() && value.is_some() {
        return Err(E::custom(format_args!("field `{name}` stands twice")));
    }
    *slot = value.or(slot.take());
    Ok(())
}

/// A string, or a number or truth value as it is written (so that a long number stays exact).
fn scalar<'de, A: MapAccess<'de>>(map: &mut A, name: &str) -> Result<Option<String>, A::Error> {
    let raw = map.next_value::<&'de RawValue>()?.get();
    match raw.as_bytes().first() {
        Some(b'n') => Ok(None),
        Some(b'"') => serde_json::from_str(raw).map(Some).map_err(A::Error::custom),
        Some(b'{' | b'[') => {
            Err(A::Error::custom(format_args!("field `{name}`: expected a string or a number")))
        }
        _ => Ok(Some(raw.to_owned())),
    }
}

/// Which of our fields a key is.
enum Key {
    Text,
    Paragraphs,
    Id,
    Url,
    Publisher,
    Title,
    Html,
    Other,
}

struct KeyOf<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for KeyOf<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyOf<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Key, E> {
        let fields = self.0;
        Ok(match key {
            _ if key == fields.text => Key::Text,
            _ if key == fields.paragraphs => Key::Paragraphs,
            _ if key == fields.id => Key::Id,
            _ if key == fields.url => Key::Url,
            _ if key == fields.publisher => Key::Publisher,
            _ if key == fields.title => Key::Title,
            HTML => Key::Html,
            _ => Key::Other,
        })
    }
}

/// A string that is borrowed where it holds no escape.
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// `Cow<str>` alone would always copy.
        #[derive(Deserialize)]
        struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);
        Ok(Self(Borrowed::deserialize(deserializer)?.0))
    }
}

/// Reads a field's string, `None` for null; the error for anything else names the field.
struct TextOf<'f>(&'f str);

impl<'de> DeserializeSeed<'de> for TextOf<'_> {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for TextOf<'_> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string in the field `{}`", self.0)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }
}

/// Reads a field's list of paragraphs, `None` for null; the error for anything else names the field.
struct ParagraphsOf<'f>(&'f str);

impl<'de> DeserializeSeed<'de> for ParagraphsOf<'_> {
    type Value = Option<Vec<JsonParagraph<'de>>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for ParagraphsOf<'_> {
    type Value = Option<Vec<JsonParagraph<'de>>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of paragraphs in the field `{}`", self.0)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut paragraphs = Vec::new();
        while let Some(paragraph) = list.next_element()? {
            paragraphs.push(paragraph);
        }
        Ok(Some(paragraphs))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for JsonParagraph<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Paragraph)
    }
}

struct Paragraph;

impl<'de> Visitor<'de> for Paragraph {
    type Value = JsonParagraph<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a paragraph: a string or an object with `text`")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(JsonParagraph { text: Cow::Borrowed(text), label: None })
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(JsonParagraph { text: Cow::Owned(text.to_owned()), label: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut text, mut label) = (None, None);
        while let Some(key) = map.next_key::<Text<'de>>()? {
            match &*key.0 {
                "text" => set(&mut text, map.next_value_seed(TextOf("text"))?, "text")?,
                "label" => set(&mut label, Some(map.next_value::<&'de RawValue>()?), "label")?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let text = text.ok_or_else(|| A::Error::missing_field("text"))?;
        Ok(JsonParagraph { text, label })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<JsonRecord<'_>, (Error, u64)> {
        JsonRecord::parse(line, &Fields::default())
    }

    #[track_caller]
    fn fails(line: &str, column: u64, message: &str) {
        let (error, found) = parse(line).unwrap_err();
        assert_eq!(error.kind().name(), "json");
        assert!(error.message().contains(message), "{error}");
        assert_eq!(found, column, "{error}");
    }

    #[test]
    fn reads_every_field_and_passes_over_the_others() {
        let line = r#"{"id": "a\"1", "extra": {"text": [1]}, "url": "u", "publisher": "p", "title":
            "t", "text": "plain", "html": null}"#;
        let record = parse(line).unwrap();
        let found = [&record.id, &record.url, &record.publisher, &record.title];
        assert_eq!(found.map(|field| field.as_deref().unwrap()), ["a\"1", "u", "p", "t"]);
        assert!(matches!(record.text, Some(Cow::Borrowed("plain"))));
        assert!(record.paragraphs.is_none() && record.html.is_none());
        assert_eq!(parse(r#"{"text": "a\nb\u00e9"}"#).unwrap().text.unwrap(), "a\nbé");
    }

    #[test]
    fn identifiers_may_be_numbers_and_stay_exact() {
        for (value, expected) in [
            ("7", Some("7")),
            ("12345678901234567890123", Some("12345678901234567890123")),
            ("-1.50", Some("-1.50")),
            ("true", Some("true")),
            ("null", None),
        ] {
            let line = format!(r#"{{"id": {value} , "text": ""}}"#);
            assert_eq!(parse(&line).unwrap().id.as_deref(), expected);
        }
        fails(r#"{"id": [1]}"#, 11, "field `id`: expected a string or a number");
    }

    #[test]
    fn paragraphs_are_strings_or_objects() {
        let line = r#"{"paragraphs": ["a\tb", {"n": 1, "label": "body", "text": "c"},
            {"text": "d", "label": null}, {"text": ""}]}"#;
        let paragraphs = parse(line).unwrap().paragraphs.unwrap();
        let found: Vec<_> =
            paragraphs.iter().map(|p| (&*p.text, p.label.map(RawValue::get))).collect();
        let expected = [("a\tb", None), ("c", Some("\"body\"")), ("d", Some("null")), ("", None)];
        assert_eq!(found, expected);
        fails(r#"{"paragraphs": [{"label": "body"}]}"#, 33, "missing field `text`");
        fails(r#"{"paragraphs": [1]}"#, 17, "a paragraph: a string or an object");
    }

    #[test]
    fn mistakes_name_their_column_in_characters() {
        fails(r#"{"text": "a" "id": 1}"#, 14, "expected `,` or `}`");
        fails("{\"title\": \"éé\", \"text\": x}", 25, "expected value");
        fails(r#"{"text": "cut o"#, 15, "EOF");
        fails(r#"{"text": "a"} {"#, 15, "trailing characters");
        fails(r#"["a"]"#, 1, "expected a JSON object");
        fails(r#"{"text": 1}"#, 10, "integer `1`, expected a string in the field `text`");
        fails(r#"{"text": {}}"#, 9, "expected a string in the field `text`");
        fails(
            r#"{"paragraphs": "a"}"#,
            18,
            "expected a list of paragraphs in the field `paragraphs`",
        );
        fails(r#"{"paragraphs": [{"text": 1}]}"#, 26, "expected a string in the field `text`");
        fails(r#"{"text": "a", "text": "b"}"#, 26, "field `text` stands twice");
        let (error, _) = parse(&format!("\"{}\"", "x".repeat(1000))).unwrap_err();
        assert!(error.message().len() < 300, "{error}");
    }

    #[test]
    fn a_page_is_a_string_and_the_error_says_what_it_is_instead() {
        let read = |line: &str| page(line, parse(line).unwrap().html.unwrap());
        assert_eq!(read(r#"{"html": "<p>a\n\u00e9"}"#).unwrap(), "<p>a\né");
        for (value, found) in [
            ("12.50", "found `12.50`"),
            ("true", "found `true`"),
            (r#"{"raw": "<p>"}"#, "found an object"),
            (r#"["<p>"]"#, "found a list"),
            (r#""\ud800""#, "unexpected end of hex escape"),
        ] {
            let (error, column) =
                read(&format!("{{\"title\": \"é\", \"html\": {value}}}")).unwrap_err();
            let expected = "expected a string, the source of a page";
            assert_eq!(error.message(), format!("invalid JSON: field `html`: {found}; {expected}"));
            assert_eq!((error.kind().name(), column), ("json", 24));
        }
    }

    #[test]
    fn nothing_to_read_says_what_was_there() {
        let message = |line: &str| JsonRecord::nothing_to_read(line, &Fields::default()).message();
        assert!(message(r#"{"body": "a", "id": 1}"#).ends_with("found `body`, `id`"));
        assert!(message("{}").ends_with("found no field"));
    }

    #[test]
    fn field_names_can_be_chosen() {
        let fields = Fields { text: "html".into(), id: "text".into(), ..Fields::default() };
        let record = JsonRecord::parse(r#"{"html": "a", "text": 1}"#, &fields).unwrap();
        assert_eq!((record.text.as_deref(), record.id.as_deref()), (Some("a"), Some("1")));
        assert!(record.html.is_none());
    }

    #[test]
    fn deep_nesting_in_an_unknown_field_is_passed_over() {
        let line =
            format!(r#"{{"x": {}{}, "text": "a"}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(parse(&line).unwrap().text.unwrap(), "a");
    }
}
