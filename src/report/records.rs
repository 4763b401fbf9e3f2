//! Verdicts, clean texts and explanations as the records of `--format jsonl`, `json` and `csv`.
//!
//! Records borrow from document and verdict and are written straight into a buffer. Their form is
//! described in `docs/schema/`; probabilities are rounded to 4 decimals.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::document::html::Metadata;
use crate::document::html::metadata::Origin as Place;
use crate::document::{Document, Source};
use crate::error::Error;
use crate::label::{Group, Label};
use crate::verdict::{ArticleBody, BodyState, CleanText, Count, Paragraph, Verdict};

/// Version of the records' form.
pub const RECORD_SCHEMA: u32 = 1;

/// Appends a record as one line of JSON, without a newline at the end.
///
/// # Panics
/// Never for the records of this module, which have string keys and finite numbers.
pub fn write_json(record: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer(out, record).expect("records always serialise");
}

/// A number with at most 4 decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rounded(pub f32);

impl Rounded {
    /// The rounded number.
    #[must_use]
    pub fn value(self) -> f64 {
        rounded(f64::from(self.0))
    }
}

/// A number with at most 4 decimals.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

impl Serialize for Rounded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

/// Why a document has no result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorRecord {
    /// A short stable name, see [`crate::error::ErrorKind::name`].
    pub kind: &'static str,
    /// What failed, what was expected, what was found; in files whose records are no lines, the
    /// record first.
    pub message: String,
    /// Line in the file, counted from 1.
    pub line: Option<u64>,
    /// Column in characters, counted from 1.
    pub column: Option<u64>,
}

impl From<&Error> for ErrorRecord {
    fn from(error: &Error) -> Self {
        let position = error.position();
        Self {
            kind: error.kind().name(),
            message: error.message_with_record(),
            line: position.line,
            column: position.column,
        }
    }
}

/// What is known of where a record comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Origin<'a> {
    /// The file.
    pub path: Option<&'a str>,
    /// The record's own identifier.
    pub id: Option<&'a str>,
    /// The page's address.
    pub url: Option<&'a str>,
}

impl<'a> From<&'a Document> for Origin<'a> {
    fn from(document: &'a Document) -> Self {
        Self {
            path: document.path.as_deref(),
            id: document.id.as_deref(),
            url: document.url.as_deref(),
        }
    }
}

/// A document with a label for every paragraph; see `docs/schema/classify.json`.
#[derive(Debug, Serialize)]
pub struct ClassifyRecord<'a> {
    schema: u32,
    #[serde(flatten)]
    origin: Origin<'a>,
    source: Option<Source>,
    language: Option<&'static str>,
    title: Option<&'a str>,
    metadata: Option<&'a Metadata>,
    paragraphs: Paragraphs<'a>,
    error: Option<ErrorRecord>,
}

impl<'a> ClassifyRecord<'a> {
    /// The record of a labelled document.
    #[must_use]
    pub fn new(document: &'a Document, verdict: &'a Verdict) -> Self {
        Self {
            schema: RECORD_SCHEMA,
            origin: document.into(),
            source: Some(verdict.source),
            language: verdict.language,
            title: document.known_title(),
            metadata: document.metadata(),
            paragraphs: Paragraphs(Some((document, verdict))),
            error: None,
        }
    }

    /// The record of a document that could not be read.
    #[must_use]
    pub fn failed(origin: Origin<'a>, error: &Error) -> Self {
        Self {
            schema: RECORD_SCHEMA,
            origin,
            source: None,
            language: None,
            title: None,
            metadata: None,
            paragraphs: Paragraphs(None),
            error: Some(error.into()),
        }
    }
}

#[derive(Debug)]
struct Paragraphs<'a>(Option<(&'a Document, &'a Verdict)>);

impl Serialize for Paragraphs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some((document, verdict)) = self.0 else {
            return serializer.serialize_seq(Some(0))?.end();
        };
        serializer.collect_seq(verdict.paragraphs.iter().map(|p| ParagraphRecord::new(document, p)))
    }
}

/// A labelled paragraph as records show it.
#[derive(Debug, Serialize)]
pub(super) struct ParagraphRecord<'a> {
    pub(super) index: usize,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    pub(super) label: Label,
    pub(super) group: Group,
    pub(super) probability: Rounded,
    pub(super) boilerplate: Rounded,
    pub(super) text: &'a str,
}

impl<'a> ParagraphRecord<'a> {
    pub(super) fn new(document: &'a Document, paragraph: &Paragraph) -> Self {
        Self {
            index: paragraph.index,
            start: paragraph.span.map(|span| span.start),
            end: paragraph.span.map(|span| span.end),
            label: paragraph.label,
            group: paragraph.label.group(),
            probability: Rounded(paragraph.probability),
            boilerplate: Rounded(paragraph.boilerplate),
            text: paragraph.text(document),
        }
    }
}

/// A document's own text; see `docs/schema/clean.json`.
#[derive(Debug, Serialize)]
pub struct CleanRecord<'a> {
    schema: u32,
    #[serde(flatten)]
    origin: Origin<'a>,
    title: Option<&'a str>,
    metadata: Option<&'a Metadata>,
    text: Option<&'a str>,
    kept: Count,
    dropped: Dropped<'a>,
    article_body: Option<ArticleBodyRecord>,
    error: Option<ErrorRecord>,
}

impl<'a> CleanRecord<'a> {
    /// The record of a cleaned document.
    #[must_use]
    pub fn new(document: &'a Document, clean: &'a CleanText) -> Self {
        Self {
            schema: RECORD_SCHEMA,
            origin: document.into(),
            title: document.known_title(),
            metadata: document.metadata(),
            text: Some(&clean.text),
            kept: clean.kept,
            dropped: Dropped(Some(&clean.dropped)),
            article_body: clean.article_body.map(ArticleBodyRecord::new),
            error: None,
        }
    }

    /// The record of a document that could not be read.
    #[must_use]
    pub fn failed(origin: Origin<'a>, error: &Error) -> Self {
        Self {
            schema: RECORD_SCHEMA,
            origin,
            title: None,
            metadata: None,
            text: None,
            kept: Count::default(),
            dropped: Dropped(None),
            article_body: None,
            error: Some(error.into()),
        }
    }
}

/// What `articleBody` says of the text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
struct ArticleBodyRecord {
    origin: Place,
    state: BodyState,
    share: Rounded,
}

impl ArticleBodyRecord {
    fn new(body: ArticleBody) -> Self {
        Self { origin: body.origin, state: body.state, share: Rounded(body.share) }
    }
}

/// The labels of which something was dropped.
#[derive(Debug)]
struct Dropped<'a>(Option<&'a [Count; Label::COUNT]>);

impl Serialize for Dropped<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counts = self.0.into_iter().flatten();
        let mut map = serializer.serialize_map(None)?;
        for (label, count) in Label::ALL.iter().zip(counts).filter(|(_, c)| c.paragraphs > 0) {
            map.serialize_entry(label, count)?;
        }
        map.end()
    }
}

/// One dropped paragraph, as a line of `--dropped FILE.jsonl`.
#[derive(Debug, Serialize)]
pub struct DroppedRecord<'a> {
    #[serde(flatten)]
    origin: Origin<'a>,
    #[serde(flatten)]
    paragraph: ParagraphRecord<'a>,
}

/// The paragraphs of a verdict that clean text leaves out.
pub fn dropped_records<'a>(
    document: &'a Document,
    verdict: &'a Verdict,
    clean: &CleanText,
) -> impl Iterator<Item = DroppedRecord<'a>> {
    clean.dropped_paragraphs(verdict).map(|p| DroppedRecord {
        origin: document.into(),
        paragraph: ParagraphRecord::new(document, p),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::sample;
    use super::super::schema_check::assert_valid;
    use super::*;
    use crate::error::ErrorKind;
    use crate::verdict::Keep;

    fn value(record: &impl Serialize) -> Value {
        let mut out = Vec::new();
        write_json(record, &mut out);
        assert!(!out.contains(&b'\n'));
        serde_json::from_slice(&out).unwrap()
    }

    fn error() -> Error {
        Error::from(ErrorKind::Csv { message: "unclosed quote".into() }).at(3, 7).in_file("a.csv")
    }

    #[test]
    fn a_classify_record_holds_what_was_found() {
        let (document, verdict) = sample::document();
        let record = value(&ClassifyRecord::new(&document, &verdict));
        assert_valid("classify", &record);
        assert_eq!(record["path"], "news/ferry.txt");
        assert_eq!(record["id"], Value::Null);
        assert_eq!((&record["source"], &record["language"]), (&json!("text"), &json!("en")));
        assert_eq!(record["title"], "Ferry \"saved\"");
        let paragraph = &record["paragraphs"][3];
        assert_eq!(
            *paragraph,
            json!({
                "index": 3, "start": 98, "end": 116, "label": "share_prompt",
                "group": "furniture", "probability": 0.8765, "boilerplate": 0.9877,
                "text": "Share on \u{1b}Facebook",
            })
        );
        let text = sample::text();
        for paragraph in record["paragraphs"].as_array().unwrap() {
            let at = |name: &str| paragraph[name].as_u64().unwrap() as usize;
            assert_eq!(&text[at("start")..at("end")], paragraph["text"]);
        }
        let (document, verdict) = sample::split_document();
        let record = value(&ClassifyRecord::new(&document, &verdict));
        assert_valid("classify", &record);
        assert_eq!(record["paragraphs"][0]["start"], Value::Null);
        let failed = value(&ClassifyRecord::failed(
            Origin { path: Some("a.csv"), ..Origin::default() },
            &error(),
        ));
        assert_valid("classify", &failed);
        assert_eq!(
            failed["error"],
            json!({"kind": "csv", "message": "invalid CSV: unclosed quote", "line": 3, "column": 7})
        );
        assert_eq!((&failed["path"], &failed["paragraphs"]), (&json!("a.csv"), &json!([])));
    }

    #[test]
    fn a_clean_record_counts_what_it_leaves_out() {
        let (document, verdict) = sample::document();
        let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
        let record = value(&CleanRecord::new(&document, &clean));
        assert_valid("clean", &record);
        assert_eq!(record["kept"], json!({"paragraphs": 2, "words": 16}));
        assert_eq!(
            record["dropped"],
            json!({
                "byline": {"paragraphs": 1, "words": 3},
                "copyright": {"paragraphs": 1, "words": 7},
                "share_prompt": {"paragraphs": 1, "words": 3},
            })
        );
        let failed = value(&CleanRecord::failed(Origin::default(), &error()));
        assert_valid("clean", &failed);
        assert_eq!(failed["text"], Value::Null);
        assert_eq!(failed["kept"]["paragraphs"], 0);
    }

    #[test]
    fn dropped_and_kept_paragraphs_are_all_there_are() {
        let (document, verdict) = sample::document();
        let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
        let dropped: Vec<Value> =
            dropped_records(&document, &verdict, &clean).map(|r| value(&r)).collect();
        assert_eq!(dropped.len(), 3);
        assert_eq!(dropped[0]["path"], "news/ferry.txt");
        assert_eq!(dropped[0]["label"], "byline");
        assert_eq!(dropped[2]["index"], 4);
    }

    #[test]
    fn numbers_have_four_decimals() {
        let text = |x| serde_json::to_string(&Rounded(x)).unwrap();
        assert_eq!(
            [text(0.123_456), text(1.0), text(0.000_01), text(-2.5)],
            ["0.1235", "1.0", "0.0", "-2.5"]
        );
    }
}
