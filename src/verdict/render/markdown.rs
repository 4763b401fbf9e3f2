//! Pieces as Markdown: CommonMark with the pipe tables of GitHub.

use super::escape;
use super::pieces::{Kind, Piece, Step, Table};

/// Backticks of a fence, unless the code has as many.
const FENCE: usize = 3;

/// The text: blank lines between pieces, none between the items of a list.
pub(super) fn write(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    let mut before: Option<&Piece<'_>> = None;
    for piece in pieces {
        let known = before.map_or(&[][..], |before| &before.path);
        let prefix = Prefix::new(&piece.path, known);
        if let Some(before) = before {
            out.push('\n');
            if !is_tight(before, piece, prefix.common) {
                out.push_str(prefix.between.trim_end());
                out.push('\n');
            }
        }
        for (index, line) in lines(&piece.kind).into_iter().enumerate() {
            let start = if index == 0 { &prefix.first } else { &prefix.further };
            if index > 0 {
                out.push('\n');
            }
            // Spaces at the end of a line would break it.
            out.push_str(if line.is_empty() { start.trim_end() } else { start });
            out.push_str(&line);
        }
        before = Some(piece);
    }
    out
}

/// What stands before the lines of a piece.
struct Prefix {
    /// How many steps of the path are those of the piece before.
    common: usize,
    between: String,
    first: String,
    further: String,
}

impl Prefix {
    fn new(path: &[Step], before: &[Step]) -> Self {
        let common = path.iter().zip(before).take_while(|(a, b)| a == b).count();
        let (mut between, mut first, mut further) = (String::new(), String::new(), String::new());
        for (depth, step) in path.iter().enumerate() {
            let is_new = depth >= common;
            let (mark, blank) = match step {
                Step::Quote(_) => ("> ".to_owned(), "> ".to_owned()),
                Step::Item { number, .. } => {
                    let mark = if *number > 0 { format!("{number}. ") } else { "- ".to_owned() };
                    let blank = " ".repeat(mark.len());
                    (mark, blank)
                }
            };
            if !is_new {
                between.push_str(&blank);
            }
            first.push_str(if is_new { &mark } else { &blank });
            further.push_str(&blank);
        }
        Self { common, between, first, further }
    }
}

/// Whether a piece begins an item right below a line of the same list.
fn is_tight(before: &Piece<'_>, piece: &Piece<'_>, common: usize) -> bool {
    let is_flow = |piece: &Piece<'_>| matches!(piece.kind, Kind::Paragraph(_));
    let (Some(Step::Item { list, number, .. }), true) =
        (piece.path.get(common), is_flow(before) && is_flow(piece))
    else {
        return false;
    };
    match before.path.get(common) {
        Some(Step::Item { list: last, .. }) => last == list,
        // The first of a list within an item; one that does not begin at 1 needs a blank line.
        None => common > 0 && *number <= 1 && matches!(before.path[common - 1], Step::Item { .. }),
        Some(Step::Quote(_)) => false,
    }
}

fn lines(kind: &Kind<'_>) -> Vec<String> {
    match kind {
        Kind::Paragraph(text) => {
            let lines: Vec<_> =
                text.lines().map(escape::line).filter(|line| !line.is_empty()).collect();
            let last = lines.len().saturating_sub(1);
            let broken = lines.into_iter().enumerate();
            // Two spaces keep the break.
            broken.map(|(i, line)| format!("{line}{}", if i < last { "  " } else { "" })).collect()
        }
        Kind::Heading(level, text) => {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            vec![format!("{} {}", "#".repeat(usize::from(*level)), escape::heading(&text))]
        }
        Kind::Code(text) => code(text),
        Kind::Table(table) => rows(table),
    }
}

fn code(text: &str) -> Vec<String> {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(FENCE.max(longest + 1));
    let mut lines = vec![fence.clone()];
    lines.extend(text.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

/// A table without a head of its own has an empty one: Markdown knows no other.
fn rows(table: &Table) -> Vec<String> {
    let n_columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let empty = Vec::new();
    let (head, rest) = match table.rows.split_first() {
        Some((head, rest)) if table.has_head => (head, rest),
        _ => (&empty, &table.rows[..]),
    };
    // A short row is filled up by whoever reads it, but not the first.
    let filled = n_columns - head.len();
    let mut lines = vec![format!("{}{}", row(head), " |".repeat(filled))];
    lines.push(format!("|{}", " --- |".repeat(n_columns)));
    lines.extend(rest.iter().map(|cells| row(cells)));
    lines
}

fn row(cells: &[String]) -> String {
    let mut line = "|".to_owned();
    for cell in cells {
        let cell = escape::cell(cell);
        let space = if cell.is_empty() { "" } else { " " };
        line.extend([" ", &cell, space, "|"]);
    }
    line
}
