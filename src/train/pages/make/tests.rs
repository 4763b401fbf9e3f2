//! Pages of a dozen invented sites to numbers: what a cue must have, and who has a say in which row.

use super::*;
use crate::featurize::cues::Place;
use crate::featurize::page::stored_columns;

const SITES: usize = 12;
/// The hosts of a site's pages: two of one publisher.
const HOSTS: [&str; 2] = ["www", "blog"];

fn publisher(site: usize) -> String {
    format!("port{site}.example")
}

/// A page whose last paragraph has a class of its own.
fn page(site: usize, host: &str, class: &str) -> GoldPage {
    let heading = format!("Ferry {site} stays for the winter");
    let story = format!("The council of port {site} voted on Monday to keep the ferry, it said.");
    let more = format!("Nobody in harbour {site} had expected so many boats that morning.");
    let html = format!(
        "<nav class=menu><a href=/>Home</a></nav><main class=story><h1>{heading}</h1><p>{story}\
         <p>{more}</main><footer class=legal>All rights reserved</footer>\
         <section class=outer><p class='{class}'>Read what others say of {site}</section>"
    );
    GoldPage {
        id: format!("{host}{site}"),
        site: Some(format!("{host}.{}", publisher(site))),
        html,
        text: format!("{heading}\n{story}\n{more}"),
        ..GoldPage::default()
    }
}

/// The label that people gave the last paragraph of a site.
fn named(site: usize, label: Label) -> LabelledDocument {
    let text = format!("Read what others say of {site}");
    LabelledDocument {
        id: format!("d{site}"),
        publisher: Some(publisher(site)),
        paragraphs: vec![LabelledParagraph { text, label: Some(label) }],
    }
}

/// An advertisement, each of them, but for one site where people say so.
fn labels(other: Option<(usize, Label)>) -> Vec<LabelledDocument> {
    let label = |site| match other {
        Some((at, label)) if at == site => label,
        _ => Label::Advertisement,
    };
    (0..SITES).map(|site| named(site, label(site))).collect()
}

fn make(pages: Vec<GoldPage>, labelled: &[LabelledDocument]) -> (DerivedPages, Vec<usize>) {
    let cues = Cues::default();
    let options = PagesOptions {
        labelled,
        cues: &|_| &cues,
        teacher: &Classifier::embedded(),
        max_pages: 100,
        all: false,
    };
    make_pages(&[PageMaterial { origin: origin(), pages }], &options).unwrap()
}

fn origin() -> Origin {
    Origin { name: "s".into(), origin: "o".into(), licence: "l".into() }
}

/// The values of the columns whose names begin so, of a page.
fn columns<'a>(page: &'a DerivedPage, start: &str) -> Vec<&'a [f32]> {
    let names = stored_columns();
    let from = names.iter().position(|name| name.starts_with(start)).unwrap();
    let n = names.iter().filter(|name| name.starts_with(start)).count();
    page.rows.rows().map(|row| &row[from..from + n]).collect()
}

#[test]
fn a_cue_has_five_sites_and_stands_in_one_element() {
    // Of `yak`, four sites have five pages.
    let class = |site: usize, host: usize| match (site, host) {
        (0..=4, 0) => "zebra",
        (5..=8, 0) | (5, 1) => "yak",
        _ => "",
    };
    let of_site = |site| [0, 1].map(|host| page(site, HOSTS[host], class(site, host)));
    let pages: Vec<GoldPage> = (0..SITES).flat_map(of_site).collect();
    for (word, n) in [("zebra", 5), ("yak", 5)] {
        assert_eq!(pages.iter().filter(|page| page.html.contains(word)).count(), n, "{word}");
    }
    let (derived, indices) = make(pages, &labels(None));
    assert_eq!((derived.pages.len(), indices.len()), (2 * SITES, 2 * SITES));
    let cues: BTreeSet<&str> = derived.cues.iter().map(|cue| &*cue.text).collect();
    for word in ["zebra", "legal", "outer"] {
        assert!(cues.contains(word), "no `{word}` in {cues:?}");
    }
    assert!(!cues.iter().any(|cue| cue.contains("yak")), "{cues:?}");
    assert!(derived.cues.iter().all(|cue| cue.place == Place::Any), "{cues:?}");
    assert!(!cues.contains("zebra outer") && !cues.contains("outer zebra"), "{cues:?}");
}

/// The sixth site makes no difference to how often a word occurs, but to what it says.
#[test]
fn a_site_has_no_say_in_the_cues_of_its_own_rows() {
    let pages = || -> Vec<GoldPage> {
        (0..SITES).flat_map(|site| HOSTS.map(|host| page(site, host, "zebra"))).collect()
    };
    let odd = 3;
    let (one, _) = make(pages(), &labels(None));
    let (other, _) = make(pages(), &labels(Some((odd, Label::Body))));
    assert_ne!(one.cues, other.cues, "the site has no say at all");
    let hash = publisher_hash(&publisher(odd));
    let mut moved = 0;
    for (one, other) in one.pages.iter().zip(&other.pages) {
        assert_eq!(one.publisher, other.publisher);
        if one.publisher == hash {
            assert_ne!(one.labels, other.labels);
            assert!(one.rows == other.rows, "what people say of a site is in its own rows");
        } else {
            moved += usize::from(one.rows != other.rows);
        }
    }
    assert!(moved >= SITES, "its say reaches only {moved} pages of others");
}

/// Each publisher is asked for by its registrable domain, whatever the host.
#[test]
fn cues_of_text_are_those_that_the_publisher_had_no_say_in() {
    let odd = publisher(3);
    let mut weights = [0.0; Label::COUNT];
    weights[Label::Body.index()] = 2.0;
    let with = Cues::new(vec![Cue { text: "council".into(), place: Place::Any, weights }]);
    let without = Cues::default();
    let labelled = labels(None);
    let options = PagesOptions {
        labelled: &labelled,
        cues: &|publisher| if publisher == odd { &without } else { &with },
        teacher: &Classifier::embedded(),
        max_pages: 100,
        all: false,
    };
    let pages = (0..SITES).flat_map(|site| HOSTS.map(|host| page(site, host, "")));
    let material = PageMaterial { origin: origin(), pages: pages.collect() };
    let (derived, _) = make_pages(&[material], &options).unwrap();
    let mut of_odd = 0;
    for page in &derived.pages {
        let is_odd = page.publisher == publisher_hash(&odd);
        of_odd += usize::from(is_odd);
        let is_filled = columns(page, "cue_sum:").into_iter().flatten().any(|&value| value != 0.0);
        assert_eq!(is_filled, !is_odd, "{}", page.publisher);
    }
    assert_eq!(of_odd, HOSTS.len());
}
