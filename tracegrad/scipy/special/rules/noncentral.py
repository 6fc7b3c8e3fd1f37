"""Noncentral distribution functions and their inverses: mixtures of central ones, whose weights
are those of a Poisson variable. Johnson, Kotz and Balakrishnan 1995, Continuous Univariate
Distributions, volume 2, chapters 29 to 31.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from ....core.box import getval
from ....numpy.rules.arrays import as_array
from .slopes import follows, inverse

__all__: list[str] = []


def _mixture(mean, term):
    """Σ P(j) term(j) over the j, along a new last axis, that matter to a Poisson variable."""
    mean = as_array(mean)
    value = np.where(np.isfinite(getval(mean)), getval(mean), 0.0)
    spread = 12.0 * np.sqrt(value) + 40.0
    first = max(int(np.min(value - spread, initial=np.inf if value.size else 0.0)), 0)
    j = np.arange(float(first), np.max(value + spread, initial=0.0))
    mean = mean[..., None]
    apart = np.where(mean > 0, mean, 1)
    weights = np.exp(j * np.log(apart) - apart - special.gammaln(j + 1.0))
    # at 0 up to second order, where the logarithm has no slope
    starts = np.where(j == 0, 1 - mean + mean**2 / 2, np.where(j == 1, mean - mean**2, mean**2 / 2))
    starts = np.where(j < 3, starts, 0)
    return np.sum(np.where(mean > 0, weights, starts) * term(j), -1)


def _along(*args):
    return [as_array(x)[..., None] for x in args]


def _chi2(x, df, nc):
    x, df = _along(0.5 * x, 0.5 * df)
    return _mixture(0.5 * nc, lambda j: special.gammainc(df + j, x))


def _fisher(dfn, dfd, nc, f):
    top, bottom, x = _along(0.5 * dfn, 0.5 * dfd, dfn * f / (dfn * f + dfd))
    return _mixture(0.5 * nc, lambda j: special.betainc(top + j, bottom, x))


def _student(df, nc, t):
    """For t < 0 what is left of that for -t and -nc."""
    df, nc, t = as_array(df), as_array(nc), as_array(t)
    side = np.where(t < 0, -1, 1)
    t = np.where(t == 0, t + 1e-12, t)  # where a slope would be 0 times infinity
    half, nc = 0.5 * df, nc * side
    shape, skew, x = _along(half, nc / np.sqrt(2.0), t * t / (df + t * t))

    def term(j):
        ratio = np.exp(special.gammaln(j + 1.0) - special.gammaln(j + 1.5))
        odd = skew * ratio * special.betainc(j + 1.0, shape, x)
        return special.betainc(j + 0.5, shape, x) + odd

    below = special.ndtr(-nc) + 0.5 * _mixture(0.5 * nc * nc, term)
    return np.where(side > 0, below, 1 - below)


def _solved(fun, forward, solved, names):
    """The answer is none where SciPy's search ended at its bounds."""
    at = "xyza".index(solved)

    def inside(*args):
        x = as_array(args[at])
        x = np.where((abs(x) > 1e-99) & (abs(x) < 1e99), x, np.nan)
        return forward(*args[:at], x, *args[at + 1 :])

    inverse(fun, inside, solved, names)


follows(special.chndtr, _chi2, "xyz")
_solved(special.chndtrix, _chi2, "x", "xyz")
_solved(special.chndtridf, _chi2, "y", "xyz")
_solved(special.chndtrinc, _chi2, "z", "xyz")
follows(special.ncfdtr, _fisher, "xyza")
_solved(special.ncfdtridfn, _fisher, "x", "xyza")
_solved(special.ncfdtridfd, _fisher, "y", "xyza")
_solved(special.ncfdtrinc, _fisher, "z", "xyza")
_solved(special.ncfdtri, _fisher, "a", "xyza")
follows(special.nctdtr, _student, "xyz")
_solved(special.nctdtridf, _student, "x", "xyz")
_solved(special.nctdtrinc, _student, "y", "xyz")
_solved(special.nctdtrit, _student, "z", "xyz")
