//! What a sentence speaks of: its names and its other words of content, without grammar.
//!
//! Two sentences that state the same in other words have some of these in common. A name is a word
//! with a capital letter that the start of a sentence does not explain; a word of content is any
//! other but numbers and words of grammar, cut back to a rough stem (`attacked` and `attacks` are one).

use std::sync::LazyLock;

use super::tokens::{Token, each_token, sorted_in_common, token};

/// Words of grammar, of reporting and of every day, sorted: what any sentence may have.
#[rustfmt::skip] // many words a line
const GRAMMAR: &[&str] = &[
    "a", "about", "according", "after", "again", "against", "ago", "ain", "all", "almost", "also",
    "although", "always", "am", "amid", "among", "an", "and", "another", "any", "are", "aren",
    "around", "as", "at", "back", "be", "because", "been", "before", "being", "best", "better",
    "between", "big", "both", "but", "by", "came", "can", "come", "comes", "could", "couldn",
    "couple", "d", "day", "days", "did", "didn", "do", "does", "doesn", "don", "down", "during",
    "each", "even", "ever", "every", "few", "find", "first", "for", "from", "further", "get",
    "gets", "give", "go", "going", "good", "got", "great", "had", "has", "hasn", "have", "haven",
    "having", "he", "help", "her", "here", "him", "his", "how", "however", "i", "if", "in",
    "including", "into", "is", "isn", "it", "its", "just", "keep", "know", "last", "less", "let",
    "like", "ll", "look", "lot", "m", "made", "make", "many", "may", "me", "might", "more", "most",
    "mr", "mrs", "ms", "much", "must", "my", "near", "need", "needs", "never", "new", "next", "no",
    "nor", "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "out",
    "over", "own", "part", "people", "per", "put", "quite", "re", "really", "right", "s", "said",
    "same", "say", "saying", "says", "see", "she", "should", "shouldn", "since", "so", "some",
    "still", "such", "sure", "t", "take", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "thing", "things", "think", "this", "those", "through", "time", "times", "to",
    "told", "too", "two", "under", "until", "up", "upon", "us", "use", "used", "using", "ve",
    "very", "want", "wants", "was", "wasn", "way", "ways", "we", "well", "went", "were", "weren",
    "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with",
    "within", "without", "won", "work", "would", "wouldn", "year", "years", "yet", "you", "your",
];

/// The same as tokens, ascending.
static GRAMMAR_TOKENS: LazyLock<Box<[Token]>> =
    LazyLock::new(|| distinct(GRAMMAR.iter().map(|word| token(word)).collect()));

/// Endings cut off words of content, the longest first.
const ENDINGS: &[&str] = &["ing", "ed", "es", "s"];
/// Letters that are left at least.
const STEM: usize = 4;

/// What a sentence speaks of; both ascending, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Its names, word by word.
    pub names: Box<[Token]>,
    /// Its other words of content.
    pub words: Box<[Token]>,
}

impl Terms {
    /// The terms of a sentence; `is_name` says of a word at its start whether it is a name elsewhere.
    #[must_use]
    pub fn of(sentence: &str, is_name: impl Fn(Token) -> bool) -> Self {
        let (mut names, mut words) = (Vec::new(), Vec::new());
        let mut small = String::new();
        each_token(sentence, |token, span| {
            let word = span.slice(sentence);
            if word.starts_with(|c: char| c.is_numeric()) || is_grammar(word, &mut small) {
                return;
            }
            let begins = sentence[..span.start].chars().all(|c| !c.is_alphanumeric());
            if is_capital(word) && (!begins || is_name(token)) {
                names.push(token);
            } else {
                words.push(super::tokens::token(stem(&small)));
            }
        });
        Self { names: distinct(names), words: distinct(words) }
    }

    /// Names and words that both have.
    #[must_use]
    pub fn in_common(&self, other: &Self) -> (usize, usize) {
        let names = sorted_in_common(&self.names, &other.names);
        (names, sorted_in_common(&self.words, &other.words))
    }

    /// Names and words together.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len() + self.words.len()
    }

    /// Whether it has neither.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether a token is no word of grammar.
#[must_use]
pub fn is_content(token: Token) -> bool {
    GRAMMAR_TOKENS.binary_search(&token).is_err()
}

/// Distinct words of content that both runs of tokens have: what they say, not how.
#[must_use]
pub fn content_in_common(a: &[Token], b: &[Token]) -> usize {
    let content = |tokens: &[Token]| {
        distinct(tokens.iter().copied().filter(|&token| is_content(token)).collect())
    };
    sorted_in_common(&content(a), &content(b))
}

/// The names of a text: words whose capital the start of a sentence does not explain, and those at
/// the start before another one (`Ingrid Vallory told`), unless the text has them in lower case too;
/// ascending.
#[must_use]
pub fn names_within<'t>(sentences: impl IntoIterator<Item = &'t str>) -> Vec<Token> {
    let (mut names, mut at_start, mut lower) = (Vec::new(), Vec::new(), Vec::new());
    let mut small = String::new();
    for sentence in sentences {
        // The first word, while it may yet be seen to stand before a name.
        let mut first: Option<(Token, usize)> = None;
        let mut is_first = true;
        each_token(sentence, |token, span| {
            let word = span.slice(sentence);
            let is_named = is_capital(word) && !is_grammar(word, &mut small);
            match first.take() {
                Some((before, end)) if is_named && &sentence[end..span.start] == " " => {
                    at_start.push(before);
                }
                _ => {}
            }
            if is_first && is_named {
                first = Some((token, span.end));
            } else if is_named {
                names.push(token);
            } else if !is_capital(word) {
                lower.push(token);
            }
            is_first = false;
        });
    }
    let lower = distinct(lower);
    names.extend(at_start.into_iter().filter(|token| lower.binary_search(token).is_err()));
    distinct(names).into_vec()
}

/// Whether a token is a word of grammar; `small` holds it in lower case afterwards.
fn is_grammar(word: &str, small: &mut String) -> bool {
    small.clear();
    small.extend(word.chars().flat_map(char::to_lowercase));
    // In capitals it is another word: the US, the WHO.
    let shouted = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    !shouted && GRAMMAR.binary_search(&small.as_str()).is_ok()
}

/// Whether a word has a capital letter in front.
#[must_use]
pub fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// A word in lower case, cut back so that its forms are alike.
#[must_use]
pub fn stem(word: &str) -> &str {
    let cut = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    let cut = cut.filter(|cut| cut.len() >= STEM && !word.ends_with("ss")).unwrap_or(word);
    if cut.len() > STEM { cut.strip_suffix('e').unwrap_or(cut) } else { cut }
}

/// The token of a word's stem.
#[must_use]
pub fn stem_token(word: &str) -> Token {
    token(stem(&word.to_lowercase()))
}

/// Tokens ascending, each once.
pub(super) fn distinct(mut tokens: Vec<Token>) -> Box<[Token]> {
    tokens.sort_unstable();
    tokens.dedup();
    tokens.into()
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(GRAMMAR.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn names_and_words_are_told_apart() {
        let terms =
            Terms::of("Yesterday Imogen Farrar said 14 boats were leaving the US.", |_| false);
        let sorted = |text: &str| distinct(tokens(text));
        assert_eq!(terms.names, sorted("imogen farrar us"));
        assert_eq!(terms.words, sorted("yesterday boat leav"));
        let known = Terms::of("Farrar left.", |token| token == tokens("farrar")[0]);
        assert_eq!(known.names, sorted("farrar"));
        assert_eq!(known.len(), 2);
        assert!(Terms::of("And so it was.", |_| true).is_empty());
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [["attack", "attacked", "attacks"], ["close", "closing", "closed"]] {
            assert!(forms.iter().all(|form| stem(form) == stem(forms[0])), "{forms:?}");
        }
        assert_eq!(stem("press"), "press");
        assert_eq!(stem("bus"), "bus");
    }

    #[test]
    fn names_of_an_article_are_those_within_its_sentences() {
        let names = names_within(["Boats of Mr Okoro sank.", "The Star says so."]);
        assert_eq!(names, distinct(tokens("okoro star")).into_vec());
        let before = ["Ingrid Okoro left.", "Former Mayor Imogen Farrar did not.", "A former one."];
        let names = names_within(before);
        assert_eq!(names, distinct(tokens("ingrid okoro mayor imogen farrar")).into_vec());
    }
}
