//! Bytes to text.
use std::borrow::Cow;

/// Text decoded from bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte-order mark.
    pub text: Cow<'a, str>,
    /// The encoding's WHATWG name, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// Whether bytes were malformed and replaced by U+FFFD.
    pub had_errors: bool,
}

/// Decodes bytes.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    Decoded { text: String::from_utf8_lossy(bytes), encoding: "UTF-8", had_errors: false }
}
