//! The parts of the kernel that can be called alone.

use std::hint::black_box;

use divan::Bencher;
use smallprint::featurize::FeatureMatrix;
use smallprint::featurize::cues::Cues;
use smallprint::kernel::class::Class;
use smallprint::kernel::masks::{BLOCK, portable};
use smallprint::kernel::product::{ROWS, Range, accumulate};
use smallprint::kernel::scan::Scanner;
use smallprint::kernel::table::CueTable;
use smallprint::kernel::{LANES, USED_LANES};
use smallprint::model::{CLIP, Pass};

use crate::corpus::CORPUS;

/// White space counted by the standard library: a yardstick, no part of the program.
#[divan::bench]
fn naive_words(bencher: Bencher) {
    let corpus = &*CORPUS;
    let expected = corpus.n_words();
    bencher.counter(corpus.bytes()).bench(|| {
        let words: usize =
            corpus.texts().map(|text| black_box(text).split_whitespace().count()).sum();
        assert_eq!(words as u64, expected);
    });
}

/// `LC_ALL=C wc -w` on the same bytes, the yardstick for `scan_with_cues`: a program of its own, whose
/// start is a hundredth of its time here.
#[cfg(unix)]
#[divan::bench]
fn wc_words(bencher: Bencher) {
    let corpus = &*CORPUS;
    let path = std::env::temp_dir().join(format!("smallprint-wc-{}.txt", std::process::id()));
    let text: String = corpus.texts().flat_map(|text| [text, "\n"]).collect();
    std::fs::write(&path, text).expect("the temporary folder can be written");
    bencher.counter(corpus.bytes()).bench(|| {
        let mut command = std::process::Command::new("wc");
        let output = command.arg("-w").arg(&path).env("LC_ALL", "C").output().expect("wc is there");
        let words = String::from_utf8_lossy(&output.stdout);
        let words = words.split_whitespace().next().and_then(|words| words.parse::<u64>().ok());
        // In the C locale a dash alone is no word.
        let is_near = |words: u64| words.abs_diff(corpus.n_words()) <= corpus.n_words() / 50;
        assert!(words.is_some_and(is_near), "{output:?}");
    });
    std::fs::remove_file(&path).expect("it was written");
}

/// Masks of whole blocks as any machine makes them; those for wide registers are part of `scan`.
#[divan::bench]
fn masks_portable(bencher: Bencher) {
    let corpus = &*CORPUS;
    let (mut upper, mut bytes) = (0, 0);
    for text in corpus.texts() {
        let whole = &text.as_bytes()[..text.len() / BLOCK * BLOCK];
        upper += whole.iter().filter(|byte| byte.is_ascii_uppercase()).count();
        bytes += whole.len();
    }
    bencher.counter(divan::counter::BytesCount::from(bytes)).bench(|| {
        let blocks = corpus.texts().flat_map(|text| text.as_bytes().as_chunks::<BLOCK>().0);
        let found: u32 = blocks.map(|block| portable(black_box(block)).upper.count_ones()).sum();
        assert_eq!(found as usize, upper);
    });
}

/// Bytes to words and classes; the table holds the hand-made lists alone.
#[divan::bench]
fn scan_without_cues(bencher: Bencher) {
    scan_all(bencher, Cues::default().table());
}

/// The whole scan, with the model's cues.
#[divan::bench]
fn scan_with_cues(bencher: Bencher) {
    scan_all(bencher, CORPUS.compiled.cues.table());
}

fn scan_all(bencher: Bencher, table: &CueTable) {
    let corpus = &*CORPUS;
    let lower = |text: &str| text.bytes().filter(u8::is_ascii_lowercase).count();
    let expected: usize = corpus.texts().map(lower).sum();
    // One for all, as the program has one for each thread.
    let mut scanner = Scanner::new(table);
    bencher.counter(corpus.bytes()).bench_local(|| {
        let scans = corpus.texts().map(|text| scanner.scan(black_box(text), &mut ()));
        let found: u32 = scans.map(|scan| scan.count(Class::Lower)).sum();
        assert_eq!(found as usize, expected);
    });
}

/// Rows of the first pass times the model's weights, eight rows at a time, with clipping. The bytes
/// are those of the text that the rows are of.
#[divan::bench]
fn product(bencher: Bencher) {
    let corpus = &*CORPUS;
    let model = smallprint::classify::embedded_model();
    let (ranges, weights) = factors(&model.first);
    let matrices: Vec<FeatureMatrix> = corpus
        .scanned()
        .iter()
        .map(|document| {
            let mut rows = FeatureMatrix::new();
            document.first_rows(0..document.len(), &mut rows);
            rows
        })
        .collect();
    let expected: f64 = matrices
        .iter()
        .flat_map(FeatureMatrix::rows)
        .map(|row| naive_product(row, &ranges, &weights))
        .sum();
    bencher.counter(corpus.bytes()).bench_local(|| {
        let mut sum = 0.0;
        for matrix in &matrices {
            let mut rows = matrix.rows();
            for start in (0..matrix.n_paragraphs()).step_by(ROWS) {
                let mut scores = [[0.0; LANES]; ROWS];
                accumulate(rows.by_ref().take(ROWS), &ranges, &weights, &mut scores);
                let there = &scores[..ROWS.min(matrix.n_paragraphs() - start)];
                sum +=
                    there.iter().flat_map(|s| &s[..USED_LANES]).map(|&s| f64::from(s)).sum::<f64>();
            }
        }
        assert!((sum - expected).abs() < 1e-3 * expected.abs(), "{sum} {expected}");
    });
}

/// Clipping and weights of a pass, as they stand in its file: what scaling makes of the weights does
/// not change the time.
fn factors(pass: &Pass) -> (Vec<Range>, Vec<[f32; LANES]>) {
    let range = |mean: f64, deviation: f64| {
        let (low, high) = ((mean - CLIP * deviation) as f32, (mean + CLIP * deviation) as f32);
        Range { low, high, zero: 0f32.clamp(low, high) }
    };
    let ranges = pass.columns.iter().map(|c| range(c.mean, c.deviation)).collect();
    let lanes = |weights: &[f64]| {
        std::array::from_fn(|lane| weights.get(lane).map_or(0.0, |&weight| weight as f32))
    };
    (ranges, pass.columns.iter().map(|column| lanes(&column.weights)).collect())
}

/// Sum over the lanes of one row's scores.
fn naive_product(row: &[f32], ranges: &[Range], weights: &[[f32; LANES]]) -> f64 {
    let cells = row.iter().zip(ranges).zip(weights);
    cells
        .map(|((&value, range), weights)| {
            let value = f64::from(value.clamp(range.low, range.high) - range.zero);
            value * weights.iter().map(|&weight| f64::from(weight)).sum::<f64>()
        })
        .sum()
}
