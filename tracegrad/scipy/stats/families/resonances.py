"""Positive variables by the density of their logarithm, and shares by that of their log-odds."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import betaln, hyp2f1, log_ndtr

from ..distribution import law
from .masses import below
from .parts import LOG2, LOG_2PI, LOG_PI

# -- Breit and Wigner's, relativistic --------------------------------------------------------------


def _root(rho):
    return np.hypot(1.0, 1.0 / rho)


def _log_breitwigner(y, rho):
    """The log-density of y = log x."""
    x, root = np.exp(y), _root(rho)
    away = (x - rho) * (x + rho) / rho
    height = np.log(root) - 0.5 * np.log1p(root) + 1.5 * LOG2 - LOG_PI
    return height - 2.0 * np.log(np.hypot(1.0, away)) + y


def _breitwigner_mean(rho):
    root = _root(rho)
    return rho * root * np.sqrt(2.0 / (1.0 + root)) * (0.5 + np.arctan(rho) / math.pi)


law(
    "rel_breitwigner",
    logpdf=lambda x, rho: _log_breitwigner(np.log(x), rho) - np.log(x),
    cdf=lambda x, rho: below(_log_breitwigner, np.log(x), rho),
    mean=_breitwigner_mean,
    var=lambda rho: rho * rho + 1.0 / (1.0 + _root(rho)) - _breitwigner_mean(rho) ** 2,
)

# -- normal and two exponential variables, added: W. J. Reed and M. Jorgensen 2004, Comm. Statist.
#    Theory Methods 33 -----------------------------------------------------------------------------


def _log_mills(x):
    """The logarithm of the normal variable's share above x over its density there."""
    return log_ndtr(-x) + 0.5 * x * x + 0.5 * LOG_2PI


def _log_sum(y, u, s, a, b):
    """The log-density of y = log x."""
    z = (y - u) / s
    sides = np.logaddexp(_log_mills(a * s - z), _log_mills(b * s + z))
    return np.log(a) + np.log(b) - np.log(a + b) - 0.5 * z * z - 0.5 * LOG_2PI + sides


def _pareto_moment(n, u, s, a, b):
    return a * b / ((a - n) * (b + n)) * np.exp(n * u + 0.5 * (n * s) ** 2)


law(
    "dpareto_lognorm",
    logpdf=lambda x, u, s, a, b: _log_sum(np.log(x), u, s, a, b) - np.log(x),
    cdf=lambda x, u, s, a, b: below(_log_sum, np.log(x), u, s, a, b),
    mean=lambda u, s, a, b: _pareto_moment(1.0, u, s, a, b),
    var=lambda u, s, a, b: _pareto_moment(2.0, u, s, a, b) - _pareto_moment(1.0, u, s, a, b) ** 2,
)

# -- a beta variable, weighted: C. Armero and M. J. Bayarri 1994, The Statistician 43 --------------


def _log_odds(y, a, b, c, z):
    """The log-density of the log-odds y of x."""
    log_x, log_rest = -np.logaddexp(0.0, -y), -np.logaddexp(0.0, y)
    whole = betaln(a, b) + np.log(hyp2f1(c, a, a + b, -z))
    return a * log_x + b * log_rest - c * np.log1p(z * np.exp(log_x)) - whole


def _gauss_moment(n, a, b, c, z):
    rise = np.exp(betaln(a + n, b) - betaln(a, b))
    return rise * hyp2f1(c, a + n, a + b + n, -z) / hyp2f1(c, a, a + b, -z)


law(
    "gausshyper",
    logpdf=lambda x, a, b, c, z: (
        _log_odds(np.log(x) - np.log1p(-x), a, b, c, z) - np.log(x) - np.log1p(-x)
    ),
    cdf=lambda x, a, b, c, z: below(_log_odds, np.log(x) - np.log1p(-x), a, b, c, z),
    mean=lambda a, b, c, z: _gauss_moment(1.0, a, b, c, z),
    var=lambda a, b, c, z: _gauss_moment(2.0, a, b, c, z) - _gauss_moment(1.0, a, b, c, z) ** 2,
)
