//! Features of a paragraph's place in its document: position, the neighbours' form, repetition.

use std::collections::HashMap;

use super::own::{features, flag, log1p};
use super::schema::{Declared, FeatureGroup};
use super::topic::{Overlap, Topic};
use crate::kernel::class::Class;
use crate::kernel::scan::Scan;
use crate::kernel::seeded::Seeded;

/// A paragraph's place, gathered for the table below.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// Index from the start and from the end, both counted from 0.
    from_start: u32,
    from_end: u32,
    /// Share of the document's words that stand before it.
    words_before: f32,
    /// Paragraphs since the last prose paragraph and until the next; `None` where there is none.
    since_prose: Option<u32>,
    until_prose: Option<u32>,
    /// Short lines in one run with it, itself included.
    short_run: u32,
    previous: Form,
    this: Form,
    next: Form,
    /// Other paragraphs of the document with the same wording, and how many of them before it.
    same_wording: u32,
    same_wording_before: u32,
    /// Other paragraphs of the document with the same first two words.
    same_opening: u32,
    short_line: bool,
    overlap: Overlap,
}

/// A paragraph's form, as its neighbours see it.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    exists: bool,
    log_words: f32,
    stop: bool,
    colon: bool,
    prose: bool,
}

/// What of a paragraph the places of all paragraphs are computed from; small, since a document can
/// have millions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brief {
    words: u32,
    form: Form,
    short_line: bool,
    wording: u64,
    opening: u64,
}

impl Brief {
    pub(super) fn of(scan: &Scan) -> Self {
        Self {
            words: scan.words,
            form: Form {
                exists: true,
                log_words: scan.log_words,
                stop: scan.ends_with_stop(),
                colon: scan.terminal == Class::Colon,
                prose: scan.is_prose(),
            },
            short_line: scan.is_short_line(),
            wording: scan.wording,
            opening: scan.opening,
        }
    }
}

impl Brief {
    pub(super) fn log_words(&self) -> f32 {
        self.form.log_words
    }
}

/// The places of all paragraphs, in time linear in their number.
pub(super) fn places(briefs: &[Brief], topic: &Topic) -> Vec<Place> {
    let n = briefs.len();
    let total: u32 = briefs.iter().map(|b| b.words).sum();
    let mut places = vec![Place::default(); n];
    let hasher = Seeded::default();
    let mut wording: HashMap<u64, u32, Seeded> = HashMap::with_capacity_and_hasher(n, hasher);
    let mut opening: HashMap<u64, u32, Seeded> = HashMap::with_capacity_and_hasher(n, hasher);
    let (mut words, mut prose) = (0u32, None);
    for (i, (place, brief)) in places.iter_mut().zip(briefs).enumerate() {
        place.from_start = i as u32;
        place.from_end = (n - 1 - i) as u32;
        place.words_before = words as f32 / total.max(1) as f32;
        words += brief.words;
        place.this = brief.form;
        place.previous = i.checked_sub(1).map_or(Form::default(), |p| briefs[p].form);
        place.next = briefs.get(i + 1).map(|b| b.form).unwrap_or_default();
        place.since_prose = prose.map(|p: usize| (i - p) as u32);
        if brief.form.prose {
            prose = Some(i);
        }
        let seen = wording.entry(brief.wording).or_default();
        place.same_wording_before = *seen;
        *seen += 1;
        *opening.entry(brief.opening).or_default() += 1;
    }
    let mut prose = None;
    for (i, (place, brief)) in places.iter_mut().zip(briefs).enumerate().rev() {
        place.until_prose = prose.map(|p: usize| (p - i) as u32);
        if brief.form.prose {
            prose = Some(i);
        }
        place.same_wording = wording[&brief.wording] - 1;
        place.same_opening = opening[&brief.opening] - 1;
    }
    short_runs(briefs, &mut places);
    let overlaps = topic.overlaps(|index| briefs[index].form.prose);
    for ((place, brief), overlap) in places.iter_mut().zip(briefs).zip(overlaps) {
        place.short_line = brief.short_line;
        place.overlap = overlap;
    }
    places
}

fn short_runs(briefs: &[Brief], places: &mut [Place]) {
    let mut start = 0;
    while start < briefs.len() {
        let run = briefs[start..].iter().take_while(|b| b.short_line).count();
        for place in &mut places[start..start + run] {
            place.short_run = run as u32;
        }
        start += run.max(1);
    }
}

/// Distance in paragraphs as ln(1 + distance); `missing` where there is none.
fn distance(to: Option<u32>, missing: f32) -> f32 {
    to.map_or(missing, log1p)
}

/// What stands for "no prose on this side": farther than ln(1 + 50) paragraphs.
const NO_PROSE: f32 = 4.0;

features! { FEATURES, fill(p: Place);
    from_start, Position, "1 / (1 + paragraphs before)" => 1.0 / (1.0 + p.from_start as f32);
    from_end, Position, "1 / (1 + paragraphs after)" => 1.0 / (1.0 + p.from_end as f32);
    log_from_start, Position, "ln(1 + paragraphs before)" => log1p(p.from_start);
    log_from_end, Position, "ln(1 + paragraphs after)" => log1p(p.from_end);
    fraction, Position, "paragraphs before, of all others"
        => p.from_start as f32 / (p.from_start + p.from_end).max(1) as f32;
    words_before, Position, "share of the document's words before it" => p.words_before;
    first, Position, "1 for the first paragraph" => flag(p.from_start == 0);
    last, Position, "1 for the last paragraph" => flag(p.from_end == 0);
    before_prose, Position, "1 if no prose stands before it"
        => flag(p.since_prose.is_none() && p.until_prose.is_some());
    after_prose, Position, "1 if no prose stands after it"
        => flag(p.until_prose.is_none() && p.since_prose.is_some());
    amid_prose, Position, "1 if prose stands before and after it"
        => flag(p.until_prose.is_some() && p.since_prose.is_some());
    since_prose, Position, "ln(1 + paragraphs since the last prose), 4 if none"
        => distance(p.since_prose, NO_PROSE);
    until_prose, Position, "ln(1 + paragraphs until the next prose), 4 if none"
        => distance(p.until_prose, NO_PROSE);
    short_run, Position, "ln(1 + short lines in one run with it)" => log1p(p.short_run);
    previous_length, Position, "ln(1 + words) of the paragraph before" => p.previous.log_words;
    next_length, Position, "ln(1 + words) of the paragraph after" => p.next.log_words;
    previous_stop, Position, "1 if the paragraph before ends a sentence" => flag(p.previous.stop);
    next_stop, Position, "1 if the paragraph after ends a sentence" => flag(p.next.stop);
    previous_colon, Position, "1 if the paragraph before ends in a colon" => flag(p.previous.colon);
    previous_prose, Position, "1 if the paragraph before is prose" => flag(p.previous.prose);
    next_prose, Position, "1 if the paragraph after is prose" => flag(p.next.prose);
    heads_prose, Position, "1 for a paragraph without a stop right before prose"
        => flag(!p.this.stop && p.next.prose);
    like_previous, Position, "difference in ln(1 + words) to the paragraph before, at most 3"
        => if p.previous.exists { (p.this.log_words - p.previous.log_words).abs().min(3.0) } else { 3.0 };
    like_next, Position, "difference in ln(1 + words) to the paragraph after, at most 3"
        => if p.next.exists { (p.this.log_words - p.next.log_words).abs().min(3.0) } else { 3.0 };
    same_wording, Repetition, "ln(1 + other paragraphs with the same wording)" => log1p(p.same_wording);
    seen_wording, Repetition, "1 if the same wording stood before" => flag(p.same_wording_before > 0);
    same_opening, Repetition, "ln(1 + other paragraphs with the same first two words)"
        => log1p(p.same_opening);
    topic_short, Topic, "in a short line: words that other prose shares, of all + 2"
        => if p.short_line { p.overlap.shared_ratio() } else { 0.0 };
    topic_long, Topic, "in a longer paragraph: words that other prose shares, of all + 2"
        => if p.short_line { 0.0 } else { p.overlap.shared_ratio() };
    topic_short_weight, Topic, "in a short line: mean of ln(1 + occurrences in other prose)"
        => if p.short_line { p.overlap.mean_log_occurrences() } else { 0.0 };
    topic_long_weight, Topic, "in a longer paragraph: mean of ln(1 + occurrences in other prose)"
        => if p.short_line { 0.0 } else { p.overlap.mean_log_occurrences() };
    off_topic_short, Topic, "in a short line: ln(1 + words that no other prose shares)"
        => if p.short_line { log1p(p.overlap.words - p.overlap.shared) } else { 0.0 };
    off_topic_long, Topic, "in a longer paragraph: ln(1 + words that no other prose shares)"
        => if p.short_line { 0.0 } else { log1p(p.overlap.words - p.overlap.shared) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::scan::Scanner;
    use crate::kernel::table::CueTable;

    #[test]
    fn places_count_from_both_ends_and_see_prose_runs_and_repeats() {
        let prose = "One two three four five six seven eight nine ten eleven twelve thirteen \
                     fourteen fifteen sixteen seventeen eighteen nineteen twenty.";
        let table = CueTable::new([], Vec::new());
        let texts = ["Share this", prose, "Share this", "Read more", prose, "Bye"];
        let mut topic = Topic::default();
        let mut brief = |text: &&str| {
            let scan = Scanner::new(&table).scan(text, &mut topic);
            topic.end_paragraph();
            Brief::of(&scan)
        };
        let briefs: Vec<Brief> = texts.iter().map(&mut brief).collect();
        let places = places(&briefs, &topic);
        assert_eq!((places[0].from_start, places[0].from_end), (0, 5));
        assert_eq!(places[0].since_prose, None);
        assert_eq!(places[0].until_prose, Some(1));
        assert_eq!((places[3].since_prose, places[3].until_prose), (Some(2), Some(1)));
        assert_eq!((places[5].since_prose, places[5].until_prose), (Some(1), None));
        assert_eq!((places[2].short_run, places[5].short_run), (2, 1));
        assert_eq!((places[2].same_wording, places[2].same_wording_before), (1, 1));
        assert_eq!((places[0].same_wording, places[0].same_wording_before), (1, 0));
        assert!((places[2].words_before - 22.0 / 47.0).abs() < 1e-6);
        assert!(super::places(&[], &Topic::default()).is_empty());
    }
}
