//! Lists of names: plain text, one a line.

use std::path::Path;

use crate::document::decode;
use crate::error::{Error, Result};

/// Reads the names of a list; blank lines and those that begin with `#` are none.
///
/// # Errors
/// With the file: what cannot be read; with the last line too, a list without a name.
pub fn read_names(path: &Path) -> Result<Vec<String>> {
    std::fs::read(path)
        .map_err(|error| Error::io("cannot read", error))
        .and_then(|bytes| names(&decode(&bytes).text))
        .map_err(|error| error.in_file(path))
}

fn names(text: &str) -> Result<Vec<String>> {
    let is_name = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let names: Vec<_> = text.lines().map(str::trim).filter(is_name).map(str::to_owned).collect();
    if names.is_empty() {
        let last = text.lines().count().max(1);
        return Err(Error::data("no name in this list: expected one a line").at_line(last as u64));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_media_are_names_and_comments() {
        let found = names("# ours\n\n Fenwick One \r\nThe Reedham Voice").unwrap();
        assert_eq!(found, ["Fenwick One", "The Reedham Voice"]);
        for (text, line) in [("", 1), ("# none\n\n#\n", 3)] {
            let error = names(text).unwrap_err();
            assert_eq!(error.position().line, Some(line), "{error}");
        }
    }
}
