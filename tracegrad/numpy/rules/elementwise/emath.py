"""`numpy.emath`: real numbers outside a function's real domain are taken as complex ones.

The derivative is that of the complex function, of which a real argument gets the real part.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ...kinds import composed
from ...namespace import primitive_of as of
from ..arrays import as_array

_SINGLE = {np.dtype(t) for t in "fbhBHF"}  # what complex64 serves


def _extended(x, outside):
    """The array, complex if one of its elements is real and outside the domain."""
    x = as_array(x)
    value = getval(x)
    if np.any((value.imag == 0) & outside(value)):
        x = x.astype(np.complex64 if x.dtype in _SINGLE else np.complex128)
    return x


def _below_0(x):
    return _extended(x, lambda value: value < 0)


def _beyond_1(x):
    return _extended(x, lambda value: abs(value) > 1)


composed(of(np.emath.sqrt), lambda x: np.sqrt(_below_0(x)))
composed(of(np.emath.log), lambda x: np.log(_below_0(x)))
composed(of(np.emath.log2), lambda x: np.log2(_below_0(x)))
composed(of(np.emath.log10), lambda x: np.log10(_below_0(x)))
composed(of(np.emath.logn), lambda n, x: np.log(_below_0(x)) / np.log(_below_0(n)))
composed(of(np.emath.arccos), lambda x: np.arccos(_beyond_1(x)))
composed(of(np.emath.arcsin), lambda x: np.arcsin(_beyond_1(x)))
composed(of(np.emath.arctanh), lambda x: np.arctanh(_beyond_1(x)))


def _power(x, p):
    p = as_array(p)
    if p.dtype.kind in "iu" and np.any(getval(p) < 0):
        p = p * 1.0
    return np.power(_below_0(x), p)


composed(of(np.emath.power), _power)
