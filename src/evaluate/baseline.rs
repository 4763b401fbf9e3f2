//! The C4 line rule, the baseline that everybody knows: what a cleaner without a model keeps.

/// Fewest words of a line that is kept.
const MIN_WORDS: usize = 5;

/// Whether the C4 line rule keeps a paragraph, taken as one line.
///
/// It keeps a line of at least 5 words that ends in a full stop, an exclamation mark, a question
/// mark or a closing quote, but not in three full stops (Raffel et al. 2020, and the published
/// `c4_utils`). The straight double quote of that program is widened here to every closing quote,
/// which favours the baseline on typeset text. The rule's page-wide filters are left out: a
/// paragraph is all there is.
#[must_use]
pub fn c4_keeps(text: &str) -> bool {
    let line = text.trim();
    line.ends_with(['.', '!', '?', '"', '\'', '\u{201d}', '\u{2019}', '\u{bb}'])
        && !line.ends_with("...")
        && line.split_whitespace().nth(MIN_WORDS - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_by_last_mark_and_number_of_words() {
        for (text, keeps) in [
            ("The council met on Monday.", true),
            ("The council met on Monday", false),
            ("The council met Monday.", false),
            ("  The council met on Monday! \n", true),
            ("Did the council meet today?", true),
            ("\"The council will not meet.\"", true),
            ("\u{201c}The council will not meet\u{201d}", true),
            ("\u{ab}The council will not meet\u{bb}", true),
            ("They said it was \u{2018}fine\u{2019}", true),
            ("The council will meet again...", false),
            ("The council will meet again\u{2026}", false),
            ("The council will meet here:", false),
            ("Follow us on every network", false),
            ("", false),
            (".", false),
        ] {
            assert_eq!(c4_keeps(text), keeps, "{text:?}");
        }
    }
}
