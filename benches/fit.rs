//! The fit of a full-sized matrix, written out so that other programs can fit the same:
//! `cargo bench --bench fit -- FOLDER`. `scripts/measure_fit` calls it and compares.
//!
//! Fits 100,000 rows of 128 columns (`shared/training_rows.rs`), 17 labels each against the rest, as
//! `train` fits the first pass of texts. FOLDER gets `matrix.npy` (`f32`), `targets.npy` (`u8`, a label's
//! number) and `fit.json`: seconds, penalty, tolerance, scaling and weights. Without FOLDER, as in a
//! plain `cargo bench`, nothing is fitted, since that takes a minute.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use ndarray::Array2;
use smallprint::model::fit::{FitOptions, fit_pass};
use smallprint::model::{Arrangement, CLIP, Pass};

#[path = "shared/training_rows.rs"]
mod training_rows;
use training_rows::{TrainingRows, training_rows};

const ROWS: usize = 100_000;
const COLUMNS: usize = 128;

fn main() -> ExitCode {
    // Cargo says `--bench` before what the user says.
    let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) else {
        eprintln!("fit: nothing done; name a folder: cargo bench --bench fit -- FOLDER");
        return ExitCode::SUCCESS;
    };
    match run(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fit: {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let rows = training_rows(ROWS, COLUMNS);
    write_matrix(&folder.join("matrix.npy"), &rows.matrix)?;
    let targets: Vec<u8> = rows.targets.iter().map(|target| target.index() as u8).collect();
    write_npy(&folder.join("targets.npy"), "|u1", &format!("({ROWS},)"), &targets)?;
    let options = FitOptions::default();
    let (started, processor) = (Instant::now(), processor_seconds());
    let pass = fitted(&rows, &options)?;
    let wall = started.elapsed().as_secs_f64();
    let processor = processor.zip(processor_seconds()).map(|(before, after)| after - before);
    eprintln!("fit: {wall:.2} s, of the processor {processor:.2?} s");
    let json = serde_json::json!({
        "wall_seconds": wall,
        "processor_seconds": processor,
        "alpha": options.alpha,
        "gradient_per_row": options.gradient_per_row,
        "clip": CLIP,
        "means": column_values(&pass, |column| column.mean),
        "deviations": column_values(&pass, |column| column.deviation),
        "weights": pass.columns.iter().map(|column| column.weights.to_vec()).collect::<Vec<_>>(),
        "intercepts": pass.intercepts.to_vec(),
    });
    fs::write(folder.join("fit.json"), format!("{json}\n"))
}

fn fitted(rows: &TrainingRows, options: &FitOptions) -> io::Result<Pass> {
    let arrangement = Arrangement::OneAgainstRest;
    fit_pass(rows.matrix.view(), &rows.targets, &rows.names, &[], arrangement, options, None)
        .map_err(io::Error::other)
}

fn column_values(pass: &Pass, value: impl Fn(&smallprint::model::Column) -> f64) -> Vec<f64> {
    pass.columns.iter().map(value).collect()
}

/// Processor time of all threads so far; `None` where there is no `/proc` as Linux has it.
fn processor_seconds() -> Option<f64> {
    /// Linux counts in these to programs, on every machine of today.
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may hold spaces. User and system time are the fields 14 and 15.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS_A_SECOND)
}

fn write_matrix(path: &Path, matrix: &Array2<f32>) -> io::Result<()> {
    let bytes: Vec<u8> = matrix.iter().flat_map(|value| value.to_le_bytes()).collect();
    write_npy(path, "<f4", &format!("({}, {})", matrix.nrows(), matrix.ncols()), &bytes)
}

/// NumPy's format, version 1: its magic number, the length of the head, the head, the values.
fn write_npy(path: &Path, kind: &str, shape: &str, values: &[u8]) -> io::Result<()> {
    const MAGIC: &[u8] = b"\x93NUMPY\x01\x00";
    let mut head = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}");
    // The values begin at a multiple of 64 bytes, after a line break.
    let unpadded = MAGIC.len() + 2 + head.len() + 1;
    head.push_str(&" ".repeat(unpadded.next_multiple_of(64) - unpadded));
    head.push('\n');
    let mut file = BufWriter::new(fs::File::create(path)?);
    file.write_all(MAGIC)?;
    file.write_all(&u16::try_from(head.len()).map_err(io::Error::other)?.to_le_bytes())?;
    file.write_all(head.as_bytes())?;
    file.write_all(values)?;
    file.flush()
}
