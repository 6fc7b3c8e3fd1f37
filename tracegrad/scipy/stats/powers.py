"""Power transformations that make a sample look normal, by G. E. P. Box and D. R. Cox and by
I.-K. Yeo and R. A. Johnson.

The best power is where the slope of a likelihood, or of a correlation, is 0; its derivatives are
those of that equation's solution.
"""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from ...core.box import getval
from ...modes.forward import pushforward
from ..optimize.implicit import DIAGONAL, follow, no_derivative
from .distribution import laws
from .lines import correlation
from .statistic import declare, real, statistic, var

# I.-K. Yeo and R. A. Johnson, "A new family of power transformations to improve normality or
# symmetry", Biometrika 87 (2000) 954: of 1 + |x|, with the power 2 - λ where x is negative.


def _yeojohnson(x, power):
    side = np.where(getval(x) >= 0.0, 1.0, -1.0)
    return side * special.boxcox1p(side * x, 1.0 + side * (power - 1.0))


def _likelihood(transformed, rise):
    return rise - 0.5 * transformed.shape[-1] * np.log(var(transformed, 0))


def _boxcox_llf(x, power):
    return _likelihood(special.boxcox(x, power), (power - 1.0) * np.sum(np.log(x), axis=-1))


def _yeojohnson_llf(x, power):
    rise = np.sum(np.sign(getval(x)) * np.log1p(np.abs(x)), axis=-1)
    return _likelihood(_yeojohnson(x, power), (power - 1.0) * rise)


def _boxcox_correlation(x, power):
    """With the medians of the order statistics of a normal sample."""
    quantiles = stats.probplot(np.zeros(x.shape), fit=False)[0]
    return correlation(quantiles, np.sort(special.boxcox(x, power)))[0]


def _solution(equation, value):
    """The root near what SciPy's minimizer found, which stops at half the digits."""
    root = follow(equation, np.atleast_1d(np.float64(value)), DIAGONAL)[0]
    if abs(getval(root) - value) > 1e-3 * (1.0 + abs(value)):
        raise no_derivative("the best power is at a bound (ymax=), not where the slope is 0")
    return root


def _best(height, value, x):
    """The power at which the height is greatest."""

    def slope(power):
        return pushforward(lambda p: height(x, p), [power[0]], [np.float64(1.0)])[1].reshape(1)

    return _solution(slope, value)


@statistic("boxcox_llf", "data")
def _boxcox_llf_of(data, lmb):
    return _boxcox_llf(data, lmb)


@statistic("yeojohnson_llf", "data")
def _yeojohnson_llf_of(data, lmb):
    return _yeojohnson_llf(data, lmb)


def _kept(given):
    x = real(given["x"])
    return x[~np.isnan(getval(x))] if given.get("nan_policy") == "omit" else x


def _boxcox_normmax(value, given):
    x, heights = _kept(given), {"pearsonr": _boxcox_correlation, "mle": _boxcox_llf}
    if given["method"] == "all":
        return np.stack([_best(heights[m], v, x) for m, v in zip(heights, value)])
    return _best(heights[given["method"]], value, x)


def _yeojohnson_normmax(value, given):
    return _best(_yeojohnson_llf, value, _kept(given))


def _boxcox(value, given):
    x, power, alpha = real(given["x"]), given["lmbda"], given["alpha"]
    if power is not None or x.size == 0:
        return x if power is None else special.boxcox(x, power)
    power = _best(_boxcox_llf, value[1], _kept(given))
    found = special.boxcox(x, power), power
    if alpha is None:
        return found
    drop = 0.5 * laws["chi2"].isf(alpha, 1.0)
    least = _boxcox_llf(_kept(given), power) - drop

    def bound(near):
        return _solution(lambda p: (_boxcox_llf(_kept(given), p[0]) - least).reshape(1), near)

    return *found, tuple([bound(near) for near in value[2]])


def _yeojohnson_of(value, given):
    x, power = real(given["x"]), given["lmbda"]
    if power is not None or x.size == 0:
        return x if power is None else _yeojohnson(x, power)
    power = _best(_yeojohnson_llf, value[1], _kept(given))
    return _yeojohnson(x, power), power


declare("boxcox", _boxcox)
declare("boxcox_normmax", _boxcox_normmax)
declare("yeojohnson", _yeojohnson_of)
declare("yeojohnson_normmax", _yeojohnson_normmax)
