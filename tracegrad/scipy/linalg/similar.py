"""Similar matrices of simpler form: Schur's, Hessenberg's, balanced and real block diagonal ones.

With A = Z T Zᴴ and X = Zᴴ dZ, which is skew, dT = Zᴴ dA Z + T X - X T. That dT has T's zeros says
what X is, column by column.
"""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl

from ...core.box import getval
from ...core.errors import NoDerivative, user_line
from ...core.primitive import Primitive
from ...numpy.kinds import composed, custom
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.linear.matrices import H, conj
from .reading import valid

__all__ = []


def _square(a, check_finite):
    a = valid(a, check_finite)
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ValueError("expected square matrix")
    return a if a.dtype.kind in "fc" else a.astype(np.float64)


def _placed(column, n):
    """Below zeros, as a column of n rows."""
    return np.concatenate([np.zeros(n - len(column), column.dtype), column])


def _joined(columns, n, like):
    return np.stack(columns, -1) if columns else np.zeros((n, 0), like.dtype)


# -- Schur: T is triangular --------------------------------------------------------------------


def _schur_jvp(t, ans):
    upper, z = ans
    n = len(upper)
    inner = H(z) @ t @ z
    columns = []
    for j in range(n):
        right = _joined(columns, n, inner) @ upper[:j, j] - inner[:, j]
        rest = upper[j + 1 :, j + 1 :] - upper[j, j] * np.eye(n - j - 1, dtype=upper.real.dtype)
        columns.append(_placed(np.linalg.solve(rest, right[j + 1 :]), n))
    low = _joined(columns, n, inner)
    skew = low - H(low)
    return np.triu(inner + upper @ skew - skew @ upper), z @ skew


_triangular = Primitive(
    lambda a, sort: sl.schur(a, "complex" if a.dtype.kind == "c" else "real", sort=sort)[:2],
    name="schur",
)
custom(_triangular, jvps={"a": _schur_jvp}, inert=("sort",))


def _schur(a, output="real", lwork=None, overwrite_a=False, sort=None, check_finite=True):
    """Vectors turn no more than the spaces do: a phase of theirs has no derivative.

    Golub and Van Loan 2013, Matrix Computations, section 7.6, has the equations.
    """
    if output not in ("real", "complex", "r", "c"):
        raise ValueError("argument must be 'real', or 'complex'")
    a = _square(a, check_finite)
    a = a + 0j if output[0] == "c" else a
    known = sl.schur(getval(a), output, sort=sort)
    if np.diagonal(known[0], -1).any():
        raise NoDerivative(
            "schur: the real form of complex eigenvalues has no derivative here; "
            f"pass output='complex'.\n  in {user_line()}"
        )
    values = np.diagonal(known[0])
    if len(set(values.tolist())) < len(values):
        raise NoDerivative(
            "schur: equal eigenvalues, between which vectors have no derivative.\n"
            f"  in {user_line()}"
        )
    parts = _triangular(a, sort)
    return parts if sort is None else (*parts, known[2])


composed(of(sl.schur), _schur)


def _rsf2csf(T, Z, check_finite=True):
    """A rotation for each block of a pair of complex eigenvalues."""
    T, Z = valid(T, check_finite) + 0j, valid(Z, check_finite) + 0j
    n = len(T)
    for m in range(n - 1, 0, -1):
        value = getval(T)
        size = abs(value[m - 1, m - 1]) + abs(value[m, m])
        if abs(value[m, m - 1]) > np.finfo(float).eps * size:
            away = np.linalg.eigvals(T[m - 1 : m + 1, m - 1 : m + 1])[0] - T[m, m]
            below = T[m, m - 1]
            length = np.sqrt(abs(away) ** 2 + abs(below) ** 2)
            c, s = away / length, below / length
            turn = np.stack([np.stack([conj(c), s]), np.stack([-s, c])])
            lead, rest = np.eye(m - 1), np.eye(n - m - 1)
            turn = of(sl.block_diag)(lead, turn, rest)
            T, Z = turn @ T @ H(turn), Z @ H(turn)
    return np.triu(T), Z


def _cdf2rdf(w, v):
    """Real and imaginary parts in place of conjugate pairs, which stand side by side."""
    w, v = valid(w), valid(v)
    if w.ndim < 1 or v.ndim != w.ndim + 1 or v.shape[-1] != v.shape[-2] != w.shape[-1]:
        raise ValueError("expected n eigenvalues and n eigenvectors of n entries")
    pairs = np.iscomplex(getval(w))
    if (pairs.sum(-1) % 2).any():
        raise ValueError("expected complex-conjugate pairs of eigenvalues")
    first = pairs & (np.cumsum(pairs, -1) % 2 == 1)
    second = pairs & ~first
    n = w.shape[-1]
    partner = np.arange(n) + first - second * 1
    there = (partner[..., None] == np.arange(n)) & pairs[..., None]
    real = np.eye(n) * w.real[..., None, :] + there * w.imag[..., :, None]
    other = np.take_along_axis(v, np.broadcast_to(partner[..., None, :], v.shape), -1)
    paired = np.where(first[..., None, :], other.imag - v.imag, other.real + v.real) / 2
    return real, np.where(pairs[..., None, :], paired, v.real)


composed(of(sl.rsf2csf), _rsf2csf)
composed(of(sl.cdf2rdf), _cdf2rdf)

# -- Hessenberg: one diagonal below is left, and the first vector stays ------------------------


def _hessenberg_jvp(t, ans):
    h, q = ans
    n = len(h)
    inner = H(q) @ t @ q
    turned = [np.zeros(n, inner.dtype)]  # the columns of Qᴴ dQ
    for j in range(n - 1):
        known = _joined(turned, n, inner)
        step = inner[:, j] + h @ known[:, j] - known @ h[: j + 1, j]
        step = step / h[j + 1, j]
        above = [-conj(turned[k][j + 1]) for k in range(j + 1)]
        middle = step[j + 1].imag * 1j if step.dtype.kind == "c" else 0 * step[j + 1]
        turned.append(np.concatenate([np.stack([*above, middle]), step[j + 2 :]]))
    skew = np.stack(turned, -1)
    return np.triu(inner + h @ skew - skew @ h, -1), q @ skew


_reduced = Primitive(lambda a: sl.hessenberg(a, True), name="hessenberg")
custom(_reduced, jvps={"a": _hessenberg_jvp})


def _hessenberg(a, calc_q=False, overwrite_a=False, check_finite=True):
    """By the first vector the others are determined as long as no entry below the diagonal is 0,
    up to phases that make those real: Golub and Van Loan 2013, section 7.4.5."""
    a = _square(a, check_finite)
    if len(a) <= 2:
        return (a, np.eye(len(a))) if calc_q else a
    if not np.diagonal(sl.hessenberg(getval(a)), -1).all():
        raise NoDerivative(
            "hessenberg: a zero below the diagonal leaves the rest undetermined.\n"
            f"  in {user_line()}"
        )
    h, q = _reduced(a)
    return (h, q) if calc_q else h


composed(of(sl.hessenberg), _hessenberg)

# -- balance: by powers of 2, which change by jumps --------------------------------------------


def _matrix_balance(A, permute=True, scale=True, separate=False, overwrite_a=False):
    A = np.atleast_2d(valid(A))
    if A.shape[0] != A.shape[1]:
        raise ValueError("The data matrix for balancing should be square.")
    turn = sl.matrix_balance(getval(A), permute, scale)[1]
    balanced = np.linalg.inv(turn) @ A @ turn if turn.size else A
    if separate:
        return balanced, sl.matrix_balance(getval(A), permute, scale, True)[1]
    return balanced, turn


composed(of(sl.matrix_balance), _matrix_balance)
