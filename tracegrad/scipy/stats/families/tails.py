"""Powers of distribution functions, and laws whose tails are powers."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln, log_ndtr

from ....core.box import getval
from ..distribution import law
from .parts import LOG2, LOG_2PI, log1p_over, soft
from .series import expm1_less

law(
    "powernorm",
    logpdf=lambda x, c: np.log(c) - 0.5 * x * x - 0.5 * LOG_2PI + (c - 1.0) * log_ndtr(-x),
    logsf=lambda x, c: c * log_ndtr(-x),
)
law(
    "powerlognorm",
    logpdf=lambda x, c, s: (
        np.log(c) - np.log(x) - np.log(s) - 0.5 * (np.log(x) / s) ** 2 - 0.5 * LOG_2PI
        + (c - 1.0) * log_ndtr(-np.log(x) / s)
    ),
    logsf=lambda x, c, s: c * log_ndtr(-np.log(x) / s),
)  # fmt: skip


# -- in terms of exponential variables -------------------------------------------------------------


def _log_halves(x, c):
    """Laplace's variable c log x is below 0 or above it."""
    left, size = getval(x) < 1.0, c * abs(np.log(x))
    return np.where(left, 0.5 * np.exp(-size), 1.0 - 0.5 * np.exp(-size))


def _ageing(x, a, b, c):
    """The logarithm of the share that is left, of which a + b (1 - exp(-c x)) are lost."""
    return -a * x - b / c * expm1_less(-c * x)


law(
    "loglaplace",
    logpdf=lambda x, c: np.log(c) - LOG2 - np.log(x) - c * abs(np.log(x)),
    cdf=_log_halves,
    mean=lambda c: c * c / (c * c - 1.0),
    var=lambda c: c * c / (c * c - 4.0) - (c * c / (c * c - 1.0)) ** 2,
    entropy=lambda c: 1.0 + LOG2 - np.log(c),
)
law(
    "genhalflogistic",
    logpdf=lambda x, c: LOG2 + (c - 1.0) * log1p_over(-c, x) - 2.0 * soft(-log1p_over(-c, x)),
    logsf=lambda x, c: LOG2 - soft(log1p_over(-c, x)),
    entropy=lambda c: 2.0 - (2.0 * c + 1.0) * LOG2,
)
law(
    "genexpon",
    logpdf=lambda x, a, b, c: np.log(a - b * np.expm1(-c * x)) + _ageing(x, a, b, c),
    logsf=_ageing,
)


# -- power tails -----------------------------------------------------------------------------------


def _parts(x):
    """Whether x is above 1, and what each side's formula is of."""
    far = getval(x) > 1.0
    return far, np.where(far, 1.0, x), np.where(far, x, 1.0)


def _mielke_logcdf(x, k, s):
    far, small, large = _parts(x)
    near = k * np.log(small) - k / s * np.log1p(small**s)
    return np.where(far, -k / s * np.log1p(large**-s), near)


def _mielke_moment(n, k, s):
    return np.exp(gammaln((k + n) / s) + gammaln(1.0 - n / s) - gammaln(k / s))


law(
    "mielke",
    logpdf=lambda x, k, s: (
        np.log(k) - np.log(x) - s * np.log(x) - (1.0 + k / s) * soft(-s * np.log(x))
    ),
    logcdf=_mielke_logcdf,
    mean=lambda k, s: _mielke_moment(1.0, k, s),
    var=lambda k, s: _mielke_moment(2.0, k, s) - _mielke_moment(1.0, k, s) ** 2,
)


def _kappa3_logpdf(x, a):
    far, small, large = _parts(x)
    size = np.where(far, a * np.log(large) + np.log1p(a * large**-a), np.log(a + small**a))
    return np.log(a) - (1.0 + 1.0 / a) * size


def _kappa3_logcdf(x, a):
    far, small, large = _parts(x)
    return np.where(far, -np.log1p(a * large**-a) / a, np.log(small) - np.log(a + small**a) / a)


law("kappa3", logpdf=_kappa3_logpdf, logcdf=_kappa3_logcdf)


def _kappa4_exponents(x, h, k):
    """z and w, for which the distribution function of Gumbel, when h and k are 0, is exp(-w)."""
    z = log1p_over(-k, x)
    return z, log1p_over(-h, np.exp(-z))


def _kappa4_logpdf(x, h, k):
    """J. R. M. Hosking 1994, The four-parameter kappa distribution, IBM J. Res. Dev. 38."""
    z, w = _kappa4_exponents(x, h, k)
    return (k - 1.0) * z + (h - 1.0) * w


law(
    "kappa4",
    logpdf=_kappa4_logpdf,
    logcdf=lambda x, h, k: -_kappa4_exponents(x, h, k)[1],
)
