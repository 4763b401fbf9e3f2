//! Which documents go to the output: flags of `classify` and `clean`, and the count of the others.

use std::collections::BTreeMap;
use std::fmt;

use clap::Args;

use crate::document::{Document, known_language};
use crate::verdict::{CleanOptions, CleanText, Verdict};

/// The code for a language that could not be told, as ISO 639-2 has it.
const UNDETERMINED: &str = "und";

/// Flags that let documents pass over.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Documents")]
pub struct FilterArgs {
    /// Only documents in these languages, with commas between them, such as en,de
    ///
    /// Codes of ISO 639-1, as records have them in `language`; und stands for documents whose
    /// language cannot be told (very short ones). The others pass over and are counted.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = language)]
    language: Vec<&'static str>,

    /// Only documents with at least so many words of their own, those labelled body or heading
    ///
    /// The others pass over and are counted. Words are separated by white space.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    min_words: u64,
}

fn language(code: &str) -> Result<&'static str, String> {
    let code = code.trim();
    if code.eq_ignore_ascii_case(UNDETERMINED) {
        return Ok(UNDETERMINED);
    }
    known_language(code).ok_or_else(|| {
        format!(
            "`{code}` is no language that is told apart: expected ISO 639-1 codes such as en,de"
        )
    })
}

/// Why a document passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is in this language, or in one that could not be told.
    Language(&'static str),
    /// It has too few words.
    Words,
}

impl FilterArgs {
    /// Why a document passes over; `None` where it does not.
    pub fn refusal(&self, document: &Document, verdict: &Verdict) -> Option<Refusal> {
        let language = verdict.language.unwrap_or(UNDETERMINED);
        if !self.language.is_empty() && !self.language.contains(&language) {
            return Some(Refusal::Language(language));
        }
        // What `clean` keeps where nothing else is said, so that both commands pass over the same.
        let words =
            || CleanText::with_options(document, verdict, &CleanOptions::default()).kept.words;
        (self.min_words > 0 && words() < self.min_words).then_some(Refusal::Words)
    }
}

/// How many documents passed over.
#[derive(Debug, Default)]
pub struct Refused {
    languages: BTreeMap<&'static str, u64>,
    words: u64,
}

impl Refused {
    /// Counts one.
    pub fn count(&mut self, refusal: Refusal) {
        match refusal {
            Refusal::Language(code) => *self.languages.entry(code).or_default() += 1,
            Refusal::Words => self.words += 1,
        }
    }

    /// All of them together.
    pub fn total(&self) -> u64 {
        self.languages.values().sum::<u64>() + self.words
    }
}

impl fmt::Display for Refused {
    /// `3 documents passed over: 2 in other languages (1 de, 1 und), 1 with too few words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.total() == 1 { "" } else { "s" };
        write!(f, "{} document{plural} passed over: ", self.total())?;
        let languages: u64 = self.languages.values().sum();
        if languages > 0 {
            let each: Vec<String> =
                self.languages.iter().map(|(code, count)| format!("{count} {code}")).collect();
            write!(f, "{languages} in other languages ({})", each.join(", "))?;
        }
        if self.words > 0 {
            let separator = if languages > 0 { ", " } else { "" };
            write!(f, "{separator}{} with too few words", self.words)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_those_that_are_told_apart() {
        assert_eq!(language("EN"), Ok("en"));
        assert_eq!(language(" und"), Ok(UNDETERMINED));
        for wrong in ["", "english", "xx", "eng"] {
            assert!(language(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn refusals_are_counted_by_reason() {
        let mut refused = Refused::default();
        assert_eq!(refused.total(), 0);
        refused.count(Refusal::Words);
        assert_eq!(refused.to_string(), "1 document passed over: 1 with too few words");
        for code in ["und", "de", "de"] {
            refused.count(Refusal::Language(code));
        }
        let expected =
            "4 documents passed over: 3 in other languages (2 de, 1 und), 1 with too few words";
        assert_eq!(refused.to_string(), expected);
    }
}
