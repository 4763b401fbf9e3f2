//! Lists of ratings: CSV with a column `domain` and any others.

use std::path::Path;

use super::csv_rows::Rows;
use super::source::Source;
use crate::credibility::RatingList;
use crate::document::decode;
use crate::error::{Error, ErrorKind, Result};

/// The column that names who is rated.
const DOMAIN: &str = "domain";

/// Reads a list of ratings, which is named after its file.
///
/// # Errors
/// With file, line and column: what cannot be read, no column `domain` or two of them, a row with
/// more or fewer fields than the header, a row without a domain, a domain that comes again with other
/// ratings, no row at all. A list is never read in part: a source would seem not to be rated that is.
pub fn read_ratings(path: &Path) -> Result<RatingList> {
    let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Source::open(path).and_then(|source| read(name, source)).map_err(|error| error.in_file(path))
}

fn read(name: String, source: Source) -> Result<RatingList> {
    let mut rows = Rows::new(source);
    if !rows.advance()? {
        return Err(Error::data("an empty file: expected a header with the column `domain`"));
    }
    let mut columns = fields(&rows);
    let place = columns.iter().position(|column| column.eq_ignore_ascii_case(DOMAIN));
    let Some(place) = place else {
        return Err(Error::from(ErrorKind::MissingColumn {
            column: DOMAIN.to_owned(),
            expected: "domain and any others".to_owned(),
            found: columns.join(", "),
        })
        .at_line(rows.line()));
    };
    columns.remove(place);
    if columns.iter().any(|column| column.eq_ignore_ascii_case(DOMAIN)) {
        return Err(
            Error::data("two columns `domain`: name one of them otherwise").at_line(rows.line())
        );
    }
    let width = columns.len() + 1;
    let mut list = RatingList::new(name, columns);
    while rows.advance()? {
        if rows.len() != width {
            return Err(Error::data(format!(
                "expected {width} fields as in the header, found {}",
                rows.len()
            ))
            .at_line(rows.line()));
        }
        let (line, column) = rows.position(place);
        let mut cells = fields(&rows);
        let domain = cells.remove(place);
        if domain.is_empty() {
            return Err(Error::data("a row without a domain").at(line, column));
        }
        if let Err(domain) = list.add(&domain, cells) {
            return Err(Error::data(format!(
                "`{domain}` came before with other ratings: keep one of the rows"
            ))
            .at(line, column));
        }
    }
    if list.is_empty() {
        return Err(Error::data("no domain below the header"));
    }
    Ok(list)
}

fn fields(rows: &Rows) -> Vec<String> {
    (0..rows.len()).map(|index| decode(rows.field(index)).text.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read_text(text: &str) -> Result<RatingList> {
        read("invented".into(), Source::new(Cursor::new(text.as_bytes().to_vec())))
    }

    #[test]
    fn columns_and_cells_are_kept_as_they_stand() {
        let list = read_text("score,Domain,note\r\n0.50,gazette.example,\"so, so\"\n,b.example,\n")
            .unwrap();
        assert_eq!(list.columns, ["score", "note"]);
        let (domain, cells) = list.rating("www.gazette.example").row.unwrap();
        assert_eq!(
            (domain, cells),
            ("gazette.example", &["0.50".to_owned(), "so, so".to_owned()][..])
        );
        assert_eq!(list.rating("b.example").row.unwrap().1, ["", ""]);
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_place() {
        for (text, line, column, part) in [
            ("", None, None, "empty"),
            ("site,score\na.example,1\n", Some(1), None, "missing column `domain`"),
            ("domain,Domain\na.example,1\n", Some(1), None, "two columns"),
            ("domain,score\n", None, None, "no domain"),
            ("domain,score\na.example,1\n\nb.example\n", Some(4), None, "expected 2 fields"),
            ("score,domain\n1,a.example\n10,\n", Some(3), Some(4), "without a domain"),
            ("domain,score\na.example,1\nwww.a.example,2\n", Some(3), Some(1), "came before"),
            ("domain,score\n\"a.example,1\n", Some(2), Some(1), "quote"),
        ] {
            let error = read_text(text).unwrap_err();
            let at = error.position();
            assert_eq!((at.line, at.column), (line, column), "{text:?}: {error}");
            assert!(error.to_string().contains(part), "{text:?}: {error}");
        }
    }
}
