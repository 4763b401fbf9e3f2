//! The signals of one article as a record of JSON and as rows of CSV.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::credibility::{
    ArticleReport, Direction, Ending, Evidence, Finding, Group, Passage, Quotation, Rating,
    Reading, Signal, Speaker, Standing, State,
};
use crate::document::{Document, Source};
use crate::error::Error;
use crate::report::records::{ErrorRecord, Origin, RECORD_SCHEMA};
use crate::report::records_csv::{field, origin};

/// An article with its signals; see `docs/schema/credibility.json`.
#[derive(Debug, Serialize)]
pub struct CredibilityRecord<'a> {
    schema: u32,
    #[serde(flatten)]
    origin: Origin<'a>,
    publisher: Option<&'a str>,
    source: Option<Source>,
    language: Option<&'static str>,
    title: Option<&'a str>,
    groups: Groups<'a>,
    signals: Vec<SignalRecord<'a>>,
    quotations: Vec<QuotationRecord<'a>>,
    ratings: Vec<RatingRecord<'a>>,
    error: Option<ErrorRecord>,
}

impl<'a> CredibilityRecord<'a> {
    /// The record of an article.
    #[must_use]
    pub fn new(
        reading: &'a Reading<'_>,
        report: &'a ArticleReport,
        ratings: &[Rating<'a>],
    ) -> Self {
        let document: &Document = reading.document;
        Self {
            schema: RECORD_SCHEMA,
            origin: document.into(),
            publisher: document.publisher.as_deref(),
            source: Some(document.source()),
            language: reading.language,
            title: document.known_title(),
            groups: Groups(Some(report)),
            signals: report.findings.iter().map(SignalRecord::new).collect(),
            quotations: report.quotations.iter().map(|q| quotation(q, reading)).collect(),
            ratings: ratings.iter().map(RatingRecord::from).collect(),
            error: None,
        }
    }

    /// The record of a document that could not be read.
    #[must_use]
    pub fn failed(origin: Origin<'a>, error: &Error) -> Self {
        Self {
            schema: RECORD_SCHEMA,
            origin,
            publisher: None,
            source: None,
            language: None,
            title: None,
            groups: Groups(None),
            signals: Vec::new(),
            quotations: Vec::new(),
            ratings: Vec::new(),
            error: Some(error.into()),
        }
    }
}

/// Counts by group; groups of which nothing was tested are left out.
#[derive(Debug)]
struct Groups<'a>(Option<&'a ArticleReport>);

#[derive(Serialize)]
struct GroupRecord {
    present: usize,
    applicable: usize,
    unknown: usize,
}

impl Serialize for Groups<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for group in Group::ALL {
            let count = self.0.map(|report| report.count(group)).unwrap_or_default();
            if count.applicable > 0 {
                let (present, applicable, unknown) =
                    (count.present, count.applicable, count.unknown);
                map.serialize_entry(group.as_str(), &GroupRecord { present, applicable, unknown })?;
            }
        }
        map.end()
    }
}

#[derive(Debug, Serialize)]
struct SignalRecord<'a> {
    id: &'static str,
    name: &'static str,
    group: Group,
    direction: Direction,
    standing: Standing,
    state: State,
    reason: Option<&'static str>,
    evidence: Vec<EvidenceRecord<'a>>,
    meaning: &'static str,
    caveat: &'static str,
}

impl<'a> SignalRecord<'a> {
    fn new(finding: &'a Finding) -> Self {
        let entry = Signal::entry(finding.signal);
        Self {
            id: entry.id,
            name: entry.name,
            group: entry.group,
            direction: entry.direction,
            standing: entry.standing,
            state: finding.state,
            reason: finding.reason,
            evidence: finding.evidence.iter().map(EvidenceRecord::from).collect(),
            meaning: entry.meaning,
            caveat: entry.caveat,
        }
    }
}

/// A passage with its words.
#[derive(Debug, Serialize)]
pub(super) struct EvidenceRecord<'a> {
    paragraph: Option<usize>,
    /// Bytes of the paragraph's text.
    within: Option<[usize; 2]>,
    start: Option<usize>,
    end: Option<usize>,
    text: &'a str,
    value: Option<&'a str>,
}

impl<'a> From<&'a Evidence> for EvidenceRecord<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self {
            paragraph: evidence.passage.map(|passage| passage.paragraph),
            within: evidence.passage.map(within),
            start: evidence.source.map(|span| span.start),
            end: evidence.source.map(|span| span.end),
            text: &evidence.text,
            value: evidence.value.as_deref(),
        }
    }
}

fn within(passage: Passage) -> [usize; 2] {
    [passage.within.start, passage.within.end]
}

#[derive(Debug, Serialize)]
struct QuotationRecord<'a> {
    parts: Vec<PartRecord<'a>>,
    words: usize,
    closed: bool,
    mixed_marks: bool,
    speaker: Option<SpeakerRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct PartRecord<'a> {
    paragraph: usize,
    within: [usize; 2],
    start: Option<usize>,
    end: Option<usize>,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct SpeakerRecord<'a> {
    name: &'a str,
    mention: PartRecord<'a>,
    verb: Option<PartRecord<'a>>,
}

fn quotation<'a>(quotation: &'a Quotation, reading: &'a Reading<'_>) -> QuotationRecord<'a> {
    let part = |passage: &Passage| {
        let source = reading.source_of(*passage);
        PartRecord {
            paragraph: passage.paragraph,
            within: within(*passage),
            start: source.map(|span| span.start),
            end: source.map(|span| span.end),
            text: reading.words_of(*passage),
        }
    };
    let speaker = |speaker: &'a Speaker| SpeakerRecord {
        name: &speaker.name,
        mention: part(&speaker.mention),
        verb: speaker.verb.as_ref().map(part),
    };
    QuotationRecord {
        parts: quotation.parts.iter().map(part).collect(),
        words: quotation.words,
        closed: quotation.ending == Ending::Closed,
        mixed_marks: quotation.mixed_marks,
        speaker: quotation.speaker.as_ref().map(speaker),
    }
}

/// What a list says of the source.
#[derive(Debug, Serialize)]
pub(super) struct RatingRecord<'a> {
    list: &'a str,
    domain: Option<&'a str>,
    values: Values<'a>,
}

impl<'a> From<&Rating<'a>> for RatingRecord<'a> {
    fn from(rating: &Rating<'a>) -> Self {
        Self {
            list: &rating.list.name,
            domain: rating.row.map(|(domain, _)| domain),
            values: Values(*rating),
        }
    }
}

/// The list's columns in their order, each with its cell; null where the list does not hold the domain.
#[derive(Debug)]
struct Values<'a>(Rating<'a>);

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.row {
            None => serializer.serialize_none(),
            Some((_, cells)) => serializer.collect_map(self.0.list.columns.iter().zip(cells)),
        }
    }
}

/// Columns of `credibility --format csv`: a row for each passage, and one for each signal without.
pub const CREDIBILITY_HEADER: &str = "path,id,url,publisher,signal,name,group,standing,state,reason,\
                                      paragraph,start,end,text,value,error\n";

/// Appends the rows of an article.
pub fn credibility_csv(document: &Document, report: &ArticleReport, out: &mut Vec<u8>) {
    for finding in &report.findings {
        let entry = finding.signal.entry();
        let mut beginning = Vec::new();
        origin(&document.into(), &mut beginning);
        let standing = match entry.standing {
            Standing::Firm => "firm",
            Standing::Experimental => "experimental",
        };
        for text in [
            document.publisher.as_deref().unwrap_or_default(),
            entry.id,
            entry.name,
            entry.group.as_str(),
            standing,
            finding.state.as_str(),
            finding.reason.unwrap_or_default(),
        ] {
            field(text, &mut beginning);
            beginning.push(b',');
        }
        if finding.evidence.is_empty() {
            out.extend_from_slice(&beginning);
            out.extend_from_slice(b",,,,,\n");
        }
        for evidence in &finding.evidence {
            out.extend_from_slice(&beginning);
            let source = evidence.source;
            for number in [
                evidence.passage.map(|passage| passage.paragraph),
                source.map(|span| span.start),
                source.map(|span| span.end),
            ] {
                field(&number.map_or_else(String::new, |n| n.to_string()), out);
                out.push(b',');
            }
            for text in [&*evidence.text, evidence.value.as_deref().unwrap_or_default()] {
                field(text, out);
                out.push(b',');
            }
            out.push(b'\n');
        }
    }
}

/// Appends the row of a document that could not be read.
pub fn credibility_csv_failed(from: &Origin<'_>, error: &Error, out: &mut Vec<u8>) {
    origin(from, out);
    out.extend_from_slice(&[b','; 12]);
    field(&error.to_string(), out);
    out.push(b'\n');
}
