"""Integrals of functions: Leibniz's rule, through closures, arguments and bounds."""

from __future__ import annotations

import functools

import numpy
import pytest
import scipy.integrate as si

import tracegrad.numpy as np
from tests.scipy.differences import P, agree, differences
from tracegrad import deriv, grad
from tracegrad.core.box import getval
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy import integrate as ti

TIGHT = {"epsabs": 1e-11, "epsrel": 1e-11}


# -- quad ------------------------------------------------------------------------------------------


def bell(p, **options):
    def integrand(x, c=1.0):
        return np.exp(-p[0] * x * x) * np.cos(c * x)

    return ti.quad(integrand, p[1], p[2], args=(p[0] * p[1],), **{**TIGHT, **options})[0]


@pytest.mark.parametrize(
    "options", [{}, {"points": [0.5, 0.9]}, {"limit": 10}, {"full_output": 1}], ids=str
)
def test_closures_arguments_and_bounds(options):
    agree(functools.partial(bell, **options), second=not options)


def test_third_order():
    f = lambda a: ti.quad(lambda x: np.exp(-a * x), 0, np.inf)[0]
    for one, two in ((grad, deriv), (deriv, grad)):
        numpy.testing.assert_allclose(grad(one(two(f)))(2.0), -6 / 16, rtol=1e-9)


@pytest.mark.parametrize("ends", [(-np.inf, 1.0), (0.0, np.inf), (-np.inf, np.inf), (2.0, 0.5)])
def test_infinite_and_reversed_bounds(ends):
    agree(lambda p: ti.quad(lambda x: np.exp(-p[0] * (x - p[1]) ** 2), *ends, **TIGHT)[0])


def test_an_infinite_bound_that_is_traced():
    f = lambda b: ti.quad(lambda x: np.exp(-x * x), 0.0, b)[0]
    assert grad(f)(np.inf) == 0.0 == deriv(f)(np.inf)


@pytest.mark.parametrize("weight", ["cos", "sin", "cauchy"])
def test_weights_with_traced_parameters(weight):
    agree(
        lambda p: ti.quad(
            lambda x: np.exp(-p[0] * x), -p[0], p[2], weight=weight, wvar=p[1], **TIGHT
        )[0],
        second=True,
    )


@pytest.mark.parametrize("weight", ["cos", "sin"])
def test_weights_to_infinity(weight):
    f = lambda p: ti.quad(
        lambda x: np.exp(-p[0] * x), p[1], np.inf, weight=weight, wvar=p[2], epsabs=1e-11
    )[0]
    agree(f)


@pytest.mark.parametrize("weight", ["alg", "alg-loga", "alg-logb", "alg-log"])
def test_algebraic_weights(weight):
    f = lambda p: ti.quad(
        lambda x: np.exp(-p[0] * x), -p[1], p[2], weight=weight, wvar=(0.5, -0.3), **TIGHT
    )[0]
    agree(f, second=weight == "alg-loga")
    still = lambda p: ti.quad(lambda x: p[0] * x, 0, 1, weight=weight, wvar=(0.5, 0.0))[0]
    agree(still)
    with pytest.raises(NoDerivative, match="wvar="):
        grad(lambda a: ti.quad(np.exp, 0, 1, weight=weight, wvar=(a, 0.0))[0])(0.5)


def test_complex_functions():
    def f(p):
        wave = lambda x: np.exp(1j * p[0] * x)
        z, error, info = ti.quad(wave, p[1], p[2], complex_func=True, full_output=1)
        assert isinstance(error, complex) and set(info) == {"real", "imag"}
        return z.real * 2 + z.imag

    agree(f)
    z = 0.3 + 0.4j
    g = grad(lambda z: ti.quad(lambda x: np.exp(z * x), 0, 1, complex_func=True)[0].real)(z)
    numpy.testing.assert_allclose(
        g, si.quad(lambda x: x * numpy.exp(z * x), 0, 1, complex_func=True)[0]
    )


def test_plain_calls_are_scipys():
    got = ti.quad(numpy.cos, 0, 1, full_output=1)
    want = si.quad(numpy.cos, 0, 1, full_output=1)
    assert got[:2] == want[:2] and got[2].keys() == want[2].keys()
    with pytest.raises(ValueError, match="limit"):
        ti.quad(numpy.cos, 0, 1, limit=0)
    with pytest.raises(ZeroDivisionError):
        ti.quad(lambda x: 1 / 0, 0, 1)


def test_values_and_spaces():
    got = []

    def f(x):
        got.append(ti.quad(lambda t: [x * np.cos(t)][0], 0, 1))
        return got[0][0]

    g = grad(f)(numpy.float32(2.0))
    assert g.dtype == numpy.float32
    numpy.testing.assert_allclose(g, numpy.sin(1), rtol=1e-6)
    assert getval(got[0][0]) == si.quad(lambda t: 2.0 * numpy.cos(t), 0, 1)[0]


def test_an_empty_interval_moves_with_its_ends():
    assert grad(lambda b: ti.quad(lambda x: b * np.cos(x), 0.0, b - 1.0)[0])(1.0) == 1.0


def test_the_derivative_has_points_of_its_own():
    """At a = 0 the value is flat, and what is integrated for the derivative is not."""
    f = lambda a: ti.quad(lambda x: a * np.exp(-((x - 0.37) ** 2) * 1e4), 0, 1, points=[0.37])[0]
    for slope in (grad(f)(0.0), deriv(f)(0.0)):
        numpy.testing.assert_allclose(slope, numpy.sqrt(numpy.pi) / 100, rtol=1e-8)


def test_loops_and_writes():
    def loss(x):
        total = 0.0
        for k in range(3):
            total = total + ti.quad(lambda t: np.cos(k * t * x), 0, 1)[0]
            total = total + ti.quad_vec(lambda t: np.cos(k * t * x), 0, 1)[0]
        return total

    agree(lambda p: loss(p[0]))

    def written(x):
        y = x * 2.0
        ans = ti.quad_vec(lambda t: y[0] * t * np.ones(2), 0, 1)[0]
        y[0] = 7.0
        return ans.sum()

    numpy.testing.assert_allclose(grad(written)(P), [2.0, 0.0, 0.0], rtol=1e-12)

    def given(x):
        y = x * 2.0
        ans = ti.quad_vec(lambda t, y: y[0] * t * np.ones(2), 0, 1, args=(y,))[0]
        y[0] = 7.0
        return ans.sum()

    numpy.testing.assert_allclose(grad(given)(P), [2.0, 0.0, 0.0], rtol=1e-12)

    def hidden(x):
        inside = [x * 2.0]
        ans = ti.quad_vec(lambda t: inside[0] * t, 0, 1)[0]
        inside[0] = x
        return ans.sum()

    with pytest.raises(RuntimeError, match="args="):
        grad(hidden)(P)


# -- several variables, several values -----------------------------------------------------------


def fixed(p):
    return ti.dblquad(lambda y, x: np.exp(-p[0] * x * y) * np.sin(p[1] + x), 0, 1, 0, lambda x: x)[
        0
    ]


def moving(p):
    return ti.dblquad(
        lambda y, x, c: x * y * c, 0, p[2], lambda x: -x, lambda x: p[0] * x, args=(p[1],)
    )[0]


@pytest.mark.parametrize("fun", [fixed, moving], ids=lambda f: f.__name__)
def test_dblquad(fun):
    agree(fun)


@pytest.mark.slow
def test_dblquad_second_order():
    fun = lambda a: moving(np.stack([a, 0.3, 1.2]))
    want = differences(lambda a: grad(fun)(a[0]), P[:1])
    numpy.testing.assert_allclose(grad(grad(fun))(P[0]), want[0], atol=1e-8)


@pytest.mark.slow
def test_tplquad_and_nquad():
    tpl = lambda a: ti.tplquad(
        lambda z, y, x: a * x * y * z, 0, 1, 0, 1, lambda x, y: 0.0, lambda x, y: x + y
    )[0]
    numpy.testing.assert_allclose(deriv(tpl)(2.0), tpl(1.0), rtol=1e-10)

    def box(p):
        return ti.nquad(
            lambda x, y, c: np.cos(p[0] * x + y) * c,
            [lambda y, c: (0.0, 1.0 + y), (0.0, p[2])],
            args=(p[1],),
            opts=[{"epsabs": 1e-10, "points": [0.5]}, lambda c: {"epsabs": 1e-10}],
            full_output=True,
        )

    agree(lambda p: box(p)[0])
    assert (
        box(P)[0]
        == si.nquad(
            lambda x, y: numpy.cos(P[0] * x + y) * P[1], [lambda y: (0.0, 1.0 + y), (0.0, P[2])]
        )[0]
    )
    assert set(box(P)[2]) == {"neval"}


@pytest.mark.parametrize(
    "options",
    [{}, {"norm": "max", "quadrature": "gk15"}, {"points": [0.4], "full_output": True},
     {"limit": 50, "cache_size": 1e5, "workers": 1}],
    ids=str,
)  # fmt: skip
def test_quad_vec(options):
    def fun(p):
        f = lambda x, a: np.array([[np.exp(-a * x)], [np.cos(p[1] * x) ** 2]])
        return ti.quad_vec(f, 0, p[2], args=(p[0],), **{"epsabs": 1e-10, **options})[0].sum()

    agree(fun, second=not options)


def test_quad_vec_of_complex_and_infinite():
    wave = lambda p: ti.quad_vec(lambda x: np.exp(1j * x * p[:2]), 0, p[2], epsabs=1e-10)[0]
    agree(lambda p: np.sum(wave(p) ** 2).imag)
    agree(lambda p: ti.quad_vec(lambda x: np.exp(-x * x * p), -np.inf, p[2], epsabs=1e-11)[0].sum())
    numpy.testing.assert_array_equal(
        ti.quad_vec(lambda x: numpy.exp(1j * x * P), 0, 1)[0],
        si.quad_vec(lambda x: numpy.exp(1j * x * P), 0, 1)[0],
    )
