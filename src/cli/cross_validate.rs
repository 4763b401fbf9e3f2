//! `evaluate --cross-validate`: refit by publisher over all inputs together, judge out of fold.

use std::path::Path;

use clap::Args;

use super::derived::read_derived;
use super::evaluate::ReportFormat;
use super::{Messages, Outcome};
use crate::document::LabelledDocument;
use crate::error::{Error, Result};
use crate::evaluate::{AblationRow, Evaluation, JudgedDocument, JudgedSet, Method};
use crate::featurize::schema::FeatureGroup;
use crate::model::decision::Scale;
use crate::records::{LabelMap, Output, read_labelled};
use crate::train::{
    Corpus, CrossValidated, CrossValidation, Progress, TrainOptions, WithTemplates,
};

/// Flags of cross-validation.
#[derive(Debug, Clone, Args)]
pub struct CrossValidateArgs {
    /// Refit by publisher over all inputs together, and judge every document by a model that saw
    /// none of its publisher
    #[arg(long)]
    pub cross_validate: bool,

    /// Let training-data/ take part in the fits; with --pages, learn the cues of text from it alone
    #[arg(long, requires = "cross_validate")]
    pub(super) with_training_data: bool,

    /// Also judge with what publishers repeat, as `--templates` does: how many of the other documents
    /// of the inputs by the same publisher hold a paragraph
    ///
    /// Adds a report for each input. The weights of that evidence are fitted without the publishers
    /// that are judged; those fitted on all are named on standard error.
    #[arg(long, requires = "cross_validate", conflicts_with = "pages")]
    pub(super) with_templates: bool,

    /// Also measure what each feature group is worth, by fitting again without it; with --pages,
    /// what text, markup and the first pass are worth alone
    #[arg(long, requires = "cross_validate")]
    pub(super) ablation: bool,

    /// Folds
    #[arg(long, value_name = "N", default_value_t = 5, requires = "cross_validate")]
    pub(super) folds: usize,

    /// Seed of the assignment of publishers to folds
    #[arg(long, value_name = "N", default_value_t = 1, requires = "cross_validate")]
    pub(super) seed: u64,
}

const TRAINING_DATA: &str = "training-data";

/// An input, or training data that only take part in the fits: its name and which documents of the
/// corpus are its own. Inputs come first.
struct Part {
    name: String,
    is_input: bool,
    start: usize,
    end: usize,
}

/// Cross-validates, and writes a report for each part and one for all inputs together. Into a
/// folder (one that exists, or with a slash at its end) they go as files of their own.
pub(super) fn run(
    args: &CrossValidateArgs,
    inputs: &[std::path::PathBuf],
    map: &LabelMap,
    format: ReportFormat,
    output: Option<&Path>,
    messages: &mut Messages,
) -> Result<Outcome> {
    let (documents, parts) = read(args, inputs, map)?;
    let mut corpus = Corpus::new(documents, args.folds, args.seed)?;
    if parts.iter().any(Part::is_training_data) {
        corpus.join(read_derived(Path::new(TRAINING_DATA))?, args.seed)?;
    }
    corpus.warnings.iter().for_each(|warning| messages.warning(warning));
    let decides = deciding(&corpus, &parts);
    let decides = |index| decides[index];
    let mut note = |step: &str| messages.note(step);
    let mut progress = Progress::new(&mut note);
    let mut validation =
        CrossValidation::new(&corpus, &TrainOptions::default(), &decides, &mut progress);
    let (judged, told) = if args.with_templates {
        let (judged, told) = validation.judge_with_templates(&mut progress)?;
        (judged, Some(told))
    } else {
        (validation.judge(&mut progress)?, None)
    };
    let mut evaluations = evaluations(&judged, &parts, &corpus)?;
    if args.ablation {
        let rows = ablation(&mut validation, &corpus, &parts, &evaluations, &mut progress)?;
        for (evaluation, rows) in evaluations.iter_mut().zip(rows) {
            evaluation.ablation = Some(rows);
        }
    }
    if let Some(WithTemplates { documents, weights }) = told {
        let decision = judged.decision;
        let with = self::evaluations(&CrossValidated { documents, decision }, &parts, &corpus)?;
        evaluations.extend(with.into_iter().map(|evaluation| Evaluation {
            name: format!("{}, with templates", evaluation.name),
            ..evaluation
        }));
        messages.note(&format!(
            "weights of templates: {} of the share of holders, {} of ln(1 + holders)",
            weights.share, weights.log_holders
        ));
    }
    write(&evaluations, format, output)?;
    Ok(Outcome::AllDone)
}

impl Part {
    fn is_training_data(&self) -> bool {
        Path::new(&self.name).components().eq(Path::new(TRAINING_DATA).components())
    }
}

/// The folder that `--with-training-data` means.
pub(super) fn training_data() -> Result<&'static Path> {
    let folder = Path::new(TRAINING_DATA);
    folder.is_dir().then_some(folder).ok_or_else(|| {
        Error::usage(
            "--with-training-data: there is no folder training-data here; run in the repository's \
             root",
        )
    })
}

/// The documents of all parts, and where each part's stand.
fn read(
    args: &CrossValidateArgs,
    inputs: &[std::path::PathBuf],
    map: &LabelMap,
) -> Result<(Vec<LabelledDocument>, Vec<Part>)> {
    let (mut documents, mut parts) = (Vec::new(), Vec::new());
    let mut add = |path: &Path, map: &LabelMap, is_input: bool| -> Result<()> {
        let (name, start) = (path.display().to_string(), documents.len());
        documents.extend(read_labelled(path, map)?);
        parts.push(Part { name, is_input, start, end: documents.len() });
        Ok(())
    };
    for input in inputs {
        add(input, map, true)?;
    }
    if args.with_training_data {
        add(training_data()?, &LabelMap::default(), false)?;
    }
    Ok((documents, parts))
}

/// For each document, whether calibration and thresholds are fitted on it: on the inputs' whole
/// documents, those with a label for every paragraph, since loose blocks are no mix of content and
/// boilerplate as in life. Neither is hand-written data: it has no say where derived documents take
/// part.
fn deciding(corpus: &Corpus, parts: &[Part]) -> Vec<bool> {
    let whole = |index: usize| corpus.documents[index].paragraphs.iter().all(|p| p.label.is_some());
    let derived = !corpus.derived.documents.is_empty();
    let mut decides = vec![false; corpus.documents.len()];
    let has_say = |part: &&Part| part.is_input && !(derived && part.is_training_data());
    for part in parts.iter().filter(has_say) {
        decides[part.start..part.end].fill(true);
    }
    if derived || (0..decides.len()).any(|index| decides[index] && whole(index)) {
        for (index, decides) in decides.iter_mut().enumerate() {
            *decides = *decides && whole(index);
        }
    }
    decides
}

fn evaluations(
    judged: &CrossValidated,
    parts: &[Part],
    corpus: &Corpus,
) -> Result<Vec<Evaluation>> {
    let evaluate = |name: &str, documents: &[JudgedDocument]| {
        Evaluation::new(&JudgedSet {
            name: name.to_owned(),
            method: Method::CrossValidated { folds: corpus.k },
            model_fingerprint: None,
            threshold: judged.decision.thresholds.safe,
            aggressive_threshold: Some(judged.decision.thresholds.aggressive),
            scale: Scale::ByLength,
            documents: documents.to_vec(),
        })
    };
    let mut evaluations = Vec::new();
    for part in parts {
        evaluations.push(evaluate(&part.name, &judged.documents[part.start..part.end])?);
    }
    let inputs: Vec<&Part> = parts.iter().filter(|part| part.is_input).collect();
    if let [_, .., last] = inputs[..] {
        evaluations.push(evaluate("all inputs together", &judged.documents[..last.end])?);
    }
    Ok(evaluations)
}

/// For each evaluation, what is left of it without each feature group.
fn ablation(
    validation: &mut CrossValidation<'_>,
    corpus: &Corpus,
    parts: &[Part],
    full: &[Evaluation],
    progress: &mut Progress<'_>,
) -> Result<Vec<Vec<AblationRow>>> {
    let mut rows = vec![Vec::new(); full.len()];
    for group in FeatureGroup::ALL {
        validation.leave_out(group, progress);
        let judged = validation.judge(progress)?;
        let without = evaluations(&judged, parts, corpus)?;
        for ((rows, without), full) in rows.iter_mut().zip(&without).zip(full) {
            rows.push(AblationRow::new(group.as_str(), without, full));
        }
    }
    Ok(rows)
}

fn write(evaluations: &[Evaluation], format: ReportFormat, output: Option<&Path>) -> Result<()> {
    let folder =
        output.filter(|path| path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/"));
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)
            .map_err(|error| Error::io("cannot make the folder", error).in_file(folder))?;
        for evaluation in evaluations {
            let name = format!("{}.{}", file_stem(&evaluation.name), format.ending());
            let mut file = Output::create(&folder.join(name))?;
            file.put(format.render(evaluation).as_bytes())?;
            file.finish()?;
        }
        return Ok(());
    }
    let mut stream = output.map_or_else(|| Ok(Output::stdout()), Output::create)?;
    for evaluation in evaluations {
        stream.put(format.render(evaluation).as_bytes())?;
    }
    stream.finish()
}

/// A file name from an input's: letters, digits and dots stay, the rest becomes one dash.
fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.trim_matches(['.', '/']).chars() {
        if c.is_alphanumeric() || c == '.' {
            stem.push(c);
        } else if !stem.ends_with('-') {
            stem.push('-');
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_become_file_names() {
        assert_eq!(
            file_stem("../shared/data/news-text/dev.jsonl"),
            "shared-data-news-text-dev.jsonl"
        );
        assert_eq!(file_stem("all together"), "all-together");
    }
}
