"""A = Q R as LAPACK keeps it: Q as a product of reflections 1 - τ v vᴴ, one for each column.

Each turns a column x into (β, 0, 0 …): v = (1, x₂ / (x₁ - β), …), β = -|x| with the sign of Re x₁
and τ = (β - x₁) / β; a column that has this form already is left alone (Golub and Van Loan, Matrix
Computations, 5.1 and 5.2).
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....spaces import match

__all__ = ["reflectors"]


def _reflection(x):
    """β, τ and v without its first element, of vectors along the last axis."""
    first, tail = x[..., 0], x[..., 1:]
    lies = (getval(first).imag == 0) & (getval(tail) == 0).all(-1)
    length = np.linalg.norm(np.where(lies[..., None], 1.0, x), axis=-1)
    beta = np.where(lies, first, np.where(first.real < 0, length, -length))
    tau = (beta - first) / np.where(lies, 1.0, beta)
    return beta, tau, tail / np.where(lies, 1.0, first - beta)[..., None]


def reflectors(a):
    """R on and above the diagonal, the vectors v below it; and the factors τ."""
    rest, steps = a, []
    while min(rest.shape[-2:]):
        beta, tau, v = _reflection(rest[..., 0])
        top, below = rest[..., :1, 1:], rest[..., 1:, 1:]
        turned = np.conj(tau)[..., None, None] * (top + np.conj(v)[..., None, :] @ below)
        steps.append((np.concatenate([beta[..., None, None], top - turned], -1), v, tau))
        rest = below - v[..., None] * turned
    whole = rest
    for row, v, _ in reversed(steps):
        whole = np.concatenate([row, np.concatenate([v[..., None], whole], -1)], -2)
    taus = [tau for *_, tau in steps]
    taus = np.stack(taus, -1) if taus else a.sum(-1)[..., :0]
    return match(whole, a.dtype), match(taus, a.dtype)
