//! Labelled documents for training and evaluation.
//!
//! Input: a CSV file `document,publisher,index,label,text`, a JSONL file of objects with
//! `paragraphs`, or a folder of such files. Output: [`LabelledDocument`]s in the order of the files
//! and of first mention. Any mistake ends the reading: to train on half the data without a word
//! would be a loss that nobody sees. Not done here: splitting by publisher.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::columns::{DOCUMENT, Header, INDEX, LABEL, number, optional, value};
use super::csv_rows::Rows;
use super::format::{Fields, InputFormat, by_name, detect, is_enough};
use super::inputs::{Input, Walk};
use super::json_record::{JsonParagraph, JsonRecord, json_error};
use super::jsonl::Lines;
use super::label_map::LabelMap;
use super::source::Source;
use crate::document::{LabelledDocument, LabelledParagraph};
use crate::error::{Error, ErrorKind, Result};
use crate::label::Label;

/// The columns of labelled CSV, for messages.
const EXPECTED: &str = "document, text, label and perhaps publisher, index";

/// Reads labelled documents from a file, or from every CSV and JSONL file of a folder and its
/// folders, in byte order of path.
///
/// A label goes through `map` first; none or an empty one makes the paragraph context. Without a
/// publisher the document is a group of its own. In CSV, `publisher` and `index` may be missing as
/// columns, others are ignored, and the rows of a document, which need not stand together, are
/// ordered by `index`. In JSONL, a document without `id` is named after its line. Documents of
/// different files stay apart even where they share an identifier.
///
/// # Errors
/// With file, line and, in CSV, column: whatever cannot be read; an unknown label; a paragraph
/// that comes twice; two publishers for one document; a file that holds no labels at all; a folder
/// without a file to read.
pub fn read_labelled(path: &Path, map: &LabelMap) -> Result<Vec<LabelledDocument>> {
    if !path.is_dir() {
        return read_file(path, map).map_err(|error| error.in_file(path));
    }
    let mut documents = Vec::new();
    let mut files = 0;
    for input in Walk::new([path.to_owned()]) {
        let Input::File(file) = input? else { continue };
        if matches!(by_name(&file.to_string_lossy()), InputFormat::Text | InputFormat::Warc) {
            continue;
        }
        documents.extend(read_file(&file, map).map_err(|error| error.in_file(file))?);
        files += 1;
    }
    if files == 0 {
        return Err(Error::data("no .csv or .jsonl file in this folder").in_file(path));
    }
    Ok(documents)
}

fn read_file(path: &Path, map: &LabelMap) -> Result<Vec<LabelledDocument>> {
    let mut source = Source::open(path)?;
    let name = path.to_string_lossy();
    let fields = Fields::default();
    match detect(source.peek(is_enough), &name, &fields) {
        InputFormat::Jsonl => read_jsonl(source, &fields, map),
        _ => read_csv(source, map),
    }
}

/// The documents of a CSV file while its rows come in.
#[derive(Default)]
struct Gathered {
    documents: Vec<LabelledDocument>,
    /// The index of each paragraph, document by document.
    indices: Vec<Vec<u64>>,
    /// Where in `documents` an identifier stands.
    places: HashMap<String, usize>,
    seen: BTreeSet<(usize, u64)>,
}

impl Gathered {
    /// The place of a document, which is made where there is none.
    ///
    /// # Errors
    /// The document had another publisher before.
    fn place(&mut self, id: String, publisher: Option<String>) -> Result<usize> {
        let place = *self.places.entry(id).or_insert_with_key(|id| {
            let publisher = publisher.clone();
            let document = LabelledDocument { id: id.clone(), publisher, paragraphs: Vec::new() };
            self.documents.push(document);
            self.indices.push(Vec::new());
            self.documents.len() - 1
        });
        let document = &self.documents[place];
        if document.publisher == publisher {
            return Ok(place);
        }
        let name = |publisher: Option<&str>| {
            publisher.map_or("no publisher".to_owned(), |name| format!("the publisher `{name}`"))
        };
        Err(Error::data(format!(
            "document `{}` has {} here and {} before",
            document.id,
            name(publisher.as_deref()),
            name(document.publisher.as_deref())
        )))
    }

    /// Adds a paragraph.
    ///
    /// # Errors
    /// The document has one of this index already.
    fn add(&mut self, place: usize, index: u64, paragraph: LabelledParagraph) -> Result<()> {
        let document = &mut self.documents[place];
        if !self.seen.insert((place, index)) {
            let message = format!("document `{}` has two paragraphs of index {index}", document.id);
            return Err(Error::data(message));
        }
        document.paragraphs.push(paragraph);
        self.indices[place].push(index);
        Ok(())
    }

    fn finish(mut self) -> Vec<LabelledDocument> {
        for (document, indices) in self.documents.iter_mut().zip(self.indices) {
            let paragraphs = std::mem::take(&mut document.paragraphs);
            let mut numbered: Vec<_> = indices.into_iter().zip(paragraphs).collect();
            numbered.sort_by_key(|&(index, _)| index);
            document.paragraphs = numbered.into_iter().map(|(_, paragraph)| paragraph).collect();
        }
        self.documents
    }
}

fn read_csv(source: Source, map: &LabelMap) -> Result<Vec<LabelledDocument>> {
    let mut rows = Rows::new(source);
    let header = if rows.advance()? { Header::of(&rows) } else { Header::absent() };
    let document = header.require(DOCUMENT, EXPECTED)?;
    let text = header.require("text", EXPECTED)?;
    let label = header.require(LABEL, EXPECTED)?;
    let (publisher, index) = (header.find("publisher")?, header.find(INDEX)?);
    let mut gathered = Gathered::default();
    while rows.advance()? {
        header.check(&rows)?;
        let at = |error: Error, column: usize| {
            let (line, column) = rows.position(column);
            error.at(line, column)
        };
        let id = value(&rows, document);
        if id.is_empty() {
            return Err(at(Error::data("the document has no identifier"), document));
        }
        let paragraph = LabelledParagraph {
            text: value(&rows, text),
            label: map.apply(&value(&rows, label)).map_err(|error| at(error, label))?,
        };
        // Without an index the order of the rows counts.
        let number = index.map_or(Ok(rows.line()), |column| number(&rows, column))?;
        let place = gathered
            .place(id, optional(&rows, publisher))
            .map_err(|error| at(error, publisher.unwrap_or(document)))?;
        gathered
            .add(place, number, paragraph)
            .map_err(|error| at(error, index.unwrap_or(document)))?;
    }
    Ok(gathered.finish())
}

fn read_jsonl(source: Source, fields: &Fields, map: &LabelMap) -> Result<Vec<LabelledDocument>> {
    let mut lines = Lines::new(source);
    let mut documents = Vec::new();
    let mut seen = BTreeSet::new();
    let mut has_labels = false;
    while let Some((number, line)) = lines.advance()? {
        let record =
            JsonRecord::parse(&line, fields).map_err(|(error, column)| error.at(number, column))?;
        let Some(paragraphs) = record.paragraphs else {
            let (expected, found) = ("`paragraphs`".into(), "none".into());
            return Err(Error::from(ErrorKind::MissingField { expected, found }).at_line(number));
        };
        has_labels |= paragraphs.iter().any(|paragraph| paragraph.label.is_some());
        let id = record.id.unwrap_or_else(|| format!("line-{number}"));
        if !seen.insert(id.clone()) {
            return Err(Error::data(format!("document `{id}` comes a second time")).at_line(number));
        }
        let paragraphs: Result<_> =
            paragraphs.into_iter().map(|paragraph| labelled(paragraph, map)).collect();
        documents.push(LabelledDocument {
            id,
            publisher: record.publisher.filter(|publisher| !publisher.is_empty()),
            paragraphs: paragraphs.map_err(|error| error.at_line(number))?,
        });
    }
    if !has_labels {
        let message = "no paragraph has a `label`: expected {\"paragraphs\": [{\"text\": \"...\", \
                       \"label\": \"body\"}, ...]}";
        return Err(Error::data(message));
    }
    Ok(documents)
}

fn labelled(paragraph: JsonParagraph<'_>, map: &LabelMap) -> Result<LabelledParagraph> {
    let label: Option<String> = match paragraph.label {
        Some(label) => serde_json::from_str(label.get()).map_err(|error| json_error(&error))?,
        None => None,
    };
    let label: Option<Label> = map.apply(label.as_deref().unwrap_or_default())?;
    Ok(LabelledParagraph { text: paragraph.text.into_owned(), label })
}

#[cfg(test)]
mod tests {
    use super::super::source::tests::gzip;
    use super::*;
    use std::fs;

    fn read(name: &str, bytes: impl AsRef<[u8]>) -> Result<Vec<LabelledDocument>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        read_labelled(&path, &LabelMap::default())
            .inspect_err(|error| assert_eq!(error.path(), Some(&*path)))
    }

    #[track_caller]
    fn fails(name: &str, text: &str, kind: &str, line: Option<u64>, column: Option<u64>) -> String {
        let error = read(name, text).unwrap_err();
        assert_eq!(error.kind().name(), kind, "{error}");
        assert_eq!((error.position().line, error.position().column), (line, column), "{error}");
        error.message()
    }

    fn document(
        id: &str,
        publisher: Option<&str>,
        paragraphs: &[(&str, Option<Label>)],
    ) -> LabelledDocument {
        let paragraph =
            |&(text, label): &(&str, _)| LabelledParagraph { text: String::from(text), label };
        LabelledDocument {
            id: id.into(),
            publisher: publisher.map(Into::into),
            paragraphs: paragraphs.iter().map(paragraph).collect(),
        }
    }

    #[test]
    fn rows_are_gathered_by_document_and_ordered_by_index() {
        let text = "note,document,publisher,index,label,text\n\
                    x,b,b.example,2,body,\"two, and\nmore\"\nx,a,,10,,ten\nx,b,b.example,1,heading,one\n\
                    x,a,,9,share_prompt,nine\n";
        let expected = [
            document(
                "b",
                Some("b.example"),
                &[("one", Some(Label::Heading)), ("two, and\nmore", Some(Label::Body))],
            ),
            document("a", None, &[("nine", Some(Label::SharePrompt)), ("ten", None)]),
        ];
        assert_eq!(read("a.csv", text).unwrap(), expected);
        assert_eq!(read("a.csv.gz", gzip(text.as_bytes())).unwrap(), expected);
    }

    #[test]
    fn publisher_and_index_may_be_missing_as_columns() {
        let found = read("a.csv", "label,text,document\nbody,1,a\nbody,2,b\n,3,a\n").unwrap();
        let body = Some(Label::Body);
        let expected =
            [document("a", None, &[("1", body), ("3", None)]), document("b", None, &[("2", body)])];
        assert_eq!(found, expected);
    }

    #[test]
    fn json_objects_are_documents() {
        let text = r#"{"id": 1, "publisher": "a.example", "x": 0, "paragraphs": [{"text": "one", "label": "body"}, {"text": "two", "label": null}, {"label": "", "text": "three"}, {"text": "four"}, "five"]}

{"publisher": "", "paragraphs": []}
"#;
        let first = [
            ("one", Some(Label::Body)),
            ("two", None),
            ("three", None),
            ("four", None),
            ("five", None),
        ];
        let expected = [document("1", Some("a.example"), &first), document("line-3", None, &[])];
        assert_eq!(read("a.jsonl", text).unwrap(), expected);
    }

    #[test]
    fn unknown_labels_are_named_with_the_known_ones() {
        let message = fails(
            "a.csv",
            "document,text,label\na,\"one\ntwo\",body\na,\"öne\ntwö\",prose\n",
            "unknown_label",
            Some(5),
            Some(6),
        );
        assert!(message.contains("`prose`") && message.contains("share_prompt"), "{message}");
        let text =
            "{\"paragraphs\": [\"a\"]}\n{\"paragraphs\": [{\"text\": \"b\", \"label\": \"Body\"}]}";
        fails("a.jsonl", text, "unknown_label", Some(2), None);
        let text = r#"{"paragraphs": [{"text": "b", "label": 1}]}"#;
        fails("a.jsonl", text, "json", Some(1), None);
    }

    #[test]
    fn what_comes_twice_or_disagrees_is_an_error() {
        let header = "document,publisher,index,label,text\n";
        let twice = format!("{header}a,,1,body,x\nb,,1,body,x\na,,1,body,y\n");
        let message = fails("a.csv", &twice, "data", Some(4), Some(4));
        assert!(message.contains("`a`") && message.contains("index 1"), "{message}");
        let publishers = format!("{header}a,p.example,1,body,x\na,q.example,2,body,y\n");
        assert!(fails("a.csv", &publishers, "data", Some(3), Some(3)).contains("q.example"));
        fails("a.csv", &format!("{header}a,,one,body,x\n"), "csv", Some(2), Some(4));
        fails("a.csv", &format!("{header},,1,body,x\n"), "data", Some(2), Some(1));
        fails("a.csv", &format!("{header}a,,1,body\n"), "csv", Some(2), None);
        let line = "{\"id\": \"a\", \"paragraphs\": [{\"text\": \"x\", \"label\": \"body\"}]}\n";
        fails("a.jsonl", &line.repeat(2), "data", Some(2), None);
    }

    #[test]
    fn data_without_labels_is_an_error() {
        let message = fails("a.csv", "document,text\na,x\n", "missing_column", Some(1), None);
        assert!(message.contains("`label`"), "{message}");
        fails("a.csv", "", "missing_column", Some(1), None);
        fails("a.jsonl", "{\"paragraphs\": [\"x\", {\"text\": \"y\"}]}\n", "data", None, None);
        fails("a.jsonl", "", "data", None, None);
        fails("a.jsonl", "{\"text\": \"x\"}\n", "missing_field", Some(1), None);
        fails("a.jsonl", "{\"paragraphs\": [}\n", "json", Some(1), Some(17));
    }

    #[test]
    fn a_folder_is_read_in_order_and_equal_identifiers_stay_apart() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        write("README.md", "Not data.");
        write("c.csv", "document,label,text\na,junk,three\n");
        write(
            "b/x.jsonl",
            "{\"id\": \"a\", \"paragraphs\": [{\"text\": \"two\", \"label\": \"body\"}]}",
        );
        write("a.csv", "document,label,text\na,body,one\n");
        write("map", "from,to\njunk,navigation\n");
        let map = LabelMap::from_path(&folder.path().join("map")).unwrap();
        let body = Some(Label::Body);
        let expected = [
            document("a", None, &[("one", body)]),
            document("a", None, &[("two", body)]),
            document("a", None, &[("three", Some(Label::Navigation))]),
        ];
        assert_eq!(read_labelled(folder.path(), &map).unwrap(), expected);
        let error = read_labelled(folder.path(), &LabelMap::default()).unwrap_err();
        assert_eq!(error.path(), Some(&*folder.path().join("c.csv")));
        let empty = tempfile::tempdir().unwrap();
        let error = read_labelled(empty.path(), &map).unwrap_err();
        assert_eq!((error.kind().name(), error.path()), ("data", Some(empty.path())));
        let missing = empty.path().join("missing.csv");
        let error = read_labelled(&missing, &map).unwrap_err();
        assert_eq!((error.kind().name(), error.path()), ("io", Some(&*missing)));
    }

    #[test]
    fn a_cut_off_file_is_an_error() {
        let text = "document,label,text\n".to_owned() + &"a,body,some text\n".repeat(1000);
        let whole = gzip(text.as_bytes());
        let error = read("a.csv.gz", &whole[..whole.len() - 10]).unwrap_err();
        assert_eq!(error.kind().name(), "compression");
    }
}
