"""Products of sparse matrices with dense arrays: all else is written in terms of these two."""

from __future__ import annotations

import functools

import numpy as np
import scipy.sparse as ss

from ...core.primitive import Primitive
from ...numpy.kinds import linear, multilinear

__all__ = ["Places", "product", "scatter", "times"]

times = Primitive(lambda matrix, x: matrix @ x, name="sparse @", signature="matrix, x")
"""A constant sparse matrix times a vector or the columns of a matrix."""

linear(times, inert=("matrix",), x=lambda g, matrix: times(matrix.T, g))


class Places:
    """Where the entries of a matrix are: row and column of each, in any order."""

    def __init__(self, rows, columns, shape):
        self.rows, self.columns, self.shape = rows, columns, shape

    @functools.cached_property
    def T(self):
        turned = Places(self.columns, self.rows, self.shape[::-1])
        turned.T = self
        return turned

    @functools.cached_property
    def flat(self):
        """The number of each entry's place, row by row."""
        return self.rows.astype(np.int64) * self.shape[1] + self.columns

    def matrix(self, entries):
        """SciPy's matrix with these entries."""
        return ss.coo_matrix((entries, (self.rows, self.columns)), self.shape)

    def outer(self, g, x):
        """The entries of g xᵀ at these places alone."""
        entries = g[self.rows] * x[self.columns]
        return entries if entries.ndim == 1 else entries.sum(-1)


product = Primitive(
    lambda entries, x, places: places.matrix(entries) @ x,
    name="sparse @",
    signature="entries, x, places",
)
"""The matrix with these entries at these places, times a vector or the columns of a matrix."""

multilinear(
    product,
    inert=("places",),
    entries=lambda g, x, places: places.outer(g, x),
    x=lambda g, entries, places: product(entries, g, places.T),
)


def scatter(entries, where, size):
    """A vector of this size, in which each entry is added at its place."""
    ones = np.ones(len(where), np.int8)
    matrix = ss.csc_matrix((ones, where, np.arange(len(where) + 1)), (size, len(where)))
    return times(matrix, entries)
