"""Distribution functions and constants that several families are written in."""

from __future__ import annotations

import math

import numpy as np
from scipy import special
from scipy.special import betainc, gammainc, gammaincc

from ....core.box import getval
from ....numpy.namespace import primitive_of

__all__ = [
    "EULER",
    "LOG2",
    "LOG_2PI",
    "LOG_PI",
    "beta_odds_cdf",
    "gamma_cdf",
    "log1p_over",
    "soft",
    "zeta",
]

EULER = 0.5772156649015329
LOG2, LOG_PI = math.log(2.0), math.log(math.pi)
LOG_2PI = LOG2 + LOG_PI
zeta = primitive_of(special.zeta)  # no ufunc, so boxes do not answer it


def gamma_cdf(a, x):
    """Each half by the function that is small there, for the sake of derivatives in the tails."""
    low = getval(x) < getval(a)
    below, above = np.where(low, x, a), np.where(low, a, x)
    return np.where(low, gammainc(a, below), 1.0 - gammaincc(a, above))


def beta_odds_cdf(a, b, odds):
    """The probability that y / (1 - y) is below `odds`, for a beta variable y."""
    low = getval(odds) < 1.0
    below, above = np.where(low, odds, 1.0), np.where(low, 1.0, odds)
    return np.where(
        low, betainc(a, b, below / (1.0 + below)), 1.0 - betainc(b, a, 1.0 / (1.0 + above))
    )


def soft(x):
    """log(1 + exp(x))"""
    return np.logaddexp(0.0, x)


def log1p_over(c, x):
    """log(1 + c x) / c, by its series where c x is small."""
    u = c * x
    small = abs(getval(u)) < 0.02
    tiny = np.where(small, u, 0.0)
    series = 0.0
    for n in range(10, 0, -1):
        series = 1.0 / n - tiny * series
    return np.where(small, x * series, np.log1p(np.where(small, 0.5, u)) / np.where(small, 1.0, c))
