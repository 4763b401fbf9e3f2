//! [`Span`]: a byte range in a document's decoded text.

use std::ops::Range;

/// A half-open range of bytes, counted from 0, into a document's decoded text.
///
/// Both ends lie on UTF-8 character boundaries of that text. Lines and columns are derived from a
/// span only when something is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte, counted from 0.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    ///
    /// # Panics
    /// In debug builds, if `start > end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span starts at {start} after its end {end}");
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text that the span covers.
    ///
    /// # Panics
    /// If the span does not lie in `text` on character boundaries.
    #[must_use]
    #[track_caller]
    pub fn slice(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The same range as a [`Range`].
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_the_text_it_was_made_for() {
        let text = "one\ntwo é three";
        let span = Span::new(4, 10);
        assert_eq!(span.slice(text), "two é");
        assert_eq!(span.len(), 6);
        assert!(!span.is_empty());
        assert!(Span::new(3, 3).is_empty());
        assert_eq!(span.range(), 4..10);
    }
}
