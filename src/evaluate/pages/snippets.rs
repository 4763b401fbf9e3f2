//! Snippets that an extraction must hold, or must not.
//!
//! A snippet is found where its words stand in the extraction one after the other, whatever case
//! and punctuation; of a script without spaces between words, where its characters do. A snippet
//! without a word cannot be looked for and is left out.

use serde::Serialize;

use super::units::Unit;

/// How many snippets a page has, and how many came out as they should.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SnippetCounts {
    /// Snippets that hold a word.
    pub total: u64,
    /// Those of them that are as they should be: found where they must be included, missing where
    /// they must be excluded.
    pub right: u64,
}

impl SnippetCounts {
    /// `right / total`, 0..=1; `None` without a snippet.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        super::super::figure::ratio(self.right, self.total)
    }
}

/// A text in which snippets are looked for.
pub(super) struct Haystack {
    /// Words, a space before and behind each.
    words: String,
    /// Characters of words, nothing between them.
    characters: String,
}

impl Haystack {
    pub(super) fn new(text: &str) -> Self {
        Self {
            words: normalised(Unit::Words, text),
            characters: normalised(Unit::Characters, text),
        }
    }

    /// Counts how many snippets are found (`wanted`), or are not.
    pub(super) fn count(&self, snippets: &[String], wanted: bool) -> SnippetCounts {
        let mut counts = SnippetCounts::default();
        for found in snippets.iter().filter_map(|snippet| self.holds(snippet)) {
            counts.total += 1;
            counts.right += u64::from(found == wanted);
        }
        counts
    }

    /// Whether the snippet is there; `None` where it holds no word.
    fn holds(&self, snippet: &str) -> Option<bool> {
        let unit = Unit::of(snippet);
        let needle = normalised(unit, snippet);
        let text = match unit {
            Unit::Words => &self.words,
            Unit::Characters => &self.characters,
        };
        (!needle.trim().is_empty()).then(|| text.contains(&needle))
    }
}

/// The units of a text in lower case: words between single spaces, characters without.
fn normalised(unit: Unit, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let space = if unit == Unit::Words { " " } else { "" };
    out += space;
    for place in unit.places(text) {
        out += &text[place].to_lowercase();
        out += space;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str, snippets: &[&str], wanted: bool) -> (u64, u64) {
        let snippets: Vec<String> = snippets.iter().map(|&s| s.to_owned()).collect();
        let SnippetCounts { total, right } = Haystack::new(text).count(&snippets, wanted);
        (right, total)
    }

    #[test]
    fn snippets_are_found_as_runs_of_words() {
        let text = "“The ferry”, said Ms Peck,\nstays until 3.5 million ask otherwise.";
        let found = ["the FERRY said", "Peck stays", "3.5", "otherwise"];
        assert_eq!(counts(text, &found, true), (4, 4));
        assert_eq!(counts(text, &found, false), (0, 4));
        let missing = ["ferr", "erry said", "ferry stays", "said the", "other"];
        assert_eq!(counts(text, &missing, true), (0, 5));
        assert_eq!(counts(text, &missing, false), (5, 5));
    }

    #[test]
    fn scripts_without_spaces_are_searched_by_character() {
        let text = "月曜日に、新しい橋が開通した。";
        assert_eq!(counts(text, &["新しい橋", "曜日に新し", "新橋"], true), (2, 3));
        // The snippet's script decides, not the page's.
        assert_eq!(counts("The name 新しい橋 means bridge", &["しい"], true), (1, 1));
    }

    #[test]
    fn snippets_without_a_word_are_left_out() {
        assert_eq!(counts("a", &["", "—", "a"], true), (1, 1));
        assert_eq!(counts("", &["a"], false), (1, 1));
        assert_eq!(SnippetCounts::default().share(), None);
        assert_eq!(SnippetCounts { total: 4, right: 1 }.share(), Some(0.25));
    }
}
