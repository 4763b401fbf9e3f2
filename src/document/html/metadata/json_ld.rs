//! JSON-LD: which of a page's objects is the article, and what its properties say.
//!
//! Contexts are not expanded: names are taken as schema.org has them, with or without a prefix.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json_text;
use super::json_value::MAX_VALUES;
use super::plain::{plain, shares_words};

type Object = Map<String, Value>;

/// Objects nested deeper in properties than this are not looked at.
const MAX_DEPTH: usize = 8;

/// A page with more objects than this was made to have them.
const MAX_OBJECTS: usize = 10_000;

/// The values of all scripts of a page.
#[derive(Debug, Default)]
pub(super) struct Scripts(Vec<Value>);

impl Scripts {
    pub(super) fn read<'a>(scripts: impl Iterator<Item = &'a str>) -> Self {
        let mut left = MAX_VALUES;
        let mut values = Vec::new();
        for script in scripts {
            values.extend(json_text::values(script, &mut left));
            if left == 0 {
                break;
            }
        }
        Self(values)
    }
}

/// The objects of a page that stand for themselves, and all that can be referred to.
#[derive(Debug, Default)]
pub(super) struct Objects<'a> {
    standing: Vec<&'a Object>,
    by_id: BTreeMap<&'a str, &'a Object>,
    seen: usize,
}

/// What an object is on a page, the more of use the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Other,
    Page,
    Thing,
    Article,
}

/// Kinds that are texts without `Article` in their name.
const TEXTS: [&str; 7] = [
    "BlogPosting",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "Report",
    "Recipe",
    "HowTo",
];

/// Kinds of things that a page can be about.
const THINGS: [&str; 18] = [
    "Product",
    "VideoObject",
    "Event",
    "Question",
    "Course",
    "Book",
    "Movie",
    "JobPosting",
    "SoftwareApplication",
    "PodcastEpisode",
    "Review",
    "Dataset",
    "Service",
    "CreativeWork",
    "MusicRecording",
    "TVEpisode",
    "ProductGroup",
    "AudioObject",
];

impl<'a> Objects<'a> {
    pub(super) fn of(scripts: &'a Scripts) -> Self {
        let mut objects = Self::default();
        for value in &scripts.0 {
            objects.add(value, 0, true);
        }
        objects
    }

    fn add(&mut self, value: &'a Value, depth: usize, stands: bool) {
        if depth > MAX_DEPTH || self.seen >= MAX_OBJECTS {
            return;
        }
        match value {
            Value::Array(values) => {
                for value in values {
                    self.add(value, depth + 1, stands);
                }
            }
            Value::Object(object) => {
                self.seen += 1;
                if stands {
                    self.standing.push(object);
                }
                if let Some(id) = object.get("@id").and_then(Value::as_str)
                    && object.len() > 1
                    && self.by_id.get(id).is_none_or(|known| known.len() < object.len())
                {
                    self.by_id.insert(id, object);
                }
                for (key, value) in object {
                    let stands = match key.as_str() {
                        "@graph" => stands,
                        "mainEntity" | "mainEntityOfPage" => stands && value.is_object(),
                        _ => false,
                    };
                    self.add(value, depth + 1, stands);
                }
            }
            _ => {}
        }
    }

    /// The object that is what the page is about: an article if there is one; among equals, one
    /// whose title shares words with `title`, then the first.
    pub(super) fn main(&self, title: &str) -> Option<&'a Object> {
        let fits = |object: &Object| {
            let name = ["headline", "name"].iter().find_map(|key| first_text(object.get(*key)));
            name.is_some_and(|name| shares_words(&name, title))
        };
        let best = self.standing.iter().map(|object| role(object)).max()?;
        let mut of_role = self.standing.iter().filter(|object| role(object) == best);
        let fitting = of_role.clone().find(|object| fits(object));
        fitting.or_else(|| of_role.next()).copied().filter(|_| best > Role::Other)
    }

    /// The first object that is of a kind, with a property.
    pub(super) fn of_kind(&self, is_kind: impl Fn(&str) -> bool, key: &str) -> Option<&'a Object> {
        let is_it = |object: &Object| kinds(object).any(&is_kind) && object.contains_key(key);
        self.standing.iter().find(|object| is_it(object)).copied()
    }

    /// Follows a reference to an object by its `@id`.
    fn resolve(&self, object: &'a Object) -> &'a Object {
        let id = object.get("@id").and_then(Value::as_str);
        match id.and_then(|id| self.by_id.get(id)) {
            Some(known) if !object.contains_key("name") => known,
            _ => object,
        }
    }

    /// Names of persons or organisations in a property.
    pub(super) fn names(&self, value: Option<&'a Value>) -> Vec<String> {
        let name = |value: &'a Value| match value {
            Value::Object(object) => {
                let object = self.resolve(object);
                let name = object.get("name").map(|name| each(Some(name)));
                name.into_iter().flatten().filter_map(text).collect()
            }
            value => text(value).into_iter().collect::<Vec<_>>(),
        };
        each(value).flat_map(name).collect()
    }

    /// Those of the names in a property that are of organisations.
    pub(super) fn organisations(&self, value: Option<&'a Value>) -> Vec<String> {
        let objects = each(value).filter_map(Value::as_object);
        let objects = objects.map(|object| self.resolve(object));
        let are = objects.filter(|object| kinds(object).any(|kind| kind.ends_with("Organization")));
        are.filter_map(|object| first_text(object.get("name"))).collect()
    }

    /// An organisation that a property names.
    pub(super) fn organisation(&self, value: Option<&'a Value>) -> Option<&'a Object> {
        each(value).find_map(Value::as_object).map(|object| self.resolve(object))
    }
}

/// The values of a property: those of a list one by one. References are not followed.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (listed, single) = match value {
        Some(Value::Array(values)) => (values.as_slice(), None),
        single => (&[][..], single),
    };
    listed.iter().chain(single)
}

/// The kinds of an object, without the vocabulary's address.
pub(super) fn kinds(object: &Object) -> impl Iterator<Item = &str> {
    let kind = object.get("@type");
    let listed = kind.and_then(Value::as_array).into_iter().flatten();
    let kinds = kind.into_iter().chain(listed).filter_map(Value::as_str);
    kinds.map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

fn role(object: &Object) -> Role {
    let role = |kind: &str| {
        if kind.ends_with("Article") || TEXTS.contains(&kind) {
            Role::Article
        } else if THINGS.contains(&kind) {
            Role::Thing
        } else if kind.ends_with("Page") {
            Role::Page
        } else {
            Role::Other
        }
    };
    kinds(object).map(role).max().unwrap_or(Role::Other)
}

/// A text, number, truth value, or the text that an object stands for.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => plain(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        Value::Object(object) => ["@value", "name", "url", "@id"]
            .iter()
            .find_map(|key| object.get(*key).filter(|value| !value.is_object()).and_then(text)),
        _ => None,
    }
}

/// The first text of a property.
pub(super) fn first_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Array(values) => values.iter().find_map(text),
        value => text(value),
    }
}
