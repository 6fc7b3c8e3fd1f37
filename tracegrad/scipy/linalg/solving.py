"""Inverses, determinants and linear systems of full, triangular and factored matrices."""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl

from ...core.box import getval
from ...core.primitive import Primitive
from ...numpy.kinds import composed, custom
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from ...numpy.rules.linear.linalg import check_full_rank
from ...numpy.rules.linear.matrices import H, T, conj, from_triangle
from ...spaces import fit, match
from .reading import read_as, valid

__all__ = ["columns", "triangular"]


def columns(solve, a, b):
    """`solve(a, b)` of stacks of columns, where one vector may stand for them."""
    vector = b.ndim == 1
    b = b[:, None] if vector else b
    x = solve(a, np.reshape(b, (1,) * (a.ndim - b.ndim) + b.shape))
    return x[..., 0] if vector else x


def _inv(a, overwrite_a=False, check_finite=True, *, assume_a=None, lower=False):
    return np.linalg.inv(read_as(valid(a, check_finite), assume_a, lower))


def _det(a, overwrite_a=False, check_finite=True):
    """In double precision, whatever the matrix has."""
    a = valid(a, check_finite)
    return np.linalg.det(match(a, np.result_type(a.dtype, np.float64)))


def _solve(
    a, b, lower=False, overwrite_a=False, overwrite_b=False, check_finite=True, assume_a=None,
    transposed=False,
):  # fmt: skip
    a, b = np.atleast_2d(valid(a, check_finite)), np.atleast_1d(valid(b, check_finite))
    if transposed and a.dtype.kind == "c":
        raise NotImplementedError(
            "scipy.linalg.solve can currently not solve a^T x = b or a^H x = b for complex matrices"
        )
    a = read_as(a, assume_a, lower)
    if a.size == 1:
        return b / a[..., 0, 0].reshape(())
    return columns(np.linalg.solve, T(a) if transposed else a, b)


composed(of(sl.inv), _inv)
composed(of(sl.det), _det)
composed(of(sl.solve), _solve)

# -- pseudo-inverses and least squares, where the rank stays the same --------------------------


def _pseudo_inverse(a, atol, rtol, return_rank, hermitian):
    value = getval(a)
    sizes = abs(np.linalg.eigvalsh(value)) if hermitian else np.linalg.svd(value, compute_uv=False)
    largest = sizes.max(axis=-1, initial=0)
    rtol = max(a.shape[-2:]) * np.finfo(a.dtype).eps if rtol is None else rtol
    cut = (0.0 if atol is None else atol) + largest * rtol
    inverse = np.linalg.pinv(a, cut / np.where(largest == 0, 1, largest), hermitian=hermitian)
    if not return_rank:
        return inverse
    rank = np.sum(sizes > np.expand_dims(cut, -1), -1)
    return inverse, rank


def _pinv(a, atol=None, rtol=None, return_rank=False, check_finite=True, cond=None, rcond=None):
    return _pseudo_inverse(valid(a, check_finite), atol, rtol, return_rank, False)


def _pinvh(a, atol=None, rtol=None, lower=True, return_rank=False, check_finite=True):
    a = from_triangle(valid(a, check_finite), "L" if lower else "U")
    return _pseudo_inverse(a, atol, rtol, return_rank, True)


def _lstsq(
    a, b, cond=None, overwrite_a=False, overwrite_b=False, check_finite=True, lapack_driver=None
):
    a, b = valid(a, check_finite), valid(b, check_finite)
    rank, values = sl.lstsq(getval(a), getval(b), cond, lapack_driver=lapack_driver)[2:]
    rows, unknowns = a.shape
    check_full_rank(rank, rows, unknowns)
    x = np.linalg.pinv(a, 0.0) @ b
    if values is None or rows <= unknowns:  # gelsy tells no more
        residues = np.zeros(0, x.dtype)
    else:
        off = b - a @ x
        residues = (off * conj(off)).real.sum(0)
    return x, residues, rank, None if values is None else np.linalg.svd(a, compute_uv=False)


composed(of(sl.pinv), _pinv)
composed(of(sl.pinvh), _pinvh)
composed(of(sl.lstsq), _lstsq)

# -- triangles: dX = A⁻¹ (dB - dA X) -----------------------------------------------------------

triangular = Primitive(
    lambda a, b, lower: sl.solve_triangular(a, b, lower=lower, check_finite=False),
    name="solve_triangular",
)
"""a⁻¹ b of a triangle with zeros beside it, and columns b."""

custom(
    triangular,
    a=lambda g, ans, a, lower: fit(-triangular(T(a), g, not lower) @ T(ans), a.shape, a.dtype),
    b=lambda g, a, b, lower: fit(triangular(T(a), g, not lower), b.shape, b.dtype),
    jvps={
        "a": lambda t, ans, a, lower: -triangular(a, t @ ans, lower),
        "b": lambda t, again: again(b=t),
    },
)


def _solve_triangular(
    a, b, trans=0, lower=False, unit_diagonal=False, overwrite_b=False, check_finite=True
):
    a, b = valid(a, check_finite), valid(b, check_finite)
    a = np.tril(a, -unit_diagonal) if lower else np.triu(a, +unit_diagonal)
    if unit_diagonal:
        a = a + np.eye(a.shape[-1], dtype=a.real.dtype)
    trans = {"N": 0, "T": 1, "C": 2}.get(trans, trans)
    if trans:
        a = T(a) if trans == 1 else H(a)
    lower = bool(lower) is not bool(trans)
    return columns(lambda a, b: triangular(a, b, lower), a, b)


composed(of(sl.solve_triangular), _solve_triangular)

# -- from factors ------------------------------------------------------------------------------


def _cho_solve(c_and_lower, b, overwrite_b=False, check_finite=True):
    c, lower = c_and_lower
    c, b = valid(c, check_finite), valid(b, check_finite)
    half = np.tril(c) if lower else H(np.triu(c))
    return columns(lambda a, b: triangular(H(a), triangular(a, b, True), False), half, b)


def rows_from_swaps(piv):
    """The order of rows after the swaps that LAPACK did, one after another."""
    piv = np.asarray(piv)
    order = np.broadcast_to(np.arange(piv.shape[-1]), piv.shape).copy()
    for place in np.ndindex(piv.shape[:-1]):
        rows = order[place]
        for i, j in enumerate(piv[place]):
            rows[[i, j]] = rows[[j, i]]
    return order


def _lu_solve(lu_and_piv, b, trans=0, overwrite_b=False, check_finite=True):
    lu, piv = lu_and_piv
    lu, b = valid(lu, check_finite), valid(b, check_finite)
    lower, upper = np.tril(lu, -1) + np.eye(lu.shape[-1], dtype=lu.real.dtype), np.triu(lu)
    rows = rows_from_swaps(getval(piv))[..., None]

    def solve(a, b):
        batch = np.broadcast_shapes(b.shape[:-2], rows.shape[:-2])
        b = np.broadcast_to(b, batch + b.shape[-2:])
        if not trans:
            b = np.take_along_axis(b, np.broadcast_to(rows, b.shape), -2)
            return triangular(upper, triangular(lower, b, True), False)
        turn = T if trans == 1 else H
        b = triangular(turn(lower), triangular(turn(upper), b, True), False)
        return np.take_along_axis(b, np.broadcast_to(np.argsort(rows, -2), b.shape), -2)

    return columns(solve, lu, b)


composed(of(sl.cho_solve), _cho_solve)
composed(of(sl.lu_solve), _lu_solve)

# -- by Fourier's vectors, which all circulant matrices have -----------------------------------


def _solve_circulant(c, b, singular="raise", tol=None, caxis=-1, baxis=0, outaxis=0):
    c, b = np.atleast_1d(as_array(c)), np.atleast_1d(as_array(b))
    if c.shape[caxis] != b.shape[baxis]:
        raise ValueError(f"Shapes of c {c.shape} and b {b.shape} are incompatible")
    values = np.fft.fft(np.moveaxis(c, caxis, -1), axis=-1)
    sizes = abs(getval(values))
    if tol is None:
        tol = sizes.max(axis=-1, keepdims=True) * sizes.shape[-1] * np.finfo(np.float64).eps
    none = sizes <= tol
    if none.any() and singular == "raise":
        raise np.linalg.LinAlgError("near singular circulant matrix.")
    spectrum = np.fft.fft(np.moveaxis(b, baxis, -1), axis=-1) / np.where(none, 1, values)
    x = np.fft.ifft(np.where(none, 0, spectrum), axis=-1)
    if "c" not in (c.dtype.kind, b.dtype.kind):
        x = x.real
    return np.moveaxis(x, -1, outaxis)


composed(of(sl.solve_circulant), _solve_circulant)
