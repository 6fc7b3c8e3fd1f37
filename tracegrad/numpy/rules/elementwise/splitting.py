"""Ufuncs that take a number apart: fraction and whole, mantissa and exponent, quotient and rest.

What is whole has slope 0 and comes as a plain value, as from `floor`.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....core.primitive import UnaryPrimitive
from ...kinds import composed, elementwise
from ...namespace import primitive_of as of
from ..arrays import refuse

_fraction = UnaryPrimitive(
    lambda x, **options: np.modf(x, **options)[0],
    name="modf",
    signature="x, *, where=True, casting='same_kind', order='K', dtype=None, subok=True",
)
elementwise(_fraction, x=lambda g: g)


def _modf(x, **options):
    return _fraction(x, **options), np.trunc(x, **options)


def _frexp(x, dtype=None, **layout):
    """x = mantissa 2^exponent."""
    refuse("frexp", dtype=dtype)
    _, exponent = np.frexp(getval(x))
    return np.ldexp(x, -exponent), exponent


def _divmod(x, y, **options):
    return np.floor_divide(x, y, **options), np.remainder(x, y, **options)


composed(of(np.modf), _modf)
composed(of(np.frexp), _frexp)
composed(of(np.divmod), _divmod)
