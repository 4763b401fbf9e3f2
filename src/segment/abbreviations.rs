//! Stops that do not end a sentence: abbreviations, initials, list numbers.
//!
//! Input: the text on both sides of a full stop. Output: whether the stop binds them together.
//! The tables are English with some German, French and Spanish titles; what they miss costs one
//! cut too many, never a character.

/// Titles: a name follows, whatever it looks like.
const TITLES: &[&str] = &[
    "Adm", "Atty", "Brig", "Capt", "Cdr", "Cmdr", "Col", "Cpl", "Det", "Dr", "Fr", "Ft", "Gen",
    "Gov", "Herr", "Hon", "Insp", "Lt", "M", "Maj", "Messrs", "Mlle", "Mme", "Mr", "Mrs", "Ms",
    "Msgr", "Mt", "Mx", "Pres", "Prof", "Pte", "Pvt", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt",
    "Sra", "Srta", "St", "Ste", "Supt", "approx", "bzw", "ca", "cf", "eg", "ie", "incl", "viz",
    "vs", "z.B",
];

/// Abbreviations before a number.
const NUMBERED: &[&str] = &[
    "Apr", "Art", "Aug", "Ch", "Dec", "Eq", "Ext", "Feb", "Fig", "Figs", "Jan", "Jul", "Jun",
    "Mar", "No", "Nos", "Nov", "Oct", "Par", "Pt", "Sec", "Sep", "Sept", "Tel", "Vol", "Vols",
    "art", "ch", "est", "ext", "fig", "no", "nos", "p", "pp", "sec", "vol",
];

/// Abbreviations that may well end a sentence; the next word decides.
const OPEN: &[&str] = &[
    "Ala", "Ariz", "Ark", "Assn", "Ave", "Blvd", "Bros", "Calif", "Co", "Colo", "Conn", "Corp",
    "Dept", "Fla", "Fri", "Inc", "Jr", "Kan", "Ltd", "Mass", "Mich", "Minn", "Mon", "Okla", "Ont",
    "Pa", "Pty", "Rd", "Sr", "Tenn", "Thu", "Thurs", "Tue", "Tues", "Univ", "Va", "Wash", "Wed",
    "Wis", "al", "dept", "ed", "eds", "etc",
];

/// Words that begin a sentence far more often than a name.
const OPENERS: &[&str] = &[
    "A",
    "About",
    "According",
    "Advertisement",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Click",
    "Comments",
    "Contact",
    "Copyright",
    "Donate",
    "During",
    "Each",
    "Editor",
    "Email",
    "Even",
    "Every",
    "Follow",
    "For",
    "From",
    "Get",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "Image",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Join",
    "Last",
    "Leave",
    "Like",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "No",
    "Not",
    "Now",
    "On",
    "One",
    "Or",
    "Our",
    "Over",
    "Photo",
    "Photos",
    "Please",
    "Posted",
    "Read",
    "Related",
    "Reprinted",
    "See",
    "Share",
    "She",
    "Sign",
    "Since",
    "So",
    "Some",
    "Source",
    "Still",
    "Subscribe",
    "Such",
    "Support",
    "Tags",
    "Than",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "To",
    "Under",
    "Until",
    "Update",
    "Visit",
    "Watch",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
    "Your",
];

/// Last labels of addresses and names of files.
const DOMAIN_ENDINGS: &[&str] = &[
    "app", "au", "biz", "blog", "ca", "ch", "co", "com", "cz", "de", "edu", "es", "eu", "fr",
    "gov", "html", "ie", "in", "info", "int", "io", "it", "jp", "js", "me", "mil", "net", "news",
    "nl", "nz", "org", "pdf", "php", "pl", "ru", "tv", "uk", "us", "za",
];

/// Longest abbreviation that is looked for, in characters.
const LONGEST: usize = 12;

/// Whether the full stop behind `before` is an abbreviation's, and the sentence goes on with
/// `following` (without blanks and opening quotation marks).
pub(super) fn binds(before: &str, following: &str) -> bool {
    let Some(word) = last_word(before) else { return false };
    // Behind a lost break: `the end.Dr. Doe`.
    let last = word.rsplit('.').next().unwrap_or(word);
    if contains(TITLES, word) || contains(TITLES, last) {
        return true;
    }
    if contains(NUMBERED, last) {
        return following.starts_with(|c: char| c.is_ascii_digit());
    }
    let open = contains(OPEN, word) || is_dotted(word) || is_initial(word) || is_list_number(word);
    open && !begins_with_opener(following)
}

/// Whether a word, in any case, is the last label of an address (`com`) or of a file (`html`).
pub(super) fn is_domain_ending(word: &str) -> bool {
    DOMAIN_ENDINGS.iter().any(|ending| ending.eq_ignore_ascii_case(word))
}

/// The letters, digits and inner stops at the end of a text; `None` where there are none or more
/// than any abbreviation has.
fn last_word(before: &str) -> Option<&str> {
    let mut start = before.len();
    for (n, c) in before.chars().rev().enumerate() {
        if !c.is_alphanumeric() && c != '.' {
            break;
        }
        if n == LONGEST {
            return None;
        }
        start -= c.len_utf8();
    }
    let word = before[start..].trim_start_matches('.');
    (!word.is_empty()).then_some(word)
}

/// `U.S`, `a.m`, `Ph.D`: short parts between stops.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| part.len() <= 2 && part.chars().all(char::is_alphabetic))
}

/// `J`, as in J. Smith.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// `1`, as in a list that lost its breaks, or in the German `3. Mai`.
fn is_list_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
}

fn begins_with_opener(following: &str) -> bool {
    let end = following.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(following.len());
    contains(OPENERS, &following[..end])
}

/// Whether a table in byte order holds a word.
fn contains(table: &[&str], word: &str) -> bool {
    table.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_byte_order() {
        for table in [TITLES, NUMBERED, OPEN, OPENERS, DOMAIN_ENDINGS] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }

    #[test]
    fn an_abbreviation_binds() {
        let cases = [
            ("said Mr", "Smith", true),
            ("on Jan", "5", true),
            ("on Jan", "He left", false),
            ("the answer was No", "He left", false),
            ("see No", "7", true),
            ("of the U.S", "Army", true),
            ("of the U.S", "The army", false),
            ("Acme Inc", "Chairman", true),
            ("Acme Inc", "Follow us", false),
            ("by J", "Doe", true),
            ("10 a.m", "Tuesday", true),
            ("10 a.m", "It rained", false),
            ("order: 1", "Choose", true),
            ("he was 42", "The end", false),
            ("the end", "Army", false),
            ("the end.Dr", "Doe", true),
            ("antidisestablishmentarianism", "Smith", false),
            ("", "Smith", false),
        ];
        for (before, following, expected) in cases {
            assert_eq!(binds(before, following), expected, "{before}. {following}");
        }
    }
}
