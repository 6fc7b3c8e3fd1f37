"""Solutions of wave equations that SciPy gives together with their derivatives.

Where that pair is (w, w'), the equation itself gives w''. In the orders and parameters they are
refused, except where a characteristic value moves by the theorem of Hellmann and Feynman.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import times
from .slopes import declare, outputs

DEGREE = math.pi / 180.0


def _pair(fun, second, unit=1.0):
    """w' is the other result; `second(w, w', *arguments)` is w''; x is in this unit."""
    w, dw = outputs(fun)
    x = w.signature.names[-1]
    names = ", ".join(w.signature.names)
    scope = {"w": w, "dw": dw, "second": second, "unit": unit, "times": times}
    first = eval(f"lambda g, {names}: times(g, unit * dw({names}))", scope)
    again = eval(
        f"lambda g, ans, {names}: times(g, unit * second(w({names}), ans, {names}))", scope
    )
    declare(w, **{x: first})
    declare(dw, **{x: again})
    composed(of(fun), lambda *args: (w(*args), dw(*args))).array_places = w.array_places


# -- parabolic cylinder functions: DLMF 12.2.2 and 12.2.3 ---------------------------------------
_pair(special.pbdv, lambda w, dw, v, x: (0.25 * x * x - v - 0.5) * w)
_pair(special.pbvv, lambda w, dw, v, x: (0.25 * x * x - v - 0.5) * w)
_pair(special.pbwa, lambda w, dw, a, x: (a - 0.25 * x * x) * w)

# -- Mathieu functions: DLMF 28.2.1 and 28.20.1 -------------------------------------------------


def _even(m, q):
    return special.mathieu_a(m, q)


def _odd(m, q):
    return special.mathieu_b(m, q)


def _angular(value):
    return lambda w, dw, m, q, x: (2.0 * q * np.cos(2.0 * DEGREE * x) - value(m, q)) * w


def _radial(value):
    return lambda w, dw, m, q, x: (value(m, q) - 2.0 * q * np.cosh(2.0 * x)) * w


_pair(special.mathieu_cem, _angular(_even), DEGREE)
_pair(special.mathieu_sem, _angular(_odd), DEGREE)
_pair(special.mathieu_modcem1, _radial(_even))
_pair(special.mathieu_modcem2, _radial(_even))
_pair(special.mathieu_modsem1, _radial(_odd))
_pair(special.mathieu_modsem2, _radial(_odd))


def _value_slope(fun, m, q):
    """The mean of 2 cos 2x over the square of the eigenfunction, by the trapezoidal rule."""
    m, q = as_array(m), as_array(q)
    count = 64
    total = 0.0
    for k in range(count):
        w = fun(m, q, (k + 0.5) * 360.0 / count)[0]
        total = total + 2.0 * math.cos(4.0 * math.pi * (k + 0.5) / count) * w * w
    return total * (2.0 / count)


declare(special.mathieu_a, y=lambda g, x, y: g * _value_slope(of(special.mathieu_cem), x, y))
declare(special.mathieu_b, y=lambda g, x, y: g * _value_slope(of(special.mathieu_sem), x, y))

# -- spheroidal wave functions: DLMF 30.2.1; oblate ones have -c², radial ones ix for x ---------


def _prolate(value, m, c, x, w, dw):
    r = 1.0 - x * x
    return (2.0 * x * dw - (value - c * c * x * x - m * m / r) * w) / r


def _oblate_angular(value, m, c, x, w, dw):
    r = 1.0 - x * x
    return (2.0 * x * dw - (value + c * c * x * x - m * m / r) * w) / r


def _oblate_radial(value, m, c, x, w, dw):
    r = 1.0 + x * x
    return (-2.0 * x * dw + (value - c * c * x * x - m * m / r) * w) / r


def _spheroidal(name, equation, value):
    _pair(
        getattr(special, name),
        lambda w, dw, m, n, c, x: equation(value(m, n, c), m, c, x, w, dw),
    )
    _pair(
        getattr(special, f"{name}_cv"),
        lambda w, dw, m, n, c, cv, x: equation(cv, m, c, x, w, dw),
    )


# Of the radial functions of the second kind SciPy's values and derivatives do not agree.
_spheroidal("pro_ang1", _prolate, special.pro_cv)
_spheroidal("pro_rad1", _prolate, special.pro_cv)
_spheroidal("obl_ang1", _oblate_angular, special.obl_cv)
_spheroidal("obl_rad1", _oblate_radial, special.obl_cv)
