//! The signals of one article, a function each, a file or two a group.
//!
//! A signal asks for two things: a label or a place that fits, and the words that make it so. Labels
//! alone are right seven or eight times in ten for the rarer kinds; words alone are said of others.

mod addresses;
mod affiliates;
mod agencies;
mod anonymous;
mod clauses;
mod clickbait;
mod commerce;
mod contact;
mod content;
mod dates;
mod disclaimers;
mod documents;
mod figures;
mod form;
mod headline;
mod names;
mod notes;
mod opinion;
mod provenance;
mod republication;
mod response;
mod scope;
mod sensational;
mod shouting;
mod sourcing;
mod state_outlet;
#[cfg(test)]
mod tests;
mod topic_break;
mod verbs;

use super::catalogue::Signal;
use super::finding::{Finding, State};
use super::phrases;
use super::reading::Reading;

/// Why words are not looked for in other languages.
const FOREIGN: &str = "the article is not in English";

/// What is found of a signal in an article; `None` for those that need several articles.
///
/// `state_media` names media that the user holds to be a state's, as articles write them.
/// Words are looked for in English only. An article whose language could not be told is taken to be.
#[must_use]
pub fn test(signal: Signal, reading: &Reading<'_>, state_media: &[String]) -> Option<Finding> {
    let is_english = reading.language.is_none_or(|language| language == "en");
    let finding = match signal {
        // What a page says of itself is read in any language.
        Signal::Byline => provenance::byline(reading, is_english),
        Signal::Date => provenance::date(reading, is_english),
        Signal::Policies => notes::policies(reading, is_english),
        Signal::BoilerplateShare => form::boilerplate(reading),
        Signal::SoleStateOutlet if is_english => {
            state_outlet::sole_state_outlet(reading, state_media)
        }
        Signal::SoleStateOutlet => Finding::not_applicable(signal, FOREIGN),
        _ => {
            let test = in_words(signal)?;
            return Some(if is_english {
                test(reading)
            } else {
                Finding::not_applicable(signal, FOREIGN)
            });
        }
    };
    if !is_english && finding.state != State::Present && signal != Signal::BoilerplateShare {
        return Some(Finding::not_applicable(signal, FOREIGN));
    }
    Some(finding)
}

/// The tests that are all about words.
fn in_words(signal: Signal) -> Option<fn(&Reading<'_>) -> Finding> {
    Some(match signal {
        Signal::Dateline => agencies::dateline,
        Signal::AgencyCredit => agencies::agency_credit,
        Signal::Republication => republication::republication,
        Signal::Contact => contact::contact,
        Signal::Correction => notes::correction,
        Signal::AuthorBio => notes::author_bio,
        Signal::Disclosure => notes::disclosure,
        Signal::ResponsibilityDisclaimer => disclaimers::responsibility,
        Signal::FairUseNotice => disclaimers::fair_use,
        Signal::UserGenerated => disclaimers::user_generated,
        Signal::AttributedQuotation => sourcing::attributed,
        Signal::OrphanQuotation => sourcing::orphans,
        Signal::AnonymousSource => anonymous::anonymous,
        Signal::NamedSpeakers => sourcing::named_speakers,
        Signal::ResponseSought => response::response,
        Signal::UnsourcedFigure => figures::unsourced,
        Signal::Documents => documents::documents,
        Signal::SensationalWords => sensational::sensational,
        Signal::Shouting => shouting::shouting,
        Signal::InferredHeadline => headline::inferred,
        Signal::ReportingVerbs => verbs::verbs,
        Signal::Clickbait => clickbait::clickbait,
        Signal::TitleSupport => headline::support,
        Signal::OpinionVoice => opinion::opinion,
        Signal::DonationAppeal => commerce::donation,
        Signal::Advertising => commerce::advertising,
        Signal::SharePrompts => form::prompts,
        Signal::TopicBreak => topic_break::topic_break,
        _ => return None,
    })
}
