"""Matrices whose entries are entries of shorter arrays, and products with them."""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl

from ...core.box import getval
from ...numpy.kinds import composed, constant
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from ...numpy.rules.linear.matrices import conj
from .reading import valid
from .solving import columns

__all__ = ["placed"]


def placed(fun, *arrays, **options):
    """What a function that moves entries about does: found from what it does to their numbers."""
    arrays = [as_array(x) for x in arrays]
    numbers, count = [], 1
    for x in arrays:
        numbers.append(np.arange(count, count + x.size).reshape(x.shape))
        count += x.size
    places = np.asarray(fun(*numbers, **options)).astype(int)
    entries = np.concatenate([np.ravel(x) for x in arrays])
    return np.concatenate([np.zeros(1, entries.dtype), entries])[places]


def _toeplitz(c, r=None):
    c = as_array(c)
    return placed(sl.toeplitz, c, conj(c) if r is None else r)


def _hankel(c, r=None):
    c = as_array(c)
    return placed(sl.hankel, c, np.zeros_like(getval(c)) if r is None else r)


composed(of(sl.toeplitz), _toeplitz)
composed(of(sl.hankel), _hankel)
composed(of(sl.circulant), lambda c: placed(sl.circulant, c))
composed(of(sl.leslie), lambda f, s: placed(sl.leslie, f, s))
composed(of(sl.block_diag), lambda *arrs: placed(sl.block_diag, *arrs))
composed(of(sl.diagsvd), lambda s, M, N: placed(sl.diagsvd, s, M=M, N=N))
composed(
    of(sl.convolution_matrix),
    lambda a, n, mode="full": placed(sl.convolution_matrix, a, n=n, mode=mode),
)

# -- companions of polynomials -----------------------------------------------------------------


def _companion(a):
    sl.companion(getval(a))  # SciPy's errors
    row = -a[..., None, 1:] / (1.0 * a[..., None, :1])
    n = row.shape[-1]
    ones = np.broadcast_to(np.eye(n - 1, n, dtype=row.dtype), (*row.shape[:-2], n - 1, n))
    return np.concatenate([row, ones], -2)


def _fiedler_companion(a):
    a = np.atleast_1d(a)
    numbers = np.broadcast_to(np.arange(1, a.shape[-1] + 1), a.shape)
    a = a / a[..., :1]
    places = sl.fiedler_companion(numbers).astype(int)
    index = np.maximum(-places - 1, 0).reshape(*a.shape[:-1], -1)
    entries = -np.take_along_axis(a, index, -1).reshape(places.shape)
    return np.where(places < 0, entries, places.astype(a.real.dtype))


def _fiedler(a):
    a = np.atleast_1d(a)
    return abs(a[..., :, None] - a[..., None, :])


composed(of(sl.companion), _companion)
composed(of(sl.fiedler_companion), _fiedler_companion)
composed(of(sl.fiedler), _fiedler)

# -- products ----------------------------------------------------------------------------------


def _khatri_rao(a, b):
    if a.ndim < 2 or b.ndim < 2 or a.shape[-1] != b.shape[-1]:
        raise ValueError("The number of columns for both arrays should be equal.")
    c = a[..., :, None, :] * b[..., None, :, :]
    return c.reshape(*c.shape[:-3], -1, c.shape[-1])


def _column_and_row(c_or_cr):
    if isinstance(c_or_cr, tuple):
        return map(as_array, c_or_cr)
    c = as_array(c_or_cr)
    return c, conj(c)


def _matmul_toeplitz(c_or_cr, x, check_finite=False, workers=None):
    c, r = _column_and_row(c_or_cr)
    return placed(sl.toeplitz, valid(c, check_finite), valid(r, check_finite)) @ x


def _solve_toeplitz(c_or_cr, b, check_finite=True):
    c, r = _column_and_row(c_or_cr)
    a = placed(sl.toeplitz, valid(c, check_finite), valid(r, check_finite))
    return columns(np.linalg.solve, a, valid(b, check_finite))


def _norm(a, ord=None, axis=None, keepdims=False, check_finite=True):
    return np.linalg.norm(valid(a, check_finite), ord, axis, keepdims)


composed(of(sl.khatri_rao), _khatri_rao)
composed(of(sl.matmul_toeplitz), _matmul_toeplitz)
composed(of(sl.solve_toeplitz), _solve_toeplitz)
composed(of(sl.norm), _norm)
if hasattr(sl, "kron"):
    composed(of(sl.kron), lambda a, b: np.kron(a, b))
constant(of(sl.bandwidth), of(sl.issymmetric), of(sl.ishermitian))
