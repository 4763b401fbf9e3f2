//! C1 appeals for donations, C2 advertising.

use super::affiliates::{of_page, paid_links};
use super::phrases::{Hit, Table, Words, sorted};
use super::scope::{Story, is_foreign, part, sentence_of, whole};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::label::Label;

/// Appeals that speak of money themselves.
const APPEALS: Table<36> = sorted([
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
const MONEY: Table<28> = sorted([
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
const FOR_US: Table<11> = sorted([
    "here",
    "independent",
    "journalism",
    "now",
    "our",
    "patron",
    "please",
    "this",
    "today",
    "us",
    "we",
]);
/// Giving that is no appeal of the publisher, or is a purchase.
const NO_APPEALS: Table<15> = sorted([
    "1 year subscription",
    "advertise",
    "blood",
    "car",
    "clothes",
    "don't toss",
    "gift card",
    "gift cards",
    "gift guide",
    "gift subscription",
    "gift this",
    "items",
    "licence fee",
    "organ donor",
    "subscription to",
]);

/// The longest appeal, in words.
const MAX_APPEAL: usize = 250;

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
    // Longer ones are pages run together.
    if words.len() > MAX_APPEAL || words.has(&NO_APPEALS) {
        return false;
    }
    let short = words.len() <= 3;
    let near = story.is_none_or(|s| p.index < 2 || s.is_tail(p.index, 2));
    match p.label {
        Label::SubscribePrompt | Label::SharePrompt | Label::Disclaimer | Label::AuthorBio => {}
        Label::EditorialNote | Label::Copyright | Label::Contact | Label::Advertisement => {}
        Label::Navigation => {
            let more = words.is_any(1, &["now", "online", "to", "today", "us"]);
            return words.is_any(0, &["donate"]) && (words.len() == 1 || more && words.len() <= 5);
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
    let bare = short && words.is_any(0, &["donate", "donations"]);
    bare || money && words.has(&APPEALS) && words.has(&FOR_US)
}

/// Lines that mark an advertisement. A shop's own buttons and prices are none.
const MARKS: Table<19> = sorted([
    "ads by",
    "advertisement",
    "advertisements",
    "advertorial",
    "around the web",
    "article continues after",
    "article continues below",
    "brought to you by",
    "from our partners",
    "from our sponsor",
    "from our sponsors",
    "paid content",
    "paid post",
    "partner content",
    "presented by",
    "promoted",
    "scroll to continue",
    "sponsored",
    "sponsors",
]);

/// Longer lines do not mark, but tell or list.
const MAX_MARK: usize = 14;

/// C2: lines of advertisements, and notes that links are paid for.
pub(super) fn advertising(reading: &Reading<'_>) -> Finding {
    let mut found = Vec::new();
    let story = Story::of(reading);
    for p in reading.paragraphs.iter().filter(|p| !is_foreign(p.label)) {
        let words = p.words();
        let hit = match p.label {
            Label::Advertisement => paid_links(words).or_else(|| mark(reading, p)),
            Label::Disclaimer | Label::EditorialNote => paid_links(words).or_else(|| {
                words.first(const { &sorted(["paid post", "sponsored content", "sponsored post"]) })
            }),
            // Beside the story, of the page itself.
            Label::Body => of_page(story, p),
            Label::Byline if words.len() <= 4 => words.phrase_at(
                0,
                const {
                    &sorted([
                        "advertisement",
                        "advertorial",
                        "paid content",
                        "paid post",
                        "sponsored",
                    ])
                },
            ),
            _ => None,
        };
        let hit = hit.filter(|hit| !is_denied(words, hit));
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

/// Whether a page says that it is not paid.
fn is_denied(words: &Words<'_>, hit: &Hit) -> bool {
    let before = (hit.words.0.saturating_sub(6)..hit.words.0).rev();
    before
        .take_while(|&at| !words.gap(at).contains(['.', '!', '?']))
        .any(|at| words.is_any(at, &["don't", "never", "no", "nor", "not"]))
}

/// What names a kind of cookies, not an advertisement.
const COOKIES: Table<4> = sorted(["consent", "cookie", "cookies", "gdpr"]);

/// The mark of an advertisement in a line of its own.
fn mark(reading: &Reading<'_>, p: &ReadParagraph<'_>) -> Option<Hit> {
    let words = p.words();
    if words.len() > MAX_MARK || words.has(&COOKIES) {
        return None;
    }
    let hit = words
        .first(&MARKS)
        .or_else(|| words.phrase_at(0, const { &sorted(["ad"]) }).filter(|_| words.len() == 1))?;
    let next = reading.paragraphs.get(p.index + 1);
    (!next.is_some_and(|next| !next.label.is_content() && next.words().has(&COOKIES)))
        .then_some(hit)
}
