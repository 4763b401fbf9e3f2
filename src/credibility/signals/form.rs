//! T1 share of boilerplate, T2 prompts to share and to subscribe.

use std::collections::BTreeMap;

use super::phrases::{Table, sorted};
use super::scope::whole;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::document::words::word_hashes;
use crate::label::Label;
use crate::verdict::clean::words;

/// So many words of each paragraph are shown.
const SHOWN_WORDS: usize = 8;
/// Shorter sentences repeat by chance.
const REPEATED_WORDS: usize = 4;

/// T1: the share of words, between blanks, in paragraphs that are neither prose nor headings. Each
/// such paragraph is evidence by its first words; the value of all is the share, of 1, two decimals.
pub(super) fn boilerplate(reading: &Reading<'_>) -> Finding {
    let (mut all, mut boilerplate) = (0, 0);
    for p in &reading.paragraphs {
        let words = words(p.text);
        all += words;
        boilerplate += if p.label.is_content() { 0 } else { words };
    }
    let share = format!("{:.2}", boilerplate as f64 / all.max(1) as f64);
    let strange = reading.paragraphs.iter().filter(|p| !p.label.is_content());
    let found =
        strange.map(|p| reading.evidence(p.passage(0, first_words(p.text)), Some(share.clone())));
    Finding::of(Signal::BoilerplateShare, found.collect())
}

/// Bytes of a text's first words.
fn first_words(text: &str) -> usize {
    let last = text.split_whitespace().nth(SHOWN_WORDS - 1);
    last.map_or(text.len(), |word| word.as_ptr() as usize - text.as_ptr() as usize + word.len())
}

/// What prompts say.
const PROMPTS: Table<49> = sorted([
    "all access",
    "already a subscriber",
    "become a member",
    "connect with us",
    "copy link",
    "daily newsletter",
    "delivered daily",
    "delivered every",
    "delivered straight",
    "delivered to",
    "download our app",
    "download the app",
    "find us on",
    "follow",
    "free trial",
    "get our",
    "get unlimited",
    "in your inbox",
    "join my",
    "join now",
    "join our",
    "join us on",
    "keep in touch",
    "like us",
    "link copied",
    "mailing list",
    "membership",
    "newsletter",
    "newsletters",
    "push notifications",
    "receive notifications",
    "rss",
    "share",
    "shares",
    "sharing",
    "sign up",
    "signing up",
    "stay connected",
    "stay in touch",
    "stay informed",
    "stay up to date",
    "subscribe",
    "subscriber",
    "subscribers",
    "subscribing",
    "subscription",
    "tweet",
    "visit us on",
    "your inbox",
]);
/// Networks and ways to send a text on, which prompts in rows name alone.
const CHANNELS: Table<22> = sorted([
    "bluesky",
    "e mail",
    "email",
    "facebook",
    "flipboard",
    "instagram",
    "link",
    "linkedin",
    "mail",
    "mastodon",
    "pinterest",
    "pocket",
    "print",
    "reddit",
    "snapchat",
    "telegram",
    "threads",
    "tiktok",
    "twitter",
    "whatsapp",
    "x",
    "youtube",
]);
/// The longest line that only names such channels, in words.
const MAX_CHANNELS: usize = 12;
/// What asks for something else: products, accounts, what a reader thinks.
const NO_PROMPTS: Table<12> = sorted([
    "email marketing",
    "facebook ads",
    "facebook reviews",
    "faqs",
    "feedback",
    "follow up",
    "follow ups",
    "linkedin learning",
    "password",
    "shared inbox",
    "view this post",
    "view this profile",
]);

/// Whether a paragraph says what prompts say, or names channels: several, or one beside another prompt.
fn asks(reading: &Reading<'_>, p: &ReadParagraph<'_>) -> bool {
    let words = p.words();
    if words.has(&NO_PROMPTS) {
        return false;
    }
    if words.has(&PROMPTS) {
        return true;
    }
    let is_prompt = |at: Option<usize>| {
        at.and_then(|at| reading.paragraphs.get(at))
            .is_some_and(|q| matches!(q.label, Label::SharePrompt | Label::SubscribePrompt))
    };
    // Where an account is told, the channel is somebody's.
    let is_told = p.text.contains(" @") || p.text.starts_with('@');
    let mut channels = words.hits(&CHANNELS);
    words.len() <= MAX_CHANNELS
        && !is_told
        && channels.next().is_some()
        && (channels.next().is_some()
            || is_prompt(p.index.checked_sub(1))
            || is_prompt(Some(p.index + 1)))
}

/// T2: prompts to share, follow or subscribe; the value names the first prompt that says the same.
pub(super) fn prompts(reading: &Reading<'_>) -> Finding {
    let mut said: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
    let mut found: Vec<Evidence> = Vec::new();
    for p in &reading.paragraphs {
        if !matches!(p.label, Label::SharePrompt | Label::SubscribePrompt) || !asks(reading, p) {
            continue;
        }
        let mut earlier = None;
        for sentence in p.sentences() {
            let words = word_hashes(sentence.slice(p.text));
            if words.len() >= REPEATED_WORDS {
                let first = *said.entry(words).or_insert(p.index);
                earlier = earlier.or(Some(first).filter(|&first| first != p.index));
            }
        }
        found.push(whole(reading, p, earlier.map(|first| format!("repeats paragraph {first}"))));
    }
    Finding::of(Signal::SharePrompts, found)
}
