"""Incomplete gamma and beta functions, and their inverses, in every argument.

As distribution functions of the logarithm of a gamma variable, and of the log-odds of a beta
variable, their slopes in the parameters are integrals of terms of one sign: see
`tracegrad.numpy.rules.implicit`.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....numpy.rules.arrays import as_array
from ....numpy.rules.random.implicit import gamma_slope, odds_slope
from ....numpy.rules.safe import quietly, times
from .slopes import declare

__all__ = ["beta_weight", "betaincc", "gamma_weight"]


def _log1p_less(d):
    """log(1 + d) - d, near 0 by the series of 2 artanh(d / (2 + d))."""
    near = abs(d) < 0.5
    small = np.where(near, d, 0.0)
    r = small / (2.0 + small)
    series = 0.0
    for k in range(17, -1, -1):
        series = series * r * r + 1.0 / (2 * k + 3)
    away = np.where(near, 1.0, d)
    return np.where(near, r * (2.0 * r * r * series - small), np.log1p(away) - away)


def _stirling(a):
    """a log a - a - log Γ(a), without cancellation for large a (DLMF 5.11.1)."""
    large = a > 20.0
    big, small = np.where(large, a, 20.0), np.where(large, 1.0, a)
    i = 1.0 / (big * big)
    rest = (1 / 12 - i * (1 / 360 - i * (1 / 1260 - i * (1 / 1680 - i / 1188)))) / big
    return np.where(
        large,
        0.5 * np.log(big / (2.0 * math.pi)) - rest,
        small * np.log(small) - small - special.gammaln(small),
    )


def gamma_weight(a, x, less=0.0):
    """xᵃ⁻ˡᵉˢˢ e⁻ˣ / Γ(a): without `less` the density of the logarithm of a gamma variable."""
    with quietly():
        inside = (x > 0.0) & (x < np.inf) & (a > 0.0) & (a < np.inf)
        y, b = np.where(inside, x, 1.0), np.where(inside, a, 1.0)
        near = abs(y - b) < 0.5 * b
        d = np.where(near, (y - b) / b, 0.0)
        # far from the peak log(x / a) has the digits that 1 + (x - a) / a has lost
        z = np.where(near, 1.0, y / b)
        fall = np.where(near, _log1p_less(d), np.log(z) - z + 1.0)
        return np.where(inside, np.exp(b * fall + _stirling(b) - less * np.log(y)), 0.0)


def _gamma_density(a, x):
    """xᵃ⁻¹ e⁻ˣ / Γ(a), and its limit at 0."""
    with quietly():
        edge = np.where(a < 1.0, np.inf, np.where(a == 1.0, 1.0, 0.0))
        return np.where(x == 0.0, edge, gamma_weight(a, x, 1.0))


def _log_gamma_slope(a, x):
    """How the logarithm of a quantile moves with a."""
    inside = (x > 0.0) & (x < np.inf) & (a > 0.0) & (a < np.inf)
    y, b = np.where(inside, x, 1.0), np.where(inside, a, 1.0)
    return np.where(inside, gamma_slope(np.log(y), b), 0.0)


def _both(function):
    return lambda *args: function(*map(as_array, args))


_weight, _density, _moves = map(_both, (gamma_weight, _gamma_density, _log_gamma_slope))

declare(
    special.gammainc,
    x=lambda g, x, y: times(g, -_weight(x, y) * _moves(x, y)),
    y=lambda g, x, y: times(g, _density(x, y)),
)
declare(
    special.gammaincc,
    x=lambda g, x, y: times(g, _weight(x, y) * _moves(x, y)),
    y=lambda g, x, y: times(g, -_density(x, y)),
)
declare(
    special.gammaincinv,
    x=lambda g, ans, x: times(g, ans * _moves(x, ans)),
    y=lambda g, ans, x: times(g, 1.0 / _density(x, ans)),
)
declare(
    special.gammainccinv,
    x=lambda g, ans, x: times(g, ans * _moves(x, ans)),
    y=lambda g, ans, x: times(g, -1.0 / _density(x, ans)),
)

# -- beta ---------------------------------------------------------------------------------------


def _inside(a, b, x):
    inside = (x > 0.0) & (x < 1.0) & (a > 0.0) & (b > 0.0) & (a + b < np.inf)
    return inside, *[np.where(inside, y, 0.5) for y in (a, b, x)]


def beta_weight(a, b, x):
    """xᵃ (1 - x)ᵇ / B(a, b): the density of the log-odds of a beta variable."""
    inside, a, b, x = _inside(a, b, x)
    # relative to the peak, at p = a / (a + b), where three terms of order a + b would cancel
    n = a + b
    p, q = a / n, b / n
    left, right = (x - p) / p, (p - x) / q
    with quietly():
        fall = a * _log_ratio(left, x / p) + b * _log_ratio(right, (1.0 - x) / q)
    peak = _stirling(a) + _stirling(b) - _stirling(n)
    return np.where(inside, np.exp(fall + peak), 0.0)


def _log_ratio(d, ratio):
    """log(ratio) - d for ratio = 1 + d."""
    near = abs(d) < 0.5
    away = np.where(near, 1.0, ratio)
    return np.where(near, _log1p_less(np.where(near, d, 0.0)), np.log(away) - d)


def _beta_density(a, b, x):
    with quietly():
        inner = beta_weight(a, b, x) / np.where((x > 0.0) & (x < 1.0), x * (1.0 - x), 1.0)
        at_0 = np.where(a < 1.0, np.inf, np.where(a == 1.0, b, 0.0))
        at_1 = np.where(b < 1.0, np.inf, np.where(b == 1.0, a, 0.0))
        return np.where(x == 0.0, at_0, np.where(x == 1.0, at_1, inner))


def _odds_moves(a, b, x):
    """How the log-odds of a quantile move with a, and with b."""
    inside, a, b, x = _inside(a, b, x)
    return np.where(inside, odds_slope(np.log(x) - np.log1p(-x), a, b), 0.0)


def _odds_moves_back(a, b, x):
    inside, a, b, x = _inside(a, b, x)
    return np.where(inside, -odds_slope(np.log1p(-x) - np.log(x), b, a), 0.0)


_peak, _height = _both(beta_weight), _both(_beta_density)
_by_a, _by_b = _both(_odds_moves), _both(_odds_moves_back)

declare(
    special.betainc,
    x=lambda g, x, y, z: times(g, -_peak(x, y, z) * _by_a(x, y, z)),
    y=lambda g, x, y, z: times(g, -_peak(x, y, z) * _by_b(x, y, z)),
    z=lambda g, x, y, z: times(g, _height(x, y, z)),
)
declare(
    special.betaincinv,
    x=lambda g, ans, x, y: times(g, ans * (1.0 - ans) * _by_a(x, y, ans)),
    y=lambda g, ans, x, y: times(g, ans * (1.0 - ans) * _by_b(x, y, ans)),
    z=lambda g, ans, x, y: times(g, 1.0 / _height(x, y, ans)),
)
if hasattr(special, "betaincc"):
    declare(
        special.betaincc,
        x=lambda g, x, y, z: times(g, _peak(x, y, z) * _by_a(x, y, z)),
        y=lambda g, x, y, z: times(g, _peak(x, y, z) * _by_b(x, y, z)),
        z=lambda g, x, y, z: times(g, -_height(x, y, z)),
    )
    declare(
        special.betainccinv,
        x=lambda g, ans, x, y: times(g, ans * (1.0 - ans) * _by_a(x, y, ans)),
        y=lambda g, ans, x, y: times(g, ans * (1.0 - ans) * _by_b(x, y, ans)),
        z=lambda g, ans, x, y: times(g, -1.0 / _height(x, y, ans)),
    )


def betaincc(a, b, x):
    """SciPy's from 1.12 on."""
    return (
        special.betaincc(a, b, x)
        if hasattr(special, "betaincc")
        else special.betainc(b, a, 1.0 - x)
    )
