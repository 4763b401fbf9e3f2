//! How good is an extraction of text from web pages?
//!
//! In: pages with the text that people say they hold ([`GoldPage`](crate::document::GoldPage)), and
//! what an extraction made of each. Out: figures of each page ([`score_page`]), and of all of them
//! together with intervals and the worst pages ([`PageEvaluation`]).
//!
//! How text is extracted is no matter here: whoever calls brings it. `units` cuts texts into what
//! is compared, `similarity` and `snippets` compare, `diff` says what was lost and what was added,
//! `page_set` sums up. `block_labels` finds blocks on pages that people labelled, and measures what
//! labels they get; `ablation` holds what is left with a part of a model's features.

mod ablation;
mod block_labels;
mod diff;
mod page_score;
mod page_set;
mod page_tally;
mod similarity;
mod snippets;
mod units;

pub use ablation::{AblationFigures, PageAblationRow};
pub use block_labels::{BlockLabels, Fit, FitCounts, JudgedOnPage, LabelledBlocks};
pub use diff::{Diff, MAX_RUN_CHARS, MAX_RUNS, Run};
pub use page_score::{PageScore, ScoredPage, score_page};
pub use page_set::{
    FileFigures, MAX_WORST_PAGES, Micro, PageEvaluation, PageFigures, PageSet, ScoredFile,
    SnippetFigures, WorstPage,
};
pub use similarity::Similarity;
pub use snippets::SnippetCounts;
pub use units::Unit;
