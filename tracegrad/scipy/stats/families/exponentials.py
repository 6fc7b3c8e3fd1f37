"""Distributions with exponential tails, of one side and of both; Cauchy's; von Mises' circle."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import digamma, gammaln, i0e, i1e, xlogy

from ....core.box import getval
from ....numpy.rules.random.implicit import FALL, NODES, WEIGHTS
from ..distribution import law
from .parts import EULER, LOG_2PI, zeta


def _sides(x, below, above):
    """Functions of the size of x on either side of 0."""
    right = getval(x) >= 0.0
    return np.where(right, above(np.where(right, x, 1.0)), below(np.where(right, 1.0, -x)))


law("expon", logpdf=lambda x: -x)
law("laplace", logpdf=lambda x: -abs(x))
law("logistic", logpdf=lambda x: x - 2.0 * np.logaddexp(0.0, x))
law("halflogistic", logpdf=lambda x: x - 2.0 * np.logaddexp(0.0, x))
law("hypsecant", logpdf=lambda x: -np.logaddexp(x, -x))
law(
    "genlogistic",
    logpdf=lambda x, c: np.log(c) - x - (c + 1.0) * np.logaddexp(0.0, -x),
    logcdf=lambda x, c: -c * np.logaddexp(0.0, -x),
    mean=lambda c: EULER + digamma(c),
    var=lambda c: zeta(2.0, c),
)
law(
    "laplace_asymmetric",
    logpdf=lambda x, kappa: (
        _sides(x, lambda x: -x / kappa, lambda x: -x * kappa) - np.log(kappa + 1.0 / kappa)
    ),
    cdf=lambda x, kappa: _sides(
        x,
        lambda x: np.exp(-x / kappa) * kappa**2 / (1.0 + kappa**2),
        lambda x: 1.0 - np.exp(-x * kappa) / (1.0 + kappa**2),
    ),
    mean=lambda kappa: 1.0 / kappa - kappa,
    var=lambda kappa: kappa**-2.0 + kappa**2,
    entropy=lambda kappa: np.log(kappa + 1.0 / kappa),
)
law(
    "dweibull",
    logpdf=lambda x, c: np.log(c) + xlogy(c - 1.0, abs(x)) - abs(x) ** c,
    cdf=lambda x, c: _sides(
        x,
        lambda x: 0.5 * np.exp(-(x**c)),
        lambda x: 1.0 - 0.5 * np.exp(-(np.maximum(x, 1e-100) ** c)),
    ),
    mean=lambda c: 0.0 * c,
    var=lambda c: np.exp(gammaln(1.0 + 2.0 / c)),
)
law(
    "truncexpon",
    logpdf=lambda x, b: -x - np.log(-np.expm1(-b)),
    cdf=lambda x, b: np.expm1(-x) / np.expm1(-b),
    mean=lambda b: 1.0 - b / np.expm1(b),
    var=lambda b: 1.0 - (b / (2.0 * np.sinh(0.5 * b))) ** 2,
    entropy=lambda b: np.log(-np.expm1(-b)) + 1.0 - b / np.expm1(b),
)
law(
    "gompertz",
    logpdf=lambda x, c: np.log(c) + x - c * np.expm1(x),
    logsf=lambda x, c: -c * np.expm1(x),
)

# -- Cauchy's --------------------------------------------------------------------------------------

law("cauchy", logpdf=lambda x: -2.0 * np.log(np.hypot(1.0, x)))
law("halfcauchy", logpdf=lambda x: -2.0 * np.log(np.hypot(1.0, x)))
law(
    "foldcauchy",
    logpdf=lambda x, c: np.log(1.0 / (1.0 + (x - c) ** 2) + 1.0 / (1.0 + (x + c) ** 2)),
    cdf=lambda x, c: (np.arctan(x - c) + np.arctan(x + c)) / math.pi,
)
law(
    "skewcauchy",
    logpdf=lambda x, a: -np.log1p((x / (1.0 + np.sign(x) * a)) ** 2),
    cdf=lambda x, a: _sides(
        x,
        lambda x: (1.0 - a) * np.arctan2(1.0 - a, x) / math.pi,
        lambda x: 1.0 - (1.0 + a) * np.arctan2(1.0 + a, x) / math.pi,
    ),
)

# -- on a circle -----------------------------------------------------------------------------------


def _vonmises_logpdf(x, kappa):
    return kappa * (np.cos(x) - 1.0) - np.log(i0e(kappa)) - LOG_2PI


def _vonmises_cdf(x, kappa):
    """The integral of the density from 0, by Gauss and Legendre, as far as that counts."""
    x = x - 2.0 * math.pi * np.round(getval(x) / (2.0 * math.pi))
    reach = np.arccos(1.0 - np.minimum(FALL / getval(kappa), 2.0))
    x = np.clip(x, -reach, reach)
    pairs = zip(NODES, WEIGHTS)
    return x * sum(weight * np.exp(_vonmises_logpdf(x * node, kappa)) for node, weight in pairs)


def _vonmises_entropy(kappa):
    return np.log(i0e(kappa)) + kappa - kappa * i1e(kappa) / i0e(kappa)


law("vonmises", logpdf=_vonmises_logpdf, cdf=_vonmises_cdf, entropy=_vonmises_entropy)
law(
    "vonmises_line",
    logpdf=_vonmises_logpdf,
    cdf=_vonmises_cdf,
    mean=lambda kappa: 0.0 * kappa,
    entropy=_vonmises_entropy,
)
