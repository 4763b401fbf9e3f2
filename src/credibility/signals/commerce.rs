//! C1 appeals for donations, C2 advertising.

use super::phrases::sorted;
use super::scope::{Story, is_foreign, part, sentence_of, whole};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::label::Label;

/// Appeals that speak of money themselves.
const APPEALS: [&str; 36] = sorted([
    "a donation",
    "become a patron",
    "become a sustaining",
    "chip in",
    "click here to donate",
    "consider donating",
    "consider making a",
    "consider supporting us",
    "contribute to our",
    "donate",
    "donate here",
    "donate now",
    "donate to",
    "donate today",
    "donating to",
    "donation to",
    "donations",
    "fund our",
    "give what you can",
    "help fund",
    "help keep us",
    "make a contribution",
    "make a donation",
    "make a gift",
    "make a monthly",
    "make a one time",
    "make a tax deductible",
    "patreon",
    "reader supported",
    "support our",
    "support the work",
    "support us",
    "supporting us",
    "tax deductible",
    "your contribution",
    "your donation",
]);
/// Money, and ways to give it.
const MONEY: [&str; 28] = sorted([
    "as little as",
    "bitcoin",
    "cent",
    "contribute",
    "contribution",
    "contributions",
    "dollar",
    "dollars",
    "donate",
    "donated",
    "donating",
    "donation",
    "donations",
    "donor",
    "donors",
    "financial",
    "financially",
    "fund",
    "funded",
    "funding",
    "gift",
    "give",
    "giving",
    "gofundme",
    "money",
    "patreon",
    "paypal",
    "tax deductible",
]);
/// Words of those who ask for themselves.
const FOR_US: [&str; 12] = sorted([
    "here",
    "independent",
    "journalism",
    "now",
    "our",
    "patron",
    "patreon",
    "please",
    "this",
    "today",
    "us",
    "we",
]);
/// Giving that is no appeal of the publisher, or is a purchase.
const NO_APPEALS: [&str; 12] = sorted([
    "1 year subscription",
    "advertise",
    "blood",
    "don't toss",
    "gift card",
    "gift cards",
    "gift guide",
    "gift subscription",
    "gift this",
    "licence fee",
    "organ donor",
    "subscription to",
]);

/// C1: readers are asked for money.
pub(super) fn donation(reading: &Reading<'_>) -> Finding {
    let story = Story::of(reading);
    let found = reading
        .paragraphs
        .iter()
        .filter(|p| !is_foreign(p.label) && asks_for_money(p, story))
        .map(|p| whole(reading, p, None))
        .collect();
    Finding::of(Signal::DonationAppeal, found)
}

fn asks_for_money(p: &ReadParagraph<'_>, story: Option<Story>) -> bool {
    let words = p.words();
    let short = words.len() <= 3;
    let near = story.is_none_or(|s| p.index < 2 || s.is_tail(p.index, 2));
    match p.label {
        Label::SubscribePrompt | Label::SharePrompt | Label::Disclaimer | Label::AuthorBio => {}
        Label::EditorialNote | Label::Copyright | Label::Contact | Label::Advertisement => {}
        Label::Navigation => {
            let more = words.is_any(1, &["now", "online", "today"]);
            return words.is_any(0, &["donate"]) && words.len() == 1 + usize::from(more);
        }
        Label::Body if near && words.len() <= 80 => {
            return words.has(
                const {
                    &sorted([
                        "donate to us",
                        "donate to our",
                        "please donate",
                        "support our journalism",
                        "support our work",
                        "your donation",
                    ])
                },
            ) && words.has(const { &sorted(["our", "us"]) });
        }
        _ => return false,
    }
    let money = p.text.contains(['$', '£', '€']) || words.has(&MONEY);
    let bare = short
        && words.is_any(0, &["donate", "donations"])
        && !words.has(const { &sorted(["car", "items"]) });
    (bare || money && words.has(&APPEALS) && words.has(&FOR_US)) && !words.has(&NO_APPEALS)
}

/// Lines that mark an advertisement.
const MARKS: [&str; 30] = sorted([
    "ads by",
    "advertisement",
    "advertisements",
    "advertising",
    "advertorial",
    "affiliate",
    "affiliate links",
    "around the web",
    "article continues after",
    "article continues below",
    "brought to you by",
    "buy now",
    "coupon",
    "deals",
    "discount",
    "from our partners",
    "from our sponsor",
    "from our sponsors",
    "order now",
    "paid content",
    "paid post",
    "partner content",
    "presented by",
    "promo code",
    "promoted",
    "scroll to continue",
    "shop now",
    "special offer",
    "sponsored",
    "sponsors",
]);

/// C2: lines of advertisements, and notes that links are paid for.
pub(super) fn advertising(reading: &Reading<'_>) -> Finding {
    let mut found = Vec::new();
    for p in reading.paragraphs.iter().filter(|p| !is_foreign(p.label)) {
        let words = p.words();
        let hit = match p.label {
            Label::Advertisement => words.first(&MARKS).or_else(|| {
                words.phrase_at(0, const { &sorted(["ad"]) }).filter(|_| words.len() == 1)
            }),
            Label::Disclaimer | Label::EditorialNote => words.first(
                const {
                    &sorted([
                        "affiliate commission",
                        "affiliate link",
                        "affiliate links",
                        "affiliate partnerships",
                        "amazon associate",
                        "earn a commission",
                        "earn a small commission",
                        "earn commission",
                        "earn from qualifying",
                        "paid post",
                        "receive a commission",
                        "sponsored content",
                        "sponsored post",
                    ])
                },
            ),
            Label::Byline if words.len() <= 4 => words.phrase_at(
                0,
                &["advertisement", "advertorial", "paid content", "paid post", "sponsored"],
            ),
            _ => None,
        };
        found.extend(hit.map(|hit| {
            let span = if p.text.len() > 300 {
                sentence_of(p, hit.span.start)
            } else {
                crate::span::Span::new(0, p.text.len())
            };
            part(reading, p, span, None)
        }));
    }
    Finding::of(Signal::Advertising, found)
}
