//! L1: sensational words, in the story's own words.

use super::phrases::{Hit, Table, Words, sorted};
use super::scope::part;
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::Reading;

/// Words that excite and say little else.
const HYPE: Table<60> = sorted([
    "abomination",
    "absolute insanity",
    "astonishingly",
    "beyond belief",
    "blockbuster revelation",
    "bloodthirsty",
    "bombshell",
    "bone chilling",
    "brainwashed",
    "brainwashing",
    "chilling truth",
    "cold blooded",
    "complete meltdown",
    "corrupt elite",
    "demented",
    "demonic",
    "depraved",
    "deranged",
    "despicable",
    "diabolical",
    "disgraceful",
    "disgusting",
    "disgustingly",
    "earth shattering",
    "explosive new",
    "explosive revelation",
    "eye popping",
    "heart stopping",
    "heinous",
    "horrifyingly",
    "idiotic",
    "idiots",
    "insanely",
    "jaw dropping",
    "lunatic",
    "lunatics",
    "mind blowing",
    "mind boggling",
    "moronic",
    "morons",
    "nightmarish",
    "outrageous",
    "outrageously",
    "pathetic",
    "repulsive",
    "satanic",
    "scandalous",
    "sensationally",
    "shameless",
    "shocking",
    "shockingly",
    "sickening",
    "spine chilling",
    "traitorous",
    "traitors",
    "treasonous",
    "tyrannical",
    "unbelievably",
    "unhinged",
    "vile",
]);
/// Words that excite and may be the plain truth: they count only beside others.
const GRIM: Table<31> = sorted([
    "apocalyptic",
    "appalling",
    "atrocious",
    "barbaric",
    "bloody",
    "brutal",
    "brutally",
    "catastrophic",
    "chilling",
    "crazed",
    "devastating",
    "evil",
    "ghoulish",
    "grotesque",
    "gruesome",
    "hellish",
    "horrendous",
    "horrible",
    "horrific",
    "horrifying",
    "insane",
    "monstrous",
    "nightmare",
    "ruthless",
    "savage",
    "savagely",
    "sinister",
    "slaughter",
    "terrible",
    "terrifying",
    "vicious",
]);
/// So many words, one of the first kind among them,
const MIN_WORDS: usize = 2;
/// and so many hits in 100 words of the story.
const MIN_RATE: f64 = 0.15;

/// L1: sensational words of which the story holds enough to set its tone.
pub(super) fn sensational(reading: &Reading<'_>) -> Finding {
    let (mut found, mut total, mut has_hype) = (Vec::new(), 0, false);
    for p in reading.body() {
        let words = p.words();
        total += words.len();
        if !words.has(&HYPE) && !words.has(&GRIM) {
            continue;
        }
        for place in 0..words.len() {
            let strong = words.phrase_at(place, &HYPE);
            let Some(hit) = strong.or_else(|| words.phrase_at(place, &GRIM)) else { continue };
            // With a capital within a sentence it is part of a name; a lunatic asylum has the name of
            // its time.
            let is_name = is_named(words, hit) || words.is_any(hit.words.1, &["asylum", "asylums"]);
            if p.is_quoted(hit.span.start) || is_name {
                continue;
            }
            has_hype |= strong.is_some();
            found.push(part(reading, p, hit.span, None));
        }
    }
    let rate = 100.0 * found.len() as f64 / total.max(1) as f64;
    if !has_hype || found.len() < MIN_WORDS || rate < MIN_RATE {
        found.clear();
    }
    Finding::of(Signal::SensationalWords, found)
}

fn is_named(words: &Words<'_>, hit: Hit) -> bool {
    let opens = hit.words.0 == 0
        || words.gap(hit.words.0 - 1).contains(['.', '!', '?', ':', '“', '"', '\n']);
    !opens && hit.span.slice(words.text).starts_with(char::is_uppercase)
}
