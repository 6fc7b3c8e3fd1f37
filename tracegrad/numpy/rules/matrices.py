"""Words of matrix calculus for stacks of matrices: the last two axes are rows and columns.

Cotangents pair with tangents as Re(sum(g * t)), so the cotangent of a map that is linear over the
complex numbers has the plain transpose where textbooks, pairing as Re(sum(conj(g) * t)), have the
conjugate one.
"""

from __future__ import annotations

import numpy as np

from ...core.box import Box, getval

__all__ = [
    "H",
    "T",
    "conj",
    "diagonal_of",
    "from_triangle",
    "gaps",
    "scaled",
    "to_triangle",
    "unused",
]


def T(x):
    """The transpose."""
    return np.swapaxes(x, -1, -2)


def conj(x):
    """The conjugate, at no cost for real numbers."""
    return np.conjugate(x) if x.dtype.kind == "c" else x


def H(x):
    """The conjugate transpose."""
    return conj(T(x))


def scaled(x, d):
    """x diag(d): the columns of x times the entries of d."""
    return x * d[..., None, :]


def diagonal_of(x):
    """The main diagonals as vectors."""
    return (x * np.eye(*x.shape[-2:], dtype=x.real.dtype)).sum(-1)


def from_triangle(a, UPLO="L"):
    """The Hermitian matrix of which one triangle is read, as LAPACK reads it."""
    half = np.tril(a, -1) if UPLO.upper() == "L" else np.triu(a, 1)
    return half + H(half) + a.real * np.eye(a.shape[-1], dtype=a.real.dtype)


def to_triangle(g, UPLO="L"):
    """The transpose of `from_triangle`: the other triangle is never read, so its cotangent is 0."""
    both = g + H(g)
    half = np.tril(both, -1) if UPLO.upper() == "L" else np.triu(both, 1)
    return half + g.real * np.eye(g.shape[-1], dtype=g.real.dtype)


def equal_up_to_rounding(x, y, w):
    """Where x and y, eigenvalues or singular values among w, cannot be told apart."""
    w = abs(getval(w))
    width = w.shape[-1] * np.finfo(w.dtype).eps * w.max(axis=-1, initial=0)
    return abs(getval(x) - getval(y)) <= width[..., None, None]


def gaps(w):
    """1 / (w_j - w_i), and 0 where w_i and w_j are equal.

    Vectors that belong to one value may turn among themselves. What depends on that turn has no
    derivative; what does not has none along it.
    """
    right, left = w[..., None, :], w[..., :, None]
    equal = equal_up_to_rounding(right, left, w)
    return np.where(equal, 0, 1 / np.where(equal, 1, right - left))


def unused(g):
    """Whether a cotangent is the zeros that stand for a result which nothing came from.

    Zeros in a box do not count: what the box belongs to may differentiate by them.
    """
    return not isinstance(g, Box) and not g.any()
