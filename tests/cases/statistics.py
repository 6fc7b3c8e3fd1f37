"""Extremes under their other names, averages, and what leaves NaN out."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import apart

A = apart(2, 3, 4)
MASK = numpy.arange(24).reshape(2, 3, 4) % 3 != 0
AXES = [
    {}, {"axis": 0}, {"axis": -1}, {"axis": (0, 2)}, {"keepdims": True},
    {"axis": 1, "keepdims": True},
]  # fmt: skip


def real(name, args, options=None, **flags):
    return Case(name, args, options or [{}], complex=False, **flags)


ROWS = [
    real("amax", (A,), [*AXES, {"initial": -9.0, "where": MASK, "axis": 1}, {"initial": 0.1}]),
    real("amin", (A,), [*AXES, {"initial": 9.0, "where": MASK, "axis": 1}, {"initial": 0.1}]),
]
