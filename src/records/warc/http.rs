//! HTTP responses as WARC files hold them.
//!
//! Input: the block of a record. Output: [`Response`], the head, and the body with its transfer and
//! content codings undone. Many archives hold a body decoded already under a head that still names
//! the coding: where the bytes show that, they are taken as they are. Not done here: charsets.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::super::decompress::{Compression, zstd_decoder};
use super::super::limit::{read_to_end, too_large};
use super::head::{Head, head_end, media_type};
use crate::error::{ErrorKind, Result};

/// The longest head that is read, in bytes; servers refuse to send a quarter of it.
pub(super) const MAX_HEAD: usize = 64 << 10;

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// A web page.
    Page,
    /// Plain text.
    Text,
    /// The head does not say; a body that begins as pages do is one.
    Unknown,
    /// Anything else.
    Other,
}

impl Media {
    /// What a content type says.
    pub(super) fn of(content_type: Option<&str>) -> Self {
        match content_type.map(media_type).as_deref() {
            None | Some("") => Self::Unknown,
            Some("text/html" | "application/xhtml+xml") => Self::Page,
            Some("text/plain") => Self::Text,
            Some(_) => Self::Other,
        }
    }
}

/// The head of a response.
#[derive(Debug)]
pub(super) struct Response {
    head: Head,
    /// The status, such as 200.
    pub(super) status: u16,
    body_at: usize,
}

impl Response {
    /// Reads the head that a block begins with.
    ///
    /// # Errors
    /// There is none, or it does not end in these bytes.
    pub(super) fn parse(start: &[u8]) -> Result<Self> {
        let found = String::from_utf8_lossy(&start[..start.len().min(20)]);
        let first = found.lines().next().unwrap_or_default();
        let status = first.strip_prefix("HTTP/").and_then(|rest| {
            let status = rest.split_ascii_whitespace().nth(1)?;
            status.parse().ok()
        });
        let Some(status) = status else {
            let message = format!("expected `HTTP/1.1 200 OK` or the like, found `{first}`");
            return Err(ErrorKind::Http { message }.into());
        };
        // A response without a body may lack the blank line.
        let Some(body_at) =
            head_end(start).or_else(|| (start.len() < MAX_HEAD).then_some(start.len()))
        else {
            let message =
                format!("expected a head of at most {MAX_HEAD} bytes, found a longer one");
            return Err(ErrorKind::Http { message }.into());
        };
        Ok(Self { head: Head::new(&start[..body_at]), status, body_at })
    }

    /// The field `Content-Type`.
    pub(super) fn content_type(&self) -> Option<&str> {
        self.head.get("Content-Type")
    }

    /// The body of the block that this head was read from. Of one that the archive says it has cut
    /// off, what there is of it.
    ///
    /// # Errors
    /// A coding that is broken or unknown; a body of more than `limit` bytes.
    pub(super) fn body<'a>(
        &self,
        block: &'a [u8],
        is_cut: bool,
        limit: usize,
    ) -> Result<Cow<'a, [u8]>> {
        let mut body = Cow::Borrowed(&block[self.body_at..]);
        let named = |name| {
            let codings = self.head.get(name).unwrap_or_default().to_ascii_lowercase();
            codings.split(',').map(|coding| coding.trim().to_owned()).collect::<Vec<_>>()
        };
        if named("Transfer-Encoding").iter().any(|coding| coding == "chunked") {
            body = match joined(&body, is_cut)? {
                Some(joined) => joined.into(),
                None => body,
            };
        }
        // The last one was put on last.
        for coding in named("Content-Encoding").iter().rev() {
            if let Some(decoded) = decoded(coding, &body, is_cut, limit)? {
                body = decoded.into();
            }
        }
        Ok(body)
    }
}

/// The chunks of a body in one; `None` where it is not in chunks.
fn joined(body: &[u8], is_cut: bool) -> Result<Option<Vec<u8>>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line_end = memchr::memchr(b'\n', rest);
        let line = &rest[..line_end.unwrap_or(rest.len())];
        let size = line.split(|&byte| byte == b';').next().unwrap_or_default();
        let size = std::str::from_utf8(size).unwrap_or_default().trim_ascii();
        let size = usize::from_str_radix(size, 16).ok();
        let (Some(line_end), Some(size)) = (line_end, size) else {
            return match joined.is_empty() {
                true => Ok(None),
                false if is_cut => Ok(Some(joined)),
                false => Err(broken_chunks(body.len() - rest.len())),
            };
        };
        rest = &rest[line_end + 1..];
        if size == 0 {
            return Ok(Some(joined));
        }
        let Some((chunk, after)) = rest.split_at_checked(size) else {
            joined.extend_from_slice(rest);
            return if is_cut { Ok(Some(joined)) } else { Err(broken_chunks(body.len())) };
        };
        joined.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    }
}

fn broken_chunks(at: usize) -> crate::error::Error {
    let message = format!("expected the size of a chunk or its rest at byte {at} of the body");
    ErrorKind::Http { message }.into()
}

/// The body with one content coding undone; `None` where it is not in that coding.
fn decoded(coding: &str, body: &[u8], is_cut: bool, limit: usize) -> Result<Option<Vec<u8>>> {
    let found = Compression::of(body);
    match coding {
        "" | "identity" => Ok(None),
        "gzip" | "x-gzip" if found == Some(Compression::Gzip) => {
            inflated(MultiGzDecoder::new(body), is_cut, limit).map(Some)
        }
        "zstd" if found == Some(Compression::Zstd) => {
            let decoder = zstd_decoder(body).map_err(|error| failed(&error))?;
            inflated(decoder, is_cut, limit).map(Some)
        }
        "deflate" if is_zlib(body) => inflated(ZlibDecoder::new(body), is_cut, limit).map(Some),
        // Text that has been decoded already; hardly any compressed data is valid UTF-8.
        _ if simdutf8::basic::from_utf8(body).is_ok() => Ok(None),
        // Some servers leave the wrapping of zlib away.
        "deflate" => inflated(DeflateDecoder::new(body), is_cut, limit).map(Some),
        // A charset other than UTF-8, decoded already.
        "gzip" | "x-gzip" | "zstd" => Ok(None),
        _ => {
            let message = format!(
                "unsupported Content-Encoding `{coding}`: expected gzip, deflate, zstd or none"
            );
            Err(ErrorKind::Http { message }.into())
        }
    }
}

/// Whether the first two bytes are those of a zlib stream.
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [first, second, ..]
        if first & 0x0F == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31))
}

fn inflated(decoder: impl Read, is_cut: bool, limit: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match read_to_end(decoder, limit, &mut bytes) {
        Ok(true) => Ok(bytes),
        Ok(false) => Err(too_large(limit, None)),
        Err(_) if is_cut => Ok(bytes),
        Err(error) => Err(failed(&error)),
    }
}

fn failed(error: &std::io::Error) -> crate::error::Error {
    ErrorKind::Compression { message: format!("the body of the response: {error}") }.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::source::tests::gzip;
    use flate2::Compression as Level;
    use flate2::write::{DeflateEncoder, ZlibEncoder};
    use std::io::Write as _;

    const TEXT: &[u8] = b"<p>The ferry stays for two more years, the council said.";

    fn body(head: &str, body: &[u8], is_cut: bool) -> Result<Vec<u8>> {
        let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        let response = Response::parse(&block[..block.len().min(MAX_HEAD)])?;
        response.body(&block, is_cut, 1000).map(Cow::into_owned)
    }

    fn chunked(bytes: &[u8]) -> Vec<u8> {
        let mut chunks = Vec::new();
        for chunk in bytes.chunks(25) {
            chunks.extend(format!("{:X};x=y\r\n", chunk.len()).as_bytes());
            chunks.extend(chunk);
            chunks.extend(b"\r\n");
        }
        [&chunks[..], b"0\r\nTrailer: 1\r\n\r\n"].concat()
    }

    #[test]
    fn heads_tell_status_and_type() {
        let response = Response::parse(b"HTTP/2 404\r\ncontent-type: text/html\n\nbody").unwrap();
        assert_eq!((response.status, response.content_type()), (404, Some("text/html")));
        assert_eq!(Response::parse(b"HTTP/1.0 204 No Content\r\n").unwrap().status, 204);
        for wrong in [&b""[..], b"<html>", b"HTTP/1.1 OK", b"HTTP/1.1"] {
            assert_eq!(Response::parse(wrong).unwrap_err().kind().name(), "http");
        }
        let long = [b"HTTP/1.1 200 OK\r\nX: ", &[b'a'; MAX_HEAD][..]].concat();
        assert!(Response::parse(&long[..MAX_HEAD]).is_err());
        for (content_type, media) in [
            (Some("text/html; charset=x"), Media::Page),
            (Some("Application/XHTML+XML"), Media::Page),
            (Some("text/plain"), Media::Text),
            (Some("image/png"), Media::Other),
            (None, Media::Unknown),
        ] {
            assert_eq!(Media::of(content_type), media);
        }
    }

    #[test]
    fn codings_are_undone_in_turn() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Level::fast());
        zlib.write_all(TEXT).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Level::fast());
        raw.write_all(TEXT).unwrap();
        for (head, bytes) in [
            ("X: 1", TEXT.to_vec()),
            ("Transfer-Encoding: chunked", chunked(TEXT)),
            ("Content-Encoding: gzip", gzip(TEXT)),
            ("Content-Encoding: deflate", zlib.finish().unwrap()),
            ("Content-Encoding: deflate", raw.finish().unwrap()),
            ("Content-Encoding: zstd", zstd::encode_all(TEXT, 1).unwrap()),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: GZIP", chunked(&gzip(TEXT))),
            ("Content-Encoding: identity, gzip, gzip", gzip(&gzip(TEXT))),
        ] {
            assert_eq!(body(head, &bytes, false).unwrap(), TEXT, "{head}");
        }
    }

    #[test]
    fn a_body_decoded_already_is_taken_as_it_is() {
        let latin = b"<p>Gr\xFC\xDFe an alle";
        for head in [
            "Transfer-Encoding: chunked",
            "Content-Encoding: gzip",
            "Content-Encoding: br",
            "Content-Encoding: deflate",
        ] {
            assert_eq!(body(head, TEXT, false).unwrap(), TEXT, "{head}");
        }
        assert_eq!(body("Content-Encoding: gzip", latin, false).unwrap(), latin);
        assert_eq!(body("Content-Encoding: gzip", b"", false).unwrap(), b"");
    }

    #[test]
    fn broken_and_unknown_codings_are_errors_unless_the_archive_cut_them_off() {
        let chunks = chunked(TEXT);
        let packed = gzip(TEXT);
        let cases = [
            ("Transfer-Encoding: chunked", &chunks[..40], "http"),
            ("Transfer-Encoding: chunked", &chunks[..33], "http"),
            ("Content-Encoding: gzip", &packed[..packed.len() - 10], "compression"),
        ];
        for (head, bytes, kind) in cases {
            assert_eq!(body(head, bytes, false).unwrap_err().kind().name(), kind);
            let start = body(head, bytes, true).unwrap();
            assert!(TEXT.starts_with(&start), "{head}");
        }
        let error = body("Content-Encoding: br", b"\x8B\x03\x80\xFFabc", false).unwrap_err();
        assert!(error.message().contains("unsupported Content-Encoding `br`"), "{error}");
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = gzip(&vec![b'a'; 20_000_000]);
        assert!(bomb.len() < 200_000);
        for (head, bytes) in [
            ("Content-Encoding: gzip", bomb.clone()),
            ("Content-Encoding: gzip, gzip", gzip(&bomb)),
            ("Content-Encoding: zstd", zstd::encode_all(&vec![b'a'; 20_000_000][..], 1).unwrap()),
        ] {
            assert_eq!(body(head, &bytes, false).unwrap_err().kind().name(), "too_large");
        }
    }
}
