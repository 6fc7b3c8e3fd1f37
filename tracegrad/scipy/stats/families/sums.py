"""Sums: of uniform variables, and Zipf's law up to a last rank, whose masses are added."""

from __future__ import annotations

import numpy as np
from scipy import stats
from scipy.special import exprel

from ....core.box import getval
from ....core.primitive import Primitive
from ....numpy.kinds import elementwise
from ....numpy.rules.arrays import as_array
from ..distribution import law

# -- Irwin and Hall's: the density is a spline, and its slope a difference of those of n - 1 -------


def _spline_slope(g, x, n):
    if np.any(n == 1):
        return g * np.where(n == 1, 0.0, _spline_slope(1.0, x, np.where(n == 1, 2, n)))
    # by the half that is nearer to 0: there is nothing to subtract in the tail
    left = getval(x) < 0.5 * n
    near = np.where(left, x, n - x)
    slope = _spline(near, n - 1) - np.where(near > 1.0, _spline(near - 1.0, n - 1), 0.0)
    return g * np.where(left, slope, -slope)


if hasattr(stats, "irwinhall"):
    _spline = Primitive(stats.irwinhall.pdf, name="irwinhall.pdf", signature="x, n")
    elementwise(_spline, x=_spline_slope)
    law("irwinhall", logpdf=lambda x, n: np.log(_spline(x, n)))

# -- Zipf's ----------------------------------------------------------------------------------------

DIRECT = 20
_BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6]


def _added(first, last, a):
    """Σ k^-a from first to last: terms, and from the twentieth on Euler's and Maclaurin's formula.

    F. W. J. Olver 1974, Asymptotics and Special Functions, section 8.3.
    """
    first, last, a = np.asarray(first, float), np.asarray(last, float), as_array(a)
    k = first[..., None] + np.arange(DIRECT)
    terms = np.sum(np.where(k <= last[..., None], np.maximum(k, 1.0) ** -a[..., None], 0.0), -1)
    more = last >= first + DIRECT
    start = np.where(more, first + DIRECT, 1.0)
    end = np.where(more, last, 2.0)
    length = np.log(end / start)
    rest = start ** (1.0 - a) * length * exprel((1.0 - a) * length)
    rest = rest + 0.5 * (start**-a + end**-a)
    factor = 0.5 * a
    for n, bernoulli in enumerate(_BERNOULLI, 1):
        power = 1.0 - 2.0 * n - a
        rest = rest + bernoulli * factor * (start**power - end**power)
        factor = factor * (a + 2.0 * n - 1.0) * (a + 2.0 * n) / ((2.0 * n + 1.0) * (2.0 * n + 2.0))
    return terms + np.where(more, rest, 0.0)


def _zipfian_cdf(k, a, n):
    below, above, whole = _added(1.0, k, a), _added(k + 1.0, n, a), _added(1.0, n, a)
    return np.where(getval(below) < getval(above), below / whole, 1.0 - above / whole)


def _zipfian_mean(a, n):
    return _added(1.0, n, a - 1.0) / _added(1.0, n, a)


law(
    "zipfian",
    whole=("n",),
    logpmf=lambda k, a, n: -a * np.log(k) - np.log(_added(1.0, n, a)),
    cdf=_zipfian_cdf,
    mean=_zipfian_mean,
    var=lambda a, n: _added(1.0, n, a - 2.0) / _added(1.0, n, a) - _zipfian_mean(a, n) ** 2,
)
