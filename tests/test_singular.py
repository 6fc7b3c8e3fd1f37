"""Derivatives at the points where a formula divides by zero, ties or has a kink."""

from __future__ import annotations

import numpy
import pytest

import tracegrad.numpy as np
from tests.tester import jvp_of, pushforward, vjp_of

INF = numpy.inf

pytestmark = pytest.mark.filterwarnings("ignore:.*(divide by zero|invalid value):RuntimeWarning")


def gradient(fun, x):
    """The gradient of sum(fun(x)) by reverse mode, agreeing with forward mode."""
    x = numpy.asarray(x, dtype=float)
    scalar = lambda x: (np.sum(fun(x)),)
    g = vjp_of(scalar, [numpy.float64(1.0)])(x)[0]
    columns = [jvp_of(scalar, [unit.reshape(x.shape)])(x)[0] for unit in numpy.eye(x.size)]
    numpy.testing.assert_allclose(numpy.reshape(columns, x.shape), g, rtol=1e-12, atol=1e-14)
    return g


def hessian(fun, x):
    """The Hessian of sum(fun(x)), the same in all four nestings."""
    x = numpy.asarray(x, dtype=float)
    scalar = lambda x: (np.sum(fun(x)),)
    one = [numpy.float64(1.0)]
    units = [unit.reshape(x.shape) for unit in numpy.eye(x.size)]
    nestings = [
        [pushforward(vjp_of(scalar, one), [x], [u])[1][0].ravel() for u in units],
        [vjp_of(vjp_of(scalar, one), [u])(x)[0].ravel() for u in units],
        [vjp_of(jvp_of(scalar, [u]), one)(x)[0].ravel() for u in units],
        [[pushforward(jvp_of(scalar, [u]), [x], [v])[1][0] for v in units] for u in units],
    ]
    for other in nestings[1:]:
        numpy.testing.assert_allclose(other, nestings[0], rtol=1e-10, atol=1e-12)
    return numpy.array(nestings[0])


def check(fun, x, want, second=None):
    numpy.testing.assert_allclose(gradient(fun, x), want, rtol=1e-12, atol=1e-14)
    if second is not None:
        numpy.testing.assert_allclose(hessian(fun, x), second, rtol=1e-9, atol=1e-11)


# -- where guards a branch --------------------------------------------------------------------

GUARDED = {
    "sqrt": (lambda x: np.where(x > 0, np.sqrt(x), 0.0), [0.0, 4.0], [0, 0.25], [0, -1 / 32]),
    "log": (lambda x: np.where(x > 0, np.log(x), 0.0), [0.0, 2.0], [0, 0.5], [0, -0.25]),
    "log2": (lambda x: np.where(x > 0, np.log2(x), 0.0), [0.0, 1.0], [0, 1 / numpy.log(2)], None),
    "log1p": (lambda x: np.where(x > -1, np.log1p(x), 0.0), [-1.0, 1.0], [0, 0.5], [0, -0.25]),
    "sin(x)/x": (
        lambda x: np.where(x != 0, np.sin(x) / x, 1.0), [0.0, numpy.pi],
        [0, -1 / numpy.pi], [0, 2 / numpy.pi**2],
    ),
    "1/x": (lambda x: np.where(x != 0, 1 / x, 0.0), [0.0, 2.0], [0, -0.25], [0, 0.25]),
    "reciprocal": (
        lambda x: np.where(x != 0, np.reciprocal(x), 0.0), [0.0, 2.0], [0, -0.25], [0, 0.25]
    ),
    "cbrt": (lambda x: np.where(x != 0, np.cbrt(x), 0.0), [0.0, 1.0], [0, 1 / 3], [0, -2 / 9]),
    "x**-2": (lambda x: np.where(x != 0, x**-2, 0.0), [0.0, 1.0], [0, -2], [0, 6]),
    "x**0.5": (lambda x: np.where(x != 0, x**0.5, 0.0), [0.0, 4.0], [0, 0.25], [0, -1 / 32]),
    "arcsin": (lambda x: np.where(abs(x) < 1, np.arcsin(x), 0.0), [1.0, 0.0], [0, 1], [0, 0]),
    "arccos": (lambda x: np.where(abs(x) < 1, np.arccos(x), 0.0), [-1.0, 0.0], [0, -1], [0, 0]),
    "arccosh": (lambda x: np.where(x > 1, np.arccosh(x), 0.0), [1.0, 2.0], [0, 3**-0.5], None),
    "arctanh": (lambda x: np.where(abs(x) < 1, np.arctanh(x), 0.0), [1.0, 0.5], [0, 4 / 3], None),
    "x**2 / x": (lambda x: np.where(x != 0, x**2 / x, 0.0), [0.0, 2.0], [0, 1], [0, 0]),
    "expm1(x)/x": (
        lambda x: np.where(x != 0, np.expm1(x) / x, 1.0), [0.0, 1.0], [0, 1], [0, numpy.e - 2]
    ),
    "(1 - cos x)/x**2": (
        lambda x: np.where(x != 0, (1 - np.cos(x)) / x**2, 0.5), [0.0, numpy.pi],
        [0, -4 / numpy.pi**3], None,
    ),
    "exp(-1/x**2)": (
        lambda x: np.where(x != 0, np.exp(-1 / x**2), 0.0), [0.0, 1.0],
        [0, 2 / numpy.e], [0, -2 / numpy.e],
    ),
    "sqrt of a negative": (
        lambda x: np.where(x > 0, np.sqrt(x), 0.0), [-1.0, 4.0], [0, 0.25], [0, -1 / 32]
    ),
    "log of a negative": (
        lambda x: np.where(x > 0, np.log(x), 0.0), [-1.0, 2.0], [0, 0.5], [0, -0.25]
    ),
    "x log x, guarded inside": (
        lambda x: np.where(x > 0, x * np.log(np.where(x > 0, x, 1.0)), 0.0), [0.0, 1.0],
        [0, 1], [0, 1],
    ),
    "sqrt, one number": (lambda x: np.where(x > 0, np.sqrt(x), 0.0), 0.0, 0.0, [[0.0]]),
}  # fmt: skip


@pytest.mark.parametrize("name", GUARDED)
def test_guarded(name):
    fun, x, want, second = GUARDED[name]
    if second is not None and numpy.ndim(second) == 1:
        second = numpy.diag(second)
    check(fun, x, want, second)
    assert numpy.all(numpy.isfinite(hessian(fun, x)))


def test_a_quotient_of_two_is_guarded():
    fun = lambda v: np.where(v[1] != 0, v[0] / v[1], 0.0)
    for x in ([0.0, 0.0], [1.0, 0.0]):
        check(fun, x, [0, 0], numpy.zeros((2, 2)))
    check(fun, [1.0, 2.0], [0.5, -0.25], [[0, -0.25], [-0.25, 0.25]])


def test_an_unguarded_slope_stays_infinite():
    assert gradient(np.sqrt, 0.0) == INF
    assert gradient(np.log, 0.0) == INF


# -- ties --------------------------------------------------------------------------------------


@pytest.mark.parametrize("fun", [np.max, np.min, lambda x: x.max(), lambda x: x.min(axis=0)])
def test_ties_of_extremes_share_evenly(fun):
    check(fun, [2.0, 2.0, 2.0], [1 / 3] * 3, numpy.zeros((3, 3)))


@pytest.mark.parametrize("fun", [np.max, np.min])
def test_ties_along_an_axis(fun):
    check(lambda x: fun(x, axis=1), [[1.0, 1.0], [5.0, 5.0]], [[0.5, 0.5], [0.5, 0.5]])
    mask = numpy.array([True, False, True])
    initial = -INF if fun is np.max else INF
    check(lambda x: fun(x, where=mask, initial=initial), [3.0, 3.0, 3.0], [0.5, 0, 0.5])


@pytest.mark.parametrize("fun", [np.maximum, np.minimum, np.fmax, np.fmin])
def test_ties_of_two(fun):
    check(lambda x: fun(x[0], x[1]), [2.0, 2.0], [0.5, 0.5], numpy.zeros((2, 2)))
    check(lambda x: fun(x, 2.0), [2.0], [0.5], [[0]])


@pytest.mark.parametrize("fun", [np.amax, np.amin, np.nanmax, np.nanmin])
def test_ties_under_other_names(fun):
    check(fun, [2.0, 2.0, 2.0, 2.0], [0.25] * 4, numpy.zeros((4, 4)))


def test_ties_that_nan_leaves():
    x = numpy.array([2.0, numpy.nan, 2.0])
    g = vjp_of(lambda x: (np.nanmax(x),), [numpy.float64(1)])(x)[0]
    numpy.testing.assert_array_equal(g, [0.5, 0, 0.5])


def test_ptp_of_a_constant():
    check(np.ptp, [2.0, 2.0], [0, 0])
    check(np.ptp, [1.0, 2.0, 2.0], [-1, 0.5, 0.5], numpy.zeros((3, 3)))


QUANTILES = {
    "median": np.median,
    "nanmedian": np.nanmedian,
    "quantile": lambda x, **options: np.quantile(x, 0.5, **options),
    "percentile": lambda x, **options: np.percentile(x, 50, **options),
}


@pytest.mark.parametrize("name", QUANTILES)
def test_ties_of_quantiles(name):
    fun = QUANTILES[name]
    check(fun, [2.0, 2.0, 2.0, 2.0], [0.25] * 4, numpy.zeros((4, 4)))
    check(fun, [2.0, 1.0, 2.0], [0.5, 0, 0.5])
    check(fun, [1.0, 2.0, 2.0, 3.0], [0, 0.5, 0.5, 0])
    rows = [[1.0, 2.0, 2.0], [4.0, 5.0, 6.0], [3.0, 3.0, 3.0]]
    check(lambda x: fun(x, axis=1), rows, [[0, 0.5, 0.5], [0, 1, 0], [1 / 3] * 3])


def test_quantiles_share_their_weights():
    # between the first and the second of (1, 2, 2): 0.4 of the 1, 0.6 of the 2s
    check(lambda x: np.quantile(x, 0.3), [1.0, 2.0, 2.0], [0.4, 0.3, 0.3])
    check(lambda x: np.quantile(x, [0.0, 1.0]), [1.0, 1.0, 7.0], [0.5, 0.5, 1])

    x = numpy.full(3, 0.1)  # whose sum over 3 is not 0.1
    assert pushforward(np.median, [x], [x])[0] == 0.1


@pytest.mark.parametrize(
    ("x", "want"),
    [
        ([1.0, 2.0, INF], [0, 1, 0]), ([-INF, 1.0, INF], [0, 1, 0]), ([1.0, INF, INF], [0, 1, 0]),
        ([INF, INF], [1, 0]), ([1.0, INF], [0.5, 0.5]),
    ],
)  # fmt: skip
def test_medians_among_infinities(x, want):
    check(np.median, x, want)
    assert pushforward(np.median, [numpy.array(x)], [numpy.ones(len(x))])[0] == numpy.median(x)


def test_clip_at_its_ends():
    check(lambda x: np.clip(x, 0.0, 1.0), [0.0, 1.0, 0.5, -1.0, 2.0], [0.5, 0.5, 1, 0, 0],
          numpy.zeros((5, 5)))  # fmt: skip


@pytest.mark.parametrize("fun", [np.fmax, np.fmin])
def test_fmax_passes_a_nan_by(fun):
    check(lambda x: fun(x, numpy.array([numpy.nan, 1.0])), [3.0, 1.0], [1.0, 0.5])


# -- powers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "want", "second"), [(0, 0, 0), (1, 1, 0), (2, 0, 2), (3, 0, 0), (0.0, 0, 0), (2.0, 0, 2)]
)
@pytest.mark.parametrize("kind", [lambda n: n, numpy.array, lambda n: numpy.array([n])])
def test_powers_at_zero(n, want, second, kind):
    check(lambda x: x ** kind(n), [0.0], [want], [[second]])


def test_powers_in_both_arguments_at_zero():
    # 0**0: x**y moves with neither x (y is 0) nor y (by convention, its limit for positive y)
    check(lambda v: v[0] ** v[1], [0.0, 0.0], [0, 0])
    check(lambda v: v[0] ** v[1], [0.0, 2.0], [0, 0])
    check(lambda v: v[0] ** v[1], [0.0, 1.0], [1, 0])
    check(lambda y: 0.0**y, [2.0], [0], [[0]])
    assert numpy.all(numpy.isfinite(hessian(lambda v: v[0] ** v[1], [0.0, 3.0])))


@pytest.mark.parametrize(
    ("n", "want", "second"), [(0, 0, 0), (1, 1, 0), (2, 0, 2), (3, 0, 0), (2.5, 0, 0)]
)
def test_float_powers_at_zero(n, want, second):
    check(lambda x: np.float_power(x, n), [0.0], [want], [[second]])
    check(lambda v: np.float_power(v[0], v[1]), [0.0, n], [want, 0])


def test_fractional_powers_at_zero():
    assert gradient(lambda x: x**0.5, 0.0) == INF
    check(lambda x: x**1.5, [0.0], [0])
    assert hessian(lambda x: x**1.5, 0.0) == INF
    check(lambda y: 0.0**y, [0.0, 1.0, 3.0], [0, 0, 0], numpy.zeros((3, 3)))
    check(lambda x: x**x, [1.0], [1], [[2]])


# -- products with zeros -----------------------------------------------------------------------


def by_hand(x, skip):
    return numpy.prod([v for i, v in enumerate(x) if i not in skip])


@pytest.mark.parametrize("x", [[0.0, 2.0, 3.0], [0.0, 0.0, 3.0, 2.0], [0.0, 0.0, 0.0], [2.0, 0.0]])
def test_prod_with_zeros(x):
    n = len(x)
    want = [by_hand(x, {i}) for i in range(n)]
    second = [[0 if i == j else by_hand(x, {i, j}) for j in range(n)] for i in range(n)]
    check(np.prod, x, want, second)
    check(lambda x: np.prod(x, axis=0, keepdims=True), x, want, second)
    check(lambda x: np.cumprod(x)[-1], x, want, second)


def test_cumprod_with_zeros():
    x = [2.0, 0.0, 3.0]
    # 2 + 0 + 0: d/dx = (1 + x1 + x1 x2, x0 + x0 x2, x0 x1)
    check(np.cumprod, x, [1.0, 8.0, 0.0], [[0, 4, 0], [4, 0, 2], [0, 2, 0]])


@pytest.mark.skipif(not hasattr(numpy, "cumulative_prod"), reason="since NumPy 2.1")
@pytest.mark.parametrize("x", [[2.0, 0.0, 3.0], [0.0, 0.0, 3.0], [0.0, 0.0, 0.0]])
def test_cumulative_prod_with_zeros(x):
    second = hessian(np.cumprod, x)
    check(np.cumulative_prod, x, gradient(np.cumprod, x), second)
    one_more = lambda x: np.cumulative_prod(x, include_initial=True)
    check(one_more, x, gradient(np.cumprod, x), second)


@pytest.mark.parametrize("x", [[0.0, 0.0, 3.0], [0.0, 0.0, 0.0], [0.0, 2.0, 3.0]])
def test_cumprod_with_two_zeros(x):
    want = numpy.zeros(3)
    second = numpy.zeros((3, 3))
    for n in (1, 2, 3):
        for i in range(n):
            want[i] += by_hand(x[:n], {i})
            for j in set(range(n)) - {i}:
                second[i, j] += by_hand(x[:n], {i, j})
    check(np.cumprod, x, want, second)


# -- kinks -------------------------------------------------------------------------------------


def test_kinks_have_subgradient_zero():
    check(np.abs, [0.0, -2.0], [0, -1], numpy.zeros((2, 2)))
    check(np.fabs, [0.0, -2.0], [0, -1], numpy.zeros((2, 2)))
    check(lambda v: np.hypot(v[0], v[1]), [0.0, 0.0], [0, 0])
    flat = numpy.array([[16, -12], [-12, 9]]) / 125
    check(lambda v: np.hypot(v[0], v[1]), [3.0, 4.0], [0.6, 0.8], flat)
    check(lambda v: np.hypot(v[0], v[1]), [0.0, 4.0], [0, 1], [[0.25, 0], [0, 0]])
    assert numpy.all(numpy.isfinite(hessian(lambda v: np.hypot(v[0], v[1]), [0.0, 0.0])))


def test_absolute_of_complex_zero():
    g = vjp_of(lambda z: (np.abs(z),), [numpy.float64(1)])(numpy.complex128(0))[0]
    assert g == 0 and g.dtype == complex


def test_std_of_constant_values():
    check(np.std, [3.0, 3.0, 3.0], [0, 0, 0])
    check(lambda x: np.std(x, axis=1), [[3.0, 3.0], [1.0, 2.0]], [[0, 0], [-0.5, 0.5]])
    assert numpy.all(numpy.isfinite(hessian(np.std, [3.0, 3.0, 3.0])))
    check(np.var, [3.0, 3.0], [0, 0], [[0.5, -0.5], [-0.5, 0.5]])


def test_signs_at_zero():
    check(np.sign, [0.0, 2.0], [0, 0])
    check(lambda v: np.copysign(v[0], v[1]), [1.0, 0.0], [1, 0], numpy.zeros((2, 2)))
    check(lambda x: np.copysign(x, -0.0), [1.0, 0.0], [-1, 0])
    check(np.log1p, [0.0], [1], [[-1]])
    check(np.expm1, [0.0], [1], [[1]])


def test_arctan2_at_the_origin_and_near_it():
    turn = lambda v: np.arctan2(v[0], v[1])
    check(turn, [0.0, 0.0], [0, 0], numpy.zeros((2, 2)))
    check(turn, [1e-200, 1e-200], [5e199, -5e199])
    check(turn, [1e200, 1e200], [5e-201, -5e-201])


def test_arctan2_at_the_origin_is_guarded():
    check(lambda v: np.where(v[0] == 0, 0.0, np.arctan2(v[0], v[1])), [0.0, 0.0], [0, 0])


# -- infinities --------------------------------------------------------------------------------


@pytest.mark.parametrize("fun", [np.logaddexp, np.logaddexp2])
def test_logaddexp_of_minus_infinity(fun):
    check(lambda v: fun(v[0], v[1]), [-INF, 1.0], [0, 1])
    check(lambda v: fun(v[0], v[1]), [-INF, -INF], [0, 0], numpy.zeros((2, 2)))


@pytest.mark.parametrize("fun", [np.logaddexp, np.logaddexp2])
def test_logaddexp_of_infinity(fun):
    check(lambda v: fun(v[0], v[1]), [INF, 1.0], [1, 0], numpy.zeros((2, 2)))
    check(lambda v: fun(v[0], v[1]), [INF, -INF], [1, 0])
    check(lambda v: fun(v[0], v[1]), [INF, INF], [0.5, 0.5])


def test_sinc_at_zero():
    check(np.sinc, [0.0], [0], [[-(numpy.pi**2) / 3]])
    check(np.sinc, [1e-9], [-(numpy.pi**2) / 3 * 1e-9], [[-(numpy.pi**2) / 3]])


def test_sinc_slope_against_mpmath():
    mpmath = pytest.importorskip("mpmath")
    with mpmath.workdps(40):
        for x in (1e-6, 0.01, 0.1, 0.29999, 0.30001, 1.0, 7.3):
            want = float(mpmath.diff(lambda t: mpmath.sinc(mpmath.pi * t), mpmath.mpf(x)))
            numpy.testing.assert_allclose(gradient(np.sinc, x), want, rtol=1e-13)


def test_nan_to_num_stops_where_it_replaces():
    x = numpy.array([numpy.nan, INF, -INF, 2.0])
    g = vjp_of(lambda x: (np.nan_to_num(x),), [numpy.ones(4)])(x)[0]
    numpy.testing.assert_array_equal(g, [0, 0, 0, 1])


@pytest.mark.parametrize("rest", [[INF], [numpy.nan, 1], [INF, True]])
def test_what_stands_beside_stays_still(rest):
    """Infinite or no numbers, and of any dtype: their tangent is zero."""
    _, tangent = pushforward(lambda x: np.concatenate([[x], rest]), [1.0], [2.0])
    assert tangent.tolist() == [2.0] + [0.0] * len(rest)
