//! One pass fitted with linfa, on some thousand rows; `benches/fit.rs` has a matrix of full size.

use divan::Bencher;
use divan::counter::ItemsCount;
use smallprint::Label;
use smallprint::model::fit::{FitOptions, fit_pass};
use smallprint::model::{Arrangement, Pass};

#[path = "../shared/training_rows.rs"]
mod training_rows;
use training_rows::{TrainingRows, training_rows};

/// Few enough for many iterations; there are all labels among them.
const ROWS: usize = 4_000;
const COLUMNS: usize = 128;

/// The regressions of all labels, each against the rest.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn fit(bencher: Bencher) {
    let rows = training_rows(ROWS, COLUMNS);
    let expected = fitted(&rows);
    let right = n_right(&expected, &rows);
    assert!(right * 4 > ROWS * 3, "{right} of {ROWS} labels are given back");
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        assert_eq!(fitted(&rows), expected, "the same weights each time");
    });
}

fn fitted(rows: &TrainingRows) -> Pass {
    let (matrix, options) = (rows.matrix.view(), FitOptions::default());
    let arrangement = Arrangement::OneAgainstRest;
    fit_pass(matrix, &rows.targets, &rows.names, &[], arrangement, &options, None)
        .expect("these rows can be fitted")
}

/// Rows whose greatest score is that of their label.
fn n_right(pass: &Pass, rows: &TrainingRows) -> usize {
    let compiled = pass.compile();
    let likeliest = |row: &[f32]| {
        let scores = compiled.scores(row);
        Label::ALL.into_iter().max_by(|a, b| scores[a.index()].total_cmp(&scores[b.index()]))
    };
    let all = rows.matrix.rows().into_iter().zip(&rows.targets);
    all.filter(|(row, target)| likeliest(&row.to_vec()) == Some(**target)).count()
}
