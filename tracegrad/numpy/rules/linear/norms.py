"""Norms of vectors and matrices. Where a norm has a kink (at 0) the subgradient is 0."""

from __future__ import annotations

import functools

import numpy as np

from ....core.primitive import Primitive
from ...kinds import composed, reduction
from ...namespace import primitive_of as of
from ..arrays import as_array
from .matrices import conj

inf = np.inf


# -- the norms that are more than a sum, a maximum or a minimum --------------------------------


def _root_of_squares(x, axis, keepdims):
    return np.sqrt(np.sum((conj(x) * x).real, axis=axis, keepdims=keepdims))


length = Primitive(_root_of_squares, name="norm")
reduction(length, x=lambda g, ans, x: g * (conj(x) / (ans + (ans == 0))))


def _root_of_powers(x, ord, axis, keepdims):
    with np.errstate(divide="ignore"):
        return np.sum(abs(x) ** ord, axis=axis, keepdims=keepdims) ** (1 / ord)


def _power_slope(g, ans, x, ord):
    """x̄/|x| (|x|/ans)ᵖ⁻¹, and 0 where x or the norm is 0."""
    flat = (x == 0) | (ans == 0)
    x, ans = np.where(flat, 1, x), np.where(ans == 0, 1, ans)
    size = abs(x)
    return g * np.where(flat, 0, conj(x) / size * (size / ans) ** (ord - 1))


power_norm = Primitive(_root_of_powers, name="norm")
reduction(power_norm, x=_power_slope)

# -- vectors -----------------------------------------------------------------------------------


def vector_norm(x, axis=None, keepdims=False, ord=2):
    """The norm over all the axes together."""
    if ord is None or ord == 2:
        return length(x, axis, keepdims)
    if ord == inf:
        return abs(x).max(axis=axis, keepdims=keepdims, initial=0)
    if ord == -inf:
        return abs(x).min(axis=axis, keepdims=keepdims)
    if ord == 0:
        return np.sum(x != 0, axis=axis, keepdims=keepdims).astype(x.real.dtype)
    if ord == 1:
        return abs(x).sum(axis=axis, keepdims=keepdims)
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    return power_norm(x, float(ord), axis, keepdims)


# -- matrices ----------------------------------------------------------------------------------

# Largest and smallest sums of sizes: order → what is taken of the sums, and along which axis the
# sums run (0: rows, that is down a column).
_LARGEST = functools.partial(np.max, initial=0)  # of an empty matrix it is 0
_SUMS = {1: (_LARGEST, 0), -1: (np.min, 0), inf: (_LARGEST, 1), -inf: (np.min, 1)}
_OF_SINGULAR_VALUES = {2: _LARGEST, -2: np.min, "nuc": np.sum}


def matrix_norm(x, axes=(-2, -1), keepdims=False, ord="fro"):
    """The norm of the matrices whose rows and columns are the two axes."""
    axes = tuple(axis % x.ndim for axis in axes)
    if axes[0] == axes[1]:
        raise ValueError("Duplicate axes given.")
    if ord in (None, "fro", "f"):
        return length(x, axes, keepdims)
    if ord in _SUMS:
        fold, along = _SUMS[ord]
        sums = abs(x).sum(axis=axes[along], keepdims=True)
        ans = fold(sums, axis=axes, keepdims=True)
    elif ord in _OF_SINGULAR_VALUES:
        matrix = np.moveaxis(x, axes, (-2, -1))
        values = np.linalg.svd(matrix, compute_uv=False)
        ans = _OF_SINGULAR_VALUES[ord](abs(values), axis=-1)  # |s| has slope 0 where s is 0
    else:
        raise ValueError("Invalid norm order for matrices.")
    kept = tuple(1 if i in axes else n for i, n in enumerate(x.shape))
    return ans.reshape(kept if keepdims else [n for i, n in enumerate(x.shape) if i not in axes])


# -- NumPy's names -----------------------------------------------------------------------------


def _norm(x, ord=None, axis=None, keepdims=False):
    x = as_array(x)
    if axis is None:
        if ord is None:
            return length(x, None, keepdims)
        if x.ndim not in (1, 2):
            raise ValueError("Improper number of dimensions to norm.")
        axis = tuple(range(x.ndim))
    elif not isinstance(axis, tuple):
        axis = tuple(axis) if np.ndim(axis) else (int(axis),)
    if len(axis) == 1:
        return vector_norm(x, axis[0], keepdims, ord)
    if len(axis) == 2:
        return matrix_norm(x, axis, keepdims, ord)
    raise ValueError("Improper number of dimensions to norm.")


composed(of(np.linalg.norm), _norm)
if hasattr(np.linalg, "vector_norm"):
    composed(
        of(np.linalg.vector_norm),
        lambda x, *, axis=None, keepdims=False, ord=2: vector_norm(
            as_array(x), axis, keepdims, ord
        ),
    )
    composed(
        of(np.linalg.matrix_norm),
        lambda x, *, keepdims=False, ord="fro": matrix_norm(as_array(x), (-2, -1), keepdims, ord),
    )
