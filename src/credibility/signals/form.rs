//! T1 share of boilerplate, T2 prompts to share and to subscribe.

use std::collections::BTreeMap;

use super::phrases::{Words, sorted};
use super::scope::whole;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::Reading;
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
const PROMPTS: [&str; 59] = sorted([
    "all access",
    "already a subscriber",
    "become a member",
    "bluesky",
    "copy link",
    "daily newsletter",
    "delivered",
    "download our app",
    "download the app",
    "email",
    "facebook",
    "flipboard",
    "follow",
    "for free",
    "free trial",
    "get our",
    "get unlimited",
    "in your inbox",
    "instagram",
    "join",
    "like us",
    "link copied",
    "linkedin",
    "log in",
    "login",
    "mail",
    "mailing list",
    "membership",
    "newsletter",
    "newsletters",
    "notifications",
    "pinterest",
    "pocket",
    "print",
    "reddit",
    "register",
    "rss",
    "send",
    "share",
    "shares",
    "sharing",
    "sign in",
    "sign up",
    "signing up",
    "snapchat",
    "stay informed",
    "stay up to date",
    "subscribe",
    "subscriber",
    "subscribers",
    "subscribing",
    "subscription",
    "telegram",
    "threads",
    "tiktok",
    "tweet",
    "twitter",
    "whatsapp",
    "your inbox",
]);

fn asks(text: &str) -> bool {
    let words = Words::of(text);
    words.has(&PROMPTS)
        && !words.has(
            const {
                &sorted([
                    "email marketing",
                    "facebook ads",
                    "facebook reviews",
                    "faqs",
                    "linkedin learning",
                    "password",
                ])
            },
        )
}

/// T2: prompts to share, follow or subscribe; the value names the first prompt that says the same.
pub(super) fn prompts(reading: &Reading<'_>) -> Finding {
    let mut said: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
    let mut found: Vec<Evidence> = Vec::new();
    for p in &reading.paragraphs {
        if !matches!(p.label, Label::SharePrompt | Label::SubscribePrompt) || !asks(p.text) {
            continue;
        }
        let mut earlier = None;
        for sentence in &p.sentences {
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
