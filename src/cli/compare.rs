//! `compare`: several articles on one story.

use std::path::PathBuf;

use clap::Args;

use super::args::{DecisionArgs, Global, InputArgs, ReportFormat, ReportFormatArgs};
use super::fold::fold;
use super::output::{Framing, Sink};
use super::run::foreign_language;
use super::terminal::Terminal;
use super::{Messages, Outcome, classifier};
use crate::credibility::story::{self, Account, Comparison};
use crate::credibility::{Finding, Identity, Options, Reading, Signal, SourceBy, signals};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::report::comparison::{
    Article, COMPARE_HEADER, Compared, ComparisonRecord, PairRecord, comparison_markdown,
    comparison_terminal, pair_csv,
};
use crate::report::records::write_json;
use crate::verdict::Verdict;

/// Arguments of `compare`.
///
/// Tells which articles tell one story, which quotations and sentences they share, and where they
/// differ in a day, a number or a channel. Who wrote first cannot be told from texts, and is not.
/// `--format json` is one object, `jsonl` one for each pair that has something in common.
#[derive(Debug, Clone, Args)]
pub struct CompareArgs {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    decision: DecisionArgs,

    /// Also look for attributions that are lost, corroboration, and what one account alone says, which
    /// have not been shown to be right nine times in ten
    #[arg(long)]
    experimental: bool,

    #[command(flatten)]
    format: ReportFormatArgs,

    /// Write to this file, which is replaced only when all is done; to a device, FIFO or - at once
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

/// Reads articles, compares them and writes what they share.
pub fn run(args: &CompareArgs, global: &Global, messages: &mut Messages) -> Result<Outcome> {
    let classifier = classifier(global, &args.decision)?;
    let output = args.output.as_deref();
    let framing = match args.format.format {
        // One object, of which the sink knows nothing.
        ReportFormat::Json => Framing::Jsonl,
        format => format.framing(COMPARE_HEADER),
    };
    let sink = Sink::open(output, framing)?;
    let terminal = if output.is_some() { Terminal::file() } else { Terminal::stdout() };
    let (mut articles, mut accounts) = (Vec::new(), Vec::new());
    let work = |document: Document| {
        let verdict = classifier.classify(&document);
        let account = account(&document, &verdict, args.experimental);
        (account, foreign_language(&verdict))
    };
    let gather = |(article, account): (Article, Account)| {
        articles.push(article);
        accounts.push(account);
    };
    let Some(gathered) = fold(&args.input, output, global, messages, work, gather)? else {
        return Ok(Outcome::Interrupted);
    };
    if articles.len() < 2 {
        gathered.conclude(messages);
        return Err(Error::usage(format!(
            "compare needs two articles or more, found {}: name several files, a folder, or a file \
             with a record for each",
            articles.len()
        )));
    }
    let options = Options { experimental: args.experimental, ..Options::default() };
    let comparison = Comparison::with(&accounts, &options);
    let compared = Compared { articles: &articles, accounts: &accounts, comparison: &comparison };
    write(compared, args.format.format, &terminal, sink)?;
    Ok(gathered.conclude(messages))
}

/// What is kept of a document.
fn account(document: &Document, verdict: &Verdict, experimental: bool) -> (Article, Account) {
    let reading = Reading::new(document, verdict);
    let source = Identity::of(document, SourceBy::Publisher);
    let values = |signal: Signal| -> Vec<String> {
        let finding: Option<Finding> = signals::test(signal, &reading, &[]);
        let evidence = finding.into_iter().flat_map(|finding| finding.evidence);
        evidence.filter_map(|evidence| evidence.value).collect()
    };
    let published = values(Signal::Date).into_iter().next();
    let mut credits = values(Signal::AgencyCredit);
    credits.extend(values(Signal::Republication));
    let publisher = source.map(|source| source.name);
    let article = Article {
        path: document.path.clone(),
        id: document.id.clone(),
        url: document.url.clone(),
        publisher: publisher.clone(),
        published: published.clone(),
        title: document
            .known_title()
            .map(str::to_owned)
            .or_else(|| reading.title_paragraph().map(|paragraph| paragraph.text.to_owned())),
    };
    let parts = [&document.path, &document.id, &document.url];
    let name: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let known = story::Identity { id: name.join(" "), publisher, published, credits };
    let account = Account::new(&reading, known);
    let account = if experimental { account.with_attributions(&reading) } else { account };
    (article, account)
}

fn write(
    compared: Compared<'_>,
    format: ReportFormat,
    terminal: &Terminal,
    mut sink: Sink,
) -> Result<()> {
    let mut out = Vec::new();
    match format {
        ReportFormat::Text => {
            let Terminal { palette, width, .. } = terminal;
            out = comparison_terminal(compared, palette, *width).into_bytes();
        }
        ReportFormat::Markdown => out = comparison_markdown(compared).into_bytes(),
        ReportFormat::Json => write_json(&ComparisonRecord::new(compared), &mut out),
        ReportFormat::Jsonl | ReportFormat::Csv => {
            let pairs = &compared.comparison.pairs;
            for (place, pair) in pairs.iter().enumerate() {
                out.clear();
                if format == ReportFormat::Csv {
                    pair_csv(pair, compared, &mut out);
                } else {
                    write_json(&PairRecord::new(pair, compared), &mut out);
                }
                sink.document(place as u64, None, &out)?;
            }
            return sink.finish(pairs.len() as u64);
        }
    }
    sink.document(0, None, &out)?;
    sink.finish(1)
}
