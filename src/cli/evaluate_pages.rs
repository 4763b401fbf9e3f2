//! `evaluate --pages`: how good the text is that is extracted from web pages.

use std::path::PathBuf;

use super::args::Global;
use super::evaluate::{EvaluateArgs, ReportFormat, json};
use super::terminal::Terminal;
use super::{Messages, Outcome, classifier_of};
use crate::classify::Options;
use crate::document::{Document, GoldPage};
use crate::error::Result;
use crate::evaluate::Method;
use crate::evaluate::pages::{PageEvaluation, PageSet, score_page};
use crate::model::ModelKind;
use crate::pipeline;
use crate::records::{GoldPages, Output};
use crate::report::{pages_markdown, pages_terminal};
use crate::verdict::{CleanText, Keep};

/// Completes "text extracted by ..." in the report.
pub(super) const EXTRACTION: &str = "the model of web pages";

/// Evaluates and writes the report.
pub(super) fn run(
    args: &EvaluateArgs,
    global: &Global,
    messages: &mut Messages,
) -> Result<Outcome> {
    let mut output = args.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::create)?;
    let terminal = if args.output.is_some() { Terminal::file() } else { Terminal::stdout() };
    let evaluation = PageEvaluation::new(judged(args, global, messages)?)?;
    output.put(render(&evaluation, args.format, terminal.width).as_bytes())?;
    output.finish()?;
    Ok(Outcome::AllDone)
}

fn judged(args: &EvaluateArgs, global: &Global, messages: &mut Messages) -> Result<PageSet> {
    #[cfg(feature = "train")]
    if args.cross_validate.cross_validate {
        return super::cross_validate_pages::judged(args, messages);
    }
    #[cfg(not(feature = "train"))]
    let _ = messages;
    judged_by_model(args, global)
}

/// Extracts from the pages of all inputs and compares, on all threads; pages are held a few at a
/// time.
fn judged_by_model(args: &EvaluateArgs, global: &Global) -> Result<PageSet> {
    let options = Options { threshold: args.threshold.threshold(), ..Options::default() };
    let classifier = classifier_of(ModelKind::Html, global, options)?;
    let files: Vec<GoldPages> =
        args.inputs.iter().map(|input| GoldPages::open(input)).collect::<Result<_>>()?;
    let mut pages = Vec::new();
    pipeline::run(
        files.into_iter().flatten(),
        global.threads(),
        |page| page.as_ref().map_or(0, |page| page.html.len()),
        |page: Result<GoldPage>| {
            let page = page?;
            let document = Document::from_html(page.html.as_str());
            let verdict = classifier.classify(&document);
            let text = CleanText::new(&document, &verdict, Keep::default(), "\n").text;
            Ok(score_page(&page, Ok(text)))
        },
        |page: Result<_>| {
            pages.push(page?);
            Ok(())
        },
    )?;
    Ok(PageSet {
        name: names(&args.inputs),
        extraction: EXTRACTION.to_owned(),
        method: Some(Method::Model),
        model_fingerprint: Some(classifier.model().fingerprint()),
        pages,
    })
}

/// The inputs as the report names them.
pub(super) fn names(inputs: &[PathBuf]) -> String {
    let names: Vec<String> = inputs.iter().map(|input| input.display().to_string()).collect();
    names.join(", ")
}

fn render(evaluation: &PageEvaluation, format: ReportFormat, width: usize) -> String {
    match format {
        ReportFormat::Text => pages_terminal(evaluation, width),
        ReportFormat::Markdown => pages_markdown(evaluation),
        ReportFormat::Json => json(evaluation),
    }
}
