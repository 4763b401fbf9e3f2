//! Bytes to text.
//!
//! Input: the bytes of a document whose charset nobody names. Output: [`Decoded`], the text with
//! the charset it was read as. Nothing fails: what cannot be decoded becomes U+FFFD. Not done
//! here: charsets that HTML or a protocol declares; `decode_page` is for those.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are searched for the NULs of UTF-16.
const UTF_16_SAMPLE: usize = 4096;
/// Bytes, from the first that is not ASCII, on which a legacy charset is guessed.
const GUESS_SAMPLE: usize = 256 * 1024;
/// So many valid characters outside ASCII must stand beside each malformed byte sequence for a
/// text to count as UTF-8 with errors.
pub(super) const VALID_PER_MALFORMED: usize = 4;

/// What a text's charset was told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A byte-order mark.
    Mark,
    /// The protocol, such as the header `Content-Type`.
    Protocol,
    /// A declaration in the page.
    Page,
    /// The bytes themselves.
    Bytes,
}

/// Text decoded from bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte-order mark; borrowed where the bytes are valid UTF-8.
    pub text: Cow<'a, str>,
    /// The encoding's WHATWG name, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// What the encoding was told by.
    pub evidence: Evidence,
    /// Whether bytes were malformed and replaced by U+FFFD.
    pub had_errors: bool,
}

/// Decodes bytes: by their byte-order mark, as UTF-16 where the NULs show it, as UTF-8 where they
/// are valid or nearly so, else as the charset that looks likeliest. Never fails; NUL and control
/// bytes pass through.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Decoded { evidence: Evidence::Mark, ..decode_as(encoding, &bytes[length..]) };
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => utf_8(Cow::Borrowed(text), false),
        Err(_) if is_nearly_utf_8(bytes) => utf_8(String::from_utf8_lossy(bytes), true),
        Err(_) => decode_as(guess(bytes), bytes),
    }
}

/// The text of bytes as [`decode`] reads them. Valid UTF-8 is not copied.
#[must_use]
pub fn decode_owned(bytes: Vec<u8>) -> String {
    // Nothing but these makes `decode` read valid UTF-8 as something else.
    let is_marked = Encoding::for_bom(&bytes).is_some();
    if is_marked || utf_16_without_mark(&bytes).is_some() {
        return decode(&bytes).text.into_owned();
    }
    String::from_utf8(bytes).unwrap_or_else(|error| decode(error.as_bytes()).text.into_owned())
}

pub(super) fn utf_8(text: Cow<'_, str>, had_errors: bool) -> Decoded<'_> {
    Decoded { text, encoding: UTF_8.name(), evidence: Evidence::Bytes, had_errors }
}

pub(super) fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name(), evidence: Evidence::Bytes, had_errors }
}

/// UTF-16 of mostly Latin text, by its NULs: in at least half of the pairs one byte is NUL, and
/// always (to one in twenty) the same one.
pub(super) fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(UTF_16_SAMPLE)];
    memchr::memchr(0, sample)?;
    let (pairs, _) = sample.as_chunks::<2>();
    let big = pairs.iter().filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    let little = pairs.iter().filter(|pair| pair[1] == 0 && pair[0] != 0).count();
    let plainly = |many: usize, few: usize| many * 2 >= pairs.len() && few * 20 <= many && many > 1;
    if plainly(little, big) {
        Some(UTF_16LE)
    } else if plainly(big, little) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether malformed bytes are rare beside valid characters of several bytes.
///
/// One stray byte (a cut-off end, a pasted line) must not turn a whole text into windows-1252: that
/// would put two or three wrong characters for every letter with an accent, where replacement
/// costs a single character. Text in a legacy charset hardly ever forms valid sequences by chance,
/// so those prove UTF-8.
pub(super) fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut malformed) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        malformed += usize::from(!chunk.invalid().is_empty());
    }
    valid >= malformed.saturating_mul(VALID_PER_MALFORMED)
}

/// The likeliest charset of bytes that are not UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // ASCII tells nothing; a few bytes of it before the first other one do.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(16);
    let end = bytes.len().min(first + GUESS_SAMPLE);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[first..end], end == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str, had_errors: bool) {
        let found = decode(bytes);
        assert_eq!(decode_owned(bytes.to_vec()), found.text);
        assert_eq!((&*found.text, found.encoding, found.had_errors), (text, encoding, had_errors));
    }

    fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn valid_utf_8_is_borrowed() {
        for text in ["", "plain", "Grüße, 日本語 😀", "NUL \0 and \u{1} pass"] {
            check(text.as_bytes(), text, "UTF-8", false);
            assert!(matches!(decode(text.as_bytes()).text, Cow::Borrowed(_)));
        }
    }

    #[test]
    fn byte_order_marks_decide_and_are_left_out() {
        check(b"\xEF\xBB\xBFGr\xC3\xBC\xC3\x9Fe", "Grüße", "UTF-8", false);
        assert!(matches!(decode(b"\xEF\xBB\xBFabc").text, Cow::Borrowed("abc")));
        check(b"\xEF\xBB\xBFa\xFFb", "a\u{FFFD}b", "UTF-8", true);
        check(b"\xFF\xFEG\0r\0\xFC\0", "Grü", "UTF-16LE", false);
        check(b"\xFE\xFF\0G\0r\0\xFC", "Grü", "UTF-16BE", false);
        check(b"\xFF\xFEG\0r", "G\u{FFFD}", "UTF-16LE", true);
        check(b"\xFF\xFE", "", "UTF-16LE", false);
    }

    #[test]
    fn utf_16_shows_by_its_nuls() {
        let text = "The mayor said “no”.\nGrüße";
        check(&utf_16(text, u16::to_le_bytes), text, "UTF-16LE", false);
        check(&utf_16(text, u16::to_be_bytes), text, "UTF-16BE", false);
        // A few NULs, or NULs everywhere, are no UTF-16.
        check(b"one\0two\0three\0four", "one\0two\0three\0four", "UTF-8", false);
        check(&[0; 10], &"\0".repeat(10), "UTF-8", false);
        check(b"a\0", "a\0", "UTF-8", false);
    }

    #[test]
    fn legacy_charsets_are_guessed() {
        let latin = "Die Brücke über den Fluß wurde für die Bürger eröffnet – “endlich”.";
        let cyrillic = "Новый мост через реку открыли в понедельник после девяти лет работы.";
        let japanese = "港町では九年にわたる工事を経て、新しい橋が月曜日に開通した。";
        for (text, name) in [
            (latin, "windows-1252"),
            (cyrillic, "windows-1251"),
            (cyrillic, "KOI8-U"),
            (japanese, "Shift_JIS"),
            (japanese, "EUC-JP"),
        ] {
            let (bytes, _, _) = Encoding::for_label(name.as_bytes()).unwrap().encode(text);
            check(&bytes, text, name, false);
        }
        // One apostrophe of windows-1252 in a text of ASCII.
        check(b"The mayor\x92s bridge", "The mayor’s bridge", "windows-1252", false);
        let far = [&b"a".repeat(300_000)[..], b"it\x92s"].concat();
        assert!(decode(&far).text.ends_with("it’s"));
    }

    #[test]
    fn a_few_malformed_bytes_do_not_make_a_legacy_charset() {
        let mut bytes = "Grüße aus Düsseldorf, schöne Brücke: ".repeat(3).into_bytes();
        bytes.extend(b"\x92 and a cut end \xE2\x80");
        let found = decode(&bytes);
        assert_eq!((found.encoding, found.had_errors), ("UTF-8", true));
        assert!(found.text.starts_with("Grüße aus") && found.text.ends_with("cut end \u{FFFD}"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_decoded(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let found = decode(&bytes);
            prop_assert!(found.had_errors || bytes.is_empty() || !found.text.is_empty() || bytes.len() < 4);
            if let Ok(text) = std::str::from_utf8(&bytes) && !bytes.contains(&0) {
                prop_assert_eq!(found.text.trim_start_matches('\u{FEFF}'), text.trim_start_matches('\u{FEFF}'));
            }
        }
    }
}
