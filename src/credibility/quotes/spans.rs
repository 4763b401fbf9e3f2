//! Pairs of quotation marks in one paragraph.
//!
//! In: a text. Out: [`Stretch`]es, the outermost pairs in order, none overlapping, and what is left
//! open at the end. Marks of one family inside a pair of the other belong to it. A mark is never
//! compared with more than the few that are open, so the time is linear.

use super::marks::{Family, Mark, Side, is_quote, marks};
use crate::span::Span;

/// Marks that may stand open inside each other.
const MAX_DEPTH: usize = 6;
/// What follows the comma after words whose closing mark was forgotten.
const VERBS_AFTER_COMMA: &[&str] = &[
    " he said",
    " she said",
    " they said",
    " said ",
    " says ",
    " he says",
    " she says",
    " he added",
    " she added",
];

/// What stands in one pair of marks, or after one that is never closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// With its marks.
    pub whole: Span,
    /// Without them.
    pub inner: Span,
    /// The marks' family.
    pub family: Family,
    /// Whether it has a closing mark.
    pub is_closed: bool,
    /// Whether the closing mark does not go with the opening one.
    pub mixed: bool,
    /// Whether it has an opening mark; what began in the paragraph before may have none.
    pub is_opened: bool,
}

/// The stretches of a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stretches {
    /// In order.
    pub list: Vec<Stretch>,
    /// A closing double mark that nothing opened, if no mark stands before it: where it stands.
    pub stray_close: Option<Span>,
}

struct Open {
    mark: Mark,
    /// Closed pairs in the list when it opened.
    before: usize,
}

/// Finds the stretches of a text.
pub(super) fn stretches(text: &str) -> Stretches {
    let marks = marks(text);
    let mut found = Stretches::default();
    let mut open: Vec<Open> = Vec::new();
    for (place, mark) in marks.iter().enumerate() {
        let is_open = open.iter().any(|other| other.mark.family == mark.family);
        let closes = match mark.side {
            Side::Open => false,
            Side::Close => true,
            Side::Either => is_open,
            Side::Weak if !is_open => continue,
            Side::Weak => {
                if is_possessive(text, mark, marks.get(place + 1)) {
                    continue;
                }
                true
            }
        };
        if closes {
            close(text, &mut found, &mut open, mark);
        } else {
            // `““Yes””` is one pair.
            let is_doubled = open
                .last()
                .is_some_and(|last| last.mark.family == mark.family && last.mark.end == mark.start);
            if !is_doubled && open.len() < MAX_DEPTH {
                open.push(Open { mark: *mark, before: found.list.len() });
            }
        }
    }
    leave_open(text, &mut found, &open);
    found
}

fn close(text: &str, found: &mut Stretches, open: &mut Vec<Open>, mark: &Mark) {
    // A single mark closes only what was opened last: else it is an apostrophe.
    let partner = match mark.family {
        Family::Single => {
            open.len().checked_sub(1).filter(|&last| open[last].mark.family == Family::Single)
        }
        family => open.iter().rposition(|other| other.mark.family == family),
    };
    let Some(partner) = partner else {
        let is_first = found.list.is_empty() && open.is_empty();
        if mark.family == Family::Double && is_first && found.stray_close.is_none() {
            found.stray_close = Some(Span::new(mark.start, mark.end));
        }
        return;
    };
    let Open { mark: opening, before } = &open[partner];
    let inner = Span::new(opening.end, mark.start);
    if inner.slice(text).chars().any(char::is_alphanumeric) {
        found.list.truncate(*before);
        found.list.push(Stretch {
            whole: Span::new(opening.start, mark.end),
            inner,
            family: mark.family,
            is_closed: true,
            mixed: !go_together(opening.glyph, mark.glyph),
            is_opened: true,
        });
    }
    open.truncate(partner);
}

fn go_together(opening: char, closing: char) -> bool {
    matches!(
        (opening, closing),
        ('"', '"')
            | ('\'', '\'')
            | ('“' | '”' | '„', '”')
            | ('„', '“')
            | ('‘' | '‚', '’')
            | ('‚', '‘')
            | ('«', '»')
            | ('»', '«')
            | ('»', '»')
            | ('‹', '›')
            | ('›', '‹')
    )
}

/// What is open at the paragraph's end: the lowest mark that can be one of speech is kept.
fn leave_open(text: &str, found: &mut Stretches, open: &[Open]) {
    let Some(lowest) = open.iter().find(|lowest| is_speech_left_open(text, &lowest.mark)) else {
        return;
    };
    let from = lowest.mark.end;
    // A later pair or opening of the same family says that the mark was forgotten before it.
    let next = found.list[lowest.before..].iter().find(|later| later.family == lowest.mark.family);
    let next = next.map(|later| later.whole.start);
    let reopened = open
        .iter()
        .find(|other| other.mark.start > from && other.mark.family == lowest.mark.family);
    let limit = next.into_iter().chain(reopened.map(|other| other.mark.start)).min();
    let end = trimmed_end(text, from, end_of_speech(text, from, limit));
    if !text[from..end].chars().any(char::is_alphanumeric) {
        return;
    }
    let stretch = Stretch {
        whole: Span::new(lowest.mark.start, end),
        inner: Span::new(from, end),
        family: lowest.mark.family,
        is_closed: false,
        mixed: false,
        is_opened: true,
    };
    let first = found.list.partition_point(|other| other.whole.end <= stretch.whole.start);
    let last = found.list.partition_point(|other| other.whole.start < stretch.whole.end);
    found.list.splice(first..last, [stretch]);
    let later =
        open.iter().find(|other| other.mark.start >= end && is_speech_left_open(text, &other.mark));
    if let Some(later) = later {
        let end = trimmed_end(text, later.mark.end, text.len());
        if !text[later.mark.end..end].chars().any(char::is_alphanumeric) {
            return;
        }
        let after = found.list.partition_point(|other| other.whole.start < later.mark.start);
        found.list.truncate(after);
        found.list.push(Stretch {
            whole: Span::new(later.mark.start, end),
            inner: Span::new(later.mark.end, end),
            family: later.mark.family,
            is_closed: false,
            mixed: false,
            is_opened: true,
        });
    }
}

/// Where words whose closing mark was forgotten end: before an attribution, else with the sentence
/// if another mark opens later, else with the paragraph.
fn end_of_speech(text: &str, from: usize, limit: Option<usize>) -> usize {
    let end = limit.unwrap_or(text.len());
    let mut at = from;
    while let Some(comma) = text[at..end].find(',') {
        at += comma + 1;
        if VERBS_AFTER_COMMA.iter().any(|verb| text[at..end].starts_with(verb)) {
            return at;
        }
    }
    if limit.is_none() {
        return end;
    }
    let stop = text[from..end].find(['.', '!', '?']).map(|stop| from + stop + 1);
    stop.filter(|&stop| text[stop..].starts_with([' ', '\n'])).unwrap_or(end)
}

fn trimmed_end(text: &str, from: usize, end: usize) -> usize {
    from + text[from..end].trim_end().len()
}

/// Whether a mark that is never closed opens speech, rather than being a stray one. A single one
/// may be an apostrophe, so it must stand where speech begins.
fn is_speech_left_open(text: &str, mark: &Mark) -> bool {
    let rest = &text[mark.end..];
    let begins = rest.chars().find(|c| !is_quote(*c)).is_some_and(char::is_alphanumeric)
        || rest.starts_with([
            '.', '…', '[', '(', '$', '£', '€', '¿', '¡', '#', '@', '-', '–', '—', ' ',
        ]);
    match mark.family {
        Family::Double => begins,
        Family::Single => {
            let before = text[..mark.start].trim_end();
            let is_place = before.is_empty() || before.ends_with([':', ',']);
            is_place && starts_like_a_sentence(rest) && rest.split_whitespace().count_up_to(4)
        }
        Family::Guillemet | Family::SingleGuillemet => false,
    }
}

trait CountUpTo: Iterator + Sized {
    /// Whether there are at least this many.
    fn count_up_to(self, many: usize) -> bool {
        self.take(many).count() == many
    }
}

impl<I: Iterator> CountUpTo for I {}

/// Whether words begin as a sentence does: with a capital, a figure, or dots left out before.
pub(super) fn starts_like_a_sentence(words: &str) -> bool {
    let first = words.chars().find(|c| !is_quote(*c) && !matches!(c, '[' | '(' | ' '));
    first.is_some_and(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '.' | '…'))
}

/// Whether `s'` is a plural's possessive: a word follows, and a later mark closes as well.
fn is_possessive(text: &str, mark: &Mark, next: Option<&Mark>) -> bool {
    let is_plural = text[..mark.start].ends_with(['s', 'S', 'z', 'x']);
    let word_follows = text[mark.end..]
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let closes_later = next.is_some_and(|next| {
        next.family == Family::Single && matches!(next.side, Side::Close | Side::Weak)
    });
    is_plural && word_follows && closes_later
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        stretches(text).list.iter().map(|stretch| stretch.inner.slice(text)).collect()
    }

    #[test]
    fn the_outer_pair_is_the_quotation() {
        assert_eq!(
            inner("“He told me ‘go’ and left,” said Ann Orr."),
            ["He told me ‘go’ and left,"]
        );
        assert_eq!(
            inner("'He told me \"go\" and left,' said Ann Orr."),
            ["He told me \"go\" and left,"]
        );
        assert_eq!(inner("“He said “go” then,” said Ann Orr."), ["He said “go” then,"]);
    }

    #[test]
    fn marks_that_do_not_go_together_are_flagged() {
        let mixed: Vec<_> = stretches("the \"first” and “second” and “third“ one").list;
        assert_eq!(mixed.iter().map(|s| s.mixed).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn possessives_do_not_close() {
        assert_eq!(inner("‘The workers’ pay is low,’ said Ann Orr."), ["The workers’ pay is low,"]);
        assert_eq!(inner("the workers' pay and the owners' gain"), [""; 0]);
        assert_eq!(inner("it was 'for the workers' she said"), ["for the workers"]);
    }

    #[test]
    fn a_mark_never_closed_opens_speech_to_the_end() {
        assert_eq!(inner("He said: “We are here. And we stay."), ["We are here. And we stay."]);
        assert_eq!(inner("He said: ‘We are here. And we stay."), ["We are here. And we stay."]);
        assert_eq!(inner("“We are here, said Ann Orr. She left."), ["We are here,"]);
        assert_eq!(
            inner("“We are here. Ann Orr left. “We stay,” she said."),
            ["We are here.", "We stay,"]
        );
        assert_eq!(inner("the boys 'o the town"), [""; 0]);
    }

    #[test]
    fn ten_thousand_marks_take_linear_time() {
        for piece in ["“a ", "“a” ", "'a ", "a” ", "‘a’ “b ", "‘’“”"] {
            let text = piece.repeat(10_000);
            let found = stretches(&text).list;
            assert!(found.windows(2).all(|pair| pair[0].whole.end <= pair[1].whole.start));
        }
    }
}
