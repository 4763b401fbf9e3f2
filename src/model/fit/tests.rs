//! One test for each trap that linfa 0.8.1 sets.

use ndarray::array;

use super::*;
use crate::model::decision::{Cutoff, decide};
use crate::model::{Calibration, second_probabilities};

fn names(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("f{i}")).collect()
}

/// Rows whose label follows the first feature; the second is noise, the third constant.
fn rows(n: usize, scale: f32) -> (Array2<f32>, Vec<Label>) {
    let mut state = 1u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    let mut x = Array2::zeros((n, 3));
    let mut y = Vec::new();
    for mut row in x.rows_mut() {
        let (a, b) = (random(), random());
        row.assign(&array![a * scale, b, 7.0]);
        y.push(if a + 0.3 * random() > 0.1 { Label::Body } else { Label::Related });
    }
    (x, y)
}

fn agree(pass: &Pass, x: &Array2<f32>, y: &[Label]) -> f64 {
    let compiled = pass.compile();
    let right = x.rows().into_iter().zip(y).filter(|(row, label)| {
        let scores = compiled.scores(&row.to_vec());
        let p = second_probabilities(&scores, Calibration::default());
        decide(&p, Cutoff::flat(0.5), || 0).label == **label
    });
    right.count() as f64 / y.len() as f64
}

/// Trap: on unscaled features linfa returns `Ok` with useless weights.
#[test]
fn unscaled_features_are_fitted_all_the_same() {
    let (x, y) = rows(400, 1e6);
    let pass = fit_pass(
        x.view(),
        &y,
        &names(3),
        &[],
        Arrangement::ContentFirst,
        &FitOptions::default(),
        None,
    )
    .unwrap();
    assert!(agree(&pass, &x, &y) > 0.9);
}

/// Trap: one extreme row (a share ruler) drives logits apart until the line search stalls.
#[test]
fn an_extreme_row_does_not_spoil_the_fit() {
    let (mut x, mut y) = rows(400, 1.0);
    x[(0, 0)] = 1e9;
    y[0] = Label::Navigation;
    let pass = fit_pass(
        x.view(),
        &y,
        &names(3),
        &[],
        Arrangement::ContentFirst,
        &FitOptions::default(),
        None,
    )
    .unwrap();
    assert!(pass.columns.iter().all(|c| c.weights.iter().all(|w| w.is_finite())));
}

/// Trap: which class is positive depends on the order and number of the rows.
#[test]
fn the_sign_of_weights_does_not_depend_on_row_order() {
    let (x, y) = rows(300, 1.0);
    let order: Vec<usize> = (0..300).rev().collect();
    let reversed = x.select(ndarray::Axis(0), &order);
    let y_reversed: Vec<Label> = order.iter().map(|&i| y[i]).collect();
    let one = fit_pass(
        x.view(),
        &y,
        &names(3),
        &[],
        Arrangement::ContentFirst,
        &FitOptions::default(),
        None,
    )
    .unwrap();
    let other = fit_pass(
        reversed.view(),
        &y_reversed,
        &names(3),
        &[],
        Arrangement::ContentFirst,
        &FitOptions::default(),
        None,
    )
    .unwrap();
    let body = crate::model::CONTENT_LANE;
    assert!(one.columns[0].weights[body] > 0.1);
    assert!((one.columns[0].weights[body] - other.columns[0].weights[body]).abs() < 1e-3);
}

/// Trap: `fit` returns `Ok` after its last iteration, converged or not.
#[test]
fn a_fit_that_has_not_converged_is_an_error() {
    let (x, y) = rows(400, 1.0);
    let options =
        FitOptions { iterations: 1, rounds: 1, gradient_per_row: 1e-9, ..FitOptions::default() };
    let error = fit_pass(x.view(), &y, &names(3), &[], Arrangement::ContentFirst, &options, None)
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Fit { .. }), "{error}");
    assert!(error.to_string().contains("gradient norm"), "{error}");
}

/// Many rows begin at a fit to some of them, and end where a search from 0 ends.
#[test]
fn where_the_search_begins_does_not_change_where_it_ends() {
    let (x, y) = rows(MANY_ROWS + 3, 1.0);
    let fit = |start: Option<&Pass>| {
        let (names, options) = (names(3), FitOptions::default());
        fit_pass(x.view(), &y, &names, &[], Arrangement::ContentFirst, &options, start).unwrap()
    };
    let thinned = fit(None);
    let mut zero = thinned.clone();
    zero.intercepts = [0.0; Label::COUNT];
    zero.columns.iter_mut().for_each(|column| column.weights = [0.0; Label::COUNT]);
    let from_zero = fit(Some(&zero));
    let lane = crate::model::CONTENT_LANE;
    assert!(thinned.columns[0].weights[lane] > 1.0);
    for (a, b) in thinned.columns.iter().zip(&from_zero.columns) {
        assert!((a.weights[lane] - b.weights[lane]).abs() < 1e-3, "{a:?} {b:?}");
    }
}

/// Trap: zero weights are returned as a success. The check sees them.
#[test]
fn a_fit_no_better_than_the_majority_is_an_error() {
    let y = array![true, false, false, false];
    let n = y.len() as f64;
    let majority = -(0.25f64.ln() + 3.0 * 0.75f64.ln());
    assert!(check_against_majority(Label::Body, majority, y.view()).is_ok());
    assert!(check_against_majority(Label::Body, n * 2f64.ln(), y.view()).is_err());
}

/// Trap: alpha is not scaled by the number of rows; the objective is the one documented.
#[test]
fn the_objective_is_that_of_an_independent_computation() {
    // By hand: z = 0.5 * (1, -2) + 0.1 = (0.6, -0.9); losses ln(1+e^-0.6), ln(1+e^-0.9).
    let x = array![[1.0], [-2.0]];
    let y = array![true, false];
    let fitted = Fitted { weights: array![0.5], intercept: 0.1 };
    let (loss, gradient) = objective(x.view(), y.view(), &fitted, 2.0);
    assert!((loss - (0.437_488 + 0.341_154 + 0.25)).abs() < 1e-5, "{loss}");
    // Errors: sigma(0.6) - 1 = -0.354344, sigma(-0.9) = 0.289050.
    let w: f64 = -0.354_344 * 1.0 + 0.289_050 * -2.0 + 2.0 * 0.5;
    let b: f64 = -0.354_344 + 0.289_050;
    assert!((gradient - w.hypot(b)).abs() < 1e-5, "{gradient}");
}

/// Trap: a class that does not occur; linfa would refuse or, in multinomial form, give NaN.
#[test]
fn labels_that_do_not_occur_are_never_chosen_and_one_class_is_a_typed_error() {
    let (x, y) = rows(200, 1.0);
    let pass = fit_pass(
        x.view(),
        &y,
        &names(3),
        &[],
        Arrangement::ContentFirst,
        &FitOptions::default(),
        None,
    )
    .unwrap();
    assert_eq!(pass.intercepts[Label::FairUse.index()], ABSENT);
    assert_eq!(pass.intercepts[Label::Related.index()], -ABSENT, "the only kind");
    let one = vec![Label::Body; 200];
    let error = fit_pass(
        x.view(),
        &one,
        &names(3),
        &[],
        Arrangement::ContentFirst,
        &FitOptions::default(),
        None,
    )
    .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Data { .. }), "{error}");
}

#[test]
fn a_start_near_or_far_leads_to_the_same_minimum() {
    let (x, y) = rows(200, 1.0);
    let options = FitOptions::default();
    let fit = |start: Option<&Pass>| {
        let arrangement = Arrangement::OneAgainstRest;
        fit_pass(x.view(), &y, &names(3), &[], arrangement, &options, start).unwrap()
    };
    let cold = fit(None);
    let mut far = cold.clone();
    far.intercepts = far.intercepts.map(|x| 1.0 - x);
    for column in &mut far.columns {
        column.weights = column.weights.map(|w| 0.5 - 2.0 * w);
    }
    for warm in [fit(Some(&cold)), fit(Some(&far))] {
        for (a, b) in cold.columns.iter().zip(&warm.columns) {
            for (a, b) in a.weights.iter().zip(b.weights) {
                assert!((a - b).abs() < 1e-3, "{a} {b}");
            }
        }
    }
}

#[test]
fn constant_and_left_out_columns_carry_no_weight() {
    let (x, y) = rows(200, 1.0);
    let pass = fit_pass(
        x.view(),
        &y,
        &names(3),
        &[false, true, false],
        Arrangement::ContentFirst,
        &FitOptions::default(),
        None,
    )
    .unwrap();
    for column in &pass.columns[1..] {
        assert_eq!(column.deviation, 0.0);
        assert!(column.weights.iter().all(|&w| w == 0.0));
    }
}

#[test]
fn fitting_twice_gives_the_same_bits() {
    let (x, y) = rows(300, 3.0);
    let fit = || {
        fit_pass(
            x.view(),
            &y,
            &names(3),
            &[],
            Arrangement::ContentFirst,
            &FitOptions::default(),
            None,
        )
        .unwrap()
    };
    assert_eq!(fit(), fit());
}

/// Of a kind with many rows only some are looked at, and its odds stay what they were in all of them.
#[test]
fn thinning_out_a_frequent_kind_leaves_the_odds_as_they_were() {
    let (n_frequent, n_rare) = (900, 100);
    let x = Array2::from_shape_fn((n_frequent + n_rare + 50, 1), |(row, _)| (row % 2) as f32);
    let mut y = vec![Label::Navigation; n_frequent];
    y.extend(vec![Label::Disclaimer; n_rare]);
    y.extend(vec![Label::Body; 50]);
    let log_odds = |max_kind_rows| {
        let options = FitOptions { kind_alpha: 1e-3, max_kind_rows, ..FitOptions::default() };
        let arrangement = Arrangement::ContentFirst;
        let pass = fit_pass(x.view(), &y, &names(1), &[], arrangement, &options, None).unwrap();
        pass.compile().scores(&[0.5])[Label::Disclaimer.index()]
    };
    let expected = (n_rare as f32 / n_frequent as f32).ln();
    for max_kind_rows in [usize::MAX, 300, 100] {
        let found = log_odds(max_kind_rows);
        assert!((found - expected).abs() < 0.1, "{max_kind_rows}: {found}, expected {expected}");
    }
}
