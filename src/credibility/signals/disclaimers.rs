//! D1 responsibility declined, D2 fair use claimed, D3 readers or contributors may write here.

use super::phrases::{Table, Words, sorted};
use super::scope::{MAX_HITS, Story, is_foreign, part, sentence_of, whole};
use crate::credibility::catalogue::Signal;
use crate::credibility::finding::Finding;
use crate::credibility::reading::{ReadParagraph, Reading};
use crate::label::{Group, Label};

/// Words that decline responsibility wherever a notice has them.
const DECLINES: Table<70> = sorted([
    "accept no liability",
    "accept no responsibility",
    "accepts no liability",
    "accepts no responsibility",
    "and do not represent",
    "any errors or omissions",
    "are not necessarily those",
    "are not responsible for",
    "are solely those of",
    "are the author's own",
    "are their own",
    "are those of the author",
    "are those of the authors",
    "assume no responsibility",
    "assumes no liability",
    "assumes no responsibility",
    "at your own risk",
    "be held liable",
    "be held responsible for",
    "be liable for",
    "cannot be held",
    "cannot guarantee the accuracy",
    "disclaims any",
    "do not constitute",
    "do not endorse",
    "do not necessarily reflect",
    "do not necessarily represent",
    "do not necessarily state",
    "do not reflect",
    "do not represent",
    "does not accept any",
    "does not accept liability",
    "does not accept responsibility",
    "does not constitute",
    "does not endorse",
    "does not necessarily endorse",
    "does not necessarily reflect",
    "does not necessarily represent",
    "does not represent",
    "does not take responsibility",
    "educational purposes only",
    "entertainment purposes only",
    "for information purposes",
    "for informational purposes",
    "guarantee the accuracy",
    "informational purposes only",
    "is not liable",
    "is not responsible",
    "is not responsible for",
    "makes no warranties",
    "no liability",
    "no representations",
    "no responsibility",
    "no warranties",
    "not a substitute for",
    "not financial advice",
    "not guaranteed as to accuracy",
    "not intended as financial",
    "not intended as legal",
    "not intended as medical",
    "not intended to be",
    "not investment advice",
    "not legal advice",
    "not medical advice",
    "not necessarily reflect",
    "not necessarily represent",
    "opinions are her own",
    "opinions are his own",
    "sole responsibility",
    "without warranty",
]);
/// What a paragraph must speak of besides, where its label is not that of a disclaimer.
const OF_HERE: Table<22> = sorted([
    "any opinions expressed",
    "disclaimer",
    "expressed by contributors",
    "expressed here",
    "expressed herein",
    "expressed in this",
    "information provided",
    "our site",
    "our website",
    "the author's",
    "the opinions expressed",
    "the views and opinions",
    "the views expressed",
    "this article",
    "this blog",
    "this column",
    "this commentary",
    "this content",
    "this post",
    "this report",
    "this site",
    "this website",
]);

/// What others say, and what a shop declines: the course of its business.
const OF_OTHERS: Table<12> = sorted([
    "carriers",
    "comments",
    "delays",
    "delivery",
    "merchandise",
    "orders",
    "our users",
    "refund",
    "refunds",
    "shipment",
    "shipping",
    "text messages",
]);
/// What is said here; goods and houses are not endorsed either.
const SAID: Table<11> = sorted([
    "accuracy",
    "article",
    "content",
    "contents",
    "information",
    "opinion",
    "opinions",
    "statements",
    "view",
    "views",
    "website",
]);

/// D1: a sentence in which the publisher declines responsibility for what is said.
pub(super) fn responsibility(reading: &Reading<'_>) -> Finding {
    let story = Story::of(reading);
    let mut found = Vec::new();
    for p in reading.paragraphs.iter().filter(|p| !is_foreign(p.label) && p.label != Label::Heading)
    {
        let words = p.words();
        let here = || words.has(&OF_HERE);
        let fits = match p.label {
            Label::Disclaimer => true,
            Label::Copyright
            | Label::FairUse
            | Label::EditorialNote
            | Label::AuthorBio
            | Label::Contact
            | Label::Navigation => here(),
            Label::CommentPrompt | Label::SubscribePrompt | Label::Advertisement => here(),
            Label::Body => story.is_none_or(|s| p.index < 2 || s.is_tail(p.index, 2)) && here(),
            _ => false,
        };
        if !fits {
            continue;
        }
        let hit = words.hits(&DECLINES).take(MAX_HITS).find(|hit| {
            // What readers say below is another matter.
            let sentence = Words::of(sentence_of(p, hit.span.start).slice(p.text));
            let endorses = ["endorse", "constitute"].iter().any(|verb| hit.phrase.contains(verb));
            !p.is_quoted(hit.span.start)
                && !sentence.has(&OF_OTHERS)
                && (!endorses
                    || sentence.has(&SAID)
                    || !sentence.has(const { &sorted(["endorse", "endorsement"]) }))
        });
        found.extend(hit.map(|hit| part(reading, p, sentence_of(p, hit.span.start), None)));
    }
    Finding::of(Signal::ResponsibilityDisclaimer, found)
}

/// What a notice of fair use says beside it.
const NOT_AUTHORISED: Table<14> = sorted([
    "authorised by",
    "authorized by",
    "copyright act",
    "copyright holder",
    "copyright holders",
    "copyright law",
    "copyright owner",
    "copyright owners",
    "copyrighted material",
    "copyrighted materials",
    "copyrighted work",
    "section 107",
    "title 17",
    "without profit",
]);

/// D2: `fair use` of what its owner has not authorised.
pub(super) fn fair_use(reading: &Reading<'_>) -> Finding {
    let is_notice = |p: &&ReadParagraph<'_>| {
        if is_foreign(p.label) || p.label == Label::Heading {
            return false;
        }
        let words = p.words();
        if !words.has(const { &sorted(["fair dealing", "fair use"]) })
            || !words.has(&NOT_AUTHORISED)
        {
            return false;
        }
        // A report on a trial speaks of the same things; a notice, of this site's own use.
        p.label != Label::Body
            || words.has(
                const {
                    &sorted([
                        "contains copyrighted",
                        "making such material",
                        "this constitutes",
                        "we believe this",
                    ])
                },
            )
    };
    let found =
        reading.paragraphs.iter().filter(is_notice).map(|p| whole(reading, p, None)).collect();
    Finding::of(Signal::FairUseNotice, found)
}

/// Wording of comment forms.
const FORMS: Table<35> = sorted([
    "add a comment",
    "add comment",
    "add your comment",
    "be the first to comment",
    "click here to comment",
    "comment as",
    "comment on this",
    "email address will not be published",
    "enter your comment",
    "join the conversation",
    "join the discussion",
    "leave a comment",
    "leave a reply",
    "leave comment",
    "leave your comment",
    "log in to comment",
    "log in to post",
    "log in to reply",
    "logged in to comment",
    "logged in to post",
    "login to comment",
    "make a comment",
    "please enter your comment",
    "please enter your name",
    "post a comment",
    "post comment",
    "post your comment",
    "sign in to comment",
    "start the discussion",
    "submit comment",
    "to leave a comment",
    "to post a comment",
    "view comments",
    "write a comment",
    "write a reply",
]);
/// Notices of platforms on which others than the staff write.
const PLATFORMS: Table<16> = sorted([
    "by forbes contributors",
    "community contributor",
    "contributor network",
    "contributor platform",
    "contributors are their own",
    "expressed by contributors",
    "guest contributor",
    "guest post",
    "is a community",
    "not edited by",
    "post was published on the now closed",
    "reader submitted",
    "self publishing platform",
    "user generated",
    "user submitted",
    "written by a member of the",
]);

/// D3: a form for comments, or a notice of a platform for contributors.
pub(super) fn user_generated(reading: &Reading<'_>) -> Finding {
    let hits: Vec<bool> = reading.paragraphs.iter().map(is_form_or_platform).collect();
    let mut found = Vec::new();
    let mut last = None;
    for (n, p) in reading.paragraphs.iter().enumerate().filter(|(n, _)| hits[*n]) {
        // What stands between two lines of a form are its fields.
        let fields = last.map_or(n..n, |last| last + 1..n);
        let between = &reading.paragraphs[fields];
        let is_form = between.len() <= MAX_FIELDS
            && between.iter().all(|field| field.label.group() == Group::Furniture);
        if is_form {
            found.extend(between.iter().map(|field| whole(reading, field, None)));
        }
        found.push(whole(reading, p, None));
        last = Some(n);
    }
    Finding::of(Signal::UserGenerated, found)
}

/// Fields of a form that may stand between two lines that tell it for one.
const MAX_FIELDS: usize = 4;

fn is_form_or_platform(p: &ReadParagraph<'_>) -> bool {
    let words = p.words();
    let hit =
        match p.label {
            Label::CommentPrompt => words.first(&FORMS),
            Label::Disclaimer | Label::EditorialNote | Label::Byline | Label::AuthorBio => {
                words.first(&PLATFORMS)
            }
            Label::Navigation | Label::Heading if words.len() <= 6 => words.first(
                const {
                    &sorted([
                        "leave a comment",
                        "leave a reply",
                        "post a comment",
                        "write a comment",
                    ])
                },
            ),
            _ => None,
        };
    hit.is_some()
}
