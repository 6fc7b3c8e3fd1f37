"""Operators of sparse matrices with traced data, or with a traced operand."""

from __future__ import annotations

import operator

import numpy as np
import scipy.sparse as ss

from ...core.box import Box, getval
from ...core.errors import NoDerivative, user_line
from ...numpy.rules.arrays import as_array
from .matrix import Sparse
from .products import product, scatter, times

__all__ = ["is_sparse", "matmul"]


def is_sparse(x):
    """Whether x is a sparse matrix, traced or not."""
    return isinstance(x, Sparse) or ss.issparse(x)


def _is_number(x):
    return np.isscalar(x) or (hasattr(x, "shape") and x.shape == ())


# -- products of matrices ----------------------------------------------------------------------


def matmul(a, x):
    """a @ x of a sparse matrix, traced or not, and an array."""
    n = a.shape[-1]
    if x.ndim not in (1, 2) or x.shape[0] != n:
        raise ValueError(f"matmul: dimension mismatch of shapes {a.shape} and {x.shape}")
    if ss.issparse(a) and a.ndim == 2:
        return times(a, x)
    a = Sparse.of(a)
    y = product(a.entries, x, a.places)
    return y[0] if a.ndim == 1 else y


def _sparse_product(a, b):
    """Each entry (i, k) of a meets each entry (k, j) of b."""
    a, b = a if a.ndim == 2 else a.reshape(1, -1), b if b.ndim == 2 else b.reshape(-1, 1)
    left, right = a.places, b.places
    if left.shape[1] != right.shape[0]:
        raise ValueError(f"matmul: dimension mismatch of shapes {a.shape} and {b.shape}")
    order = np.argsort(right.rows, kind="stable")
    starts = np.searchsorted(right.rows[order], np.arange(right.shape[0] + 1))
    first, counts = starts[left.columns], np.diff(starts)[left.columns]
    i = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(i)) - np.repeat(np.cumsum(counts) - counts, counts)
    j = order[np.repeat(first, counts) + within]
    shape = (left.shape[0], right.shape[1])
    flat = left.rows[i].astype(np.int64) * shape[1] + right.columns[j]
    flat, where = np.unique(flat, return_inverse=True)
    entries = scatter(a.entries[i] * b.entries[j], where.reshape(-1), len(flat))
    return a.at(flat, entries, shape).asformat("csc" if a.format == "csc" else "csr")


def _matmul(self, other):
    if _is_number(other):
        raise ValueError("Scalar operands are not allowed, use '*' instead")
    if not is_sparse(other):
        return matmul(self, as_array(other))
    a, b = Sparse.of(self), Sparse.of(other)
    ab = _sparse_product(a, b)
    if a.ndim == b.ndim == 2:
        return ab
    return ab.sum() if a.ndim == b.ndim else ab.reshape(ab.shape[1 if a.ndim == 1 else 0])


def _rmatmul(self, other):
    if is_sparse(other):
        return _matmul(other, self)
    if _is_number(other):
        raise ValueError("Scalar operands are not allowed, use '*' instead")
    return _matmul(self.T, as_array(other).T).T


def _dot(self, other):
    return _multiply(self, other) if _is_number(other) else _matmul(self, other)


# -- entry by entry ----------------------------------------------------------------------------


def _multiply(self, other):
    a = Sparse.of(self)
    if is_sparse(other):
        return _multiply_sparse(a, Sparse.of(other))
    if _is_number(other):
        return a.like(a.data * other)
    other = as_array(other)
    if np.broadcast_shapes(a.shape, other.shape) != a.shape:
        return _multiply(_expanded(a, np.broadcast_shapes(a.shape, other.shape)), other)
    flat = np.broadcast_to(other, a.shape).reshape(-1)[a.places.flat]
    return a.at(a.places.flat, a.entries * flat).asformat(a.format)


def _expanded(a, shape):
    """The matrix repeated along axes of length 1."""
    numbers = np.broadcast_to(a.summed().layout.toarray(), shape)
    coo = (ss.coo_matrix if a.is_matrix else ss.coo_array)(numbers)
    return Sparse.of(coo).like(a.summed().data.reshape(-1)[coo.data - 1])


def _multiply_sparse(a, b):
    if a.shape != b.shape:
        shape = np.broadcast_shapes(a.shape, b.shape)
        a, b = (x if x.shape == shape else _expanded(x, shape) for x in (a, b))
    a, b = a.summed(), b.summed()
    flat, i, j = np.intersect1d(a.places.flat, b.places.flat, True, True)
    return a.at(flat, a.entries[i] * b.entries[j]).asformat("csr")


def _mul(self, other):
    matrix = isinstance(self, ss.spmatrix) or (isinstance(self, Sparse) and self.is_matrix)
    return _dot(self, other) if matrix else _multiply(self, other)


def _rmul(self, other):
    matrix = isinstance(self, ss.spmatrix) or (isinstance(self, Sparse) and self.is_matrix)
    return _rmatmul(self, other) if matrix and not _is_number(other) else _multiply(self, other)


def _truediv(self, other):
    if is_sparse(other):
        raise NoDerivative(
            f"no derivative of the quotient of sparse matrices is known.\n  in {user_line()}\n"
            "  It is NaN where both are zero; divide A.toarray() or the data."
        )
    a = Sparse.of(self)
    if not _is_number(other):
        return _multiply(a, 1 / as_array(other))
    data = a.data.astype(float) if np.can_cast(a.dtype, float) else a.data  # as SciPy has it
    return a.like(data / other)


def _add(self, other):
    a = Sparse.of(self)
    if is_sparse(other):
        b = Sparse.of(other)
        if a.shape != b.shape:
            raise ValueError(f"inconsistent shapes {a.shape} and {b.shape}")
        both = np.concatenate([a.places.flat, b.places.flat])
        total = a.at(both, np.concatenate([a.entries, b.entries])).summed()
        return total.asformat(a.format if a.format in ("csc", "bsr") else "csr")
    if not _is_number(other):
        return a.toarray() + as_array(other)
    if isinstance(other, Box) or other:
        raise NotImplementedError("adding a nonzero scalar to a sparse array is not supported")
    return a.copy()


def _neg(self):
    return self.like(-self.data)


def _abs(self):
    a = self.summed()
    return a.like(abs(a.data))


def _pow(self, n, *modulo):
    if not self.is_matrix:
        return self.power(n)
    if self.shape[0] != self.shape[1]:
        raise TypeError("sparse matrix is not square")
    return power(self, n)


def power(a, n):
    """The matrix power, by squares."""
    n = operator.index(n)
    if n < 0:
        raise ValueError("exponent must be >= 0")
    if not n:
        return (ss.identity if a.is_matrix else ss.eye_array)(a.shape[0], dtype=a.dtype)
    if n == 1:
        return a
    half = power(a, n // 2)
    return half @ half @ a if n % 2 else half @ half


def _compared(fun):
    return lambda self, other: fun(self.plain, getattr(other, "plain", getval(other)))


OPERATORS = {
    "__matmul__": _matmul, "__rmatmul__": _rmatmul, "dot": _dot, "multiply": _multiply,
    "__mul__": _mul, "__rmul__": _rmul, "__truediv__": _truediv,
    "__add__": _add, "__radd__": _add,
    "__sub__": lambda self, other: _add(self, -as_array(other)),
    "__rsub__": lambda self, other: _add(_neg(Sparse.of(self)), other),
}  # fmt: skip
"""Those with another operand, which serve SciPy's own matrices as well."""

for _name, _fun in OPERATORS.items():
    setattr(Sparse, _name, _fun)
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Sparse, f"__{_name}__", _compared(getattr(operator, _name)))
Sparse.__neg__, Sparse.__abs__, Sparse.__pow__ = _neg, _abs, _pow
Sparse.__pos__ = lambda self: self
