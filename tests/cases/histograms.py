"""Counting in bins: derivatives in the weights, and in the data where they move the edges."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal, positive

A, X, Y = [positive(9, seed=i) - 1.6 for i in range(3)]
B, W = normal(3, 3), positive(9)
EDGES = numpy.array([-1.5, -0.6, 0.13, 0.52, 1.3])
FIRST, LAST = numpy.float64(-1.03), numpy.float64(0.91)
BINS = numpy.array([2, 0, 3, 2, 0, 0, 3, 5, 2])
ROWS = [
    Case("bincount", (BINS, W), [{}, {"minlength": 9}], linear=True, complex=False, small=False),
    *[
        Case(name, (A,), options, complex=False, small=name != "histogram2d")
        for name, options in {
            "histogram_bin_edges": [
                {}, {"bins": 4}, {"bins": "sturges"}, {"bins": EDGES}, {"range": (FIRST, LAST)},
                {"bins": 3, "weights": W},
            ],
            "histogram": [
                {}, {"bins": 4}, {"bins": "rice"}, {"bins": EDGES, "density": True},
                {"bins": 5, "density": True, "range": (FIRST, LAST)},
                {"bins": 3, "weights": W},
                {"bins": 5, "weights": W, "density": True},
                {"bins": 4, "weights": W, "range": (-1.0, 1.0), "density": True},
            ],
        }.items()
    ],
    Case("histogram", (A,), [{"bins": EDGES, "weights": W}], complex=False, small=False),
    Case("histogram", (B,), [{"bins": 3, "weights": B + 3.0}], complex=False),
    Case(
        "histogram2d", (X, Y),
        [
            {}, {"bins": 3, "density": True}, {"bins": [2, 3], "weights": W},
            {"bins": EDGES, "density": True}, {"bins": [EDGES, 3], "weights": W, "density": True},
            {"bins": 3, "range": [[FIRST, LAST], [-1.0, 1.0]], "weights": W, "density": True},
        ],
        complex=False, small=False,
    ),
    Case(
        "histogramdd", (numpy.stack([X, Y, A], 1),),
        [
            {"bins": 2}, {"bins": [2, 3, 1], "weights": W, "density": True},
            {"bins": 2, "range": [None, (FIRST, LAST), (-1, 2)], "density": True},
            {"bins": (EDGES, 2, EDGES), "weights": W},
        ],
        complex=False, small=False,
    ),
    Case("histogramdd", ([X, Y],), [{"bins": 2, "density": True}], complex=False, small=False),
]  # fmt: skip
