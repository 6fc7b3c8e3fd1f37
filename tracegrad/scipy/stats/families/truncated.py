"""Power and Weibull tails between two bounds."""

from __future__ import annotations

import numpy as np
from scipy.special import exprel, gammainc, gammaln, xlogy

from ....core.box import getval
from ..distribution import law


def _formulas(below, above):
    """Of distribution functions: in either half by the probability that is the smaller."""

    def cdf(x, *shapes):
        low, high = below(x, *shapes), above(x, *shapes)
        return np.where(getval(low) < getval(high), low, 1.0 - high)

    return {
        "cdf": cdf,
        "logcdf": lambda x, *shapes: np.log(below(x, *shapes)),
        "logsf": lambda x, *shapes: np.log(above(x, *shapes)),
    }


# -- Pareto's: the logarithm has an exponential density, or a rising one where b < 0 ---------------


def _share(length, whole, b):
    """How much of the mass of exp(-b t), on 0 < t < whole, is in the first piece."""
    return length * exprel(-b * length) / (whole * exprel(-b * whole))


def _pareto_moment(n, b, c):
    return exprel((n - b) * np.log(c)) / exprel(-b * np.log(c))


def _pareto_scale(b, c):
    return np.log(np.log(c)) + np.log(exprel(-b * np.log(c)))


law(
    "truncpareto",
    logpdf=lambda x, b, c: -(b + 1.0) * np.log(x) - _pareto_scale(b, c),
    **_formulas(
        lambda x, b, c: _share(np.log(x), np.log(c), b),
        lambda x, b, c: _share(np.log(c / x), np.log(c), b) * x**-b,
    ),
    mean=lambda b, c: _pareto_moment(1.0, b, c),
    var=lambda b, c: _pareto_moment(2.0, b, c) - _pareto_moment(1.0, b, c) ** 2,
    entropy=lambda b, c: (
        _pareto_scale(b, c) + (b + 1.0) * (1.0 / b - np.log(c) / np.expm1(b * np.log(c)))
    ),
)

# -- Weibull's -------------------------------------------------------------------------------------


def _power(x, c):
    """x^c; at 0 and at infinity it stands still."""
    end = (getval(x) == 0.0) | np.isinf(getval(x))
    return np.where(end, getval(x), np.where(end, 1.0, x) ** c)


def _lost(low, high, c):
    """The share of those above the first point that are below the second."""
    return -np.expm1(_power(low, c) - _power(high, c))


def _weibull_moment(n, c, a, b):
    def below(x):
        end = np.isinf(getval(x))
        return np.where(end, 1.0, gammainc(1.0 + n / c, _power(np.where(end, 1.0, x), c)))

    mass = np.exp(-_power(a, c)) * _lost(a, b, c)
    return np.exp(gammaln(1.0 + n / c)) * (below(b) - below(a)) / mass


law(
    "truncweibull_min",
    logpdf=lambda x, c, a, b: (
        np.log(c) + xlogy(c - 1.0, x) + _power(a, c) - _power(x, c) - np.log(_lost(a, b, c))
    ),
    **_formulas(
        lambda x, c, a, b: _lost(a, x, c) / _lost(a, b, c),
        lambda x, c, a, b: np.exp(_power(a, c) - _power(x, c)) * _lost(x, b, c) / _lost(a, b, c),
    ),
    mean=lambda c, a, b: _weibull_moment(1.0, c, a, b),
    var=lambda c, a, b: _weibull_moment(2.0, c, a, b) - _weibull_moment(1.0, c, a, b) ** 2,
)
