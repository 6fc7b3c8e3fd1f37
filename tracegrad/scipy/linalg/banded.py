"""Systems of banded matrices, in as much memory as their diagonals take.

The entry of row i and column j stands at [u + i - j, j], with u diagonals above the main one.
"""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl

from ...core.primitive import Primitive
from ...numpy.kinds import composed, custom
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import at
from ...numpy.rules.linear.matrices import conj, from_triangle
from ...spaces import match
from .reading import valid
from .solving import columns

__all__ = ["from_half", "full", "transposed"]


def _moved(x, k, axis):
    """Entries moved k places on along an axis, and zeros where none came from."""
    if not k:
        return x
    shape = list(x.shape)
    shape[axis] = min(abs(k), x.shape[axis])
    zeros = np.zeros(shape, x.dtype)
    axis %= x.ndim
    if k > 0:
        return np.concatenate([zeros, at(x, axis, slice(-k))], axis)
    return np.concatenate([at(x, axis, slice(-k, None)), zeros], axis)


def transposed(u, ab):
    """The bands of the transpose: each diagonal the other way along its columns."""
    rows = [_moved(ab[..., r, :], r - u, -1) for r in range(ab.shape[-2])]
    return np.stack(rows[::-1], -2)


def _product(u, ab, x):
    """The banded matrix times columns."""
    return sum([_moved(ab[..., r, :, None] * x, r - u, -2) for r in range(ab.shape[-2])])


def from_half(ab, lower):
    """All diagonals of a Hermitian matrix, of which the upper or lower ones are given."""
    u = ab.shape[-2] - 1
    other = conj(transposed(0 if lower else u, ab))
    upper, under = (other, ab) if lower else (ab, other)
    middle = match(upper[..., -1:, :].real, ab.dtype)
    return np.concatenate([upper[..., :-1, :], middle, under[..., 1:, :]], -2)


# -- dX = A⁻¹ (dB - dA X) ----------------------------------------------------------------------

_solve = Primitive(
    lambda u, ab, b: sl.solve_banded((ab.shape[-2] - 1 - u, u), ab, b, check_finite=False),
    name="solve_banded",
)
custom(
    _solve,
    b=lambda g, u, ab, b: match(_solve(ab.shape[-2] - 1 - u, transposed(u, ab), g), b.dtype),
    jvps={
        "ab": lambda t, ans, u, ab: -_solve(u, ab, _product(u, t, ans)),
        "b": lambda t, again: again(b=t),
    },
)

_solve_hermitian = Primitive(
    lambda ab, b, lower: sl.solveh_banded(ab, b, lower=lower, check_finite=False),
    name="solveh_banded",
)


def _hermitian_jvp(t, ans, ab, lower):
    return -_solve_hermitian(ab, _product(ab.shape[-2] - 1, from_half(t, lower), ans), lower)


custom(
    _solve_hermitian,
    b=lambda g, ab, b, lower: match(_solve_hermitian(conj(ab), g, lower), b.dtype),
    jvps={"ab": _hermitian_jvp, "b": lambda t, again: again(b=t)},
)


def _solve_banded(l_and_u, ab, b, overwrite_ab=False, overwrite_b=False, check_finite=True):
    ab, b, (low, u) = valid(ab, check_finite), valid(b, check_finite), l_and_u
    if ab.shape[-2] != low + u + 1:
        raise ValueError(
            f"invalid values for the number of lower and upper diagonals: l+u+1 ({low + u + 1}) "
            f"does not equal ab.shape[0] ({ab.shape[-2]})"
        )
    return columns(lambda ab, b: _solve(u, ab, b), ab, b)


def _solveh_banded(ab, b, overwrite_ab=False, overwrite_b=False, lower=False, check_finite=True):
    ab, b = valid(ab, check_finite), valid(b, check_finite)
    return columns(lambda ab, b: _solve_hermitian(ab, b, lower), ab, b)


def _cho_solve_banded(cb_and_lower, b, overwrite_b=False, check_finite=True):
    cb, lower = cb_and_lower
    cb, b = valid(cb, check_finite), valid(b, check_finite)
    u = cb.shape[-2] - 1
    half = cb if lower else conj(transposed(u, cb))
    back = conj(transposed(0, cb)) if lower else cb
    return columns(lambda half, b: _solve(u, back, _solve(0, half, b)), half, b)


def full(half):
    """The lower triangle, of which the diagonals are given, as a matrix."""
    n = half.shape[-1]
    return sum([np.diag(half[r, : n - r], -r) for r in range(half.shape[0])])


def unused(k, n, lower):
    """Which entries of the bands are beside the matrix: they stay as they were."""
    below, column = np.arange(k)[:, None], np.arange(n)
    return column >= n - below if lower else column < k - 1 - below


def _cholesky_banded(ab, overwrite_ab=False, lower=False, check_finite=True):
    """By way of the full matrix, so for matrices of moderate size."""
    ab = valid(ab, check_finite)
    if ab.ndim > 2:
        return np.stack([_cholesky_banded(part, lower=lower) for part in ab])
    k, n = ab.shape
    factor = np.linalg.cholesky(from_triangle(full(ab if lower else conj(transposed(k - 1, ab)))))
    rows = [np.pad(np.diagonal(factor, -r), (0, n - max(n - r, 0))) for r in range(k)]
    half = np.stack([row[:n] for row in rows])
    bands = half if lower else conj(transposed(0, half))
    return bands + np.where(unused(k, n, lower), ab, 0)


composed(of(sl.solve_banded), _solve_banded)
composed(of(sl.solveh_banded), _solveh_banded)
composed(of(sl.cho_solve_banded), _cho_solve_banded)
composed(of(sl.cholesky_banded), _cholesky_banded)
