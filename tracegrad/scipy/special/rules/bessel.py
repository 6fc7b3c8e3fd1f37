"""Bessel functions in their argument, by the recurrences of NIST DLMF 10.6 and 10.29."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....modes.rule import Rule
from ....numpy.kinds import elementwise
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import quietly, times
from .slopes import declare


def _mean(f, v, z, sign):
    """(f of order v - 1, plus or minus f of order v + 1) / 2."""
    v = as_array(v)
    return 0.5 * (f(v - 1, z) + sign * f(v + 1, z))


# -- cylinder functions --------------------------------------------------------------------------
declare(special.jv, y=lambda g, x, y: times(g, _mean(special.jv, x, y, -1)))
declare(special.yv, y=lambda g, x, y: times(g, _mean(special.yv, x, y, -1)))
declare(special.iv, y=lambda g, x, y: times(g, _mean(special.iv, x, y, 1)))
declare(special.kv, y=lambda g, x, y: times(g, -_mean(special.kv, x, y, 1)))


def _yn_slope(n, x):
    below = special.yn(abs(n - 1), x) * np.where(np.equal(n, 0), -1, 1)
    return 0.5 * (below - special.yn(n + 1, x))


declare(special.yn, y=lambda g, x, y: times(g, _yn_slope(as_array(x), y)))
declare(special.kn, y=lambda g, x, y: times(g, -0.5 * (
    special.kn(abs(as_array(x) - 1), y) + special.kn(as_array(x) + 1, y)
)))  # fmt: skip
elementwise(of(special.j0), x=lambda g, x: g * -special.j1(x))
elementwise(of(special.y0), x=lambda g, x: times(g, -special.y1(x)))
elementwise(of(special.i0), x=lambda g, x: times(g, special.i1(x)))
elementwise(of(special.k0), x=lambda g, x: times(g, -special.k1(x)))
elementwise(of(special.j1), x=lambda g, x: g * (0.5 * (special.j0(x) - special.jv(2.0, x))))
elementwise(of(special.y1), x=lambda g, x: times(g, 0.5 * (special.y0(x) - special.yv(2.0, x))))
elementwise(of(special.i1), x=lambda g, x: times(g, 0.5 * (special.i0(x) + special.iv(2.0, x))))
elementwise(of(special.k1), x=lambda g, x: times(g, -0.5 * (special.k0(x) + special.kv(2.0, x))))

# -- scaled by exp(-|x|) or exp(x) ---------------------------------------------------------------
elementwise(of(special.i0e), x=lambda g, ans, x: g * (special.i1e(x) - np.sign(x) * ans))
elementwise(of(special.i1e), x=lambda g, ans, x: g * (
    0.5 * (special.i0e(x) + special.ive(2.0, x)) - np.sign(x) * ans
))  # fmt: skip
elementwise(of(special.k0e), x=lambda g, ans, x: times(g, ans - special.k1e(x)))
elementwise(of(special.k1e), x=lambda g, ans, x: times(
    g, ans - 0.5 * (special.k0e(x) + special.kve(2.0, x))
))  # fmt: skip
declare(special.kve, y=lambda g, ans, x, y: times(g, ans - _mean(special.kve, x, y, 1)))


def _scaled(fun, sign, part, unit):
    """A function times exp(-|part of z|), which is not holomorphic: Re(unit t) is that part of t.

    The scale moves by -sgn(part of z) Re(unit t), and the transpose of that is unit Re(g).
    """
    primitive = declare(fun, y=None)

    def slopes(v, z, ans):
        return _mean(fun, v, z, sign), np.sign(part(z)) * ans

    def push(t, x, y, ans):
        plain, scale = slopes(x, y, ans)
        return t * plain - scale * np.real(t * unit)

    def pull(g, x, y, ans):
        plain, scale = slopes(x, y, ans)
        return g * plain - np.real(g * scale) * unit

    primitive.jvps["y"] = Rule(push, primitive.signature, elementwise=True)
    primitive.vjps["y"] = Rule(pull, primitive.signature, elementwise=True)
    primitive.handle(primitive.handles | {"x"})


_scaled(special.jve, -1, np.imag, -1j)
_scaled(special.yve, -1, np.imag, -1j)
_scaled(special.ive, 1, np.real, 1.0)

# -- Hankel functions; their results are complex ------------------------------------------------


def _complex(fun, rule):
    declare(fun, changes_dtype=True, y=rule)


_complex(special.hankel1, lambda g, x, y: g * _mean(special.hankel1, x, y, -1))
_complex(special.hankel2, lambda g, x, y: g * _mean(special.hankel2, x, y, -1))
_complex(special.hankel1e, lambda g, ans, x, y: g * (_mean(special.hankel1e, x, y, -1) - ans * 1j))
_complex(special.hankel2e, lambda g, ans, x, y: g * (_mean(special.hankel2e, x, y, -1) + ans * 1j))

# -- derivatives of these, of order n -----------------------------------------------------------


def _next(fun):
    primitive = of(fun)
    elementwise(primitive, changes_dtype=True, z=lambda g, v, z, n: g * primitive(v, z, n + 1))


for _fun in (
    special.jvp, special.yvp, special.ivp, special.kvp, special.h1vp, special.h2vp,
):  # fmt: skip
    _next(_fun)


# -- spherical ----------------------------------------------------------------------------------


def _spherical(fun, below, above):
    """(2n + 1) f'ₙ = below n fₙ₋₁ + above (n + 1) fₙ₊₁: DLMF 10.51.2 and 10.51.5."""
    primitive = of(fun)

    def rule(g, n, z, derivative):
        if not derivative:
            return times(g, primitive(n, z, True))
        n = as_array(n)
        lower = np.where(n > 0, below * n / (2 * n + 1), 0.0) * primitive(abs(n - 1), z, True)
        return times(g, lower + above * (n + 1) / (2 * n + 1) * primitive(n + 1, z, True))

    elementwise(primitive, changes_dtype=True, z=rule)


_spherical(special.spherical_jn, 1, -1)
_spherical(special.spherical_yn, 1, -1)
_spherical(special.spherical_in, 1, 1)
_spherical(special.spherical_kn, -1, -1)

# -- Struve functions: DLMF 11.4.27 and 11.4.28 -------------------------------------------------


def _struve_slope(fun, v, x, sign):
    v = as_array(v)
    rest = np.power(0.5 * x, v) * special.rgamma(v + 1.5) / math.sqrt(math.pi)
    return _mean(fun, v, x, sign) + 0.5 * rest


declare(special.struve, y=lambda g, x, y: times(g, _struve_slope(special.struve, x, y, -1)))
declare(special.modstruve, y=lambda g, x, y: times(g, _struve_slope(special.modstruve, x, y, 1)))


def _besselpoly_slope(a, power, v):
    """The integral of 2 x^(power + 1) J'ᵥ(2 a x) over x from 0 to 1, where J'ᵥ(z) is
    (Jᵥ₋₁(z) - Jᵥ₊₁(z)) / 2 or, of orders below 1, v Jᵥ(z) / z - Jᵥ₊₁(z).
    """
    v, above = as_array(v), np.add(power, 1.0)
    upper = special.besselpoly(a, above, v + 1.0)
    by_both = special.besselpoly(a, above, np.where(v < 1, 1.0, v) - 1.0) - upper
    with quietly():
        by_upper = v * special.besselpoly(a, power, v) / a - 2.0 * upper
    return np.where(v < 1, np.where(v == 0, -2.0 * upper, by_upper), by_both)


declare(special.besselpoly, x=lambda g, x, y, z: times(g, _besselpoly_slope(x, y, z)))
