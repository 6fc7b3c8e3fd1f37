"""Airy and Kelvin functions, and integrals of Bessel, Struve and Airy functions."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....core.box import getval
from ....numpy.kinds import composed, elementwise
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import times
from .slopes import declare, outputs


def _together(fun, *parts):
    composed(of(fun), lambda x: tuple([part(x) for part in parts]))


# -- Airy functions: w'' = z w ------------------------------------------------------------------
_ai, _aip, _bi, _bip = outputs(special.airy)
declare(_ai, x=lambda g, x: g * _aip(x))
declare(_aip, x=lambda g, x: g * (x * _ai(x)))
declare(_bi, x=lambda g, x: times(g, _bip(x)))
declare(_bip, x=lambda g, x: times(g, x * _bi(x)))
_together(special.airy, _ai, _aip, _bi, _bip)

# -- scaled by exp(ζ) and exp(-|Re ζ|), ζ = 2/3 z √z. The second is not holomorphic: its scale is
#    held fixed in one factor and is all that moves in the other, which is 1.
_aie, _aipe, _bie, _bipe = outputs(special.airye)
declare(_aie, x=lambda g, ans, x: times(g, _aipe(x) + np.sqrt(x) * ans))
declare(_aipe, x=lambda g, ans, x: times(g, x * _aie(x) + np.sqrt(x) * ans))
declare(_bie, x=lambda g, x: g * _bipe(x))
declare(_bipe, x=lambda g, x: g * (x * _bie(x)))


def _airye(x):
    x = as_array(x)
    right = x if x.dtype.kind == "c" else np.maximum(x, 0.0)
    moving = abs(np.real((2.0 / 3.0) * right * np.sqrt(right)))
    scale = np.exp(getval(moving) - moving)
    return _aie(x), _aipe(x), _bie(x) * scale, _bipe(x) * scale


composed(of(special.airye), _airye)

# -- Kelvin functions: f'' = i f - f'/x for f = ber + i bei and ker + i kei --------------------


def _over_x(slope, x, first):
    """f'(x) / x, where at 0 the series of f' is (first x or -x³/16)."""
    at_0 = x == 0
    limit = first if first else -x * x / 16.0
    return np.where(at_0, limit, slope / np.where(at_0, 1.0, x))


elementwise(of(special.ber), x=lambda g, x: g * special.berp(x))
elementwise(of(special.bei), x=lambda g, x: g * special.beip(x))
elementwise(
    of(special.berp),
    changes_dtype=True,
    x=lambda g, ans, x: g * (-special.bei(x) - _over_x(ans, x, 0)),
)
elementwise(
    of(special.beip),
    changes_dtype=True,
    x=lambda g, ans, x: g * (special.ber(x) - _over_x(ans, x, 0.5)),
)
elementwise(of(special.ker), x=lambda g, x: times(g, special.kerp(x)))
elementwise(of(special.kei), x=lambda g, x: times(g, special.keip(x)))
elementwise(of(special.kerp), x=lambda g, ans, x: times(g, -special.kei(x) - ans / x))
elementwise(of(special.keip), x=lambda g, ans, x: times(g, special.ker(x) - ans / x))


def _kelvin(x):
    return (
        special.ber(x) + special.bei(x) * 1j,
        special.ker(x) + special.kei(x) * 1j,
        special.berp(x) + special.beip(x) * 1j,
        special.kerp(x) + special.keip(x) * 1j,
    )


composed(of(special.kelvin), _kelvin)

# -- integrals of Bessel functions --------------------------------------------------------------


def _integrals(fun, *slopes):
    parts = outputs(fun)
    for part, slope in zip(parts, slopes):
        declare(part, changes_dtype=True, x=lambda g, x, slope=slope: times(g, slope(x)))
    _together(fun, *parts)


def _rise(x, fun, sign):
    """(f(x) - 1) / x for f = J₀ (sign -1) or I₀ (1), near 0 by the series of f."""
    near = abs(x) < 1.0
    small, away = np.where(near, x, 0.0), np.where(near, 1.0, x)
    series, square = 0.0, 0.25 * small * small
    for k in range(10, 0, -1):
        series = series * square + sign**k / math.factorial(k) ** 2
    return np.where(near, 0.25 * small * series, (fun(away) - 1.0) / away)


_integrals(special.itj0y0, special.j0, special.y0)
_integrals(special.iti0k0, special.i0, special.k0)
_integrals(special.it2j0y0, lambda x: -_rise(x, special.j0, -1), lambda x: -special.y0(x) / x)
_integrals(special.it2i0k0, lambda x: _rise(x, special.i0, 1), lambda x: -special.k0(x) / x)
_integrals(
    special.itairy,
    lambda x: special.airy(x)[0],
    lambda x: special.airy(x)[2],
    lambda x: special.airy(-x)[0],
    lambda x: special.airy(-x)[2],
)


def _struve_quotient(x):
    """H₀(x) / x."""
    at_0 = x == 0
    quotient = special.struve(0.0, x) / np.where(at_0, 1.0, x)
    return np.where(at_0, 2.0 / math.pi, quotient)


def _struve_integral(fun, slope):
    elementwise(of(fun), changes_dtype=True, x=lambda g, x: times(g, slope(x)))


_struve_integral(special.itstruve0, lambda x: special.struve(0.0, x))
_struve_integral(special.itmodstruve0, lambda x: special.modstruve(0.0, x))
_struve_integral(special.it2struve0, lambda x: -_struve_quotient(x))
