"""Polynomials with the highest power first."""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
from tests.tester import Case

from .samples import apart, normal, positive

P, Q, S, M = normal(4), normal(3, seed=1), normal(2, seed=2), normal(2, 3)
X, W = apart(7), positive(7)
Z = Q[:2] + 1j * normal(2, seed=3)
ROOTS = numpy.array([-1.7, 0.4, 1.2, 2.3])
MATRIX = normal(3, 3)


def roots_with_zeros(p):
    """A root is at 0, and there are fewer than coefficients tell."""
    return np.roots(np.concatenate([[0.0], p, [0.0]]))


ROWS = [
    *[Case(f"poly{name}", (P, Q), linear=True) for name in ("add", "sub")],
    *[Case(f"poly{name}", (S, P), linear=True) for name in ("add", "sub")],
    Case("polymul", (P, Q), analytic=True),
    # in float32 NumPy takes the rounding errors above the remainder for coefficients of it
    Case("polydiv", (P, Q), analytic=True, float32=False),
    Case("polydiv", (Q, P), small=False),
    Case("polydiv", (P, S[:1]), float32=False),
    Case("polyder", (P,), [{}, {"m": 0}, {"m": 2}, {"m": 5}], linear=True, float32=False),
    Case("polyint", (P,), [{}, {"m": 0}, {"m": 2}], linear=True, float32=False),
    Case("polyint", (P,), [{"m": 2, "k": S}, {"m": 2, "k": S[0]}], linear=True, float32=False),
    Case("polyval", (P, X), analytic=True),
    Case("polyval", (P, M)),
    Case("polyval", (P, S[0])),
    Case("polyval", (normal(3, 4), P)),
    Case("poly", (ROOTS,), small=False),
    Case("poly", (Z,), small=False, float32=False),
    Case("poly", (MATRIX,)),
    Case("roots", (numpy.poly(ROOTS),)),
    Case("roots", (P,)),
    Case("roots", (Z,), float32=False),
    Case("roots with zeros around", (P,), fun=roots_with_zeros),
    Case("polyfit", (X, W), [{"deg": d} for d in (0, 2)], complex=False),
    Case("polyfit", (X, normal(7, 2)), [{"deg": 2, "w": W}], complex=False),
    Case("polyfit", (X, W, 2), [{"rcond": 1e-10}, {"full": True}, {"w": W[::-1]}], complex=False),
    Case("polyfit", (X, W, 2), [{"cov": True}, {"cov": "unscaled", "w": W}], complex=False),
    Case("polyfit", (X, normal(7, 2), 2), [{"cov": True}, {"cov": "unscaled"}], complex=False),
]
