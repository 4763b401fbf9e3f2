//! Pieces as plain text: a paragraph begins a line, items begin with `- ` behind two spaces a level,
//! cells have ` | ` between them.

use super::pieces::{Kind, Piece, Step};

/// What stands between cells.
const CELL: &str = " | ";

/// Signs that stand before an item already where the page writes them as text.
const BULLETS: [char; 10] = ['•', '-', '–', '—', '*', '·', '▪', '◦', '‣', '●'];

/// The text; rows of a table stand on lines of their own, whatever the separator.
pub(super) fn write(pieces: &[Piece<'_>], separator: &str) -> String {
    let mut out = String::new();
    let mut before: &[Step] = &[];
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        let indent = indent(&mut out, &piece.path, before, &piece.kind);
        match &piece.kind {
            Kind::Paragraph(text) | Kind::Heading(_, text) | Kind::Code(text) => {
                lines(&mut out, text.lines(), indent);
            }
            Kind::Table(table) => {
                let rows: Vec<String> = table.rows.iter().map(|row| row.join(CELL)).collect();
                lines(&mut out, rows.iter().map(String::as_str), indent);
            }
        }
        before = &piece.path;
    }
    out
}

/// Writes the mark of an item that begins here, and gives the columns before further lines.
fn indent(out: &mut String, path: &[Step], before: &[Step], kind: &Kind<'_>) -> usize {
    let is_item = |step: &&Step| matches!(step, Step::Item { .. });
    let depth = path.iter().filter(is_item).count();
    let Some(last) = path.iter().rposition(|step| matches!(step, Step::Item { .. })) else {
        return 0;
    };
    let begins = before.get(last) != Some(&path[last]);
    let has_bullet = match kind {
        Kind::Paragraph(text) => {
            let mut chars = text.chars();
            chars.next().is_some_and(|c| BULLETS.contains(&c))
                && chars.next().is_some_and(char::is_whitespace)
        }
        _ => false,
    };
    out.extend(std::iter::repeat_n("  ", depth - 1));
    if begins && !has_bullet {
        out.push_str("- ");
    } else if !begins {
        out.push_str("  ");
    }
    2 * depth
}

fn lines<'t>(out: &mut String, lines: impl Iterator<Item = &'t str>, indent: usize) {
    for (index, line) in lines.enumerate() {
        if index > 0 {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
        }
        out.push_str(line);
    }
}
