//! Profiles of sources as records of JSON and rows of CSV.

use serde::Serialize;

use super::records::RatingRecord;
use crate::credibility::source::SignalRate;
use crate::credibility::{Group, Rate, Rating, SourceProfile};
use crate::label::Label;
use crate::report::records::{RECORD_SCHEMA, rounded};
use crate::report::records_csv::field;

/// A source; see `docs/schema/credibility-source.json`.
#[derive(Debug, Serialize)]
pub struct SourceRecord<'a> {
    schema: u32,
    key: &'a str,
    name: &'a str,
    domain: Option<&'a str>,
    articles: u64,
    words: u64,
    own_words: u64,
    signals: Vec<SignalRecord>,
    notices: Vec<RepeatedRecord<'a>>,
    origins: Vec<OriginRecord<'a>>,
    templates: Vec<RepeatedRecord<'a>>,
    ratings: Vec<RatingRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct SignalRecord {
    id: &'static str,
    name: &'static str,
    group: Group,
    present: u64,
    n: u64,
    /// Null of fewer than ten articles, as are the ends of its interval.
    rate: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    others: RateRecord,
    spread: Option<SpreadRecord>,
}

#[derive(Debug, Serialize)]
struct RateRecord {
    present: u64,
    n: u64,
}

#[derive(Debug, Serialize)]
struct SpreadRecord {
    lowest: f64,
    median: f64,
    highest: f64,
}

#[derive(Debug, Serialize)]
struct RepeatedRecord<'a> {
    label: Label,
    articles: u64,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct OriginRecord<'a> {
    name: &'a str,
    articles: u64,
}

impl<'a> SourceRecord<'a> {
    /// The record of a source.
    #[must_use]
    pub fn new(profile: &'a SourceProfile, ratings: &[Rating<'a>]) -> Self {
        let repeated = |list: &'a [crate::credibility::source::Repeated]| {
            list.iter()
                .map(|r| RepeatedRecord { label: r.label, articles: r.articles, text: &r.text })
                .collect()
        };
        Self {
            schema: RECORD_SCHEMA,
            key: &profile.identity.key,
            name: &profile.identity.name,
            domain: profile.identity.domain.as_deref(),
            articles: profile.articles,
            words: profile.words,
            own_words: profile.own_words,
            signals: profile.signals.iter().map(SignalRecord::from).collect(),
            notices: repeated(&profile.notices),
            origins: profile
                .origins
                .iter()
                .map(|(name, articles)| OriginRecord { name, articles: *articles })
                .collect(),
            templates: repeated(&profile.templates),
            ratings: ratings.iter().map(RatingRecord::from).collect(),
        }
    }
}

impl From<&SignalRate> for SignalRecord {
    fn from(of: &SignalRate) -> Self {
        let entry = of.signal.entry();
        let Told { rate, low, high } = Told::of(of.rate);
        Self {
            id: entry.id,
            name: entry.name,
            group: entry.group,
            present: of.rate.present,
            n: of.rate.n,
            rate,
            low,
            high,
            others: RateRecord { present: of.others.present, n: of.others.n },
            spread: of.spread.map(|rates| {
                let [lowest, median, highest] = rates.map(rounded);
                SpreadRecord { lowest, median, highest }
            }),
        }
    }
}

/// What is told of a rate.
struct Told {
    rate: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

impl Told {
    fn of(rate: Rate) -> Self {
        let enough = !rate.is_of_too_few();
        let interval = rate.wilson().filter(|_| enough);
        Self {
            rate: rate.value().filter(|_| enough).map(rounded),
            low: interval.map(|(low, _)| rounded(low)),
            high: interval.map(|(_, high)| rounded(high)),
        }
    }
}

/// Columns of `credibility --by-source --format csv`: a row for each source and signal.
pub const SOURCE_HEADER: &str = "source,name,domain,articles,signal,signal_name,present,n,rate,low,high,others_present,others_n\n";

/// Appends the rows of a source.
pub fn source_csv(profile: &SourceProfile, out: &mut Vec<u8>) {
    for of in &profile.signals {
        let entry = of.signal.entry();
        let Told { rate, low, high } = Told::of(of.rate);
        let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
        let identity = &profile.identity;
        let fields = [
            identity.key.clone(),
            identity.name.clone(),
            identity.domain.clone().unwrap_or_default(),
            profile.articles.to_string(),
            entry.id.to_owned(),
            entry.name.to_owned(),
            of.rate.present.to_string(),
            of.rate.n.to_string(),
            number(rate),
            number(low),
            number(high),
            of.others.present.to_string(),
            of.others.n.to_string(),
        ];
        for (place, text) in fields.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            field(text, out);
        }
        out.push(b'\n');
    }
}
