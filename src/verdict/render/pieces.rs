//! Kept blocks to pieces: headings, paragraphs, code, tables, each with what it stands in.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::reaching::Reaching;
use super::structure::{Role, Structure};
use crate::document::html::{Block, NO_ELEMENT, Page};
use crate::label::Label;

/// A heading without a tag stands one level below the last that has one; this one if there is none.
const FIRST_LEVEL: u8 = 2;
const MAX_LEVEL: u8 = 6;

/// A piece of clean text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Piece<'a> {
    /// The quotations and items that it stands in, from the outermost.
    pub(super) path: Vec<Step>,
    pub(super) kind: Kind<'a>,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Kind<'a> {
    /// A paragraph; its lines are the page's.
    Paragraph(Cow<'a, str>),
    /// A heading of a level, 1..=6.
    Heading(u8, Cow<'a, str>),
    /// Preformatted text.
    Code(Cow<'a, str>),
    /// A table of data.
    Table(Table),
}

/// Rows of cells; cells of a column are at the same place in their rows, empty ones at the end left
/// out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Table {
    /// Whether the first row heads the others.
    pub(super) has_head: bool,
    pub(super) rows: Vec<Vec<String>>,
}

/// A quotation or an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Step {
    /// A quotation; the number tells it from others.
    Quote(u32),
    /// An item, its list, and its place in an ordered list, from 1; 0 in a list without order.
    Item { id: u32, list: u32, number: u32 },
}

impl<'a> Piece<'a> {
    /// A piece that stands in nothing.
    pub(in super::super) fn plain(kind: Kind<'a>) -> Self {
        Self { path: Vec::new(), kind }
    }
}

/// The pieces of the kept blocks of a page, which are given with their labels by their numbers, in
/// order. The block `title` is a heading of the first level.
pub(in super::super) fn of_page(
    page: &Page,
    kept: impl Iterator<Item = (usize, Label)>,
    title: Option<usize>,
) -> Vec<Piece<'_>> {
    let structure = Structure::new(page);
    let mut pieces = Vec::new();
    let mut level = FIRST_LEVEL - 1;
    let mut cells: Vec<&Block> = Vec::new();
    let mut table = NO_ELEMENT;
    for (index, label) in kept {
        let Some(block) = page.blocks.get(index) else { continue };
        let role = structure.role(block.element);
        // What stands in a table but in no cell is its caption.
        let of = if role.cell == NO_ELEMENT { NO_ELEMENT } else { role.table };
        if of != table {
            pieces.extend(table_piece(page, &structure, std::mem::take(&mut cells)));
            table = of;
        }
        if of != NO_ELEMENT {
            cells.push(block);
            continue;
        }
        let text = Cow::Borrowed(page.block_text(block));
        let kind = if title == Some(index) {
            level = 1;
            Kind::Heading(1, text)
        } else if role.level > 0 {
            level = role.level;
            Kind::Heading(level, text)
        } else if label == Label::Heading {
            Kind::Heading((level + 1).min(MAX_LEVEL), text)
        } else if role.code != NO_ELEMENT {
            Kind::Code(text)
        } else {
            Kind::Paragraph(text)
        };
        pieces.push(Piece { path: path(&structure, role), kind });
    }
    pieces.extend(table_piece(page, &structure, cells));
    pieces
}

fn path(structure: &Structure<'_>, role: Role) -> Vec<Step> {
    let mut path = Vec::new();
    let mut at = role.container;
    while at != NO_ELEMENT {
        path.push(match structure.item(at) {
            Some((list, number)) => Step::Item { id: at, list, number },
            None => Step::Quote(at),
        });
        at = structure.around(at);
    }
    path.reverse();
    path
}

/// A cell's text with its place.
struct Placed {
    row: usize,
    column: usize,
    text: String,
    is_head: bool,
}

/// The kept blocks of one table as a piece; `None` if there are none.
fn table_piece<'a>(
    page: &'a Page,
    structure: &Structure<'_>,
    blocks: Vec<&Block>,
) -> Option<Piece<'a>> {
    let first = structure.role(blocks.first()?.element);
    let cells = placed(page, structure, &blocks);
    let in_first = |cell: &&Placed| cell.row == 0;
    let has_head = cells.iter().filter(in_first).all(|cell| cell.is_head)
        || !cells.iter().any(|cell| cell.is_head);
    let table = Table { has_head, rows: rows(cells) };
    Some(Piece { path: path(structure, structure.outside(first.table)), kind: Kind::Table(table) })
}

/// Puts cells into rows and columns, past cells that reach down from rows above.
fn placed(page: &Page, structure: &Structure<'_>, blocks: &[&Block]) -> Vec<Placed> {
    let mut cells: Vec<Placed> = Vec::new();
    let mut reaching = Reaching::default();
    let (mut last, mut row) = (NO_ROW, 0);
    for block in blocks {
        let role = structure.role(block.element);
        let text = page.block_text(block).replace('\n', " ");
        if (role.row, role.cell) == last
            && let Some(cell) = cells.last_mut()
        {
            cell.text.push(' ');
            cell.text.push_str(&text);
            continue;
        }
        if last != NO_ROW && role.row != last.0 {
            row += 1;
            reaching.next_row();
        }
        last = (role.row, role.cell);
        let (column, rows) = structure.cell(role.cell);
        let column = reaching.place(column, rows);
        cells.push(Placed { row, column, text, is_head: structure.is_head(block) });
    }
    cells
}

const NO_ROW: (u32, u32) = (NO_ELEMENT, NO_ELEMENT);

/// Rows with columns in which some row has something. Where cells would be lost among empty ones,
/// they stand side by side.
fn rows(cells: Vec<Placed>) -> Vec<Vec<String>> {
    let used: Vec<usize> =
        cells.iter().map(|cell| cell.column).collect::<BTreeSet<_>>().into_iter().collect();
    let n_rows = cells.last().map_or(0, |cell| cell.row + 1);
    let is_full = n_rows.saturating_mul(used.len()) <= MOST_EMPTY * cells.len();
    let mut rows = vec![Vec::new(); n_rows];
    for cell in cells {
        let Some(row) = rows.get_mut(cell.row) else { continue };
        let column = used.binary_search(&cell.column).unwrap_or(0);
        if is_full && row.len() < column {
            row.resize(column, String::new());
        }
        row.push(cell.text);
    }
    rows
}

/// Places of a table for each filled cell, at most.
const MOST_EMPTY: usize = 8;
