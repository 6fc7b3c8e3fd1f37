"""The normal distribution and what is made of it."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import erf, i0e, k1e, log_ndtr, ndtr, owens_t

from ....core.box import getval
from ....core.primitive import Primitive
from ....numpy.kinds import elementwise
from ..distribution import law
from .parts import LOG2, LOG_2PI


def _phi(x):
    """The logarithm of the normal density."""
    return -0.5 * x * x - 0.5 * LOG_2PI


law("norm", logpdf=_phi)
law("halfnorm", logpdf=lambda x: _phi(x) + LOG2)
law(
    "foldnorm",
    logpdf=lambda x, c: _phi(x) - 0.5 * c * c + np.logaddexp(c * x, -c * x),
    cdf=lambda x, c: ndtr(x - c) - ndtr(-x - c),
    mean=lambda c: 2.0 * np.exp(_phi(c)) + c * erf(c / math.sqrt(2.0)),
    var=lambda c: c * c + 1.0 - (2.0 * np.exp(_phi(c)) + c * erf(c / math.sqrt(2.0))) ** 2,
)
law(
    "lognorm",
    logpdf=lambda x, s: _phi(np.log(x) / s) - np.log(s * x),
    cdf=lambda x, s: ndtr(np.log(x) / s),
    logcdf=lambda x, s: log_ndtr(np.log(x) / s),
    logsf=lambda x, s: log_ndtr(-np.log(x) / s),
    mean=lambda s: np.exp(0.5 * s * s),
    var=lambda s: np.exp(s * s) * np.expm1(s * s),
    entropy=lambda s: np.log(s),
)
law("gibrat", logpdf=lambda x: _phi(np.log(x)) - np.log(x))
law(
    "johnsonsu",
    logpdf=lambda x, a, b: np.log(b) - 0.5 * np.log1p(x * x) + _phi(a + b * np.arcsinh(x)),
    cdf=lambda x, a, b: ndtr(a + b * np.arcsinh(x)),
    mean=lambda a, b: -np.exp(0.5 / b**2) * np.sinh(a / b),
    var=lambda a, b: 0.5 * np.expm1(b**-2.0) * (np.exp(b**-2.0) * np.cosh(2.0 * a / b) + 1.0),
)
law(
    "johnsonsb",
    logpdf=lambda x, a, b: (
        np.log(b) - np.log(x) - np.log1p(-x) + _phi(a + b * (np.log(x) - np.log1p(-x)))
    ),
    cdf=lambda x, a, b: ndtr(a + b * (np.log(x) - np.log1p(-x))),
)
law(
    "fatiguelife",
    logpdf=lambda x, c: (
        np.log1p(x) - np.log(2.0 * c) - 1.5 * np.log(x) + _phi((x - 1.0) / (c * np.sqrt(x)))
    ),
    cdf=lambda x, c: ndtr((x - 1.0) / (c * np.sqrt(x))),
    mean=lambda c: 0.5 * c * c + 1.0,
    var=lambda c: c * c * (1.25 * c * c + 1.0),
)
law(
    "skewnorm",
    logpdf=lambda x, a: LOG2 + _phi(x) + log_ndtr(a * x),
    cdf=lambda x, a: ndtr(x) - 2.0 * owens_t(x, a),
    mean=lambda a: math.sqrt(2.0 / math.pi) * a / np.sqrt(1.0 + a * a),
    var=lambda a: 1.0 - (2.0 / math.pi) * a * a / (1.0 + a * a),
)
law(
    "exponnorm",
    logpdf=lambda x, K: 0.5 / K**2 - x / K + log_ndtr(x - 1.0 / K) - np.log(K),
    cdf=lambda x, K: ndtr(x) - np.exp(0.5 / K**2 - x / K + log_ndtr(x - 1.0 / K)),
    mean=lambda K: K,
    var=lambda K: 1.0 + K * K,
)
law(
    "rice",
    logpdf=lambda x, b: np.log(x) - 0.5 * (x - b) ** 2 + np.log(i0e(x * b)),
)
law("moyal", logpdf=lambda x: -0.5 * (x + np.exp(-x)))
law("levy", logpdf=lambda x: -1.5 * np.log(x) - 0.5 / x)
law("levy_l", logpdf=lambda x: -1.5 * np.log(-x) + 0.5 / x)
law("wald", logpdf=lambda x: _phi((x - 1.0) / np.sqrt(x)) - 1.5 * np.log(x))


def _log_less(a, b):
    """log(exp(a) - exp(b))"""
    return a + np.log1p(-np.exp(b - a))


law(
    "invgauss",
    logpdf=lambda x, mu: _phi((x / mu - 1.0) / np.sqrt(x)) - 1.5 * np.log(x),
    cdf=lambda x, mu: (
        ndtr((x / mu - 1.0) / np.sqrt(x))
        + np.exp(2.0 / mu + log_ndtr(-(x / mu + 1.0) / np.sqrt(x)))
    ),
    logcdf=lambda x, mu: np.logaddexp(
        log_ndtr((x / mu - 1.0) / np.sqrt(x)), 2.0 / mu + log_ndtr(-(x / mu + 1.0) / np.sqrt(x))
    ),
    logsf=lambda x, mu: _log_less(
        log_ndtr((1.0 - x / mu) / np.sqrt(x)), 2.0 / mu + log_ndtr(-(x / mu + 1.0) / np.sqrt(x))
    ),
    mean=lambda mu: mu,
    var=lambda mu: mu**3,
)
law(
    "norminvgauss",
    logpdf=lambda x, a, b: (
        np.log(a) + np.log(k1e(a * np.hypot(1.0, x))) + b * x - a * np.hypot(1.0, x)
        + np.sqrt(a * a - b * b) - np.log(np.hypot(1.0, x))
    ),
    mean=lambda a, b: b / np.sqrt(a * a - b * b),
    var=lambda a, b: a * a * (a * a - b * b) ** -1.5,
)  # fmt: skip

# -- between two bounds ----------------------------------------------------------------------------


def _log_mass_value(a, b):
    """log of the mass between a and b, both moved to the side where no digits cancel."""
    right = a > 0.0
    a, b = np.where(right, -b, a), np.where(right, -a, b)
    with np.errstate(all="ignore"):
        tail = log_ndtr(b) + np.log1p(-np.exp(log_ndtr(a) - log_ndtr(b)))
        middle = np.log1p(-ndtr(a) - ndtr(-b))
        width, centre = b - a, 0.5 * (a + b)
        narrow = width * np.maximum(1.0, abs(centre)) < 0.05
        return np.where(narrow, _narrow(centre, width), np.where(b <= 0.0, tail, middle))[()]


def _narrow(m, w):
    """log of the mass of a narrow interval, by the derivatives of φ in its centre."""
    s, v = m * m, 0.25 * w * w
    bend = (s - 1.0) / 6.0 + v * ((s * s - 6.0 * s + 3.0) / 120.0)
    bend = bend + v * v * ((s**3 - 15.0 * s * s + 45.0 * s - 15.0) / 5040.0)
    return _phi(m) + np.log(w) + np.log1p(v * bend)


_log_mass = Primitive(_log_mass_value, name="log_mass")
elementwise(
    _log_mass,
    a=lambda g, ans, a, b: -g * np.exp(_phi(a) - ans),
    b=lambda g, ans, a, b: g * np.exp(_phi(b) - ans),
)


def _edge(x, mass):
    """x φ(x) / mass, which is 0 at infinity."""
    end = np.isinf(getval(x))
    x = np.where(end, 0.0, x)
    return np.where(end, 0.0, x * np.exp(_phi(x) - mass))


def _truncnorm_mean(a, b):
    mass = _log_mass(a, b)
    return np.exp(_phi(a) - mass) - np.exp(_phi(b) - mass)


def _truncnorm_tilt(a, b):
    mass = _log_mass(a, b)
    return _edge(a, mass) - _edge(b, mass)


def _height(end, a, b):
    """The log-density at `end` of a normal variable between a and b."""
    return _phi(end) - _log_mass(a, b)


_log_below = Primitive(
    lambda x, a, b: _log_mass_value(a, x) - _log_mass_value(a, b), name="log_below"
)
elementwise(
    _log_below,
    x=lambda g, x, a, b: g * np.exp(_height(x, a, x)),
    a=lambda g, x, a, b: -g * np.exp(_height(a, a, b) + _log_mass(x, b) - _log_mass(a, x)),
    b=lambda g, x, a, b: -g * np.exp(_height(b, a, b)),
)


def _log_above(x, a, b):
    return _log_below(-x, -b, -a)


def _truncnorm_cdf(x, a, b):
    """In either half by the probability that a bound moves by more than a share of itself."""
    below, above = _log_below(x, a, b), _log_above(x, a, b)
    return np.where(getval(below) < getval(above), 1.0 - np.exp(above), np.exp(below))


law(
    "truncnorm",
    logpdf=_height,
    cdf=_truncnorm_cdf,
    logcdf=_log_below,
    logsf=_log_above,
    mean=_truncnorm_mean,
    var=lambda a, b: 1.0 + _truncnorm_tilt(a, b) - _truncnorm_mean(a, b) ** 2,
    entropy=lambda a, b: _log_mass(a, b) + 0.5 * _truncnorm_tilt(a, b),
)
