//! The flags of the command.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// smallprint beside other extractors on the same pages: quality and speed in one run.
#[derive(Debug, Parser)]
#[command(name = "benches/compare/run", disable_version_flag = true)]
pub struct Args {
    /// A set of pages; may be given twice [default: both]
    #[arg(long = "set", value_enum, value_name = "SET")]
    pub sets: Vec<SetName>,
    /// Only the first N pages of each set
    #[arg(long, value_name = "N")]
    pub pages: Option<usize>,
    /// Speed on the first N pages of each set
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub speed_pages: usize,
    /// Rounds of the fast tools; 0 leaves speed out
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub rounds: usize,
    /// Rounds of the slow tools, at most those of the fast ones
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub slow_rounds: usize,
    /// Only this tool, by the name in the table; may be given several times
    #[arg(long = "tool", value_name = "NAME")]
    pub tools: Vec<String>,
    /// No quality, only speed
    #[arg(long)]
    pub no_quality: bool,
    /// Without the tools in Python
    #[arg(long)]
    pub no_python: bool,
    /// The interpreter of the environment that holds the tools in Python
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/python/bin/python"))]
    pub python: PathBuf,
    /// The folder with the sets
    #[arg(long, value_name = "FOLDER", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"))]
    pub data: PathBuf,
    /// Writes everything measured to a file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}

/// A set of pages with the text that people took for the page's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SetName {
    /// Pages of seven types.
    WcxbDev,
    /// News articles.
    NewspaperPages,
}

impl SetName {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 2] = [Self::WcxbDev, Self::NewspaperPages];

    /// The name of its folder.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WcxbDev => "wcxb-dev",
            Self::NewspaperPages => "newspaper-pages",
        }
    }
}
