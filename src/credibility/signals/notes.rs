//! A2 correction, A3 who the writer is, A4 disclosure, A5 policies.

use super::dates::dates;
use super::names::person_at;
use super::phrases::{Words, sorted};
use super::scope::{Story, is_foreign, part, said, sentence_of, whole};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::{Evidence, Finding};
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::label::Label;

/// How such notes begin.
const NOTE_STARTS: [&str; 17] = sorted([
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
const NOTE_SAYS: [&str; 29] = sorted([
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
    let near = story.is_none_or(|s| s.is_above(p.index) || s.is_tail(p.index, 4));
    let labelled = matches!(p.label, Label::EditorialNote | Label::Disclaimer);
    if !(labelled || p.label == Label::Body && p.index > 0) {
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
            || gap.contains('(');
        let dated =
            start.phrase.starts_with("update") && dates(words).len() == 1 && words.len() <= 12;
        if marked && !dated && (labelled || start.phrase.contains("note") || near) {
            return true;
        }
    }
    let says = words.first(&NOTE_SAYS);
    (labelled || near) && says.is_some_and(|hit| !p.is_quoted(hit.span.start))
}

/// What a writer is, by trade.
const ROLES: [&str; 60] = [
    "activist",
    "adviser",
    "analyst",
    "anchor",
    "attorney",
    "author",
    "blogger",
    "chair",
    "chef",
    "columnist",
    "commentator",
    "consultant",
    "contributor",
    "correspondent",
    "creator",
    "critic",
    "dietitian",
    "director",
    "doctor",
    "economist",
    "editor",
    "engineer",
    "essayist",
    "expert",
    "fellow",
    "filmmaker",
    "founder",
    "freelance",
    "freelancer",
    "graduate",
    "historian",
    "host",
    "intern",
    "journalist",
    "lawyer",
    "lecturer",
    "manager",
    "novelist",
    "nurse",
    "photographer",
    "physician",
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
    "therapist",
    "veteran",
    "writer",
    "writers",
];
/// Verbs of what a writer does.
const WORKS: [&str; 14] = sorted([
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

/// A3: `NAME is a reporter`, in a paragraph about who wrote the text.
pub(super) fn author_bio(reading: &Reading<'_>) -> Finding {
    let found = reading
        .of_label(Label::AuthorBio)
        .filter(|p| is_bio(p))
        .map(|p| {
            let words = p.words();
            let name = (0..words.len().min(4)).find_map(|place| person_at(words, place));
            whole(reading, p, name.map(|(span, _)| span.slice(p.text).to_owned()))
        })
        .collect();
    Finding::of(Signal::AuthorBio, found)
}

fn is_bio(p: &ReadParagraph<'_>) -> bool {
    let words = p.words();
    // `About the author`, `Dr.` may stand before the name.
    let Some((_, behind)) = (0..words.len().min(4)).find_map(|place| person_at(words, place))
    else {
        return false;
    };
    // Degrees and a nickname may stand between name and verb.
    let verb = (behind..words.len().min(behind + 6)).find(|&place| {
        words.is_any(place, &["is", "was"]) || words.phrase_at(place, &WORKS).is_some()
    });
    let Some(verb) = verb else { return false };
    let near = verb..words.len().min(verb + 16);
    words.phrase_at(verb, &WORKS).is_some() || near.clone().any(|place| words.is_any(place, &ROLES))
}

/// Words that disclose who paid or who has an interest, in a line of small print.
const DISCLOSES: [&str; 57] = sorted([
    "a small commission",
    "advertorial",
    "affiliate commission",
    "affiliate commissions",
    "affiliate link",
    "affiliate links",
    "affiliate partner",
    "affiliate partners",
    "affiliate partnerships",
    "affiliate program",
    "affiliates program",
    "amazon associate",
    "author owns shares",
    "branded content",
    "commission from",
    "commission if",
    "commission when",
    "commissions from",
    "competing interest",
    "competing interests",
    "conflict of interest",
    "conflicts of interest",
    "disclosure policy",
    "do not own shares",
    "does not own shares",
    "earn a commission",
    "earn a small commission",
    "earn an affiliate",
    "earn commission",
    "earn from qualifying",
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
    "receive a commission",
    "receive compensation",
    "receives funding",
    "sponsored by",
    "sponsored content",
    "sponsored post",
    "supported by a grant",
    "was supported by",
]);

/// How a disclosure begins.
const OPENINGS: [&str; 10] = sorted([
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
const MARKED: [&str; 10] = sorted([
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
/// What an advertisement says of links that are paid for.
const EARNS: [&str; 5] = sorted([
    "affiliate links",
    "earn a commission",
    "earn commission",
    "receive a commission",
    "receive compensation",
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
        Label::Disclaimer | Label::EditorialNote => {
            words.first(&DISCLOSES).or(opening.filter(|_| words.len() > 4))?
        }
        Label::Copyright | Label::AuthorBio | Label::Byline => words.first(&DISCLOSES)?,
        // The article itself is marked at its head; elsewhere such lines are of other pieces.
        Label::Advertisement if words.len() <= 8 => {
            let first = story.filter(|s| p.index < s.first && p.index + 4 >= s.first);
            first.and_then(|_| words.phrase_at(0, &MARKED))?
        }
        Label::Advertisement => words.first(&EARNS)?,
        // Set apart by its first word.
        Label::Body if p.text.len() < 700 => {
            opening.filter(|hit| words.gap(hit.words.1 - 1).contains([':', '—', '–']))?
        }
        _ => return None,
    };
    let sentence = sentence_of(p, hit.span.start);
    let denied = Words::of(sentence.slice(p.text))
        .has(const { &sorted(["not affiliated", "not endorsed"]) });
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
const POLICY_LINKS: [&str; 15] = sorted([
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
