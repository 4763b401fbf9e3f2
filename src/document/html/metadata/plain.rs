//! Values as plain text, and which of them say the same.

use super::super::read_page;

/// Longer values are no titles, names or descriptions.
const MAX_BYTES: usize = 10_000;

/// A value without markup, character references and needless white space; `None` if nothing is
/// left, or it is too long.
pub(super) fn plain(value: &str) -> Option<String> {
    if value.len() > MAX_BYTES {
        return None;
    }
    let mut text = value.to_owned();
    // Some systems escape what is escaped already.
    for _ in 0..2 {
        if !text.contains('&') {
            break;
        }
        text = htmlize::unescape_attribute(&text).into_owned();
    }
    if has_tags(&text) {
        text = without_tags(&text, " ");
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether a text holds what looks like tags.
pub(super) fn has_tags(text: &str) -> bool {
    let Some(end) = text.rfind('>') else { return false };
    let begins_tag =
        |pair: &[u8]| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || pair[1] == b'/');
    text.as_bytes()[..end].windows(2).any(begins_tag)
}

/// The text that a browser would show, blocks joined.
pub(super) fn without_tags(text: &str, separator: &str) -> String {
    let page = read_page(text);
    let blocks: Vec<&str> = page.blocks.iter().map(|block| page.block_text(block)).collect();
    blocks.join(separator)
}

/// Letters and digits alone, in lower case.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a text is another one, folded.
pub(super) fn is_folded(text: &str, folded: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.eq(folded.chars())
}

/// More words of a title are not looked at.
const MAX_WORDS: usize = 64;

/// The first words of a text, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MAX_WORDS).map(str::to_lowercase).collect()
}

/// How many of the words of the shorter text stand in the other, as a ratio in 0..=1; 0 if one has
/// no words.
pub(super) fn shared_ratio(one: &[String], other: &[String]) -> f64 {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.is_empty() {
        return 0.0;
    }
    let shared = short.iter().filter(|word| long.contains(word)).count();
    shared as f64 / short.len() as f64
}

/// Whether two titles are about the same: most words of the shorter stand in the longer.
pub(super) fn shares_words(one: &str, other: &str) -> bool {
    shared_ratio(&words(one), &words(other)) >= 0.6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_plain_text() {
        for (value, expected) in [
            ("  A &amp; B\n C ", Some("A & B C")),
            ("It&amp;#8217;s", Some("It’s")),
            ("An <em>old</em> hat", Some("An old hat")),
            ("1 < 2 > 0", Some("1 < 2 > 0")),
            (" &nbsp; ", None),
            ("", None),
        ] {
            assert_eq!(plain(value).as_deref(), expected, "{value}");
        }
        assert_eq!(plain(&"x".repeat(MAX_BYTES + 1)), None);
    }

    #[test]
    fn titles_that_say_the_same_share_words() {
        assert!(shares_words("Bridge closed", "Bridge closed after storm - Harbour Post"));
        assert!(!shares_words("Latest news", "Bridge closed after storm"));
        assert!(!shares_words("", "Bridge"));
    }
}
