"""Functions of two arrays, and of more, applied element by element with broadcasting."""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ...kinds import constant, elementwise
from ...namespace import primitive_of as of
from ..safe import over, quietly, times

LOG2 = float(np.log(2.0))

elementwise(of(np.add), x=lambda g: g, y=lambda g: g)
elementwise(of(np.subtract), x=lambda g: g, y=lambda g: -g)
elementwise(of(np.multiply), x=lambda g, y: g * y, y=lambda g, x: g * x)


def _divide_y(g, ans, y):
    """-x/y²; where y is 0 the quotient is infinite or NaN, too, and a zero g silences both."""
    return over(times(-g, ans), y)


elementwise(of(np.divide), x=lambda g, y: over(g, y), y=_divide_y)


def _power_x(g, x, y):
    """y xʸ⁻¹; constant exponents need no case distinction in arrays."""
    if isinstance(y, (int, float, complex)):
        if y == 2:
            return g * (2 * x)
        if y == 1:
            return g
        if y == 0:
            return 0.0 * g
        if isinstance(y, complex) or y < 1:
            with quietly():  # infinite where x is 0
                return times(g, y * x ** (y - 1))
        return times(g, y * x ** (y - 1))
    with quietly():
        return times(g, y * x ** np.where((getval(x) == 0) & (getval(y) == 0), 1, y - 1))


def _power_y(g, ans, x, y):
    """xʸ log x; 0 where x is 0 (its limit for positive y)."""
    if isinstance(x, (int, float, complex)):
        return times(g, ans * np.log(ans.dtype.type(x or 1)))
    return times(g, ans * np.log(np.where(getval(x) == 0, 1, x)))


def _power(x, y, *args, **options):
    """np.power; the operator knows shorter ways for 2, 0.5 and the like."""
    if type(x) is np.ndarray and not args and not options:
        return x**y
    return np.power(x, y, *args, **options)


of(np.power).fun = _power
elementwise(of(np.power), x=_power_x, y=_power_y)


def _double(x):
    """At least in double precision, as float_power takes it."""
    return x.astype(np.result_type(x, np.float64)) if hasattr(x, "dtype") else x


elementwise(
    of(np.float_power),
    x=lambda g, x, y: _power_x(g, _double(x), _double(y)),
    y=lambda g, ans, x, y: _power_y(g, ans, _double(x), _double(y)),
)

# -- the larger, the smaller: ties are shared evenly ------------------------------------------
elementwise(
    of(np.maximum),
    x=lambda g, x, y: g * (x > y) + 0.5 * g * (x == y),
    y=lambda g, x, y: g * (y > x) + 0.5 * g * (x == y),
)
elementwise(
    of(np.minimum),
    x=lambda g, x, y: g * (x < y) + 0.5 * g * (x == y),
    y=lambda g, x, y: g * (y < x) + 0.5 * g * (x == y),
)
elementwise(
    of(np.fmax),
    x=lambda g, x, y: g * ((x > y) | (y != y)) + 0.5 * g * (x == y),
    y=lambda g, x, y: g * ((y > x) | (x != x)) + 0.5 * g * (x == y),
)
elementwise(
    of(np.fmin),
    x=lambda g, x, y: g * ((x < y) | (y != y)) + 0.5 * g * (x == y),
    y=lambda g, x, y: g * ((y < x) | (x != x)) + 0.5 * g * (x == y),
)

# -- remainders -------------------------------------------------------------------------------
# x / y may be rounded up to a whole number that the quotient does not reach: 1 / 0.1 is 10, and
# the remainder is that of 9.
elementwise(of(np.remainder), x=lambda g: g, y=lambda g, x, y: -(g * np.floor_divide(x, y)))
elementwise(of(np.fmod), x=lambda g: g, y=lambda g, x, y: -(g * _truncated(x, y)))


def _truncated(x, y):
    """The whole part of x / y."""
    return np.sign(x) * np.sign(y) * np.floor_divide(abs(x), abs(y))


# -- lengths, angles, logarithms of sums ------------------------------------------------------


def _nonzero(ans):
    return np.where(ans == 0, 1, ans)


elementwise(
    of(np.hypot),
    x=lambda g, ans, x: g * (x / _nonzero(ans)),
    y=lambda g, ans, y: g * (y / _nonzero(ans)),
)


def _over_square(x, y):
    """x / (x² + y²), and 0 at the origin, where an angle has no slope."""
    length = np.hypot(x, y)  # unlike the squares neither too small nor too large
    return x * (length != 0) / _nonzero(length) / _nonzero(length)


elementwise(  # arctan2(x, y) is the angle of the point (y, x)
    of(np.arctan2),
    x=lambda g, x, y: g * _over_square(y, x),
    y=lambda g, x, y: -(g * _over_square(x, y)),
)


def _weight(exp, ans, x, y):
    """The part of exp(ans) that is exp(x). Of infinities the larger is all, ties are shared."""
    infinite = np.isinf(getval(ans))
    if not infinite.any():
        return exp(x - ans)
    part = ((x > y) + 0.5 * (x == y)) * (ans > 0)  # of exp(-inf) nothing is a part
    with quietly():
        return np.where(infinite, part.astype(ans.dtype), exp(np.where(infinite, 0, x - ans)))


for _logaddexp, _exp in ((np.logaddexp, np.exp), (np.logaddexp2, np.exp2)):
    elementwise(
        of(_logaddexp),
        x=lambda g, ans, x, y, exp=_exp: g * _weight(exp, ans, x, y),
        y=lambda g, ans, x, y, exp=_exp: g * _weight(exp, ans, y, x),
    )

# -- signs, steps, scales ---------------------------------------------------------------------
elementwise(
    of(np.copysign), x=lambda g, x, y: g * (np.sign(x) * np.copysign(1, y) * (x != 0)), y=None
)
elementwise(of(np.nextafter), x=lambda g: g, y=None)
elementwise(of(np.heaviside), x=None, y=lambda g, x: g * (x == 0))
elementwise(of(np.ldexp), x=lambda g, y: np.ldexp(g, y), y=None)
constant(*map(of, (np.equal, np.not_equal, np.greater, np.greater_equal, np.less, np.less_equal)))
constant(*map(of, (np.logical_and, np.logical_or, np.logical_xor, np.floor_divide)))
constant(*map(of, (np.isclose, np.allclose, np.array_equal, np.array_equiv, np.isin)))

# -- choosing ---------------------------------------------------------------------------------
elementwise(
    of(np.where),
    condition=None,
    x=lambda g, condition: np.where(condition, g, 0),
    y=lambda g, condition: np.where(condition, 0, g),
)
