"""Views that show an element several times."""

from __future__ import annotations

import numpy
from numpy.lib.stride_tricks import as_strided as raw_as_strided

from tests.tester import Case
from tracegrad.core.box import getval, isbox
from tracegrad.numpy.lib.stride_tricks import as_strided

from .samples import normal

V, M = normal(7), normal(3, 4)
WINDOWS, STRIDED = "lib.stride_tricks.sliding_window_view", "lib.stride_tricks.as_strided"


def linear(name, args, options=None, **flags):
    return Case(name, args, options or [{}], linear=True, **flags)


def strided(x, shape, steps, title):
    """A view with strides counted in elements, of arrays of any dtype."""

    def view(x):
        strides = [numpy.asarray(getval(x)).itemsize * step for step in steps]
        return (as_strided if isbox(x) else raw_as_strided)(x, shape, strides)

    return linear(f"as_strided {title}", (x,), fun=view, small=False)  # NumPy reads outside of x


ROWS = [
    linear(WINDOWS, (V, 3), [{}, {"subok": True}, {"writeable": True}]),
    linear(WINDOWS, (V, (2,)), [{"axis": 0}, {"axis": (-1,)}]),
    linear(WINDOWS, (M, (2, 3))),
    linear(WINDOWS, (M, 2), [{"axis": 0}, {"axis": 1}, {"axis": -1}]),
    linear(WINDOWS, (M, (2, 3)), [{"axis": (1, 0)}, {"axis": (0, -1)}], small=False),
    linear(WINDOWS, (V, (2, 3)), [{"axis": (0, 0)}]),
    linear(
        STRIDED,
        (V,),
        [
            {},
            {"shape": (2, 3), "strides": (8, 16)},
            {"shape": [4], "writeable": False},
            {"strides": (0,), "subok": True},
        ],
        float32=False,
        complex=False,
        small=False,
    ),
    strided(V, (5, 3), (1, 1), "windows"),
    strided(V, (3, 3), (2, 1), "every second window"),
    strided(V, (4, 2), (0, 3), "repeated"),
    strided(V, (), (), "first"),
    strided(M, (2, 2, 2, 3), (4, 1, 4, 1), "windows of a matrix"),
    strided(M, (3,), (5,), "diagonal"),
    strided(M, (0, 4), (4, 1), "nothing"),
    Case(
        "as_strided backwards",
        (V,),
        fun=lambda x: (as_strided if isbox(x) else raw_as_strided)(x[::-1], (3, 2), (-8, -16)),
        linear=True,
        float32=False,
        complex=False,
        small=False,
    ),
]
if tuple(map(int, numpy.__version__.split(".")[:2])) >= (2, 5):
    ROWS.append(
        linear(
            STRIDED, (V,), [{"shape": (3,), "check_bounds": True}],
            float32=False, complex=False, small=False,
        )
    )  # fmt: skip
