//! Reading no more of a document than documents may be long.
//!
//! Input: a reader and a limit in bytes. Output: lines and whole inputs up to that limit. A line
//! that is longer is not held; whoever reads it passes over the rest.

use std::io::{self, BufRead, Read};

use crate::error::{Error, ErrorKind};

/// The largest document that is read where nothing else is said, in bytes: 256 MB. Lines of 100 MB
/// occur, and a document takes a few times its size while it is worked on; what is larger is hardly
/// ever a document, but an archive, or a few kilobytes that decompress to gigabytes.
pub const MAX_DOCUMENT: usize = 256 << 20;

/// The error for a document beyond the limit.
pub(super) fn too_large(limit: usize, found: Option<u64>) -> Error {
    ErrorKind::TooLarge { limit: limit as u64, found }.into()
}

/// How a bounded read ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// With the byte that was looked for, or with the input behind other bytes.
    Line,
    /// There was nothing more.
    Input,
    /// With a buffer as long as the limit allows, before the rest.
    TooLarge,
}

/// Appends what comes up to and with `end` to a buffer, unless the buffer grows beyond `limit`.
pub(super) fn read_until(
    reader: &mut impl BufRead,
    end: u8,
    limit: usize,
    buffer: &mut Vec<u8>,
) -> io::Result<Ended> {
    let before = buffer.len();
    loop {
        let bytes = match reader.fill_buf() {
            Ok([]) if buffer.len() == before => return Ok(Ended::Input),
            Ok([]) => return Ok(Ended::Line),
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let found = memchr::memchr(end, bytes);
        let bytes = &bytes[..found.map_or(bytes.len(), |at| at + 1)];
        let room = limit.saturating_sub(buffer.len());
        if bytes.len() > room {
            buffer.extend_from_slice(&bytes[..room]);
            reader.consume(room);
            return Ok(Ended::TooLarge);
        }
        buffer.extend_from_slice(bytes);
        let count = bytes.len();
        reader.consume(count);
        if found.is_some() {
            return Ok(Ended::Line);
        }
    }
}

/// Appends the whole input to a buffer; false if it is longer than `limit`, and then one byte more
/// than that has been read.
pub(super) fn read_to_end(
    reader: impl Read,
    limit: usize,
    buffer: &mut Vec<u8>,
) -> io::Result<bool> {
    reader.take((limit as u64).saturating_add(1)).read_to_end(buffer)?;
    Ok(buffer.len() <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn a_line_is_read_up_to_the_limit_with_its_end() {
        let mut reader = BufReader::with_capacity(2, &b"abc\ndefg\nh"[..]);
        let mut read = |limit| {
            let mut line = Vec::new();
            let ended = read_until(&mut reader, b'\n', limit, &mut line).unwrap();
            (ended, String::from_utf8(line).unwrap())
        };
        assert_eq!(read(4), (Ended::Line, "abc\n".to_owned()));
        assert_eq!(read(3), (Ended::TooLarge, "def".to_owned()));
        reader.skip_until(b'\n').unwrap();
        let mut line = Vec::new();
        assert_eq!(read_until(&mut reader, b'\n', 1, &mut line).unwrap(), Ended::Line);
        assert_eq!(line, b"h");
        assert_eq!(read_until(&mut reader, b'\n', 1, &mut line).unwrap(), Ended::Input);
    }

    #[test]
    fn an_input_is_read_up_to_the_limit() {
        for (limit, fits) in [(3, true), (2, false), (usize::MAX, true)] {
            let mut buffer = Vec::new();
            assert_eq!(read_to_end(&b"abc"[..], limit, &mut buffer).unwrap(), fits);
            assert_eq!(buffer.len(), 3);
        }
    }
}
