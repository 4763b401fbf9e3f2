//! The bytes of a web page to text.
//!
//! Input: bytes, and the charset that the protocol named, if any. Output: [`Decoded`], which says
//! what decided. A declaration counts unless the bytes belie it: nearly every page is UTF-8 today,
//! and servers and templates still name other charsets.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::decode::{
    Decoded, Evidence, VALID_PER_MALFORMED, decode, decode_as, is_nearly_utf_8, utf_8,
    utf_16_without_mark,
};
use super::html::{charset_of, declared_charset};
use crate::error::{ErrorKind, Result};

/// Bytes that are searched for what no text holds.
const SAMPLE: usize = 4096;
/// Fewer control characters are no sign of anything.
const MIN_CONTROLS: usize = 32;
/// One byte of compressed data in ten is a control character.
const BYTES_PER_CONTROL: usize = 20;

/// What files that are no pages begin with.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1F\x8B\x08", "gzip data"),
];

/// Decodes a page: by its byte-order mark, as UTF-16 where the NULs show it, as the charset
/// `declared` by the protocol, as the one that the page declares in its first 1024 bytes, else as
/// [`decode`] does. `declared` is a label such as `utf-8`, or a whole `text/html; charset=utf-8`.
///
/// A declaration is passed over where it names no known charset, where it says UTF-8 of bytes that
/// are none, and where it names another charset for bytes that are plainly UTF-8 or that it cannot
/// read.
///
/// # Errors
/// [`ErrorKind::NotText`] if the bytes are plainly no text, such as an image named `.html`.
pub fn decode_page<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>> {
    if let Some(found) = not_text(bytes) {
        return Err(ErrorKind::NotText { found }.into());
    }
    if Encoding::for_bom(bytes).is_some() || utf_16_without_mark(bytes).is_some() {
        return Ok(decode(bytes));
    }
    let protocol = declared.map(|label| charset_of(label).unwrap_or(label));
    let said = protocol.and_then(|label| as_declared(bytes, label, Evidence::Protocol));
    let said = said.or_else(|| as_declared(bytes, &declared_charset(bytes)?, Evidence::Page));
    Ok(said.unwrap_or_else(|| decode(bytes)))
}

/// The text of a page's bytes as [`decode_page`] reads them. Valid UTF-8 is not copied.
///
/// # Errors
/// As [`decode_page`].
pub fn decode_page_owned(bytes: Vec<u8>, declared: Option<&str>) -> Result<String> {
    match decode_page(&bytes, declared)?.text {
        Cow::Owned(text) => return Ok(text),
        // Behind a byte-order mark.
        Cow::Borrowed(text) if text.len() < bytes.len() => return Ok(text.to_owned()),
        Cow::Borrowed(_) => {}
    }
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// The bytes read as it is said of them, or `None` where that is plainly wrong.
fn as_declared<'a>(bytes: &'a [u8], label: &str, evidence: Evidence) -> Option<Decoded<'a>> {
    let mut encoding = Encoding::for_label_no_replacement(label.trim().as_bytes())?;
    // A declaration that could be read is not in UTF-16; the bytes of a page that is were looked at.
    if encoding == UTF_16LE || encoding == UTF_16BE {
        encoding = UTF_8;
    }
    if encoding == UTF_8 {
        if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
            return Some(Decoded { evidence, ..utf_8(Cow::Borrowed(text), false) });
        }
        return is_nearly_utf_8(bytes).then(|| Decoded { evidence, ..decode_as(UTF_8, bytes) });
    }
    if encoding.is_single_byte() && is_plainly_utf_8(bytes, 1) {
        return None;
    }
    let decoded = Decoded { evidence, ..decode_as(encoding, bytes) };
    if encoding.is_single_byte() {
        return Some(decoded);
    }
    // Pairs of bytes form valid UTF-8 by chance now and then, and a page cut short ends in a
    // malformed one.
    let malformed = decoded.text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    let others = decoded.text.chars().filter(|&c| !c.is_ascii()).count() - malformed;
    let is_readable = others >= malformed.saturating_mul(VALID_PER_MALFORMED);
    let is_other =
        is_plainly_utf_8(bytes, VALID_PER_MALFORMED) || malformed > 1 && is_plainly_other(bytes);
    (is_readable && !is_other).then_some(decoded)
}

/// Whether at least `n` characters outside ASCII stand in bytes that are (nearly) UTF-8.
fn is_plainly_utf_8(bytes: &[u8], n: usize) -> bool {
    // What cannot start a sequence tells at once.
    let is_lead = |byte: &&u8| **byte >= 0xC2;
    bytes.iter().filter(is_lead).take(n).count() == n && is_nearly_utf_8(bytes)
}

/// Whether bytes that the declared charset cannot read all are read by another charset of pairs. A
/// charset of single bytes reads anything.
fn is_plainly_other(bytes: &[u8]) -> bool {
    let found = decode(bytes);
    let encoding = Encoding::for_label(found.encoding.as_bytes());
    !found.had_errors && encoding.is_some_and(|encoding| !encoding.is_single_byte())
}

/// What bytes are that are plainly no text.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    let signature = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
    if let Some((_, name)) = signature {
        return Some(name);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if Encoding::for_bom(bytes).is_some() || utf_16_without_mark(bytes).is_some() {
        return None;
    }
    // Escape begins the shifts of ISO-2022-JP.
    let is_control = |c: &&u8| matches!(c, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F);
    let n = sample.iter().filter(is_control).count();
    (n >= MIN_CONTROLS && n * BYTES_PER_CONTROL >= sample.len()).then_some("binary data")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "<p>Die Brücke über den Fluß wurde für die Bürger eröffnet – “endlich”.";
    const CYRILLIC: &str =
        "<p>Новый мост через реку открыли в понедельник после девяти лет работы.";
    const JAPANESE: &str = "<p>港町では九年にわたる工事を経て、新しい橋が月曜日に開通した。";
    const KOREAN: &str = "<p>항구 도시의 새 다리가 구 년 만에 월요일 아침 문을 열었다.";
    const CHINESE: &str = "<p>港口城市的新桥历经九年施工，于周一早晨正式通车。";

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        encoding.encode(text).0.into_owned()
    }

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, expected: (&str, &str, Evidence)) {
        let found = decode_page(bytes, declared).unwrap();
        assert_eq!((&*found.text, found.encoding, found.evidence), expected);
        assert_eq!(decode_page_owned(bytes.to_vec(), declared).unwrap(), found.text);
    }

    #[test]
    fn each_source_of_a_charset_has_its_turn() {
        let bytes = encoded(CYRILLIC, "koi8-r");
        check(&bytes, Some("koi8-r"), (CYRILLIC, "KOI8-R", Evidence::Protocol));
        check(&bytes, Some("text/html; charset=KOI8-R"), (CYRILLIC, "KOI8-R", Evidence::Protocol));
        let page = format!("<meta charset=koi8-r>{CYRILLIC}");
        let bytes = encoded(&page, "koi8-r");
        check(&bytes, None, (&page, "KOI8-R", Evidence::Page));
        check(&bytes, Some("no-such-charset"), (&page, "KOI8-R", Evidence::Page));
        let other = decode_page(&bytes, Some("windows-1251")).unwrap();
        assert_eq!((other.encoding, other.evidence), ("windows-1251", Evidence::Protocol));
        let marked = [b"\xEF\xBB\xBF", CYRILLIC.as_bytes()].concat();
        check(&marked, Some("koi8-r"), (CYRILLIC, "UTF-8", Evidence::Mark));
        check(
            &encoded(CYRILLIC, "windows-1251"),
            None,
            (CYRILLIC, "windows-1251", Evidence::Bytes),
        );
        check(b"", None, ("", "UTF-8", Evidence::Bytes));
    }

    #[test]
    fn legacy_charsets_are_read_as_declared_and_found_without() {
        for (text, label) in [
            (JAPANESE, "Shift_JIS"),
            (JAPANESE, "EUC-JP"),
            (KOREAN, "EUC-KR"),
            (CHINESE, "gb18030"),
            (CHINESE, "GBK"),
            (GERMAN, "windows-1252"),
        ] {
            let page = format!(
                "<meta http-equiv='Content-Type' content='text/html; charset={label}'>{text}"
            );
            let bytes = encoded(&page, label);
            check(&bytes, None, (&page, label, Evidence::Page));
            check(&bytes, Some(label), (&page, label, Evidence::Protocol));
            let silent = decode_page(&bytes[page.find("<p>").unwrap()..], None).unwrap();
            assert_eq!((&*silent.text, silent.evidence), (text, Evidence::Bytes), "{label}");
        }
        let page = format!("<?xml version=\"1.0\" encoding=\"windows-1251\"?>{CYRILLIC}");
        check(&encoded(&page, "windows-1251"), None, (&page, "windows-1251", Evidence::Page));
        let page = "<meta charset=iso-2022-jp><p>港町";
        check(&encoded(page, "iso-2022-jp"), None, (page, "ISO-2022-JP", Evidence::Page));
    }

    #[test]
    fn latin_1_is_what_browsers_make_of_it() {
        for label in ["iso-8859-1", "latin1", "us-ascii"] {
            let bytes = encoded(GERMAN, "windows-1252");
            check(&bytes, Some(label), (GERMAN, "windows-1252", Evidence::Protocol));
        }
    }

    #[test]
    fn a_wrong_declaration_garbles_nothing() {
        // Other charsets declared of UTF-8.
        for label in ["iso-8859-1", "us-ascii", "windows-1251", "shift_jis", "gbk", "utf-16"] {
            for text in [GERMAN, CYRILLIC, JAPANESE] {
                let found = decode_page(text.as_bytes(), Some(label)).unwrap();
                assert_eq!((&*found.text, found.encoding), (text, "UTF-8"), "{label}");
            }
        }
        check("<p>café".as_bytes(), Some("iso-8859-1"), ("<p>café", "UTF-8", Evidence::Bytes));
        // A stray byte does not make it another charset.
        let stray = [GERMAN.as_bytes(), b"\x92"].concat();
        let found = decode_page(&stray, Some("latin1")).unwrap();
        assert!(found.text.starts_with(GERMAN) && found.had_errors);
        // UTF-8 declared of other charsets.
        for (text, label) in
            [(GERMAN, "windows-1252"), (CYRILLIC, "koi8-r"), (JAPANESE, "shift_jis")]
        {
            let page = format!("<meta charset=utf-8>{text}");
            let bytes = encoded(&page, label);
            let found = decode_page(&bytes, Some("utf-8")).unwrap();
            assert_eq!((&*found.text, found.evidence), (&*page, Evidence::Bytes), "{label}");
        }
        // The protocol wrong, the page right.
        let page = format!("<meta charset=koi8-r>{CYRILLIC}");
        check(&encoded(&page, "koi8-r"), Some("utf-8"), (&page, "KOI8-R", Evidence::Page));
        // One charset of pairs declared of another.
        let bytes = encoded(KOREAN, "euc-kr");
        let found = decode_page(&bytes, Some("shift_jis")).unwrap();
        assert_eq!((&*found.text, found.evidence), (KOREAN, Evidence::Bytes));
    }

    #[test]
    fn a_declaration_of_utf_8_holds_for_a_page_cut_short() {
        let text = format!("<meta charset=utf-8>{JAPANESE}");
        let found = decode_page(&text.as_bytes()[..text.len() - 1], None).unwrap();
        assert_eq!(
            (found.encoding, found.evidence, found.had_errors),
            ("UTF-8", Evidence::Page, true)
        );
        let bytes = encoded(JAPANESE, "shift_jis");
        let found = decode_page(&bytes[..bytes.len() - 3], Some("shift_jis")).unwrap();
        assert_eq!((found.encoding, found.evidence), ("Shift_JIS", Evidence::Protocol));
    }

    #[test]
    fn utf_16_shows_without_a_mark() {
        let page = "<html><meta charset=utf-8><p>The harbour’s new bridge";
        let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, Some("utf-8"), (page, "UTF-16LE", Evidence::Bytes));
        check(&big, None, (page, "UTF-16BE", Evidence::Bytes));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> = (0..5000_u32).map(|i| (i * i / 7 % 251) as u8).collect();
        let png = [b"\x89PNG\r\n\x1A\n", &noise[..]].concat();
        for (bytes, what) in [
            (&png[..], "a PNG image"),
            (b"%PDF-1.7\nobj", "a PDF document"),
            (&noise, "binary data"),
            (&[0; 100], "binary data"),
        ] {
            let error = decode_page(bytes, Some("utf-8")).unwrap_err();
            assert_eq!((error.kind().name(), error.message().contains(what)), ("not_text", true));
        }
        // NULs here and there pass, as they do in plain text.
        let nuls = "<p>one\0two, then some more words before the next comes \u{1}".repeat(50);
        check(nuls.as_bytes(), None, (&nuls, "UTF-8", Evidence::Bytes));
    }
}
