//! The elements that decide where a block of text begins and ends, and what each does.

/// It begins and ends a block.
const BLOCK: u16 = 1;
/// Its start tag closes an open `p`.
const CLOSES_P: u16 = 1 << 1;
/// It has neither content nor an end tag.
const VOID: u16 = 1 << 2;
/// Its content is text up to its own end tag.
const RAW: u16 = 1 << 3;
/// Its content is never shown.
const UNSEEN: u16 = 1 << 4;
/// End tags within it close nothing outside it.
const BARRIER: u16 = 1 << 5;
/// `h1` to `h6`.
const HEADING: u16 = 1 << 6;
/// A part of a table, meaningless without one.
const TABLE_PART: u16 = 1 << 7;
/// A block that closes an open `p`.
const FLOW: u16 = BLOCK | CLOSES_P;

/// An element's name as a number, in any case; of up to eight bytes, no two are the same.
#[inline(always)]
const fn key(name: &[u8]) -> u64 {
    let (mut number, mut i) = (0_u64, 0);
    while i < name.len() {
        number = number.rotate_left(8) ^ SMALL[name[i] as usize] as u64;
        i += 1;
    }
    number
}

/// Each byte, letters of ASCII as small ones.
const SMALL: [u8; 256] = {
    let (mut small, mut byte) = ([0; 256], 0);
    while byte < 256 {
        small[byte] = (byte as u8).to_ascii_lowercase();
        byte += 1;
    }
    small
};

/// Bits of a place in [`PLACES`]: few names share one.
const PLACE_BITS: u32 = 9;

const fn place(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - PLACE_BITS)) as usize
}

/// The kinds with the keys of their names; one whose place is taken lies in the next free one. A key
/// of 0 is none.
static PLACES: [(u64, Tag); 1 << PLACE_BITS] = {
    let mut places = [(0, Tag::Other); 1 << PLACE_BITS];
    let mut i = 0;
    while i < NAMED.len() {
        let key = key(NAMED[i].name().as_bytes());
        let mut at = place(key);
        while places[at].0 != 0 {
            at = (at + 1) % places.len();
        }
        places[at] = (key, NAMED[i]);
        i += 1;
    }
    places
};

macro_rules! tags {
    ($($variant:ident $name:literal $flags:expr;)*) => {
        /// An element's kind; [`Tag::Other`] is inline and has no rules of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Tag {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
            /// Any other.
            Other,
        }

        const PROPERTIES: &[(&str, u16)] = &[$(($name, $flags),)* ("", 0)];

        /// The kinds that have a name.
        const NAMED: &[Tag] = &[$(Tag::$variant,)*];
    };
}

tags! {
    A "a" 0;
    Address "address" FLOW;
    Area "area" VOID;
    Article "article" FLOW;
    Aside "aside" FLOW;
    Audio "audio" UNSEEN;
    Base "base" VOID;
    Blockquote "blockquote" FLOW;
    Body "body" BLOCK;
    Br "br" VOID;
    Button "button" BLOCK | BARRIER;
    Canvas "canvas" UNSEEN;
    Caption "caption" BLOCK | BARRIER | TABLE_PART;
    Center "center" FLOW;
    Col "col" VOID;
    Colgroup "colgroup" BLOCK | TABLE_PART;
    Dd "dd" FLOW;
    Desc "desc" BARRIER;
    Details "details" FLOW;
    Dialog "dialog" FLOW;
    Dir "dir" FLOW;
    Div "div" FLOW;
    Dl "dl" FLOW;
    Dt "dt" FLOW;
    Embed "embed" VOID;
    Fieldset "fieldset" FLOW;
    Figcaption "figcaption" FLOW;
    Figure "figure" FLOW;
    Footer "footer" FLOW;
    Foreignobject "foreignobject" UNSEEN | BARRIER;
    Form "form" FLOW;
    H1 "h1" FLOW | HEADING;
    H2 "h2" FLOW | HEADING;
    H3 "h3" FLOW | HEADING;
    H4 "h4" FLOW | HEADING;
    H5 "h5" FLOW | HEADING;
    H6 "h6" FLOW | HEADING;
    Head "head" BLOCK;
    Header "header" FLOW;
    Hgroup "hgroup" FLOW;
    Hr "hr" FLOW | VOID;
    Html "html" BLOCK | BARRIER;
    Iframe "iframe" RAW | UNSEEN;
    Img "img" VOID;
    Input "input" VOID;
    Label "label" 0;
    Legend "legend" BLOCK;
    Li "li" FLOW;
    Link "link" VOID;
    Main "main" FLOW;
    Marquee "marquee" BLOCK | BARRIER;
    Math "math" 0;
    Menu "menu" FLOW;
    Meta "meta" VOID;
    Nav "nav" FLOW;
    Noembed "noembed" RAW | UNSEEN;
    Noframes "noframes" RAW | UNSEEN;
    Noscript "noscript" BLOCK;
    Object "object" BARRIER;
    Ol "ol" FLOW;
    Optgroup "optgroup" 0;
    Option "option" 0;
    P "p" FLOW;
    Param "param" VOID;
    Picture "picture" 0;
    Pre "pre" FLOW;
    Script "script" RAW | UNSEEN;
    Search "search" FLOW;
    Section "section" FLOW;
    Select "select" BLOCK | BARRIER;
    Source "source" VOID;
    Span "span" 0;
    Style "style" RAW | UNSEEN;
    Summary "summary" FLOW;
    Svg "svg" UNSEEN;
    Table "table" FLOW | BARRIER;
    Tbody "tbody" BLOCK | TABLE_PART;
    Td "td" BLOCK | BARRIER | TABLE_PART;
    Template "template" UNSEEN | BARRIER;
    Textarea "textarea" RAW;
    Tfoot "tfoot" BLOCK | TABLE_PART;
    Th "th" BLOCK | BARRIER | TABLE_PART;
    Thead "thead" BLOCK | TABLE_PART;
    Time "time" 0;
    Title "title" RAW | BARRIER;
    Tr "tr" BLOCK | TABLE_PART;
    Track "track" VOID;
    Ul "ul" FLOW;
    Video "video" UNSEEN;
    Wbr "wbr" VOID;
    Xmp "xmp" RAW;
}

impl Tag {
    /// Number of kinds.
    pub(super) const COUNT: usize = PROPERTIES.len();

    /// The kind with this name, in any case.
    pub(super) fn of(name: &[u8]) -> Self {
        let key = key(name);
        let mut at = place(key);
        loop {
            let (found, tag) = PLACES[at];
            // Of longer names the key is no proof.
            if found == key && (name.len() <= 8 || name.eq_ignore_ascii_case(tag.name().as_bytes()))
            {
                return tag;
            }
            if found == 0 {
                return Self::Other;
            }
            at = (at + 1) % PLACES.len();
        }
    }

    /// The name in lower case; empty for [`Tag::Other`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        PROPERTIES[self as usize].0
    }

    fn has(self, property: u16) -> bool {
        PROPERTIES[self as usize].1 & property != 0
    }

    pub(super) fn is_block(self) -> bool {
        self.has(BLOCK)
    }

    pub(super) fn closes_p(self) -> bool {
        self.has(CLOSES_P)
    }

    pub(super) fn is_void(self) -> bool {
        self.has(VOID)
    }

    pub(super) fn is_raw(self) -> bool {
        self.has(RAW)
    }

    pub(super) fn is_unseen(self) -> bool {
        self.has(UNSEEN)
    }

    /// Whether an end tag within it closes nothing outside of it.
    pub(super) fn is_scope(self) -> bool {
        self.has(BARRIER) && self != Self::Button
    }

    /// The same for a `p` that is closed by what may not stand in it.
    pub(super) fn is_button_scope(self) -> bool {
        self.has(BARRIER)
    }

    /// Whether the standard calls it special: an end tag without rules of its own does not reach
    /// beyond it.
    pub(super) fn is_special(self) -> bool {
        self.has(BLOCK | BARRIER) && !matches!(self, Self::Dialog | Self::Legend)
    }

    /// Whether its end tag reaches all that is open within it, special or not.
    pub(super) fn has_own_end(self) -> bool {
        self.has(BLOCK | BARRIER) && !matches!(self, Self::Legend | Self::Noscript)
            || self == Self::Svg
    }

    /// Whether its start tag ends the drawings around it, because it cannot stand in one.
    pub(super) fn leaves_svg(self) -> bool {
        use Tag::{
            Blockquote, Body, Br, Center, Dd, Div, Dl, Dt, Embed, Head, Hr, Img, Li, Menu, Meta,
            Ol, P, Pre, Span, Table, Ul,
        };
        self.is_heading()
            || matches!(
                self,
                Blockquote
                    | Body
                    | Br
                    | Center
                    | Dd
                    | Div
                    | Dl
                    | Dt
                    | Embed
                    | Head
                    | Hr
                    | Img
                    | Li
                    | Menu
                    | Meta
                    | Ol
                    | P
                    | Pre
                    | Span
                    | Table
                    | Ul
            )
    }

    pub(super) fn is_table_part(self) -> bool {
        self.has(TABLE_PART)
    }

    /// Whether it flows within a block and is shown.
    pub(super) fn is_inline(self) -> bool {
        PROPERTIES[self as usize].1 == 0
    }

    pub(super) fn is_heading(self) -> bool {
        self.has(HEADING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(Tag::of(b"DiV"), Tag::Div);
        assert_eq!(Tag::of(b"figcaption"), Tag::Figcaption);
        assert_eq!(Tag::of(b"x-card"), Tag::Other);
        assert_eq!(Tag::of(b"averyveryverylongname"), Tag::Other);
        assert_eq!(Tag::of(b""), Tag::Other);
        // Longer names with the key of one of ours.
        for (name, ours) in
            [(&b"oigcaptifn"[..], &b"figcaption"[..]), (b"a\0\0\0\0\0xm\x11", b"xmp")]
        {
            assert_eq!((key(name), Tag::of(name)), (key(ours), Tag::Other));
        }
        for (index, (name, _)) in PROPERTIES[..Tag::COUNT - 1].iter().enumerate() {
            assert_eq!(Tag::of(name.as_bytes()) as usize, index, "{name}");
        }
    }
}
