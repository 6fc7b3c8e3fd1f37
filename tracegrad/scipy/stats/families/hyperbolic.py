"""Inverse Gaussian and hyperbolic variables, generalised.

B. Jørgensen 1982, Statistical Properties of the Generalized Inverse Gaussian Distribution.
"""

from __future__ import annotations

import numpy as np
from scipy.special import kve

from ....core.box import getval
from ....numpy.rules.safe import quietly
from ..distribution import law
from .masses import below
from .parts import LOG2, LOG_2PI, LOG_PI


def _log_kve(order, x):
    """log K(x) + x; far out by two terms of its asymptotic series."""
    far = getval(x) > 1e8
    near, large = np.where(far, 1.0, x), np.where(far, x, 1.0)
    series = 0.5 * (LOG_PI - LOG2 - np.log(large)) + (4.0 * order * order - 1.0) / (8.0 * large)
    return np.where(far, series, np.log(kve(order, near)))


def _ratio(order, x, n=1):
    """K(x) of order + n over that of the order."""
    return kve(order + n, x) / kve(order, x)


def _log_inverse(y, p, b):
    """The log-density of y = log x."""
    return p * y - 2.0 * b * np.sinh(0.5 * y) ** 2 - LOG2 - _log_kve(p, b)


law(
    "geninvgauss",
    logpdf=lambda x, p, b: _log_inverse(np.log(x), p, b) - np.log(x),
    cdf=lambda x, p, b: below(_log_inverse, np.log(x), p, b),
    mean=_ratio,
    var=lambda p, b: _ratio(p, b, 2) - _ratio(p, b) ** 2,
)


def _log_reciprocal(y, mu):
    """The log-density of y = log x."""
    return 0.5 * (y - LOG_2PI - (np.exp(-0.5 * y) / mu - np.exp(0.5 * y)) ** 2)


law(
    "recipinvgauss",
    logpdf=lambda x, mu: _log_reciprocal(np.log(x), mu) - np.log(x),
    cdf=lambda x, mu: below(_log_reciprocal, np.log(x), mu),
    mean=lambda mu: 1.0 / mu + 1.0,
    var=lambda mu: 1.0 / mu + 2.0,
)


def _width(a, b):
    return np.sqrt((a - b) * (a + b))


def _hyperbolic_logpdf(x, p, a, b):
    size, width = np.hypot(1.0, x), _width(a, b)
    return (
        p * np.log(width) - (p - 0.5) * np.log(a) - 0.5 * LOG_2PI - _log_kve(p, width) + width
        + _log_kve(p - 0.5, a * size) + (p - 0.5) * np.log(size) + b * x - a * size
    )  # fmt: skip


def _hyperbolic_cdf(x, p, a, b):
    """From the density of arcsinh(x / s), with a constant s as wide as the law is."""
    with quietly():
        wide = np.sqrt(1.0 + 2.0 * np.maximum(getval(p), 0.0)) / _width(getval(a), getval(b))
    s = np.where(wide > 1.0, np.minimum(wide, 1e6), 1.0)

    def log_height(y, s, p, a, b):
        return _hyperbolic_logpdf(s * np.sinh(y), p, a, b) + np.log(s * np.cosh(y))

    return below(log_height, np.arcsinh(x / s), s, p, a, b)


def _hyperbolic_var(p, a, b):
    width = _width(a, b)
    first, second = _ratio(p, width), _ratio(p, width, 2)
    return first / width + (b / width) ** 2 * (second - first * first)


law(
    "genhyperbolic",
    logpdf=_hyperbolic_logpdf,
    cdf=_hyperbolic_cdf,
    mean=lambda p, a, b: b / _width(a, b) * _ratio(p, _width(a, b)),
    var=_hyperbolic_var,
)
