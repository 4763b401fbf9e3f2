//! [`Table`]: cells once, shown as Markdown or as plain text. Cells are raw text; each way of
//! showing them makes them harmless for its own reader.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A table with a header. The first column is text and set left; the others as they say.
pub(crate) struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

/// On which side a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

impl Table {
    pub(crate) fn new<S: Into<String>>(columns: impl IntoIterator<Item = (S, Align)>) -> Self {
        let columns = columns.into_iter().map(|(name, align)| (name.into(), align)).collect();
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row; it has a cell for every column.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    pub(crate) fn push(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// A Markdown table, every cell escaped, with a newline at the end.
    pub(crate) fn markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut out = line(&mut self.columns.iter().map(|(name, _)| escape_markdown(name)));
        out += &line(&mut self.columns.iter().map(|(_, align)| match align {
            Align::Left => "---".to_owned(),
            Align::Right => "---:".to_owned(),
        }));
        for row in &self.rows {
            out += &line(&mut row.iter().map(|cell| escape_markdown(cell)));
        }
        out
    }

    /// Aligned text, two spaces between columns, each line ended by a newline. Where a line would
    /// be wider than `width` columns of a terminal, the first column is cut.
    pub(crate) fn plain(&self, width: usize) -> String {
        let header: Vec<String> = self.columns.iter().map(|(name, _)| plain_cell(name)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| plain_cell(cell)).collect());
        let mut lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        let mut widths = vec![0; self.columns.len()];
        for line in &lines {
            for (widest, cell) in widths.iter_mut().zip(line) {
                *widest = cell.width().max(*widest);
            }
        }
        let total = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        if let Some(first) = widths.first_mut() {
            *first = first.saturating_sub(total.saturating_sub(width)).max(1);
            lines.iter_mut().for_each(|line| line[0] = cut(&line[0], *first));
        }
        let mut out = String::new();
        for line in lines {
            let mut text = String::new();
            for ((cell, &width), (_, align)) in line.iter().zip(&widths).zip(&self.columns) {
                let padding = " ".repeat(width.saturating_sub(cell.width()));
                match align {
                    Align::Left => text.extend([cell, padding.as_str(), "  "]),
                    Align::Right => text.extend([padding.as_str(), cell, "  "]),
                }
            }
            out += text.trim_end();
            out.push('\n');
        }
        out
    }
}

/// Text that Markdown shows as it is, in a table cell too.
///
/// White space becomes single spaces, control characters go, and whatever could begin markup gets
/// a backslash. An underscore within a word begins none, so that `share_prompt` stays readable.
pub(crate) fn escape_markdown(text: &str) -> String {
    let text = plain_cell(text);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let within_word = |c: &char| c.is_alphanumeric() || *c == '_';
        let marks = match c {
            '\\' | '`' | '|' | '*' | '[' | ']' | '<' | '>' | '~' | '&' | '$' => true,
            '_' => !(within_word(&before) && rest.peek().is_some_and(within_word)),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// One line of text that no terminal takes for a command: runs of white space and control
/// characters become one space, marks that turn the direction of writing go.
pub(crate) fn plain_cell(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, or as much of it as fits into `width` columns with an ellipsis behind.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('\u{2026}');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        let mut table = Table::new([("name", Align::Left), ("n", Align::Right)]);
        table.row(["a|b\nc".to_owned(), "7".to_owned()]);
        table.row(["share_prompt".to_owned(), "12,345".to_owned()]);
        table
    }

    #[test]
    fn markdown_cells_cannot_break_out() {
        assert_eq!(
            sample().markdown(),
            "| name | n |\n| --- | ---: |\n| a\\|b c | 7 |\n| share_prompt | 12,345 |\n"
        );
        assert_eq!(escape_markdown("`x` <b>*_a_*</b>"), "\\`x\\` \\<b\\>\\*\\_a\\_\\*\\</b\\>");
        assert_eq!(escape_markdown("a\\|b\r\n\u{1b}[31mc"), "a\\\\\\|b \\[31mc");
        assert_eq!(escape_markdown("_x_y__z_"), "\\_x_y__z\\_");
    }

    #[test]
    fn plain_tables_are_aligned_and_fit() {
        assert_eq!(
            sample().plain(80),
            "name               n\na|b c              7\nshare_prompt  12,345\n"
        );
        assert_eq!(sample().plain(13), "name        n\na|b c       7\nshar…  12,345\n");
        assert_eq!(plain_cell("\u{1b}[2J a\u{202e}b\tc"), "[2J ab c");
    }

    #[test]
    fn cutting_counts_columns_not_bytes() {
        assert_eq!(cut("ééé", 3), "ééé");
        assert_eq!(cut("éééé", 3), "éé…");
        assert_eq!(cut("漢字漢字", 6), "漢字…");
        assert_eq!(cut("ab cd", 4), "ab…");
    }
}
