"""Values on a grid."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal, positive

V, M = normal(6), normal(3, 4)
X, Y, Z = [numpy.cumsum(positive(n)) for n in (6, 3, 4)]
H, K = positive(), positive(seed=1)

ROWS = [
    Case("gradient", (V,), [{}, {"edge_order": 2}, {"axis": 0}], linear=True),
    Case("gradient", (M,), [{}, {"edge_order": 2}, {"axis": 1}, {"axis": (1, 0)}], linear=True),
    Case("gradient", (V, 0.5), linear=True),
    Case("gradient", (V, H), [{}, {"edge_order": 2}]),
    Case("gradient", (V, X), [{}, {"edge_order": 2}]),
    Case("gradient", (M, 2.0, Z.tolist()), [{}, {"edge_order": 2}]),
    Case("gradient", (M, Y, Z), [{}, {"edge_order": 2}]),
    Case("gradient", (M, H, K), [{"axis": (1, 0)}]),
    Case("gradient", (M, Y, K), [{"axis": (-2, -1), "edge_order": 2}]),
    Case("gradient", (M, Z), [{"axis": 1}]),
]
