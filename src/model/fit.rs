//! Fitting passes with linfa-logistic: the only file that names linfa.
//!
//! linfa's `fit` returns `Ok` whatever happened, so nothing here trusts it. Features are
//! standardised and clipped in `f64`; each lane of a pass is a binary regression, whose
//! loss linfa computes row by row (its multinomial loss takes one maximum for the whole matrix and
//! breaks once logits lie about 30 apart); after each fit the objective and its gradient are
//! computed here again and compared with what was required.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ShapeBuilder};
use rayon::prelude::*;

use super::conditioning::Conditioning;
use super::rounding::{STORED_DIGITS, significant};
use super::{Arrangement, CLIP, Column, Pass};
use crate::error::{ErrorKind, Result};
use crate::label::Label;

/// How passes are fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FitOptions {
    /// Strength of the penalty `alpha / 2 * (|w|² + variance of the score)` on the weights of
    /// standardised columns, against a loss that is summed over rows (see `model/conditioning.rs`).
    pub alpha: f64,
    /// The same for the regressions of kinds of boilerplate, where kinds are asked after content.
    pub kind_alpha: f64,
    /// Largest Euclidean norm of the gradient, per row, at which a fit counts as converged.
    pub gradient_per_row: f64,
    /// Most iterations of one call into linfa; a fit that needs more goes on from where it was.
    pub iterations: u64,
    /// Most calls for one label.
    pub rounds: usize,
    /// Most rows of each kind of boilerplate that the regressions of kinds are fitted on, where kinds
    /// are asked after content; of more, every second, third and so on is taken. Most blocks of a
    /// page are menus and links: thousands more of them say nothing new. What that does to the
    /// odds is added to the intercept.
    pub max_kind_rows: usize,
}

impl Default for FitOptions {
    fn default() -> Self {
        Self {
            alpha: 10.0,
            kind_alpha: 10.0,
            gradient_per_row: 1e-6,
            iterations: 150,
            rounds: 6,
            max_kind_rows: usize::MAX,
        }
    }
}

/// Without a start, the search begins at the weights of a fit to each `THINNING`-th row, if there
/// are at least `MANY_ROWS` rows; that fit need not be exact.
const THINNING: usize = 8;
/// See [`THINNING`].
const MANY_ROWS: usize = 8_000;
/// Gradient norm a row of such a fit.
const ROUGH: f64 = 1e-4;

/// Score of what the training rows do not hold.
const ABSENT: f64 = -20.0;

/// Standardisation of a matrix's columns.
#[derive(Debug, Clone, PartialEq)]
struct Scaling {
    means: Vec<f64>,
    deviations: Vec<f64>,
    /// The columns that vary, in order.
    used: Vec<usize>,
}

impl Scaling {
    /// Mean and standard deviation of each column, rounded as they will be stored. Columns in
    /// `left_out` and columns that do not vary are not used.
    fn of(rows: ArrayView2<'_, f32>, left_out: &[bool]) -> Self {
        let n = rows.nrows().max(1) as f64;
        let mut scaling = Self { means: Vec::new(), deviations: Vec::new(), used: Vec::new() };
        for (index, column) in rows.columns().into_iter().enumerate() {
            let mean = column.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
            let squares: f64 = column.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum();
            let deviation = (squares / n).sqrt();
            let varies = deviation > 1e-9 && !left_out.get(index).copied().unwrap_or(false);
            scaling.means.push(significant(mean, STORED_DIGITS));
            scaling.deviations.push(if varies {
                significant(deviation, STORED_DIGITS)
            } else {
                0.0
            });
            if varies {
                scaling.used.push(index);
            }
        }
        scaling
    }

    /// The used columns' weights of another pass.
    fn weights_of(&self, pass: &Pass, lane: Label) -> Array1<f64> {
        self.used.iter().map(|&index| pass.columns[index].weights[lane.index()]).collect()
    }

    /// The used columns, standardised and clipped.
    ///
    /// In column order: linfa's gradient multiplies by the transpose, whose rows then lie in one
    /// piece; in row order every element would be a cache miss.
    fn apply(&self, rows: ArrayView2<'_, f32>) -> Array2<f64> {
        Array2::from_shape_fn((rows.nrows(), self.used.len()).f(), |(row, column)| {
            let index = self.used[column];
            let z = (f64::from(rows[(row, index)]) - self.means[index]) / self.deviations[index];
            z.clamp(-CLIP, CLIP)
        })
    }
}

/// Fits one pass: the binary regression of each lane over the rows that concern it.
///
/// `rows` has shape `(n_paragraphs, n_features)`; `targets` one label a row; `names` one name a
/// column; `left_out` marks columns to be ignored (an ablation), and may be empty. A lane whose
/// rows all fall on one side gets a constant score. The search begins at the weights of `start`, a
/// pass over the same columns, or at 0: the penalised loss has one minimum, so this saves time and
/// changes no more of the result than the tolerance allows.
///
/// # Errors
/// [`ErrorKind::Data`] if the rows hold fewer than two labels; [`ErrorKind::Fit`] if a fit did not
/// converge, gave numbers that are not finite, or is no better than always guessing the majority.
pub fn fit_pass(
    rows: ArrayView2<'_, f32>,
    targets: &[Label],
    names: &[String],
    left_out: &[bool],
    arrangement: Arrangement,
    options: &FitOptions,
    start: Option<&Pass>,
) -> Result<Pass> {
    let mut present: Vec<Label> = targets.to_vec();
    present.sort_unstable();
    present.dedup();
    if present.len() < 2 {
        let message = format!(
            "the labelled paragraphs hold {} of the 17 labels; a model needs at least two (add \
             documents that carry other labels)",
            present.len()
        );
        return Err(ErrorKind::Data { message }.into());
    }
    let mut rough = None;
    if start.is_none() && targets.len() >= MANY_ROWS {
        let some = rows.slice(ndarray::s![..;THINNING, ..]);
        let targets: Vec<Label> = targets.iter().copied().step_by(THINNING).collect();
        let thinned = |alpha| alpha / THINNING as f64;
        let options = FitOptions {
            alpha: thinned(options.alpha),
            kind_alpha: thinned(options.kind_alpha),
            gradient_per_row: ROUGH,
            ..*options
        };
        // Should it fail, the search begins at 0.
        rough = fit_pass(some, &targets, names, left_out, arrangement, &options, None).ok();
    }
    let start = start.or(rough.as_ref());
    let scaling = Scaling::of(rows, left_out);
    let x = scaling.apply(rows);
    let conditioning = Conditioning::of(x.view());
    let z = conditioning.apply(x.view());
    drop(x);
    let fitted: Vec<Fitted> = Label::ALL
        .into_par_iter()
        .map(|lane| {
            let start = match start {
                Some(pass) => Fitted {
                    weights: conditioning.conditioned(scaling.weights_of(pass, lane).view()),
                    intercept: pass.intercepts[lane.index()],
                },
                None => Fitted { weights: Array1::zeros(z.ncols()), intercept: 0.0 },
            };
            let fitted = fit_lane(z.view(), targets, lane, arrangement, options, &start)?;
            let weights = conditioning.weights(fitted.weights.view());
            Ok(Fitted { weights, ..fitted })
        })
        .collect::<Result<_>>()?;
    Ok(assemble(names, &scaling, &fitted))
}

/// Whether a paragraph with a label is among a lane's rows, and on its positive side.
fn side(arrangement: Arrangement, lane: Label, target: Label) -> Option<bool> {
    if arrangement == Arrangement::OneAgainstRest {
        return Some(target == lane);
    }
    match lane {
        Label::Body => Some(target.is_content()),
        Label::Heading => target.is_content().then_some(target == Label::Heading),
        kind => (!target.is_content()).then_some(target == kind),
    }
}

/// Leaves at most so many rows of each label, and tells by how much the log-odds of a positive row
/// were higher before.
fn thin_out(rows: &mut Vec<(usize, bool)>, targets: &[Label], most: usize) -> f64 {
    let mut counts = [0usize; Label::COUNT];
    rows.iter().for_each(|(row, _)| counts[targets[*row].index()] += 1);
    let steps = counts.map(|count| count.div_ceil(most).max(1));
    let before = log_odds(rows);
    let mut seen = [0usize; Label::COUNT];
    rows.retain(|(row, _)| {
        let label = targets[*row].index();
        seen[label] += 1;
        (seen[label] - 1) % steps[label] == 0
    });
    before - log_odds(rows)
}

/// Log-odds of a positive row, finite where there is none.
fn log_odds(rows: &[(usize, bool)]) -> f64 {
    let positive = rows.iter().filter(|(_, positive)| *positive).count() as f64;
    libm::log((positive + 0.5) / (rows.len() as f64 - positive + 0.5))
}

/// Fits one lane on the rows that concern it.
fn fit_lane(
    x: ArrayView2<'_, f64>,
    targets: &[Label],
    lane: Label,
    arrangement: Arrangement,
    options: &FitOptions,
    start: &Fitted,
) -> Result<Fitted> {
    let mut concerned: Vec<(usize, bool)> = targets
        .iter()
        .enumerate()
        .filter_map(|(index, &target)| {
            side(arrangement, lane, target).map(|positive| (index, positive))
        })
        .collect();
    let (mut options, mut offset) = (*options, 0.0);
    if arrangement == Arrangement::ContentFirst && !lane.is_content() {
        options.alpha = options.kind_alpha;
        offset = thin_out(&mut concerned, targets, options.max_kind_rows);
    }
    let (indices, y): (Vec<usize>, Vec<bool>) = concerned.into_iter().unzip();
    let positive = y.iter().filter(|&&y| y).count();
    if positive == 0 || positive == y.len() {
        let intercept = if positive == 0 { ABSENT } else { -ABSENT };
        return Ok(Fitted { weights: Array1::zeros(x.ncols()), intercept });
    }
    if indices.len() == x.nrows() {
        return fit_binary(x, y.into(), lane, &options, start);
    }
    let mut concerned = Array2::zeros((indices.len(), x.ncols()).f());
    for (mut to, from) in concerned.columns_mut().into_iter().zip(x.columns()) {
        to.iter_mut().zip(&indices).for_each(|(to, &index)| *to = from[index]);
    }
    let start = Fitted { weights: start.weights.clone(), intercept: start.intercept - offset };
    let fitted = fit_binary(concerned.view(), y.into(), lane, &options, &start)?;
    Ok(Fitted { intercept: fitted.intercept + offset, ..fitted })
}

fn assemble(names: &[String], scaling: &Scaling, fitted: &[Fitted]) -> Pass {
    let intercepts = std::array::from_fn(|l| significant(fitted[l].intercept, STORED_DIGITS));
    let mut columns: Vec<Column> = names
        .iter()
        .enumerate()
        .map(|(index, name)| Column {
            name: name.clone(),
            mean: scaling.means[index],
            deviation: scaling.deviations[index],
            weights: [0.0; Label::COUNT],
        })
        .collect();
    for (lane, fitted) in fitted.iter().enumerate() {
        for (&index, &weight) in scaling.used.iter().zip(&fitted.weights) {
            columns[index].weights[lane] = significant(weight, STORED_DIGITS);
        }
    }
    Pass { columns, intercepts }
}

/// One binary regression.
#[derive(Debug, Clone, PartialEq)]
struct Fitted {
    weights: Array1<f64>,
    intercept: f64,
}

/// Fits one binary regression, beginning at `start`, and checks the result.
fn fit_binary(
    x: ArrayView2<'_, f64>,
    y: Array1<bool>,
    lane: Label,
    options: &FitOptions,
    start: &Fitted,
) -> Result<Fitted> {
    let dataset = DatasetBase::new(x, y.clone());
    let n = x.nrows() as f64;
    // Half of what is allowed: the check below uses another exp and another order of sums.
    let tolerance = 0.5 * options.gradient_per_row * n;
    // linfa takes the intercept for a last weight.
    let mut start: Array1<f64> = start.weights.iter().copied().chain([start.intercept]).collect();
    start *= linfa_sign(y.view());
    let mut norm = f64::INFINITY;
    for _ in 0..options.rounds {
        let fitted = LogisticRegression::default()
            .alpha(options.alpha)
            .max_iterations(options.iterations)
            .gradient_tolerance(tolerance)
            .initial_params(start.clone())
            .fit(&dataset)
            .map_err(|error| failed(lane, &error.to_string()))?;
        // linfa chooses which class is positive by the order and number of rows.
        let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
        let result =
            Fitted { weights: fitted.params() * sign, intercept: fitted.intercept() * sign };
        let (loss, gradient) = objective(x, y.view(), &result, options.alpha);
        norm = gradient / n;
        if !loss.is_finite() {
            return Err(failed(lane, &format!("the loss is {loss}, expected a finite number")));
        }
        if norm <= options.gradient_per_row {
            check_against_majority(lane, loss, y.view())?;
            return Ok(result);
        }
        // The start is in terms of linfa's positive class.
        start.slice_mut(ndarray::s![..x.ncols()]).assign(fitted.params());
        start[x.ncols()] = fitted.intercept();
    }
    Err(failed(
        lane,
        &format!(
            "gradient norm {norm:.2e} a row after {} iterations, expected at most {:.0e} (raise the \
             penalty, or check the features for extreme values)",
            options.iterations * options.rounds as u64,
            options.gradient_per_row
        ),
    ))
}

/// 1 if linfa will take `true` for its positive class, else -1: it takes the more frequent class, and
/// of two that are as frequent the first row's. A start is in its terms.
fn linfa_sign(y: ArrayView1<'_, bool>) -> f64 {
    let positive = y.iter().filter(|&&y| y).count();
    let first = y.first().copied().unwrap_or(true);
    let is_true = positive * 2 > y.len() || (positive * 2 == y.len() && first);
    if is_true { 1.0 } else { -1.0 }
}

fn failed(lane: Label, what: &str) -> crate::error::Error {
    ErrorKind::Fit { message: format!("lane {lane}: {what}") }.into()
}

/// A fit must do better than the intercept alone, which is what zero weights are.
fn check_against_majority(lane: Label, loss: f64, y: ArrayView1<'_, bool>) -> Result<()> {
    let n = y.len() as f64;
    let positive = y.iter().filter(|&&y| y).count() as f64;
    let term = |count: f64| if count > 0.0 { -count * libm::log(count / n) } else { 0.0 };
    let majority = term(positive) + term(n - positive);
    if loss > majority * (1.0 + 1e-9) {
        let what =
            format!("loss {loss:.3} is above {majority:.3}, that of guessing by frequency alone");
        return Err(failed(lane, &what));
    }
    Ok(())
}

/// Penalised loss and Euclidean norm of its gradient, summed row by row:
/// `sum ln(1 + exp(-s z)) + alpha / 2 |w|^2` with `s` = +-1 and `z = x w + b`.
fn objective(
    x: ArrayView2<'_, f64>,
    y: ArrayView1<'_, bool>,
    fitted: &Fitted,
    alpha: f64,
) -> (f64, f64) {
    // Column by column, as the matrix lies in memory.
    let mut scores = Array1::from_elem(x.nrows(), fitted.intercept);
    for (column, &weight) in x.columns().into_iter().zip(&fitted.weights) {
        scores.scaled_add(weight, &column);
    }
    let mut loss = 0.5 * alpha * fitted.weights.dot(&fitted.weights);
    let mut errors = scores;
    for (z, &positive) in errors.iter_mut().zip(y) {
        let margin = if positive { *z } else { -*z };
        // ln(1 + exp(-m)), without overflow for a large -m.
        loss += libm::log1p(libm::exp(-margin.abs())) + (-margin).max(0.0);
        *z = 1.0 / (1.0 + libm::exp(-*z)) - f64::from(u8::from(positive));
    }
    let mut squares = errors.sum().powi(2);
    for (column, &weight) in x.columns().into_iter().zip(&fitted.weights) {
        squares += (column.dot(&errors) + alpha * weight).powi(2);
    }
    (loss, squares.sqrt())
}

#[cfg(test)]
mod tests;
