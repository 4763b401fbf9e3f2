//! The catalogue: forty signals in eight groups, what each means and how it can mislead.
//!
//! What people look for in news, as collected by the W3C's reviewed credibility signals, schema.org's
//! `NewsArticle` and `NewsMediaOrganization`, The Trust Project's indicators, the Journalism Trust
//! Initiative (CWA 17493:2019), Zhang et al. 2018, Horne and Adali 2017 and Baly et al. 2018.

use std::fmt;

use serde::{Serialize, Serializer};

/// What a signal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Where an article comes from.
    Provenance,
    /// Who answers for it.
    Accountability,
    /// What its publisher does not answer for.
    Disclaimers,
    /// Whose statements it reports.
    Sourcing,
    /// How it speaks.
    Language,
    /// What it sells.
    Commerce,
    /// What it is made of.
    Form,
    /// What it has in common with other articles.
    Across,
}

impl Group {
    /// Every group, in the catalogue's order.
    pub const ALL: [Self; 8] = [
        Self::Provenance,
        Self::Accountability,
        Self::Disclaimers,
        Self::Sourcing,
        Self::Language,
        Self::Commerce,
        Self::Form,
        Self::Across,
    ];

    /// The group's name as it stands in records: `provenance`, ...
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provenance => "provenance",
            Self::Accountability => "accountability",
            Self::Disclaimers => "disclaimers",
            Self::Sourcing => "sourcing",
            Self::Language => "language",
            Self::Commerce => "commerce",
            Self::Form => "form",
            Self::Across => "across",
        }
    }

    /// Where the group is shown.
    #[must_use]
    pub fn block(self) -> Block {
        match self {
            Self::Provenance | Self::Accountability | Self::Disclaimers => Block::Publisher,
            Self::Sourcing | Self::Language | Self::Commerce | Self::Form => Block::Text,
            Self::Across => Block::Across,
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The blocks of a report, kept apart since they are evidence of different things. A fourth holds
/// ratings that the user supplies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// What the text is like.
    Text,
    /// What the publisher says of itself.
    Publisher,
    /// What several articles have in common.
    Across,
}

/// What a signal says of professional norms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A norm is met.
    Met,
    /// A norm is broken; weak on its own.
    Broken,
    /// Neither: good to know.
    Context,
}

/// Whether a signal is shown unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Right at least nine times in ten when people judged it, or sure by its definition.
    Firm,
    /// Not yet shown to be.
    Experimental,
}

/// What the catalogue says of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// `P1`, `A2`, ...
    pub id: &'static str,
    /// The name in records: `byline`, ...
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// What it says of norms.
    pub direction: Direction,
    /// Whether it is shown unasked.
    pub standing: Standing,
    /// What it means if present.
    pub meaning: &'static str,
    /// When it misleads.
    pub caveat: &'static str,
}

/// A signal. The discriminant is its place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "the catalogue below says what each is")]
pub enum Signal {
    Byline,
    Dateline,
    Date,
    AgencyCredit,
    Republication,
    Contact,
    Correction,
    AuthorBio,
    Disclosure,
    Policies,
    ResponsibilityDisclaimer,
    FairUseNotice,
    UserGenerated,
    AttributedQuotation,
    OrphanQuotation,
    AnonymousSource,
    SoleStateOutlet,
    NamedSpeakers,
    ResponseSought,
    UnsourcedFigure,
    Documents,
    SensationalWords,
    Shouting,
    InferredHeadline,
    ReportingVerbs,
    Clickbait,
    TitleSupport,
    OpinionVoice,
    DonationAppeal,
    Advertising,
    BoilerplateShare,
    SharePrompts,
    TopicBreak,
    SharedQuotation,
    SharedText,
    AttributionLost,
    Corroboration,
    Conflict,
    SingleAccount,
    StoryMembership,
}

impl Signal {
    /// Number of signals.
    pub const COUNT: usize = CATALOGUE.len();

    /// Every signal, in the catalogue's order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Byline,
        Self::Dateline,
        Self::Date,
        Self::AgencyCredit,
        Self::Republication,
        Self::Contact,
        Self::Correction,
        Self::AuthorBio,
        Self::Disclosure,
        Self::Policies,
        Self::ResponsibilityDisclaimer,
        Self::FairUseNotice,
        Self::UserGenerated,
        Self::AttributedQuotation,
        Self::OrphanQuotation,
        Self::AnonymousSource,
        Self::SoleStateOutlet,
        Self::NamedSpeakers,
        Self::ResponseSought,
        Self::UnsourcedFigure,
        Self::Documents,
        Self::SensationalWords,
        Self::Shouting,
        Self::InferredHeadline,
        Self::ReportingVerbs,
        Self::Clickbait,
        Self::TitleSupport,
        Self::OpinionVoice,
        Self::DonationAppeal,
        Self::Advertising,
        Self::BoilerplateShare,
        Self::SharePrompts,
        Self::TopicBreak,
        Self::SharedQuotation,
        Self::SharedText,
        Self::AttributionLost,
        Self::Corroboration,
        Self::Conflict,
        Self::SingleAccount,
        Self::StoryMembership,
    ];

    /// What the catalogue says of it.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &CATALOGUE[self as usize]
    }

    /// `P1`, `A2`, ...
    #[must_use]
    pub fn id(self) -> &'static str {
        self.entry().id
    }
}

impl Serialize for Signal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

use Direction::{Broken, Context, Met};
use Group::{Accountability, Across, Commerce, Disclaimers, Form, Language, Provenance, Sourcing};

#[rustfmt::skip] // a line an entry and its sentences
const CATALOGUE: [Entry; 40] = [
    firm("P1", "byline", Provenance, Met,
        "The article names who wrote it.",
        "Agencies and some papers name nobody by custom, and names can be invented."),
    firm("P2", "dateline", Provenance, Context,
        "It begins with the place that it was reported from.",
        "A dateline is copied along with a text."),
    firm("P3", "date", Provenance, Met,
        "It says when it was published; a weekday or \"today\" alone does not tell.",
        "Extraction often loses the date."),
    trial("P4", "agency_credit", Provenance, Context,
        "It credits a news agency, not only mentions one.",
        "A credit may be false, or be left when a text was rewritten."),
    firm("P5", "republication", Provenance, Context,
        "It says that it was first published elsewhere, or may be republished.",
        "The standing of the origin is not that of the host."),
    firm("A1", "contact", Accountability, Met,
        "It says how to reach the publisher.",
        "Addresses are easily made up, and often hidden from machines."),
    firm("A2", "correction", Accountability, Met,
        "It carries a correction, an update or a note of its editors.",
        "Publishers who own up to errors show more of them."),
    firm("A3", "author_bio", Accountability, Met,
        "It says who its writer is.",
        "Credentials can be invented."),
    firm("A4", "disclosure", Accountability, Met,
        "It discloses who paid for it, or an interest in it.",
        "That nothing is disclosed proves nothing."),
    firm("A5", "policies", Accountability, Met,
        "The page names its publisher's policies, such as for corrections or ethics.",
        "A policy may be a text that nobody follows; plain text cannot show it."),
    firm("D1", "responsibility_disclaimer", Disclaimers, Context,
        "The publisher declines responsibility for what is said.",
        "Usual on opinion pieces and where others' work is collected."),
    firm("D2", "fair_use_notice", Disclaimers, Context,
        "It claims fair use of material that its owner has not authorised.",
        "Sites that rate others carry the same notice."),
    firm("D3", "user_generated", Disclaimers, Context,
        "Readers or contributors may write here: a comment form, a notice of a platform.",
        "A comment form does not mean that readers wrote the article."),
    firm("Q1", "attributed_quotation", Sourcing, Met,
        "Someone is quoted, and it is said who.",
        "Who is quoted may lie."),
    trial("Q2", "orphan_quotation", Sourcing, Broken,
        "Four words or more are quoted, and nobody is named for them nearby.",
        "Titles of works and words held at a distance are quoted too."),
    firm("Q3", "anonymous_source", Sourcing, Context,
        "A source is not named.",
        "Sources in war and security have reason not to be named."),
    trial("Q4", "sole_state_outlet", Sourcing, Context,
        "All that is attributed goes back to one speaker on a medium that the article calls the state's.",
        "The broadcast may be the event itself."),
    firm("Q5", "named_speakers", Sourcing, Met,
        "Persons with names make statements.",
        "Many voices of one side are no breadth."),
    firm("Q6", "response_sought", Sourcing, Met,
        "Those accused reply, or are said to have been asked.",
        "Early reports have had no time to ask."),
    trial("Q7", "unsourced_figure", Sourcing, Broken,
        "A figure stands without a source in its paragraph and the ones beside it.",
        "Common knowledge needs no source."),
    firm("Q8", "documents", Sourcing, Met,
        "A study, a record or a page elsewhere is pointed to.",
        "Publishers link to themselves; plain text has lost its links."),
    trial("L1", "sensational_words", Language, Broken,
        "Words that excite, outside quotations.",
        "Atrocities are real, and sports pages write so."),
    firm("L2", "shouting", Language, Broken,
        "Words in capitals or exclamation marks, outside quotations.",
        "Headlines may be set in capitals."),
    trial("L3", "inferred_headline", Language, Context,
        "What the title says, the article only infers from hints.",
        "Sound analysis infers too."),
    trial("L4", "reporting_verbs", Language, Context,
        "How statements are reported: revealed, admitted or boasted rather than said; claimed and alleged apart.",
        "\"Claimed\" is often the right caution."),
    trial("L5", "clickbait", Language, Broken,
        "The title withholds what it promises.",
        "Reputable tabloids do so."),
    trial("L6", "title_support", Language, Context,
        "How much of the title stands in the article.",
        "The article may say it in other words."),
    trial("L7", "opinion_voice", Language, Context,
        "The writer speaks as I or we, and says what should be.",
        "Opinion that is labelled so is meant to."),
    firm("C1", "donation_appeal", Commerce, Context,
        "Readers are asked for money.",
        "So do non-profit newsrooms of quality."),
    firm("C2", "advertising", Commerce, Context,
        "Advertisements, sponsored or affiliate pieces stand amid the text.",
        "Extraction removes most of them."),
    firm("T1", "boilerplate_share", Form, Context,
        "The share of words that are not the article's own.",
        "It depends on how the text was extracted."),
    firm("T2", "share_prompts", Form, Context,
        "Prompts to share, follow or subscribe.",
        "Everybody has them."),
    trial("T3", "topic_break", Form, Context,
        "The last paragraphs share no names with the first ones.",
        "Background is often put last."),
    firm("X1", "shared_quotation", Across, Context,
        "Two articles quote the same words: one origin, however many repeat it.",
        "True reports of one event quote alike."),
    firm("X2", "shared_text", Across, Broken,
        "Two articles share sentences outside quotations, and neither credits the other.",
        "Both may have them from one agency; who came first cannot be told."),
    trial("X3", "attribution_lost", Across, Broken,
        "What one article attributes, another states as a fact.",
        "The attribution may stand a paragraph earlier."),
    trial("X4", "corroboration", Across, Met,
        "Two articles say the same from different named sources and share no text.",
        "Both may have one origin that neither names."),
    firm("X5", "conflict", Across, Context,
        "Two articles say the same with another day, number or channel.",
        "They may mean two events, two time zones, or round differently."),
    trial("X6", "single_account", Across, Context,
        "Only one of the articles says it.",
        "Someone must be first."),
    firm("X7", "story_membership", Across, Context,
        "Whether two articles tell the same story, by words and statements they share.",
        "The same story told in other words shares little."),
];

const fn firm(
    id: &'static str,
    name: &'static str,
    group: Group,
    direction: Direction,
    meaning: &'static str,
    caveat: &'static str,
) -> Entry {
    Entry { id, name, group, direction, standing: Standing::Firm, meaning, caveat }
}

const fn trial(
    id: &'static str,
    name: &'static str,
    group: Group,
    direction: Direction,
    meaning: &'static str,
    caveat: &'static str,
) -> Entry {
    let entry = firm(id, name, group, direction, meaning, caveat);
    Entry { standing: Standing::Experimental, ..entry }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_stands_in_the_order_of_the_signals() {
        for (place, signal) in Signal::ALL.into_iter().enumerate() {
            assert_eq!(signal as usize, place);
            let name: String = format!("{signal:?}").to_lowercase();
            assert_eq!(name, signal.entry().name.replace('_', ""));
        }
    }

    #[test]
    fn ids_are_a_letter_for_the_group_and_count_within_it() {
        let mut expected = Vec::new();
        for group in Group::ALL {
            let of_group = Signal::ALL.into_iter().filter(|s| s.entry().group == group).count();
            let letter = match group {
                Group::Across => 'X',
                Group::Sourcing => 'Q',
                Group::Form => 'T',
                _ => group.as_str().chars().next().unwrap().to_ascii_uppercase(),
            };
            expected.extend((1..=of_group).map(|n| format!("{letter}{n}")));
        }
        let ids: Vec<_> = Signal::ALL.into_iter().map(Signal::id).collect();
        assert_eq!(ids, expected);
    }
}
