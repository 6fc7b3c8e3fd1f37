"""Ufuncs that take a number apart: fraction and whole, mantissa and exponent, quotient and rest.

What is whole has slope 0 and comes as a plain value, as from `floor`.
"""

from __future__ import annotations

import numpy as np

from ...core.box import getval
from ...core.primitive import UnaryPrimitive
from ..kinds import composed, elementwise
from ..namespace import primitive_of as of
from .arrays import refuse

_fraction = UnaryPrimitive(
    lambda x, **options: np.modf(x, **options)[0],
    name="modf",
    signature="x, *, where=True, casting='same_kind', order='K', dtype=None, subok=True",
)
elementwise(_fraction, x=lambda g: g)


def _modf(x, out0=None, out1=None, /, *, out=None, **options):
    refuse("modf", out=out, out0=out0, out1=out1)
    return _fraction(x, **options), np.trunc(x, **options)


def _frexp(x, out0=None, out1=None, /, *, out=None, where=True, dtype=None, **layout):
    """x = mantissa 2^exponent."""
    where = None if where is True else where
    refuse("frexp", out=out, out0=out0, out1=out1, where=where, dtype=dtype)
    _, exponent = np.frexp(getval(x))
    return np.ldexp(x, -exponent), exponent


def _divmod(x, y, out0=None, out1=None, /, *, out=None, **options):
    refuse("divmod", out=out, out0=out0, out1=out1)
    return np.floor_divide(x, y, **options), np.remainder(x, y, **options)


composed(of(np.modf), _modf)
composed(of(np.frexp), _frexp)
composed(of(np.divmod), _divmod)
