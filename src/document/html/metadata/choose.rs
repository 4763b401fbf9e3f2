//! The best of what the places of a page say.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::Page;
use super::super::token::Attributes;
use super::authors::Names;
use super::json_ld::{Objects, Scripts, first_text, kinds};
use super::meta::Metas;
use super::plain::{folded, has_tags, plain, without_tags};
use super::title::Titles;
use super::{Metadata, Origin, Property, date, marked, properties};

const TITLE: [&str; 8] = [
    "twitter:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "title",
    "headline",
];

/// So many marked names in one block belong together.
const MAX_BESIDE: usize = 16;

const AUTHOR: [&str; 13] = [
    "citation_author",
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.name",
    "byl",
    "cxenseparse:author",
    "creator",
];

const PUBLISHED: [&str; 28] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "publishdate",
    "published_time",
    "pubdate",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "article.published",
    "date",
    "datecreated",
    "article:post_date",
];

const MODIFIED: [&str; 11] = [
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "article.updated",
    "revised",
];

/// What the page says of itself.
pub(super) fn choose(page: &Page) -> Metadata {
    let scripts = Scripts::read(page.collected.scripts());
    let objects = Objects::of(&scripts);
    let metas = Metas::read(&page.collected);
    let og_title = metas.first(&["og:title"]);
    let known = og_title.as_ref().map(|title| title.value.as_str()).or(page.title.as_deref());
    let main = objects.main(known.unwrap_or_default());
    Chooser { page, objects, metas, main }.choose(og_title)
}

struct Chooser<'a> {
    page: &'a Page,
    objects: Objects<'a>,
    metas: Metas,
    /// The object of JSON-LD that is what the page is about.
    main: Option<&'a Map<String, Value>>,
}

impl Chooser<'_> {
    fn choose(&self, og_title: Option<Property<String>>) -> Metadata {
        let publisher = self.publisher();
        let site_name = self.site_name();
        let canonical_url = self.canonical_url();
        let titles = self.titles(og_title, [&publisher, &site_name], canonical_url.as_ref());
        let title = titles.choose(self.page);
        let block = title.as_ref().and_then(|title| self.page.title_block(&title.value));
        Metadata {
            title_block: block,
            authors: self.authors(block, &titles.site_names),
            published: self.published(block, canonical_url.as_ref()),
            modified: self.modified(block),
            language: self.language(),
            section: self
                .said("articleSection", &["article:section", "parsely-section", "section"]),
            description: self.description(),
            kind: self.kind(),
            article_body: self.article_body(),
            properties: properties::properties(&self.objects, self.main, self.organisation()),
            title,
            site_name,
            canonical_url,
            publisher,
        }
    }

    /// What the page says of its title, given the names of its site and its address.
    fn titles(
        &self,
        og_title: Option<Property<String>>,
        names: [&Option<Property<String>>; 2],
        address: Option<&Property<String>>,
    ) -> Titles<'_> {
        let names = names.into_iter().flatten();
        let mut site_names: Vec<String> = names.map(|name| name.value.clone()).collect();
        let host = address.and_then(|url| site_of(&url.value));
        site_names.extend(host.map(str::to_owned));
        Titles {
            headline: self.main_text("headline").or_else(|| self.main_text("name")),
            open_graph: og_title,
            meta: self.metas.first(&TITLE),
            element: self.page.title.as_deref(),
            site_names,
        }
    }

    fn description(&self) -> Option<Property<String>> {
        self.said(
            "description",
            &["og:description", "description", "twitter:description", "dc.description"],
        )
    }

    /// A text of the main object.
    fn main_text(&self, key: &str) -> Option<String> {
        first_text(self.main?.get(key))
    }

    /// A text of the main object, or of a `meta` element.
    fn said(&self, key: &str, names: &[&str]) -> Option<Property<String>> {
        let said = self.main_text(key).map(json_ld);
        said.or_else(|| self.metas.first(names))
    }

    /// The object of the publisher.
    fn organisation(&self) -> Option<&Map<String, Value>> {
        let of_main = self.main.and_then(|main| self.objects.organisation(main.get("publisher")));
        of_main.or_else(|| self.objects.of_kind(|kind| kind.ends_with("Organization"), "name"))
    }

    fn publisher(&self) -> Option<Property<String>> {
        let of_main = self.main.map(|main| self.objects.names(main.get("publisher")));
        let named = of_main.into_iter().flatten().next();
        let media = || {
            let kind = self.objects.of_kind(|kind| kind == "NewsMediaOrganization", "name")?;
            first_text(kind.get("name"))
        };
        named.or_else(media).map(json_ld).or_else(|| {
            let names = [
                "article:publisher",
                "dc.publisher",
                "dcterms.publisher",
                "publisher",
                "citation_publisher",
            ];
            let mut metas = self.metas.all(&names);
            let named = metas.find(|meta| !meta.value.contains("://"))?;
            Some(Property { value: named.value.to_owned(), origin: named.origin })
        })
    }

    fn site_name(&self) -> Option<Property<String>> {
        let named = self.metas.first(&["og:site_name"]);
        let site = || {
            let site = self.objects.of_kind(|kind| kind == "WebSite", "name")?;
            first_text(site.get("name")).map(json_ld)
        };
        named
            .or_else(site)
            .or_else(|| self.metas.first(&["application-name", "cre", "citation_journal_title"]))
    }

    fn canonical_url(&self) -> Option<Property<String>> {
        let link = self.page.collected.links().find_map(|link| {
            let attribute = |name: &str| Attributes::new(link).value(&[name]);
            let is_canonical = attribute("rel")?
                .split_whitespace()
                .any(|rel| rel.eq_ignore_ascii_case("canonical"));
            is_canonical.then(|| attribute("href").and_then(plain))?
        });
        let link = link.map(|value| Property { value, origin: Origin::Link });
        link.or_else(|| self.metas.first(&["og:url"]))
            .or_else(|| self.main_text("url").map(json_ld))
    }

    fn language(&self) -> Option<Property<String>> {
        let html = self.page.collected.root_attributes().and_then(|attributes| {
            let value = Attributes::new(attributes).value(&["lang", "xml:lang"])?;
            let value = Some(value).filter(|value| !value.is_empty())?;
            Some(Property { value: value.to_owned(), origin: Origin::Html })
        });
        let candidates = [
            self.main_text("inLanguage").map(json_ld),
            html,
            self.metas.first(&[
                "content-language",
                "language",
                "dc.language",
                "dcterms.language",
                "inlanguage",
            ]),
            self.metas.first(&["og:locale"]),
        ];
        candidates.into_iter().flatten().find_map(|found| {
            Some(Property { value: language_tag(&found.value)?, origin: found.origin })
        })
    }

    fn kind(&self) -> Option<Property<String>> {
        let kind = self.main.and_then(|main| kinds(main).next());
        kind.map(|kind| json_ld(kind.to_owned())).or_else(|| self.metas.first(&["og:type"]))
    }

    fn article_body(&self) -> Option<Property<String>> {
        let body = self.main?.get("articleBody")?.as_str()?;
        // Some systems escape markup in it.
        let body = if body.contains("&lt;") { htmlize::unescape(body) } else { body.into() };
        let body = if has_tags(&body) {
            without_tags(&body, "\n")
        } else {
            htmlize::unescape(&*body).into_owned()
        };
        let body = body.trim();
        (!body.is_empty()).then(|| json_ld(body.to_owned()))
    }

    /// The first place that names a person; if none does, the first that names anybody.
    fn authors(&self, title: Option<usize>, sites: &[String]) -> Option<Property<Vec<String>>> {
        let mut organisations: BTreeSet<String> = sites.iter().map(|site| folded(site)).collect();
        let authors = self.main.and_then(|main| main.get("author"));
        let named = self.objects.organisations(authors);
        organisations.extend(named.iter().map(|name| folded(name)));
        let mut fallback = None;
        let mut person = |names: Names, origin| {
            let is_person = names.has_person(&organisations);
            let found = names.finish(&organisations).map(|value| Property { value, origin })?;
            if is_person {
                return Some(found);
            }
            fallback.get_or_insert(found);
            None
        };
        let found = ["author", "creator"].iter().find_map(|key| {
            let mut names = Names::default();
            for name in self.objects.names(self.main.and_then(|main| main.get(*key))) {
                names.add(&name);
            }
            person(names, Origin::JsonLd)
        });
        let found = found.or_else(|| {
            AUTHOR.iter().find_map(|wanted| {
                let mut names = Names::default();
                let mut origin = Origin::Meta;
                for meta in self.metas.all(&[wanted]) {
                    if wanted.starts_with("citation") {
                        names.add_inverted(meta.value);
                    } else {
                        names.add(meta.value);
                    }
                    origin = meta.origin;
                }
                person(names, origin)
            })
        });
        let found = found.or_else(|| self.shown_authors(title, &mut person));
        found.or(fallback)
    }

    /// Authors that a reader sees: the first line that holds a name, with those beside it.
    fn shown_authors<F>(
        &self,
        title: Option<usize>,
        person: &mut F,
    ) -> Option<Property<Vec<String>>>
    where
        F: FnMut(Names, Origin) -> Option<Property<Vec<String>>>,
    {
        let lines = marked::author_lines(self.page, title);
        lines.iter().enumerate().find_map(|(index, line)| {
            let mut names = Names::default();
            let beside = |other: &&marked::Line<'_>| {
                other.block == line.block && other.origin == line.origin
            };
            for line in lines[index..].iter().take(MAX_BESIDE).filter(beside) {
                names.add_line(line.text, line.origin != Origin::Byline);
            }
            person(names, line.origin)
        })
    }

    fn published(
        &self,
        title: Option<usize>,
        address: Option<&Property<String>>,
    ) -> Option<Property<String>> {
        let in_json = ["datePublished", "dateCreated", "uploadDate"]
            .iter()
            .find_map(|key| date::iso_8601(&self.main_text(key)?).map(json_ld));
        in_json
            .or_else(|| self.meta_date(&PUBLISHED))
            .or_else(|| marked::itemprop_date(self.page, false))
            .or_else(|| marked::shown_date(self.page, title))
            .or_else(|| marked::text_date(self.page, title, false))
            .or_else(|| {
                let value = date::in_address(&address?.value)?;
                Some(Property { value, origin: Origin::Address })
            })
    }

    fn modified(&self, title: Option<usize>) -> Option<Property<String>> {
        let in_json = self.main_text("dateModified").and_then(|text| date::iso_8601(&text));
        in_json
            .map(json_ld)
            .or_else(|| self.meta_date(&MODIFIED))
            .or_else(|| marked::itemprop_date(self.page, true))
            .or_else(|| marked::text_date(self.page, title, true))
    }

    fn meta_date(&self, names: &[&str]) -> Option<Property<String>> {
        self.metas.all(names).find_map(|meta| {
            Some(Property { value: date::iso_8601(meta.value)?, origin: meta.origin })
        })
    }
}

fn json_ld(value: String) -> Property<String> {
    Property { value, origin: Origin::JsonLd }
}

/// The name of the site in an address: `harbourpost` of `https://www.harbourpost.example/a`.
fn site_of(address: &str) -> Option<&str> {
    let host = address.split_once("://")?.1.split(['/', ':', '?', '#']).next()?;
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop()?;
    // Second-level domains such as `co.uk`.
    let is_second = labels.len() > 1 && labels.last().is_some_and(|label| label.len() <= 3);
    if is_second {
        labels.pop();
    }
    labels.pop().filter(|label| !label.is_empty() && *label != "www")
}

/// A language's tag with hyphens: `en-GB`.
fn language_tag(value: &str) -> Option<String> {
    let first = value.split([',', ';', ' ']).next()?.trim().replace('_', "-");
    let primary = first.split('-').next()?;
    let is_tag = (2..=3).contains(&primary.len())
        && first.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    is_tag.then(|| {
        let (primary, rest) = first.split_at(primary.len());
        primary.to_ascii_lowercase() + rest
    })
}
