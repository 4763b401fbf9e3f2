//! `evaluate --pages`: how good the text is that is extracted from web pages.

use std::path::PathBuf;

use super::args::Global;
use super::evaluate::{EvaluateArgs, ReportFormat, json};
use super::terminal::Terminal;
use super::{Messages, Outcome, classifier_of};
use crate::classify::Options;
use crate::document::{Document, GoldPage, publisher_of_url};
use crate::error::Result;
use crate::evaluate::Method;
use crate::evaluate::pages::{
    JudgedOnPage, LabelledBlocks, PageEvaluation, PageSet, ScoredFile, ScoredPage, score_page,
};
use crate::featurize::Probabilities;
use crate::model::ModelKind;
use crate::pipeline;
use crate::records::{GoldPages, Output, read_labelled};
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
    let evaluation = evaluation(args, global, messages)?;
    output.put(render(&evaluation, args.format, terminal.width).as_bytes())?;
    output.finish()?;
    Ok(Outcome::AllDone)
}

fn evaluation(
    args: &EvaluateArgs,
    global: &Global,
    messages: &mut Messages,
) -> Result<PageEvaluation> {
    let labelled = labelled(args)?;
    #[cfg(feature = "train")]
    if args.cross_validate.cross_validate {
        return super::cross_validate_pages::evaluation(args, &labelled, messages);
    }
    #[cfg(not(feature = "train"))]
    let _ = messages;
    by_model(args, global, &labelled)
}

/// The blocks that people labelled.
fn labelled(args: &EvaluateArgs) -> Result<LabelledBlocks> {
    let (map, mut documents) = (args.map()?, Vec::new());
    for path in &args.labels {
        documents.extend(read_labelled(path, &map)?);
    }
    Ok(LabelledBlocks::new(documents))
}

/// A page of the file of this number, its score and what was found of labelled documents.
type Judged = (usize, ScoredPage, Vec<JudgedOnPage>);

/// Extracts from the pages of all inputs and compares, on all threads; pages are held a few at a
/// time.
fn by_model(
    args: &EvaluateArgs,
    global: &Global,
    labelled: &LabelledBlocks,
) -> Result<PageEvaluation> {
    let options = Options { threshold: args.threshold.threshold(), ..Options::default() };
    let classifier = args.templates.told_to(classifier_of(ModelKind::Html, global, options)?)?;
    let opened: Vec<GoldPages> =
        args.inputs.iter().map(|input| GoldPages::open(input)).collect::<Result<_>>()?;
    let numbered = opened.into_iter().enumerate();
    let (mut files, mut found) = (empty_files(args), Vec::new());
    pipeline::run(
        numbered.flat_map(|(file, pages)| pages.map(move |page| page.map(|page| (file, page)))),
        global.threads(),
        |page| page.as_ref().map_or(0, |(_, page)| page.html.len()),
        |page: Result<(usize, GoldPage)>| {
            let (file, page) = page?;
            let document = Document {
                publisher: page
                    .url
                    .as_deref()
                    .and_then(publisher_of_url)
                    .or_else(|| page.site.clone()),
                ..Document::from_html(page.html.as_str())
            };
            let verdict = classifier.classify(&document);
            let text = CleanText::new(&document, &verdict, Keep::default(), "\n").text;
            let texts: Vec<&str> = verdict.paragraphs.iter().map(|p| p.text(&document)).collect();
            let probabilities: Vec<Probabilities> =
                verdict.paragraphs.iter().map(|p| p.probabilities).collect();
            let labels = labelled.judge(&page, &texts, &probabilities);
            Ok((file, score_page(&page, Ok(text)), labels))
        },
        |judged: Result<Judged>| {
            let (file, page, labels) = judged?;
            files[file].pages.push(page);
            found.extend(labels);
            Ok(())
        },
    )?;
    let model = classifier.model();
    let fingerprint = Some(model.fingerprint());
    let mut evaluation = PageEvaluation::new(PageSet {
        name: names(&args.inputs),
        extraction: EXTRACTION.to_owned(),
        method: Some(Method::Model),
        model_fingerprint: fingerprint.clone(),
        files,
    })?;
    if !args.labels.is_empty() {
        let by = (Method::Model, fingerprint);
        let threshold = classifier.cutoff().threshold;
        evaluation.labels = Some(labelled.evaluate(names(&args.labels), by, threshold, found)?);
    }
    Ok(evaluation)
}

/// The inputs, still without their pages.
pub(super) fn empty_files(args: &EvaluateArgs) -> Vec<ScoredFile> {
    let file =
        |input: &PathBuf| ScoredFile { name: input.display().to_string(), pages: Vec::new() };
    args.inputs.iter().map(file).collect()
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
