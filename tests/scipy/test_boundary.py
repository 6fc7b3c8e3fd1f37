"""Boundary value problems: the derivatives of the collocation equations' root."""

from __future__ import annotations

import numpy
import pytest
import scipy.integrate as si

import tracegrad.numpy as np
from tests.scipy.differences import P, agree
from tracegrad import deriv, grad
from tracegrad.core.box import getval
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy import integrate as ti

X = numpy.linspace(0.0, 1.0, 5)


def bratu(p, solve=ti.solve_bvp, **options):
    """y'' = -p e^y, from one value to another, on an interval that moves."""
    x = np.stack([p[1] * 0.1, 0.4, 0.7, p[2]])
    return solve(
        lambda x, y: np.vstack((y[1], -p[0] * np.exp(y[0]))),
        lambda ya, yb: [ya[0] - p[1], yb[1] + yb[0] * p[0]],
        x, np.zeros((2, 4)), tol=1e-8, max_nodes=3000, **options,
    )  # fmt: skip


def summed(p, **options):
    res = bratu(p, **options)
    middle = res.sol(np.stack([0.5, p[0] * 0.8, p[2]]))
    first = np.sum(res.sol(0.3, 1)) + res.sol.integrate(0.2, 0.6)[0]
    return np.sum(np.sin(middle)) + res.yp[1, -1] * res.y[0, 1] + first + res.x[-1]


@pytest.mark.slow
def test_all_that_the_result_has():
    agree(summed, second=True)


def jacobian(x, y):
    slope = numpy.zeros((2, 2, x.size))
    slope[0, 1], slope[1, 0] = 1.0, -P[0] * numpy.exp(y[0])
    return slope


@pytest.mark.parametrize("options", [{"fun_jac": jacobian}, {"bc_tol": 1e-9}], ids=" ".join)
def test_options(options):
    agree(lambda p: summed(p, **options))


def test_third_order():
    f = lambda k: ti.solve_bvp(
        lambda x, y: np.vstack((y[1], k * k * y[0])),
        lambda ya, yb: np.array([ya[0] - 1.0, yb[1] - k * yb[0]]),
        X, numpy.ones((2, 5)), tol=1e-9,
    ).y[0, -1]  # fmt: skip
    for orders in ((deriv, grad, deriv), (grad, grad, grad)):
        g = f
        for order in orders:
            g = order(g)
        numpy.testing.assert_allclose(g(0.5), numpy.exp(0.5), rtol=1e-6)


def test_unknown_parameters():
    """y'' = -p² s y has a solution of one wave for p = π / √s."""

    def p(s):
        y = numpy.zeros((2, 5))
        y[0, 1], y[0, 3] = 1.0, 0.5
        res = ti.solve_bvp(
            lambda x, y, p: np.vstack((y[1], -(p[0] ** 2) * y[0] * s)),
            lambda ya, yb, p: np.array([ya[0], yb[0], ya[1] - p[0]]),
            X, y, p=[3.0], tol=1e-8,
        )  # fmt: skip
        return res.p[0]

    numpy.testing.assert_allclose(p(1.0), numpy.pi, rtol=1e-8)
    for slope in (grad, deriv):
        numpy.testing.assert_allclose(slope(p)(1.0), -numpy.pi / 2, rtol=1e-8)
        numpy.testing.assert_allclose(slope(grad(p))(1.0), 0.75 * numpy.pi, rtol=1e-8)


def test_singular_terms():
    """Emden's equation y'' = -y⁵ - 2 y' / x, with a coefficient in place of the 2."""

    def f(p):
        S = np.array([[0.0, 0.0], [0.0, -1.3 - p[0]]])
        res = ti.solve_bvp(
            lambda x, y: np.vstack((y[1], -p[2] * y[0] ** 5)),
            lambda ya, yb: np.stack([ya[1], yb[0] - p[1]]),
            numpy.linspace(0, 1, 10), numpy.full((2, 10), 0.3), S=S, tol=1e-8,
        )  # fmt: skip
        return np.sum(res.y[:, ::4]) + np.sum(res.yp[:, 0])

    agree(f)


@pytest.mark.slow
def test_complex():
    def f(p):
        res = ti.solve_bvp(
            lambda x, y: np.vstack((y[1], -(p[0] + 1j * p[1]) * y[0])),
            lambda ya, yb: np.array([ya[0] - 1.0, yb[0] - 1j * p[2]]),
            X, numpy.ones((2, 5), complex), tol=1e-6,
        )  # fmt: skip
        return np.abs(res.sol(0.4)[0]) ** 2 + res.y[1, 0].imag

    agree(f, second=True)


def test_plain_calls_are_scipys():
    args = lambda k: (
        lambda x, y: numpy.vstack((y[1], -k * y[0])), lambda ya, yb: [ya[0], yb[0] - 1.0],
        X, numpy.zeros((2, 5)),
    )  # fmt: skip
    got, want = ti.solve_bvp(*args(1.0)), si.solve_bvp(*args(1.0))
    assert type(got) is type(want) and type(got.sol) is type(want.sol)
    for name in ("x", "y", "yp", "rms_residuals", "niter", "p", "status", "message"):
        numpy.testing.assert_array_equal(got[name], want[name])
    with pytest.raises(ValueError, match="strictly increasing"):
        ti.solve_bvp(*args(1.0)[:2], X[::-1], numpy.zeros((2, 5)))


def test_values_and_the_kind_of_the_result():
    seen = []
    grad(lambda p: np.sum(seen.append(bratu(p)) or seen[0].y))(P)
    want = bratu(P, si.solve_bvp)
    assert type(seen[0]) is type(want) and seen[0].keys() == want.keys()
    for name in ("x", "y", "yp", "rms_residuals"):
        numpy.testing.assert_array_equal(getval(seen[0][name]), want[name])
    assert (seen[0].p, seen[0].niter, seen[0].message) == (None, want.niter, want.message)
    numpy.testing.assert_allclose(getval(seen[0].sol(0.3)), want.sol(0.3), rtol=1e-14)


def test_guesses_have_no_derivative_and_float32_stays():
    guess = lambda a: ti.solve_bvp(
        lambda x, y: np.vstack((y[1], -y[0])), lambda ya, yb: np.array([ya[0], yb[0] - 1.0]),
        X, a * np.ones((2, 5)),
    ).y[1, 0]  # fmt: skip
    assert type(getval(guess(1.0))) is numpy.float64
    assert grad(lambda a: guess(a) + 0.0 * a)(1.0) == 0.0
    assert grad(summed)(P.astype(numpy.float32)).dtype == numpy.float32


def test_many_nodes():
    """A thin layer: thousands of equations, their slopes found in a few runs."""
    f = lambda a: ti.solve_bvp(
        lambda x, y: np.vstack((y[1], a * (y[0] - np.cos(20.0 * x)))),
        lambda ya, yb: np.array([ya[0], yb[0]]), X, numpy.zeros((2, 5)), tol=1e-6, max_nodes=5000,
    )  # fmt: skip
    assert f(900.0).x.size > 500
    inside = lambda a: f(a).sol(0.5)[0]
    # a cos(20 x) / (a + 400) but for the layers
    numpy.testing.assert_allclose(inside(900.0), 9 / 13 * numpy.cos(10), atol=1e-6)
    numpy.testing.assert_allclose(grad(inside)(900.0), 400 / 1300**2 * numpy.cos(10), atol=1e-7)


def test_no_solution_and_no_isolated_one():
    def resonant(a):
        """Any constant may be added to a solution."""
        return ti.solve_bvp(
            lambda x, y: np.vstack((y[1] * a, 0.0 * y[0])),
            lambda ya, yb: np.array([ya[1], yb[1]]), X, numpy.zeros((2, 5)),
        ).y[0, 0]  # fmt: skip

    with pytest.raises(NoDerivative, match="singular"):
        grad(resonant)(1.0)

    def none(a):
        return ti.solve_bvp(
            lambda x, y: np.vstack((y[1], -a * np.exp(y[0]))),
            lambda ya, yb: np.array([ya[0], yb[0]]), X, numpy.zeros((2, 5)), max_nodes=20,
        ).y[1, 0]  # fmt: skip

    with pytest.raises(NoDerivative, match="find no root"):
        grad(none)(4.0)
