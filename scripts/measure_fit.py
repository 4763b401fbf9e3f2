"""The other half of scripts/measure_fit: scikit-learn on the matrix that `cargo bench --bench fit` wrote.

usage: measure_fit.py fit RUN           fits the matrix in the folder RUN, adds scikit-learn.json
       measure_fit.py compare RUN...    prints objectives, gradients and times of both

The matrix is standardised, clipped and turned as `src/model/conditioning.rs` says: with R the
correlations, R + 1 = L L^T and Z = X L^-T, the penalty is alpha / 2 |v|^2 on the weights v over Z.
scikit-learn minimises the same sum over rows and gets Z; the time to make Z counts for both.
"""

import json
import platform
import statistics
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from scipy.linalg import cholesky, solve_triangular
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

LABELS = 17
# scikit-learn ends by the largest entry of the mean gradient, linfa by its length. The first of these
# bounds that gives the length asked for is the one whose time counts; 1e-6 / sqrt(129) would always do.
TOLERANCES = {"lbfgs": [4e-7, 2e-7, 8e-8], "newton-cholesky": [1e-6, 8e-8]}


def read(run: Path):
    """Raw matrix, label numbers and what linfa's side wrote."""
    matrix = np.load(run / "matrix.npy")
    targets = np.load(run / "targets.npy")
    return matrix, targets, json.loads((run / "fit.json").read_text())


def standardised(matrix, ours) -> np.ndarray:
    z = (matrix.astype(np.float64) - ours["means"]) / ours["deviations"]
    return np.clip(z, -ours["clip"], ours["clip"])


def turned(x: np.ndarray):
    """Z, and L, of which v = L^T w."""
    lower = cholesky(x.T @ x / len(x) + np.eye(x.shape[1]), lower=True)
    return np.ascontiguousarray(solve_triangular(lower, x.T, lower=True).T), lower


def objective(z, positive, weights, intercept, alpha):
    """Penalised loss, and length of its gradient a row."""
    scores = z @ weights + intercept
    margins = np.where(positive, scores, -scores)
    loss = np.logaddexp(0.0, -margins).sum() + alpha / 2 * weights @ weights
    errors = 1.0 / (1.0 + np.exp(-scores)) - positive
    gradient = np.append(z.T @ errors + alpha * weights, errors.sum())
    return loss, np.linalg.norm(gradient) / len(z)


def fit_lane(z, positive, solver, tolerance, alpha):
    model = LogisticRegression(C=1 / alpha, tol=tolerance, solver=solver, max_iter=10_000)
    started = time.process_time()
    with warnings.catch_warnings():
        # Where the tolerance is out of reach the gradient says so.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(z, positive)
    seconds = time.process_time() - started
    return model.coef_[0], model.intercept_[0], seconds, int(np.max(model.n_iter_))


def fit_all(z, targets, ours, solver):
    """Sums over the labels, with the loosest tolerance for each that reaches the gradient."""
    total = {"seconds": 0.0, "objective": 0.0, "gradient": 0.0, "iterations": 0, "missed": 0}
    for label in range(LABELS):
        positive = targets == label
        for tolerance in TOLERANCES[solver]:
            weights, intercept, seconds, iterations = fit_lane(
                z, positive, solver, tolerance, ours["alpha"]
            )
            loss, gradient = objective(z, positive, weights, intercept, ours["alpha"])
            if gradient <= ours["gradient_per_row"]:
                break
        total["missed"] += int(gradient > ours["gradient_per_row"])
        total["seconds"] += seconds
        total["objective"] += float(loss)
        total["gradient"] = max(total["gradient"], float(gradient))
        total["iterations"] += iterations
    return total


def fit(run: Path) -> None:
    matrix, targets, ours = read(run)
    started = time.process_time()
    x = standardised(matrix, ours)
    z, lower = turned(x)
    making = time.process_time() - started
    result = {"making": making, "rows": len(z), "columns": z.shape[1]}
    weights, total, worst = np.array(ours["weights"]), 0.0, 0.0
    for label in range(LABELS):
        v = lower.T @ weights[:, label]
        loss, gradient = objective(z, targets == label, v, ours["intercepts"][label], ours["alpha"])
        total, worst = total + float(loss), max(worst, float(gradient))
    result["linfa"] = {"objective": total, "gradient": worst}
    for solver in TOLERANCES:
        result[solver] = fit_all(z, targets, ours, solver)
        print(f"scikit-learn, {solver}: {result[solver]['seconds']:.2f} s", file=sys.stderr)
    (run / "scikit-learn.json").write_text(json.dumps(result, indent=1) + "\n")


def compare(runs: list[Path]) -> None:
    ours = [json.loads((run / "fit.json").read_text()) for run in runs]
    theirs = [json.loads((run / "scikit-learn.json").read_text()) for run in runs]
    first = theirs[0]
    kind = "processor_seconds" if ours[0]["processor_seconds"] is not None else "wall_seconds"
    linfa = [run[kind] for run in ours]
    print(f"{first['rows']} rows, {first['columns']} columns, {LABELS} labels, alpha {ours[0]['alpha']}, "
          f"one thread, {len(runs)} rounds; Python {platform.python_version()}, "
          f"numpy {np.__version__}, scikit-learn {sklearn.__version__}")
    print(f"{'':<30}{'seconds':>9}{'range':>16}{'of linfa':>10}{'iterations':>12}{'objective':>16}{'gradient':>11}")

    def line(name, seconds, iterations, part):
        median = statistics.median(seconds)
        span = f"{min(seconds):.1f} to {max(seconds):.1f}"
        ratio = statistics.median(s / l for s, l in zip(seconds, linfa))
        print(f"{name:<30}{median:>9.1f}{span:>16}{ratio:>10.2f}{iterations:>12}"
              f"{part['objective']:>16.4f}{part['gradient']:>11.1e}")
        if part.get("missed"):
            print(f"  {part['missed']} labels did not reach the gradient asked for")

    line("linfa, weights as stored", linfa, "", first["linfa"])
    for solver in TOLERANCES:
        seconds = [run["making"] + run[solver]["seconds"] for run in theirs]
        line(f"scikit-learn, {solver}", seconds, first[solver]["iterations"], first[solver])
    print(f"linfa's gradient before rounding to 4 digits: at most {ours[0]['gradient_per_row']:.0e}, "
          "or the fit is an error; making Z takes scikit-learn's side "
          f"{statistics.median(run['making'] for run in theirs):.1f} s of its time")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fit", folder]:
            fit(Path(folder))
        case ["compare", *folders] if folders:
            compare([Path(folder) for folder in folders])
        case _:
            sys.exit(__doc__)
