//! What encloses a block, as a set of bits that elements inherit.

use super::tag::Tag;

/// A set of what encloses a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Enclosing(u32);

macro_rules! bits {
    ($($name:ident $bit:literal $doc:literal;)*) => {
        impl Enclosing {
            $(#[doc = $doc] pub const $name: Self = Self(1 << $bit);)*
        }
    };
}

bits! {
    NAV 0 "`nav`, role `navigation` or `menu`.";
    HEADER 1 "`header`, role `banner`.";
    FOOTER 2 "`footer`, role `contentinfo`.";
    ASIDE 3 "`aside`, role `complementary`.";
    ARTICLE 4 "`article`.";
    MAIN 5 "`main`.";
    FORM 6 "`form`, `fieldset`, role `search`.";
    FIGURE 7 "`figure`.";
    CAPTION 8 "`figcaption`, `caption`.";
    TABLE 9 "`table`.";
    HEAD_CELL 10 "`th`, `thead`.";
    LIST 11 "`ul`, `ol`, `menu`, `dl`.";
    QUOTE 12 "`blockquote`.";
    PRE 13 "`pre`.";
    CONTROL 14 "`button`, `select`.";
    HIDDEN 15 "Attribute `hidden`, style `display:none`.";
    ARIA_HIDDEN 16 "`aria-hidden=\"true\"`.";
    NOSCRIPT 17 "`noscript`.";
    DETAILS 18 "`details`.";
    DIALOG 19 "`dialog`, role `dialog` or `alertdialog`.";
    ADDRESS 20 "`address`.";
    HEADING 21 "`h1` to `h6`.";
    PARAGRAPH 22 "`p`.";
    UNSEEN 24 "An element that is never shown.";
}

impl Enclosing {
    /// Whether all of `other` is in the set.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether something says that it is not to be seen.
    #[must_use]
    pub fn is_hidden(self) -> bool {
        self.0 & (Self::HIDDEN.0 | Self::ARIA_HIDDEN.0) != 0
    }

    /// What an element of this kind encloses its content with.
    pub(super) fn of(tag: Tag) -> Self {
        match tag {
            Tag::Nav => Self::NAV,
            Tag::Header => Self::HEADER,
            Tag::Footer => Self::FOOTER,
            Tag::Aside => Self::ASIDE,
            Tag::Article => Self::ARTICLE,
            Tag::Main => Self::MAIN,
            Tag::Form | Tag::Fieldset | Tag::Search => Self::FORM,
            Tag::Figure => Self::FIGURE,
            Tag::Figcaption | Tag::Caption => Self::CAPTION,
            Tag::Table => Self::TABLE,
            Tag::Th | Tag::Thead => Self::HEAD_CELL,
            Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir | Tag::Dl => Self::LIST,
            Tag::Blockquote => Self::QUOTE,
            Tag::Pre => Self::PRE,
            Tag::Button | Tag::Select => Self::CONTROL,
            Tag::Noscript => Self::NOSCRIPT,
            Tag::Details => Self::DETAILS,
            Tag::Dialog => Self::DIALOG,
            Tag::Address => Self::ADDRESS,
            Tag::P => Self::PARAGRAPH,
            tag if tag.is_heading() => Self::HEADING,
            tag if tag.is_unseen() => Self::UNSEEN,
            _ => Self::default(),
        }
    }

    /// What a `role` says.
    pub(super) fn of_role(role: &str) -> Self {
        match role {
            "navigation" | "menu" | "menubar" | "tablist" => Self::NAV,
            "banner" => Self::HEADER,
            "contentinfo" => Self::FOOTER,
            "complementary" => Self::ASIDE,
            "article" => Self::ARTICLE,
            "main" => Self::MAIN,
            "search" | "form" => Self::FORM,
            "dialog" | "alertdialog" => Self::DIALOG,
            "heading" => Self::HEADING,
            "list" => Self::LIST,
            _ => Self::default(),
        }
    }
}
