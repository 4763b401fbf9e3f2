//! Profiles of sources for people.

use super::article::{rated, spaced};
use crate::credibility::source::{Repeated, SignalRate};
use crate::credibility::{Identity, Rate, Rating, SourceProfile};
use crate::report::number::{count, counted, ratio};
use crate::report::outline::{Finding, Outline, Point};
use crate::report::styled::Palette;
use crate::report::table::{Align, Table};

/// Notices, origins and repeated paragraphs shown of a source.
const MAX_SHOWN: usize = 12;

/// A source's profile, wrapped to `width` columns, with a newline at the end.
#[must_use]
pub fn source_terminal(
    profile: &SourceProfile,
    ratings: &[Rating<'_>],
    palette: &Palette,
    width: usize,
) -> String {
    outline(profile, ratings).terminal(palette, width)
}

/// The same as Markdown.
#[must_use]
pub fn source_markdown(profile: &SourceProfile, ratings: &[Rating<'_>]) -> String {
    outline(profile, ratings).markdown()
}

fn outline(profile: &SourceProfile, ratings: &[Rating<'_>]) -> Outline {
    let mut outline = Outline::default();
    let Identity { name, domain, .. } = &profile.identity;
    let domain = domain.as_ref().filter(|domain| *domain != name);
    outline.title(domain.map_or_else(|| name.clone(), |domain| format!("{name} ({domain})")));
    let own = Rate { present: profile.own_words, n: profile.words };
    outline.faint(format!(
        "{}, {}, of which {} are the articles' own",
        counted(profile.articles, "article"),
        counted(profile.words, "word"),
        own.value().map_or_else(|| "none".to_owned(), |share| format!("{:.1} %", 100.0 * share)),
    ));
    outline.heading("How often its articles show a signal");
    outline.table(rates(&profile.signals));
    outline.faint(
        "Articles that show it of those of which it can be told; 95 % interval (Wilson); all other \
         sources of this run together; lowest, middle and highest of the sources with ten articles or \
         more.",
    );
    let articles = profile.articles;
    repeated(&mut outline, "Notices it carries", &profile.notices, articles);
    if !profile.origins.is_empty() {
        outline.heading("Whom it credits as origin");
        let origins: Vec<String> = profile
            .origins
            .iter()
            .take(MAX_SHOWN)
            .map(|(name, n)| format!("{name} ({})", counted(*n, "article")))
            .collect();
        outline.line(origins.join(", ") + &and_more(profile.origins.len()));
    }
    repeated(&mut outline, "What it repeats besides", &profile.templates, articles);
    rated(&mut outline, ratings);
    outline
}

fn rates(signals: &[SignalRate]) -> Table {
    let mut table = Table::new([
        ("signal", Align::Left),
        ("present", Align::Right),
        ("of", Align::Right),
        ("rate", Align::Right),
        ("interval", Align::Right),
        ("others", Align::Right),
        ("spread", Align::Right),
    ]);
    for SignalRate { signal, rate, others, spread } in signals {
        let entry = signal.entry();
        let (share, interval) = match rate.wilson() {
            Some((low, high)) if !rate.is_of_too_few() => {
                (ratio(rate.value()), format!("{}-{}", ratio(Some(low)), ratio(Some(high))))
            }
            _ => ("too few".to_owned(), String::new()),
        };
        let spread =
            spread.map(|rates| rates.map(|rate| ratio(Some(rate))).join(" ")).unwrap_or_default();
        table.row([
            format!("{} {}", entry.id, spaced(entry.name)),
            count(rate.present),
            count(rate.n),
            share,
            interval,
            if others.is_of_too_few() { "too few".to_owned() } else { ratio(others.value()) },
            spread,
        ]);
    }
    table
}

fn repeated(outline: &mut Outline, heading: &str, paragraphs: &[Repeated], articles: u64) {
    if paragraphs.is_empty() {
        return;
    }
    outline.heading(heading);
    for Repeated { label, articles: holders, text } in paragraphs.iter().take(MAX_SHOWN) {
        outline.finding(Finding {
            name: spaced(label.as_str()),
            detail: format!("in {} of {}", count(*holders), counted(articles, "article")),
            points: vec![Point { words: text.clone(), ..Point::default() }],
            ..Finding::default()
        });
    }
    if paragraphs.len() > MAX_SHOWN {
        outline.faint(and_more(paragraphs.len()).trim_start_matches(", ").to_owned());
    }
}

fn and_more(n: usize) -> String {
    match n.saturating_sub(MAX_SHOWN) {
        0 => String::new(),
        more => format!(", and {more} more (--format json has all)"),
    }
}
