//! The bytes of a WARC file, with a look-ahead of any length.
//!
//! Input: a [`Source`]. Output: [`WarcInput`], which reads heads and blocks, tells whether a record
//! ends where its head says, and finds the next one where it does not. A block that turns out well is
//! handed out as it was read in, without a copy. Not done here: what heads and blocks mean.

use std::io::{self, BufRead, Read};

use super::super::source::Source;

/// What a record begins with, whatever its version.
pub(super) const MAGIC: &[u8] = b"WARC/";
/// Line breaks and the beginning of a record are looked for in so many bytes behind a block.
const BEHIND: usize = 64;
/// Bytes of memory that are asked for at once.
const MAX_RESERVED: usize = 1 << 20;

/// The bytes of a WARC file.
pub(super) struct WarcInput {
    source: Source,
    /// Bytes read from the source; those from `at` on are still to come.
    ahead: Vec<u8>,
    at: usize,
    /// Bytes handed out or passed over.
    offset: u64,
    /// What ended the look-ahead, due behind its bytes.
    failed: Option<io::Error>,
}

impl WarcInput {
    pub(super) fn new(source: Source) -> Self {
        Self { source: source.without_mark(), ahead: Vec::new(), at: 0, offset: 0, failed: None }
    }

    /// How many bytes have been handed out or passed over.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The source, for its errors.
    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    /// The error that ended the look-ahead, if one did.
    pub(super) fn take_error(&mut self) -> Option<io::Error> {
        self.failed.take()
    }

    /// The next bytes, without reading them: `count`, or what there is before the end or an error.
    pub(super) fn look(&mut self, count: usize) -> &[u8] {
        let missing = count.saturating_sub(self.ahead.len() - self.at);
        if missing > 0 {
            // What has been read makes room; that costs no more than reading it did.
            if self.at >= self.ahead.len() / 2 {
                self.ahead.drain(..self.at);
                self.at = 0;
            }
            self.fill(missing);
        }
        &self.ahead[self.at..(self.at + count).min(self.ahead.len())]
    }

    fn fill(&mut self, mut missing: usize) {
        // A head can claim any length: what is not there yet gets no memory.
        let more = missing.min(MAX_RESERVED) + BEHIND;
        // A block gets what it needs; a look-ahead that grows bit by bit is not copied each time.
        if self.ahead.len() <= BEHIND {
            self.ahead.reserve_exact(more);
        } else {
            self.ahead.reserve(more);
        }
        while missing > 0 && self.failed.is_none() {
            let bytes = match self.source.fill_buf() {
                Ok([]) => return,
                Ok(bytes) => &bytes[..bytes.len().min(missing)],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.failed = Some(error);
                    return;
                }
            };
            self.ahead.extend_from_slice(bytes);
            let count = bytes.len();
            self.source.consume(count);
            missing -= count;
        }
    }

    /// The error that ended the look-ahead, if it says that what came before it may be wrong: a
    /// checksum comes last. A cut leaves what came before as it was.
    pub(super) fn take_corruption(&mut self) -> Option<io::Error> {
        use io::ErrorKind::{InvalidData, InvalidInput, Other};
        self.failed.take_if(|error| {
            matches!(error.kind(), InvalidData | InvalidInput | Other)
                && error.raw_os_error().is_none()
        })
    }

    /// Hands out the next bytes, which a look has seen.
    pub(super) fn hand_out(&mut self, count: usize) -> Vec<u8> {
        self.offset += count as u64;
        let behind = self.ahead.len() - self.at - count;
        let is_exact = self.ahead.capacity() - self.ahead.len() <= count + BEHIND;
        if self.at == 0 && behind <= count && is_exact {
            let rest = self.ahead.split_off(count);
            return std::mem::replace(&mut self.ahead, rest);
        }
        let bytes = self.ahead[self.at..self.at + count].to_vec();
        self.advance(count);
        bytes
    }

    /// Leaves bytes of the look-ahead behind.
    fn advance(&mut self, count: usize) {
        self.at = (self.at + count).min(self.ahead.len());
        if self.at == self.ahead.len() {
            self.at = 0;
            self.ahead.clear();
            // A wrong length can have made it very large.
            self.ahead.shrink_to(MAX_RESERVED);
        }
    }

    /// Passes over so many bytes; gives how many of them there were not.
    pub(super) fn pass_over(&mut self, count: u64) -> io::Result<u64> {
        let mut missing = count;
        while missing > 0 {
            let bytes = match self.fill_buf() {
                Ok([]) => break,
                Ok(bytes) => bytes.len(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let passed = usize::try_from(missing).map_or(bytes, |missing| missing.min(bytes));
            self.consume(passed);
            missing -= passed as u64;
        }
        Ok(missing)
    }

    /// Whether a record can end behind the next `length` bytes: there come line breaks and another
    /// record, or the end.
    pub(super) fn ends_behind(&mut self, length: usize) -> bool {
        let behind = self.look(length + BEHIND).get(length..).unwrap_or_default();
        let breaks = behind.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let next = &behind[breaks..];
        // Some writers leave the breaks away. Where the input ends here, that is another matter.
        next.starts_with(MAGIC) || behind.len() < BEHIND && MAGIC.starts_with(next)
    }

    /// Goes to the first record that begins a line in the next `length` bytes, which a look has seen;
    /// where there is none, to the beginning of their last line, and gives false.
    pub(super) fn seek_within(&mut self, length: usize) -> bool {
        let bytes = &self.ahead[self.at..(self.at + length).min(self.ahead.len())];
        let found = memchr::memchr_iter(b'\n', bytes)
            .map(|end| end + 1)
            .find(|&start| bytes[start..].starts_with(MAGIC));
        let to = found.or_else(|| memchr::memrchr(b'\n', bytes).map(|end| end + 1));
        let to = to.unwrap_or(bytes.len());
        self.consume(to);
        found.is_some()
    }

    /// Goes to the next line that begins a record, or the end, from the beginning of a line.
    ///
    /// # Errors
    /// The source's.
    pub(super) fn seek(&mut self) -> io::Result<()> {
        loop {
            let start = self.look(MAGIC.len());
            if start.is_empty() {
                return self.failed.take().map_or(Ok(()), Err);
            }
            if start == MAGIC {
                return Ok(());
            }
            self.skip_until(b'\n')?;
        }
    }

    /// Passes over line breaks; false at the end.
    ///
    /// # Errors
    /// The source's.
    pub(super) fn skip_breaks(&mut self) -> io::Result<bool> {
        loop {
            let bytes = self.fill_buf()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let breaks = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let is_all = breaks == bytes.len();
            self.consume(breaks);
            if !is_all {
                return Ok(true);
            }
        }
    }
}

impl BufRead for WarcInput {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.ahead.len() {
            return Ok(&self.ahead[self.at..]);
        }
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.source.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.offset += count as u64;
        if self.at < self.ahead.len() {
            self.advance(count);
        } else {
            self.source.consume(count);
        }
    }
}

impl Read for WarcInput {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let count = bytes.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn input(bytes: &[u8]) -> WarcInput {
        WarcInput::new(Source::new(Cursor::new(bytes.to_vec())))
    }

    #[test]
    fn what_is_looked_at_is_handed_out_in_order() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let mut input = input(&bytes);
        let mut found = Vec::new();
        for (look, take) in [(10, 4), (90_000, 90_000), (3, 0), (70_000, 100), (70_000, 60_000)] {
            assert_eq!(*input.look(look), bytes[found.len()..found.len() + look]);
            found.extend(input.hand_out(take));
            assert_eq!(input.offset(), found.len() as u64);
        }
        assert_eq!(input.pass_over(10).unwrap(), 0);
        found.extend(&bytes[found.len()..found.len() + 10]);
        let at = found.len();
        assert_eq!(*input.look(300_000), bytes[at..]);
        assert_eq!(input.pass_over(300_000).unwrap(), 300_000 - (200_000 - at as u64));
    }

    #[test]
    fn records_end_before_another_or_the_end() {
        for (bytes, ends) in [
            (&b"block\r\n\r\nWARC/1.0"[..], true),
            (b"block\nWARC/1.1", true),
            (b"block\r\n\r\n", true),
            (b"block", true),
            (b"blockWARC/1.0", true),
            (b"block more", false),
            (b"block\r\n\r\nmore", false),
        ] {
            assert_eq!(input(bytes).ends_behind(5), ends, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn the_next_record_is_found_at_the_beginning_of_a_line() {
        let bytes = b"WARC/1 not this WARC/1\nnor\nWARC/1.0\r\nx: 1\n\nWARC/1.0\nlast";
        let mut input = input(bytes);
        input.look(40);
        assert!(input.seek_within(40));
        assert_eq!((input.offset(), input.look(8)), (27, &b"WARC/1.0"[..]));
        input.skip_until(b'\n').unwrap();
        input.seek().unwrap();
        assert_eq!(input.offset(), 43);
        input.look(9);
        assert!(!input.seek_within(9));
        assert_eq!(input.look(4), b"last");
        input.seek().unwrap();
        assert!(input.look(1).is_empty());
    }
}
