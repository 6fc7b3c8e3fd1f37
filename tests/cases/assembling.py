"""Arrays assembled of pieces, and with some of them put in or left out."""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
from tests.tester import NUMPY_2, Case

from .samples import normal

M, K, V, W, ONE, TWO = (
    normal(2, 3),
    normal(2, 2),
    normal(3),
    normal(2, seed=1),
    normal(),
    normal(seed=1),
)
INTS = numpy.arange(6).reshape(2, 3)


def linear(name, args, options=None, small=NUMPY_2, **flags):
    """NumPy 1 makes a random number of a number with something put in or left out."""
    return Case(name, args, options or [{}], linear=True, small=small, **flags)


def block(arrange, *args):
    """Its leaves are arrays, though lists are tried for them."""
    return linear("block of arrays", args, fun=lambda *a: np.block(arrange(*map(np.asarray, a))))


def framed(x):
    return np.pad(x, ((1, 2), (0, 1)))


ROWS = [
    linear("block", ([[ONE, TWO], [TWO, ONE]],)),
    linear("block", ([ONE, TWO],)),
    linear("block", (M,)),
    Case("block", ([[M, INTS], [7, 2.5, 1, 2, 3, 4]],)),
    block(lambda m, k: [[m, k], [k, m]], M, K),
    block(lambda m, v: [[m], [v]], M, V),
    block(lambda m, v: [m, v], K, W[:, None]),
    block(lambda m, n: [[[m], [n]], [[n], [m]]], M, M + 1.0),
    block(lambda t, n: [[t, n]], normal(2, 2, 2), normal(2, 2, 1)),
    block(lambda t, n: [t, n], normal(1, 2, 2), W[:, None]),
    *[
        linear("insert", (V, obj, ONE))
        for obj in (0, 1, 3, -1, [1], [0, 2], [2, 0, 0], slice(0, 3, 2), numpy.array([-1, 1]), [])
    ],
    linear("insert", (V, [0, 2], W)),
    linear("insert", (V, 1, W)),
    linear("insert", (V, slice(1, None), W)),
    linear("insert", (M, 1, ONE), [{}, {"axis": 0}, {"axis": 1}, {"axis": -2}]),
    linear("insert", (M, 1, W), [{}, {"axis": 1}]),
    linear("insert", (M, [1], W[:, None]), [{"axis": 1}]),
    linear("insert", (M, [0, 2], W), [{"axis": 1}, {"axis": None}]),
    linear("insert", (M, [0, -1], V), [{"axis": 0}]),
    linear("insert", (M, 1, M), [{"axis": 0}], small=False),
    linear("insert", (M, slice(0, 2), K), [{"axis": -1}]),
    linear("delete", (V, 1)),
    linear("delete", (V, -1), [{}, {"axis": 0}]),
    linear("delete", (V, [0, 2])),
    linear("delete", (V, numpy.array([True, False, True]))),
    linear("delete", (V, slice(None, None, 2))),
    linear("delete", (V, [])),
    linear("delete", (M, 1), [{}, {"axis": 0}, {"axis": 1}, {"axis": -1}]),
    linear("delete", (M, [0, -1]), [{}, {"axis": 1}]),
    # zeros that moved would be none
    linear("trim_zeros", ([0, 0, ONE, TWO, 0],), [{}, {"trim": "f"}, {"trim": "b"}]),
    linear("trim_zeros of an array", (V,), fun=lambda x: np.trim_zeros(np.pad(x, 2), "fb")),
]
if "axis" in np.trim_zeros.signature.known:
    ROWS += [
        linear("trim_zeros", ([0, ONE, TWO, 0],), [{"axis": 0}, {"axis": (-1,)}]),
        *[
            Case("trim_zeros of a matrix", (M,), fun=lambda x, o=o: np.trim_zeros(framed(x), **o))
            for o in ({}, {"axis": 0}, {"axis": -1, "trim": "b"}, {"axis": (0, 1), "trim": "f"})
        ],
    ]
