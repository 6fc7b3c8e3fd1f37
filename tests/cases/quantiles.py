"""Medians, quantiles, percentiles."""

from __future__ import annotations

import inspect

import numpy

import tracegrad.numpy
from tests.tester import Case

from .samples import apart

A, V = apart(2, 3, 4), apart(7)
NEW = int(numpy.__version__.split(".")[0]) >= 2
AXES = [{}, {"axis": 0}, {"axis": -1}, {"axis": (0, 2)}, {"axis": 1, "keepdims": True}]
AXES += [{"overwrite_input": False}, {"keepdims": True}]
METHODS = [
    "inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf",
    "hazen", "weibull", "linear", "median_unbiased", "normal_unbiased", "lower", "higher",
    "midpoint", "nearest",
]  # fmt: skip
HOLES = numpy.arange(24).reshape(2, 3, 4) % 5 == 1
ONE, MANY = numpy.float64(0.37), numpy.array([0.21, 0.81])


def real(name, args, options=None, **flags):
    return Case(name, args, options or [{}], complex=False, **flags)


def nan(name, *args):
    def fun(x, *args, **kwargs):
        module = numpy if isinstance(x, numpy.ndarray) else tracegrad.numpy
        return getattr(module, name)(module.where(HOLES, numpy.nan, x), *args, **kwargs)

    title = f"{name} of NaN"
    return Case(title, (A, *args), AXES, fun=fun, float32=False, small=False, complex=False)


ROWS = [
    *[real(name, (A,), AXES) for name in ("median", "nanmedian")],
    *[real("median", (V[:n],)) for n in (1, 2, 3, 6)],
    nan("nanmedian"),
]
for name, scale in {
    "quantile": 1,
    "percentile": 100,
    "nanquantile": 1,
    "nanpercentile": 100,
}.items():
    ROWS += [
        real(name, (A, 0.3 * scale), AXES),
        real(name, (A, [0.0, 0.3 * scale, scale]), AXES),
        real(name, (A, 0.44 * scale), [{"method": method} for method in METHODS]),
        real(name, (A, [0.62 * scale]), [{"method": m, "axis": 1} for m in METHODS]),
    ]
    if not name.startswith("nan"):
        ROWS += [
            real(name, (A, [[0.1 * scale, 0.7 * scale]]), AXES[:4]),
            real(name, (V, ONE * scale), [{"method": m} for m in METHODS], small=False),
            real(name, (A, MANY * scale), AXES[:5], small=False),
        ]
    else:
        ROWS += [nan(name, 0.3 * scale), nan(name, [0.2 * scale, 0.9 * scale])]
    if "interpolation" in inspect.signature(getattr(numpy, name)).parameters:
        ROWS.append(real(name, (A, 0.3 * scale), [{"interpolation": "midpoint"}]))
    if NEW:
        chosen = {"method": "inverted_cdf"}
        everywhere = (numpy.arange(24).reshape(2, 3, 4) % 7 / 3.0).tolist()  # lists stay still
        ways = [{**chosen, "weights": everywhere, **axis} for axis in ({}, {"axis": (0, 2)})]
        if not name.startswith("nan"):  # NumPy's own fail with an axis of weights
            ways += [
                {**chosen, "weights": [0.5, 0.0, 2.0], "axis": 1, "keepdims": True},
                {**chosen, "weights": [1, 4, 2, 3], "axis": -1},
            ]
        ROWS += [
            real(name, (A, q), ways, small=False)
            for q in (0.44 * scale, [0.1 * scale, 0.8 * scale])
        ]
