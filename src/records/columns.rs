//! Headers of CSV files: which column holds what.
//!
//! Input: [`Rows`] standing on the header, later on a row. Output: [`Header`], which finds columns
//! by name and reads fields by column, with errors that name line and column. Not done here:
//! documents.

use super::csv_rows::Rows;
use super::format::Fields;
use crate::document::decode;
use crate::error::{Error, ErrorKind, Result};

/// The column of the labelled form that names the document.
pub(super) const DOCUMENT: &str = "document";
/// The column of the labelled form that numbers the paragraphs of a document; it may be absent.
pub(super) const INDEX: &str = "index";
/// The column of the labelled form that holds the label.
pub(super) const LABEL: &str = "label";

/// Characters of a header that an error shows.
const SHOWN: usize = 200;

/// The names of the columns.
pub(super) struct Header {
    names: Vec<String>,
    line: u64,
}

impl Header {
    /// The header is the row at hand. White space around a name does not belong to it.
    pub(super) fn of(rows: &Rows) -> Self {
        let name = |index| decode(rows.field(index)).text.trim().to_owned();
        Self { names: (0..rows.len()).map(name).collect(), line: rows.line() }
    }

    /// The header of a file that has none, not even an empty one.
    pub(super) fn absent() -> Self {
        Self { names: Vec::new(), line: 1 }
    }

    /// The column of that name.
    ///
    /// # Errors
    /// The name stands twice.
    pub(super) fn find(&self, name: &str) -> Result<Option<usize>> {
        let mut found = (0..self.names.len()).filter(|&column| self.names[column] == name);
        let first = found.next();
        if found.next().is_some() {
            let message = format!("the header names the column `{name}` twice: rename one of them");
            return Err(Error::from(ErrorKind::Csv { message }).at_line(self.line));
        }
        Ok(first)
    }

    /// The column of that name, which must be there.
    ///
    /// # Errors
    /// It is missing; `expected` lists the columns that are read.
    pub(super) fn require(&self, name: &str, expected: &str) -> Result<usize> {
        self.find(name)?.ok_or_else(|| {
            let names = self.names.join(",");
            let found = match names.char_indices().nth(SHOWN) {
                Some((end, _)) => format!("{}…", &names[..end]),
                None if names.is_empty() => "no header".to_owned(),
                None => names,
            };
            let (column, expected) = (name.to_owned(), expected.to_owned());
            Error::from(ErrorKind::MissingColumn { column, expected, found }).at_line(self.line)
        })
    }

    /// Whether the row at hand has as many fields as the header.
    ///
    /// # Errors
    /// It has not.
    pub(super) fn check(&self, rows: &Rows) -> Result<()> {
        let (expected, found) = (self.names.len(), rows.len());
        if expected == found {
            return Ok(());
        }
        let message = format!(
            "{found} fields where the header has {expected}: put a text that holds a comma, a \
             quote or a line break between quotes"
        );
        Err(Error::from(ErrorKind::Csv { message }).at_line(rows.line()))
    }
}

/// A field's text, decoded leniently.
pub(super) fn value(rows: &Rows, column: usize) -> String {
    decode(rows.field(column)).text.into_owned()
}

/// A field's text, `None` where the column is absent or the field empty.
pub(super) fn optional(rows: &Rows, column: Option<usize>) -> Option<String> {
    column.map(|column| value(rows, column)).filter(|value| !value.is_empty())
}

/// A field that numbers a paragraph.
pub(super) fn number(rows: &Rows, column: usize) -> Result<u64> {
    let text = value(rows, column);
    text.trim().parse().map_err(|_| {
        let message = format!(
            "column `{INDEX}`: expected a whole number that is not negative, found `{text}`"
        );
        let (line, column) = rows.position(column);
        Error::from(ErrorKind::Csv { message }).at(line, column)
    })
}

/// The columns of documents.
pub(super) struct DocumentColumns {
    pub(super) header: Header,
    pub(super) text: usize,
    pub(super) id: Option<usize>,
    pub(super) url: Option<usize>,
    pub(super) publisher: Option<usize>,
    pub(super) title: Option<usize>,
    /// The columns of the labelled form, where the header has it.
    pub(super) labelled: Option<LabelledColumns>,
}

/// The columns that only the labelled form has.
pub(super) struct LabelledColumns {
    pub(super) document: usize,
    pub(super) index: Option<usize>,
}

impl DocumentColumns {
    pub(super) fn of(header: Header, fields: &Fields) -> Result<Self> {
        let Fields { text, id, url, publisher, title, .. } = fields;
        let expected = format!("{text} and perhaps {id}, {url}, {publisher}, {title}");
        let labelled = match (header.find(DOCUMENT)?, header.find(LABEL)?) {
            (Some(document), Some(_)) => {
                Some(LabelledColumns { document, index: header.find(INDEX)? })
            }
            _ => None,
        };
        Ok(Self {
            text: header.require(text, &expected)?,
            id: header.find(id)?,
            url: header.find(url)?,
            publisher: header.find(publisher)?,
            title: header.find(title)?,
            labelled,
            header,
        })
    }
}
