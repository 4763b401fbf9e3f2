//! What the elements of a page are to its readers: which lists list things, which tables hold data,
//! what is quoted.
//!
//! Lists and tables also serve to lay pages out: cards, posts of a forum, columns. Such ones are
//! told by what they hold, kept or not, and leave no marks in clean text.

use crate::document::html::{Block, Enclosing, NO_ELEMENT, Page, Tag};

/// Quotations and lists nested deeper are shown at this depth.
const MAX_NESTED: u8 = 10;
/// An item with more blocks of its own is a part of a page, not an item of a list.
const MAX_ITEM_BLOCKS: u32 = 6;
/// A cell with more blocks or bytes holds prose or a part of a page.
const MAX_CELL_BLOCKS: u32 = 4;
const MAX_CELL_BYTES: u32 = 600;
/// Cells of data hold no more bytes in the mean.
const MEAN_CELL_BYTES: u32 = 200;
/// A table of data has at least so many rows with at least so many filled cells.
const MIN_ROWS: u32 = 2;
const MIN_CELLS: u32 = 2;

/// What an element says of the blocks in it. Numbers are of elements, [`NO_ELEMENT`] for none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    /// The innermost quotation or item of a list.
    pub(super) container: u32,
    /// The innermost table, its row, its cell; none in a table that lays a page out.
    pub(super) table: u32,
    pub(super) row: u32,
    pub(super) cell: u32,
    /// The innermost `pre`.
    pub(super) code: u32,
    /// The level of the heading that it is or stands in, from 1; 0 for none.
    pub(super) level: u8,
    /// How many quotations and items there are, itself included.
    depth: u8,
    list: u32,
    item: u32,
}

const NO_ROLE: Role = Role {
    container: NO_ELEMENT,
    table: NO_ELEMENT,
    row: NO_ELEMENT,
    cell: NO_ELEMENT,
    code: NO_ELEMENT,
    level: 0,
    depth: 0,
    list: NO_ELEMENT,
    item: NO_ELEMENT,
};

/// What is known of one element besides its role.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    /// It lays a page out, though its tag says list or table.
    is_layout: bool,
    /// Of an item: its place in its list, from 1. Of a list: its items so far.
    number: u32,
    /// Blocks right in an item or a cell.
    blocks: u32,
    /// Bytes of a cell or of all cells of a table.
    bytes: u32,
    /// Filled cells of a row or a table.
    cells: u32,
    /// Rows of a table with enough filled cells.
    rows: u32,
}

/// The roles of all elements of a page.
pub(super) struct Structure<'a> {
    page: &'a Page,
    roles: Vec<Role>,
    sums: Vec<Sums>,
}

impl<'a> Structure<'a> {
    /// Time and memory are linear in blocks and elements.
    pub(super) fn new(page: &'a Page) -> Self {
        let sums = vec![Sums::default(); page.elements.len()];
        let mut structure = Self { page, roles: Vec::with_capacity(sums.len()), sums };
        structure.find_roles();
        for block in &page.blocks {
            structure.add(block);
        }
        structure.judge_tables();
        structure.drop_layout();
        structure
    }

    pub(super) fn role(&self, element: u32) -> Role {
        self.roles.get(element as usize).copied().unwrap_or(NO_ROLE)
    }

    /// The quotation or item around a quotation or an item.
    pub(super) fn around(&self, container: u32) -> u32 {
        self.outside(container).container
    }

    /// The role of what stands right outside of an element.
    pub(super) fn outside(&self, element: u32) -> Role {
        self.role(self.page.elements.get(element as usize).map_or(NO_ELEMENT, |e| e.parent))
    }

    /// The list of an item and its place in it, from 1, which is 0 where the list has no order;
    /// `None` for a quotation.
    pub(super) fn item(&self, container: u32) -> Option<(u32, u32)> {
        let element = self.page.elements.get(container as usize)?;
        let list = self.role(container).list;
        let is_ordered = self.page.elements.get(list as usize).is_some_and(|e| e.tag == Tag::Ol);
        let number = self.sums[container as usize].number;
        (element.tag == Tag::Li).then_some((list, if is_ordered { number } else { 0 }))
    }

    fn find_roles(&mut self) {
        for (index, element) in self.page.elements.iter().enumerate() {
            let around = self.role(element.parent);
            let (mut role, at) = (around, index as u32);
            match element.tag {
                Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir => {
                    (role.list, role.item) = (at, NO_ELEMENT);
                }
                Tag::Li if around.list != NO_ELEMENT => {
                    role.item = at;
                    let list = &mut self.sums[around.list as usize];
                    list.number += 1;
                    self.sums[index].number = list.number;
                }
                Tag::Table => {
                    (role.table, role.row, role.cell) = (at, at, NO_ELEMENT);
                    self.mark(around.table);
                }
                Tag::Tr => role.row = at,
                Tag::Td | Tag::Th => role.cell = at,
                Tag::Pre => role.code = at,
                Tag::Article => self.mark_lists(around.list),
                Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                    role.level = element.tag as u8 - Tag::H1 as u8 + 1;
                    // In the caption of a table, a heading is the table's title.
                    if around.cell != NO_ELEMENT {
                        self.mark(around.table);
                    }
                    self.mark_lists(around.list);
                }
                _ => {}
            }
            self.roles.push(role);
        }
    }

    fn mark(&mut self, element: u32) {
        if let Some(sums) = self.sums.get_mut(element as usize) {
            sums.is_layout = true;
        }
    }

    /// Marks a list and those around it, up to one that is marked.
    fn mark_lists(&mut self, mut list: u32) {
        while let Some(sums) = self.sums.get_mut(list as usize)
            && !sums.is_layout
        {
            sums.is_layout = true;
            list = self.role(self.page.elements[list as usize].parent).list;
        }
    }

    /// Counts a block for its item, cell, row and table.
    fn add(&mut self, block: &Block) {
        let role = self.role(block.element);
        if let Some(item) = self.sums.get_mut(role.item as usize) {
            item.blocks += 1;
            if item.blocks > MAX_ITEM_BLOCKS {
                self.mark_lists(role.list);
            }
        }
        if role.cell == NO_ELEMENT || role.table == NO_ELEMENT {
            return;
        }
        let bytes = u32::try_from(block.text.len()).unwrap_or(u32::MAX);
        let cell = &mut self.sums[role.cell as usize];
        cell.blocks += 1;
        cell.bytes = cell.bytes.saturating_add(bytes);
        let (is_first, is_full) =
            (cell.blocks == 1, cell.blocks > MAX_CELL_BLOCKS || cell.bytes > MAX_CELL_BYTES);
        let is_code = role.code != NO_ELEMENT && self.page.block_text(block).contains('\n');
        let table = &mut self.sums[role.table as usize];
        table.bytes = table.bytes.saturating_add(bytes);
        table.cells += u32::from(is_first);
        table.is_layout |= is_full || is_code;
        let row = &mut self.sums[role.row as usize];
        // Cells without a row stand in the table itself, which is no row.
        if is_first && role.row != role.table {
            row.cells += 1;
            let has_enough = row.cells == MIN_CELLS;
            self.sums[role.table as usize].rows += u32::from(has_enough);
        }
    }

    fn judge_tables(&mut self) {
        for (element, sums) in self.page.elements.iter().zip(&mut self.sums) {
            if element.tag == Tag::Table {
                let is_long =
                    u64::from(sums.bytes) > u64::from(MEAN_CELL_BYTES) * u64::from(sums.cells);
                sums.is_layout |= sums.rows < MIN_ROWS || is_long;
            }
        }
    }

    /// Takes back the roles that lists and tables of layout gave, and fills in containers.
    fn drop_layout(&mut self) {
        for (index, element) in self.page.elements.iter().enumerate() {
            let around = self.role(element.parent);
            let is_data =
                |sums: &[Sums], at: u32| sums.get(at as usize).is_some_and(|s| !s.is_layout);
            let mut role = self.roles[index];
            (role.container, role.depth) = (around.container, around.depth);
            let contains = match element.tag {
                Tag::Li => around.list != NO_ELEMENT && is_data(&self.sums, around.list),
                Tag::Blockquote => true,
                _ => false,
            };
            if contains && around.depth < MAX_NESTED {
                (role.container, role.depth) = (index as u32, around.depth + 1);
            }
            if !is_data(&self.sums, role.table) {
                (role.table, role.row, role.cell) = (NO_ELEMENT, NO_ELEMENT, NO_ELEMENT);
            }
            self.roles[index] = role;
        }
    }

    /// Whether a cell heads a column or a row.
    pub(super) fn is_head(&self, block: &Block) -> bool {
        self.page.enclosing(block).has(Enclosing::HEAD_CELL)
    }

    /// Column and rows of a cell as its start tag has them.
    pub(super) fn cell(&self, cell: u32) -> (u16, u8) {
        self.page.elements.get(cell as usize).map_or((0, 1), |e| (e.column, e.rows))
    }
}
