"""LU, Cholesky, QR, singular value and polar factors."""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl

from ...core.box import getval
from ...core.primitive import Primitive
from ...numpy.kinds import composed, custom
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import refuse
from ...numpy.rules.linear.decompositions import qr_jvp, qr_vjp, svd_jvp, svd_vjp
from ...numpy.rules.linear.matrices import H, T, conj, from_triangle, scaled
from ...numpy.rules.linear.reflectors import reflectors
from ...spaces import match
from .reading import valid
from .solving import rows_from_swaps, triangular

__all__ = ["aligned", "qr_of", "svd"]

# -- lu: A = L U of rows in their final order (de Hoog, Anderssen and Lukas 2011, "Differentiation
#    of matrix functionals using triangular factorization"). L and U share one array, without the
#    ones on the diagonal of L. ------------------------------------------------------------------


def _elimination(a):
    """By columns, without pivots: the rows are in their order."""
    a = a.copy()
    for k in range(a.shape[-1] - 1):
        with np.errstate(divide="ignore", invalid="ignore"):
            a[..., k + 1 :, k] /= a[..., k, k, None]
        a[..., k + 1 :, k + 1 :] -= a[..., k + 1 :, k, None] * a[..., k, None, k + 1 :]
    return a


def _lower(lu):
    return np.tril(lu, -1) + np.eye(lu.shape[-1], dtype=lu.real.dtype)


def _right(x, r, lower):
    """x r⁻¹."""
    return T(triangular(T(r), T(x), not lower))


def _lu_jvp(t, ans):
    low, up = _lower(ans), np.triu(ans)
    inner = _right(triangular(low, t, True), up, False)
    return low @ np.tril(inner, -1) + np.triu(inner) @ up


def _lu_vjp(g, ans):
    low, up = _lower(ans), np.triu(ans)
    inner = np.tril(T(low) @ np.tril(g, -1), -1) + np.triu(np.triu(g) @ T(up))
    return _right(triangular(T(low), inner, False), T(up), True)


_square_lu = Primitive(_elimination, name="lu")
custom(_square_lu, a=_lu_vjp, jvps={"a": _lu_jvp})


def _lu_of(a):
    """L and U in one array, of a matrix of any shape."""
    k = min(a.shape[-2:])
    lu = _square_lu(a[..., :k, :k])
    if a.shape[-2] > k:
        return np.concatenate([lu, _right(a[..., k:, :], np.triu(lu), False)], -2)
    if a.shape[-1] > k:
        return np.concatenate([lu, triangular(_lower(lu), a[..., k:], True)], -1)
    return lu


def _lu_factor(a, overwrite_a=False, check_finite=True):
    a = valid(a, check_finite)
    piv = sl.lu_factor(getval(a))[1]
    rows = _rows_of(piv, a.shape[-2])
    return _lu_of(_ordered(a, rows)), piv


def _rows_of(piv, m):
    """Where a matrix has more rows than columns, the last ones are swapped with none."""
    rest = np.broadcast_to(np.arange(piv.shape[-1], m), (*piv.shape[:-1], m - piv.shape[-1]))
    return rows_from_swaps(np.concatenate([piv, rest], -1))


def _ordered(a, rows):
    return np.take_along_axis(a, np.broadcast_to(rows[..., None], a.shape), -2)


def _lu(a, permute_l=False, overwrite_a=False, check_finite=True, p_indices=False):
    a = valid(a, check_finite)
    given = sl.lu(getval(a))[0]
    rows = np.argmax(getval(given), -2)
    lu, k = _lu_of(_ordered(a, rows)), min(a.shape[-2:])
    low = np.tril(lu[..., :k], -1) + np.eye(a.shape[-2], k, dtype=lu.real.dtype)
    up = np.triu(lu[..., :k, :])
    places = np.argsort(rows, -1)
    if permute_l:
        return _ordered(low, places), up
    return places if p_indices else given, low, up


composed(of(sl.lu_factor), _lu_factor)
composed(of(sl.lu), _lu)

# -- cholesky, of the triangle that is read ----------------------------------------------------


def _cholesky(a, lower=False, overwrite_a=False, check_finite=True):
    a = from_triangle(valid(a, check_finite), "L" if lower else "U")
    factor = np.linalg.cholesky(a)
    return factor if lower else H(factor)


# SciPy before 1.18 leaves the other triangle as it was
_LEAVES = bool(sl.cho_factor(np.array([[4.0, 3.0], [3.0, 4.0]]))[0][1, 0] == 3.0)


def _cho_factor(a, lower=False, overwrite_a=False, check_finite=True):
    a = valid(a, check_finite)
    factor = _cholesky(a, lower)
    if _LEAVES:
        factor = factor + (np.triu(a, 1) if lower else np.tril(a, -1))
    return factor, lower


composed(of(sl.cholesky), _cholesky)
composed(of(sl.cho_factor), _cho_factor)

# -- singular values ---------------------------------------------------------------------------

svd = Primitive(
    lambda a, full_matrices=True, lapack_driver="gesdd": sl.svd(
        a, full_matrices, check_finite=False, lapack_driver=lapack_driver
    ),
    name="svd",
)
custom(svd, a=svd_vjp, jvps={"a": svd_jvp}, inert=("full_matrices", "lapack_driver"))


def _svd(
    a, full_matrices=True, compute_uv=True, overwrite_a=False, check_finite=True,
    lapack_driver="gesdd",
):  # fmt: skip
    parts = svd(valid(a, check_finite), bool(full_matrices and compute_uv), lapack_driver)
    return parts if compute_uv else parts[1]


def _svdvals(a, overwrite_a=False, check_finite=True):
    return svd(valid(a, check_finite), False)[1]


composed(of(sl.svd), _svd)
composed(of(sl.svdvals), _svdvals)

# -- spaces, each by a basis that turns no more than the space does ----------------------------


def _rank(s, size, rcond):
    rcond = np.finfo(s.dtype).eps * size if rcond is None else rcond
    return int(np.sum(getval(s) > np.max(getval(s), initial=0.0) * rcond))


def _orth(A, rcond=None):
    u, s, _ = svd(A, False)
    return u[:, : _rank(s, max(A.shape), rcond)]


def _null_space(A, rcond=None, *, overwrite_a=False, check_finite=True, lapack_driver="gesdd"):
    A = valid(A, check_finite)
    _, s, vh = svd(A, True, lapack_driver)
    return H(vh[_rank(s, max(A.shape), rcond) :])


def _subspace_angles(A, B):
    """Small angles from their sines, large ones from their cosines: Knyazev and Argentati 2002."""
    a, b = _orth(valid(A)), _orth(valid(B))
    if a.shape[1] < b.shape[1]:
        a, b = b, a
    inner = H(a) @ b
    cosines = _svdvals(inner)[::-1]
    sines = _svdvals(b - a @ inner)
    wide = getval(cosines[::-1]) ** 2 < 0.5
    by_sine = np.arcsin(np.where(wide, 0, np.clip(sines, -1.0, 1.0)))
    return np.where(wide, np.arccos(np.where(wide, np.clip(cosines, -1.0, 1.0), 0)), by_sine)


composed(of(sl.orth), _orth)
composed(of(sl.null_space), _null_space)
composed(of(sl.subspace_angles), _subspace_angles)

# -- qr, rq ------------------------------------------------------------------------------------

_thin_or_full = Primitive(lambda a, mode: sl.qr(a, mode=mode, check_finite=False), name="qr")
custom(_thin_or_full, a=qr_vjp, jvps={"a": qr_jvp}, inert=("mode",))


def qr_of(a, mode):
    """Of a matrix of any shape: Q comes from the first columns alone."""
    rows, k = a.shape[-2:]
    q, r = _thin_or_full(a[..., :rows], mode)
    return q, np.concatenate([r, H(q) @ a[..., rows:]], -1) if k > rows else r


def _qr(a, overwrite_a=False, lwork=None, mode="full", pivoting=False, check_finite=True):
    a = valid(a, check_finite)
    if mode not in ("full", "r", "economic", "raw"):
        raise ValueError("Mode argument should be one of ['full', 'r', 'economic', 'raw']")
    order = ()
    if pivoting:
        order = (sl.qr(getval(a), mode="r", pivoting=True)[-1],)
        a = np.take_along_axis(a, np.broadcast_to(order[0][..., None, :], a.shape), -1)
    if mode == "raw":
        factors, taus = reflectors(a)
        return (factors, taus), np.triu(factors[..., : a.shape[-1], :]), *order
    q, r = qr_of(a, "full" if mode == "full" else "economic")
    if mode == "r":
        rest = a.shape[-2] - r.shape[-2]
        r = np.concatenate([r, np.zeros((*r.shape[:-2], rest, r.shape[-1]), r.dtype)], -2)
        return r, *order
    return q, r, *order


def aligned(v, wanted):
    """Columns times the signs or phases that make them those wanted, a computed factor's."""
    along = (conj(getval(v)) * wanted).sum(-2)
    size = abs(along)
    return np.where(size > 0, along / np.where(size > 0, size, 1), 1).astype(wanted.dtype)


def _rq(a, overwrite_a=False, lwork=None, mode="full", check_finite=True):
    """QR of the last rows, read backwards."""
    a = valid(a, check_finite)
    if mode not in ("full", "r", "economic"):
        raise ValueError("Mode argument should be one of ['full', 'r', 'economic']")
    m, n = a.shape[-2:]
    if m < n and mode == "full":
        refuse("rq of more columns than rows", mode=mode)
    wanted = sl.rq(getval(a), mode="economic")[1]
    q = qr_of(H(a[..., max(m - n, 0) :, :])[..., ::-1], "economic")[0][..., ::-1]
    q = scaled(q, aligned(q, H(wanted)))
    r = np.triu(a @ q, min(n - m, 0))
    if mode == "r":
        return np.concatenate([np.zeros((*r.shape[:-1], max(n - m, 0)), r.dtype), r], -1)
    return r, H(q)


def _qr_multiply(
    a, c, mode="right", pivoting=False, conjugate=False, overwrite_a=False, overwrite_c=False
):
    if mode not in ("left", "right"):
        raise ValueError("Mode argument can only be 'left' or 'right'")
    a, c = valid(a), valid(c)
    q, r, *order = _qr(a, mode="economic", pivoting=pivoting)
    q = conj(q) if conjugate else q
    vector = c.ndim < 2
    if mode == "left":
        product = q @ (c[..., None] if vector else c)
    else:
        product = np.atleast_2d(c) @ q
    return product.ravel() if vector else product, r, *order


composed(of(sl.qr), _qr)
composed(of(sl.rq), _rq)
composed(of(sl.qr_multiply), _qr_multiply)

# -- polar: A = U P ----------------------------------------------------------------------------


def _polar_jvp(t, ans):
    """With X = Uᴴ dU, which is skew: Uᴴ dA = X P + dP, so X P + P X = Uᴴ dA - dAᴴ U."""
    u, p = ans
    inner = H(u) @ t
    turn = of(sl.solve_sylvester)(p, p, inner - H(inner))
    out = t - u @ inner
    du = u @ turn if u.shape[0] == u.shape[1] else u @ turn + H(np.linalg.solve(p, H(out)))
    return du, inner - turn @ p


_tall_polar = Primitive(lambda a: sl.polar(a), name="polar")
custom(_tall_polar, jvps={"a": _polar_jvp})


def _polar(a, side="right"):
    if side not in ("right", "left"):
        raise ValueError("`side` must be either 'right' or 'left'")
    if a.ndim != 2:
        raise ValueError("`a` must be a 2-D array.")
    wide = a.shape[0] < a.shape[1]
    u, p = _tall_polar(H(a) if wide else a)
    other = u @ p @ H(u)
    if wide:
        return H(u), other if side == "right" else p
    return u, p if side == "right" else other


# early versions (1.11) do not conjugate A, and their values are what to agree with
_adjoint = H if sl.orthogonal_procrustes([[1j]], [[1.0]])[0].imag < 0 else T


def _orthogonal_procrustes(A, B, check_finite=True):
    A, B = valid(A, check_finite), valid(B, check_finite)
    if A.ndim != 2 or A.shape != B.shape:
        raise ValueError(f"the shapes of A and B differ ({A.shape} vs {B.shape})")
    turn, stretch = _tall_polar(_adjoint(A) @ B)
    return match(turn, np.result_type(A, B)), np.trace(stretch).real


composed(of(sl.polar), _polar)
composed(of(sl.orthogonal_procrustes), _orthogonal_procrustes)
