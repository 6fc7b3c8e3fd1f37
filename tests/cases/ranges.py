"""Arrays made of a few numbers."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal, positive

ONE, TWO, V, W = normal(), normal(seed=1), normal(3), normal(2, 1, seed=1)
P, Q = positive(3), positive(2, 1, seed=1)
F64 = {"dtype": numpy.float64}
NEW = int(numpy.__version__.split(".")[0]) >= 2
STILL = [[1, 2, 3]] * 2


def linear(name, args, options=None, **flags):
    return Case(name, args, options or [{}], linear=True, **flags)


def cast(name, args, options, **flags):
    return Case(name, args, options, complex=False, float32=False, **flags)


ENDS = [{}, {"num": 7}, {"num": 1}, {"num": 4, "endpoint": False}, {"num": 3, "axis": -1}]
ROWS = [
    linear("full", ((2, 3), ONE), [{}, {"order": "F"}]),
    linear("full", ((2, 3), V)),
    linear("full", (2, ONE), [{"like": None}]),
    cast("full", ((2, 3), V), [F64]),
    linear("full_like", (numpy.zeros((2, 3)).tolist(), V), [{"order": "C"}, {"subok": False}]),
    linear("full_like", (STILL, ONE), [{"shape": (2,), "dtype": numpy.float64}], small=False,
           complex=False, float32=False),
    linear("linspace", (ONE, TWO), [*ENDS, {"num": 5, "retstep": False}]),
    linear("linspace", (V, W), [*ENDS, {"num": 4, "axis": 1}]),
    linear("linspace", (V, W), [{"num": 4, "retstep": True}]),
    Case("linspace", (V, 2.0), [{"num": 4, "axis": -2}]),
    cast("linspace", (V, W), [F64]),
]  # fmt: skip
if NEW:
    ROWS += [
        linear("full", ((2, 3), ONE), [{"device": "cpu"}]),
        linear("full_like", (STILL, ONE), [{"device": "cpu", "dtype": float}], small=False,
               complex=False, float32=False),
        linear("linspace", (ONE, TWO), [{"device": "cpu"}]),
    ]  # fmt: skip
GEOMETRIC = [{}, {"num": 7}, {"num": 1}, {"num": 4, "endpoint": False}, {"num": 3, "axis": -1}]
ROWS += [
    Case("logspace", (ONE, TWO), ENDS),
    Case("logspace", (V, W), [{"num": 4}, {"num": 3, "axis": 1}, {"num": 3, "base": 2.0}]),
    Case("logspace", (V, W), [{"num": 3, "base": positive()}], complex=False),
    cast("logspace", (V, W), [F64]),
    Case("geomspace", (positive(), positive(seed=1)), GEOMETRIC, complex=False),
    Case("geomspace", (P, Q), [{"num": 4}, {"num": 3, "axis": 1}], complex=False),
    Case("geomspace", (-P, -2.0 * P), [{"num": 4}], complex=False),
    Case(
        "geomspace",
        (1j * P + 0.2, -1.0 - 2j * Q),
        [{"num": 4}, {"num": 3, "endpoint": False}],
        float32=False,
    ),
    cast("geomspace", (P, Q), [F64]),
    Case("arange", (ONE, ONE + 3.3, positive()), small=False, complex=False),
    Case("arange", (ONE, 4.0), small=False, complex=False),
    cast("arange", (ONE, ONE + 3.3), [F64, {"like": None}, {"step": 0.7}], small=False),
]
if NEW:
    ROWS += [
        Case("arange", (ONE, ONE + 3.3), [{"device": "cpu"}], small=False, complex=False),
        Case("logspace", (V, W), [{"num": 3, "base": P}], complex=False),
    ]
