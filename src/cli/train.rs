//! The `train` program: labelled data to a model, its card and an evaluation report.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

use super::derived::{derive, read_derived, read_pages};
use crate::classify::load_model;
use crate::document::LabelledDocument;
use crate::error::{Error, ErrorKind, Result};
use crate::featurize::cues::Cue;
use crate::model::{ModelKind, file};
use crate::records::{LabelMap, Output, read_labelled};
use crate::report::{evaluation_markdown, evaluation_terminal};
use crate::train::pages::{PageFit, PageSplit, TrainedPages, page_card, page_report, train_pages};
use crate::train::{Corpus, Decide, Progress, TrainOptions, Trained, card, check_folds, train};

/// The project's own data and models, as seen from the repository's root.
const DATA: &str = "training-data";
const MODELS: &str = "models";
/// Folds of text where the call names none; pages have [`PageSplit`]'s.
const FOLDS: usize = 4;

/// Fits the model on labelled paragraphs, cross-validates it by publisher and writes the model, its
/// card and an evaluation report.
///
/// Without flags it reads `training-data/` and writes `models/text.json` and `models/html.json`: run
/// it in the repository's root. With labels of your own, name the files with --data and a folder
/// with --output.
#[derive(Debug, Parser)]
#[command(
    name = "train",
    version,
    after_help = "Exit codes: 0 done; 1 the data or a file cannot be used; 2 the call itself is wrong."
)]
struct Cli {
    /// Labelled CSV (document,publisher,index,label,text), JSONL with labelled paragraphs, or a
    /// folder of such files; may be given several times. Needs --output
    #[arg(long, value_name = "FILE", requires = "output")]
    data: Vec<PathBuf>,

    /// Folder for the models and their cards
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Folder for the reports, evaluation.md of text and pages.md of web pages, with the time and
    /// memory that training took
    #[arg(long, value_name = "DIR", default_value = "target/report")]
    report: PathBuf,

    /// CSV with the columns from,to that says what the labels of the data mean; an empty `to` makes
    /// paragraphs context, read but not trained on
    #[arg(long, value_name = "CSV")]
    labels_map: Option<PathBuf>,

    /// Folds of the cross-validation, by publisher [default: 4, of web pages 3]
    #[arg(long, value_name = "N")]
    folds: Option<usize>,

    /// Seed of the assignment of publishers to folds
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Fit calibration and thresholds on this labelled file, of publishers that the data does not
    /// hold; may be given several times
    #[arg(long, value_name = "FILE", requires = "data")]
    decide_on: Vec<PathBuf>,

    /// Do not train: compute the numbers in training-data/derived/ anew, from the files that its
    /// origins.json and page-origins.json name, and write them there or into the folder --output
    #[arg(long, conflicts_with_all = ["data", "labels_map", "folds", "seed", "report"])]
    derive: bool,

    /// Train only this model; web pages use the cues of the text model that is there
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["data", "derive"])]
    only: Option<Only>,

    /// Threads to fit with; the model does not depend on it [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,

    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

/// A model that is trained by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    /// That of plain text.
    Text,
    /// That of web pages.
    Html,
}

/// The whole program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing can be said if the stream is gone.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("train: {error}");
            let wrong_call = matches!(error.kind(), ErrorKind::Usage { .. });
            ExitCode::from(if wrong_call { 2 } else { 1 })
        }
    }
}

fn run(cli: &Cli) -> Result<()> {
    let started = Instant::now();
    let say = |text: &str| {
        if !cli.quiet {
            anstream::eprintln!("{:6.1} s  {text}", started.elapsed().as_secs_f64());
        }
    };
    if let Some(threads) = cli.threads {
        if threads == 0 {
            return Err(Error::usage("--threads 0: expected at least 1"));
        }
        // Fails only if the pool stands already, which nothing before this line builds.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    if cli.derive {
        return derive(own_data()?, cli.output.as_deref(), &text_model());
    }
    if let Some(folds) = cli.folds {
        check_folds(folds)?;
    }
    if cli.only == Some(Only::Html) {
        return only_pages(cli, started, &say);
    }
    let map = cli.labels_map.as_deref().map(LabelMap::from_path).transpose()?.unwrap_or_default();
    let documents = read_all(&data(cli)?, &map)?;
    let mut corpus = Corpus::new(documents, cli.folds.unwrap_or(FOLDS), cli.seed)?;
    if cli.data.is_empty() {
        corpus.join(read_derived(Path::new(DATA))?, cli.seed)?;
    }
    announce(cli, &corpus, &say);
    let options = TrainOptions { decide: decide(cli, &map)?, ..TrainOptions::default() };
    let trained = train(
        ModelKind::Text.name(),
        &corpus,
        &options,
        &mut Progress::new(&mut |step| say(step)),
    )?;
    write(cli, &trained)?;
    write_report(cli, &trained)?;
    if cli.data.is_empty() && cli.only != Some(Only::Text) {
        train_on_pages(cli, trained.model.cues, &say)?;
    }
    let what = format!(
        "{} documents, {} labelled paragraphs, {} folds",
        corpus.documents.len(),
        corpus.labelled(),
        corpus.k
    );
    write_run(cli, &what, started)?;
    say("done");
    Ok(())
}

fn announce(cli: &Cli, corpus: &Corpus, say: &dyn Fn(&str)) {
    say(&format!(
        "{} documents of {} publishers, {} labelled paragraphs",
        corpus.documents.len(),
        corpus.publishers(),
        corpus.labelled()
    ));
    say(&format!(
        "{} documents in numbers, {} labelled paragraphs",
        corpus.derived.documents.len(),
        corpus.derived.labelled()
    ));
    if !cli.quiet {
        corpus.warnings.iter().for_each(|warning| anstream::eprintln!("warning: {warning}"));
    }
}

/// Trains the model of web pages alone, with the cues of the text model that is there.
fn only_pages(cli: &Cli, started: Instant, say: &dyn Fn(&str)) -> Result<()> {
    if cli.labels_map.is_some() {
        return Err(Error::usage(
            "--labels-map says nothing about web pages: their numbers in training-data/derived/ \
             have the labels of this project; leave it out",
        ));
    }
    let data = own_data()?;
    let text = load_model(&text_model())?;
    if !train_on_pages(cli, text.cues, say)? {
        return Err(Error::data(
            "there are no web pages in numbers: make them with scripts/derive",
        )
        .in_file(data));
    }
    write_run(cli, "web pages in numbers alone", started)?;
    say("done");
    Ok(())
}

/// Trains the model of web pages on the pages in numbers, which need the cues of text; `false` if
/// there are none.
fn train_on_pages(cli: &Cli, cues: Vec<Cue>, say: &dyn Fn(&str)) -> Result<bool> {
    let pages = read_pages(Path::new(DATA))?;
    if pages.pages.is_empty() {
        return Ok(false);
    }
    let blocks: usize = pages.pages.iter().map(|page| page.labels.len()).sum();
    say(&format!("{} web pages in numbers, {blocks} blocks", pages.pages.len()));
    let folds = cli.folds.unwrap_or(PageSplit::default().folds);
    let split = PageSplit { folds, seed: cli.seed };
    let mut note = |step: &str| say(step);
    let TrainedPages { model, figures } =
        train_pages(&pages, cues, split, PageFit::default(), &mut Progress::new(&mut note))?;
    let folder = models(cli);
    let name = &model.name;
    write_file(&folder.join(format!("{name}.json")), file::to_json(&model).as_bytes())?;
    write_file(&folder.join(format!("{name}.md")), page_card(&model, &figures).as_bytes())?;
    let json = serde_json::to_string_pretty(&figures).expect("figures are finite numbers");
    write_file(&cli.report.join("pages.md"), page_report(&figures).as_bytes())?;
    write_file(&cli.report.join("pages.json"), (json + "\n").as_bytes())?;
    Ok(true)
}

/// The folder that models go to.
fn models(cli: &Cli) -> PathBuf {
    cli.output.clone().unwrap_or_else(|| MODELS.into())
}

/// The text model of this repository.
fn text_model() -> PathBuf {
    Path::new(MODELS).join(format!("{}.json", ModelKind::Text.name()))
}

/// The files to train on.
fn data(cli: &Cli) -> Result<Vec<PathBuf>> {
    if !cli.data.is_empty() {
        return Ok(cli.data.clone());
    }
    own_data().map(|folder| vec![folder.to_owned()])
}

/// The project's own data.
fn own_data() -> Result<&'static Path> {
    let folder = Path::new(DATA);
    if folder.is_dir() {
        return Ok(folder);
    }
    Err(Error::usage(
        "there is no folder training-data here: run in the repository's root, or name your own \
         labelled files with --data FILE --output DIR",
    ))
}

fn read_all(paths: &[PathBuf], map: &LabelMap) -> Result<Vec<LabelledDocument>> {
    let mut documents = Vec::new();
    for path in paths {
        documents.extend(read_labelled(path, map)?);
    }
    Ok(documents)
}

/// Where calibration and thresholds come from: data named in the call, else the training data.
fn decide(cli: &Cli, map: &LabelMap) -> Result<Decide> {
    if cli.decide_on.is_empty() {
        return Ok(Decide::OutOfFold);
    }
    read_all(&cli.decide_on, map).map(Decide::On)
}

fn write(cli: &Cli, trained: &Trained) -> Result<()> {
    let (folder, name) = (models(cli), &trained.model.name);
    write_file(&folder.join(format!("{name}.json")), file::to_json(&trained.model).as_bytes())?;
    write_file(
        &folder.join(format!("{name}.md")),
        card(&trained.model, &trained.evaluation).as_bytes(),
    )?;
    Ok(())
}

fn write_report(cli: &Cli, trained: &Trained) -> Result<()> {
    let evaluation = &trained.evaluation;
    let json = serde_json::to_string_pretty(evaluation)
        .expect("an evaluation has string keys and finite numbers");
    write_file(&cli.report.join("evaluation.md"), evaluation_markdown(evaluation).as_bytes())?;
    write_file(&cli.report.join("evaluation.json"), (json + "\n").as_bytes())?;
    if !cli.quiet {
        anstream::eprintln!("\n{}", evaluation_terminal(evaluation));
    }
    Ok(())
}

/// Time and memory so far.
fn write_run(cli: &Cli, what: &str, started: Instant) -> Result<()> {
    let memory = peak_memory_mb().map_or("unknown".to_owned(), |mb| format!("{mb:.0} MB"));
    let run = format!(
        "# Training run\n\nTrained on {what}.\n\n| | |\n| --- | --- |\n| time | {:.1} s |\n\
         | peak memory | {memory} |\n| threads | {} |\n",
        started.elapsed().as_secs_f64(),
        rayon::current_num_threads(),
    );
    write_file(&cli.report.join("run.md"), run.as_bytes())
}

pub(super) fn write_file(path: &Path, text: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Error::io("cannot make the folder", error).in_file(folder))?;
    }
    let mut output = Output::create(path)?;
    output.put(text)?;
    output.finish()
}

/// The most memory this process held so far, where the system tells (Linux).
fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_data_needs_a_folder_of_its_own() {
        assert!(Cli::try_parse_from(["train"]).is_ok());
        assert!(Cli::try_parse_from(["train", "--data", "a.csv"]).is_err());
        assert!(Cli::try_parse_from(["train", "--data", "a.csv", "--output", "m"]).is_ok());
    }

    #[test]
    fn flags_that_deriving_would_ignore_are_refused() {
        assert!(Cli::try_parse_from(["train", "--derive", "--output", "d"]).is_ok());
        for flag in [["--folds", "5"], ["--seed", "2"], ["--report", "r"], ["--labels-map", "m"]] {
            assert!(Cli::try_parse_from([&["train", "--derive"][..], &flag].concat()).is_err());
        }
    }
}
