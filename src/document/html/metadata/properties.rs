//! Properties of `NewsArticle` and `NewsMediaOrganization` that say how a publisher accounts for
//! its work.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json_ld::{Objects, first_text};
use super::{Origin, Property};

/// Properties of the article.
const OF_ARTICLE: [&str; 14] = [
    "acquireLicensePage",
    "backstory",
    "copyrightHolder",
    "copyrightNotice",
    "copyrightYear",
    "correction",
    "creditText",
    "dateline",
    "editor",
    "isAccessibleForFree",
    "isBasedOn",
    "license",
    "sponsor",
    "usageInfo",
];

/// Properties of the publisher, which the article can have as well.
const OF_PUBLISHER: [&str; 13] = [
    "actionableFeedbackPolicy",
    "correctionsPolicy",
    "diversityPolicy",
    "diversityStaffingReport",
    "ethicsPolicy",
    "foundingDate",
    "masthead",
    "missionCoveragePrioritiesPolicy",
    "noBylinesPolicy",
    "ownershipFundingInfo",
    "publishingPrinciples",
    "unnamedSourcesPolicy",
    "verificationFactCheckingPolicy",
];

/// The properties that the objects have, the article's own before the publisher's.
pub(super) fn properties<'a>(
    objects: &Objects<'a>,
    article: Option<&'a Map<String, Value>>,
    publisher: Option<&'a Map<String, Value>>,
) -> BTreeMap<&'static str, Property<String>> {
    let mut found = BTreeMap::new();
    let mut add = |object: &'a Map<String, Value>, names: &[&'static str]| {
        for &name in names {
            let Some(value) = object.get(name) else { continue };
            let names = objects.names(Some(value)).join(", ");
            let value = if names.is_empty() { first_text(Some(value)) } else { Some(names) };
            if let Some(value) = value {
                found.entry(name).or_insert(Property { value, origin: Origin::JsonLd });
            }
        }
    };
    if let Some(article) = article {
        add(article, &OF_ARTICLE);
    }
    for object in [article, publisher].into_iter().flatten() {
        add(object, &OF_PUBLISHER);
    }
    found
}
