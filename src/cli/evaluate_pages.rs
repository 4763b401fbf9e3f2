//! `evaluate --pages`: how good the text is that is extracted from web pages.

use std::path::PathBuf;

use super::Outcome;
use super::args::Global;
use super::evaluate::{EvaluateArgs, ReportFormat};
use super::terminal::Terminal;
use crate::classify::{Classifier, Options, embedded_html_model, load_model};
use crate::document::{Document, GoldPage};
use crate::error::{Error, Result};
use crate::evaluate::Method;
use crate::evaluate::pages::{PageEvaluation, PageSet, score_page};
use crate::model::ModelKind;
use crate::pipeline;
use crate::records::{GoldPages, Output};
use crate::report::{pages_markdown, pages_terminal};
use crate::verdict::{CleanText, Keep};

/// Gives the text of a page.
type Extract = dyn Fn(&GoldPage) -> Result<String> + Sync;

/// How text is extracted from pages, and what is said about it in the report.
struct Extraction {
    /// Completes "text extracted by ...".
    name: String,
    method: Option<Method>,
    model_fingerprint: Option<String>,
    extract: Box<Extract>,
}

/// Evaluates and writes the report.
pub(super) fn run(args: &EvaluateArgs, global: &Global) -> Result<Outcome> {
    let extraction = extraction(args, global)?;
    let mut output = args.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::create)?;
    let terminal = if args.output.is_some() { Terminal::file() } else { Terminal::stdout() };
    let evaluation = evaluate(&args.inputs, extraction, global.threads())?;
    output.put(render(&evaluation, args.format, terminal.width).as_bytes())?;
    output.finish()?;
    Ok(if evaluation.all.failed > 0 { Outcome::SomeFailed } else { Outcome::AllDone })
}

/// The article's own text, as `clean` gives it.
fn extraction(args: &EvaluateArgs, global: &Global) -> Result<Extraction> {
    let options = Options { threshold: args.threshold.threshold(), ..Options::default() };
    let model = global.model.as_deref().map_or_else(|| Ok(embedded_html_model()), load_model)?;
    let classifier = Classifier::new(model, options);
    if classifier.model().kind != ModelKind::Html {
        return Err(Error::usage(
            "--model: expected a model of web pages, as models/html.json is, found one of text",
        ));
    }
    let fingerprint = classifier.model().fingerprint();
    let extract = move |page: &GoldPage| {
        let document = Document::from_html(page.html.as_str());
        let verdict = classifier.classify(&document);
        Ok(CleanText::new(&document, &verdict, Keep::default(), "\n").text)
    };
    Ok(Extraction {
        name: "the model of web pages".to_owned(),
        method: None,
        model_fingerprint: Some(fingerprint),
        extract: Box::new(extract),
    })
}

/// Extracts from the pages of all inputs and compares, on all threads; pages are held a few at a
/// time.
fn evaluate(inputs: &[PathBuf], extraction: Extraction, threads: usize) -> Result<PageEvaluation> {
    let names: Vec<String> = inputs.iter().map(|input| input.display().to_string()).collect();
    let files: Vec<GoldPages> = inputs.iter().map(|i| GoldPages::open(i)).collect::<Result<_>>()?;
    let mut pages = Vec::new();
    pipeline::run(
        files.into_iter().flatten(),
        threads,
        |page| page.as_ref().map_or(0, |page| page.html.len()),
        |page: Result<GoldPage>| {
            let page = page?;
            Ok(score_page(&page, (extraction.extract)(&page)))
        },
        |page: Result<_>| {
            pages.push(page?);
            Ok(())
        },
    )?;
    PageEvaluation::new(PageSet {
        name: names.join(", "),
        extraction: extraction.name,
        method: extraction.method,
        model_fingerprint: extraction.model_fingerprint,
        pages,
    })
}

fn render(evaluation: &PageEvaluation, format: ReportFormat, width: usize) -> String {
    match format {
        ReportFormat::Text => pages_terminal(evaluation, width),
        ReportFormat::Markdown => pages_markdown(evaluation),
        ReportFormat::Json => {
            let json = serde_json::to_string_pretty(evaluation);
            json.expect("an evaluation has string keys and finite numbers") + "\n"
        }
    }
}
