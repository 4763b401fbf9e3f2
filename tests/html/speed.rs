//! How fast pages are read and cleaned beside a browser's tree, on the pages of the shared data.
//! Measurements, run by hand in a release build; docs/html-speed.md has the command and the figures.

use std::hint::black_box;
use std::time::Instant;

use smallprint::classify::embedded;
use smallprint::document::html::read_page;
use smallprint::featurize::page::Blocks;
use smallprint::featurize::{FeatureMatrix, Featurized};
use smallprint::model::{Compiled, ModelKind};
use smallprint::verdict::{CleanText, Keep};
use smallprint::{Classifier, Document};

use crate::{real, twin};

/// Rounds over all pages, of which the middle one counts.
const ROUNDS: usize = 5;

/// What is measured of each page, one after the other, so that other work on the machine slows all
/// of it alike.
const STAGES: [&str; 8] = [
    "html5ever's tree",
    "reader",
    "whole clean",
    "metadata",
    "features",
    "first pass",
    "second pass",
    "clean text",
];
const TREE: usize = 0;
const READER: usize = 1;
const WHOLE: usize = 2;
const METADATA: usize = 3;
/// The parts of the whole.
const PARTS: [usize; 6] = [1, 3, 4, 5, 6, 7];

struct Stages {
    classifier: Classifier,
    compiled: Compiled,
    matrices: [FeatureMatrix; 2],
}

/// What `run` gives, and the seconds that it takes.
fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let result = black_box(run());
    (result, started.elapsed().as_secs_f64())
}

impl Stages {
    /// Seconds of each stage.
    fn of(&mut self, source: &str) -> [f64; STAGES.len()] {
        let (_, tree) = timed(|| twin::tree(source));
        let document = Document::from_html(source);
        let ((verdict, clean), whole) = timed(|| {
            let verdict = self.classifier.classify(&document);
            let clean = CleanText::new(&document, &verdict, Keep::default(), "\n");
            (verdict, clean)
        });
        let (again, clean_text) =
            timed(|| CleanText::new(&document, &verdict, Keep::default(), "\n"));
        assert_eq!(again, clean);
        let (page, reader) = timed(|| read_page(source));
        let (_, metadata) = timed(|| page.metadata());
        let Self { compiled, matrices: [first, second], .. } = self;
        let (featurized, features) = timed(|| {
            let blocks = Blocks::new(&page, &compiled.cues, &compiled.markup_cues);
            Featurized::Blocks(Box::new(blocks))
        });
        let (around, first_pass) = timed(|| {
            let mut probabilities = Vec::with_capacity(featurized.len());
            for block in featurized.blocks() {
                featurized.first_rows(block, first);
                let scores = compiled.first.all_scores(first);
                probabilities.extend(scores.map(|s| compiled.kind.first_probabilities(&s)));
            }
            featurized.around(probabilities)
        });
        let (n, second_pass) = timed(|| {
            let mut n = 0;
            for block in featurized.blocks() {
                featurized.second_rows(block, &around, second);
                n += black_box(compiled.second.all_scores(second)).map(black_box).count();
            }
            n
        });
        assert_eq!(n, verdict.paragraphs.len());
        [tree, reader, whole, metadata, features, first_pass, second_pass, clean_text]
    }
}

fn median(mut values: [f64; ROUNDS]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[ROUNDS / 2]
}

#[test]
#[ignore = "a measurement: needs a release build and a quiet machine"]
fn pages_to_clean_text_beside_a_browsers_tree() {
    let mut pages = Vec::new();
    for folder in ["wcxb-dev/html", "newspaper-pages/html"] {
        let Some(paths) = real::pages(folder) else { return };
        pages.extend(paths.iter().map(|path| real::read(path)));
    }
    let megabytes = pages.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let mut stages = Stages {
        classifier: Classifier::embedded(),
        compiled: embedded(ModelKind::Html).compile(),
        matrices: [FeatureMatrix::new(), FeatureMatrix::new()],
    };
    let mut seconds = [[0.0; ROUNDS]; STAGES.len()];
    // The first page reads the model.
    stages.of("<p>A page.");
    for round in 0..ROUNDS {
        for page in &pages {
            let taken = stages.of(page);
            seconds.iter_mut().zip(taken).for_each(|(sums, taken)| sums[round] += taken);
        }
    }
    let medians = seconds.map(median);
    let against = |stage: usize| {
        median(std::array::from_fn(|round| seconds[TREE][round] / seconds[stage][round]))
    };
    eprintln!("{} pages, {megabytes:.0} MB, the middle of {ROUNDS} rounds", pages.len());
    for stage in [TREE, READER, METADATA, WHOLE] {
        let (speed, times) = (megabytes / medians[stage], against(stage));
        eprintln!("{:<18} {speed:>5.0} MB/s {times:>6.2} times html5ever", STAGES[stage]);
    }
    let share = |seconds: f64| 100.0 * seconds / medians[WHOLE];
    for stage in PARTS {
        eprintln!("  {:<16} {:>5.1} % of clean", STAGES[stage], share(medians[stage]));
    }
    let rest = medians[WHOLE] - PARTS.iter().map(|&stage| medians[stage]).sum::<f64>();
    eprintln!("  {:<16} {:>5.1} % of clean", "rest", share(rest));
    assert!(against(READER) > 3.0, "our reader is not worth its code");
    assert!(against(WHOLE) > 1.0, "cleaning is slower than a browser's tree alone");
}
