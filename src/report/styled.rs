//! Text for people: tones instead of colours, wrapping with a hanging indent, nothing that a terminal
//! would take for a command.
//!
//! The library does not know colours. It marks pieces of text with a [`Tone`]; the caller says by a
//! [`Palette`] what goes before and after each, nothing at all for plain text.

use unicode_width::UnicodeWidthChar;

use crate::label::Group;

/// What a piece of a report is, for the caller to give it a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Tone {
    /// Ordinary text.
    Plain,
    /// A heading, a document's name.
    Strong,
    /// What is needed less often: numbers, rulers.
    Faint,
    /// An error.
    Error,
    /// A label of the group `content`.
    Content,
    /// A label of the group `about_article`.
    AboutArticle,
    /// A label of the group `disclosure`.
    Disclosure,
    /// A label of the group `furniture`.
    Furniture,
    /// What speaks for a label.
    For,
    /// What speaks against a label.
    Against,
}

impl Tone {
    /// Number of tones.
    pub const COUNT: usize = 10;

    /// Every tone, in the order of the palette.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Plain,
        Self::Strong,
        Self::Faint,
        Self::Error,
        Self::Content,
        Self::AboutArticle,
        Self::Disclosure,
        Self::Furniture,
        Self::For,
        Self::Against,
    ];

    /// The tone of a group's labels.
    #[must_use]
    pub fn of(group: Group) -> Self {
        match group {
            Group::Content => Self::Content,
            Group::AboutArticle => Self::AboutArticle,
            Group::Disclosure => Self::Disclosure,
            Group::Furniture => Self::Furniture,
        }
    }
}

/// What goes before and after a piece of each tone.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    marks: [(String, String); Tone::COUNT],
    coloured: bool,
}

impl Palette {
    /// No marks at all.
    #[must_use]
    pub fn plain() -> Self {
        Self::default()
    }

    /// Colours: `marks` gives what turns each tone on and off.
    #[must_use]
    pub fn coloured(marks: impl Fn(Tone) -> (String, String)) -> Self {
        Self { marks: Tone::ALL.map(marks), coloured: true }
    }

    /// Whether tones can be told apart without further signs.
    #[must_use]
    pub fn is_coloured(&self) -> bool {
        self.coloured
    }

    fn open(&self, tone: Tone) -> &str {
        &self.marks[tone as usize].0
    }

    fn close(&self, tone: Tone) -> &str {
        &self.marks[tone as usize].1
    }

    /// Adds `text`, which must be free of control characters, in a tone.
    pub(crate) fn paint(&self, out: &mut String, tone: Tone, text: &str) {
        if !text.is_empty() {
            out.extend([self.open(tone), text, self.close(tone)]);
        }
    }
}

/// Fills lines with words. Runs of white space count as one space, words wider than a line are
/// broken, control characters are shown as [`visible`] shows them.
pub(crate) struct Flow<'a> {
    out: &'a mut String,
    palette: &'a Palette,
    /// Columns of a line.
    width: usize,
    /// Columns left free at the start of every line but the first.
    indent: usize,
    /// Columns used in this line.
    column: usize,
    /// Whether no word stands in this line yet.
    fresh: bool,
    word: String,
    word_width: usize,
    /// The tones of the word's first and last character.
    first_tone: Tone,
    last_tone: Tone,
    /// The tone that is open at the end of `out`.
    open_tone: Tone,
}

impl<'a> Flow<'a> {
    /// Starts in a line of which `indent` columns are used already.
    pub(crate) fn new(
        out: &'a mut String,
        palette: &'a Palette,
        width: usize,
        indent: usize,
    ) -> Self {
        Self {
            out,
            palette,
            width: width.max(indent + 1),
            indent,
            column: indent,
            fresh: true,
            word: String::new(),
            word_width: 0,
            first_tone: Tone::Plain,
            last_tone: Tone::Plain,
            open_tone: Tone::Plain,
        }
    }

    /// Adds text. White space at either end parts it from what stands before and after.
    pub(crate) fn push(&mut self, tone: Tone, text: &str) -> &mut Self {
        let mut buffer = String::new();
        for c in text.chars() {
            if c.is_whitespace() {
                self.end_word();
            } else if let Some(shown) = visible(c, &mut buffer) {
                shown.chars().for_each(|c| self.push_char(tone, c));
            } else {
                self.push_char(tone, c);
            }
        }
        self
    }

    /// Adds text whose spaces are not for breaking lines; it is free of control characters.
    pub(crate) fn push_unbroken(&mut self, tone: Tone, text: &str) -> &mut Self {
        text.chars().for_each(|c| self.push_char(tone, c));
        self
    }

    fn push_char(&mut self, tone: Tone, c: char) {
        let width = columns(c);
        if self.word_width + width > self.width - self.indent && self.word_width > 0 {
            self.end_word();
        }
        if self.word.is_empty() {
            self.first_tone = tone;
        } else if tone != self.last_tone {
            self.word.push_str(self.palette.close(self.last_tone));
            self.word.push_str(self.palette.open(tone));
        }
        self.last_tone = tone;
        self.word.push(c);
        self.word_width += width;
    }

    /// Ends the word, so that what follows stands after a space or in the next line.
    pub(crate) fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let space = usize::from(!self.fresh);
        let breaks = self.column + space + self.word_width > self.width && !self.fresh;
        // A tone goes on over a space, but not over the end of a line.
        let goes_on = space == 1 && !breaks && self.first_tone == self.open_tone;
        if !goes_on {
            self.close();
        }
        if breaks {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n(' ', self.indent));
            self.column = self.indent;
        } else if space == 1 {
            self.out.push(' ');
            self.column += 1;
        }
        if !goes_on {
            self.out.push_str(self.palette.open(self.first_tone));
        }
        self.out.push_str(&self.word);
        self.open_tone = self.last_tone;
        self.column += self.word_width;
        self.fresh = false;
        self.word.clear();
        self.word_width = 0;
    }

    fn close(&mut self) {
        self.out.push_str(self.palette.close(self.open_tone));
        self.open_tone = Tone::Plain;
    }

    /// Ends the last line with a newline.
    pub(crate) fn end(&mut self) {
        self.end_word();
        self.close();
        self.out.push('\n');
    }
}

/// Columns of a terminal that a character takes; never too few.
fn columns(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        // Turns the sign before it into an emoji, which is a column wider.
        '\u{fe0f}' => 1,
        c => c.width().unwrap_or(1),
    }
}

/// How a character is shown that a terminal would obey rather than show: controls as their
/// pictures (`␛`), others that change the direction or the place of writing by their number.
/// `None` for all other characters.
fn visible(c: char, buffer: &mut String) -> Option<&str> {
    buffer.clear();
    match c {
        ' '..='~' => return None,
        '\0'..='\u{1f}' => buffer.extend(char::from_u32(0x2400 + c as u32)),
        '\u{7f}' => buffer.push('\u{2421}'),
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => *buffer = format!("<U+{:04X}>", c as u32),
        _ => return None,
    }
    Some(buffer)
}

/// One line of text: white space as single spaces, control characters shown, no tone.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    Flow::new(&mut out, &Palette::plain(), usize::MAX, 0).push(Tone::Plain, text).end_word();
    out
}

/// A text of several lines for a terminal: wrapped, its line breaks kept, control characters shown.
/// What stands behind spaces or the mark of an item stays behind them in further lines.
#[must_use]
pub fn terminal_text(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    for line in text.lines() {
        let rest = line.trim_start_matches(' ');
        let spaces = line.len() - rest.len();
        let (mark, rest) = rest.split_at(if rest.starts_with(MARK) { MARK.len() } else { 0 });
        let indent = if spaces + mark.len() <= width / 2 { spaces } else { 0 };
        out.extend(std::iter::repeat_n(' ', indent));
        out.push_str(mark);
        let indent = indent + mark.len();
        Flow::new(&mut out, &Palette::plain(), width, indent).push(Tone::Plain, rest).end();
    }
    out
}

/// What items of lists begin with in clean text.
const MARK: &str = "- ";

/// A text of several lines for a terminal, as it is but for control characters, which are shown.
#[must_use]
pub fn terminal_lines(text: &str) -> String {
    let (mut out, mut buffer) = (String::with_capacity(text.len()), String::new());
    for line in text.lines() {
        for c in line.chars() {
            match visible(c, &mut buffer) {
                Some(shown) => out.push_str(shown),
                None => out.push(c),
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    fn wrap(text: &str, width: usize, indent: usize) -> String {
        let mut out = " ".repeat(indent);
        Flow::new(&mut out, &Palette::plain(), width, indent).push(Tone::Plain, text).end();
        out
    }

    #[test]
    fn words_flow_with_a_hanging_indent_and_long_ones_are_broken() {
        assert_eq!(wrap("one two  three", 9, 2), "  one two\n  three\n");
        assert_eq!(wrap("abcdefgh ij", 5, 1), " abcd\n efgh\n ij\n");
        assert_eq!(wrap("漢字漢字", 5, 0), "漢字\n漢字\n");
        assert_eq!(wrap("", 9, 2), "  \n");
        assert_eq!(wrap("a b", 1, 3), "   a\n   b\n");
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(one_line("\u{1b}[31mred\0\u{7f}"), "␛[31mred␀␡");
        assert_eq!(one_line("a\u{9b}2J\u{202e}b\tc\r\nd"), "a<U+009B>2J<U+202E>b c d");
        assert_eq!(terminal_text("one two\n\nthree\u{7}", 5), "one\ntwo\n\nthree\n␇\n");
        assert_eq!(terminal_text("- one two\n  - six", 8), "- one\n  two\n  - six\n");
        assert_eq!(terminal_text("    - one two", 8), "- one\n  two\n");
        assert_eq!(terminal_lines("a  \u{1b}[2J\n  b\tc"), "a  ␛[2J\n  b␉c\n");
    }

    #[test]
    fn tones_are_closed_at_the_end_of_a_line_and_opened_anew() {
        let palette = Palette::coloured(|tone| match tone {
            Tone::For => ("<".into(), ">".into()),
            _ => (String::new(), String::new()),
        });
        let mut out = String::new();
        Flow::new(&mut out, &palette, 7, 0)
            .push(Tone::Plain, "a ")
            .push(Tone::For, "bb cc dd")
            .push(Tone::Plain, ". e")
            .end();
        assert_eq!(out, "a <bb cc>\n<dd>. e\n");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(
            text in "([a-z]{1,30}|[ \u{1b}\u{9f}é漢❤\u{fe0f}\u{301}\u{202e}👩\u{200d}]){0,40}",
            width in 12usize..60,
            indent in 0usize..8,
        ) {
            let wrapped = wrap(&text, width, indent);
            for line in wrapped.lines() {
                prop_assert!(line.width() <= width, "{} {line:?}", line.width());
                prop_assert!(!line.chars().any(char::is_control));
            }
            let squeezed = |s: &str| s.split_whitespace().collect::<String>();
            prop_assert_eq!(squeezed(&wrapped), squeezed(&one_line(&text)));
        }
    }
}
