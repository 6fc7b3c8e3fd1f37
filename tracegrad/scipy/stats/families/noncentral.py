"""Noncentral chi-square, F and Student's t.

Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions, volume 2, chapters 29 to
31: the densities of the first two are those of the central laws times a hypergeometric series.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaln, gammaln, log_ndtr, xlogy

from ....core.box import getval
from ....numpy.rules.arrays import as_array
from ..distribution import law
from .masses import below, log_whole
from .parts import LOG2, LOG_2PI


def _log_series(w, ratio, log_term, peak):
    """The logarithm of a series in w of positive terms, the first of them 1.

    Args:
        w: what the series is in, 0 or larger.
        ratio: `ratio(j)` times w is the quotient of the terms of j + 1 and j.
        log_term: the logarithm of the term of j, but for that of wʲ.
        peak: the j of the largest term.
    """
    few = getval(w * ratio(0.0)) < 0.1
    small, large = np.where(few, w, 0.0), np.where(few, 1.0, w)
    series = 1.0
    for j in range(11, -1, -1):
        series = 1.0 + small * ratio(float(j)) * series
    peak = np.where(few, 0.0, np.round(peak))[..., None]
    span = np.ceil(12.0 * np.sqrt(np.max(peak, initial=0.0)) + 40.0)
    j = peak + np.arange(-span, span + 1.0)
    terms = np.maximum(j, 0.0)
    logs = terms * np.log(as_array(large)[..., None]) + log_term(terms)
    top = np.max(getval(logs), -1, keepdims=True)
    many = np.log(np.sum(np.where(j < 0.0, 0.0, np.exp(logs - top)), -1)) + top[..., 0]
    return np.where(few, np.log(series), many)


def _log_0f1(b, w):
    """Far out it is Hankel's series for I(2 √w) of order b - 1: its terms shrink fast there."""
    at, size = getval(b) - 1.0, 2.0 * np.sqrt(getval(w))
    out = size > 50.0 * (1.0 + at * at)
    near, far = np.where(out, 1.0, w), 2.0 * np.sqrt(np.where(out, w, 1.0))
    hankel = 1.0
    for k in range(14, 0, -1):
        hankel = 1.0 - hankel * ((b - 1.0) ** 2 - (k - 0.5) ** 2) / (2.0 * k * far)
    hankel = (
        far
        + gammaln(b)
        - 0.5 * LOG_2PI
        - (b - 0.5) * np.log(far)
        + (b - 1.0) * LOG2
        + np.log(np.where(out, hankel, 1.0))
    )
    last = as_array(b)[..., None]
    series = _log_series(
        near, lambda j: 1.0 / ((j + 1.0) * (b + j)),
        lambda j: gammaln(last) - gammaln(last + j) - gammaln(j + 1.0),
        0.5 * (np.sqrt(at * at + 4.0 * getval(near)) - at),
    )  # fmt: skip
    return np.where(out, hankel, series)


def _log_1f1(a, b, w):
    wide, at = getval(w), getval(b) - getval(w)
    upper, lower = as_array(a)[..., None], as_array(b)[..., None]
    return _log_series(
        w, lambda j: (a + j) / ((j + 1.0) * (b + j)),
        lambda j: (
            gammaln(upper + j) - gammaln(upper) + gammaln(lower) - gammaln(lower + j)
            - gammaln(j + 1.0)
        ),
        0.5 * (np.sqrt(at * at + 4.0 * getval(a) * wide) - at),
    )  # fmt: skip


def _ncx2_rest(x, df, nc):
    """The logarithm of the density but for the power of x."""
    central = -0.5 * x - gammaln(0.5 * df) - 0.5 * LOG2 * df
    return central - 0.5 * nc + _log_0f1(0.5 * df, 0.25 * nc * x)


def _ncf_rest(x, dfn, dfd, nc):
    """The logarithm of the density but for the power of x."""
    a, b, ratio = 0.5 * dfn, 0.5 * dfd, dfn / dfd
    central = a * np.log(ratio) - (a + b) * np.log1p(ratio * x) - betaln(a, b)
    return central - 0.5 * nc + _log_1f1(a + b, a, 0.5 * nc / (1.0 + 1.0 / (ratio * x)))


def _density(rest):
    return lambda x, df, *shapes: xlogy(0.5 * df - 1.0, x) + rest(x, df, *shapes)


def _distribution(rest):
    """From the density of log x."""
    return lambda x, *shapes: below(
        lambda y, df, *shapes: 0.5 * df * y + rest(np.exp(y), df, *shapes), np.log(x), *shapes
    )


law(
    "ncx2",
    logpdf=_density(_ncx2_rest),
    cdf=_distribution(_ncx2_rest),
    mean=lambda df, nc: df + nc,
    var=lambda df, nc: 2.0 * (df + 2.0 * nc),
)
law(
    "ncf",
    logpdf=_density(_ncf_rest),
    cdf=_distribution(_ncf_rest),
    mean=lambda dfn, dfd, nc: dfd * (dfn + nc) / (dfn * (dfd - 2.0)),
    var=lambda dfn, dfd, nc: (
        2.0 * (dfd / dfn) ** 2 * ((dfn + nc) ** 2 + (dfn + 2.0 * nc) * (dfd - 2.0))
        / ((dfd - 2.0) ** 2 * (dfd - 4.0))
    ),
)  # fmt: skip

# -- Student's: t = (z + nc) / s, with a normal z and df s² a chi-square variable ------------------


def _log_chi(v, df):
    """The log-density of v = log s."""
    return LOG2 + 0.5 * df * np.log(0.5 * df) - gammaln(0.5 * df) + df * (v - 0.5 * np.exp(2.0 * v))


def _nct_logpdf(x, df, nc):
    """Given s, the density is that of a normal variable of mean nc / s and deviation 1 / s."""
    size = np.hypot(x, np.sqrt(df))
    # in u = s size: that has no s left but in a power and the square of u - skew
    skew = nc * x / size
    moment = log_whole(lambda v, df, skew: (df + 1.0) * v - 0.5 * (np.exp(v) - skew) ** 2, df, skew)
    return (
        LOG2 - 0.5 * LOG_2PI + 0.5 * df * np.log(0.5 * df) - gammaln(0.5 * df)
        - (df + 1.0) * np.log(size) - 0.5 * df * (nc / size) ** 2 + moment
    )  # fmt: skip


def _nct_cdf(x, df, nc):
    """The normal distribution function of x s - nc, in the mean over s."""
    side = np.where(getval(x) < getval(nc), 1.0, -1.0)
    tail = log_whole(
        lambda v, x, df, nc, side: log_ndtr(side * (x * np.exp(v) - nc)) + _log_chi(v, df),
        x, df, nc, side,
    )  # fmt: skip
    return np.where(side > 0.0, np.exp(tail), 1.0 - np.exp(tail))


def _nct_mean(df, nc):
    return nc * np.sqrt(0.5 * df) * np.exp(gammaln(0.5 * (df - 1.0)) - gammaln(0.5 * df))


law(
    "nct",
    logpdf=_nct_logpdf,
    cdf=_nct_cdf,
    mean=_nct_mean,
    var=lambda df, nc: df * (1.0 + nc * nc) / (df - 2.0) - _nct_mean(df, nc) ** 2,
)
