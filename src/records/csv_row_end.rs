//! The end of a CSV row that is too long to be held.
//!
//! Input: the row's bytes, piece by piece. Output: where it ends, and where its last field begins.
//! It takes quotes as `csv_rows` does, which splits rows that are held; a test compares both.

/// Goes through one row.
#[derive(Debug, Default)]
pub(super) struct RowEnd {
    state: State,
    /// Bytes gone through.
    length: usize,
    field_start: usize,
}

/// What the next byte stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    FieldStart,
    /// Outside quotes, where a quote is an ordinary character.
    Plain,
    Quoted,
    /// Behind a quote that closes the field or is the first of two.
    Closed,
}

impl RowEnd {
    /// Goes through the next bytes; gives how many of them belong to the row where it ends in them,
    /// its line break included.
    pub(super) fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        for (&byte, count) in bytes.iter().zip(1..) {
            self.length += 1;
            self.state = match (self.state, byte) {
                (State::Quoted, b'"') => State::Closed,
                (State::FieldStart | State::Closed, b'"') | (State::Quoted, _) => State::Quoted,
                (_, b'\n') => return Some(count),
                (_, b',') => {
                    self.field_start = self.length;
                    State::FieldStart
                }
                _ => State::Plain,
            };
        }
        None
    }

    /// Where in the bytes gone through the last field begins.
    pub(super) fn field_start(&self) -> usize {
        self.field_start
    }
}
