"""What SciPy reads of its matrices: finite numbers, one triangle, some diagonals."""

from __future__ import annotations

import numpy as np

from ...core.box import getval
from ...numpy.rules.arrays import as_array
from ...numpy.rules.linear.matrices import T, from_triangle

__all__ = ["read_as", "valid"]


def valid(a, check_finite=True):
    """The argument as an array; SciPy's error where it is to be finite and is not."""
    a = as_array(a)
    if check_finite and not np.isfinite(getval(a)).all():
        raise ValueError("array must not contain infs or NaNs")
    return a


def _hermitian(a, lower):
    return from_triangle(a, "L" if lower else "U")


def _symmetric(a, lower):
    half = np.tril(a, -1) if lower else np.triu(a, 1)
    return half + T(half) + a * np.eye(a.shape[-1], dtype=a.real.dtype)


_READINGS = {
    None: lambda a, lower: a,
    "general": lambda a, lower: a,
    "banded": lambda a, lower: a,
    "diagonal": lambda a, lower: a * np.eye(a.shape[-1], dtype=a.real.dtype),
    "tridiagonal": lambda a, lower: np.tril(np.triu(a, -1), 1),
    "upper triangular": lambda a, lower: np.triu(a),
    "lower triangular": lambda a, lower: np.tril(a),
    "symmetric": _symmetric,
    "hermitian": _hermitian,
    "positive definite": _hermitian,
}
_SHORT = {"gen": "general", "sym": "symmetric", "her": "hermitian", "pos": "positive definite"}


def read_as(a, assume_a, lower):
    """The matrix of the structure that was promised, from the entries that SciPy then reads."""
    structure = _SHORT.get(assume_a, assume_a)
    if structure not in _READINGS:
        raise ValueError(f"{assume_a} is not a recognized matrix structure")
    return _READINGS[structure](a, lower)
