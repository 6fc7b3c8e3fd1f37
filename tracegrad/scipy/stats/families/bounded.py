"""Laws on an interval."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, betaln, digamma, gammainc, gammaln, hyp0f1, hyp1f1, ive

from ....core.box import getval
from ..distribution import law
from .masses import below
from .parts import LOG2, LOG_2PI

# -- a trapezoid: it rises to c, is level to d, and falls -----------------------------------------


def _pieces(x, c, d):
    """Where x is, and what each side's formula is of: it is not looked at elsewhere."""
    left, right = getval(x) < getval(c), getval(x) > getval(d)
    return left, right, (np.where(left, x, 1.0), np.where(left, c, 1.0)), (
        np.where(right, 1.0 - x, 1.0), np.where(right, 1.0 - d, 1.0)
    )  # fmt: skip


def _trapezoid_logpdf(x, c, d):
    left, right, (rise, width), (fall, rest) = _pieces(x, c, d)
    height = LOG2 - np.log(1.0 + d - c)
    return height + np.where(left, np.log(rise / width), np.where(right, np.log(fall / rest), 0.0))


def _trapezoid_cdf(x, c, d):
    left, right, (rise, width), (fall, rest) = _pieces(x, c, d)
    level = np.where(left, rise * rise / width, 2.0 * x - c) / (1.0 + d - c)
    return np.where(right, 1.0 - fall * fall / (rest * (1.0 + d - c)), level)


def _trapezoid_mean(c, d):
    return (1.0 + d + d * d - c * c) / (3.0 * (1.0 + d - c))


law(
    "trapezoid",
    logpdf=_trapezoid_logpdf,
    cdf=_trapezoid_cdf,
    mean=_trapezoid_mean,
    var=lambda c, d: (
        (1.0 + d + d * d + d**3 - c**3) / (6.0 * (1.0 + d - c)) - _trapezoid_mean(c, d) ** 2
    ),
    entropy=lambda c, d: 0.5 * (1.0 - d + c) / (1.0 + d - c) + np.log(0.5 * (1.0 + d - c)),
)

# -- ARGUS -----------------------------------------------------------------------------------------


def _split(chi):
    """Whether h = χ² / 2 is so small that powers of it are divided out, and h for either side."""
    h = 0.5 * chi * chi
    small = getval(h) < 1.0
    return small, np.where(small, h, 0.0), np.where(small, 1.0, h)


def _log_share(a, chi):
    """The logarithm of a gamma variable's distribution function at h, over h^a."""
    small, near, far = _split(chi)
    series = np.log(hyp1f1(1.0, a + 1.0, near)) - near - gammaln(a + 1.0)
    return np.where(small, series, np.log(gammainc(a, far)) - a * np.log(far))


def _argus_scale(chi):
    return 2.5 * LOG2 - 0.5 * LOG_2PI - _log_share(1.5, chi)


def _argus_logpdf(x, chi):
    rest = (1.0 - x) * (1.0 + x)
    return _argus_scale(chi) + np.log(x) + 0.5 * np.log(rest) - 0.5 * chi * chi * rest


def _log_argus(y, chi):
    """The log-density of the log-odds y of x²."""
    rest = np.exp(-np.logaddexp(0.0, y))
    return (
        _argus_scale(chi) - LOG2 - np.logaddexp(0.0, -y) - 1.5 * np.logaddexp(0.0, y)
        - 0.5 * chi * chi * rest
    )  # fmt: skip


def _argus_mean(chi):
    small, near, far = _split(chi)
    series = 0.25 * np.exp(-0.5 * near) * hyp0f1(2.0, near * near / 16.0)
    bessel = np.where(small, series, ive(1.0, 0.5 * far) / far)
    return 0.25 * np.pi * np.exp(_argus_scale(chi)) * bessel


law(
    "argus",
    logpdf=_argus_logpdf,
    cdf=lambda x, chi: below(_log_argus, 2.0 * np.log(x) - np.log1p(-x) - np.log1p(x), chi),
    mean=_argus_mean,
    var=lambda chi: (
        1.0 - 1.5 * np.exp(_log_share(2.5, chi) - _log_share(1.5, chi)) - _argus_mean(chi) ** 2
    ),
)

# -- a correlation, whose square is a beta variable ------------------------------------------------


def _rdist_cdf(x, c):
    half = betainc(0.5 * c, 0.5 * c, 0.5 * (1.0 - abs(x)))
    return np.where(getval(x) < 0.0, half, 1.0 - half)


law(
    "rdist",
    logpdf=lambda x, c: (0.5 * c - 1.0) * (np.log1p(-x) + np.log1p(x)) - betaln(0.5, 0.5 * c),
    cdf=_rdist_cdf,
    mean=lambda c: 0.0 * c,
    var=lambda c: 1.0 / (1.0 + c),
    entropy=lambda c: (
        betaln(0.5, 0.5 * c) - (0.5 * c - 1.0) * (digamma(0.5 * c) - digamma(0.5 * c + 0.5))
    ),
)
