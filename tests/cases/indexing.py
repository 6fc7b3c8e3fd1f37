"""Reading by index, and NumPy's other words for it."""

from __future__ import annotations

import inspect

import numpy

from tests.tester import Case

from .samples import apart, normal

N, V, M = normal(3, 4, 2), normal(5), normal(3, 4)
A, B = apart(3, 4), apart(6)
NEW = int(numpy.__version__.split(".")[0]) >= 2
INDICES = [
    0, -1, slice(1, None), slice(None, None, -2), None, ..., (1, 2), (..., 0), (slice(None), 1),
    (None, 0, ..., slice(0, 1)), numpy.int64(1), True, [0, 2, 0], numpy.array([[0, 1], [2, 2]]),
    ([0, 1, 0], [3, 3, 1]), (slice(None), [1, 1, 2]), ([0, 2], slice(None), [1, 0]),
    N > 0, (M > 0,), (0, M[0] > 0), (numpy.array([True, False, True]), 1), [], (),
]  # fmt: skip


def read(index):
    return Case(f"getitem {index!r}", (N,), fun=lambda x: x[index], linear=True, small=False)


def sorting(name, args, options=None):
    return Case(name, args, options or [{}], complex=False)


ROWS = [
    *map(read, INDICES),
    Case("getitem twice", (N,), fun=lambda x: x[1:][0] * x[[1, 1, 2]].sum()),
    Case("getitem and more", (V,), fun=lambda x: x[1] * x[2] + x[:2].sum() * (x * x).sum()),
    Case("take", (V, [0, 2, 2]), linear=True, small=False),
    Case("take", (N, 1), [{"axis": 0}, {"axis": 1}, {"axis": -1}, {}], linear=True, small=False),
    Case("take", (N, [[0, 1], [1, 1]]), [{"axis": 1}, {"axis": -1}], linear=True, small=False),
    Case("take", (V, [0, 7, -8]), [{"mode": "wrap"}, {"mode": "clip"}], linear=True, small=False),
    Case("take", (V, [-1, 2]), [{"mode": "raise"}], linear=True, small=False),
    Case("take_along_axis", (M, numpy.array([[0], [3], [1]]), 1), linear=True, small=False),
    Case("take_along_axis", (M, numpy.array([[0, 2, 1, 1]]), 0), linear=True, small=False),
    Case("take_along_axis", (M, numpy.array([11, 0, 0]), None), linear=True, small=False),
    Case("take_along_axis", (M, numpy.array([[0], [3], [1]]), -1), linear=True, small=False),
    Case("compress", ([True, False, True], M), [{}, {"axis": 0}], linear=True, small=False),
    Case("compress", ([True, False, True], M), [{"axis": 1}], linear=True, small=False),
    Case("extract", (M > 0, M), linear=True, small=False),
    sorting("sort", (A,), [{}, {"axis": 0}, {"axis": None}, {"kind": "heapsort"}, {"order": None}]),
    sorting("sort", (B,), [{"axis": 0}]),
    Case("sort_complex", (A,), small=False),
    Case("sort_complex", (A * (1.0 - 2.0j),), float32=False),
    sorting("partition", (A, 2), [{}, {"axis": 0}, {"axis": None}, {"kind": "introselect"}]),
    sorting("partition", (A, [1, 2]), [{"axis": 1}, {"order": None}]),
    Case("diff", (M,), [{}, {"axis": 0}, {"n": 2}, {"n": 3}, {"n": 0}, {"n": 2, "axis": 0}]),
    Case("diff", (V,), [{"prepend": normal()}, {"append": normal(2), "n": 2}], linear=True),
    Case("diff", (M,), [{"prepend": normal(3, 1), "append": normal()}], linear=True),
    Case("diff", (M,), [{"prepend": 0.0, "axis": 0}, {"append": [[1.0]] * 3}]),
]
if NEW:
    ROWS.append(sorting("sort", (A,), [{"stable": True}]))
    if "descending" in inspect.signature(numpy.sort).parameters:  # NumPy 2.5
        ROWS.append(sorting("sort", (A,), [{"descending": True}]))
