//! Compressed bytes to plain ones: gzip and Zstandard, of one member (frame) or many.
//!
//! Input: a [`Source`] of compressed bytes. Output: a reader. What is cut off or corrupt is an
//! error. Reading may go on after it: gzip continues at the next member that can be read, since in
//! archives of the web each record is a member of its own; Zstandard has ended. Not done here:
//! limits on what comes out, since nobody holds more of it than a buffer; those who gather
//! documents have theirs.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;
use zstd::stream::read::Decoder as ZstdDecoder;

use super::source::Source;

/// The first bytes of a gzip member: magic number and the only method there is.
const GZIP: [u8; 3] = [0x1F, 0x8B, 8];
/// Bytes by which the beginning of a gzip member is known: those and its flags.
const MEMBER: usize = GZIP.len() + 1;
/// The first bytes of a Zstandard frame.
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// The first bytes of a frame that holds no text, but for the first, of which only the upper half
/// is fixed.
const SKIPPABLE: [u8; 3] = [0x2A, 0x4D, 0x18];
/// Two to this power is the largest window that a Zstandard frame may ask for, 128 MB: what
/// `zstd` itself gives without `--long`.
pub(super) const WINDOW_LOG: u32 = 27;

/// A compression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    /// Gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl Compression {
    /// What the first bytes show.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        match start {
            // Two bytes: a file that is cut off behind them is gzip too.
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            [0x50..=0x5F, rest @ ..] if rest.starts_with(&SKIPPABLE) => Some(Self::Zstd),
            _ => start.starts_with(&ZSTD).then_some(Self::Zstd),
        }
    }

    /// Whether no further byte changes what [`Compression::of`] says.
    pub(super) fn is_settled(start: &[u8]) -> bool {
        let is_skippable = |byte: &u8| (0x50..=0x5F).contains(byte);
        Self::of(start).is_some()
            || !(GZIP[..2].starts_with(start)
                || ZSTD.starts_with(start)
                || start.split_first().is_some_and(|(first, rest)| {
                    is_skippable(first) && SKIPPABLE.starts_with(rest)
                }))
    }

    /// A reader of what the source's bytes hold.
    pub(super) fn reader(self, source: Source) -> Box<dyn Read + Send> {
        match self {
            Self::Gzip => Box::new(Members::Open(Box::new(MultiGzDecoder::new(source)))),
            Self::Zstd => Box::new(Frames(Some(zstd_decoder(source)))),
        }
    }
}

/// A decoder of Zstandard whose window is limited.
pub(super) fn zstd_decoder<R: BufRead>(reader: R) -> io::Result<ZstdDecoder<'static, R>> {
    let mut decoder = ZstdDecoder::with_buffer(reader)?;
    decoder.window_log_max(WINDOW_LOG)?;
    Ok(decoder)
}

/// The members of a gzip file.
enum Members {
    Open(Box<MultiGzDecoder<Source>>),
    /// Behind something that could not be read.
    Lost(Source),
    Ended,
}

impl Read for Members {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let (mut decoder, is_new) = match std::mem::replace(self, Self::Ended) {
                Self::Open(decoder) => (decoder, false),
                Self::Lost(mut source) => {
                    if !seek_member(&mut source)? {
                        return Ok(0);
                    }
                    (Box::new(MultiGzDecoder::new(source)), true)
                }
                Self::Ended => return Ok(0),
            };
            match decoder.read(out) {
                Ok(count) => {
                    *self = Self::Open(decoder);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    *self = Self::Open(decoder);
                    return Err(error);
                }
                Err(error) => {
                    *self = Self::Lost(decoder.into_inner());
                    // A beginning found by chance is part of what was lost before.
                    if !is_new {
                        return Err(error);
                    }
                }
            }
        }
    }
}

/// Goes to the next bytes that look like the beginning of a gzip member; false at the end.
fn seek_member(source: &mut Source) -> io::Result<bool> {
    loop {
        let start = source.peek(|bytes| bytes.len() >= MEMBER);
        if start.len() < MEMBER {
            // The end, or an error, which comes behind the bytes before it.
            let count = start.len();
            source.consume(count);
            source.fill_buf()?;
            return Ok(false);
        }
        // The upper bits of the flags are reserved and must be 0.
        if start.starts_with(&GZIP) && start[GZIP.len()] & 0xE0 == 0 {
            return Ok(true);
        }
        let next = memchr::memchr(GZIP[0], &start[1..]).map_or(start.len(), |at| at + 1);
        source.consume(next);
    }
}

/// The frames of a Zstandard file; an error ends them.
struct Frames(Option<io::Result<ZstdDecoder<'static, Source>>>);

impl Read for Frames {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.0 {
            Some(Ok(decoder)) => decoder.read(out),
            Some(Err(_)) => match self.0.take() {
                Some(Err(error)) => Err(error),
                _ => Ok(0),
            },
            None => Ok(0),
        };
        if read.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted) {
            self.0 = None;
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::tests::{gzip, varied};
    use super::*;
    use std::io::{Cursor, Write as _};

    /// What comes out, piece by piece: bytes up to an error, and bytes behind it.
    fn pieces(bytes: &[u8]) -> Vec<Result<Vec<u8>, String>> {
        let mut source = Source::new(Cursor::new(bytes.to_vec()));
        let mut pieces = Vec::new();
        loop {
            let mut piece = Vec::new();
            let result = source.read_to_end(&mut piece);
            let is_last = result.is_ok();
            pieces.push(Ok(piece));
            if let Err(error) = result {
                pieces.push(Err(source.error(error).kind().name().to_owned()));
            }
            if is_last {
                return pieces;
            }
        }
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).unwrap()
    }

    #[test]
    fn compressions_are_told_by_as_few_bytes_as_can_be() {
        let skippable = [0x5D, 0x2A, 0x4D, 0x18];
        for (start, found) in [
            (&GZIP[..2], Some(Compression::Gzip)),
            (&ZSTD, Some(Compression::Zstd)),
            (&skippable, Some(Compression::Zstd)),
            (b"P*", None),
            (b"{", None),
        ] {
            assert_eq!(Compression::of(start), found, "{start:?}");
        }
        for start in [&GZIP[..1], &ZSTD[..3], b"P", b"S*", b""] {
            assert!(!Compression::is_settled(start), "{start:?}");
        }
        for start in [&GZIP[..2], &ZSTD, &skippable, b"a", b"Pl", b"\x1Fa", b"\x28 "] {
            assert!(Compression::is_settled(start), "{start:?}");
        }
    }

    #[test]
    fn frames_and_skippable_frames_come_out_as_one() {
        let text = varied(300_000).into_bytes();
        let (first, second) = text.split_at(1000);
        let note = [&[0x51, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        let file = [note.clone(), zstd(first), note, zstd(second)].concat();
        assert_eq!(pieces(&file), [Ok(text)]);
    }

    #[test]
    fn a_broken_frame_gives_what_it_held_and_then_an_error() {
        let text = varied(3_000_000).into_bytes();
        let whole = [zstd(&text[..100]), zstd(&text[100..])].concat();
        let found = pieces(&whole[..whole.len() / 2]);
        let [Ok(start), Err(kind), Ok(rest)] = &found[..] else { panic!("{}", found.len()) };
        assert!(start.len() > 100_000 && text.starts_with(start) && rest.is_empty());
        assert_eq!(kind, "compression");
        let found = pieces(&[&zstd(&text[..100])[..], b"rubbish"].concat());
        assert_eq!(found[1], Err("compression".to_owned()));
    }

    #[test]
    fn an_interrupted_read_loses_nothing() {
        /// Every other read is interrupted.
        struct Interrupted(Cursor<Vec<u8>>, bool);
        impl Read for Interrupted {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                self.1 = !self.1;
                if self.1 {
                    return Err(io::ErrorKind::Interrupted.into());
                }
                let count = out.len().min(1000);
                self.0.read(&mut out[..count])
            }
        }
        let text = varied(100_000).into_bytes();
        for packed in [gzip(&text), zstd(&text), text.clone()] {
            let mut found = Vec::new();
            let mut source = Source::new(Interrupted(Cursor::new(packed), false));
            source.read_to_end(&mut found).unwrap();
            assert!(found == text, "{}", found.len());
        }
    }

    #[test]
    fn a_window_beyond_the_limit_is_refused() {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
        encoder.window_log(WINDOW_LOG + 1).unwrap();
        encoder.write_all(b"short").unwrap();
        let found = pieces(&encoder.finish().unwrap());
        assert_eq!(found[1], Err("compression".to_owned()));
    }

    #[test]
    fn reading_can_go_on_at_the_member_behind_a_broken_one() {
        let texts: Vec<Vec<u8>> =
            (1..=4).map(|n| varied(n * 20_000).as_bytes()[..n * 10_000].to_vec()).collect();
        let members: Vec<Vec<u8>> = texts.iter().map(|text| gzip(text)).collect();
        // A wrong checksum, rubbish between, wrong bytes in the middle.
        let break_in = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut second = members[1].clone();
            change(&mut second);
            [&members[0], &second, &members[2], &members[3]].map(|m| m.as_slice()).concat()
        };
        let length = members[1].len();
        for (file, is_whole) in [
            (break_in(&|member| member[length - 8] ^= 1), true),
            (
                break_in(&|member| {
                    member.extend(b"\x1F\x8B rubbish \x1F\x8B\x08\x00 and yet more rubbish")
                }),
                true,
            ),
            (break_in(&|member| member[length / 2..length / 2 + 8].fill(0xFF)), false),
        ] {
            let found = pieces(&file);
            let [Ok(before), Err(kind), Ok(after)] = &found[..] else { panic!("{}", found.len()) };
            assert!(before.starts_with(&texts[0]), "{}", before.len());
            assert_eq!(*before == [&texts[0][..], &texts[1]].concat(), is_whole);
            assert_eq!(kind, "compression");
            assert_eq!(*after, [&texts[2][..], &texts[3]].concat());
        }
        // What was cut short takes some of the next with it, and no more.
        let found = pieces(&break_in(&|member| member.truncate(length / 2)));
        assert_eq!(found.last().unwrap().as_ref().unwrap().last(), texts[3].last());
    }
}
