//! A change of coordinates in which regressions over correlated columns converge quickly.
//!
//! L-BFGS needs about as many iterations as the square root of the loss's condition number, and
//! columns that say nearly the same make that number large: of standardised features, the strongest
//! direction varies some twenty times as much as the usual one. With `R` the correlation matrix and
//! `R + I = L Lᵀ` (Cholesky), the columns `Z = X L⁻ᵀ` vary at most once in any direction. Weights `v`
//! over `Z` are `w = L⁻ᵀ v` over `X`, and the penalty `|v|²` is `wᵀ(R + I)w`: the squared weights plus
//! the variance of the score.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ShapeBuilder};

/// The coordinates for one matrix.
pub(super) struct Conditioning {
    /// `L`, lower triangle.
    lower: Array2<f64>,
    /// `L⁻ᵀ`, upper triangle.
    inverse: Array2<f64>,
}

impl Conditioning {
    /// For standardised columns, shape `(n_rows, n_columns)`.
    pub(super) fn of(x: ArrayView2<'_, f64>) -> Self {
        let n = x.nrows().max(1) as f64;
        let lower = cholesky(x.t().dot(&x) / n + Array2::<f64>::eye(x.ncols()));
        let inverse = inverse_transposed(&lower);
        Self { lower, inverse }
    }

    /// `X L⁻ᵀ`, in column order as `x`.
    pub(super) fn apply(&self, x: ArrayView2<'_, f64>) -> Array2<f64> {
        x.dot(&self.inverse)
    }

    /// Weights over the columns of `X` from those over the columns of `Z`.
    pub(super) fn weights(&self, conditioned: ArrayView1<'_, f64>) -> Array1<f64> {
        self.inverse.dot(&conditioned)
    }

    /// The reverse of [`Conditioning::weights`].
    pub(super) fn conditioned(&self, weights: ArrayView1<'_, f64>) -> Array1<f64> {
        self.lower.t().dot(&weights)
    }
}

/// The lower triangular `L` with `L Lᵀ = matrix`, which is symmetric and positive definite.
fn cholesky(matrix: Array2<f64>) -> Array2<f64> {
    let n = matrix.nrows();
    let mut lower = Array2::<f64>::zeros((n, n));
    for row in 0..n {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| lower[(row, k)] * lower[(column, k)]).sum();
            let rest = matrix[(row, column)] - known;
            lower[(row, column)] =
                if row == column { rest.sqrt() } else { rest / lower[(column, column)] };
        }
    }
    lower
}

/// `L⁻ᵀ` of a lower triangular `L`, in column order.
fn inverse_transposed(lower: &Array2<f64>) -> Array2<f64> {
    let n = lower.nrows();
    let mut inverse = Array2::zeros((n, n).f());
    for column in 0..n {
        // Forward substitution gives a column of L⁻¹, which is a row of its transpose.
        for row in column..n {
            let known: f64 = (column..row).map(|k| lower[(row, k)] * inverse[(column, k)]).sum();
            let unit = f64::from(u8::from(row == column));
            inverse[(column, row)] = (unit - known) / lower[(row, row)];
        }
    }
    inverse
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn conditioned_columns_times_conditioned_weights_are_the_same_scores() {
        let x = array![[1.0, 0.9, -1.0], [-1.0, -1.1, 0.5], [0.3, 0.2, 2.0], [-0.3, 0.0, -1.5]];
        let conditioning = Conditioning::of(x.view());
        let z = conditioning.apply(x.view());
        let w = array![0.5, -2.0, 1.5];
        let v = conditioning.conditioned(w.view());
        for (a, b) in x.dot(&w).iter().zip(z.dot(&v)) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
        for (a, b) in conditioning.weights(v.view()).iter().zip(&w) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
        // |v|² = |w|² + mean of the squared scores.
        let variance = x.dot(&w).mapv(|s| s * s).mean().unwrap();
        assert!((v.dot(&v) - w.dot(&w) - variance).abs() < 1e-12);
        // No direction of Z varies more than once.
        let r = z.t().dot(&z) / 4.0;
        for u in [array![1.0, 0.0, 0.0], array![0.6, 0.8, 0.0], array![0.0, -0.6, 0.8]] {
            assert!(u.dot(&r.dot(&u)) < 1.0);
        }
    }
}
