"""Integrals and sums of functions that take arrays: `tanhsinh` and `nsum`."""

from __future__ import annotations

import functools

import numpy
import pytest
import scipy.integrate as si

import tracegrad.numpy as np
from tests.scipy.differences import P, agree
from tracegrad import deriv, grad
from tracegrad.core.box import getval
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy import integrate as ti
from tracegrad.scipy import special

pytestmark = pytest.mark.skipif(not hasattr(si, "tanhsinh"), reason="SciPy 1.15")


def line(p, **options):
    f = lambda x: np.exp(-p[0] * x * x) * np.cos(p[1] * x)
    return ti.tanhsinh(f, p[1], p[2], **options).integral


def table(p):
    """Limits and arguments broadcast; some limits are infinite, some reversed."""
    f = lambda x, c, d: np.exp(-p[0] * x * c) * np.sin(d + x)
    a, b = np.stack([0.2, p[1]])[:, None], p[2] + numpy.array([0.0, -1.1, np.inf])
    res = ti.tanhsinh(f, a, b, args=(p, p[1] + 1))
    assert res.integral.shape == (2, 3)
    return np.sum(np.sin(res.integral))


def kept(p):
    """A function whose values are of another shape than its points."""
    f = lambda x: [np.exp(-p[0] * (x - p[1]) ** 2), x * p[2], np.cos(p[1] * x)]
    return np.sum(ti.tanhsinh(f, -1.0, p[0], preserve_shape=True).integral ** 2)


def wave(p):
    f = lambda x, c: np.exp(x * c + 1j * x)
    z = ti.tanhsinh(f, 0.0, p[2], args=(p[0] + 1j * p[1],)).integral
    return np.abs(z) ** 2 + z.imag


@pytest.mark.slow
@pytest.mark.parametrize("fun", [line, table, kept, wave], ids=lambda f: f.__name__)
def test_closures_arguments_and_limits(fun):
    agree(fun, second=fun in (line, wave))


@pytest.mark.parametrize(
    "options",
    [
        {"maxlevel": 6, "minlevel": 3},
        {"rtol": 1e-10, "atol": 1e-12},
        {"callback": lambda res: None},
    ],
    ids=lambda options: "-".join(options),
)
def test_options(options):
    agree(functools.partial(line, **options))


def test_third_order():
    f = lambda a: ti.tanhsinh(lambda x: np.exp(-a * x), 0, np.inf).integral
    for one, two in ((grad, deriv), (deriv, grad)):
        numpy.testing.assert_allclose(grad(one(two(f)))(2.0), -6 / 16, rtol=1e-9)


def test_an_argument_that_is_no_tuple():
    f = lambda a: ti.tanhsinh(lambda x, c: c * x * x, 0, 1, args=a).integral
    numpy.testing.assert_allclose([grad(f)(2.0), deriv(f)(2.0)], 1 / 3, rtol=1e-12)


def test_singular_ends():
    """The beta function: logarithms in its derivatives, powers at both ends."""
    f = lambda p: ti.tanhsinh(lambda x: x ** (p[0] - 1) * (1 - x) ** (p[1] - 1), 0, 1).integral
    exact = lambda p: special.beta(p[0], p[1])
    p = numpy.array([0.7, 0.8])
    numpy.testing.assert_allclose(grad(f)(p), grad(exact)(p), rtol=1e-6)
    along = lambda f: grad(lambda p: np.sum(grad(f)(p) * P[:2]))(p)
    numpy.testing.assert_allclose(along(f), along(exact), rtol=1e-5)


def test_an_infinite_limit_that_is_traced():
    f = lambda b: ti.tanhsinh(lambda x: np.exp(-x * x), 0.0, b).integral
    assert grad(f)(np.inf) == 0.0 == deriv(f)(np.inf)


def test_the_derivative_has_points_of_its_own():
    f = lambda a: ti.tanhsinh(lambda x: a * np.exp(-((x - 0.37) ** 2) * 1e4), 0, 1).integral
    for slope in (grad, deriv):
        numpy.testing.assert_allclose(slope(f)(0.0), numpy.sqrt(numpy.pi) / 100, rtol=1e-8)


def test_zero_by_symmetry_has_converged(recwarn):
    f = lambda m: ti.tanhsinh(lambda x: np.exp(-((x - m) ** 2)), -1, 1).integral
    assert abs(grad(f)(0.0)) < 1e-15 > abs(deriv(f)(0.0))
    assert not recwarn


def test_no_convergence_is_told():
    with pytest.warns(si.IntegrationWarning, match="tanhsinh"):
        grad(lambda a: ti.tanhsinh(lambda x: np.abs(x - a) ** 0.5, 0, 1, maxlevel=3).integral)(0.3)


def test_float32():
    ends = numpy.float32(0.0), numpy.float32(1.0)
    f = lambda a: ti.tanhsinh(lambda x: a * x * x, *ends).integral
    for slope in (grad, deriv):
        g = slope(f)(numpy.float32(2.0))
        assert g.dtype == numpy.float32
        numpy.testing.assert_allclose(g, 1 / 3, rtol=1e-5)


def test_plain_calls_are_scipys():
    got, want = ti.tanhsinh(numpy.cos, 0, [1, 2]), si.tanhsinh(numpy.cos, 0, [1, 2])
    assert type(got) is type(want)
    for name, value in want.items():
        numpy.testing.assert_array_equal(got[name], value)
    seen = []
    f = lambda a: ti.tanhsinh(lambda x: a * np.cos(x), 0, [1, 2])
    grad(lambda a: np.sum(seen.append(f(a)) or seen[0].integral))(1.0)
    assert type(seen[0]) is type(want) and seen[0].keys() == want.keys()
    for name, value in want.items():
        numpy.testing.assert_array_equal(getval(seen[0][name]), value)
    with pytest.raises(ValueError, match="callable"):
        ti.tanhsinh(1.0, 0, 1)


def tiny(p):
    """exp(-800) would be zero; the second integral is negative, its logarithm complex."""
    f = lambda x, c: -p[0] * x * x * c + p[1] * x - 800.0
    given = {"args": (p[:2] ** 2,), "log": True, "rtol": -32.0}
    return np.sum(ti.tanhsinh(f, p[1], np.stack([p[2], 0.1]), **given).integral).real


def test_logarithms():
    agree(tiny)
    f = lambda a: ti.tanhsinh(lambda x: a * x + 1j * numpy.pi, 0.0, 1.0, log=True).integral.real
    want = 1 / (numpy.e - 1)  # of log (exp(a) - 1) / a
    numpy.testing.assert_allclose([grad(f)(1.0), deriv(f)(1.0)], want, rtol=1e-10)
    bend = [grad(grad(f))(1.0), deriv(grad(f))(1.0), grad(deriv(f))(1.0), deriv(deriv(f))(1.0)]
    numpy.testing.assert_allclose(bend, 1 - numpy.e * want**2, rtol=1e-10)


def test_preserve_shape_refuses():
    given = {"preserve_shape": True}
    for f in (
        lambda a: ti.tanhsinh(lambda x, c: c * x, 0, 1, args=(a,), **given),
        lambda a: ti.tanhsinh(lambda x: a * x, 0, 1, log=True, **given),
    ):
        with pytest.raises(NoDerivative, match="preserve_shape="):
            grad(lambda a: f(a).integral)(1.0)


# -- nsum ------------------------------------------------------------------------------------------


def test_zeta():
    f = lambda s: ti.nsum(lambda k, s: k**-s, 1, np.inf, args=(s,)).sum
    zeta = lambda s, n: (-1) ** n * si.nsum(lambda k: numpy.log(k) ** n * k**-s, 2, 1e6).sum
    for slope, other in ((grad, deriv), (deriv, grad)):
        numpy.testing.assert_allclose(slope(f)(6.0), zeta(6.0, 1), rtol=1e-9)
        numpy.testing.assert_allclose(slope(other(f))(6.0), zeta(6.0, 2), rtol=1e-9)
        # zeta'(2), by the Online Encyclopedia of Integer Sequences, A073002
        numpy.testing.assert_allclose(slope(f)(2.0), -0.9375482543158437, rtol=1e-9)


def test_short_and_long_sums_to_both_sides():
    """Of sᵏ: closed forms, in a table of ends and steps."""

    def summed(p):
        f = lambda k, s: p[1] * s**k
        right = ti.nsum(f, 0, numpy.array([np.inf, 7.0]), step=[[1], [2]], args=(p[0],)).sum
        left = ti.nsum(f, [-np.inf, 3], [2, 1], args=(1 / p[0],)).sum
        assert getval(left)[1] == 0.0  # from 3 to 1 there is nothing
        return np.sum(right**2) + np.sum(left)

    def exact(p):
        s, c = p[0], p[1]
        short, far = np.sum(s ** np.arange(8)), 1 / (1 - s)
        second = np.sum(s ** np.arange(0, 8, 2)), 1 / (1 - s * s)
        squares = short**2 + far**2 + second[0] ** 2 + second[1] ** 2
        return c * c * squares + c * s**-2 / (1 - s)

    p = numpy.array([0.4, 1.3])
    numpy.testing.assert_allclose(grad(summed)(p), grad(exact)(p), rtol=1e-7)
    along = lambda f: deriv(lambda t: np.sum(grad(f)(p + t * p)))(0.0)
    numpy.testing.assert_allclose(along(summed), along(exact), rtol=1e-6)


def test_over_all_integers():
    """Jacobi's θ: Σ exp(-t k²)."""
    f = lambda t: ti.nsum(lambda k: np.exp(-t * k * k), -np.inf, np.inf).sum
    k = numpy.arange(-30, 31.0)
    want = -numpy.sum(k * k * numpy.exp(-0.3 * k * k))
    numpy.testing.assert_allclose([grad(f)(0.3), deriv(f)(0.3)], want, rtol=1e-8)


def test_more_terms_than_there_may_be():
    f = lambda s: ti.nsum(lambda k: (k + s) ** -2.0, 1, 5e7, maxterms=1000).sum
    want = -2 * special.zeta(3.0, 1.5)
    for slope in (grad, deriv):
        numpy.testing.assert_allclose(slope(f)(0.5), want, rtol=1e-8)


def test_the_sum_is_scipys():
    f = lambda k: 1 / k**2
    got, want = ti.nsum(f, 1, np.inf), si.nsum(f, 1, np.inf)
    assert got == want and type(got) is type(want)
    seen = []
    tolerances = {"rtol": 1e-6, "atol": 1e-9}
    series = lambda m, c: m.nsum(lambda k: c * f(k), 1, np.inf, tolerances=tolerances)
    g = grad(lambda a: seen.append(series(ti, a)) or seen[0].sum)(1.0)
    want = series(si, 1.0)
    assert {name: getval(x) for name, x in seen[0].items()} == dict(want)
    numpy.testing.assert_allclose(g, numpy.pi**2 / 6, rtol=1e-9)


def test_float32_and_empty_sums():
    f = lambda a: ti.nsum(lambda k, a: a * k, 1, numpy.array([3.0, 0.0]), args=(a,)).sum.sum()
    g = grad(f)(numpy.float32(2.0))
    assert g == 6.0 == deriv(f)(2.0) and g.dtype == numpy.float32


def test_logarithms_of_sums():
    """Σ exp(-s k - 1000 s), and nothing from 3 to 1."""

    def f(s):
        given = {"log": True, "tolerances": {"rtol": -25.0}}
        res = ti.nsum(lambda k: -s * k - 1000.0 * s, [1, 0, 3], [np.inf, 5, 1], **given)
        assert getval(res.sum)[2] == -np.inf
        return res.sum[0] - 2.0 * res.sum[1]

    def exact(s):
        short = np.log(np.sum(np.exp(-s * np.arange(6))))
        return -s - np.log(1 - np.exp(-s)) - 2.0 * short + 1000.0 * s

    for slope in (grad, deriv):
        numpy.testing.assert_allclose(slope(f)(0.3), slope(exact)(0.3), rtol=1e-10)
        bend = lambda f: slope(lambda s: grad(f)(s))(0.3)
        numpy.testing.assert_allclose(bend(f), bend(exact), rtol=1e-8)


@pytest.mark.parametrize("name", ["a", "b", "step"])
def test_ends_and_steps_are_constants(name):
    given = {"a": 1.0, "b": 5.0, "step": 1.0}
    with pytest.raises(NoDerivative, match=f"{name}="):
        grad(lambda t: ti.nsum(lambda k: k, **{**given, name: t}).sum)(1.0)
