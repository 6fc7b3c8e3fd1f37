"""Functions that lose their digits near 0, where series take their place."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from ....core.box import getval
from .parts import LOG_2PI

__all__ = ["expm1_bend", "expm1_less", "stirling"]

# B(2n) / (2n (2n - 1)), of the Bernoulli numbers
_STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]


def expm1_bend(x):
    """(exp(x) - 1 - x) / x²"""
    small = abs(getval(x)) < 0.5
    near, far = np.where(small, x, 0.0), np.where(small, 1.0, x)
    series = 1.0
    for n in range(16, 2, -1):
        series = 1.0 + near * series / n
    return np.where(small, 0.5 * series, (np.expm1(far) / far - 1.0) / far)


def expm1_less(x):
    """exp(x) - 1 - x"""
    small = abs(getval(x)) < 0.5
    near = np.where(small, x, 0.0)
    return np.where(small, near * near * expm1_bend(near), np.expm1(x) - x)


def stirling(x):
    """log Γ(a) - (a - 1/2) log a + a - log(2π) / 2, for a = 1 / x."""
    small = getval(x) < 0.05
    near, far = np.where(small, x, 0.0), np.where(small, 1.0, x)
    series = 0.0
    for coefficient in reversed(_STIRLING):
        series = coefficient + near * near * series
    a = 1.0 / far
    whole = gammaln(a) - (a - 0.5) * np.log(a) + a - 0.5 * LOG_2PI
    return np.where(small, near * series, whole)
