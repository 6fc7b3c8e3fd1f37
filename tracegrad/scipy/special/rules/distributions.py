"""Distribution functions, as incomplete gamma and beta functions, and their inverses.

In arguments that SciPy rounds to integers they are refused.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....core.box import getval
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import times
from .incomplete import betaincc
from .slopes import declare, follows, inverse, slope

# -- from gamma variables -----------------------------------------------------------------------


def _chi2(v, x):
    return special.gammainc(0.5 * v, 0.5 * x)


def _chi2_above(v, x):
    return special.gammaincc(0.5 * v, 0.5 * x)


def _gamma(a, b, x):
    return special.gammainc(b, np.multiply(a, x))


def _gamma_above(a, b, x):
    return special.gammaincc(b, np.multiply(a, x))


def _poisson(k, m):
    return special.gammaincc(np.add(k, 1.0), m)


def _counts(formula):
    """The number of events is rounded down."""
    return lambda k, *args: formula(np.floor(k), *args)


follows(special.chdtr, _chi2, "xy")
follows(special.chdtrc, _chi2_above, "xy")
inverse(special.chdtri, _chi2_above, "y", "xy")
inverse(special.chdtriv, _chi2, "x", "xy")
follows(special.gdtr, _gamma, "xyz")
follows(special.gdtrc, _gamma_above, "xyz")
inverse(special.gdtria, _gamma, "x", "xyz")
inverse(special.gdtrib, _gamma, "y", "xyz")
inverse(special.gdtrix, _gamma, "z", "xyz")
follows(special.pdtr, _counts(_poisson), "y")
follows(special.pdtrc, _counts(lambda k, m: special.gammainc(k + 1.0, m)), "y")
inverse(special.pdtri, _counts(_poisson), "y", "y")
inverse(special.pdtrik, _poisson, "x", "xy")

# -- from beta variables ------------------------------------------------------------------------


def _fisher(dfn, dfd, x):
    """By the tail that is the smaller one: 1 - t has lost the digits of the other."""
    return special.betainc(0.5 * dfn, 0.5 * dfd, dfn * x / (dfn * x + dfd))


def _fisher_above(dfn, dfd, x):
    return special.betainc(0.5 * dfd, 0.5 * dfn, dfd / (dfn * x + dfd))


def _binomial(k, n, p):
    return betaincc(np.add(k, 1.0), np.subtract(n, k), p)


def _negative_binomial(k, n, p):
    return special.betainc(n, np.add(k, 1.0), p)


follows(special.fdtr, _fisher, "xyz")
follows(special.fdtrc, _fisher_above, "xyz")
inverse(special.fdtri, _fisher, "z", "xyz")
inverse(special.fdtridfd, _fisher, "y", "xyz")
follows(special.bdtr, _counts(_binomial), "z")
follows(special.bdtrc, _counts(lambda k, n, p: special.betainc(k + 1.0, n - k, p)), "z")
inverse(special.bdtri, _counts(_binomial), "z", "z")
inverse(special.bdtrik, _binomial, "x", "xyz")
inverse(special.bdtrin, _binomial, "y", "xyz")
follows(special.nbdtr, _counts(_negative_binomial), "z")
follows(special.nbdtrc, _counts(lambda k, n, p: betaincc(n, k + 1.0, p)), "z")
inverse(special.nbdtri, _counts(_negative_binomial), "z", "z")
inverse(special.nbdtrik, _negative_binomial, "x", "xyz")
inverse(special.nbdtrin, _negative_binomial, "y", "xyz")
inverse(special.btdtria, special.betainc, "x", "xyz")
inverse(special.btdtrib, special.betainc, "y", "xyz")

# -- Student's ----------------------------------------------------------------------------------


def _student_density(df, t):
    df, t = as_array(df), as_array(t)
    return np.exp(-0.5 * (df + 1.0) * np.log1p(t * t / df) - special.betaln(0.5, 0.5 * df)) / (
        np.sqrt(df)
    )


def _student_by_df(df, t):
    """Of half the beta distribution of t² / (df + t²), or of the rest where that is smaller."""
    df, t = as_array(df), as_array(t)
    square, side = t * t, np.sign(getval(t))
    far = getval(square) > getval(df)
    near_x = np.where(far, 0.25, square / (df + square))
    far_x = np.where(far, df / (df + square), 0.25)
    whole = np.where(
        far, -special.betainc(0.5 * df, 0.5, far_x), special.betainc(0.5, 0.5 * df, near_x)
    )
    return 0.5 * side * whole


follows(special.stdtr, _student_by_df, "x")
_by_df = slope(_student_by_df, 0)
declare(special.stdtr, y=lambda g, x, y: times(g, _student_density(x, y)))
declare(
    special.stdtrit,
    x=lambda g, ans, x: times(g, -_by_df(x, ans) / _student_density(x, ans)),
    y=lambda g, ans, x: times(g, 1.0 / _student_density(x, ans)),
)
declare(
    special.stdtridf,
    x=lambda g, ans, y: times(g, 1.0 / _by_df(ans, y)),
    y=lambda g, ans, y: times(g, -_student_density(ans, y) / _by_df(ans, y)),
)

# -- others -------------------------------------------------------------------------------------
inverse(special.nrdtrimn, lambda m, s, x: special.ndtr((x - m) / s), "x", "xyz")
inverse(special.nrdtrisd, lambda m, s, x: special.ndtr((x - m) / s), "y", "xyz")


def _tukey_slopes(y, lam):
    """Of the quantile function, in y and λ; beyond its range the distribution function is flat."""
    inside = (y > 0.0) & (y < 1.0)
    p = np.where(inside, y, 0.5)

    def quantile(p, lam):
        return special.boxcox(p, lam) - special.boxcox(1.0 - p, lam)

    steep = np.where(inside, slope(quantile, 0)(p, lam), np.inf)
    return steep, np.where(inside, slope(quantile, 1)(p, lam), 0.0)


def _tukey_by_shape(ans, lam):
    steep, moved = _tukey_slopes(ans, lam)
    return -moved / steep


declare(
    special.tklmbda,
    x=lambda g, ans, y: g / _tukey_slopes(ans, y)[0],
    y=lambda g, ans, y: g * _tukey_by_shape(ans, y),
)


def _kolmogorov(y):
    """The survival function by its dual series where its own converges slowly."""
    small = y < 0.9
    low, high = np.where(small & (y > 0.0), y, 0.5), np.where(small, 0.9, y)
    left, right = 0.0, 0.0
    for k in range(1, 6):
        left = left + np.exp(-((2 * k - 1) ** 2) * math.pi**2 / (8.0 * low * low))
        right = right + (-1) ** (k + 1) * np.exp(-2.0 * k * k * high * high)
    below = 1.0 - math.sqrt(2.0 * math.pi) / low * left
    return np.where(y > 0.0, np.where(small, below, 2.0 * right), 1.0)


follows(special.kolmogorov, _kolmogorov, "x")
inverse(special.kolmogi, _kolmogorov, "x", "x")


def _smirnov(n, d):
    """d Σ C(n, j) (1 - d - j/n)ⁿ⁻ʲ (d + j/n)ʲ⁻¹ over j <= n (1 - d): Birnbaum and Tingey 1951."""
    n = np.floor(n)
    total = 0.0
    for j in range(int(np.max(n, initial=0.0)) + 1):
        rest = 1.0 - d - j / n
        inside = (rest > 0.0) & (n > j)
        safe, start = np.where(inside, rest, 0.5), np.where(d > 0.0, d, 1.0)
        log = special.gammaln(n + 1.0) - math.lgamma(j + 1.0) - special.gammaln(abs(n - j) + 1.0)
        log = log + (n - j) * np.log(safe) + (j - 1.0) * np.log(start + j / n)
        total = total + np.where(inside, np.exp(log), 0.0)
    return np.where(d > 0.0, d * total, 1.0)


follows(special.smirnov, _smirnov, "y")
inverse(special.smirnovi, _smirnov, "y", "y")
