"""Statistics of samples that SciPy computes along an axis, with its options and result objects."""

from __future__ import annotations

import inspect

import numpy
import scipy.stats

import tracegrad.numpy
import tracegrad.scipy.stats
from tests.tester import Case

from .samples import apart, normal, positive

__all__ = ["HOLES", "fields", "holes", "row"]

N, P, A = normal(3, 8), positive(3, 8), apart(3, 8)
V = normal(9)
HOLES = numpy.where(numpy.arange(24).reshape(3, 8) % 7 == 3, numpy.nan, A)
KEPT = {"axis": -1, "keepdims": True, "nan_policy": "propagate"}


def row(name, args, options=({},), **flags):
    """A row with the options that this SciPy has; none where it lacks the function."""
    fun = getattr(scipy.stats, name, None)
    if fun is None:
        return []
    known = inspect.signature(fun).parameters
    kept = []
    for option in options:
        option = {key: value for key, value in option.items() if key in known}
        if option not in kept:
            kept.append(option)
    flags = {"complex": False, "float32": False, "small": False, **flags}
    name, once = f"scipy.stats.{name}", {**flags, "order": 1}
    others = [Case(name, args, kept[1:], **once)] if len(kept) > 1 else []
    return [Case(name, args, kept[:1], **flags), *others]


def holes(name, args, **option):
    """A row of a sample with NaN, which is left out."""
    known = getattr(getattr(tracegrad.scipy.stats, name, None), "signature", None)
    if known is None or not known.known >= {"nan_policy", "axis"}:
        return []
    return row(name, args, [{"axis": -1, "nan_policy": "omit", **option}], order=1)


def fields(*names):
    """The call that gives these fields of the result."""

    def use(fun, *args, **options):
        found = fun(*args, **options)
        found = [getattr(found, name) for name in names]
        return tuple([numpy.float64(x) if isinstance(x, float) else x for x in found])

    return use


FEW = [{"axis": 1}, KEPT]
LIMITS = [{"axis": 1, "limits": (0.7, 2.2), "inclusive": (False, True)}, KEPT]
CIRCLE = [{"high": numpy.float64(3.0), "low": numpy.float64(-1)}, KEPT]

ROWS = [
    # -- within limits
    *row("tmean", (P,), [*LIMITS, {"axis": None}]),
    *holes("tmean", (HOLES,)),
    *row("tvar", (P,), [*LIMITS, {"ddof": 0, "axis": 1}]),
    *row("tstd", (P,), [*LIMITS, {"ddof": 0, "axis": 1}]),
    *row("tsem", (P.T,), [{**LIMITS[0], "axis": 0}, {"ddof": 0}, KEPT]),
    *row("tmin", (A,), [*FEW, {"lowerlimit": -1.9, "inclusive": False}, {"axis": None}]),
    *row("tmax", (A,), [*FEW, {"upperlimit": 1.9, "inclusive": False}, {"axis": None}]),
    *holes("tmax", (HOLES,)),
    *row("mode", (A,), FEW),
    *holes("mode", (HOLES,)),
    *row("trim_mean", (A, 0.2), [*FEW, {"axis": None}]),
    *holes("trim_mean", (HOLES, 0.2)),
    *row("trimboth", (A, 0.2), [{}, {"axis": -1}, {"axis": None}]),
    *row("trim1", (A, 0.3), [{"axis": 1}, {"axis": None, "tail": "left"}]),
    *row("sigmaclip", (apart(12) * [*[1.0] * 11, 30.0],), [
        {"low": 2.0, "high": numpy.float64(2.1)}, {"low": 2.0, "nan_policy": "propagate"}]),
    # -- moments
    *row("kstat", (N,), [*FEW, *[{"n": n, "axis": 1} for n in (1, 3, 4)]]),
    *holes("kstat", (HOLES,)),
    *row("kstatvar", (N,), [*FEW, {"n": 1}]),
    *row("moment", (N, 3), [*FEW, {"center": numpy.float64(0.3)}]),
    *row("moment", (N, [1, 2, 4]), [{}, {"axis": 1}]),
    *holes("moment", (HOLES, [2, 3])),
    *row("lmoment", (A,), [{"axis": 1, "standardize": False}, {"order": [3, 1]},
                           {"order": 4, "sorted": False, **KEPT}]),
    *row("describe", (N,), [{}, {"axis": None}, {"ddof": 0, "bias": False},
                            {"nan_policy": "propagate"}]),
    *row("pmean", (P, 2.5), [*FEW, {"weights": P[::-1], "axis": 1}, {"dtype": float}]),
    *row("pmean", (P.tolist(), numpy.float64(-1.3)), [{}]),
    *row("pmean", (P, 0), [{"axis": 1}]),
    *row("expectile", (A[0],), [{"alpha": 0.3}, {"alpha": numpy.float64(0.8), "weights": P[0]},
                                {"axis": 0}, {"keepdims": True, "nan_policy": "propagate"}]),
    # -- spreads, directions
    *row("iqr", (A,), [*FEW, {"rng": (20, 90), "scale": "normal", "axis": 1},
                       {"interpolation": "midpoint", "scale": numpy.float64(2.0)}]),
    *holes("iqr", (HOLES,)),
    *row("median_abs_deviation", (N,), [
        {"scale": "normal", **KEPT}, {"axis": None, "center": tracegrad.numpy.mean}]),
    *holes("median_abs_deviation", (HOLES + 0.1 * N,)),
    *row("gstd", (P,), [*FEW, {"axis": None, "ddof": 0}]),
    *row("circmean", (N,), CIRCLE),
    *row("circvar", (N,), CIRCLE),
    *row("circstd", (N,), [*CIRCLE, {"normalize": True}]),
    *holes("circmean", (HOLES,)),
    *row("directional_stats", (normal(5, 3),), [{}, {"axis": 1}, {"normalize": False}],
         use=fields("mean_direction", "mean_resultant_length")),
    # -- quantiles, entropy
    *row("scoreatpercentile", (A, 30), [
        {}, {"axis": 1}, {"limit": (-2.0, 2.0)}, {"interpolation_method": "lower"}]),
    *row("scoreatpercentile", (A, [20, 85]), [{"axis": 0}, {}]),
    *row("quantile", (A, 0.3), [
        *FEW, *[{"method": m, "axis": 1} for m in ("hazen", "weibull", "inverted_cdf")],
        {"axis": None}]),
    *row("quantile", (A, numpy.array([0.2, 0.7, 0.9])[:, None]), [{"axis": 1}]),
    *holes("quantile", (HOLES, [[0.3], [0.2], [0.5]])),
    *row("differential_entropy", (A + 0.01 * N,), [
        {"base": 2, **KEPT}, *[{"axis": 1, "method": m, "window_length": 2}
        for m in ("vasicek", "van es", "ebrahimi", "correa")]]),
    *row("differential_entropy", (apart(14),), [{}, {"method": "correa"}]),
    # -- distances
    *row("wasserstein_distance", (V, normal(6, seed=1)), [{}, {"u_weights": positive(9)}, {
        "u_weights": positive(9), "v_weights": positive(6)}]),
    *row("energy_distance", (V, normal(6, seed=1)), [{}, {"u_weights": positive(9)}, {
        "u_weights": positive(9), "v_weights": positive(6)}]),
]  # fmt: skip

# -- bins ------------------------------------------------------------------------------------------

X, Y = numpy.linspace(0.0, 4.0, 13).tolist(), numpy.sin(numpy.arange(13.0)).tolist()
W = apart(13)
STATISTICS = [{}, *[{"statistic": s, "bins": 3} for s in ("sum", "std", "median", "min", "max")]]
STATISTICS += [{"statistic": numpy.mean, "bins": [0.0, 1.1, 3.2], "range": (0.0, 4.0)}]
STATISTICS += [{"statistic": lambda x: (x * x).sum() if len(x) else 0.0, "bins": 4}]
FULL = [o for o in STATISTICS if o]  # no empty bins, whose mean is NaN
ROWS += [
    *row("binned_statistic", (X, W), [{"bins": 5}, *FULL], use=fields("statistic")),
    *row("binned_statistic", (X, numpy.stack([W, W[::-1]])), FULL[:2], use=fields("statistic")),
    *row("binned_statistic_2d", (X, Y, W), [
        {"bins": 2, "expand_binnumbers": True}, {"bins": 2, "statistic": "sum"},
        {"bins": [2, 3], "range": [[0.0, 4.0], [-1.0, 1.0]], "statistic": "sum"},
    ], use=fields("statistic")),
    *row("binned_statistic_dd", ([X, Y], W), [
        {"bins": 2}, {"bins": 2, "statistic": "std", "expand_binnumbers": True},
        {"bins": 2, "range": [[0.0, 4.0], [-1.0, 1.0]], "binned_statistic_result":
            scipy.stats.binned_statistic_dd(numpy.transpose([X, Y]), W, bins=2)},
    ], use=lambda fun, xy, w, **o: fun(numpy.transpose(xy), w, **o).statistic),
]  # fmt: skip
