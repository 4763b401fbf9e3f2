//! Byte classes: what the scan counts.

/// The class of a character, as far as the features care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// `a-z`.
    Lower,
    /// `A-Z`.
    Upper,
    /// `0-9`.
    Digit,
    /// A letter beyond ASCII, counted once a character.
    OtherLetter,
    /// White space, control characters and no-break spaces.
    Space,
    /// `.`
    Period,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `?`
    Question,
    /// `!`
    Exclamation,
    /// Double quotation marks, straight or curly.
    DoubleQuote,
    /// Single quotation marks and apostrophes, straight or curly.
    SingleQuote,
    /// `(`
    ParenOpen,
    /// `)`
    ParenClose,
    /// `[ ] { }`
    Bracket,
    /// `/` and `\`
    Slash,
    /// `|`
    Pipe,
    /// `@`
    At,
    /// `#`
    Hash,
    /// `$ £ ¥ €` and the other currency signs.
    Currency,
    /// `%`
    Percent,
    /// Hyphens and dashes.
    Dash,
    /// `*`, `_`, `~`, `=`, `^`: what rulers and markup are made of.
    Ornament,
    /// `&` and `+`.
    And,
    /// `< > « » ‹ ›` and arrows.
    Angle,
    /// Bullets and middle dots.
    Bullet,
    /// The ellipsis character.
    Ellipsis,
    /// `©`
    CopyrightSign,
    /// `®` and `™`.
    TradeSign,
    /// Emoji and every other symbol.
    Symbol,
}

/// Number of classes.
pub const CLASSES: usize = Class::Symbol as usize + 1;

/// Class of each ASCII byte; entries from 0x80 on are not used.
pub const CLASS: [Class; 256] = class_table();

/// What a byte contributes to its word's hash: letters in lower case, digits as `0`, bytes of
/// other letters as they are.
pub const FOLD: [u8; 256] = fold_table();

/// 1 for a lower-case ASCII letter, 2 for an upper-case one, 4 for a digit, 0 for any other byte.
pub const LETTER: [u8; 256] = letter_table();

const fn letter_table() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 4,
            _ => 0,
        };
        byte += 1;
    }
    table
}

const fn class_table() -> [Class; 256] {
    let mut table = [Class::Symbol; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            b'.' => Class::Period,
            b',' => Class::Comma,
            b':' => Class::Colon,
            b';' => Class::Semicolon,
            b'?' => Class::Question,
            b'!' => Class::Exclamation,
            b'"' => Class::DoubleQuote,
            b'\'' | b'`' => Class::SingleQuote,
            b'(' => Class::ParenOpen,
            b')' => Class::ParenClose,
            b'[' | b']' | b'{' | b'}' => Class::Bracket,
            b'/' | b'\\' => Class::Slash,
            b'|' => Class::Pipe,
            b'@' => Class::At,
            b'#' => Class::Hash,
            b'$' => Class::Currency,
            b'%' => Class::Percent,
            b'-' => Class::Dash,
            b'*' | b'_' | b'~' | b'=' | b'^' => Class::Ornament,
            b'&' | b'+' => Class::And,
            b'<' | b'>' => Class::Angle,
            _ => Class::Space,
        };
        byte += 1;
    }
    table
}

const fn fold_table() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b @ b'A'..=b'Z' => b | 0x20,
            b'0'..=b'9' => b'0',
            b => b,
        };
        byte += 1;
    }
    table
}

/// Class and length in bytes of the character at `i`.
#[inline(always)]
#[must_use]
pub fn character(bytes: &[u8], i: usize) -> (Class, usize) {
    let byte = bytes[i];
    if byte < 0x80 { (CLASS[usize::from(byte)], 1) } else { beyond_ascii(&bytes[i..]) }
}

/// Whether characters of a class make words.
#[inline(always)]
#[must_use]
pub fn is_letter(class: Class) -> bool {
    matches!(class, Class::Lower | Class::Upper | Class::Digit | Class::OtherLetter)
}

/// Class of a character beyond ASCII and its length in bytes, from its first bytes.
///
/// Letters are whatever is not one of the blocks of punctuation and symbols that web text uses:
/// U+0080-00BF, U+2000-2BFF, U+3000-303F, U+FE00-FE0F, U+FEFF and U+1F000-1FFFF. The bytes are
/// valid UTF-8, so the lead byte gives the length.
#[inline]
#[must_use]
pub fn beyond_ascii(bytes: &[u8]) -> (Class, usize) {
    let lead = bytes[0];
    let second = bytes.get(1).copied().unwrap_or(0);
    let third = bytes.get(2).copied().unwrap_or(0);
    match lead {
        0xC2 => (latin_symbol(second), 2),
        0x00..=0xDF => (Class::OtherLetter, 2),
        0xE2 if second <= 0xAF => (general_symbol(second, third), 3),
        0xE3 if second == 0x80 => (if third == 0x80 { Class::Space } else { Class::Symbol }, 3),
        0xEF if second == 0xB8 && third <= 0x8F => (Class::Symbol, 3),
        0xEF if second == 0xBB && third == 0xBF => (Class::Space, 3),
        0xE0..=0xEF => (Class::OtherLetter, 3),
        0xF0 if second == 0x9F => (Class::Symbol, 4),
        _ => (Class::OtherLetter, 4),
    }
}

/// U+0080-00BF, by the second byte.
fn latin_symbol(second: u8) -> Class {
    match second {
        0x80..=0xA0 | 0xAD => Class::Space,
        0xA2..=0xA5 => Class::Currency,
        0xA9 => Class::CopyrightSign,
        0xAB | 0xBB => Class::Angle,
        0xAE => Class::TradeSign,
        0xB7 => Class::Bullet,
        _ => Class::Symbol,
    }
}

/// U+2000-2BFF, by the second and third byte.
fn general_symbol(second: u8, third: u8) -> Class {
    match (second, third) {
        (0x80, 0x80..=0x8F | 0xA8..=0xAF) | (0x81, 0x9F..=0xAF) => Class::Space,
        (0x80, 0x90..=0x95) | (0x88, 0x92) => Class::Dash,
        (0x80, 0x98..=0x9B | 0xB2) => Class::SingleQuote,
        (0x80, 0x9C..=0x9F | 0xB3) => Class::DoubleQuote,
        (0x80, 0xA2 | 0xA3 | 0xA7) | (0x96..=0x97, _) => Class::Bullet,
        (0x80, 0xA6) => Class::Ellipsis,
        (0x80, 0xB9 | 0xBA) | (0x86..=0x87, _) => Class::Angle,
        (0x82 | 0x83, 0xA0..=0xBF) | (0x83, _) => Class::Currency,
        (0x84, 0xA2) => Class::TradeSign,
        _ => Class::Symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_fall_into_the_class_their_name_says() {
        for (text, class) in [
            ("©", Class::CopyrightSign),
            ("™", Class::TradeSign),
            ("’", Class::SingleQuote),
            ("“", Class::DoubleQuote),
            ("•", Class::Bullet),
            ("·", Class::Bullet),
            ("■", Class::Bullet),
            ("…", Class::Ellipsis),
            ("—", Class::Dash),
            ("»", Class::Angle),
            ("→", Class::Angle),
            ("€", Class::Currency),
            ("£", Class::Currency),
            ("\u{a0}", Class::Space),
            ("\u{200b}", Class::Space),
            ("\u{feff}", Class::Space),
            ("é", Class::OtherLetter),
            ("ж", Class::OtherLetter),
            ("文", Class::OtherLetter),
            ("。", Class::Symbol),
            ("🙂", Class::Symbol),
            ("𝒳", Class::OtherLetter),
        ] {
            assert_eq!(beyond_ascii(text.as_bytes()), (class, text.len()), "{text}");
        }
    }
}
