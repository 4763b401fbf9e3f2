//! Words with which a page says that it is paid for what its links sell.

use super::phrases::{Hit, Table, Words, sorted};
use super::scope::Story;
use crate::credibility::reading::ReadParagraph;

/// What such arrangements are called.
const ARRANGEMENTS: Table<13> = sorted([
    "affiliate link",
    "affiliate links",
    "affiliate marketer",
    "affiliate partner",
    "affiliate partners",
    "affiliate partnerships",
    "affiliate program",
    "affiliate tags",
    "affiliates program",
    "amazon associate",
    "amazon associates",
    "associates program",
    "from qualifying purchases",
]);
/// What is paid.
const PAY: Table<11> = sorted([
    "commission",
    "commissions",
    "compensation",
    "fee",
    "fees",
    "kickback",
    "portion of sales",
    "portion of the",
    "share of sales",
    "share of the",
    "small percentage",
]);
/// Verbs of those who are paid, and of what pays them.
const GETS: [&str; 12] = [
    "collect", "earn", "earns", "generate", "get", "gets", "make", "makes", "paid", "provide",
    "receive", "receives",
];
/// What it is paid for.
const SALES: Table<12> = sorted([
    "buy",
    "buying",
    "click",
    "link",
    "links",
    "partners",
    "purchase",
    "purchased",
    "purchases",
    "retailers",
    "sale",
    "sales",
]);
/// Between such a verb and what is paid stand so many words: `may earn us a small affiliate
/// commission`.
const MAX_BETWEEN: usize = 5;

/// The first words that say so: `affiliate links`, or `may receive a commission` where a purchase is
/// spoken of.
pub(super) fn paid_links(words: &Words<'_>) -> Option<Hit> {
    words.first(&ARRANGEMENTS).or_else(|| {
        let is_got = |hit: &Hit| {
            let from = hit.words.0.saturating_sub(MAX_BETWEEN + 1);
            let before = (from..hit.words.0).rev();
            before
                .take_while(|&at| !words.gap(at).contains(['.', '!', '?']))
                .any(|at| words.is_any(at, &GETS))
        };
        words.hits(&PAY).find(is_got).filter(|_| words.has(&SALES))
    })
}

/// Words of a page that speaks of itself.
const OF_US: Table<10> = sorted([
    "i",
    "my",
    "our",
    "this article",
    "this blog",
    "this page",
    "this post",
    "this site",
    "us",
    "we",
]);
/// Longer paragraphs, in bytes, are prose about such arrangements.
const MAX_NOTE: usize = 700;

/// The same in a note that was taken for prose: at the story's edge, in the page's own voice.
pub(super) fn of_page(story: Option<Story>, p: &ReadParagraph<'_>) -> Option<Hit> {
    let is_edge = story.is_none_or(|s| p.index < s.first + 3 || s.is_tail(p.index, 1));
    if !is_edge || p.text.len() > MAX_NOTE {
        return None;
    }
    paid_links(p.words()).filter(|_| p.words().has(&OF_US))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_for_sales_is_told_in_many_wordings() {
        for (line, expected) in [
            ("We may get a small commission if you buy a boat.", Some("commission")),
            ("Purchases may earn us a commission.", Some("commission")),
            ("If you click, we receive referral compensation.", Some("compensation")),
            ("The Star may collect a share of sales from what you order.", Some("share of sales")),
            ("As an Amazon Associate the Star earns a little.", Some("Amazon Associate")),
            ("The commission will buy a boat.", None),
            ("They make boats. The commission saw a sale.", None),
            ("We get a commission of inquiry.", None),
        ] {
            let found = paid_links(&Words::of(line)).map(|hit| hit.span.slice(line));
            assert_eq!(found, expected, "{line}");
        }
    }
}
