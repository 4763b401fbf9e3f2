//! Other people's labels in our vocabulary.
//!
//! Input: a CSV file with the columns `from` and `to`. Output: [`LabelMap`], which turns a label as
//! it stands in labelled data into one of the seventeen or into none.

use std::collections::BTreeMap;
use std::path::Path;

use super::columns::{Header, value};
use super::csv_rows::Rows;
use super::source::Source;
use crate::error::{Error, Result};
use crate::label::Label;

/// The columns of a map, for messages.
const EXPECTED: &str = "from,to";

/// What foreign labels mean; an empty map leaves every label as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelMap(BTreeMap<String, Option<Label>>);

impl LabelMap {
    /// Reads a CSV file `from,to`: the label as it stands in the data, and one of the seventeen or
    /// nothing, which makes the paragraph context. Other columns are ignored.
    ///
    /// # Errors
    /// An unreadable file, a missing column, a row of another length, an empty or doubled `from`,
    /// an unknown `to`; with file, line and column.
    pub fn from_path(path: &Path) -> Result<Self> {
        Source::open(path).and_then(Self::read).map_err(|error| error.in_file(path))
    }

    fn read(source: Source) -> Result<Self> {
        let mut rows = Rows::new(source);
        let header = if rows.advance()? { Header::of(&rows) } else { Header::absent() };
        let from_column = header.require("from", EXPECTED)?;
        let to_column = header.require("to", EXPECTED)?;
        let mut map = BTreeMap::new();
        while rows.advance()? {
            header.check(&rows)?;
            let (from, to) = (value(&rows, from_column), value(&rows, to_column));
            let at = |error: Error, column| {
                let (line, column) = rows.position(column);
                error.at(line, column)
            };
            if from.is_empty() {
                let error = Error::data("`from` is empty: a paragraph without a label is context");
                return Err(at(error, from_column));
            }
            let label = parse(&to).map_err(|error| at(error, to_column))?;
            if map.insert(from.clone(), label).is_some() {
                let error = Error::data(format!("`from` names `{from}` a second time"));
                return Err(at(error, from_column));
            }
        }
        Ok(Self(map))
    }

    /// The label meant by one that stands in labelled data; `None` for context, which an empty
    /// label is as well.
    ///
    /// # Errors
    /// Neither the map nor the vocabulary knows the label.
    pub fn apply(&self, label: &str) -> Result<Option<Label>> {
        self.0.get(label).map_or_else(|| parse(label), |&label| Ok(label))
    }
}

fn parse(label: &str) -> Result<Option<Label>> {
    if label.is_empty() { Ok(None) } else { label.parse().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Result<LabelMap> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        LabelMap::from_path(file.path()).inspect_err(|error| {
            assert_eq!(error.path(), Some(file.path()));
        })
    }

    #[track_caller]
    fn fails(text: &'static str, kind: &str, line: u64, column: Option<u64>) {
        let error = read(text).unwrap_err();
        assert_eq!(error.kind().name(), kind, "{error}");
        assert_eq!(
            (error.position().line, error.position().column),
            (Some(line), column),
            "{error}"
        );
    }

    #[test]
    fn maps_labels_and_leaves_the_others() {
        let map = read("to,note,from\nbody,x,main text\n,,junk\nheading,,body\n").unwrap();
        assert_eq!(map.apply("main text").unwrap(), Some(Label::Body));
        assert_eq!(map.apply("junk").unwrap(), None);
        assert_eq!(map.apply("body").unwrap(), Some(Label::Heading));
        assert_eq!(map.apply("caption").unwrap(), Some(Label::Caption));
        assert_eq!(map.apply("").unwrap(), None);
        assert_eq!(map.apply("Body").unwrap_err().kind().name(), "unknown_label");
        assert_eq!(LabelMap::default().apply("body").unwrap(), Some(Label::Body));
    }

    #[test]
    fn mistakes_are_named() {
        fails("", "missing_column", 1, None);
        fails("from,goal\n", "missing_column", 1, None);
        fails("from,to\na,body\nb\n", "csv", 3, None);
        fails("from,to\n\"a\",prose\n", "unknown_label", 2, Some(5));
        fails("from,to\na,body\na,\n", "data", 3, Some(1));
        fails("from,to\n,body\n", "data", 2, Some(1));
    }
}
