//! Which labels stay in clean text.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Result};
use crate::label::Label;

/// A set of labels that are kept; `body` and `heading` by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep(u32);

impl Default for Keep {
    fn default() -> Self {
        [Label::Body, Label::Heading].into_iter().collect()
    }
}

impl FromIterator<Label> for Keep {
    fn from_iter<I: IntoIterator<Item = Label>>(labels: I) -> Self {
        Self(labels.into_iter().fold(0, |set, label| set | 1 << label.index()))
    }
}

impl Keep {
    /// Whether paragraphs of a label stay.
    #[must_use]
    pub fn contains(self, label: Label) -> bool {
        self.0 & (1 << label.index()) != 0
    }
}

impl FromStr for Keep {
    type Err = Error;

    /// Parses label names with commas between them.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::UnknownLabel`] for a name that is no label,
    /// [`crate::error::ErrorKind::Usage`] for an empty list.
    fn from_str(names: &str) -> Result<Self> {
        let names: Vec<&str> = names.split(',').map(str::trim).filter(|n| !n.is_empty()).collect();
        if names.is_empty() {
            return Err(Error::usage("no label to keep: expected names such as body,heading"));
        }
        names.into_iter().map(str::parse).collect()
    }
}

impl fmt::Display for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = Label::ALL.into_iter().filter(|&label| self.contains(label));
        f.write_str(&kept.map(Label::as_str).collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_it_prints() {
        let keep: Keep = "body, caption".parse().unwrap();
        assert!(keep.contains(Label::Caption) && !keep.contains(Label::Heading));
        assert_eq!(keep.to_string(), "body,caption");
        assert_eq!(Keep::default().to_string(), "body,heading");
        assert!("body,bodyy".parse::<Keep>().is_err());
        assert!(" , ".parse::<Keep>().is_err());
    }
}
