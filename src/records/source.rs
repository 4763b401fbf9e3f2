//! The bytes of one input: opened, decompressed, with a look-ahead.
//!
//! Input: a path or any reader. Output: [`Source`], a buffered reader whose first bytes can be
//! looked at before they are read. Compression is recognised by its first bytes, whatever the name
//! says. Not done here: decompressing, telling formats apart, and naming the file in errors.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::decompress::Compression;
use super::meter::Meter;
use crate::error::{Error, ErrorKind, Result};

/// Bytes read at once; the look-ahead sees no more than these.
const BUFFER: usize = 64 * 1024;
/// A look-ahead ends when fewer bytes of the buffer are free: a transcoder needs room for a
/// character.
const LEAST_ROOM: usize = 16;
/// The byte-order mark of UTF-8.
pub(super) const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A buffered reader of an input's decompressed bytes.
pub(super) struct Source {
    inner: Box<dyn Read + Send>,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    /// An error met by a look-ahead, due when the bytes before it have been read. Behind it there may
    /// be more.
    failed: Option<io::Error>,
    ended: bool,
    compressed: bool,
}

impl Source {
    /// Opens a file.
    pub(super) fn open(path: &Path) -> Result<Self> {
        Self::open_metered(path, &Meter::default())
    }

    /// Opens a file whose bytes are counted as they are read.
    pub(super) fn open_metered(path: &Path, meter: &Meter) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::io("cannot open", error))?;
        Ok(Self::new(meter.watch(file)))
    }

    /// Reads from a reader: what is compressed is decompressed, and UTF-16 that a byte-order mark
    /// shows becomes UTF-8, so that every format can be read by line.
    pub(super) fn new(reader: impl Read + Send + 'static) -> Self {
        let mut plain = Self::buffered(reader, false);
        let compression = Compression::of(plain.peek(Compression::is_settled));
        let mut source = match compression {
            Some(compression) => Self::buffered(compression.reader(plain), true),
            None => plain,
        };
        let mark = Encoding::for_bom(source.peek(|bytes| bytes.len() >= UTF_8_MARK.len()));
        match mark {
            Some((encoding, length)) if encoding != UTF_8 => {
                source.consume(length);
                let compressed = source.compressed;
                let decoder = encoding.new_decoder_without_bom_handling();
                Self::buffered(Transcoder { source, decoder, ended: false }, compressed)
            }
            _ => source,
        }
    }

    fn buffered(reader: impl Read + Send + 'static, compressed: bool) -> Self {
        Self {
            inner: Box::new(reader),
            buffer: vec![0; BUFFER].into_boxed_slice(),
            start: 0,
            end: 0,
            failed: None,
            ended: false,
            compressed,
        }
    }

    /// The bytes to be read next, without reading them: as many as make `enough` true, or all
    /// there are, or 64 KiB. It asks for no more than that, so that a slow pipe is not waited for.
    pub(super) fn peek(&mut self, enough: impl Fn(&[u8]) -> bool) -> &[u8] {
        if self.start > 0 && !enough(&self.buffer[self.start..self.end]) {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        while !enough(&self.buffer[self.start..self.end])
            && self.buffer.len() - self.end >= LEAST_ROOM
            && self.failed.is_none()
            && !self.ended
        {
            match self.inner.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.failed = Some(error),
            }
        }
        &self.buffer[self.start..self.end]
    }

    /// The same bytes without the byte-order mark of UTF-8.
    pub(super) fn without_mark(mut self) -> Self {
        if self.peek(|bytes| bytes.len() >= UTF_8_MARK.len()).starts_with(UTF_8_MARK) {
            self.consume(UTF_8_MARK.len());
        }
        self
    }

    /// The typed error for one that reading from here gave. Of a compressed input more may follow it,
    /// where the decompressor finds a place to go on; then there is an end.
    pub(super) fn error(&self, error: io::Error) -> Error {
        use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
        match error.kind() {
            _ if error.raw_os_error().is_some() => Error::io("cannot read", error),
            UnexpectedEof if self.compressed => ErrorKind::Compression {
                message: "the file is cut off; what came before the cut has been read".into(),
            }
            .into(),
            InvalidData | InvalidInput | Other if self.compressed => {
                ErrorKind::Compression { message: error.to_string() }.into()
            }
            _ => Error::io("cannot read", error),
        }
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            (self.start, self.end) = (0, 0);
            if !self.ended {
                self.end = self.inner.read(&mut self.buffer)?;
                self.ended = self.end == 0;
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }
}

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let count = bytes.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

/// UTF-16 to UTF-8 as it is read.
struct Transcoder {
    source: Source,
    decoder: Decoder,
    ended: bool,
}

impl Read for Transcoder {
    /// `out` must hold at least 16 bytes, as [`Source`] sees to.
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let bytes = self.source.fill_buf()?;
            let last = bytes.is_empty();
            let (_, read, written, _) = self.decoder.decode_to_utf8(bytes, out, last);
            self.source.consume(read);
            self.ended = last;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::{Cursor, Write};

    /// One gzip member.
    pub(in crate::records) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Bytes that no compressor shortens much, so that a cut-off file still yields some.
    pub(in crate::records) fn varied(count: usize) -> String {
        let mut state = 1_u64;
        std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
        })
        .take(count)
        .collect()
    }

    fn source(bytes: &[u8]) -> Source {
        Source::new(Cursor::new(bytes.to_vec()))
    }

    fn all(mut source: Source) -> (Vec<u8>, Option<Error>) {
        let mut bytes = Vec::new();
        let result = source.read_to_end(&mut bytes);
        (bytes, result.err().map(|error| source.error(error)))
    }

    /// A reader that gives one byte at a time and counts them.
    struct Drip(Vec<u8>, std::sync::Arc<std::sync::atomic::AtomicUsize>);

    impl Read for Drip {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() || out.is_empty() {
                return Ok(0);
            }
            out[0] = self.0.remove(0);
            self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Ok(1)
        }
    }

    #[test]
    fn plain_and_gzipped_bytes_come_out_whole() {
        let text = varied(3 * BUFFER + 17).into_bytes();
        assert_eq!(all(source(&text)).0, text);
        assert_eq!(all(source(&gzip(&text))).0, text);
        let (first, second) = text.split_at(1000);
        assert_eq!(all(source(&[gzip(first), gzip(second)].concat())).0, text);
        for short in [&b""[..], b"\x1F", b"a"] {
            assert_eq!(all(source(short)).0, short);
        }
    }

    #[test]
    fn a_look_ahead_reads_no_more_than_asked_and_loses_nothing() {
        let read = std::sync::Arc::default();
        let drip = Drip(b"one\ntwo".to_vec(), std::sync::Arc::clone(&read));
        let mut source = Source::new(drip);
        assert_eq!(source.peek(|bytes| bytes.contains(&b'\n')), b"one\n");
        assert_eq!(read.load(std::sync::atomic::Ordering::Relaxed), 4);
        assert_eq!(all(source).0, b"one\ntwo");
    }

    #[test]
    fn a_truncated_gzip_gives_what_it_held_and_then_a_compression_error() {
        let text = varied(200_000).into_bytes();
        let whole = gzip(&text);
        let (bytes, error) = all(source(&whole[..whole.len() / 2]));
        assert!(bytes.len() > 10_000 && text.starts_with(&bytes), "{}", bytes.len());
        assert_eq!(error.unwrap().kind().name(), "compression");
        let (bytes, error) = all(source(&whole[..2]));
        assert!(bytes.is_empty());
        assert_eq!(error.unwrap().kind().name(), "compression");
        let (_, error) = all(source(&[&whole[..], b"rubbish"].concat()));
        assert_eq!(error.unwrap().kind().name(), "compression");
    }

    #[test]
    fn an_error_met_by_a_look_ahead_comes_after_the_bytes_before_it() {
        let text = varied(300);
        let whole = gzip(text.as_bytes());
        let mut source = source(&whole[..whole.len() - 20]);
        let seen = source.peek(|_| false).len();
        let (bytes, error) = all(source);
        assert_eq!(bytes.len(), seen);
        assert!(error.is_some());
    }

    #[test]
    fn marks_are_left_out_and_utf_16_becomes_utf_8() {
        assert_eq!(all(source(b"\xEF\xBB\xBFabc").without_mark()).0, b"abc");
        assert_eq!(all(source(b"abc").without_mark()).0, b"abc");
        let text = "Grüße\n".repeat(20_000);
        for (mark, to_bytes) in [
            ([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]),
            ([0xFE, 0xFF], u16::to_be_bytes),
        ] {
            let mut bytes = mark.to_vec();
            bytes.extend(text.encode_utf16().flat_map(to_bytes));
            assert_eq!(all(source(&bytes)).0, text.as_bytes());
            let mut marked = source(&gzip(&bytes));
            marked.peek(|_| false);
            assert_eq!(all(marked).0, text.as_bytes());
        }
    }
}
