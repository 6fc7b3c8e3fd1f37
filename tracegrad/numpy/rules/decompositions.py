"""Eigenvalues, singular values, QR and Cholesky factors.

Vectors are fixed by their equations only up to sign, phase, or a turn within one eigenvalue, and
the derivatives here hold for whatever does not depend on that choice. Between equal eigenvalues
(singular values) the vectors' slope, which is infinite, is taken as 0.

Formulas are derived for tangents; the cotangents' are their transposes, written for the conjugate
cotangent, which pairs as in textbooks, Re(sum(conj(g) * t)).
"""

from __future__ import annotations

import numpy as np

from ...core.primitive import Primitive
from ...spaces import match
from ..kinds import composed, custom
from ..namespace import primitive_of as of
from .matrices import (
    H,
    T,
    conj,
    diagonal_of,
    equal_up_to_rounding,
    from_triangle,
    gaps,
    scaled,
    to_triangle,
    unused,
)

# -- eigh: A V = V W (Giles 2008, section 3.1) -------------------------------------------------


def _eigh_jvp(t, ans, UPLO):
    w, v = ans
    moved = H(v) @ from_triangle(t, UPLO) @ v
    return diagonal_of(moved).real, v @ (gaps(w) * moved)


def _eigh_vjp(g, ans, UPLO):
    (gw, gv), (w, v) = g, ans
    if unused(gv):
        return to_triangle(scaled(conj(v), gw) @ T(v), UPLO)
    inner = gaps(w) * (T(v) @ gv) + np.eye(w.shape[-1], dtype=w.dtype) * gw[..., None, :]
    return to_triangle(conj(v) @ inner @ T(v), UPLO)


custom(of(np.linalg.eigh), a=_eigh_vjp, jvps={"a": _eigh_jvp}, inert=("UPLO",))
composed(of(np.linalg.eigvalsh), lambda a, UPLO="L": np.linalg.eigh(a, UPLO)[0])

# -- eig: A V = V W with columns of length 1 (Boeddeker et al. 2017, "On the computation of
#    complex-valued gradients with application to statistically optimum beamforming", 4.5) --------


def _eig_jvp(t, ans):
    w, v = ans
    moved = np.linalg.solve(v, t @ v)
    dv = v @ (gaps(w) * moved)
    along = (conj(v) * dv).sum(-2)  # a column of length 1 moves across itself
    return diagonal_of(moved), dv - scaled(v, along)


def _eig_vjp(g, ans, a):
    (gw, gv), (w, v) = g, ans
    if unused(gv):
        return match(np.linalg.solve(T(v), gw[..., :, None] * T(v)), a.dtype)
    gv = gv - scaled(conj(v), (v * gv).sum(-2))
    inner = gaps(w) * (T(v) @ gv) + np.eye(w.shape[-1], dtype=v.dtype) * gw[..., None, :]
    return match(np.linalg.solve(T(v), inner) @ T(v), a.dtype)


custom(of(np.linalg.eig), a=_eig_vjp, jvps={"a": _eig_jvp})
composed(of(np.linalg.eigvals), lambda a: np.linalg.eig(a)[0])

# -- svd: A = U S Vᴴ (Townsend 2016, "Differentiating the singular value decomposition"; the phase
#    of complex vectors as in Wan and Zhang 2019, "Automatic differentiation for complex valued
#    SVD") ------------------------------------------------------------------------------------


def _rectangle(s, rows, columns):
    """diag(s) with zeros added to that many rows and columns."""
    k = s.shape[-1]
    wide = scaled(np.eye(rows, k, dtype=s.dtype), s)
    return wide if columns == k else wide @ np.eye(k, columns, dtype=s.dtype)


def _gaps_of_squares(s, size):
    """1 / (s_j² - s_i²), of the singular values with zeros added to `size`."""
    if size > s.shape[-1]:
        s = np.concatenate([s, np.zeros((*s.shape[:-1], size - s.shape[-1]), s.dtype)], -1)
    total = s[..., None, :] + s[..., :, None]
    return gaps(s) / np.where(total == 0, 1, total)


def _inverses(s):
    """1 / s, and 0 where s is 0."""
    zero = equal_up_to_rounding(s[..., None], np.zeros((), s.dtype), s)[..., 0]
    return np.where(zero, 0, 1 / np.where(zero, 1, s))


def _svd_jvp(t, ans):
    u, s, vh = ans
    v, k = H(vh), s.shape[-1]
    sigma = _rectangle(s, u.shape[-1], v.shape[-1])
    across = H(u) @ t @ v
    back = H(across)
    du = _gaps_of_squares(s, u.shape[-1]) * (across @ T(sigma) + sigma @ back)
    dv = _gaps_of_squares(s, v.shape[-1]) * (T(sigma) @ across + back @ sigma)
    diagonal = diagonal_of(across[..., :k, :k])
    if t.dtype.kind == "c":  # of the phases of u_i and v_i only the difference is fixed
        du = du + 1j * _rectangle(diagonal.imag * _inverses(s), *du.shape[-2:])
    du, dv = u @ du, v @ dv
    if u.shape[-2] > u.shape[-1]:
        out = scaled(t @ v[..., :k], _inverses(s))
        du = du + out - u @ (H(u) @ out)
    if v.shape[-2] > v.shape[-1]:
        out = scaled(H(t) @ u[..., :k], _inverses(s))
        dv = dv + out - v @ (vh @ out)
    return du, diagonal.real, H(dv)


def _svd_vjp(g, ans):
    (gu, gs, gvh), (u, s, vh) = g, ans
    k = s.shape[-1]
    if unused(gu) and unused(gvh):
        return conj(scaled(u[..., :k], gs) @ vh[..., :k, :])
    gu, gv, v = conj(gu), T(gvh), H(vh)
    sigma = _rectangle(s, u.shape[-1], v.shape[-1])
    turn_u, turn_v = H(u) @ gu, vh @ gv
    core = (
        (_gaps_of_squares(s, u.shape[-1]) * (turn_u - H(turn_u))) @ sigma
        + sigma @ (_gaps_of_squares(s, v.shape[-1]) * (turn_v - H(turn_v)))
        + _rectangle(gs, u.shape[-1], v.shape[-1])
    )
    if core.dtype.kind == "c":
        phase = diagonal_of(turn_u[..., :k, :k]).imag * _inverses(s)
        core = core + 1j * _rectangle(phase, *core.shape[-2:])
    ga = u @ core @ vh
    if u.shape[-2] > u.shape[-1]:
        out = gu - u @ turn_u
        ga = ga + scaled(out, _inverses(s)) @ vh[..., :k, :]
    if v.shape[-2] > v.shape[-1]:
        out = gv - v @ turn_v
        ga = ga + scaled(u[..., :k], _inverses(s)) @ H(out)
    return conj(ga)


_svd = Primitive(lambda a, full_matrices: np.linalg.svd(a, full_matrices=full_matrices), name="svd")
custom(_svd, a=_svd_vjp, jvps={"a": _svd_jvp}, inert=("full_matrices",))


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


def _qr_jvp(t, ans):
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


def _qr_vjp(g, ans):
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
custom(_qr, a=_qr_vjp, jvps={"a": _qr_jvp}, inert=("mode",))


def _qr_of_any(a, mode="reduced"):
    if mode not in ("reduced", "complete", "r"):
        raise NotImplementedError(f"qr: mode={mode!r} has no derivative")
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
