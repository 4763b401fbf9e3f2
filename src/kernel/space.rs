//! Words between white space: how many a text has.
//!
//! Naive one-liner: `text.split_whitespace().count()`, which decodes every character. Here words are
//! counted as places where a byte follows white space, many bytes at once.

/// Words of a text without white space beyond ASCII: runs of anything but white space of ASCII, to
/// which Unicode counts the vertical tab.
#[inline]
#[must_use]
pub fn words(text: &[u8]) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, which is all that the function requires.
        #[allow(unsafe_code)]
        return unsafe { words_avx2(text) };
    }
    words_portable(text)
}

/// [`words_portable`], of which the compiler makes 32 bytes at a time.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn words_avx2(text: &[u8]) -> u64 {
    words_portable(text)
}

#[inline(always)]
fn words_portable(text: &[u8]) -> u64 {
    let Some(&first) = text.first() else { return 0 };
    let mut count = u64::from(!is_space(first));
    // A byte holds the starts of up to 254 places, so that the compiler can keep 16 or 32 counts
    // in a register.
    for (before, after) in text[..text.len() - 1].chunks(254).zip(text[1..].chunks(254)) {
        let mut starts = 0u8;
        for (&before, &after) in before.iter().zip(after) {
            starts += u8::from(is_space(before) & !is_space(after));
        }
        count += u64::from(starts);
    }
    count
}

#[inline(always)]
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_those_of_the_standard_library(text in "([ -~]|[ a\t\n\x0B\r\x1F]){0,700}") {
            let naive = text.split_whitespace().count() as u64;
            prop_assert_eq!(words(text.as_bytes()), naive);
            prop_assert_eq!(words_portable(text.as_bytes()), naive);
        }
    }
}
