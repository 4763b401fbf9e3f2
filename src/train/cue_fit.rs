//! Softmax regression over the cues and the form of paragraphs: where the weights of cues come from.
//!
//! In: examples with sparse columns. Out: one weight a column and label. The dense passes of a
//! model are fitted by linfa; this regression has tens of thousands of columns, nearly all of them 0
//! in every row, which linfa cannot hold. Its weights are no model: they only enter the feature
//! matrix, summed up.
//!
//! Method: stochastic gradient steps with a rate of its own for each column (`AdaGrad`, Duchi et al.
//! 2011), one example at a time, in an order that is fixed. Everything is added in one thread, so
//! equal input gives equal weights.

use crate::kernel::LANES;
use crate::kernel::softmax::softmax;
use crate::label::Label;

/// A paragraph: its label, and the columns that are not 0 as (index, value).
pub(super) struct Example {
    pub(super) label: Label,
    pub(super) columns: Vec<(u32, f32)>,
}

/// Largest step of a column, about as it is met first.
const RATE: f32 = 0.25;
/// Squared gradient that every weight begins with: keeps the first steps of rare cues small.
const FIRST_SQUARE: f32 = 0.05;

/// Weights of some columns, one a lane, with the sum of the squared gradients that a column has seen.
struct Columns {
    weights: Vec<[f32; LANES]>,
    squares: Vec<f32>,
}

impl Columns {
    fn new(weights: Vec<[f32; LANES]>) -> Self {
        let squares = vec![FIRST_SQUARE; weights.len()];
        Self { weights, squares }
    }

    #[inline]
    fn add_to(&self, column: usize, value: f32, scores: &mut [f32; LANES]) {
        for (score, weight) in scores.iter_mut().zip(&self.weights[column]) {
            *score += value * weight;
        }
    }

    /// One step down the gradient `value * errors + penalty * (weight - prior)`.
    #[inline]
    fn step(
        &mut self,
        column: usize,
        value: f32,
        (penalty, prior): (f32, &[f32; LANES]),
        errors: &[f32; LANES],
    ) {
        let weights = &mut self.weights[column];
        let mut gradient = [0.0; LANES];
        for (lane, gradient) in gradient.iter_mut().enumerate() {
            *gradient = value * errors[lane] + penalty * (weights[lane] - prior[lane]);
        }
        self.squares[column] += gradient.iter().map(|g| g * g).sum::<f32>();
        let rate = RATE / self.squares[column].sqrt();
        for (weight, gradient) in weights.iter_mut().zip(gradient) {
            *weight -= rate * gradient;
        }
    }
}

/// Fits `epochs` passes over the examples and returns the weights of the columns, one a label.
///
/// `priors` has the weights that the columns begin with. `penalty` is the strength of the L2
/// penalty `penalty / 2 * |w - prior|^2` against a loss that is summed over the examples; each
/// example that has a column bears its share of it.
pub(super) fn fit(
    examples: &[Example],
    priors: &[[f32; Label::COUNT]],
    penalty: f32,
    epochs: usize,
) -> Vec<[f32; Label::COUNT]> {
    let mut occurrences = vec![0.0f32; priors.len()];
    for (column, _) in examples.iter().flat_map(|example| &example.columns) {
        occurrences[*column as usize] += 1.0;
    }
    let shares: Vec<f32> = occurrences.iter().map(|n| penalty / n.max(1.0)).collect();
    let priors: Vec<[f32; LANES]> = priors
        .iter()
        .map(|prior| std::array::from_fn(|lane| prior.get(lane).copied().unwrap_or(0.0)))
        .collect();
    let mut columns = Columns::new(priors.clone());
    let mut bias = Columns::new(vec![[0.0; LANES]]);
    for epoch in 0..epochs {
        for index in order(examples.len(), epoch) {
            let example = &examples[index];
            let mut scores = bias.weights[0];
            for &(column, value) in &example.columns {
                columns.add_to(column as usize, value, &mut scores);
            }
            softmax(&mut scores, Label::COUNT, 1.0);
            scores[example.label.index()] -= 1.0;
            bias.step(0, 1.0, (0.0, &[0.0; LANES]), &scores);
            for &(column, value) in &example.columns {
                let column = column as usize;
                columns.step(column, value, (shares[column], &priors[column]), &scores);
            }
        }
    }
    columns.weights.iter().map(|lanes| std::array::from_fn(|label| lanes[label])).collect()
}

/// The indices below `n`, each once, in an order that looks random and is another in each epoch.
fn order(n: usize, epoch: usize) -> impl Iterator<Item = usize> {
    const STRIDE: usize = 7_919;
    let mut stride = STRIDE + 2 * epoch;
    while gcd(stride, n.max(1)) != 1 {
        stride += 1;
    }
    (0..n).map(move |i| (i * stride + epoch) % n)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_names_every_index_once_and_changes() {
        for n in [0, 1, 2, 10, 7_919, 7_921 * 3] {
            let mut first: Vec<usize> = order(n, 0).collect();
            assert!(n < 3 || first != order(n, 1).collect::<Vec<_>>());
            first.sort_unstable();
            assert!(first.into_iter().eq(0..n), "{n}");
        }
    }

    /// With one column and two labels, the optimum is known: it solves `n (1/2 - p) = penalty * w` for
    /// the log-odds 2 w of p, bias aside.
    #[test]
    fn weights_approach_the_minimum_of_the_penalised_loss() {
        let mut examples = Vec::new();
        for i in 0..400 {
            let label = if i % 2 == 0 { Label::Body } else { Label::Related };
            let value = if i % 2 == 0 { 1.0 } else { -1.0 };
            // One in eight is the other way round.
            let value = if i % 16 < 2 { -value } else { value };
            examples.push(Example { label, columns: vec![(0, value)] });
        }
        let weights = fit(&examples, &[[0.0; Label::COUNT]], 1.0, 200)[0];
        let (body, related) = (weights[Label::Body.index()], weights[Label::Related.index()]);
        // Newton's method by hand on 400 ln(1 + exp(-s 2w)) + w^2, 350 with s = 1, 50 with s = -1.
        let mut w = 0.5f64;
        for _ in 0..50 {
            let p = 1.0 / (1.0 + (-2.0 * w).exp());
            let gradient = -2.0 * (350.0 * (1.0 - p) - 50.0 * p) + 2.0 * w;
            let curvature = 4.0 * 400.0 * p * (1.0 - p) + 2.0;
            w -= gradient / curvature;
        }
        assert!((f64::from(body) - w).abs() < 0.1, "{body} {w}");
        assert!((body + related).abs() < 0.15, "{body} {related}");
    }
}
