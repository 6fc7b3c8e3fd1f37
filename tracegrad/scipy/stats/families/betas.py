"""Beta variables and odds, Student's t, and distributions on an interval."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import betainc, betaln, digamma, gammaln, xlog1py, xlogy

from ....core.box import getval
from ..distribution import law
from .parts import beta_odds_cdf

law(
    "beta",
    logpdf=lambda x, a, b: xlogy(a - 1.0, x) + xlog1py(b - 1.0, -x) - betaln(a, b),
    cdf=lambda x, a, b: betainc(a, b, x),
    mean=lambda a, b: a / (a + b),
    var=lambda a, b: a * b / ((a + b) ** 2 * (a + b + 1.0)),
    entropy=lambda a, b: (
        betaln(a, b) - (a - 1.0) * digamma(a) - (b - 1.0) * digamma(b)
        + (a + b - 2.0) * digamma(a + b)
    ),
)  # fmt: skip
law(
    "betaprime",
    logpdf=lambda x, a, b: xlogy(a - 1.0, x) - xlog1py(a + b, x) - betaln(a, b),
    cdf=lambda x, a, b: beta_odds_cdf(a, b, x),
    mean=lambda a, b: a / (b - 1.0),
    var=lambda a, b: a * (a + b - 1.0) / ((b - 2.0) * (b - 1.0) ** 2),
)
law(
    "f",
    logpdf=lambda x, dfn, dfd: (
        0.5 * dfd * np.log(dfd) + 0.5 * dfn * np.log(dfn) + xlogy(0.5 * dfn - 1.0, x)
        - 0.5 * (dfn + dfd) * np.log(dfd + dfn * x) - betaln(0.5 * dfn, 0.5 * dfd)
    ),
    cdf=lambda x, dfn, dfd: beta_odds_cdf(0.5 * dfn, 0.5 * dfd, dfn * x / dfd),
    mean=lambda dfn, dfd: dfd / (dfd - 2.0) + 0.0 * dfn,
    var=lambda dfn, dfd: (
        2.0 * dfd**2 * (dfn + dfd - 2.0) / (dfn * (dfd - 2.0) ** 2 * (dfd - 4.0))
    ),
    entropy=lambda dfn, dfd: (
        betaln(0.5 * dfn, 0.5 * dfd) + np.log(dfd / dfn) + (1.0 - 0.5 * dfn) * digamma(0.5 * dfn)
        - (1.0 + 0.5 * dfd) * digamma(0.5 * dfd) + 0.5 * (dfn + dfd) * digamma(0.5 * (dfn + dfd))
    ),
)  # fmt: skip


def _t_logpdf(x, df):
    """The normal density's logarithm where df is infinite."""
    normal = np.isinf(getval(df))
    df = np.where(normal, 1.0, df)
    log_kernel = -0.5 * (df + 1.0) * np.log1p(x * x / df)
    whole = gammaln(0.5 * (df + 1.0)) - gammaln(0.5 * df) - 0.5 * np.log(df)
    return np.where(normal, -0.5 * x * x, whole + log_kernel)


def _t_cdf(x, df):
    square = np.maximum(x * x, 1e-200)  # at 0 it is one half, whatever df is
    return np.sign(getval(x)) * 0.5 * beta_odds_cdf(0.5, 0.5 * df, square / df)


law(
    "t",
    logpdf=_t_logpdf,
    cdf=_t_cdf,
    mean=lambda df: 0.0 * df,
    var=lambda df: df / (df - 2.0),
    entropy=lambda df: (
        0.5 * (df + 1.0) * (digamma(0.5 * (df + 1.0)) - digamma(0.5 * df))
        + 0.5 * np.log(df) + betaln(0.5 * df, 0.5)
    ),
)  # fmt: skip

# -- on an interval --------------------------------------------------------------------------------

law("uniform", logpdf=lambda x: 0.0 * x)
law("arcsine", logpdf=lambda x: -0.5 * np.log(x) - 0.5 * np.log1p(-x))
law("semicircular", logpdf=lambda x: 0.5 * np.log1p(-x * x))
law("anglit", logpdf=lambda x: np.log(np.cos(2.0 * x)))
law("cosine", logpdf=lambda x: np.log1p(np.cos(x)))
law(
    "powerlaw",
    logpdf=lambda x, a: np.log(a) + xlogy(a - 1.0, x),
    logcdf=lambda x, a: a * np.log(x),
    mean=lambda a: a / (a + 1.0),
    var=lambda a: a / ((a + 2.0) * (a + 1.0) ** 2),
    entropy=lambda a: 1.0 - 1.0 / a - np.log(a),
)


def _left(x, c):
    """Which side of the corner, and both sides where the other is not looked at."""
    left = getval(x) < getval(c)
    return left, (np.where(left, x, 0.25), np.where(left, c, 0.5)), (
        np.where(left, 0.5, 1.0 - x), np.where(left, 0.5, 1.0 - c)
    )  # fmt: skip


def _triang_logpdf(x, c):
    left, (x, c), (beyond, rest) = _left(x, c)
    return np.where(left, np.log(x / c), np.log(beyond / rest))


def _triang_cdf(x, c):
    left, (x, c), (beyond, rest) = _left(x, c)
    return np.where(left, x * x / c, 1.0 - beyond * beyond / rest)


law(
    "triang",
    logpdf=_triang_logpdf,
    cdf=_triang_cdf,
    mean=lambda c: (c + 1.0) / 3.0,
    var=lambda c: (1.0 - c + c * c) / 18.0,
    entropy=lambda c: 0.0 * c,
)
for _name in ("loguniform", "reciprocal"):
    law(
        _name,
        logpdf=lambda x, a, b: -np.log(x) - np.log(np.log(b / a)),
        cdf=lambda x, a, b: np.log(x / a) / np.log(b / a),
        mean=lambda a, b: (b - a) / np.log(b / a),
        var=lambda a, b: 0.5 * (b * b - a * a) / np.log(b / a) - ((b - a) / np.log(b / a)) ** 2,
        entropy=lambda a, b: 0.5 * np.log(a * b) + np.log(np.log(b / a)),
    )
law(
    "bradford",
    logpdf=lambda x, c: np.log(c) - np.log1p(c * x) - np.log(np.log1p(c)),
    cdf=lambda x, c: np.log1p(c * x) / np.log1p(c),
    mean=lambda c: 1.0 / np.log1p(c) - 1.0 / c,
    var=lambda c: ((c + 2.0) * np.log1p(c) - 2.0 * c) / (2.0 * c * np.log1p(c) ** 2),
    entropy=lambda c: 0.5 * np.log1p(c) - np.log(c / np.log1p(c)),
)
law(
    "wrapcauchy",
    logpdf=lambda x, c: np.log1p(-c * c) - np.log(1.0 + c * c - 2.0 * c * np.cos(x)),
    cdf=lambda x, c: np.arctan2((1.0 + c) * np.sin(0.5 * x), (1.0 - c) * np.cos(0.5 * x)) / math.pi,
    entropy=lambda c: np.log1p(-c * c),
)
