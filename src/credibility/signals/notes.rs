//! A2 correction, A3 who the writer is, A4 disclosure, A5 policies.

use super::affiliates::{of_page, paid_links};
use super::dates::dates;
use super::names::{is_no_person, person_at};
use super::phrases::{Table, Words, sorted};
use super::scope::{Story, is_foreign, part, said, sentence_of, whole};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::label::Label;

/// How such notes begin.
const NOTE_STARTS: Table<17> = sorted([
    "clarification",
    "clarifications",
    "correction",
    "corrections",
    "ed note",
    "editor note",
    "editor's comment",
    "editor's note",
    "editorial note",
    "editors note",
    "editors' note",
    "note from the editor",
    "note from the editors",
    "publisher's note",
    "update",
    "updated",
    "updates",
]);
/// What they say of the text at hand.
const NOTE_SAYS: Table<34> = sorted([
    "a previous version of",
    "an earlier version of",
    "an earlier version stated",
    "article has been amended",
    "article has been corrected",
    "article has been updated",
    "article originally said",
    "article was amended on",
    "article was corrected",
    "article was updated",
    "earlier versions of this",
    "has been corrected",
    "has been updated to",
    "has been updated with",
    "piece has been updated",
    "piece was updated",
    "post has been updated",
    "post was updated",
    "report has been updated",
    "story has been amended",
    "story has been corrected",
    "story has been updated",
    "story was amended",
    "story was corrected",
    "story was updated",
    "this article originally stated",
    "this story originally reported",
    "this story originally said",
    "this story originally stated",
    "updated this article",
    "updated this post",
    "updated this story",
    "we updated this",
    "we've updated this",
]);

/// A2: a correction, an update or a note of the editors, in that role.
pub(super) fn correction(reading: &Reading<'_>) -> Finding {
    let story = Story::of(reading);
    let found = reading
        .paragraphs
        .iter()
        .filter(|p| !is_foreign(p.label) && is_note(p, story))
        .map(|p| whole(reading, p, None))
        .collect();
    Finding::of(Signal::Correction, found)
}

fn is_note(p: &ReadParagraph<'_>, story: Option<Story>) -> bool {
    let near =
        story.is_none_or(|s| s.is_above(p.index) || p.index == s.first || s.is_tail(p.index, 4));
    let labelled = matches!(p.label, Label::EditorialNote | Label::Disclaimer);
    let is_byline = p.label == Label::Byline;
    if !(labelled || is_byline || p.label == Label::Body && p.index > 0) {
        return false;
    }
    let words = p.words();
    if words.len() < 5 || words.has(const { &sorted(["affiliate", "commission", "commissions"]) }) {
        return false;
    }
    if let Some(start) = words.phrase_at(0, &NOTE_STARTS) {
        let gap = words.gap(start.words.1 - 1);
        let marked = gap.contains([':', '—', '–', '.', ']'])
            || gap.trim_start().starts_with('-')
            || gap.contains('(')
            // `Editor's note, 3 March 2021: ...`.
            || gap.starts_with(',') && (0..8).any(|at| words.gap(at).contains(':'));
        let dated =
            start.phrase.starts_with("update") && dates(words).len() == 1 && words.len() <= 12;
        // In a byline, an update is a date.
        let fits = !is_byline || !start.phrase.starts_with("update");
        if marked && !dated && fits && (labelled || start.phrase.contains("note") || near) {
            return true;
        }
    }
    let says = words.first(&NOTE_SAYS).filter(|_| !is_byline);
    (labelled || near) && says.is_some_and(|hit| !p.is_quoted(hit.span.start))
}

/// What a writer is, by trade.
const ROLES: [&str; 82] = [
    "activist",
    "adviser",
    "advisor",
    "analyst",
    "anchor",
    "artist",
    "attorney",
    "author",
    "blogger",
    "broadcaster",
    "cartoonist",
    "chair",
    "chef",
    "coach",
    "columnist",
    "commentator",
    "consultant",
    "contributor",
    "correspondent",
    "creator",
    "critic",
    "curator",
    "designer",
    "developer",
    "dietitian",
    "director",
    "doctor",
    "economist",
    "editor",
    "educator",
    "engineer",
    "enthusiast",
    "entrepreneur",
    "essayist",
    "expert",
    "fellow",
    "filmmaker",
    "founder",
    "freelance",
    "freelancer",
    "graduate",
    "head",
    "historian",
    "host",
    "intern",
    "journalist",
    "lawyer",
    "lecturer",
    "manager",
    "marketer",
    "meteorologist",
    "musician",
    "novelist",
    "nurse",
    "nutritionist",
    "officer",
    "owner",
    "photographer",
    "physician",
    "podcaster",
    "poet",
    "pastor",
    "president",
    "producer",
    "professor",
    "psychologist",
    "psychiatrist",
    "reporter",
    "researcher",
    "scholar",
    "scientist",
    "senior",
    "specialist",
    "strategist",
    "student",
    "surgeon",
    "teacher",
    "therapist",
    "translator",
    "veteran",
    "writer",
    "writers",
];
/// Verbs of what a writer does.
const WORKS: Table<14> = sorted([
    "contributes",
    "covers",
    "has been writing",
    "has covered",
    "has reported",
    "has worked",
    "has written",
    "is based in",
    "is the author",
    "joined",
    "reports",
    "specializes in",
    "teaches",
    "writes",
]);

/// A3: `NAME is a reporter` or `I'm a reporter`, in a paragraph about who wrote the text.
pub(super) fn author_bio(reading: &Reading<'_>) -> Finding {
    let found = reading
        .of_label(Label::AuthorBio)
        .filter(|p| is_bio(p))
        .map(|p| {
            let words = p.words();
            // `I'm` is no first name.
            let first = usize::from(words.is_any(0, &["i'm"]));
            let name = (first..words.len().min(4)).find_map(|place| person_at(words, place));
            whole(reading, p, name.map(|(span, _)| span.slice(p.text).to_owned()))
        })
        .collect();
    Finding::of(Signal::AuthorBio, found)
}

fn is_bio(p: &ReadParagraph<'_>) -> bool {
    let words = p.words();
    // `About the author`, `Dr.` may stand before the name.
    let full = (0..words.len().min(4)).find_map(|place| person_at(words, place));
    // Degrees and a nickname may stand between name and verb.
    let verb = full.and_then(|(_, behind)| {
        (behind..words.len().min(behind + 6)).find(|&place| {
            words.is_any(place, &["has", "is", "was"]) || words.phrase_at(place, &WORKS).is_some()
        })
    });
    if verb.is_some_and(|verb| words.phrase_at(verb, &WORKS).is_some()) {
        return true;
    }
    let verb = verb.or_else(|| one_who_is(words));
    verb.is_some_and(|verb| {
        (verb..words.len().min(verb + 16)).any(|place| words.is_any(place, &ROLES))
    })
}

/// The verb behind a first name alone, or in the first person: `Imogen is`, `I'm`, `I am`.
fn one_who_is(words: &Words<'_>) -> Option<usize> {
    let first_person = (0..words.len().min(4)).find(|&place| {
        words.is_any(place, &["i'm"])
            || words.at(place) == "I" && words.is_any(place + 1, &["am", "have"])
    });
    let name = words.at(0);
    let is_name = name.len() >= 3
        && name.starts_with(char::is_uppercase)
        && name[1..].chars().all(char::is_lowercase)
        && !words
            .is_any(0, &["here", "she", "that", "the", "there", "they", "this", "what", "who"])
        && !is_no_person(name);
    first_person.or_else(|| (is_name && words.is_any(1, &["has", "is", "was"])).then_some(1))
}

/// Words that disclose who paid or who has an interest, in a line of small print.
const DISCLOSES: Table<35> = sorted([
    "advertorial",
    "author owns shares",
    "branded content",
    "competing interest",
    "competing interests",
    "conflict of interest",
    "conflicts of interest",
    "disclosure policy",
    "do not own shares",
    "does not own shares",
    "financial support from",
    "full disclosure",
    "funded by",
    "funding for this",
    "funding from",
    "has a position in",
    "has no position in",
    "has positions in",
    "holds shares",
    "is a sponsored",
    "no conflicts",
    "owns no shares",
    "owns shares",
    "paid advertisement",
    "paid content",
    "paid for by",
    "paid partnership",
    "paid post",
    "partner content",
    "receives funding",
    "sponsored by",
    "sponsored content",
    "sponsored post",
    "supported by a grant",
    "was supported by",
]);

/// How a disclosure begins.
const OPENINGS: Table<10> = sorted([
    "advertiser disclosure",
    "advertising disclosure",
    "affiliate disclosure",
    "competing interests",
    "conflict of interest",
    "conflicts of interest",
    "declaration of interest",
    "disclosure",
    "disclosures",
    "full disclosure",
]);
/// Lines that mark an article as paid for.
const MARKED: Table<10> = sorted([
    "advertorial",
    "branded content",
    "paid advertisement",
    "paid content",
    "paid for by",
    "paid partnership",
    "paid post",
    "partner content",
    "sponsored",
    "sponsored content",
]);

/// A4: who paid for the text, or who has an interest in what it says.
pub(super) fn disclosure(reading: &Reading<'_>) -> Finding {
    let story = Story::of(reading);
    let found = reading.paragraphs.iter().filter_map(|p| in_role(reading, p, story)).collect();
    Finding::of(Signal::Disclosure, found)
}

fn in_role(reading: &Reading<'_>, p: &ReadParagraph<'_>, story: Option<Story>) -> Option<Evidence> {
    let words = p.words();
    let opening = words.phrase_at(0, &OPENINGS);
    let hit = match p.label {
        Label::Disclaimer | Label::EditorialNote => paid_links(words)
            .or_else(|| words.first(&DISCLOSES))
            .or(opening.filter(|_| words.len() > 4))?,
        Label::Copyright | Label::AuthorBio | Label::Byline => {
            paid_links(words).or_else(|| words.first(&DISCLOSES))?
        }
        // The article itself is marked at its head; elsewhere such lines are of other pieces.
        Label::Advertisement if words.len() <= 8 => {
            let first = story.filter(|s| p.index < s.first && p.index + 4 >= s.first);
            first.and_then(|_| words.phrase_at(0, &MARKED))?
        }
        Label::Advertisement => paid_links(words)?,
        // Set apart by its first word, or beside the story and of the page itself.
        Label::Body if p.text.len() < 700 => opening
            .filter(|hit| words.gap(hit.words.1 - 1).contains([':', '—', '–']))
            .or_else(|| of_page(story, p))?,
        _ => return None,
    };
    let sentence = sentence_of(p, hit.span.start);
    let words = Words::of(sentence.slice(p.text));
    let denied = words.has(const { &sorted(["not affiliated", "not endorsed"]) })
        || hit.phrase == "sponsored by" && words.has(const { &sorted(["nor", "not"]) });
    (!denied).then(|| part(reading, p, sentence, None))
}

/// Properties of schema.org that name a policy.
const POLICIES: [&str; 11] = [
    "actionableFeedbackPolicy",
    "correctionsPolicy",
    "diversityPolicy",
    "ethicsPolicy",
    "masthead",
    "missionCoveragePrioritiesPolicy",
    "noBylinesPolicy",
    "ownershipFundingInfo",
    "publishingPrinciples",
    "unnamedSourcesPolicy",
    "verificationFactCheckingPolicy",
];
/// Links to policies, as footers name them.
const POLICY_LINKS: Table<15> = sorted([
    "code of ethics",
    "corrections and clarifications",
    "corrections policy",
    "editorial code",
    "editorial guidelines",
    "editorial policies",
    "editorial policy",
    "editorial principles",
    "editorial standards",
    "ethics policy",
    "fact checking policy",
    "journalistic standards",
    "ownership and funding",
    "publishing principles",
    "standards and ethics",
]);

/// A5: policies that the page names.
pub(super) fn policies(reading: &Reading<'_>, is_english: bool) -> Finding {
    let mut found = Vec::new();
    if is_english {
        let is_line = |p: &&ReadParagraph<'_>| !p.label.is_content() && !is_foreign(p.label);
        for p in reading.paragraphs.iter().filter(is_line) {
            let words = p.words();
            found.extend(
                words
                    .first(&POLICY_LINKS)
                    .map(|hit| part(reading, p, hit.span, Some(hit.phrase.to_owned()))),
            );
        }
    }
    if let Some(metadata) = reading.metadata {
        found.extend(POLICIES.iter().filter_map(|&name| {
            let property = metadata.properties.get(name)?;
            Some(said(&property.value, Some(name.to_owned())))
        }));
    } else if found.is_empty() {
        return Finding::unknown(Signal::Policies, "plain text has neither links nor properties");
    }
    Finding::of(Signal::Policies, found)
}
