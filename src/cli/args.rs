//! Flags that several subcommands share, and what they mean to the library.

use std::ffi::OsStr;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use clap::builder::{EnumValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, Command, ValueEnum};

use super::output::Framing;
use super::run::InFolder;
use super::shards::{Call, ShardArgs};
use crate::classify::{Classifier, Options, Threshold, embedded_summary};
use crate::error::Error;
use crate::model::Provenance;
use crate::records::{Fields, InputFormat, MAX_DOCUMENT, ReadOptions};
use crate::segment::Split;
use crate::templates::Templates;

/// Flags of every subcommand.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Use this model file instead of the one inside the program
    #[arg(long, global = true, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Number of threads [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,

    /// No progress bar, no warnings, no notes, no summary; errors are still shown
    #[arg(long, short, global = true)]
    pub quiet: bool,

    /// All that was given
    #[arg(skip)]
    pub call: Call,
}

impl Global {
    /// The number of threads to use.
    pub fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.threads.unwrap_or_else(cores)
    }
}

/// More threads than any machine has: whoever asks for more has mistyped.
const MAX_THREADS: usize = 1024;

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (1..=MAX_THREADS).contains(&n) => Ok(n),
        _ => Err(format!("expected a whole number from 1 to {MAX_THREADS}")),
    }
}

/// What is read and how.
#[derive(Debug, Clone, Args)]
pub struct InputArgs {
    /// Files, folders or - for standard input
    ///
    /// Folders are read recursively, in byte order of path: names ending in .txt, .text, .md,
    /// .html, .htm, .jsonl, .csv, .warc, .wet (and .gz, .zst). Hidden files, links and other names are
    /// skipped and counted; a file named outright is always read.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub read: ReadArgs,
}

/// How inputs are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Input")]
pub struct ReadArgs {
    /// Format of the input; auto looks at the content
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = input_format())]
    pub input_format: InputFormat,

    /// Name of the field or column that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_field: String,

    /// Name of the field or column that holds the identifier
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub id_field: String,

    /// Name of the field or column that holds the page's address
    #[arg(long, value_name = "NAME", default_value = "url")]
    pub url_field: String,

    /// Name of the field or column that holds the title
    #[arg(long, value_name = "NAME", default_value = "title")]
    pub title_field: String,

    /// Name of the JSONL field that holds paragraphs already split
    #[arg(long, value_name = "NAME", default_value = "paragraphs")]
    pub paragraphs_field: String,

    /// Largest document: a file, or a record of JSONL, CSV or WARC, decompressed; such as 500M or 2G
    ///
    /// A larger one is an error in its place and is not held in memory, so that a few kilobytes that
    /// decompress to gigabytes do no harm. A document takes a few times its size while it is worked
    /// on.
    #[arg(
        long,
        value_name = "SIZE",
        default_value_t = Size(MAX_DOCUMENT),
        value_parser = Size::parse
    )]
    pub max_document: Size,
}

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(pub usize);

/// Units of sizes, each 1024 times the one before.
const UNITS: [&str; 4] = ["", "K", "M", "G"];

impl Size {
    /// Reads `1000`, `64K`, `500M`, `2G`, also with a `B` or `iB` behind; case does not matter.
    fn parse(text: &str) -> Result<Self, String> {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let unit = text[end..].trim().to_ascii_uppercase();
        let unit = unit.strip_suffix("IB").or_else(|| unit.strip_suffix('B')).unwrap_or(&unit);
        let power = UNITS.iter().zip(0_u32..).find(|&(&known, _)| known == unit);
        let size = power.and_then(|(_, power)| {
            text[..end].parse::<usize>().ok()?.checked_mul(1024_usize.checked_pow(power)?)
        });
        size.filter(|&size| size > 0)
            .map(Self)
            .ok_or_else(|| "expected a number of bytes such as 1000000, 500M or 2G".to_owned())
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (mut size, mut units) = (self.0, UNITS.iter());
        let mut unit = units.next();
        while size > 0 && size.is_multiple_of(1024) && units.len() > 0 {
            size /= 1024;
            unit = units.next();
        }
        write!(f, "{size}{}", unit.unwrap_or(&""))
    }
}

impl ReadArgs {
    /// The same for the library.
    pub fn options(&self) -> ReadOptions {
        ReadOptions {
            format: self.input_format,
            fields: Fields {
                text: self.text_field.clone(),
                id: self.id_field.clone(),
                url: self.url_field.clone(),
                title: self.title_field.clone(),
                paragraphs: self.paragraphs_field.clone(),
                ..Fields::default()
            },
            max_document: self.max_document.0,
        }
    }
}

fn input_format() -> impl TypedValueParser<Value = InputFormat> {
    PossibleValuesParser::new(InputFormat::ALL.map(InputFormat::as_str))
        .map(|name| InputFormat::from_str(&name).unwrap_or_default())
}

/// How documents are classified.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Classification")]
pub struct DecisionArgs {
    /// How running text is split into paragraphs
    #[arg(long, value_enum, value_name = "HOW", default_value = "auto")]
    pub split: SplitArg,

    #[command(flatten)]
    pub threshold: ThresholdArgs,

    #[command(flatten)]
    pub templates: TemplatesArgs,
}

/// What publishers are known to repeat.
#[derive(Debug, Clone, Default, Args)]
pub struct TemplatesArgs {
    /// Also go by what publishers repeat: a file that `smallprint templates learn` wrote
    ///
    /// A paragraph that other documents of the same publisher hold is likelier to be boilerplate.
    /// Documents of publishers that the file does not know get the labels that they get without it.
    #[arg(long, value_name = "FILE")]
    pub templates: Option<PathBuf>,

    /// The publisher of documents that name none and have no address
    #[arg(long, value_name = "NAME", requires = "templates")]
    pub publisher: Option<String>,
}

impl TemplatesArgs {
    /// A classifier that goes by them. Whatever is wrong with the file, it is the call that names it.
    pub fn told_to(&self, classifier: Classifier) -> Result<Classifier, Error> {
        let Some(path) = &self.templates else { return Ok(classifier) };
        let templates =
            Templates::from_path(path).map_err(|error| Error::usage(error.to_string()))?;
        Ok(classifier.with_templates(Arc::new(templates), self.publisher.clone()))
    }
}

impl DecisionArgs {
    /// The same for the library.
    pub fn options(&self) -> Options {
        Options { split: self.split.into(), threshold: self.threshold.threshold() }
    }
}

/// From where on a paragraph is boilerplate.
#[derive(Debug, Clone, Args)]
pub struct ThresholdArgs {
    /// Drop more: the threshold with the best F1 instead of the one that loses at most 0.5 % of
    /// the article's words
    #[arg(long, long_help = aggressive_help())]
    pub aggressive: bool,

    /// Take a paragraph of any length for boilerplate from this probability on, 0 to 1; overrides
    /// --aggressive
    #[arg(long, value_name = "P", value_parser = threshold)]
    pub threshold: Option<f32>,
}

impl ThresholdArgs {
    /// The same for the library.
    pub fn threshold(&self) -> Threshold {
        match self.threshold {
            Some(threshold) => Threshold::Fixed(threshold),
            None if self.aggressive => Threshold::Aggressive,
            None => Threshold::Safe,
        }
    }
}

/// What both thresholds of the embedded model cost and bring.
fn aggressive_help() -> String {
    let help = "Drop more: the threshold with the best F1 instead of the one that loses at most 0.5 % \
                of the article's words";
    let Some((thresholds, Provenance { derived: Some(derived), .. })) = embedded_summary() else {
        return help.to_owned();
    };
    format!(
        "{help}.\n\nCross-validated by publisher on real documents, the \
         default ({:.3}) loses {:.2} % of the article's words and finds boilerplate with an F1 of \
         {:.3}; with --aggressive ({:.3}) {:.2} % are lost, and F1 is {:.3}. Web pages have one \
         threshold, that of the best F1 of words",
        thresholds.safe,
        100.0 * derived.content_words_lost,
        derived.boilerplate_f1,
        thresholds.aggressive,
        100.0 * derived.aggressive_content_words_lost,
        derived.aggressive_boilerplate_f1
    )
}

fn threshold(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("expected a number from 0 to 1, such as 0.6".to_owned()),
    }
}

/// How running text is split.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SplitArg {
    /// Decide from the text
    Auto,
    /// A paragraph a line
    Line,
    /// Paragraphs between blank lines
    Blank,
    /// A paragraph a sentence
    Sentence,
}

impl From<SplitArg> for Split {
    fn from(split: SplitArg) -> Self {
        match split {
            SplitArg::Auto => Self::Auto,
            SplitArg::Line => Self::Line,
            SplitArg::Blank => Self::Blank,
            SplitArg::Sentence => Self::Sentence,
        }
    }
}

/// In which form results come.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct FormatArgs {
    /// Format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = Formats::<Format>::new())]
    pub format: Format,
}

/// In which form results come of commands that have Markdown too.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct ReportFormatArgs {
    /// Format of the output
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

/// A format of output, Markdown among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people; documents are separated by a line with a form feed
    Text,
    /// The same as Markdown
    Markdown,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// With a header line
    Csv,
}

impl ReportFormat {
    /// What stands around and between documents.
    pub fn framing(self, csv_header: &'static str) -> Framing {
        match self {
            Self::Text | Self::Markdown => Framing::Text,
            Self::Json => Framing::Json,
            Self::Jsonl => Framing::Jsonl,
            Self::Csv => Framing::Csv(csv_header),
        }
    }

    /// What the files of an output folder hold; `None` for formats that need one file.
    pub fn in_folder(self) -> Option<InFolder> {
        match self {
            Self::Text => Some(InFolder::Text),
            Self::Markdown => Some(InFolder::Markdown),
            Self::Json | Self::Jsonl | Self::Csv => None,
        }
    }
}

/// Where results go.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Write to this file, which is replaced only when all is done; to a device, FIFO or - at once;
    /// into a folder (existing, or named with / at the end) one text file for each input file
    #[arg(long, short, value_name = "FILE|FOLDER/")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub shards: ShardArgs,
}

/// A format of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people; documents are separated by a line with a form feed
    Text,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// With a header line
    Csv,
}

/// The formats of a command that has no Markdown, and says which one has.
#[derive(Debug, Clone)]
pub struct Formats<T>(PhantomData<fn() -> T>);

impl<T> Formats<T> {
    /// All formats of `T`.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: ValueEnum + Clone + Send + Sync + 'static> TypedValueParser for Formats<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        if value.eq_ignore_ascii_case("markdown") {
            let formats: Vec<String> = T::value_variants()
                .iter()
                .filter_map(T::to_possible_value)
                .map(|v| v.get_name().to_owned())
                .collect();
            let message = format!(
                "`{}` has no Markdown: `smallprint clean --format markdown` gives clean text in it. \
                 Formats here: {}\n",
                command.get_name(),
                formats.join(", ")
            );
            return Err(clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command));
        }
        EnumValueParser::<T>::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(T::value_variants().iter().filter_map(T::to_possible_value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, size) in
            [("1000", 1000), ("64k", 65_536), ("5MB", 5 << 20), ("1 MiB", 1 << 20), ("2G", 2 << 30)]
        {
            assert_eq!(Size::parse(text), Ok(Size(size)), "{text}");
        }
        for text in ["", "0", "M", "1.5G", "-1", "1T", "99999999999G"] {
            assert!(Size::parse(text).is_err(), "{text}");
        }
        for text in ["256M", "1000", "3G", "65K"] {
            assert_eq!(Size::parse(text).unwrap().to_string(), text);
        }
    }
}
