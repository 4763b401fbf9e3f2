//! `credibility`: how articles and sources disclose themselves.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{DecisionArgs, Global, InputArgs, OutputArgs, ReportFormat, ReportFormatArgs};
use super::fold::fold;
use super::output::Sink;
use super::run::{Item, Rendered, Run, foreign_language};
use super::terminal::Terminal;
use super::{Messages, Outcome, classifier};
use crate::classify::Classifier;
use crate::credibility::{
    ArticleReport, Identity, Options, Rating, RatingList, Reading, Share, SourceBy, SourceProfile,
    Sources,
};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::records::{read_names, read_ratings};
use crate::report::credibility::{
    CREDIBILITY_HEADER, CredibilityRecord, SOURCE_HEADER, SourceRecord, credibility_csv,
    credibility_csv_failed, credibility_markdown, credibility_terminal, source_csv,
    source_markdown, source_terminal,
};
use crate::report::failed_terminal;
use crate::report::records::write_json;

/// Arguments of `credibility`.
///
/// Shows evidence and judges nothing: no score, no word about truth. docs/credibility.md says how good
/// each signal was when people judged it.
#[derive(Debug, Clone, Args)]
pub struct CredibilityArgs {
    #[command(flatten)]
    input: InputArgs,

    /// Also test the signals that have not been shown to be right nine times in ten
    #[arg(long)]
    experimental: bool,

    /// Hold these media to be a state's, besides those that an article itself calls so: a name a line,
    /// as articles write it; lines with # are comments. No list is shipped
    #[arg(long, value_name = "FILE", requires = "experimental")]
    state_media: Option<PathBuf>,

    /// A profile of each source over its articles instead of a report of each article
    ///
    /// A source is the domain of an article's address, or else the publisher that the record or the
    /// page names; with =folder, the folder that holds the file.
    #[arg(
        long,
        value_enum,
        value_name = "publisher|folder",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "publisher",
        hide_possible_values = true
    )]
    by_source: Option<By>,

    /// Show what this list says of each source, as it stands: CSV with a column `domain` and any
    /// others; may be given several times
    #[arg(long, value_name = "FILE")]
    ratings: Vec<PathBuf>,

    #[command(flatten)]
    decision: DecisionArgs,

    #[command(flatten)]
    format: ReportFormatArgs,

    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Publisher,
    Folder,
}

/// Reads articles and writes what they and their sources disclose.
pub fn run(args: &CredibilityArgs, global: &Global, messages: &mut Messages) -> Result<Outcome> {
    let lists: Vec<RatingList> = args
        .ratings
        .iter()
        .map(|path| read_ratings(path).map_err(|error| Error::usage(error.to_string())))
        .collect::<Result<_>>()?;
    let state_media = match &args.state_media {
        Some(path) => read_names(path).map_err(|error| Error::usage(error.to_string()))?,
        None => Vec::new(),
    };
    let task = Task {
        args,
        options: Options { experimental: args.experimental, state_media },
        classifier: classifier(global, &args.decision)?,
        lists,
    };
    match args.by_source {
        None => task.articles(global, messages),
        Some(by) => {
            let by = match by {
                By::Publisher => SourceBy::Publisher,
                By::Folder => SourceBy::Folder,
            };
            task.sources(by, global, messages)
        }
    }
}

struct Task<'a> {
    args: &'a CredibilityArgs,
    options: Options,
    classifier: Classifier,
    lists: Vec<RatingList>,
}

impl Task<'_> {
    fn articles(&self, global: &Global, messages: &mut Messages) -> Result<Outcome> {
        let format = self.args.format.format;
        let framing = format.framing(CREDIBILITY_HEADER);
        let in_folder = format.in_folder();
        let run = Run::new(&self.args.input, &self.args.output, in_folder, framing, global)?;
        let terminal = run.terminal();
        let sink = run.output(&self.classifier)?;
        run.all(sink, None, messages, |item| self.article(item, format, &terminal))
    }

    fn article(&self, item: &Item, format: ReportFormat, terminal: &Terminal) -> Rendered {
        let mut out = Vec::new();
        let Terminal { palette, width, .. } = terminal;
        let language = match item {
            Ok(document) => {
                let verdict = self.classifier.classify(document);
                let reading = Reading::new(document, &verdict);
                let report = ArticleReport::new(&reading, &self.options);
                let ratings = self.ratings_of_article(document);
                match format {
                    ReportFormat::Text => {
                        out = credibility_terminal(&reading, &report, &ratings, palette, *width)
                            .into_bytes();
                    }
                    ReportFormat::Markdown => {
                        out = credibility_markdown(&reading, &report, &ratings).into_bytes();
                    }
                    ReportFormat::Json | ReportFormat::Jsonl => {
                        write_json(&CredibilityRecord::new(&reading, &report, &ratings), &mut out);
                    }
                    ReportFormat::Csv => credibility_csv(document, &report, &mut out),
                }
                foreign_language(&verdict)
            }
            Err(failed) => {
                let (origin, error) = (failed.into(), &failed.error);
                match format {
                    ReportFormat::Text => {
                        out = failed_terminal(&origin, error, palette, *width).into_bytes();
                    }
                    // It is named on standard error.
                    ReportFormat::Markdown => {}
                    ReportFormat::Json | ReportFormat::Jsonl => {
                        write_json(&CredibilityRecord::failed(origin, error), &mut out);
                    }
                    ReportFormat::Csv => credibility_csv_failed(&origin, error, &mut out),
                }
                None
            }
        };
        Rendered { out, language, ..Rendered::default() }
    }

    /// What the lists say of an article's source; nothing where the article has no address.
    fn ratings_of_article(&self, document: &Document) -> Vec<Rating<'_>> {
        let canonical = || Some(&document.metadata()?.canonical_url.as_ref()?.value);
        let address = document.url.as_ref().or_else(canonical);
        self.ratings(address.map(String::as_str))
    }

    fn ratings(&self, host: Option<&str>) -> Vec<Rating<'_>> {
        host.map_or_else(Vec::new, |host| self.lists.iter().map(|list| list.rating(host)).collect())
    }

    fn sources(&self, by: SourceBy, global: &Global, messages: &mut Messages) -> Result<Outcome> {
        if self.args.output.shards.is_given() {
            return Err(Error::usage(
                "--by-source gives one report of all documents: leave --shard-size away",
            ));
        }
        let output = self.args.output.output.as_deref();
        let format = self.args.format.format;
        let framing = format.framing(SOURCE_HEADER);
        let terminal = if output.is_some() { Terminal::file() } else { Terminal::stdout() };
        let mut sink = Sink::open(output, framing)?;
        let mut sources = Sources::default();
        let share = |document: Document| {
            let verdict = self.classifier.classify(&document);
            let reading = Reading::new(&document, &verdict);
            let report = ArticleReport::new(&reading, &self.options);
            let share = Share::new(&reading, &report);
            ((Identity::of(&document, by), share), foreign_language(&verdict))
        };
        let input = &self.args.input;
        let gather = |(identity, share)| sources.add(identity, share);
        let Some(gathered) = fold(input, output, global, messages, share, gather)? else {
            return Ok(Outcome::Interrupted);
        };
        let profiles = sources.profiles();
        for (place, profile) in profiles.iter().enumerate() {
            sink.document(place as u64, None, &self.source(profile, format, &terminal))?;
        }
        sink.finish(profiles.len() as u64)?;
        let outcome = gathered.conclude(messages);
        tell(&sources, by, messages);
        Ok(outcome)
    }

    fn source(
        &self,
        profile: &SourceProfile,
        format: ReportFormat,
        terminal: &Terminal,
    ) -> Vec<u8> {
        let ratings = self.ratings(profile.identity.domain.as_deref());
        let mut out = Vec::new();
        match format {
            ReportFormat::Text => {
                let Terminal { palette, width, .. } = terminal;
                return source_terminal(profile, &ratings, palette, *width).into_bytes();
            }
            ReportFormat::Markdown => return source_markdown(profile, &ratings).into_bytes(),
            ReportFormat::Json | ReportFormat::Jsonl => {
                write_json(&SourceRecord::new(profile, &ratings), &mut out);
            }
            ReportFormat::Csv => source_csv(profile, &mut out),
        }
        out
    }
}

/// What is to be known of the sources as a whole.
fn tell(sources: &Sources, by: SourceBy, messages: &Messages) {
    if sources.nameless > 0 {
        let how = match by {
            SourceBy::Publisher => {
                "name no publisher and have no address: give one in the field `publisher` or `url`, or \
                 put each source into a folder of its own and use --by-source=folder"
            }
            SourceBy::Folder => "stand in no folder",
        };
        messages
            .warning(&format!("{} articles are of no known source, they {how}", sources.nameless));
    }
    if sources.forgotten > 0 {
        messages.warning(&format!(
            "{} paragraphs were forgotten for want of room: what is repeated may be counted too low",
            sources.forgotten
        ));
    }
}
