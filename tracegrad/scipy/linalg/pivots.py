"""A = L D Lᴴ of indefinite matrices, and QR factors of matrices that change a little."""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.linear.matrices import H, T, from_triangle
from .factors import qr_of
from .reading import read_as, valid

__all__ = []

# -- ldl, in the order and with the blocks that LAPACK chose -----------------------------------


def _eliminated(a, starts, star):
    """L and D of blocks with these starts: each is eliminated from what is left of the matrix."""
    n = len(a)
    lows, blocks = [], []
    for start, end in zip(starts, [*starts[1:], n]):
        size = end - start
        block, below = a[:size, :size], a[size:, :size]
        low = T(np.linalg.solve(T(block), T(below)))
        a = a[size:, size:] - low @ star(below)
        eye = np.eye(size, dtype=block.real.dtype)
        lows.append(np.concatenate([np.zeros((start, size), block.dtype), eye, low]))
        blocks.append(block)
    return np.concatenate(lows, -1), of(sl.block_diag)(*blocks)


def _ldl(A, lower=True, hermitian=True, overwrite_a=False, check_finite=True):
    A = np.atleast_2d(valid(A, check_finite))
    if A.shape[0] != A.shape[1]:
        raise ValueError('The input array "a" should be square.')
    known, middle, perm = sl.ldl(getval(A), lower, hermitian)
    if not A.size:
        return known, middle, perm
    is_hermitian = hermitian and A.dtype.kind == "c"
    a = from_triangle(A, "L" if lower else "U") if is_hermitian else read_as(A, "sym", lower)
    order = perm if lower else perm[::-1]
    turned = middle[::-1, ::-1] if not lower else middle
    starts = [i for i in range(len(a)) if not i or not turned[i, i - 1]]
    low, d = _eliminated(a[order][:, order], starts, H if is_hermitian else T)
    low = low[np.argsort(order)]
    return (low, d, perm) if lower else (low[:, ::-1], d[::-1, ::-1], perm)


composed(of(sl.ldl), _ldl)

# -- qr of a matrix with rows or columns more, less or moved -----------------------------------


def _factored(a, known):
    """The factors of a, turned to be those known."""
    q, r = qr_of(a, "full" if known[0].shape[1] > a.shape[1] else "economic")
    turn = H(getval(q)) @ known[0]
    return q @ turn, np.triu(H(turn) @ r)


def _values(*arrays):
    return [getval(x) for x in arrays]


def _qr_update(Q, R, u, v, overwrite_qruv=False, check_finite=True):
    Q, R, u, v = [valid(x, check_finite) for x in (Q, R, u, v)]
    known = sl.qr_update(*_values(Q, R, u, v))
    u, v = (u, v) if u.ndim == 2 else (u[:, None], v[:, None])
    return _factored(Q @ R + u @ H(v), known)


def _qr_insert(Q, R, u, k, which="row", rcond=None, overwrite_qru=False, check_finite=True):
    Q, R, u = [valid(x, check_finite) for x in (Q, R, u)]
    known = sl.qr_insert(*_values(Q, R, u), k, which, rcond)
    a = Q @ R
    if which == "row":
        u = np.atleast_2d(u)
        return _factored(np.concatenate([a[:k], u, a[k:]]), known)
    u = u if u.ndim == 2 else u[:, None]
    return _factored(np.concatenate([a[:, :k], u, a[:, k:]], 1), known)


def _qr_delete(Q, R, k, p=1, which="row", overwrite_qr=False, check_finite=True):
    Q, R = valid(Q, check_finite), valid(R, check_finite)
    known = sl.qr_delete(*_values(Q, R), k, p, which)
    axis = 0 if which == "row" else 1
    a = Q @ R
    return _factored(np.delete(a, np.arange(k % a.shape[axis], k % a.shape[axis] + p), axis), known)


composed(of(sl.qr_update), _qr_update)
composed(of(sl.qr_insert), _qr_insert)
composed(of(sl.qr_delete), _qr_delete)
