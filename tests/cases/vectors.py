"""NumPy 2's products of stacks of vectors and matrices."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal

U, V, W = normal(3), normal(2, 3), normal(3, seed=1)
A, B = normal(4, 3), normal(2, 3, 4)
P, Q = normal(3, 2, 4), normal(5, 3, 4)


def rows(name, *rows):
    if not hasattr(numpy, name):
        return []
    return [Case(name, args, options or [{}]) for *args, options in rows for args in [tuple(args)]]


ROWS = [
    *rows(
        "vecdot",
        (U, W, []),
        (U, W, [{"keepdims": True}, {"axis": 0}, {"axes": [0, (-1,), ()]}]),
        (V, U, [{}, {"axis": -1, "keepdims": True}]),
        (normal(3, 1), normal(3, 4), [{"axis": 0}, {"axis": 0, "keepdims": True}]),
        (normal(3, 2), V, [{"axes": [0, 1]}, {"axes": [(0,), (-1,), ()]}]),
        (V, U, [{"axes": [1, 0, 1], "keepdims": True}, {"axes": [1, 0, 0], "keepdims": True}]),
    ),
    *rows(
        "matvec",
        (A, U, []),
        (B, normal(4), []),
        (normal(3, 4), normal(2, 4), []),
        (P, U, [{"axes": [(2, 0), (0,), (0,)]}, {"axes": [(-1, -3), 0, -1]}]),
    ),
    *rows(
        "vecmat",
        (U, normal(3, 4), []),
        (V, B, []),
        (V, normal(3, 4), []),
        (U, P, [{"axes": [(0,), (0, 2), (0,)]}, {"axes": [0, (-3, -1), -1]}]),
    ),
]
