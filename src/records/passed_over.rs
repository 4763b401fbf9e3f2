//! Records that hold no document.

use std::fmt;
use std::ops::AddAssign;

use super::counts::write_counts;

/// How many records of WARC files were passed over because they hold no text, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// Records of another type than `response`, `resource` and `conversion`: what was asked for, what
    /// the crawler noted, pages that had not changed.
    pub other_types: u64,
    /// Responses with another status than 200 to 299.
    pub other_status: u64,
    /// Neither a web page nor plain text.
    pub other_content: u64,
}

impl PassedOver {
    /// All of them together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.other_types + self.other_status + self.other_content
    }
}

impl AddAssign for PassedOver {
    fn add_assign(&mut self, other: Self) {
        self.other_types += other.other_types;
        self.other_status += other.other_status;
        self.other_content += other.other_content;
    }
}

impl fmt::Display for PassedOver {
    /// `3 records passed over: 1 of other WARC types, 2 neither text nor web page`; nothing where none was.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = [
            (self.other_types, "of other WARC types"),
            (self.other_status, "with another HTTP status than 2xx"),
            (self.other_content, "neither text nor web page"),
        ];
        write_counts(f, "record", "passed over", &reasons)
    }
}
