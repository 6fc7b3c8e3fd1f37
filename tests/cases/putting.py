"""Functions that write into an array; the row looks at the array."""

from __future__ import annotations

import numpy

import tracegrad.numpy
from tests.tester import Case

from .samples import normal

M, V, W = normal(3, 4), normal(3), normal(2, 6)
MASK = numpy.arange(12).reshape(3, 4) % 3 == 1


def written(fun, a, *args, **options):
    """The array after it was written to: one made in the function, not the argument."""
    moving = [x for x in (a, *args) if getattr(x, "dtype", numpy.dtype(int)).kind in "fc"]
    dtype = numpy.result_type(*[x.dtype for x in moving]) if moving else None
    a = tracegrad.numpy.array(a, dtype=dtype)
    assert fun(a, *args, **options) is None
    return a


def row(name, *args, options=None):
    # the masks and positions belong to the sample's shape
    return Case(name, args, options or [{}], use=written, linear=True, small=False)


ROWS = [
    row("put", M, [0, 3, -1], V),
    row("put", M, [[1, 1], [7, 1]], V, options=[{"mode": "raise"}]),
    row("put", M, [0, 30, -2], V, options=[{"mode": "clip"}, {"mode": "wrap"}]),
    row("place", M, MASK, V),
    row("place", M, MASK, normal(9)),
    row("putmask", M, MASK, V),
    row("putmask", M, MASK, 2.0 * M),
    row("copyto", M, normal(4), options=[{}, {"where": MASK}, {"casting": "unsafe"}]),
    row("copyto", M, 2.0 * M, options=[{"where": MASK[:, :1]}]),
    row("fill_diagonal", M, V),
    row("fill_diagonal", M, numpy.float64(2.5)),
    row("fill_diagonal", normal(7, 2), V, options=[{"wrap": True}, {"wrap": False}]),
    row("fill_diagonal", normal(2, 2, 2), V),
    row("put_along_axis", M, numpy.array([[0, 2, 1, 1]]), normal(1, 4), 0),
    row("put_along_axis", M, numpy.array([[3], [0], [1]]), V[:, None], 1),
    row("put_along_axis", M, numpy.array([3, 0, 3]), V, None),
]
