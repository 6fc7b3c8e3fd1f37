"""Functions of one array applied element by element.

Rules call NumPy's ufuncs and operators, both of which boxes answer; a rule is so differentiable
itself and costs nothing extra on plain arrays. Derivatives as in the NIST DLMF, chapter 4. Complex
cotangents pair with tangents as Re(sum(g * t)), with no conjugate.
"""

from __future__ import annotations

import math

import numpy as np

from ....core.primitive import Primitive
from ...kinds import composed, constant, elementwise
from ...namespace import primitive_of as of
from ..safe import over

PI = math.pi
LOG2 = math.log(2.0)
LOG10 = math.log(10.0)

# -- linear -----------------------------------------------------------------------------------
elementwise(of(np.negative), x=lambda g: -g)
elementwise(of(np.positive), x=lambda g: g)
elementwise(of(np.conjugate), x=lambda g: np.conjugate(g))
elementwise(of(np.degrees), x=lambda g: g * (180.0 / PI))
elementwise(of(np.rad2deg), x=lambda g: g * (180.0 / PI))
elementwise(of(np.radians), x=lambda g: g * (PI / 180.0))
elementwise(of(np.deg2rad), x=lambda g: g * (PI / 180.0))

# -- powers, exponentials, logarithms ---------------------------------------------------------
elementwise(of(np.square), x=lambda g, x: g * (2.0 * x))
elementwise(of(np.sqrt), x=lambda g, ans: over(0.5 * g, ans))
elementwise(of(np.cbrt), x=lambda g, ans: over(g, 3.0 * ans * ans))
elementwise(of(np.reciprocal), x=lambda g, x: over(over(-g, x), x))
elementwise(of(np.exp), x=lambda g, ans: g * ans)
elementwise(of(np.exp2), x=lambda g, ans: g * (LOG2 * ans))
elementwise(of(np.expm1), x=lambda g, x: g * np.exp(x))
elementwise(of(np.log), x=lambda g, x: over(g, x))
elementwise(of(np.log2), x=lambda g, x: over(g, LOG2 * x))
elementwise(of(np.log10), x=lambda g, x: over(g, LOG10 * x))
elementwise(of(np.log1p), x=lambda g, x: over(g, 1.0 + x))

# -- trigonometric and hyperbolic -------------------------------------------------------------
# Square roots are taken of each factor: sqrt(1 - x²) has other branch cuts than arcsin. On the cuts
# the sign of a zero imaginary part chooses the side; 1 - x would lose it, as 0 - 0 is +0.
elementwise(of(np.sin), x=lambda g, x: g * np.cos(x))
elementwise(of(np.cos), x=lambda g, x: -(g * np.sin(x)))
elementwise(of(np.tan), x=lambda g, ans: g * (1.0 + ans * ans))
elementwise(of(np.arcsin), x=lambda g, x: over(g, np.sqrt(-(x - 1.0)) * np.sqrt(x - -1.0)))
elementwise(of(np.arccos), x=lambda g, x: over(-g, np.sqrt(-(x - 1.0)) * np.sqrt(x - -1.0)))
elementwise(of(np.arctan), x=lambda g, x: g / (1.0 + x * x))
elementwise(of(np.sinh), x=lambda g, x: g * np.cosh(x))
elementwise(of(np.cosh), x=lambda g, x: g * np.sinh(x))
elementwise(of(np.tanh), x=lambda g, ans: g - g * ans * ans)
elementwise(of(np.arcsinh), x=lambda g, x: g / _root_of_one_plus_square(x))
elementwise(of(np.arccosh), x=lambda g, x: over(g, np.sqrt(x - 1.0) * np.sqrt(x - -1.0)))
elementwise(of(np.arctanh), x=lambda g, x: over(g, 1.0 - x * x))


def _root_of_one_plus_square(x):
    """sqrt(1 + x²), on arcsinh's branches for complex x."""
    if x.dtype.kind == "c":
        return np.sqrt(1.0 - 1j * x) * np.sqrt(1.0 + 1j * x)
    return np.sqrt(1.0 + x * x)


# -- parts of a complex number ----------------------------------------------------------------
elementwise(of(np.real), val=lambda g: g)
elementwise(of(np.imag), val=lambda g, val: g * -1j if val.dtype.kind == "c" else 0.0 * g)
elementwise(of(np.real_if_close), a=lambda g: g, inert=("tol",))


def _direction(g, ans, x):
    """The slope of |x|: the sign, and 0 at 0; for complex x, conj(x)/|x|."""
    if x.dtype.kind == "c":
        return g * (np.conjugate(x) / np.where(ans == 0, 1.0, ans))
    return g * np.sign(x)


elementwise(of(np.absolute), x=_direction, changes_dtype=True)
elementwise(of(np.fabs), x=lambda g, x: g * np.sign(x))


def _turn(g, z, deg):
    """d angle = Im(dz / z); a real number does not turn."""
    if z.dtype.kind != "c":
        return 0.0 * g
    slope = over(g * -1j, z)
    return slope * (180.0 / PI) if deg else slope


elementwise(of(np.angle), z=_turn)

# -- others -----------------------------------------------------------------------------------


def _sinc_slope(x):
    """d sinc(x)/dx = (cos πx - sinc x)/x; near 0, where that cancels, its Taylor series."""
    near = np.abs(x) < 0.3
    u = np.where(near, PI * x, 0.0)
    series, square = 0.0, u * u
    for k in range(10, 0, -1):  # u²ᵏ⁻¹ (-1)ᵏ 2k/(2k+1)!
        series = series * square + (-1) ** k * 2 * k / math.factorial(2 * k + 1)
    away = np.where(near, 1.0, x)
    return np.where(near, PI * u * series, (np.cos(PI * away) - np.sinc(away)) / away)


elementwise(of(np.sinc), x=lambda g, x: g * _sinc_slope(x).astype(x.dtype))


def _of_finite(g, x):
    """Both parts of a complex number are looked at on their own."""
    if x.dtype.kind == "c":
        return g.real * np.isfinite(x.real) + g.imag * np.isfinite(x.imag) * 1j
    return g * np.isfinite(x)


_with_numbers = Primitive(np.nan_to_num)
elementwise(_with_numbers, x=_of_finite, inert=("nan", "posinf", "neginf"))


def _nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    numbers = _with_numbers(x, nan=nan, posinf=posinf, neginf=neginf)
    if copy:
        return numbers
    x[...] = numbers
    return x


composed(of(np.nan_to_num), _nan_to_num).writes = True
constant(*map(of, (np.sign, np.floor, np.ceil, np.trunc, np.rint, np.fix, np.round, np.around)))
constant(*map(of, (np.isnan, np.isinf, np.isfinite, np.isneginf, np.isposinf, np.isreal)))
constant(*map(of, (np.iscomplex, np.logical_not, np.signbit, np.spacing)))
