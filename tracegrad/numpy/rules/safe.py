"""Products and quotients in which a zero cotangent silences an infinite or undefined slope.

`where(x > 0, sqrt(x), 0)` sends a zero cotangent to `sqrt` where x is 0, and 0 * inf would make it
NaN. The linear map is changed nowhere else: a finite slope stays a slope, however small g is, so
that second derivatives and transposes of a rule stay right.
"""

from __future__ import annotations

import numpy as np

from ...core.box import getval

__all__ = ["finite", "over", "quietly", "times"]


def quietly():
    """No warnings about infinite slopes: they would name lines that the user did not write."""
    return np.errstate(divide="ignore", invalid="ignore")


def times(g, slope):
    """g * slope, and 0 where g is 0 and slope is not finite."""
    if finite(slope):
        return g * slope
    with quietly():
        slope_value = getval(slope)
        silenced = (getval(g) == 0) & ~np.isfinite(slope_value)
        if not silenced.any():
            return g * slope
        return g * np.where(silenced, slope_value.dtype.type(0), slope)


def over(g, divisor):
    """g / divisor, and 0 where g is 0 and the divisor is 0 or NaN."""
    if type(divisor) is float and divisor:
        return g / divisor
    value = divisor if type(divisor) is np.ndarray else np.asarray(getval(divisor))
    if np.count_nonzero(value) == value.size:
        quotient = g / divisor
        if finite(quotient):
            return quotient
    with quietly():
        silenced = (getval(g) == 0) & ((value == 0) | np.isnan(value))
        if not silenced.any():
            return g / divisor
        return g / np.where(silenced, value.dtype.type(1), divisor)


def finite(x):
    """Whether all of x is finite."""
    x = x if type(x) is np.ndarray else getval(x)
    if isinstance(x, np.ndarray):
        return np.count_nonzero(np.isfinite(x)) == x.size
    return abs(x) < np.inf
