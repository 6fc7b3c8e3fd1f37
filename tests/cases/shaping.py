"""Functions that rearrange elements."""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
from tests.tester import Case

from .samples import normal

N, M, V = normal(2, 3, 4), normal(3, 4), normal(4)
NEW = int(numpy.__version__.split(".")[0]) >= 2
# by the layout in memory, which these views of C-ordered copies have for certain
LAID = {
    "T": lambda x: x.copy().T,
    "axes": lambda x: x.copy().swapaxes(0, -1),
    "steps": lambda x: x.copy()[..., ::-2].T,
}
READ = {
    "ravel K": lambda x: np.ravel(x, order="K"),
    "ravel A": lambda x: x.ravel("A"),
    "flatten K": lambda x: x.flatten("K"),
    "reshape A": lambda x: np.reshape(x, (-1,), order="A"),
    "reshape a": lambda x: x.reshape(-1, order="a"),
}


def linear(name, args, options=None, **flags):
    return Case(name, args, options or [{}], linear=True, **flags)


ROWS = [
    linear("reshape", (N, (4, 6))),
    linear("reshape", (N, -1)),
    linear("reshape", (N, (6, -1)), [{"order": "C"}, {"order": "F"}]),
    linear("ravel", (N,), [{}, {"order": "F"}]),
    *[
        linear(f"{title} of {seen}", (N,), fun=lambda x, read=read, view=view: read(view(x)))
        for title, read in READ.items()
        for seen, view in LAID.items()
    ],
    linear("squeeze", (normal(1, 3, 1),), [{}, {"axis": 0}, {"axis": -1}, {"axis": (0, 2)}]),
    linear("expand_dims", (M, 0)),
    linear("expand_dims", (M,), [{"axis": 1}, {"axis": -1}, {"axis": (0, -1)}]),
    linear("transpose", (N,), [{}, {"axes": (1, 2, 0)}, {"axes": (0, -1, 1)}, {"axes": [2, 0, 1]}]),
    linear("swapaxes", (N, 0, 2)),
    linear("swapaxes", (N, -1, 1)),
    linear("moveaxis", (N, 0, 2)),
    linear("moveaxis", (N, -1, 0)),
    linear("moveaxis", (N, (0, 1), (-1, -2))),
    linear("moveaxis", (N, [2, 0], [0, 1])),
    *[
        linear("rollaxis", (N, axis), [{"start": start}])
        for axis in (0, 1, 2, -1, -3)
        for start in (0, 1, 2, 3, -1, -2)
    ],
    linear("rollaxis", (N, 1)),
    linear("flip", (N,), [{}, {"axis": 0}, {"axis": -1}, {"axis": (0, 2)}]),
    linear("fliplr", (M,)),
    linear("flipud", (M,)),
    linear("rot90", (M,), [{}, {"k": 2}, {"k": 3}, {"k": -1}, {"k": 1, "axes": (1, 0)}]),
    linear("rot90", (N,), [{"axes": (1, 2)}, {"k": 3, "axes": (0, 2)}]),
    linear("roll", (N, 1)),
    linear("roll", (N, -2), [{"axis": 0}, {"axis": -1}]),
    linear("roll", (N, (1, 2)), [{"axis": (0, 2)}]),
    linear("roll", (N, 5), [{"axis": (1, 2)}]),
    linear("broadcast_to", (V, (3, 4))),
    linear("broadcast_to", (normal(3, 1), (2, 3, 4))),
    linear("broadcast_to", (V, (2, 4)), [{"subok": True}]),
    linear("repeat", (M, 2)),
    linear("repeat", (M, 3), [{"axis": 0}, {"axis": 1}, {"axis": -1}]),
    linear("repeat", (M, [2]), [{"axis": 1}]),
    linear("repeat", (M, 0), [{"axis": 1}]),
    linear("repeat", (M, [1, 0, 2]), [{"axis": 0}]),
    linear("repeat", (M, numpy.array([2, 1, 0, 3])), [{"axis": -1}]),
    linear("repeat", (V, [1, 0, 2, 4])),
    linear("tile", (M, 2)),
    linear("tile", (M, (2, 3))),
    linear("tile", (M, (2, 1, 2))),
    linear("tile", (N, (3, 2))),
    linear("tile", (V, (2, 1))),
    linear("tile", (V, 0)),
    linear("resize", (M, (2, 3))),
    linear("resize", (M, (5, 4, 2))),
    linear("resize", (V, 6)),
    linear("resize", (V, 0)),
    linear("resize", (V, ())),
    linear("tril", (M,), [{}, {"k": 1}, {"k": -1}]),
    linear("triu", (M,), [{}, {"k": 1}, {"k": -1}]),
    linear("tril", (N,)),
    linear("triu", (N,)),
    linear("triu", (V,)),
    linear("diagonal", (M,), [{}, {"offset": 1}, {"offset": -1}, {"offset": 9}]),
    linear(
        "diagonal",
        (N,),
        [{}, {"axis1": 1, "axis2": 2}, {"axis1": -1, "axis2": 0, "offset": 1}, {"axis1": 2}],
    ),
    linear("trace", (M,), [{}, {"offset": 1}, {"offset": -2}]),
    linear("trace", (N,), [{}, {"axis1": 1, "axis2": 2}, {"axis1": -1, "axis2": 0, "offset": 1}]),
    linear("trace", (M,), [{"dtype": numpy.float64}], complex=False, float32=False),
    linear("diag", (V,), [{}, {"k": 1}, {"k": -2}]),
    linear("diag", (M,), [{}, {"k": 1}, {"k": -2}]),
    # NumPy 1 makes a number of a number's matrix
    linear("diagflat", (V,), [{}, {"k": 1}, {"k": -2}], small=NEW),
    linear("diagflat", (M,), small=NEW),
    linear("atleast_1d", (M,)),
    linear("atleast_1d", (normal(), V)),
    linear("atleast_2d", (V,)),
    linear("atleast_2d", (normal(), V, N)),
    linear("atleast_3d", (V,)),
    linear("atleast_3d", (M,)),
    linear("atleast_3d", (normal(), N)),
]
if NEW:
    ROWS += [
        linear("reshape", (N, (4, 6)), [{"copy": True}]),
        linear("matrix_transpose", (N,)),
        linear("linalg.matrix_transpose", (M,)),
    ]
