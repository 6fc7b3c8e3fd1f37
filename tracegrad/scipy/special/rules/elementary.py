"""Exponentials, logarithms, powers and loss functions."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....numpy.kinds import elementwise
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import over, quietly, times
from .slopes import declare

DEGREE = math.pi / 180.0

# -- logistic ----------------------------------------------------------------------------------
elementwise(of(special.expit), x=lambda g, ans, x: g * (ans * special.expit(-x)))
elementwise(of(special.log_expit), x=lambda g, x: g * special.expit(-x))
elementwise(of(special.logit), x=lambda g, x: over(g, x * (1.0 - x)))
if hasattr(special, "softplus"):
    elementwise(of(special.softplus), x=lambda g, x: g * special.expit(x))

# -- of one number -----------------------------------------------------------------------------
elementwise(of(special.cbrt), x=lambda g, ans: over(g, 3.0 * ans * ans))
elementwise(of(special.exp2), x=lambda g, ans: g * (math.log(2.0) * ans))
elementwise(of(special.exp10), x=lambda g, ans: g * (math.log(10.0) * ans))
elementwise(of(special.expm1), x=lambda g, x: g * np.exp(x))
elementwise(of(special.log1p), x=lambda g, x: over(g, 1.0 + x))
elementwise(of(special.cosm1), x=lambda g, x: -(g * np.sin(x)))
elementwise(of(special.sindg), x=lambda g, x: g * (DEGREE * special.cosdg(x)))
elementwise(of(special.cosdg), x=lambda g, x: g * (-DEGREE * special.sindg(x)))
elementwise(of(special.tandg), x=lambda g, ans: times(g, DEGREE * (1.0 + ans * ans)))
elementwise(of(special.cotdg), x=lambda g, ans: times(g, -DEGREE * (1.0 + ans * ans)))
declare(
    special.radian,
    x=lambda g: g * DEGREE,
    y=lambda g: g * (DEGREE / 60.0),
    z=lambda g: g * (DEGREE / 3600.0),
)


def _exprel_slope(x):
    """The slope of (exp(x) - 1) / x; near 0 by its series."""
    near = abs(x) < 1.0
    small, away = np.where(near, x, 0.0), np.where(near, 1.0, x)
    series = 0.0
    for k in range(18, 0, -1):  # xᵏ⁻¹ k / (k + 1)!
        series = series * small + k / math.factorial(k + 1)
    exprel = special.exprel(away)
    return np.where(near, series, exprel * (1.0 - 1.0 / away) + 1.0 / away)


elementwise(of(special.exprel), changes_dtype=True, x=lambda g, x: times(g, _exprel_slope(x)))

# -- x log y -----------------------------------------------------------------------------------


def _quotient(g, x, y):
    """g x / y, and 0 where x is 0."""
    return times(g, np.where(x == 0, 0.0, x / np.where(x == 0, 1.0, y)))


def _log_quotient(x, y):
    with quietly():
        return np.log(np.divide(x, y))


declare(
    special.xlogy,
    x=lambda g, y: times(g, _log(y)),
    y=lambda g, x, y: _quotient(g, as_array(x), y),
)
declare(
    special.xlog1py,
    x=lambda g, y: times(g, _log(np.add(y, 1.0))),
    y=lambda g, x, y: _quotient(g, as_array(x), 1.0 + y),
)
declare(special.entr, x=lambda g, x: times(g, -1.0 - _log(x)))
declare(
    special.rel_entr,
    x=lambda g, x, y: times(g, 1.0 + _log_quotient(x, y)),
    y=lambda g, x, y: -_quotient(g, as_array(x), y),
)
declare(
    special.kl_div,
    x=lambda g, x, y: times(g, _log_quotient(x, y)),
    y=lambda g, x, y: g - _quotient(g, as_array(x), y),
)


def _log(x):
    with quietly():
        return np.log(x)


# -- powers ------------------------------------------------------------------------------------


def _box_slope(log, t, lam):
    """The slope of (exp(t) - 1) / λ in λ, for t = λ log: log² times that of exprel.

    As t falls to -∞, that of exprel is 1/t².
    """
    gone = np.isneginf(t)
    log, t = np.where(gone, 0.0, log), np.where(gone, 0.0, t)
    limit = 1.0 / np.where(gone, lam * lam, 1.0)
    return np.where(gone, limit, log * log * _exprel_slope(t))


def _by_power(log, lam):
    with quietly():
        return _box_slope(log, np.multiply(lam, log), as_array(lam))


declare(
    special.powm1,
    x=lambda g, x, y: times(g, y * np.power(x, np.subtract(y, 1.0))),
    y=lambda g, ans, x: times(g, special.xlogy(ans + 1.0, x)),
)
declare(
    special.boxcox,
    x=lambda g, x, y: times(g, np.power(x, np.subtract(y, 1.0))),
    y=lambda g, x, y: times(g, _by_power(_log(x), y)),
)
declare(
    special.boxcox1p,
    x=lambda g, x, y: times(g, np.power(1.0 + x, np.subtract(y, 1.0))),
    y=lambda g, x, y: times(g, _by_power(np.log1p(x), y)),
)
declare(
    special.inv_boxcox,
    x=lambda g, ans, y: times(g, np.power(ans, np.subtract(1.0, y))),
    y=lambda g, ans, y: times(g, -_by_power(_log(ans), y) * np.power(ans, np.subtract(1.0, y))),
)
declare(
    special.inv_boxcox1p,
    x=lambda g, ans, y: times(g, np.power(1.0 + ans, np.subtract(1.0, y))),
    y=lambda g, ans, y: times(
        g, -_by_power(np.log1p(ans), y) * np.power(1.0 + ans, np.subtract(1.0, y))
    ),
)

# -- losses ------------------------------------------------------------------------------------
declare(
    special.huber,
    x=lambda g, x, y: g * np.maximum(np.subtract(np.abs(y), x), 0.0),
    y=lambda g, x, y: g * np.clip(y, np.negative(x), x),
)


def _radius(g, delta, r):
    h = np.hypot(delta, r)
    return over(g, h), h


declare(
    special.pseudo_huber,
    x=lambda g, x, y: _radius(g, x, y)[0] * (_radius(g, x, y)[1] - x) ** 2,
    y=lambda g, x, y: _radius(g, x, y)[0] * x * y,
)
