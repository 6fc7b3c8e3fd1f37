"""Determinants, right at singular matrices too.

The slope of det is the matrix of cofactors, C = det(A) A⁻ᵀ (Jacobi's formula; Giles 2008,
"Collected matrix derivative results for forward and reverse mode algorithmic differentiation",
2.2.4). It is polynomial in A, so it exists where A⁻¹ does not. There it is taken from the singular
value decomposition A = U S Vᴴ: cofactors are multiplicative, C(A) = C(U) C(S) C(Vᴴ), those of a
unitary matrix are det(U) conj(U), those of a diagonal one are the products of the other entries.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....core.primitive import Primitive
from ....spaces import match
from ...kinds import custom
from ...namespace import primitive_of as of
from ..safe import times
from .matrices import T, conj, scaled


def _products_of_others(s):
    """For each entry along the last axis the product of the other ones."""
    one = np.ones_like(s[..., :1])
    before = np.cumprod(np.concatenate([one, s[..., :-1]], -1), -1)
    after = np.cumprod(np.concatenate([one, s[..., :0:-1]], -1), -1)[..., ::-1]
    return before * after


def _unitary_cofactors(u, vh):
    """C(U) and C(Vᴴ); the dets of both stand with the first."""
    sign = np.linalg.det(u) * np.linalg.det(vh)
    return sign[..., None, None] * conj(u), conj(vh)


def _cofactors_by_svd(a):
    u, s, vh = np.linalg.svd(a)
    cu, cv = _unitary_cofactors(u, vh)
    return scaled(cu, _products_of_others(s)) @ cv


def _cofactors_slope_by_svd(t, a):
    """How C(A) moves when A moves along t.

    At a diagonal S along E: on the diagonal the sum of E_kk times the product of the entries
    other than i and k; off it -E_ji times the product of those other than i and j.
    """
    u, s, vh = np.linalg.svd(a)
    cu, cv = _unitary_cofactors(u, vh)
    eye = np.eye(s.shape[-1], dtype=bool)
    others = np.where(eye, 0, _products_of_others(np.where(eye, 1, s[..., None, :])))
    e = T(conj(u)) @ t @ T(conj(vh))
    diagonal = others @ np.diagonal(e, axis1=-2, axis2=-1)[..., None]
    return cu @ (np.where(eye, diagonal, -others * T(e))) @ cv


# The second derivative of det is a symmetric form, so the slope is its own transpose.
cofactors_slope = Primitive(_cofactors_slope_by_svd, name="det at a singular matrix, third order")
custom(
    cofactors_slope,
    t=lambda g, a: cofactors_slope(g, a),
    jvps={"t": lambda dt, a: cofactors_slope(dt, a)},
)
cofactors_of_singular = Primitive(_cofactors_by_svd, name="cofactors")
custom(
    cofactors_of_singular,
    a=lambda g, a: cofactors_slope(g, a),
    jvps={"a": lambda t, a: cofactors_slope(t, a)},
)


def _cofactors(a, det):
    """From the inverse, unless half the digits or more would be lost in it."""
    if a.shape[-1] == 0:
        return a
    try:
        inverse = np.linalg.inv(a)
    except np.linalg.LinAlgError:
        return cofactors_of_singular(a)
    growth = abs(getval(a)).max((-1, -2)) * abs(getval(inverse)).max((-1, -2))
    if np.any(growth > np.finfo(a.dtype).eps ** -0.5):
        return cofactors_of_singular(a)
    return det[..., None, None] * T(inverse)


custom(
    of(np.linalg.det),
    a=lambda g, ans, a: g[..., None, None] * _cofactors(a, ans),
    jvps={"a": lambda t, ans, a: (_cofactors(a, ans) * t).sum((-1, -2))},
)

# -- slogdet: d log|det A| + i d angle = tr(A⁻¹ dA) --------------------------------------------


def inverse_or_inf(a, sign):
    """A⁻¹, and infinity where A is singular: where the sign of its determinant is 0."""
    singular = getval(sign) == 0
    if not np.any(singular):
        return np.linalg.inv(a)
    singular = singular[..., None, None]
    eye = np.eye(a.shape[-1], dtype=a.dtype)
    return np.where(singular, np.inf, np.linalg.inv(np.where(singular, eye, a)))


def _slogdet_vjp(g, ans, a):
    g_sign, g = g
    if a.dtype.kind == "c":
        g = g + (g_sign * ans[0] * -1j).real * 1j
    g = match(g, a.dtype)  # NumPy 1.26 makes complex128 of a number times 1j
    return times(g[..., None, None], T(inverse_or_inf(a, ans[0])))


def _slogdet_jvp(t, ans, a):
    sign = ans[0]
    turn = times(t, T(inverse_or_inf(a, sign))).sum((-1, -2))
    if a.dtype.kind == "c":
        return sign * ((turn * -1j).real * 1j), turn.real
    return np.zeros_like(sign), turn


custom(of(np.linalg.slogdet), a=_slogdet_vjp, jvps={"a": _slogdet_jvp})
