"""Functions that fold axes; running sums and products."""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
from tests.tester import Case

from .samples import apart, normal, positive

N, P, A = normal(2, 3, 4), positive(2, 3), apart(2, 3, 4)
MASK = numpy.arange(24).reshape(2, 3, 4) % 3 != 0
NEW = int(numpy.__version__.split(".")[0]) >= 2
AXES = [
    {}, {"axis": 0}, {"axis": -1}, {"axis": (0, 2)}, {"axis": (1, -1)}, {"axis": ()},
    {"keepdims": True}, {"axis": 1, "keepdims": True}, {"axis": (2, 0), "keepdims": True},
]  # fmt: skip
WHERE = [{"where": MASK}, {"where": MASK, "axis": 1}, {"where": MASK[0], "axis": (0, 2)}]
WHERE += [{"where": MASK, "axis": 2, "keepdims": True}]
ONE_AXIS = [{}, {"axis": 0}, {"axis": 1}, {"axis": -1}]
ZEROS = numpy.where(numpy.arange(24).reshape(2, 3, 4) % 5 == 0, 0.0, N)
WIDE, ONE = normal(2, 1, 4, seed=1), normal(1, seed=2)
MEANS = (numpy.mean(N, axis=1, keepdims=True) + 0.3).tolist()  # other than the mean itself

ROWS = [
    Case("sum", (N,), [*AXES, *WHERE, {"initial": 2.0}, {"initial": 2.0, "axis": 1}], linear=False),
    Case("sum", (N,), [{"dtype": numpy.float64}], linear=True, float32=False, complex=False),
    Case("mean", (N,), [*AXES, *WHERE], linear=True),
    Case("mean", (N,), [{"dtype": numpy.float64}], linear=True, float32=False, complex=False),
    Case("var", (N,), [*AXES, *WHERE, {"ddof": 1}, {"ddof": 1, "axis": 1}]),
    Case("std", (A,), [*AXES[:5], *AXES[6:], *WHERE, {"ddof": 1}, {"ddof": 1, "axis": 1}]),
    Case("var", (N,), [{"dtype": numpy.float64}], float32=False, complex=False),
    Case("std", (N,), [{"dtype": numpy.float64}], float32=False, complex=False),
    Case("max", (A,), [*AXES, {"initial": -9.0, "where": MASK, "axis": 1}], complex=False),
    Case("min", (A,), [*AXES, {"initial": 9.0, "where": MASK, "axis": 1}], complex=False),
    Case("max", (A,), [{"initial": 0.1}, {"initial": 0.1, "axis": 1}], complex=False),
    Case("min", (A,), [{"initial": 0.1}, {"initial": 0.1, "axis": 1}], complex=False),
    Case("prod", (N,), [*AXES, *WHERE, {"initial": 2.0}, {"initial": 2.0, "axis": 1}]),
    Case("prod", (ZEROS,), [*AXES, *WHERE, {"initial": 2.0, "axis": 1}]),
    Case("prod", (P,), [{"dtype": numpy.float64}], float32=False, complex=False),
    Case("cumsum", (N,), ONE_AXIS, linear=True),
    Case("cumsum", (N,), [{"dtype": numpy.float64}], linear=True, float32=False, complex=False),
    Case("cumprod", (N,), ONE_AXIS),
    Case("cumprod", (ZEROS,), ONE_AXIS),
    Case("cumprod", (N,), [{"dtype": numpy.float64}], float32=False, complex=False),
]
if NEW:
    ROWS += [
        Case("var", (N,), [{"correction": 1}, {"correction": 1, "axis": 1}]),
        Case("std", (N,), [{"correction": 1}, {"correction": 1, "axis": 1}]),
        *[
            row
            for name, spread in (("var", np.var), ("std", np.std))
            for row in (
                Case(name, (N,), [{"axis": 1, "mean": MEANS}]),
                *[
                    Case(
                        f"{name} of mean",
                        args,
                        fun=fun,
                        complex=False,
                        small=False,
                        float32=not numpy.iscomplexobj(args[0]),
                    )
                    for fun in (
                        lambda a, m, f=spread: f(a, axis=1, mean=m),
                        lambda a, m, f=spread: f(a, axis=1, ddof=1, mean=m, where=MASK),
                    )
                    for args in ((N, WIDE), (N, ONE), (N + 1j * A, WIDE), (N + 1j * A, 1j * WIDE))
                ],
            )
        ],
    ]
