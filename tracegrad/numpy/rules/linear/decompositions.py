"""Eigenvalues, singular values, QR and Cholesky factors.

Vectors are fixed by their equations only up to sign, phase, or a turn within one eigenvalue, and
the derivatives here hold for whatever does not depend on that choice. Between equal eigenvalues
(singular values) vectors turn at any rate, and then

- what comes from the values alone is right to first order where it has a derivative at all;
- what comes from the vectors of other, simple values is right;
- what comes from the vectors of the repeated value is NaN, whether it has a derivative, as f(A) =
  V f(w) Vᴴ and the projector on those vectors, or not. The cotangent of V cannot tell these two
  apart: it is the same for both where f is 1 on the repeated value and 0 elsewhere, but f(A) also
  moves by the slope of f, which no cotangent holds. Tangents of those vectors are NaN, too, unless
  the step leaves them alone. NaN is seen, a zero is not;
- from svd, what comes from U and V together and from no singular value, as the polar factor U Vᴴ,
  is right in reverse mode. In forward mode it is NaN unless the step turns U and V only against
  each other, since their tangents must serve U f(s) Vᴴ as well.

Reverse mode cannot see what leaves no cotangent at all, and gives a finite number which lacks the
part between the equal values: f(A) where f is 0 on the repeated value (log at the identity), also
V f(w) V⁻¹ from eig or eigh whatever f is there. Forward mode gives NaN for these, too.

Formulas are derived for tangents; the cotangents' are their transposes, written for the conjugate
cotangent, which pairs as in textbooks, Re(sum(conj(g) * t)).
"""

from __future__ import annotations

import numpy as np

from ....core.primitive import Primitive
from ....spaces import is_nothing, match
from ...kinds import composed, custom
from ...namespace import primitive_of as of
from .matrices import (
    H,
    T,
    conj,
    diagonal_of,
    from_triangle,
    gaps,
    needed,
    negligible,
    over_gaps,
    scaled,
    sums,
    to_triangle,
    unused,
)
from .reflectors import reflectors

# -- eigh: A V = V W (Giles 2008, section 3.1) -------------------------------------------------


def _eigh_jvp(t, ans, UPLO):
    w, v = ans
    moved = from_triangle(t, UPLO) @ v
    along = (conj(v) * moved).sum(-2).real  # by columns: NaN stays with its vector at higher orders
    return along, v @ over_gaps(H(v) @ moved, gaps(w))


def _eigh_vjp(g, ans, UPLO):
    (gw, gv), (w, v) = g, ans
    if unused(gv):
        v = needed(v, gw)
        return to_triangle(scaled(conj(v), gw) @ T(v), UPLO)
    inner = over_gaps(T(v) @ gv, gaps(w)) + np.eye(w.shape[-1], dtype=w.dtype) * gw[..., None, :]
    return to_triangle(conj(v) @ inner @ T(v), UPLO)


custom(of(np.linalg.eigh), a=_eigh_vjp, jvps={"a": _eigh_jvp}, inert=("UPLO",))
composed(of(np.linalg.eigvalsh), lambda a, UPLO="L": np.linalg.eigh(a, UPLO)[0])

# -- eig: A V = V W with columns of length 1 (Boeddeker et al. 2017, "On the computation of
#    complex-valued gradients with application to statistically optimum beamforming", 4.5) --------


def _eig_jvp(t, ans):
    w, v = ans
    moved = np.linalg.solve(v, t @ v)
    dv = v @ over_gaps(moved, gaps(w))
    along = (conj(v) * dv).sum(-2)  # a column of length 1 moves across itself
    return diagonal_of(moved), dv - scaled(v, along)


def _eig_vjp(g, ans, a):
    (gw, gv), (w, v) = g, ans
    if unused(gv):
        return match(np.linalg.solve(T(v), gw[..., :, None] * T(v)), a.dtype)
    gv = gv - scaled(conj(v), (v * gv).sum(-2))
    inner = over_gaps(T(v) @ gv, gaps(w)) + np.eye(w.shape[-1], dtype=v.dtype) * gw[..., None, :]
    return match(np.linalg.solve(T(v), inner) @ T(v), a.dtype)


custom(of(np.linalg.eig), a=_eig_vjp, jvps={"a": _eig_jvp})
composed(of(np.linalg.eigvals), lambda a: np.linalg.eig(a)[0])

# -- svd: A = U S Vᴴ (Townsend 2016, "Differentiating the singular value decomposition"; the phase
#    of complex vectors as in Wan and Zhang 2019, "Automatic differentiation for complex valued
#    SVD"). The turns of U and V are split into the one they have in common, over s_j - s_i, and
#    the one against each other, over s_j + s_i, which equal singular values leave determined. ----


def _rectangle(s, rows, columns):
    """diag(s) with zeros added to that many rows and columns."""
    k = s.shape[-1]
    wide = scaled(np.eye(rows, k, dtype=s.dtype), s)
    return wide if columns == k else wide @ np.eye(k, columns, dtype=s.dtype)


def _turned(u, turn, out, size, s):
    """The tangent of u, whose first vectors turn among themselves and move out of their span."""
    k = s.shape[-1]
    first, rest = u[..., :k], u[..., k:]
    moved = first @ turn
    if u.shape[-2] == k:
        return moved
    out = over_gaps(out, sums(s, np.zeros(1, s.dtype)), negligible(out, size))
    moved = moved + out
    if rest.shape[-1]:  # stays orthogonal to the first
        moved = np.concatenate([moved, -first @ (H(out) @ rest)], -1)
    return moved


def svd_jvp(t, ans):
    u, s, vh = ans
    v, k = H(vh), s.shape[-1]
    right, left = t @ v[..., :k], H(t) @ u[..., :k]
    inner, back = H(u[..., :k]) @ right, H(v[..., :k]) @ left
    common, against = inner + back, inner - back
    common = 0.5 * over_gaps(common, gaps(s), negligible(common, inner))
    against = 0.5 * over_gaps(against, sums(s), negligible(against, inner))
    du = _turned(u, common + against, right - u[..., :k] @ inner, right, s)
    dv = _turned(v, common - against, left - v[..., :k] @ back, left, s)
    return du, (conj(u[..., :k]) * right).sum(-2).real, H(dv)


def _pulled(u, g, s):
    """What pulls the first vectors towards each other, and out of their span over s."""
    k = s.shape[-1]
    first, rest = u[..., :k], u[..., k:]
    turn = H(first) @ g[..., :k]
    if u.shape[-2] == k:
        return turn, None
    out = g[..., :k] - first @ turn
    if rest.shape[-1]:
        out = out - rest @ (H(g[..., k:]) @ first)
    return turn, over_gaps(out, sums(s, np.zeros(1, s.dtype)), negligible(out, g))


def svd_vjp(g, ans):
    (gu, gs, gvh), (u, s, vh) = g, ans
    k = s.shape[-1]
    if unused(gu) and unused(gvh):
        return conj(scaled(needed(u[..., :k], gs), gs) @ H(needed(H(vh[..., :k, :]), gs)))
    turn_u, out_u = _pulled(u, conj(gu), s)
    turn_v, out_v = _pulled(H(vh), T(gvh), s)
    both, apart = turn_u + turn_v, turn_u - turn_v
    common, against = 0.5 * (both - H(both)), 0.5 * (apart - H(apart))
    # U f(s) Vᴴ has no pull between equal values, but a derivative. Without f, it has neither.
    pull = common if is_nothing(gs) else both
    core = (
        over_gaps(common, gaps(s), negligible(pull, turn_u, turn_v))
        + over_gaps(against, sums(s), negligible(against, turn_u, turn_v))
        + _rectangle(gs, k, k)
    )
    ga = u[..., :k] @ core @ vh[..., :k, :]
    if out_u is not None:
        ga = ga + out_u @ vh[..., :k, :]
    if out_v is not None:
        ga = ga + u[..., :k] @ H(out_v)
    return conj(ga)


_svd = Primitive(lambda a, full_matrices: np.linalg.svd(a, full_matrices=full_matrices), name="svd")
custom(_svd, a=svd_vjp, jvps={"a": svd_jvp}, inert=("full_matrices",))


def _svd_hermitian(a):
    """From eigenvalues, largest first; Vᴴ takes their signs."""
    w, v = np.linalg.eigh(a)
    order = np.argsort(-abs(w), -1)
    w = np.take_along_axis(w, order, -1)
    u = np.take_along_axis(v, order[..., None, :], -1)
    return u, abs(w), H(scaled(u, np.sign(w)))


def _svd_of_any(a, full_matrices=True, compute_uv=True, hermitian=False):
    if hermitian:
        parts = _svd_hermitian(a)
        return SVDResult(*parts) if compute_uv else parts[1]
    parts = _svd(a, bool(full_matrices and compute_uv))
    return parts if compute_uv else parts[1]


SVDResult = type(np.linalg.svd(np.eye(1)))
composed(of(np.linalg.svd), _svd_of_any)
if hasattr(np.linalg, "svdvals"):
    composed(of(np.linalg.svdvals), lambda x: _svd(x, False)[1])

# -- qr: A = Q R, of matrices with no more columns than rows (Seeger et al. 2017, "Auto-
#    differentiating linear algebra"); complex as in Walter and Lehmann 2010, "Algorithmic
#    differentiation of linear algebra functions" -------------------------------------------------


def _right_divide(x, r):
    """x r⁻¹."""
    return T(np.linalg.solve(T(r), T(x)))


def _skew(x, columns):
    """From below the diagonal; the diagonal of R stays real."""
    below = np.tril(x, -1)
    if columns > x.shape[-1]:
        below = below @ np.eye(x.shape[-1], columns, dtype=x.real.dtype)
    skew = below - H(below)
    if x.dtype.kind == "c":
        skew = skew + 1j * _rectangle(diagonal_of(x).imag, columns, columns)
    return skew


def qr_jvp(t, ans):
    q, r = ans
    k = r.shape[-1]
    out = _right_divide(t, r[..., :k, :])
    inner = H(q) @ out
    turn = _skew(inner, q.shape[-1])
    dq = q @ turn
    if q.shape[-2] > q.shape[-1]:
        dq = dq + out - q @ inner
    upper = np.triu(inner - turn[..., :k])  # below it there is rounding only
    return dq, upper[..., :k, :] @ r[..., :k, :] if k == r.shape[-2] else upper @ r[..., :k, :]


def qr_vjp(g, ans):
    (gq, gr), (q, r) = g, ans
    gq, gr, k = conj(gq), conj(gr), r.shape[-1]
    top = r[..., :k, :]
    inner = H(q) @ gq
    kept = np.tril(inner - H(inner), -1)[..., :k]
    weight = gr[..., :k, :] @ H(top)
    hermitian = (
        np.triu(weight, 1) + H(np.triu(weight, 1)) + _rectangle(diagonal_of(weight).real, k, k)
    )
    if q.shape[-1] > k:
        hermitian = np.eye(q.shape[-1], k, dtype=r.real.dtype) @ hermitian
    core = kept + hermitian
    if core.dtype.kind == "c":
        core = core + 1j * _rectangle(diagonal_of(inner).imag[..., :k], q.shape[-1], k)
    out = q @ core
    if q.shape[-2] > q.shape[-1]:
        out = out + gq - q @ inner
    return conj(_right_divide(out, H(top)))


_qr = Primitive(lambda a, mode: np.linalg.qr(a, mode), name="qr")
custom(_qr, a=qr_vjp, jvps={"a": qr_jvp}, inert=("mode",))


def _qr_of_any(a, mode="reduced"):
    np.linalg.qr(np.eye(1), mode)  # NumPy's error or warning about the mode
    if mode in ("economic", "e", "raw"):
        factors, taus = reflectors(a)
        return (np.swapaxes(factors, -1, -2), taus) if mode == "raw" else factors
    rows, columns = a.shape[-2:]
    whole = "complete" if mode == "complete" else "reduced"
    ans = _qr(a[..., :rows] if columns > rows else a, whole)
    if columns > rows:  # Q comes from the first columns alone
        rest = H(ans[0]) @ a[..., rows:]
        ans = type(ans)(ans[0], np.concatenate([ans[1], rest], -1))
    return ans[1] if mode == "r" else ans


composed(of(np.linalg.qr), _qr_of_any)

# -- cholesky: A = L Lᴴ (Murray 2016, "Differentiation of the Cholesky decomposition") -----------
# A stands for a Hermitian matrix, of which LAPACK happens to read one triangle: the cotangent is
# the Hermitian one, so that a step along it stays Hermitian.


def _lower_half(x):
    """The lower triangle with half of the diagonal."""
    return np.tril(x) - 0.5 * x * np.eye(x.shape[-1], dtype=x.real.dtype)


def _cholesky_jvp(t, ans):
    half = np.linalg.solve(ans, 0.5 * (t + H(t)))
    return ans @ _lower_half(_right_divide(half, H(ans)))


def _cholesky_vjp(g, ans):
    inner = _lower_half(H(ans) @ conj(g))
    slope = conj(_right_divide(np.linalg.solve(H(ans), inner), ans))
    return 0.5 * (slope + H(slope))


_cholesky = Primitive(lambda a: np.linalg.cholesky(a), name="cholesky")
custom(_cholesky, a=_cholesky_vjp, jvps={"a": _cholesky_jvp})
composed(
    of(np.linalg.cholesky),
    lambda a, *, upper=False: H(_cholesky(H(a))) if upper else _cholesky(a),
)
