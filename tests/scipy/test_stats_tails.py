"""Distributions over the whole line: values are SciPy's, derivatives right far out in the tails."""

from __future__ import annotations

import mpmath as mp
import numpy
import pytest
import scipy.stats

import tracegrad.scipy.stats as stats
from tests.cases.scipy_stats_distributions import SHAPES
from tracegrad.core.errors import NoDerivative
from tracegrad.modes.reverse import pullback
from tracegrad.scipy.stats.distribution import laws

OF_X, OF_Q = ("logpdf", "pdf", "cdf", "sf", "logcdf", "logsf"), ("ppf", "isf")
QUANTILES = numpy.array([0, 1e-300, 1e-100, 1e-5, 0.1, 0.5, 0.9, 1 - 1e-5, 1 - 1e-16, 1, -0.1, 1.1])
QUANTILES = numpy.append(QUANTILES, numpy.nan)
FAR = [0.0, 1e-300, -1e-300, 1e-8, 1, -1, 30, -30, 1e3, -1e3, 1e10, -1e150, 1e300, -1e300]
PLACES = [(0.4, 1.7), (0.0, -1.0), (numpy.nan, 1.0), (0.0, numpy.inf), (-1e5, 1e-8)]
# By root finding SciPy's quantiles take long, or fail, far out.
SLOW = {"norminvgauss", "rice", "exponnorm", "gennorm", "skewnorm", "vonmises", "moyal"}
SLOW |= {"ncx2", "ncf", "nct", "geninvgauss", "genhyperbolic", "gausshyper", "recipinvgauss"}
SLOW |= {"dpareto_lognorm", "rel_breitwigner", "irwinhall", "kappa4", "argus", "vonmises_line"}
CONTINUOUS = [n for n in laws if not isinstance(getattr(scipy.stats, n), scipy.stats.rv_discrete)]


def shapes_of(name):
    return [float(s) for s in SHAPES.get(name, (1.3, 0.8)[: len(laws[name].shapes)])]


def points(name, shapes, loc, scale):
    dist = getattr(scipy.stats, name)
    low, high = (end * scale + loc for end in dist.support(*shapes))
    ends = [numpy.nextafter(end, to) for end in (low, high) for to in (-1e9, 1e9)]
    quantiles = dist.ppf([0.01, 0.5, 0.99], *shapes) * scale + loc
    every = [*quantiles, low, high, *ends, low - 1, high + 1, *FAR, numpy.inf, -numpy.inf]
    return numpy.array([x for x in every if x == x] + [numpy.nan])


def variants(name):
    """Columns of parameters: good ones, and each in turn out of its range."""
    shapes = shapes_of(name)
    rows = [(*shapes, *place) for place in PLACES]
    for i in range(len(shapes)):
        for wrong in (-1.0, numpy.nan):
            rows.append((*shapes[:i], wrong, *shapes[i + 1 :], *PLACES[0]))
    return [numpy.array(column) for column in zip(*rows)]


def traced(method, first, columns):
    """The value and every cotangent; shapes of no known derivative stand still."""
    args = numpy.broadcast_arrays(first, *columns)
    try:
        value, pull = pullback(method, *args)
    except NoDerivative:
        first, *shapes, loc, scale = args
        value, pull = pullback(lambda x, loc, scale: method(x, *shapes, loc, scale),
                               first, loc, scale)  # fmt: skip
    return value, pull(numpy.ones_like(value))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CONTINUOUS)
def test_values_are_scipys_and_slopes_are_no_nan(name):
    columns = variants(name)
    if name == "gengamma":  # SciPy before 1.12 fails where some parameters are wrong
        columns = [column[:4] for column in columns]
    x = points(name, shapes_of(name), *PLACES[0])
    q = QUANTILES
    if name in SLOW:
        x, q, columns = x[::5], q[3::4], [column[:2] for column in columns]
    for method in OF_X + OF_Q:
        first = (x if method in OF_X else q)[:, None]
        want = getattr(getattr(scipy.stats, name), method)(first, *columns)
        got, slopes = traced(getattr(getattr(stats, name), method), first, columns)
        numpy.testing.assert_allclose(got, want, rtol=1e-12, atol=0, err_msg=method)
        # the parameters of the first column are good; no density is infinite but at an end
        at = first[:, 0] if method in OF_X else want[:, 0]
        density = getattr(scipy.stats, name).pdf(at, *[column[0] for column in columns])
        known = numpy.isfinite(want[:, 0]) & ~numpy.isnan(first[:, 0]) & ~numpy.isinf(density)
        for i, slope in enumerate(slopes):
            lost = known & numpy.isnan(slope[:, 0])
            assert not lost.any(), (method, i, first[lost], want[lost, 0])


def normal(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def lower(a, x):
    return mp.gammainc(a, 0, x, regularized=True)


def upper(a, x):
    return mp.gammainc(a, x, mp.inf, regularized=True)


def shares(a, b, odds):
    return mp.betainc(a, b, 0, odds / (1 + odds), regularized=True)


def student(x, df):
    return mp.betainc(df / 2, mp.mpf(0.5), 0, df / (df + x * x), regularized=True) / 2


def odds(x, n):
    return mp.exp(2 * mp.asinh(x / mp.sqrt(n)))


def crystal_tail(b, m):
    return m / (b * (m - 1)) * mp.exp(-b * b / 2)


def crystal(b, m):
    return crystal_tail(b, m) + mp.sqrt(2 * mp.pi) * normal(b)


TAILS = {  # the distribution function left of the median, the survival function right of it
    "norm": (normal, lambda x: normal(-x)),
    "lognorm": (lambda x, s: normal(mp.log(x) / s), lambda x, s: normal(-mp.log(x) / s)),
    "exponnorm": (None, lambda x, K: normal(-x) + mp.exp(0.5 / K**2 - x / K) * normal(x - 1 / K)),
    "invgauss": (lambda x, m: normal((x / m - 1) / mp.sqrt(x))
                 + mp.exp(2 / m) * normal(-(x / m + 1) / mp.sqrt(x)), None),
    "t": (student, student),
    "gamma": (lambda x, a: lower(a, x), lambda x, a: upper(a, x)),
    "chi2": (lambda x, df: lower(df / 2, x / 2), lambda x, df: upper(df / 2, x / 2)),
    "invgamma": (lambda x, a: upper(a, 1 / x), lambda x, a: lower(a, 1 / x)),
    "loggamma": (lambda x, c: lower(c, mp.exp(x)), lambda x, c: upper(c, mp.exp(x))),
    "gennorm": (lambda x, b: upper(1 / b, (-x) ** b) / 2, lambda x, b: upper(1 / b, x**b) / 2),
    "beta": (lambda x, a, b: shares(a, b, x / (1 - x)), None),
    "betaprime": (lambda x, a, b: shares(a, b, x), lambda x, a, b: shares(b, a, 1 / x)),
    "logistic": (lambda x: 1 / (1 + mp.exp(-x)), lambda x: 1 / (1 + mp.exp(x))),
    "gumbel_r": (lambda x: mp.exp(-mp.exp(-x)), lambda x: -mp.expm1(-mp.exp(-x))),
    "gumbel_l": (lambda x: -mp.expm1(-mp.exp(x)), lambda x: mp.exp(-mp.exp(x))),
    "weibull_min": (lambda x, c: -mp.expm1(-(x**c)), lambda x, c: mp.exp(-(x**c))),
    "exponweib": (lambda x, a, c: (-mp.expm1(-(x**c))) ** a,
                  lambda x, a, c: -mp.expm1(a * mp.log1p(-mp.exp(-(x**c))))),
    "genpareto": (lambda x, c: -mp.expm1(-mp.log1p(c * x) / c),
                  lambda x, c: (1 + c * x) ** (-1 / c)),
    "pareto": (None, lambda x, b: x**-b),
    "burr12": (lambda x, c, d: -mp.expm1(-d * mp.log1p(x**c)), lambda x, c, d: (1 + x**c) ** -d),
    "cauchy": (lambda x: mp.atan2(1, -x) / mp.pi, lambda x: mp.atan2(1, x) / mp.pi),
    "laplace_asymmetric": (lambda x, k: mp.exp(x / k) * k * k / (1 + k * k),
                           lambda x, k: mp.exp(-x * k) / (1 + k * k)),
    "powernorm": (lambda x, c: -mp.expm1(c * mp.log1p(-normal(x))), lambda x, c: normal(-x) ** c),
    "powerlognorm": (lambda x, c, s: -mp.expm1(c * mp.log1p(-normal(mp.log(x) / s))),
                     lambda x, c, s: normal(-mp.log(x) / s) ** c),
    "pearson3": (lambda x, s: lower(4 / s**2, 4 / s**2 * (1 + s * x / 2)),
                 lambda x, s: upper(4 / s**2, 4 / s**2 * (1 + s * x / 2))),
    "loglaplace": (lambda x, c: x**c / 2, lambda x, c: x**-c / 2),
    "trapezoid": (lambda x, c, d: x * x / c / (1 + d - c),
                  lambda x, c, d: (1 - x) ** 2 / (1 - d) / (1 + d - c)),
    "truncpareto": (lambda x, b, c: (1 - x**-b) / (1 - c**-b),
                    lambda x, b, c: (x**-b - c**-b) / (1 - c**-b)),
    "truncweibull_min": (
        lambda x, c, a, b: mp.expm1(a**c - x**c) / mp.expm1(a**c - b**c),
        lambda x, c, a, b: (mp.exp(-(x**c)) - mp.exp(-(b**c)))
        / (mp.exp(-(a**c)) - mp.exp(-(b**c)))),
    "mielke": (None, lambda x, k, s: -mp.expm1(-k / s * mp.log1p(x**-s))),
    "kappa3": (lambda x, a: (1 + a * x**-a) ** (-1 / a),
               lambda x, a: -mp.expm1(-mp.log1p(a * x**-a) / a)),
    "kappa4": (lambda x, h, k: (1 - h * (1 - k * x) ** (1 / k)) ** (1 / h),
               lambda x, h, k: -mp.expm1(mp.log1p(-h * (1 - k * x) ** (1 / k)) / h)),
    "genhalflogistic": (
        lambda x, c: (1 - (1 - c * x) ** (1 / c)) / (1 + (1 - c * x) ** (1 / c)),
        lambda x, c: 2 * (1 - c * x) ** (1 / c) / (1 + (1 - c * x) ** (1 / c))),
    "genexpon": (
        lambda x, a, b, c: -mp.expm1(-(a + b) * x - b / c * mp.expm1(-c * x)),
        lambda x, a, b, c: mp.exp(-(a + b) * x - b / c * mp.expm1(-c * x))),
    "crystalball": (
        lambda x, b, m: crystal_tail(b, m) * (1 - (x + b) * b / m) ** (1 - m) / crystal(b, m),
        lambda x, b, m: mp.sqrt(2 * mp.pi) * normal(-x) / crystal(b, m)),
    "argus": (
        lambda x, c: 1 - lower(1.5, c * c * (1 - x * x) / 2) / lower(1.5, c * c / 2),
        lambda x, c: lower(1.5, c * c * (1 - x * x) / 2) / lower(1.5, c * c / 2)),
    "rdist": (lambda x, c: shares(c / 2, c / 2, (1 + x) / (1 - x)),
              lambda x, c: shares(c / 2, c / 2, (1 - x) / (1 + x))),
    "recipinvgauss": (
        lambda x, m: normal((x - 1 / m) / mp.sqrt(x))
        - mp.exp(2 / m) * normal(-(x + 1 / m) / mp.sqrt(x)),
        lambda x, m: normal((1 / m - x) / mp.sqrt(x))
        + mp.exp(2 / m) * normal(-(x + 1 / m) / mp.sqrt(x))),
    "jf_skew_t": (lambda x, a, b: shares(a, b, odds(x, a + b)),
                  lambda x, a, b: shares(b, a, odds(-x, a + b))),
    "alpha": (lambda x, a: normal(a - 1 / x) / normal(a),
              lambda x, a: (normal(a) - normal(a - 1 / x)) / normal(a)),
}  # fmt: skip


def slopes_of(fun, point):
    """By central differences in 60 digits: in x and the shapes, in loc -∂x and scale -x ∂x."""
    found = []
    with mp.workdps(60):
        point = [mp.mpf(float(v)) for v in point]
        for i, v in enumerate(point):
            h = abs(v) * mp.mpf(10) ** -20
            up, down = [*point[:i], v + h, *point[i + 1 :]], [*point[:i], v - h, *point[i + 1 :]]
            found.append((fun(*up) - fun(*down)) / (2 * h))
        return fun(*point), [*found, -found[0], -found[0] * point[0]]


@pytest.mark.parametrize("name", [name for name in TAILS if name in laws])
def test_slopes_in_the_tails(name):
    """Of distribution functions and their logarithms in every argument, and of quantiles."""
    shapes = shapes_of(name)
    for fun, side in zip(TAILS[name], (("cdf", "logcdf", "ppf"), ("sf", "logsf", "isf"))):
        for q in (1e-240, 1e-100, 1e-12, 0.2) if fun else ():
            x = float(getattr(getattr(scipy.stats, name), side[2])(q, *shapes))
            low, high = getattr(scipy.stats, name).support(*shapes)
            if not 1e-250 < abs(x) < 1e150 or not low < x < high:
                continue  # beyond, densities are no numbers of 64 bits
            with mp.workdps(30):
                value, wanted = slopes_of(fun, (x, *shapes))
            log_share = getattr(getattr(scipy.stats, name), side[1])(x, *shapes)
            if abs(mp.exp(log_share) - value) > 1e-10 * value:
                continue  # where SciPy's own value has lost digits, so have slopes of logarithms
            quantile = [1 / wanted[0], *[-w / wanted[0] for w in wanted[1:-2]], 1, x]
            for method, first, want in (
                (side[0], x, wanted), (side[1], x, [w / value for w in wanted]),
                (side[2], q, quantile),
            ):  # fmt: skip
                at = [numpy.float64(v) for v in (first, *shapes, 0.0, 1.0)]
                got = pullback(getattr(getattr(stats, name), method), *at)[1](numpy.float64(1.0))
                for i, (slope, w) in enumerate(zip(got, want)):
                    if 1e-280 < abs(w) < 1e280:
                        assert abs(slope - w) <= 1e-9 * abs(w), (method, q, x, i, slope, w)


def test_where_the_logarithm_of_the_density_overflows():
    """SciPy's is -inf for many degrees of freedom, where the density is a number."""
    point = [numpy.float64(v) for v in (1900.0, 2000.0, 5.0)]
    h = 1e-3
    for method in ("logcdf", "pdf"):
        plain = getattr(scipy.stats.ncx2, method)
        got = pullback(getattr(stats.ncx2, method), *point)[1](numpy.float64(1.0))
        for i, slope in enumerate(got):
            up, down = [[x + s * h * (i == k) for k, x in enumerate(point)] for s in (1, -1)]
            want = (plain(*up) - plain(*down)) / (2 * h)
            assert abs(slope - want) <= 1e-6 * abs(want), (method, i, slope, want)
