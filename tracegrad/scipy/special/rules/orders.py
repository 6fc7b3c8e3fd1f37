"""Slopes in orders and parameters that have no closed form: central differences.

The functions are analytic in these arguments. Differences over m pairs of points at distances h,
2h … mh err by (m!)² / (2m + 1)! h²ᵐ times the derivative of order 2m + 1 (B. Fornberg, Mathematics
of Computation 51 (1988), 699). That is below rounding where h is small beside the length over
which the function grows e-fold or turns, and beside the distance to its poles. What the nearest
six and all eight pairs give is compared: where they disagree, the slope is NaN.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....core.box import getval
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.safe import quietly
from .slopes import declare, inputs, rule_of

PAIRS = 8
# What SciPy's function lacks in smoothness is some 1e3 times as large in the slope as between the
# estimates: slopes that are kept are good to 1e-8 of the larger of function and slope.
AGREEMENT = 1e-11


def _weight(m, j):
    """Of f(x + jh) - f(x - jh) in the estimate of h f'(x) from m pairs."""
    if j > m:
        return 0.0
    return (-1) ** (j + 1) * math.factorial(m) ** 2 / (
        j * math.factorial(m - j) * math.factorial(m + j)
    )  # fmt: skip


_DISTANCES = np.arange(1.0, PAIRS + 1)
_ALL, _NEAREST = [[_weight(m, j) for j in range(1, PAIRS + 1)] for m in (PAIRS, PAIRS - 2)]


def _difference(fun, args, at, h):
    """The derivative of `fun` in its argument `at` from points at distances h."""
    x = args[at].astype(np.float64)
    h = h + np.zeros(np.broadcast_shapes(*[np.shape(a) for a in args]))
    steps = _DISTANCES.reshape(PAIRS, *[1] * h.ndim) * h

    def along(moved):
        return fun(*args[:at], moved, *args[at + 1 :])

    with quietly():
        above, below = along(x + steps), along(x - steps)
        slope = np.tensordot(_ALL, above - below, 1) / h
        above, below = getval(above), getval(below)
        found, other = getval(slope), np.tensordot(_NEAREST, above - below, 1) / h
        size = np.max(np.maximum(abs(above), abs(below)), 0) / h
        agree = abs(found - other) <= AGREEMENT * (abs(found) + size)
    return slope * np.where(agree, 1.0, np.nan)


def _step(*sizes, poles=None):
    """A distance in which no function of parameters and arguments of such sizes changes much.

    The slope of the logarithm in a parameter is a logarithm of the sizes.
    """
    with quietly():
        logs = [np.minimum(abs(np.log(abs(np.asarray(size)))), 700.0) for size in sizes]
    h = 0.25 / (2.0 + sum(logs))
    if poles is not None:  # at 0, -1, -2 …
        h = np.minimum(h, np.where(poles > 0.5, poles, abs(poles - np.round(poles))) / 32)
    return h


def _by_difference(fun, **steps):
    """Argument → the distance of the points, a function of all arguments."""
    primitive = of(fun)
    names = inputs(primitive)

    def derivative(at, step):
        return lambda *args: _difference(primitive, args, at, step(*map(getval, args)))

    rules = {n: rule_of(names, derivative(names.index(n), step)) for n, step in steps.items()}
    declare(fun, changes_dtype=True, **rules)


# -- Bessel, Hankel and Struve functions, and their derivatives ----------------------------------
def _of_order(v, z, *n):
    return _step(1.0 + abs(v), z)


for _fun in (
    special.jv, special.yv, special.iv, special.kv, special.jve, special.yve, special.ive,
    special.kve, special.hankel1, special.hankel2, special.hankel1e, special.hankel2e,
    special.struve, special.modstruve,
):  # fmt: skip
    _by_difference(_fun, x=_of_order)
for _fun in (
    special.jvp, special.yvp, special.ivp, special.kvp, special.h1vp, special.h2vp,
):  # fmt: skip
    _by_difference(_fun, v=_of_order)


def _besselpoly(a, power, v):
    return _step(1.0 + abs(power), 1.0 + abs(v), a, poles=power + v + 1.0)


_by_difference(special.besselpoly, y=_besselpoly, z=_besselpoly)


# -- hypergeometric functions; SciPy's hyperu is too rough for it --------------------------------
def _size(*parameters):
    return math.prod(1.0 + abs(p) for p in parameters)


_by_difference(special.hyp0f1, x=lambda v, z: _step(_size(v), z, poles=v))
_by_difference(
    special.hyp1f1,
    x=lambda a, b, z: _step(_size(a, b), z),
    y=lambda a, b, z: _step(_size(a, b), z, poles=b),
)
_by_difference(
    special.hyp2f1,
    x=lambda a, b, c, z: _step(_size(a, b, c), z, 1.0 - z),
    y=lambda a, b, c, z: _step(_size(a, b, c), z, 1.0 - z),
    z=lambda a, b, c, z: _step(_size(a, b, c), z, 1.0 - z, poles=c),
)


def _wright(a, b, x):
    return _step(_size(a, b), x, poles=np.minimum(a, b))


_by_difference(special.wright_bessel, x=_wright, y=_wright)


# -- polynomials in real degrees and in their parameters -----------------------------------------
def _jacobi(n, alpha, beta, x):
    return _step(_size(n, alpha, beta), 1.0 - x, 1.0 + x, poles=alpha + 1.0)


def _shifted_jacobi(n, p, q, x):
    return _jacobi(n, q - 1.0, p - q, 2.0 * x - 1.0)


def _gegenbauer(n, alpha, x):
    return _step(_size(n, alpha), 1.0 - x, 1.0 + x, poles=alpha + 0.5)


def _laguerre(n, alpha, x):
    return _step(_size(n, alpha), x, poles=alpha + 1.0)


def _degree(centre=0.0, half=1.0):
    """For polynomials on an interval."""
    return lambda n, x: _step(_size(n), half - (x - centre), half + (x - centre))


_by_difference(special.eval_jacobi, x=_jacobi, y=_jacobi, z=_jacobi)
_by_difference(special.eval_sh_jacobi, x=_shifted_jacobi, y=_shifted_jacobi, z=_shifted_jacobi)
_by_difference(special.eval_gegenbauer, x=_gegenbauer, y=_gegenbauer)
_by_difference(special.eval_genlaguerre, x=_laguerre, y=_laguerre)
_by_difference(special.eval_laguerre, x=lambda n, x: _laguerre(n, 0.0, x))
for _fun in (special.eval_legendre, special.eval_chebyt, special.eval_chebyu):
    _by_difference(_fun, x=_degree())
for _fun in (special.eval_sh_legendre, special.eval_sh_chebyt, special.eval_sh_chebyu):
    _by_difference(_fun, x=_degree(0.5, 0.5))
for _fun in (special.eval_chebyc, special.eval_chebys):
    _by_difference(_fun, x=_degree(0.0, 2.0))
_by_difference(special.lpmv, y=lambda m, v, x: _step(_size(m, v), 1.0 - x, 1.0 + x))
