"""Extreme values and power tails."""

from __future__ import annotations

import numpy as np
from scipy.special import betaln, exprel, gammaln, xlogy

from ....core.box import getval
from ..distribution import law
from .parts import EULER, log1p_over, soft


def _gamma(x):
    return np.exp(gammaln(x))


def _beta(a, b):
    return np.exp(betaln(a, b))


def _rest(u):
    """log(1 - exp(-u)) for u > 0"""
    near = getval(u) < 0.7
    small, large = np.where(near, u, 0.5), np.where(near, 1.0, u)
    return np.where(near, np.log(-np.expm1(-small)), np.log1p(-np.exp(-large)))


law("gumbel_r", logpdf=lambda x: -x - np.exp(-x))
law("gumbel_l", logpdf=lambda x: x - np.exp(x))
law(
    "weibull_min",
    logpdf=lambda x, c: np.log(c) + xlogy(c - 1.0, x) - x**c,
    logsf=lambda x, c: -(x**c),
    mean=lambda c: _gamma(1.0 + 1.0 / c),
    var=lambda c: _gamma(1.0 + 2.0 / c) - _gamma(1.0 + 1.0 / c) ** 2,
    entropy=lambda c: -EULER / c - np.log(c),
)
law(
    "weibull_max",
    logpdf=lambda x, c: np.log(c) + xlogy(c - 1.0, -x) - (-x) ** c,
    logcdf=lambda x, c: -((-x) ** c),
    mean=lambda c: -_gamma(1.0 + 1.0 / c),
    var=lambda c: _gamma(1.0 + 2.0 / c) - _gamma(1.0 + 1.0 / c) ** 2,
    entropy=lambda c: -EULER / c - np.log(c),
)
law(
    "invweibull",
    logpdf=lambda x, c: np.log(c) - (c + 1.0) * np.log(x) - x**-c,
    logcdf=lambda x, c: -(x**-c),
    mean=lambda c: _gamma(1.0 - 1.0 / c),
    var=lambda c: _gamma(1.0 - 2.0 / c) - _gamma(1.0 - 1.0 / c) ** 2,
    entropy=lambda c: EULER / c - np.log(c),
)
law(
    "exponweib",
    logpdf=lambda x, a, c: (
        np.log(a * c) + (a - 1.0) * np.log(exprel(-(x**c))) - x**c + xlogy(a * c - 1.0, x)
    ),
    logcdf=lambda x, a, c: a * _rest(x**c),
)
law(
    "exponpow",
    logpdf=lambda x, b: np.log(b) + xlogy(b - 1.0, x) + x**b - np.exp(x**b),
    logsf=lambda x, b: -np.expm1(x**b),
)
law(
    "genextreme",
    logpdf=lambda x, c: (c - 1.0) * log1p_over(-c, x) - np.exp(-log1p_over(-c, x)),
    logcdf=lambda x, c: -np.exp(-log1p_over(-c, x)),
    entropy=lambda c: -EULER * c,
)
law(
    "genpareto",
    logpdf=lambda x, c: -(1.0 + c) * log1p_over(c, x),
    logsf=lambda x, c: -log1p_over(c, x),
    mean=lambda c: 1.0 / (1.0 - c),
    var=lambda c: 1.0 / ((1.0 - c) ** 2 * (1.0 - 2.0 * c)),
    entropy=lambda c: c,
)

# -- power tails -----------------------------------------------------------------------------------

law(
    "pareto",
    logpdf=lambda x, b: np.log(b) - (b + 1.0) * np.log(x),
    logsf=lambda x, b: -b * np.log(x),
    mean=lambda b: b / (b - 1.0),
    var=lambda b: b / ((b - 2.0) * (b - 1.0) ** 2),
    entropy=lambda b: 1.0 / b - np.log(b),
)
law(
    "lomax",
    logpdf=lambda x, c: np.log(c) - (c + 1.0) * np.log1p(x),
    logsf=lambda x, c: -c * np.log1p(x),
    mean=lambda c: 1.0 / (c - 1.0),
    var=lambda c: c / ((c - 2.0) * (c - 1.0) ** 2),
    entropy=lambda c: 1.0 / c - np.log(c),
)
law(
    "fisk",
    logpdf=lambda x, c: np.log(c) - np.log(x) + c * np.log(x) - 2.0 * soft(c * np.log(x)),
    logcdf=lambda x, c: -soft(-c * np.log(x)),
    logsf=lambda x, c: -soft(c * np.log(x)),
    mean=lambda c: _beta(1.0 - 1.0 / c, 1.0 + 1.0 / c),
    var=lambda c: _beta(1.0 - 2.0 / c, 1.0 + 2.0 / c) - _beta(1.0 - 1.0 / c, 1.0 + 1.0 / c) ** 2,
    entropy=lambda c: -np.log(c),
)
law(
    "burr",
    logpdf=lambda x, c, d: np.log(c * d) - (c + 1.0) * np.log(x) - (d + 1.0) * soft(-c * np.log(x)),
    logcdf=lambda x, c, d: -d * soft(-c * np.log(x)),
    mean=lambda c, d: d * _beta(1.0 - 1.0 / c, d + 1.0 / c),
    var=lambda c, d: (
        d * _beta(1.0 - 2.0 / c, d + 2.0 / c) - (d * _beta(1.0 - 1.0 / c, d + 1.0 / c)) ** 2
    ),
)
law(
    "burr12",
    logpdf=lambda x, c, d: np.log(c * d) + (c - 1.0) * np.log(x) - (d + 1.0) * soft(c * np.log(x)),
    logsf=lambda x, c, d: -d * soft(c * np.log(x)),
    mean=lambda c, d: d * _beta(1.0 + 1.0 / c, d - 1.0 / c),
    var=lambda c, d: (
        d * _beta(1.0 + 2.0 / c, d - 2.0 / c) - (d * _beta(1.0 + 1.0 / c, d - 1.0 / c)) ** 2
    ),
)
