"""Words of matrix calculus for stacks of matrices: the last two axes are rows and columns.

Cotangents pair with tangents as Re(sum(g * t)), so the cotangent of a map that is linear over the
complex numbers has the plain transpose where textbooks, pairing as Re(sum(conj(g) * t)), have the
conjugate one.
"""

from __future__ import annotations

import numpy as np

from ....core.box import Box, getval
from ....core.primitive import Primitive
from ...kinds import elementwise

__all__ = [
    "H",
    "T",
    "conj",
    "diagonal_of",
    "from_triangle",
    "gaps",
    "needed",
    "negligible",
    "over_gaps",
    "scaled",
    "sums",
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


def _equal(x, y, w):
    """Where x and y, eigenvalues or singular values among w, are equal up to rounding."""
    w = abs(getval(w))
    width = w.shape[-1] * np.finfo(w.dtype).eps * w.max(axis=-1, initial=0)
    return abs(getval(x) - getval(y)) <= width[..., None, None]


def gaps(w):
    """w_j - w_i: 0 where they are equal up to rounding, infinite on the diagonal.

    No vector turns towards itself, whatever stands above the diagonal's gaps.
    """
    right, left = w[..., None, :], w[..., :, None]
    apart = np.where(_equal(right, left, w), 0, right - left)
    return np.where(np.eye(w.shape[-1], dtype=bool), np.inf, apart)


def sums(s, others=None):
    """s_j + s_i, of singular values and `others` (themselves), 0 where that is 0 up to rounding."""
    right, left = s[..., None, :], (s if others is None else others)[..., :, None]
    return np.where(_equal(right, -left, s), 0, right + left)


def negligible(x, *among):
    """Where x is no more than the rounding of products of matrices as large as these."""
    x, *among = map(getval, (x, *among))
    size = max(x.shape[-2:]) * sum(abs(y).max((-2, -1), keepdims=True, initial=0) for y in among)
    return abs(x) <= 4 * np.finfo(x.dtype).eps * size


def _over_gaps(x, gap, vanishes=None):
    if vanishes is None:
        vanishes = negligible(x, x)
    equal = gap == 0
    return np.where(equal, np.where(vanishes, 0, x * np.nan), x / np.where(equal, 1, gap))


over_gaps = Primitive(_over_gaps, name="quotient by gaps")
"""x / gap; where the gap is 0: 0 if `vanishes` (x itself, unless told), else NaN.

Vectors that belong to one value may turn among themselves at any rate. A function that feels no
turn has zeros for x; of any other the derivative cannot be told, and zero would be wrong in
silence. Being linear in x, this is its own slope: a zero x with a tangent that is not zero has a
tangent of NaN.
"""

elementwise(
    over_gaps,
    inert=("vanishes",),
    x=lambda g, gap: over_gaps(g, gap),
    gap=lambda g, ans, gap: -over_gaps(g * ans, gap),
)


def unused(g):
    """Whether a cotangent is the zeros that stand for a result which nothing came from.

    Zeros in a box do not count: what the box belongs to may differentiate by them.
    """
    return not isinstance(g, Box) and not g.any()


def needed(vectors, gw):
    """The vectors, with zeros for those whose values nothing came from.

    Those may have tangents of NaN, which a product with a zero would let through.
    """
    if not isinstance(vectors, Box) or isinstance(gw, Box) or gw.all():
        return vectors
    return np.where(gw[..., None, :] == 0, 0, vectors)
