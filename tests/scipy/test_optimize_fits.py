"""Least squares, curves and linear problems: against closed forms and each other."""

from __future__ import annotations

import numpy
import pytest
import scipy
import scipy.optimize
import scipy.sparse

import tracegrad.numpy as np
import tracegrad.scipy.optimize as optimize
from tests.scipy.closed_forms import agree
from tracegrad import grad
from tracegrad.extend import NoDerivative

A = 1.7
T = numpy.linspace(0.0, 2.0, 7)
Y = numpy.cos(3.0 * T) + T
X = numpy.stack([T, numpy.ones(7)], axis=-1)


def line(t, slope, start):
    return slope * t + start


def residuals(x, a):
    """The best is at p, where exp(p₀) and p₁ are the coefficients of a line through data."""
    return np.exp(x[0]) * T + a * x[1] - Y * a - a**2 * T


def best(a):
    found = np.linalg.solve(X.T @ X, X.T @ (Y * a + a**2 * T))
    return np.array([np.log(found[0]), found[1] / a])


def inverse(a):
    jac = np.stack([np.exp(best(a)[0]) * T, a * np.ones(7)], axis=-1)
    return np.linalg.inv(jac.T @ jac)


def test_leastsq():
    agree(lambda a: optimize.leastsq(residuals, [1.0, 0.0], (a,))[0], best, A)
    full = lambda a: optimize.leastsq(lambda x: residuals(x, a), [1.0, 0.0], full_output=True)
    agree(lambda a: full(a)[1], inverse, A, value=1e-4)
    agree(lambda a: full(a)[2]["fvec"], lambda a: residuals(best(a), a), A)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["trf", "dogbox", "lm"])
def test_least_squares(method):
    def found(a):
        found = optimize.least_squares(residuals, [1.0, 0.0], method=method, kwargs={"a": a})
        return np.array([*found.x, found.cost, *found.fun, *found.grad])

    def exact(a):
        r = residuals(best(a), a)
        return np.array([*best(a), 0.5 * np.sum(r * r), *r, 0.0, 0.0])

    agree(found, exact, A, value=1e-5)
    jacobian = lambda a: optimize.least_squares(residuals, [1.0, 0.0], args=(a,)).jac
    slopes = lambda a: np.stack([np.exp(best(a)[0]) * T, a * np.ones(7)], axis=-1)
    agree(jacobian, slopes, A, value=1e-5)


LOSSES = ["soft_l1", "huber", "cauchy", "arctan"]


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES)
def test_robust_losses(loss):
    """Against `minimize` of what they minimize, and SciPy's differences for the Jacobian."""
    rho = {
        "soft_l1": lambda z: 2.0 * (np.sqrt(1.0 + z) - 1.0), "cauchy": np.log1p,
        "huber": lambda z: np.where(z <= 1.0, z, 2.0 * np.sqrt(np.maximum(z, 1e-9)) - 1.0),
        "arctan": np.arctan,
    }[loss]  # fmt: skip
    start, scale = [1.2, 0.9], 0.8
    cost = lambda x, a: 0.5 * scale**2 * np.sum(rho((residuals(x, a) / scale) ** 2))
    found = lambda a: optimize.least_squares(
        residuals, start, args=(a,), loss=loss, f_scale=scale, xtol=1e-14, ftol=1e-14, gtol=1e-14
    )
    other = lambda a: optimize.minimize(cost, found(a).get("x"), (a,)).x
    agree(lambda a: found(a).x, other, A, value=1e-4, derivative=1e-6)
    total = lambda a: np.sum(found(a).jac)
    step = 1e-3
    numpy.testing.assert_allclose(
        grad(total)(A), (total(A + step) - total(A - step)) / (2.0 * step), rtol=1e-3
    )


@pytest.mark.slow
def test_least_squares_held():
    """By a bound on the second parameter, the first is a regression of its own."""
    found = lambda a, **more: optimize.least_squares(residuals, [1.0, 0.0], args=(a,), **more).x
    exact = lambda a: np.array([np.log(T @ (Y * a + a**2 * T - a * a / 9.0) / (T @ T)), a / 9.0])
    agree(lambda a: found(a, bounds=(-9.0, np.array([9.0, a / 9.0]))), exact, A, value=1e-4)
    bounds = lambda a: scipy.optimize.Bounds([-9.0, -9.0], np.array([9.0, a / 9.0]))
    agree(lambda a: found(a, bounds=bounds(a)), exact, A, value=1e-4)


def regression(a, weights):
    """The parameters of a weighted line and their covariance, without and with its scale."""
    y = Y * a + T * a**2
    cov = np.linalg.inv(X.T @ weights @ X)
    p = cov @ X.T @ weights @ y
    away = y - X @ p
    return p, cov, cov * (away @ weights @ away) / 5.0


fits = {
    "plain": (lambda a: {}, lambda a: np.eye(7)),
    "list": (lambda a: {"sigma": list(1.0 + a * T)}, lambda a: np.diag((1.0 + a * T) ** -2.0)),
    "matrix": (
        lambda a: {"sigma": np.eye(7) + 0.1 * a, "method": "trf"},
        lambda a: np.linalg.inv(np.eye(7) + 0.1 * a),
    ),
}


@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("name", fits)
def test_curve_fit(name, absolute):
    options, weights = fits[name]

    def found(a):
        y = Y * a + T * a**2
        p, cov = optimize.curve_fit(line, T, y, absolute_sigma=absolute, **options(a))
        return np.append(p, cov)

    def exact(a):
        p, cov, scaled = regression(a, weights(a))
        return np.append(p, cov if absolute else scaled)

    agree(found, exact, A, value=1e-4)


def test_curve_fit_by_what_the_curve_closes_over():
    found = lambda a: optimize.curve_fit(lambda t, p: a * p * t, T, Y, bounds=(0, 9))[0][0]
    agree(found, lambda a: (T @ Y) / (T @ T) / a, A)
    found = lambda a: optimize.curve_fit(lambda t, p: p * t, T, Y, bounds=(a, 9), p0=[5.0])[0][0]
    agree(found, lambda a: a, A)


OLD = scipy.__version__.startswith("1.11.")  # which leaves what is missing in sigma


def test_curve_fit_without_what_is_missing():
    def found(a):
        y = np.append(Y * a, np.nan)
        p, _, info, message, status = optimize.curve_fit(
            lambda t, p: p * t, np.append(T * a, 1.0), y, nan_policy="omit", full_output=True,
            sigma=None if OLD else np.append(1.0 + 0.0 * T, 1.0),
        )  # fmt: skip
        assert type(message) is str and type(status) is int
        return np.append(p, info["fvec"])

    slope = (T @ Y) / (T @ T)
    agree(found, lambda a: np.append(slope + 0.0 * a, a * (slope * T - Y)), A)


B = numpy.random.default_rng(0).normal(size=(5, 3))
b = numpy.arange(5.0) - 1.0
P = numpy.array(
    [[1.0, 3.0, 0.2], [0.7, 2.0, 1.0], [1.2, 1.5, 2.0], [0.3, 0.5, 3.0], [1.0, 0.1, 4.1]]
)


def test_nnls():
    """Of the unknowns that are not 0 it is the ordinary solution."""
    free = numpy.array([False, True, True])
    assert numpy.array_equal(scipy.optimize.nnls(P * A, b + A)[0] > 0.0, free)

    def exact(a):
        matrix = (P * a)[:, free]
        x = np.linalg.solve(matrix.T @ matrix, matrix.T @ (b + a))
        return np.append(np.eye(3)[:, free] @ x, np.linalg.norm(matrix @ x - b - a))

    agree(lambda a: np.append(*optimize.nnls(P * a, b + a)), exact, A)


def limits(a):
    return [-9.0, -a / 20.0, -9.0], numpy.array([9.0, 9.0, 9.0])


@pytest.mark.parametrize("matrix", [B, scipy.sparse.csr_array(B)])
def test_lsq_linear(matrix):
    def found(a):
        found = optimize.lsq_linear(matrix, b + a * a, bounds=limits(a))
        return np.array([*found.x, found.cost, *found.fun])

    def exact(a):
        rest, own = B[:, ::2], b + a * a + B[:, 1] * a / 20.0
        x = np.linalg.solve(rest.T @ rest, rest.T @ own)
        away = rest @ x - own
        return np.array([x[0], -a / 20.0, x[1], 0.5 * away @ away, *away])

    agree(found, exact, A, value=1e-5)


def test_linprog():
    """The best corner of x + y ≤ 4, x ≤ a, where -a x - 2 y is lowest if a > 2 is not."""

    def found(a):
        found = optimize.linprog(
            [-3.0 * a, -2.0], A_ub=[[1.0 * a, 1.0]], b_ub=[4.0 * a], bounds=[(0.0, a), (0.0, None)]
        )
        return np.array([
            *found.x, found.fun, *found.slack, *found.ineqlin.marginals, *found.upper.marginals,
            *found.lower.residual, found.upper.residual[0],
        ])  # fmt: skip

    def exact(a):
        x, y, z = a, 4.0 * a - a * a, 0.0 * a
        return np.array([x, y, -3.0 * a * x - 2.0 * y, z, -2.0 + z, -a, z, x, y, z])

    agree(found, exact, A)


@pytest.mark.slow
def test_linprog_with_equations():
    def found(a):
        found = optimize.linprog([a, 2.0, 4.0], A_eq=np.array([[1.0, 1.0, a]]), b_eq=[4.0 * a])
        return np.array([*found.x, found.fun, *found.eqlin.marginals, *found.lower.marginals])

    def exact(a):
        z = 0.0 * a
        return np.array([4.0 * a, z, z, 4.0 * a * a, a, z, 2.0 - a, 4.0 - a * a])

    agree(found, exact, A)


def test_refused():
    with pytest.raises(NoDerivative, match="integrality"):
        grad(lambda a: optimize.linprog([a], bounds=(1, 2), integrality=1).fun)(A)
    with pytest.raises(NoDerivative, match="has a kink"):
        grad(lambda a: optimize.nnls(numpy.eye(2), a * np.array([1.0, 0.0]))[0][0])(A)
    operator = scipy.sparse.linalg.aslinearoperator(B)
    with pytest.raises(NoDerivative, match="LinearOperator"):
        grad(lambda a: optimize.lsq_linear(operator, a * b).cost)(A)
    with pytest.raises(NoDerivative, match="singular"):
        grad(lambda a: optimize.linprog([1.0, 1.0], [[-1.0, -1.0]], [-a]).x[0])(A)


def test_chords():
    """`approx_fprime` moves as the chord that it is."""
    found = lambda a: optimize.approx_fprime([1.0, a], lambda x: a * x[0] ** 2 * x[1], 1e-3)
    chord = lambda f, x: (f(x + 1e-3) - f(x)) / 1e-3
    exact = lambda a: np.array([chord(lambda x: a * x * x * a, 1.0), chord(lambda y: a * y, a)])
    agree(found, exact, A)
    both = lambda a: optimize.approx_fprime(a, lambda x, b: np.append(x * b, 1.0), 1e-3, a)
    agree(both, lambda a: np.array([[a], [0.0 * a]]), A)
