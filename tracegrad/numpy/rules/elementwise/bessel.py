"""The modified Bessel function of order 0, and the window that is made of it."""

from __future__ import annotations

import math

import numpy as np

from ....core.box import getval, isbox
from ....spaces import match
from ...kinds import composed, elementwise
from ...namespace import primitive_of as of
from ..arrays import as_array, refuse

LARGEST = 710.0  # beyond, i0 is infinite


def _i1(x):
    """The slope of i0: the mean of cos θ sinh(x cos θ), NIST DLMF 10.32.3.

    The trapezoidal rule on the circle errs by about I_N(x) for N points, of which a quarter is
    needed. No terms cancel, so small x have all their digits.
    """
    top = np.fmin(np.max(abs(getval(x)), initial=0.0), LARGEST)
    n = 8 + int(2.25 * math.sqrt(top))
    nodes = [math.cos(math.pi * (k + 0.5) / (2 * n)) for k in range(n)]
    return sum([c * np.sinh(c * x) for c in nodes]) / n


elementwise(of(np.i0), x=lambda g, x: g * _i1(x).astype(x.dtype))


def _kaiser(M, beta):
    if isbox(M):  # a count
        refuse("kaiser", M=M)
    beta = as_array(beta)
    if beta.ndim:
        raise ValueError("kaiser: beta must be a number")
    beta = match(beta, np.result_type(beta.dtype, np.float64))
    if M == 1:
        return np.ones(1, beta.dtype)
    middle = (M - 1) / 2.0
    away = (np.arange(0, M) - middle) / middle
    return np.i0(beta * np.sqrt(1.0 - away**2)) / np.i0(beta)


composed(of(np.kaiser), _kaiser)
