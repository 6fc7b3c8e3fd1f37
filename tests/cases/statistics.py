"""Extremes under their other names, averages, and what leaves NaN out."""

from __future__ import annotations

import numpy

import tracegrad.numpy
from tests.tester import Case

from .samples import apart, normal, positive

A = apart(2, 3, 4)
MASK = numpy.arange(24).reshape(2, 3, 4) % 3 != 0
NEW = int(numpy.__version__.split(".")[0]) >= 2
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
N, M, P = normal(3, 4), normal(2, 3, 4), positive(3, 4)
HOLES = numpy.where(numpy.arange(24).reshape(2, 3, 4) % 5 == 1, numpy.nan, A)
SEEN = A > -1.2
F64 = {"dtype": numpy.float64}
INITIAL = [{"initial": 2.0}, {"initial": 2.0, "where": SEEN, "axis": 1}]


def nan(name, options, **flags):
    """With NaN, put in by the row, in arrays whose shape is the sample's."""

    def fun(x, **kwargs):
        module = numpy if isinstance(x, numpy.ndarray) else tracegrad.numpy
        holed = module.where(numpy.isnan(HOLES), numpy.nan, x)
        return getattr(module, name)(holed, **kwargs)

    return Case(
        f"{name} of NaN", (A,), options, fun=fun, **{"float32": False, "small": False} | flags
    )


CUMULATIVE = [{}, {"axis": 0}, {"axis": -1}]
ROWS += [
    real("ptp", (A,), AXES),
    Case("average", (M,), AXES, linear=True),
    Case("average", (M, -1), linear=True),
    Case("average", (N,), [{"weights": P}, {"weights": P, "axis": 0}], float32=True),
    Case("average", (N,), [{"weights": P[0], "axis": 1, "returned": True, "keepdims": True}]),
    Case("average", (N,), [{"returned": True}, {"returned": True, "axis": 1}]),
    Case("nansum", (M,), [*AXES, *INITIAL]),
    Case("nanprod", (M,), [*AXES, *INITIAL]),
    Case("nancumsum", (M,), CUMULATIVE, linear=True),
    Case("nancumprod", (M,), CUMULATIVE),
    Case("nanmean", (M,), [*AXES, {"where": SEEN}, {"where": SEEN, "axis": 1}], linear=True),
    Case("nanvar", (A,), [*AXES, {"where": SEEN}, {"where": MASK, "axis": 2}, {"ddof": 1}]),
    Case("nanstd", (A,), [*AXES, {"where": SEEN}, {"where": MASK, "axis": 2}, {"ddof": 1}]),
    real("nanmax", (A,), [*AXES, {"initial": -9.0, "where": MASK, "axis": 1}, {"initial": 0.1}]),
    real("nanmin", (A,), [*AXES, {"initial": 9.0, "where": MASK, "axis": 1}, {"initial": 0.1}]),
    *[
        Case(name, (M,), [F64], complex=False, float32=False)
        for name in ("nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nancumsum", "nancumprod")
    ],
    *[
        nan(name, AXES, complex=False)
        for name in ("nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nanmax", "nanmin")
    ],
    *[nan(name, CUMULATIVE, complex=False) for name in ("nancumsum", "nancumprod")],
]
if NEW:
    MEANS = numpy.mean(A, axis=1, keepdims=True).tolist()
    ROWS += [
        Case(
            name,
            (A,),
            [{"axis": 1, "mean": MEANS}, {"correction": 1}],
            complex=False,
            float32=False,
        )
        for name in ("nanvar", "nanstd")
    ]

# -- covariances: double precision at least
W, COUNTS = positive(4, seed=2), [1, 3, 0, 2]
COV = [{}, {"rowvar": False}, {"bias": True}, {"ddof": 0}, {"ddof": 2, "bias": True}]
COV += [{"fweights": COUNTS}, {"fweights": COUNTS, "ddof": 0}, {"fweights": COUNTS, "ddof": 2}]
WEIGHTED = [{"aweights": W}, {"aweights": W, "ddof": 0}, {"fweights": COUNTS, "aweights": W}]
WEIGHTED += [{"aweights": W[:3], "rowvar": False, "bias": True}]


def double(name, args, options=None, **flags):
    return Case(name, args, options or [{}], **{"float32": False, "small": False, **flags})


ROWS += [
    double("cov", (N,), COV),
    double("cov", (N,), WEIGHTED, complex=False),
    double("cov", (N, P), [{}, {"rowvar": False}]),
    double("cov", (N, P), [{"bias": True, "aweights": W}], complex=False),
    double("cov", (N, P[0])),
    double("cov", (N[0],), [{}, {"rowvar": False}, {"bias": True}, {"fweights": COUNTS}]),
    double("cov", (N[0], P[0]), [{}, {"rowvar": False, "ddof": 0}]),
    double("cov", (N[:1],), [{}, {"rowvar": False, "bias": True}]),
    double("corrcoef", (N,), [{}, {"rowvar": False}]),
    double("corrcoef", (N, P), [{}, {"rowvar": False}]),
    double("corrcoef", (N[0], P[0])),
    double("corrcoef", (N[0],)),
    double("cov", (N,), [F64], complex=False),
    double("corrcoef", (N,), [F64], complex=False),
]
