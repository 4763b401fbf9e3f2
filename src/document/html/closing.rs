//! What tags close: elements whose end tags were left out, scopes that end tags do not leave.

use super::builder::{Builder, MAX_DEPTH, Open};
use super::enclosing::Enclosing;
use super::tag::Tag;

impl Builder<'_> {
    /// The innermost open element for which `is_it`, up to one that is `outside`.
    fn find(&self, is_it: impl Fn(Tag) -> bool, is_outside: impl Fn(Tag) -> bool) -> Option<usize> {
        for (index, open) in self.open.iter().enumerate().rev().take(MAX_DEPTH) {
            if is_it(open.tag) {
                return Some(index);
            }
            if is_outside(open.tag) {
                return None;
            }
        }
        None
    }

    /// Closes the innermost element for which `is_it`, up to one that is `outside`, and says
    /// whether there was one.
    pub(super) fn close(
        &mut self,
        is_it: impl Fn(Tag) -> bool,
        is_outside: impl Fn(Tag) -> bool,
    ) -> bool {
        let found = self.find(is_it, is_outside);
        if let Some(index) = found {
            self.pop_to(index);
        }
        found.is_some()
    }

    /// Closes what stands within the innermost element for which `is_it`.
    fn close_within(&mut self, is_it: impl Fn(Tag) -> bool) {
        if let Some(index) = self.find(is_it, |_| false) {
            self.pop_to(index + 1);
        }
    }

    pub(super) fn close_select(&mut self) -> bool {
        self.is_open(Tag::Select) && self.close(|t| t == Tag::Select, Tag::is_scope)
    }

    pub(super) fn close_p(&mut self) -> bool {
        self.is_open(Tag::P) && self.close(|tag| tag == Tag::P, Tag::is_button_scope)
    }

    /// What a start tag closes besides a `p`.
    pub(super) fn close_implied(&mut self, tag: Tag) {
        let stays = |tag: Tag| tag.is_special() && !matches!(tag, Tag::Address | Tag::Div | Tag::P);
        match tag {
            Tag::Li if self.is_open(Tag::Li) => {
                self.close(|t| t == Tag::Li, stays);
            }
            Tag::Dd | Tag::Dt => {
                self.close(|t| matches!(t, Tag::Dd | Tag::Dt), stays);
            }
            Tag::Button if self.is_open(Tag::Button) => {
                self.close(|t| t == Tag::Button, Tag::is_scope);
            }
            // Rows and cells without a start tag for what is around them have it implied.
            Tag::Td | Tag::Th => self.close_within(|t| t == Tag::Tr || is_around_rows(t)),
            Tag::Tr => self.close_within(is_around_rows),
            tag if tag.is_table_part() => self.close_within(is_table),
            // A table right inside a table, not in a cell, ends it.
            Tag::Table if self.open.last().is_some_and(|open| is_between_cells(open.tag)) => {
                self.close(|t| t == Tag::Table, |t| t == Tag::Template);
            }
            tag if tag.is_heading() && self.open.last().is_some_and(|o| o.tag.is_heading()) => {
                self.pop_to(self.open.len() - 1);
            }
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: Tag) {
        match tag {
            // What comes behind the end of the page still belongs to it.
            Tag::Html | Tag::Body | Tag::Head => {}
            Tag::Br => self.start(Tag::Br, ""),
            Tag::A if !self.in_svg() => {
                self.end_inline(tag);
                self.in_link = false;
                if self.is_open(Tag::A) {
                    self.close(|t| t == Tag::A, Tag::is_scope);
                }
            }
            Tag::P => {
                // Without a start tag it stands for an empty paragraph.
                if !self.close_p() {
                    self.break_block();
                }
            }
            Tag::Form if !self.is_open(Tag::Template) => self.end_form(),
            Tag::Title | Tag::Desc if self.open.last().is_some_and(|open| open.tag == tag) => {
                self.pop_to(self.open.len() - 1);
            }
            tag if tag.is_void() || tag.is_raw() => {}
            // Within a drawing inline elements are not kept.
            tag if tag.is_inline() && self.in_svg() => {}
            tag if tag.is_heading() => {
                self.close(Tag::is_heading, Tag::is_scope);
            }
            tag => {
                if tag.is_inline() {
                    self.end_inline(tag);
                }
                if self.is_open(tag) {
                    self.close_named(tag);
                }
            }
        }
    }

    /// What an inline element's start tag marked ends here; within what is never shown none does.
    fn end_inline(&mut self, tag: Tag) {
        if !self.enclosing().has(Enclosing::UNSEEN) {
            self.page.collected.end_inline(tag, self.text.len());
        }
    }

    /// Closes the innermost elements whose end tag may be left out.
    fn close_unended(&mut self) {
        let is_kept = |open: &Open| !matches!(open.tag, Tag::P | Tag::Li | Tag::Dd | Tag::Dt);
        self.pop_to(self.open.iter().rposition(is_kept).map_or(0, |index| index + 1));
    }

    /// An option ends what was begun in the one before.
    pub(super) fn close_unended_in_select(&mut self) {
        if self.is_open(Tag::Select) && self.find(|t| t == Tag::Select, Tag::is_scope).is_some() {
            self.close_unended();
        }
    }

    /// A form's end tag ends the form alone, not what was opened within it.
    fn end_form(&mut self) {
        if !std::mem::take(&mut self.in_form) {
            return;
        }
        let Some(index) = self.find(|t| t == Tag::Form, Tag::is_scope) else { return };
        self.close_unended();
        if self.open.len() == index + 1 {
            self.pop_to(index);
        } else {
            self.open.remove(index);
            self.counts[Tag::Form as usize] -= 1;
        }
    }

    fn close_named(&mut self, tag: Tag) {
        let is_list = |tag: Tag| tag.is_scope() || matches!(tag, Tag::Ul | Tag::Ol);
        match tag {
            Tag::Li => self.close(|t| t == Tag::Li, is_list),
            Tag::Table => self.close(|t| t == Tag::Table, |t| t == Tag::Template),
            Tag::Template => self.close(|t| t == Tag::Template, |_| false),
            tag if tag.is_table_part() => self.close(|t| t == tag, is_table),
            tag if tag.has_own_end() => self.close(|t| t == tag, Tag::is_scope),
            tag => self.close(|t| t == tag, Tag::is_special),
        };
    }
}

/// Whether text in it stands wrongly: a table, or a part of it that is no cell.
pub(super) fn is_between_cells(tag: Tag) -> bool {
    tag == Tag::Table || tag.is_table_part() && !matches!(tag, Tag::Td | Tag::Th | Tag::Caption)
}

fn is_table(tag: Tag) -> bool {
    matches!(tag, Tag::Table | Tag::Template)
}

/// What rows stand in.
fn is_around_rows(tag: Tag) -> bool {
    matches!(tag, Tag::Thead | Tag::Tbody | Tag::Tfoot) || is_table(tag)
}
