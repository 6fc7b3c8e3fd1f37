"""Samples whose derivative follows from their distribution function alone.

A generator that rejects or branches is no smooth function of its parameters, but the distribution
is. With F(z; θ) held fixed, dz/dθ = -(∂F/∂θ) / f, and such samples have the derivative of every
mean right (Figurnov, Mohamed and Mnih 2018, "Implicit reparameterization gradients").

With h = log f and the score ∂h/∂θ, that slope is the integral of score(x) exp(h(x) - h(z)) from z
to either end of the line: both agree, as the score has mean 0. The end is chosen that leaves terms
of one sign wherever the score changes sign once, so that no digits cancel. Variables are chosen in
which h is concave, so that it falls ever faster and the integral can be cut off.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....core.primitive import Primitive
from ...kinds import elementwise
from ..safe import quietly, times

__all__ = ["gamma_slope", "log_gamma", "log_odds", "log_wald", "odds_slope", "turn"]

NODES, WEIGHTS = [0.5 * x for x in np.polynomial.legendre.leggauss(64)]
NODES = NODES + 0.5
FALL = 40.0  # exp(-40) is below the rounding of 1


def _special(name):
    """A function of scipy.special, which takes long to import, when it is called."""
    from scipy import special

    return getattr(special, name)


_polygamma = Primitive(lambda n, x: _special("polygamma")(n, x), name="polygamma")
elementwise(_polygamma, n=None, x=lambda g, n, x: g * _polygamma(n + 1, x))


def _digamma(x):
    return _polygamma(0, x)


def _digamma_rise(a, b):
    """ψ(a + b) - ψ(a), with all its digits where b is small beside a.

    By the recurrence and Stirling's series (NIST DLMF 5.5.2 and 5.11.2), differences in them
    written as products.
    """
    rise = sum(b / (a + b + j) / (a + j) for j in range(15))
    a = a + 15.0
    grown = np.log1p(b / a)
    rise = rise + grown + 0.5 * b / (a + b) / a
    for k, divisor in enumerate((12.0, -120.0, 252.0, -240.0, 132.0, -32760.0 / 691.0), 1):
        rise = rise - np.expm1(-2 * k * grown) * a ** (-2 * k) / divisor
    return rise


def _reach(fall, sign):
    """How far h has fallen by 40, by bisection of the distance's exponent."""
    low, high = -60.0, 60.0
    for _ in range(12):
        middle = 0.5 * (low + high)
        fallen = ~(fall(sign * np.exp2(middle)) > -FALL)
        low, high = np.where(fallen, low, middle), np.where(fallen, middle, high)
    return np.exp2(high)


def _steps(z, fall, up, centre):
    """Steps away from z and their weights, dense near `centre`, where h may bend.

    By Gauss and Legendre in v, for x = centre + sinh(v). The differences of sinh are written as
    products, for the sake of narrow peaks.
    """
    sign = np.where(up, 1.0, -1.0)
    start = np.arcsinh(z - centre)
    length = np.arcsinh(z - centre + sign * _reach(fall, sign)) - start
    for node, weight in zip(NODES, WEIGHTS):
        half = 0.5 * length * node
        step = 2.0 * np.sinh(half) * np.cosh(start + half)
        yield step, length * weight * np.cosh(start + 2.0 * half)


def _slope(score, fall, steps):
    total = 0.0
    for step, weight in steps:
        total = total + score(step) * np.exp(fall(step)) * weight
    return total


def _by_tail(score, fall, z, parameters, up, centre=0.0):
    """The slope, from functions `(step, z, *parameters)`; steps are constants."""
    plain = [np.asarray(getval(x), np.float64) for x in (z, *parameters)]
    with quietly(), np.errstate(over="ignore", under="ignore"):
        steps = _steps(plain[0], lambda step: fall(step, *plain), up, centre)
        return _slope(
            lambda step: score(step, z, *parameters), lambda step: fall(step, z, *parameters), steps
        )


# -- the logarithm of a gamma variable: h = a z - exp(z) - log Γ(a) ------------------------------


def gamma_slope(z, a):
    mean = _digamma(a)
    return _by_tail(
        lambda step, z, a, mean: z - mean + step,
        lambda step, z, a, mean: a * step - np.exp(z) * np.expm1(step),
        z, (a, mean), getval(z) > getval(mean),
    )  # fmt: skip


log_gamma = Primitive(lambda z, a: z, name="log_gamma")
elementwise(log_gamma, z=None, a=lambda g, ans, a: times(g, gamma_slope(ans, a)))


# -- the log-odds of a beta variable: h = a log p(z) + b log p(-z) - log B(a, b),
#    p = 1 / (1 + exp(-z)) -----------------------------------------------------------------------


def _log_p(z):
    return -np.logaddexp(0.0, -z)


def _odds_fall(step, z, a, b, mean):
    """p(z) / p(z + s) is exp(-s) (1 + p(z) (exp(s) - 1)), read from the end that is nearer to z."""
    left = getval(z) < 0.0
    away = np.where(left, step, -step)
    near, rest = _log_p(np.where(left, z, -z)), _log_p(np.where(left, -z, z))
    grown = np.where(
        away < 30.0,
        np.log1p(np.exp(near) * np.expm1(np.minimum(away, 30.0))),
        np.logaddexp(rest, near + away),
    )
    return np.where(left, a, -b) * step - (a + b) * grown


def odds_slope(z, a, b):
    mean = -_digamma_rise(a, b)
    return _by_tail(
        lambda step, z, a, b, mean: _log_p(z + step) - mean, _odds_fall,
        z, (a, b, mean), _log_p(getval(z)) > getval(mean),
        centre=np.log((1.0 + getval(a)) / (1.0 + getval(b))),
    )  # fmt: skip


log_odds = Primitive(lambda z, a, b: z, name="log_odds")
elementwise(
    log_odds,
    z=None,
    a=lambda g, ans, a, b: times(g, odds_slope(ans, a, b)),
    b=lambda g, ans, a, b: times(g, -odds_slope(-ans, b, a)),
)


# -- the logarithm of an inverse Gaussian variable of mean 1:
#    h = (log c - z) / 2 - c (cosh z - 1) --------------------------------------------------------


def _wald_slope(z, c):
    return _by_tail(
        lambda step, z, c: 0.5 / c - 2.0 * np.sinh(0.5 * (z + step)) ** 2,
        lambda step, z, c: -0.5 * step - 2.0 * c * np.sinh(z + 0.5 * step) * np.sinh(0.5 * step),
        z, (c,), getval(z) > 0.0,
    )  # fmt: skip


log_wald = Primitive(lambda z, c: z, name="log_wald")
elementwise(log_wald, z=None, c=lambda g, ans, c: times(g, _wald_slope(ans, c)))


# -- the angle of a von Mises variable: h = c (cos z - 1) - log I0(c), on a circle ----------------


def _mean_cosine_slope(g, ans, c):
    small = getval(c) < 1e-4  # where the quotient is rounding errors, two terms of its series
    quotient = np.where(small, 0.5 - c * c / 16.0, ans / np.where(small, 1.0, c))
    return g * (1.0 - quotient - ans * ans)


_mean_cosine = Primitive(lambda c: _special("i1e")(c) / _special("i0e")(c), name="mean_cosine")
elementwise(_mean_cosine, c=_mean_cosine_slope)


def _turn_slope(z, c):
    """From the angle to 0 where the score is positive, else to as near to π as counts."""
    mean = _mean_cosine(c)
    side = np.where(getval(z) < 0.0, -1.0, 1.0)
    z = z * side
    angle, strength = getval(z), getval(c)
    with quietly():
        end = np.arccos(np.maximum(np.cos(angle) - FALL / strength, -1.0))
    length = np.where(np.cos(angle) < getval(mean), end, 0.0) - angle
    return side * _slope(
        lambda step: 1.0 - mean - 2.0 * np.sin(0.5 * (z + step)) ** 2,
        lambda step: -2.0 * c * np.sin(z + 0.5 * step) * np.sin(0.5 * step),
        [(length * node, length * weight) for node, weight in zip(NODES, WEIGHTS)],
    )


turn = Primitive(lambda z, c: z, name="turn")
elementwise(turn, z=None, c=lambda g, ans, c: times(g, _turn_slope(ans, c)))
