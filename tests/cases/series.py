"""Values on a grid."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal, positive

V, M = normal(6), normal(3, 4)
X, Y, Z = [numpy.cumsum(positive(n)) for n in (6, 3, 4)]
H, K = positive(), positive(seed=1)


def gradient(*args, options=None, **flags):
    """Of a number it is an empty tuple."""
    return Case("gradient", args, options or [{}], small=False, **flags)


ROWS = [
    gradient(V, options=[{}, {"edge_order": 2}, {"axis": 0}], linear=True),
    gradient(M, options=[{}, {"edge_order": 2}, {"axis": 1}, {"axis": (1, 0)}], linear=True),
    gradient(V, 0.5, linear=True),
    gradient(V, H, options=[{}, {"edge_order": 2}]),
    gradient(V, X, options=[{}, {"edge_order": 2}]),
    gradient(M, 2.0, Z.tolist(), options=[{}, {"edge_order": 2}]),
    gradient(M, Y, Z, options=[{}, {"edge_order": 2}]),
    gradient(M, H, K, options=[{"axis": (1, 0)}]),
    gradient(M, Y, K, options=[{"axis": (-2, -1), "edge_order": 2}]),
    gradient(M, Z, options=[{"axis": 1}]),
]
TRAPEZOID = "trapezoid" if hasattr(numpy, "trapezoid") else "trapz"
ROWS += [
    Case(TRAPEZOID, (M,), [{}, {"axis": 0}, {"dx": 0.5}, {"axis": 1, "dx": 0.3}], linear=True),
    Case(TRAPEZOID, (M,), [{"x": Z}, {"x": Y, "axis": 0}, {"x": M.T.tolist(), "axis": 0}][:2]),
    Case(TRAPEZOID, (M, 2.0 * M + 1.0), [{"axis": 0}, {}]),
    Case(TRAPEZOID, (V,), [{"dx": H}]),
    Case("convolve", (V, X), [{}, {"mode": "full"}, {"mode": "same"}, {"mode": "valid"}]),
    Case("convolve", (V, X[:3]), [{}, {"mode": "same"}, {"mode": "valid"}], analytic=True),
    Case("convolve", (X[:2], V), [{}, {"mode": "same"}, {"mode": "valid"}], analytic=True),
    Case("correlate", (V, X), [{}, {"mode": "full"}, {"mode": "same"}, {"mode": "valid"}]),
    Case("correlate", (V, X[:2]), [{}, {"mode": "same"}, {"mode": "full"}]),
    Case("correlate", (X[:2], V), [{}, {"mode": "same"}, {"mode": "full"}]),
]
