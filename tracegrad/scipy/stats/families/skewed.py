"""Pearson's third type and other skewed laws."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import betaln, gammaln, log_ndtr, ndtr, tklmbda

from ....core.box import getval
from ..distribution import law
from .masses import below
from .parts import LOG2, LOG_2PI, beta_odds_cdf, log1p_over
from .series import expm1_bend, stirling

# -- Pearson's: a gamma variable of shape (2 / skew)², made standard -------------------------------


def _log_pearson3(z, skew):
    """The log-density of z, which is x on a logarithmic scale: skew x / 2 = exp(skew z / 2) - 1.

    With the shape's Stirling series taken apart nothing is infinite in the normal law, at skew 0.
    """
    return -0.5 * LOG_2PI - stirling(0.25 * skew * skew) - z * z * expm1_bend(0.5 * skew * z)


def _pearson3_logpdf(x, skew):
    z = log1p_over(0.5 * skew, x)
    straight = abs(getval(skew * z)) < 2.0
    near, rate = np.where(straight, z, 0.0), np.where(straight, 1.0, 0.5 * skew)
    fall = np.where(straight, near * near * expm1_bend(0.5 * skew * near), (x - z) / rate)
    return -0.5 * LOG_2PI - stirling(0.25 * skew * skew) - fall - 0.5 * skew * z


law(
    "pearson3",
    logpdf=_pearson3_logpdf,
    cdf=lambda x, skew: below(_log_pearson3, log1p_over(0.5 * skew, x), skew),
    mean=lambda skew: 0.0 * skew,
    var=lambda skew: 0.0 * skew,
)

# -- Student's, skewed: M. C. Jones and M. J. Faddy 2003, J. R. Statist. Soc. B 65 -----------------


def _half_log_odds(x, a, b):
    """Half the log-odds of a beta variable."""
    return np.arcsinh(x / np.sqrt(a + b))


def _jf_logpdf(x, a, b):
    z = _half_log_odds(x, a, b)
    log_cosh = np.log(np.hypot(1.0, x / np.sqrt(a + b)))
    return (
        (1.0 - a - b) * LOG2 - betaln(a, b) - 0.5 * np.log(a + b)
        + (a - b) * z - (a + b + 1.0) * log_cosh
    )  # fmt: skip


def _jf_mean(a, b):
    gammas = gammaln(a - 0.5) - gammaln(a) + gammaln(b - 0.5) - gammaln(b)
    return 0.5 * (a - b) * np.sqrt(a + b) * np.exp(gammas)


law(
    "jf_skew_t",
    logpdf=_jf_logpdf,
    cdf=lambda x, a, b: beta_odds_cdf(
        a, b, np.exp(np.clip(2.0 * _half_log_odds(x, a, b), -700.0, 700.0))
    ),
    mean=_jf_mean,
    var=lambda a, b: (
        0.25 * (a + b) * ((a - b) ** 2 + a + b - 2.0) / ((a - 1.0) * (b - 1.0))
        - _jf_mean(a, b) ** 2
    ),
)  # fmt: skip

# -- a normal density with a power tail on the left ------------------------------------------------

ROOT = math.sqrt(2.0 * math.pi)


def _tail(beta, m):
    """The mass of the tail, where the normal density's height at 0 is 1."""
    return m / (beta * (m - 1.0)) * np.exp(-0.5 * beta * beta)


def _whole(beta, m):
    return _tail(beta, m) + ROOT * ndtr(beta)


def _log_fall(x, beta, m):
    """The logarithm of how many times farther than at -beta the tail is from its pole."""
    return np.log1p(-(x + beta) * beta / m)


def _sides(x, beta, right, left):
    """Either side's function, at -beta where x is on the other."""
    on_left = getval(x) <= -getval(beta)
    return np.where(on_left, left(np.where(on_left, x, -beta)), right(np.where(on_left, -beta, x)))


def _crystalball_logpdf(x, beta, m):
    return -np.log(_whole(beta, m)) + _sides(
        x, beta,
        lambda x: -0.5 * x * x,
        lambda x: -0.5 * beta * beta - m * _log_fall(x, beta, m),
    )  # fmt: skip


def _crystalball_cdf(x, beta, m):
    def right(x):
        low = getval(x) < 0.0
        middle = _tail(beta, m) + ROOT * (ndtr(np.where(low, x, 0.0)) - ndtr(-beta))
        rest = ROOT * ndtr(-np.where(low, 0.0, x))
        return np.where(low, middle / _whole(beta, m), 1.0 - rest / _whole(beta, m))

    def left(x):
        return _tail(beta, m) * np.exp((1.0 - m) * _log_fall(x, beta, m)) / _whole(beta, m)

    return _sides(x, beta, right, left)


def _crystalball_mean(beta, m):
    pole, unit = m / beta - beta, m / beta
    tail = unit * (pole / (m - 1.0) - unit / (m - 2.0))
    return (1.0 + tail) * np.exp(-0.5 * beta * beta) / _whole(beta, m)


def _crystalball_square(beta, m):
    pole, unit = m / beta - beta, m / beta
    tail = unit * (pole**2 / (m - 1.0) - 2.0 * pole * unit / (m - 2.0) + unit**2 / (m - 3.0))
    edge = (tail - beta) * np.exp(-0.5 * beta * beta)
    return (ROOT * ndtr(beta) + edge) / _whole(beta, m)


law(
    "crystalball",
    logpdf=_crystalball_logpdf,
    cdf=_crystalball_cdf,
    mean=_crystalball_mean,
    var=lambda beta, m: _crystalball_square(beta, m) - _crystalball_mean(beta, m) ** 2,
)

# -- others ----------------------------------------------------------------------------------------


def _log_alpha(y, a):
    """The log-density of y = log x."""
    return -y - 0.5 * (a - np.exp(-y)) ** 2 - 0.5 * LOG_2PI - log_ndtr(a)


law(
    "alpha",
    logpdf=lambda x, a: _log_alpha(np.log(x), a) - np.log(x),
    cdf=lambda x, a: below(_log_alpha, np.log(x), a),
)


def _tukey_tail(x, lam):
    """The probability beyond x, on the side where it is below one half."""
    return tklmbda(-abs(x), lam)


def _tukey_logpdf(x, lam):
    """The reciprocal of the quantile function's slope."""
    p = _tukey_tail(x, lam)
    return -np.logaddexp((lam - 1.0) * np.log(p), (lam - 1.0) * np.log1p(-p))


law(
    "tukeylambda",
    logpdf=_tukey_logpdf,
    cdf=lambda x, lam: np.where(getval(x) < 0.0, _tukey_tail(x, lam), 1.0 - _tukey_tail(x, lam)),
    mean=lambda lam: 0.0 * lam,
)
