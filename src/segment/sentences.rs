//! Cuts a line into sentences, for articles that lost their line breaks.
//!
//! Input: a span of a text. Output: trimmed spans of its sentences. A stop ends a sentence where
//! what follows looks like a beginning; [`super::abbreviations`] knows the stops that do not.
//! Breaks that were lost without leaving a blank (`end.Follow us`) count where the word after the
//! stop cannot be part of an address or a name. In doubt two sentences stay together: a notice
//! inside a longer piece is worth less than an article cut to shreds.
//! The time is linear in the text: every look back or ahead is bounded.

use super::abbreviations::{binds, is_domain_ending};
use super::space::{is_blank, trimmed};
use crate::span::Span;

/// Bytes before a stop that are searched for the beginning of an address.
const TOKEN_BYTES: usize = 100;
/// Bytes after a stop in which the next sentence's first word must end.
const WORD_BYTES: usize = 60;
/// Spaces in a row that are a lost break rather than a typist's habit.
const WIDE_SPACE: usize = 3;

/// Appends the sentences of `span`.
pub(super) fn split_sentences(text: &str, span: Span, sentences: &mut Vec<Span>) {
    let line = span.slice(text);
    let mut push = |from: usize, to: usize| {
        let sentence = trimmed(text, span.start + from, span.start + to);
        if !sentence.is_empty() {
            sentences.push(sentence);
        }
    };
    let mut start = 0;
    let mut at = 0;
    // Straight quotation marks so far: after an odd number the next one closes.
    let mut quotes = 0_usize;
    while let Some(c) = line[at..].chars().next() {
        let boundary = match c {
            '"' => {
                quotes += 1;
                None
            }
            ' ' | '\t' => wide_space(line, &mut at),
            _ if is_stop(c) => {
                let stop = Stop::read(line, at, &mut quotes);
                at = stop.end;
                stop.ends_sentence(line).then_some(stop.end)
            }
            _ => None,
        };
        match boundary {
            Some(end) => {
                push(start, end);
                (start, at) = (end, end);
            }
            None if is_stop(c) || c == ' ' || c == '\t' => {}
            None => at += c.len_utf8(),
        }
    }
    push(start, line.len());
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…') || is_unspaced_stop(c)
}

/// Stops after which no blank is needed, or which end nothing but sentences.
fn is_unspaced_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '।' | '॥' | '؟' | '۔')
}

/// Moves `at` over a run of spaces; its end, if the run is so wide that a break stood there.
fn wide_space(line: &str, at: &mut usize) -> Option<usize> {
    let from = *at;
    let run = line[from..].bytes().take_while(|&b| b == b' ' || b == b'\t').count();
    *at += run;
    let wide = run >= WIDE_SPACE || line[from..*at].contains('\t');
    // After a break inside a wrapped paragraph the spaces are the next line's indent.
    let indent = line[..from].ends_with(['\n', '\r']);
    (wide && !indent && begins_sentence(&line[*at..])).then_some(*at)
}

/// A run of stops with the quotation marks and brackets that close after it.
#[derive(Debug, Clone, Copy)]
struct Stop {
    /// Where the run begins.
    at: usize,
    /// One past the run.
    after: usize,
    /// One past the closing marks.
    end: usize,
}

impl Stop {
    fn read(line: &str, at: usize, quotes: &mut usize) -> Self {
        let run = &line[at..];
        let after = line.len() - run.trim_start_matches(is_stop).len();
        let mut end = after;
        while let Some(c) = line[end..].chars().next() {
            let next = line[end + c.len_utf8()..].chars().next();
            let closes = match c {
                '"' => *quotes % 2 == 1 || next.is_none_or(is_blank),
                // An apostrophe may begin what it stands before.
                '\'' | '’' => next.is_none_or(|next| !next.is_lowercase()),
                '”' | '»' | ')' | ']' | '」' | '』' | '）' | '】' => true,
                _ => false,
            };
            if closes {
                *quotes += usize::from(c == '"');
                end += c.len_utf8();
            } else if let Some(length) = footnote(&line[end..]) {
                end += length;
            } else {
                break;
            }
        }
        Self { at, after, end }
    }

    fn ends_sentence(self, line: &str) -> bool {
        let rest = &line[self.end..];
        let before = &line[..self.at];
        let run = &line[self.at..self.after];
        let Some(next) = rest.chars().next() else { return false };
        if run.chars().any(is_unspaced_stop) {
            return true;
        }
        let plain = run == "." && self.after == self.end;
        let following = rest.trim_start_matches(is_blank);
        if plain && binds(before, without_openers(following)) {
            return false;
        }
        if is_blank(next) { begins_sentence(following) } else { self.is_glued(line) }
    }

    /// Whether a sentence begins right behind the stop, without a blank.
    fn is_glued(self, line: &str) -> bool {
        let (before, rest) = (&line[..self.at], &line[self.end..]);
        if rest.starts_with(['©', '•', '“', '‘', '«']) {
            return begins_sentence(rest);
        }
        let closed = self.end > self.after;
        closes_like_sentence(before, closed) && begins_with_word(rest) && !in_address(before)
    }
}

/// Bytes of a footnote mark such as `[12]` at the beginning.
fn footnote(rest: &str) -> Option<usize> {
    let digits = rest.strip_prefix('[')?.bytes().take_while(u8::is_ascii_digit).count();
    let closed = rest.as_bytes().get(digits + 1) == Some(&b']');
    (closed && (1..=3).contains(&digits)).then_some(digits + 2)
}

/// Skips quotation marks and brackets that open a sentence.
fn without_openers(text: &str) -> &str {
    text.trim_start_matches(['"', '“', '„', '‘', '\'', '’', '«', '(', '[', '¿', '¡', '「', '『'])
}

/// Whether what follows a stop and a blank can begin a sentence.
fn begins_sentence(following: &str) -> bool {
    match without_openers(following).chars().next() {
        None => false,
        Some(c) if c.is_alphabetic() => !c.is_lowercase(),
        Some(c) => {
            !matches!(
                c,
                '-' | '–' | '—' | ',' | ';' | ':' | ')' | ']' | '/' | '&' | '%' | '=' | '”'
            ) && !is_stop(c)
        }
    }
}

/// Whether the text before a glued stop ends like a sentence: with a lower-case word, a closed
/// quotation or bracket, or a year. `U.S.Army` and `10.Smith` do not.
fn closes_like_sentence(before: &str, closed: bool) -> bool {
    let mut last = before.chars().rev();
    match last.next() {
        Some(c) if c.is_ascii_digit() => {
            let digits = 1 + last.take_while(char::is_ascii_digit).count();
            closed || digits == 4
        }
        Some(c) if c.is_alphabetic() => {
            closed || (c.is_lowercase() && last.next().is_some_and(char::is_alphabetic))
        }
        Some(c) => matches!(c, ')' | ']' | '”' | '"' | '’' | '%' | '»'),
        None => false,
    }
}

/// Whether a glued text begins with a word that can open a sentence: `Follow us`, `READ MORE`,
/// `I am`, but not `Com`, `NotCalled(` or `T)`.
fn begins_with_word(rest: &str) -> bool {
    let rest = without_openers(rest);
    let mut letters = rest.char_indices();
    let end = letters.find(|&(at, c)| !c.is_alphabetic() || at >= WORD_BYTES);
    let length = end.map_or(rest.len(), |(at, _)| at);
    let word = &rest[..length];
    let mut chars = word.chars();
    if !chars.next().is_some_and(char::is_uppercase) || is_domain_ending(word) {
        return false;
    }
    let shaped = match chars.next() {
        None => matches!(word, "I" | "A"),
        Some(second) if second.is_lowercase() => true,
        Some(_) => chars.next().is_some() && word.chars().all(char::is_uppercase),
    };
    let mut after = rest[length..].chars();
    let ended = match after.next() {
        None => true,
        Some('.') => after.next().is_none_or(|c| !c.is_alphanumeric()),
        Some(c) => {
            is_blank(c)
                || matches!(
                    c,
                    ',' | ';' | ':' | '!' | '?' | '’' | '\'' | '-' | '–' | '—' | '…' | '"' | '”'
                )
        }
    };
    shaped && ended
}

/// Whether the stop at the end of `before` lies inside an address, a path or a line of code.
fn in_address(before: &str) -> bool {
    let nearest = before.len().saturating_sub(TOKEN_BYTES);
    let letters = before.char_indices().rev().take_while(|&(at, c)| at >= nearest && !is_blank(c));
    let token = &before[letters.last().map_or(before.len(), |(at, _)| at)..];
    if token.contains(['/', '\\', '_', '=', '{', '<', '#']) {
        return true;
    }
    // An address may end a sentence: its last label tells.
    let inner = token.contains('@')
        || token.starts_with("www.")
        || token.trim_end_matches('.').contains('.');
    let last = token.rsplit('.').next().unwrap_or(token);
    inner && token.contains('.') && !is_domain_ending(last) && !token.contains([')', '"', '”', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts the sentence list, written with ` ¦ ` between sentences and `¦` where no blank was.
    #[track_caller]
    fn check(marked: &str) {
        let text: String = marked.chars().filter(|&c| c != '¦').collect();
        let expected: Vec<_> = marked.split('¦').map(str::trim).collect();
        let mut spans = Vec::new();
        split_sentences(&text, Span::new(0, text.len()), &mut spans);
        let found: Vec<_> = spans.iter().map(|span| span.slice(&text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cuts_at_stops() {
        check("The rain stopped. ¦ The sun came out! ¦ Who had expected that? ¦ Nobody.");
        check("He waited... ¦ Then he left… ¦ “Gone?” she asked. ¦ Gone.");
        check("They paid $3.50 for 1.5 litres in version 2.0 of the shop. ¦ It was closed.");
        check("One came (the other did not). ¦ [Nobody knew why.] ¦ It rained.");
        check("It grew by 4.5 percent in 2015. ¦ Exports fell.");
        check("Wait, what?! ¦ Yes. no capital follows. so this stays.");
        check("A result.[12] ¦ Another result. ¦ [3] A third.");
    }

    #[test]
    fn keeps_quotations_with_their_sentence() {
        check("“We won.” ¦ “We did,” he said. ¦ “Why?” she asked.");
        check("\"We won.\" ¦ \"We did,\" he said. ¦ \"Why?\" she asked.");
        check("He called it \"a day to remember.\" ¦ She did not.");
        check("He said: 'Never again.' ¦ She agreed.");
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        check("Mr. Smith met Dr. J. R. Jones of the U.S. Army on Jan. 5 at 10 a.m. Tuesday.");
        check(
            "He moved to the U.S. ¦ The army followed. ¦ No. ¦ It stayed, see No. 7 and vs. Them.",
        );
        check(
            "Acme Inc. chairman John Q. Public spoke. ¦ So did Sen. Doe (R-N.C.), of Acme Corp. ¦ The end.",
        );
        check("Washington, D.C. ¦ The end.");
        check("Am 3. Mai kam Prof. Huber. ¦ Er blieb.");
    }

    #[test]
    fn cuts_glued_sentences() {
        check(
            "That was the end.¦Follow us on Twitter.¦Share this on Facebook!¦READ MORE about it.",
        );
        check("\"That was it.\"¦The mayor left.¦\"Good,\" she said.");
        check("“That was it.”¦The mayor left.¦“Good,” she said.");
        check("It ended in 1999.¦Larry went home.¦I did not.¦© 2020 The Paper");
        check("Write to desk@paper.example.com.¦Follow us at www.paper.com.¦Thanks");
        check("Who knew?¦Nobody did!¦The end");
    }

    #[test]
    fn leaves_names_addresses_and_code_alone() {
        for whole in [
            "Read it on Example.Com or at www.Example.org/Path.Html today",
            "The U.S.Army and the Rev.Samuel Doe and E.T.A Hoffmann met",
            "Call slack.NotCalled(x) with testing.T) and Node.JS or obj_a.Name here",
            "10.Smith A, Doe B and 3.Miller C",
            "first.last@paper.com and John.Doe@paper.com and file.Name.Other",
        ] {
            check(whole);
        }
    }

    #[test]
    fn cuts_at_the_stops_of_other_scripts() {
        check("今日は雨です。¦明日は晴れ！¦本当に？¦「はい。」¦終わり");
        check("यह पहला वाक्य है। ¦ यह दूसरा है।");
        check("هل هذا صحيح؟ ¦ نعم. ¦ انتهى");
        check("Это конец. ¦ «Да», — сказал он. ¦ Всё.");
    }

    #[test]
    fn cuts_at_wide_spaces_but_not_at_double_ones() {
        check("Mayor opens bridge   ¦By Jane Doe\t¦The mayor opened  the  Old Bridge");
        check("the same   line goes on");
    }
}
