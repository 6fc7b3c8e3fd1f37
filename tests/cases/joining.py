"""Functions that put arrays together or take one apart."""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
from tests.tester import Case

from .samples import normal

N, M, K, V, W = normal(2, 3), normal(2, 3, seed=1), normal(2, 2), normal(3), normal(3, seed=1)
T, S, A, B = normal(2, 3, 4), normal(4, 3, 2), normal(), normal(seed=1)
F64 = {"dtype": numpy.float64}
NEW = int(numpy.__version__.split(".")[0]) >= 2


def linear(name, args, options=None, **flags):
    return Case(name, args, options or [{}], linear=True, **flags)


def cast(name, args, options):
    """Options that choose the result's dtype."""
    return linear(name, args, options, float32=False, complex=False)


ROWS = [
    linear("concatenate", ([N, M],), [{}, {"axis": 1}, {"axis": -1}, {"axis": None}]),
    linear("concatenate", ((N, K),), [{"axis": 1}]),
    linear("concatenate", ([N, M, N],)),
    cast("concatenate", ([N, M],), [F64, {"casting": "unsafe", **F64}]),
    linear("stack", ([N, M],), [{}, {"axis": 1}, {"axis": -1}, {"axis": 2}]),
    cast("stack", ([N, M],), [F64, {"casting": "unsafe", **F64}]),
    linear("hstack", ([N, K],)),
    linear("hstack", ([V, W],)),
    cast("hstack", ([N, K],), [F64, {"casting": "unsafe", **F64}]),
    linear("vstack", ([N, M],)),
    linear("vstack", ([V, N],)),
    cast("vstack", ([N, M],), [F64, {"casting": "unsafe", **F64}]),
    linear("dstack", ([N, M],)),
    linear("dstack", ([V, W],)),
    linear("column_stack", ([V, W],)),
    linear("column_stack", ([K, N],)),
    linear("append", (N, M), [{}, {"axis": 0}, {"axis": 1}]),
    linear("append", (N, V)),
    linear("array_split", (N, 2), [{"axis": 1}]),
    linear("array_split", (V, 2)),
    linear("array_split", (T, [1, 3]), [{"axis": 2}, {"axis": -1}]),
    linear("split", (N, 2)),
    linear("split", (T, [1]), [{"axis": 1}]),
    linear("split", (V, [1, 2])),
    linear("hsplit", (S, 3)),
    linear("hsplit", (V, [2])),
    linear("vsplit", (S, 2)),
    linear("vsplit", (T, [1])),
    linear("dsplit", (T, 2)),
    linear("dsplit", (T, [1, 3])),
    *[
        Case(f"{name} of lists", (A, B), fun=lambda a, b, f=f: f([[a, b], [b * b, 1.0]]))
        for name, f in {
            "concatenate": np.concatenate, "stack": np.stack, "hstack": np.hstack,
            "vstack": np.vstack, "dstack": np.dstack, "column_stack": np.column_stack,
            "asarray": np.asarray, "copy": np.copy, "append": lambda x: np.append(x, x[0]),
            "append to a row": lambda x: np.append(x[0], x),
        }.items()
    ],
    *[
        linear(f"{name} of one array", (T,), fun=lambda x, f=f: f(x))
        for name, f in {
            "concatenate": np.concatenate, "stack": np.stack, "hstack": np.hstack,
            "vstack": np.vstack, "dstack": np.dstack, "column_stack": np.column_stack,
            "concatenate axis=-1": lambda x: np.concatenate(x, -1),
            "concatenate axis=None": lambda x: np.concatenate(x, None),
        }.items()
    ],
    # -- arrays made of numbers, lists and arrays
    linear("array", (N,), [{}, {"copy": True}, {"order": "F"}, {"ndmin": 3}, {"subok": True}]),
    linear("array", ([normal(), normal(seed=1)],), [{}, {"ndmin": 2}]),
    Case("array", ([[normal(), 0.0], [1.0, normal(seed=1)]],)),
    linear("array", ([V, W],), [{}, {"ndmin": 3}]),
    cast("array", (N,), [F64, {"like": None}]),
    linear("asarray", (N,), [{}, {"order": "F"}, {"like": None}]),
    linear("asarray", ([V, W],)),
    cast("asarray", (N,), [F64]),
    linear("asanyarray", (N,), [{}, {"order": "F"}, {"like": None}]),
    cast("asanyarray", (N,), [F64]),
    linear("ascontiguousarray", (N,), [{}, {"like": None}]),
    cast("ascontiguousarray", (N,), [F64]),
    linear("asfortranarray", (N,), [{}, {"like": None}]),
    cast("asfortranarray", (N,), [F64]),
    linear("copy", (N,), [{}, {"order": "F"}, {"subok": True}]),
    linear("require", (N,), [{}, {"requirements": "F"}, {"requirements": ["C", "W"]}]),
    cast("require", (N,), [F64, {"like": None}]),
    linear("asarray_chkfinite", (N,), [{}, {"order": "F"}]),
    linear("asarray_chkfinite", ([A, B],)),
    cast("asarray_chkfinite", (N,), [F64]),
    cast("fromiter", (V, numpy.float64), [{}, {"count": 2}, {"like": None}]),
    Case("fromiter of boxes", (V,), fun=lambda x: np.fromiter((v * v for v in x), x.dtype)),
]  # fmt: skip
ROWS += [
    cast("astype", (N, complex), [{}, {"copy": False}, {"device": None}])
    if NEW
    else Case("astype", (N,), fun=lambda x: x.astype(complex), float32=False, complex=False),
    Case("x.astype", (N,), fun=lambda x: x.astype(complex, copy=False), linear=True, float32=False),
]
if hasattr(numpy, "row_stack"):
    ROWS.append(linear("row_stack", ([N, M],)))
    ROWS.append(cast("row_stack", ([N, M],), [F64, {"casting": "unsafe", **F64}]))
if NEW:
    ROWS += [
        linear("asarray", (N,), [{"copy": True}, {"device": "cpu"}]),
        linear("asanyarray", (N,), [{"copy": True}, {"device": "cpu"}]),
    ]
if hasattr(numpy, "unstack"):
    ROWS += [  # of nothing it is an empty tuple
        linear("unstack", (T,), [{}, {"axis": 1}, {"axis": -1}], small=False),
        linear("unstack", (V,), small=False),
    ]
