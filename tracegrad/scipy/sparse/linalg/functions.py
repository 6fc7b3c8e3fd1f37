"""Exponentials, powers and norms of sparse matrices."""

from __future__ import annotations

import math

import numpy as np
import scipy.linalg
import scipy.sparse as ss
import scipy.sparse.linalg as sl

from ....core.box import getval
from ....core.errors import NoDerivative, user_line
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ... import linalg as _dense  # noqa: F401  the rule of the dense exponential
from ..arithmetic import is_sparse
from ..arithmetic import power as powers
from ..calling import answers
from ..matrix import Sparse
from .direct import dense_as, plain
from .eigen import svds

__all__ = ["install"]

# exp(A) b as a Taylor series of e^(A / s), applied s times, as in Al-Mohy and Higham, "Computing
# the action of the matrix exponential", SIAM J. Sci. Comput. 33 (2011). With |A / s| ≤ 2 the terms
# from the 29th on are below 1e-21 of the sum, and so are their derivatives.
_SIZE, _TERMS = 2.0, 28


def _exponential_times(a, mu, size, t, x):
    """exp(t a) x, where |a - mu| ≤ size."""
    steps = max(1, math.ceil(abs(t) * size / _SIZE))
    h = t / steps
    factor = np.exp(h * mu).item()
    for _ in range(steps):
        term = total = x
        for j in range(1, _TERMS + 1):
            term = (a @ term - mu * term) * (h / j)
            total = total + term
        x = total * factor
    return x


def _expm_multiply(A, B, start=None, stop=None, num=None, endpoint=None, traceA=None):
    if isinstance(A, sl.LinearOperator) or is_sparse(B):
        raise NoDerivative(
            f"expm_multiply: no derivative is known of linear operators and sparse B.\n"
            f"  in {user_line()}\n  Pass a matrix A and a dense B."
        )
    a, x = A if is_sparse(A) else as_array(A), as_array(B)
    value, n = ss.csr_matrix(plain(a)), a.shape[0]
    if value.shape != (n, n) or x.shape[:1] != (n,):
        raise ValueError(f"shapes of matrices A {a.shape} and B {x.shape} are incompatible")
    trace = value.diagonal().sum() if traceA is None else getval(traceA)
    mu = (trace / max(n, 1)).item()
    size = abs(value - mu * ss.identity(n)).sum(0).max() if n else 0.0
    if start is stop is num is endpoint is None:
        return _exponential_times(a, mu, size, 1.0, x)
    endpoint = True if endpoint is None else endpoint
    times = np.linspace(start, stop, 50 if num is None else num, endpoint=endpoint)
    found = [_exponential_times(a, mu, size, float(times[0]), x)]
    for h in np.diff(times).tolist():
        found.append(_exponential_times(a, mu, size, h, found[-1]))
    return np.stack(found)


def _expm(A):
    exponential = of(scipy.linalg.expm)(A.toarray() if is_sparse(A) else as_array(A))
    return dense_as(exponential, plain(A)) if is_sparse(A) else exponential


def _length(squares):
    """Square roots, with slope 0 at 0."""
    zero = getval(squares) == 0
    one = squares.dtype.type(1)
    return np.where(zero, squares.dtype.type(0), np.sqrt(np.where(zero, one, squares)))[()]


def _norm(x, ord=None, axis=None):
    a = abs(Sparse.of(x))
    axes = (0, 1) if axis is None else tuple(np.atleast_1d(axis).tolist())
    if len(axes) == 1:
        (axis,) = axes
        if not -2 <= axis < 2:
            raise ValueError(f"Invalid axis {axis!r} for an array with shape {a.shape!r}")
        return _vector_norms(a, ord, axis)
    if sorted(i % 2 for i in axes) != [0, 1]:
        raise ValueError("Duplicate axes given.")
    row, column = (i % 2 for i in axes)
    if ord in (None, "f", "fro"):
        return np.linalg.norm(a.entries)
    if ord in (2, -2, "nuc"):
        if ord == 2:
            solver = "arpack" if min(a.shape) > 1 else "lobpcg"
            return svds(x, k=1, solver=solver, return_singular_vectors=False)[0]
        raise NotImplementedError
    if ord not in (1, -1, np.inf, -np.inf):
        raise ValueError("Invalid norm order for matrices.")
    sums = a.sum(axis=row if abs(ord) == 1 else column).reshape(-1)
    return np.max(sums) if ord > 0 else np.min(sums)


def _vector_norms(a, ord, axis):
    if ord == np.inf:
        return a.toarray().max(axis)
    if ord == -np.inf:
        return a.toarray().min(axis)
    if ord == 0:
        return sl.norm(a.plain, 0, axis)
    if ord == 1:
        return a.sum(axis).reshape(-1)
    if ord in (2, None):
        return _length(a.power(2).sum(axis).reshape(-1))
    if not ord + 1 > ord:
        raise ValueError("Invalid norm order for vectors.")
    return a.power(ord).sum(axis).reshape(-1) ** (1 / ord)


def _matrix_power(A, power):
    return powers(A, power)


def install(namespace):
    """Put the functions into the namespace."""
    answers(
        namespace, sl, expm_multiply=_expm_multiply, expm=_expm, norm=_norm,
        matrix_power=_matrix_power,
    )  # fmt: skip
